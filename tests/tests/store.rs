//! Every store of a phone holds to the same.

use kith_app::platform::{
    LocalStore,
    store::{Store as _, StoreError, conformance},
    store_memory::MemoryStore,
};
use std::{fs, path::Path};

#[tokio::test]
async fn memory_is_a_store() {
    let store = MemoryStore::default();
    conformance::check(&store, &store.clone()).await;

    let store = MemoryStore::default();
    conformance::fill(&store).await;
    conformance::check_filled(&MemoryStore::with(store.image()), 0).await;
}

#[tokio::test]
async fn sled_is_a_store() {
    let folder = tempfile::tempdir().unwrap();
    let store = LocalStore::open(folder.path()).unwrap();
    conformance::check(&store, &store).await;
}

#[tokio::test]
async fn sled_keeps_everything_when_it_is_opened_again() {
    let folder = tempfile::tempdir().unwrap();
    conformance::fill(&LocalStore::open(folder.path()).unwrap()).await;
    conformance::check_filled(&LocalStore::open(folder.path()).unwrap(), 0).await;
}

#[tokio::test]
async fn a_damaged_store_is_set_aside_whole() {
    let folder = tempfile::tempdir().unwrap();
    let folder = folder.path().join("store");
    for n in 1..=2 {
        conformance::fill(&LocalStore::open(&folder).unwrap()).await;
        let damaged = damage(&folder);
        let opened = LocalStore::open(&folder);
        assert!(matches!(opened, Err(StoreError::Damaged(_))), "{opened:?}");
        assert_eq!(fs::read(folder.join("conf")).unwrap(), damaged);

        let (store, aside) = LocalStore::open_or_set_aside(&folder).unwrap();
        let aside = aside.unwrap();
        assert!(aside.ends_with(format!("store.damaged-{n}")), "{aside:?}");
        assert_eq!(fs::read(aside.join("conf")).unwrap(), damaged);
        assert!(fs::metadata(aside.join("db")).unwrap().len() > 0);
        assert_eq!(store.load().await.unwrap().generation, 0);
        drop(store);
        // The new one is as good as any.
        let (store, aside) = LocalStore::open_or_set_aside(&folder).unwrap();
        assert_eq!(aside, None);
        conformance::check(&store, &store).await;
        drop(store);
        fs::remove_dir_all(&folder).unwrap();
    }
}

/// Overwrites what sled needs to read anything else, and returns what is there now.
fn damage(folder: &Path) -> Vec<u8> {
    let path = folder.join("conf");
    let mut bytes = fs::read(&path).unwrap();
    for byte in &mut bytes {
        *byte ^= 0x5a;
    }
    fs::write(&path, &bytes).unwrap();
    bytes
}

/// A store that another program has open is in order: nothing may be set aside.
#[tokio::test]
async fn a_store_in_use_is_not_taken_for_damaged() {
    let folder = tempfile::tempdir().unwrap();
    let store = LocalStore::open(folder.path()).unwrap();
    conformance::fill(&store).await;
    let again = LocalStore::open_or_set_aside(folder.path());
    assert!(matches!(again, Err(StoreError::Denied(_))), "{again:?}");
    drop(store);
    conformance::check_filled(&LocalStore::open(folder.path()).unwrap(), 0).await;
}
