//! A team to look at: invented people, a published rota of the last two and the next four weeks,
//! visits, notes and cover. Everything comes in the way it would from real phones: each member's device
//! joins with an invitation, acts through the engine and exchanges with the relay.

mod aside;
mod cover;
mod life;
mod team;

use anyhow::{Context, Result, bail};
use kith_app::{
    engine::{Me, Phone},
    platform::{self, http::Relay},
};
use kith_shared::{
    api::{Code, Join},
    bytes::Array,
    ids::DeviceId,
    intent::Intent,
    sync::SyncRequest,
    time::Moment,
};

pub use aside::lost;
pub use cover::cover;
pub use life::live;
pub use team::{Cast, PAS, TEAM};

/// A phone of the demo: the engine with a relay, and a clock that the demo turns.
pub struct DemoPhone {
    phone: Phone,
    relay: Relay,
}

impl DemoPhone {
    /// Joins with a code at this time by its clock.
    pub async fn join(origin: &str, code: &str, now: Moment) -> Result<Self> {
        let relay = Relay::new(origin);
        let key = Array(platform::random());
        let device = DeviceId::new(now, platform::dice());
        let code: Code = code.parse().context("the relay gave a code that is none")?;
        let join = Join {
            code: code.to_string(),
            device,
            key: platform::public_key(&key),
        };
        let joined = relay.join(&join).await.context("joining")?;
        let mut phone = Phone::default();
        let _ = phone.join(
            Me {
                device,
                key,
                joined,
            },
            now,
        );
        Ok(Self { phone, relay })
    }

    /// The engine.
    pub fn phone(&self) -> &Phone {
        &self.phone
    }

    /// Does something at this time by its clock.
    pub fn act(&mut self, intent: Intent, at: Moment) -> Result<kith_shared::ids::RecordId> {
        // The demo turns the clock itself: what it is told stands.
        let clock = at - self.phone.skew();
        let (record, _) = self.phone.act(intent, clock, platform::dice())?;
        Ok(record)
    }

    /// Exchanges with the relay until both are level, or the phone has heard that it was lost.
    pub async fn exchange(&mut self, now: Moment) -> Result<()> {
        for _ in 0..1000 {
            if self.phone.gone().is_some() {
                return Ok(());
            }
            let (Some(me), Some(sent)) = (self.phone.me().cloned(), self.phone.request()) else {
                bail!("this phone has not joined");
            };
            let request = SyncRequest::new(vec![sent.request.clone()]);
            let (reply, pass) = self.relay.sync(&me, &request, now).await?;
            if let Some(pass) = pass {
                let _ = self.phone.renew(pass);
            }
            let team = reply.teams.first().context("an empty reply")?;
            let progress = self.phone.receive(&sent, team, reply.now, now);
            if !progress.again {
                return Ok(());
            }
        }
        bail!("the exchange does not come to an end")
    }
}
