//! Phones and people: my phones, who belongs to the team, and what family contacts read.

mod sure;

use crate::{
    components::{Screen, face, icon, icon_with},
    route::Route,
    state::{say, use_app},
    view::team::{Handset, Someone, share_notes, team},
};
use dioxus::prelude::*;
use kith_assets::Icon;
use kith_shared::api::{KnownDevice, Revoke};
use sure::{Sure, SureSheet};

/// What the relay says of devices.
#[derive(Debug, Clone, PartialEq)]
enum Asked {
    Yet,
    NoAnswer,
    Said(Vec<KnownDevice>),
}

/// The screen.
#[component]
pub fn Team() -> Element {
    let app = use_app();
    let mut devices = use_signal(|| Asked::Yet);
    let mut sure = use_signal(|| None::<Sure>);
    let asker = app.clone();
    let ask = use_callback(move |()| {
        let app = asker.clone();
        spawn(async move {
            let said = app.shell().devices().await;
            devices.set(said.map_or(Asked::NoAnswer, Asked::Said));
        });
    });
    use_hook(|| ask(()));
    let known = match devices() {
        Asked::Said(devices) => devices,
        Asked::Yet | Asked::NoAnswer => Vec::new(),
    };
    let Some(page) = team(&app.phone(), &known) else {
        return VNode::empty();
    };
    rsx! {
        Screen { title: t!("team"), back: (Route::Me {}, t!("back-to-me")),
            section { class: "group", "aria-labelledby": "phones",
                h2 { id: "phones", {t!("team-my-phones")} }
                if page.mine.is_empty() {
                    p { class: "hint", role: "status",
                        if devices() == Asked::NoAnswer {
                            {t!("team-no-signal")}
                        } else {
                            {t!("team-asking")}
                        }
                    }
                }
                ul { class: "rows",
                    for phone in page.mine {
                        li { key: "{phone.id}", Phone { phone, mine: true, onask: move |asks| sure.set(Some(asks)) } }
                    }
                }
                p { class: "hint", {t!("team-lost-hint")} }
            }
            if !page.others.is_empty() {
                section { class: "group", "aria-labelledby": "people",
                    h2 { id: "people", {t!("team-people")} }
                    for one in page.others {
                        Member { key: "{one.face.id}", one, onask: move |asks| sure.set(Some(asks)) }
                    }
                }
            }
        }
        if let Some(asks) = sure() {
            SureSheet { asks, ondone: move |()| ask(()), onclose: move |()| sure.set(None) }
        }
    }
}

/// A phone, with what can be said of it.
#[component]
fn Phone(phone: Handset, mine: bool, onask: EventHandler<Sure>) -> Element {
    let since = t!("team-since", day = say::far_day(phone.since));
    let (title, asks) = if phone.this {
        (t!("this-phone"), Sure::this_phone(phone.id))
    } else {
        let title = if mine {
            t!("team-other-phone")
        } else {
            t!("team-phone")
        };
        (title, Sure::phone(phone.id, &since))
    };
    rsx! {
        div { class: "row",
            {icon(Icon::Phone)}
            span { class: "row-words",
                span { class: "row-title", "{title}" }
                span { class: "row-more", "{since}" }
                if let Some(day) = phone.held_back {
                    span { class: "row-more", {t!("team-held-back", day = say::far_day(day))} }
                }
            }
            button {
                r#type: "button",
                class: "button plain",
                "data-device": "{phone.id}",
                onclick: move |_| onask(asks.clone()),
                if phone.this {
                    {t!("team-wipe")}
                } else {
                    {t!("team-lost")}
                }
            }
        }
    }
}

/// Somebody of the team, with what can be said of them.
#[component]
fn Member(one: Someone, onask: EventHandler<Sure>) -> Element {
    let (id, name) = (one.face.id, one.face.short().to_owned());
    let told = name.clone();
    rsx! {
        details { class: "card folded", id: "m{id}",
            summary { class: "row",
                {face(&one.face, "")}
                span { class: "row-words",
                    span { class: "row-title", "{one.face.name}" }
                    span { class: "row-more",
                        {say::role(one.role)}
                        if one.notes == Some(false) {
                            " · "
                            {t!("team-no-notes")}
                        }
                    }
                }
                {icon_with(Icon::ChevronDown, "icon go")}
            }
            ul { class: "rows",
                if let Some(shared) = one.notes {
                    li {
                        button {
                            r#type: "button",
                            class: "row",
                            onclick: move |_| onask(Sure::notes(share_notes(id, !shared), &told, !shared)),
                            {icon(Icon::Note)}
                            span { class: "row-words",
                                span { class: "row-title",
                                    if shared {
                                        {t!("team-stop-notes")}
                                    } else {
                                        {t!("team-share-notes")}
                                    }
                                }
                            }
                        }
                    }
                }
                for phone in one.phones {
                    li { key: "{phone.id}", Phone { phone, mine: false, onask } }
                }
                li {
                    button {
                        r#type: "button",
                        class: "row",
                        onclick: move |_| onask(Sure::leaves(Revoke::Member { member: id }, &name)),
                        {icon(Icon::Remove)}
                        span { class: "row-words",
                            span { class: "row-title", {t!("team-leaves", name = name.as_str())} }
                        }
                    }
                }
            }
        }
    }
}
