//! `/v1/calendar`: a member's shifts for their calendar program. The address is the key, so it is
//! kept as a hash, shown once, and never logged.

use super::{
    App,
    app::is_known,
    caller::{Caller, device_unknown},
    json,
};
use crate::{
    calendar::{Language, calendar},
    problem::Problem,
    relay::{Done, Team, now, roll},
};
use axum::{
    extract::{Path, RawQuery, State},
    http::{HeaderMap, HeaderValue, StatusCode, header},
    response::{IntoResponse as _, Response},
};
use kith_shared::{
    api::{CalendarFeed, ProblemCode, path},
    bytes::{Array, from_base64, to_base64},
    ids::{DeviceId, TeamId},
    sync::Hash,
    time::Moment,
};
use sha2::{Digest as _, Sha256};
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
    change(&app, Caller::of(&app, &headers).await?, None, nothing).await
}

/// Makes a new address, and revokes the one before.
pub(super) async fn on(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let address = Address {
        team: caller.bearer.team,
        secret: roll().to_be_bytes(),
    };
    let base = app.public_url.trim_end_matches('/');
    let url = format!("{base}{}/{address}", path::CALENDAR);
    let hash = address.hash();
    let on = move |team: &mut Team, device, now| team.calendar_on(device, hash, now);
    change(&app, caller, Some(url), on).await
}

pub(super) async fn off(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    change(&app, caller, None, Team::calendar_off).await
}

/// Carries out a change and says how things stand after it.
async fn change(
    app: &App,
    caller: Caller,
    url: Option<String>,
    change: impl FnOnce(&mut Team, DeviceId, Moment) -> Result<Done<()>, Problem> + Send + 'static,
) -> Result<Response, Problem> {
    let device = caller.bearer.device;
    let team = app.teams.get(caller.bearer.team);
    let team = team.ok_or_else(device_unknown)?;
    let changed = team.act(move |team, now, _| {
        let member = team.acting(device)?.id;
        let Done { entries, .. } = change(team, device, now)?;
        let reply = team.has_calendar(member);
        Ok(Done { entries, reply })
    });
    let active = changed.await?;
    Ok(caller.reply(json(&CalendarFeed { active, url })))
}

/// The file.
pub(super) async fn file(
    State(app): State<Arc<App>>,
    Path(name): Path<String>,
    RawQuery(query): RawQuery,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let address = Address::parse(&name).ok_or_else(unknown)?;
    let (team, hash) = (app.teams.get(address.team), address.hash());
    let team = team.ok_or_else(unknown)?;
    let reader = team.read(move |team| team.reader_of(&hash).cloned());
    let reader = reader.await?.ok_or_else(unknown)?;
    app.calendar_rate.count(reader.id, now())?;
    let shifts = team.read(move |team| team.calendar_of(&reader, now()));
    let welsh = query.is_some_and(|query| query.split('&').any(|part| part == "lang=cy"));
    let language = if welsh {
        Language::Welsh
    } else {
        Language::English
    };
    let file = calendar(&shifts.await?, language);
    let tag = format!("\"{}\"", to_base64(&Sha256::digest(&file)[..12]));
    let mut response = HeaderMap::new();
    let private = HeaderValue::from_static("private, max-age=0, must-revalidate");
    response.insert(header::CACHE_CONTROL, private);
    // Its address is a secret.
    let to_nobody = HeaderValue::from_static("no-referrer");
    response.insert(header::REFERRER_POLICY, to_nobody);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.insert(header::ETAG, tag);
    }
    if is_known(&headers, &tag) {
        return Ok((StatusCode::NOT_MODIFIED, response).into_response());
    }
    let kind = HeaderValue::from_static("text/calendar; charset=utf-8");
    response.insert(header::CONTENT_TYPE, kind);
    let name = HeaderValue::from_static("inline; filename=\"kith.ics\"");
    response.insert(header::CONTENT_DISPOSITION, name);
    Ok((response, file).into_response())
}

/// One for whatever is wrong with it: nobody learns what was there before.
fn unknown() -> Problem {
    let help = "Its owner can make a new address in Kith, which ends the one before.";
    Problem::new(ProblemCode::NotFound, help)
}

/// The last part of a calendar's address: team and secret, `….ics`.
struct Address {
    team: TeamId,
    secret: [u8; 16],
}

impl Address {
    fn parse(name: &str) -> Option<Self> {
        let bytes = from_base64(name.strip_suffix(".ics")?)?;
        let (team, secret) = bytes.split_at_checked(16)?;
        Some(Self {
            team: TeamId::from_bytes(team.try_into().ok()?),
            secret: secret.try_into().ok()?,
        })
    }

    fn hash(&self) -> Hash {
        Array(Sha256::digest(self.secret).into())
    }
}

impl std::fmt::Display for Address {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        let bytes = [self.team.to_bytes(), self.secret].concat();
        write!(f, "{}.ics", to_base64(&bytes))
    }
}
