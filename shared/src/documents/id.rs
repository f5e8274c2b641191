//! The names of documents.

use super::Part;
use crate::{
    ids::{MemberId, PersonId},
    time::Month,
};
use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use std::{fmt, ops::RangeInclusive, str::FromStr};

/// Which document: kind, subject, month and part. The document is the unit of reading.
///
/// What is written about a subject in a month begins in its first part and goes on in the next when
/// that one is long ([`super::Sizes`]). Each part is a document like any other, whoever may read one
/// may read all, and readers see them as one ([`super::Whole`]).
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum DocumentId {
    /// Members, roles, persons. Written by the relay alone, and one document for good: as many
    /// records as there are members and changes of their roles.
    Team,
    /// Faces and names around a person and who is coming. Written by the relay alone.
    Circle(PersonId, Part),
    /// The shifts of a person that start in this month.
    Rota(PersonId, Month, Part),
    /// The shift log: clock in, clock out, amendments.
    Visits(PersonId, Month, Part),
    /// Visit notes that the person shares with family.
    Notes(PersonId, Month, Part),
    /// Visit notes for the team.
    TeamNotes(PersonId, Month, Part),
    /// What a person wants of who comes to them.
    Profile(PersonId, Part),
    /// When a PA can work.
    Availability(MemberId, Part),
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
    /// The first part of [`Self::Circle`].
    pub fn circle(person: PersonId) -> Self {
        Self::Circle(person, Part::FIRST)
    }
    /// The first part of [`Self::Rota`].
    pub fn rota(person: PersonId, month: Month) -> Self {
        Self::Rota(person, month, Part::FIRST)
    }
    /// The first part of [`Self::Visits`].
    pub fn visits(person: PersonId, month: Month) -> Self {
        Self::Visits(person, month, Part::FIRST)
    }
    /// The first part of [`Self::Notes`].
    pub fn notes(person: PersonId, month: Month) -> Self {
        Self::Notes(person, month, Part::FIRST)
    }
    /// The first part of [`Self::TeamNotes`].
    pub fn team_notes(person: PersonId, month: Month) -> Self {
        Self::TeamNotes(person, month, Part::FIRST)
    }
    /// The first part of [`Self::Profile`].
    pub fn profile(person: PersonId) -> Self {
        Self::Profile(person, Part::FIRST)
    }
    /// The first part of [`Self::Availability`].
    pub fn availability(pa: MemberId) -> Self {
        Self::Availability(pa, Part::FIRST)
    }

    /// Its kind.
    pub fn kind(self) -> DocumentKind {
        match self {
            Self::Team => DocumentKind::Team,
            Self::Circle(..) => DocumentKind::Circle,
            Self::Rota(..) => DocumentKind::Rota,
            Self::Visits(..) => DocumentKind::Visits,
            Self::Notes(..) => DocumentKind::Notes,
            Self::TeamNotes(..) => DocumentKind::TeamNotes,
            Self::Profile(..) => DocumentKind::Profile,
            Self::Availability(..) => DocumentKind::Availability,
        }
    }
    /// Whom it is about.
    pub fn person(self) -> Option<PersonId> {
        match self {
            Self::Team | Self::Availability(..) => None,
            Self::Circle(p, _)
            | Self::Profile(p, _)
            | Self::Rota(p, ..)
            | Self::Visits(p, ..)
            | Self::Notes(p, ..)
            | Self::TeamNotes(p, ..) => Some(p),
        }
    }
    /// Its month.
    pub fn month(self) -> Option<Month> {
        match self {
            Self::Team | Self::Circle(..) | Self::Profile(..) | Self::Availability(..) => None,
            Self::Rota(_, m, _)
            | Self::Visits(_, m, _)
            | Self::Notes(_, m, _)
            | Self::TeamNotes(_, m, _) => Some(m),
        }
    }
    /// Which part it is.
    pub fn part(mut self) -> Part {
        self.part_mut().map_or(Part::FIRST, |part| *part)
    }
    /// Another part of the same. The team's document has one only.
    #[must_use]
    pub fn with_part(mut self, part: Part) -> Self {
        if let Some(its) = self.part_mut() {
            *its = part;
        }
        self
    }
    /// The first part of the same: what all of it together goes by.
    #[must_use]
    pub fn whole(self) -> Self {
        self.with_part(Part::FIRST)
    }
    /// The part after this one; `None` where there can be none.
    pub fn next(self) -> Option<Self> {
        let next = self.with_part(self.part().next()?);
        (next != self).then_some(next)
    }
    /// The part before this one; `None` for the first.
    pub fn before(self) -> Option<Self> {
        Some(self.with_part(self.part().before()?))
    }
    /// All parts that there can be, in their order: they follow each other in the order of ids.
    pub fn parts(self) -> RangeInclusive<Self> {
        self.whole()..=self.with_part(Part::LAST)
    }

    fn part_mut(&mut self) -> Option<&mut Part> {
        match self {
            Self::Team => None,
            Self::Circle(_, part)
            | Self::Profile(_, part)
            | Self::Availability(_, part)
            | Self::Rota(.., part)
            | Self::Visits(.., part)
            | Self::Notes(.., part)
            | Self::TeamNotes(.., part) => Some(part),
        }
    }
}

impl fmt::Display for DocumentId {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Team => f.write_str("team"),
            Self::Circle(p, part) => write!(f, "circle/{p}{part}"),
            Self::Rota(p, m, part) => write!(f, "rota/{p}/{m}{part}"),
            Self::Visits(p, m, part) => write!(f, "visits/{p}/{m}{part}"),
            Self::Notes(p, m, part) => write!(f, "notes/{p}/{m}{part}"),
            Self::TeamNotes(p, m, part) => write!(f, "team-notes/{p}/{m}{part}"),
            Self::Profile(p, part) => write!(f, "profile/{p}{part}"),
            Self::Availability(pa, part) => write!(f, "availability/{pa}{part}"),
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
        let pieces: Vec<_> = text.split('/').collect();
        let first = match pieces[..] {
            ["team"] => return Ok(Self::Team),
            ["circle", p, ..] => Self::circle(person(p)?),
            ["rota", p, m, ..] => Self::rota(person(p)?, month(m)?),
            ["visits", p, m, ..] => Self::visits(person(p)?, month(m)?),
            ["notes", p, m, ..] => Self::notes(person(p)?, month(m)?),
            ["team-notes", p, m, ..] => Self::team_notes(person(p)?, month(m)?),
            ["profile", p, ..] => Self::profile(person(p)?),
            ["availability", pa, ..] => Self::availability(pa.parse().map_err(|_| no())?),
            _ => return Err(no()),
        };
        let named = if first.month().is_some() { 3 } else { 2 };
        match pieces[named..] {
            [] => Ok(first),
            [part] => Ok(first.with_part(Part::later(part).ok_or_else(no)?)),
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
            for id in all(p, m) {
                prop_assert_eq!(id.to_string().parse(), Ok(id));
                prop_assert_eq!(id.part(), Part::FIRST);
                let mut parts = vec![id];
                parts.extend(std::iter::successors(id.next(), |id| id.next()).take(40));
                for later in &parts[1..] {
                    prop_assert_eq!(&later.to_string().parse(), &Ok(*later));
                    prop_assert_eq!(later.whole(), id);
                    prop_assert_eq!(later.before().and_then(DocumentId::next), Some(*later));
                    prop_assert!(id.parts().contains(later));
                }
                prop_assert!(parts.is_sorted());
                prop_assert_eq!(parts.len() > 1, id != DocumentId::Team);
                // Two parts of one document stand beside each other among all others.
                for other in all(p, m).into_iter().filter(|other| *other != id) {
                    prop_assert!(!id.parts().contains(&other));
                }
            }
        }

        #[test]
        fn no_text_panics(text in "(team|circle|rota|visits)?[/0-9A-Z-]{0,60}") {
            let _ = text.parse::<DocumentId>();
        }
    }

    fn all(p: PersonId, m: Month) -> [DocumentId; 8] {
        [
            DocumentId::Team,
            DocumentId::circle(p),
            DocumentId::rota(p, m),
            DocumentId::visits(p, m),
            DocumentId::notes(p, m),
            DocumentId::team_notes(p, m),
            DocumentId::profile(p),
            DocumentId::availability(MemberId::from_bytes(p.to_bytes())),
        ]
    }

    #[test]
    fn a_part_has_one_name() {
        let first =
            DocumentId::visits(PersonId::from_bytes([7; 16]), Month::new(2026, 11).unwrap());
        let second = first.next().unwrap();
        assert_eq!(second.to_string(), format!("{first}/2"));
        for other in ["1", "0", "02", "+2", "", "2/3", "65536", "-1"] {
            assert!(format!("{first}/{other}").parse::<DocumentId>().is_err());
        }
        assert!("team/2".parse::<DocumentId>().is_err());
        let last = first.with_part(Part::LAST);
        assert_eq!(last.to_string().parse(), Ok(last));
        assert_eq!((last.next(), first.before()), (None, None));
    }
}
