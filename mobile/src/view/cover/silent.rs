//! A holder of whom nothing is heard although their shift has begun: a colleague who was told can
//! go instead.

use super::{super::face::Face, Here};
use kith_shared::{
    documents::rota::RotaRecord,
    domain::cover::{News, Notice, Silence, Why, came_after_all, silences},
    ids::MemberId,
    time::Moment,
};

/// That a holder's place was taken because nobody had clocked in.
pub(in crate::view) struct TakenOver {
    /// Since when, by the relay.
    pub(in crate::view) at: Moment,
    /// By whom.
    pub(in crate::view) by: MemberId,
}

impl Here<'_> {
    /// The place whose holder is silent, if there is one, and what colleagues were told of it last.
    pub(in crate::view) fn silent(&self) -> Option<(Silence, News)> {
        let silences = silences(self.board(), self.at, self.now).into_iter();
        let mut others = silences.filter(|silence| silence.of.pa != self.me);
        let silence = others.next()?;
        let told = self.state.told.iter().find(|n| n.id == silence.notice)?;
        Some((silence, told.news))
    }

    /// What was told of a holder's silence.
    fn told_of(&self, silence: Silence) -> impl Iterator<Item = &Notice> {
        let told = self.state.told.iter();
        let about = (Some(silence.of.since), Some(silence.of.pa));
        told.filter(move |n| (n.about, n.of) == about && is_silence(n.news))
    }

    /// I was told of it.
    pub(in crate::view) fn knows_of(&self, silence: Silence) -> bool {
        let mut told = self.told_of(silence);
        told.any(|n| n.to.contains(&self.me))
    }

    /// I said that I cannot go.
    pub(super) fn cannot_go(&self, silence: Silence) -> bool {
        let mut mine = self.state.story.iter().filter(|r| r.by == self.me);
        mine.any(|r| match &r.body {
            RotaRecord::Decline { what, .. } => self.told_of(silence).any(|n| n.id == *what),
            _ => false,
        })
    }

    /// My place was taken because nobody had clocked in.
    pub(in crate::view) fn taken_over(&self) -> Option<TakenOver> {
        if self.state.tenure(self.me).is_some() {
            return None;
        }
        self.state.story.iter().rev().find_map(|record| {
            let RotaRecord::Word {
                why:
                    Why::Granted {
                        claim,
                        from: Some(from),
                        stepped_in: true,
                    },
                ..
            } = &record.body
            else {
                return None;
            };
            (*from == self.me).then_some(TakenOver {
                at: record.at,
                by: self.state.claim(*claim)?.by,
            })
        })
    }

    /// Who is there after all, although a colleague took their silent place; and since when.
    pub(super) fn after_all(&self) -> Vec<(Face<MemberId>, Moment)> {
        let visits = came_after_all(self.board(), self.at).into_iter();
        visits.map(|v| (self.face(v.pa), v.start)).collect()
    }
}

fn is_silence(news: News) -> bool {
    matches!(news, News::NotStarted | News::NotHeard { .. })
}
