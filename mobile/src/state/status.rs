//! Where my work is, in one line.

use super::App;
use crate::{
    engine::{Link, Phone},
    view::waiting::{self, Status},
};
use kith_assets::Icon;
use kith_shared::domain::team::Role;

/// The line about what is saved and sent.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct StatusLine {
    /// Its class in the gallery.
    pub class: &'static str,
    /// Its sign.
    pub icon: Icon,
    /// Its words.
    pub words: String,
}

/// How it stands with the relay, as the views mean it.
pub fn link(link: &Link) -> waiting::Link {
    match link {
        Link::Unknown => waiting::Link::Trying,
        Link::Reached => waiting::Link::Reached,
        Link::Unreachable | Link::Trouble(_) | Link::NotOurs => waiting::Link::Unreachable,
    }
}

/// The line.
pub fn status_line(app: &App) -> StatusLine {
    let phone = app.phone();
    let (class, icon, words) = match waiting::status(&phone, link(&app.link())) {
        Status::NeedsDecision { .. } => ("decide", Icon::Decision, t!("status-decide")),
        Status::Offline { waiting: 0 } => ("saved", Icon::Offline, t!("status-offline")),
        Status::Offline { .. } | Status::Sending { .. } => {
            ("saved", Icon::Saved, t!("status-saved"))
        }
        Status::Sent { .. } => ("sent", Icon::Sent, t!("status-sent")),
        Status::Seen if has_written(&phone) => ("seen", Icon::Seen, t!("status-seen")),
        Status::Seen => ("sent", Icon::Seen, t!("status-level")),
    };
    StatusLine { class, icon, words }
}

/// Whether there is anything of mine that others could have seen.
fn has_written(phone: &Phone) -> bool {
    let Some(me) = phone.me() else { return false };
    let mine = me.joined.member;
    match me.joined.role {
        Role::Pa => phone.book().visits().any(|visit| visit.pa == mine),
        Role::Person(_) => phone.book().notes().any(|note| note.author == mine),
        Role::AuthorisedPerson(_) | Role::FamilyContact(_) | Role::Manager => false,
    }
}
