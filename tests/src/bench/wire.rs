//! A wire that counts what goes over it: every byte, headers included. It can be a long one.

use anyhow::Result;
use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
    sync::mpsc,
    task::{AbortHandle, JoinSet},
    time::{Instant, sleep_until},
};

/// A wire to a relay. It is gone when this is dropped.
pub(super) struct Wire {
    /// Where its near end is.
    pub(super) origin: String,
    state: Arc<State>,
    listening: AbortHandle,
}

#[derive(Default)]
struct State {
    up: AtomicU64,
    down: AtomicU64,
    /// Microseconds from one end to the other.
    delay: AtomicU64,
    connections: Mutex<JoinSet<()>>,
}

impl Wire {
    /// A wire to the relay at this address.
    pub(super) async fn to(address: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let origin = format!("http://{}", listener.local_addr()?);
        let state = Arc::<State>::default();
        let (shared, address) = (state.clone(), address.to_owned());
        let listening = tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(&address).await else {
                    return;
                };
                // Where it cannot be set, it is slower and not wrong.
                let _ = (near.set_nodelay(true), far.set_nodelay(true));
                shared.connect(near, far);
            }
        });
        Ok(Self {
            origin,
            state,
            listening: listening.abort_handle(),
        })
    }

    /// Bytes that went up and down since this was asked last.
    pub(super) fn count(&self) -> (u64, u64) {
        let take = |count: &AtomicU64| count.swap(0, Ordering::SeqCst);
        (take(&self.state.up), take(&self.state.down))
    }

    /// Bytes take this long from one end to the other from now on. Connections are made at once.
    pub(super) fn delay(&self, one_way: Duration) {
        let micros = u64::try_from(one_way.as_micros()).unwrap_or(u64::MAX);
        self.state.delay.store(micros, Ordering::SeqCst);
    }

    /// Ends all connections.
    pub(super) fn cut(&self) {
        self.state.connections().abort_all();
    }
}

impl Drop for Wire {
    fn drop(&mut self) {
        self.listening.abort();
        self.cut();
    }
}

impl State {
    fn connections(&self) -> std::sync::MutexGuard<'_, JoinSet<()>> {
        self.connections
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
    }

    fn connect(self: &Arc<Self>, near: TcpStream, far: TcpStream) {
        let ((near_in, near_out), (far_in, far_out)) = (near.into_split(), far.into_split());
        let (up, down) = (self.clone(), self.clone());
        let mut connections = self.connections();
        connections.spawn(async move { up.carry(near_in, far_out, &up.up).await });
        connections.spawn(async move { down.carry(far_in, near_out, &down.down).await });
    }

    async fn carry(&self, mut from: OwnedReadHalf, mut to: OwnedWriteHalf, count: &AtomicU64) {
        let (send, mut on_the_way) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
        let read = async move {
            let mut buffer = vec![0; 64 * 1024];
            while let Ok(read @ 1..) = from.read(&mut buffer).await {
                // Before it is passed on, so that who has it finds it counted.
                count.fetch_add(read as u64, Ordering::SeqCst);
                let delay = Duration::from_micros(self.delay.load(Ordering::SeqCst));
                let due = Instant::now() + delay;
                if send.send((due, buffer[..read].to_vec())).is_err() {
                    return;
                }
            }
        };
        let write = async move {
            while let Some((due, bytes)) = on_the_way.recv().await {
                if due > Instant::now() {
                    sleep_until(due).await;
                }
                if to.write_all(&bytes).await.is_err() {
                    return;
                }
            }
        };
        tokio::join!(read, write);
    }
}
