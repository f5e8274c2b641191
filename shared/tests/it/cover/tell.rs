//! What the relay decided, in as few words as can be.

use super::{
    cast::{name, show},
    stage::Stage,
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::{
        cover::{
            Block, Decision, News, Outcome, Problem, ShiftRef, Why, problems as problems_of_all,
        },
        working_time::Warning,
    },
    ids::{MemberId, RecordId},
};

pub fn decision(stage: &Stage, decision: &Decision) -> String {
    let mut parts = Vec::new();
    let mut last = None;
    for (rota, body) in &decision.0 {
        let at = ShiftRef {
            person: rota.person().unwrap(),
            month: rota.month().unwrap(),
            shift: body.shift(),
        };
        let place = if last == Some(at) {
            String::new()
        } else {
            format!("{}: ", stage.name_of(at))
        };
        last = Some(at);
        parts.push(format!("{place}{}", record(stage, at, body)));
    }
    parts.join("; ")
}

fn names(pas: &[MemberId]) -> String {
    if pas.is_empty() {
        return "nobody".to_owned();
    }
    pas.iter().map(|pa| name(*pa)).collect::<Vec<_>>().join(" ")
}

fn record(stage: &Stage, at: ShiftRef, body: &RotaRecord) -> String {
    match body {
        RotaRecord::Word { holders, why, .. } => {
            let pas: Vec<_> = holders.iter().map(|h| h.pa).collect();
            format!("{} {}", names(&pas), self::why(stage, why))
        }
        RotaRecord::Answer { to, outcome, .. } => {
            format!("{} {}", said(stage, at, *to), self::outcome(stage, outcome))
        }
        RotaRecord::YesWanted { pa, until, .. } => {
            format!("{} if yes by {}", name(*pa), show(*until))
        }
        RotaRecord::Told { news, to, .. } => format!("told {} {}", names(to), self::news(*news)),
        RotaRecord::Offer { to, until, .. } => {
            format!("offered to {} until {}", name(*to), show(*until))
        }
        other => panic!("the relay does not say this: {other:?}"),
    }
}

/// Whose claim or ask.
fn said(stage: &Stage, at: ShiftRef, id: RecordId) -> String {
    let story = &stage.board.state(at).unwrap().story;
    let record = story.iter().find(|r| r.id == id).unwrap();
    match kind(&record.body) {
        "claim" => name(record.by),
        kind => format!("{}'s {kind}", name(record.by)),
    }
}

/// What kind of record a member said.
pub fn kind(body: &RotaRecord) -> &'static str {
    match body {
        RotaRecord::Ask { .. } => "ask",
        RotaRecord::Offer { .. } => "offer",
        RotaRecord::Handover { .. } => "handover",
        RotaRecord::Claim { .. } => "claim",
        RotaRecord::Veto { .. } => "veto",
        RotaRecord::CannotCome { .. } => "cannot",
        _ => "other",
    }
}

fn why(stage: &Stage, why: &Why) -> String {
    match why {
        Why::Plan => "by plan".to_owned(),
        Why::Granted { from: None, .. } => "granted".to_owned(),
        Why::Granted {
            from: Some(pa),
            stepped_in: true,
            ..
        } => format!("stepped in for {}", name(*pa)),
        Why::Granted { from: Some(pa), .. } => format!("granted for {}", name(*pa)),
        Why::Swapped { with, .. } => format!("swapped for {}", stage.name_of(*with)),
        Why::DoubleBooked { pa, with } => {
            format!("as {} has {}", name(*pa), stage.name_of(*with))
        }
        Why::NotWanted { pa } => format!("as {} is not wanted", name(*pa)),
        Why::Left { pa } => format!("as {} has left", name(*pa)),
    }
}

fn outcome(stage: &Stage, outcome: &Outcome) -> String {
    match outcome {
        Outcome::Granted { warnings } if warnings.is_empty() => "granted".to_owned(),
        Outcome::Granted { warnings } => format!("granted in spite of {}", rules(warnings)),
        Outcome::Waits => "waits".to_owned(),
        Outcome::Standby => "standby".to_owned(),
        Outcome::NeedsReason { warnings } => format!("needs a reason for {}", rules(warnings)),
        Outcome::Lapsed => "lapsed".to_owned(),
        Outcome::NotPossible { block } => match block {
            Block::Overlap { with } => format!("not possible: has {}", stage.name_of(*with)),
            block => format!("not possible: {block:?}"),
        },
    }
}

fn rules(warnings: &[Warning]) -> String {
    let rule = |warning: &Warning| {
        let text = match warning {
            Warning::DailyRest { .. } => "daily rest",
            Warning::WeeklyRest { .. } => "weekly rest",
            Warning::Break { .. } => "break",
            Warning::Week { .. } => "week",
            Warning::Night { .. } => "night",
            Warning::OwnMost { .. } => "own most",
        };
        let owed = warning.owed().whole_minutes();
        if owed == 0 {
            text.to_owned()
        } else {
            format!("{text} ({owed} min owed)")
        }
    };
    warnings.iter().map(rule).collect::<Vec<_>>().join(", ")
}

fn news(news: News) -> String {
    format!("{news:?}").to_lowercase()
}

/// What is wrong with who works when, and the way out of it.
pub fn problems(stage: &Stage) -> Vec<String> {
    let problem = |problem: Problem| {
        let shifts: Vec<_> = problem.shifts.iter().map(|at| stage.name_of(*at)).collect();
        let way_out = problem.way_out.map_or("nothing", |at| stage.name_of(at));
        format!(
            "! {}: {} with {}; cover for {way_out} would help",
            name(problem.pa),
            rules(&[problem.warning]),
            shifts.join(" ")
        )
    };
    let problems = problems_of_all(&stage.board, stage.now).into_iter();
    problems.map(problem).collect()
}
