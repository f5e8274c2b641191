//! What was put aside is read, and what of it is let in is written anew: its own bytes never come
//! into a document.

use super::{Vetted, guarded, read, told};
use automerge::Change;
use kith_shared::{
    bytes::Bytes,
    documents::{
        Author, Basis, Document, DocumentId, Told,
        shape::{ShapeError, records_made},
    },
    domain::team::Member,
    ids::{DeviceId, RecordId},
    limits,
    policy::{self, Refusal},
};

/// What a refused change tells, if all of it has the shape of records; nothing where it cannot be
/// read. Each is tried on a document that is thrown away.
pub fn kept(id: DocumentId, bytes: &Bytes) -> Vec<(RecordId, Told)> {
    let few = |change: &Change| change.len() <= limits::OPS_PER_CHANGE;
    if !read::read(bytes).is_ok_and(|change| few(&change)) {
        return Vec::new();
    }
    guarded(|| {
        let mut document = Document::new(id);
        let told = told(&document, bytes);
        let (device, life) = (DeviceId::from_bytes([0; 16]), 0);
        let mut each = told.iter();
        let whole = each
            .all(|(id, record)| write(&mut document, Author { device, life }, *id, record).is_ok());
        if whole { told } else { Vec::new() }
    })
    .unwrap_or_default()
}

/// Writes what a refused change tells anew, on the relay's own account, as what `member` said when
/// they said it. What is in the document already is left out; `others` are its other parts.
///
/// # Errors
///
/// Whatever vetting would say to `member` who writes it now. The document may hold some of it then:
/// give it a copy.
pub fn let_in(
    document: &mut Document,
    others: &[&Document],
    author: Author,
    member: &Member,
    bytes: &Bytes,
) -> Result<Vec<Vetted>, Refusal> {
    let told = kept(document.id(), bytes);
    if told.is_empty() {
        return Err(Refusal::Unreadable);
    }
    let written = guarded(|| {
        let mut written = Vec::new();
        for (id, record) in told {
            if document.change_of(id).is_none() {
                written.push(write(document, author, id, &record)?);
                policy::check(member, document, others, id)?;
            }
        }
        Ok(written)
    });
    written.unwrap_or(Err(Refusal::Unsound))
}

fn write(
    document: &mut Document,
    author: Author,
    id: RecordId,
    record: &Told,
) -> Result<Vetted, Refusal> {
    let vetted = Vetted::anew(document, author, id, record).map_err(|_| Refusal::Unsound)?;
    if vetted.change.raw_bytes().len() > limits::CHANGE_BYTES {
        return Err(Refusal::TooLarge);
    }
    match records_made(&Basis::new(document), &vetted.change).as_deref() {
        Ok([(made, _)]) if *made == id => Ok(vetted),
        Ok(_) => Err(ShapeError::NotARecord.into()),
        Err(error) => Err(error.clone().into()),
    }
}
