//! A silent holder: the shift has begun, colleagues were told that its holder has not clocked in,
//! and nothing has come since. The person may be alone, so whoever says "I can go" takes the place
//! at once.
//!
//! They say it by a claim that answers what was told: an older claim, from a phone that comes back
//! into signal, makes nobody responsible who does not know. What makes it impossible stands: another
//! shift, leave, the person's *no* and *never*. What would only delay it does not: rules on working
//! time warn, and *ask me first* waits for nobody, for a person whom nobody has come to cannot be
//! made to wait for their own answer.
//!
//! Nothing is undone when the former holder was there after all, without signal: both visits count,
//! and who is on the way is told.

use super::{
    Block, Board, Claim, News, Notice, Outcome, ShiftRef, ShiftState, Tenure, Why,
    judge::open_to,
    settle::{Here, Place, not_possible},
};
use crate::{
    documents::{Record, rota::RotaRecord},
    domain::visit::Visit,
    ids::{MemberId, RecordId},
    time::Moment,
};

/// A place whose holder is silent.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Silence {
    /// Whose holding it is.
    pub of: Tenure,
    /// Since when colleagues know: when the first of them was told.
    pub since: Moment,
    /// What a claim answers that takes the place: the last notice that a colleague was told.
    pub notice: RecordId,
}

/// The places of a shift whose holders are silent, in the order of the holders: the shift has begun
/// and is not over, others than the holder were told that they have not clocked in, and no visit
/// has come.
pub fn silences(board: &Board, at: ShiftRef, now: Moment) -> Vec<Silence> {
    let here = board.state(at).map(|state| Here {
        board,
        at,
        state,
        now,
    });
    here.iter().flat_map(Here::silences).collect()
}

/// The silent place that `pa` may take at once, if there is one and nothing makes it impossible: a
/// claim that answers its notice is granted as soon as the relay has it, unless a colleague was
/// first. A place that stands open is taken before one that is only silent.
pub fn may_step_in(board: &Board, at: ShiftRef, pa: MemberId, now: Moment) -> Option<Silence> {
    let silence = silences(board, at, now).into_iter().next()?;
    open_to(board, at, pa, None, now).is_ok().then_some(silence)
}

/// The visits to a shift of those whose silent place a colleague took: they came after all. It is
/// for the story to show; no problem of the rota, for what was worked by two was worked by two.
pub fn came_after_all(board: &Board, at: ShiftRef) -> Vec<&Visit> {
    let Some(state) = board.state(at) else {
        return Vec::new();
    };
    let mut visits: Vec<_> = board.visits_on(at).collect();
    visits.retain(|visit| {
        let took = |r| took_silent(state, r).is_some_and(|(from, _)| from == visit.pa);
        state.tenure(visit.pa).is_none() && state.story.iter().any(took)
    });
    visits
}

/// Whose silent place this word gave away, and to whom.
fn took_silent(state: &ShiftState, word: &Record<RotaRecord>) -> Option<(MemberId, MemberId)> {
    match &word.body {
        RotaRecord::Word {
            why:
                Why::Granted {
                    claim,
                    from: Some(from),
                    stepped_in: true,
                },
            ..
        } => Some((*from, state.claim(*claim)?.by)),
        _ => None,
    }
}

impl<'a> Here<'a> {
    pub(super) fn silences(&self) -> impl Iterator<Item = Silence> + use<'a> {
        let here = *self;
        let lasts = here.started() && here.now < here.state.shift.end;
        let holders = here.state.holders.iter().filter(move |_| lasts);
        holders.filter_map(move |tenure| here.silence_of(*tenure))
    }

    fn silence_of(&self, of: Tenure) -> Option<Silence> {
        let start = self.state.shift.start;
        let told = self.state.told.iter();
        // A shift that was moved begins anew.
        let told = told.filter(|n| n.is_of(of) && n.news.is_silence() && n.at >= start);
        let told = told.filter(|n| n.to.iter().any(|member| *member != of.pa));
        let notice = told.clone().map(|n| n.id).max()?;
        let since = told.map(|n| n.at).min()?;
        let nobody = self.visit(of).is_none() && self.visit_after_all(of).is_none();
        nobody.then_some(Silence { of, since, notice })
    }

    /// What a claim answers by which someone steps in.
    pub(super) fn heard(&self, claim: &Claim) -> Option<&'a Notice> {
        let told = self.state.told.iter().filter(|_| self.started());
        let mut told = told.filter(|n| n.news.is_silence());
        told.find(|n| Some(n.id) == claim.answers)
    }

    /// What someone takes who answers this.
    pub(super) fn place_of_silent(&self, heard: &Notice, pa: MemberId) -> Result<Place, Outcome> {
        let holding = self.state.holders.iter().find(|t| heard.is_of(**t));
        let named = self.silences().find(|silence| Some(&silence.of) == holding);
        match named.or_else(|| self.silences().next()) {
            _ if self.state.tenure(pa).is_some() => Err(not_possible(Block::Holder)),
            _ if self.state.missing() > 0 => Ok(Place::Free),
            Some(silence) => Ok(Place::Silent(silence.of.pa)),
            // They came.
            None if holding.is_some() || self.all_came() => Err(not_possible(Block::Started)),
            // A colleague was first, and is on the way.
            None => Err(Outcome::Standby),
        }
    }

    /// All who hold it are there.
    pub(super) fn all_came(&self) -> bool {
        let mut holders = self.state.holders.iter();
        holders.all(|t| self.visit(*t).is_some() || self.visit_after_all(*t).is_some())
    }

    /// The holder's visit.
    pub(super) fn visit(&self, of: Tenure) -> Option<&'a Visit> {
        let mut visits = self.board.visits_on(self.at);
        visits.find(|visit| visit.pa == of.pa)
    }

    /// The visit of someone in whose silent place this holder came: they were there all along.
    pub(super) fn visit_after_all(&self, of: Tenure) -> Option<&'a Visit> {
        let mut silent = vec![of.pa];
        let words = self.state.story.iter().rev().filter(|r| r.id <= of.since);
        for (from, to) in words.filter_map(|word| took_silent(self.state, word)) {
            if silent.last() == Some(&to) {
                silent.push(from);
            }
        }
        let mut visits = self.board.visits_on(self.at);
        visits.find(|visit| silent[1..].contains(&visit.pa))
    }
}

impl News {
    /// A holder has not clocked in.
    pub(super) fn is_silence(self) -> bool {
        matches!(self, Self::NotStarted | Self::NotHeard { .. })
    }
}

impl Notice {
    /// It is about this holding.
    pub(super) fn is_of(&self, of: Tenure) -> bool {
        (self.about, self.of) == (Some(of.since), Some(of.pa))
    }
}
