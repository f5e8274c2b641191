//! `kith-relay invite`.

use super::{admin::Way, init::print};
use crate::config::Settings;
use anyhow::bail;
use kith_shared::{
    api::{Invite, NamedTeam},
    ids::{MemberId, TeamId},
};

/// Who is invited.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// What they will be: pa, person, authorised-person, family-contact or manager.
    #[arg(long, default_value = "pa")]
    role: String,
    /// What they are called.
    #[arg(
        long,
        value_name = "NAME",
        required_unless_present = "member",
        default_value = ""
    )]
    name: String,
    /// For whom an authorised person or a family contact acts: by name or id.
    #[arg(long, value_name = "PERSON")]
    person: Option<String>,
    /// A further device for a member who has joined: their id.
    #[arg(long, value_name = "ID", conflicts_with_all = ["role", "name", "person"])]
    member: Option<MemberId>,
    /// Of a new person: where visits are.
    #[arg(long, default_value = "")]
    address: String,
    /// Of a new person: what they want to do and keep doing, in their words. May be given again.
    #[arg(long = "goal", value_name = "TEXT")]
    goals: Vec<String>,
    /// Hours for which the invitation is open [default: 168, a week].
    #[arg(long)]
    hours: Option<u32>,
    /// Print one JSON object, for programs.
    #[arg(long)]
    json: bool,
}

pub(super) async fn invite(settings: &Settings, args: Args) -> anyhow::Result<()> {
    let way = Way::find(settings).await?;
    let team = choose(way.teams().await?, args.team.as_deref())?;
    let invited = way
        .invite(Invite {
            team,
            role: args.role,
            name: args.name,
            person: args.person,
            member: args.member,
            address: args.address,
            goals: args.goals,
            hours: args.hours,
        })
        .await?;
    if args.json {
        println!("{}", serde_json::to_string(&invited)?);
    } else {
        println!("Invitation:");
        print(&invited);
    }
    Ok(())
}

pub(super) fn choose(teams: Vec<NamedTeam>, named: Option<&str>) -> anyhow::Result<TeamId> {
    let is = |team: &NamedTeam| named.is_none_or(|n| team.name == n || team.team.to_string() == n);
    let all: Vec<String> = teams
        .iter()
        .map(|t| format!("  {}  {}", t.team, t.name))
        .collect();
    let found: Vec<NamedTeam> = teams.into_iter().filter(is).collect();
    match &*found {
        [team] => Ok(team.team),
        [] if all.is_empty() => bail!("there is no team yet: make one with \"kith-relay init\""),
        [] => bail!("there is no such team. The teams are:\n{}", all.join("\n")),
        _ => bail!(
            "say which team with --team. The teams are:\n{}",
            all.join("\n")
        ),
    }
}
