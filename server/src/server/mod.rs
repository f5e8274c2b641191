//! A running relay: its listeners, its routes and its end.

mod listener;
mod tls;

pub use tls::{BadCertificate, CertificateFiles};

use crate::{
    auth::Keys,
    journal::Journal,
    metrics::Metrics,
    push::{PushOptions, Pusher},
    relay::{CannotStart, Teams},
    routes::{App, Peer, Reach, Site, TrustedProxies, router},
};
use axum::Router;
use listener::Listening;
use std::{io, net::SocketAddr, path::PathBuf, sync::Arc, time::Duration};
use tls::Certificate;
use tokio::{net::TcpListener, sync::watch, task::JoinHandle};

/// How long requests that are under way may take to end when the relay shuts down.
const PATIENCE: Duration = Duration::from_secs(10);

/// What a relay is to be.
#[derive(Debug)]
pub struct Options {
    /// Where it listens; port 0 takes any that is free.
    pub listen: SocketAddr,
    /// The certificate with which it speaks HTTPS there; HTTP without one.
    pub certificate: Option<CertificateFiles>,
    /// Where it also speaks HTTP when it has a certificate: for its own commands and counts, which
    /// then are to be had nowhere else.
    pub local: SocketAddr,
    /// The web app's folder.
    pub web: Option<PathBuf>,
    /// Where people reach it; where it listens when nothing is said.
    pub public_url: Option<String>,
    /// Proxies in front of it that are believed when they say for whom they speak.
    pub proxies: TrustedProxies,
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
    /// The same, as an address of the web.
    pub origin: String,
    /// Where its own commands reach it.
    pub local_origin: String,
    close: watch::Sender<bool>,
    serving: Vec<JoinHandle<io::Result<()>>>,
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
    /// It has no certificate to show.
    #[error(transparent)]
    Certificate(#[from] BadCertificate),
}

impl Server {
    /// Starts a relay on this journal.
    pub async fn start(
        journal: Arc<dyn Journal>,
        keys: Keys,
        options: Options,
    ) -> Result<Self, CannotServe> {
        let certificate = options.certificate.map(Certificate::read).transpose()?;
        let (listener, address) = bind(options.listen).await?;
        let scheme = certificate.as_ref().map_or("http", |_| "https");
        let origin = format!("{scheme}://{address}");
        let metrics = Arc::new(Metrics::default());
        let teams = Arc::new(Teams::open(journal, keys.proof(), metrics.clone())?);
        let (close, closing) = watch::channel(false);
        let public_url = options.public_url.unwrap_or_else(|| origin.clone());
        let push_hosts = options.push.hosts.clone();
        let pushing = push(&teams, &keys, options.push, &public_url, &metrics, &closing);
        let site = Site {
            public_url,
            push_hosts,
            web: options.web,
            proxies: options.proxies,
        };
        let app = App::new(teams, keys, metrics, site, closing.clone());
        let app = Arc::new(app);
        let listening = |listener, certificate| Listening {
            listener,
            connections: app.connections.clone(),
            proxies: app.proxies.clone(),
            certificate,
        };
        let mut serving = Vec::new();
        let local_origin = if let Some(certificate) = certificate {
            let (local, local_address) = bind(options.local).await?;
            let everyone = router(app.clone(), Reach::Everyone);
            let this_machine = router(app.clone(), Reach::ThisMachine);
            let secure = listening(listener, Some(certificate.shown()));
            serving.push(serve(secure, everyone, closing.clone()));
            serving.push(serve(listening(local, None), this_machine, closing.clone()));
            tokio::spawn(certificate.keep_fresh(app.metrics.certificate_ends.clone(), closing));
            format!("http://{local_address}")
        } else {
            let all = router(app.clone(), Reach::ThisMachine);
            serving.push(serve(listening(listener, None), all, closing));
            origin.clone()
        };
        Ok(Self {
            app,
            address,
            origin,
            local_origin,
            close,
            serving,
            pushing,
        })
    }

    /// Lets what is under way end, closes the streams, and returns when all is durable.
    pub async fn stop(self) {
        self.close.send_replace(true);
        let all_ended = futures_util::future::join_all(self.serving);
        if tokio::time::timeout(PATIENCE, all_ended).await.is_err() {
            tracing::warn!("some connections did not end; they are cut");
        }
        // It ends by itself, and does not panic.
        let _ = self.pushing.await;
        self.app.teams.settle().await;
    }
}

async fn bind(address: SocketAddr) -> Result<(TcpListener, SocketAddr), CannotServe> {
    let cannot = |error| CannotServe::Listen(address, error);
    let listener = TcpListener::bind(address).await.map_err(cannot)?;
    let bound = listener.local_addr().map_err(cannot)?;
    Ok((listener, bound))
}

/// Serves until the relay closes, also when its handle is gone, and what is under way has ended.
fn serve(
    listening: Listening,
    router: Router,
    mut closing: watch::Receiver<bool>,
) -> JoinHandle<io::Result<()>> {
    let closed = async move {
        let _ = closing.wait_for(|closing| *closing).await;
    };
    let router = router.into_make_service_with_connect_info::<Peer>();
    let serve = axum::serve(listening, router).with_graceful_shutdown(closed);
    tokio::spawn(async { serve.await })
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
