//! Two forms of the same messages: MessagePack for phones, JSON for people with curl.

use super::{SyncReply, SyncRequest};
use serde::{Serialize, de::DeserializeOwned};

/// The version that stands first in each message. Another one is refused in so many words.
pub const WIRE_VERSION: u8 = 1;

/// The form of a body, told by its content type.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Form {
    /// `application/vnd.kith.sync`: compact, self-describing, MessagePack.
    Binary,
    /// `application/json`.
    Json,
}

/// The content type of the binary form.
pub const BINARY: &str = "application/vnd.kith.sync";

/// Bytes that are no message.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum NotAMessage {
    /// It cannot be read.
    #[error("the message cannot be read: {0}")]
    Unreadable(String),
    /// It is of another version.
    #[error("the message is of version {0}; this side speaks version {WIRE_VERSION}")]
    Version(u8),
}

impl Form {
    /// The form that a content type names.
    pub fn of(content_type: &str) -> Option<Self> {
        match content_type.split(';').next()?.trim() {
            BINARY => Some(Self::Binary),
            "application/json" => Some(Self::Json),
            _ => None,
        }
    }
    /// Its content type.
    pub fn content_type(self) -> &'static str {
        match self {
            Self::Binary => BINARY,
            Self::Json => "application/json",
        }
    }
    /// Writes a message.
    pub fn encode<M: Message>(self, message: &M) -> Vec<u8> {
        // Messages are plain data: neither form can fail to write them into memory.
        match self {
            Self::Binary => rmp_serde::to_vec(message).unwrap_or_default(),
            Self::Json => serde_json::to_vec(message).unwrap_or_default(),
        }
    }
    /// Reads a message.
    pub fn decode<M: Message>(self, bytes: &[u8]) -> Result<M, NotAMessage> {
        let message: M = match self {
            Self::Binary => {
                rmp_serde::from_slice(bytes).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
            Self::Json => {
                serde_json::from_slice(bytes).map_err(|e| NotAMessage::Unreadable(e.to_string()))
            }
        }?;
        if message.version() == WIRE_VERSION {
            Ok(message)
        } else {
            Err(NotAMessage::Version(message.version()))
        }
    }
}

/// What goes over the wire.
pub trait Message: Serialize + DeserializeOwned {
    /// The version that it says it is of.
    fn version(&self) -> u8;
}

impl Message for SyncRequest {
    fn version(&self) -> u8 {
        self.v
    }
}

impl Message for SyncReply {
    fn version(&self) -> u8 {
        self.v
    }
}
