use crate::harness::{Relay, options, problem};
use kith_relay::{journal::MemoryJournal, server::Options};
use kith_shared::api::{ProblemCode, path};
use reqwest::Response;
use std::{fs, sync::Arc};

async fn site() -> (Relay, tempfile::TempDir) {
    let web = tempfile::tempdir().unwrap();
    let put = |name: &str, text: &str| fs::write(web.path().join(name), text).unwrap();
    put("index.html", "<p>Kith</p>");
    put("index.html.br", "brotli");
    put("index.html.gz", "gzip");
    put("sw.js", "worker");
    put("app.0123456789abcdef.css", "css");
    fs::write(
        web.path().parent().unwrap().join("kith-secret.txt"),
        "secret",
    )
    .unwrap();
    let relay = Relay::with(Arc::new(MemoryJournal::default()), Some(web.path())).await;
    (relay, web)
}

async fn get(relay: &Relay, path: &str, headers: &[(&str, &str)]) -> Response {
    let mut get = relay.client.get(relay.url(path));
    for (name, value) in headers {
        get = get.header(*name, *value);
    }
    get.send().await.unwrap()
}

#[tokio::test]
async fn hashed_files_last_and_the_others_are_asked_for_again() {
    let (relay, web) = site().await;
    let css = get(&relay, "/app.0123456789abcdef.css", &[]).await;
    assert_eq!(
        css.headers()["cache-control"],
        "public, max-age=31536000, immutable"
    );
    assert_eq!(css.headers()["content-type"], "text/css; charset=utf-8");
    for name in ["/", "/index.html", "/sw.js", "/join", "/rota/2026-11"] {
        let page = get(&relay, name, &[]).await;
        assert_eq!(page.status(), 200, "{name}");
        assert_eq!(page.headers()["cache-control"], "no-cache", "{name}");
        let tag = page.headers()["etag"].to_str().unwrap().to_owned();
        let same = get(&relay, name, &[("if-none-match", &tag)]).await;
        assert_eq!(same.status(), 304, "{name}");
        assert!(same.bytes().await.unwrap().is_empty());
    }
    // Deployed anew, the same address says something new at once.
    let tag = get(&relay, "/", &[]).await.headers()["etag"]
        .to_str()
        .unwrap()
        .to_owned();
    fs::write(web.path().join("index.html"), "<p>Newer</p>").unwrap();
    let page = get(&relay, "/", &[("if-none-match", &tag)]).await;
    assert_eq!(
        (page.status().as_u16(), page.text().await.unwrap().as_str()),
        (200, "<p>Newer</p>")
    );
}

#[tokio::test]
async fn the_smallest_form_that_is_accepted_is_sent() {
    let (relay, _web) = site().await;
    for (accepts, coding, body) in [
        ("gzip, deflate, br", Some("br"), "brotli"),
        ("gzip", Some("gzip"), "gzip"),
        ("br;q=0, gzip", Some("gzip"), "gzip"),
        ("identity", None, "<p>Kith</p>"),
    ] {
        let page = get(&relay, "/", &[("accept-encoding", accepts)]).await;
        let said = page
            .headers()
            .get("content-encoding")
            .map(|v| v.to_str().unwrap().to_owned());
        assert_eq!(said.as_deref(), coding, "{accepts}");
        assert_eq!(page.headers()["vary"], "accept-encoding");
        assert_eq!(page.headers()["content-type"], "text/html; charset=utf-8");
        assert_eq!(page.text().await.unwrap(), body, "{accepts}");
    }
}

#[tokio::test]
async fn every_reply_keeps_the_browser_strict() {
    let (relay, _web) = site().await;
    for path in ["/", "/app.0123456789abcdef.css", "/missing.js"] {
        let reply = get(&relay, path, &[]).await;
        let policy = reply.headers()["content-security-policy"].to_str().unwrap();
        assert!(
            policy.starts_with("default-src 'none'; script-src 'self' 'wasm-unsafe-eval';"),
            "{path}"
        );
        assert!(!policy.contains("unsafe-inline"));
        for (name, value) in [
            ("referrer-policy", "no-referrer"),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-opener-policy", "same-origin"),
            ("cross-origin-resource-policy", "same-origin"),
            ("strict-transport-security", "max-age=63072000"),
        ] {
            assert_eq!(reply.headers()[name], value, "{path}");
        }
        assert!(
            reply.headers()["permissions-policy"]
                .to_str()
                .unwrap()
                .starts_with("geolocation=(self)")
        );
        assert!(reply.headers().get("access-control-allow-origin").is_none());
    }
    // What is nothing to show says so, in few bytes.
    for path in [path::HEALTH, path::SYNC, path::METRICS] {
        let reply = get(&relay, path, &[]).await;
        for (name, value) in [
            (
                "content-security-policy",
                "default-src 'none'; frame-ancestors 'none'",
            ),
            ("x-content-type-options", "nosniff"),
            ("cross-origin-resource-policy", "same-origin"),
        ] {
            assert_eq!(reply.headers()[name], value, "{path}");
        }
        assert!(reply.headers().get("access-control-allow-origin").is_none());
    }
}

/// A demo on `localhost` promises no HTTPS to the browser.
#[tokio::test]
async fn only_who_is_reached_over_https_promises_it() {
    let (_, web) = site().await;
    let options = Options {
        public_url: None,
        web: Some(web.path().to_owned()),
        ..options()
    };
    let relay = Relay::started(Arc::new(MemoryJournal::default()), options).await;
    let page = get(&relay, "/", &[]).await;
    assert_eq!(page.status(), 200);
    assert!(!page.headers().contains_key("strict-transport-security"));
}

#[tokio::test]
async fn nothing_that_went_wrong_is_kept() {
    let (relay, _web) = site().await;
    for path in ["/missing.js", path::SYNC, path::TEAMS, path::EVENTS] {
        let reply = get(&relay, path, &[]).await;
        assert!(reply.status().is_client_error(), "{path}");
        assert_eq!(reply.headers()["cache-control"], "no-store", "{path}");
    }
}

#[tokio::test]
async fn what_is_not_there_is_a_problem_of_its_own() {
    let (relay, _web) = site().await;
    for path in [
        "/missing.js",
        "/%2e%2e/kith-secret.txt",
        "/..%2fkith-secret.txt",
        "/v1/nothing.here",
    ] {
        assert_eq!(
            problem(get(&relay, path, &[]).await).await,
            ProblemCode::NotFound,
            "{path}"
        );
    }
    assert_eq!(
        problem(get(&relay, path::JOIN, &[]).await).await,
        ProblemCode::NotFound
    );
    let post = relay
        .client
        .post(relay.url("/elsewhere"))
        .send()
        .await
        .unwrap();
    assert_eq!(problem(post).await, ProblemCode::NotFound);
    let bare = Relay::start().await;
    assert_eq!(
        problem(get(&bare, "/", &[]).await).await,
        ProblemCode::NotFound
    );
}

#[tokio::test]
async fn counts_tell_of_no_person() {
    let (relay, _web) = site().await;
    let (_, gwen, mut nia) = relay.team().await;
    nia.clock_in(gwen);
    nia.sync().await;
    let text = get(&relay, path::METRICS, &[]).await.text().await.unwrap();
    for line in [
        "kith_changes_total{outcome=\"accepted\"} 1",
        "kith_requests_total{route=\"/v1/sync\",status=\"200\"} 1",
        "kith_append_seconds_count",
        "kith_journal_entries_total",
        "kith_listeners 0",
    ] {
        assert!(text.contains(line), "{line} is missing in\n{text}");
    }
    for secret in [
        "Nia",
        "Gwen",
        &gwen.to_string(),
        &nia.me().member.to_string(),
    ] {
        assert!(!text.contains(secret));
    }
}
