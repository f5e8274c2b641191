//! Fills a relay with the demo team, and prints a joining link for each role.

use anyhow::{Context, Result};
use clap::Parser;
use kith_app::platform::clock;
use kith_shared::api::Invited;
use kith_tests::{
    demo::{self, Cast, DemoPhone},
    process::House,
};
use std::path::PathBuf;

/// A made-up team on a running relay. The relay's store must hold the team already, and the
/// founder's invitation must lie beside it as `founder.json` (`kith-relay init --json`).
#[derive(Parser)]
struct Options {
    /// The relay's address, such as <http://127.0.0.1:8080>.
    #[arg(long)]
    relay: String,
    /// The relay's data folder.
    #[arg(long)]
    data: PathBuf,
}

/// What `kith-relay init --json` printed.
#[derive(serde::Deserialize)]
struct Founded {
    invited: Invited,
}

#[tokio::main(flavor = "current_thread")]
async fn main() -> Result<()> {
    let Options {
        relay: origin,
        data,
    } = Options::parse();
    let relay = House::at(&data);
    let cast = match Cast::read(&data)? {
        Some(cast) => cast,
        None => fill(&origin, &relay, &data).await?,
    };
    println!("\nJoining links, each for one device. Open each in a browser window of its own:");
    let pa = ("Siân Bevan".to_owned(), "pa".to_owned(), cast.pas[0]);
    for (name, role, member) in std::iter::once(&pa).chain(&cast.shown) {
        let invited = relay.invite_again(*member)?;
        println!(
            "  {:<18} {name:<26} {}",
            role.replace('-', " "),
            invited.link
        );
    }
    Ok(())
}

async fn fill(origin: &str, relay: &House, data: &std::path::Path) -> Result<Cast> {
    println!("making the demo team: 5 PAs, 2 people, 6 weeks of rota, visits and notes");
    let founder = std::fs::read(data.join("founder.json")).context("the founder's invitation")?;
    let Founded { invited: founder } = serde_json::from_slice(&founder)?;
    let (mut cast, codes) = Cast::invite(relay, &founder.code)?;
    cast.pas.insert(0, founder.member);
    let now = clock();
    let mut pas = Vec::new();
    for code in &codes {
        let mut pa = DemoPhone::join(origin, code, now).await?;
        pa.exchange(now).await?;
        pas.push(pa);
    }
    demo::live(&mut pas, cast.people, now)?;
    for pa in &mut pas {
        pa.exchange(now).await?;
    }
    let (_, _, morgan) = cast.shown.first().context("the first person")?;
    let invited = relay.invite_again(*morgan)?;
    let mut morgan = DemoPhone::join(origin, &invited.code, now).await?;
    demo::cover(&mut pas, &mut morgan, cast.people, now).await?;
    demo::lost(relay, origin, (cast.pas[1], cast.people[0]), now).await?;
    cast.write(data)?;
    Ok(cast)
}
