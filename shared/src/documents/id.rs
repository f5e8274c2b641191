//! The names of documents.

use crate::{
    ids::{MemberId, PersonId},
    time::Month,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, str::FromStr};

/// Which document: kind, subject, month. The document is the unit of reading.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// Members, roles, persons. Written by the relay alone.
    Team,
    /// Faces and names around a person and who is coming. Written by the relay alone.
    Circle(PersonId),
    /// The shifts of a person that start in this month.
    Rota(PersonId, Month),
    /// The shift log: clock in, clock out, amendments.
    Visits(PersonId, Month),
    /// Visit notes that the person shares with family.
    Notes(PersonId, Month),
    /// Visit notes for the team.
    TeamNotes(PersonId, Month),
    /// What a person wants of who comes to them.
    Profile(PersonId),
    /// When a PA can work.
    Availability(MemberId),
}

/// What kind of document, without subject and month.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "kebab-case")]
#[allow(missing_docs)] // As in `DocumentId`.
pub enum DocumentKind {
    Team,
    Circle,
    Rota,
    Visits,
    Notes,
    TeamNotes,
    Profile,
    Availability,
}

impl DocumentKind {
    /// All kinds.
    pub const ALL: [Self; 8] = [
        Self::Team,
        Self::Circle,
        Self::Rota,
        Self::Visits,
        Self::Notes,
        Self::TeamNotes,
        Self::Profile,
        Self::Availability,
    ];
}

impl DocumentId {
    /// Its kind.
    pub fn kind(self) -> DocumentKind {
        match self {
            Self::Team => DocumentKind::Team,
            Self::Circle(_) => DocumentKind::Circle,
            Self::Rota(..) => DocumentKind::Rota,
            Self::Visits(..) => DocumentKind::Visits,
            Self::Notes(..) => DocumentKind::Notes,
            Self::TeamNotes(..) => DocumentKind::TeamNotes,
            Self::Profile(_) => DocumentKind::Profile,
            Self::Availability(_) => DocumentKind::Availability,
        }
    }
    /// Whom it is about.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Team | Self::Availability(_) => None,
            Self::Circle(p)
            | Self::Profile(p)
            | Self::Rota(p, _)
            | Self::Visits(p, _)
            | Self::Notes(p, _)
            | Self::TeamNotes(p, _) => Some(p),
        }
    }
    /// Its month.
    pub fn month(self) -> Option<Month> {
        match self {
            Self::Team | Self::Circle(_) | Self::Profile(_) | Self::Availability(_) => None,
            Self::Rota(_, m) | Self::Visits(_, m) | Self::Notes(_, m) | Self::TeamNotes(_, m) => {
                Some(m)
            }
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team => f.write_str("team"),
            Self::Circle(p) => write!(f, "circle/{p}"),
            Self::Rota(p, m) => write!(f, "rota/{p}/{m}"),
            Self::Visits(p, m) => write!(f, "visits/{p}/{m}"),
            Self::Notes(p, m) => write!(f, "notes/{p}/{m}"),
            Self::TeamNotes(p, m) => write!(f, "team-notes/{p}/{m}"),
            Self::Profile(p) => write!(f, "profile/{p}"),
            Self::Availability(pa) => write!(f, "availability/{pa}"),
        }
    }
}

impl fmt::Debug for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// Text that names no document.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} names no document")]
pub struct NotADocument(pub String);

impl FromStr for DocumentId {
    type Err = NotADocument;
    fn from_str(text: &str) -> Result<Self, NotADocument> {
        let no = || NotADocument(text.to_owned());
        let person = |p: &str| p.parse().map_err(|_| no());
        let month = |m: &str| m.parse().map_err(|_| no());
        match *text.split('/').collect::<Vec<_>>() {
            ["team"] => Ok(Self::Team),
            ["circle", p] => Ok(Self::Circle(person(p)?)),
            ["rota", p, m] => Ok(Self::Rota(person(p)?, month(m)?)),
            ["visits", p, m] => Ok(Self::Visits(person(p)?, month(m)?)),
            ["notes", p, m] => Ok(Self::Notes(person(p)?, month(m)?)),
            ["team-notes", p, m] => Ok(Self::TeamNotes(person(p)?, month(m)?)),
            ["profile", p] => Ok(Self::Profile(person(p)?)),
            ["availability", pa] => Ok(Self::Availability(pa.parse().map_err(|_| no())?)),
            _ => Err(no()),
        }
    }
}

impl Serialize for DocumentId {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.collect_str(self)
    }
}

impl<'de> Deserialize<'de> for DocumentId {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        String::deserialize(from)?.parse().map_err(D::Error::custom)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn a_name_is_its_document(bytes: [u8; 16], year in 1000i16..=9999, month in 1i8..=12) {
            let (p, m) = (PersonId::from_bytes(bytes), Month::new(year, month).unwrap());
            for id in [
                DocumentId::Team, DocumentId::Circle(p), DocumentId::Rota(p, m),
                DocumentId::Visits(p, m), DocumentId::Notes(p, m), DocumentId::TeamNotes(p, m),
                DocumentId::Profile(p), DocumentId::Availability(MemberId::from_bytes(bytes)),
            ] {
                prop_assert_eq!(id.to_string().parse(), Ok(id));
            }
        }

        #[test]
        fn no_text_panics(text in "(team|circle|rota|visits)?[/0-9A-Z-]{0,60}") {
            let _ = text.parse::<DocumentId>();
        }
    }
}
