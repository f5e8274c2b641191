//! The note about a visit: how it was, what was eaten and done, the person's goals, and who may
//! read it. What is typed is kept at every pause.

mod fields;

use super::not_found::unknown;
use crate::{
    components::{Screen, TopStyle, icon},
    engine::Draft,
    platform,
    route::Route,
    state::{App, TOAST, say, use_app},
    view::note::{NoteForm, note_form},
};
use dioxus::prelude::*;
use fields::{Goals, Meals, activities, moods};
pub use fields::{activity_sign, mood_sign};
use kith_assets::Icon;
use kith_shared::{
    domain::note::{Audience, NoteText},
    ids::VisitId,
    intent::Intent,
    limits,
    time::Span,
};

/// A pause in typing.
const PAUSE: Span = Span::from_millis(300);

/// The note about a visit.
#[component]
pub fn WriteNote(visit: VisitId) -> Element {
    let app = use_app();
    let form = use_hook(|| note_form(&app.phone(), visit));
    match form {
        Some(form) => rsx! {
            Form { form }
        },
        None => unknown(),
    }
}

/// What is being written, and how it is kept.
#[derive(Clone, Copy, PartialEq)]
struct Writing {
    says: Signal<NoteText>,
    audience: Signal<Audience>,
    reason: Signal<String>,
    /// Counts what was typed, so that only the last pause keeps it.
    typed: Signal<u64>,
    /// The draft is as it is on the screen.
    kept: Signal<bool>,
    /// Why it cannot be saved as it is, once that was tried.
    unfit: Signal<Option<Unfit>>,
}

impl Writing {
    fn begin(form: &NoteForm) -> Self {
        Self {
            says: Signal::new(form.says.clone()),
            audience: Signal::new(form.audience),
            reason: Signal::default(),
            typed: Signal::default(),
            kept: Signal::new(form.draft),
            unfit: Signal::default(),
        }
    }

    /// Something changed: it is kept at the next pause.
    fn touch(mut self, app: &App, visit: VisitId) {
        let draft = Draft {
            audience: *self.audience.peek(),
            says: self.says.peek().clone(),
        };
        app.typed(visit, draft);
        let mine = *self.typed.peek() + 1;
        self.typed.set(mine);
        if *self.kept.peek() {
            self.kept.set(false);
        }
        let app = app.clone();
        spawn(async move {
            platform::sleep(PAUSE).await;
            if *self.typed.peek() == mine && app.keep_typed().await.is_some() {
                self.kept.set(true);
            }
        });
    }
}

#[component]
fn Form(form: NoteForm) -> Element {
    let app = use_app();
    let visit = form.visit;
    let mut writing = use_hook(|| Writing::begin(&form));
    let touch = use_callback({
        let app = app.clone();
        move |()| writing.touch(&app, visit)
    });
    let change = use_callback(move |edit: Callback<NoteText, NoteText>| {
        let next = edit(writing.says.peek().clone());
        writing.says.set(next);
        touch(());
    });
    let name = form.person.short().to_owned();
    let amends = form.amends.is_some();
    let title = if amends {
        t!("note-amend-title", name = name.clone())
    } else {
        t!("note-title", name = name.clone())
    };
    let when = format!(
        "{} {}",
        say::day_first(form.start.day()),
        say::worked(form.start, form.end)
    );
    let save = {
        let form = form.clone();
        move |event: FormEvent| {
            event.prevent_default();
            let (app, form) = (app.clone(), form.clone());
            async move { save(&app, &form, writing).await }
        }
    };
    rsx! {
        div { class: "app bare",
            Screen {
                title,
                more: when,
                back: (Route::Home {}, t!("back-to-today")),
                style: TopStyle::Centred,
                status: false,
                form { class: "form", id: "note", novalidate: true, onsubmit: save,
                    {moods(&name, writing.says, change)}
                    Meals { says: writing.says, change }
                    {activities(writing.says, change)}
                    if !form.goals.is_empty() {
                        Goals { name: name.clone(), goals: form.goals.clone(), says: writing.says, change }
                    }
                    div { class: "field",
                        label { r#for: "words", {t!("note-words")} }
                        textarea {
                            // Else the browser writes it to the disk, to bring it back after a crash.
                            autocomplete: "off",
                            class: "input",
                            id: "words",
                            rows: "5",
                            aria_describedby: "words-hint",
                            initial_value: form.says.text.clone(),
                            oninput: move |event| {
                                writing.says.write().text = event.value();
                                touch(());
                            },
                        }
                        p { class: "hint", id: "words-hint", role: "status",
                            if (writing.kept)() {
                                {t!("draft-kept")}
                            } else {
                                {t!("draft-hint")}
                            }
                        }
                    }
                    if amends {
                        Reason { writing }
                    } else {
                        WhoReads { form: form.clone(), writing, touch }
                    }
                }
                div { class: "dock",
                    if let Some(unfit) = (writing.unfit)() {
                        div { class: "message need", role: "alert",
                            {icon(Icon::Alert)}
                            p { {unfit.words()} }
                        }
                    }
                    button { r#type: "submit", form: "note", class: "button primary", {t!("note-save")} }
                }
            }
        }
    }
}

/// Why a note cannot be saved as it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Unfit {
    /// It says nothing.
    Empty,
    /// It changes an earlier note, and does not say why.
    NoReason,
    /// By so many characters.
    TooLong(usize),
}

impl Unfit {
    /// The same as the relay would find, said before it is tried. `reason` is that of a change.
    fn find(says: &NoteText, reason: Option<&str>) -> Option<Self> {
        let longest = says.text.chars().count();
        let longest = longest.max(reason.unwrap_or_default().chars().count());
        if says.is_empty() {
            Some(Self::Empty)
        } else if reason.is_some_and(str::is_empty) {
            Some(Self::NoReason)
        } else if longest > limits::TEXT_CHARS {
            Some(Self::TooLong(longest - limits::TEXT_CHARS))
        } else {
            None
        }
    }

    fn words(self) -> String {
        match self {
            Self::Empty => t!("note-missing"),
            Self::NoReason => t!("note-missing-reason"),
            Self::TooLong(count) => t!("note-too-long", count = count),
        }
    }
}

async fn save(app: &App, form: &NoteForm, mut writing: Writing) {
    let says = writing.says.peek().clone();
    let reason = writing.reason.peek().trim().to_owned();
    let unfit = Unfit::find(&says, form.amends.map(|_| reason.as_str()));
    writing.unfit.set(unfit);
    if unfit.is_some() {
        *TOAST.write() = None;
        return;
    }
    let audience = *writing.audience.peek();
    let (person, month) = (form.person.id, form.month);
    let intent = match form.amends {
        Some(note) => Intent::AmendNote {
            person,
            month,
            note,
            audience,
            says,
            reason,
        },
        None => Intent::WriteNote {
            person,
            month,
            visit: Some(form.visit),
            audience,
            says,
        },
    };
    // Kept before it is tried: should the phone be full, what was typed is still on the screen.
    if app.act(intent).await.is_some() {
        app.drop_draft(form.visit).await;
        *TOAST.write() = Some(t!("note-saved"));
        navigator().push(Route::Home {});
    }
}

/// Why the note is changed: who reads it later sees both.
#[component]
fn Reason(writing: Writing) -> Element {
    let mut writing = writing;
    rsx! {
        div { class: "field",
            label { r#for: "reason", {t!("reason")} }
            p { class: "hint", id: "reason-hint", {t!("reason-hint")} }
            input {
                class: "input",
                id: "reason",
                aria_describedby: "reason-hint",
                initial_value: "{writing.reason.peek()}",
                oninput: move |event| writing.reason.set(event.value()),
            }
        }
    }
}

/// Family and team, or the team alone.
#[component]
fn WhoReads(form: NoteForm, writing: Writing, touch: Callback<()>) -> Element {
    let mut writing = writing;
    let family: Vec<_> = form.family.iter().map(|face| face.name.clone()).collect();
    let family = if family.is_empty() {
        t!("share-family-later")
    } else {
        t!("share-family-hint", names = family.join(", "))
    };
    let team = t!("share-team-hint", name = form.person.short());
    let choices = [
        (Audience::Family, Icon::Family, t!("share-family"), family),
        (Audience::Team, Icon::Lock, t!("share-team"), team),
    ];
    rsx! {
        fieldset {
            legend { class: "legend", {t!("share-question")} }
            div { class: "choices",
                for (audience , sign , words , hint) in choices {
                    label { class: "choice",
                        input {
                            r#type: "radio",
                            name: "audience",
                            checked: (writing.audience)() == audience,
                            onchange: move |_| {
                                writing.audience.set(audience);
                                touch(());
                            },
                        }
                        span {
                            {icon(sign)}
                            span { class: "choice-words",
                                span { "{words}" }
                                span { class: "hint", "{hint}" }
                            }
                        }
                    }
                }
            }
        }
    }
}
