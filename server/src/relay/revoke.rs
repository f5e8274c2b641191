//! Who and what does not belong to the team any more, and what is said to it.

use super::{
    Dice, Done, Team, cover::Arrived, decide::malformed, push::Sender, scribe::Decided,
    subscriptions::unknown,
};
use crate::{
    journal::{Entry, Payload},
    problem::Problem,
    vet,
};
use kith_shared::{
    api::{KnownDevice, ProblemCode, Revoke},
    documents::{DocumentId, DocumentKind, team::TeamRecord},
    domain::team::{Member, Role},
    ids::{DeviceId, MemberId},
    policy::Refusal,
    sync::{Outcome, Push, Seq},
    time::Moment,
};
use std::collections::BTreeSet;

impl Team {
    /// The member who acts with this device, if both belong to the team.
    pub fn acting(&self, device: DeviceId) -> Result<&Member, Problem> {
        let member = self.member_of(device).ok_or_else(unknown)?;
        if self.is_revoked(device) {
            return Err(Problem::new(
                ProblemCode::Revoked,
                "A sync hands in what was not sent yet, and says what to forget.",
            ));
        }
        Ok(member)
    }

    /// Whether this device, or its member, belonged to the team and does not any more.
    pub fn is_revoked(&self, device: DeviceId) -> bool {
        let left = |member: &Member| member.left.is_some();
        self.roster().lost.contains_key(&device) || self.member_of(device).is_some_and(left)
    }

    /// Whether a member became something else after this place in the journal.
    pub fn is_another_since(&self, member: MemberId, seq: Seq) -> bool {
        self.rights.is_another_since(member, seq)
    }

    /// The devices that the member of this one may revoke, the earliest first.
    pub fn known_devices(&self, asks: DeviceId) -> Result<Vec<KnownDevice>, Problem> {
        let me = self.acting(asks)?;
        let theirs = self.devices.iter().filter(|(id, device)| {
            !self.is_revoked(**id) && (device.member == me.id || me.role == Role::Manager)
        });
        let mut known: Vec<_> = theirs
            .map(|(id, device)| KnownDevice {
                device: *id,
                member: device.member,
                joined: device.joined,
                this: *id == asks,
                held_back: self.rations.held_back(*id),
            })
            .collect();
        known.sort_by_key(|device| (device.joined, device.device));
        Ok(known)
    }

    /// A member says, with this device, that someone or something does not belong to the team.
    pub fn revoke(
        &mut self,
        device: DeviceId,
        what: &Revoke,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<TeamRecord>, Problem> {
        let me = self.acting(device)?.clone();
        let said_by = Some(me.id);
        let says = match what {
            Revoke::Member { member } => {
                let target = self.present(*member)?;
                may_dismiss(&me, target)?;
                if target.role == Role::Manager {
                    self.keeps_a_manager(target)?;
                }
                TeamRecord::Left {
                    member: *member,
                    said_by,
                }
            }
            Revoke::Device { device } => {
                let lost = self.lost(*device, said_by)?;
                let whose = self.member_of(*device).map(|m| m.id);
                if me.role != Role::Manager && whose != said_by {
                    return Err(not_allowed("Whose device it is can say so, or a manager."));
                }
                lost
            }
            Revoke::Consent { member, withhold } => {
                let target = self.present(*member)?;
                may_withhold(&me, target, withhold)?;
                TeamRecord::Withheld {
                    member: *member,
                    kinds: withhold.clone(),
                    said_by: me.id,
                }
            }
        };
        Ok(self.write_revoked(says, now, dice))
    }

    /// The record that says that a device is lost.
    pub(super) fn lost(
        &self,
        device: DeviceId,
        said_by: Option<MemberId>,
    ) -> Result<TeamRecord, Problem> {
        let known = self.devices.get(&device).ok_or_else(|| {
            let help = "Look at the list of devices again: this one is not in the team.";
            Problem::new(ProblemCode::NotFound, help)
        })?;
        Ok(TeamRecord::DeviceLost {
            device,
            member: known.member,
            said_by,
        })
    }

    /// Writes what was decided, and what follows from it: shifts are open that a member held who
    /// left, and nobody is woken and no calendar read any more. Says nothing twice.
    pub(super) fn write_revoked(
        &mut self,
        says: TeamRecord,
        now: Moment,
        dice: Dice<'_>,
    ) -> Done<TeamRecord> {
        let roster = self.roster();
        let known = match &says {
            TeamRecord::Left { member, .. } => {
                roster.members.get(member).is_none_or(|m| m.left.is_some())
            }
            TeamRecord::DeviceLost { device, .. } => roster.lost.contains_key(device),
            TeamRecord::Withheld { member, kinds, .. } => {
                let member = roster.members.get(member);
                member.is_none_or(|m| m.withheld == *kinds)
            }
            TeamRecord::Erased { person } => roster.erased.contains_key(person),
            _ => false,
        };
        let mut entries = Vec::new();
        if !known {
            let mut decided = Decided::default();
            self.end_ways_in(&mut decided, &says, now);
            decided.write(self, DocumentId::Team, says.clone(), now, dice);
            entries = self.enact(decided);
            entries.extend(self.settle(Arrived::default(), now, dice));
        }
        Done {
            entries,
            reply: says,
        }
    }

    fn end_ways_in(&self, to: &mut Decided, says: &TeamRecord, now: Moment) {
        let (by, as_device) = (self.relay, self.relay_device());
        let leaves = |member: &Member| match says {
            TeamRecord::Left { member: who, .. } => member.id == *who,
            TeamRecord::Erased { person } => member.role.person() == Some(*person),
            _ => false,
        };
        let gone = |id: &DeviceId| match says {
            TeamRecord::DeviceLost { device, .. } => id == device,
            _ => self.member_of(*id).is_some_and(leaves),
        };
        for device in self.endpoints.keys().copied().filter(gone) {
            to.note(now, by, as_device, Payload::PushOff { device });
        }
        for member in self.roster().present().filter(|m| leaves(m)) {
            if self.has_calendar(member.id) {
                to.note(now, member.id, as_device, Payload::CalendarOff);
            }
        }
    }

    fn present(&self, member: MemberId) -> Result<&Member, Problem> {
        let known = self.roster().members.get(&member);
        known.ok_or_else(|| malformed("Nobody of this id has joined the team."))
    }

    fn keeps_a_manager(&self, but: &Member) -> Result<(), Problem> {
        let mut others = self.roster().present().filter(|m| m.id != but.id);
        if others.any(|m| m.role == Role::Manager) {
            return Ok(());
        }
        Err(not_allowed(
            "A team keeps a manager: invite the next one first.",
        ))
    }

    /// What a revoked device hands in is put aside, each change once, and taken in nowhere. What
    /// the journal has of it was taken in before.
    pub(super) fn hand_in(
        &mut self,
        member: &Member,
        device: DeviceId,
        push: &[Push],
        now: Moment,
        dice: Dice<'_>,
    ) -> (Vec<Entry>, Vec<Outcome>) {
        let sender = Sender {
            member,
            device,
            now,
        };
        let (mut decided, mut outcomes) = (Decided::default(), Vec::new());
        for (document, change) in push.iter().flat_map(|p| {
            let changes = p.changes.iter();
            changes.map(move |change| (p.document, change))
        }) {
            let archive = self.archives.get(&document);
            let before = archive.and_then(|a| a.find(&vet::name(change)?));
            outcomes.push(match before {
                Some(held) => Outcome::Duplicate(self.receipt(document, held)),
                None => Outcome::Refused {
                    code: Refusal::Revoked,
                    quarantine: self.put_aside(
                        &mut decided,
                        sender,
                        document,
                        change,
                        Refusal::Revoked,
                        dice,
                    ),
                },
            });
        }
        (self.enact(decided), outcomes)
    }
}

fn may_dismiss(me: &Member, who: &Member) -> Result<(), Problem> {
    let may = match me.role {
        Role::Manager => true,
        Role::Person(mine) => {
            [Role::FamilyContact(mine), Role::AuthorisedPerson(mine)].contains(&who.role)
        }
        Role::AuthorisedPerson(mine) => who.role == Role::FamilyContact(mine),
        Role::Pa | Role::FamilyContact(_) => false,
    };
    if may {
        return Ok(());
    }
    Err(not_allowed(
        "A manager can say so; of their family contacts and authorised person, the person can.",
    ))
}

fn may_withhold(me: &Member, who: &Member, kinds: &BTreeSet<DocumentKind>) -> Result<(), Problem> {
    let (Role::Person(mine) | Role::AuthorisedPerson(mine), Role::FamilyContact(theirs)) =
        (me.role, who.role)
    else {
        return Err(not_allowed(
            "Who speaks for a person says what is shared with their family contacts.",
        ));
    };
    if mine != theirs {
        return Err(not_allowed("This is the family contact of someone else."));
    }
    if kinds.iter().any(|kind| *kind != DocumentKind::Notes) {
        return Err(malformed(
            "Notes can be withheld from a family contact. To share nothing at all, remove them.",
        ));
    }
    Ok(())
}

fn not_allowed(help: &str) -> Problem {
    Problem::new(ProblemCode::NotAllowed, help)
}
