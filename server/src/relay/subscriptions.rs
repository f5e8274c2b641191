//! Who is woken, and where: the endpoints that devices gave for Web Push.

use super::{Done, Team};
use crate::{
    journal::{Draft, Payload},
    problem::Problem,
};
use kith_shared::{
    api::ProblemCode,
    ids::{DeviceId, MemberId, TeamId},
    time::Moment,
};
use std::collections::BTreeSet;

/// Where a device is woken.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Subscription {
    /// The device.
    pub device: DeviceId,
    /// Where its push service takes pushes for it: who knows it can wake the device, so it is not
    /// for logs.
    pub endpoint: String,
}

/// Devices that are to be woken, because the journal has something for their members.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Wake {
    /// Of which team.
    pub team: TeamId,
    /// Which devices.
    pub to: Vec<Subscription>,
}

impl Team {
    /// The device is woken at this endpoint from now on. Who calls has checked that it is one of a
    /// push service.
    pub fn push_on(
        &mut self,
        device: DeviceId,
        endpoint: String,
        now: Moment,
    ) -> Result<Done<()>, Problem> {
        let member = self.acting(device)?.id;
        if self.push_endpoint(device) == Some(&*endpoint) {
            return Ok(nothing());
        }
        Ok(self.note(now, member, device, Payload::PushOn { device, endpoint }))
    }

    /// The device is woken no more, because it says so.
    pub fn push_off(&mut self, device: DeviceId, now: Moment) -> Result<Done<()>, Problem> {
        let member = self.acting(device)?.id;
        if self.push_endpoint(device).is_none() {
            return Ok(nothing());
        }
        Ok(self.note(now, member, device, Payload::PushOff { device }))
    }

    /// The push service says that this endpoint is gone. A device that has given another since
    /// keeps that.
    pub fn forget_endpoint(&mut self, gone: &Subscription, now: Moment) -> Done<()> {
        let device = gone.device;
        if self.push_endpoint(device) != Some(&*gone.endpoint) {
            return nothing();
        }
        let (relay, as_device) = (self.relay, self.relay_device());
        self.note(now, relay, as_device, Payload::PushOff { device })
    }

    /// Where a device is woken.
    pub fn push_endpoint(&self, device: DeviceId) -> Option<&str> {
        self.endpoints.get(&device).map(String::as_str)
    }

    /// Where these members are woken: on all of their devices that want to be, each endpoint once.
    pub fn endpoints_of(&self, members: &[MemberId]) -> Vec<Subscription> {
        let mut said = BTreeSet::new();
        let theirs = self.endpoints.iter().filter(|(device, endpoint)| {
            let theirs = self.acting(**device);
            theirs.is_ok_and(|m| members.contains(&m.id)) && said.insert(*endpoint)
        });
        theirs
            .map(|(device, endpoint)| Subscription {
                device: *device,
                endpoint: endpoint.clone(),
            })
            .collect()
    }

    /// These members are to be woken. **The one call for whoever writes that someone is asked or
    /// told something**: made while a command is carried out, it takes effect when the command's
    /// entries are durable, and not at all when they cannot be appended.
    pub fn wake(&mut self, members: impl IntoIterator<Item = MemberId>) {
        self.to_wake.extend(members);
    }

    /// Where those who are to be woken are; nobody is to be afterwards.
    pub(super) fn take_wake(&mut self) -> Vec<Subscription> {
        let members: Vec<_> = std::mem::take(&mut self.to_wake).into_iter().collect();
        self.endpoints_of(&members)
    }

    /// A member's device did something that is of no document.
    pub(super) fn note(
        &mut self,
        now: Moment,
        member: MemberId,
        device: DeviceId,
        payload: Payload,
    ) -> Done<()> {
        let entries = self.commit(vec![Draft {
            received_at: now,
            member,
            device,
            payload,
        }]);
        Done { entries, reply: () }
    }
}

pub(super) fn nothing() -> Done<()> {
    Done {
        entries: Vec::new(),
        reply: (),
    }
}

pub(super) fn unknown() -> Problem {
    let help = "Show the credential that came with joining, or join with a new invitation.";
    Problem::new(ProblemCode::DeviceUnknown, help)
}
