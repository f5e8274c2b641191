//! The limits that phones and relay check alike: exactly at the limit passes, one more does not.
//! Those of the relay alone are tested with the relay.

use crate::{
    shape::{change_by, made},
    support::{ANN, PERSON, author, member, november, record_id, t, visits_id, write},
};
use automerge::{ObjType, transaction::Transactable};
use kith_shared::{
    documents::{Document, DocumentId, shape::ShapeError},
    domain::{
        note::{Activity, Audience, NoteText, Progress},
        shift::{Shift, ShiftKind},
        team::Role,
    },
    ids::{NoteId, ShiftId, VisitId},
    intent::Intent,
    limits,
    policy::Refusal,
    sync::{Form, SyncRequest, WIRE_VERSION},
    time::Span,
};

/// Writes `intent(limit)` and `intent(limit + 1)`; the second is refused with `refusal`.
fn check(what: &str, limit: usize, refusal: Refusal, intent: impl Fn(usize) -> Intent) {
    for (n, expected) in [(limit, None), (limit + 1, Some(refusal))] {
        let mut document = Document::new(intent(n).document());
        let ann = member(ANN, Role::Pa);
        match document.id() {
            DocumentId::Visits(..) => write(&mut document, &ann, 1, &clock_in(None)).map(drop),
            DocumentId::TeamNotes(..) => write(&mut document, &ann, 1, &note(text(1))).map(drop),
            _ => Ok(()),
        }
        .unwrap();
        let actual = write(&mut document, &ann, 9, &intent(n)).err();
        assert_eq!(actual, expected, "{what}: {n}");
    }
}

/// So many characters, of two bytes each: limits count what people see.
fn chars(n: usize) -> String {
    "ŵ".repeat(n)
}

fn text(n: usize) -> NoteText {
    NoteText {
        text: chars(n),
        ..NoteText::default()
    }
}

fn goals(n: usize) -> NoteText {
    let goals = (0..n).map(|n| (format!("goal {n}"), Progress::Well));
    NoteText {
        goals: goals.collect(),
        ..NoteText::default()
    }
}

fn clock_in(place: Option<String>) -> Intent {
    Intent::ClockIn {
        person: PERSON,
        month: november(),
        shift: None,
        place,
    }
}

fn amend(length: Option<Span>, reason: String) -> Intent {
    let start = t("2026-11-24 08:00");
    Intent::AmendClock {
        person: PERSON,
        month: november(),
        visit: VisitId::from_bytes([1; 16]),
        start,
        end: length.map(|length| start + length),
        reason,
    }
}

fn note(says: NoteText) -> Intent {
    Intent::WriteNote {
        person: PERSON,
        month: november(),
        visit: None,
        audience: Audience::Team,
        says,
    }
}

fn amend_note(says: NoteText, reason: String) -> Intent {
    Intent::AmendNote {
        person: PERSON,
        month: november(),
        note: NoteId::from_bytes([1; 16]),
        audience: Audience::Team,
        says,
        reason,
    }
}

fn shift(length: Span, pas: usize) -> Intent {
    let start = t("2026-11-24 08:00");
    let shift = Shift {
        shift: ShiftId::from_bytes([5; 16]),
        person: PERSON,
        start,
        end: start + length,
        pas: vec![ANN; pas],
        work: ShiftKind::Day,
        replaces: None,
        needs: 1,
        shadows: vec![],
        series: None,
        pool: None,
    };
    Intent::publish(shift)
}

#[test]
fn texts() {
    let (name, long) = (limits::NAME_CHARS, limits::TEXT_CHARS);
    let too_long = Refusal::TooLong;
    check("place", name, too_long, |n| clock_in(Some(chars(n))));
    check("note", long, too_long, |n| note(text(n)));
    check("reason", long, too_long, |n| amend(None, chars(n)));
    check("amended note", long, too_long, |n| {
        amend_note(text(n), "why".into())
    });
    check("its reason", long, too_long, |n| {
        amend_note(text(1), chars(n))
    });
    check("goal", name, too_long, |n| {
        note(NoteText {
            goals: [(chars(n), Progress::Well)].into(),
            ..NoteText::default()
        })
    });
}

#[test]
fn items() {
    let (most, too_long) = (limits::ITEMS, Refusal::TooLong);
    check("goals", most, too_long, |n| note(goals(n)));
    check("activities", most, too_long, |n| {
        note(NoteText {
            activities: vec![Activity::Rest; n],
            ..NoteText::default()
        })
    });
    check("PAs", limits::PAS_PER_SHIFT, too_long, |n| {
        shift(Span::hours(8), n)
    });
}

/// As a visit is amended and as a shift is planned, to the millisecond.
#[test]
fn the_longest_shift() {
    let longest = usize::try_from(limits::LONGEST_SHIFT.millis()).unwrap();
    let length = |n: usize| Span::from_millis(n.try_into().unwrap());
    let bad = Refusal::BadTimes;
    check("visit", longest, bad, |n| {
        amend(Some(length(n)), "why".into())
    });
    check("shift", longest, bad, |n| shift(length(n), 1));
}

/// Long goals beside a long text: each is allowed, all together are too much.
#[test]
fn bytes_of_a_change() {
    let filled = |n: usize| {
        let goals = (0..60).map(|i| (format!("{i:0>2}{}", "🙂".repeat(198)), Progress::Well));
        note(NoteText {
            goals: goals.collect(),
            text: "🙂".repeat(3_300) + &"a".repeat(n),
            ..NoteText::default()
        })
    };
    let bytes = |n| {
        let mut document = Document::new(filled(n).document());
        let change = write(&mut document, &member(ANN, Role::Pa), 9, &filled(n));
        change.map(|change| change.raw_bytes().len())
    };
    // The longest that passes.
    let edge = (0..4_700)
        .collect::<Vec<_>>()
        .partition_point(|n| bytes(*n).is_ok())
        - 1;
    assert_eq!(bytes(edge), Ok(limits::CHANGE_BYTES));
    assert_eq!(bytes(edge + 1), Err(Refusal::TooLarge));
}

/// What one change may do, whoever wrote it.
#[test]
fn shape_of_a_change() {
    let edge = |limit: usize, refused: ShapeError, make: &dyn Fn(usize) -> automerge::Change| {
        let document = Document::new(visits_id());
        assert!(made(&document, &make(limit)).is_ok(), "{limit}: {refused}");
        assert_eq!(made(&document, &make(limit + 1)), Err(refused));
    };
    let empty = Document::new(visits_id());
    edge(limits::RECORDS_PER_CHANGE, ShapeError::TooMuch, &|n| {
        change_by(author(1), &empty, |tx, records| {
            for n in 0..n {
                let key = record_id(n.try_into().unwrap()).to_string();
                tx.put_object(records, key, ObjType::Map).unwrap();
            }
        })
    });
    edge(limits::OPS_PER_CHANGE, ShapeError::TooMuch, &|n| {
        change_by(author(1), &empty, |tx, records| {
            let mut left = n;
            for record in 0.. {
                let key = record_id(record).to_string();
                let map = tx.put_object(records, key, ObjType::Map).unwrap();
                let fields = (left - 1).min(limits::ITEMS);
                for field in 0..fields {
                    tx.put(&map, format!("{field}"), true).unwrap();
                }
                left -= 1 + fields;
                if left == 0 {
                    break;
                }
            }
        })
    });
    edge(limits::DEPTH.into(), ShapeError::TooLong, &|n| {
        change_by(author(1), &empty, |tx, records| {
            let mut map = records.clone();
            for depth in 0..n {
                let key = match depth {
                    0 => record_id(9).to_string(),
                    _ => "in".into(),
                };
                map = tx.put_object(&map, key, ObjType::Map).unwrap();
            }
        })
    });
    let field = |n: usize,
                 fill: &dyn Fn(
        &mut automerge::transaction::Transaction<'_>,
        &automerge::ObjId,
        usize,
    )| {
        change_by(author(1), &empty, |tx, records| {
            let key = record_id(9).to_string();
            let map = tx.put_object(records, key, ObjType::Map).unwrap();
            fill(tx, &map, n);
        })
    };
    edge(limits::ITEMS, ShapeError::TooLong, &|n| {
        field(n, &|tx, map, n| {
            (0..n).for_each(|n| tx.put(map, format!("{n}"), true).unwrap());
        })
    });
    edge(limits::ITEMS, ShapeError::TooLong, &|n| {
        field(n, &|tx, map, n| {
            let list = tx.put_object(map, "list", ObjType::List).unwrap();
            (0..n).for_each(|n| tx.insert(&list, n, true).unwrap());
        })
    });
    edge(limits::NAME_CHARS, ShapeError::TooLong, &|n| {
        field(n, &|tx, map, n| tx.put(map, chars(n), true).unwrap())
    });
    edge(limits::TEXT_CHARS, ShapeError::TooLong, &|n| {
        field(n, &|tx, map, n| tx.put(map, "text", chars(n)).unwrap())
    });
    edge(limits::TEXT_CHARS, ShapeError::TooLong, &|n| {
        field(n, &|tx, map, n| {
            let list = tx.put_object(map, "list", ObjType::List).unwrap();
            tx.insert(&list, 0, chars(n)).unwrap();
        })
    });
}

/// Each level takes some of a thread's stack, and its end would be the end of the process.
#[test]
fn a_message_that_nests_too_deep_is_not_followed() {
    let nested = |depth: usize| {
        let mut bytes = vec![0x92, WIRE_VERSION];
        bytes.extend(vec![0x91; depth]);
        bytes.push(0xc0);
        Form::Binary.decode::<SyncRequest>(&bytes)
    };
    let said = |depth| nested(depth).unwrap_err().to_string();
    assert!(!said(limits::MESSAGE_DEPTH - 2).contains("depth"));
    for depth in [limits::MESSAGE_DEPTH, 1_000, 100_000] {
        assert!(said(depth).contains("depth"), "{}", said(depth));
    }
    let json = [b"{\"v\":1,\"teams\":".as_slice(), &vec![b'['; 100_000]].concat();
    assert!(Form::Json.decode::<SyncRequest>(&json).is_err());
}
