//! A push service on loopback that speaks the protocol: it takes pushes, notes them, and answers as
//! it is told.

use crate::{
    harness::{Phone, Relay, options, read},
    push::put,
};
use axum::{
    Router,
    body::to_bytes,
    extract::{Request, State},
    http::{HeaderMap, HeaderName, HeaderValue, StatusCode},
    response::{IntoResponse as _, Response},
};
use kith_relay::{
    journal::Journal,
    push::{Hosts, PushOptions},
    server::Options,
};
use kith_shared::api::PushStatus;
use reqwest::Method;
use std::{
    collections::{HashMap, VecDeque},
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};
use tokio::net::TcpListener;

/// How a push service answers one push.
#[derive(Clone)]
pub enum Answers {
    With(u16, Option<(HeaderName, HeaderValue)>),
    Never,
}

pub fn with(status: u16) -> Answers {
    Answers::With(status, None)
}

/// What a push service was sent.
#[derive(Clone)]
pub struct Pushed {
    pub at: Instant,
    pub method: Method,
    pub path: String,
    pub headers: HeaderMap,
    pub body: Vec<u8>,
}

#[derive(Default)]
struct Book {
    pushed: Vec<Pushed>,
    /// What it answers next, by path; 201 where nothing is said.
    answers: HashMap<String, VecDeque<Answers>>,
}

pub struct Service {
    pub origin: String,
    book: Arc<Mutex<Book>>,
}

impl Service {
    pub async fn start() -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let origin = format!("http://{}", listener.local_addr().unwrap());
        let book = Arc::new(Mutex::new(Book::default()));
        let routes = Router::new().fallback(Self::take).with_state(book.clone());
        tokio::spawn(async { axum::serve(listener, routes).await });
        Self { origin, book }
    }

    async fn take(State(book): State<Arc<Mutex<Book>>>, request: Request) -> Response {
        let (head, body) = request.into_parts();
        let path = head.uri.path().to_owned();
        let pushed = Pushed {
            at: Instant::now(),
            method: head.method,
            path: path.clone(),
            headers: head.headers,
            body: to_bytes(body, 1 << 20).await.unwrap().to_vec(),
        };
        let answers = {
            let mut book = book.lock().unwrap();
            book.pushed.push(pushed);
            let answers = book.answers.get_mut(&path);
            answers.and_then(VecDeque::pop_front).unwrap_or(with(201))
        };
        match answers {
            Answers::With(status, header) => {
                let mut response = StatusCode::from_u16(status).unwrap().into_response();
                response.headers_mut().extend(header);
                response
            }
            Answers::Never => std::future::pending().await,
        }
    }

    pub fn answers(&self, path: &str, answers: impl IntoIterator<Item = Answers>) {
        let answers = answers.into_iter().collect();
        let mut book = self.book.lock().unwrap();
        book.answers.insert(path.into(), answers);
    }

    pub fn pushed(&self, path: &str) -> Vec<Pushed> {
        let book = self.book.lock().unwrap();
        let pushed = book.pushed.iter().filter(|p| p.path == path);
        pushed.cloned().collect()
    }

    /// Waits until this many pushes came to `path`.
    pub async fn wait_for(&self, path: &str, count: usize) -> Vec<Pushed> {
        let pushed = || async { self.pushed(path).len() >= count };
        until(&format!("{count} pushes to {path}"), pushed).await;
        self.pushed(path)
    }

    /// A relay that pushes here.
    pub async fn relay(&self, journal: Arc<dyn Journal>) -> Relay {
        Relay::started(journal, self.options()).await
    }

    fn options(&self) -> Options {
        Options {
            push: PushOptions {
                hosts: Hosts::parse(std::slice::from_ref(&self.origin)).unwrap(),
                contact: None,
            },
            ..options()
        }
    }

    pub async fn subscribe(&self, phone: &Phone, path: &str) -> PushStatus {
        let endpoint = format!("{}{path}", self.origin);
        read(put(phone, &endpoint).await).await
    }
}

pub async fn until<F: Future<Output = bool>>(what: &str, is_so: impl Fn() -> F) {
    let patience = Instant::now() + Duration::from_secs(20);
    while !is_so().await {
        assert!(Instant::now() < patience, "{what}: it does not happen");
        tokio::time::sleep(Duration::from_millis(10)).await;
    }
}
