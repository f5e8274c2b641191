//! One team's section of a sync: what a phone wrote is taken in, what is new to it goes back.

use super::{
    Dice, Done,
    ahead::Ahead,
    archive::Archive,
    cover::Arrived,
    fold::Team,
    push::{Judged, Pushed, Sender, by_document},
};
use crate::{journal::Entry, problem::Problem};
use kith_shared::{
    api::ProblemCode,
    documents::DocumentId,
    domain::team::Member,
    ids::DeviceId,
    limits, policy,
    sync::{
        Cursor, Digest, Level, News, Outcome, Seq, Stand, SyncRequest, TeamReply, TeamRequest,
        ToYou,
    },
    time::Moment,
};
use std::collections::{BTreeSet, HashMap, HashSet};

/// What came of a section.
#[derive(Debug)]
pub struct Synced {
    /// What the phone is told.
    pub reply: TeamReply,
    /// Devices that wait to hear that the team has seen what they sent, and now it has.
    pub wake: Vec<DeviceId>,
}

/// Whether a request keeps to the counts of [`limits`]. What has too much of anything is refused
/// as a whole: nothing is taken in.
pub fn within_limits(request: &SyncRequest) -> Result<(), Problem> {
    let at_most = |count: usize, most: usize, what: &str| {
        if count > most {
            let help = format!("One request has at most {most} {what}: send the rest in another.");
            Err(Problem::new(ProblemCode::TooLarge, help))
        } else {
            Ok(())
        }
    };
    at_most(request.teams.len(), limits::TEAMS_PER_REQUEST, "teams")?;
    let changes = |team: &TeamRequest| -> usize {
        let given = team.heal.as_ref().map_or(0, |heal| heal.give.len());
        let pushed = team.push.iter().map(|push| push.changes.len().max(1));
        given + pushed.sum::<usize>()
    };
    let changes = request.teams.iter().map(changes).sum();
    at_most(changes, limits::CHANGES_PER_PUSH, "changes")?;
    let unseen = request.teams.iter().map(|team| team.unseen.len()).sum();
    at_most(unseen, limits::UNSEEN_PER_REQUEST, "entries to ask about")?;
    let aside = request.teams.iter().map(|team| team.aside.len()).sum();
    at_most(aside, limits::QUARANTINE_PER_MEMBER, "records put aside")
}

impl Team {
    /// Carries out one section of a request for a device.
    pub fn sync(
        &mut self,
        device: DeviceId,
        request: &TeamRequest,
        now: Moment,
        dice: Dice<'_>,
    ) -> Done<Synced> {
        self.sync_after(Ahead::default(), device, request, now, dice)
    }

    /// The same, where some of it was [vetted ahead](Self::look_ahead).
    pub fn sync_after(
        &mut self,
        ahead: Ahead,
        device: DeviceId,
        request: &TeamRequest,
        now: Moment,
        dice: Dice<'_>,
    ) -> Done<Synced> {
        let Some(me) = self.member_of(device).cloned() else {
            return nothing(TeamReply::NotYours);
        };
        if self.is_revoked(device) {
            let (entries, outcomes) = self.hand_in(&me, device, &request.push, now, dice);
            let reply = TeamReply::Forget { outcomes };
            return Done {
                entries,
                reply: Synced {
                    reply,
                    wake: Vec::new(),
                },
            };
        }
        self.presence.meet(me.id, now);
        let Some((from, then)) = self.stands_at(&me, request) else {
            let known = request.cursor.is_none_or(|stand| self.has_stood(&stand));
            return nothing(TeamReply::Diverged { known });
        };
        let (mut entries, mut back) = match &request.heal {
            Some(heal) => self.take_back(&heal.give, now, dice),
            None => Default::default(),
        };
        entries.extend(self.compare(me.id, device, request, now));
        // What came back may say that they are something else by now.
        let me = self.member_of(device).cloned().unwrap_or(me);
        let sender = Sender {
            member: &me,
            device,
            now,
        };
        let admitted = self.admits(sender, &request.push);
        let mut before = 0;
        for push in &request.push {
            // Vetting looks at all parts; for who does not write there it looks at none.
            if before < admitted && policy::may_write(&me, push.document) {
                self.load(push.document);
            }
            before += push.changes.len();
        }
        let Pushed {
            decided,
            judged,
            mut arrived,
        } = {
            let changes = by_document(&request.push, admitted);
            self.decide_push(sender, changes, ahead, dice)
        };
        if admitted < before && self.rations.hold_back(device, now) {
            tracing::warn!(team = %self.id, member = %me.id, %device, "more than its ration was handed in");
        }
        let mut changed: BTreeSet<_> = entries.iter().filter_map(Entry::document).collect();
        changed.extend(decided.documents.keys().copied());
        entries.extend(self.enact(decided));
        back.append(&mut arrived);
        if !changed.is_empty() {
            let arrived = Arrived {
                documents: changed,
                records: &back,
                by: Some(me.id),
            };
            entries.extend(self.settle(arrived, now, dice));
        }

        self.presence.stored(device, me.id, from);
        let wake = self.who_learns(&me, from);
        let seen = self.seen(&me, &request.unseen);
        let held = self.settled_by(&judged);
        let (news, seq, more) = self.news(&me, (from, &then), request.limit, &held);
        let level = Level {
            outcomes: judged.into_iter().map(|j| self.outcome(j)).collect(),
            news,
            cursor: Cursor {
                epoch: self.epoch,
                seq,
                head: self.head(seq).unwrap_or_default(),
            },
            more,
            signature: (!more).then(|| self.state(&me)),
            want: self.lacks(request),
            seen,
            forget: self.forgotten(&me, from),
            to_you: ToYou {
                settled: self.settled(&me, &request.aside),
                look: self.to_look_at(&me, device),
            },
        };
        self.wait(device, request, &level);
        Done {
            entries,
            reply: Synced {
                reply: TeamReply::Level(level),
                wake,
            },
        }
    }

    /// The place from which the news start, and as what its member was levelled there; `None` when
    /// phone and relay know different journals.
    fn stands_at(&self, me: &Member, request: &TeamRequest) -> Option<(Seq, Member)> {
        let known = match request.cursor {
            None => Some(0),
            Some(stand) => self.has_stood(&stand).then_some(stand.seq),
        };
        if request.heal.is_some() {
            return Some((known.unwrap_or(0), me.clone()));
        }
        let from = known?;
        // What a member may read has changed since, or, while a long reply comes in pieces, had
        // changed before: what the phone holds says which it was.
        let mut were = self.rights.since(me.id, from);
        let then = were.find(|then| {
            let mut theirs = Digest::default();
            self.readable(then).for_each(|a| theirs ^= a.digest(from));
            request.digest == theirs
        });
        Some((from, then?.clone()))
    }

    /// Whether the journal stood where a phone stands.
    fn has_stood(&self, stand: &Stand) -> bool {
        let head = self.head(stand.seq).unwrap_or_default();
        self.knows(&Cursor {
            epoch: stand.epoch,
            seq: stand.seq,
            head,
        }) && head.0.starts_with(&stand.head.0)
    }

    /// Whether the journal stood there.
    pub(super) fn knows(&self, cursor: &Cursor) -> bool {
        cursor.epoch == self.epoch && self.head(cursor.seq) == Some(cursor.head)
    }

    pub(super) fn readable(&self, me: &Member) -> impl Iterator<Item = &Archive> {
        let readable = self.archives.iter().filter(|(id, _)| me.may_read(**id));
        readable.map(|(_, archive)| archive)
    }

    /// What the phone of a member who stands at `from` may hold and they may not read any more.
    fn forgotten(&self, me: &Member, from: Seq) -> Vec<DocumentId> {
        if self.rights.since(me.id, from).count() < 2 {
            return Vec::new();
        }
        let were: Vec<_> = self.rights.since(me.id, 0).collect();
        let lost = |id: &DocumentId| !me.may_read(*id) && were.iter().any(|was| was.may_read(*id));
        self.archives.keys().copied().filter(lost).collect()
    }

    /// The first bytes of the hashes of what this reply settles: it is no news. In the second round
    /// everything is, even what the phone has: it needs the new receipts.
    fn settled_by(&self, judged: &[Judged]) -> HashSet<[u8; 8]> {
        let settled = judged.iter().filter_map(Judged::settled);
        let pushed = settled.filter_map(|(document, hash)| {
            let archive = self.archives.get(&document)?;
            archive.find(&hash).map(super::archive::Held::prefix)
        });
        pushed.collect()
    }

    /// What is new to a member who was levelled at `from` as what they were then: by document, up
    /// to about `limit` bytes; up to which place in the journal that is; and whether there is more.
    /// What they gained the right to read comes from its beginning. Where that is too much for one
    /// reply, the place goes back, and what they hold beyond it comes once more.
    fn news(
        &self,
        me: &Member,
        (from, then): (Seq, &Member),
        limit: u32,
        held: &HashSet<[u8; 8]>,
    ) -> (Vec<News>, Seq, bool) {
        let limit =
            usize::try_from(limit).map_or(limits::REPLY_BYTES, |l| l.min(limits::REPLY_BYTES));
        let mut news: Vec<News> = Vec::new();
        let mut at: HashMap<DocumentId, usize> = HashMap::new();
        let mut bytes = 0;
        let gained = |id: &DocumentId| me.may_read(*id) && !then.may_read(*id);
        let gains = me != then && self.archives.keys().any(gained);
        let start = if gains { 0 } else { from };
        for seq in start + 1..=self.end().seq {
            let Some((document, entry)) = self.entry(seq) else {
                continue;
            };
            let here = seq <= from && then.may_read(document);
            if here || !me.may_read(document) || held.contains(&entry.prefix()) {
                continue;
            }
            if bytes > 0 && bytes + entry.bytes.0.len() > limit {
                return (news, seq - 1, true);
            }
            bytes += entry.bytes.0.len();
            let at = *at.entry(document).or_insert_with(|| {
                let entries = Vec::new();
                news.push(News { document, entries });
                news.len() - 1
            });
            news[at].entries.push(kith_shared::sync::Entry {
                change: entry.bytes.clone(),
                receipt: self.receipt(document, entry),
            });
        }
        (news, self.end().seq, false)
    }

    /// Those changes of the second round that are not here.
    fn lacks(&self, request: &TeamRequest) -> Vec<kith_shared::bytes::Array<8>> {
        let Some(heal) = &request.heal else {
            return Vec::new();
        };
        let held = self.archives.values().flat_map(Archive::held);
        let here: HashSet<[u8; 8]> = held.map(super::archive::Held::prefix).collect();
        let lacking = heal.have.iter().filter(|prefix| !here.contains(&prefix.0));
        lacking.copied().collect()
    }

    /// Those of `asked` that are this member's and that another member's device has stored.
    fn seen(&self, me: &Member, asked: &[Seq]) -> Vec<Seq> {
        let asked = asked.iter().copied();
        asked.filter(|seq| self.is_seen(me, *seq)).collect()
    }

    fn is_seen(&self, me: &Member, seq: Seq) -> bool {
        let Some((document, entry)) = self.entry(seq) else {
            return false;
        };
        entry.member == me.id
            && self.presence.who_has(seq, me.id).any(|other| {
                let other = self.board.roster.members.get(&other);
                other.is_some_and(|other| other.may_read(document))
            })
    }

    /// `me` has stored the journal up to `seq`: the devices that waited for just that.
    fn who_learns(&mut self, me: &Member, seq: Seq) -> Vec<DeviceId> {
        let mut wake = Vec::new();
        let devices: Vec<_> = self.presence.devices().collect();
        for (device, _) in devices.into_iter().filter(|(_, member)| *member != me.id) {
            let waiting = self.presence.waiting(device).take_while(|s| *s <= seq);
            let readable = |s: &Seq| self.entry(*s).is_some_and(|(d, _)| me.may_read(d));
            let learned: Vec<_> = waiting.filter(readable).collect();
            if !learned.is_empty() {
                wake.push(device);
            }
            // Once is enough: the device asks.
            for seq in learned {
                self.presence.told(device, seq);
            }
        }
        wake
    }

    fn wait(&mut self, device: DeviceId, request: &TeamRequest, level: &Level) {
        let unseen = request.unseen.iter().copied();
        let unseen = unseen.filter(|seq| !level.seen.contains(seq));
        let accepted = level.outcomes.iter().filter_map(|outcome| match outcome {
            Outcome::Accepted(receipt) => Some(receipt.seq),
            _ => None,
        });
        self.presence.wait(device, unseen.chain(accepted));
    }
}

fn nothing(reply: TeamReply) -> Done<Synced> {
    Done {
        entries: Vec::new(),
        reply: Synced {
            reply,
            wake: Vec::new(),
        },
    }
}
