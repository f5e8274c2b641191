//! The relay over HTTP: the same code in the browser and natively.

use super::renewal;
use crate::engine::Me;
use futures_util::{Stream, StreamExt};
use kith_shared::{
    api::{
        self, CalendarFeed, Join, Joined, KnownDevice, Pass, Problem, ProblemCode, PushOn,
        PushStatus, Rejoin, Revoke,
    },
    aside::{End, Page, Review},
    bytes::from_base64,
    documents::team::TeamRecord,
    limits,
    sync::{Form, Known, SyncReply, SyncRequest},
    time::{Moment, Span},
};
use reqwest::{Client, Method, RequestBuilder, Response, header};
use serde::{Serialize, de::DeserializeOwned};
use std::{cell::Cell, pin::Pin, time::Duration};

/// A token that expires within this is renewed on the way.
const RENEW_BEFORE: Span = Span::minutes(1);

/// A relay.
#[derive(Debug)]
pub struct Relay {
    client: Client,
    origin: String,
    patience: Patience,
    requests: Cell<u64>,
}

/// How long to wait for a relay that says nothing: a phone that changes from one network to
/// another leaves connections behind that never answer and never end.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Patience {
    /// For a whole answer. A full reply over the slowest line takes most of it.
    pub answer: Span,
    /// On a stream of events, which says something every [`limits::HEARTBEAT`].
    pub silence: Span,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            answer: Span::minutes(2),
            silence: Span::from_millis(3 * limits::HEARTBEAT.millis()),
        }
    }
}

/// A stream of events.
pub struct Events(Pin<Box<dyn Stream<Item = reqwest::Result<bool>>>>);

impl Events {
    /// Waits for the relay to say something, and returns whether it is that there is news: the
    /// rest says that it is still there. `None` when the stream has ended, for whatever reason.
    pub async fn next(&mut self) -> Option<bool> {
        self.0.next().await?.ok()
    }
}

/// Why the relay did not do it.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RelayError {
    /// No answer: no signal, or the relay is down. Normal; try again later.
    #[error("no answer: {0}")]
    Unreachable(String),
    /// It says why.
    #[error("{}", .0.title)]
    Problem(Problem),
    /// It answered something that this app does not understand.
    #[error("the answer cannot be understood: {0}")]
    Strange(String),
}

/// What is to become of something that the relay keeps for this device.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Wish<T = ()> {
    /// Nothing: how does it stand?
    Look,
    /// It is to be so.
    Make(T),
    /// It is to end.
    Stop,
}

impl RelayError {
    /// The code of the problem, if it is one.
    pub fn code(&self) -> Option<ProblemCode> {
        match self {
            Self::Problem(problem) => Some(problem.code),
            _ => None,
        }
    }
}

impl Relay {
    /// The relay at this origin (`https://kith.example`).
    pub fn new(origin: impl Into<String>) -> Self {
        let origin = origin.into().trim_end_matches('/').to_owned();
        Self {
            client: Client::new(),
            origin,
            patience: Patience::default(),
            requests: Cell::new(0),
        }
    }

    /// The same relay, waited for as long as this.
    pub fn with_patience(self, patience: Patience) -> Self {
        Self { patience, ..self }
    }

    /// How long it is waited for.
    pub fn patience(&self) -> Patience {
        self.patience
    }

    /// How many requests were made, those without an answer included.
    pub fn requests(&self) -> u64 {
        self.requests.get()
    }

    /// Joins a team.
    pub async fn join(&self, join: &Join) -> Result<Joined, RelayError> {
        self.json(api::path::JOIN, join).await
    }

    /// Shows credential and key to a relay that forgot this device.
    pub async fn rejoin(&self, me: &Me) -> Result<Joined, RelayError> {
        let credential = me.joined.credential.clone();
        let http = self.client.post(self.url(api::path::REJOIN));
        let http = http.header(api::RENEWAL_HEADER, renewal(&me.key, &me.joined));
        self.asked(http, &Rejoin { credential }).await
    }

    /// One exchange; with it the new token, if the old one had to be renewed.
    pub async fn sync(
        &self,
        me: &Me,
        request: &SyncRequest,
        now: Moment,
    ) -> Result<(SyncReply, Option<Pass>), RelayError> {
        // The reply comes in the form of the request.
        let form = Form::Packed;
        let (body, known) = form.say(request, &Known::caller(me.joined.team, me.device));
        let http = authorised(self.client.post(self.url(api::path::SYNC)), me, now)
            .header(header::CONTENT_TYPE, form.content_type())
            .body(body);
        let response = self.send(self.in_time(http)).await?;
        let pass = renewed(&response);
        let bytes = body_of(response).await?;
        let heard = form.hear(&bytes, &known);
        let (reply, _) = heard.map_err(|e| RelayError::Strange(e.to_string()))?;
        Ok((reply, pass))
    }

    /// Listens for events; `None` when that is not to be had now.
    pub async fn listen(&self, me: &Me, now: Moment) -> Option<Events> {
        let http = authorised(self.client.get(self.url(api::path::EVENTS)), me, now)
            .header(header::ACCEPT, "text/event-stream");
        let response = self.send(http).await.ok()?;
        // Heartbeats are comments; all that an event says is that it is there.
        let is_news = |said: &[u8]| said.windows(5).any(|w| w == b"data:");
        let said = response.bytes_stream();
        let said = said.map(move |part| part.map(|bytes| is_news(&bytes)));
        Some(Events(Box::pin(said)))
    }

    /// Whether, and where, this device is woken; with it the new token, if it had to be renewed.
    pub async fn push(
        &self,
        me: &Me,
        wish: &Wish<PushOn>,
        now: Moment,
    ) -> Result<(PushStatus, Option<Pass>), RelayError> {
        let (method, body) = match wish {
            Wish::Look => (Method::GET, None),
            Wish::Make(on) => (Method::PUT, serde_json::to_vec(on).ok()),
            Wish::Stop => (Method::DELETE, None),
        };
        self.mine(me, (method, api::path::PUSH), body, now).await
    }

    /// The address at which calendar programs read this member's shifts; with it the new token, if
    /// it had to be renewed.
    pub async fn calendar(
        &self,
        me: &Me,
        wish: &Wish,
        now: Moment,
    ) -> Result<(CalendarFeed, Option<Pass>), RelayError> {
        let method = match wish {
            Wish::Look => Method::GET,
            Wish::Make(()) => Method::POST,
            Wish::Stop => Method::DELETE,
        };
        self.mine(me, (method, api::path::CALENDAR), None, now)
            .await
    }

    /// The devices that this member may revoke; with them the new token, if it had to be renewed.
    pub async fn devices(
        &self,
        me: &Me,
        now: Moment,
    ) -> Result<(Vec<KnownDevice>, Option<Pass>), RelayError> {
        self.mine(me, (Method::GET, api::path::DEVICES), None, now)
            .await
    }

    /// Says that someone or something does not belong to the team any more; with what was written
    /// the new token, if it had to be renewed.
    pub async fn revoke(
        &self,
        me: &Me,
        what: &Revoke,
        now: Moment,
    ) -> Result<(TeamRecord, Option<Pass>), RelayError> {
        let body = serde_json::to_vec(what).ok();
        self.mine(me, (Method::POST, api::path::REVOKE), body, now)
            .await
    }

    /// What was refused and is kept, so many at most; with it the new token, if it had to be renewed.
    pub async fn kept_aside(
        &self,
        me: &Me,
        most: usize,
        now: Moment,
    ) -> Result<(Page, Option<Pass>), RelayError> {
        let path = format!("{}?limit={most}", api::path::ASIDE);
        self.mine(me, (Method::GET, &path), None, now).await
    }

    /// Says what becomes of something that is kept; with how it stands then the new token, if it
    /// had to be renewed.
    pub async fn review(
        &self,
        me: &Me,
        review: &Review,
        now: Moment,
    ) -> Result<(End, Option<Pass>), RelayError> {
        let body = serde_json::to_vec(review).ok();
        self.mine(me, (Method::POST, api::path::ASIDE), body, now)
            .await
    }

    async fn mine<B: DeserializeOwned>(
        &self,
        me: &Me,
        (method, path): (Method, &str),
        body: Option<Vec<u8>>,
        now: Moment,
    ) -> Result<(B, Option<Pass>), RelayError> {
        let mut http = authorised(self.client.request(method, self.url(path)), me, now);
        if let Some(body) = body {
            http = http
                .header(header::CONTENT_TYPE, "application/json")
                .body(body);
        }
        let response = self.send(self.in_time(http)).await?;
        let pass = renewed(&response);
        let said = serde_json::from_slice(&body_of(response).await?);
        Ok((said.map_err(|e| RelayError::Strange(e.to_string()))?, pass))
    }

    async fn json<A: Serialize, B: DeserializeOwned>(
        &self,
        path: &str,
        ask: &A,
    ) -> Result<B, RelayError> {
        self.asked(self.client.post(self.url(path)), ask).await
    }

    async fn asked<A: Serialize, B: DeserializeOwned>(
        &self,
        http: RequestBuilder,
        ask: &A,
    ) -> Result<B, RelayError> {
        let body = serde_json::to_vec(ask).map_err(|e| RelayError::Strange(e.to_string()))?;
        let http = http
            .header(header::CONTENT_TYPE, "application/json")
            .body(body);
        let bytes = body_of(self.send(self.in_time(http)).await?).await?;
        serde_json::from_slice(&bytes).map_err(|e| RelayError::Strange(e.to_string()))
    }

    fn url(&self, path: &str) -> String {
        format!("{}{path}", self.origin)
    }

    fn in_time(&self, http: RequestBuilder) -> RequestBuilder {
        let answer = self.patience.answer.millis().unsigned_abs();
        http.timeout(Duration::from_millis(answer))
    }

    async fn send(&self, http: RequestBuilder) -> Result<Response, RelayError> {
        self.requests.set(self.requests.get() + 1);
        let response = http
            .send()
            .await
            .map_err(|e| RelayError::Unreachable(e.to_string()))?;
        let status = response.status();
        if status.is_success() {
            return Ok(response);
        }
        let bytes = body_of(response).await?;
        match serde_json::from_slice(&bytes) {
            Ok(problem) => Err(RelayError::Problem(problem)),
            // A proxy in between, or a captive portal: not the relay's word.
            Err(_) => Err(RelayError::Unreachable(status.to_string())),
        }
    }
}

fn authorised(http: RequestBuilder, me: &Me, now: Moment) -> RequestBuilder {
    if expires(&me.joined.pass.token).is_some_and(|at| now + RENEW_BEFORE < at) {
        http.bearer_auth(&me.joined.pass.token)
    } else {
        http.header(api::RENEWAL_HEADER, renewal(&me.key, &me.joined))
    }
}

async fn body_of(response: Response) -> Result<Vec<u8>, RelayError> {
    let bytes = response
        .bytes()
        .await
        .map_err(|e| RelayError::Unreachable(e.to_string()))?;
    Ok(bytes.to_vec())
}

fn renewed(response: &Response) -> Option<Pass> {
    let header = |name| Some(response.headers().get(name)?.to_str().ok()?.to_owned());
    Some(Pass {
        token: header(api::TOKEN_HEADER)?,
        challenge: header(api::CHALLENGE_HEADER)?,
    })
}

/// When a token expires, by the relay's clock: its `exp`. Nothing is checked here; the relay
/// checks.
fn expires(token: &str) -> Option<Moment> {
    #[derive(serde::Deserialize)]
    struct Claims {
        exp: i64,
    }
    let payload = from_base64(token.rsplit('.').nth(1)?)?;
    let claims: Claims = serde_json::from_slice(&payload).ok()?;
    Some(Moment::from_millis(claims.exp.checked_mul(1000)?))
}
