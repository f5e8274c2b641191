//! `kith-relay retention`.

use super::at_rest::AtRest;
use crate::{
    config::Settings,
    relay::{Team, now},
    retention::{Care, Clocks, Periods, clocks},
};
use kith_shared::{documents::DocumentId, ids::PersonId, time::Day};
use serde::Serialize;

/// For how long records are kept, and how it is said.
#[derive(Debug, clap::Args)]
pub(super) struct Args {
    /// Years for which care records are kept after the care ended [default: 8].
    #[arg(long, value_name = "YEARS", env = "KITH_CARE_YEARS")]
    care_years: Option<u8>,
    /// Years for which pay records are kept [default: 6].
    #[arg(long, value_name = "YEARS", env = "KITH_PAY_YEARS")]
    pay_years: Option<u8>,
    /// As of this day [default: today].
    #[arg(long, value_name = "DATE")]
    on: Option<Day>,
    /// Print one JSON object, for programs.
    #[arg(long)]
    json: bool,
}

/// What the report says.
#[derive(Debug, Serialize)]
struct Report {
    /// The day that it is of.
    on: Day,
    periods: Periods,
    people: Vec<One>,
}

/// What it says of one person.
#[derive(Debug, Serialize)]
struct One {
    team: String,
    person: PersonId,
    name: String,
    is_due: bool,
    #[serde(flatten)]
    clocks: Clocks,
}

pub(super) async fn report(settings: &Settings, args: &Args) -> anyhow::Result<()> {
    let default = Periods::default();
    let periods = Periods {
        care: args.care_years.unwrap_or(default.care),
        pay: args.pay_years.unwrap_or(default.pay),
    };
    let on = args.on.unwrap_or_else(|| now().day());
    let store = AtRest::open(settings).await?;
    let mut people = Vec::new();
    for team in store.teams()? {
        people.extend(of_team(&team, periods, on));
    }
    people.sort_by_key(|one| one.clocks.due.map_or((1, None), |due| (0, Some(due))));
    let report = Report {
        on,
        periods,
        people,
    };
    if args.json {
        println!("{}", serde_json::to_string(&report)?);
    } else {
        print(&report);
    }
    Ok(())
}

fn of_team(team: &Team, periods: Periods, on: Day) -> Vec<One> {
    let said = team.document(DocumentId::Team);
    let people = team.roster().people.values().map(|person| {
        let about = team.documents().filter(|d| d.person() == Some(person.id));
        let clocks = clocks(Care::of(person.id, &said), about, periods);
        One {
            team: team.name().to_owned(),
            person: person.id,
            name: person.name.clone(),
            is_due: clocks.due.is_some_and(|due| due <= on),
            clocks,
        }
    });
    people.collect()
}

fn print(report: &Report) {
    let Periods { care, pay } = report.periods;
    println!(
        "On {}. Care records are kept for {care} years after care ended, pay records for {pay} years \
         after the pay period that follows theirs.",
        report.on
    );
    for one in &report.people {
        println!(
            "{} ({}): {}",
            one.name,
            one.team,
            words(&one.clocks, one.is_due)
        );
    }
    let due = report.people.iter().filter(|one| one.is_due).count();
    println!(
        "{due} due. Nothing was deleted: see that no claim, complaint or inquiry needs the records, \
         export what is to be kept, then say \"kith-relay erase-person NAME --for-good\"."
    );
}

fn words(clocks: &Clocks, is_due: bool) -> String {
    let Some((ended, due)) = clocks.care_ended.zip(clocks.due) else {
        return "care goes on; everything is kept".into();
    };
    let later = if clocks.later {
        ", and there are later records: look into it"
    } else {
        ""
    };
    let until = |what: &str, day: Option<Day>| {
        day.map_or_else(String::new, |day| format!("; {what} are kept until {day}"))
    };
    let care = until("care records", clocks.care_until);
    let pay = until("pay records", clocks.pay_until);
    let when = if is_due { "DUE since" } else { "due on" };
    format!("care ended on {ended}{later}{care}{pay}; {when} {due}")
}
