//! What the relay signs and takes back: tokens, challenges, its own administrator's word.

use super::Keys;
use crate::problem::Problem;
use jsonwebtoken::{
    Algorithm, Header, Validation, decode, encode,
    errors::{Error, ErrorKind},
};
use kith_shared::{
    api::{Pass, ProblemCode},
    bytes::Array,
    ids::{DeviceId, TeamId},
    limits,
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Seconds by which the relay's own clock may have been set back since it signed. No other clock
/// counts.
const LEEWAY: u64 = 60;
/// What all tokens begin with: `{"alg":"HS256"}`. It does not travel, so nobody names another.
const HEADER: &str = "eyJhbGciOiJIUzI1NiJ9.";
/// How long the administrator's word is good for: it is used at once.
const ADMIN_LIFE: Span = Span::minutes(2);

/// Who a token is for: it goes with every request, so all else is looked up in the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Subject", into = "Subject")]
#[allow(missing_docs)]
pub struct Bearer {
    pub team: TeamId,
    pub device: DeviceId,
}

/// Who may answer a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Subject", into = "Subject")]
#[allow(missing_docs)]
pub struct Challenged {
    pub team: TeamId,
    pub device: DeviceId,
}

/// The administrator says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {}

/// A token as it was when it was signed: a phone that still has one renews it.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
struct Former {}

/// Whom a word is about, as one string of bytes: text would be twice as long.
#[derive(Serialize, Deserialize)]
struct Subject {
    sub: Array<32>,
}

impl Subject {
    fn of(team: TeamId, device: DeviceId) -> Self {
        let mut sub = [0; 32];
        sub[..16].copy_from_slice(&team.to_bytes());
        sub[16..].copy_from_slice(&device.to_bytes());
        Self { sub: Array(sub) }
    }

    fn parts(&self) -> (TeamId, DeviceId) {
        let (mut team, mut device) = ([0; 16], [0; 16]);
        team.copy_from_slice(&self.sub.0[..16]);
        device.copy_from_slice(&self.sub.0[16..]);
        (TeamId::from_bytes(team), DeviceId::from_bytes(device))
    }
}

impl From<Bearer> for Subject {
    fn from(bearer: Bearer) -> Self {
        Self::of(bearer.team, bearer.device)
    }
}

impl From<Subject> for Bearer {
    fn from(subject: Subject) -> Self {
        let (team, device) = subject.parts();
        Self { team, device }
    }
}

impl From<Challenged> for Subject {
    fn from(challenged: Challenged) -> Self {
        Self::of(challenged.team, challenged.device)
    }
}

impl From<Subject> for Challenged {
    fn from(subject: Subject) -> Self {
        let (team, device) = subject.parts();
        Self { team, device }
    }
}

/// What is signed, for one use only: none is good for another.
trait Word: Serialize + DeserializeOwned + Clone {
    const AUDIENCE: &'static str;
    const LIFE: Span;
}

impl Word for Former {
    const AUDIENCE: &'static str = "token";
    const LIFE: Span = limits::TOKEN_LIFE;
}

impl Word for Challenged {
    const AUDIENCE: &'static str = "challenge";
    const LIFE: Span = limits::CHALLENGE_LIFE;
}

impl Word for Admin {
    const AUDIENCE: &'static str = "admin";
    const LIFE: Span = ADMIN_LIFE;
}

#[derive(Serialize, Deserialize)]
struct Claims<W> {
    aud: String,
    exp: i64,
    #[serde(flatten)]
    word: W,
}

/// A token goes with every request: it has a key of its own instead of an audience.
#[derive(Serialize, Deserialize)]
struct OfBearer {
    exp: i64,
    #[serde(flatten)]
    bearer: Bearer,
}

impl Keys {
    /// A token and the challenge that renews it.
    pub fn pass(&self, team: TeamId, device: DeviceId, now: Moment) -> Pass {
        Pass {
            token: self.token(Bearer { team, device }, now),
            challenge: self.challenge(team, device, now),
        }
    }

    /// A token. The relay alone checks it, so it is under a MAC, which is short.
    fn token(&self, bearer: Bearer, now: Moment) -> String {
        let exp = (now + limits::TOKEN_LIFE).millis() / 1000;
        let claims = OfBearer { exp, bearer };
        // Plain data, and a key that was made for this.
        let token = encode(&header(Algorithm::HS256), &claims, &self.mark).unwrap_or_default();
        token.strip_prefix(HEADER).unwrap_or_default().to_owned()
    }

    /// Something for this device to sign. Any device may ask: it is worth nothing unsigned.
    pub fn challenge(&self, team: TeamId, device: DeviceId, now: Moment) -> String {
        self.issue(&Challenged { team, device }, now)
    }

    /// The administrator's word.
    pub fn admin(&self, now: Moment) -> String {
        self.issue(&Admin {}, now)
    }

    /// Who bears this token.
    pub fn bearer(&self, token: &str) -> Result<Bearer, Problem> {
        let whole = format!("{HEADER}{token}");
        let rules = rules(Algorithm::HS256, &["exp"]);
        let claims = decode::<OfBearer>(&whole, &self.marked, &rules);
        claims.map(|data| data.claims.bearer).map_err(|e| {
            let former = self.check_at::<Former>(token, false);
            former.map_or_else(|_| problem(&e), |_| expired())
        })
    }

    /// Who may answer this challenge.
    pub fn challenged(&self, challenge: &str) -> Result<Challenged, Problem> {
        self.check(challenge)
    }

    /// Who was once given this challenge, however long ago.
    pub fn once_challenged(&self, challenge: &str) -> Result<Challenged, Problem> {
        self.check_at(challenge, false)
    }

    /// Whether the administrator says so.
    pub fn is_admin(&self, token: &str) -> Result<(), Problem> {
        self.check::<Admin>(token).map(|_| ())
    }

    fn issue<W: Word>(&self, word: &W, now: Moment) -> String {
        let claims = Claims {
            aud: W::AUDIENCE.to_owned(),
            exp: (now + W::LIFE).millis() / 1000,
            word: word.clone(),
        };
        // Plain data, and a key that was made for this.
        encode(&header(Algorithm::EdDSA), &claims, &self.sign).unwrap_or_default()
    }

    fn check<W: Word>(&self, token: &str) -> Result<W, Problem> {
        self.check_at(token, true)
    }

    fn check_at<W: Word>(&self, token: &str, now: bool) -> Result<W, Problem> {
        let mut rules = rules(Algorithm::EdDSA, &["exp", "aud"]);
        rules.validate_exp = now;
        rules.set_audience(&[W::AUDIENCE]);
        let claims = decode::<Claims<W>>(token, &self.verify, &rules);
        claims.map(|data| data.claims.word).map_err(|e| problem(&e))
    }
}

fn header(algorithm: Algorithm) -> Header {
    Header {
        typ: None,
        ..Header::new(algorithm)
    }
}

fn rules(algorithm: Algorithm, claims: &[&str]) -> Validation {
    let mut rules = Validation::new(algorithm);
    rules.set_required_spec_claims(claims);
    rules.leeway = LEEWAY;
    rules
}

fn problem(error: &Error) -> Problem {
    match error.kind() {
        ErrorKind::ExpiredSignature => expired(),
        _ => Problem::new(
            ProblemCode::NotAuthorised,
            "The token is not one of this relay, or not for this use.",
        ),
    }
}

fn expired() -> Problem {
    Problem::new(
        ProblemCode::TokenExpired,
        "Renew it: sign the challenge that came with it.",
    )
}

#[cfg(test)]
pub(super) fn former(keys: &Keys, now: Moment) -> String {
    keys.issue(&Former {}, now)
}
