//! Who makes a request: by their token, or, when it has expired, by a signed challenge.

use super::App;
use crate::{
    auth::{Bearer, Signed},
    problem::Problem,
    relay::now,
};
use axum::{
    http::{HeaderMap, HeaderName, HeaderValue, header},
    response::Response,
};
use kith_shared::{
    api::{CHALLENGE_HEADER, Pass, ProblemCode, RENEWAL_HEADER, TOKEN_HEADER},
    bytes::Array,
    ids::{DeviceId, TeamId},
};

/// Who makes a request.
pub(super) struct Caller {
    pub(super) bearer: Bearer,
    /// A new pass, when the token was renewed on the way.
    renewed: Option<Pass>,
}

impl Caller {
    /// The caller of a request, counted against their limit.
    pub(super) async fn of(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        let caller = Self::identify(app, headers).await?;
        app.rate.count(caller.bearer.device, now())?;
        Ok(caller)
    }

    async fn identify(app: &App, headers: &HeaderMap) -> Result<Self, Problem> {
        let refused = match bearer_token(headers).map(|token| app.keys.bearer(token)) {
            Some(Ok(bearer)) => {
                return Ok(Self {
                    bearer,
                    renewed: None,
                });
            }
            Some(Err(problem)) => problem,
            None => Problem::new(
                ProblemCode::NotAuthorised,
                "Send the token: \"Authorization: Bearer …\".",
            ),
        };
        let Some(signed) = renewal(headers)? else {
            return Err(refused);
        };
        let (team, device) = answered(app, &signed).await?;
        Ok(Self {
            bearer: Bearer { team, device },
            renewed: Some(app.keys.pass(team, device, now())),
        })
    }

    /// The key that the caller's device has.
    pub(super) async fn key(&self, app: &App) -> Result<Array<32>, Problem> {
        let Bearer { team, device } = self.bearer;
        let team = app.teams.get(team).ok_or_else(device_unknown)?;
        let device = team.read(move |team| team.device(device)).await?;
        Ok(device.ok_or_else(device_unknown)?.key)
    }

    /// Gives the new pass along, if there is one.
    pub(super) fn reply(self, mut response: Response) -> Response {
        if let Some(pass) = self.renewed {
            for (name, text) in [
                (TOKEN_HEADER, pass.token),
                (CHALLENGE_HEADER, pass.challenge),
            ] {
                // Tokens are base64 and dots.
                if let Ok(value) = HeaderValue::from_str(&text) {
                    response
                        .headers_mut()
                        .insert(HeaderName::from_static(name), value);
                }
            }
        }
        response
    }
}

/// The challenge that a request answers, if it answers one.
pub(super) fn renewal(headers: &HeaderMap) -> Result<Option<Signed>, Problem> {
    let Some(renewal) = headers.get(RENEWAL_HEADER) else {
        return Ok(None);
    };
    let signed = renewal.to_str().ok().and_then(Signed::parse);
    let help = "The renewal header is CHALLENGE.SIGNATURE, the signature in base64.";
    signed.map(Some).ok_or_else(|| super::body::malformed(help))
}

/// The device that answered a challenge.
pub(super) async fn answered(app: &App, signed: &Signed) -> Result<(TeamId, DeviceId), Problem> {
    let challenged = app.keys.challenged(&signed.challenge)?;
    let team = app.teams.get(challenged.team).ok_or_else(device_unknown)?;
    let device = team
        .read(move |team| team.device(challenged.device))
        .await?;
    let device = device.ok_or_else(device_unknown)?;
    signed.verify(&device.key)?;
    Ok((challenged.team, challenged.device))
}

pub(super) fn bearer_token(headers: &HeaderMap) -> Option<&str> {
    let value = headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

pub(super) fn device_unknown() -> Problem {
    Problem::new(
        ProblemCode::DeviceUnknown,
        "Show the credential that came with joining, or join with a new invitation.",
    )
}
