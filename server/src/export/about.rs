//! Everything about one person, put together so that it can be read: by people as a page, by
//! programs as JSON.
//!
//! What is only about others stays out: when PAs can work and why they could not come, other
//! persons, the team's own business.

use super::{
    trail::Trail,
    words::{self, Names},
};
use crate::relay::Team;
use kith_shared::{
    documents::{
        Document, DocumentId, DocumentKind, Record, Whole, notes::NoteRecord,
        profile::ProfileRecord, team::TeamRecord, visits::VisitRecord,
    },
    domain::{
        cover::{Plan, ShiftState},
        note::{Audience, notes},
        team::{Member, Person},
        visit::visits,
    },
    ids::{MemberId, PersonId, RecordId},
    policy::may_read,
    time::{Moment, Span},
};
use serde::{Serialize, de::DeserializeOwned};
use std::collections::{BTreeMap, BTreeSet};

/// A time, for people and for programs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub(super) struct When {
    /// By London's clock, in words.
    pub(super) words: String,
    /// As `2026-11-24T07:30:00Z`.
    pub(super) utc: String,
}

impl From<Moment> for When {
    fn from(moment: Moment) -> Self {
        Self {
            words: words::moment(moment),
            utc: moment.to_utc(),
        }
    }
}

/// Everything about a person.
#[derive(Debug, Clone, Serialize)]
pub struct About {
    pub(super) team: String,
    pub(super) made: When,
    pub(super) person: Person,
    /// The care, if something was said of it.
    pub(super) care: Vec<Line>,
    pub(super) profile: Vec<Line>,
    pub(super) around: Vec<Around>,
    pub(super) visits: Vec<Visited>,
    pub(super) notes: Vec<Noted>,
    pub(super) rota: Vec<Planned>,
}

/// Something that was said.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Line {
    pub(super) at: When,
    pub(super) by: String,
    pub(super) says: String,
}

/// Somebody around the person, and what of them they may read or could.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Around {
    pub(super) name: String,
    pub(super) role: &'static str,
    pub(super) reads: Vec<&'static str>,
    pub(super) since: Option<When>,
    /// When they left, or are to.
    pub(super) until: Option<When>,
    /// What was not shared with them any more, or again.
    pub(super) changes: Vec<Line>,
    /// Visits that they worked.
    pub(super) visits: usize,
}

/// How a record came to be known.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Known {
    pub(super) what: &'static str,
    pub(super) at: When,
    /// What the device's own clock showed, where it was put right.
    pub(super) device_clock: Option<When>,
    /// When the relay got it.
    pub(super) received: Option<When>,
}

/// A visit.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Visited {
    pub(super) who: String,
    pub(super) start: When,
    pub(super) end: Option<When>,
    pub(super) times: String,
    pub(super) minutes: Option<i64>,
    pub(super) place: Option<String>,
    pub(super) amended: Vec<Line>,
    pub(super) known: Vec<Known>,
}

/// A note.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Noted {
    pub(super) who: String,
    pub(super) at: When,
    pub(super) shared_with: &'static str,
    pub(super) says: Vec<(String, String)>,
    /// What it said before, the oldest first, and why it was changed.
    pub(super) earlier: Vec<Earlier>,
    pub(super) known: Vec<Known>,
}

/// What a note said before.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Earlier {
    pub(super) says: Vec<(String, String)>,
    pub(super) changed: Option<When>,
    pub(super) reason: String,
}

/// A shift of the rota, and its story.
#[derive(Debug, Clone, Serialize)]
pub(super) struct Planned {
    pub(super) start: When,
    pub(super) end: When,
    pub(super) times: String,
    pub(super) work: &'static str,
    pub(super) stands: &'static str,
    pub(super) who: String,
    pub(super) story: Vec<Line>,
}

/// Everything about this person, who must be one of the team's.
pub fn about(team: &Team, person: PersonId, trail: &Trail, made: Moment) -> Option<About> {
    let roster = team.roster();
    let members = roster.members.iter();
    let names = Names {
        members: members.map(|(id, m)| (*id, m.name.clone())).collect(),
        relay: trail.relay,
    };
    let gather = Gather {
        team,
        person,
        trail,
        names,
    };
    let visits = gather.visits();
    Some(About {
        team: team.name().to_owned(),
        made: made.into(),
        person: roster.people.get(&person)?.clone(),
        care: gather.care(),
        profile: gather.profile(),
        around: gather.around(&visits),
        visits: visits.into_iter().map(|(_, visited)| visited).collect(),
        notes: gather.notes(),
        rota: gather.rota(),
    })
}

struct Gather<'a> {
    team: &'a Team,
    person: PersonId,
    trail: &'a Trail,
    names: Names,
}

impl Gather<'_> {
    /// The person's documents of a kind, each with all its parts.
    fn documents<B: DeserializeOwned>(
        &self,
        kind: DocumentKind,
    ) -> impl Iterator<Item = (DocumentId, Vec<Record<B>>)> {
        let ids = self.team.documents();
        let theirs = ids.filter(|d| d.kind() == kind && d.person() == Some(self.person));
        let mut parts: BTreeMap<DocumentId, Vec<Document>> = BTreeMap::new();
        for id in theirs {
            let document = self.team.document(id);
            parts.entry(id.whole()).or_default().push(document);
        }
        parts.into_iter().filter_map(|(id, parts)| {
            let whole = Whole::new(&parts)?;
            Some((id, whole.records().0))
        })
    }

    fn line<B>(&self, record: &Record<B>, says: String) -> Line {
        Line {
            at: record.at.into(),
            by: self.names.of(record.by),
            says,
        }
    }

    fn known(&self, document: DocumentId, record: &Record<()>, what: &'static str) -> Known {
        let clock = record.at - record.skew;
        let received = self.trail.of(document, record.id);
        Known {
            what,
            at: record.at.into(),
            device_clock: (record.skew != Span::default()).then(|| clock.into()),
            received: received.map(|step| step.received_at.into()),
        }
    }

    fn care(&self) -> Vec<Line> {
        let records = self.team_records();
        let said = records.iter().filter_map(|record| match &record.body {
            TeamRecord::CareEnded { person, on } if *person == self.person => {
                let says = format!("the care ended on {}", words::day(*on));
                Some(self.line(record, says))
            }
            TeamRecord::CareResumed { person, on } if *person == self.person => {
                let says = format!("the care began again on {}", words::day(*on));
                Some(self.line(record, says))
            }
            _ => None,
        });
        said.collect()
    }

    fn team_records(&self) -> Vec<Record<TeamRecord>> {
        self.team.document(DocumentId::Team).records().0
    }

    fn profile(&self) -> Vec<Line> {
        let records = self
            .documents::<ProfileRecord>(DocumentKind::Profile)
            .flat_map(|(_, records)| records);
        let said = records.map(|record| {
            let says = match &record.body {
                ProfileRecord::Person { person } => {
                    let goals = person.goals.join("; ");
                    let parts = [
                        ("name", &person.name),
                        ("address", &person.address),
                        ("goals", &goals),
                    ];
                    let said = parts.iter().filter(|(_, what)| !what.is_empty());
                    let said: Vec<_> = said.map(|(of, what)| format!("{of}: {what}")).collect();
                    said.join("; ")
                }
                ProfileRecord::Choice { pa, choice } => {
                    let who = pa.map_or_else(|| "all other PAs".into(), |pa| self.names.of(pa));
                    format!("{who}: {}", words::choice(*choice))
                }
                ProfileRecord::Contact { member: Some(who) } => {
                    let who = self.names.of(*who);
                    format!("{who} is to be told when nobody comes")
                }
                ProfileRecord::Contact { member: None } => {
                    "nobody is to be told when nobody comes".into()
                }
            };
            self.line(&record, says)
        });
        said.collect()
    }

    /// Everyone whose role reads, or read, something about the person.
    fn around(&self, visits: &[(MemberId, Visited)]) -> Vec<Around> {
        let records = self.team_records();
        let mut since = BTreeMap::new();
        let mut changes: BTreeMap<MemberId, Vec<Line>> = BTreeMap::new();
        for record in &records {
            match &record.body {
                TeamRecord::Member { member } => {
                    since.entry(member.id).or_insert(record.at);
                }
                TeamRecord::Withheld {
                    member,
                    kinds,
                    said_by,
                } => {
                    let says = if kinds.is_empty() {
                        "everything that their role reads is shared again".into()
                    } else {
                        let kinds: Vec<_> = kinds.iter().map(|k| words::kind(*k)).collect();
                        format!("not shared any more: {}", kinds.join(", "))
                    };
                    let mut line = self.line(record, says);
                    line.by = self.names.of(*said_by);
                    changes.entry(*member).or_default().push(line);
                }
                _ => {}
            }
        }
        let members = self.team.roster().members.values();
        let around = members.filter_map(|member| {
            let reads = self.reads(member);
            let visits = visits.iter().filter(|(pa, _)| *pa == member.id).count();
            (!reads.is_empty()).then(|| Around {
                name: self.names.of(member.id),
                role: words::role(member.role),
                reads,
                since: since.get(&member.id).map(|at| (*at).into()),
                until: member.left.map(When::from),
                changes: changes.remove(&member.id).unwrap_or_default(),
                visits,
            })
        });
        around.collect()
    }

    /// What of the person's documents this member's role reads.
    fn reads(&self, member: &Member) -> Vec<&'static str> {
        let month = self.trail.steps.last().map(|step| step.received_at.month());
        let Some(month) = month else {
            return Vec::new();
        };
        let p = self.person;
        let theirs = [
            DocumentId::profile(p),
            DocumentId::circle(p),
            DocumentId::rota(p, month),
            DocumentId::visits(p, month),
            DocumentId::notes(p, month),
            DocumentId::team_notes(p, month),
        ];
        let reads = theirs.into_iter().filter(|id| may_read(member.role, *id));
        reads.map(|id| words::kind(id.kind())).collect()
    }

    fn visits(&self) -> Vec<(MemberId, Visited)> {
        let mut found = Vec::new();
        for (document, records) in self.documents::<VisitRecord>(DocumentKind::Visits) {
            for visit in visits(self.person, &records).into_values() {
                let amended = visit.amendments.iter().map(|amended| {
                    let before = amended.end_before.map_or_else(
                        || format!("from {}", words::moment(amended.start_before)),
                        |end| words::stretch(amended.start_before, end),
                    );
                    Line {
                        at: amended.at.into(),
                        by: self.names.of(amended.by),
                        says: format!(
                            "the times were {before}; changed because: {}",
                            amended.reason
                        ),
                    }
                });
                let clocked = [
                    Some(("clocked in", &visit.clock_in)),
                    visit.clock_out.as_ref().map(|out| ("clocked out", out)),
                ];
                let known = clocked.into_iter().flatten();
                let visited = Visited {
                    who: self.names.of(visit.pa),
                    start: visit.start.into(),
                    end: visit.end.map(When::from),
                    times: visit.end.map_or_else(
                        || format!("{}, not clocked out", words::moment(visit.start)),
                        |end| words::stretch(visit.start, end),
                    ),
                    minutes: visit.end.map(|end| visit.length(end).whole_minutes()),
                    place: visit.place.clone(),
                    amended: amended.collect(),
                    known: known
                        .map(|(what, record)| self.known(document, record, what))
                        .collect(),
                };
                found.push((visit.start, visit.pa, visited));
            }
        }
        found.sort_by_key(|(start, ..)| *start);
        found
            .into_iter()
            .map(|(_, pa, visited)| (pa, visited))
            .collect()
    }

    fn notes(&self) -> Vec<Noted> {
        let mut found = Vec::new();
        for (kind, audience, shared_with) in [
            (DocumentKind::Notes, Audience::Family, "the team and family"),
            (DocumentKind::TeamNotes, Audience::Team, "the team"),
        ] {
            for (document, records) in self.documents::<NoteRecord>(kind) {
                for note in notes(self.person, audience, &records).into_values() {
                    let changes = note.records.iter().skip(1).map(|record| record.at);
                    let mut changes: Vec<_> = changes.collect();
                    changes.resize(note.earlier.len(), note.at);
                    let earlier = note.earlier.iter().zip(changes);
                    let known = (0..).zip(&note.records).map(|(n, record)| {
                        let what = if n == 0 { "written" } else { "changed" };
                        self.known(document, record, what)
                    });
                    let noted = Noted {
                        who: self.names.of(note.author),
                        at: note.at.into(),
                        shared_with,
                        says: words::note(&note.says),
                        earlier: earlier
                            .map(|((says, reason), at)| Earlier {
                                says: words::note(says),
                                changed: Some(at.into()),
                                reason: reason.clone(),
                            })
                            .collect(),
                        known: known.collect(),
                    };
                    found.push((note.at, noted));
                }
            }
        }
        found.sort_by_key(|(at, _)| *at);
        found.into_iter().map(|(_, noted)| noted).collect()
    }

    fn rota(&self) -> Vec<Planned> {
        let rotas = self.team.documents();
        let rotas = rotas.filter(|d| d.kind() == DocumentKind::Rota);
        let theirs = rotas.filter(|d| d.person() == Some(self.person));
        let theirs: BTreeSet<_> = theirs.map(DocumentId::whole).collect();
        let board = self.team.board();
        let states = theirs.into_iter().flat_map(|rota| board.in_rota(rota));
        let mut found: Vec<&ShiftState> = states.map(|(_, state)| state).collect();
        found.sort_by_key(|state| state.shift.start);
        found.into_iter().map(|state| self.planned(state)).collect()
    }

    fn planned(&self, state: &ShiftState) -> Planned {
        let shift = &state.shift;
        let mut story: Vec<(RecordId, Line)> = Vec::new();
        for record in &state.story {
            let says = words::rota(&record.body, &self.names);
            story.push((record.id, self.line(record, says)));
        }
        Planned {
            start: shift.start.into(),
            end: shift.end.into(),
            times: words::stretch(shift.start, shift.end),
            work: words::work(shift.work),
            stands: match state.plan {
                Plan::Draft => "drafted",
                Plan::Published => "on the rota",
                Plan::Cancelled { .. } => "cancelled",
            },
            who: self.names.all(shift.pas.iter().copied()),
            story: story.into_iter().map(|(_, line)| line).collect(),
        }
    }
}
