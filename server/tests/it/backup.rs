//! Backups and what is made from them: real processes, real folders.

use crate::command::{Running, command, run, said};
use std::{
    fs,
    path::{Path, PathBuf},
    process::Output,
};

/// A relay's data, its master key elsewhere, and a backup's folder.
struct Place {
    _folder: tempfile::TempDir,
    data: PathBuf,
    to: PathBuf,
}

impl Place {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let path = |name| folder.path().join(name);
        let (data, to) = (path("data"), path("backup"));
        Self {
            data,
            to,
            _folder: folder,
        }
    }

    fn founded() -> Self {
        let place = Self::new();
        let made = run(&place.data, &["init", "--team", "River team"]);
        assert!(made.status.success(), "{}", said(&made));
        place
    }

    fn invite(&self, name: &str) {
        let invited = run(&self.data, &["invite", "--role", "person", "--name", name]);
        assert!(invited.status.success(), "{}", said(&invited));
    }

    fn back_up(&self) -> Output {
        run(&self.data, &["backup", "--to", self.to.to_str().unwrap()])
    }

    fn backed_up(&self) -> String {
        let output = self.back_up();
        assert!(output.status.success(), "{}", said(&output));
        said(&output)
    }

    /// Restores into a folder of this name, in which the master key lies.
    fn restore(&self, name: &str) -> (PathBuf, Output) {
        let into = self.data.with_file_name(name);
        fs::create_dir_all(&into).unwrap();
        fs::copy(self.data.join("master.key"), into.join("master.key")).unwrap();
        let output = run(&into, &["restore", "--from", self.to.to_str().unwrap()]);
        (into, output)
    }

    fn restored(&self, name: &str) -> PathBuf {
        let (into, output) = self.restore(name);
        assert!(output.status.success(), "{}", said(&output));
        assert!(
            said(&output).contains("as it was on 20"),
            "{}",
            said(&output)
        );
        into
    }
}

fn checked(data: &Path) -> String {
    let checked = run(data, &["check"]);
    assert!(checked.status.success(), "{}", said(&checked));
    said(&checked)
}

fn names(folder: &Path) -> Vec<String> {
    let items = fs::read_dir(folder).unwrap();
    let names = items.map(|i| i.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

/// The names of those whom the team in this folder supports.
fn people(data: &Path) -> Vec<String> {
    let roster = crate::roster::exported(data);
    fs::remove_dir_all(data.join("out")).unwrap();
    let mut names: Vec<_> = roster.people.into_values().map(|p| p.name).collect();
    names.sort();
    names
}

#[tokio::test]
async fn a_backup_is_taken_while_the_relay_runs_and_grows_by_what_is_new() {
    let place = Place::new();
    let relay = Running::start(&place.data);
    place.invite("Gwen");
    let said = place.backed_up();
    assert!(said.contains("master key is not in it"), "{said}");
    let first = fs::read(place.to.join("entries-000001")).unwrap();
    place.invite("Tomos");
    place.backed_up();
    let there = [
        "entries-000001",
        "entries-000002",
        "keys-000002",
        "manifest.json",
    ];
    assert_eq!(names(&place.to), there);
    assert_eq!(fs::read(place.to.join("entries-000001")).unwrap(), first);
    // Nothing in it can be read.
    for name in names(&place.to) {
        let bytes = fs::read(place.to.join(name)).unwrap();
        for text in ["Gwen", "Tomos", "Our team", "person"] {
            assert!(
                !bytes
                    .windows(text.len())
                    .any(|part| part == text.as_bytes())
            );
        }
    }
    // What comes after it is not in it.
    place.invite("Elin");
    drop(relay);
    let into = place.restored("again");
    assert_eq!(people(&into), ["Gwen", "Tomos"]);
    assert!(checked(&into).contains("put back on 20"));
    assert_eq!(people(&place.data), ["Elin", "Gwen", "Tomos"]);

    // The one that was put back says so, and goes on from that backup; the other has parted from it.
    let log = fs::File::create(place.data.with_file_name("log")).unwrap();
    let mut serve = command(&into);
    serve.args(["serve", "--listen", "127.0.0.1:0"]).stderr(log);
    let relay = Running::of(serve);
    let log = fs::read_to_string(place.data.with_file_name("log")).unwrap();
    assert!(log.contains("was put back from a backup"), "{log}");
    let more = run(&into, &["backup", "--to", place.to.to_str().unwrap()]);
    assert!(more.status.success(), "{}", crate::command::said(&more));
    drop(relay);
    let manifest = fs::read(place.to.join("manifest.json")).unwrap();
    let parted = place.back_up();
    assert!(!parted.status.success());
    let said = crate::command::said(&parted);
    assert!(said.contains("name another folder"), "{said}");
    assert_eq!(fs::read(place.to.join("manifest.json")).unwrap(), manifest);
}

#[tokio::test]
async fn a_backup_is_taken_while_no_relay_runs() {
    let place = Place::founded();
    place.invite("Gwen");
    place.backed_up();
    let other = Place::founded();
    let there = run(&other.data, &["backup", "--to", place.to.to_str().unwrap()]);
    assert!(!there.status.success());
    assert!(said(&there).contains("another relay"), "{}", said(&there));
    assert_eq!(people(&place.restored("again")), ["Gwen"]);
}

/// Whichever byte of it is another: nothing is restored, and what was cut off is begun anew.
#[tokio::test]
async fn a_backup_that_is_not_whole_is_refused() {
    let place = Place::founded();
    place.invite("Gwen");
    place.backed_up();
    for name in names(&place.to) {
        let path = place.to.join(&name);
        let whole = fs::read(&path).unwrap();
        for at in [0, whole.len() / 2, whole.len() - 1] {
            let mut bent = whole.clone();
            bent[at] ^= 1;
            fs::write(&path, bent).unwrap();
            let (into, output) = place.restore("again");
            assert!(!output.status.success(), "{name} {at}");
            let said = said(&output);
            let told = [
                "not as the backup wrote it",
                "it was changed",
                "another version",
                "cannot be read",
            ];
            assert!(
                told.iter().any(|words| said.contains(words)),
                "{name} {at}: {said}"
            );
            assert!(!into.join("relay.key").exists() && !into.join("journal").exists());
        }
        fs::write(&path, &whole[..whole.len() - 1]).unwrap();
        assert!(
            !place.restore("again").1.status.success(),
            "{name} is short"
        );
        fs::remove_file(&path).unwrap();
        assert!(!place.restore("again").1.status.success(), "{name} is gone");
        fs::write(&path, &whole).unwrap();
    }
    // A manifest that fits its files and was made by somebody else.
    let path = place.to.join("manifest.json");
    let whole = fs::read_to_string(&path).unwrap();
    let other = whole.replacen("\"generation\": 1", "\"generation\": 2", 1);
    assert_ne!(whole, other);
    fs::write(&path, other).unwrap();
    let (_, output) = place.restore("again");
    assert!(
        said(&output).contains("mark of the relay"),
        "{}",
        said(&output)
    );
    // What was begun is no relay's data until it is through.
    let begun = run(&place.data.with_file_name("again"), &["serve"]);
    assert!(!begun.status.success());
    assert!(said(&begun).contains("cut off"), "{}", said(&begun));
    fs::write(&path, whole).unwrap();
    assert_eq!(people(&place.restored("again")), ["Gwen"]);
}

#[tokio::test]
async fn nothing_is_restored_over_anything_nor_without_the_master_key() {
    let place = Place::founded();
    place.backed_up();
    let (_, twice) = {
        place.restored("again");
        place.restore("again")
    };
    assert!(!twice.status.success());
    assert!(said(&twice).contains("is not empty"), "{}", said(&twice));
    checked(&place.data.with_file_name("again"));
    let from = place.to.to_str().unwrap();
    let none = place.data.with_file_name("none");
    let output = run(&none, &["restore", "--from", from]);
    assert!(said(&output).contains("is missing"), "{}", said(&output));
    let mut wrong = command(&none);
    wrong.env(
        "KITH_MASTER_KEY",
        "AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA=",
    );
    let output = wrong.args(["restore", "--from", from]).output().unwrap();
    assert!(said(&output).contains("not sealed with this master key"));
    let output = run(&none, &["restore", "--from", none.to_str().unwrap()]);
    assert!(!output.status.success());
    let text = fs::read_to_string(place.data.join("master.key")).unwrap();
    let mut right = command(&none);
    right.env("KITH_MASTER_KEY", &text);
    let output = right.args(["restore", "--from", from]).output().unwrap();
    assert!(output.status.success(), "{}", said(&output));
}

/// The next backup has the keys as they are: new ones, and none of who was erased.
#[tokio::test]
async fn keys_that_changed_change_in_the_backup_too() {
    let place = Place::new();
    let relay = Running::start(&place.data);
    place.invite("Gwen");
    place.invite("Tomos");
    place.backed_up();
    let before = fs::read(place.to.join("keys-000001")).unwrap();
    let entries = fs::read(place.to.join("entries-000001")).unwrap();
    let erased = run(&place.data, &["erase-person", "Gwen", "--for-good"]);
    assert!(erased.status.success(), "{}", said(&erased));
    let rotated = run(&place.data, &["rotate-master-key"]);
    assert!(rotated.status.success(), "{}", said(&rotated));
    place.backed_up();
    drop(relay);
    // What was written about her is there, and her key is not.
    assert_eq!(fs::read(place.to.join("entries-000001")).unwrap(), entries);
    assert!(!place.to.join("keys-000001").exists());
    let into = place.restored("again");
    assert_eq!(people(&into), ["Tomos"]);
    assert!(checked(&into).contains("of erased persons"));
    // Not with the keys from before either: the manifest knows them no more.
    let keys = place.to.join("keys-000002");
    fs::write(&keys, before).unwrap();
    let (_, output) = place.restore("with-old-keys");
    assert!(said(&output).contains("not as the backup wrote it"));
}
