//! What can be said of a visit with a tap.

use crate::{components::icon, state::say};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::domain::note::{Activity, Eaten, Meal, Mood, NoteText, Progress};

/// Takes a change of the note: from what it says to what it says then.
pub(super) type Change = Callback<Callback<NoteText, NoteText>>;

fn edit(change: Change, with: impl Fn(&mut NoteText) + 'static) {
    change(Callback::new(move |mut says: NoteText| {
        with(&mut says);
        says
    }));
}

const MOODS: [(Mood, Icon); 5] = [
    (Mood::Great, Icon::Laugh),
    (Mood::Good, Icon::Smile),
    (Mood::Mixed, Icon::Meh),
    (Mood::Low, Icon::Frown),
    (Mood::Poorly, Icon::Tired),
];

/// The sign of a mood.
pub fn mood_sign(mood: Mood) -> Icon {
    MOODS
        .iter()
        .find(|(m, _)| *m == mood)
        .map_or(Icon::Smile, |(_, sign)| *sign)
}

/// How the person was.
pub(super) fn moods(name: &str, says: Signal<NoteText>, change: Change) -> Element {
    let chosen = says.read().mood;
    rsx! {
        fieldset {
            legend { class: "legend", {t!("note-mood", name = name)} }
            div { class: "chips moods",
                for (mood , sign) in MOODS {
                    label { class: "chip",
                        input {
                            r#type: "radio",
                            name: "mood",
                            checked: chosen == Some(mood),
                            onchange: move |_| edit(change, move |says| says.mood = Some(mood)),
                        }
                        span {
                            {icon(sign)}
                            {say::mood(mood)}
                        }
                    }
                }
            }
        }
    }
}

const MEALS: [Meal; 5] = [
    Meal::Breakfast,
    Meal::Lunch,
    Meal::Dinner,
    Meal::Snack,
    Meal::Drinks,
];
const EATEN: [Eaten; 4] = [Eaten::All, Eaten::Some, Eaten::Little, Eaten::None];

/// Meals, and how much of each.
#[component]
pub(super) fn Meals(says: Signal<NoteText>, change: Change) -> Element {
    let meals = says.read().meals.clone();
    rsx! {
        fieldset {
            legend { class: "legend", {t!("note-meals")} }
            div { class: "chips",
                for meal in MEALS {
                    label { class: "chip",
                        input {
                            r#type: "checkbox",
                            checked: meals.contains_key(&meal),
                            onchange: move |event| {
                                let on = event.checked();
                                edit(change, move |says| {
                                    if on {
                                        says.meals.insert(meal, Eaten::All);
                                    } else {
                                        says.meals.remove(&meal);
                                    }
                                });
                            },
                        }
                        span { {say::meal(meal)} }
                    }
                }
            }
            for (meal , eaten) in meals {
                fieldset { class: "goal", key: "{meal:?}",
                    legend { class: "goal-words", {t!("note-how-much", meal = say::meal(meal))} }
                    div { class: "segments",
                        for amount in EATEN {
                            label { class: "segment",
                                input {
                                    r#type: "radio",
                                    name: "eaten-{meal:?}",
                                    checked: eaten == amount,
                                    onchange: move |_| edit(change, move |says| {
                                        says.meals.insert(meal, amount);
                                    }),
                                }
                                span { {say::eaten(amount)} }
                            }
                        }
                    }
                }
            }
        }
    }
}

const ACTIVITIES: [(Activity, Icon); 9] = [
    (Activity::PersonalCare, Icon::Washing),
    (Activity::Cooking, Icon::Meal),
    (Activity::Housework, Icon::Today),
    (Activity::Shopping, Icon::Shopping),
    (Activity::Outing, Icon::Walk),
    (Activity::Exercise, Icon::Goal),
    (Activity::Social, Icon::People),
    (Activity::Rest, Icon::Coffee),
    (Activity::Appointment, Icon::Rota),
];

/// The sign of an activity.
pub fn activity_sign(activity: Activity) -> Icon {
    ACTIVITIES
        .iter()
        .find(|(a, _)| *a == activity)
        .map_or(Icon::Today, |(_, sign)| *sign)
}

/// What was done.
pub(super) fn activities(says: Signal<NoteText>, change: Change) -> Element {
    let done = says.read().activities.clone();
    rsx! {
        fieldset {
            legend { class: "legend", {t!("note-activities")} }
            div { class: "chips",
                for (activity , sign) in ACTIVITIES {
                    label { class: "chip",
                        input {
                            r#type: "checkbox",
                            checked: done.contains(&activity),
                            onchange: move |event| {
                                let on = event.checked();
                                edit(change, move |says| {
                                    says.activities.retain(|a| *a != activity);
                                    if on {
                                        says.activities.push(activity);
                                        says.activities.sort_unstable();
                                    }
                                });
                            },
                        }
                        span {
                            {crate::components::icon_with(sign, "icon unless")}
                            {say::activity(activity)}
                        }
                    }
                }
            }
        }
    }
}

const PROGRESS: [Progress; 3] = [Progress::Well, Progress::Partly, Progress::NotToday];

/// How it went with the person's own goals.
#[component]
pub(super) fn Goals(
    name: String,
    goals: Vec<String>,
    says: Signal<NoteText>,
    change: Change,
) -> Element {
    let noted = says.read().goals.clone();
    rsx! {
        fieldset {
            legend { class: "legend", {t!("note-goals", name = name)} }
            for (n , goal) in goals.into_iter().enumerate() {
                fieldset { class: "goal", key: "{goal}",
                    legend { class: "goal-words", "{goal}" }
                    div { class: "segments",
                        for progress in PROGRESS {
                            label { class: "segment",
                                input {
                                    r#type: "radio",
                                    name: "goal-{n}",
                                    checked: noted.get(&goal) == Some(&progress),
                                    onchange: {
                                        let goal = goal.clone();
                                        move |_| {
                                            let goal = goal.clone();
                                            edit(change, move |says| {
                                                says.goals.insert(goal.clone(), progress);
                                            });
                                        }
                                    },
                                }
                                span { {say::progress(progress)} }
                            }
                        }
                    }
                }
            }
        }
    }
}
