//! `GET`, `PUT` and `DELETE /v1/push`: whether and where this device is woken.

use super::{
    App, body,
    caller::{Caller, device_unknown},
    json,
};
use crate::{
    problem::Problem,
    relay::{Done, Team},
};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use kith_shared::{
    api::{ProblemCode, PushOn, PushStatus},
    ids::DeviceId,
    limits,
    time::Moment,
};
use std::sync::Arc;

pub(super) async fn status(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let nothing = |_: &mut Team, _, _| {
        Ok(Done {
            entries: Vec::new(),
            reply: (),
        })
    };
    change(&app, Caller::of(&app, &headers).await?, nothing).await
}

pub(super) async fn on(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let PushOn { endpoint } = body::json(&headers, body).await?;
    let most = limits::PUSH_ENDPOINT_BYTES;
    if endpoint.len() > most {
        let help = format!("The address of a push service has at most {most} bytes.");
        return Err(Problem::new(ProblemCode::TooLarge, help));
    }
    if app.push_hosts.endpoint(&endpoint).is_none() {
        let help = "Who runs the relay can add it to its push-hosts. Without pushes, the app shows \
                    what is new when it is opened.";
        return Err(Problem::new(ProblemCode::PushServiceUnknown, help));
    }
    let on = |team: &mut Team, device, now| team.push_on(device, endpoint, now);
    change(&app, caller, on).await
}

pub(super) async fn off(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    change(&app, caller, Team::push_off).await
}

/// Carries out a change and says how things stand after it.
async fn change(
    app: &App,
    caller: Caller,
    change: impl FnOnce(&mut Team, DeviceId, Moment) -> Result<Done<()>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let changed = team.act(move |team, now, _| {
        team.acting(device)?;
        let Done { entries, .. } = change(team, device, now)?;
        let reply = team.push_endpoint(device).is_some();
        Ok(Done { entries, reply })
    });
    let status = PushStatus {
        key: app.keys.vapid().public().to_owned(),
        subscribed: changed.await?,
    };
    Ok(caller.reply(json(&status)))
}
