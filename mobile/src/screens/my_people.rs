//! Whom a person wants to come, and who is told when nobody does.

use super::not_found::unknown_here;
use crate::{
    components::{Screen, face, icon},
    route::Route,
    state::{now, say, use_app},
    view::my_people::{Helper, choose, my_people, tell},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{domain::profile::Choice, ids::MemberId, intent::Intent};

fn known(helper: &Helper) -> String {
    match helper.last {
        Some(day) => t!("people-times", count = helper.visits, day = say::day(day)),
        None => t!("people-never-here"),
    }
}

/// The screen.
#[component]
pub fn MyPeople() -> Element {
    let app = use_app();
    let Some(page) = my_people(&app.phone(), now()) else {
        return unknown_here();
    };
    let write = use_callback(move |intent: Intent| {
        let app = app.clone();
        spawn(async move {
            app.act(intent).await;
        });
    });
    let person = page.person.id;
    rsx! {
        Screen { title: t!("my-people"), back: (Route::Me {}, t!("back-to-me")),
            section { class: "group", "aria-labelledby": "cover",
                h2 { id: "cover", {t!("my-people-cover")} }
                p { {t!("my-people-words")} }
                div { class: "card padded",
                    for helper in page.pas {
                        fieldset { class: "goal", key: "{helper.pa.id}",
                            legend { class: "goal-words", {crate::components::who(&helper.pa, "", Some(known(&helper)))} }
                            Choices {
                                name: "c{helper.pa.id}",
                                chosen: helper.choice,
                                onchoose: move |choice| write(choose(person, Some(helper.pa.id), choice)),
                            }
                        }
                    }
                    fieldset { class: "goal",
                        legend { class: "goal-words",
                            span { class: "who",
                                {crate::components::nobody()}
                                span { class: "who-words",
                                    span { class: "who-name", {t!("my-people-others")} }
                                    span { class: "who-more", {t!("my-people-others-hint")} }
                                }
                            }
                        }
                        Choices {
                            name: "others",
                            chosen: page.others,
                            onchoose: move |choice| write(choose(person, None, choice)),
                        }
                    }
                }
            }
            section { class: "group", "aria-labelledby": "contact",
                h2 { id: "contact", {t!("my-people-contact")} }
                div { class: "choices flush",
                    for one in page.contacts {
                        label { class: "choice", key: "{one.id}",
                            Contact { value: "{one.id}", member: Some(one.id), chosen: page.contact, onchoose: move |member| write(tell(person, member)) }
                            span {
                                {face(&one, "")}
                                span { class: "choice-words", span { {t!("my-people-tell", name = one.name.as_str())} } }
                            }
                        }
                    }
                    label { class: "choice",
                        Contact { value: "me", member: None, chosen: page.contact, onchoose: move |member| write(tell(person, member)) }
                        span {
                            {icon(Icon::Me)}
                            span { class: "choice-words", span { {t!("my-people-tell-me")} } }
                        }
                    }
                }
            }
        }
    }
}

#[component]
fn Contact(
    value: String,
    member: Option<MemberId>,
    chosen: Option<MemberId>,
    onchoose: EventHandler<Option<MemberId>>,
) -> Element {
    rsx! {
        input {
            r#type: "radio",
            name: "contact",
            value,
            checked: member == chosen,
            onchange: move |_| onchoose(member),
        }
    }
}

#[component]
fn Choices(name: String, chosen: Choice, onchoose: EventHandler<Choice>) -> Element {
    let choices = [
        (Choice::Automatic, "automatic", t!("choice-automatic")),
        (Choice::AskMe, "ask-me", t!("choice-ask-me")),
        (Choice::Never, "never", t!("choice-never")),
    ];
    rsx! {
        div { class: "segments",
            for (choice , value , words) in choices {
                label { class: "segment", key: "{value}",
                    input {
                        r#type: "radio",
                        name: name.clone(),
                        value,
                        checked: chosen == choice,
                        onchange: move |_| onchoose(choice),
                    }
                    span { "{words}" }
                }
            }
        }
    }
}
