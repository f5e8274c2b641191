//! `POST /v1/token/challenge` and `POST /v1/token`.

use super::{App, body, caller, json};
use crate::{auth::Signed, problem::Problem, relay::now};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use kith_shared::api::{Challenge, ChallengeRequest, TokenRequest};
use std::sync::Arc;

/// Something to sign. The relay keeps nothing of it.
pub(super) async fn challenge(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let ChallengeRequest { team, device } = body::json(&headers, body).await?;
    let challenge = app.keys.challenge(team, device, now());
    Ok(json(&Challenge { challenge }))
}

/// A token for a signed challenge.
pub(super) async fn token(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let TokenRequest {
        challenge,
        signature,
    } = body::json(&headers, body).await?;
    let signed = Signed {
        challenge,
        signature,
    };
    let (team, device) = caller::answered(&app, &signed).await?;
    app.rate.count(device, now())?;
    Ok(json(&app.keys.pass(team, device, now())))
}
