//! Connections: accepted, made secure, counted, and ended when nothing moves on them.

use super::tls::Shown;
use crate::routes::{Connection, Connections, Peer, TrustedProxies};
use axum::{
    extract::connect_info::Connected,
    serve::{IncomingStream, Listener},
};
use kith_shared::{limits, time::Span};
use std::{
    io,
    net::SocketAddr,
    pin::Pin,
    task::{Context, Poll, ready},
    time::Duration,
};
use tokio::{
    io::{AsyncRead, AsyncWrite, ReadBuf},
    net::{TcpListener, TcpStream},
    time::{Instant, Sleep, sleep},
};
use tokio_rustls::{Accept, TlsAcceptor, server::TlsStream};

/// Accepts connections, which send what they have at once.
pub(super) struct Listening {
    pub(super) listener: TcpListener,
    pub(super) connections: Connections,
    pub(super) proxies: TrustedProxies,
    /// The certificate to show, where connections are secure.
    pub(super) certificate: Option<Shown>,
}

impl Listener for Listening {
    type Io = Counted;
    type Addr = SocketAddr;

    async fn accept(&mut self) -> (Counted, SocketAddr) {
        let (stream, address, open) = loop {
            let (stream, address) = Listener::accept(&mut self.listener).await;
            // Whoever has so many gets no more, and no answer, which would take one.
            if let Some(open) = self.admit(address) {
                break (stream, address, open);
            }
        };
        // Small replies would wait for the client's acknowledgement of the one before. Where it
        // cannot be set, it is slower and not wrong.
        let _ = stream.set_nodelay(true);
        let wire = match &self.certificate {
            None => Wire::Plain(stream),
            Some(certificate) => {
                let acceptor = TlsAcceptor::from(certificate.borrow().clone());
                let patience = Box::pin(sleep(duration(limits::HANDSHAKE_PATIENCE)));
                Wire::Greeting(Box::new(acceptor.accept(stream)), patience)
            }
        };
        (Counted::new(wire, open), address)
    }

    fn local_addr(&self) -> io::Result<SocketAddr> {
        self.listener.local_addr()
    }
}

impl Listening {
    fn admit(&self, from: SocketAddr) -> Option<Connection> {
        match self.proxies.alone_at(from.ip()) {
            Some(client) => self.connections.open_for(client),
            None => Some(self.connections.open()),
        }
    }
}

impl Connected<IncomingStream<'_, Listening>> for Peer {
    fn connect_info(stream: IncomingStream<'_, Listening>) -> Self {
        Self(*stream.remote_addr())
    }
}

/// The bytes of a connection, in the clear for who reads and writes here.
enum Wire {
    Plain(TcpStream),
    /// The handshake of TLS. It goes on when the connection's own task reads or writes, so one that
    /// is slow holds up nobody.
    Greeting(Box<Accept<TcpStream>>, Pin<Box<Sleep>>),
    Secure(Box<TlsStream<TcpStream>>),
    /// The handshake failed. What was to be said about it has been said.
    Ended,
}

/// What can be read from and written to.
trait Stream: AsyncRead + AsyncWrite + Unpin {}
impl<S: AsyncRead + AsyncWrite + Unpin> Stream for S {}

impl Wire {
    fn open(&mut self, cx: &mut Context<'_>) -> Poll<io::Result<Pin<&mut dyn Stream>>> {
        if let Self::Greeting(accept, patience) = self {
            let greeted = match Pin::new(accept).poll(cx) {
                Poll::Pending => {
                    ready!(patience.as_mut().poll(cx));
                    Err(io::ErrorKind::TimedOut.into())
                }
                Poll::Ready(greeted) => greeted,
            };
            match greeted {
                Ok(stream) => *self = Self::Secure(Box::new(stream)),
                Err(error) => {
                    *self = Self::Ended;
                    return Poll::Ready(Err(error));
                }
            }
        }
        Poll::Ready(match self {
            Self::Plain(stream) => Ok(Pin::new(stream)),
            Self::Secure(stream) => Ok(Pin::new(&mut **stream)),
            Self::Greeting(..) | Self::Ended => Err(io::ErrorKind::NotConnected.into()),
        })
    }
}

/// A connection that is counted, and ends when nothing has moved on it for
/// [`limits::IDLE_PATIENCE`]. Streams of events move with each heartbeat.
pub(super) struct Counted {
    wire: Wire,
    idle: Pin<Box<Sleep>>,
    _open: Connection,
}

impl Counted {
    fn new(wire: Wire, open: Connection) -> Self {
        Self {
            wire,
            idle: Box::pin(sleep(duration(limits::IDLE_PATIENCE))),
            _open: open,
        }
    }

    /// Does something with the connection. Begins the wait anew where something moved, and ends it
    /// where nothing did for too long.
    fn moving<T>(
        &mut self,
        cx: &mut Context<'_>,
        act: impl FnOnce(Pin<&mut dyn Stream>, &mut Context<'_>) -> Poll<io::Result<T>>,
    ) -> Poll<io::Result<T>> {
        let moved = match self.wire.open(cx) {
            Poll::Ready(Ok(stream)) => act(stream, cx),
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => Poll::Pending,
        };
        if moved.is_ready() {
            let until = Instant::now() + duration(limits::IDLE_PATIENCE);
            self.idle.as_mut().reset(until);
        } else if self.idle.as_mut().poll(cx).is_ready() {
            return Poll::Ready(Err(io::ErrorKind::TimedOut.into()));
        }
        moved
    }
}

fn duration(span: Span) -> Duration {
    Duration::from_millis(span.millis().unsigned_abs())
}

impl AsyncRead for Counted {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        to: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        self.moving(cx, |stream, cx| stream.poll_read(cx, to))
    }
}

impl AsyncWrite for Counted {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[u8],
    ) -> Poll<io::Result<usize>> {
        self.moving(cx, |stream, cx| stream.poll_write(cx, from))
    }
    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        from: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        self.moving(cx, |stream, cx| stream.poll_write_vectored(cx, from))
    }
    fn is_write_vectored(&self) -> bool {
        match &self.wire {
            Wire::Plain(stream) => stream.is_write_vectored(),
            // TLS copies what it writes anyway; so it does after the handshake.
            Wire::Greeting(..) | Wire::Secure(_) | Wire::Ended => true,
        }
    }
    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.wire.open(cx) {
            Poll::Ready(Ok(stream)) => stream.poll_flush(cx),
            // Nothing was written yet.
            Poll::Ready(Err(_)) | Poll::Pending => Poll::Ready(Ok(())),
        }
    }
    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match &mut self.wire {
            Wire::Plain(stream) => Pin::new(stream).poll_shutdown(cx),
            Wire::Secure(stream) => Pin::new(&mut **stream).poll_shutdown(cx),
            Wire::Greeting(..) | Wire::Ended => Poll::Ready(Ok(())),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::{
        super::tls::{Certificate, CertificateFiles},
        *,
    };
    use tokio::io::{AsyncReadExt as _, AsyncWriteExt as _};

    #[tokio::test]
    async fn a_connection_on_which_nothing_moves_ends() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let mut client = TcpStream::connect(listener.local_addr().unwrap())
            .await
            .unwrap();
        let (stream, _) = listener.accept().await.unwrap();
        let connections = Connections::default();
        let mut counted = Counted::new(Wire::Plain(stream), connections.open());
        assert_eq!(connections.count(), 1);
        client.write_all(b"a").await.unwrap();
        assert_eq!(counted.read_u8().await.unwrap(), b'a');
        tokio::time::pause();
        let began = Instant::now();
        let error = counted.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(
            began.elapsed().as_secs(),
            duration(limits::IDLE_PATIENCE).as_secs()
        );
        drop(counted);
        assert_eq!(connections.count(), 0);
    }

    #[tokio::test]
    async fn a_handshake_that_takes_too_long_ends_its_connection() {
        let own = rcgen::generate_simple_self_signed(vec!["localhost".into()]).unwrap();
        let folder = tempfile::tempdir().unwrap();
        let files = CertificateFiles {
            certificate: folder.path().join("certificate.pem"),
            key: folder.path().join("key.pem"),
        };
        std::fs::write(&files.certificate, own.cert.pem()).unwrap();
        std::fs::write(&files.key, own.signing_key.serialize_pem()).unwrap();
        let connections = Connections::default();
        let mut listening = Listening {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            connections: connections.clone(),
            proxies: TrustedProxies::default(),
            certificate: Some(Certificate::read(files).unwrap().shown()),
        };
        let mut client = TcpStream::connect(listening.local_addr().unwrap())
            .await
            .unwrap();
        let (mut counted, _) = listening.accept().await;
        client.write_all(b"\x16\x03\x01").await.unwrap();
        tokio::time::pause();
        let began = Instant::now();
        let error = counted.read_u8().await.unwrap_err();
        assert_eq!(error.kind(), io::ErrorKind::TimedOut);
        assert_eq!(
            began.elapsed().as_secs(),
            duration(limits::HANDSHAKE_PATIENCE).as_secs()
        );
        assert!(counted.write_all(b"a").await.is_err());
        assert!(counted.shutdown().await.is_ok());
        drop(counted);
        assert_eq!(connections.count(), 0);
    }

    #[tokio::test]
    async fn nobody_has_all_connections_alone() {
        let listening = Listening {
            listener: TcpListener::bind("127.0.0.1:0").await.unwrap(),
            connections: Connections::default(),
            proxies: TrustedProxies::parse(&["10.0.0.0/8".into()]).unwrap(),
            certificate: None,
        };
        let admit = |from: &str| listening.admit(format!("{from}:4711").parse().unwrap());
        let most = limits::CONNECTIONS_PER_ADDRESS;
        let mut open: Vec<_> = (0..most).map_while(|_| admit("203.0.113.7")).collect();
        assert_eq!(open.len(), most);
        assert!(admit("203.0.113.7").is_none());
        assert!(admit("203.0.113.8").is_some());
        open.pop();
        open.extend(admit("203.0.113.7"));
        assert_eq!(open.len(), most);
        // One network of IPv6 is one; this machine and proxies speak for many.
        for (from, admitted) in [
            ("[2001:db8::1]", most),
            ("127.0.0.1", most + 1),
            ("10.0.0.1", most + 1),
        ] {
            let open: Vec<_> = (0..=most).map_while(|_| admit(from)).collect();
            assert_eq!(open.len(), admitted, "{from}");
        }
        drop(open);
        assert_eq!(listening.connections.count(), 0);
        assert!(admit("203.0.113.7").is_some());
    }
}
