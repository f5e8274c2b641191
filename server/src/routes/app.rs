//! The web app's files, as they lie in their folder.
//!
//! Files that have a digest in their names never change and are kept for ever; the few others are
//! asked for again each time, and not sent when they are the same. Addresses that name no file are
//! pages of the app, which finds its way itself.

use super::App;
use crate::problem::Problem;
use axum::{
    extract::State,
    http::{HeaderMap, HeaderValue, Method, StatusCode, Uri, header},
    response::{IntoResponse, Response},
};
use kith_shared::api::ProblemCode;
use sha2::{Digest as _, Sha256};
use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

const INDEX: &str = "index.html";
/// Compressed forms that may lie beside a file, the smallest first.
const CODINGS: [(&str, &str); 2] = [("br", "br"), ("gzip", "gz")];

pub(super) async fn file(
    State(app): State<Arc<App>>,
    method: Method,
    uri: Uri,
    headers: HeaderMap,
) -> Result<Response, Problem> {
    let web = app.web.as_deref().ok_or_else(not_found)?;
    if method != Method::GET && method != Method::HEAD {
        return Err(not_found());
    }
    let name = name(uri.path()).ok_or_else(not_found)?;
    let (bytes, coding) = read(web, &name, &headers).await.ok_or_else(not_found)?;
    let mut response = HeaderMap::new();
    let text = HeaderValue::from_static;
    response.insert(header::CONTENT_TYPE, text(content_type(&name)));
    response.insert(header::VARY, text("accept-encoding"));
    if let Some(coding) = coding {
        response.insert(header::CONTENT_ENCODING, text(coding));
    }
    if is_lasting(&name) {
        let for_ever = text("public, max-age=31536000, immutable");
        response.insert(header::CACHE_CONTROL, for_ever);
        return Ok((response, bytes).into_response());
    }
    response.insert(header::CACHE_CONTROL, text("no-cache"));
    let tag = format!(
        "\"{}\"",
        kith_shared::bytes::to_base64(&Sha256::digest(&bytes)[..12])
    );
    let same = is_known(&headers, &tag);
    if let Ok(tag) = HeaderValue::from_str(&tag) {
        response.insert(header::ETAG, tag);
    }
    if same {
        return Ok((StatusCode::NOT_MODIFIED, response).into_response());
    }
    Ok((response, bytes).into_response())
}

/// Whether who asks has what is tagged so already.
pub(super) fn is_known(headers: &HeaderMap, tag: &str) -> bool {
    let tags = headers.get(header::IF_NONE_MATCH);
    let tags = tags.and_then(|v| v.to_str().ok()).unwrap_or_default();
    let mut tags = tags.split(',').map(str::trim);
    tags.any(|known| known.trim_start_matches("W/") == tag)
}

fn not_found() -> Problem {
    Problem::new(ProblemCode::NotFound, "Check the address.")
}

/// The file that an address names: itself, or the app's page for an address that names none.
/// `None` for what no file of the app is called, so that no address leads out of its folder.
fn name(path: &str) -> Option<String> {
    let path = path.strip_prefix('/')?;
    let part = |part: &str| {
        let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b'_');
        !part.is_empty() && !part.starts_with('.') && part.bytes().all(plain)
    };
    let last = path.rsplit('/').next().unwrap_or_default();
    if !last.contains('.') {
        return Some(INDEX.to_owned());
    }
    path.split('/').all(part).then(|| path.to_owned())
}

/// The file's bytes, in the smallest form that is there and accepted.
async fn read(
    web: &Path,
    name: &str,
    headers: &HeaderMap,
) -> Option<(Vec<u8>, Option<&'static str>)> {
    for (coding, extension) in CODINGS {
        if accepted(headers).any(|c| c == coding) {
            let path = PathBuf::from(format!("{}.{extension}", web.join(name).display()));
            if let Ok(bytes) = tokio::fs::read(path).await {
                return Some((bytes, Some(coding)));
            }
        }
    }
    let bytes = tokio::fs::read(web.join(name)).await.ok()?;
    Some((bytes, None))
}

/// The content codings that a client accepts.
pub(super) fn accepted(headers: &HeaderMap) -> impl Iterator<Item = &str> {
    let values = headers.get_all(header::ACCEPT_ENCODING).into_iter();
    let codings = values
        .filter_map(|v| v.to_str().ok())
        .flat_map(|v| v.split(','));
    codings.filter_map(|coding| {
        let mut parts = coding.split(';').map(str::trim);
        let name = parts.next()?;
        let refused =
            parts.any(|p| matches!(p.strip_prefix("q="), Some("0" | "0.0" | "0.00" | "0.000")));
        (!refused).then_some(name)
    })
}

/// Whether the name holds a digest: `kith.0123456789abcdef.js`.
fn is_lasting(name: &str) -> bool {
    let parts: Vec<&str> = name
        .rsplit('/')
        .next()
        .unwrap_or_default()
        .split('.')
        .collect();
    parts.len() >= 3
        && parts[1..].iter().any(|part| {
            part.len() == 16
                && part
                    .bytes()
                    .all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
        })
}

fn content_type(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" | "mjs" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "wasm" => "application/wasm",
        "json" | "map" => "application/json",
        "webmanifest" => "application/manifest+json",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "webp" => "image/webp",
        "woff2" => "font/woff2",
        "txt" | "ftl" => "text/plain; charset=utf-8",
        _ => "application/octet-stream",
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_address_leads_out_of_the_folder() {
        for path in [
            "/../secret.txt",
            "/a/../../b.txt",
            "/.git/config.x",
            "/%2e%2e/x.txt",
            "//etc/passwd.txt",
            "/a\\b.txt",
            "/x/.env",
        ] {
            assert_eq!(name(path), None, "{path}");
        }
        assert_eq!(
            name("/fonts/text.woff2").as_deref(),
            Some("fonts/text.woff2")
        );
        for page in ["/", "/join", "/rota/2026-11", "/.."] {
            assert!(
                matches!(name(page).as_deref(), None | Some(INDEX)),
                "{page}"
            );
        }
        assert_eq!(name("/join").as_deref(), Some(INDEX));
    }

    #[test]
    fn only_names_with_a_digest_last() {
        assert!(is_lasting("kith_bg.0123456789abcdef.wasm"));
        assert!(is_lasting("fonts/text.0123456789abcdef.woff2"));
        for name in [
            "index.html",
            "sw.js",
            "manifest.webmanifest",
            "a.b.c",
            "0123456789abcdef.js",
        ] {
            assert!(!is_lasting(name), "{name}");
        }
    }
}
