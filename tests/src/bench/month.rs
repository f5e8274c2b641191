//! The rota's month on a phone: how soon it shows a change that was pulled.

use super::{Figure, team::Bench};
use anyhow::{Context, Result, ensure};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        cover::ShiftRef,
        shift::{Shift, ShiftKind},
    },
    ids::{MemberId, PersonId, ShiftId},
    intent::Intent,
    time::{Month, Span},
};
use serde::Deserialize;
use std::{
    env,
    io::{BufRead as _, BufReader},
    path::{Path, PathBuf},
    process::{Command, Stdio},
};

/// As large as a team's month gets: 12 PAs, 5 persons.
const PAS: usize = 12;
const PERSONS: usize = 5;
const SHIFTS: usize = 600;
/// Changes that are made while the month is looked at: some more than are measured.
const CHANGES: usize = 14;

/// What the script says.
#[derive(Deserialize)]
struct Measured {
    /// Milliseconds from the reply to the paint, the shortest first.
    painted: Vec<f64>,
    median: f64,
    /// Milliseconds of each frame that took longer than 50.
    frames: Vec<f64>,
}

/// Measures with the web app in the folder that `KITH_WEB` names.
pub(super) async fn measure() -> Result<Vec<Figure>> {
    let Some(web) = env::var_os("KITH_WEB") else {
        return Ok(Vec::new());
    };
    let team = Bench::with_app(Path::new(&web))?;
    let origin = team.relay.origin().to_owned();
    let planner = team.pa(&origin).await?;
    let mut pas = vec![me(&planner)?];
    for _ in 1..PAS {
        pas.push(me(&team.pa(&origin).await?)?);
    }
    let mut persons = vec![team.person];
    for n in 1..PERSONS {
        let invited = team.house.invite("person", &format!("Person {n}"), &[])?;
        persons.push(invited.person.context("the person has no id")?);
    }
    planner.exchange().await?;
    let now = planner.now();
    let month = now.month().next();
    let shifts = month_of(month, &persons, &pas);
    for shift in &shifts {
        planner.act(Intent::publish(shift.clone())).await?;
    }
    while !planner.phone().outbox().is_empty() {
        planner.exchange().await?;
    }

    let link = team.house.invite_again(pas[1])?.link;
    let mut script = Command::new("node")
        .arg("bench-month.mjs")
        .current_dir(PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("browser"))
        .env("KITH_LINK", link)
        .env("KITH_MONTH", month.to_string())
        .stdout(Stdio::piped())
        .spawn()
        .context("node is not installed")?;
    let said = script.stdout.take().context("the script says nothing")?;
    let mut said = BufReader::new(said).lines();
    let ready = said.next().transpose()?;
    ensure!(
        ready.as_deref() == Some("ready"),
        "the month did not come up"
    );
    for shift in shifts.iter().take(CHANGES) {
        let at = ShiftRef {
            person: shift.person,
            month,
            shift: shift.shift,
        };
        let says = RotaRecord::Cancelled {
            shift: shift.shift,
            reason: "Away".to_owned(),
        };
        planner.act(Intent::say(at, says)).await?;
        planner.exchange().await?;
        tokio::time::sleep(std::time::Duration::from_millis(1500)).await;
    }
    let painted = said.next().transpose()?.context("nothing was measured")?;
    let Measured {
        painted,
        median,
        frames,
    } = serde_json::from_str(&painted)?;
    script.wait()?;
    let slowest = painted.last().copied().unwrap_or(median);
    let longest = frames.iter().copied().fold(0.0, f64::max);
    let note = format!(
        "reply to paint, {SHIFTS} shifts, processor slowed 4×; median of {}, the slowest {slowest:.0} ms",
        painted.len()
    );
    let frame = format!(
        "{} frames took longer than 50 ms; the longest",
        frames.len()
    );
    Ok(vec![
        Figure::new("month after a pulled change", median, "ms").with(note),
        Figure::new("longest frame of it", longest, "ms").with(frame),
    ])
}

fn me(phone: &crate::process::Phone) -> Result<MemberId> {
    let phone = phone.phone();
    Ok(phone.me().context("a phone that joined")?.joined.member)
}

fn month_of(month: Month, persons: &[PersonId], pas: &[MemberId]) -> Vec<Shift> {
    let shift = |n: usize| {
        // 28 days: every month has them.
        let (day, slot) = (n / 22, n % 22);
        let start = month.first().plus(i32::try_from(day).unwrap_or(0)).start();
        // Four a day with each person, one after the other; the PAs go round.
        let start = start + Span::hours(6 + 4 * i64::try_from(slot / PERSONS).unwrap_or(0));
        Shift::plain(
            ShiftId::new(start, n as u128),
            persons[slot % PERSONS],
            (start, start + Span::hours(3)),
            vec![pas[(slot + day) % pas.len()]],
            ShiftKind::Day,
        )
    };
    (0..SHIFTS).map(shift).collect()
}
