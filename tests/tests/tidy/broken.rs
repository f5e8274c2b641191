//! Each rule, broken once: a rule that finds nothing might look nowhere.

use crate::{files, imports, limits, manifests, tree::Tree};

type Rule = fn(&Tree) -> Vec<String>;

/// A rule, a file, what is added to it, and what the rule then says.
const BREACHES: &[(Rule, &str, &str, &str)] = &[
    (
        files::top_level,
        "notes.txt",
        "",
        "notes.txt is not in the plan",
    ),
    (
        manifests::packages,
        "extra/Cargo.toml",
        "",
        "extra is no package of the plan",
    ),
    (
        manifests::packages,
        "server/Cargo.toml",
        "[dependencies]\nkith-app.workspace = true",
        "kith-relay depends on kith-app",
    ),
    (
        manifests::packages,
        "mobile/Cargo.toml",
        "[dev-dependencies]\nkith-relay = { workspace = true }",
        "kith-app depends on kith-relay",
    ),
    (
        manifests::packages,
        "shared/Cargo.toml",
        "[target.'cfg(unix)'.dependencies]\nkith-assets.workspace = true",
        "kith-shared depends on kith-assets",
    ),
    (
        manifests::shared_is_pure,
        "shared/Cargo.toml",
        "[dependencies]\ntokio = \"1\"",
        "kith-shared depends on tokio",
    ),
    (
        imports::downhill,
        "server/src/journal/mod.rs",
        "use crate::relay::Team;",
        "server/src/journal/mod.rs imports relay, which journal may not",
    ),
    (
        imports::downhill,
        "server/src/vet/read.rs",
        "use crate::{journal::{Entry as E}, vet::Past};",
        "server/src/vet/read.rs imports journal, which vet may not",
    ),
    (
        imports::downhill,
        "mobile/src/view/today.rs",
        "use super::super::components::icon;",
        "mobile/src/view/today.rs imports components, which view may not",
    ),
    (
        imports::downhill,
        "mobile/src/engine/sync.rs",
        "fn f() { crate::screens::root::show() }",
        "mobile/src/engine/sync.rs imports screens, which engine may not",
    ),
    (
        imports::downhill,
        "mobile/src/extra.rs",
        "",
        "mobile/src/extra.rs: the module extra has no place in the order",
    ),
    (
        imports::pure,
        "shared/src/time.rs",
        "use std::{fmt, time::SystemTime};",
        "shared/src/time.rs uses std::time::SystemTime",
    ),
    (
        imports::pure,
        "shared/src/policy.rs",
        "use std::{fmt, fs};",
        "shared/src/policy.rs uses std::fs",
    ),
    (
        imports::pure,
        "server/src/relay/fold.rs",
        "use tokio::sync::watch;",
        "server/src/relay/fold.rs uses tokio",
    ),
    (
        imports::pure,
        "mobile/src/engine/phone.rs",
        "fn f() { crate::platform::clock(); }",
        "mobile/src/engine/phone.rs uses crate::platform::clock",
    ),
    (
        files::finished,
        "server/src/main.rs",
        "fn f() { todo!() }",
        "server/src/main.rs has todo!(",
    ),
    (
        files::finished,
        "tests/browser/visit.test.mjs",
        "test.only('x')",
        "tests/browser/visit.test.mjs has test.only(",
    ),
    (
        files::no_machine,
        "README.md",
        "cd /home/nia/kith",
        "README.md names /home/",
    ),
    (
        limits::tested,
        "shared/src/limits.rs",
        "pub const NEW_ONE: usize = 1;",
        "no test names limits::NEW_ONE",
    ),
];

#[test]
fn each_rule_finds_what_breaks_it() {
    let tree = Tree::of_this_checkout();
    for (rule, path, added, says) in BREACHES {
        let before = tree
            .files()
            .find(|(p, _)| p == path)
            .map_or("", |(_, text)| text);
        let broken = tree.with(path, &format!("{before}\n{added}\n"));
        let (before, after) = (rule(&tree), rule(&broken));
        assert!(!before.iter().any(|w| w == says), "{says}: already");
        assert!(
            after.iter().any(|w| w == says),
            "{says}: not found, but {after:?}"
        );
    }
}

#[test]
fn what_is_missing_or_too_much_is_found() {
    let tree = Tree::of_this_checkout();
    let says = |rule: Rule, tree: &Tree, what: &str| {
        assert!(rule(tree).iter().any(|w| w == what), "{what}: not found");
    };

    says(
        files::top_level,
        &tree.without("fastlane/README.md"),
        "fastlane is missing",
    );
    let long = "//\n".repeat(501);
    says(
        files::small,
        &tree.with("server/src/main.rs", &long),
        "server/src/main.rs has 501 lines",
    );
    says(
        imports::downhill,
        &tree.with("mobile/src/components/story.rs", ""),
        "mobile/src/components/story.rs: screens is no exception any more",
    );

    let manifest = tree
        .text("server/Cargo.toml")
        .replace("[lints]\nworkspace = true\n", "");
    says(
        manifests::lints,
        &tree.with("server/Cargo.toml", &manifest),
        "server/Cargo.toml does not take the workspace's lints",
    );
    let root = tree
        .text("Cargo.toml")
        .replace("unsafe_code = \"forbid\"", "unsafe_code = \"deny\"");
    says(
        manifests::lints,
        &tree.with("Cargo.toml", &root),
        "Cargo.toml does not forbid unsafe code",
    );
}
