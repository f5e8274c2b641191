//! A wire that counts what goes over it: every byte, headers included.

use anyhow::Result;
use std::sync::{
    Arc,
    atomic::{AtomicU64, Ordering},
};
use tokio::{
    io::{AsyncReadExt as _, AsyncWriteExt as _},
    net::{
        TcpListener, TcpStream,
        tcp::{OwnedReadHalf, OwnedWriteHalf},
    },
};

/// A wire to a relay.
pub(super) struct Wire {
    /// Where its near end is.
    pub(super) origin: String,
    up: Arc<AtomicU64>,
    down: Arc<AtomicU64>,
}

impl Wire {
    /// A wire to the relay at this address.
    pub(super) async fn to(address: &str) -> Result<Self> {
        let listener = TcpListener::bind("127.0.0.1:0").await?;
        let wire = Self {
            origin: format!("http://{}", listener.local_addr()?),
            up: Arc::default(),
            down: Arc::default(),
        };
        let (up, down, address) = (wire.up.clone(), wire.down.clone(), address.to_owned());
        tokio::spawn(async move {
            while let Ok((near, _)) = listener.accept().await {
                let Ok(far) = TcpStream::connect(&address).await else {
                    return;
                };
                // Where it cannot be set, it is slower and not wrong.
                let _ = (near.set_nodelay(true), far.set_nodelay(true));
                let ((near_in, near_out), (far_in, far_out)) =
                    (near.into_split(), far.into_split());
                tokio::spawn(carry(near_in, far_out, up.clone()));
                tokio::spawn(carry(far_in, near_out, down.clone()));
            }
        });
        Ok(wire)
    }

    /// Bytes that went up and down since this was asked last.
    pub(super) fn count(&self) -> (u64, u64) {
        let take = |count: &AtomicU64| count.swap(0, Ordering::SeqCst);
        (take(&self.up), take(&self.down))
    }
}

async fn carry(mut from: OwnedReadHalf, mut to: OwnedWriteHalf, count: Arc<AtomicU64>) {
    let mut buffer = vec![0; 64 * 1024];
    while let Ok(read @ 1..) = from.read(&mut buffer).await {
        // Before it is passed on, so that who has it finds it counted.
        count.fetch_add(read as u64, Ordering::SeqCst);
        if to.write_all(&buffer[..read]).await.is_err() {
            return;
        }
    }
}
