//! A WebSocket without TLS as samod's connection. samod has a dialer of its own, which brings TLS and OpenSSL along.

use anyhow::Result;
use futures_util::{SinkExt as _, StreamExt as _, future::BoxFuture};
use samod::{BackoffConfig, ConnectionId, DialError, Dialer, Repo, Transport, Url};
use std::{fmt, future::ready, sync::Arc};
use tokio_tungstenite::{connect_async_with_config, tungstenite::Message};

/// The connection ended, and why.
#[derive(Debug)]
pub struct Lost(String);

impl fmt::Display for Lost {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl std::error::Error for Lost {}

struct WebSocket(Url);

impl Dialer for WebSocket {
    type Error = Lost;

    fn url(&self) -> Url {
        self.0.clone()
    }

    fn connect(&self) -> BoxFuture<'static, Result<Transport, DialError<Lost>>> {
        let url = self.0.clone();
        Box::pin(async move {
            let lost = |e: tokio_tungstenite::tungstenite::Error| Lost(e.to_string());
            let connected = connect_async_with_config(url.as_str(), None, true).await;
            let (socket, _) = connected.map_err(|e| DialError::transient(lost(e)))?;
            let (sink, stream) = socket.split();
            let bytes = stream.filter_map(move |message| {
                ready(match message {
                    Ok(Message::Binary(bytes)) => Some(Ok(bytes.to_vec())),
                    Ok(_) => None,
                    Err(e) => Some(Err(lost(e))),
                })
            });
            let sink = sink
                .sink_map_err(lost)
                .with(|bytes: Vec<u8>| ready(Ok::<_, Lost>(Message::Binary(bytes.into()))));
            Ok(Transport::new(bytes.boxed(), sink))
        })
    }
}

/// Connects to a server, and returns when both sides have greeted each other.
pub async fn connect(repo: &Repo, url: &str) -> Result<ConnectionId> {
    let dialer = repo.dial(BackoffConfig::default(), Arc::new(WebSocket(url.parse()?)))?;
    let established = dialer.established().await;
    established.map_err(|e| anyhow::anyhow!("{url}: {e}"))?;
    dialer
        .connection_id()
        .ok_or_else(|| anyhow::anyhow!("{url}: the connection is gone"))
}
