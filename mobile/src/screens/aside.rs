//! *Put aside*, for the manager: what came in and was not taken into the records. Each is let in, or
//! left out with a reason that its author reads.

use super::{
    shift::form::{ReasonField, check},
    waiting::{sign, words},
};
use crate::{
    components::{Screen, Sheet, empty, face, icon, icon_with, says},
    route::Route,
    state::{TOAST, say, use_app},
    view::{
        aside::{Item, Said, aside},
        waiting::Act,
        when::Stretch,
    },
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::{
    api::ProblemCode,
    aside::{Page, Review, Says},
    limits,
};

/// What the relay says of it.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    Yet,
    NoAnswer,
    NotYours,
    Said(Page),
}

fn use_asked() -> (Signal<Asked>, Callback) {
    let app = use_app();
    let mut asked = use_signal(|| Asked::Yet);
    let ask = use_callback(move |()| {
        let app = app.clone();
        spawn(async move {
            asked.set(
                match app.shell().kept_aside(limits::QUARANTINE_PER_PAGE).await {
                    Ok(page) => Asked::Said(page),
                    Err(error) if error.code() == Some(ProblemCode::NotAllowed) => Asked::NotYours,
                    Err(_) => Asked::NoAnswer,
                },
            );
        });
    });
    use_hook(|| ask(()));
    (asked, ask)
}

/// On the manager's home: how much there is to look at, as the relay said last.
#[component]
pub fn PutAside() -> Element {
    let app = use_app();
    let count = app.phone().to_look_at().aside;
    if count == 0 {
        return VNode::empty();
    }
    rsx! {
        ul { class: "rows",
            li {
                Link { class: "row tall", to: Route::Aside {},
                    {icon(Icon::Decision)}
                    span { class: "row-words",
                        span { class: "row-title", {t!("kept-count", count = count)} }
                        span { class: "row-more", {t!("kept-look", count = count)} }
                    }
                    {icon_with(Icon::ChevronRight, "icon go")}
                }
            }
        }
    }
}

/// The screen.
#[component]
pub fn Aside() -> Element {
    let app = use_app();
    let (asked, ask) = use_asked();
    let mut leaving = use_signal(|| None::<Item>);
    let nothing = |words: String| {
        rsx! {
            p { class: "hint", role: "status", "{words}" }
        }
    };
    rsx! {
        Screen { title: t!("kept"), back: (Route::Home {}, t!("needs-me")),
            match asked() {
                Asked::Yet => nothing(t!("team-asking")),
                Asked::NoAnswer => nothing(t!("kept-no-signal")),
                Asked::NotYours => nothing(t!("kept-not-yours")),
                Asked::Said(page) => {
                    let shown = aside(&app.phone(), &page);
                    rsx! {
                        if shown.items.is_empty() {
                            {empty(Icon::Seen, &t!("kept-none"), &t!("kept-none-words"), None)}
                        } else {
                            p { class: "hint", {t!("kept-words")} }
                        }
                        for item in shown.items {
                            Card {
                                key: "{item.id}",
                                item,
                                ondone: move |()| ask(()),
                                onleave: move |item| leaving.set(Some(item)),
                            }
                        }
                        if shown.more > 0 {
                            p { class: "hint", {t!("kept-more", count = shown.more)} }
                        }
                    }
                }
            }
        }
        if let Some(item) = leaving() {
            LeaveOut { item, ondone: move |()| ask(()), onclose: move |()| leaving.set(None) }
        }
    }
}

/// Something that was put aside, and what can be done about it.
#[component]
fn Card(item: Item, ondone: EventHandler, onleave: EventHandler<Item>) -> Element {
    let app = use_app();
    let mut failed = use_signal(|| false);
    let mut busy = use_signal(|| false);
    let (id, left) = (item.id, item.clone());
    let name = item.person.as_ref().map_or("", |p| p.short());
    let sent = t!("kept-sent", when = say::moment(item.came));
    let let_in = move |_| {
        let app = app.clone();
        async move {
            if busy() {
                return;
            }
            busy.set(true);
            let says = Says::LetIn;
            let review = Review {
                quarantine: id,
                says,
            };
            match app.shell().review(&review).await {
                Ok(_) => {
                    *TOAST.write() = Some(t!("kept-in-done"));
                    ondone(());
                }
                Err(_) => failed.set(true),
            }
            busy.set(false);
        }
    };
    rsx! {
        article { class: "card padded",
            div { class: "who",
                {face(&item.who, "")}
                span { class: "who-words",
                    h2 { class: "who-name", "{item.who.name}" }
                    span { class: "who-more", "{sent}" }
                }
            }
            for said in &item.says {
                {told(said, name)}
            }
            if item.says.is_empty() {
                p { {t!("kept-unreadable")} }
            }
            p { class: "soft small", {say::kept(item.why)} }
            if let Some(bar) = item.bar
                && !item.says.is_empty()
            {
                p { class: "soft small",
                    {t!("kept-bar")}
                    " "
                    {say::kept(bar)}
                }
            }
            if failed() {
                p { class: "error", role: "alert",
                    {icon(Icon::Alert)}
                    span { {t!("sure-no-signal")} }
                }
            }
            div { class: "buttons",
                if item.bar.is_none() {
                    button { r#type: "button", class: "button", disabled: busy(), onclick: let_in,
                        {icon(Icon::Yes)}
                        {t!("kept-let-in")}
                    }
                }
                button {
                    r#type: "button",
                    class: "button plain",
                    onclick: move |_| onleave(left.clone()),
                    {t!("kept-leave-out")}
                }
            }
        }
    }
}

/// One record, in words.
fn told(said: &Said, name: &str) -> Element {
    let Some(act) = &said.act else {
        return rsx! {
            p { class: "soft", {t!("kept-unknown")} }
        };
    };
    let (title, times) = match act {
        Act::Profile => (t!("kept-profile", name = name), None),
        Act::Availability => (t!("kept-availability"), None),
        Act::Rota { what, planned } => {
            let what = if *what == "cannot-come" {
                "they-cannot"
            } else {
                *what
            };
            let day =
                |p: Stretch| format!("{}, {}", say::day_first(p.start.day()), say::stretch(p));
            (t!("act-rota", what = what, name = name), planned.map(day))
        }
        Act::AmendClock { start, end, .. } => {
            let day = say::day_first(start.day());
            (
                words(act, name),
                Some(format!("{day}, {}", say::worked(*start, *end))),
            )
        }
        _ => (words(act, name), None),
    };
    rsx! {
        div { class: "who", key: "{said.record}",
            {icon(sign(act))}
            span { class: "who-words",
                h3 { class: "who-name", "{title}" }
                span { class: "who-more",
                    {say::moment(said.at)}
                    if let Some(named) = &said.named {
                        " · "
                        {t!("kept-named", name = named.name.as_str())}
                    }
                }
            }
        }
        if let Some(times) = times {
            p { "{times}" }
        }
        if let Some(note) = &said.words {
            {says(note)}
        }
        if !said.reason.is_empty() {
            p { class: "before", {t!("before-why", reason = said.reason.as_str())} }
        }
    }
}

/// Why it stays out.
#[component]
fn LeaveOut(item: Item, ondone: EventHandler, onclose: EventHandler) -> Element {
    let app = use_app();
    let reason = use_signal(String::new);
    let mut wrong = use_signal(|| None::<String>);
    let mut busy = use_signal(|| false);
    let id = item.id;
    let leave = move |_| {
        let app = app.clone();
        async move {
            if busy() {
                return;
            }
            let reason = match check(&reason(), Some(t!("plan-why-missing"))) {
                Ok(reason) => reason,
                Err(words) => return wrong.set(Some(words)),
            };
            busy.set(true);
            let says = Says::LeaveOut { reason };
            let review = Review {
                quarantine: id,
                says,
            };
            match app.shell().review(&review).await {
                Ok(_) => {
                    *TOAST.write() = Some(t!("kept-out-done"));
                    ondone(());
                    onclose(());
                }
                Err(_) => wrong.set(Some(t!("sure-no-signal"))),
            }
            busy.set(false);
        }
    };
    rsx! {
        Sheet { title: t!("kept-leave-out"), onclose: move |()| onclose(()),
            ReasonField {
                label: t!("kept-why"),
                hint: t!("kept-why-hint", name = item.who.short()),
                given: reason,
                wrong: wrong(),
            }
            div { class: "sheet-foot",
                button { r#type: "button", class: "button primary", disabled: busy(), onclick: leave, {t!("kept-leave-out")} }
                button { r#type: "button", class: "button plain", onclick: move |_| onclose(()), {t!("cancel")} }
            }
        }
    }
}
