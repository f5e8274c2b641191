//! Web Push: wakes phones whose members are needed, also when the app is closed.
//!
//! Who is to be woken comes from the teams ([`Teams::wakes`]) when what it is about is durable. One
//! task sends; no request waits for it, and a push service that is slow or gone holds up nothing
//! but other pushes, and few of those. A push that is lost, also because the relay stops, costs
//! time and no news: the app asks for those by itself.

mod hosts;
mod queue;
mod sender;

pub use hosts::{Hosts, KNOWN, NotAHost};

use crate::{
    auth::VapidKey,
    metrics::{self, Metrics},
    relay::{Teams, Wake},
};
use futures_util::{StreamExt as _, stream::FuturesUnordered};
use queue::{Answer, Outcome, Push, Queue};
use sender::Sender;
use std::sync::Arc;
use tokio::{
    sync::{mpsc, watch},
    time::Instant,
};

/// How the relay pushes.
#[derive(Debug, Clone, Default)]
pub struct PushOptions {
    /// The push services that it sends to.
    pub hosts: Hosts,
    /// Where a push service reaches whoever runs the relay: a `mailto:` or `https:` address.
    pub contact: Option<String>,
}

/// Pushes to devices until the relay closes.
#[derive(Debug)]
pub struct Pusher {
    sender: Sender,
    teams: Arc<Teams>,
    metrics: Arc<Metrics>,
    queue: Queue,
}

impl Pusher {
    /// A pusher for these teams.
    pub fn new(
        teams: Arc<Teams>,
        vapid: VapidKey,
        options: PushOptions,
        metrics: Arc<Metrics>,
    ) -> Self {
        Self {
            sender: Sender::new(vapid, options.contact, options.hosts),
            teams,
            metrics,
            queue: Queue::default(),
        }
    }

    /// Sends what is asked for until `closing` becomes true.
    pub async fn run(self, mut wakes: mpsc::Receiver<Wake>, mut closing: watch::Receiver<bool>) {
        let Self {
            sender,
            teams,
            metrics,
            mut queue,
        } = self;
        let count = |outcome, n: usize| {
            let outcome = metrics::Push { outcome };
            metrics.pushes.get_or_create(&outcome).inc_by(n as u64);
        };
        let send = async |push: Push| {
            let answer = sender.send(&push).await;
            if answer == Answer::Gone {
                forget(&teams, &push).await;
            }
            (push, answer)
        };
        let mut under_way = FuturesUnordered::new();
        loop {
            while let Some(push) = queue.next(Instant::now()) {
                under_way.push(send(push));
            }
            let due = queue.due();
            tokio::select! {
                _ = closing.wait_for(|closing| *closing) => return,
                wake = wakes.recv() => {
                    let Some(Wake { team, to }) = wake else { return };
                    let now = Instant::now();
                    let added = to.into_iter().map(|to| queue.add(Push { team, to }, now));
                    count("dropped", added.filter(|added| !added).count());
                }
                Some((push, answer)) = under_way.next() => {
                    count(name(queue.answered(&push, answer, Instant::now())), 1);
                }
                () = tokio::time::sleep_until(due.unwrap_or_else(Instant::now)), if due.is_some() => {}
            }
        }
    }
}

/// The device is gone: it is woken no more.
async fn forget(teams: &Teams, push: &Push) {
    let Some(team) = teams.get(push.team) else {
        return;
    };
    let gone = push.to.clone();
    let forgotten = team.act(move |team, now, _| Ok(team.forget_endpoint(&gone, now)));
    if let Err(problem) = forgotten.await {
        // It will be found to be gone again with the next push.
        tracing::warn!(team = %push.team, %problem, "an endpoint that is gone was not forgotten");
    }
}

fn name(outcome: Outcome) -> &'static str {
    match outcome {
        Outcome::Sent => "sent",
        Outcome::Retried => "retried",
        Outcome::Failed => "failed",
        Outcome::Forgotten => "forgotten",
    }
}
