//! A few phones that press a relay with changes until it ends, and know what it acknowledged.

use crate::process::{House, Phone, Relay, join, level, note};
use anyhow::{Result, bail, ensure};
use automerge::{Change, ChangeHash};
use futures_util::future::{self, Either, join_all, select};
use kith_app::engine::Link;
use kith_relay::journal::{Journal as _, Payload};
use kith_shared::{
    api::ProblemCode,
    documents::DocumentId,
    domain::note::Audience,
    ids::{PersonId, TeamId},
    intent::Intent,
    sync::Seq,
    time::Month,
};
use std::{collections::BTreeMap, pin::pin, time::Duration};

/// Phones of a team.
const PHONES: usize = 3;
/// Longest text of a note: some entries are a few hundred bytes, some several chunks of the store.
const LONGEST: usize = 6_000;
/// After the end, replies that were sent before it are still on their way.
const DRAIN: Duration = Duration::from_millis(200);

/// After the phones noticed the end.
const NOTICED: Duration = Duration::from_secs(5);

/// Where a change stands, as phones were told.
pub(super) type Acknowledged = BTreeMap<(DocumentId, ChangeHash), Seq>;

/// The phones of a team that writes a lot.
pub(super) struct BusyTeam {
    id: TeamId,
    person: PersonId,
    phones: Vec<Phone>,
}

impl BusyTeam {
    /// A new team in this house, with a relay that serves it.
    pub(super) async fn found(house: &House) -> Result<(Self, Relay)> {
        let (id, first) = house.found("Tîm Afon")?;
        let relay = house.serve()?;
        let morgan = house.invite("person", "Morgan", &[])?;
        let mut codes = vec![first.code];
        for n in 1..PHONES {
            codes.push(house.invite("pa", &format!("PA {n}"), &[])?.code);
        }
        let mut phones = Vec::new();
        for code in codes {
            phones.push(join(relay.origin(), &code).await?);
        }
        let Some(person) = morgan.person else {
            bail!("the person has no id");
        };
        Ok((Self { id, person, phones }, relay))
    }

    /// All phones write and send as fast as they can until `end`, and a little longer, so that
    /// they hear what was said to them before it.
    pub(super) async fn press<T>(
        &self,
        dice: &mut fastrand::Rng,
        end: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let writers = self
            .phones
            .iter()
            .map(|phone| write(phone, self.person, dice.fork()));
        let writers = join_all(writers);
        match select(pin!(writers), pin!(end)).await {
            // They notice the end a little earlier than who waits for it, and nothing else.
            Either::Left((_, end)) => match tokio::time::timeout(NOTICED, end).await {
                Ok(ended) => ended,
                Err(_) => bail!("the phones stopped writing"),
            },
            Either::Right((ended, writers)) => {
                let ended = ended?;
                let _ = tokio::time::timeout(DRAIN, writers).await;
                Ok(ended)
            }
        }
    }

    /// All phones write and send until the relay does not take what they have; `meanwhile` sees to
    /// that.
    pub(super) async fn press_until_refused<T>(
        &self,
        dice: &mut fastrand::Rng,
        meanwhile: impl Future<Output = Result<T>>,
    ) -> Result<T> {
        let phones = self.phones.iter();
        let writers = phones.map(|phone| write(phone, self.person, dice.fork()));
        future::join(join_all(writers), meanwhile).await.1
    }

    /// The relay is another process now: the connections to the former one have ended.
    pub(super) async fn find_again(&self) -> Result<()> {
        for phone in &self.phones {
            phone.exchange().await?;
        }
        Ok(())
    }

    /// Every change of which a phone was told that the relay has it.
    pub(super) fn acknowledged(&self) -> Acknowledged {
        let mut all = Acknowledged::new();
        for phone in &self.phones {
            for (id, held) in phone.phone().held() {
                for change in held.vetted().changes() {
                    if let Some(receipt) = held.receipt_of(&change.hash()) {
                        all.insert((*id, change.hash()), receipt.seq);
                    }
                }
            }
        }
        all
    }

    fn stored(&self, house: &House) -> Result<Acknowledged> {
        let mut there = Acknowledged::new();
        for entry in house.journal()?.entries(self.id) {
            let entry = entry?;
            if let Payload::Change(kept) = entry.payload {
                let change = Change::from_bytes(kept.bytes().0.clone())?;
                there.insert((kept.document(), change.hash()), entry.seq);
            }
        }
        Ok(there)
    }

    /// Looks for all that was acknowledged in the journal that a relay left behind in this house.
    pub(super) fn look_for(&self, acknowledged: &Acknowledged, house: &House) -> Result<()> {
        house.check()?;
        let there = self.stored(house)?;
        let lost = acknowledged
            .iter()
            .filter(|(change, seq)| there.get(change) != Some(seq))
            .count();
        ensure!(
            lost == 0,
            "{lost} of {} acknowledged changes lost",
            acknowledged.len()
        );
        Ok(())
    }

    /// Looks for these changes in the journal of a house that was restored, wherever they stand.
    pub(super) fn look_for_again(&self, acknowledged: &Acknowledged, house: &House) -> Result<()> {
        house.check()?;
        let there = self.stored(house)?;
        let lost = acknowledged.keys().filter(|c| !there.contains_key(c));
        let (lost, all) = (lost.count(), acknowledged.len());
        ensure!(
            lost == 0,
            "{lost} of {all} changes are not in what was restored"
        );
        Ok(())
    }

    /// All phones were told that the relay has no room.
    pub(super) fn is_told_of_no_room(&self) -> bool {
        let told = Link::Trouble(ProblemCode::StorageFull);
        self.links().iter().all(|link| *link == told)
    }

    /// How the phones last found the relay.
    pub(super) fn links(&self) -> Vec<Link> {
        self.phones.iter().map(|phone| phone.link()).collect()
    }

    /// How many acts wait on the phones.
    pub(super) fn waiting(&self) -> usize {
        let waiting = |phone: &Phone| phone.phone().outbox().len();
        self.phones.iter().map(waiting).sum()
    }

    /// All phones try to send what waits; twice, since a connection from before a crash fails once.
    pub(super) async fn exchange(&self) -> Result<()> {
        for phone in self.phones.iter().chain(&self.phones) {
            phone.exchange().await?;
        }
        Ok(())
    }

    /// The relay is back: the phones go on and become level.
    pub(super) async fn go_on(&self) -> Result<()> {
        level(&self.phones).await
    }
}

/// Writes and sends until the relay does not answer any more.
async fn write(phone: &Phone, person: PersonId, mut dice: fastrand::Rng) -> Result<()> {
    loop {
        // Several at a time, now and then: pushes of one change and of many.
        for _ in 0..dice.usize(1..4) {
            phone.act(some_act(phone, person, &mut dice)).await?;
        }
        phone.exchange().await?;
        if phone.link() != Link::Reached {
            return Ok(());
        }
    }
}

fn some_act(phone: &Phone, person: PersonId, dice: &mut fastrand::Rng) -> Intent {
    let now = phone.now();
    let month = some_month(now.month(), dice);
    if dice.u8(..4) == 0 {
        return Intent::ClockIn {
            person,
            month,
            shift: None,
            place: None,
        };
    }
    let audience = if dice.bool() {
        Audience::Family
    } else {
        Audience::Team
    };
    let length = dice.usize(1..LONGEST);
    let text: String = std::iter::repeat_with(|| dice.alphanumeric())
        .take(length)
        .collect();
    note(person, month, audience, text)
}

fn some_month(now: Month, dice: &mut fastrand::Rng) -> Month {
    (0..dice.usize(..3)).fold(now, |month, _| month.previous())
}
