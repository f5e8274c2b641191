//! What the relay signs and takes back: tokens, challenges, its own administrator's word.

use super::Keys;
use crate::{problem::Problem, relay::Device};
use jsonwebtoken::{Algorithm, Header, Validation, decode, encode, errors::ErrorKind};
use kith_shared::{
    api::{Pass, ProblemCode},
    bytes::Array,
    ids::{DeviceId, MemberId, TeamId},
    limits,
    time::{Moment, Span},
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Seconds by which the relay's own clock may have been set back since it signed. No other clock
/// counts.
const LEEWAY: u64 = 60;
/// How long the administrator's word is good for: it is used at once.
const ADMIN_LIFE: Span = Span::minutes(2);

/// Who a token is for. The key is in it so that the same device is known in its other teams.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Subject<80>", into = "Subject<80>")]
#[allow(missing_docs)]
pub struct Bearer {
    pub member: MemberId,
    pub team: TeamId,
    pub device: DeviceId,
    pub key: Array<32>,
}

/// Who may answer a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(from = "Subject<32>", into = "Subject<32>")]
#[allow(missing_docs)]
pub struct Challenged {
    pub team: TeamId,
    pub device: DeviceId,
}

/// The administrator says so.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Admin {}

/// Whom a word is about, as one string of bytes: a token goes with every request, and text would be
/// twice as long.
#[derive(Serialize, Deserialize)]
struct Subject<const N: usize> {
    sub: Array<N>,
}

impl<const N: usize> Subject<N> {
    fn of(parts: &[&[u8]]) -> Self {
        let mut sub = [0; N];
        for (to, from) in sub.iter_mut().zip(parts.concat()) {
            *to = from;
        }
        Self { sub: Array(sub) }
    }

    /// The `M` bytes from here on, which are there.
    fn part<const M: usize>(&self, from: usize) -> [u8; M] {
        let mut part = [0; M];
        part.copy_from_slice(&self.sub.0[from..from + M]);
        part
    }
}

impl From<Bearer> for Subject<80> {
    fn from(bearer: Bearer) -> Self {
        Self::of(&[
            &bearer.member.to_bytes(),
            &bearer.team.to_bytes(),
            &bearer.device.to_bytes(),
            &bearer.key.0,
        ])
    }
}

impl From<Subject<80>> for Bearer {
    fn from(subject: Subject<80>) -> Self {
        Self {
            member: MemberId::from_bytes(subject.part(0)),
            team: TeamId::from_bytes(subject.part(16)),
            device: DeviceId::from_bytes(subject.part(32)),
            key: Array(subject.part(48)),
        }
    }
}

impl From<Challenged> for Subject<32> {
    fn from(challenged: Challenged) -> Self {
        Self::of(&[&challenged.team.to_bytes(), &challenged.device.to_bytes()])
    }
}

impl From<Subject<32>> for Challenged {
    fn from(subject: Subject<32>) -> Self {
        Self {
            team: TeamId::from_bytes(subject.part(0)),
            device: DeviceId::from_bytes(subject.part(16)),
        }
    }
}

/// What is signed, for one use only: none is good for another.
trait Word: Serialize + DeserializeOwned + Clone {
    const AUDIENCE: &'static str;
    const LIFE: Span;
}

impl Word for Bearer {
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

impl Keys {
    /// A token and the challenge that renews it.
    pub fn pass(&self, team: TeamId, id: DeviceId, device: Device, now: Moment) -> Pass {
        let bearer = Bearer {
            member: device.member,
            team,
            device: id,
            key: device.key,
        };
        Pass {
            token: self.issue(&bearer, now),
            challenge: self.challenge(team, id, now),
        }
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
        self.check(token)
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
        let header = Header {
            typ: None,
            ..Header::new(Algorithm::EdDSA)
        };
        // Plain data, and a key that was made for this.
        encode(&header, &claims, &self.sign).unwrap_or_default()
    }

    fn check<W: Word>(&self, token: &str) -> Result<W, Problem> {
        self.check_at(token, true)
    }

    fn check_at<W: Word>(&self, token: &str, now: bool) -> Result<W, Problem> {
        let mut rules = Validation::new(Algorithm::EdDSA);
        rules.validate_exp = now;
        rules.set_audience(&[W::AUDIENCE]);
        rules.set_required_spec_claims(&["exp", "aud"]);
        rules.leeway = LEEWAY;
        let claims = decode::<Claims<W>>(token, &self.verify, &rules);
        claims
            .map(|data| data.claims.word)
            .map_err(|e| match e.kind() {
                ErrorKind::ExpiredSignature => Problem::new(
                    ProblemCode::TokenExpired,
                    "Renew it: sign the challenge that came with it.",
                ),
                _ => Problem::new(
                    ProblemCode::NotAuthorised,
                    "The token is not one of this relay, or not for this use.",
                ),
            })
    }
}
