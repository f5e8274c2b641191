//! Who imports whom within a package, read from the paths in its sources.

use crate::tree::{Exceptions, Tree};

/// The modules of a package, and those of its modules that each may import.
struct Package {
    src: &'static str,
    modules: &'static [(&'static str, &'static [&'static str])],
    /// How the file's path begins, module, why.
    exceptions: &'static [(&'static str, &'static str, &'static str)],
}

const PACKAGES: &[Package] = &[
    Package {
        src: "mobile/src/",
        modules: &[
            ("platform", &[]),
            ("engine", &["platform"]),
            ("view", &["engine"]),
            ("i18n", &[]),
            ("page", &[]),
            ("state", &["engine", "i18n", "page", "platform", "view"]),
            ("words", &["state"]),
            (
                "components",
                &[
                    "engine", "i18n", "page", "platform", "route", "state", "view",
                ],
            ),
            (
                "screens",
                &[
                    "components",
                    "engine",
                    "i18n",
                    "page",
                    "platform",
                    "route",
                    "state",
                    "view",
                ],
            ),
            ("route", &["screens"]),
            ("main", &[]),
        ],
        exceptions: &[
            (
                "mobile/src/platform/http.rs",
                "engine",
                "it signs and authorises as `Me`",
            ),
            (
                "mobile/src/state/start",
                "screens",
                "it mounts the root of the app",
            ),
            (
                "mobile/src/components/status.rs",
                "screens",
                "the status line opens its sheet",
            ),
            (
                "mobile/src/components/story.rs",
                "screens",
                "a note is shown with the signs of its form",
            ),
        ],
    },
    Package {
        src: "server/src/",
        modules: &[
            ("step", &[]),
            ("vault", &[]),
            ("journal", &["step", "vault", "vet"]),
            ("backup", &["journal", "step", "vault"]),
            ("retention", &[]),
            ("vet", &[]),
            ("problem", &[]),
            ("metrics", &[]),
            ("calendar", &[]),
            ("config", &["push", "routes", "server", "vault"]),
            (
                "relay",
                &[
                    "calendar",
                    "journal",
                    "metrics",
                    "problem",
                    "retention",
                    "vet",
                ],
            ),
            ("export", &["journal", "relay"]),
            ("auth", &["problem", "relay", "vault"]),
            ("push", &["auth", "metrics", "relay"]),
            (
                "routes",
                &[
                    "auth", "backup", "calendar", "metrics", "problem", "push", "relay",
                ],
            ),
            (
                "server",
                &["auth", "journal", "metrics", "push", "relay", "routes"],
            ),
            (
                "cli",
                &[
                    "auth",
                    "backup",
                    "config",
                    "export",
                    "journal",
                    "metrics",
                    "relay",
                    "retention",
                    "routes",
                    "server",
                    "vault",
                ],
            ),
            ("main", &[]),
        ],
        exceptions: &[],
    },
];

/// Where nothing is done: no clock is read, no dice are rolled, no byte leaves.
const PURE: &[&str] = &[
    "shared/src/",
    "mobile/src/engine/",
    "mobile/src/view/",
    "server/src/export/",
    "server/src/relay/",
    "server/src/retention/",
    "server/src/vet/",
];

/// The shells around what is pure.
const SHELLS: &[&str] = &[
    // Memory into memory: `std::io` is how the deflate library is spoken to.
    "shared/src/sync/pack/mod.rs",
    "mobile/src/engine/shell.rs",
    "server/src/relay/hub.rs",
    "server/src/relay/team_actor.rs",
    "server/src/relay/team_writer.rs",
    "server/src/relay/teams.rs",
];

/// Paths that begin so do things.
const DOES_THINGS: &[&str] = &[
    "axum",
    "dioxus",
    "fastrand",
    "getrandom",
    "js_sys",
    "reqwest",
    "sled",
    "std::env",
    "std::fs",
    "std::io",
    "std::net",
    "std::process",
    "std::thread",
    "std::time::Instant",
    "std::time::SystemTime",
    "tokio",
    "web_sys",
];

/// Modules import those below them.
pub fn downhill(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for package in PACKAGES {
        let mut exceptions = Exceptions::new(package.exceptions);
        for (path, text) in tree.sources(package.src) {
            let inside = path[package.src.len()..].trim_end_matches(".rs");
            let here: Vec<&str> = inside.split('/').filter(|part| *part != "mod").collect();
            if here == ["lib"] {
                continue;
            }
            let Some((module, may)) = package.modules.iter().find(|(m, _)| *m == here[0]) else {
                wrong.push(format!(
                    "{path}: the module {} has no place in the order",
                    here[0]
                ));
                continue;
            };
            let mut imported: Vec<String> = paths(text, &here);
            imported.retain(|p| p.starts_with("crate::"));
            let mut others: Vec<&str> = imported
                .iter()
                .filter_map(|p| p.split("::").nth(1))
                .collect();
            others.sort_unstable();
            others.dedup();
            for other in others {
                let known = package.modules.iter().any(|(m, _)| *m == other);
                let fine = other == *module || may.contains(&other) || !known;
                if !fine && !exceptions.has(path, other) {
                    wrong.push(format!("{path} imports {other}, which {module} may not"));
                }
            }
        }
        wrong.extend(exceptions.stale());
    }
    wrong
}

/// What decides is told the time and the dice, and returns what is to be done.
pub fn pure(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for folder in PURE {
        for (path, text) in tree.sources(folder) {
            if SHELLS.contains(&path) {
                continue;
            }
            for used in paths(text, &[]) {
                let does = |what: &&&str| used == **what || used.starts_with(&format!("{what}::"));
                if let Some(what) = DOES_THINGS.iter().find(does) {
                    wrong.push(format!("{path} uses {what}"));
                }
                // The engine sees of the platform what a store is, and no store.
                if path.starts_with("mobile/src/engine/")
                    && used.starts_with("crate::platform")
                    && !used.starts_with("crate::platform::store::")
                {
                    wrong.push(format!("{path} uses {used}"));
                }
            }
        }
    }
    wrong
}

/// All paths with `::` in a source, the braces of `use` written out. `super` is resolved from
/// `here`, the file's module; where that is empty it stays.
fn paths(source: &str, here: &[&str]) -> Vec<String> {
    let code = without_comments_and_texts(source);
    let mut found = Vec::new();
    let mut rest = code.as_str();
    while let Some(at) = rest.find(|c: char| c.is_alphanumeric() || c == '_') {
        rest = tree_of_paths(&rest[at..], "", &mut found);
    }
    found.retain(|path| path.contains("::"));
    found.iter().map(|path| resolved(path, here)).collect()
}

/// Reads `a::b`, `a::{b, c::d}` from the beginning of `code`; returns what follows.
fn tree_of_paths<'a>(code: &'a str, prefix: &str, found: &mut Vec<String>) -> &'a str {
    let end = code
        .find(|c: char| !(c.is_alphanumeric() || c == '_'))
        .unwrap_or(code.len());
    let path = format!("{prefix}{}", &code[..end]);
    let Some(mut rest) = code[end..].strip_prefix("::") else {
        found.push(path);
        return &code[end..];
    };
    let Some(inside) = rest.strip_prefix('{') else {
        if rest.starts_with(|c: char| c.is_alphanumeric() || c == '_') {
            return tree_of_paths(rest, &format!("{path}::"), found);
        }
        // `*`, or the type arguments of a call.
        found.push(format!("{path}::*"));
        return rest;
    };
    rest = inside;
    loop {
        rest = rest.trim_start_matches(|c: char| c.is_whitespace() || c == ',' || c == '*');
        if let Some(after) = rest.strip_prefix('}') {
            return after;
        }
        if rest.is_empty() {
            return rest;
        }
        let after = tree_of_paths(rest, &format!("{path}::"), found);
        // ` as name`, or something that is not ours to read.
        let next = after.find([',', '}']).unwrap_or(after.len());
        rest = &after[next..];
    }
}

fn resolved(path: &str, here: &[&str]) -> String {
    let supers = path.split("::").take_while(|part| *part == "super").count();
    if supers == 0 || here.is_empty() {
        return path.to_owned();
    }
    let above = &here[..here.len().saturating_sub(supers)];
    let below = path.split("::").skip(supers);
    ["crate"]
        .into_iter()
        .chain(above.iter().copied())
        .chain(below)
        .collect::<Vec<_>>()
        .join("::")
}

/// Line comments and the insides of plain texts are left out: neither imports anything.
fn without_comments_and_texts(source: &str) -> String {
    let mut code = String::with_capacity(source.len());
    for line in source.lines() {
        let mut in_text = false;
        let mut chars = line.chars().peekable();
        while let Some(c) = chars.next() {
            match c {
                '\\' if in_text => drop(chars.next()),
                '"' => in_text = !in_text,
                '/' if !in_text && chars.peek() == Some(&'/') => break,
                c if !in_text => code.push(c),
                _ => {}
            }
        }
        code.push('\n');
    }
    code
}
