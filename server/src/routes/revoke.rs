//! `GET /v1/devices` and `POST /v1/revoke`: who and what does not belong to the team any more.

use super::{
    App, body,
    caller::{Caller, device_unknown},
    json,
};
use crate::{
    problem::Problem,
    relay::{Dice, Team},
};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use kith_shared::api::Revoke;
use std::sync::Arc;

/// The devices that the caller may revoke.
pub(super) async fn devices(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let known = team.read(move |team| {
        team.acting(device)?;
        team.known_devices(device)
    });
    let known = known.await??;
    Ok(caller.reply(json(&known)))
}

/// Revokes. What is said twice is said once.
pub(super) async fn revoke(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let what: Revoke = body::json(&headers, body).await?;
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let revoking = team.act(move |team: &mut Team, now, dice: Dice<'_>| {
        team.acting(device)?;
        team.revoke(device, &what, now, dice)
    });
    let says = revoking.await?;
    Ok(caller.reply(json(&says)))
}
