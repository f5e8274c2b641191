//! Those who go on working while others attack.

use super::ground::MONTHS;
use crate::process::{Phone, note, reopen};
use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use kith_app::{engine::Link, platform::store_memory::MemoryStore};
use kith_shared::{
    documents::DocumentId,
    domain::note::Audience,
    ids::{PersonId, RecordId},
};
use std::{
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};
use tokio::{runtime, task::spawn_blocking};

/// Between two acts of one phone: with this, it keeps below what a device may ask in a minute.
const PAUSE: Duration = Duration::from_millis(280);

/// Notes that a person's month gets of them.
const EACH: usize = 18;

/// The phones of honest members, each as what it has stored, and all that they ever wrote.
#[derive(Debug)]
pub(super) struct Honest {
    pub(super) stores: Vec<MemoryStore>,
    persons: Vec<PersonId>,
    origin: String,
    written: Mutex<Vec<(DocumentId, RecordId)>>,
}

/// How long exchanges took, in milliseconds.
#[derive(Debug, Clone, Default)]
pub struct Times(Vec<f64>);

impl Times {
    /// How long 95 of 100 took at most.
    pub fn p95(&self) -> f64 {
        self.percentile(95)
    }
    /// How long half of them took at most.
    pub fn p50(&self) -> f64 {
        self.percentile(50)
    }
    /// How many there were.
    pub fn count(&self) -> usize {
        self.0.len()
    }
    pub(super) fn and(mut self, more: Self) -> Self {
        self.0.extend(more.0);
        self
    }
    fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(0.0)
    }
}

impl Honest {
    pub(super) fn new(stores: Vec<MemoryStore>, persons: Vec<PersonId>, origin: &str) -> Self {
        Self {
            stores,
            persons,
            origin: origin.to_owned(),
            written: Mutex::default(),
        }
    }

    /// The phones, on this thread.
    pub(super) async fn phones(&self) -> Result<Vec<Phone>> {
        let phones = self.stores.iter();
        try_join_all(phones.map(|store| reopen(store.clone(), &self.origin))).await
    }

    /// All phones write a note and send it, again and again, until `done`. Each is on a thread of
    /// its own: what is measured is how long it waits for the relay and itself, not for other phones.
    pub(super) async fn work(self: &Arc<Self>, done: &Arc<AtomicBool>) -> Result<Times> {
        let threads = (0..self.stores.len()).map(|n| {
            let (all, done) = (self.clone(), done.clone());
            spawn_blocking(move || {
                let runtime = runtime::Builder::new_current_thread().enable_all().build();
                let worked = runtime.context("a runtime")?.block_on(all.one(n, &done));
                // When one of them fails, the others end.
                done.fetch_or(worked.is_err(), Ordering::Relaxed);
                worked
            })
        });
        let mut times = Times::default();
        for worked in try_join_all(threads).await? {
            times = times.and(worked?);
        }
        Ok(times)
    }

    async fn one(&self, n: usize, done: &AtomicBool) -> Result<Times> {
        let phone = reopen(self.stores[n].clone(), &self.origin).await?;
        // Not all at the same moment.
        let offset = PAUSE / u32::try_from(self.stores.len())? * u32::try_from(n)?;
        tokio::time::sleep(offset).await;
        let mut times = Times::default();
        while !done.load(Ordering::Relaxed) {
            let audience = if n.is_multiple_of(2) {
                Audience::Team
            } else {
                Audience::Family
            };
            let written = self.written().len();
            let text = format!("note {written} of phone {n}");
            // Everyone takes longer the more a document holds. So they go on to another person when
            // the months of one are as long as they got in calm: what is compared is the same work.
            let person = self.persons[written / (MONTHS * EACH) % self.persons.len()];
            let now = phone.now().month();
            let month = (0..written % MONTHS).fold(now, |month, _| month.previous());
            let act = note(person, month, audience, text);
            let document = act.document();
            let record = phone.act(act).await.context("an honest act")?;
            self.written().push((document, record));
            let began = Instant::now();
            phone.exchange().await?;
            ensure!(
                phone.link() == Link::Reached,
                "an honest phone does not get through: {:?}",
                phone.link()
            );
            times.0.push(began.elapsed().as_secs_f64() * 1000.0);
            tokio::time::sleep(PAUSE).await;
        }
        Ok(times)
    }

    fn written(&self) -> MutexGuard<'_, Vec<(DocumentId, RecordId)>> {
        self.written.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Looks for all that was ever written, on this phone.
    pub(super) fn look_for_all(&self, phone: &Phone) -> Result<usize> {
        let phone = phone.phone();
        let written = self.written();
        for (document, record) in written.iter() {
            ensure!(
                phone.receipt(*document, *record).is_some(),
                "{record} of {document} is lost"
            );
        }
        Ok(written.len())
    }
}
