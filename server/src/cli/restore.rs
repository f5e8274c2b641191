//! `kith-relay restore`.

use super::{check::check, in_words};
use crate::{
    backup::{Restoring, restore},
    config::Settings,
    journal::Journal as _,
    relay::now,
};
use anyhow::ensure;
use std::path::PathBuf;

/// Where from.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of a backup.
    #[arg(long, value_name = "FOLDER")]
    from: PathBuf,
}

pub(super) fn run(settings: &Settings, args: &Args) -> anyhow::Result<()> {
    let data = settings.data();
    let master = settings.master_key().read()?;
    let into = (&*data.journal(), &*data.secret());
    let restoring: Restoring = restore(&args.from, into, &data.master_key(), &master)?;
    restoring.say_so(now())?;
    let journal = &restoring.journal;
    for (team, end) in journal.teams()? {
        let report = check(journal, team, end);
        ensure!(
            report.faults.is_empty(),
            "the backup is whole and its journal is not: {}. Nothing was restored: take an older \
             backup",
            report.faults.join("; ")
        );
        println!("team {team}: {} entries, ok", report.entries);
    }
    let manifest = restoring.finish()?;
    println!(
        "The relay's data in {} is as it was on {}. Start the relay: phones give back what they \
         have of the time since.",
        data.path().display(),
        in_words(manifest.of.at)
    );
    Ok(())
}
