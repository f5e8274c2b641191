//! `kith-relay rotate-master-key`.

use super::admin::Way;
use crate::config::Settings;
use anyhow::Context as _;
use std::path::PathBuf;

/// Which key is the new one.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The file with the new key, for a master key that is in the environment, or that a command
    /// says. Without it the relay makes a fresh one, in the file of the one before.
    #[arg(long, value_name = "FILE")]
    to: Option<PathBuf>,
}

pub(super) async fn rotate(settings: &Settings, args: Args) -> anyhow::Result<()> {
    // The relay that reads it may run in another folder.
    let to = args.to.map(|to| {
        to.canonicalize()
            .with_context(|| format!("{} cannot be read", to.display()))
    });
    let to = to.transpose()?;
    let way = Way::find(settings).await?;
    way.change_master_key(to.clone()).await?;
    match to {
        Some(_) => println!(
            "The master key is the one in that file from now on: give it to the relay before its \
             next start. The old one opens nothing any more but old backups."
        ),
        None => println!(
            "There is a new master key in the file of the old one: keep a copy of it apart from \
             your backups. The old one opens nothing any more but old backups."
        ),
    }
    Ok(())
}
