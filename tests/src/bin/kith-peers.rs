//! `cargo xtask peers`: the relay side by side with samod's server and automerge-repo's.

use anyhow::Result;
use clap::Parser;
use kith_tests::bench::peers::{Peers, compare, write};
use std::path::PathBuf;

/// Gives three servers the same work in turn, over loopback, a minute or so a round.
#[derive(Parser)]
#[command(name = "cargo xtask peers")]
struct Options {
    /// How many rounds.
    #[arg(long, default_value_t = 5, value_parser = clap::value_parser!(u16).range(1..=50))]
    rounds: u16,
    /// Only what has this in its name, such as "one by one".
    #[arg(long, default_value = "")]
    only: String,
    /// The relay alone.
    #[arg(long)]
    alone: bool,
    /// The program that is samod's server and client.
    #[arg(long, env = "KITH_PEER", hide = true)]
    samod: PathBuf,
    /// The folder with automerge-repo's server.
    #[arg(long, env = "KITH_AUTOMERGE_REPO", hide = true)]
    automerge_repo: PathBuf,
    /// Where the table goes, beside the console.
    #[arg(long, env = "KITH_PEERS_TABLE", hide = true)]
    table: PathBuf,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let options = Options::parse();
    if cfg!(debug_assertions) {
        eprintln!(
            "kith-peers: this is an unoptimised build; \"cargo xtask peers\" makes the other"
        );
    }
    let peers = Peers {
        samod: options.samod,
        automerge_repo: options.automerge_repo,
    };
    let say = |what: &str| eprintln!("kith-peers: {what}");
    let table = compare(
        (!options.alone).then_some(&peers),
        options.rounds.into(),
        &options.only,
        say,
    )
    .await?;
    println!("{table}");
    write(&table, &options.table)
}
