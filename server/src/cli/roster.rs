//! `kith-relay hat`, `kith-relay travel`, `kith-relay revoke` and `kith-relay care`.

use super::{admin::Way, invite::choose};
use crate::config::Settings;
use clap::ValueEnum;
use kith_shared::{
    api::{ChangeRoster, RosterChange},
    documents::team::TeamRecord,
    domain::team::Hat,
    time::Day,
};

/// Who wears a hat, and for how long.
#[derive(Debug, clap::Args)]
pub(super) struct HatArgs {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// A PA who has joined, by name or id.
    #[arg(long, value_name = "MEMBER")]
    member: String,
    /// Which hat: who wears the rota holder's drafts and publishes shifts.
    #[arg(long, value_enum, default_value = "rota-holder")]
    hat: HatName,
    /// Days for which it is worn [default: 365].
    #[arg(long, conflicts_with = "off")]
    days: Option<u32>,
    /// Take it off.
    #[arg(long)]
    off: bool,
}

#[derive(Debug, Clone, Copy, ValueEnum)]
enum HatName {
    RotaHolder,
}

pub(super) async fn hat(settings: &Settings, args: HatArgs) -> anyhow::Result<()> {
    let HatName::RotaHolder = args.hat;
    let (hat, name) = (Hat::RotaHolder, "rota holder");
    let change = RosterChange::Hat {
        member: args.member,
        hat,
        days: args.days,
        off: args.off,
    };
    if let TeamRecord::Member { member } = change_in(settings, args.team, change).await? {
        match member.hats.get(&hat) {
            Some(until) => println!("{} is {name} until {}", member.name, until.to_utc()),
            None => println!("{} is not {name} any more", member.name),
        }
    }
    Ok(())
}

/// How long travel takes.
#[derive(Debug, clap::Args)]
pub(super) struct TravelArgs {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// A person, by name or id.
    #[arg(long, value_name = "PERSON")]
    from: String,
    /// Another person, by name or id.
    #[arg(long, value_name = "PERSON")]
    to: String,
    /// How long it takes, either way.
    #[arg(long)]
    minutes: u16,
}

pub(super) async fn travel(settings: &Settings, args: TravelArgs) -> anyhow::Result<()> {
    let TravelArgs {
        team,
        from,
        to,
        minutes,
    } = args;
    let change = RosterChange::Travel {
        from: from.clone(),
        to: to.clone(),
        minutes,
    };
    change_in(settings, team, change).await?;
    println!("between {from} and {to}: {minutes} minutes");
    Ok(())
}

/// Who or what does not belong to the team any more.
#[derive(Debug, clap::Args)]
#[group(required = true, args = ["member", "device"])]
pub(super) struct RevokeArgs {
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// Who has left, by name or id.
    #[arg(long, value_name = "MEMBER", conflicts_with = "device")]
    member: Option<String>,
    /// Which device is lost, by id; with any other word, what is said lists them.
    #[arg(long, value_name = "DEVICE")]
    device: Option<String>,
}

pub(super) async fn revoke(settings: &Settings, args: RevokeArgs) -> anyhow::Result<()> {
    let RevokeArgs {
        team,
        member,
        device,
    } = args;
    let change = match (member, device) {
        (Some(member), _) => RosterChange::Left { member },
        (None, device) => RosterChange::DeviceLost {
            device: device.unwrap_or_default(),
        },
    };
    let named = change.clone();
    change_in(settings, team, change).await?;
    match named {
        RosterChange::Left { member } => println!("{member} does not belong to the team any more"),
        RosterChange::DeviceLost { device } => println!("the device {device} is out"),
        _ => {}
    }
    Ok(())
}

/// Whose care ended, or began again.
#[derive(Debug, clap::Args)]
pub(super) struct CareArgs {
    /// The person, by name or id.
    person: String,
    /// The team, by name or id. Not needed when there is only one.
    #[arg(long, value_name = "TEAM")]
    team: Option<String>,
    /// The last day of care, as 2026-11-24. Said again, it takes the place of what was said.
    #[arg(
        long,
        value_name = "DATE",
        conflicts_with = "returned",
        required_unless_present = "returned"
    )]
    ended: Option<Day>,
    /// The day on which they came back.
    #[arg(long, value_name = "DATE")]
    returned: Option<Day>,
}

pub(super) async fn care(settings: &Settings, args: CareArgs) -> anyhow::Result<()> {
    let CareArgs {
        person,
        team,
        ended,
        returned,
    } = args;
    let name = person.clone();
    if let Some(on) = ended {
        let change = RosterChange::CareEnded { person, on };
        change_in(settings, team, change).await?;
        println!(
            "The care of {name} ended on {on}. \"kith-relay retention\" says until when the records are kept"
        );
    } else if let Some(on) = returned {
        let change = RosterChange::CareResumed { person, on };
        change_in(settings, team, change).await?;
        println!("{name} came back on {on}: all records are kept");
    }
    Ok(())
}

pub(super) async fn change_in(
    settings: &Settings,
    team: Option<String>,
    change: RosterChange,
) -> anyhow::Result<TeamRecord> {
    let way = Way::find(settings).await?;
    let team = choose(way.teams().await?, team.as_deref())?;
    way.change(ChangeRoster { team, change }).await
}
