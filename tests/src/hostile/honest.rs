//! Those who go on working while others attack.

use super::ground::MONTHS;
use crate::process::{Phone, note};
use anyhow::{Context, Result, ensure};
use futures_util::future::try_join_all;
use kith_app::engine::Link;
use kith_shared::{
    documents::DocumentId,
    domain::note::Audience,
    ids::{PersonId, RecordId},
};
use std::{
    cell::{Cell, RefCell},
    time::{Duration, Instant},
};

/// Between two acts of one phone: with this, it keeps below what a device may ask in a minute.
const PAUSE: Duration = Duration::from_millis(280);

/// The phones of honest members, and all that they ever wrote.
pub(super) struct Honest {
    pub(super) phones: Vec<Phone>,
    pub(super) person: PersonId,
    written: RefCell<Vec<(DocumentId, RecordId)>>,
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
    fn percentile(&self, percent: usize) -> f64 {
        let mut sorted = self.0.clone();
        sorted.sort_by(f64::total_cmp);
        let at = (sorted.len() * percent / 100).min(sorted.len().saturating_sub(1));
        sorted.get(at).copied().unwrap_or(0.0)
    }
}

impl Honest {
    pub(super) fn new(phones: Vec<Phone>, person: PersonId) -> Self {
        Self {
            phones,
            person,
            written: RefCell::default(),
        }
    }

    /// All phones write a note and send it, again and again, until `done`.
    pub(super) async fn work(&self, done: &Cell<bool>) -> Result<Times> {
        let times = RefCell::new(Times::default());
        let one = async |(n, phone): (usize, &Phone)| {
            // Not all at the same moment.
            let offset = PAUSE / u32::try_from(self.phones.len())? * u32::try_from(n)?;
            tokio::time::sleep(offset).await;
            while !done.get() {
                let audience = if n % 2 == 0 {
                    Audience::Team
                } else {
                    Audience::Family
                };
                let written = self.written.borrow().len();
                let text = format!("note {written} of phone {n}");
                // A phone takes longer the more its documents hold. Six who write all day long do
                // not write in one month alone: what is measured is how long the relay takes.
                let now = phone.now().month();
                let month = (0..written % MONTHS).fold(now, |month, _| month.previous());
                let act = note(self.person, month, audience, text);
                let document = act.document();
                let record = phone.act(act).await.context("an honest act")?;
                self.written.borrow_mut().push((document, record));
                let began = Instant::now();
                phone.exchange().await?;
                ensure!(
                    phone.link() == Link::Reached,
                    "an honest phone does not get through: {:?}",
                    phone.link()
                );
                times
                    .borrow_mut()
                    .0
                    .push(began.elapsed().as_secs_f64() * 1000.0);
                tokio::time::sleep(PAUSE).await;
            }
            Ok::<_, anyhow::Error>(())
        };
        try_join_all(self.phones.iter().enumerate().map(one)).await?;
        Ok(times.into_inner())
    }

    /// Looks for all that was ever written, on this phone.
    pub(super) fn look_for_all(&self, phone: &Phone) -> Result<usize> {
        let phone = phone.phone();
        let written = self.written.borrow();
        for (document, record) in written.iter() {
            ensure!(
                phone.receipt(*document, *record).is_some(),
                "{record} of {document} is lost"
            );
        }
        Ok(written.len())
    }
}
