//! `GET /healthz` and `GET /metrics`.

use super::{App, json};
use crate::problem::Problem;
use axum::{
    extract::State,
    http::{HeaderValue, header},
    response::{IntoResponse, Response},
};
use std::sync::Arc;

/// Alive, and every team answers from a store that can be read.
pub(super) async fn health(State(app): State<Arc<App>>) -> Result<Response, Problem> {
    app.teams.journal().teams().map_err(|error| {
        tracing::error!(%error, "the store cannot be read");
        Problem::internal()
    })?;
    let mut listeners = 0;
    for (_, team) in app.teams.all() {
        team.read(|_| ()).await?;
        listeners += team.hub().count();
    }
    Ok(json(
        &serde_json::json!({ "status": "ok", "listeners": listeners }),
    ))
}

/// Counts, as Prometheus reads them.
pub(super) async fn metrics(State(app): State<Arc<App>>) -> Response {
    let kind =
        HeaderValue::from_static("application/openmetrics-text; version=1.0.0; charset=utf-8");
    ([(header::CONTENT_TYPE, kind)], app.metrics.text()).into_response()
}
