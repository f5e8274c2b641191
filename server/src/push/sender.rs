//! One push: a request to a push service (RFC 8030) under the relay's word (RFC 8292). It carries no
//! content, so there is nothing to encrypt and nothing that a push service could learn but when.

use super::{
    hosts::Hosts,
    queue::{Answer, Push, duration},
};
use crate::{auth::VapidKey, relay::now};
use axum::{
    body::Body,
    http::{HeaderMap, HeaderName, Request, StatusCode, header},
};
use futures_util::future::BoxFuture;
use hyper_rustls::{ConfigBuilderExt as _, HttpsConnector, HttpsConnectorBuilder};
use hyper_util::{
    client::legacy::{
        Client,
        connect::{HttpConnector, dns::Name},
    },
    rt::{TokioExecutor, TokioTimer},
};
use kith_shared::limits;
use std::{
    io,
    net::SocketAddr,
    sync::{Arc, OnceLock},
    task::{Context, Poll},
    time::{Duration, SystemTime},
};
use tower_service::Service;

const TTL: HeaderName = HeaderName::from_static("ttl");
const URGENCY: HeaderName = HeaderName::from_static("urgency");
const TOPIC: HeaderName = HeaderName::from_static("topic");

type Connection = HttpsConnector<HttpConnector<Resolver>>;

/// Sends pushes.
#[derive(Debug)]
pub struct Sender {
    vapid: VapidKey,
    contact: Option<String>,
    hosts: Hosts,
    /// Made for the first push: reading the machine's certificates takes a while.
    client: OnceLock<Client<Connection, Body>>,
}

impl Sender {
    /// Sends to these push services, in the name of this key.
    pub fn new(vapid: VapidKey, contact: Option<String>, hosts: Hosts) -> Self {
        Self {
            vapid,
            contact,
            hosts,
            client: OnceLock::new(),
        }
    }

    /// Sends one push and waits for its answer, for as long as [`limits::PUSH_PATIENCE`].
    pub async fn send(&self, push: &Push) -> Answer {
        // The list may have been another when the device subscribed.
        let Some(endpoint) = self.hosts.endpoint(&push.to.endpoint) else {
            return Answer::Refused;
        };
        let contact = self.contact.as_deref();
        let word = self.vapid.authorization(&endpoint.origin, contact, now());
        let request = Request::post(endpoint.uri)
            .header(header::AUTHORIZATION, word)
            // Said aloud, for services that take no POST without it.
            .header(header::CONTENT_LENGTH, 0)
            .header(TTL, limits::PUSH_TTL.millis() / 1000)
            .header(URGENCY, "high")
            // Of several that a phone missed, one is enough.
            .header(TOPIC, "kith")
            .body(Body::empty());
        let Ok(request) = request else {
            return Answer::Refused;
        };
        let client = self.client.get_or_init(|| client(&self.hosts));
        let patience = duration(limits::PUSH_PATIENCE);
        let response = match tokio::time::timeout(patience, client.request(request)).await {
            Ok(Ok(response)) => response,
            Ok(Err(error)) => {
                tracing::warn!(service = endpoint.origin, %error, "a push service is out of reach");
                return Answer::Later(None);
            }
            Err(_) => {
                tracing::warn!(service = endpoint.origin, "a push service does not answer");
                return Answer::Later(None);
            }
        };
        let status = response.status();
        let answer = answer(status, response.headers(), SystemTime::now());
        match answer {
            Answer::Taken | Answer::Gone => {}
            Answer::Later(_) | Answer::Refused => {
                let (service, status) = (endpoint.origin, status.as_u16());
                tracing::warn!(service, status, "a push service did not take a push");
            }
        }
        answer
    }
}

/// What a status says (RFC 8030, section 5; the services' own manuals for 410).
fn answer(status: StatusCode, headers: &HeaderMap, now: SystemTime) -> Answer {
    match status {
        _ if status.is_success() => Answer::Taken,
        StatusCode::NOT_FOUND | StatusCode::GONE => Answer::Gone,
        StatusCode::TOO_MANY_REQUESTS => Answer::Later(retry_after(headers, now)),
        _ if status.is_server_error() => Answer::Later(retry_after(headers, now)),
        // Also a redirection: it could lead anywhere.
        _ => Answer::Refused,
    }
}

/// Seconds, or a date (RFC 9110, section 10.2.3).
fn retry_after(headers: &HeaderMap, now: SystemTime) -> Option<Duration> {
    let value = headers.get(header::RETRY_AFTER)?.to_str().ok()?.trim();
    if let Ok(seconds) = value.parse() {
        return Some(Duration::from_secs(seconds));
    }
    let date = httpdate::parse_http_date(value).ok()?;
    Some(date.duration_since(now).unwrap_or_default())
}

fn client(hosts: &Hosts) -> Client<Connection, Body> {
    let mut http = HttpConnector::new_with_resolver(Resolver(hosts.clone()));
    http.enforce_http(false);
    http.set_nodelay(true);
    http.set_connect_timeout(Some(duration(limits::PUSH_PATIENCE)));
    let connector = HttpsConnectorBuilder::new()
        .with_tls_config(tls())
        .https_or_http()
        .enable_http1()
        .wrap_connector(http);
    Client::builder(TokioExecutor::new())
        .pool_timer(TokioTimer::new())
        .pool_idle_timeout(duration(limits::IDLE_PATIENCE))
        .build(connector)
}

/// TLS by the certificates that this machine trusts.
fn tls() -> rustls::ClientConfig {
    let provider = Arc::new(rustls::crypto::ring::default_provider());
    let config = || {
        rustls::ClientConfig::builder_with_provider(provider.clone())
            .with_safe_default_protocol_versions()
            .expect("ring speaks the versions of TLS that are safe")
    };
    match config().with_native_roots() {
        Ok(config) => config.with_no_client_auth(),
        Err(error) => {
            tracing::error!(
                %error,
                "no push service can be trusted: install the package ca-certificates and start the \
                 relay again"
            );
            let nobody = rustls::RootCertStore::empty();
            config()
                .with_root_certificates(nobody)
                .with_no_client_auth()
        }
    }
}

/// Looks names up, and leaves out addresses where a push service cannot be.
#[derive(Debug, Clone)]
struct Resolver(Hosts);

impl Service<Name> for Resolver {
    type Response = std::vec::IntoIter<SocketAddr>;
    type Error = io::Error;
    type Future = BoxFuture<'static, io::Result<Self::Response>>;

    fn poll_ready(&mut self, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        Poll::Ready(Ok(()))
    }

    fn call(&mut self, name: Name) -> Self::Future {
        let hosts = self.0.clone();
        Box::pin(async move {
            let name = name.as_str().to_owned();
            let found = tokio::net::lookup_host((name.as_str(), 0)).await?;
            let fine: Vec<_> = found.filter(|a| hosts.may_be_at(&name, a.ip())).collect();
            if fine.is_empty() {
                let error = "the name leads to no address of the internet";
                return Err(io::Error::new(io::ErrorKind::PermissionDenied, error));
            }
            Ok(fine.into_iter())
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{auth::Keys, relay::Subscription};
    use axum::http::HeaderValue;
    use kith_shared::ids::{DeviceId, TeamId};

    #[test]
    fn what_the_answers_of_push_services_mean() {
        let now = SystemTime::UNIX_EPOCH + Duration::from_secs(784_111_777);
        let after = |seconds| Answer::Later(Some(Duration::from_secs(seconds)));
        for (status, retry, meaning) in [
            (200, "", Answer::Taken),
            (201, "", Answer::Taken),
            (301, "", Answer::Refused),
            (307, "", Answer::Refused),
            (400, "", Answer::Refused),
            (401, "", Answer::Refused),
            (403, "", Answer::Refused),
            (404, "", Answer::Gone),
            (410, "", Answer::Gone),
            (413, "", Answer::Refused),
            (429, "", Answer::Later(None)),
            (429, "120", after(120)),
            (429, "Sun, 06 Nov 1994 08:49:47 GMT", after(10)),
            (429, "Sun, 06 Nov 1994 08:49:17 GMT", after(0)),
            (429, "soon", Answer::Later(None)),
            (500, "", Answer::Later(None)),
            (503, "7", after(7)),
        ] {
            let mut headers = HeaderMap::new();
            if !retry.is_empty() {
                headers.insert(header::RETRY_AFTER, HeaderValue::from_static(retry));
            }
            let status = StatusCode::from_u16(status).unwrap();
            assert_eq!(answer(status, &headers, now), meaning, "{status} {retry}");
        }
    }

    #[tokio::test]
    async fn a_service_that_says_nothing_is_not_waited_for() {
        let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let hosts = Hosts::parse(std::slice::from_ref(&origin)).unwrap();
        let sender = Sender::new(Keys::new(&[7; 32]).vapid().clone(), None, hosts);
        let push = Push {
            team: TeamId::from_bytes([1; 16]),
            to: Subscription {
                device: DeviceId::from_bytes([2; 16]),
                endpoint: format!("{origin}/push"),
            },
        };
        tokio::time::pause();
        let began = tokio::time::Instant::now();
        assert_eq!(sender.send(&push).await, Answer::Later(None));
        let waited = began.elapsed().as_secs() * 1000;
        assert_eq!(waited, limits::PUSH_PATIENCE.millis().unsigned_abs());
    }

    #[tokio::test]
    async fn a_name_that_leads_into_the_own_network_leads_nowhere() {
        let mut resolver = Resolver(Hosts::default());
        let name = "localhost".parse().unwrap();
        let error = resolver.call(name).await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::PermissionDenied);
        let own = Hosts::parse(&["https://localhost:8443".into()]).unwrap();
        let name = "localhost".parse().unwrap();
        assert!(Resolver(own).call(name).await.unwrap().count() > 0);
    }
}
