//! What a client is asked to do, and what it says: a line of JSON each. All of it is text for the two programs that
//! speak it, so the same words are understood by the client of automerge-repo.

use anyhow::{Context as _, Result, ensure};
use automerge::{Automerge, Change, ChangeHash};
use base64::{Engine as _, engine::general_purpose::URL_SAFE_NO_PAD};
use serde::{Deserialize, Serialize};

/// A change, in base64.
#[derive(Debug, Clone, Deserialize)]
#[serde(transparent)]
pub struct Raw(String);

/// One job.
#[derive(Debug, Deserialize)]
#[serde(tag = "job", rename_all = "kebab-case")]
pub enum Job {
    /// Clients hand in documents, one each.
    Load {
        /// The server.
        url: String,
        /// One change at a time, each acknowledged before the next is written; or all at once.
        each: bool,
        /// The changes of each document. The first makes the document.
        documents: Vec<Vec<Raw>>,
    },
    /// A client comes back to documents that were edited on both sides.
    Return {
        /// The server.
        direct: String,
        /// The same over the line that is measured.
        link: String,
        /// The documents.
        documents: Vec<Edited>,
    },
    /// A client that knows nothing asks for documents.
    Fetch {
        /// The server.
        url: String,
        /// Their names and how many changes they should have.
        documents: Vec<(String, usize)>,
    },
}

/// A document that was edited on both sides.
#[derive(Debug, Deserialize)]
pub struct Edited {
    /// What both have.
    pub history: Vec<Raw>,
    /// What the client wrote meanwhile.
    pub up: Vec<Raw>,
    /// What another client wrote meanwhile, and the server has.
    pub down: Vec<Raw>,
}

/// What the client says.
#[derive(Debug, Serialize)]
#[serde(tag = "said", rename_all = "kebab-case")]
pub enum Said {
    /// Everything is prepared: say "go".
    Ready,
    /// Both sides have greeted each other: say "go".
    Connected {
        /// Since "go".
        seconds: f64,
    },
    /// It is done.
    Done {
        /// Since "go".
        seconds: f64,
        /// The documents' names, in the order of the job.
        documents: Vec<String>,
        /// Changes that the documents have, all together.
        changes: usize,
    },
}

impl Raw {
    fn change(&self) -> Result<Change> {
        let bytes = URL_SAFE_NO_PAD.decode(&self.0)?;
        Change::from_bytes(bytes).context("a change of the job")
    }
}

/// The changes that these are.
pub fn changes(of: &[Raw]) -> Result<Vec<Change>> {
    of.iter().map(Raw::change).collect()
}

/// A document with these changes.
pub fn document(changes: Vec<Change>) -> Result<Automerge> {
    let mut document = Automerge::new();
    let count = changes.len();
    document.apply_changes(changes)?;
    ensure!(
        count_of(&document) == count,
        "changes of the job do not fit"
    );
    Ok(document)
}

/// How many changes a document has.
pub fn count_of(document: &Automerge) -> usize {
    document.get_changes_meta(&[]).len()
}

/// Whether a document has all of these.
pub fn has(document: &Automerge, hashes: &[ChangeHash]) -> bool {
    hashes
        .iter()
        .all(|hash| document.get_change_meta_by_hash(hash).is_some())
}
