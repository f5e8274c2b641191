//! The calendars of members: who has one, and what stands in it.

use super::{Done, Team, subscriptions::nothing};
use crate::{calendar::CalendarShift, journal::Payload, problem::Problem};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        cover::ShiftState,
        team::{Member, Role},
    },
    ids::{DeviceId, MemberId, PersonId},
    limits,
    sync::Hash,
    time::Moment,
};
use subtle::ConstantTimeEq as _;

impl Team {
    /// The member of this device has a calendar with this secret, of which SHA-256 is given, and
    /// none with another.
    pub fn calendar_on(
        &mut self,
        device: DeviceId,
        secret: Hash,
        now: Moment,
    ) -> Result<Done<()>, Problem> {
        let member = self.acting(device)?.id;
        Ok(self.note(now, member, device, Payload::CalendarOn { secret }))
    }

    /// The member of this device has no calendar any more.
    pub fn calendar_off(&mut self, device: DeviceId, now: Moment) -> Result<Done<()>, Problem> {
        let member = self.acting(device)?.id;
        if !self.has_calendar(member) {
            return Ok(nothing());
        }
        Ok(self.note(now, member, device, Payload::CalendarOff))
    }

    /// Whether this member has one.
    pub fn has_calendar(&self, member: MemberId) -> bool {
        self.calendars.contains_key(&member)
    }

    /// Whose calendar has this secret, of which SHA-256 is given.
    pub fn reader_of(&self, secret: &Hash) -> Option<&Member> {
        let mut theirs = self.calendars.iter();
        let (member, _) = theirs.find(|(_, theirs)| bool::from(theirs.0.ct_eq(&secret.0)))?;
        let member = self.roster().members.get(member)?;
        member.left.is_none().then_some(member)
    }

    /// What stands in a member's calendar, the earliest first: for a PA the shifts that they hold;
    /// for a person, and those bound to them, who comes. It is what they see on their phone: what is
    /// published, and neither drafts nor what was cancelled. A manager has no shifts.
    pub fn calendar_of(&self, member: &Member, now: Moment) -> Vec<CalendarShift> {
        let (from, to) = (now - limits::CALENDAR_BACK, now + limits::CALENDAR_AHEAD);
        let on = self.board.on().map(|(_, state)| state);
        let mut shifts: Vec<_> = on
            .filter(|state| match member.role {
                Role::Pa => state.tenure(member.id).is_some(),
                Role::Manager => false,
                role => role.person() == Some(state.shift.person),
            })
            .filter(|state| state.shift.end > from && state.shift.start < to)
            .map(|state| self.shown(member.role, state))
            .collect();
        shifts.sort_by_key(|shift| (shift.start, shift.shift));
        shifts
    }

    fn shown(&self, to: Role, state: &ShiftState) -> CalendarShift {
        let shift = &state.shift;
        let person = |id: &PersonId| self.roster().people.get(id).map(|p| p.name.clone());
        let pa = |id: &MemberId| self.roster().members.get(id).map(|m| m.name.clone());
        // Who was told of it is no change of it.
        let changes = state.story.iter();
        let changes = changes.filter(|record| !matches!(record.body, RotaRecord::Told { .. }));
        CalendarShift {
            shift: shift.shift,
            start: shift.start,
            end: shift.end,
            work: shift.work,
            with: match to {
                Role::Pa => person(&shift.person).into_iter().collect(),
                _ => shift.pas.iter().filter_map(pa).collect(),
            },
            changes: changes.clone().count().saturating_sub(1),
            changed: changes.map(|record| record.at).max().unwrap_or(shift.start),
        }
    }
}
