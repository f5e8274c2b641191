//! `kith-relay erase-person`.

use super::roster::change_in;
use crate::config::Settings;
use kith_shared::api::RosterChange;

/// Who is erased.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The person, by name or id.
    person: String,
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Nothing brings the records back: say that you know.
    #[arg(long)]
    for_good: bool,
}

pub(super) async fn erase(settings: &Settings, args: Args) -> anyhow::Result<()> {
    let Args {
        person,
        team,
        for_good,
    } = args;
    anyhow::ensure!(
        for_good,
        "all records about {person} will be gone for good, here and on every phone that syncs. \
         Export first what has to be kept; then say it again with --for-good"
    );
    let change = RosterChange::Erase {
        person: person.clone(),
    };
    change_in(settings, team, change).await?;
    println!(
        "The records about {person} are erased: their key is destroyed. Phones forget them with \
         their next sync. Backups that were made before still have them: delete those."
    );
    Ok(())
}
