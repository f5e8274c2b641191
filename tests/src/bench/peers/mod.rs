//! The relay side by side with samod's server and automerge-repo's: the same changes for all, on
//! this machine, in turn.
//!
//! The phones' own engine writes the changes and hands them to the relay; then a client of samod's
//! hands the very same bytes to the two others, which speak one protocol. What is counted is said
//! in [`table::NOTES`].

mod back;
mod floor;
mod load;
mod ours;
mod process;
mod sender;
mod table;
mod theirs;
mod work;

use anyhow::{Context, Result};
use std::{
    path::{Path, PathBuf},
    time::Duration,
};
use table::Round;
use theirs::Peer;
use work::{CASES, Case};

/// What is compared with.
#[derive(Debug, Clone)]
pub struct Peers {
    /// The program that is samod's server, and a client.
    pub samod: PathBuf,
    /// The folder with automerge-repo's server and what it needs.
    pub automerge_repo: PathBuf,
}

/// Half of the round trip that the returning phone has.
const ONE_WAY: Duration = Duration::from_millis(75);

/// Runs rounds of everything, or of what has `only` in its name, and returns the table. Without
/// peers the relay is measured alone.
pub async fn compare(
    peers: Option<&Peers>,
    rounds: usize,
    only: &str,
    say: impl Fn(&str),
) -> Result<String> {
    let peers = peers.map(|peers| {
        let server = peers.automerge_repo.join("server.mjs");
        let repo = Peer::automerge_repo(&server, &peers.samod);
        vec![Peer::samod(&peers.samod), repo]
    });
    let peers = peers.unwrap_or_default();
    let mut done = Vec::new();
    for round in 1..=rounds {
        say(&format!("round {round} of {rounds}"));
        done.push(one(&peers, only, &say).await?);
    }
    table::table(&done)
}

async fn one(peers: &[Peer], only: &str, say: &impl Fn(&str)) -> Result<Round> {
    let mut round = Round::default();
    for each in [true, false] {
        let how = if each { "one by one" } else { "all at once" };
        if !how.contains(only) {
            round.loads.push(Vec::new());
            round.floors.push(f64::NAN);
            continue;
        }
        say(&format!("  {how}: the relay"));
        let (loaded, work) = ours::load(each).await?;
        let mut all = vec![loaded];
        round.floors.push(floor::floor(&work, each)?);
        for peer in peers {
            say(&format!("  {how}: {}", peer.name));
            let loaded = peer.load(&work, each).await;
            all.push(loaded.with_context(|| peer.name.to_owned())?);
        }
        round.loads.push(all);
    }
    for case in CASES {
        if !case.name.contains(only) {
            round.backs.push(Vec::new());
            continue;
        }
        say(&format!("  {}: the relay", case.name));
        let (back, edited) = ours::come_back(case).await?;
        let mut all = vec![back];
        for peer in peers {
            say(&format!("  {}: {}", case.name, peer.name));
            let back = peer.come_back(&edited, case.far).await;
            all.push(back.with_context(|| peer.name.to_owned())?);
        }
        round.backs.push(all);
    }
    Ok(round)
}

/// What the relay and its phones put on the wire for 5 changes up and 3 down, headers included, over
/// the bytes of these changes: of notes and of visits, where no more than this many were before.
pub async fn bytes_over_raw(history: usize) -> Result<Vec<(&'static str, f64)>> {
    let mut measured = Vec::new();
    let near = |case: &&Case| !case.far && case.history <= history;
    for case in CASES.iter().filter(near) {
        let (back, _) = ours::come_back(case).await?;
        measured.push((case.name, back.over_raw()));
    }
    Ok(measured)
}

/// Writes the table where `cargo xtask peers` says.
pub fn write(table: &str, to: &Path) -> Result<()> {
    if let Some(folder) = to.parent() {
        std::fs::create_dir_all(folder)?;
    }
    std::fs::write(to, table).with_context(|| format!("{} cannot be written", to.display()))
}
