//! A server that is compared with, and the client that speaks to it.

use super::{
    ONE_WAY,
    back::Back,
    load::Loaded,
    ours::Work,
    process,
    work::{Edited, size},
};
use crate::bench::wire::Wire;
use anyhow::{Context, Result, bail, ensure};
use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Value, json};
use std::{ffi::OsString, path::Path, process::Stdio, time::Duration};
use tokio::{
    io::{AsyncBufReadExt as _, AsyncWriteExt as _, BufReader, Lines},
    process::{Child, ChildStdin, ChildStdout, Command},
    time::{sleep, timeout},
};

/// For anything that a server or a client is asked.
const PATIENCE: Duration = Duration::from_mins(4);
/// How long what follows an exchange may take to arrive, to be counted too.
const QUIET: Duration = Duration::from_millis(300);

/// One of those that are compared with.
pub(super) struct Peer {
    pub(super) name: &'static str,
    /// The server's program and its arguments; the folder comes last.
    server: Vec<OsString>,
    /// The client's program.
    client: OsString,
}

/// What a client says.
#[derive(Debug, Deserialize)]
#[serde(tag = "said", rename_all = "kebab-case")]
enum Said {
    Ready,
    Connected {
        seconds: f64,
    },
    Done {
        seconds: f64,
        documents: Vec<String>,
        changes: usize,
    },
}

struct Done {
    seconds: f64,
    documents: Vec<String>,
    changes: usize,
}

impl Peer {
    pub(super) fn samod(program: &Path) -> Self {
        Self {
            name: "samod",
            server: vec![program.into(), "server".into()],
            client: program.into(),
        }
    }

    pub(super) fn automerge_repo(server: &Path, client: &Path) -> Self {
        Self {
            name: "automerge-repo",
            server: vec!["node".into(), server.into()],
            client: client.into(),
        }
    }

    /// Clients hand in documents, one each.
    pub(super) async fn load(&self, work: &Work, each: bool) -> Result<Loaded> {
        let folder = tempfile::tempdir()?;
        let mut server = self.serve(folder.path()).await?;
        let mut client = Talk::start(Command::new(&self.client).arg("client"))?;
        let url = &server.url;
        client
            .say(&json!({ "job": "load", "url": url, "each": each, "documents": work }))
            .await?;
        client.ready().await?;
        let cpu = process::cpu(server.pid()?)?;
        client.go().await?;
        let done = client.done().await?;
        let loaded = Loaded {
            seconds: done.seconds,
            peak: process::peak(server.pid()?)?,
            cpu: process::cpu(server.pid()?)? - cpu,
            kept: 0,
        };
        server.talk.child.kill().await?;
        let count: usize = work.iter().map(Vec::len).sum();
        ensure!(done.changes == count, "{} of {count} changes", done.changes);
        let expected: Vec<_> = done
            .documents
            .iter()
            .zip(work)
            .map(|(id, changes)| (id, changes.len()))
            .collect();
        // Those who asked for nothing would not see what is gone: a client that knows nothing asks.
        let again = self.serve(folder.path()).await?;
        let mut fresh = Talk::start(Command::new(&self.client).arg("client"))?;
        fresh
            .say(&json!({ "job": "fetch", "url": again.url, "documents": expected }))
            .await?;
        let found = fresh.done().await?;
        // The change that makes a document is not counted on either side.
        let kept = found.changes.saturating_sub(found.documents.len());
        Ok(Loaded { kept, ..loaded })
    }

    /// A client comes back to documents that were edited on both sides.
    pub(super) async fn come_back(&self, edited: &[Edited], far: bool) -> Result<Back> {
        let folder = tempfile::tempdir()?;
        let server = self.serve(folder.path()).await?;
        let address = server.url.trim_start_matches("ws://").trim_end_matches('/');
        let wire = Wire::to(address).await?;
        wire.delay(if far { ONE_WAY } else { Duration::ZERO });
        let link = wire.origin.replace("http://", "ws://");
        let mut client = Talk::start(Command::new(&self.client).arg("client"))?;
        let documents: Vec<_> = edited
            .iter()
            .map(|e| json!({ "history": e.history, "up": e.up, "down": e.down }))
            .collect();
        let job =
            json!({ "job": "return", "direct": server.url, "link": link, "documents": documents });
        client.say(&job).await?;
        client.ready().await?;
        wire.count();
        client.go().await?;
        let Said::Connected { seconds: greeting } = client.hear().await? else {
            bail!("the client does not connect");
        };
        let (up, down) = wire.count();
        client.go().await?;
        let done = client.done().await?;
        sleep(QUIET).await;
        let changes = |e: &Edited| e.history.len() + e.up.len() + e.down.len();
        let count: usize = edited.iter().map(changes).sum();
        ensure!(done.changes == count, "{} of {count} changes", done.changes);
        Ok(Back {
            greeting,
            levelling: done.seconds,
            greeting_bytes: up + down,
            bytes: wire.count(),
            raw: edited.iter().map(|e| size(&e.up) + size(&e.down)).sum(),
        })
    }

    async fn serve(&self, folder: &Path) -> Result<Server> {
        let mut command = Command::new(&self.server[0]);
        command.args(&self.server[1..]).arg(folder);
        let mut talk = Talk::start(&mut command)?;
        let url = talk.line().await?;
        let url = url
            .strip_prefix("ready ")
            .context("the server is not ready")?;
        Ok(Server {
            url: url.to_owned(),
            talk,
        })
    }
}

struct Server {
    url: String,
    talk: Talk,
}

impl Server {
    fn pid(&self) -> Result<u32> {
        self.talk.child.id().context("the server has ended")
    }
}

/// A program that is talked with over its standard input and output. It is killed when this is
/// dropped, and ends by itself when whoever started it is gone.
struct Talk {
    child: Child,
    to: ChildStdin,
    from: Lines<BufReader<ChildStdout>>,
}

impl Talk {
    fn start(command: &mut Command) -> Result<Self> {
        command
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .kill_on_drop(true);
        let program = command.as_std().get_program().to_owned();
        let mut child = command
            .spawn()
            .with_context(|| format!("{} does not start", program.display()))?;
        Ok(Self {
            to: child.stdin.take().context("its input")?,
            from: BufReader::new(child.stdout.take().context("its output")?).lines(),
            child,
        })
    }

    async fn line(&mut self) -> Result<String> {
        let line = timeout(PATIENCE, self.from.next_line()).await;
        let line = line.context("no answer for minutes")??;
        line.context("it has ended")
    }

    async fn hear<T: DeserializeOwned>(&mut self) -> Result<T> {
        let line = self.line().await?;
        serde_json::from_str(&line).with_context(|| line.chars().take(200).collect::<String>())
    }

    async fn say(&mut self, what: &Value) -> Result<()> {
        self.to.write_all(format!("{what}\n").as_bytes()).await?;
        Ok(self.to.flush().await?)
    }

    async fn go(&mut self) -> Result<()> {
        self.say(&json!("go")).await
    }

    async fn ready(&mut self) -> Result<()> {
        match self.hear().await? {
            Said::Ready => Ok(()),
            other => bail!("not ready: {other:?}"),
        }
    }

    async fn done(&mut self) -> Result<Done> {
        match self.hear().await? {
            Said::Done {
                seconds,
                documents,
                changes,
            } => Ok(Done {
                seconds,
                documents,
                changes,
            }),
            other => bail!("not done: {other:?}"),
        }
    }
}
