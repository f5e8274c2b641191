//! `kith-relay init`.

use super::open_or_make;
use crate::{
    config::Settings,
    metrics::Metrics,
    relay::{Team, Teams},
    routes::make_invitation,
};
use kith_shared::api::{Invite, Invited};
use std::sync::Arc;

/// A team and its founder.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The team's name.
    #[arg(long, value_name = "NAME")]
    team: String,
    /// The founder's name.
    #[arg(long, value_name = "NAME", default_value = "Founder")]
    name: String,
    /// The founder's role: pa, person or manager.
    #[arg(long, default_value = "pa")]
    role: String,
    /// Print one JSON object, for programs.
    #[arg(long)]
    json: bool,
}

impl Args {
    /// What the first start makes when nobody said anything.
    pub(super) fn first_start() -> Self {
        Self {
            team: "Our team".into(),
            name: "Founder".into(),
            role: "pa".into(),
            json: false,
        }
    }
}

pub(super) async fn init(settings: &Settings, args: Args) -> anyhow::Result<()> {
    let (journal, keys) = open_or_make(settings)?;
    let teams = Teams::open(journal, keys.proof(), Arc::new(Metrics::default()))?;
    found(&teams, &args, &settings.public_url()).await
}

/// Makes a team and prints its founder's invitation.
pub(super) async fn found(teams: &Teams, args: &Args, public_url: &str) -> anyhow::Result<()> {
    let team = teams.found(&args.team).await?;
    let id = team.read(Team::id).await?;
    let invite = Invite {
        team: id,
        role: args.role.clone(),
        name: args.name.clone(),
        person: None,
        member: None,
        address: String::new(),
        goals: Vec::new(),
        hours: None,
    };
    let invited = make_invitation(&team, invite, public_url).await?;
    if args.json {
        let both = serde_json::json!({ "team": id, "name": args.team, "invited": invited });
        println!("{both}");
        return Ok(());
    }
    println!("Team {:?} was made: {id}", args.team);
    println!("Invitation for its founder ({}):", args.role);
    print(&invited);
    Ok(())
}

/// An invitation for people to read.
pub(super) fn print(invited: &Invited) {
    println!("  link   {}", invited.link);
    println!("  code   {}", invited.code);
    println!(
        "  until  {} (once, on one device)",
        invited.expires.to_utc()
    );
}
