//! *My people*: whom a person wants to come, and who is told when nobody does.

use super::face::{self, Face};
use crate::engine::Phone;
use kith_shared::{
    documents::profile::ProfileRecord,
    domain::{cover, profile::Choice, team::Role},
    ids::{MemberId, PersonId},
    intent::Intent,
    time::{Day, Moment},
};

/// The screen.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MyPeople {
    /// Whose choices.
    pub person: Face<PersonId>,
    /// The PAs, those who come most first.
    pub pas: Vec<Helper>,
    /// For all about whom nothing is said.
    pub others: Choice,
    /// Who is told when nobody comes; the person alone when none is named.
    pub contact: Option<MemberId>,
    /// Who could be: those bound to the person, PAs and managers; me left out.
    pub contacts: Vec<Face<MemberId>>,
}

/// A PA, as the person knows them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Helper {
    /// Who.
    pub pa: Face<MemberId>,
    /// How they may come: as was said, or as it is for others.
    pub choice: Choice,
    /// The person has said so.
    pub said: bool,
    /// How often they were there, as far as this phone knows.
    pub visits: usize,
    /// The day of the last time.
    pub last: Option<Day>,
}

/// The screen; `None` for who does not choose.
pub fn my_people(phone: &Phone, now: Moment) -> Option<MyPeople> {
    let (Role::Person(person) | Role::AuthorisedPerson(person)) = super::role(phone)? else {
        return None;
    };
    let board = &phone.book().board;
    let profile = board.profiles.get(&person).cloned().unwrap_or_default();
    let members = || board.roster.present();
    let helper = |pa: MemberId| {
        let visits = || board.visits().filter(|v| v.person == person && v.pa == pa);
        Helper {
            pa: face::member(phone, pa),
            choice: cover::choice(board, person, pa, now),
            said: profile.choices.contains_key(&pa),
            visits: visits().count(),
            last: visits().map(|v| v.start.day()).max(),
        }
    };
    let pas = members().filter(|m| m.role == Role::Pa);
    let mut pas: Vec<_> = pas.map(|m| helper(m.id)).collect();
    pas.sort_by_key(|h| {
        (
            std::cmp::Reverse(h.visits),
            h.pa.name.to_lowercase(),
            h.pa.id,
        )
    });
    let near = |role: Role| match role {
        Role::Pa => 2,
        Role::Manager => 1,
        _ => 0,
    };
    let me = super::me(phone);
    let mut contacts: Vec<_> = members()
        .filter(|m| Some(m.id) != me && m.role.person().is_none_or(|p| p == person))
        .map(|m| (near(m.role), face::member(phone, m.id)))
        .collect();
    contacts.sort_by_key(|(near, face)| (*near, face.name.to_lowercase(), face.id));
    Some(MyPeople {
        person: face::person(phone, person),
        pas,
        others: profile.others.unwrap_or(Choice::AskMe),
        contact: profile.contact,
        contacts: contacts.into_iter().map(|(_, face)| face).collect(),
    })
}

/// What says how a PA may come, or all others when none is named.
pub fn choose(person: PersonId, pa: Option<MemberId>, choice: Choice) -> Intent {
    Intent::Profile {
        person,
        says: ProfileRecord::Choice { pa, choice },
    }
}

/// What says who is told when nobody comes.
pub fn tell(person: PersonId, member: Option<MemberId>) -> Intent {
    Intent::Profile {
        person,
        says: ProfileRecord::Contact { member },
    }
}
