//! HTTPS in the relay itself, with certificates of an authority of our own, and how its commands
//! reach it.

use crate::{
    command::{Running, command, run},
    harness::{Relay, options, problem},
    push_service::until,
};
use kith_relay::{
    journal::MemoryJournal,
    server::{CertificateFiles, Options},
};
use kith_shared::{
    api::{Invited, ProblemCode, path},
    limits,
};
use rcgen::{BasicConstraints, CertificateParams, IsCa, Issuer, KeyPair};
use rustls::{
    ClientConfig, RootCertStore,
    crypto::ring,
    pki_types::{CertificateDer, ServerName},
};
use std::{
    fs,
    net::SocketAddr,
    path::Path,
    sync::Arc,
    time::{Duration, SystemTime, UNIX_EPOCH},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::TcpStream,
    time::timeout,
};
use tokio_rustls::{TlsConnector, client::TlsStream};

const SOON: Duration = Duration::from_secs(5);

/// Who vouches for certificates, and what trusts it.
struct Authority {
    issuer: Issuer<'static, KeyPair>,
    connector: TlsConnector,
}

impl Authority {
    fn new() -> Self {
        let mut params = CertificateParams::new(vec![]).unwrap();
        params.is_ca = IsCa::Ca(BasicConstraints::Unconstrained);
        let key = KeyPair::generate().unwrap();
        let mut trusted = RootCertStore::empty();
        let own = params.self_signed(&key).unwrap();
        trusted.add(own.der().clone()).unwrap();
        let config = ClientConfig::builder_with_provider(Arc::new(ring::default_provider()))
            .with_safe_default_protocol_versions()
            .unwrap()
            .with_root_certificates(trusted);
        let mut config = config.with_no_client_auth();
        config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
        Self {
            issuer: Issuer::new(params, key),
            connector: TlsConnector::from(Arc::new(config)),
        }
    }

    /// A new certificate and its key in a folder.
    fn issue(&self, folder: &Path) -> CertificateFiles {
        self.issue_until(folder, None)
    }

    /// The same, good for so many days and an hour.
    fn issue_until(&self, folder: &Path, days: Option<u64>) -> CertificateFiles {
        let files = CertificateFiles {
            certificate: folder.join("chain.pem"),
            key: folder.join("key.pem"),
        };
        let key = KeyPair::generate().unwrap();
        let mut params = CertificateParams::new(vec!["localhost".into()]).unwrap();
        if let Some(days) = days {
            params.not_after =
                (SystemTime::now() + Duration::from_secs(days * 86_400 + 3_600)).into();
        }
        let certificate = params.signed_by(&key, &self.issuer).unwrap();
        fs::write(&files.certificate, certificate.pem()).unwrap();
        fs::write(&files.key, key.serialize_pem()).unwrap();
        files
    }

    async fn connect(&self, to: SocketAddr) -> Secure {
        let stream = TcpStream::connect(to).await.unwrap();
        let name = ServerName::try_from("localhost").unwrap();
        let greeted = timeout(SOON, self.connector.connect(name, stream)).await;
        Secure(greeted.expect("it answers at once").unwrap())
    }
}

/// A connection that an authority vouches for.
struct Secure(TlsStream<TcpStream>);

impl Secure {
    fn certificate(&self) -> CertificateDer<'static> {
        let (_, session) = self.0.get_ref();
        assert_eq!(session.alpn_protocol(), Some(&b"http/1.1"[..]));
        session.peer_certificates().unwrap()[0].clone().into_owned()
    }

    /// Status and body of what is there.
    async fn get(&mut self, path: &str) -> (u16, String) {
        let ask = format!("GET {path} HTTP/1.1\r\nhost: localhost\r\n\r\n");
        self.0.write_all(ask.as_bytes()).await.unwrap();
        let mut said = Vec::new();
        loop {
            let text = String::from_utf8_lossy(&said);
            if let Some((head, body)) = text.split_once("\r\n\r\n") {
                let mut lines = head.lines();
                let status = lines.next().unwrap().split(' ').nth(1).unwrap();
                let length = lines.find_map(|l| l.strip_prefix("content-length: "));
                if body.len() == length.unwrap().parse::<usize>().unwrap() {
                    return (status.parse().unwrap(), body.to_owned());
                }
            }
            let more = timeout(SOON, self.0.read_buf(&mut said)).await;
            assert_ne!(more.unwrap().unwrap(), 0, "it broke off");
        }
    }
}

async fn relay(authority: &Authority, folder: &Path) -> Relay {
    let options = Options {
        certificate: Some(authority.issue(folder)),
        ..options()
    };
    Relay::started(Arc::new(MemoryJournal::default()), options).await
}

#[tokio::test]
async fn everyone_gets_https_and_this_machine_the_counts() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let relay = relay(&authority, folder.path()).await;
    let server = &relay.server;
    assert_eq!(server.origin, format!("https://{}", server.address));
    let mut phone = authority.connect(server.address).await;
    phone.certificate();
    assert_eq!(phone.get(path::HEALTH).await.0, 200);
    for hidden in [path::METRICS, path::TEAMS] {
        let (status, body) = phone.get(hidden).await;
        assert_eq!(status, 404, "{hidden}");
        assert!(body.contains("not-found"), "{body}");
    }
    let here = |path| relay.client.get(format!("{}{path}", server.local_origin));
    let counts = here(path::METRICS).send().await.unwrap();
    let counts = counts.text().await.unwrap();
    assert!(counts.contains("kith_requests_total"), "{counts}");
    let teams = here(path::TEAMS).send().await.unwrap();
    assert_eq!(problem(teams).await, ProblemCode::NotAuthorised);
    timeout(SOON, relay.server.stop()).await.expect("it stops");
}

#[tokio::test]
async fn a_certificate_is_changed_under_open_connections() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let relay = relay(&authority, folder.path()).await;
    let at = relay.server.address;
    let mut before = authority.connect(at).await;
    let first = before.certificate();
    let look = Duration::from_millis(limits::CERTIFICATE_LOOK.millis().unsigned_abs());

    // Of two pairs one half each; then nothing at all.
    let files = CertificateFiles {
        certificate: folder.path().join("chain.pem"),
        key: folder.path().join("key.pem"),
    };
    let kept = fs::read(&files.key).unwrap();
    authority.issue(folder.path());
    fs::write(&files.key, kept).unwrap();
    tokio::time::sleep(look + Duration::from_millis(500)).await;
    assert_eq!(authority.connect(at).await.certificate(), first);
    fs::remove_file(&files.certificate).unwrap();
    tokio::time::sleep(look + Duration::from_millis(500)).await;
    assert_eq!(authority.connect(at).await.certificate(), first);

    authority.issue(folder.path());
    let mut after = authority.connect(at).await;
    for _ in 0..100 {
        if after.certificate() != first {
            break;
        }
        tokio::time::sleep(Duration::from_millis(100)).await;
        after = authority.connect(at).await;
    }
    assert_ne!(after.certificate(), first);
    assert_eq!(after.get(path::HEALTH).await.0, 200);
    assert_eq!(before.get(path::HEALTH).await.0, 200);
}

#[tokio::test]
async fn who_speaks_plainly_or_not_at_all_holds_up_nobody() {
    let folder = tempfile::tempdir().unwrap();
    let authority = Authority::new();
    let relay = relay(&authority, folder.path()).await;
    let at = relay.server.address;
    let mut silent = vec![];
    for _ in 0..50 {
        silent.push(TcpStream::connect(at).await.unwrap());
    }
    let mut plain = TcpStream::connect(at).await.unwrap();
    let ask = b"GET /healthz HTTP/1.1\r\nhost: localhost\r\n\r\n";
    plain.write_all(ask).await.unwrap();
    let mut said = vec![];
    let ended = timeout(SOON, plain.read_to_end(&mut said)).await;
    ended.expect("it is let go").expect("in order");
    // An alert of TLS, and nothing else.
    assert_eq!(said.first(), Some(&21), "{said:?}");
    let mut phone = authority.connect(at).await;
    assert_eq!(phone.get(path::HEALTH).await.0, 200);
    drop(silent);
}

#[tokio::test]
async fn commands_reach_a_relay_that_speaks_https() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = Authority::new();
    let files = authority.issue(folder.path());
    let (certificate, key) = (files.certificate.to_str(), files.key.to_str());
    let tls = [
        "--tls-cert",
        certificate.unwrap(),
        "--tls-key",
        key.unwrap(),
    ];
    let mut relay = Running::start_with(data.path(), &tls);
    let at = relay.url.strip_prefix("https://").unwrap().parse().unwrap();
    assert_eq!(authority.connect(at).await.get(path::HEALTH).await.0, 200);
    let invited = run(
        data.path(),
        &["invite", "--role", "pa", "--name", "Cai", "--json"],
    );
    let invited: Invited = serde_json::from_slice(&invited.stdout).unwrap();
    let joins = format!("{}/join#", relay.url);
    assert!(invited.link.starts_with(&joins), "{}", invited.link);
    assert!(relay.signal("-TERM").success());

    fs::write(&files.key, "nonsense").unwrap();
    let mut serve = vec!["serve", "--listen", "127.0.0.1:0"];
    serve.extend(tls);
    let refused = run(data.path(), &serve);
    assert!(!refused.status.success());
    let said = String::from_utf8(refused.stderr).unwrap();
    assert!(
        said.contains("key.pem") && !said.contains("nonsense"),
        "{said}"
    );
}

#[tokio::test]
async fn a_relay_at_an_address_that_was_left_behind_is_not_asked() {
    let folder = tempfile::tempdir().unwrap();
    let made = run(folder.path(), &["init", "--team", "Tîm Afon"]);
    assert!(made.status.success(), "{made:?}");
    let another = Relay::start().await;
    std::fs::write(folder.path().join("relay.address"), another.url("")).unwrap();
    let mut invite = command(folder.path());
    invite.args(["invite", "--name", "Nia"]);
    let invited = tokio::task::spawn_blocking(move || invite.output().unwrap());
    let invited = invited.await.unwrap();
    assert!(invited.status.success(), "{invited:?}");
}

#[tokio::test]
async fn a_certificate_that_runs_out_is_said_to_and_counted() {
    let (folder, data) = (tempfile::tempdir().unwrap(), tempfile::tempdir().unwrap());
    let authority = Authority::new();
    let files = authority.issue_until(folder.path(), Some(9));
    let log = folder.path().join("log");
    let mut serve = command(data.path());
    serve
        .args(["serve", "--listen", "127.0.0.1:0", "--log", "warn"])
        .arg("--tls-cert")
        .arg(&files.certificate)
        .arg("--tls-key")
        .arg(&files.key)
        .stderr(fs::File::create(&log).unwrap());
    let relay = Running::of(serve);
    let words = "the certificate runs out soon: renew it";
    let said = || fs::read_to_string(&log).unwrap();
    until("it is said", || async { said().contains(words) }).await;
    assert!(said().contains("days=9"), "{}", said());
    // One that is good for long is another matter, and nothing more is said.
    authority.issue_until(folder.path(), Some(60));
    let local = fs::read_to_string(data.path().join("relay.address")).unwrap();
    let ends = async || {
        let counts = reqwest::get(format!("{local}{}", path::METRICS)).await;
        let counts = counts.unwrap().text().await.unwrap();
        let ends = counts
            .lines()
            .find_map(|line| line.strip_prefix("kith_certificate_ends_seconds "));
        ends.unwrap().parse::<u64>().unwrap()
    };
    let now = SystemTime::now().duration_since(UNIX_EPOCH).unwrap();
    let days = async || (ends().await - now.as_secs()) / 86_400;
    until("the new one is shown", || async { days().await == 60 }).await;
    assert_eq!(said().matches(words).count(), 1);
    drop(relay);
}
