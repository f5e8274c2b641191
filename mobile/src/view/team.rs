//! *Phones and people*: my phones, those who belong to the team, and what family contacts read.

use super::face::{self, Face};
use crate::engine::Phone;
use kith_shared::{
    api::{KnownDevice, Revoke},
    documents::DocumentKind,
    domain::team::{Member, Role},
    ids::{DeviceId, MemberId},
    time::{Day, Moment},
};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Team {
    /// My own phones, the latest first.
    pub mine: Vec<Handset>,
    /// Those about whom I may say something, by name.
    pub others: Vec<Someone>,
}

/// A phone.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Handset {
    /// Which.
    pub id: DeviceId,
    /// Since when it belongs to the team.
    pub since: Day,
    /// It is the one in the hand.
    pub this: bool,
    /// The last day on which it sent more than is taken in, as no honest phone does.
    pub held_back: Option<Day>,
}

/// Somebody who belongs to the team.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Someone {
    /// Who.
    pub face: Face<MemberId>,
    /// What they are to the team.
    pub role: Role,
    /// Whether they read the notes that are shared with family, where it is mine to say.
    pub notes: Option<bool>,
    /// Their phones, where I may see them; the latest first.
    pub phones: Vec<Handset>,
}

/// The screen, with the devices that the relay named.
pub fn team(phone: &Phone, devices: &[KnownDevice]) -> Option<Team> {
    let me = phone.me()?;
    let (role, my_id) = (me.joined.role, me.joined.member);
    let members = phone.book().board.roster.present();
    let others = members.filter(|m| m.id != my_id && is_mine_to_say(role, m));
    let mut others: Vec<_> = others
        .map(|m| Someone {
            face: face::member(phone, m.id),
            role: m.role,
            notes: (speaks(role) && matches!(m.role, Role::FamilyContact(_)))
                .then(|| !m.withheld.contains(&DocumentKind::Notes)),
            phones: phones(devices, m.id),
        })
        .collect();
    others.sort_by_key(|one| (one.face.name.to_lowercase(), one.face.id));
    Some(Team {
        mine: phones(devices, my_id),
        others,
    })
}

/// What says that they share notes with a family contact, or share them no more.
pub fn share_notes(member: MemberId, share: bool) -> Revoke {
    let withhold = (!share).then_some(DocumentKind::Notes);
    Revoke::Consent {
        member,
        withhold: withhold.into_iter().collect(),
    }
}

/// As the relay decides it; only there it counts.
fn is_mine_to_say(role: Role, who: &Member) -> bool {
    match role {
        Role::Manager => true,
        Role::Person(mine) => {
            [Role::FamilyContact(mine), Role::AuthorisedPerson(mine)].contains(&who.role)
        }
        Role::AuthorisedPerson(mine) => who.role == Role::FamilyContact(mine),
        Role::Pa | Role::FamilyContact(_) => false,
    }
}

fn speaks(role: Role) -> bool {
    matches!(role, Role::Person(_) | Role::AuthorisedPerson(_))
}

fn phones(devices: &[KnownDevice], of: MemberId) -> Vec<Handset> {
    let theirs = devices.iter().filter(|d| d.member == of);
    let mut theirs: Vec<_> = theirs
        .map(|d| Handset {
            id: d.device,
            since: d.joined.day(),
            this: d.this,
            held_back: d.held_back.map(Moment::day),
        })
        .collect();
    theirs.sort_by_key(|d| (!d.this, std::cmp::Reverse(d.since), d.id));
    theirs
}
