//! Forms of the same messages: packed for phones, MessagePack for programs, JSON for people with
//! curl.

use super::{
    SyncReply, SyncRequest, TeamReply,
    pack::{self, NotPacked},
};
use crate::limits;
use serde::{
    Deserialize, Deserializer, Serialize,
    de::{self, DeserializeOwned, IgnoredAny},
};
use std::fmt;

/// The version that stands first in each message. Another one is refused in so many words.
///
/// It is about the shape of messages, and names of documents are part of it: phones from before
/// documents had parts read all of a team whose documents never got long, and no reply with a later
/// part in it. They keep what they have and what waits until they are updated.
pub const WIRE_VERSION: u8 = 2;

/// The form of a body, told by its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `application/vnd.kith.packed`: the binary form without what the other side can work out,
    /// compressed.
    Packed,
    /// `application/vnd.kith.sync`: compact, self-describing, MessagePack.
    Binary,
    /// `application/json`.
    Json,
}

/// The content type of the packed form.
pub const PACKED: &str = "application/vnd.kith.packed";
/// The content type of the binary form.
pub const BINARY: &str = "application/vnd.kith.sync";

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// It cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(String),
    /// There is more in it than a message may hold.
    #[error("the message holds too much")]
    TooLarge,
    /// It is of another version.
    #[error("the message is of version {0}; this side speaks version {WIRE_VERSION}")]
    Version(u8),
}

impl Form {
    /// The form that a content type names.
    pub fn of(content_type: &str) -> Option<Self> {
        match content_type.split(';').next()?.trim() {
            PACKED => Some(Self::Packed),
            BINARY => Some(Self::Binary),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }
    /// Its content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Packed => PACKED,
            Self::Binary => BINARY,
            Self::Json => "application/json",
        }
    }
    /// Writes a message.
    pub fn encode<M: Message>(self, message: &M) -> Vec<u8> {
        // Messages are plain data: no form can fail to write them into memory.
        match self {
            Self::Packed => {
                let mut message = message.clone();
                pack::trim(message.changes());
                pack::pack(&Self::Binary.encode(&message))
            }
            Self::Binary => rmp_serde::to_vec(message).unwrap_or_default(),
            Self::Json => serde_json::to_vec(message).unwrap_or_default(),
        }
    }
    /// Reads a message.
    pub fn decode<M: Message>(self, bytes: &[u8]) -> Result<M, NotAMessage> {
        if self == Self::Packed {
            return unpack(bytes);
        }
        // First the version alone: the rest of another version may be of any shape.
        let Version(v) = self.read(bytes)?;
        if v == WIRE_VERSION {
            self.read(bytes)
        } else {
            Err(NotAMessage::Version(v))
        }
    }
    fn read<T: DeserializeOwned>(self, bytes: &[u8]) -> Result<T, NotAMessage> {
        match self {
            Self::Packed | Self::Binary => {
                let mut from = rmp_serde::Deserializer::from_read_ref(bytes);
                // Each level takes some stack, and the end of a thread's stack ends the process.
                from.set_max_depth(limits::MESSAGE_DEPTH);
                T::deserialize(&mut from).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
            Self::Json => {
                serde_json::from_slice(bytes).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
        }
    }
}

fn unpack<M: Message>(bytes: &[u8]) -> Result<M, NotAMessage> {
    let broken = || NotAMessage::Unreadable("it is not packed as it should be".to_owned());
    let plain = pack::unpack(bytes, M::BYTES).map_err(|error| match error {
        NotPacked::Broken => broken(),
        NotPacked::TooLarge => NotAMessage::TooLarge,
    })?;
    let mut message: M = Form::Binary.decode(&plain)?;
    let changes = message.changes();
    if changes.len() > M::CHANGES {
        return Err(NotAMessage::TooLarge);
    }
    pack::restore(changes).ok_or_else(broken)?;
    Ok(message)
}

/// The version of a message: its first item, or what it calls `v`.
struct Version(u8);

impl<'de> Deserialize<'de> for Version {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        struct Visitor;
        impl<'de> de::Visitor<'de> for Visitor {
            type Value = Version;
            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a message with its version")
            }
            fn visit_seq<A: de::SeqAccess<'de>>(self, mut seq: A) -> Result<Version, A::Error> {
                let v = seq.next_element()?;
                while seq.next_element::<IgnoredAny>()?.is_some() {}
                v.map(Version).ok_or_else(|| de::Error::missing_field("v"))
            }
            fn visit_map<A: de::MapAccess<'de>>(self, mut map: A) -> Result<Version, A::Error> {
                let mut v = None;
                while let Some(key) = map.next_key::<String>()? {
                    if key == "v" {
                        v = Some(map.next_value()?);
                    } else {
                        map.next_value::<IgnoredAny>()?;
                    }
                }
                v.map(Version).ok_or_else(|| de::Error::missing_field("v"))
            }
        }
        from.deserialize_any(Visitor)
    }
}

/// What goes over the wire.
pub trait Message: Clone + Serialize + DeserializeOwned {
    /// Bytes that it may have once it is unpacked.
    const BYTES: usize;
    /// Changes that it may have.
    const CHANGES: usize;
    /// Its changes, in their order.
    fn changes(&mut self) -> Vec<&mut Vec<u8>>;
}

impl Message for SyncRequest {
    const BYTES: usize = limits::INFLATED_BYTES;
    const CHANGES: usize = limits::CHANGES_PER_PUSH;

    fn changes(&mut self) -> Vec<&mut Vec<u8>> {
        let mut changes = Vec::new();
        for team in &mut self.teams {
            let pushed = team.push.iter_mut().flat_map(|push| &mut push.changes);
            changes.extend(pushed.map(|change| &mut change.0));
            let given = team.heal.iter_mut().flat_map(|heal| &mut heal.give);
            changes.extend(given.map(|given| &mut given.entry.change.0));
        }
        changes
    }
}

impl Message for SyncReply {
    const BYTES: usize = limits::INFLATED_REPLY_BYTES;
    const CHANGES: usize = usize::MAX;

    fn changes(&mut self) -> Vec<&mut Vec<u8>> {
        let mut changes = Vec::new();
        for team in &mut self.teams {
            if let TeamReply::Level(level) = team {
                let news = level.news.iter_mut().flat_map(|news| &mut news.entries);
                changes.extend(news.map(|entry| &mut entry.change.0));
            }
        }
        changes
    }
}
