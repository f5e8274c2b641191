//! A phone's store under its seal and its lock: whatever lies below says nothing, nothing is lost on
//! the way in, and without the PIN *and* the device nothing opens.

use kith_app::platform::{
    LocalKey, LocalStore,
    lock::{self, Opening, Pin, PinError, Sealed, Vault},
    store::{Batch, Image, Store, StoreError, conformance},
    store_memory::MemoryStore,
};
use kith_shared::{
    limits,
    time::{Moment, Span},
};
use std::{collections::BTreeMap, path::Path, rc::Rc};
use tempfile::TempDir;

const NOTE: &str = "Slept badly, and ate a little";
const OUTSIDE: &str = r#"{"settings":{"language":"cy"},"waiting":3,"drafts":1}"#;
const NOW: Moment = Moment::from_millis(1_764_000_000_000);

/// A phone: its disk, and its key file.
struct Phone {
    disk: MemoryStore,
    folder: TempDir,
}

type Open = Sealed<MemoryStore, LocalKey>;
type Closed = Rc<Vault<MemoryStore, LocalKey>>;

impl Phone {
    fn with(image: Image) -> Self {
        Self {
            disk: MemoryStore::with(image),
            folder: tempfile::tempdir().unwrap(),
        }
    }

    async fn begin(&self) -> Result<Opening<MemoryStore, LocalKey>, StoreError> {
        lock::open(self.disk.clone(), key(self.folder.path())).await
    }

    async fn open(&self) -> Open {
        match self.begin().await.unwrap() {
            Opening::Open(store) => store,
            Opening::Locked(_) | Opening::Lost(_) => panic!("it is closed"),
        }
    }

    async fn locked(&self) -> Closed {
        match self.begin().await.unwrap() {
            Opening::Locked(vault) => vault,
            Opening::Open(_) | Opening::Lost(_) => panic!("no PIN would open it"),
        }
    }

    async fn lost(&self) -> Closed {
        match self.begin().await.unwrap() {
            Opening::Lost(vault) => vault,
            Opening::Open(_) | Opening::Locked(_) => panic!("its key is there"),
        }
    }

    /// Sets one value of the disk to something else, behind the back of the store.
    fn bend(&self, name: &str, value: Option<Vec<u8>>) {
        let mut batch = Batch {
            from: self.disk.image().generation,
            ..Batch::default()
        };
        batch.changes.insert(name.to_owned(), value);
        self.disk.commit_now(&batch).unwrap();
    }
}

fn key(folder: &Path) -> LocalKey {
    LocalKey::beside(&folder.join("store"))
}

fn pin(digits: &str) -> Pin {
    Pin::of(digits).unwrap()
}

fn image(generation: u64, values: &[(&str, &str)]) -> Image {
    let value = |(name, value): &(&str, &str)| ((*name).to_owned(), value.as_bytes().to_vec());
    Image {
        generation,
        values: values.iter().map(value).collect(),
    }
}

fn plain() -> Image {
    image(
        7,
        &[
            ("me", "Nia"),
            ("draft/01H", NOTE),
            ("document/notes/x", NOTE),
            ("clear/outside", OUTSIDE),
        ],
    )
}

/// Whether these words lie anywhere on the disk, as a name or in a value.
fn lies_there(disk: &MemoryStore, words: &str) -> bool {
    let holds = |bytes: &[u8]| bytes.windows(words.len()).any(|w| w == words.as_bytes());
    let values = disk.image().values;
    let mut all = values.iter();
    all.any(|(name, value)| holds(name.as_bytes()) || holds(value))
}

/// The names below whose values open as these, found by bending nothing.
fn sealed_names(disk: &MemoryStore) -> Vec<String> {
    let names = disk.image().values.into_keys();
    names.filter(|name| name.starts_with("sealed/")).collect()
}

#[tokio::test]
async fn sealed_memory_and_sealed_sled_are_stores() {
    let phone = Phone::with(Image::default());
    conformance::check(&phone.open().await, &phone.open().await).await;

    let folder = tempfile::tempdir().unwrap();
    let (disk, key) = (folder.path().join("store"), key(folder.path()));
    for round in 0..2 {
        let opened = lock::open(LocalStore::open(&disk).unwrap(), key.clone()).await;
        let Opening::Open(store) = opened.unwrap() else {
            panic!("nobody set a PIN");
        };
        if round == 0 {
            conformance::fill(&store).await;
        } else {
            conformance::check_filled(&store, 1).await;
        }
    }
}

#[tokio::test]
async fn a_store_from_before_is_taken_over_whole_and_nothing_of_it_can_be_read() {
    let phone = Phone::with(plain());
    assert!(lies_there(&phone.disk, NOTE));
    let store = phone.open().await;
    let taken = store.load().await.unwrap();
    assert_eq!(taken.values, plain().values);
    assert_eq!(taken.generation, 8, "in one transaction");
    for words in [NOTE, "badly", "Nia", "draft/", "document", "notes"] {
        assert!(!lies_there(&phone.disk, words), "{words}");
    }
    // The same when it is opened again, and nothing is written for it.
    assert_eq!(phone.open().await.load().await.unwrap(), taken);
}

#[tokio::test]
async fn what_a_window_of_before_still_writes_harms_nobody() {
    let phone = Phone::with(plain());
    phone.open().await;
    phone.bend("settings", Some(b"{}".to_vec()));
    assert_eq!(
        phone.open().await.load().await.unwrap().values,
        plain().values
    );
}

#[tokio::test]
async fn a_value_that_is_cut_bent_or_moved_comes_as_none_and_the_rest_stays() {
    let phone = Phone::with(plain());
    let store = phone.open().await;
    let names = sealed_names(&phone.disk);
    assert_eq!(names.len(), 3);
    let lies = phone.disk.image().values;
    for name in &names {
        let value = &lies[name];
        let mut harmed: Vec<Vec<u8>> = [0, 1, 23, 24, 39, value.len() - 1]
            .into_iter()
            .map(|length| value[..length].to_vec())
            .collect();
        for at in [0, 24, value.len() - 1] {
            let mut bent = value.clone();
            bent[at] ^= 1;
            harmed.push(bent);
        }
        // What was sealed for another name is not this one's.
        harmed.extend(names.iter().filter(|o| *o != name).map(|o| lies[o].clone()));
        for harm in harmed {
            phone.bend(name, Some(harm));
            let read = store.load().await.unwrap().values;
            let empty = read.values().filter(|value| value.is_empty()).count();
            assert_eq!((read.len(), empty), (4, 1));
            let whole = |(name, value): (&String, &Vec<u8>)| {
                value.is_empty() || plain().values.get(name) == Some(value)
            };
            assert!(read.iter().all(whole));
        }
        phone.bend(name, Some(value.clone()));
    }
    assert_eq!(store.load().await.unwrap().values, plain().values);
}

#[tokio::test]
async fn a_name_that_is_bent_or_a_header_that_is_gone_is_said_and_hides_nothing() {
    let phone = Phone::with(plain());
    let store = phone.open().await;
    phone.bend("sealed/AAAA", Some(b"x".to_vec()));
    let read = store.load().await;
    assert!(matches!(read, Err(StoreError::Damaged(_))), "{read:?}");
    phone.bend("sealed/AAAA", None);

    let header = phone.disk.image().values["clear/lock"].clone();
    for bad in [b"".to_vec(), b"{}".to_vec(), header[..40].to_vec()] {
        phone.bend("clear/lock", Some(bad));
        let opened = phone.begin().await;
        assert!(matches!(opened, Err(StoreError::Damaged(_))));
    }
    phone.bend("clear/lock", None);
    let before = phone.disk.image();
    let opened = phone.begin().await;
    assert!(matches!(opened, Err(StoreError::Damaged(_))));
    assert_eq!(phone.disk.image(), before, "it stays as it is");
    phone.bend("clear/lock", Some(header));
    assert_eq!(
        phone.open().await.load().await.unwrap().values,
        plain().values
    );
}

#[tokio::test]
async fn a_document_that_was_bent_is_fetched_again_and_an_act_that_was_is_said() {
    for (name, is_fatal) in [("document/team", false), ("outbox/01H", true)] {
        let phone = Phone::with(image(3, &[(name, "x"), ("receipts/team", "x")]));
        let store = phone.open().await;
        for name in sealed_names(&phone.disk) {
            phone.bend(&name, Some(vec![7; 99]));
        }
        let opened = kith_app::engine::Phone::open(&store.load().await.unwrap());
        match opened {
            Ok(opened) => assert!(!is_fatal && opened.held().is_empty()),
            Err(unreadable) => assert!(is_fatal && unreadable.name == name, "{unreadable}"),
        }
    }
}

#[tokio::test]
async fn the_disk_opens_neither_without_the_pin_nor_on_another_device() {
    let phone = Phone::with(plain());
    phone.open().await.set_pin(&pin("8305"), 5).await.unwrap();
    let vault = phone.locked().await;
    let lock = vault.lock().unwrap();
    assert_eq!((lock.digits, lock.after), (4, 5));
    assert_eq!(
        vault.unlock(&pin("8306"), NOW).await.unwrap_err(),
        PinError::Wrong
    );
    let key = vault.unlock(&pin("8305"), NOW).await.unwrap();
    let store = vault.opened(key);
    assert_eq!(store.load().await.unwrap().values, plain().values);

    // The same disk beside the key of another device.
    let thief = Phone::with(phone.disk.image());
    thief.open_other().await;
    let opened = thief.lost().await.unlock(&pin("8305"), NOW).await;
    assert_eq!(opened.unwrap_err(), PinError::Store(StoreError::KeyGone));
}

impl Phone {
    /// This device gets a key of its own.
    async fn open_other(&self) {
        let opened = lock::open(MemoryStore::default(), key(self.folder.path())).await;
        assert!(opened.is_ok());
    }
}

#[tokio::test]
async fn a_pin_is_changed_and_taken_away_by_who_knows_it() {
    let phone = Phone::with(plain());
    let store = phone.open().await;
    store.set_pin(&pin("8305"), 1).await.unwrap();
    assert_eq!(
        store.check(&pin("0000"), NOW).await.unwrap_err(),
        PinError::Wrong
    );
    store.check(&pin("8305"), NOW).await.unwrap();
    store.set_pin(&pin("904417"), 15).await.unwrap();
    store.lock_after(60).await.unwrap();
    let vault = phone.locked().await;
    assert_eq!(vault.lock().unwrap().after, 60);
    assert_eq!(
        vault.unlock(&pin("8305"), NOW).await.unwrap_err(),
        PinError::Wrong
    );
    vault.unlock(&pin("904417"), NOW).await.unwrap();
    store.take_pin_away().await.unwrap();
    assert_eq!(
        phone.open().await.load().await.unwrap().values,
        plain().values
    );
    assert_eq!(vault.look().await, Ok(()));
    assert_eq!(vault.lock(), None, "whoever waits at the pad is told");
}

#[tokio::test]
async fn wrong_pins_are_counted_across_restarts_and_windows() {
    let phone = Phone::with(plain());
    phone.open().await.set_pin(&pin("8305"), 5).await.unwrap();
    for n in 1..=limits::PIN_FREE_TRIES {
        // Each in a window of its own, as after a reload.
        let vault = phone.locked().await;
        assert_eq!(
            vault.unlock(&pin("1111"), NOW).await.unwrap_err(),
            PinError::Wrong
        );
        assert_eq!(phone.locked().await.lock().unwrap().back_off.tries(), n);
    }
    let wait = limits::PIN_WAITS[0];
    let vault = phone.locked().await;
    // Even the right one waits, and waiting is no try.
    for digits in ["8305", "1111"] {
        let opened = vault.unlock(&pin(digits), NOW).await;
        assert_eq!(opened.unwrap_err(), PinError::Wait(wait));
    }
    let hour_before = NOW + Span::hours(-1);
    // The clock was set back: from now on it counts from there, whoever looks.
    assert_eq!(phone.locked().await.wait(hour_before).await, Ok(wait));
    let half = hour_before + Span::from_millis(wait.millis() / 2);
    let opened = phone.locked().await.unlock(&pin("8305"), half).await;
    assert_eq!(
        opened.unwrap_err(),
        PinError::Wait(Span::from_millis(wait.millis() / 2))
    );
    let vault = phone.locked().await;
    vault
        .unlock(&pin("8305"), hour_before + wait)
        .await
        .unwrap();
    assert_eq!(vault.lock().unwrap().back_off.tries(), 0);
}

#[tokio::test]
async fn a_wiped_store_is_gone_for_everyone_and_the_next_one_is_another() {
    let phone = Phone::with(plain());
    let store = phone.open().await;
    store.set_pin(&pin("8305"), 5).await.unwrap();
    let before = phone.disk.image();
    let vault = phone.locked().await;
    let generation = vault.wipe().await.unwrap();
    assert_eq!(
        phone.disk.image(),
        image(generation, &[("clear/outside", OUTSIDE)])
    );
    // The other window, which was open, and one that waits at the pad.
    assert_eq!(store.load().await, Err(StoreError::Wiped));
    let late = Batch {
        from: before.generation,
        changes: BTreeMap::from([("me".to_owned(), Some(b"Nia".to_vec()))]),
    };
    assert_eq!(store.commit(&late).await, Err(StoreError::Behind));
    assert_eq!(vault.look().await, Err(StoreError::Wiped));

    let anew = phone.open().await;
    assert_eq!(
        anew.load().await.unwrap().values,
        image(0, &[("clear/outside", OUTSIDE)]).values
    );
    assert_eq!(store.load().await, Err(StoreError::Wiped));
    let begun = kith_app::engine::Phone::open(&anew.load().await.unwrap()).unwrap();
    assert_eq!(begun.setting("language"), Some("cy"));
    // A copy of the disk from before is worth nothing: its device key is no more.
    let copy = lock::open(MemoryStore::with(before), key(phone.folder.path())).await;
    let Ok(Opening::Lost(copy)) = copy else {
        panic!("nothing opens it");
    };
    assert_eq!(
        copy.unlock(&pin("8305"), NOW).await.unwrap_err(),
        PinError::Store(StoreError::KeyGone)
    );
}

#[cfg(unix)]
#[tokio::test]
async fn the_key_file_is_its_owners_alone() {
    use std::os::unix::fs::PermissionsExt as _;
    let phone = Phone::with(plain());
    phone.open().await;
    let file = phone.folder.path().join("store.key");
    let mode = std::fs::metadata(&file).unwrap().permissions().mode();
    assert_eq!(mode & 0o777, 0o600);
    assert_eq!(std::fs::read_dir(phone.folder.path()).unwrap().count(), 1);
}

#[tokio::test]
async fn what_nothing_opens_any_more_stays_until_it_is_wiped_by_hand() {
    let phone = Phone::with(plain());
    phone.open().await;
    let file = phone.folder.path().join("store.key");
    for with_pin in [false, true] {
        if with_pin {
            phone.open().await.set_pin(&pin("8305"), 5).await.unwrap();
        }
        std::fs::remove_file(&file).unwrap();
        let before = phone.disk.image();
        let lost = phone.lost().await;
        assert_eq!(phone.disk.image(), before, "it stays as it is");
        assert_eq!(lost.outside().as_deref(), Some(OUTSIDE.as_bytes()));
        lost.wipe().await.unwrap();
        let anew = phone.open().await.load().await.unwrap();
        assert!(anew.values.keys().all(|name| name == "clear/outside"));
        assert!(file.exists(), "it has a key of its own");
    }
}
