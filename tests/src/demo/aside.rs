//! Something for the manager to look at: what was on a phone that was lost.

use super::DemoPhone;
use crate::process::House;
use anyhow::{Context, Result};
use kith_shared::{
    domain::note::{Activity, Audience, Mood, NoteText},
    ids::{MemberId, PersonId},
    intent::Intent,
    time::{Moment, Span},
};

/// The old phone of `pa` was lost yesterday evening with a note on it that had not been sent. Whoever
/// found it has turned it on: it hands the note in, which is put aside.
pub async fn lost(
    relay: &House,
    origin: &str,
    (pa, person): (MemberId, PersonId),
    now: Moment,
) -> Result<()> {
    let invited = relay.invite_again(pa)?;
    let mut old = DemoPhone::join(origin, &invited.code, now).await?;
    old.exchange(now).await?;
    let written = now - Span::hours(16);
    let note = Intent::WriteNote {
        person,
        month: written.month(),
        visit: None,
        audience: Audience::Team,
        says: NoteText {
            mood: Some(Mood::Mixed),
            activities: vec![Activity::Rest],
            text: "Rang the surgery about the tablets. They call back tomorrow before ten.".into(),
            ..NoteText::default()
        },
    };
    old.act(note, written)?;
    let device = old.phone().me().context("a phone that has joined")?.device;
    relay.lose(device)?;
    old.exchange(now).await
}
