//! One team at work: requests that wait are carried out together, appended to the journal in one
//! go, and answered when that is durable. Nothing that is not durable is ever told to anyone.

use super::{Dice, Done, NotATeam, ProofKey, Subscription, Team, Wake, erase, hub::Hub};
use crate::{
    journal::{AppendError, Entry, Journal},
    metrics::{Metrics, Push},
    problem::Problem,
};
use kith_shared::{api::ProblemCode, ids::TeamId, limits, sync::Seq, time::Moment};
use std::{
    collections::VecDeque,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::Arc,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{
    sync::{mpsc, oneshot},
    task::spawn_blocking,
    time::{MissedTickBehavior, interval_at},
};

/// Requests that are carried out together at most.
const GROUP: usize = 64;
/// Requests that wait for their turn at most; who comes then waits to be let into the queue.
const QUEUE: usize = 1024;

/// What a request does to the team, and what it says when that is durable.
type Job = Box<dyn FnOnce(&mut Team, Moment, Dice<'_>) -> Carried + Send>;
type Answer = Box<dyn FnOnce(Result<(), Problem>) + Send>;

struct Carried {
    entries: Vec<Entry>,
    answer: Answer,
}

/// A team at work.
#[derive(Clone, Debug)]
pub struct TeamHandle {
    jobs: mpsc::Sender<Job>,
    hub: Arc<Hub>,
}

impl TeamHandle {
    /// Starts work on a team.
    pub fn start(
        journal: Arc<dyn Journal>,
        key: ProofKey,
        metrics: Arc<Metrics>,
        wakes: mpsc::Sender<Wake>,
        team: Team,
    ) -> Self {
        let hub = Arc::new(Hub::default());
        let (jobs, waiting) = mpsc::channel(QUEUE);
        let worker = Worker {
            id: team.id(),
            journal,
            key,
            metrics,
            hub: hub.clone(),
            wakes,
            team: Some(team),
        };
        tokio::spawn(run(worker, waiting));
        Self { jobs, hub }
    }

    /// Who listens.
    pub fn hub(&self) -> &Hub {
        &self.hub
    }

    /// Carries out a command and returns its reply when its entries are durable.
    pub async fn act<T: Send + 'static>(
        &self,
        command: impl FnOnce(&mut Team, Moment, Dice<'_>) -> Result<Done<T>, Problem> + Send + 'static,
    ) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        let job: Job = Box::new(move |team, now, dice| match command(team, now, dice) {
            Ok(done) => Carried {
                entries: done.entries,
                answer: Box::new(move |durable| {
                    // Who asked may have gone away; what they asked for is done all the same.
                    let _ = reply.send(durable.map(|()| done.reply));
                }),
            },
            Err(problem) => Carried {
                entries: Vec::new(),
                answer: Box::new(move |_| {
                    let _ = reply.send(Err(problem));
                }),
            },
        });
        let sent = self.jobs.send(job).await;
        sent.map_err(|_| Problem::internal())?;
        answer.await.unwrap_or_else(|_| Err(Problem::internal()))
    }

    /// Looks something up.
    pub async fn read<T: Send + 'static>(
        &self,
        look: impl FnOnce(&Team) -> T + Send + 'static,
    ) -> Result<T, Problem> {
        self.act(|team, _, _| {
            Ok(Done {
                entries: Vec::new(),
                reply: look(team),
            })
        })
        .await
    }
}

struct Worker {
    id: TeamId,
    journal: Arc<dyn Journal>,
    key: ProofKey,
    metrics: Arc<Metrics>,
    hub: Arc<Hub>,
    /// To whoever pushes.
    wakes: mpsc::Sender<Wake>,
    /// The state; nothing when it is in doubt and is to be folded from the journal again.
    team: Option<Team>,
}

async fn run(mut worker: Worker, mut jobs: mpsc::Receiver<Job>) {
    let tick = Duration::from_millis(limits::TICK.millis().unsigned_abs());
    let mut ticks = interval_at(tokio::time::Instant::now() + tick, tick);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let mut waiting = Vec::new();
    loop {
        tokio::select! {
            came = jobs.recv_many(&mut waiting, GROUP) => if came == 0 {
                // Nobody can ask any more.
                return;
            },
            _ = ticks.tick() => waiting.push(Box::new(tick_job)),
        }
        let group = VecDeque::from(std::mem::take(&mut waiting));
        let turn = spawn_blocking(move || {
            worker.carry_out(group);
            worker
        });
        worker = match turn.await {
            Ok(worker) => worker,
            // The runtime is shutting down: panics are caught where they happen.
            Err(_) => return,
        };
    }
}

/// What time alone decides is a job like any other, for which nobody waits.
fn tick_job(team: &mut Team, now: Moment, dice: Dice<'_>) -> Carried {
    Carried {
        entries: team.tick(now, dice).entries,
        answer: Box::new(drop),
    }
}

impl Worker {
    fn carry_out(&mut self, mut group: VecDeque<Job>) {
        while !group.is_empty() {
            if self.team.is_none() {
                self.team = self.replay();
            }
            let Some(team) = &mut self.team else {
                // Those who wait are told so by the end of their channel.
                return;
            };
            let last = team.end().seq;
            let (mut entries, mut answers, mut whole) = (Vec::new(), Vec::new(), true);
            while whole && let Some(job) = group.pop_front() {
                let run = || job(team, now(), &mut roll);
                if let Ok(carried) = catch_unwind(AssertUnwindSafe(run)) {
                    entries.extend(carried.entries);
                    answers.push(carried.answer);
                } else {
                    self.metrics.panics.inc();
                    tracing::error!(team = %self.id, "a request panicked; the team is read again");
                    whole = false;
                }
            }
            let wake = team.take_wake();
            let mut durable = self.append(last, &entries);
            if durable.is_ok() {
                self.wake(wake);
                match self.destroy_keys() {
                    Ok(destroyed) => whole &= !destroyed,
                    Err(problem) => durable = Err(problem),
                }
            }
            if !whole || durable.is_err() {
                self.team = None;
            }
            for answer in answers {
                answer(durable.clone());
            }
        }
    }

    /// Destroys the keys of those who were just erased, if anyone was. What it knew of them goes
    /// with the state.
    fn destroy_keys(&self) -> Result<bool, Problem> {
        let destroyed = self
            .team
            .as_ref()
            .map(|team| erase::destroy_keys(&*self.journal, team));
        destroyed.unwrap_or(Ok(false)).map_err(|error| {
            tracing::error!(team = %self.id, %error, "a key was not destroyed");
            Problem::internal()
        })
    }

    fn append(&self, last: Seq, entries: &[Entry]) -> Result<(), Problem> {
        if entries.is_empty() {
            return Ok(());
        }
        let started = Instant::now();
        let appended = self.journal.append(self.id, last, entries);
        self.metrics
            .append_seconds
            .observe(started.elapsed().as_secs_f64());
        match appended {
            Ok(()) => {
                self.metrics.entries.inc_by(entries.len() as u64);
                let news = entries
                    .iter()
                    .filter_map(|e| Some((e.document()?, e.device)));
                if let Some(team) = &self.team {
                    self.hub.tell_readers(team, last, &news.collect::<Vec<_>>());
                }
                Ok(())
            }
            Err(error) => {
                tracing::error!(team = %self.id, %error, "entries were not appended");
                Err(not_appended(&error))
            }
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

    fn replay(&self) -> Option<Team> {
        let replayed = catch_unwind(AssertUnwindSafe(|| {
            erase::read(&*self.journal, self.id, &self.key)
        }));
        match replayed {
            Ok(Ok(team)) => Some(team),
            Ok(Err(error)) => {
                self.complain(&error);
                None
            }
            Err(_) => None,
        }
    }

    fn complain(&self, error: &NotATeam) {
        tracing::error!(team = %self.id, %error, "the team cannot be read from its journal");
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

/// The relay's clock.
pub fn now() -> Moment {
    let since = SystemTime::now().duration_since(UNIX_EPOCH);
    let millis = since.map_or(0, |d| i64::try_from(d.as_millis()).unwrap_or(i64::MAX));
    Moment::from_millis(millis)
}

/// The relay's dice: the operating system's.
///
/// # Panics
///
/// When the operating system has none: no secret would be one.
pub fn roll() -> u128 {
    let mut bytes = [0; 16];
    getrandom::fill(&mut bytes).expect("the operating system has randomness");
    u128::from_le_bytes(bytes)
}
