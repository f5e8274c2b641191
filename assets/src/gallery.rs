//! The gallery is the contract for the screens, so it may only speak of what there is.

use std::collections::BTreeSet;
use std::fs;
use std::path::{Path, PathBuf};

use crate::{CSS, Icon};

fn folder() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("gallery")
}

/// Every page, by its file name.
fn pages() -> Vec<(String, String)> {
    fs::read_dir(folder())
        .expect("gallery/ is there")
        .map(|entry| entry.expect("readable").path())
        .filter(|path| path.extension().is_some_and(|ext| ext == "html"))
        .map(|path| {
            let name = path.file_name().expect("a name").to_string_lossy();
            (
                name.into_owned(),
                fs::read_to_string(&path).expect("readable"),
            )
        })
        .collect()
}

/// The values of an attribute, in the order of the page.
fn values<'a>(page: &'a str, attribute: &str) -> impl Iterator<Item = &'a str> {
    let head = format!(" {attribute}=\"");
    page.match_indices(&head)
        .map(move |(at, head)| &page[at + head.len()..])
        .filter_map(|rest| Some(rest.split_once('"')?.0))
        .collect::<Vec<_>>()
        .into_iter()
}

/// A state that looks as its component does; the class is there to be found.
const PLAIN: &str = "saved";

#[test]
fn every_class_of_a_page_stands_in_a_sheet() {
    let known: BTreeSet<&str> = CSS
        .split('.')
        .skip(1)
        .filter_map(|rest| {
            rest.split(|c: char| !c.is_ascii_alphanumeric() && c != '-')
                .next()
        })
        .collect();
    for (name, page) in pages() {
        for class in values(&page, "class").flat_map(str::split_whitespace) {
            assert!(
                class == PLAIN || known.contains(class),
                "{name}: no sheet knows .{class}"
            );
        }
    }
}

#[test]
fn every_icon_of_a_page_is_of_the_set() {
    let known: BTreeSet<&str> = Icon::ALL.iter().map(|icon| icon.name()).collect();
    for (name, page) in pages() {
        for icon in values(&page, "data-icon") {
            assert!(known.contains(icon), "{name}: there is no icon {icon}");
        }
    }
}

/// The content security policy of the app forbids both, so a page that needs them cannot be copied.
#[test]
fn no_page_has_a_style_or_a_script_of_its_own() {
    for (name, page) in pages() {
        assert_eq!(values(&page, "style").next(), None, "{name}");
        assert!(!page.contains("<style"), "{name}");
        assert_eq!(
            page.matches("<script").count(),
            page.matches("<script defer src=\"").count(),
            "{name}"
        );
    }
}

#[test]
fn every_link_leads_to_a_page_of_the_gallery() {
    for (name, page) in pages() {
        // Not those to other sites, nor the ones that go nowhere.
        for link in values(&page, "href").filter(|link| !link.contains([':', '#'])) {
            assert!(folder().join(link).is_file(), "{name}: {link} is missing");
        }
    }
}

#[test]
fn the_overview_shows_every_page() {
    let overview = fs::read_to_string(folder().join("overview.js")).expect("overview.js");
    for (name, _) in pages() {
        let page = name.trim_end_matches(".html");
        assert!(
            page == "index"
                || [format!("\"{page}\""), format!("\"{page} ")]
                    .iter()
                    .any(|listed| overview.contains(listed)),
            "overview.js does not show {name}"
        );
    }
}
