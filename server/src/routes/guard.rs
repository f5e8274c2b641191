//! What holds for every request: it is counted and logged, strangers do not ask without end, its
//! panic is its own, and its reply carries the headers that keep browsers from doing what the app
//! never asks for.

use super::{App, Client, Peer};
use crate::{metrics::Request as Kind, problem::Problem, relay::now};
use axum::{
    extract::{ConnectInfo, MatchedPath, Request, State},
    http::{HeaderName, HeaderValue, StatusCode, header},
    middleware::Next,
    response::{IntoResponse as _, Response},
};
use futures_util::FutureExt as _;
use kith_shared::{
    api::{ProblemCode, path},
    limits,
};
use std::{
    collections::{HashMap, hash_map::Entry},
    net::{IpAddr, Ipv6Addr},
    panic::AssertUnwindSafe,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicUsize, Ordering},
    },
    time::Instant,
};

/// The web app runs its own scripts and nothing else, and talks to its relay and nobody else.
const CONTENT_SECURITY_POLICY: &str = "default-src 'none'; script-src 'self' 'wasm-unsafe-eval'; \
     style-src 'self'; img-src 'self' data:; font-src 'self'; connect-src 'self'; \
     manifest-src 'self'; worker-src 'self'; base-uri 'none'; form-action 'none'; \
     frame-ancestors 'none'";
/// Place is asked for at clock in; all else the app never asks for.
const PERMISSIONS_POLICY: &str = "geolocation=(self), camera=(), microphone=(), payment=(), usb=(), \
     midi=(), magnetometer=(), gyroscope=(), accelerometer=(), display-capture=(), \
     browsing-topics=()";

/// What stands for a route where a file of the app was asked for.
const APP: &str = "app";

/// The files of the app, which is what a browser shows and runs.
const OF_THE_APP: [(HeaderName, &str); 6] = [
    (header::CONTENT_SECURITY_POLICY, CONTENT_SECURITY_POLICY),
    (header::REFERRER_POLICY, "no-referrer"),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    (
        HeaderName::from_static("permissions-policy"),
        PERMISSIONS_POLICY,
    ),
    (
        HeaderName::from_static("cross-origin-opener-policy"),
        "same-origin",
    ),
    SAME_ORIGIN,
];

/// All other replies, which are nothing to show: every byte of an exchange is paid for by a phone
/// on a bad line.
const OF_THE_INTERFACE: [(HeaderName, &str); 3] = [
    (
        header::CONTENT_SECURITY_POLICY,
        "default-src 'none'; frame-ancestors 'none'",
    ),
    (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    SAME_ORIGIN,
];

/// What an exchange replies, all day long: no page can show it, load it as something else or ask for
/// it without a token.
const OF_AN_EXCHANGE: [(HeaderName, &str); 1] = [(header::X_CONTENT_TYPE_OPTIONS, "nosniff")];

const SAME_ORIGIN: (HeaderName, &str) = (
    HeaderName::from_static("cross-origin-resource-policy"),
    "same-origin",
);

/// A browser that was here once over HTTPS comes by nothing else for two years. Of this name alone:
/// what else is at the names below it is not ours to say.
const ONLY_SECURE: &str = "max-age=63072000";

/// Where one asks without having shown who one is.
const FOR_STRANGERS: [&str; 5] = [
    path::JOIN,
    path::REJOIN,
    path::CHALLENGE,
    path::TOKEN,
    path::CALENDAR_FILE,
];

/// The open connections.
#[derive(Debug, Clone, Default)]
pub struct Connections(Arc<Open>);

#[derive(Debug, Default)]
struct Open {
    all: AtomicUsize,
    /// Of each address that has some.
    by: Mutex<HashMap<Client, usize>>,
}

impl Connections {
    /// One more, until what is returned is dropped.
    pub fn open(&self) -> Connection {
        self.0.all.fetch_add(1, Ordering::Relaxed);
        Connection(self.clone(), None)
    }
    /// One more of this client, unless it has [`limits::CONNECTIONS_PER_ADDRESS`] already.
    pub fn open_for(&self, client: Client) -> Option<Connection> {
        let mut by = self.by();
        let open = by.entry(client).or_default();
        if *open >= limits::CONNECTIONS_PER_ADDRESS {
            return None;
        }
        *open += 1;
        self.0.all.fetch_add(1, Ordering::Relaxed);
        Some(Connection(self.clone(), Some(client)))
    }
    /// How many are open.
    pub fn count(&self) -> usize {
        self.0.all.load(Ordering::Relaxed)
    }
    fn by(&self) -> MutexGuard<'_, HashMap<Client, usize>> {
        self.0.by.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// An open connection.
#[derive(Debug)]
pub struct Connection(Connections, Option<Client>);

impl Drop for Connection {
    fn drop(&mut self) {
        self.0.0.all.fetch_sub(1, Ordering::Relaxed);
        let Some(client) = self.1 else { return };
        if let Entry::Occupied(mut open) = self.0.by().entry(client) {
            *open.get_mut() -= 1;
            if *open.get() == 0 {
                open.remove();
            }
        }
    }
}

pub(super) async fn watch(State(app): State<Arc<App>>, request: Request, next: Next) -> Response {
    let started = Instant::now();
    let method = request.method().clone();
    // The route's pattern, never the address that was asked for.
    let route = request.extensions().get::<MatchedPath>();
    let is_app = route.is_none();
    let route = route.map_or(APP, MatchedPath::as_str).to_owned();
    let connections = app.connections.count();
    let mut response = if connections > limits::CONNECTIONS {
        full()
    } else {
        answer(&app, &route, request, next).await
    };
    let headers: &[_] = match route.as_str() {
        path::SYNC if response.status().is_success() => &OF_AN_EXCHANGE,
        APP => &OF_THE_APP,
        _ => &OF_THE_INTERFACE,
    };
    let status = response.status().as_u16();
    for (name, value) in headers {
        let value = HeaderValue::from_static(value);
        response.headers_mut().insert(name, value);
    }
    // What went wrong may be right a moment later.
    let kept = response.headers().contains_key(header::CACHE_CONTROL);
    if !kept && (400..600).contains(&status) {
        let value = HeaderValue::from_static("no-store");
        response.headers_mut().insert(header::CACHE_CONTROL, value);
    }
    if is_app && app.public_url.starts_with("https://") {
        let value = HeaderValue::from_static(ONLY_SECURE);
        let name = header::STRICT_TRANSPORT_SECURITY;
        response.headers_mut().insert(name, value);
    }
    let problem = response.extensions().get::<ProblemCode>();
    let problem = problem.map(tracing::field::debug);
    let millis = started.elapsed().as_millis();
    tracing::info!(%method, route, status, problem, millis, "request");
    app.metrics
        .requests
        .get_or_create(&Kind { route, status })
        .inc();
    app.metrics
        .connections
        .set(i64::try_from(connections).unwrap_or(i64::MAX));
    response
}

/// Has the request carried out, unless it is one of too many whose sender nobody knows.
async fn answer(app: &App, route: &str, request: Request, next: Next) -> Response {
    let peer = request.extensions().get::<ConnectInfo<Peer>>();
    let peer = peer.map_or(IpAddr::V6(Ipv6Addr::UNSPECIFIED), |peer| peer.0.0.ip());
    let client = app.proxies.client(peer, request.headers());
    let one_more = || app.strangers.count(client, now());
    let for_strangers = FOR_STRANGERS.contains(&route);
    if for_strangers && let Err(too_many) = one_more() {
        return too_many.into_response();
    }
    let answered = AssertUnwindSafe(next.run(request)).catch_unwind().await;
    let response = answered.unwrap_or_else(|_| {
        app.metrics.panics.inc();
        Problem::internal().into_response()
    });
    let not_known = !for_strangers && response.status() == StatusCode::UNAUTHORIZED;
    match not_known.then(one_more) {
        Some(Err(too_many)) => too_many.into_response(),
        Some(Ok(())) | None => response,
    }
}

fn full() -> Response {
    let help = "The relay has no room for more connections just now.";
    let mut response = Problem {
        retry_after: Some(10),
        ..Problem::new(ProblemCode::TooManyConnections, help)
    }
    .into_response();
    response
        .headers_mut()
        .insert(header::CONNECTION, HeaderValue::from_static("close"));
    response
}
