//! The table: medians of the rounds, and the ratios that are wanted.

use super::{
    ONE_WAY,
    back::Back,
    load::{CHANGES, DOCUMENTS, Loaded},
    work::CASES,
};
use anyhow::{Context, Result};
use kith_app::platform;
use std::fmt::Write as _;

/// One round: for each measurement what the relay did, then samod, then automerge-repo.
#[derive(Debug, Default)]
pub(super) struct Round {
    /// One by one, then all at once; what was not asked for is empty.
    pub(super) loads: Vec<Vec<Loaded>>,
    /// Seconds that saving and loading alone take for each of these loads.
    pub(super) floors: Vec<f64>,
    /// The cases in their order.
    pub(super) backs: Vec<Vec<Back>>,
}

/// What is counted, and how: the same for all three.
const NOTES: &str = "\
- Medians of the rounds; a ratio is the median of each round's own. All three get the same bytes: visit notes, and clock
  ins and outs, as the phones' engine wrote them in that round. The two others are asked by samod's own client.
- Servers: the relay (release build, sled) vets each change and has it on disk, synced, before it answers. samod's and
  automerge-repo's servers keep what they get in files, and answer before it is there.
- Changes a second: 20 clients at once, a connection and a document of 100 notes each, connected before the clock runs.
  *One by one*: the next change is handed in when the one before is acknowledged. *All at once*: each hands in its 100.
  Who hands in has them written: a client applies each to its copy of the document, packs it, and reads the answer.
  The clock stops when every client knows that the server has all (the relay: its reply; the others: the heads that the
  server says it has).
- If saving and loading were all: the same changes added to documents in memory, each document saved and loaded
  after every change (or once), on all processors, and nothing else. No server that does so before it answers is faster,
  and its clients need processors too.
- Killed: the server is killed (SIGKILL) at the last acknowledgement. What is there then was counted in the relay's
  journal, and for the others by a new client that asks a new server on the same folder.
- Memory: the most resident memory that the server ever had (VmHWM), preparations included.
- Round trips: a phone edited 40 documents, somebody else edited the same, and the phone comes back over a line of 75 ms
  each way. Time until it knows that both sides are level, over 150 ms. The line makes TCP connections at once, for all
  three; HTTP upgrade and greeting take their time and are counted. The relay has neither.
- Bytes: all TCP payload in both directions, HTTP headers and frames included, for 5 changes up and 3 down, over the
  bytes of these 8 changes, uncompressed. Upgrade and greeting of a WebSocket are counted apart; the relay has none,
  and its token is in each request.
- A document that gets long goes on in its next part, from 1,000 changes or 256 kB on: so where there are 1,000 before,
  what is new is in that part, and the others have the same two documents.
- What follows later is not counted: a phone's word, with its next request, that it has stored the news.
";

/// The table in Markdown.
pub(super) fn table(rounds: &[Round]) -> Result<String> {
    let date = platform::clock().to_utc();
    let cores = std::thread::available_parallelism()?;
    let mut out = String::new();
    writeln!(
        out,
        "The relay beside samod 0.16.0 and automerge-repo 2.5.6. {date}, {} rounds in turn, {cores} cores.\n",
        rounds.len()
    )?;
    writeln!(
        out,
        "| | relay | samod | automerge-repo | relay ÷ samod | relay ÷ automerge-repo | wanted |"
    )?;
    writeln!(out, "| --- | --- | --- | --- | --- | --- | --- |")?;
    loads(&mut out, rounds)?;
    backs(&mut out, rounds)?;
    writeln!(out, "\n{NOTES}")?;
    Ok(out)
}

fn loads(out: &mut String, rounds: &[Round]) -> Result<()> {
    let count = DOCUMENTS * CHANGES;
    let changes = number(count);
    for (at, how) in ["one by one", "all at once"].iter().enumerate() {
        if rounds.iter().any(|round| round.loads[at].is_empty()) {
            continue;
        }
        let mut row = |what: &str, digits, wanted, value: &dyn Fn(&Loaded) -> f64| {
            let values = rounds.iter().map(|round| three(&round.loads[at], value));
            let values = values.collect::<Result<Vec<_>>>()?;
            row(out, &format!("{what}, {how}"), digits, wanted, &values)
        };
        row("changes a second", 0, "≥ 2, ≥ 4", &|l| {
            changes / l.seconds
        })?;
        row("server's processor time a change, ms", 2, "", &|l| {
            l.cpu * 1000.0 / changes
        })?;
        row("server's memory, MiB", 1, "≤ 1", &|l| mib(l.peak))?;
        let kept = format!("of {count} there after a kill");
        row(&kept, 0, "", &|l| number(l.kept))?;
        let floors = rounds.iter().map(|round| {
            let mut values = three(&round.loads[at], &|l| changes / l.seconds)?;
            values[0] = changes / round.floors[at];
            Ok(values)
        });
        let name = format!("changes a second if saving and loading were all, {how}");
        self::row(out, &name, 0, "", &floors.collect::<Result<Vec<_>>>()?)?;
    }
    Ok(())
}

fn backs(out: &mut String, rounds: &[Round]) -> Result<()> {
    let round_trip = 2.0 * ONE_WAY.as_secs_f64();
    for (at, case) in CASES.iter().enumerate() {
        if rounds.iter().any(|round| round.backs[at].is_empty()) {
            continue;
        }
        let mut row = |what: &str, digits, wanted, value: &dyn Fn(&Back) -> f64| {
            let values = rounds.iter().map(|round| three(&round.backs[at], value));
            let values = values.collect::<Result<Vec<_>>>()?;
            row(
                out,
                &format!("{what}, {}", case.name),
                digits,
                wanted,
                &values,
            )
        };
        if case.far {
            let all = |b: &Back| (b.greeting + b.levelling) / round_trip;
            row("round trips", 2, "relay ≤ 1.3", &all)?;
            row("round trips for upgrade and greeting", 2, "", &|b| {
                b.greeting / round_trip
            })?;
            row("bytes of upgrade and greeting", 0, "", &|b| {
                whole(b.greeting_bytes)
            })?;
        }
        row(
            "bytes ÷ raw",
            2,
            if case.far { "" } else { "relay ≤ 0.7" },
            &Back::over_raw,
        )?;
        row("bytes up", 0, "", &|b| whole(b.bytes.0))?;
        row("bytes down", 0, "", &|b| whole(b.bytes.1))?;
    }
    Ok(())
}

fn three<T>(all: &[T], value: &dyn Fn(&T) -> f64) -> Result<[f64; 3]> {
    let mut values: Vec<f64> = all.iter().map(value).collect();
    // The relay alone.
    values.resize(3, f64::NAN);
    values.try_into().ok().context("three of each")
}

fn row(
    out: &mut String,
    name: &str,
    digits: usize,
    wanted: &str,
    rounds: &[[f64; 3]],
) -> Result<()> {
    let of = |value: &dyn Fn(&[f64; 3]) -> f64| median(rounds.iter().map(value).collect());
    let [ours, samod, repo] = [0, 1, 2].map(|at| of(&|r| r[at]));
    let ratio = |at: usize| match of(&|r| r[0] / r[at]) {
        ratio if ratio.is_finite() => format!("{ratio:.2}"),
        _ => String::new(),
    };
    let (to_samod, to_repo) = (ratio(1), ratio(2));
    writeln!(
        out,
        "| {name} | {ours:.digits$} | {samod:.digits$} | {repo:.digits$} | {to_samod} | {to_repo} | {wanted} |"
    )?;
    Ok(())
}

/// The one in the middle, or what lies between the two there.
fn median(mut values: Vec<f64>) -> f64 {
    values.sort_by(f64::total_cmp);
    match values.len() {
        0 => f64::NAN,
        n if n % 2 == 1 => values[n / 2],
        n => f64::midpoint(values[n / 2 - 1], values[n / 2]),
    }
}

fn mib(bytes: u64) -> f64 {
    whole(bytes) / f64::from(1 << 20)
}

#[allow(clippy::cast_precision_loss)] // Some million bytes.
fn whole(bytes: u64) -> f64 {
    bytes as f64
}

#[allow(clippy::cast_precision_loss)] // Some thousands.
fn number(count: usize) -> f64 {
    count as f64
}

#[cfg(test)]
mod tests {
    use super::median;

    #[test]
    fn the_median_is_in_the_middle() {
        assert!((median(vec![3.0, 1.0, 2.0]) - 2.0).abs() < f64::EPSILON);
        assert!((median(vec![4.0, 1.0, 2.0, 3.0]) - 2.5).abs() < f64::EPSILON);
        assert!(median(Vec::new()).is_nan());
    }
}
