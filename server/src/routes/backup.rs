//! `/v1/admin/backup`: what is new to a backup, for whoever holds the relay's secret.

use super::{App, body, caller::bearer_token};
use crate::{
    backup::{CannotBackUp, Frame, Known, Plan},
    problem::Problem,
    relay::now,
};
use axum::{
    body::{Body, Bytes},
    extract::State,
    http::{HeaderMap, header},
    response::{IntoResponse as _, Response},
};
use futures_util::stream;
use kith_shared::api::ProblemCode;
use std::sync::Arc;
use tokio::{sync::mpsc, task::spawn_blocking};

/// Frames that wait for who reads them: all that a backup holds in memory.
const WAITING: usize = 8;

pub(super) async fn backup(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    app.keys
        .is_admin(bearer_token(&headers).unwrap_or_default())?;
    let known: Known = body::json(&headers, body).await?;
    let planning = app.clone();
    let plan = spawn_blocking(move || Plan::make(planning.teams.journal(), &known, now())).await;
    let plan = plan.map_err(|_| Problem::internal())?;
    let plan = plan.map_err(|error| match error {
        CannotBackUp::Parted(_) => Problem::new(ProblemCode::Malformed, error.to_string()),
        CannotBackUp::Journal(error) => {
            tracing::error!(%error, "no backup was taken");
            Problem::internal()
        }
    })?;
    let (give, take) = mpsc::channel::<Bytes>(WAITING);
    spawn_blocking(move || {
        let hand_over = |frame: Frame| give.blocking_send(frame.to_bytes().into()).is_ok();
        // Who reads it notices that the last frame is missing.
        if let Err(error) = plan.send(app.teams.journal(), hand_over) {
            tracing::error!(%error, "a backup broke off");
        }
    });
    let frames = stream::unfold(take, |mut take| async {
        let frame = take.recv().await?;
        Some((Ok::<_, std::convert::Infallible>(frame), take))
    });
    let kind = [
        (header::CONTENT_TYPE, "application/octet-stream"),
        (header::CACHE_CONTROL, "no-store"),
    ];
    Ok((kind, Body::from_stream(frames)).into_response())
}
