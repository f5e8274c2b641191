//! The relay's certificate: read from its files, and again when they change, while it runs.

use kith_shared::{limits, time::Span};
use prometheus_client::metrics::gauge::Gauge;
use rustls::{
    CertificateError, Error, RootCertStore, ServerConfig,
    client::verify_server_cert_signed_by_trust_anchor,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, UnixTime, pem::PemObject as _},
    server::ParsedCertificate,
};
use sha2::{Digest as _, Sha256};
use std::{
    io,
    path::{Path, PathBuf},
    sync::Arc,
    time::Duration,
};
use tokio::sync::watch;
use zeroize::Zeroizing;

/// What is spoken inside of TLS.
const PROTOCOL: &[u8] = b"http/1.1";

/// Where certificate and key lie, in PEM.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct CertificateFiles {
    /// The relay's certificate, and after it those that lead to its authority's.
    pub certificate: PathBuf,
    /// Its private key.
    pub key: PathBuf,
}

/// Why there is no certificate to show. Says nothing of what is in the key's file.
#[derive(Debug, thiserror::Error)]
pub enum BadCertificate {
    /// A file cannot be read.
    #[error("{0} cannot be read: {1}")]
    Unreadable(PathBuf, io::Error),
    /// There is no certificate in its file.
    #[error("{0} holds no certificate in PEM: it is the file with the whole chain")]
    NoCertificate(PathBuf),
    /// There is no key in its file.
    #[error("{0} holds no private key in PEM without a password")]
    NoKey(PathBuf),
    /// They are no pair, or not of a kind that this relay uses.
    #[error("certificate and key do not go together: {0}")]
    NoPair(rustls::Error),
}

/// What is shown to connections that come now.
pub(super) type Shown = watch::Receiver<Arc<ServerConfig>>;

/// The certificate that is shown, and what it was read from.
#[derive(Debug)]
pub(super) struct Certificate {
    files: CertificateFiles,
    /// Of the files when they were read last, good or not: each is complained of once.
    read: Digest,
    show: watch::Sender<Arc<ServerConfig>>,
    /// When what is shown ends.
    ends: Option<UnixTime>,
    /// So many days before, it was said that it ends soon.
    said: Option<i64>,
}

type Digest = [u8; 32];

impl Certificate {
    pub(super) fn read(files: CertificateFiles) -> Result<Self, BadCertificate> {
        let pem = Pem::read(&files)?;
        let (show, _) = watch::channel(pem.config(&files)?);
        Ok(Self {
            read: pem.digest(),
            ends: pem.ends(),
            said: None,
            files,
            show,
        })
    }

    pub(super) fn shown(&self) -> Shown {
        self.show.subscribe()
    }

    /// Looks at the files each [`limits::CERTIFICATE_LOOK`] until the relay closes, and notes when what
    /// is shown ends.
    pub(super) async fn keep_fresh(mut self, ends: Gauge, mut closing: watch::Receiver<bool>) {
        let pause = Duration::from_millis(limits::CERTIFICATE_LOOK.millis().unsigned_abs());
        let note = |own: &mut Self| {
            ends.set(own.ends.map_or(0, seconds));
            own.remind(UnixTime::now());
        };
        note(&mut self);
        while tokio::time::timeout(pause, closing.wait_for(|closing| *closing))
            .await
            .is_err()
        {
            self.look();
            note(&mut self);
        }
    }

    /// Says once a day that what is shown ends soon, or has ended.
    fn remind(&mut self, now: UnixTime) {
        let Some(left) = self.ends.and_then(|ends| ends_soon(ends, now)) else {
            self.said = None;
            return;
        };
        if self.said == Some(left) {
            return;
        }
        self.said = Some(left);
        if left < 0 {
            tracing::warn!("the certificate has run out: no phone gets in. Renew it");
        } else {
            tracing::warn!(days = left, "the certificate runs out soon: renew it");
        }
    }

    /// Shows what is in the files now, if that is new and good. Connections that are open stay as
    /// they are.
    fn look(&mut self) {
        // Who replaces one file and then the other may be seen in between: the next look finds both.
        let pem = match Pem::read(&self.files) {
            Ok(pem) if pem.digest() == self.read => return,
            Ok(pem) => pem,
            Err(error) => {
                tracing::warn!(%error, "the certificate stays as it was");
                return;
            }
        };
        self.read = pem.digest();
        match pem.config(&self.files) {
            Ok(config) => {
                self.show.send_replace(config);
                self.ends = pem.ends();
                tracing::info!("a new certificate is shown");
            }
            Err(error) => tracing::warn!(%error, "the certificate stays as it was"),
        }
    }
}

/// What is in the two files.
struct Pem {
    certificate: Vec<u8>,
    key: Zeroizing<Vec<u8>>,
}

impl Pem {
    fn read(files: &CertificateFiles) -> Result<Self, BadCertificate> {
        let read = |path: &Path| {
            std::fs::read(path).map_err(|e| BadCertificate::Unreadable(path.to_owned(), e))
        };
        Ok(Self {
            certificate: read(&files.certificate)?,
            key: Zeroizing::new(read(&files.key)?),
        })
    }

    fn digest(&self) -> Digest {
        let both = Sha256::new_with_prefix(Sha256::digest(&self.certificate));
        both.chain_update(&*self.key).finalize().into()
    }

    fn config(&self, files: &CertificateFiles) -> Result<Arc<ServerConfig>, BadCertificate> {
        let chain =
            CertificateDer::pem_slice_iter(&self.certificate).collect::<Result<Vec<_>, _>>();
        let chain = chain.ok().filter(|chain| !chain.is_empty());
        let chain =
            chain.ok_or_else(|| BadCertificate::NoCertificate(files.certificate.clone()))?;
        let key = PrivateKeyDer::from_pem_slice(&self.key)
            .map_err(|_| BadCertificate::NoKey(files.key.clone()))?;
        let config = ServerConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .and_then(|config| config.with_no_client_auth().with_single_cert(chain, key));
        let mut config = config.map_err(BadCertificate::NoPair)?;
        config.alpn_protocols = vec![PROTOCOL.to_vec()];
        Ok(Arc::new(config))
    }

    /// When the first certificate of the chain ends.
    fn ends(&self) -> Option<UnixTime> {
        let chain = CertificateDer::pem_slice_iter(&self.certificate);
        chain
            .filter_map(|der| ends(&der.ok()?))
            .min_by_key(|ends| seconds(*ends))
    }
}

/// Asked whether it is good in ten thousand years, rustls says when it ends: it looks at that first,
/// whoever vouches for it.
fn ends(certificate: &CertificateDer<'_>) -> Option<UnixTime> {
    let asked = verify_server_cert_signed_by_trust_anchor(
        &ParsedCertificate::try_from(certificate).ok()?,
        &RootCertStore::empty(),
        &[],
        UnixTime::since_unix_epoch(Duration::from_hours(10_000 * 365 * 24)),
        ring::default_provider()
            .signature_verification_algorithms
            .all,
    );
    match asked {
        Err(Error::InvalidCertificate(CertificateError::ExpiredContext { not_after, .. })) => {
            Some(not_after)
        }
        _ => None,
    }
}

/// How many whole days are left, where that is worth saying; less than none once it has ended.
fn ends_soon(ends: UnixTime, now: UnixTime) -> Option<i64> {
    let left = Span::from_millis((seconds(ends) - seconds(now)).saturating_mul(1000));
    (left <= limits::CERTIFICATE_ENDS_SOON).then(|| left.millis().div_euclid(DAY.millis()))
}

const DAY: Span = Span::days(1);

fn seconds(of: UnixTime) -> i64 {
    i64::try_from(of.as_secs()).unwrap_or(i64::MAX)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_last_two_weeks_are_counted_down() {
        let at = |days: i64, seconds: i64| {
            let seconds = u64::try_from(2_000_000_000 + days * 86_400 + seconds).unwrap();
            UnixTime::since_unix_epoch(Duration::from_secs(seconds))
        };
        let ends = at(0, 0);
        let soon = limits::CERTIFICATE_ENDS_SOON.millis() / DAY.millis();
        for (now, left) in [
            (at(-soon, -1), None),
            (at(-soon, 0), Some(soon)),
            (at(-soon, 1), Some(soon - 1)),
            (at(-1, 1), Some(0)),
            (at(0, 1), Some(-1)),
            (at(3, 1), Some(-4)),
        ] {
            assert_eq!(ends_soon(ends, now), left, "{now:?}");
        }
    }
}
