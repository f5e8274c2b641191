//! `cargo xtask demo`: the relay, the web app and a made-up team, on this machine.

use std::env;
use std::fs;
use std::io::{Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::path::{Path, PathBuf};
use std::process::{Child, ExitStatus, Stdio};
use std::sync::mpsc::{self, Receiver, RecvTimeoutError};
use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail, ensure};
use nix::sys::signal::{Signal, kill};
use nix::unistd::Pid;

use crate::shell::{bin_dir, build, command, root, run as run_command, say};
use crate::web;

const LISTEN: &str = "KITH_LISTEN";
const LISTEN_DEFAULT: &str = "127.0.0.1:8080";

/// The made-up team, and who begins it.
const TEAM: &str = "Tîm Afon";
const FOUNDER: &str = "Siân Bevan";
/// What `kith-relay init` said; `kith-demo` reads it.
const FOUNDED: &str = "founder.json";
/// `kith-demo` writes it when the store is filled.
const WHOLE: &str = "demo.json";

/// How long a relay may take to open its store and answer.
const START: Duration = Duration::from_secs(20);
/// How long it may take to finish what it is doing.
const STOP: Duration = Duration::from_secs(10);
const GLANCE: Duration = Duration::from_millis(50);

/// Builds, starts, seeds, and stays until Ctrl-C.
pub fn run(fresh: bool) -> Result<()> {
    let listen = listen(env::var(LISTEN).ok().as_deref())?;
    // Asked first: minutes of building should not end in a port that is taken.
    free(listen)?;
    let store = Store(root().join("data/demo"));
    if fresh {
        store.empty()?;
    }
    let web = web::build(web::Build::Quick)?;
    say("building the relay");
    build(&["kith-relay", "kith-demo"])?;
    store.found()?;

    let stop = on_interrupt()?;
    let mut relay = Relay::start(listen, &store.0, &web)?;
    relay.until_healthy(listen)?;
    let url = format!("http://{listen}");
    run_command(
        command(bin_dir()?.join("kith-demo"))
            .args(["--relay", &url, "--data"])
            .arg(&store.0),
    )?;
    println!("ready {url}");
    relay.until_stopped(&stop)
}

fn listen(named: Option<&str>) -> Result<SocketAddr> {
    let text = named.unwrap_or(LISTEN_DEFAULT);
    let address: SocketAddr = text.parse().with_context(|| {
        format!("{LISTEN}={text} is not an address and a port, such as {LISTEN_DEFAULT}")
    })?;
    ensure!(
        address.port() != 0,
        "{LISTEN}={text}: choose a port, so that links keep working"
    );
    Ok(address)
}

fn free(listen: SocketAddr) -> Result<()> {
    TcpListener::bind(listen).map(drop).with_context(|| {
        format!("cannot listen on {listen}. Stop what does, or choose another: {LISTEN}=127.0.0.1:8081 cargo xtask demo")
    })
}

/// The folder of the demo: the relay's store, and beside it what the program that fills it wants to remember.
struct Store(PathBuf);

impl Store {
    fn empty(&self) -> Result<()> {
        if self.0.exists() {
            say(format!("emptying {}", self.0.display()));
            fs::remove_dir_all(&self.0)
                .with_context(|| format!("emptying {}", self.0.display()))?;
        }
        Ok(())
    }

    /// Makes the team, if there is none. One that was only half filled, because that was stopped, is made again.
    fn found(&self) -> Result<()> {
        if self.0.join(WHOLE).exists() {
            return Ok(());
        }
        self.empty()?;
        fs::create_dir_all(&self.0)?;
        let founded = command(bin_dir()?.join("kith-relay"))
            .args(["init", "--json", "--team", TEAM, "--name", FOUNDER])
            .env("KITH_DATA", &self.0)
            .output()
            .context("founding the demo team")?;
        let said = String::from_utf8_lossy(&founded.stderr);
        ensure!(
            founded.status.success(),
            "founding the demo team: {}",
            said.trim()
        );
        fs::write(self.0.join(FOUNDED), founded.stdout)?;
        Ok(())
    }
}

/// Hears Ctrl-C and a request to end. The relay hears Ctrl-C as well, and this program outlives it.
fn on_interrupt() -> Result<Receiver<()>> {
    let (send, receive) = mpsc::channel();
    ctrlc::set_handler(move || {
        let _ = send.send(());
    })?;
    Ok(receive)
}

/// A relay that is running. It stops when this is dropped, whatever went wrong.
struct Relay(Child);

impl Relay {
    fn start(listen: SocketAddr, data: &Path, web: &Path) -> Result<Self> {
        let mut relay = command(bin_dir()?.join("kith-relay"));
        relay
            .arg("serve")
            .env("KITH_LISTEN", listen.to_string())
            .env("KITH_DATA", data)
            .env("KITH_WEB", web)
            // It is ready before its team is there; this program says so when both are.
            .stdout(Stdio::null());
        if env::var_os("KITH_LOG").is_none() {
            relay.env("KITH_LOG", "warn");
        }
        Ok(Self(relay.spawn().context("starting the relay")?))
    }

    fn until_healthy(&mut self, listen: SocketAddr) -> Result<()> {
        let begun = Instant::now();
        while !is_healthy(listen) {
            if let Some(status) = self.0.try_wait()? {
                bail!("the relay stopped at once ({status}); it says why above");
            }
            ensure!(
                begun.elapsed() < START,
                "the relay did not answer on {listen} within {} s",
                START.as_secs()
            );
            std::thread::sleep(GLANCE);
        }
        Ok(())
    }

    fn until_stopped(&mut self, stop: &Receiver<()>) -> Result<()> {
        while stop.recv_timeout(GLANCE) == Err(RecvTimeoutError::Timeout) {
            if let Some(status) = self.0.try_wait()? {
                bail!("the relay stopped by itself ({status})");
            }
        }
        say("stopping");
        let status = self.end()?;
        ensure!(
            status.success(),
            "the relay did not stop cleanly ({status})"
        );
        Ok(())
    }

    /// Asks it to end; makes it, when it does not.
    fn end(&mut self) -> Result<ExitStatus> {
        if let Some(status) = self.0.try_wait()? {
            return Ok(status);
        }
        let pid = Pid::from_raw(i32::try_from(self.0.id())?);
        kill(pid, Signal::SIGTERM).context("asking the relay to stop")?;
        let begun = Instant::now();
        while begun.elapsed() < STOP {
            if let Some(status) = self.0.try_wait()? {
                return Ok(status);
            }
            std::thread::sleep(GLANCE);
        }
        say("the relay takes too long; ending it");
        self.0.kill()?;
        Ok(self.0.wait()?)
    }
}

impl Drop for Relay {
    fn drop(&mut self) {
        let _ = self.end();
    }
}

fn is_healthy(listen: SocketAddr) -> bool {
    let ask = || -> std::io::Result<String> {
        let mut stream = TcpStream::connect_timeout(&listen, GLANCE)?;
        stream.set_read_timeout(Some(Duration::from_secs(2)))?;
        let request =
            format!("GET /healthz HTTP/1.1\r\nhost: {listen}\r\nconnection: close\r\n\r\n");
        stream.write_all(request.as_bytes())?;
        let mut answer = String::new();
        stream.read_to_string(&mut answer)?;
        Ok(answer)
    };
    ask().is_ok_and(|answer| answer.starts_with("HTTP/1.1 200"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_address_is_said_or_the_usual_one() {
        assert_eq!(listen(None).unwrap().to_string(), LISTEN_DEFAULT);
        assert_eq!(listen(Some("[::1]:9000")).unwrap().port(), 9000);
    }

    #[test]
    fn a_bad_address_is_told_with_a_good_one() {
        for bad in ["8080", "localhost:8080", "127.0.0.1:0"] {
            let error = format!("{:#}", listen(Some(bad)).unwrap_err());
            assert!(error.contains(LISTEN) && error.contains(bad), "{error}");
        }
    }

    #[test]
    fn a_port_that_is_taken_is_told_with_the_remedy() {
        let taken = TcpListener::bind("127.0.0.1:0").unwrap();
        let error = free(taken.local_addr().unwrap()).unwrap_err().to_string();
        assert!(error.contains("KITH_LISTEN="), "{error}");
    }

    #[test]
    fn health_is_what_the_relay_says() {
        for (answer, healthy) in [("200 OK", true), ("503 Service Unavailable", false)] {
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let server = std::thread::spawn(move || {
                let (mut stream, _) = listener.accept().unwrap();
                let _ = stream.read(&mut [0; 512]).unwrap();
                write!(stream, "HTTP/1.1 {answer}\r\ncontent-length: 0\r\n\r\n").unwrap();
            });
            assert_eq!(is_healthy(address), healthy);
            server.join().unwrap();
        }
    }
}
