//! The addresses of the screens. Each opens directly, from cold and without signal.

use crate::screens::{
    amend_times::AmendTimes,
    app_lock::AppLock,
    aside::Aside,
    availability::{Availability, AvailabilityOf},
    coverage::Coverage,
    decisions::{Cover, NeedsDecision},
    fairness::Fairness,
    hours::{Hours, HoursOf},
    join::JoinPage,
    me::Me,
    month::RotaMonth,
    my_people::MyPeople,
    not_found::NotFound,
    note::WriteNote,
    people::People,
    plan::{Plan, PlanNew, PlanShift},
    records::{Records, RecordsOf},
    root::{Barred, Gate, Home},
    rota::{Rota, RotaWeek},
    shift::ShiftPage,
    team::Team,
    timeline::{Notes, Timeline},
    visit::Visit,
    waiting::Waiting,
    whole::Whole,
};
use dioxus::prelude::*;
use kith_shared::{
    domain::team::Role,
    ids::{MemberId, PersonId, ShiftId, VisitId},
    time::Month,
};

/// Where one can be.
#[derive(Debug, Clone, PartialEq, Routable)]
#[rustfmt::skip]
#[allow(missing_docs)] // The screens say what they are.
pub enum Route {
    #[layout(Gate)]
        #[layout(Barred)]
            #[route("/")]
            Home {},
            #[route("/rota")]
            Rota {},
            /// The week of this day.
            #[route("/rota/:day")]
            RotaWeek { day: String },
            #[route("/rota/month/:month")]
            RotaMonth { month: Month },
            #[route("/coverage")]
            Coverage {},
            #[route("/fairness")]
            Fairness {},
            #[route("/shift/:shift")]
            ShiftPage { shift: ShiftId },
            #[route("/cover")]
            Cover {},
            /// Where a notification leads.
            #[route("/decisions")]
            NeedsDecision {},
            #[route("/people")]
            People {},
            #[route("/people/:person")]
            Timeline { person: PersonId },
            #[route("/notes")]
            Notes {},
            #[route("/records")]
            Records {},
            #[route("/records/:person")]
            RecordsOf { person: PersonId },
            #[route("/whole")]
            Whole {},
            #[route("/hours")]
            Hours {},
            #[route("/hours/:month")]
            HoursOf { month: Month },
            #[route("/waiting")]
            Waiting {},
            #[route("/me")]
            Me {},
            #[route("/lock")]
            AppLock {},
            #[route("/plan")]
            Plan {},
            #[route("/availability")]
            Availability {},
            #[route("/availability/:pa")]
            AvailabilityOf { pa: MemberId },
            #[route("/my-people")]
            MyPeople {},
            #[route("/team")]
            Team {},
            #[route("/aside")]
            Aside {},
            #[route("/visit/:visit")]
            Visit { visit: VisitId },
        #[end_layout]
        #[route("/plan/new")]
        PlanNew {},
        #[route("/plan/shift/:shift")]
        PlanShift { shift: ShiftId },
        #[route("/visit/:visit/note")]
        WriteNote { visit: VisitId },
        #[route("/visit/:visit/times")]
        AmendTimes { visit: VisitId },
        #[route("/join")]
        JoinPage {},
        #[route("/:..rest")]
        NotFound { rest: Vec<String> },
}

impl Route {
    /// The place of the bar that it belongs to.
    pub fn place(&self, role: Role) -> Self {
        match self {
            Self::RotaWeek { .. }
            | Self::RotaMonth { .. }
            | Self::ShiftPage { .. }
            | Self::Plan {} => Self::Rota {},
            Self::Coverage {} | Self::Fairness {} => match role {
                Role::Pa => Self::Cover {},
                _ => Self::Rota {},
            },
            Self::Cover {} | Self::NeedsDecision {} => match role {
                Role::Pa => Self::Cover {},
                _ => Self::Home {},
            },
            Self::Timeline { .. } | Self::RecordsOf { .. } | Self::Visit { .. } => match role {
                Role::Pa => Self::People {},
                Role::Manager => Self::Records {},
                Role::Person(_) | Role::AuthorisedPerson(_) | Role::FamilyContact(_) => {
                    Self::Notes {}
                }
            },
            Self::Aside {} | Self::Whole {} => Self::Home {},
            Self::Hours {}
            | Self::HoursOf { .. }
            | Self::Waiting {}
            | Self::Availability {}
            | Self::AvailabilityOf { .. }
            | Self::MyPeople {}
            | Self::Team {}
            | Self::AppLock {} => Self::Me {},
            other => other.clone(),
        }
    }
}
