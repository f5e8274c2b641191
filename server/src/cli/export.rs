//! `kith-relay export`.

use super::{at_rest::AtRest, invite::choose};
use crate::{
    config::Settings,
    export::{Trail, about, csv_of, page},
    journal::Journal as _,
    relay::{Team, now},
};
use anyhow::{Context as _, bail};
use clap::ValueEnum;
use kith_shared::{
    api::NamedTeam,
    documents::{Document, DocumentId, Record},
    ids::PersonId,
};
use serde_json::{Map, Value};
use std::{
    fs::{self, DirBuilder, OpenOptions},
    io::Write as _,
    os::unix::fs::{DirBuilderExt as _, OpenOptionsExt as _},
    path::{Path, PathBuf},
};

/// What is exported, and how.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Everything about this person, by name or id, and nothing else: as a page to read and print,
    /// the same as JSON, and their Automerge documents.
    #[arg(long, value_name = "PERSON", conflicts_with = "format")]
    person: Option<String>,
    /// Documents of a team: as Automerge documents, history included, or as JSON records.
    #[arg(long, value_enum, default_value = "json")]
    format: Format,
    /// The audit trail too, as CSV: what was recorded, when, by whom and by which clock.
    #[arg(long)]
    audit: bool,
    /// The folder to write into; it is made if it is not there. What is written can be read by
    /// everyone who gets at it.
    #[arg(long = "to", alias = "out", value_name = "FOLDER")]
    to: PathBuf,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum Format {
    Automerge,
    Json,
}

pub(super) async fn export(settings: &Settings, args: &Args) -> anyhow::Result<()> {
    let store = AtRest::open(settings).await?;
    let teams = store.teams()?;
    let named = teams.iter().map(|team| NamedTeam {
        team: team.id(),
        name: team.name().to_owned(),
    });
    let chosen = choose(named.collect(), args.team.as_deref())?;
    let team = teams.into_iter().find(|team| team.id() == chosen);
    let team = team.context("there is no such team")?;
    let to = Out::make(&args.to)?;
    let trail = || Trail::read(store.journal.entries(chosen));
    let whose = match &args.person {
        Some(name) => Some(find(&team, name)?),
        None => None,
    };
    if let Some((person, name)) = &whose {
        let about = about(&team, *person, &trail()?, now()).context("they are not in the team")?;
        to.write("records.html", page(&about).as_bytes())?;
        to.write("records.json", &serde_json::to_vec_pretty(&about)?)?;
        let written = documents(&team, Some(*person), Format::Automerge, &to)?;
        println!(
            "Everything about {name} is in {}: records.html to read, records.json, and {written} \
             documents. It is not encrypted: hand it over on a way that you trust, and delete it.",
            args.to.display()
        );
    } else {
        let written = documents(&team, None, args.format, &to)?;
        println!(
            "{written} documents of {:?} are in {}",
            team.name(),
            args.to.display()
        );
    }
    if args.audit {
        let csv = csv_of(&team, &trail()?, whose.map(|(person, _)| person))?;
        to.write("audit.csv", &csv)?;
    }
    Ok(())
}

/// A person whom the team supports, by name or id.
fn find(team: &Team, text: &str) -> anyhow::Result<(PersonId, String)> {
    let people = team.roster().people.values();
    let is = |p: &&_| {
        let p: &kith_shared::domain::team::Person = p;
        p.name == text || p.id.to_string() == text
    };
    let mut found = people.filter(is);
    match (found.next(), found.next()) {
        (Some(person), None) => Ok((person.id, person.name.clone())),
        (None, _) => bail!("the team supports nobody of this name or id"),
        (Some(_), Some(_)) => bail!("two people have this name: say which by id"),
    }
}

/// Writes each document, or each that is about this person, to a file; returns how many.
fn documents(
    team: &Team,
    about: Option<PersonId>,
    format: Format,
    to: &Out,
) -> anyhow::Result<usize> {
    let wanted = |id: &DocumentId| about.is_none() || id.person() == about;
    let mut written = 0;
    for id in team.documents().filter(wanted) {
        let document = team.document(id);
        let (bytes, extension) = match format {
            Format::Automerge => (document.save(), "automerge"),
            Format::Json => (json(&document)?, "json"),
        };
        let name = format!("{}.{extension}", id.to_string().replace('/', "_"));
        to.write(&name, &bytes)?;
        written += 1;
    }
    Ok(written)
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

/// The folder that is written into: for its owner alone, since all of it can be read.
struct Out<'a>(&'a Path);

impl<'a> Out<'a> {
    fn make(path: &'a Path) -> anyhow::Result<Self> {
        let made = DirBuilder::new().recursive(true).mode(0o700).create(path);
        made.with_context(|| format!("the folder {} cannot be made", path.display()))?;
        Ok(Self(path))
    }

    fn write(&self, name: &str, bytes: &[u8]) -> anyhow::Result<()> {
        let path = self.0.join(name);
        let write = || {
            // One that is there keeps its mode: it goes first.
            match fs::remove_file(&path) {
                Err(e) if e.kind() != std::io::ErrorKind::NotFound => return Err(e),
                _ => {}
            }
            let mut options = OpenOptions::new();
            let mut file = options
                .write(true)
                .create_new(true)
                .mode(0o600)
                .open(&path)?;
            file.write_all(bytes)
        };
        write().with_context(|| format!("{} cannot be written", path.display()))
    }
}
