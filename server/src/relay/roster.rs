//! What changes about a team after people joined: the hats they wear, how long travel takes.

use super::{Dice, Done, Team, decide::malformed, scribe::Decided};
use crate::{
    problem::Problem,
    retention::{Care, NotSo},
};
use kith_shared::{
    api::RosterChange,
    documents::{DocumentId, team::TeamRecord},
    domain::team::{Hat, Member, Role},
    ids::PersonId,
    limits,
    time::{Day, Moment, Span},
};

impl Team {
    /// Changes something about the team, and returns what was written.
    pub fn change_roster(
        &mut self,
        change: &RosterChange,
        now: Moment,
        dice: Dice<'_>,
    ) -> Result<Done<TeamRecord>, Problem> {
        let says = match change {
            RosterChange::Left { member } => {
                let member = self.find_member(member)?.id;
                let left = TeamRecord::Left {
                    member,
                    said_by: None,
                };
                return Ok(self.write_revoked(left, now, dice));
            }
            RosterChange::DeviceLost { device } => {
                let device = device.parse().ok().filter(|id| self.device(*id).is_some());
                let device = device.ok_or_else(|| malformed(&self.which_device()))?;
                let lost = self.lost(device, None)?;
                return Ok(self.write_revoked(lost, now, dice));
            }
            RosterChange::Erase { person } => {
                let person = self.find_person(person)?;
                return Ok(self.write_revoked(TeamRecord::Erased { person }, now, dice));
            }
            RosterChange::Hat {
                member,
                hat,
                days,
                off,
            } => {
                let until = if *off { None } else { Some(term(*days, now)?) };
                self.hat(member, *hat, until)?
            }
            RosterChange::Travel { from, to, minutes } => self.travel(from, to, *minutes)?,
            RosterChange::CareEnded { person, on } => {
                let person = self.find_person(person)?;
                self.care(person, *on, now)?.end(*on).map_err(said_wrong)?;
                TeamRecord::CareEnded { person, on: *on }
            }
            RosterChange::CareResumed { person, on } => {
                let person = self.find_person(person)?;
                let care = self.care(person, *on, now)?;
                care.resume(*on).map_err(said_wrong)?;
                TeamRecord::CareResumed { person, on: *on }
            }
        };
        let mut decided = Decided::default();
        decided.write(self, DocumentId::Team, says.clone(), now, dice);
        let entries = self.enact(decided);
        Ok(Done {
            entries,
            reply: says,
        })
    }

    fn hat(&self, member: &str, hat: Hat, until: Option<Moment>) -> Result<TeamRecord, Problem> {
        let mut member = self.find_member(member)?.clone();
        // Who speaks for a person plans for them without it.
        if member.role != Role::Pa {
            return Err(malformed("Only a PA wears this hat: name one of the PAs."));
        }
        match until {
            Some(until) => drop(member.hats.insert(hat, until)),
            None => drop(member.hats.remove(&hat)),
        }
        Ok(TeamRecord::Member { member })
    }

    /// What was said of this person's care, if something may be said of that day.
    fn care(&self, person: PersonId, on: Day, now: Moment) -> Result<Care, Problem> {
        if on > now.day() || !limits::YEARS.contains(&on.year()) {
            let years = limits::YEARS;
            return Err(malformed(&format!(
                "Name a day from {} on that is not in the future.",
                years.start()
            )));
        }
        Ok(Care::of(person, &self.document(DocumentId::Team)))
    }

    fn travel(&self, from: &str, to: &str, minutes: u16) -> Result<TeamRecord, Problem> {
        let (from, to) = (self.find_person(from)?, self.find_person(to)?);
        if from == to {
            return Err(malformed(
                "There is no way from a person to themself: name two.",
            ));
        }
        if minutes > limits::TRAVEL_MINUTES {
            let most = limits::TRAVEL_MINUTES;
            return Err(malformed(&format!("Travel takes at most {most} minutes.")));
        }
        Ok(TeamRecord::Travel { from, to, minutes })
    }

    /// The devices of the team, in words.
    fn which_device(&self) -> String {
        let named = self.devices.iter().filter_map(|(id, device)| {
            let member = self.roster().members.get(&device.member)?;
            let since = device.joined.day();
            (!self.is_revoked(*id)).then(|| format!("{id} ({}, since {since})", member.name))
        });
        let named: Vec<_> = named.collect();
        format!("Say which by id. The devices are: {}.", named.join(", "))
    }

    fn find_member(&self, text: &str) -> Result<&Member, Problem> {
        let members = self.roster().present();
        let mut found = members.filter(|m| m.name == text || m.id.to_string() == text);
        match (found.next(), found.next()) {
            (Some(member), None) => Ok(member),
            (None, _) => Err(malformed("Nobody of this name or id is in the team now.")),
            (Some(_), Some(_)) => Err(malformed("Two members have this name: say which by id.")),
        }
    }
}

#[allow(clippy::needless_pass_by_value)] // For `map_err`.
fn said_wrong(wrong: NotSo) -> Problem {
    malformed(&wrong.to_string())
}

/// Until when a hat is worn that is put on now.
fn term(days: Option<u32>, now: Moment) -> Result<Moment, Problem> {
    let term = days.map_or(limits::HAT_TERM, |days| Span::days(days.into()));
    if term <= Span::default() || term > limits::HAT_TERM {
        let most = limits::HAT_TERM.whole_minutes() / (24 * 60);
        return Err(malformed(&format!(
            "A hat is worn for 1 to {most} days; to take it off, say so."
        )));
    }
    Ok(now + term)
}
