//! What members answer.

use super::{
    super::{cast::member, tell},
    Stage,
};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::{News, may_step_in},
    ids::MemberId,
};

impl Stage {
    /// What a member answers to the last thing that was for them.
    pub(super) fn answers(&mut self, who: MemberId, says: &str, what: &[&str]) {
        let last_ask = |stage: &Self, name: &str| {
            let asks = &stage.board.state(stage.named(name)).unwrap().asks;
            asks.iter().rev().find(|a| a.is_for(who)).map(|a| a.id)
        };
        let reason = String::new();
        match (says, what) {
            ("claims", [name, "because", reason]) => {
                let (answers, reason) = (last_ask(self, name), (*reason).to_owned());
                self.about(who, name, |shift| RotaRecord::Claim {
                    shift,
                    answers,
                    reason,
                });
            }
            ("claims", [name, openly @ ..]) => {
                let answers = last_ask(self, name).filter(|_| openly.is_empty());
                self.about(who, name, |shift| RotaRecord::Claim {
                    shift,
                    answers,
                    reason,
                });
            }
            ("steps-in", [name]) => {
                let mut told = self.board.state(self.named(name)).unwrap().told.iter();
                let silence = |n: News| matches!(n, News::NotStarted | News::NotHeard { .. });
                let answers = told.rfind(|n| silence(n.news)).map(|n| n.id);
                let may = may_step_in(&self.board, self.named(name), who, self.now);
                // What comes together is foreseen by none of them.
                self.foreseen = (self.foreseen.is_none()).then_some((self.id(), may.is_some()));
                self.about(who, name, |shift| RotaRecord::Claim {
                    shift,
                    answers,
                    reason,
                });
            }
            ("declines", [name]) => {
                let what = last_ask(self, name).unwrap();
                self.about(who, name, |shift| RotaRecord::Decline { shift, what });
            }
            ("withdraws", [kind, name]) => {
                let state = self.board.state(self.named(name)).unwrap();
                let said = state
                    .story
                    .iter()
                    .rev()
                    .find(|r| r.by == who && tell::kind(&r.body) == *kind);
                let what = said.unwrap().id;
                self.about(who, name, |shift| RotaRecord::Withdraw { shift, what });
            }
            ("yes", [name]) => {
                let state = self.board.state(self.named(name)).unwrap();
                let what = state.questions.iter().rev().find(|q| !q.yes).unwrap().id;
                self.about(who, name, |shift| RotaRecord::Yes { shift, what });
            }
            ("vetoes", [pa, name]) => {
                let pa = member(pa);
                self.about(who, name, |shift| RotaRecord::Veto { shift, pa, reason });
            }
            _ => panic!("what does {says} {what:?} mean?"),
        }
    }
}
