//! The rules of the house that no compiler holds: who may import whom, what is kept out of the pure
//! parts, and what every file must (not) have. `ARCHITECTURE.md` says why.
//!
//! Each rule is a function from the tree to what is wrong with it. An exception is named, with its
//! reason; one that is not needed any more is wrong too. [`broken`] breaks each rule once.

mod broken;
mod files;
mod imports;
mod limits;
mod manifests;
mod tree;

use tree::Tree;

fn check(rule: fn(&Tree) -> Vec<String>) {
    let wrong = rule(&Tree::of_this_checkout());
    assert!(wrong.is_empty(), "\n  {}\n", wrong.join("\n  "));
}

#[test]
fn the_top_level_is_that_of_the_plan() {
    check(files::top_level);
}

#[test]
fn packages_depend_downhill() {
    check(manifests::packages);
}

#[test]
fn shared_depends_on_nothing_that_does_things() {
    check(manifests::shared_is_pure);
}

#[test]
fn every_package_keeps_the_lints_of_the_workspace() {
    check(manifests::lints);
}

#[test]
fn modules_import_downhill() {
    check(imports::downhill);
}

#[test]
fn what_is_pure_does_nothing() {
    check(imports::pure);
}

#[test]
fn files_are_small() {
    check(files::small);
}

#[test]
fn nothing_is_left_for_later() {
    check(files::finished);
}

#[test]
fn no_file_knows_a_machine() {
    check(files::no_machine);
}

#[test]
fn every_limit_is_in_a_test() {
    check(limits::tested);
}
