//! The rest of the relay's HTTP interface: joining, tokens, problems.

use crate::{
    bytes::{Array, Bytes},
    documents::DocumentKind,
    domain::team::{Hat, Role},
    ids::{DeviceId, InvitationId, MemberId, PersonId, TeamId},
    time::{Day, Moment},
};
use serde::{Deserialize, Serialize};
use std::{collections::BTreeSet, fmt, str::FromStr};

/// Paths of the interface.
pub mod path {
    /// `POST` [`super::Join`] → [`super::Joined`].
    pub const JOIN: &str = "/v1/join";
    /// `POST` [`super::Rejoin`] → [`super::Joined`]: for a device that a restored relay forgot.
    pub const REJOIN: &str = "/v1/rejoin";
    /// `POST` [`super::ChallengeRequest`] → [`super::Challenge`].
    pub const CHALLENGE: &str = "/v1/token/challenge";
    /// `POST` [`super::TokenRequest`] → [`super::Pass`].
    pub const TOKEN: &str = "/v1/token";
    /// `POST` [`crate::sync::SyncRequest`] → [`crate::sync::SyncReply`].
    pub const SYNC: &str = "/v1/sync";
    /// `GET`, server-sent events: `data:` is the team's latest [`crate::sync::Seq`].
    pub const EVENTS: &str = "/v1/events";
    /// Web Push for this device: `GET`, `PUT` [`super::PushOn`], `DELETE`; each →
    /// [`super::PushStatus`].
    pub const PUSH: &str = "/v1/push";
    /// The calendar of this device's member: `GET` whether there is one, `POST` makes it anew,
    /// `DELETE` revokes it; each → [`super::CalendarFeed`].
    pub const CALENDAR: &str = "/v1/calendar";
    /// `GET`, without a token, iCalendar (RFC 5545): the shifts of whose calendar it is.
    /// `?lang=cy` has them in Welsh.
    pub const CALENDAR_FILE: &str = "/v1/calendar/{name}";
    /// `GET`: the devices that the caller may revoke, a list of [`super::KnownDevice`]: a manager
    /// the team's, everyone else their own.
    pub const DEVICES: &str = "/v1/devices";
    /// `POST` [`super::Revoke`] → the record of the team that says so.
    pub const REVOKE: &str = "/v1/revoke";
    /// What was refused and is kept, for managers: `GET` → [`crate::aside::Page`], with `?after=` the
    /// last one that was read and `?limit=` how many; `POST` [`crate::aside::Review`] →
    /// [`crate::aside::End`].
    pub const ASIDE: &str = "/v1/aside";
    /// `POST` [`super::Invite`] → [`super::Invited`], with the relay's own key.
    pub const INVITE: &str = "/v1/admin/invite";
    /// `POST` [`super::ChangeRoster`] → [`crate::documents::team::TeamRecord`], what was written;
    /// with the relay's own key.
    pub const ROSTER: &str = "/v1/admin/roster";
    /// `POST` [`super::ChangeMasterKey`] → `null`, with the relay's own key.
    pub const MASTER_KEY: &str = "/v1/admin/master-key";
    /// `POST` what a backup has already → the frames of what is new, with the relay's own key.
    pub const BACKUP: &str = "/v1/admin/backup";
    /// `GET` → a list of [`super::NamedTeam`], with the relay's own key.
    pub const TEAMS: &str = "/v1/admin/teams";
    /// `GET`: alive and able to read its store.
    pub const HEALTH: &str = "/healthz";
    /// `GET`, Prometheus text.
    pub const METRICS: &str = "/metrics";
    /// Page of the app that a joining link opens; the code is in the fragment, which browsers
    /// send to nobody.
    pub const JOIN_PAGE: &str = "/join";
}

/// Header of a request with which an expired token is renewed on the way: `CHALLENGE.SIGNATURE`,
/// the signature in base64 over [`to_sign`]. So a phone that was away needs no extra round trip.
pub const RENEWAL_HEADER: &str = "kith-renewal";
/// Header of a reply: the new token.
pub const TOKEN_HEADER: &str = "kith-token";
/// Header of a reply: the challenge to answer next time.
pub const CHALLENGE_HEADER: &str = "kith-challenge";

/// The bytes that a device signs to answer a challenge. The prefix keeps the signature from
/// meaning anything elsewhere.
pub fn to_sign(challenge: &str) -> Vec<u8> {
    let mut bytes = b"kith renewal v1\n".to_vec();
    bytes.extend_from_slice(challenge.as_bytes());
    bytes
}

/// What carries a secret says its name and no more where it would be shown whole, as in a log or
/// when something panics.
macro_rules! show_no_secret {
    ($($name:ident),*) => {
        $(impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(concat!(stringify!($name), "(…)"))
            }
        })*
    };
}

show_no_secret!(
    Join,
    Joined,
    Rejoin,
    TokenRequest,
    Pass,
    PushOn,
    CalendarFeed,
    Invited
);

/// What a joining link carries: the invitation and its secret, `INVITATION.SECRET`.
#[derive(Clone, PartialEq, Eq)]
pub struct Code {
    /// Which team.
    pub team: TeamId,
    /// Which invitation.
    pub invitation: InvitationId,
    /// What only the invited know.
    pub secret: Array<16>,
}

impl fmt::Debug for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Code({}, …)", self.invitation)
    }
}

impl fmt::Display for Code {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let mut bytes = Vec::with_capacity(48);
        bytes.extend_from_slice(&self.team.to_bytes());
        bytes.extend_from_slice(&self.invitation.to_bytes());
        bytes.extend_from_slice(&self.secret.0);
        f.write_str(&crate::bytes::to_base64(&bytes))
    }
}

/// Text that is no joining code.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("this is not a joining code")]
pub struct NotACode;

impl FromStr for Code {
    type Err = NotACode;
    /// Reads a code, or a whole joining link.
    fn from_str(text: &str) -> Result<Self, NotACode> {
        let text = text.trim();
        let code = text.rsplit_once('#').map_or(text, |(_, code)| code);
        let bytes = crate::bytes::from_base64(code).ok_or(NotACode)?;
        let part = |at: usize| <[u8; 16]>::try_from(bytes.get(at..at + 16)?).ok();
        match (bytes.len(), part(0), part(16), part(32)) {
            (48, Some(team), Some(invitation), Some(secret)) => Ok(Self {
                team: TeamId::from_bytes(team),
                invitation: InvitationId::from_bytes(invitation),
                secret: Array(secret),
            }),
            _ => Err(NotACode),
        }
    }
}

/// A device joins a team.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Join {
    /// The joining code.
    pub code: String,
    /// The device, named by itself.
    pub device: DeviceId,
    /// Its Ed25519 public key.
    pub key: Array<32>,
}

/// A device belongs to a team.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Joined {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub team_name: String,
    /// Who the device's user is.
    pub member: MemberId,
    /// As people call them.
    pub name: String,
    /// What they are to the team.
    pub role: Role,
    /// Proof of all this, for a relay that lost it: kept by the device, shown to nobody else.
    pub credential: Bytes,
    /// The relay's Ed25519 public key: its signature is under all that this device will read.
    pub relay: Array<32>,
    /// The first token and challenge.
    pub pass: Pass,
    /// The relay's clock.
    pub now: Moment,
}

/// A device that a restored relay does not know shows its credential, and in [`RENEWAL_HEADER`] that
/// it has its key: the last challenge that it got, however old, signed.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Rejoin {
    /// As in [`Joined::credential`].
    pub credential: Bytes,
}

/// A device asks for a challenge.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChallengeRequest {
    /// The team.
    pub team: TeamId,
    /// The device.
    pub device: DeviceId,
}

/// Something to sign.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Challenge {
    /// Opaque text.
    pub challenge: String,
}

/// A signed challenge.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct TokenRequest {
    /// As given.
    pub challenge: String,
    /// Ed25519 over [`to_sign`].
    pub signature: Array<64>,
}

/// A token, and the challenge that renews it.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Pass {
    /// `Authorization: Bearer` it, for [`crate::limits::TOKEN_LIFE`].
    pub token: String,
    /// To sign when the token has expired.
    pub challenge: String,
}

/// A device wants to be woken when its member is needed. What browsers make of a subscription
/// (`PushSubscription.toJSON()`) can be sent as it is; the relay sends no content, so it needs no
/// more of it than this.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushOn {
    /// Where a push service takes pushes for the device. Of a service that the relay knows
    /// ([`ProblemCode::PushServiceUnknown`] otherwise), and at most
    /// [`crate::limits::PUSH_ENDPOINT_BYTES`] long.
    pub endpoint: String,
}

/// Whether a device is woken.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct PushStatus {
    /// The relay's VAPID key (RFC 8292), which a browser takes as `applicationServerKey`: an
    /// uncompressed point on P-256, base64 for URLs.
    pub key: String,
    /// The relay has an endpoint of this device. A push service that says it is gone makes this
    /// `false`: the device subscribes anew.
    pub subscribed: bool,
}

/// A member's shifts, for calendar programs.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct CalendarFeed {
    /// There is an address at which programs can read it.
    pub active: bool,
    /// That address, in the one reply that made it: the relay does not keep it. Whoever has it
    /// reads the member's shifts until it is revoked or made anew.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
}

/// A device that belongs to a member of the team.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct KnownDevice {
    /// Which.
    pub device: DeviceId,
    /// Whose.
    pub member: MemberId,
    /// When it joined.
    pub joined: Moment,
    /// It is the one that asks.
    pub this: bool,
    /// When it last handed in more than the ration of its member, in this run of the relay: no honest
    /// phone ever does.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub held_back: Option<Moment>,
}

/// Someone or something does not belong to the team any more, or reads less of it. What phones hold
/// of it goes with their next request; what they had not sent is kept aside for the manager.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "revoke")]
pub enum Revoke {
    /// A member leaves. A manager may say so of anyone but of the last manager; the person of their
    /// authorised person and family contacts; the authorised person of family contacts.
    Member {
        /// Who.
        member: MemberId,
    },
    /// A device is lost. Its member or a manager may say so.
    Device {
        /// Which.
        device: DeviceId,
    },
    /// What is not shared with a family contact any more; the circle is, until they leave. Who
    /// speaks for the person may say so.
    Consent {
        /// With whom.
        member: MemberId,
        /// [`DocumentKind::Notes`], or nothing: all is shared again.
        withhold: BTreeSet<DocumentKind>,
    },
}

/// Someone is invited. What is bound to a person names it, or describes a new one.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invite {
    /// The team.
    pub team: TeamId,
    /// `pa`, `person`, `authorised-person`, `family-contact` or `manager`.
    pub role: String,
    /// What the invited is called.
    pub name: String,
    /// The person whom the role is bound to, by id or by the name that the team calls them;
    /// `None` with role `person` makes a new one.
    pub person: Option<String>,
    /// A member who gets a further device: role, name and person are theirs, whatever stands here.
    #[serde(default)]
    pub member: Option<MemberId>,
    /// Of a new person: where visits are.
    #[serde(default)]
    pub address: String,
    /// Of a new person: their goals in their words.
    #[serde(default)]
    pub goals: Vec<String>,
    /// Hours until it expires; [`crate::limits::INVITATION_LIFE`] when none is given.
    pub hours: Option<u32>,
}

/// An invitation.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Invited {
    /// The joining code.
    pub code: String,
    /// The link that opens the app with it.
    pub link: String,
    /// Who the invited will be.
    pub member: MemberId,
    /// The person whom the role is bound to.
    pub person: Option<PersonId>,
    /// When it expires.
    pub expires: Moment,
}

/// Something about a team changes that no app can say yet.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeRoster {
    /// The team.
    pub team: TeamId,
    /// What changes.
    #[serde(flatten)]
    pub change: RosterChange,
}

/// What changes about a team. Members and persons by id, or by the name that the team calls them.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case", tag = "change")]
pub enum RosterChange {
    /// A PA puts on a hat, or takes it off.
    Hat {
        /// Who.
        member: String,
        /// Which.
        hat: Hat,
        /// For how many days from now; [`crate::limits::HAT_TERM`] when none are given.
        #[serde(default)]
        days: Option<u32>,
        /// They take it off.
        #[serde(default)]
        off: bool,
    },
    /// How long it takes between two persons.
    Travel {
        /// One.
        from: String,
        /// The other; the way back is as long.
        to: String,
        /// At most [`crate::limits::TRAVEL_MINUTES`].
        minutes: u16,
    },
    /// A member leaves the team.
    Left {
        /// Who.
        member: String,
    },
    /// A device is lost.
    DeviceLost {
        /// Which, by its id.
        device: String,
    },
    /// The team's care of a person ended.
    CareEnded {
        /// Whose.
        person: String,
        /// The last day.
        on: Day,
    },
    /// A person came back.
    CareResumed {
        /// Who.
        person: String,
        /// The first day.
        on: Day,
    },
    /// The records of a person are erased, for ever.
    Erase {
        /// Who.
        person: String,
    },
}

/// All that the relay keeps is to be sealed under another master key.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct ChangeMasterKey {
    /// The file on the relay's machine with the new one; none for a fresh one in the file of the one
    /// before.
    pub file: Option<String>,
}

/// A team and what it is called.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct NamedTeam {
    /// The team.
    pub team: TeamId,
    /// Its name.
    pub name: String,
}

/// `application/problem+json` (RFC 9457).
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Problem {
    /// Stable; what programs look at.
    pub code: ProblemCode,
    /// The HTTP status.
    pub status: u16,
    /// What happened, in a sentence.
    pub title: String,
    /// What to do about it.
    pub detail: String,
}

/// What can go wrong, by a stable name.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
pub enum ProblemCode {
    /// The code was mistyped or is of no invitation here.
    InvitationUnknown,
    /// The invitation's time is over.
    InvitationExpired,
    /// The invitation was used.
    InvitationUsed,
    /// The token has expired; renew it.
    TokenExpired,
    /// The token or signature is not good.
    NotAuthorised,
    /// The relay does not know this device; [`path::REJOIN`] with the credential.
    DeviceUnknown,
    /// This device does not belong to the team any more; [`path::SYNC`] is all it may ask for.
    Revoked,
    /// Somebody else in the team can do this.
    NotAllowed,
    /// Too many devices of one member.
    TooManyDevices,
    /// Too many members.
    TooManyMembers,
    /// Too many requests; wait.
    TooManyRequests,
    /// Too many open connections.
    TooManyConnections,
    /// The body is too large.
    TooLarge,
    /// The body or a part of it cannot be read.
    Malformed,
    /// The message is of another version: the app is older or newer than the relay.
    Version,
    /// There is nothing at this address.
    NotFound,
    /// The endpoint is of no push service that this relay sends to.
    PushServiceUnknown,
    /// The relay's disk is full; nothing was taken in.
    StorageFull,
    /// The relay failed; nothing was taken in.
    Internal,
}
