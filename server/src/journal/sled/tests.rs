//! What is particular about this store.

use super::{super::conformance, renew::Step, *};
use crate::vault::{NewMaster, Source};
use std::{
    fs::{self, File},
    io::Read as _,
};

fn opened(folder: &Path) -> Result<SledJournal, JournalError> {
    SledJournal::open(folder, &conformance::some_keys(folder))
}

#[test]
fn it_is_a_journal() {
    let folder = tempfile::tempdir().unwrap();
    conformance::check(&opened(folder.path()).unwrap());
}

#[test]
fn what_was_appended_is_there_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    let (team, entries) = conformance::some_journal(40, CHUNK * 3);
    opened(folder.path())
        .unwrap()
        .append(team, 0, &entries)
        .unwrap();
    let journal = opened(folder.path()).unwrap();
    let again = journal
        .entries(team)
        .collect::<Result<Vec<_>, _>>()
        .unwrap();
    assert!(again == entries);
    assert_eq!(journal.teams().unwrap()[0].1.seq, 40);
    assert!(journal.append(team, 40, &[]).is_ok());
}

#[test]
fn a_store_that_is_about_to_close_is_waited_for() {
    let folder = tempfile::tempdir().unwrap();
    let first = opened(folder.path()).unwrap();
    let closing = std::thread::spawn(move || {
        std::thread::sleep(Duration::from_millis(200));
        drop(first);
    });
    let second = opened(folder.path()).unwrap();
    closing.join().unwrap();
    assert!(opened(folder.path()).is_err(), "two have it open");
    drop(second);
}

#[test]
fn no_value_is_larger_than_sled_can_keep_safely() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path()).unwrap();
    let (team, entries) = conformance::some_journal(3, limits::CHANGE_BYTES);
    journal.append(team, 0, &entries).unwrap();
    let largest = journal.db.iter().map(|row| row.unwrap().1.len()).max();
    assert_eq!(largest, Some(4096));
}

#[test]
fn a_missing_part_is_told_from_an_end() {
    // Of the second entry, which has three parts: its beginning, its middle, its end.
    for part in 1..=3 {
        let folder = tempfile::tempdir().unwrap();
        let journal = opened(folder.path()).unwrap();
        let (team, entries) = conformance::some_journal(3, CHUNK * 2);
        journal.append(team, 0, &entries).unwrap();
        let keys: Vec<_> = journal.db.scan_prefix([ENTRY]).keys().collect();
        assert_eq!(keys.len(), 1 + 3 + 3);
        journal.db.remove(keys[part].as_ref().unwrap()).unwrap();
        let mut read = journal.entries(team);
        assert!(read.next().unwrap().is_ok());
        let Err(JournalError::Damaged { after: 1, what }) = read.next().unwrap() else {
            panic!("part {part}");
        };
        assert!(what.contains("is missing"), "{part}: {what}");
    }
}

/// What a failed sync left on the disk is unknown: it is not built upon, and health says so.
#[test]
fn nothing_is_answered_for_after_a_failed_sync() {
    let folder = tempfile::tempdir().unwrap();
    let mut journal = opened(folder.path()).unwrap();
    let (team, entries) = conformance::some_journal(2, 10);
    let real = std::mem::replace(&mut journal.folder, folder.path().join("unplugged"));
    let failed = journal.append(team, 0, &entries[..1]);
    assert!(matches!(failed, Err(AppendError::Store(_))), "{failed:?}");
    journal.folder = real;
    let after = journal.append(team, 1, &entries[1..]);
    assert!(matches!(after, Err(AppendError::Store(_))), "{after:?}");
    assert!(journal.teams().is_err());
}

/// A store that cannot write any more is in doubt afterwards; so it never comes to that.
#[test]
fn it_stops_before_the_disk_is_full() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path()).unwrap().keeping_free(u64::MAX);
    let (team, entries) = conformance::some_journal(1, 1);
    assert!(matches!(
        journal.append(team, 0, &entries),
        Err(AppendError::Full)
    ));
    let journal = journal.keeping_free(limits::DISK_RESERVE);
    assert!(journal.append(team, 0, &entries).is_ok());
}

/// All bytes of all files below a folder.
fn on_disk(folder: &Path) -> Vec<u8> {
    let mut all = Vec::new();
    for item in fs::read_dir(folder).unwrap() {
        let path = item.unwrap().path();
        if path.is_dir() {
            all.extend(on_disk(&path));
        } else {
            File::open(path).unwrap().read_to_end(&mut all).unwrap();
        }
    }
    all
}

#[test]
fn nothing_on_disk_can_be_read_without_its_keys() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path()).unwrap();
    let in_the_clear = conformance::told(&journal);
    let bytes = on_disk(folder.path());
    let is_there = |text: &[u8]| bytes.windows(text.len()).any(|part| part == text);
    for text in in_the_clear {
        assert!(!is_there(&text), "{:?}", String::from_utf8_lossy(&text));
    }
    // It looks in the right place: what the store was given is there.
    for row in journal.db.scan_prefix([ENTRY]) {
        assert!(is_there(&row.unwrap().1), "an entry is not in the files");
    }
}

#[test]
fn entries_that_were_swapped_are_found() {
    let folder = tempfile::tempdir().unwrap();
    let journal = opened(folder.path()).unwrap();
    let (team, entries) = conformance::some_journal(4, 50);
    journal.append(team, 0, &entries).unwrap();
    let rows: Vec<_> = journal
        .db
        .scan_prefix([ENTRY])
        .map(Result::unwrap)
        .collect();
    journal.db.insert(&rows[1].0, &rows[3].1).unwrap();
    journal.db.insert(&rows[3].0, &rows[1].1).unwrap();
    let found: Vec<_> = journal.entries(team).collect();
    assert!(found[0].is_ok() && found[2].is_ok());
    for (swapped, before) in [(1, 1), (3, 3)] {
        let Err(JournalError::Damaged { what, .. }) = &found[swapped] else {
            panic!("entry {swapped} after {before}");
        };
        assert!(what.contains("another's place"), "{what}");
    }
}

#[test]
fn a_store_of_other_keys_or_without_any_says_what_to_do() {
    let folder = tempfile::tempdir().unwrap();
    let (team, entries) = conformance::some_journal(4, 50);
    let journal = opened(folder.path()).unwrap();
    journal.append(team, 0, &entries).unwrap();
    drop(journal);
    let elsewhere = tempfile::tempdir().unwrap();
    let other = conformance::some_keys(elsewhere.path());
    let error = SledJournal::open(folder.path(), &other).unwrap_err();
    assert!(matches!(error, JournalError::OtherKeys), "{error}");
    let journal = opened(folder.path()).unwrap();
    for key in journal.db.scan_prefix([KEY]).keys() {
        journal.db.remove(key.unwrap()).unwrap();
    }
    drop(journal);
    let error = opened(folder.path()).unwrap_err();
    assert!(matches!(error, JournalError::NotSealed), "{error}");
}

fn copy(from: &Path, to: &Path) {
    fs::create_dir_all(to).unwrap();
    for item in fs::read_dir(from).unwrap() {
        let (path, name) = item.map(|i| (i.path(), i.file_name())).unwrap();
        if path.is_dir() {
            copy(&path, &to.join(name));
        } else {
            fs::copy(&path, to.join(name)).unwrap();
        }
    }
}

/// A relay's folder, with the master key in a file of its own.
fn open_as_a_relay(folder: &Path) -> Result<SledJournal, JournalError> {
    let master = Source::File(folder.join("master.key")).read_or_make();
    let (master, secret) = (master.unwrap().0, folder.join("relay.key"));
    if !secret.exists() {
        KeyFile::make(&secret, &master, crate::vault::Key::fresh()).unwrap();
    }
    SledJournal::open(&folder.join("journal"), &KeyFile::open(&secret, &master)?)
}

/// The disk as it is after each step opens, with all entries; either the key is destroyed or it is
/// not; and the next renewal works.
#[test]
fn a_renewal_that_is_cut_off_loses_nothing() {
    let (team, entries) = conformance::some_journal(6, 50);
    let owner = Owner::of(team, entries[2].document().unwrap());
    for (new_master, erase) in [(true, None), (false, Some(owner)), (true, Some(owner))] {
        let folder = tempfile::tempdir().unwrap();
        let journal = open_as_a_relay(folder.path()).unwrap();
        journal.append(team, 0, &entries).unwrap();
        let mut cut = Vec::new();
        let renewal = Renewal {
            master: new_master.then_some(NewMaster::InItsFile),
            erase,
        };
        let snapshots = tempfile::tempdir().unwrap();
        let taken = journal.renew_watched(renewal, |step| {
            let to = snapshots.path().join(cut.len().to_string());
            copy(folder.path(), &to);
            cut.push((step, to));
        });
        taken.unwrap();
        assert_eq!(cut.len(), 3);
        for (step, folder) in cut {
            for _ in 0..2 {
                let journal = open_as_a_relay(&folder).unwrap();
                let read: Result<Vec<_>, _> = journal.entries(team).collect();
                let erased = erase.is_some() && read.as_ref().unwrap()[2] != entries[2];
                // With two master keys the old one counts until the new root stands alone.
                let through = match step {
                    Step::Keys => false,
                    Step::Root => !new_master,
                    Step::Settled => true,
                };
                assert_eq!(erased, through && erase.is_some(), "{step:?}");
                assert!(!folder.join("master.key.next").exists(), "{step:?}");
                let hashes =
                    |entries: &[Entry]| entries.iter().map(Entry::hash).collect::<Vec<_>>();
                assert_eq!(hashes(&read.unwrap()), hashes(&entries));
            }
            let journal = open_as_a_relay(&folder).unwrap();
            let (other, others) = conformance::some_journal(9, 10);
            journal.append(other, 0, &others).unwrap();
            journal
                .renew(Renewal {
                    erase,
                    ..Renewal::default()
                })
                .unwrap();
            drop(journal);
            let journal = open_as_a_relay(&folder).unwrap();
            let read: Result<Vec<_>, _> = journal.entries(other).collect();
            assert!(read.unwrap() == others);
        }
    }
}

/// Who copied the disk before has the old wrapped keys, and who has the disk now has what the log
/// still holds of them: the root that opens them is gone.
#[test]
fn what_is_left_of_an_erased_key_opens_with_nothing_that_is_left() {
    let folder = tempfile::tempdir().unwrap();
    let journal = open_as_a_relay(folder.path()).unwrap();
    let (team, entries) = conformance::some_journal(6, 50);
    journal.append(team, 0, &entries).unwrap();
    let secret = fs::read(folder.path().join("relay.key")).unwrap();
    let old: Vec<_> = journal.db.scan_prefix([KEY]).map(Result::unwrap).collect();
    assert_eq!(old.len(), 2);
    let erase = Some(Owner::of(team, entries[2].document().unwrap()));
    journal
        .renew(Renewal {
            erase,
            ..Renewal::default()
        })
        .unwrap();
    let now = fs::read(folder.path().join("relay.key")).unwrap();
    let old_root = &secret[..132];
    assert!(!now.windows(old_root.len()).any(|part| part == old_root));
    assert!(now[..4096].iter().all(|byte| *byte == 0), "the old place");
    let master = Source::File(folder.path().join("master.key"))
        .read()
        .unwrap();
    let root = KeyFile::open(&folder.path().join("relay.key"), &master).unwrap();
    for (key, value) in old {
        let row = Row {
            key: key[1..].to_vec(),
            value: value.to_vec(),
        };
        assert!(Ring::new(root.root().clone()).take_in(&row).is_err());
    }
    // Nor does a root that was read before the renewal open the store, or wipe what is newer.
    drop(journal);
    fs::write(folder.path().join("stale"), secret).unwrap();
    let stale = KeyFile::open(&folder.path().join("stale"), &master).unwrap();
    let error = SledJournal::open(&folder.path().join("journal"), &stale).unwrap_err();
    assert!(matches!(error, JournalError::OtherKeys), "{error}");
    open_as_a_relay(folder.path()).unwrap();
}
