//! The rota's month on a phone: how soon it shows a change that was pulled.
//!
//! *Repaint* is from when the change is in the phone's store, which is when the app takes it for
//! what it knows, to the end of the frame that shows it. What comes before is measured with it: to
//! read the relay's reply, take it into the documents and store it.

use super::{Figure, team::Bench};
use anyhow::{Context, Result, bail, ensure};
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
const CHANGES: usize = 18;

/// What the script says, in milliseconds.
#[derive(Deserialize)]
struct Measured {
    /// From the change in the store to the paint.
    known: Vec<f64>,
    /// From the relay's reply to the paint.
    received: Vec<f64>,
    /// Each frame that took longer than 50.
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
    let measured = said.next().transpose()?.context("nothing was measured")?;
    script.wait()?;
    let Measured {
        known,
        received,
        frames,
    } = serde_json::from_str(&measured)?;
    let longest = match frames.iter().copied().reduce(f64::max) {
        Some(longest) => format!(", the longest {longest:.0} ms"),
        None => String::new(),
    };
    let few = u32::try_from(frames.len()).unwrap_or(u32::MAX);
    let frames = format!("of the {} changes{longest}", known.len());
    Ok(vec![
        middle("month repainted", "store to paint", known)?,
        middle("month after a pulled change", "reply to paint", received)?,
        Figure::new("its frames over 50 ms", few.into(), "").with(frames),
    ])
}

/// The median of these, and the longest.
fn middle(name: &str, from: &str, mut times: Vec<f64>) -> Result<Figure> {
    times.sort_by(f64::total_cmp);
    let (Some(median), Some(longest)) = (times.get(times.len() / 2), times.last()) else {
        bail!("nothing was measured");
    };
    let count = times.len();
    let note = format!(
        "{from}, {SHIFTS} shifts, processor slowed 4×; median of {count}, the longest {longest:.0} ms"
    );
    Ok(Figure::new(name, *median, "ms").with(note))
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
