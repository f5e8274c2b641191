//! Who comes into a team: founding, inviting, joining. Each is decided on the state as it is and
//! changes nothing; only what was decided does.

use super::{
    Dice, Done, circle,
    fold::{Invitation, Team},
    proof::ProofKey,
    scribe::Decided,
};
use crate::{
    journal::{Entry, Payload},
    problem::Problem,
};
use kith_shared::{
    api::{Code, Invite, ProblemCode},
    bytes::Array,
    documents::{DocumentId, profile::ProfileRecord, team::TeamRecord},
    domain::team::{Hat, Member, Person, Role},
    ids::{DeviceId, Epoch, InvitationId, MemberId, PersonId, TeamId},
    limits,
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize};
use sha2::{Digest as _, Sha256};
use subtle::ConstantTimeEq as _;

/// An invitation that was made.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Invited {
    /// What the invited need to join.
    pub code: Code,
    /// Who they will be.
    pub member: MemberId,
    /// The person whom the role is bound to.
    pub person: Option<PersonId>,
    /// Until when it is open.
    pub expires: Moment,
}

/// That a device belongs to a member of a team: all that a relay which lost it needs to know.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[allow(missing_docs)] // As in `Payload::DeviceJoined` and `Member`.
pub struct Credential {
    pub team: TeamId,
    pub team_name: String,
    pub device: DeviceId,
    pub key: Array<32>,
    pub member: MemberId,
    pub name: String,
    pub role: Role,
    pub invitation: InvitationId,
}

impl Team {
    /// A new team.
    pub fn found(
        id: TeamId,
        name: &str,
        key: ProofKey,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<(Self, Vec<Entry>), Problem> {
        let name = a_name(name)?;
        let mut team = Self::empty(id, key);
        let mut decided = Decided::default();
        let (relay, device) = (MemberId::new(now, dice()), DeviceId::new(now, dice()));
        let created = Payload::TeamCreated {
            name: name.clone(),
            epoch: Epoch::new(now, dice()),
        };
        decided.note(now, relay, device, created);
        team.relay = relay;
        decided.scribe = Some(device);
        decided.write(
            &team,
            DocumentId::Team,
            TeamRecord::Named { name },
            now,
            dice,
        );
        let entries = team.enact(decided);
        Ok((team, entries))
    }

    /// Invites someone.
    pub fn invite(
        &mut self,
        invite: &Invite,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<Invited>, Problem> {
        let (decided, reply) = self.decide_invite(invite, now, dice)?;
        let entries = self.enact(decided);
        Ok(Done { entries, reply })
    }

    fn decide_invite(
        &self,
        invite: &Invite,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<(Decided, Invited), Problem> {
        let mut decided = Decided::default();
        let member = match invite.member {
            Some(id) => self.member_or_invited(id).ok_or_else(|| {
                malformed("No member of the team has this id. \"kith-relay invite --json\" prints a member's when they are invited.")
            })?,
            None => self.new_member(&mut decided, invite, now, dice)?,
        };
        if member.left.is_some() {
            return Err(malformed(
                "They have left the team: invite them anew, without the id that they had.",
            ));
        }
        let code = Code {
            team: self.id,
            invitation: InvitationId::new(now, dice()),
            secret: Array(dice().to_be_bytes()),
        };
        let life = invite
            .hours
            .map_or(limits::INVITATION_LIFE, |h| Span::hours(h.into()));
        let person = member.role.person();
        let invited = Invited {
            member: member.id,
            person,
            expires: now + life,
            code,
        };
        let open = Payload::Invited {
            invitation: invited.code.invitation,
            secret: secret_hash(&invited.code),
            member: member.id,
            name: in_the_team(&member.name, member.role),
            role: member.role,
            expires: invited.expires,
        };
        decided.note(now, self.relay, self.relay_device(), open);
        Ok((decided, invited))
    }

    /// Who has joined, or was invited and has not: an invitation can get lost.
    fn member_or_invited(&self, id: MemberId) -> Option<Member> {
        let invited = || {
            let invitation = self.invitations.values().find(|i| i.member == id)?;
            Some(Member::plain(id, self.called(invitation), invitation.role))
        };
        self.board.roster.members.get(&id).cloned().or_else(invited)
    }

    /// The relay's device where nothing was written into a document.
    pub(super) fn relay_device(&self) -> DeviceId {
        DeviceId::from_bytes(self.relay.to_bytes())
    }

    fn has_room(&self) -> Result<(), Problem> {
        if self.board.roster.present().count() < limits::MEMBERS_PER_TEAM {
            return Ok(());
        }
        let help = format!("A team has at most {} members.", limits::MEMBERS_PER_TEAM);
        Err(Problem::new(ProblemCode::TooManyMembers, help))
    }

    fn new_member(
        &self,
        to: &mut Decided,
        invite: &Invite,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Member, Problem> {
        let name = a_name(&invite.name)?;
        self.has_room()?;
        let person = invite
            .person
            .as_deref()
            .map(|p| self.find_person(p))
            .transpose()?;
        let role = match (invite.role.as_str(), person) {
            ("pa", None) => Role::Pa,
            ("manager", None) => Role::Manager,
            ("pa" | "manager", Some(_)) => {
                return Err(malformed(
                    "This role is bound to no person: leave the person out.",
                ));
            }
            ("person", Some(p)) => Role::Person(p),
            ("person", None) => Role::Person(self.new_person(to, invite, now, dice)?),
            ("authorised-person", Some(p)) => Role::AuthorisedPerson(p),
            ("family-contact", Some(p)) => Role::FamilyContact(p),
            ("authorised-person" | "family-contact", None) => {
                return Err(malformed(
                    "This role is bound to a person: say whose, by name or id.",
                ));
            }
            _ => {
                return Err(malformed(
                    "The role is one of pa, person, authorised-person, family-contact, manager.",
                ));
            }
        };
        let id = MemberId::new(now, dice());
        Ok(Member::plain(id, name, role))
    }

    pub(super) fn find_person(&self, text: &str) -> Result<PersonId, Problem> {
        let people = self.board.roster.people.values();
        let is = |p: &&Person| p.name == text || p.id.to_string() == text;
        let mut found = people.filter(is);
        match (found.next(), found.next()) {
            (Some(person), None) => Ok(person.id),
            (None, _) => Err(malformed("The team supports nobody of this name or id.")),
            (Some(_), Some(_)) => Err(malformed("Two people have this name: say which by id.")),
        }
    }

    fn new_person(
        &self,
        to: &mut Decided,
        invite: &Invite,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<PersonId, Problem> {
        let long = |text: &String| text.chars().count() > limits::NAME_CHARS;
        if long(&invite.address)
            || invite.goals.iter().any(long)
            || invite.goals.len() > limits::ITEMS
        {
            return Err(malformed(&format!(
                "An address or a goal has at most {} characters, and there are at most {} goals.",
                limits::NAME_CHARS,
                limits::ITEMS
            )));
        }
        let person = Person {
            id: PersonId::new(now, dice()),
            name: a_name(&invite.name)?,
            address: invite.address.trim().to_owned(),
            goals: invite.goals.clone(),
        };
        let id = person.id;
        circle::person(self, to, &person, now, dice);
        let supported = TeamRecord::Person { person: id };
        to.write(self, DocumentId::Team, supported, now, dice);
        let who = ProfileRecord::Person { person };
        to.write(self, DocumentId::profile(id), who, now, dice);
        Ok(id)
    }

    /// A device joins with a code. The same device may say so again: a reply can get lost.
    pub fn join(
        &mut self,
        code: &Code,
        device: DeviceId,
        key: Array<32>,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<Credential>, Problem> {
        let (decided, reply) = self.decide_join(code, device, key, now, dice)?;
        let entries = self.enact(decided);
        Ok(Done { entries, reply })
    }

    fn decide_join(
        &self,
        code: &Code,
        device: DeviceId,
        key: Array<32>,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<(Decided, Credential), Problem> {
        let found = self.invitations.get(&code.invitation);
        let invitation = found.filter(|i| bool::from(i.secret.0.ct_eq(&secret_hash(code).0)));
        let invitation = invitation.ok_or_else(|| {
            let help = "Check that the whole link was copied, or ask for a new invitation.";
            Problem::new(ProblemCode::InvitationUnknown, help)
        })?;
        let credential = self.credential(code.invitation, invitation, device, key);
        match self.used.get(&code.invitation) {
            Some(by) if *by == device && self.devices.get(by).is_some_and(|d| d.key == key) => {
                return Ok((Decided::default(), credential));
            }
            Some(_) => {
                let help = "An invitation lets in one device. Ask for a new one.";
                return Err(Problem::new(ProblemCode::InvitationUsed, help));
            }
            None => {}
        }
        let members = &self.board.roster.members;
        if members
            .get(&invitation.member)
            .is_some_and(|m| m.left.is_some())
        {
            let help = "Who it was for has left the team. Ask for a new invitation.";
            return Err(Problem::new(ProblemCode::InvitationExpired, help));
        }
        if now >= invitation.expires {
            let help = "Ask for a new invitation.";
            return Err(Problem::new(ProblemCode::InvitationExpired, help));
        }
        let decided = self.admit(&credential, now, dice)?;
        Ok((decided, credential))
    }

    /// A device that this relay forgot comes back. Who calls has checked that the relay itself
    /// once wrote the credential.
    pub fn rejoin(
        &mut self,
        credential: &Credential,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<()>, Problem> {
        let known = self.devices.get(&credential.device);
        let entries = if known.is_some_and(|d| d.key == credential.key)
            && self.member_of(credential.device).is_some()
        {
            Vec::new()
        } else {
            let decided = self.admit(credential, now, dice)?;
            self.enact(decided)
        };
        Ok(Done { entries, reply: () })
    }

    fn admit(&self, who: &Credential, now: Moment, dice: Dice<'_>) -> Result<Decided, Problem> {
        if self
            .devices
            .get(&who.device)
            .is_some_and(|d| (d.key, d.member) != (who.key, who.member))
        {
            let help = "This device belongs to someone else in the team. Join from another phone or browser profile.";
            return Err(Problem::new(ProblemCode::NotAuthorised, help));
        }
        let theirs = self.devices.iter().filter(|(_, d)| d.member == who.member);
        if theirs
            .filter(|(id, _)| !self.board.roster.lost.contains_key(id))
            .count()
            >= limits::DEVICES_PER_MEMBER
        {
            let help = format!(
                "A member has at most {} devices.",
                limits::DEVICES_PER_MEMBER
            );
            return Err(Problem::new(ProblemCode::TooManyDevices, help));
        }
        let mut decided = Decided::default();
        if !self.board.roster.members.contains_key(&who.member) {
            self.has_room()?;
            let name = in_the_team(&who.name, who.role);
            let mut member = Member::plain(who.member, name, who.role);
            // Someone has to hold the rota: the first PA does, until they hand it on.
            let mut members = self.board.roster.present();
            if who.role == Role::Pa && !members.any(|m| m.holds_rota(now)) {
                member.hats.insert(Hat::RotaHolder, now + limits::HAT_TERM);
            }
            circle::member(self, &mut decided, &member, now, dice);
            decided.write(
                self,
                DocumentId::Team,
                TeamRecord::Member { member },
                now,
                dice,
            );
        }
        let joined = Payload::DeviceJoined {
            device: who.device,
            key: who.key,
            member: who.member,
            invitation: who.invitation,
        };
        decided.note(now, who.member, who.device, joined);
        Ok(decided)
    }

    /// What the invited are called.
    fn called(&self, invitation: &Invitation) -> String {
        let person = match invitation.role {
            Role::Person(person) => self.board.roster.people.get(&person),
            _ => None,
        };
        person.map_or_else(|| invitation.name.clone(), |p| p.name.clone())
    }

    fn credential(
        &self,
        id: InvitationId,
        invitation: &Invitation,
        device: DeviceId,
        key: Array<32>,
    ) -> Credential {
        Credential {
            team: self.id,
            team_name: self.name.clone(),
            device,
            key,
            member: invitation.member,
            name: self.called(invitation),
            role: invitation.role,
            invitation: id,
        }
    }
}

/// A name as the team's own records have it: a person's is in that person's alone, and is erased
/// with them.
fn in_the_team(name: &str, role: Role) -> String {
    match role {
        Role::Person(_) => String::new(),
        _ => name.to_owned(),
    }
}

fn a_name(text: &str) -> Result<String, Problem> {
    let name = text.trim();
    if name.is_empty() || name.chars().count() > limits::NAME_CHARS {
        let most = limits::NAME_CHARS;
        return Err(malformed(&format!("A name has 1 to {most} characters.")));
    }
    Ok(name.to_owned())
}

fn secret_hash(code: &Code) -> Array<32> {
    Array(Sha256::digest(code.secret.0).into())
}

pub(super) fn malformed(detail: &str) -> Problem {
    Problem::new(ProblemCode::Malformed, detail)
}
