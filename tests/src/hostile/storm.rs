//! Mutants on their way to a relay, over several connections at once.

use super::{
    Plan,
    ground::Ground,
    mutant::{Shot, deals, shots},
    request::Request,
};
use anyhow::{Context, Result, bail, ensure};
use futures_util::future::try_join_all;
use kith_shared::{
    api::{self, path},
    ids::MemberId,
    limits,
    sync::{Form, Outcome, SyncReply, TeamReply},
};
use reqwest::{Client, StatusCode, header};
use std::{
    cell::RefCell,
    collections::{BTreeMap, VecDeque},
    env, fs,
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

/// Connections over which mutants come at once.
const STREAMS: usize = 4;
/// How long one answer may take.
const PATIENCE: Duration = Duration::from_secs(30);

/// How often what was answered to which kind of mutant.
#[derive(Debug, Clone, Default)]
pub struct Tally {
    /// By kind and answer.
    pub answers: BTreeMap<(&'static str, String), u64>,
    /// How often a request had to wait.
    pub waits: u64,
}

impl Tally {
    fn count(&mut self, kind: &'static str, answer: String) {
        *self.answers.entry((kind, answer)).or_default() += 1;
    }

    /// How many answers of a kind begin so.
    pub fn of(&self, kind: &str, answer: &str) -> u64 {
        let of_it = self
            .answers
            .iter()
            .filter(|((k, a), _)| *k == kind && a.starts_with(answer));
        of_it.map(|(_, count)| count).sum()
    }

    /// How many answers begin so, whatever they were to.
    pub fn all(&self, answer: &str) -> u64 {
        let such = self
            .answers
            .iter()
            .filter(|((_, a), _)| a.starts_with(answer));
        such.map(|(_, count)| count).sum()
    }
}

/// Sends all mutants of a plan. The tokens are those of the ground's attackers, in their order.
pub async fn storm(origin: &str, plan: Plan, ground: &Ground, tokens: &[String]) -> Result<Tally> {
    let tally = RefCell::new(Tally::default());
    let end = plan.from + plan.mutants;
    let deals = deals(plan.from, end, ground.attackers.len());
    let queue = RefCell::new(Queue::of(ground, deals));
    let stream = async |client: Client| {
        loop {
            let next = queue.borrow_mut().next(Instant::now());
            let mut deal = match next {
                Next::Now(deal) => deal,
                Next::At(first) => {
                    tokio::time::sleep_until(first.into()).await;
                    continue;
                }
                Next::Nothing => return Ok::<_, anyhow::Error>(()),
            };
            let (first, end, whose) = deal.mutants;
            let shots = shots(plan.seed, first, end, ground, &ground.attackers[whose]);
            for shot in shots.iter().skip(deal.sent) {
                let answers = fire(&client, origin, &tokens[whose], shot).await;
                let answers = answers.with_context(|| {
                    let kept = keep(&plan, shot);
                    format!("mutant {} ({}), kept as {kept}", shot.first, shot.kinds[0])
                })?;
                let mut tally = tally.borrow_mut();
                match answers {
                    Answered::Later(wait) => {
                        tally.waits += 1;
                        queue.borrow_mut().wait(deal, Instant::now() + wait);
                        break;
                    }
                    Answered::Each(answers) => {
                        for (kind, answer) in shot.kinds.iter().zip(answers) {
                            tally.count(kind, answer);
                        }
                    }
                }
                deal.sent += 1;
            }
            tokio::time::sleep(plan.pause).await;
        }
    };
    try_join_all((0..STREAMS).map(|_| stream(Client::new()))).await?;
    Ok(tally.into_inner())
}

/// What was answered.
enum Answered {
    /// To each change of a request, or to the whole.
    Each(Vec<String>),
    /// Nothing before that has passed.
    Later(Duration),
}

/// Some mutants of one attacker's, and how many of their requests were answered.
#[derive(Debug, Clone, Copy)]
struct Deal {
    mutants: (u64, u64, usize),
    sent: usize,
}

enum Next {
    Now(Deal),
    /// Not before then.
    At(Instant),
    Nothing,
}

/// What is still to be sent. While one member has to wait, the others send.
struct Queue<'a, D> {
    ground: &'a Ground,
    deals: D,
    waiting: BTreeMap<MemberId, (Instant, VecDeque<Deal>)>,
}

impl<'a, D: Iterator<Item = (u64, u64, usize)>> Queue<'a, D> {
    fn of(ground: &'a Ground, deals: D) -> Self {
        let waiting = BTreeMap::new();
        Self {
            ground,
            deals,
            waiting,
        }
    }

    fn next(&mut self, now: Instant) -> Next {
        let mut waiting = self.waiting.values_mut();
        if let Some(deal) = waiting.find_map(|(until, deals)| {
            let ready = *until <= now;
            ready.then(|| deals.pop_front()).flatten()
        }) {
            return Next::Now(deal);
        }
        for mutants in self.deals.by_ref() {
            let deal = Deal { mutants, sent: 0 };
            match self.waiting.get_mut(&whose(self.ground, &deal)) {
                Some((until, deals)) if *until > now => deals.push_back(deal),
                _ => return Next::Now(deal),
            }
        }
        let waiting = self.waiting.values().filter(|(_, deals)| !deals.is_empty());
        let first = waiting.map(|(until, _)| *until).min();
        first.map_or(Next::Nothing, Next::At)
    }

    fn wait(&mut self, deal: Deal, until: Instant) {
        let waits = self.waiting.entry(whose(self.ground, &deal));
        let waits = waits.or_insert((until, VecDeque::new()));
        waits.0 = waits.0.max(until);
        waits.1.push_front(deal);
    }
}

fn whose(ground: &Ground, deal: &Deal) -> MemberId {
    ground.attackers[deal.mutants.2].member.id
}

/// Sends one request.
async fn fire(client: &Client, origin: &str, token: &str, shot: &Shot) -> Result<Answered> {
    let mut cut = 0;
    loop {
        let (status, wait, body) = match send(client, origin, token, &shot.request).await {
            Ok(answer) => answer,
            // What is too large is not read to its end, and the connection closes: while it is
            // still being written, or just when the next request goes out on it.
            Err(error) if error.is_request() && !error.is_timeout() && cut < 2 => {
                let large = shot.request.body.len() > limits::BODY_BYTES;
                if large && alive(origin).await {
                    let answer = "cut off".to_owned();
                    return Ok(Answered::Each(vec![answer; shot.kinds.len()]));
                }
                cut += 1;
                continue;
            }
            Err(error) => return Err(error.into()),
        };
        if status == StatusCode::TOO_MANY_REQUESTS {
            return Ok(Answered::Later(wait));
        }
        ensure!(!status.is_server_error(), "the relay failed: {status}");
        if !status.is_success() {
            let problem: api::Problem =
                serde_json::from_slice(&body).context("an answer that is no problem")?;
            let answer = format!("{} {}", status.as_u16(), code(&problem.code));
            return Ok(Answered::Each(vec![answer; shot.kinds.len()]));
        }
        let form = Form::of(shot.request.content_type).context("a form")?;
        let (reply, _): (SyncReply, _) = form.hear(&body, &shot.request.known(form))?;
        return answers(&reply, shot).map(Answered::Each);
    }
}

async fn alive(origin: &str) -> bool {
    let health = reqwest::get(format!("{origin}{}", path::HEALTH)).await;
    health.is_ok_and(|answer| answer.status().is_success())
}

async fn send(
    client: &Client,
    origin: &str,
    token: &str,
    request: &Request,
) -> reqwest::Result<(StatusCode, Duration, Vec<u8>)> {
    let mut http = client
        .post(format!("{origin}{}", path::SYNC))
        .bearer_auth(token)
        .header(header::CONTENT_TYPE, request.content_type)
        .timeout(PATIENCE);
    if let Some(encoding) = request.encoding {
        http = http.header(header::CONTENT_ENCODING, encoding);
    }
    let answer = http.body(request.body.clone()).send().await?;
    let status = answer.status();
    let wait = answer.headers().get(header::RETRY_AFTER);
    let wait = wait.and_then(|wait| wait.to_str().ok()?.parse().ok());
    let wait = Duration::from_secs(wait.unwrap_or(1));
    Ok((status, wait, answer.bytes().await?.to_vec()))
}

fn answers(reply: &SyncReply, shot: &Shot) -> Result<Vec<String>> {
    let outcomes = reply.teams.iter().flat_map(|team| match team {
        TeamReply::Level(level) => level.outcomes.iter().map(word).collect(),
        TeamReply::Diverged { .. } => vec!["diverged".to_owned()],
        TeamReply::Forget { .. } => vec!["forget".to_owned()],
        TeamReply::NotYours => vec!["not yours".to_owned()],
    });
    let mut answers: Vec<_> = outcomes.collect();
    if shot.kinds[0].starts_with("request") {
        // Whatever came of it, it was answered in one word.
        let answer = answers.first().cloned();
        return Ok(vec![answer.unwrap_or_else(|| "nothing to say".to_owned())]);
    }
    if matches!(*reply.teams, [TeamReply::Level(_)]) && answers.len() < shot.kinds.len() {
        answers.resize(shot.kinds.len(), "held back".to_owned());
    }
    if answers.len() != shot.kinds.len() {
        bail!("{} changes, {} answers", shot.kinds.len(), answers.len());
    }
    Ok(answers)
}

fn word(outcome: &Outcome) -> String {
    match outcome {
        Outcome::Accepted(_) => "accepted".to_owned(),
        Outcome::Duplicate(_) => "duplicate".to_owned(),
        Outcome::Need(_) => "needs others".to_owned(),
        Outcome::Refused { code: why, .. } => format!("refused: {}", code(why)),
    }
}

/// A stable code as it stands on the wire.
fn code(code: &impl serde::Serialize) -> String {
    let value = serde_json::to_value(code).unwrap_or_default();
    value.as_str().unwrap_or("?").to_owned()
}

/// Keeps a request that the relay did not stand, beside the programs; returns where, and how it
/// comes again.
fn keep(plan: &Plan, shot: &Shot) -> String {
    let folder = env::current_exe().ok();
    let folder = folder
        .as_deref()
        .and_then(Path::parent)
        .map(|f| f.join("hostile"));
    let file = folder.unwrap_or_else(|| PathBuf::from("hostile"));
    let file = file.join(format!("{}-{}.bin", plan.seed, shot.first));
    let written = file.parent().map(fs::create_dir_all);
    let written = written
        .transpose()
        .and_then(|_| fs::write(&file, &shot.request.body));
    let again = format!(
        "again: cargo xtask hostile --seed {} --from {} --mutants {}",
        plan.seed,
        shot.first,
        shot.kinds.len().max(6)
    );
    match written {
        Ok(()) => format!("{}; {again}", file.display()),
        Err(error) => format!("nothing ({error}); {again}"),
    }
}
