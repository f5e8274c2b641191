//! `GET /v1/events`: says that there is something to ask for, and nothing else.

use super::{
    App,
    caller::{Caller, device_unknown},
};
use crate::problem::Problem;
use axum::{
    extract::State,
    http::HeaderMap,
    response::{
        IntoResponse, Response,
        sse::{Event, KeepAlive, Sse},
    },
};
use futures_util::stream;
use kith_shared::{api::ProblemCode, limits, sync::Seq};
use std::{convert::Infallible, sync::Arc, time::Duration};
use tokio::sync::watch;

pub(super) async fn events(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let device = caller.bearer.device;
    let team = app
        .teams
        .get(caller.bearer.team)
        .ok_or_else(device_unknown)?;
    let known = team.read(move |team| {
        team.acting(device)?;
        Ok(team.end().seq)
    });
    let seq = known.await??;
    let latest = team.hub().listen(device, seq).map_err(|_| {
        let most = limits::LISTENERS_PER_DEVICE;
        let help = format!("A device listens at most {most} times at once. Close another tab.");
        Problem::new(ProblemCode::TooManyConnections, help)
    })?;
    app.metrics.listeners.inc();
    let listening = Listening {
        latest,
        closing: app.closing.clone(),
        said_first: false,
        app: app.clone(),
    };
    let events = stream::unfold(listening, |mut listening| async move {
        let seq = listening.next().await?;
        Some((
            Ok::<_, Infallible>(Event::default().data(seq.to_string())),
            listening,
        ))
    });
    let heartbeat = Duration::from_millis(limits::HEARTBEAT.millis().unsigned_abs());
    let stream = Sse::new(events).keep_alive(KeepAlive::new().interval(heartbeat));
    Ok(caller.reply(stream.into_response()))
}

struct Listening {
    latest: watch::Receiver<Seq>,
    closing: watch::Receiver<bool>,
    said_first: bool,
    app: Arc<App>,
}

impl Listening {
    /// The next thing to say: where the journal ends now, and then each time that there is more.
    /// Nothing when the relay closes.
    async fn next(&mut self) -> Option<Seq> {
        if !std::mem::replace(&mut self.said_first, true) {
            return Some(*self.latest.borrow_and_update());
        }
        tokio::select! {
            changed = self.latest.changed() => changed.ok()?,
            _ = self.closing.wait_for(|closing| *closing) => return None,
        }
        Some(*self.latest.borrow_and_update())
    }
}

impl Drop for Listening {
    fn drop(&mut self) {
        self.app.metrics.listeners.dec();
    }
}
