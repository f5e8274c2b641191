//! `kith-relay backup`.

use super::{admin::Way, in_words};
use crate::{
    backup::{Folder, Frame, Plan, Report},
    config::Settings,
    relay::now,
    vault::Source,
};
use anyhow::Context as _;
use std::path::PathBuf;

/// Where to.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The folder of the backup; it is made if it is not there. Once it has a backup, only what is
    /// new is added.
    #[arg(long, value_name = "FOLDER")]
    to: PathBuf,
}

pub(super) async fn backup(settings: &Settings, args: &Args) -> anyhow::Result<()> {
    let folder = Folder::open(&args.to)?;
    let way = Way::find(settings).await?;
    let Report {
        manifest,
        entries,
        bytes,
    } = take(&way, folder, settings).await?;
    println!(
        "The backup in {} is of {}. Teams: {}; entries that are new in it: {entries}; bytes written: \
         {bytes}. It is encrypted: nobody can read or restore it without the master key.",
        args.to.display(),
        in_words(manifest.of.at),
        manifest.of.teams.len(),
    );
    if let Source::File(path) = settings.master_key() {
        println!(
            "The master key is not in it. Keep a copy of {} apart from this folder.",
            path.display()
        );
    }
    Ok(())
}

/// Writes the next backup into a folder.
pub(super) async fn take(way: &Way, folder: Folder, settings: &Settings) -> anyhow::Result<Report> {
    let known = folder.known();
    let mut writing = folder.write()?;
    match way {
        Way::Running { .. } => {
            let mut frames = way.backup(&known).await?;
            while let Some(bytes) = frames
                .chunk()
                .await
                .context("the relay's answer broke off")?
            {
                writing.take(&bytes)?;
            }
        }
        Way::Store { teams, .. } => {
            let journal = teams.journal();
            let mut failed = None;
            let take = |frame: Frame| match writing.take(&frame.to_bytes()) {
                Ok(()) => true,
                Err(error) => {
                    failed = Some(error);
                    false
                }
            };
            Plan::make(journal, &known, now())?.send(journal, take)?;
            failed.map_or(Ok(()), Err)?;
        }
    }
    Ok(writing.finish(settings.keys()?.relay())?)
}
