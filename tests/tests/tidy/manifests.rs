//! What stands in the packages' manifests.

use crate::tree::Tree;

/// Each package and those of ours that it may depend on.
const PACKAGES: &[(&str, &str, &[&str])] = &[
    ("assets", "kith-assets", &[]),
    ("mobile", "kith-app", &["kith-assets", "kith-shared"]),
    ("server", "kith-relay", &["kith-shared"]),
    ("shared", "kith-shared", &[]),
    (
        "tests",
        "kith-tests",
        &["kith-app", "kith-assets", "kith-relay", "kith-shared"],
    ),
    ("tests/peers/samod", "kith-peer", &[]),
    ("xtask", "xtask", &[]),
];

/// What has a runtime, a network, a disk, a browser, a clock or dice.
const DOES_THINGS: &[&str] = &[
    "axum",
    "dioxus",
    "fastrand",
    "getrandom",
    "idb",
    "js-sys",
    "rand",
    "reqwest",
    "sled",
    "tokio",
    "web-sys",
];

/// Server and app never see each other; both see `shared`; tests see all.
pub fn packages(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    let found = tree
        .paths()
        .filter_map(|path| path.strip_suffix("/Cargo.toml"));
    for folder in found {
        let Some((_, name, may)) = PACKAGES.iter().find(|(f, ..)| *f == folder) else {
            wrong.push(format!("{folder} is no package of the plan"));
            continue;
        };
        let manifest = tree.text(&format!("{folder}/Cargo.toml"));
        if !manifest.contains(&format!("\nname = \"{name}\"\n")) {
            wrong.push(format!("{folder} is not called {name}"));
        }
        for (_, other) in dependencies(manifest) {
            let ours = PACKAGES.iter().any(|(_, name, _)| *name == other);
            if ours && !may.contains(&other) {
                wrong.push(format!("{name} depends on {other}"));
            }
        }
    }
    wrong
}

/// `shared` passes time and randomness in, and does no I/O.
pub fn shared_is_pure(tree: &Tree) -> Vec<String> {
    let normal = dependencies(tree.text("shared/Cargo.toml"));
    let bad = normal.filter(|(kind, name)| *kind == "dependencies" && DOES_THINGS.contains(name));
    bad.map(|(_, name)| format!("kith-shared depends on {name}"))
        .collect()
}

/// `unsafe_code = "forbid"` and the rest are said once.
pub fn lints(tree: &Tree) -> Vec<String> {
    let mut wrong = Vec::new();
    for (folder, ..) in PACKAGES {
        let path = format!("{folder}/Cargo.toml");
        if !tree.text(&path).contains("\n[lints]\nworkspace = true\n") {
            wrong.push(format!("{path} does not take the workspace's lints"));
        }
    }
    let root = tree.text("Cargo.toml");
    let rust = root
        .split("\n[workspace.lints.rust]\n")
        .nth(1)
        .unwrap_or_default();
    let rust = rust.split("\n[").next().unwrap_or_default();
    if !rust.lines().any(|line| line == "unsafe_code = \"forbid\"") {
        wrong.push("Cargo.toml does not forbid unsafe code".to_owned());
    }
    wrong
}

/// The kind (`dependencies`, `dev-dependencies`, `build-dependencies`) and name of each dependency,
/// for whatever target. Our manifests have one a line.
fn dependencies(manifest: &str) -> impl Iterator<Item = (&str, &str)> {
    let mut section = "";
    manifest.lines().filter_map(move |line| {
        if let Some(header) = line.strip_prefix('[') {
            section = header
                .trim_end_matches(']')
                .rsplit('.')
                .next()
                .unwrap_or_default();
            return None;
        }
        let name = line.split(['.', '=', ' ']).next()?;
        let plain = |c: char| c.is_ascii_alphanumeric() || c == '-' || c == '_';
        (section.ends_with("dependencies") && !name.is_empty() && name.chars().all(plain))
            .then_some((section, name))
    })
}
