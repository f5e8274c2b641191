//! samod beside the relay: `kith-peer server FOLDER` is its axum server, `kith-peer client` a client
//! that does one job for it or for automerge-repo's server. Started by `cargo xtask peers`.

mod client;
mod job;
mod link;
mod server;

use anyhow::{Result, bail};

#[tokio::main]
async fn main() -> Result<()> {
    let args: Vec<_> = std::env::args().skip(1).collect();
    let args: Vec<_> = args.iter().map(String::as_str).collect();
    match *args {
        ["server", folder] => server::run(folder).await,
        ["client"] => client::run().await,
        _ => bail!("kith-peer server FOLDER | kith-peer client"),
    }
}
