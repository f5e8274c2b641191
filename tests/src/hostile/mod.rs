//! A relay that stands against phones that lie: mutants of all kinds, sent by members' own devices
//! through the one endpoint that takes anything in, while honest phones go on working.

mod change;
mod ground;
mod honest;
mod mutant;
mod operations;
mod request;
mod storm;

pub use ground::{Attacker, Ground};
pub use honest::Times;
pub(crate) use mutant::shots;
pub use request::Request;
pub use storm::Tally;

use crate::process::{House, Phone, Relay, join, level, reopen};
use anyhow::{Context, Result, ensure};
use honest::Honest;
use kith_app::platform::store_memory::MemoryStore;
use kith_shared::{documents::Document, ids::MemberId, time::Moment};
use std::{
    fmt,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::Duration,
};
use tokio::sync::oneshot;

/// Honest phones; two members have two of them.
const HONEST: usize = 6;
/// Persons about whom those write: attackers know the first one too.
const PERSONS: usize = 14;
/// Members who attack beside the two persons, and devices of each. What one device may cost the relay
/// in a minute is limited (`limits::EFFORT_PER_DEVICE`), so it takes many to send much.
const ATTACKERS: usize = 16;
const DEVICES: usize = 4;
/// Bytes by which the relay's memory may grow.
const GROWTH: u64 = 64 * 1024 * 1024;

/// What is to be sent.
#[derive(Debug, Clone, Copy)]
pub struct Plan {
    /// How many mutants.
    pub mutants: u64,
    /// Which.
    pub seed: u64,
    /// The first one's number.
    pub from: u64,
    /// How long honest phones work before the attack begins.
    pub calm: Duration,
    /// Between two requests of one connection.
    pub pause: Duration,
    /// How many times longer than in calm the slow exchanges of honest phones may take.
    pub slower: f64,
}

/// What came of it.
#[derive(Debug, Clone)]
pub struct Report {
    /// What was answered to which mutants.
    pub tally: Tally,
    /// Exchanges of honest phones before the attack, and during it.
    pub times: (Times, Times),
    /// By how many bytes the relay's peak of memory grew.
    pub growth: u64,
    /// Records of honest phones that were looked for, and documents that were loaded again.
    pub looked: (usize, usize),
}

/// Attacks a relay of its own. An error says what it did not stand.
pub async fn run(plan: Plan) -> Result<Report> {
    let folder = tempfile::tempdir()?;
    let house = House::at(folder.path());
    let world = World::found(&house).await?;
    let report = world.attacked(plan).await?;
    // It is read from its journal again, by its own check and by a new process.
    let World { relay, honest, .. } = world;
    let address = relay.address().to_owned();
    ensure!(relay.stop()?.success(), "the relay did not end well");
    house.check()?;
    let relay = house.serve_at(&address)?;
    level(&honest.phones().await?)
        .await
        .context("after a restart")?;
    relay.stop()?;
    Ok(report)
}

/// A team of honest and other members, and its relay.
struct World<'a> {
    house: &'a House,
    relay: Relay,
    honest: Arc<Honest>,
    ground: Ground,
    tokens: Vec<String>,
}

impl<'a> World<'a> {
    async fn found(house: &'a House) -> Result<Self> {
        let (_, first) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let people = ["Morgan", "Eluned"].map(|name| house.invite("person", name, &[]));
        let people = people.into_iter().collect::<Result<Vec<_>>>()?;
        let mut honest = Vec::new();
        let mut code = first.code;
        let mut now = Moment::default();
        for n in 0..HONEST {
            let store = MemoryStore::default();
            let phone = reopen(store.clone(), relay.origin()).await?;
            phone.join(&code).await.context("joining")?;
            now = phone.now();
            code = if n % 2 == 0 {
                further(house, &phone)?
            } else {
                house.invite("pa", &format!("PA {n}"), &[])?.code
            };
            honest.push(store);
        }
        let ids: Vec<_> = people.iter().filter_map(|p| p.person).collect();
        let mut persons = ids[..1].to_vec();
        for n in 1..PERSONS {
            let more = house.invite("person", &format!("Person {n}"), &[])?;
            persons.extend(more.person);
        }
        let mut lying = Vec::new();
        let mut codes: Vec<String> = people.into_iter().map(|p| p.code).collect();
        for n in codes.len()..ATTACKERS + 2 {
            codes.push(house.invite("pa", &format!("Attacker {n}"), &[])?.code);
        }
        for code in codes {
            let first = join(relay.origin(), &code).await?;
            for _ in 1..DEVICES {
                let more = further(house, &first)?;
                lying.push(join(relay.origin(), &more).await?);
            }
            lying.push(first);
        }
        let known = lying.iter().map(|phone| {
            let phone = phone.phone();
            let me = phone.me().context("it has joined")?;
            let section = phone.request().context("it has joined")?.request;
            let attacker = Attacker {
                member: me.member(),
                device: me.device,
                section: kith_shared::sync::TeamRequest {
                    limit: 1,
                    ..section
                },
            };
            Ok((attacker, me.joined.pass.token.clone()))
        });
        let (attackers, tokens) = known.collect::<Result<Vec<_>>>()?.into_iter().unzip();
        Ok(Self {
            honest: Arc::new(Honest::new(honest, persons, relay.origin())),
            ground: Ground {
                people: ids,
                now,
                attackers,
            },
            house,
            relay,
            tokens,
        })
    }

    async fn attacked(&self, plan: Plan) -> Result<Report> {
        let panics = self.panics().await?;
        let calm = self.calm(plan.calm).await?;
        let before = self.relay.peak()?;
        let (tally, stormy) = self.stormy(plan).await?;
        let growth = self.relay.peak()?.saturating_sub(before);
        let looked = self.look().await?;
        let panics = self.panics().await? - panics;
        let report = Report {
            tally,
            times: (calm, stormy),
            growth,
            looked,
        };
        let sound = report.check(panics, plan.slower);
        sound.with_context(|| format!("{report}"))?;
        Ok(report)
    }

    async fn panics(&self) -> Result<f64> {
        let metrics = self.relay.metrics().await?;
        Ok(metrics.get("kith_panics_total").copied().unwrap_or(0.0))
    }

    async fn calm(&self, length: Duration) -> Result<Times> {
        let done = Arc::default();
        let end = async {
            tokio::time::sleep(length).await;
            AtomicBool::store(&done, true, Ordering::Relaxed);
            Ok(())
        };
        Ok(tokio::try_join!(self.honest.work(&done), end)?.0)
    }

    /// The attack comes from a thread of its own, as each honest phone does: those wait for the relay
    /// and for themselves alone.
    async fn stormy(&self, plan: Plan) -> Result<(Tally, Times)> {
        let (tell, told) = oneshot::channel();
        let origin = self.relay.origin().to_owned();
        let (ground, tokens) = (self.ground.clone(), self.tokens.clone());
        thread::spawn(move || {
            step_back();
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build();
            let stormed = runtime.context("a runtime").and_then(|runtime| {
                runtime.block_on(storm::storm(&origin, plan, &ground, &tokens))
            });
            // Nobody waits any more when an honest phone has failed.
            let _ = tell.send(stormed);
        });
        let done = Arc::default();
        let end = async {
            let tally = told.await.context("the attack panicked");
            AtomicBool::store(&done, true, Ordering::Relaxed);
            tally?
        };
        let (times, tally) = tokio::try_join!(self.honest.work(&done), end)?;
        Ok((tally, times))
    }

    /// A phone that was not there pulls everything, and loads it as if from its own store.
    async fn look(&self) -> Result<(usize, usize)> {
        let later = self.house.invite("pa", "Later", &[])?.code;
        let mut phones = self.honest.phones().await?;
        phones.push(join(self.relay.origin(), &later).await?);
        level(&phones).await?;
        let newest = &phones[phones.len() - 1];
        let records = self.honest.look_for_all(newest)?;
        let phone = newest.phone();
        let mut loaded = 0;
        for (id, held) in phone.held() {
            let document = held.document();
            let again = Document::load(*id, &document.save())
                .with_context(|| format!("{id} does not load"))?;
            ensure!(again.heads() == document.heads(), "{id} loads as another");
            loaded += 1;
        }
        Ok((records, loaded))
    }
}

/// Attackers have processors of their own: where they share one with the relay and its honest phones,
/// those come first. On Linux this is about the thread that calls it alone.
fn step_back() {
    #[cfg(target_os = "linux")]
    if let Err(error) = rustix::process::setpriority_process(None, 19) {
        eprintln!("the attack competes with the relay for the processor: {error}");
    }
}

fn further(house: &House, phone: &Phone) -> Result<String> {
    let member: MemberId = phone.phone().me().context("a member")?.joined.member;
    Ok(house.invite_again(member)?.code)
}

impl Report {
    /// Whether the relay stood it.
    fn check(&self, panics: f64, most: f64) -> Result<()> {
        let honest = self.tally.of(change::HONEST, "");
        // One whose answer was lost was sent again.
        let again = self.tally.of(change::HONEST, "duplicate");
        let taken = self.tally.of(change::HONEST, "accepted") + again;
        // Mutants fill the month in which everyone writes. Phones go on in its next part, and their
        // records are looked for one by one; these changes were made for the first and stay so.
        let full = self.tally.of(change::HONEST, "refused: full");
        ensure!(
            honest == taken + full && full * 10 < honest,
            "{taken} of {honest} honest changes accepted, {full} found no room"
        );
        ensure!(panics == 0.0, "{panics} requests panicked");
        ensure!(self.growth <= GROWTH, "its memory grew too much");
        let (calm, stormy) = &self.times;
        let slower = stormy.p95() / calm.p95();
        ensure!(
            slower < most,
            "honest phones wait {slower:.2} times as long"
        );
        Ok(())
    }

    /// How many mutants were answered.
    pub fn answered(&self) -> u64 {
        self.tally.all("")
    }
}

impl fmt::Display for Report {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut last = "";
        for ((kind, answer), count) in &self.tally.answers {
            let name = if *kind == last { "" } else { *kind };
            last = *kind;
            writeln!(f, "{name:<36} {count:>6}  {answer}")?;
        }
        writeln!(f, "{} times a liar had to wait", self.tally.waits)?;
        let (calm, stormy) = &self.times;
        for (when, times) in [("calm", calm), ("attack", stormy)] {
            let (count, p50, p95) = (times.count(), times.p50(), times.p95());
            writeln!(
                f,
                "{when}: {count} honest exchanges, p50 {p50:.1} ms, p95 {p95:.1} ms"
            )?;
        }
        let (records, documents) = self.looked;
        writeln!(
            f,
            "{records} honest records found, {documents} documents load"
        )?;
        let mib = self.growth / (1024 * 1024);
        writeln!(f, "the relay's peak of memory grew by {mib} MiB")
    }
}
