//! Bodies of requests, read under limits.

use crate::problem::Problem;
use axum::{
    body::Body,
    http::{HeaderMap, header},
};
use flate2::read::{MultiGzDecoder, ZlibDecoder};
use futures_util::StreamExt as _;
use kith_shared::{api::ProblemCode, limits};
use serde::de::DeserializeOwned;
use std::{
    io::{self, Read as _},
    ops::Deref,
    time::Duration,
};
use tokio::sync::{Semaphore, SemaphorePermit};

/// Room for large bodies: inflated and read, one takes tens of its size on the wire.
static ROOM: Semaphore = Semaphore::const_new(limits::LARGE_BODIES);

/// A body that was read. A large one has its room until this is dropped.
#[derive(Debug)]
pub(super) struct Read {
    bytes: Vec<u8>,
    #[allow(dead_code)] // What it has it for is that it is dropped.
    room: Option<SemaphorePermit<'static>>,
}

impl Deref for Read {
    type Target = [u8];
    fn deref(&self) -> &[u8] {
        &self.bytes
    }
}

/// Reads a body as it comes in, up to [`limits::BODY_BYTES`], and inflates it, up to
/// [`limits::INFLATED_BYTES`]. What is larger is not read to its end.
pub(super) async fn read(headers: &HeaderMap, body: Body) -> Result<Read, Problem> {
    let patience = Duration::from_millis(limits::BODY_PATIENCE.millis().unsigned_abs());
    let bytes = tokio::time::timeout(patience, collect(body)).await;
    let bytes = bytes
        .map_err(|_| malformed("The body took too long to arrive. Send less at a time."))??;
    let encoding = headers.get(header::CONTENT_ENCODING);
    let unpack: fn(&[u8], usize) -> Inflated =
        match encoding.map(|e| e.to_str().unwrap_or("?").trim()) {
            None | Some("" | "identity") => |bytes, most| inflate(bytes, most),
            Some("gzip") => |bytes, most| inflate(MultiGzDecoder::new(bytes), most),
            Some("deflate") => |bytes, most| inflate(ZlibDecoder::new(bytes), most),
            Some(_) => {
                return Err(malformed(
                    "The content encoding is one of gzip, deflate, identity.",
                ));
            }
        };
    if let Some(bytes) = unpack(&bytes, limits::LARGE_BODY)? {
        return Ok(Read { bytes, room: None });
    }
    // Nobody closes it.
    let room = ROOM.acquire().await.ok();
    let inflated = unpack(&bytes, limits::INFLATED_BYTES)?;
    let bytes = inflated.ok_or_else(|| too_large(limits::INFLATED_BYTES, " once inflated"))?;
    Ok(Read { bytes, room })
}

/// Reads a body as JSON.
pub(super) async fn json<T: DeserializeOwned>(
    headers: &HeaderMap,
    body: Body,
) -> Result<T, Problem> {
    let bytes = read(headers, body).await?;
    serde_json::from_slice(&bytes)
        .map_err(|e| malformed(&format!("The body is not as it should be: {e}.")))
}

async fn collect(body: Body) -> Result<Vec<u8>, Problem> {
    let mut bytes = Vec::new();
    let mut parts = body.into_data_stream();
    while let Some(part) = parts.next().await {
        let part = part.map_err(|_| malformed("The body broke off. Send it again."))?;
        if bytes.len() + part.len() > limits::BODY_BYTES {
            return Err(too_large(limits::BODY_BYTES, ""));
        }
        bytes.extend_from_slice(&part);
    }
    Ok(bytes)
}

/// The bytes; nothing when there are more than asked for.
type Inflated = Result<Option<Vec<u8>>, Problem>;

fn inflate(from: impl io::Read, most: usize) -> Inflated {
    let mut bytes = Vec::new();
    // One byte more than is allowed tells that there is more.
    let read = from.take(most as u64 + 1).read_to_end(&mut bytes);
    read.map_err(|_| malformed("The body is not compressed as its header says."))?;
    Ok((bytes.len() <= most).then_some(bytes))
}

fn too_large(most: usize, when: &str) -> Problem {
    let help = format!("A body has at most {most} bytes{when}: send the rest in another request.");
    Problem::new(ProblemCode::TooLarge, help)
}

pub(super) fn malformed(help: &str) -> Problem {
    Problem::new(ProblemCode::Malformed, help)
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::time::Instant;

    /// It would inflate for ever: it is read to the limit and no further.
    #[test]
    fn a_bomb_is_not_inflated_beyond_the_limit() {
        struct Bomb<'a>(&'a std::cell::Cell<usize>);
        impl io::Read for Bomb<'_> {
            fn read(&mut self, to: &mut [u8]) -> io::Result<usize> {
                let inflated = self.0.get() + to.len();
                assert!(inflated < 2 * limits::INFLATED_BYTES, "it is still read");
                self.0.set(inflated);
                to.fill(0);
                Ok(to.len())
            }
        }
        let inflated = std::cell::Cell::new(0);
        let bytes = inflate(Bomb(&inflated), limits::INFLATED_BYTES);
        assert_eq!(bytes, Ok(None));
        assert!(inflated.get() > limits::INFLATED_BYTES);
    }

    #[tokio::test(start_paused = true)]
    async fn a_body_that_never_ends_is_not_waited_for() {
        let trickle = futures_util::stream::pending::<Result<Vec<u8>, std::io::Error>>();
        let (began, really) = (tokio::time::Instant::now(), Instant::now());
        let problem = read(&HeaderMap::new(), Body::from_stream(trickle)).await;
        assert_eq!(problem.unwrap_err().code, ProblemCode::Malformed);
        let waited = began.elapsed().as_secs() * 1000;
        assert_eq!(waited, limits::BODY_PATIENCE.millis().unsigned_abs());
        assert!(really.elapsed() < Duration::from_secs(5));
    }

    /// However many come at once, the memory that they take is bounded.
    #[tokio::test]
    async fn large_bodies_wait_for_each_other() {
        let large = || read_plain(limits::LARGE_BODY + 1);
        let mut held = Vec::new();
        for _ in 0..limits::LARGE_BODIES {
            held.push(large().await.unwrap());
        }
        let mut next = std::pin::pin!(large());
        let moment = Duration::from_millis(20);
        assert!(tokio::time::timeout(moment, &mut next).await.is_err());
        // A small one needs no room.
        assert_eq!(read_plain(limits::LARGE_BODY).await.unwrap()[0], 7);
        assert!(tokio::time::timeout(moment, &mut next).await.is_err());
        held.pop();
        assert_eq!(next.await.unwrap().len(), limits::LARGE_BODY + 1);
    }

    async fn read_plain(length: usize) -> Result<Read, Problem> {
        read(&HeaderMap::new(), Body::from(vec![7; length])).await
    }
}
