use super::*;
use crate::{
    backup::Plan,
    journal::{Journal as _, MemoryJournal, conformance::some_journal},
};
use kith_shared::time::Moment;

const RELAY: [u8; 32] = [42; 32];

fn relay() -> Key {
    Key::new(RELAY)
}

/// All that a store gives for the next backup into this folder.
fn given(journal: &MemoryJournal, known: &Known) -> Vec<u8> {
    let plan = Plan::make(journal, known, Moment::from_millis(1_790_000_000_000)).unwrap();
    let mut bytes = vec![];
    let take = |frame: Frame| {
        bytes.extend(frame.to_bytes());
        true
    };
    plan.send(journal, take).unwrap();
    bytes
}

fn back_up(journal: &MemoryJournal, path: &Path) -> Report {
    let folder = Folder::open(path).unwrap();
    let bytes = given(journal, &folder.known());
    let mut writing = folder.write().unwrap();
    bytes.chunks(1000).for_each(|c| writing.take(c).unwrap());
    writing.finish(&relay()).unwrap()
}

fn names(path: &Path) -> Vec<String> {
    let items = fs::read_dir(path).unwrap();
    let names = items.map(|i| i.unwrap().file_name().to_string_lossy().into_owned());
    let mut names: Vec<_> = names.collect();
    names.sort();
    names
}

#[test]
fn a_second_backup_adds_what_is_new_and_replaces_the_keys() {
    let (journal, folder) = (MemoryJournal::default(), tempfile::tempdir().unwrap());
    let path = &folder.path().join("in").join("it");
    let (team, entries) = some_journal(40, 500);
    journal.append(team, 0, &entries[..30]).unwrap();
    let first = back_up(&journal, path);
    assert_eq!((first.entries, first.manifest.generation), (30, 1));
    journal.append(team, 30, &entries[30..]).unwrap();
    let second = back_up(&journal, path);
    assert_eq!(second.entries, 10);
    assert!(second.bytes < first.bytes / 2, "{second:?}");
    assert_eq!(second.manifest.entries[0], first.manifest.entries[0]);
    // Nothing is new but the moment.
    let third = back_up(&journal, path);
    assert_eq!((third.entries, third.manifest.generation), (0, 3));
    let there = ["entries-000001", "entries-000002", "keys-000003", NAME];
    assert_eq!(names(path), there);
}

/// Wherever what comes breaks off, the backup before is whole and the next one works.
#[test]
fn what_breaks_off_leaves_the_backup_before() {
    let (journal, folder) = (MemoryJournal::default(), tempfile::tempdir().unwrap());
    let path = folder.path();
    let (team, entries) = some_journal(12, 50);
    journal.append(team, 0, &entries[..6]).unwrap();
    let before = back_up(&journal, path).manifest;
    journal.append(team, 6, &entries[6..]).unwrap();
    let whole = given(&journal, &before.known());
    for cut in (0..whole.len()).step_by(17).chain([whole.len() - 1]) {
        let mut writing = Folder::open(path).unwrap().write().unwrap();
        writing.take(&whole[..cut]).unwrap();
        let broken = writing.finish(&relay());
        assert!(matches!(broken, Err(NotTaken::Broken)), "{cut}");
        let (found, mark) = Manifest::find(path).unwrap().unwrap();
        assert_eq!(found, before);
        assert_eq!(found.mark(&relay()), mark);
        found.files().for_each(|f| f.check(path).unwrap());
    }
    // An entry that is left out, or comes twice, is no backup.
    let known = before.known();
    for wrong in [known.teams[0].seq - 1, known.teams[0].seq + 1] {
        let mut writing = Folder::open(path).unwrap().write().unwrap();
        let (_, row) = journal.sealed(team, wrong).next().unwrap().unwrap();
        let last = KnownTeam {
            seq: wrong,
            last: name_of(&row),
            team,
        };
        let other = Known {
            teams: vec![last],
            anew: false,
        };
        assert!(writing.take(&given(&journal, &other)).is_err());
    }
    assert_eq!(back_up(&journal, path).entries, 6);
}

#[test]
fn one_writes_at_a_time_and_nothing_else_is_in_the_folder() {
    let folder = tempfile::tempdir().unwrap();
    let first = Folder::open(folder.path()).unwrap();
    let second = Folder::open(folder.path());
    assert!(matches!(second, Err(NotTaken::Busy(_))));
    drop(first);
    fs::write(folder.path().join("letter.txt"), "Dear").unwrap();
    let strange = Folder::open(folder.path());
    assert!(matches!(strange, Err(NotTaken::NotABackup(_))));
    assert_eq!(names(folder.path()), ["letter.txt"]);
}

/// A store with another past is not written over a backup that has more.
#[test]
fn a_backup_that_knows_more_stays() {
    let folder = tempfile::tempdir().unwrap();
    let (team, entries) = some_journal(9, 50);
    let journal = MemoryJournal::default();
    journal.append(team, 0, &entries[..4]).unwrap();
    let put_back = journal.clone();
    journal.append(team, 4, &entries[4..7]).unwrap();
    back_up(&journal, folder.path());
    let known = Folder::open(folder.path()).unwrap().known();
    let parted = |journal: &MemoryJournal, known: &Known| {
        Plan::make(journal, known, Moment::default()).is_err()
    };
    assert!(!parted(&journal, &known));
    assert!(parted(&put_back, &known), "it has less");
    // The same entries, sealed at another time.
    put_back.append(team, 4, &entries[4..]).unwrap();
    assert!(parted(&put_back, &known), "it has another past");
    assert!(parted(&MemoryJournal::default(), &known));
    let known = Known {
        anew: true,
        ..known
    };
    assert!(parted(&put_back, &known), "also when it is written anew");
}

#[test]
fn a_long_row_of_files_and_one_that_is_not_whole_are_written_anew() {
    let (journal, folder) = (MemoryJournal::default(), tempfile::tempdir().unwrap());
    let path = folder.path();
    let (team, entries) = some_journal(5, 50);
    journal.append(team, 0, &entries[..4]).unwrap();
    let mut manifest = back_up(&journal, path).manifest;
    let one = manifest.entries[0].clone();
    for (files, anew) in [
        (limits::BACKUP_FILES - 1, false),
        (limits::BACKUP_FILES, true),
    ] {
        manifest.entries = vec![one.clone(); files];
        fs::write(path.join(NAME), manifest.to_bytes(&relay())).unwrap();
        assert_eq!(Folder::open(path).unwrap().known().anew, anew, "{files}");
    }
    journal.append(team, 4, &entries[4..]).unwrap();
    let report = back_up(&journal, path);
    assert_eq!((report.entries, report.manifest.entries.len()), (5, 1));
    assert_eq!(names(path), ["entries-000002", "keys-000002", NAME]);
    fs::remove_file(path.join("entries-000002")).unwrap();
    assert_eq!(back_up(&journal, path).entries, 5);
}
