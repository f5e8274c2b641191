//! The HTTP interface.

mod admin;
mod app;
mod aside;
mod backup;
mod body;
mod calendar;
mod caller;
mod client;
mod effort;
mod events;
mod guard;
mod health;
mod join;
mod push;
mod rate;
mod revoke;
mod sync;
mod token;

pub use admin::{change_roster, make as make_invitation, named_teams};
pub use client::{Client, Peer, TrustedProxies};
pub use guard::{Connection, Connections};

use crate::{auth::Keys, metrics::Metrics, problem::Problem, push::Hosts, relay::Teams};
use axum::{
    Router,
    http::{HeaderValue, header},
    middleware,
    response::{IntoResponse, Response},
    routing::{get, post},
};
use effort::Effort;
use kith_shared::{
    api::{ProblemCode, path},
    ids::{DeviceId, MemberId},
    limits,
};
use rate::Rate;
use serde::Serialize;
use std::{path::PathBuf, sync::Arc};
use tokio::sync::watch;

/// What every route may need.
#[derive(Debug)]
pub struct App {
    /// All teams.
    pub teams: Arc<Teams>,
    /// The relay's keys.
    pub keys: Keys,
    /// Counts.
    pub metrics: Arc<Metrics>,
    /// Where people reach the relay: what joining links begin with.
    pub public_url: String,
    /// The push services at which a device may want to be woken.
    pub push_hosts: Hosts,
    /// The web app's folder, if the relay serves it.
    pub web: Option<PathBuf>,
    /// Becomes true when the relay shuts down.
    pub closing: watch::Receiver<bool>,
    /// The open connections.
    pub connections: Connections,
    /// Proxies that are believed.
    pub proxies: TrustedProxies,
    rate: Rate<DeviceId>,
    effort: Arc<Effort>,
    calendar_rate: Rate<MemberId>,
    strangers: Rate<Client>,
}

/// What whoever runs the relay says about its interface.
#[derive(Debug)]
pub struct Site {
    /// As [`App::public_url`].
    pub public_url: String,
    /// As [`App::push_hosts`].
    pub push_hosts: Hosts,
    /// As [`App::web`].
    pub web: Option<PathBuf>,
    /// As [`App::proxies`].
    pub proxies: TrustedProxies,
}

impl App {
    /// A relay's routes and what they need.
    pub fn new(
        teams: Arc<Teams>,
        keys: Keys,
        metrics: Arc<Metrics>,
        site: Site,
        closing: watch::Receiver<bool>,
    ) -> Self {
        let Site {
            public_url,
            push_hosts,
            web,
            proxies,
        } = site;
        Self {
            teams,
            keys,
            metrics,
            public_url,
            push_hosts,
            web,
            closing,
            connections: Connections::default(),
            proxies,
            rate: Rate::of(limits::REQUESTS_PER_DEVICE),
            effort: Arc::default(),
            calendar_rate: Rate::of(limits::REQUESTS_PER_DEVICE),
            strangers: Rate::of(limits::STRANGERS_PER_ADDRESS),
        }
    }
}

/// Who comes in at a listener.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Reach {
    /// Everyone: the relay's commands and counts are to be had elsewhere.
    Everyone,
    /// This machine: a proxy that lets through what is for everyone, commands, who watches.
    ThisMachine,
}

/// All routes.
pub fn router(app: Arc<App>, reach: Reach) -> Router {
    let mut router = Router::new()
        .route(path::JOIN, post(join::join))
        .route(path::REJOIN, post(join::rejoin))
        .route(path::CHALLENGE, post(token::challenge))
        .route(path::TOKEN, post(token::token))
        .route(path::SYNC, post(sync::sync))
        .route(path::EVENTS, get(events::events))
        .route(
            path::PUSH,
            get(push::status).put(push::on).delete(push::off),
        )
        .route(
            path::CALENDAR,
            get(calendar::status)
                .post(calendar::on)
                .delete(calendar::off),
        )
        .route(path::CALENDAR_FILE, get(calendar::file))
        .route(path::DEVICES, get(revoke::devices))
        .route(path::REVOKE, post(revoke::revoke))
        .route(path::ASIDE, get(aside::list).post(aside::review))
        .route(path::HEALTH, get(health::health));
    if reach == Reach::ThisMachine {
        router = router
            .route(path::INVITE, post(admin::invite))
            .route(path::ROSTER, post(admin::roster))
            .route(path::MASTER_KEY, post(admin::master_key))
            .route(path::TEAMS, get(admin::teams))
            .route(path::BACKUP, post(backup::backup))
            .route(path::METRICS, get(health::metrics));
    }
    router
        .method_not_allowed_fallback(|| async {
            Problem::new(ProblemCode::NotFound, "This address takes another method.")
        })
        .fallback(app::file)
        .layer(middleware::from_fn_with_state(app.clone(), guard::watch))
        .with_state(app)
}

/// A reply in JSON that nobody in between keeps.
fn json(value: &impl Serialize) -> Response {
    let body = serde_json::to_vec(value).unwrap_or_default();
    let headers = [
        (
            header::CONTENT_TYPE,
            HeaderValue::from_static("application/json"),
        ),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    (headers, body).into_response()
}
