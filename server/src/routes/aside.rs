//! `/v1/aside`: what was refused and is kept, for managers.

use super::{
    App, body,
    caller::{Caller, device_unknown},
    json,
};
use crate::{
    problem::Problem,
    relay::{Dice, Team},
};
use axum::{
    body::Body,
    extract::{RawQuery, State},
    http::HeaderMap,
    response::Response,
};
use kith_shared::{aside::Review, ids::QuarantineId, limits};
use std::{str::FromStr, sync::Arc};

/// What is kept and not settled, as words.
pub(super) async fn list(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    RawQuery(query): RawQuery,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let query = query.unwrap_or_default();
    let after: Option<QuarantineId> = said(&query, "after=")?;
    let most = said(&query, "limit=")?.unwrap_or(limits::QUARANTINE_PER_PAGE);
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let page = team.read(move |team| {
        team.acting(device)?;
        team.kept_aside(device, after, most)
    });
    let page = page.await??;
    Ok(caller.reply(json(&page)))
}

/// Something that is kept is let in, or left out. What is said twice is said once.
pub(super) async fn review(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let review: Review = body::json(&headers, body).await?;
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let reviewing = team.act(move |team: &mut Team, now, dice: Dice<'_>| {
        team.acting(device)?;
        team.review(device, &review, now, dice)
    });
    let end = reviewing.await?;
    Ok(caller.reply(json(&end)))
}

/// What a query says of this, if anything.
fn said<T: FromStr>(query: &str, name: &str) -> Result<Option<T>, Problem> {
    let mut parts = query.split('&');
    let Some(value) = parts.find_map(|part| part.strip_prefix(name)) else {
        return Ok(None);
    };
    let help = || body::malformed(&format!("What follows {name} cannot be read."));
    value.parse().map(Some).map_err(|_| help())
}
