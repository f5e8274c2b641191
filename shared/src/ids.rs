//! Identifiers, one type a thing, so that a shift is never taken for a visit.
//!
//! Each is a [ULID](https://github.com/ulid/spec): 48 bits of time and 80 of randomness, both
//! passed in. It is written as 26 characters where people read and as 16 bytes where they do not.

use crate::time::Moment;
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};
use ulid::Ulid;

/// Text that is not an identifier.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not an identifier: 26 letters and digits are expected")]
pub struct NotAnId(pub String);

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name(Ulid);

        impl $name {
            /// A new identifier from the time and from dice.
            pub fn new(now: Moment, dice: u128) -> Self {
                Self(Ulid::from_parts(now.millis().try_into().unwrap_or(0), dice))
            }
            /// The time that it was made from.
            pub fn made_at(self) -> Moment {
                Moment::from_millis(self.0.timestamp_ms().try_into().unwrap_or(i64::MAX))
            }
            /// The identifier that these 16 bytes spell.
            pub const fn from_bytes(bytes: [u8; 16]) -> Self {
                Self(Ulid::from_bytes(bytes))
            }
            /// Its 16 bytes, the most significant first.
            pub const fn to_bytes(self) -> [u8; 16] {
                self.0.to_bytes()
            }
        }
        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(self.0.array_to_str(&mut [0; ulid::ULID_LEN]))
            }
        }
        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}({self})", stringify!($name))
            }
        }
        impl FromStr for $name {
            type Err = NotAnId;
            fn from_str(text: &str) -> Result<Self, NotAnId> {
                let id = Ulid::from_string(text).map_err(|_| NotAnId(text.to_owned()))?;
                // One spelling an identifier: lower case and overflowing first digits are refused.
                if id.to_string() == text { Ok(Self(id)) } else { Err(NotAnId(text.to_owned())) }
            }
        }
        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
                if to.is_human_readable() {
                    to.collect_str(self)
                } else {
                    to.serialize_bytes(&self.to_bytes())
                }
            }
        }
        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
                if from.is_human_readable() {
                    String::deserialize(from)?.parse().map_err(D::Error::custom)
                } else {
                    crate::bytes::Array::<16>::deserialize(from).map(|a| Self::from_bytes(a.0))
                }
            }
        }
    )*};
}

ids! {
    /// A self-managing team: the unit that has a journal.
    TeamId;
    /// Anyone who belongs to a team, in one role.
    MemberId;
    /// Someone who receives support.
    PersonId;
    /// One install of the app (or the relay itself, where it writes).
    DeviceId;
    /// A planned stretch of support.
    ShiftId;
    /// Shifts that were planned together because they repeat.
    SeriesId;
    /// Shifts with several persons that one PA works in one go.
    PoolId;
    /// What happened: a shift that was worked, or an unplanned call.
    VisitId;
    /// A visit note.
    NoteId;
    /// One immutable record in a document.
    RecordId;
    /// A single-use way into a team.
    InvitationId;
    /// One life of a relay's journal; a restored journal gets a new one.
    Epoch;
    /// Something the relay put aside instead of accepting.
    QuarantineId;
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn text_and_bytes_keep_the_id(bytes: [u8; 16]) {
            let id = ShiftId::from_bytes(bytes);
            prop_assert_eq!(id.to_string().parse(), Ok(id));
            let packed = rmp_serde::to_vec(&id).unwrap();
            prop_assert_eq!(packed.len(), 18);
            prop_assert_eq!(rmp_serde::from_slice::<ShiftId>(&packed).unwrap(), id);
            let text = serde_json::to_string(&id).unwrap();
            prop_assert_eq!(serde_json::from_str::<ShiftId>(&text).unwrap(), id);
        }

        #[test]
        fn no_text_panics(text: String) {
            let _ = text.parse::<ShiftId>();
        }
    }

    #[test]
    fn later_ids_sort_later() {
        let early = VisitId::new(Moment::from_millis(1), u128::MAX);
        let late = VisitId::new(Moment::from_millis(2), 0);
        assert!(early < late && early.to_string() < late.to_string());
    }
}
