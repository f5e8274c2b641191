//! The files of the project.

use std::{
    collections::BTreeMap,
    fs,
    path::{Path, PathBuf},
    process::Command,
};

/// Path from the top, with `/`, and text. What is no text is here without any.
#[derive(Clone)]
pub struct Tree(BTreeMap<String, String>);

impl Tree {
    /// All files that git keeps, or would if they were added: built and downloaded ones are not.
    pub fn of_this_checkout() -> Self {
        let top = Path::new(env!("CARGO_MANIFEST_DIR")).join("..");
        let listed = Command::new("git")
            .args([
                "ls-files",
                "-z",
                "--cached",
                "--others",
                "--exclude-standard",
            ])
            .current_dir(&top)
            .output()
            .expect("git is installed");
        let said = String::from_utf8_lossy(&listed.stderr);
        assert!(listed.status.success(), "git cannot list the files: {said}");
        let paths = String::from_utf8(listed.stdout).expect("paths are UTF-8");
        let read = |path: &str| {
            let file: PathBuf = top.join(path);
            // Removed, and not yet committed.
            let bytes = fs::read(file).ok()?;
            Some((
                path.to_owned(),
                String::from_utf8(bytes).unwrap_or_default(),
            ))
        };
        let tree = Self(paths.split_terminator('\0').filter_map(read).collect());
        assert!(
            tree.0.len() > 100,
            "only {} files: that cannot be all",
            tree.0.len()
        );
        tree
    }

    /// The same, but with this text in this file.
    pub fn with(&self, path: &str, text: &str) -> Self {
        let mut other = self.clone();
        other.0.insert(path.to_owned(), text.to_owned());
        other
    }

    /// The same without a file.
    pub fn without(&self, path: &str) -> Self {
        let mut other = self.clone();
        other.0.remove(path).expect("it is there");
        other
    }

    pub fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }

    pub fn files(&self) -> impl Iterator<Item = (&str, &str)> {
        self.0
            .iter()
            .map(|(path, text)| (path.as_str(), text.as_str()))
    }

    /// The text of a file that must be there.
    pub fn text(&self, path: &str) -> &str {
        self.0
            .get(path)
            .map_or_else(|| panic!("{path} is missing"), String::as_str)
    }

    /// Rust sources under a folder.
    pub fn sources<'a>(&'a self, folder: &'a str) -> impl Iterator<Item = (&'a str, &'a str)> {
        self.files().filter(move |(path, _)| {
            path.starts_with(folder) && Path::new(path).extension().is_some_and(|e| e == "rs")
        })
    }
}

/// Exceptions to a rule.
pub struct Exceptions {
    named: &'static [(&'static str, &'static str, &'static str)],
    needed: Vec<bool>,
}

impl Exceptions {
    /// Where (how the path begins), what, and why.
    pub fn new(named: &'static [(&'static str, &'static str, &'static str)]) -> Self {
        Self {
            named,
            needed: vec![false; named.len()],
        }
    }

    /// Whether this is one of them.
    pub fn has(&mut self, place: &str, what: &str) -> bool {
        let at = self
            .named
            .iter()
            .position(|(p, w, _)| place.starts_with(p) && *w == what);
        at.inspect(|at| self.needed[*at] = true).is_some()
    }

    /// Those that nothing needed.
    pub fn stale(self) -> impl Iterator<Item = String> {
        let named = self.named.iter().zip(self.needed);
        named
            .filter(|(_, needed)| !needed)
            .map(|((place, what, _), _)| format!("{place}: {what} is no exception any more"))
    }
}
