//! The relay's certificate: read from its files, and again when they change, while it runs.

use kith_shared::limits;
use rustls::{
    ServerConfig,
    crypto::ring,
    pki_types::{CertificateDer, PrivateKeyDer, pem::PemObject as _},
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
}

type Digest = [u8; 32];

impl Certificate {
    pub(super) fn read(files: CertificateFiles) -> Result<Self, BadCertificate> {
        let pem = Pem::read(&files)?;
        let (show, _) = watch::channel(pem.config(&files)?);
        Ok(Self {
            read: pem.digest(),
            files,
            show,
        })
    }

    pub(super) fn shown(&self) -> Shown {
        self.show.subscribe()
    }

    /// Looks at the files each [`limits::CERTIFICATE_LOOK`] until the relay closes.
    pub(super) async fn keep_fresh(mut self, mut closing: watch::Receiver<bool>) {
        let pause = Duration::from_millis(limits::CERTIFICATE_LOOK.millis().unsigned_abs());
        while tokio::time::timeout(pause, closing.wait_for(|closing| *closing))
            .await
            .is_err()
        {
            self.look();
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
}
