//! Which file gets which name.
//!
//! A file whose name holds a digest of what is in it never changes, so browsers keep it for ever and never ask again.
//! Every file gets such a name, but those that the browser must find by a fixed one ([`FIXED`]). Files name one
//! another by absolute path (`/fonts/text.woff2`); when a file gets its lasting name, those that name it follow.
//! It is pure: files in, files out.

use std::collections::BTreeMap;
use std::fmt::Write as _;

use anyhow::{Context, Result, ensure};
use sha2::{Digest, Sha256};

/// Files by path, without a leading slash.
pub(super) type Files = BTreeMap<String, Vec<u8>>;

/// Pages that keep their names: browsers, crawlers and installed apps know them by these.
const FIXED: [&str; 4] = [
    "index.html",
    "manifest.webmanifest",
    "robots.txt",
    SERVICE_WORKER,
];
const SERVICE_WORKER: &str = "sw.js";

/// What an installed app can do without when it is offline.
const NOT_IN_SHELL: [&str; 3] = ["index.html", "robots.txt", SERVICE_WORKER];

/// Short names for pages to use, and the files they stand for.
const PLACEHOLDERS: [(&str, &str); 4] = [
    ("{{css}}", "/app.css"),
    ("{{js}}", "/start.js"),
    ("{{app}}", "/kith.js"),
    ("{{wasm}}", "/kith_bg.wasm"),
];

/// Starts the app.
const START: &str = include_str!("start.js");

/// The stylesheets as one, in the order of their names. They stand in a folder and name files outside of it as
/// `../fonts/text.woff2`; the one sheet stands at the top.
pub(super) fn join_css(sheets: &Files) -> Result<Vec<u8>> {
    let mut joined = String::new();
    for (name, bytes) in sheets {
        let sheet = str::from_utf8(bytes).with_context(|| format!("assets/css/{name}"))?;
        for line in without_comments(&sheet.replace("../", "/")).lines() {
            let line = line.trim();
            if !line.is_empty() {
                joined += line;
                joined += "\n";
            }
        }
    }
    Ok(joined.into_bytes())
}

/// A style sheet without what is written for its readers. What looks like a comment in a quoted text is none.
fn without_comments(sheet: &str) -> String {
    let mut kept = String::with_capacity(sheet.len());
    let mut rest = sheet;
    while let Some(at) = rest.find(['"', '\'', '/']) {
        let (before, found) = rest.split_at(at);
        kept += before;
        let length = if let Some(comment) = found.strip_prefix("/*") {
            rest = comment.split_once("*/").map_or("", |(_, after)| after);
            continue;
        } else if found.starts_with('/') {
            1
        } else {
            quoted(found)
        };
        let (part, after) = found.split_at(length);
        kept += part;
        rest = after;
    }
    kept + rest
}

/// How long the quoted text is that stands here, quotation marks included.
fn quoted(text: &str) -> usize {
    let mark = &text[..1];
    let mut escaped = false;
    let end = text[1..].find(|c: char| {
        let ends = !escaped && mark.starts_with(c);
        escaped = !escaped && c == '\\';
        ends
    });
    end.map_or(text.len(), |end| end + 2)
}

/// Gives every file its lasting name and makes all others follow.
pub(super) fn assemble(mut files: Files) -> Result<Files> {
    files
        .entry("start.js".into())
        .or_insert_with(|| START.into());
    for needed in ["index.html", SERVICE_WORKER] {
        ensure!(
            files.contains_key(needed),
            "assets/public/{needed} is missing"
        );
    }
    // A file is named after what is in it, so the files that it names get their names first.
    let mut order: Vec<_> = files.into_iter().collect();
    order.sort_by_key(|(path, _)| rank(path));

    let mut names = BTreeMap::new();
    let mut site = Files::new();
    for (path, bytes) in order {
        let bytes = match text_of(&path, bytes) {
            Ok(text) if path == SERVICE_WORKER => fill_worker(&follow(&text, &names), &site)?,
            Ok(text) => {
                let text = follow(&text, &names);
                ensure!(
                    path != "index.html" || !text.contains("{{"),
                    "assets/public/index.html holds a placeholder that is none of {PLACEHOLDERS:?}"
                );
                text.into_bytes()
            }
            Err(bytes) => bytes,
        };
        let name = if FIXED.contains(&path.as_str()) {
            path.clone()
        } else {
            lasting_name(&path, &bytes)
        };
        names.insert(path, name.clone());
        site.insert(name, bytes);
    }
    Ok(site)
}

/// Sixteen hexadecimal digits that stand for these bytes.
pub(super) fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes)
        .iter()
        .take(8)
        .fold(String::new(), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

/// `fonts/text.woff2` becomes `fonts/text.0123456789abcdef.woff2`.
fn lasting_name(path: &str, bytes: &[u8]) -> String {
    let digest = digest(bytes);
    let (folder, file) = path
        .rsplit_once('/')
        .map_or(("", path), |(folder, file)| (folder, file));
    let file = match file.rsplit_once('.') {
        Some((stem, extension)) => format!("{stem}.{digest}.{extension}"),
        None => format!("{file}.{digest}"),
    };
    if folder.is_empty() {
        file
    } else {
        format!("{folder}/{file}")
    }
}

/// Files that are named by others have a lower rank than those others.
fn rank(path: &str) -> u8 {
    match path {
        SERVICE_WORKER => 6,
        path if FIXED.contains(&path) => 5,
        "start.js" => 4,
        "kith.js" => 3,
        path if path.starts_with("snippets/") => 1,
        path if has_extension(path, &["css", "js"]) => 2,
        _ => 0,
    }
}

/// The text of a file that may name others; or its bytes back.
fn text_of(path: &str, bytes: Vec<u8>) -> Result<String, Vec<u8>> {
    if has_extension(path, &["css", "html", "js", "webmanifest"]) {
        String::from_utf8(bytes).map_err(std::string::FromUtf8Error::into_bytes)
    } else {
        Err(bytes)
    }
}

fn has_extension(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, is)| extensions.contains(&is))
}

/// Replaces the paths of files by their lasting names.
fn follow(text: &str, names: &BTreeMap<String, String>) -> String {
    let mut text = text.to_owned();
    for (short, path) in PLACEHOLDERS {
        text = text.replace(short, path);
    }
    for (path, name) in names {
        text = replace_path(&text, path, name);
    }
    text
}

/// Replaces a path where it stands as a whole: quoted or in parentheses, absolute (`/a`) or from here (`./a`).
fn replace_path(text: &str, path: &str, name: &str) -> String {
    let mut replaced = String::with_capacity(text.len());
    let mut rest = text;
    while let Some(at) = rest.find(path) {
        let (before, from) = rest.split_at(at);
        let after = &from[path.len()..];
        let opens = ["\"/", "'/", "(/", "\"./", "'./", "(./"]
            .iter()
            .any(|start| before.ends_with(start));
        let closes = after.starts_with(['"', '\'', ')', '#', '?']);
        replaced.push_str(before);
        replaced.push_str(if opens && closes { name } else { path });
        rest = after;
    }
    replaced + rest
}

/// Writes into the service worker what it keeps for offline use, and a version that is new when anything is.
fn fill_worker(worker: &str, site: &Files) -> Result<Vec<u8>> {
    for mark in ["__VERSION__", "__SHELL__"] {
        ensure!(
            worker.contains(mark),
            "assets/public/{SERVICE_WORKER} does not say {mark}"
        );
    }
    let mut shell = vec!["/".to_owned()];
    shell.extend(
        site.keys()
            .filter(|path| !NOT_IN_SHELL.contains(&path.as_str()))
            .map(|path| format!("/{path}")),
    );
    let mut all = worker.to_owned();
    for (path, bytes) in site {
        let _ = writeln!(all, "{path} {}", digest(bytes));
    }
    let shell = format!("{shell:#?}");
    let filled = worker
        .replace("__VERSION__", &digest(all.as_bytes()))
        .replace("__SHELL__", &shell);
    Ok(filled.into_bytes())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn small_site() -> Files {
        [
            ("index.html", "<link href=\"{{css}}\"><link href=\"{{app}}\"><link href=\"{{wasm}}\"><script type=\"module\" src=\"{{js}}\"></script><link rel=\"icon\" href=\"/icons/k.svg\">"),
            ("sw.js", "const V = \"__VERSION__\"; const S = __SHELL__;"),
            ("manifest.webmanifest", "{\"src\":\"/icons/k.svg\"}"),
            ("robots.txt", "Disallow: /"),
            ("icons/k.svg", "<svg/>"),
            ("app.css", "@font-face{src:url(/fonts/t.woff2)}"),
            ("fonts/t.woff2", "glyphs"),
            ("kith.js", "import { a } from './snippets/d/i.js'; export default a;"),
            ("kith_bg.wasm", "code"),
            ("snippets/d/i.js", "export const a = 1;"),
        ]
        .into_iter()
        .map(|(path, text)| (path.to_owned(), text.into()))
        .collect()
    }

    fn text(site: &Files, path: &str) -> String {
        String::from_utf8(site[path].clone()).unwrap()
    }

    /// The lasting name that a file of the small site got.
    fn find(site: &Files, stem: &str, extension: &str) -> String {
        let named = |path: &&String| path.starts_with(stem) && path.ends_with(extension);
        site.keys().find(named).unwrap().clone()
    }

    #[test]
    fn names_hold_a_digest_of_the_content() {
        assert_eq!(
            lasting_name("fonts/t.woff2", b"abc"),
            "fonts/t.ba7816bf8f01cfea.woff2"
        );
        assert_eq!(lasting_name("LICENSE", b"abc"), "LICENSE.ba7816bf8f01cfea");
        assert_ne!(lasting_name("a.js", b"1"), lasting_name("a.js", b"2"));
    }

    #[test]
    fn sheets_are_joined_in_order_and_name_files_from_the_top() {
        let sheets = [
            ("20-b.css", "b{}"),
            ("10-a.css", "a{src:url(\"../fonts/t.woff2\")}"),
        ]
        .map(|(name, text)| (name.to_owned(), text.into()));
        let joined = join_css(&sheets.into()).unwrap();
        assert_eq!(joined, b"a{src:url(\"/fonts/t.woff2\")}\nb{}\n");
    }

    #[test]
    fn comments_in_sheets_are_left_out_and_quoted_texts_are_kept() {
        let sheet = "/* Why. */\na { /* it's */\n  b: \"/* \\\" */\" '*/';\n\n  c: url(/d) }\n/* e";
        let kept = "a {\nb: \"/* \\\" */\" '*/';\nc: url(/d) }\n";
        let joined = join_css(&[("a.css".to_owned(), sheet.into())].into()).unwrap();
        assert_eq!(String::from_utf8(joined).unwrap(), kept);
    }

    #[test]
    fn paths_are_replaced_only_where_they_stand_whole() {
        let replace = |text| replace_path(text, "icons/a.png", "icons/a.1.png");
        assert_eq!(replace("url(/icons/a.png)"), "url(/icons/a.1.png)");
        assert_eq!(replace("'./icons/a.png'"), "'./icons/a.1.png'");
        assert_eq!(replace("\"/icons/a.png#b\""), "\"/icons/a.1.png#b\"");
        for other in [
            "\"/big/icons/a.png\"",
            "\"/icons/a.pngx\"",
            "see icons/a.png here",
        ] {
            assert_eq!(replace(other), other);
        }
    }

    #[test]
    fn every_file_is_named_after_its_content_but_the_fixed_ones() {
        let site = assemble(small_site()).unwrap();
        for path in site.keys().filter(|path| !FIXED.contains(&path.as_str())) {
            let digest_in_name = path.rsplit('.').nth(1).unwrap();
            assert_eq!(digest_in_name, digest(&site[path]), "{path}");
        }
        assert!(FIXED.iter().all(|fixed| site.contains_key(*fixed)));
    }

    #[test]
    fn files_follow_the_names_of_those_they_name() {
        let site = assemble(small_site()).unwrap();
        let font = find(&site, "fonts/", ".woff2");
        assert!(text(&site, &find(&site, "app.", ".css")).contains(&format!("url(/{font})")));
        let snippet = find(&site, "snippets/", ".js");
        assert!(text(&site, &find(&site, "kith.", ".js")).contains(&format!("'./{snippet}'")));
        let start = text(&site, &find(&site, "start.", ".js"));
        for named in [
            find(&site, "kith.", ".js"),
            find(&site, "kith_bg.", ".wasm"),
        ] {
            assert!(start.contains(&format!("\"/{named}\"")), "{start}");
        }
        let icon = format!("\"/{}\"", find(&site, "icons/", ".svg"));
        assert!(text(&site, "manifest.webmanifest").contains(&icon));
        let page = text(&site, "index.html");
        assert!(page.contains(&icon) && !page.contains("{{"), "{page}");
    }

    #[test]
    fn the_service_worker_keeps_all_that_is_needed_offline() {
        let site = assemble(small_site()).unwrap();
        let worker = text(&site, "sw.js");
        assert!(worker.contains("\"/\","));
        for path in site.keys() {
            let kept = worker.contains(&format!("\"/{path}\""));
            assert_eq!(kept, !NOT_IN_SHELL.contains(&path.as_str()), "{path}");
        }
    }

    #[test]
    fn a_change_anywhere_is_a_new_version() {
        let before = text(&assemble(small_site()).unwrap(), "sw.js");
        for path in small_site().keys() {
            let mut changed = small_site();
            changed.get_mut(path).unwrap().push(b' ');
            let after = text(&assemble(changed).unwrap(), "sw.js");
            assert_ne!(before.trim(), after.trim(), "{path}");
        }
        assert_eq!(before, text(&assemble(small_site()).unwrap(), "sw.js"));
    }

    #[test]
    fn a_placeholder_that_nobody_fills_is_refused() {
        let mut files = small_site();
        files.get_mut("index.html").unwrap().extend(b"{{style}}");
        let error = assemble(files).unwrap_err().to_string();
        assert!(error.contains("placeholder"), "{error}");
    }

    #[test]
    fn a_service_worker_without_its_marks_is_refused() {
        for mark in ["__VERSION__", "__SHELL__"] {
            let mut files = small_site();
            let worker = text(&files, "sw.js").replace(mark, "");
            files.insert("sw.js".into(), worker.into());
            let error = assemble(files).unwrap_err().to_string();
            assert!(error.contains(mark), "{error}");
        }
    }
}
