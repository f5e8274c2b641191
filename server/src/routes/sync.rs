//! `POST /v1/sync`: one round trip levels a phone.

use super::{
    App, body,
    caller::{Caller, device_unknown},
    effort::Asking,
};
use crate::{
    auth::Bearer,
    metrics::{Change, Metrics},
    problem::Problem,
    relay::{Done, Synced, Team, now, within_limits},
};
use axum::{
    body::Body,
    extract::State,
    http::{HeaderMap, HeaderValue, header},
    response::{IntoResponse, Response},
};
use flate2::{Compression, write::GzEncoder};
use kith_shared::{
    api::ProblemCode,
    bytes::Array,
    ids::DeviceId,
    limits,
    sync::{
        BINARY, Form, Known, NotAMessage, Outcome, PACKED, SyncReply, SyncRequest, TeamReply,
        TeamRequest, WIRE_VERSION,
    },
    time::Span,
};
use std::{io::Write as _, sync::Arc, time::Instant};

/// Replies shorter than this are not worth compressing.
const WORTH_COMPRESSING: usize = 512;
/// Most of what deflate can do for a fraction of its time.
const LEVEL: u32 = 4;

pub(super) async fn sync(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let caller = Caller::of(&app, &headers).await?;
    let form = form(&headers)?;
    let Bearer { team, device } = caller.bearer;
    let asking = Arc::new(app.effort.enter(device, now())?);
    let bytes = body::read(&headers, body).await;
    let heard = bytes.and_then(|bytes| {
        let heard = form.hear(&bytes, &Known::caller(team, device));
        let (request, known): (SyncRequest, _) = heard.map_err(|e| not_a_message(&e))?;
        within_limits(&request)?;
        Ok((request, known))
    });
    let (request, known) = heard.inspect_err(|_| {
        let cost = limits::EFFORT_UNREADABLE;
        app.effort.spent(device, cost, now());
    })?;
    let mut teams = Vec::with_capacity(request.teams.len());
    for section in request.teams {
        let own = section.team == caller.bearer.team;
        let handed_in = section.push.iter().map(|push| push.changes.len()).sum();
        // Anyone can call a device as they like: in another of its teams it is known by its key.
        let key = if own {
            None
        } else {
            Some(caller.key(&app).await?)
        };
        let reply = carry_out(&app, &asking, device, key, section).await?;
        if own && reply == TeamReply::NotYours {
            return Err(device_unknown());
        }
        count(&app.metrics, handed_in, &reply);
        teams.push(reply);
    }
    let reply = SyncReply {
        v: WIRE_VERSION,
        now: now(),
        teams,
    };
    let (reply, _) = form.say(&reply, &known);
    Ok(caller.reply(respond(&headers, form, reply)))
}

fn form(headers: &HeaderMap) -> Result<Form, Problem> {
    let named = headers
        .get(header::CONTENT_TYPE)
        .and_then(|v| v.to_str().ok())
        .unwrap_or_default();
    Form::of(named).ok_or_else(|| {
        if Form::is_another(named) {
            let help = format!("This relay speaks {PACKED}, version {WIRE_VERSION}. {UPDATE}");
            return Problem::new(ProblemCode::Version, help);
        }
        body::malformed(&format!(
            "The content type is {PACKED}, {BINARY} or application/json."
        ))
    })
}

/// What to do where the two speak different versions.
const UPDATE: &str = "Update the older of the two; nothing is lost meanwhile.";

fn not_a_message(error: &NotAMessage) -> Problem {
    match error {
        NotAMessage::Version(_) => Problem::new(ProblemCode::Version, format!("{error}. {UPDATE}")),
        NotAMessage::Unreadable(_) => body::malformed(&format!("{error}.")),
        NotAMessage::TooLarge => Problem::new(
            ProblemCode::TooLarge,
            format!("{error}. Send the rest in another."),
        ),
    }
}

async fn carry_out(
    app: &App,
    asking: &Arc<Asking>,
    device: DeviceId,
    key: Option<Array<32>>,
    section: TeamRequest,
) -> Result<TeamReply, Problem> {
    let Some(team) = app.teams.get(section.team) else {
        return Ok(TeamReply::NotYours);
    };
    let known = move |team: &Team| {
        let is_it = |key| team.device(device).is_some_and(|d| d.key == key);
        key.is_none_or(is_it)
    };
    let section = Arc::new(section);
    let asked = section.clone();
    let effort = app.effort.clone();
    let before = effort.clone();
    let (of, asking) = (asking.of(), asking.clone());
    let look = move |team: &Team, now| {
        let began = Instant::now();
        // Much may have come of theirs since this was let into the queue.
        let looks = known(team) && before.allows(device, now).is_ok();
        let ahead = looks.then(|| team.look_ahead(device, &asked, now));
        (began.elapsed(), ahead.unwrap_or_default())
    };
    let synced = team.act_for(of, look, move |(looked, ahead), team, now, dice| {
        // Until then they are asking, whether or not they wait for the answer.
        let _asking = asking;
        effort.allows(device, now)?;
        if known(team) {
            let began = Instant::now();
            let done = team.sync_after(ahead, device, &section, now, dice);
            if is_refused(&done.reply.reply) {
                let took = (looked + began.elapsed()).as_millis();
                let took = i64::try_from(took).unwrap_or(i64::MAX - 1) + 1;
                effort.spent(device, Span::from_millis(took), now);
            }
            Ok(done)
        } else {
            Ok(Done {
                entries: Vec::new(),
                reply: Synced {
                    reply: TeamReply::NotYours,
                    wake: Vec::new(),
                },
            })
        }
    });
    let Synced { reply, wake } = synced.await?;
    if let (TeamReply::Level(level), false) = (&reply, wake.is_empty()) {
        team.hub().tell(&wake, level.cursor.seq);
    }
    Ok(reply)
}

/// Whether something in a request was not taken in.
fn is_refused(reply: &TeamReply) -> bool {
    let outcomes = match reply {
        TeamReply::Level(level) => &level.outcomes,
        TeamReply::Forget { .. } | TeamReply::Diverged { .. } | TeamReply::NotYours => {
            return false;
        }
    };
    let refused = |outcome| matches!(outcome, &Outcome::Refused { .. } | &Outcome::Need(_));
    outcomes.iter().any(refused)
}

fn count(metrics: &Metrics, handed_in: usize, reply: &TeamReply) {
    let outcomes = match reply {
        TeamReply::Level(level) => &level.outcomes,
        TeamReply::Forget { outcomes } => outcomes,
        TeamReply::Diverged { .. } | TeamReply::NotYours => return,
    };
    for outcome in outcomes {
        let outcome = match outcome {
            Outcome::Accepted(_) => "accepted",
            Outcome::Duplicate(_) => "duplicate",
            Outcome::Refused { .. } => "refused",
            Outcome::Need(_) => "need",
        };
        metrics.changes.get_or_create(&Change { outcome }).inc();
    }
    if let Some(held_back @ 1..) = handed_in.checked_sub(outcomes.len()) {
        let outcome = "held-back";
        let counted = metrics.changes.get_or_create(&Change { outcome });
        counted.inc_by(held_back as u64);
    }
}

fn respond(headers: &HeaderMap, form: Form, bytes: Vec<u8>) -> Response {
    let content_type = (
        header::CONTENT_TYPE,
        HeaderValue::from_static(form.content_type()),
    );
    if form == Form::Packed {
        // Nobody in between keeps the reply to a POST that does not say for how long it is good.
        return ([content_type], bytes).into_response();
    }
    let reply = [
        content_type,
        (header::CACHE_CONTROL, HeaderValue::from_static("no-store")),
    ];
    if bytes.len() < WORTH_COMPRESSING || !accepts_gzip(headers) {
        return (reply, bytes).into_response();
    }
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(LEVEL));
    match encoder.write_all(&bytes).and_then(|()| encoder.finish()) {
        Ok(smaller) => {
            let gzip = [(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"))];
            (reply, gzip, smaller).into_response()
        }
        // Into memory it does not fail; if it did, the bytes are as good as they are.
        Err(_) => (reply, bytes).into_response(),
    }
}

fn accepts_gzip(headers: &HeaderMap) -> bool {
    super::app::accepted(headers).any(|coding| coding == "gzip")
}
