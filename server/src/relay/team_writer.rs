//! What was decided becomes durable, in the order in which it was decided, and is only then told to
//! anyone. While one turn is on its way to the disk the next is decided; what waits by then goes
//! there together.

use super::{
    Subscription, Wake, erase,
    hub::{Concerns, Hub},
};
use crate::{
    journal::{AppendError, Entry, Journal, Owner},
    metrics::{Metrics, Push},
    problem::Problem,
};
use kith_shared::{api::ProblemCode, ids::TeamId, sync::Seq};
use std::{sync::Arc, time::Instant};
use tokio::{
    sync::{mpsc, watch},
    task::spawn_blocking,
};

/// Turns that wait for the disk at most: whoever decides further waits.
const TURNS: usize = 4;

/// Which reading of the journal something was decided on. When an append fails, what was decided
/// later on the same reading is built on sand.
pub(super) type Reading = u64;

/// What a request is told when what came of it is durable, or is not.
pub(super) type Answer = Box<dyn FnOnce(Result<(), Problem>) + Send>;

/// What was decided in one go.
#[derive(Default)]
pub(super) struct Turn {
    pub(super) reading: Reading,
    /// Where the journal ended before.
    pub(super) last: Seq,
    pub(super) entries: Vec<Entry>,
    /// Whose records nobody can read from then on: their keys go.
    pub(super) erased: Vec<Owner>,
    pub(super) concerns: Concerns,
    pub(super) wake: Vec<Subscription>,
    pub(super) answers: Vec<Answer>,
}

/// Makes turns durable.
pub(super) struct Writer {
    pub(super) id: TeamId,
    pub(super) journal: Arc<dyn Journal>,
    pub(super) metrics: Arc<Metrics>,
    pub(super) hub: Arc<Hub>,
    /// To whoever pushes.
    pub(super) wakes: mpsc::Sender<Wake>,
    /// The last reading on which something was decided that did not become durable, and why.
    pub(super) failed: watch::Sender<Option<(Reading, Problem)>>,
}

impl Writer {
    /// Starts work; it ends when nobody can hand in turns any more.
    pub(super) fn start(self) -> mpsc::Sender<Turn> {
        let (turns, waiting) = mpsc::channel(TURNS);
        tokio::spawn(run(self, waiting));
        turns
    }

    /// Appends what these turns decided, and says so.
    fn carry_out(&self, turns: Vec<Turn>) {
        let mut turns = turns.into_iter().peekable();
        while let Some(mut first) = turns.next() {
            let mut rest = Vec::new();
            while let Some(next) = turns.next_if(|next| next.reading == first.reading) {
                rest.push(next);
            }
            let mut entries = std::mem::take(&mut first.entries);
            for turn in &mut rest {
                entries.append(&mut turn.entries);
            }
            let durable = self.append(first.reading, first.last, &entries);
            for turn in std::iter::once(first).chain(rest) {
                self.end(turn, durable.clone());
            }
        }
    }

    fn append(&self, reading: Reading, last: Seq, entries: &[Entry]) -> Result<(), Problem> {
        if let Some((failed, problem)) = &*self.failed.borrow()
            && *failed >= reading
        {
            return Err(problem.clone());
        }
        if entries.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let appended = self.journal.append(self.id, last, entries);
        let took = started.elapsed().as_secs_f64();
        self.metrics.append_seconds.observe(took);
        if let Err(error) = appended {
            tracing::error!(team = %self.id, %error, "entries were not appended");
            return Err(self.fail(reading, not_appended(&error)));
        }
        self.metrics.entries.inc_by(entries.len() as u64);
        Ok(())
    }

    /// Whatever else was decided on this reading is void.
    fn fail(&self, reading: Reading, problem: Problem) -> Problem {
        self.failed.send_replace(Some((reading, problem.clone())));
        problem
    }

    fn end(&self, turn: Turn, mut durable: Result<(), Problem>) {
        if durable.is_ok() {
            self.hub.say(&turn.concerns);
            self.wake(turn.wake);
            if let Err(error) = erase::destroy_keys(&*self.journal, &turn.erased) {
                tracing::error!(team = %self.id, %error, "a key was not destroyed");
                durable = Err(self.fail(turn.reading, Problem::internal()));
            }
        }
        for answer in turn.answers {
            answer(durable.clone());
        }
    }

    /// Hands on who is to be woken. Nothing waits for it: a push only hurries what phones find by
    /// themselves.
    fn wake(&self, to: Vec<Subscription>) {
        if to.is_empty() {
            return;
        }
        let (team, count) = (self.id, to.len());
        if self.wakes.try_send(Wake { team, to }).is_err() {
            let outcome = "dropped";
            let dropped = self.metrics.pushes.get_or_create(&Push { outcome });
            dropped.inc_by(count as u64);
            tracing::warn!(team = %self.id, count, "too many pushes wait: these are not sent");
        }
    }
}

async fn run(mut writer: Writer, mut turns: mpsc::Receiver<Turn>) {
    let mut waiting = Vec::new();
    while turns.recv_many(&mut waiting, TURNS).await > 0 {
        let turns = std::mem::take(&mut waiting);
        let done = spawn_blocking(move || {
            writer.carry_out(turns);
            writer
        });
        writer = match done.await {
            Ok(writer) => writer,
            // The runtime is shutting down.
            Err(_) => return,
        };
    }
}

/// What who asked is told when entries were not appended.
pub(super) fn not_appended(error: &AppendError) -> Problem {
    match error {
        AppendError::Full => Problem::new(
            ProblemCode::StorageFull,
            "Nothing was taken in. Free some disk space on the relay's machine; phones keep what \
             they have and send it again.",
        ),
        AppendError::Conflict(_) | AppendError::Erased | AppendError::Store(_) => {
            Problem::internal()
        }
    }
}
