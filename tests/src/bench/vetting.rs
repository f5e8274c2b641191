//! What vetting costs on long documents, beside what nobody gets around: a copy of the document,
//! the changes applied to it, all of it saved and loaded; and what it costs when the same history is
//! spread over parts, as it is, of which the last is full.

use super::{Figure, team::words};
use anyhow::{Context, Result, ensure};
use automerge::Change;
use kith_relay::{
    relay::now,
    vet::{Among, Past, Verdict, Writer, vet},
};
use kith_shared::{
    bytes::Bytes,
    documents::{Author, Document, Size, Sizes},
    domain::{
        note::{Audience, NoteText},
        team::{Member, Role},
    },
    ids::{DeviceId, MemberId, PersonId, RecordId},
    intent::{Intent, Stamp},
};
use std::{borrow::Cow, collections::HashMap, time::Instant};

/// Changes that the document has before.
const HISTORIES: [usize; 3] = [200, 1_000, 5_000];
/// Changes that come.
const NEW: usize = 5;
/// How often each is measured; the one in the middle counts.
const TIMES: usize = 31;

pub(super) fn measure() -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    let mut whole = 0.0;
    for history in HISTORIES {
        let case = Case::new(history, NEVER)?;
        let (mut vetted, mut bare) = (Vec::new(), Vec::new());
        for _ in 0..TIMES {
            // In turn, so that what else the machine does hits both.
            vetted.push(case.vet()?);
            bare.push(case.bare()?);
        }
        let (vetted, bare) = (median(vetted), median(bare));
        let name = format!("vetting {NEW} changes after {history}");
        figures.push(Figure::new(name, vetted * 1000.0, "ms").with(format!(
            "{:.2} times copy, apply, save and load ({:.2} ms); 1.3 is wanted",
            vetted / bare,
            bare * 1000.0
        )));
        whole = vetted;
    }
    let [.., history] = HISTORIES;
    let case = Case::new(history, Sizes::default().rolls)?;
    let vetted: Result<Vec<_>> = (0..TIMES).map(|_| case.vet()).collect();
    let vetted = median(vetted?);
    let name = format!("vetting {NEW} changes after {history}, in parts");
    figures.push(Figure::new(name, vetted * 1000.0, "ms").with(format!(
        "{:.2} times the same in one document; {} full parts, the last of {} changes",
        vetted / whole,
        case.others.len() + 1,
        case.document.changes().len(),
    )));
    Ok(figures)
}

/// How long a part gets where there are none.
const NEVER: Size = Size {
    changes: usize::MAX,
    bytes: usize::MAX,
    actors: usize::MAX,
};

/// A PA's notes of a month.
struct Case {
    member: Member,
    author: Author,
    /// The parts before, as the relay has them loaded.
    others: Vec<Document>,
    /// The last part.
    document: Document,
    sequences: HashMap<Author, u64>,
    new: Vec<Change>,
    bytes: Vec<Bytes>,
}

impl Case {
    /// So many changes or a few more, until the last part is full, in parts of this length.
    fn new(history: usize, rolls: Size) -> Result<Self> {
        let mut dice = fastrand::Rng::with_seed(2026);
        let now = now();
        let member = Member::plain(MemberId::from_bytes([1; 16]), "Rhys", Role::Pa);
        let author = Author {
            device: DeviceId::from_bytes([2; 16]),
            life: 0,
        };
        let intent = |text| Intent::WriteNote {
            person: PersonId::from_bytes([3; 16]),
            month: now.month(),
            visit: None,
            audience: Audience::Team,
            says: NoteText {
                text,
                ..NoteText::default()
            },
        };
        let mut phone = Document::new(intent(String::new()).document());
        let mut write = |phone: &mut Document| {
            let id = RecordId::new(now, dice.u128(..));
            let note = intent(words(&mut dice));
            note.write(phone, author, &member, id, Stamp::plain(now))
        };
        // What was saved and loaded is laid out as what is applied at once.
        let loaded = |of: &Document| Document::load(of.id(), &of.save());
        let (mut written, mut size, mut others) = (0, Size::default(), Vec::new());
        while written < history || (rolls != NEVER && !size.reaches(&rolls)) {
            if size.reaches(&rolls) {
                others.push(loaded(&phone)?);
                let next = phone.id().next().context("there is a next part")?;
                (phone, size) = (Document::new(next), Size::default());
            }
            let change = write(&mut phone)?;
            size = size.with(change.raw_bytes().len(), size.changes == 0);
            written += 1;
        }
        let document = loaded(&phone)?;
        let new = (0..NEW).map(|_| write(&mut phone));
        let new = new.collect::<Result<Vec<_>, _>>()?;
        let bytes = new.iter().map(|change| Bytes(change.raw_bytes().to_vec()));
        Ok(Self {
            bytes: bytes.collect(),
            sequences: [(author, size.changes as u64)].into(),
            member,
            author,
            others,
            document,
            new,
        })
    }

    /// As the relay does, in seconds.
    fn vet(&self) -> Result<f64> {
        let others: Vec<_> = self.others.iter().collect();
        let began = Instant::now();
        let writer = Writer::Member {
            member: &self.member,
            device: self.author.device,
            among: Among {
                others: &others,
                most: NEVER,
                ..Among::default()
            },
        };
        let past = Past {
            document: Cow::Borrowed(&self.document),
            sequences: Cow::Borrowed(&self.sequences),
        };
        let batch = vet(writer, &past, &self.bytes);
        let took = began.elapsed().as_secs_f64();
        let accepted = |verdict: &Verdict| matches!(verdict, Verdict::Accepted(_));
        ensure!(batch.verdicts.iter().all(accepted), "{:?}", batch.verdicts);
        Ok(took)
    }

    /// What is to be compared with.
    fn bare(&self) -> Result<f64> {
        let new = self.new.clone();
        let began = Instant::now();
        let mut document = self.document.clone();
        document.apply(new)?;
        let again = Document::load(document.id(), &document.save_plain())?;
        let took = began.elapsed().as_secs_f64();
        ensure!(again.heads() == document.heads(), "it loads as another");
        Ok(took)
    }
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}
