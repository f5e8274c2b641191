//! What became of what I said about a shift, and what I was told.

use super::{ANSWERED, Answer, Answered};
use crate::{
    engine::Standing,
    view::{cover::Here, shift, story::owed},
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::{AskKind, Block, ClaimState, Cover, News, Outcome, Why},
    ids::RecordId,
    time::Moment,
};

impl Here<'_> {
    /// The latest of what became of what I said about this shift, and of what I was told.
    pub(super) fn answered(&self) -> Option<Answered> {
        // What answers me counts more than what everyone is told at the same moment.
        let latest = [
            self.told(),
            self.my_ask(),
            self.lost(),
            self.my_claim(),
            self.said_no(),
        ];
        let (at, what) = latest.into_iter().flatten().max_by_key(|(at, _)| *at)?;
        let waits = matches!(what, Answer::Asked(_) | Answer::Cover(_) | Answer::Waits);
        (waits || at + ANSWERED >= self.now).then(|| Answered {
            card: shift::card(self.phone, &self.state.shift, self.now),
            at,
            what,
        })
    }

    fn sent(&self, record: RecordId) -> bool {
        self.phone.standing(self.at.rota(), record) != Some(Standing::Saved)
    }

    fn said_at(&self, record: RecordId) -> Option<Moment> {
        let mut story = self.state.story.iter();
        story.find(|r| r.id == record).map(|r| r.at)
    }

    fn my_claim(&self) -> Option<(Moment, Answer)> {
        let claim = self.claim()?;
        let ClaimState::Answered(outcome) = &claim.state else {
            let asked = (claim.state == ClaimState::Asked && self.lives())
                .then(|| (claim.at, Answer::Asked(self.sent(claim.id))));
            return asked;
        };
        let at = claim.answered.and_then(|id| self.said_at(id));
        let what = match outcome {
            Outcome::Granted { warnings } => {
                // It went on to someone else since: that is told.
                self.state.tenure(self.me)?;
                Answer::Granted(owed(warnings))
            }
            Outcome::Waits => Answer::Waits,
            Outcome::Standby => {
                let before = self.state.standbys().take_while(|c| c.id != claim.id);
                Answer::Standby(before.count() + 1)
            }
            Outcome::NotPossible {
                block: Block::Vetoed,
            } => Answer::SaidNo,
            Outcome::NotPossible { block } => Answer::NotPossible(*block),
            // It stands among what needs me.
            Outcome::NeedsReason { .. } => return None,
            Outcome::Lapsed => Answer::Lapsed,
        };
        Some((at?, what))
    }

    fn said_no(&self) -> Option<(Moment, Answer)> {
        let veto = self.state.vetoed.get(&self.me)?;
        Some((self.said_at(*veto)?, Answer::SaidNo))
    }

    fn my_ask(&self) -> Option<(Moment, Answer)> {
        let asks = self.state.asks.iter().filter(|a| a.by == self.me);
        let ask = asks.max_by_key(|a| a.id)?;
        if ask.is_open(self.now) && self.state.tenure(self.me).is_some() {
            return Some((ask.at, Answer::Cover(self.sent(ask.id))));
        }
        // Someone took my place.
        let covered = self.state.story.iter().rev().find_map(|r| match &r.body {
            RotaRecord::Word {
                why:
                    Why::Granted {
                        claim,
                        from,
                        stepped_in: false,
                    },
                ..
            } if *from == Some(self.me) => Some((r.at, self.state.claim(*claim)?.by)),
            RotaRecord::Word {
                why: Why::Swapped { claim, .. },
                ..
            } if matches!(&ask.kind, AskKind::Cover(Cover::Swap { .. })) => {
                Some((r.at, self.state.claim(*claim)?.by))
            }
            _ => None,
        });
        let (at, by) = covered.filter(|(_, by)| *by != self.me)?;
        Some((at, Answer::Covered(self.face(by))))
    }

    fn lost(&self) -> Option<(Moment, Answer)> {
        let taken = self.taken_over()?;
        Some((taken.at, Answer::TakenOver(self.face(taken.by))))
    }

    fn told(&self) -> Option<(Moment, Answer)> {
        let mine = self.state.told.iter().filter(|n| n.to.contains(&self.me));
        // What asks me something stands above while it needs me, and a claim of mine has its own
        // answer.
        let said = mine.filter(|n| match n.news {
            News::Filled => {
                self.claim().is_none() && !self.state.asks.iter().any(|a| a.by == self.me)
            }
            news => matches!(
                news,
                News::Changed
                    | News::Cancelled
                    | News::Late
                    | News::Started
                    | News::NotStarted
                    | News::NotHeard { .. }
            ),
        });
        let notice = said.max_by_key(|n| n.id)?;
        Some((notice.at, Answer::Told(notice.news)))
    }
}
