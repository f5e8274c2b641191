//! The relay's mark under what it accepted, and its signature under where its journal stands.

use ed25519_dalek::{Signer as _, SigningKey, Verifier as _};
use hmac::{Hmac, KeyInit, Mac};
use kith_shared::{
    bytes::Array,
    documents::DocumentId,
    ids::{MemberId, TeamId},
    sync::{
        Hash, Proof,
        chain::{Signature, Statement},
    },
    time::Moment,
};
use sha2::Sha256;
use zeroize::Zeroizing;

/// The key of the marks and of the signatures. Whoever has it can make a relay believe that it
/// accepted anything once, and phones that they have all.
#[derive(Clone)]
pub struct ProofKey {
    mark: Zeroizing<[u8; 32]>,
    head: SigningKey,
}

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
    /// The key that this secret makes.
    pub fn new(secret: [u8; 32]) -> Self {
        let seed = keyed(&secret).chain_update(b"kith heads v1\n");
        Self {
            mark: Zeroizing::new(secret),
            head: SigningKey::from_bytes(&seed.finalize().into_bytes().into()),
        }
    }

    /// The public half of the key under statements: phones get it when they join.
    pub fn public(&self) -> Array<32> {
        Array(self.head.verifying_key().to_bytes())
    }

    /// The signature under `statement`.
    pub fn state(&self, statement: &Statement) -> Signature {
        Array(self.head.sign(&statement.to_sign()).to_bytes())
    }

    /// Whether this relay signed `statement`.
    pub fn stated(&self, statement: &Statement, signature: &Signature) -> bool {
        let signature = ed25519_dalek::Signature::from_bytes(&signature.0);
        let key = self.head.verifying_key();
        key.verify(&statement.to_sign(), &signature).is_ok()
    }

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
        let mut mac = keyed(&self.mark);
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

fn keyed(secret: &[u8; 32]) -> Hmac<Sha256> {
    // HMAC itself fills a short key up with zeros; done here, there is no length to be wrong.
    let mut block = Zeroizing::new([0; 64]);
    block[..32].copy_from_slice(secret);
    Hmac::<Sha256>::new((&*block).into())
}
