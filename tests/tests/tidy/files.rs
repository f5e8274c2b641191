//! What every file must (not) have.

use crate::tree::{Exceptions, Tree};
use std::{collections::BTreeSet, path::Path};

/// What lies at the top, beside dotfiles.
const TOP: &[&str] = &[
    "ARCHITECTURE.md",
    "Cargo.lock",
    "Cargo.toml",
    "README.md",
    // Where people who find a hole look first.
    "SECURITY.md",
    "assets",
    "fastlane",
    "mobile",
    "server",
    "shared",
    "tests",
    "xtask",
];

/// Lines of a source at most.
const LINES: usize = 500;

/// Sources that are longer, and why.
const LONGER: &[(&str, &str, &str)] = &[];

/// Marks of what is not done, or not run.
const UNFINISHED: &[&str] = &[
    "todo!(",
    "unimplemented!(",
    "#[ignore",
    "dbg!(",
    "FIXME",
    "test.skip(",
    "test.only(",
    "test.todo(",
    "it.skip(",
    "it.only(",
    "describe.skip(",
    "describe.only(",
    "skip: true",
];

/// Where people and build machines keep their own things.
const MACHINES: &[&str] = &[
    "/home/",
    "/Users/",
    "/root/",
    "/workspace/",
    "/builds/",
    "/tmp/",
    "C:\\",
];

/// The rules themselves name what they forbid.
const RULES: &str = "tests/tests/tidy/";

/// The top level is exactly that of the plan.
pub fn top_level(tree: &Tree) -> Vec<String> {
    let top = |path: &str| path.split('/').next().unwrap_or_default().to_owned();
    let there: BTreeSet<_> = tree
        .paths()
        .map(top)
        .filter(|name| !name.starts_with('.'))
        .collect();
    let plan: BTreeSet<_> = TOP.iter().map(|name| (*name).to_owned()).collect();
    let strange = there
        .difference(&plan)
        .map(|name| format!("{name} is not in the plan"));
    let missing = plan
        .difference(&there)
        .map(|name| format!("{name} is missing"));
    strange.chain(missing).collect()
}

/// One idea a file.
pub fn small(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    let mut exceptions = Exceptions::new(LONGER);
    for (path, text) in sources(tree) {
        let lines = text.lines().count();
        if lines > LINES && !exceptions.has(path, "long") {
            wrong.push(format!("{path} has {lines} lines"));
        }
    }
    wrong.extend(exceptions.stale());
    wrong
}

/// No stub is called done, and no test is skipped and reads as green.
pub fn finished(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in sources(tree) {
        let marks = UNFINISHED.iter().filter(|mark| text.contains(**mark));
        wrong.extend(marks.map(|mark| format!("{path} has {mark}")));
    }
    wrong
}

/// What is checked out anywhere works there.
pub fn no_machine(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (path, text) in tree.files().filter(|(path, _)| !path.starts_with(RULES)) {
        for place in MACHINES {
            // `a/home/b` is a path within something.
            let begins = |(at, _): &(usize, &str)| {
                let before = text[..*at].chars().next_back();
                !before.is_some_and(|c| c.is_alphanumeric() || "_-.~}/".contains(c))
            };
            if text.match_indices(place).any(|found| begins(&found)) {
                wrong.push(format!("{path} names {place}"));
            }
        }
    }
    wrong
}

fn sources(tree: &Tree) -> impl Iterator<Item = (&str, &str)> {
    let is_source = |path: &str| {
        let extension = Path::new(path).extension().and_then(|e| e.to_str());
        matches!(extension, Some("rs" | "mjs" | "js" | "css"))
    };
    tree.files()
        .filter(move |(path, _)| is_source(path) && !path.starts_with(RULES))
}
