//! samod's server behind axum, with its storage in the file system.

use anyhow::Result;
use axum::{Router, extract::ws::WebSocketUpgrade, routing::get, serve::ListenerExt as _};
use samod::{Repo, ShareConfig, Transport, storage::TokioFilesystemStorage};
use tokio::{
    io::{AsyncReadExt as _, stdin},
    net::TcpListener,
};

/// Serves on any free port, says which, and ends with its standard input: with whoever started it.
pub async fn run(folder: &str) -> Result<()> {
    // As a server does: who asks gets, nobody is told of what they did not ask for.
    let repo = Repo::build_tokio()
        .with_storage(TokioFilesystemStorage::new(folder))
        .with_share_policy(ShareConfig::read_write().with_announce(false))
        .load()
        .await;
    let listener = TcpListener::bind("127.0.0.1:0").await?;
    let address = listener.local_addr()?;
    let acceptor = repo.make_acceptor(format!("ws://{address}/").parse()?)?;
    let upgrade = move |upgrade: WebSocketUpgrade| {
        let acceptor = acceptor.clone();
        async move {
            upgrade.on_upgrade(move |socket| async move {
                if let Err(error) = acceptor.accept(Transport::from_axum(socket)) {
                    eprintln!("kith-peer: {error}");
                }
            })
        }
    };
    println!("ready ws://{address}/");
    let listener = listener.tap_io(|stream| {
        // Small messages go at once, as they do from the relay. Where it cannot be set, it is slower.
        let _ = stream.set_nodelay(true);
    });
    tokio::spawn(axum::serve(listener, Router::new().route("/", get(upgrade))).into_future());
    let _ = stdin().read(&mut [0]).await;
    Ok(())
}
