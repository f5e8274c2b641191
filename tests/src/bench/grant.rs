//! What it costs to decide who covers: for a team's whole month, and for one claim in a sync.
//!
//! A sync here is what the relay does from the decoded request to the answer that it may give: the
//! claim vetted and taken in, decided about, what was decided written into its document and said in
//! the circle, the news gathered, and all of it appended to the journal, flushed and synced to the
//! disk. HTTP, the token and gzip are left out, and so is every wait: that makes the share of the
//! decision look larger, not smaller.

use super::Figure;
use anyhow::{Context, Result, bail, ensure};
use automerge::{Change, ChangeHash};
use kith_relay::{
    journal::{Entry, Journal as _, SledJournal, conformance::some_keys},
    relay::{Done, ProofKey, Team, now},
};
use kith_shared::{
    api::Invite,
    bytes::{Array, Bytes},
    documents::{Author, Document, Record, rota::RotaRecord},
    domain::{
        cover::{Board, Cover, ShiftRef, ShiftState, resolve, settle},
        shift::{Shift, ShiftKind},
        team::Member,
    },
    ids::{DeviceId, PersonId, RecordId, ShiftId, TeamId},
    intent::{Intent, Stamp},
    sync::{Cursor, Digest, Outcome, Push, TeamReply, TeamRequest},
    time::{Moment, Span},
};
use std::{collections::BTreeMap, time::Instant};
use tempfile::TempDir;

const PAS: usize = 12;
const PERSONS: usize = 5;
const DAYS: usize = 28;
/// Shifts of a day in each of its three slots.
const SLOT: usize = 7;
/// Shifts of which the month has a story of cover already.
const COVERED: usize = 66;
/// Claims that are measured.
const CLAIMS: usize = 40;

pub(super) fn measure() -> Result<Vec<Figure>> {
    let mut month = Month::planned()?;
    // Two of each slot, so that whoever covers one is free for it.
    let mut covered = (0..COVERED + CLAIMS).map(|n| n / 2 * SLOT + n % 2);
    for n in covered.by_ref().take(COVERED) {
        month.ask(n)?;
        month.claim(n)?;
    }
    let (mut syncs, mut works, mut decisions) = (Vec::new(), Vec::new(), Vec::new());
    for n in covered {
        month.ask(n)?;
        decisions.push(month.decision(n)?);
        let took = month.claim(n)?;
        syncs.push(took.work + took.disk);
        works.push(took.work);
    }
    let rotas = month.rotas();
    let shifts: usize = rotas.iter().map(|records| resolve(records).len()).sum();
    let records: usize = rotas.iter().map(Vec::len).sum();
    let all: Vec<_> = (0..CLAIMS)
        .map(|_| {
            timed(|| {
                rotas
                    .iter()
                    .map(|records| resolve(records).len())
                    .sum::<usize>()
            })
            .0
        })
        .collect();
    let ticks = (0..CLAIMS).map(|_| month.tick()).collect::<Result<_>>()?;
    let (sync, work, decision) = (median(syncs), median(works), median(decisions));
    let team = format!("{PAS} PAs, {PERSONS} persons, {shifts} shifts");
    let cover = records - shifts;
    Ok(vec![
        Figure::new("resolve a team's month", median(all), "ms")
            .with(format!("{team}, {cover} records of cover")),
        Figure::new("sync with a claim that is granted", sync, "ms")
            .with("vetted, decided, written and durable"),
        Figure::new("the work in it", work, "ms").with("all but the disk, one core"),
        Figure::new("the decision in it", decision, "ms").with("one core"),
        Figure::new("its share", decision / sync * 100.0, "%").with(format!(
            "10 % is the most it should be; {:.1} % of the work",
            decision / work * 100.0
        )),
        Figure::new("a tick of that team at rest", median(ticks), "ms").with("one every 20 s"),
    ])
}

fn timed<T>(run: impl FnOnce() -> T) -> (f64, T) {
    let began = Instant::now();
    let done = run();
    (began.elapsed().as_secs_f64() * 1000.0, done)
}

fn median(mut of: Vec<f64>) -> f64 {
    of.sort_by(f64::total_cmp);
    of[of.len() / 2]
}

/// How many milliseconds an exchange took.
struct Took {
    work: f64,
    /// Until it was durable.
    disk: f64,
}

/// A phone of which only what it asks for is real.
struct Pa {
    device: DeviceId,
    member: Member,
    cursor: Option<Cursor>,
    digest: Digest,
    life: u16,
}

/// A month of a team, at its relay.
struct Month {
    team: Team,
    journal: SledJournal,
    now: Moment,
    pas: Vec<Pa>,
    /// The shifts, and which PA holds each.
    shifts: Vec<(ShiftRef, usize)>,
    asks: BTreeMap<usize, RecordId>,
    dice: fastrand::Rng,
    _folder: TempDir,
}

impl Month {
    fn planned() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let mut dice = fastrand::Rng::with_seed(2026);
        let (now, journal) = (
            now(),
            SledJournal::open(folder.path(), &some_keys(folder.path()))?,
        );
        let id = TeamId::new(now, dice.u128(..));
        let key = ProofKey::new([7; 32]);
        let (team, entries) = Team::found(id, "Tîm Afon", key, now, &mut || dice.u128(..))?;
        journal.append(id, 0, &entries)?;
        let mut month = Self {
            team,
            journal,
            now,
            pas: Vec::new(),
            shifts: Vec::new(),
            asks: BTreeMap::new(),
            dice,
            _folder: folder,
        };
        for n in 0..PAS {
            month.join(&format!("PA {n}"))?;
        }
        let mut persons = Vec::new();
        for n in 0..PERSONS {
            let invited = month.invite("person", &format!("Person {n}"))?;
            persons.push(invited.person.context("a person has an id")?);
        }
        month.plan(&persons)?;
        Ok(month)
    }

    fn invite(&mut self, role: &str, name: &str) -> Result<kith_relay::relay::Invited> {
        let invite = Invite {
            team: self.team.id(),
            role: role.to_owned(),
            name: name.to_owned(),
            person: None,
            member: None,
            address: String::new(),
            goals: Vec::new(),
            hours: None,
        };
        let (now, dice) = (self.now, &mut self.dice);
        let done = self.team.invite(&invite, now, &mut || dice.u128(..))?;
        self.append(&done.entries)?;
        Ok(done.reply)
    }

    fn join(&mut self, name: &str) -> Result<()> {
        let code = self.invite("pa", name)?.code;
        let (now, dice) = (self.now, &mut self.dice);
        let device = DeviceId::new(now, dice.u128(..));
        let roll = &mut || dice.u128(..);
        let Done { entries, .. } = self.team.join(&code, device, Array([1; 32]), now, roll)?;
        self.append(&entries)?;
        let member = self.team.member_of(device).context("they joined")?.clone();
        self.pas.push(Pa {
            device,
            member,
            cursor: None,
            digest: Digest::default(),
            life: 0,
        });
        Ok(())
    }

    fn append(&self, entries: &[Entry]) -> Result<()> {
        if let Some(first) = entries.first() {
            let last = first.seq - 1;
            self.journal.append(self.team.id(), last, entries)?;
        }
        Ok(())
    }

    /// Four weeks from the next month's beginning on: three slots a day, each with more PAs than
    /// shifts.
    fn plan(&mut self, persons: &[PersonId]) -> Result<()> {
        let first = self.now.month().next().first();
        let mut plan = Vec::new();
        for (day, slot, n) in (0..DAYS)
            .flat_map(|day| (0..3).flat_map(move |slot| (0..SLOT).map(move |n| (day, slot, n))))
        {
            let start = Moment::at(first.plus(i32::try_from(day)?), [7, 12, 17][slot], 0);
            let pa = (n + slot * 4 + day) % PAS;
            let shift = Shift::plain(
                ShiftId::new(self.now, self.dice.u128(..)),
                persons[(n + slot) % PERSONS],
                (start, start + Span::hours(4)),
                vec![self.pas[pa].member.id],
                ShiftKind::Day,
            );
            let at = ShiftRef {
                person: shift.person,
                month: start.month(),
                shift: shift.shift,
            };
            self.shifts.push((at, pa));
            plan.push(Intent::publish(shift));
        }
        for some in plan.chunks(100) {
            let pushed = some.iter().map(|intent| self.write(0, intent)).collect();
            self.sync(0, pushed)?;
        }
        Ok(())
    }

    /// A change that needs none before it.
    fn write(&mut self, pa: usize, intent: &Intent) -> (RecordId, Push) {
        let id = RecordId::new(self.now, self.dice.u128(..));
        let pa = &mut self.pas[pa];
        pa.life += 1;
        let author = Author {
            device: pa.device,
            life: pa.life,
        };
        let mut document = Document::new(intent.document());
        let stamp = Stamp::plain(self.now);
        let change = intent.write(&mut document, author, &pa.member, id, stamp);
        let bytes = change.map(|change| Bytes(change.raw_bytes().to_vec()));
        let push = Push {
            document: intent.document(),
            changes: bytes.into_iter().collect(),
        };
        (id, push)
    }

    /// One exchange, durable.
    fn sync(&mut self, pa: usize, pushed: Vec<(RecordId, Push)>) -> Result<Took> {
        let push: Vec<_> = pushed.into_iter().map(|(_, push)| push).collect();
        let changes = push.iter().flat_map(|p| p.changes.clone());
        let changes: Vec<Bytes> = changes.collect();
        let phone = &self.pas[pa];
        let (device, now) = (phone.device, self.now);
        let request = TeamRequest {
            team: self.team.id(),
            cursor: phone.cursor.map(Into::into),
            digest: phone.digest,
            push,
            unseen: Vec::new(),
            limit: u32::MAX,
            heal: None,
            aside: vec![],
        };
        let dice = &mut self.dice;
        let (work, done) = timed(|| {
            let roll = &mut || dice.u128(..);
            self.team.sync(device, &request, now, roll)
        });
        let (disk, appended) = timed(|| self.append(&done.entries));
        appended?;
        let TeamReply::Level(level) = done.reply.reply else {
            bail!("the phone is not level");
        };
        let accepted = |outcome: &Outcome| matches!(outcome, Outcome::Accepted(_));
        ensure!(level.outcomes.iter().all(accepted), "{:?}", level.outcomes);
        let news = level.news.into_iter().flat_map(|news| news.entries);
        let news = news.map(|entry| entry.change);
        let phone = &mut self.pas[pa];
        for change in changes.into_iter().chain(news) {
            phone.digest.toggle(&name(&change)?);
        }
        phone.cursor = Some(level.cursor);
        if level.more {
            self.sync(pa, Vec::new())?;
        }
        Ok(Took { work, disk })
    }

    /// The shift's holder asks for cover.
    fn ask(&mut self, n: usize) -> Result<()> {
        let (at, pa) = self.shifts[n];
        let ask = RotaRecord::Ask {
            shift: at.shift,
            cover: Cover::Anyone,
            until: None,
            reason: String::new(),
        };
        let (id, push) = self.write(pa, &Intent::say(at, ask));
        self.sync(pa, vec![(id, push)])?;
        self.asks.insert(n, id);
        // Who will claim it reads of it.
        self.sync(self.free(n), Vec::new())?;
        Ok(())
    }

    /// A PA who is free then, another one for each of the first shifts of a slot.
    fn free(&self, n: usize) -> usize {
        let (_, pa) = self.shifts[n];
        (pa + SLOT) % PAS
    }

    fn claiming(&self, n: usize) -> Intent {
        let at = self.shifts[n].0;
        let claim = RotaRecord::Claim {
            shift: at.shift,
            answers: self.asks.get(&n).copied(),
            reason: "It is fine".to_owned(),
        };
        Intent::say(at, claim)
    }

    /// A claim is made and granted, in one sync.
    fn claim(&mut self, n: usize) -> Result<Took> {
        let pa = self.free(n);
        let intent = self.claiming(n);
        let written = self.write(pa, &intent);
        let took = self.sync(pa, vec![written])?;
        let holds = self.held(n)?.tenure(self.pas[pa].member.id).is_some();
        ensure!(
            holds,
            "the claim was not granted: {:?}",
            self.held(n)?.claims
        );
        Ok(took)
    }

    fn held(&self, n: usize) -> Result<&ShiftState> {
        let state = self.team.board().state(self.shifts[n].0);
        state.context("the shift is planned")
    }

    /// What is to be decided about a claim that comes, by itself: on a copy of the board.
    fn decision(&mut self, n: usize) -> Result<f64> {
        let Intent::Rota { says, .. } = self.claiming(n) else {
            bail!("a claim is about the rota");
        };
        let mut board = self.team.board().clone();
        let rota = self.shifts[n].0.rota();
        let by = self.pas[self.free(n)].member.id;
        let (took, decided) = timed(|| self.decide(&mut board, rota, by, says));
        ensure!(decided > 1, "nothing was decided");
        Ok(took)
    }

    /// As the relay does: decides, takes what was decided into account, until there is no more.
    fn decide(
        &mut self,
        board: &mut Board,
        rota: kith_shared::documents::DocumentId,
        by: kith_shared::ids::MemberId,
        claim: RotaRecord,
    ) -> usize {
        let mut add = |board: &mut Board, rota, by, body| {
            let record = Record {
                id: RecordId::new(self.now, self.dice.u128(..)),
                by,
                at: self.now,
                skew: Span::default(),
                body,
            };
            board.add(rota, &record);
        };
        add(board, rota, by, claim);
        let mut decided = 0;
        while let Some(decision) = settle(board, &|_, _| 0, self.now) {
            for (rota, body) in decision.0 {
                add(board, rota, by, body);
                decided += 1;
            }
        }
        decided
    }

    fn rotas(&self) -> Vec<Vec<Record<RotaRecord>>> {
        let rotas = self.team.documents();
        let rotas = rotas.filter(|id| id.kind() == kith_shared::documents::DocumentKind::Rota);
        rotas.map(|id| self.team.document(id).records().0).collect()
    }

    fn tick(&mut self) -> Result<f64> {
        let (now, dice) = (self.now, &mut self.dice);
        let (took, done) = timed(|| self.team.tick(now, &mut || dice.u128(..)));
        ensure!(done.entries.is_empty(), "there was something to decide");
        Ok(took)
    }
}

fn name(change: &Bytes) -> Result<ChangeHash> {
    let change = Change::from_bytes(change.0.clone());
    Ok(change.context("a change can be read")?.hash())
}
