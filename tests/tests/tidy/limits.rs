//! Every limit is reached by a test.

use crate::tree::{Exceptions, Tree};

const LIMITS: &str = "shared/src/limits.rs";

/// Limits that no test names, and why that is so for now.
const UNTESTED: &[(&str, &str, &str)] = &[
    (
        LIMITS,
        "REPLY_BYTES",
        "paging is tested with the limits that requests ask for, not with the relay's own",
    ),
    (
        LIMITS,
        "DECISIONS_PER_TURN",
        "no turn comes near it; what is left is decided in the next",
    ),
];

/// The name of each limit stands in a test.
pub fn tested(tree: &Tree) -> Vec<String> {
    let tests: Vec<&str> = tree
        .sources("")
        .filter_map(|(path, text)| test_part(path, text))
        .collect();
    let mut wrong = Vec::new();
    let mut exceptions = Exceptions::new(UNTESTED);
    let names = tree
        .text(LIMITS)
        .lines()
        .filter_map(|line| line.strip_prefix("pub const ")?.split(':').next());
    for name in names {
        let is_tested = tests.iter().any(|test| names_it(test, name));
        if !is_tested && !exceptions.has(LIMITS, name) {
            wrong.push(format!("no test names limits::{name}"));
        }
    }
    wrong.extend(exceptions.stale());
    wrong
}

/// What of a source is test.
fn test_part<'a>(path: &str, text: &'a str) -> Option<&'a str> {
    let in_tests = path
        .split('/')
        .any(|part| part == "tests" || part == "tests.rs");
    let whole = in_tests && !path.starts_with("tests/tests/tidy/");
    let begins = || text.find("#[cfg(test)]\nmod ");
    if whole {
        Some(text)
    } else {
        begins().map(|at| &text[at..])
    }
}

fn names_it(test: &str, name: &str) -> bool {
    let full = format!("limits::{name}");
    test.match_indices(&full).any(|(at, _)| {
        let after = test[at + full.len()..].chars().next();
        !after.is_some_and(|c| c.is_alphanumeric() || c == '_')
    })
}
