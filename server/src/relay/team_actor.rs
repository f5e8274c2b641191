//! One team at work: requests that wait are decided together, and go on to be written and answered
//! together (`team_writer`), while the next are decided. Nothing that is not durable is ever told to
//! anyone.

use super::{
    Dice, Done, NotATeam, ProofKey, Team, Wake, erase,
    hub::Hub,
    queue::{Of, Queue},
    team_writer::{Answer, Reading, Turn, Writer},
};
use crate::{
    journal::{Entry, Journal},
    metrics::Metrics,
    problem::Problem,
};
use kith_shared::{ids::TeamId, limits, time::Moment};
use std::{
    collections::VecDeque,
    num::NonZero,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex},
    thread::available_parallelism,
    time::{Duration, Instant, SystemTime, UNIX_EPOCH},
};
use tokio::{
    sync::{mpsc, oneshot, watch},
    task::spawn_blocking,
    time::{MissedTickBehavior, interval_at, sleep_until},
};

/// Requests that are carried out together at most.
const GROUP: usize = 64;
/// Requests that wait for their turn at most; who comes then waits to be let into the queue.
const QUEUE: usize = 1024;

/// Requests that are looked at together, ahead of their turns, at most.
const AHEAD: usize = 8;

/// How long the team decides before it hands on what was decided by then; a decision that has
/// begun comes to its end.
const TURN: Duration = Duration::from_millis(10);

/// A request that waits for its turn.
type Job = super::queue::Job<What>;

enum What {
    Run(Run),
    /// Something of it changes nothing and can be done ahead, beside others.
    Look(Look),
}

/// Looks at the team as it is before the request's turn.
type Look = Box<dyn FnOnce(&Team, Moment) -> Run + Send>;

/// What a request does to the team, and what it says when that is durable.
type Run = Box<dyn FnOnce(&mut Team, Moment, Dice<'_>) -> Carried + Send>;

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
        let (failed, failures) = watch::channel(None);
        let writer = Writer {
            id: team.id(),
            journal: journal.clone(),
            metrics: metrics.clone(),
            hub: hub.clone(),
            wakes,
            failed,
        };
        let worker = Worker {
            id: team.id(),
            journal,
            key,
            metrics,
            hub: hub.clone(),
            failures,
            reading: 1,
            team: Some(team),
        };
        tokio::spawn(run(worker, waiting, writer.start()));
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
        let what = What::Run(running(command, reply));
        let of = Of::Nobody;
        self.wait_for(Job { of, what }, answer).await
    }

    /// The same for a device. `look` is what can be done of it ahead of its turn.
    pub async fn act_for<A: Send + 'static, T: Send + 'static>(
        &self,
        of: Of,
        look: impl FnOnce(&Team, Moment) -> A + Send + 'static,
        command: impl FnOnce(A, &mut Team, Moment, Dice<'_>) -> Result<Done<T>, Problem>
        + Send
        + 'static,
    ) -> Result<T, Problem> {
        let (reply, answer) = oneshot::channel();
        let look: Look = Box::new(move |team, now| {
            let ahead = look(team, now);
            running(
                move |team, now, dice| command(ahead, team, now, dice),
                reply,
            )
        });
        let what = What::Look(look);
        self.wait_for(Job { of, what }, answer).await
    }

    async fn wait_for<T>(
        &self,
        job: Job,
        answer: oneshot::Receiver<Result<T, Problem>>,
    ) -> Result<T, Problem> {
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

fn running<T: Send + 'static>(
    command: impl FnOnce(&mut Team, Moment, Dice<'_>) -> Result<Done<T>, Problem> + Send + 'static,
    reply: oneshot::Sender<Result<T, Problem>>,
) -> Run {
    Box::new(move |team, now, dice| match command(team, now, dice) {
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
    })
}

struct Worker {
    id: TeamId,
    journal: Arc<dyn Journal>,
    key: ProofKey,
    metrics: Arc<Metrics>,
    hub: Arc<Hub>,
    /// The last reading on which something was decided that did not become durable.
    failures: watch::Receiver<Option<(Reading, Problem)>>,
    /// How often the state was folded from the journal.
    reading: Reading,
    /// The state; nothing when it is in doubt and is to be folded from the journal again.
    team: Option<Team>,
}

async fn run(mut worker: Worker, mut jobs: mpsc::Receiver<Job>, turns: mpsc::Sender<Turn>) {
    let tick = Duration::from_millis(limits::TICK.millis().unsigned_abs());
    let mut ticks = interval_at(tokio::time::Instant::now() + tick, tick);
    ticks.set_missed_tick_behavior(MissedTickBehavior::Delay);
    let (mut came, mut queue) = (Vec::new(), Queue::default());
    let started = Instant::now();
    loop {
        let now = started.elapsed();
        let due = queue.next_at(now);
        tokio::select! {
            count = jobs.recv_many(&mut came, GROUP) => if count == 0 {
                // Nobody can ask any more.
                return;
            },
            _ = ticks.tick() => came.push(tick_job()),
            () = sleep_until((started + due.unwrap_or(now)).into()), if due.is_some() => {}
        }
        queue.join(came.drain(..));
        while let Some(mut next) = queue.next(started.elapsed()) {
            if worker.is_in_doubt() {
                worker.team = None;
                // The journal tells what is so only when nothing is on its way to it any more.
                if !is_written(&turns).await {
                    return;
                }
            }
            let began = started.elapsed();
            let decided = spawn_blocking(move || {
                let turn = worker.decide(&mut next);
                (worker, next, turn)
            });
            // The runtime is shutting down: panics are caught where they happen.
            let Ok((same, undecided, turn)) = decided.await else {
                return;
            };
            worker = same;
            let Some(turn) = turn else {
                // Those who wait are told so by the end of their channel.
                queue.leave();
                break;
            };
            queue.went_on(undecided, began, started.elapsed());
            if turns.send(turn).await.is_err() {
                return;
            }
            while queue.count() < GROUP
                && let Ok(job) = jobs.try_recv()
            {
                queue.join([job]);
            }
        }
    }
}

/// Waits until all that was decided before is durable, or failed.
async fn is_written(turns: &mpsc::Sender<Turn>) -> bool {
    let (written, wait) = oneshot::channel();
    let turn = Turn {
        answers: vec![Box::new(move |_| {
            let _ = written.send(());
        })],
        ..Turn::default()
    };
    turns.send(turn).await.is_ok() && wait.await.is_ok()
}

/// What time alone decides is a job like any other, for which nobody waits.
fn tick_job() -> Job {
    let run: Run = Box::new(|team, now, dice| Carried {
        entries: team.tick(now, dice).entries,
        answer: Box::new(drop),
    });
    let what = What::Run(run);
    let of = Of::Nobody;
    Job { of, what }
}

/// Does what can be done ahead of the turns of these requests, on all processors; nothing is left of
/// one that panics.
fn look(team: &Team, jobs: Vec<Job>) -> Vec<Option<Run>> {
    let now = now();
    let run = |job: Job| match job.what {
        What::Run(run) => Some(run),
        What::Look(look) => catch_unwind(AssertUnwindSafe(|| look(team, now))).ok(),
    };
    let looks = |job: &&Job| matches!(job.what, What::Look(_));
    let processors = available_parallelism().map_or(1, NonZero::get);
    let threads = processors.min(jobs.iter().filter(looks).count());
    if threads < 2 {
        return jobs.into_iter().map(run).collect();
    }
    let waiting = Mutex::new(jobs.into_iter().enumerate());
    let next = || waiting.lock().ok()?.next();
    let each = || next().map(|(at, job)| (at, run(job)));
    let work = || -> Vec<_> { std::iter::from_fn(each).collect() };
    let mut done = std::thread::scope(|scope| {
        let beside: Vec<_> = (1..threads).map(|_| scope.spawn(work)).collect();
        let mut done = work();
        // Panics were caught where they happen.
        done.extend(
            beside
                .into_iter()
                .flat_map(|it| it.join().unwrap_or_default()),
        );
        done
    });
    done.sort_by_key(|(at, _)| *at);
    done.into_iter().map(|(_, run)| run).collect()
}

impl Worker {
    fn is_in_doubt(&self) -> bool {
        let failed = self.failures.borrow();
        self.team.is_none() || failed.as_ref().is_some_and(|(at, _)| *at >= self.reading)
    }

    /// Decides what is asked, for a while or up to where the state is in doubt; nothing when there is no state.
    fn decide(&mut self, group: &mut VecDeque<Job>) -> Option<Turn> {
        if self.team.is_none() {
            self.team = Some(self.replay()?);
            self.reading += 1;
        }
        let team = self.team.as_mut()?;
        let last = team.end().seq;
        let (mut entries, mut answers, mut whole) = (Vec::new(), Vec::new(), true);
        let began = Instant::now();
        while whole && began.elapsed() < TURN && !group.is_empty() {
            let some = group.drain(..group.len().min(AHEAD)).collect();
            let mut runs = look(team, some).into_iter();
            for run in runs.by_ref() {
                let carried = run.and_then(|run| {
                    let run = || run(team, now(), &mut roll);
                    let carried = catch_unwind(AssertUnwindSafe(run));
                    whole = carried.is_ok();
                    carried.ok()
                });
                if let Some(carried) = carried {
                    entries.extend(carried.entries);
                    answers.push(carried.answer);
                } else {
                    self.metrics.panics.inc();
                    // What only looked has harmed nothing.
                    tracing::error!(team = %self.id, whole, "a request panicked");
                }
                if !whole {
                    break;
                }
            }
            let rest: Vec<_> = runs.flatten().collect();
            for run in rest.into_iter().rev() {
                let what = What::Run(run);
                let of = Of::Nobody;
                group.push_front(Job { of, what });
            }
        }
        let concerns = self.hub.concerns(team, last, &entries);
        let erased = erase::to_destroy(&*self.journal, team);
        let turn = Turn {
            reading: self.reading,
            last,
            wake: team.take_wake(),
            concerns,
            // What it knew of them goes with the state.
            erased,
            entries,
            answers,
        };
        if !whole || !turn.erased.is_empty() {
            self.team = None;
        }
        Some(turn)
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::journal::MemoryJournal;
    use kith_shared::ids::DeviceId;

    #[tokio::test]
    async fn whoever_was_refused_lets_everyone_else_go_first_and_takes_little_time() {
        let id = TeamId::from_bytes([1; 16]);
        let founded = Team::found(id, "River team", ProofKey::new([7; 32]), now(), &mut roll);
        let (journal, (wakes, _pushed)) = (Arc::new(MemoryJournal::default()), mpsc::channel(1));
        let key = ProofKey::new([7; 32]);
        let team = TeamHandle::start(journal, key, Arc::default(), wakes, founded.unwrap().0);
        let each = Duration::from_millis(4);
        let order = Arc::new(Mutex::new(Vec::new()));
        let ask = |n: u8, of: Of| {
            let (team, order) = (team.clone(), order.clone());
            tokio::spawn(async move {
                let done = move |(), _: &mut Team, _, _: Dice<'_>| {
                    std::thread::sleep(each);
                    order.lock().unwrap().push(n);
                    let (entries, reply) = (Vec::new(), ());
                    Ok(Done { entries, reply })
                };
                team.act_for(of, |_, _| (), done).await.unwrap();
            })
        };
        let began = Instant::now();
        let refused: Vec<_> = (0..6).map(|n| ask(n, Of::Refused)).collect();
        tokio::time::sleep(each).await;
        let device = |n| Of::Device(DeviceId::from_bytes([n; 16]));
        let others: Vec<_> = (6..9).map(|n| ask(n, device(n))).collect();
        for other in others {
            other.await.unwrap();
        }
        let before = order.lock().unwrap().iter().filter(|n| **n < 6).count();
        assert!(before <= 2, "{before} of those who were refused went first");
        for each in refused {
            each.await.unwrap();
        }
        // Between each two of them there is time for others.
        assert!(began.elapsed() >= each * 5 * limits::REFUSED_SHARE);
    }

    #[test]
    fn what_is_looked_at_side_by_side_keeps_its_order_and_a_panic_costs_one() {
        let id = TeamId::from_bytes([1; 16]);
        let founded = Team::found(id, "River team", ProofKey::new([7; 32]), now(), &mut roll);
        let (mut team, _) = founded.unwrap();
        let (sent, said) = std::sync::mpsc::channel();
        let job = |n: u8| {
            let sent = sent.clone();
            let look: Look = Box::new(move |_, _| {
                assert!(n != 3, "on purpose");
                // The later are done sooner.
                std::thread::sleep(Duration::from_millis(u64::from(8 - n)));
                Box::new(move |_, _, _| Carried {
                    entries: Vec::new(),
                    answer: Box::new(move |_| sent.send(n).unwrap()),
                })
            });
            let (of, what) = (Of::Nobody, What::Look(look));
            Job { of, what }
        };
        let looked = look(&team, (0..8).map(job).collect());
        assert_eq!(looked.len(), 8);
        assert!(looked[3].is_none());
        for run in looked.into_iter().flatten() {
            (run(&mut team, now(), &mut roll).answer)(Ok(()));
        }
        assert_eq!(said.try_iter().collect::<Vec<_>>(), [0, 1, 2, 4, 5, 6, 7]);
    }
}
