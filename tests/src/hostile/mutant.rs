//! Which mutants there are, from a seed.

use super::{
    change::{self, Pushed},
    ground::{Attacker, Ground, Hand},
    request::{self, Request},
};
use kith_shared::{
    documents::DocumentId,
    sync::{Form, Push, TeamRequest},
};

/// Mutants that go in one request, where they are changes.
const TOGETHER: u64 = 6;

/// Something hostile.
#[derive(Debug, Clone)]
pub enum Mutant {
    /// Changes, in an honest request.
    Changes(Pushed),
    /// A whole request.
    Request(Request),
}

/// What is sent in one request: which mutants those are, and whether all must be taken in.
#[derive(Debug, Clone)]
pub struct Shot {
    /// What kind of mutant each change of the request is; of the whole, where it is one.
    pub kinds: Vec<&'static str>,
    /// The first of the mutants in it.
    pub first: u64,
    /// What is sent.
    pub request: Request,
}

/// The mutant of this number: the same for the same seed and ground.
pub fn mutant(seed: u64, n: u64, ground: &Ground, me: &Attacker) -> (&'static str, Mutant) {
    let mixed = seed.wrapping_mul(0xD134_2543_DE82_EF95) ^ n.wrapping_mul(0x9E37_79B9_7F4A_7C15);
    let mut hand = Hand {
        dice: fastrand::Rng::with_seed(mixed),
        ground,
        me,
        // None that an honest phone uses, and another for each of its mutants.
        life: u16::try_from(1 + n % 65_000).unwrap_or(1),
    };
    let changes: u32 = change::KINDS.iter().map(|kind| kind.1).sum();
    let requests: u32 = request::KINDS.iter().map(|kind| kind.1).sum();
    let mut at = hand.dice.u32(..changes + requests);
    for (name, weight, make) in change::KINDS {
        if at < *weight {
            return (name, Mutant::Changes(make(&mut hand)));
        }
        at -= weight;
    }
    for (name, weight, make) in request::KINDS {
        if at < *weight {
            return (name, Mutant::Request(make(&mut hand)));
        }
        at -= weight;
    }
    unreachable!("weights add up to what was rolled")
}

/// The requests in which the mutants from `first` to before `end` go, all of one attacker's.
pub fn shots(seed: u64, first: u64, end: u64, ground: &Ground, me: &Attacker) -> Vec<Shot> {
    let mut shots = Vec::new();
    let (mut kinds, mut pushed) = (Vec::new(), Pushed::new());
    for n in first..end {
        match mutant(seed, n, ground, me) {
            (kind, Mutant::Changes(changes)) => {
                kinds.extend(changes.iter().map(|_| kind));
                pushed.extend(changes);
            }
            (kind, Mutant::Request(request)) => shots.push(Shot {
                kinds: vec![kind],
                first: n,
                request,
            }),
        }
    }
    if !pushed.is_empty() {
        let odd = first / TOGETHER % 2 == 1;
        let form = if odd { Form::Packed } else { Form::Binary };
        // A reply answers by document, in the order of the request: so do the kinds.
        shots.push(Shot {
            kinds,
            first,
            request: Request::of(form, vec![section(me, pushed)], me),
        });
    }
    shots
}

/// How the mutants up to `end` are dealt out: numbers from, numbers to, whose.
pub fn deals(from: u64, end: u64, attackers: usize) -> impl Iterator<Item = (u64, u64, usize)> {
    let step = usize::try_from(TOGETHER).unwrap_or(1);
    (from..end).step_by(step).map(move |first| {
        // By the number, so that a mutant is the same whichever was the first.
        let turn = usize::try_from(first / TOGETHER).unwrap_or(0);
        (first, end.min(first + TOGETHER), turn % attackers)
    })
}

fn section(me: &Attacker, pushed: Pushed) -> TeamRequest {
    let one = |(document, change): (DocumentId, _)| Push {
        document,
        changes: vec![change],
    };
    TeamRequest {
        push: pushed.into_iter().map(one).collect(),
        ..me.section.clone()
    }
}
