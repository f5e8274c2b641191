//! The audit trail as CSV: what was recorded, when, by whom, on which device, by which clock.

use super::{
    trail::{Brought, Step, Trail},
    words,
};
use crate::relay::Team;
use kith_shared::{
    documents::{Document, DocumentId, Record},
    ids::{MemberId, PersonId, RecordId},
    time::Span,
};
use serde::Serialize;
use serde_json::{Map, Value};
use std::collections::BTreeMap;

/// A record that took longer than this to reach the relay came late.
pub const LATE: Span = Span::hours(24);

/// A line of the trail. Times by London's clock are for people, those in UTC for programs.
#[derive(Debug, Default, Serialize)]
struct Line {
    place: u64,
    relay_time_utc: String,
    relay_time_london: String,
    what: String,
    document: String,
    about: String,
    by: String,
    device: String,
    record: String,
    device_time_utc: String,
    clock_put_right_by_seconds: Option<i64>,
    recorded_at_utc: String,
    recorded_at_london: String,
    minutes_to_the_relay: Option<i64>,
    late: &'static str,
    state: &'static str,
    why: String,
}

/// The trail of a team, or what of it is about one person.
pub fn csv_of(team: &Team, trail: &Trail, about: Option<PersonId>) -> Result<Vec<u8>, csv::Error> {
    let mut out = csv::Writer::from_writer(Vec::new());
    let mut audit = Audit {
        team,
        names: words::Names {
            members: team
                .roster()
                .members
                .iter()
                .map(|(id, member)| (*id, member.name.clone()))
                .collect(),
            relay: trail.relay,
        },
        documents: BTreeMap::new(),
    };
    for step in &trail.steps {
        let document = step.brought.document();
        if about.is_some() && document.and_then(DocumentId::person) != about {
            continue;
        }
        for line in audit.lines(step) {
            out.serialize(line)?;
        }
    }
    out.into_inner().map_err(|e| e.into_error().into())
}

struct Audit<'a> {
    team: &'a Team,
    names: words::Names,
    documents: BTreeMap<DocumentId, Document>,
}

impl Audit<'_> {
    fn lines(&mut self, step: &Step) -> Vec<Line> {
        match &step.brought {
            Brought::Records(document, records) => {
                let records = records.iter();
                records.map(|r| self.record(step, *document, *r)).collect()
            }
            Brought::Refused(document, code, quarantine) => vec![Line {
                what: "kept aside".into(),
                record: quarantine.to_string(),
                state: "not accepted",
                why: cell(code.to_string()),
                ..self.line(step, Some(*document))
            }],
            Brought::Settled(quarantine, what, document, reason) => vec![Line {
                what: (*what).into(),
                record: quarantine.to_string(),
                state: "recorded",
                why: cell(reason.clone().unwrap_or_default()),
                ..self.line(step, *document)
            }],
            Brought::Erased(document) => vec![Line {
                what: "erased".into(),
                state: "erased: nobody can read it any more",
                ..self.line(step, Some(*document))
            }],
            Brought::Team(words) => vec![Line {
                what: (*words).into(),
                state: "recorded",
                ..self.line(step, None)
            }],
        }
    }

    fn line(&self, step: &Step, document: Option<DocumentId>) -> Line {
        let person = document.and_then(DocumentId::person);
        let person = person.and_then(|p| self.team.roster().people.get(&p));
        Line {
            place: step.seq,
            relay_time_utc: step.received_at.to_utc(),
            relay_time_london: words::moment(step.received_at),
            document: document.map(|d| d.to_string()).unwrap_or_default(),
            about: cell(person.map(|p| p.name.clone()).unwrap_or_default()),
            by: self.name(step.member),
            device: step.device.to_string(),
            ..Line::default()
        }
    }

    fn record(&mut self, step: &Step, document: DocumentId, id: RecordId) -> Line {
        let line = Line {
            record: id.to_string(),
            state: "recorded",
            ..self.line(step, Some(document))
        };
        let team = self.team;
        let read = self.documents.entry(document);
        let read = read.or_insert_with(|| team.document(document));
        let Some(record) = read.record::<Map<String, Value>>(id) else {
            let what = "of a newer version".into();
            return Line { what, ..line };
        };
        let Record {
            at, skew, by, body, ..
        } = record;
        let took = step.received_at - at;
        let kind = body.get("kind").and_then(Value::as_str).unwrap_or_default();
        let reason = body.get("reason").and_then(Value::as_str);
        Line {
            what: cell(kind.replace('-', " ")),
            by: self.name(by),
            device_time_utc: (at - skew).to_utc(),
            clock_put_right_by_seconds: Some(skew.millis() / 1000),
            recorded_at_utc: at.to_utc(),
            recorded_at_london: words::moment(at),
            minutes_to_the_relay: Some(took.whole_minutes()),
            late: if took > LATE { "late" } else { "" },
            why: cell(reason.unwrap_or_default().to_owned()),
            ..line
        }
    }

    fn name(&self, member: MemberId) -> String {
        cell(self.names.of(member))
    }
}

/// A text that no spreadsheet takes for a formula: what people write can begin like one (OWASP, *CSV
/// Injection*).
fn cell(text: String) -> String {
    let begins = text
        .trim_start_matches([' ', '\u{a0}', '\u{feff}'])
        .chars()
        .next();
    if begins.is_some_and(|c| {
        matches!(
            c,
            '=' | '+' | '-' | '@' | '\t' | '\r' | '\n' | '＝' | '＋' | '－' | '＠'
        )
    }) {
        format!("'{text}")
    } else {
        text
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_text_is_a_formula() {
        for (text, kept) in [
            ("=HYPERLINK(\"http://a.example\")", false),
            ("+1+cmd|' /C calc'!A0", false),
            ("-2+3", false),
            ("@SUM(A1)", false),
            ("\t=1", false),
            ("  =1", false),
            ("＝1", false),
            ("Siân = Bevan", true),
            ("", true),
        ] {
            let guarded = cell(text.to_owned());
            assert_eq!(guarded == text, kept, "{text:?}");
            assert!(guarded.ends_with(text));
        }
    }
}
