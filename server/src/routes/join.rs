//! `POST /v1/join` and `POST /v1/rejoin`.

use super::{App, body, caller, json};
use crate::{
    auth::Challenged,
    problem::Problem,
    relay::{Credential, now},
};
use axum::{body::Body, extract::State, http::HeaderMap, response::Response};
use kith_shared::{
    api::{Code, Join, Joined, ProblemCode, Rejoin},
    bytes::Bytes,
};
use std::sync::Arc;

/// A device joins a team with an invitation.
pub(super) async fn join(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Join { code, device, key } = body::json(&headers, body).await?;
    let code: Code = code.parse().map_err(|_| unknown())?;
    let team = app.teams.get(code.team).ok_or_else(unknown)?;
    let joining = move |team: &mut crate::relay::Team, now, dice: crate::relay::Dice<'_>| {
        team.join(&code, device, key, now, dice)
    };
    let credential = team.act(joining).await?;
    tracing::info!(team = %credential.team, role = credential.role.name(), "a device joined");
    let sealed = app.keys.seal(&credential);
    Ok(json(&joined(&app, credential, sealed)))
}

/// A device that this relay forgot, or that was away for too long, shows its credential, and that
/// it has the key that the credential names: it answers the last challenge that it got.
pub(super) async fn rejoin(
    State(app): State<Arc<App>>,
    headers: HeaderMap,
    body: Body,
) -> Result<Response, Problem> {
    let Rejoin { credential: sealed } = body::json(&headers, body).await?;
    let signed = caller::renewal(&headers)?.ok_or_else(|| {
        body::malformed("Send the renewal header too: it shows that the device has its key.")
    })?;
    let credential = app.keys.unseal(&sealed)?;
    let challenged = app.keys.once_challenged(&signed.challenge)?;
    let whose = Challenged {
        team: credential.team,
        device: credential.device,
    };
    if challenged != whose {
        return Err(Problem::new(
            ProblemCode::NotAuthorised,
            "The challenge is one of another device. Join again with a new invitation.",
        ));
    }
    signed.verify(&credential.key)?;
    app.teams.rejoin(credential.clone()).await?;
    tracing::info!(team = %credential.team, "a device came back");
    Ok(json(&joined(&app, credential, sealed)))
}

fn joined(app: &App, who: Credential, sealed: Bytes) -> Joined {
    Joined {
        team: who.team,
        team_name: who.team_name,
        member: who.member,
        name: who.name,
        role: who.role,
        credential: sealed,
        relay: app.keys.proof().public(),
        pass: app.keys.pass(who.team, who.device, now()),
        now: now(),
    }
}

fn unknown() -> Problem {
    Problem::new(
        ProblemCode::InvitationUnknown,
        "Check that the whole link was copied, or ask for a new invitation.",
    )
}
