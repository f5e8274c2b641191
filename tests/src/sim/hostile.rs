//! Mutants in memory, thousands in a second: what reads requests, and what vets changes.

use super::relay::{Crash, RelaySide};
use crate::hostile::{Attacker, Ground, Request, shots};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use kith_relay::relay::within_limits;
use kith_shared::{
    domain::team::Role,
    limits,
    sync::{Digest, Form, Outcome, SyncRequest, TeamReply, TeamRequest},
    time::Moment,
};
use std::{
    io::Read,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Once,
};

/// When it happens: no clock is read.
const NOW: Moment = Moment::from_millis(1_795_000_000_000);
/// After so many requests the relay is read from its journal again, and must be the same.
const LOOK: usize = 500;
/// Attackers of each role.
const DEVICES: usize = 4;
/// Mutants of one attacker in a row.
const STEP: u64 = 6;

/// What was seen.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Seen {
    /// Requests that could not even be read, or were too large.
    pub unread: u64,
    /// Changes that were taken in.
    pub accepted: u64,
    /// Changes that were refused.
    pub refused: u64,
    /// Changes that follow others.
    pub need: u64,
}

/// Gives a relay in memory the mutants of a seed, from this number on. An error names the first
/// that it did not stand.
pub fn attack(of: u64, from: u64, mutants: u64) -> Result<Seen, String> {
    quietly();
    let mut rng = fastrand::Rng::with_seed(of);
    let mut relay = RelaySide::new(NOW, &mut rng)?;
    let ground = ground(&mut relay, &mut rng)?;
    let mut seen = Seen::default();
    let end = from + mutants;
    let mut given = 0;
    for first in (from..end).step_by(usize::try_from(STEP).unwrap_or(1)) {
        let turn = usize::try_from(first / STEP).unwrap_or(0) % ground.attackers.len();
        let me = &ground.attackers[turn];
        for shot in shots(of, first, end.min(first + STEP), &ground, me) {
            let what = || format!("mutant {} of seed {of} ({})", shot.first, shot.kinds[0]);
            let carried =
                AssertUnwindSafe(|| carry_out(&mut relay, me, &shot.request, &mut rng, &mut seen));
            catch_unwind(carried)
                .map_err(|_| format!("{} panics", what()))?
                .map_err(|e| format!("{}: {e}", what()))?;
            given += 1;
            if given % LOOK == 0 {
                sound(&relay).map_err(|e| format!("up to {}: {e}", what()))?;
            }
        }
    }
    sound(&relay)?;
    Ok(seen)
}

fn ground(relay: &mut RelaySide, rng: &mut fastrand::Rng) -> Result<Ground, String> {
    let people = [
        relay.person("Morgan", NOW, rng)?,
        relay.person("Eluned", NOW, rng)?,
    ];
    let mut attackers = Vec::new();
    for role in [Role::Pa, Role::Pa, Role::Person(people[0])] {
        for _ in 0..DEVICES {
            let me = relay.join(role, NOW, rng)?;
            let section = TeamRequest {
                team: me.joined.team,
                cursor: None,
                digest: Digest::default(),
                push: Vec::new(),
                unseen: Vec::new(),
                limit: 1,
                heal: None,
                aside: vec![],
            };
            attackers.push(Attacker {
                member: me.member(),
                device: me.device,
                section,
            });
        }
    }
    Ok(Ground {
        people: people.to_vec(),
        now: NOW,
        attackers,
    })
}

fn carry_out(
    relay: &mut RelaySide,
    me: &Attacker,
    request: &Request,
    rng: &mut fastrand::Rng,
    seen: &mut Seen,
) -> Result<(), String> {
    let Some(request) = read(request).filter(|r| within_limits(r).is_ok()) else {
        seen.unread += 1;
        return Ok(());
    };
    for section in &request.teams {
        if section.team != me.section.team {
            continue;
        }
        let reply = relay.sync(me.device, section, NOW, rng, Crash::No)?;
        let Some(TeamReply::Level(level)) = reply else {
            continue;
        };
        for outcome in level.outcomes {
            match outcome {
                Outcome::Accepted(_) | Outcome::Duplicate(_) => seen.accepted += 1,
                Outcome::Refused { .. } => seen.refused += 1,
                Outcome::Need(_) => seen.need += 1,
            }
        }
    }
    Ok(())
}

/// The message of a request, as the relay's route reads it.
pub fn read(request: &Request) -> Option<SyncRequest> {
    let body: &[u8] = &request.body;
    let bytes = match request.encoding {
        None => body.to_vec(),
        Some("gzip") => inflated(MultiGzDecoder::new(body))?,
        Some("deflate") => inflated(ZlibDecoder::new(body))?,
        Some(_) => return None,
    };
    let form = Form::of(request.content_type)?;
    let (request, _) = form.hear(&bytes, &request.caller).ok()?;
    Some(request)
}

fn inflated(from: impl Read) -> Option<Vec<u8>> {
    let (mut bytes, most) = (Vec::new(), limits::INFLATED_BYTES);
    from.take(most as u64 + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() <= most).then_some(bytes)
}

/// Whether its journal is whole, and each document is the same when it is read from there.
fn sound(relay: &RelaySide) -> Result<(), String> {
    catch_unwind(AssertUnwindSafe(|| relay.sound()))
        .unwrap_or_else(|_| Err("a document is poisoned".to_owned()))
}

/// Panics in Automerge are expected, and caught where they happen.
fn quietly() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        let loud = std::panic::take_hook();
        std::panic::set_hook(Box::new(move |panic| {
            let at = panic.location().map_or("", |l| l.file());
            if !at.contains("automerge") && !at.contains("hexane") {
                loud(panic);
            }
        }));
    });
}
