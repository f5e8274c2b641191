//! Faces: a name, its initials and a colour that stays.

use crate::engine::Phone;
use kith_shared::ids::{MemberId, PersonId};

/// How many colours there are.
pub const COLOURS: u8 = 8;
/// How many patterns there are, three for each colour: initials in tight places are told apart by
/// them without the colour as well.
pub const PATTERNS: u8 = 24;

/// A face with its name.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Face<Id> {
    /// Whose.
    pub id: Id,
    /// What they are called; empty when this phone does not know.
    pub name: String,
    /// One or two letters; none without a name.
    pub initials: String,
    /// `0` to [`COLOURS`]` - 1`: the same on every phone and every day.
    pub colour: u8,
    /// `0` to [`PATTERNS`]` - 1`, likewise; of all patterns with this colour, one.
    pub pattern: u8,
    /// It is the one who looks at the screen.
    pub me: bool,
    short: String,
}

impl<Id> Face<Id> {
    /// The first word of the name, for tight places; with an initial, or in full, where another
    /// of the team has the same.
    pub fn short(&self) -> &str {
        &self.short
    }
}

/// The face of a member.
pub fn member(phone: &Phone, id: MemberId) -> Face<MemberId> {
    let me = super::me(phone) == Some(id);
    // My own name is known even where the team's document is not read.
    let mine = phone.me().filter(|_| me).map(|m| m.joined.name.as_str());
    let name = Some(phone.book().name(id)).filter(|name| !name.is_empty());
    let name = name.or(mine).unwrap_or("");
    let mut face = face(id, &id.to_bytes(), name, me);
    let others = names(phone).filter(|(other, _)| **other != id);
    face.short = told_apart(name, others.map(|(_, name)| name.as_str()));
    face
}

/// The members whose names this phone knows: the team, or for who does not read it the circles.
fn names(phone: &Phone) -> impl Iterator<Item = (&MemberId, &String)> {
    let book = phone.book();
    let team = book
        .board
        .roster
        .members
        .iter()
        .map(|(id, m)| (id, &m.name));
    let circles = book.circles.values().flat_map(|circle| &circle.faces);
    let circles = circles.filter(|_| book.board.roster.members.is_empty());
    team.chain(circles)
}

fn first(name: &str) -> &str {
    name.split_whitespace().next().unwrap_or("")
}

/// As much of a name as tells it from these: `Rhys`, `Rhys T.`, or all of it.
fn told_apart<'a>(name: &str, others: impl Iterator<Item = &'a str>) -> String {
    let namesakes: Vec<_> = others.filter(|other| first(other) == first(name)).collect();
    if namesakes.is_empty() {
        return first(name).to_owned();
    }
    let own = initials(name);
    match own.chars().nth(1) {
        Some(last) if namesakes.iter().all(|other| initials(other) != own) => {
            format!("{} {last}.", first(name))
        }
        _ => name.trim().to_owned(),
    }
}

/// The face of a person.
pub fn person(phone: &Phone, id: PersonId) -> Face<PersonId> {
    use kith_shared::domain::team::Role;
    let me = matches!(super::role(phone), Some(Role::Person(p)) if p == id);
    face(id, &id.to_bytes(), phone.book().person_name(id), me)
}

fn face<Id>(id: Id, bytes: &[u8; 16], name: &str, me: bool) -> Face<Id> {
    Face {
        id,
        name: name.trim().to_owned(),
        initials: initials(name),
        colour: colour(bytes),
        pattern: pattern(bytes),
        me,
        short: first(name).to_owned(),
    }
}

/// The first letters of the first and the last word: `Owain ap Gwilym` is `OG`. Of a Welsh
/// digraph (`Llŷr`, `Rhys`) it is its first letter, as people write their initials.
pub fn initials(name: &str) -> String {
    let mut words = name.split_whitespace().filter_map(first_letter);
    let first = words.next();
    first.into_iter().chain(words.next_back()).collect()
}

fn first_letter(word: &str) -> Option<char> {
    let letter = word.chars().find(|c| c.is_alphanumeric())?;
    // Some letters become two in upper case (`ß`); one is enough.
    letter.to_uppercase().next()
}

/// A colour from an id.
pub fn colour(id: &[u8; 16]) -> u8 {
    pattern(id) % COLOURS
}

/// A pattern from an id: FNV-1a over its bytes, because ids made in one go differ in few of them.
pub fn pattern(id: &[u8; 16]) -> u8 {
    let hash = id.iter().fold(0x811c_9dc5_u32, |hash, byte| {
        (hash ^ u32::from(*byte)).wrapping_mul(0x0100_0193)
    });
    let folded = hash ^ (hash >> 16);
    u8::try_from(folded % u32::from(PATTERNS)).unwrap_or(0)
}
