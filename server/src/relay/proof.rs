//! The relay's mark under what it accepted.

use hmac::{Hmac, KeyInit, Mac};
use kith_shared::{
    bytes::Array,
    documents::DocumentId,
    ids::{MemberId, TeamId},
    sync::{Hash, Proof},
    time::Moment,
};
use sha2::Sha256;

/// The key of the marks. Whoever has it can make a relay believe that it accepted anything once.
#[derive(Clone)]
pub struct ProofKey(pub [u8; 32]);

impl std::fmt::Debug for ProofKey {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str("ProofKey(…)")
    }
}

/// What a mark says: this change of this document was accepted as this member's, then.
#[derive(Debug, Clone, Copy)]
#[allow(missing_docs)] // As in `sync::Receipt`.
pub struct Claim {
    pub team: TeamId,
    pub document: DocumentId,
    pub change: Hash,
    pub member: MemberId,
    pub received_at: Moment,
}

impl ProofKey {
    /// The mark under `claim`.
    pub fn sign(&self, claim: &Claim) -> Proof {
        let mut proof = [0; 16];
        proof.copy_from_slice(&self.mac(claim).finalize().into_bytes()[..16]);
        Array(proof)
    }

    /// Whether this is the mark under `claim`. Takes the same time for any that is not.
    pub fn verify(&self, claim: &Claim, proof: &Proof) -> bool {
        self.mac(claim).verify_truncated_left(&proof.0).is_ok()
    }

    fn mac(&self, claim: &Claim) -> Hmac<Sha256> {
        let document = claim.document.to_string();
        // HMAC itself fills a short key up with zeros; done here, there is no length to be wrong.
        let mut block = [0; 64];
        block[..32].copy_from_slice(&self.0);
        let mut mac = Hmac::<Sha256>::new(&block.into());
        mac.update(b"kith accepted v1\n");
        mac.update(&claim.team.to_bytes());
        mac.update(&(document.len() as u64).to_be_bytes());
        mac.update(document.as_bytes());
        mac.update(&claim.change.0);
        mac.update(&claim.member.to_bytes());
        mac.update(&claim.received_at.millis().to_be_bytes());
        mac
    }
}
