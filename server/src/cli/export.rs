//! `kith-relay export`.

use super::{invite::choose, open_existing};
use crate::{config::Settings, journal::Journal as _, relay::Team};
use anyhow::Context as _;
use clap::ValueEnum;
use kith_shared::{
    api::NamedTeam,
    documents::{Document, Record},
};
use serde_json::{Map, Value};
use std::path::PathBuf;

/// What is exported, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// As Automerge documents, history included, or as JSON records.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The folder to write into; it is made if it is not there.
    #[arg(long, value_name = "FOLDER")]
    out: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Automerge,
    Json,
}

pub(super) fn export(settings: &Settings, args: &Args) -> anyhow::Result<()> {
    let (journal, keys) = open_existing(settings)?;
    let mut teams = Vec::new();
    for (id, _) in journal.teams()? {
        let team = Team::replay(id, keys.proof(), journal.entries(id));
        teams.push(
            team.with_context(|| format!("team {id} cannot be read: run \"kith-relay check\""))?,
        );
    }
    let named = teams.iter().map(|team| NamedTeam {
        team: team.id(),
        name: team.name().to_owned(),
    });
    let chosen = choose(named.collect(), args.team.as_deref())?;
    let team = teams
        .into_iter()
        .find(|team| team.id() == chosen)
        .context("there is no such team")?;
    std::fs::create_dir_all(&args.out)
        .with_context(|| format!("the folder {} cannot be made", args.out.display()))?;
    let mut written = 0;
    for id in team.documents() {
        let document = team.document(id);
        let (bytes, extension) = match args.format {
            Format::Automerge => (document.save(), "automerge"),
            Format::Json => (json(&document)?, "json"),
        };
        let name = format!("{}.{extension}", id.to_string().replace('/', "_"));
        let path = args.out.join(name);
        std::fs::write(&path, bytes)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        written += 1;
    }
    println!(
        "{written} documents of {:?} are in {}",
        team.name(),
        args.out.display()
    );
    Ok(())
}

/// The records of a document by id, as everyone reads them.
fn json(document: &Document) -> anyhow::Result<Vec<u8>> {
    let mut records = Map::new();
    for record in document.records::<Map<String, Value>>().0 {
        let id = record.id.to_string();
        records.insert(id, serde_json::to_value::<Record<_>>(record)?);
    }
    let whole = serde_json::json!({ "doc": document.id(), "records": records });
    Ok(serde_json::to_vec_pretty(&whole)?)
}
