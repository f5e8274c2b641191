//! What is done on a phone, and what the relay answers.

use super::world::{MORGAN, level, receipt, shift_id, t, text};
use crate::engine::Phone;
use kith_shared::{
    aside::End,
    domain::note::Audience,
    ids::{MemberId, QuarantineId, RecordId, VisitId},
    intent::Intent,
    policy::Refusal,
    sync::{Outcome, Seq, Settled, TeamReply},
    time::Moment,
};

/// Something done on this phone, by its own clock.
pub(crate) fn act(phone: &mut Phone, at: &str, intent: Intent) -> RecordId {
    let dice = phone.outbox().len() as u128 + 1;
    phone.act(intent, t(at), dice).expect("allowed").0
}

/// A clock in with Morgan.
pub(crate) fn clock_in(phone: &mut Phone, at: &str, shift: Option<u8>) -> VisitId {
    let intent = Intent::ClockIn {
        person: MORGAN,
        month: t(at).month(),
        shift: shift.map(shift_id),
        place: None,
    };
    VisitId::from(act(phone, at, intent))
}

/// A clock out of a visit with Morgan that began in the same month.
pub(crate) fn clock_out(phone: &mut Phone, at: &str, visit: VisitId) -> RecordId {
    let intent = Intent::ClockOut {
        person: MORGAN,
        month: t(at).month(),
        visit,
    };
    act(phone, at, intent)
}

/// A note about Morgan.
pub(crate) fn write_note(
    phone: &mut Phone,
    at: &str,
    visit: Option<VisitId>,
    audience: Audience,
    says: &str,
) -> RecordId {
    let intent = Intent::WriteNote {
        person: MORGAN,
        month: t(at).month(),
        visit,
        audience,
        says: text(says),
    };
    act(phone, at, intent)
}

/// The relay answers to everything that waits.
fn answer(phone: &mut Phone, at: &str, outcome: impl Fn(Seq) -> Outcome) {
    let sent = phone.request().expect("joined");
    let pushed: usize = sent.request.push.iter().map(|p| p.changes.len()).sum();
    let outcomes = (0..pushed as Seq).map(|n| outcome(2000 + n)).collect();
    let reply = TeamReply::Level(level(Vec::new(), outcomes, Vec::new()));
    phone.receive(&sent, &reply, t(at), t(at));
}

/// The relay takes in everything that waits.
pub(crate) fn accept(phone: &mut Phone, at: &str) {
    let member = phone.me().expect("joined").joined.member;
    answer(phone, at, |seq| {
        Outcome::Accepted(receipt(seq, t(at), member))
    });
}

/// The relay refuses everything that waits, and keeps it.
pub(crate) fn refuse(phone: &mut Phone, at: &str, code: Refusal) {
    let kept = QuarantineId::from_bytes([8; 16]);
    answer(phone, at, |_| Outcome::Refused {
        code,
        quarantine: Some(kept),
    });
}

/// A manager has said what becomes of everything that was put aside, as the phone asks.
pub(crate) fn end(phone: &mut Phone, at: &str, by: MemberId, reason: Option<&str>) {
    let sent = phone.request().expect("joined");
    let ends = sent.request.aside.iter().map(|record| Settled {
        record: *record,
        end: End {
            by,
            at: t(at),
            reason: reason.map(Into::into),
        },
    });
    let mut level = level(Vec::new(), Vec::new(), Vec::new());
    level.to_you.settled = ends.collect();
    phone.receive(&sent, &TeamReply::Level(level), t(at), t(at));
}

/// Another member's device has everything that was sent.
pub(crate) fn seen(phone: &mut Phone, at: &str) {
    let sent = phone.request().expect("joined");
    let seen = sent.request.unseen.clone();
    let reply = TeamReply::Level(level(Vec::new(), Vec::new(), seen));
    phone.receive(&sent, &reply, t(at), t(at));
}

/// The relay answers that its clock shows `relay` when this device's shows `device`.
pub(crate) fn compare_clocks(phone: &mut Phone, relay: Moment, device: Moment) {
    let sent = phone.request().expect("joined");
    let reply = TeamReply::Level(level(Vec::new(), Vec::new(), Vec::new()));
    phone.receive(&sent, &reply, relay, device);
}
