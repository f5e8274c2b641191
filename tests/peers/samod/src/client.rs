//! The jobs of a client.

use crate::{
    job::{Edited, Job, Raw, Said, changes, count_of, document, has},
    link::connect,
};
use anyhow::{Context as _, Result};
use automerge::{Change, ChangeHash};
use futures_util::{StreamExt as _, future::try_join_all};
use samod::{ConnectionId, DocHandle, DocumentId, Repo, storage::InMemoryStorage};
use std::time::{Duration, Instant};
use tokio::{
    io::{AsyncBufReadExt as _, BufReader, Lines, Stdin, stdin},
    time::timeout,
};

/// For the whole of a job.
const PATIENCE: Duration = Duration::from_mins(4);

/// Does the job that comes over standard input.
pub async fn run() -> Result<()> {
    timeout(PATIENCE, work())
        .await
        .context("the job takes too long")?
}

async fn work() -> Result<()> {
    let mut lines = BufReader::new(stdin()).lines();
    let job = lines.next_line().await?.context("no job")?;
    match serde_json::from_str(&job).context("the job")? {
        Job::Load {
            url,
            each,
            documents,
        } => load(&mut lines, &url, each, &documents).await,
        Job::Return {
            direct,
            link,
            documents,
        } => come_back(&mut lines, &direct, &link, &documents).await,
        Job::Fetch { url, documents } => fetch(&mut lines, &url, documents).await,
    }
}

/// Says something, and waits for "go".
async fn say(lines: &mut Lines<BufReader<Stdin>>, said: &Said) -> Result<Instant> {
    println!("{}", serde_json::to_string(said)?);
    lines
        .next_line()
        .await?
        .context("nobody listens any more")?;
    Ok(Instant::now())
}

async fn repo(storage: InMemoryStorage) -> Repo {
    Repo::build_tokio().with_storage(storage).load().await
}

struct Writer {
    repo: Repo,
    server: ConnectionId,
    handle: Option<DocHandle>,
    /// Those that wait to be written.
    changes: Vec<Change>,
    all: Vec<Change>,
}

async fn load(
    lines: &mut Lines<BufReader<Stdin>>,
    url: &str,
    each: bool,
    documents: &[Vec<Raw>],
) -> Result<()> {
    let writers = documents.iter().map(async |raw| {
        let repo = repo(InMemoryStorage::new()).await;
        let server = connect(&repo, url).await?;
        let all = changes(raw)?;
        let mut handle = None;
        if each {
            let began = repo.create(document(all[..1].to_vec())?).await?;
            began.they_have_our_changes(server).await;
            handle = Some(began);
        }
        anyhow::Ok(Writer {
            repo,
            server,
            handle,
            changes: all[1..].to_vec(),
            all,
        })
    });
    let writers = try_join_all(writers).await?;
    let began = say(lines, &Said::Ready).await?;
    let tasks = writers.into_iter().map(|writer| {
        let task = tokio::spawn(async move {
            let handle = if let Some(handle) = writer.handle {
                for change in writer.changes {
                    apply(&handle, vec![change])?;
                    handle.they_have_our_changes(writer.server).await;
                }
                handle
            } else {
                let handle = writer.repo.create(document(writer.all)?).await?;
                handle.they_have_our_changes(writer.server).await;
                handle
            };
            anyhow::Ok((writer.repo, handle))
        });
        async { task.await? }
    });
    let written = try_join_all(tasks).await?;
    let seconds = began.elapsed().as_secs_f64();
    let handles: Vec<_> = written.iter().map(|(_, handle)| handle.clone()).collect();
    done(lines, seconds, &handles).await
}

async fn come_back(
    lines: &mut Lines<BufReader<Stdin>>,
    direct: &str,
    link: &str,
    documents: &[Edited],
) -> Result<()> {
    let storage = InMemoryStorage::new();
    // Both know the documents.
    let mine = repo(storage.clone()).await;
    let server = connect(&mine, direct).await?;
    let mut ids = Vec::new();
    for edited in documents {
        let handle = mine.create(document(changes(&edited.history)?)?).await?;
        handle.they_have_our_changes(server).await;
        ids.push(handle.document_id().clone());
    }
    let other = repo(InMemoryStorage::new()).await;
    let others_server = connect(&other, direct).await?;
    let theirs = find_all(&other, &ids).await?;
    mine.stop().await;

    // Both edit them; the other one has signal.
    for (handle, edited) in theirs.iter().zip(documents) {
        apply(handle, changes(&edited.down)?)?;
        handle.they_have_our_changes(others_server).await;
    }
    other.stop().await;
    let mine = repo(storage.clone()).await;
    for (handle, edited) in find_all(&mine, &ids).await?.iter().zip(documents) {
        apply(handle, changes(&edited.up)?)?;
    }
    mine.stop().await;

    let mine = repo(storage).await;
    let began = say(lines, &Said::Ready).await?;
    let server = connect(&mine, link).await?;
    let seconds = began.elapsed().as_secs_f64();
    let began = say(lines, &Said::Connected { seconds }).await?;
    let handles = find_all(&mine, &ids).await?;
    let levelled = handles.iter().zip(documents).map(async |(handle, edited)| {
        let down = changes(&edited.down)?;
        let hashes: Vec<_> = down.iter().map(Change::hash).collect();
        wait_for(handle, &hashes).await;
        handle.they_have_our_changes(server).await;
        anyhow::Ok(())
    });
    try_join_all(levelled).await?;
    let seconds = began.elapsed().as_secs_f64();
    done(lines, seconds, &handles).await
}

async fn fetch(
    lines: &mut Lines<BufReader<Stdin>>,
    url: &str,
    documents: Vec<(String, usize)>,
) -> Result<()> {
    let mine = repo(InMemoryStorage::new()).await;
    connect(&mine, url).await?;
    let ids = documents.iter().map(|(id, _)| Ok(id.parse()?));
    let ids = ids.collect::<Result<Vec<DocumentId>>>()?;
    let began = Instant::now();
    let mut found = Vec::new();
    for (id, (_, expected)) in ids.into_iter().zip(documents) {
        // What the server lost cannot be waited for.
        let Some(handle) = mine.find(id).await? else {
            continue;
        };
        let all = async {
            let mut changed = handle.changes();
            while handle.with_document(|d| count_of(d)) < expected {
                changed.next().await;
            }
        };
        let _ = timeout(Duration::from_secs(2), all).await;
        found.push(handle);
    }
    done(lines, began.elapsed().as_secs_f64(), &found).await
}

async fn find_all(repo: &Repo, ids: &[DocumentId]) -> Result<Vec<DocHandle>> {
    try_join_all(ids.iter().map(async |id| {
        let found = repo.find(id.clone()).await?;
        found.with_context(|| format!("{id} is not to be found"))
    }))
    .await
}

fn apply(to: &DocHandle, changes: Vec<Change>) -> Result<()> {
    Ok(to.with_document(|document| document.apply_changes(changes))?)
}

async fn wait_for(handle: &DocHandle, hashes: &[ChangeHash]) {
    let mut changed = handle.changes();
    while !handle.with_document(|document| has(document, hashes)) {
        changed.next().await;
    }
}

async fn done(
    lines: &mut Lines<BufReader<Stdin>>,
    seconds: f64,
    handles: &[DocHandle],
) -> Result<()> {
    let documents = handles
        .iter()
        .map(|h| h.document_id().to_string())
        .collect();
    let counts = handles.iter().map(|h| h.with_document(|d| count_of(d)));
    let done = Said::Done {
        seconds,
        documents,
        changes: counts.sum(),
    };
    say(lines, &done).await.map(drop)
}
