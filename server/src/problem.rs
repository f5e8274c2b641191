//! What went wrong, as the client is told: `application/problem+json` with a stable code, the
//! status that belongs to it, and the remedy in words.

use axum::{
    http::{HeaderValue, StatusCode, header},
    response::{IntoResponse, Response},
};
use kith_shared::api::{self, ProblemCode as Code};

/// Something went wrong. Nothing was taken in unless the reply says so itself.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{}: {detail}", title(*.code))]
pub struct Problem {
    /// What, by its stable name.
    pub code: Code,
    /// What to do about it.
    pub detail: String,
    /// Seconds after which it may be tried again.
    pub retry_after: Option<u32>,
}

impl Problem {
    /// A problem and its remedy.
    pub fn new(code: Code, detail: impl Into<String>) -> Self {
        Self {
            code,
            detail: detail.into(),
            retry_after: None,
        }
    }

    /// The relay's own failure. The cause is for the log, not for the client.
    pub fn internal() -> Self {
        Self::new(
            Code::Internal,
            "Try again in a moment. If it stays, the relay's log says more.",
        )
    }

    /// Its HTTP status.
    pub fn status(&self) -> StatusCode {
        match self.code {
            Code::InvitationUnknown | Code::NotFound => StatusCode::NOT_FOUND,
            Code::InvitationExpired | Code::InvitationUsed => StatusCode::GONE,
            Code::TokenExpired | Code::NotAuthorised => StatusCode::UNAUTHORIZED,
            Code::DeviceUnknown | Code::Revoked | Code::NotAllowed => StatusCode::FORBIDDEN,
            Code::TooManyDevices | Code::TooManyMembers => StatusCode::CONFLICT,
            Code::TooManyRequests => StatusCode::TOO_MANY_REQUESTS,
            Code::TooManyConnections => StatusCode::SERVICE_UNAVAILABLE,
            Code::TooLarge => StatusCode::PAYLOAD_TOO_LARGE,
            Code::Malformed | Code::Version | Code::PushServiceUnknown => StatusCode::BAD_REQUEST,
            Code::StorageFull => StatusCode::INSUFFICIENT_STORAGE,
            Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
        }
    }

    /// As it goes over the wire.
    pub fn body(&self) -> api::Problem {
        api::Problem {
            code: self.code,
            status: self.status().as_u16(),
            title: title(self.code).to_owned(),
            detail: self.detail.clone(),
        }
    }
}

fn title(code: Code) -> &'static str {
    match code {
        Code::InvitationUnknown => "There is no such invitation",
        Code::InvitationExpired => "The invitation's time is over",
        Code::InvitationUsed => "The invitation was used already",
        Code::TokenExpired => "The token has expired",
        Code::NotAuthorised => "This is not allowed without a valid token",
        Code::DeviceUnknown => "The relay does not know this device",
        Code::Revoked => "This device does not belong to the team any more",
        Code::NotAllowed => "This is for somebody else in the team",
        Code::TooManyDevices => "Too many devices",
        Code::TooManyMembers => "Too many members",
        Code::TooManyRequests => "Too many requests",
        Code::TooManyConnections => "Too many connections",
        Code::TooLarge => "Too large",
        Code::Malformed => "The request cannot be read",
        Code::Version => "App and relay are of different versions",
        Code::NotFound => "There is nothing here",
        Code::PushServiceUnknown => "The relay does not know this push service",
        Code::StorageFull => "The relay's disk is full",
        Code::Internal => "The relay failed",
    }
}

impl IntoResponse for Problem {
    fn into_response(self) -> Response {
        let body = serde_json::to_vec(&self.body()).unwrap_or_default();
        let json = HeaderValue::from_static("application/problem+json");
        let mut response = (self.status(), [(header::CONTENT_TYPE, json)], body).into_response();
        let headers = response.headers_mut();
        if let Some(seconds) = self.retry_after {
            headers.insert(header::RETRY_AFTER, seconds.into());
        }
        if self.status() == StatusCode::UNAUTHORIZED {
            let bearer = HeaderValue::from_static("Bearer");
            headers.insert(header::WWW_AUTHENTICATE, bearer);
        }
        response.extensions_mut().insert(self.code);
        response
    }
}
