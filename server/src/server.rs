//! A running relay: its listener, its routes and its end.

use crate::{
    auth::Keys,
    journal::Journal,
    metrics::Metrics,
    push::{PushOptions, Pusher},
    relay::{CannotStart, Teams},
    routes::{App, Connection, Connections, router},
};
use axum::serve::Listener;
use kith_shared::limits;
use std::{
    io,
    net::SocketAddr,
    path::PathBuf,
    pin::Pin,
    sync::Arc,
    task::{Context, Poll},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    sync::watch,
    task::JoinHandle,
    time::{Instant, Sleep},
};

/// How long requests that are under way may take to end when the relay shuts down.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a relay is to be.
#[derive(Debug)]
pub struct Options {
    /// Where it listens; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The web app's folder.
    pub web: Option<PathBuf>,
    /// Where people reach it; where it listens when nothing is said.
    pub public_url: Option<String>,
    /// How it wakes phones.
    pub push: PushOptions,
}

/// A relay that runs until it is stopped.
#[derive(Debug)]
pub struct Server {
    /// What its routes work with.
    pub app: Arc<App>,
    /// Where it listens.
    pub address: SocketAddr,
    close: watch::Sender<bool>,
    serving: JoinHandle<io::Result<()>>,
    pushing: JoinHandle<()>,
}

/// Why a relay does not run.
#[derive(Debug, thiserror::Error)]
pub enum CannotServe {
    /// Its store cannot be read.
    #[error(transparent)]
    Store(#[from] CannotStart),
    /// It cannot listen.
    #[error("cannot listen on {0}: {1}. Stop what listens there, or choose another with --listen")]
    Listen(SocketAddr, io::Error),
}

impl Server {
    /// Starts a relay on this journal.
    pub async fn start(
        journal: Arc<dyn Journal>,
        keys: Keys,
        options: Options,
    ) -> Result<Self, CannotServe> {
        let listener = TcpListener::bind(options.listen).await;
        let listener = listener.map_err(|e| CannotServe::Listen(options.listen, e))?;
        let address = listener.local_addr();
        let address = address.map_err(|e| CannotServe::Listen(options.listen, e))?;
        let metrics = Arc::new(Metrics::default());
        let teams = Arc::new(Teams::open(journal, keys.proof(), metrics.clone())?);
        let (close, closing) = watch::channel(false);
        let public_url = options
            .public_url
            .unwrap_or_else(|| format!("http://{address}"));
        let hosts = options.push.hosts.clone();
        let pushing = push(&teams, &keys, options.push, &public_url, &metrics, &closing);
        let app = App::new(
            teams,
            keys,
            metrics,
            public_url,
            hosts,
            options.web,
            closing.clone(),
        );
        let app = Arc::new(app);
        let listener = Counting {
            listener,
            connections: app.connections.clone(),
        };
        let serve = axum::serve(listener, router(app.clone())).with_graceful_shutdown(async move {
            let mut closing = closing;
            // A relay whose handle is gone closes as well.
            let _ = closing.wait_for(|closing| *closing).await;
        });
        Ok(Self {
            app,
            address,
            close,
            serving: tokio::spawn(async { serve.await }),
            pushing,
        })
    }

    /// Lets what is under way end, closes the streams, and returns when all is durable.
    pub async fn stop(self) {
        self.close.send_replace(true);
        if tokio::time::timeout(PATIENCE, self.serving).await.is_err() {
            tracing::warn!("some connections did not end; they are cut");
        }
        // It ends by itself, and does not panic.
        let _ = self.pushing.await;
        self.app.teams.settle().await;
    }
}

/// Starts the pusher. A push service reaches whoever runs the relay where people reach it, if
/// nothing else is said and that is an address that it would take.
fn push(
    teams: &Arc<Teams>,
    keys: &Keys,
    mut options: PushOptions,
    public_url: &str,
    metrics: &Arc<Metrics>,
    closing: &watch::Receiver<bool>,
) -> JoinHandle<()> {
    let own = || {
        let https = public_url.starts_with("https://");
        https.then(|| public_url.to_owned())
    };
    options.contact = options.contact.or_else(own);
    let pusher = Pusher::new(
        teams.clone(),
        keys.vapid().clone(),
        options,
        metrics.clone(),
    );
    let (wakes, closing) = (teams.wakes(), closing.clone());
    tokio::spawn(async move {
        if let Some(wakes) = wakes {
            pusher.run(wakes, closing).await;
        }
    })
}

/// A listener whose connections are counted, and send what they have at once.
struct Counting {
    listener: TcpListener,
    connections: Connections,
}

impl Listener for Counting {
    type Io = Counted;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Counted, SocketAddr) {
        let (stream, address) = Listener::accept(&mut self.listener).await;
        // Small replies would wait for the client's acknowledgement of the one before. Where it
        // cannot be set, it is slower and not wrong.
        let _ = stream.set_nodelay(true);
        let open = self.connections.open();
        (Counted::new(stream, open), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

/// A connection that is counted, and ends when nothing has moved on it for
/// [`limits::IDLE_PATIENCE`]. Streams of events move with each heartbeat.
struct Counted {
    stream: TcpStream,
    idle: Pin<Box<Sleep>>,
    _open: Connection,
}

impl Counted {
    fn new(stream: TcpStream, open: Connection) -> Self {
        Self {
            stream,
            idle: Box::pin(tokio::time::sleep(patience())),
            _open: open,
        }
    }

    /// Begins the wait anew where something moved, and ends it where nothing did for too long.
    fn moved<T>(
        &mut self,
        cx: &mut Context<'_>,
        moved: Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        if moved.is_ready() {
            self.idle.as_mut().reset(Instant::now() + patience());
        } else if self.idle.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        moved
    }
}

fn patience() -> Duration {
    Duration::from_millis(limits::IDLE_PATIENCE.millis().unsigned_abs())
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let read = Pin::new(&mut self.stream).poll_read(cx, to);
        self.moved(cx, read)
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write(cx, from);
        self.moved(cx, written)
    }
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let written = Pin::new(&mut self.stream).poll_write_vectored(cx, from);
        self.moved(cx, written)
    }
    fn is_write_vectored(&self) -> bool {
        self.stream.is_write_vectored()
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_flush(cx)
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.stream).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn a_connection_on_which_nothing_moves_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let connections = Connections::default();
        let mut counted = Counted::new(stream, connections.open());
        assert_eq!(connections.count(), 1);
        client.write_all(b"a").await.unwrap();
        assert_eq!(counted.read_u8().await.unwrap(), b'a');
        tokio::time::pause();
        let began = Instant::now();
        let error = counted.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(began.elapsed().as_secs(), patience().as_secs());
        drop(counted);
        assert_eq!(connections.count(), 0);
    }
}
