//! `kith-relay serve`.

use super::{in_words, init, open_or_make};
use crate::{
    config::{DataFolder, Settings},
    relay::Team,
    server::{Options, Server},
    vault::Source,
};
use anyhow::Context as _;
use std::io::{IsTerminal as _, Write as _};
use tokio::signal::unix::{SignalKind, signal};
use tracing_subscriber::EnvFilter;

pub(super) async fn serve(settings: &Settings) -> anyhow::Result<()> {
    log(settings)?;
    let data = settings.data();
    let (journal, keys) = open_or_make(settings)?;
    if let Some(web) = &settings.web {
        let index = web.join("index.html");
        anyhow::ensure!(
            index.is_file(),
            "{} is missing: --web names the folder of the built web app",
            index.display()
        );
    }
    if settings.master_key() == Source::File(data.master_key()) {
        tracing::warn!(
            "the master key lies in the data folder: whoever copies the folder can read the \
             records. Move it elsewhere and name it with --master-key-file"
        );
    }
    let options = Options {
        listen: settings.listen(),
        certificate: settings.certificate()?,
        local: settings.local()?,
        web: settings.web.clone(),
        public_url: settings.public_url.clone(),
        proxies: settings.proxies()?,
        push: settings.push()?,
    };
    // Before it is said that the relay is ready, so that no early signal is missed.
    let mut interrupted = signal(SignalKind::interrupt()).context("SIGINT cannot be awaited")?;
    let mut terminated = signal(SignalKind::terminate()).context("SIGTERM cannot be awaited")?;
    let server = Server::start(journal, keys, options).await?;
    if server.app.teams.all().is_empty() {
        println!(
            "{} is empty: this is the first start.",
            data.path().display()
        );
        init::found(
            &server.app.teams,
            &init::Args::first_start(),
            &server.app.public_url,
        )
        .await?;
    }
    let _address = Address::write(&data, &server.local_origin)?;
    if server.app.public_url.starts_with("https://")
        && settings.tls_cert.is_none()
        && settings.trusted_proxy.is_none()
    {
        tracing::warn!(
            "a proxy stands in front of this relay, and it is not named: all strangers are counted \
             as one. Name it with --trusted-proxy"
        );
    }
    for (team, handle) in server.app.teams.all() {
        if let Ok(Some((when, backup))) = handle.read(Team::restored).await {
            let (when, backup) = (in_words(when), in_words(backup));
            tracing::info!(%team, %when, %backup, "this team was put back from a backup");
        }
    }
    println!("ready {}", server.origin);
    std::io::stdout().flush().context("the terminal is gone")?;
    tracing::info!(address = %server.address, teams = server.app.teams.all().len(), "the relay is ready");
    tokio::select! {
        _ = interrupted.recv() => {}
        _ = terminated.recv() => {}
    }
    tracing::info!("the relay is stopping");
    server.stop().await;
    tracing::info!("the relay has stopped");
    Ok(())
}

fn log(settings: &Settings) -> anyhow::Result<()> {
    let filter = settings.log.as_deref().unwrap_or("info");
    let filter =
        EnvFilter::try_new(filter).with_context(|| format!("--log {filter:?} is no filter"))?;
    let log = tracing_subscriber::fmt()
        .with_env_filter(filter)
        .with_ansi(std::io::stderr().is_terminal())
        .with_writer(std::io::stderr);
    if settings.log_json {
        log.json().flatten_event(true).init();
    } else {
        log.init();
    }
    // What a panic says can hold what people wrote; where it happened cannot.
    std::panic::set_hook(Box::new(|panic| {
        let at = panic
            .location()
            .map(ToString::to_string)
            .unwrap_or_default();
        tracing::error!(at, "panic");
    }));
    Ok(())
}

/// Tells other commands where this relay listens, as long as it does.
struct Address<'a>(&'a DataFolder);

impl<'a> Address<'a> {
    fn write(data: &'a DataFolder, url: &str) -> anyhow::Result<Self> {
        let path = data.address();
        std::fs::write(&path, url)
            .with_context(|| format!("{} cannot be written", path.display()))?;
        Ok(Self(data))
    }
}

impl Drop for Address<'_> {
    fn drop(&mut self) {
        // A relay that was killed leaves it behind too: who reads it tries the address.
        let _ = std::fs::remove_file(self.0.address());
    }
}
