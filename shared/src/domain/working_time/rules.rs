//! The rules, as data with a source each.

use crate::time::{Day, Span};

/// What a rule is about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RuleName {
    /// Rest in a row in each 24 hours.
    DailyRest,
    /// Rest in a row in each week, on top of the daily rest.
    WeeklyRest,
    /// Rest in a row in two weeks, on top of the daily rest, that stands for that of both.
    FortnightlyRest,
    /// Work in a row, beyond which a break is due.
    WorkWithoutBreak,
    /// The least break.
    Break,
    /// The most work of an average week.
    Week,
    /// What averages are taken over.
    Reference,
    /// The wall-clock time, from midnight, at which night begins.
    NightBegins,
    /// The wall-clock time, from midnight, at which night ends.
    NightEnds,
    /// Work in a night that makes it a night worked.
    NightWorked,
    /// Who works one such night in as many days of work is a night worker.
    NightWorker,
    /// The most work of a night worker in 24 hours, on average.
    Night,
}

/// A rule while it is in force.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Rule {
    /// What it is about.
    pub name: RuleName,
    /// Its value.
    pub value: Span,
    /// The first day on which it is in force: year, month, day.
    pub from: (i16, i8, i8),
    /// The first day on which it is in force no more.
    pub until: Option<(i16, i8, i8)>,
    /// Where it stands.
    pub source: &'static str,
}

/// A rule of the Working Time Regulations 1998 (S.I. 1998/1833), in force since 1 October 1998.
const fn rule(name: RuleName, value: Span, source: &'static str) -> Rule {
    Rule {
        name,
        value,
        from: (1998, 10, 1),
        until: None,
        source,
    }
}

/// Every rule. A value that changes gets its last day here, and a line of its own for the new one.
pub const RULES: &[Rule] = &[
    rule(
        RuleName::DailyRest,
        Span::hours(11),
        "Working Time Regulations 1998, reg. 10(1)",
    ),
    rule(
        RuleName::WeeklyRest,
        Span::hours(24),
        "Working Time Regulations 1998, reg. 11(1), (2)(a) and (7)",
    ),
    rule(
        RuleName::FortnightlyRest,
        Span::hours(48),
        "Working Time Regulations 1998, reg. 11(2)(b) and (7)",
    ),
    rule(
        RuleName::WorkWithoutBreak,
        Span::hours(6),
        "Working Time Regulations 1998, reg. 12(1)",
    ),
    rule(
        RuleName::Break,
        Span::minutes(20),
        "Working Time Regulations 1998, reg. 12(3)",
    ),
    rule(
        RuleName::Week,
        Span::hours(48),
        "Working Time Regulations 1998, reg. 4(1)",
    ),
    rule(
        RuleName::Reference,
        Span::days(17 * 7),
        "Working Time Regulations 1998, reg. 4(3)(b), 6(3)(b)",
    ),
    rule(
        RuleName::NightBegins,
        Span::hours(23),
        "Working Time Regulations 1998, reg. 2(1), \"night time\"",
    ),
    rule(
        RuleName::NightEnds,
        Span::hours(6),
        "Working Time Regulations 1998, reg. 2(1), \"night time\"",
    ),
    rule(
        RuleName::NightWorked,
        Span::hours(3),
        "Working Time Regulations 1998, reg. 2(1), \"night worker\"",
    ),
    rule(
        RuleName::NightWorker,
        Span::days(3),
        "R v Attorney General for Northern Ireland, ex parte Burns [1999] IRLR 315: \
         a third of the working days is \"a normal course\"",
    ),
    rule(
        RuleName::Night,
        Span::hours(8),
        "Working Time Regulations 1998, reg. 6(1), (5)",
    ),
];

/// The rule that is in force on that day.
pub fn rule_on(name: RuleName, day: Day) -> Option<&'static Rule> {
    let month = day.month();
    let day = (month.year(), month.number(), day.number());
    let is_in_force =
        |r: &&Rule| r.name == name && r.from <= day && r.until.is_none_or(|until| day < until);
    RULES.iter().find(is_in_force)
}

/// Its value in milliseconds.
pub(super) fn value(name: RuleName, day: Day) -> Option<i64> {
    rule_on(name, day).map(|rule| rule.value.millis())
}
