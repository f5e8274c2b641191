//! What every [`Store`] holds to, as checks that each implementation passes.

use super::{Batch, Generation, Image, Store, StoreError};
use std::collections::BTreeSet;

/// Sizes of values around every boundary that a store might have: none, one, the page and the
/// piece of sled, several pieces, a document of a busy month.
const SIZES: [usize; 11] = [
    0, 1, 3071, 3072, 3073, 4095, 4096, 6144, 65_536, 65_537, 300_000,
];

/// Puts an empty store through everything that the engine relies on. Both are handles of the same
/// store, as two tabs have.
///
/// # Panics
///
/// Where the store fails.
pub async fn check<S: Store>(one: &S, other: &S) {
    // A store may have transactions of its own behind it, but no values.
    let began = one.load().await.expect("the store can be read").generation;
    let mut model = Image {
        generation: began,
        ..Image::default()
    };
    expect(one, &model, "it is not empty").await;

    // Whole transactions: setting, replacing, removing, all at once.
    let mut first = Batch::default();
    for (n, size) in SIZES.into_iter().enumerate() {
        first.put(format!("value/{n}"), value(size, 1));
    }
    commit(one, &mut model, first).await;
    expect(one, &model, "not what was put").await;
    expect(other, &model, "the other handle sees another").await;

    // Every value takes another size, so that a longer one leaves nothing of itself behind.
    let mut second = Batch::default();
    for (n, size) in SIZES.into_iter().rev().enumerate() {
        second.put(format!("value/{n}"), value(size, 2));
    }
    second.remove("value/3");
    second.remove("was/never/there");
    commit(other, &mut model, second).await;
    expect(one, &model, "replaced values are not the new ones").await;

    // Names that begin alike are different names; so are those of other alphabets.
    let mut third = Batch::default();
    for name in [
        "value/1", "value/10", "value/1/", "value", "v", "Siân/ŵ", "日本",
    ] {
        third.put(name, name.as_bytes().to_vec());
    }
    commit(one, &mut model, third).await;
    let mut fourth = Batch::default();
    fourth.remove("value/1");
    fourth.remove("v");
    commit(one, &mut model, fourth).await;
    expect(one, &model, "names got mixed up").await;

    // Whoever decided on an older state is told so, and changes nothing; nor can anyone be ahead.
    for from in [began, model.generation - 1, model.generation + 1] {
        let mut late = Batch {
            from,
            ..Batch::default()
        };
        late.put("value/2", b"late".to_vec());
        late.remove("value");
        for store in [one, other] {
            let result = store.commit(&late).await;
            assert_eq!(result, Err(StoreError::Behind), "from generation {from}");
        }
    }
    expect(other, &model, "a late transaction left a trace").await;

    // A transaction that changes no value counts all the same: it was someone's turn.
    commit(other, &mut model, Batch::default()).await;
    expect(one, &model, "the transaction was not counted").await;
}

/// Fills an empty store, for [`check_filled`] once it was closed and opened again.
///
/// # Panics
///
/// Where the store fails.
pub async fn fill(store: &impl Store) {
    let mut image = store.load().await.expect("the store can be read");
    for batch in filling() {
        commit(store, &mut image, batch).await;
    }
}

/// Whether the store holds what [`fill`] put into it, and goes on from there. It was of this
/// generation before.
///
/// # Panics
///
/// Where it does not.
pub async fn check_filled(store: &impl Store, began: Generation) {
    let mut image = Image::default();
    for (from, batch) in (began..).zip(filling()) {
        image.apply(&Batch { from, ..batch });
    }
    expect(store, &image, "not what it held when it closed").await;
    let mut next = Batch::default();
    next.put("after", b"all".to_vec());
    commit(store, &mut image, next).await;
    expect(store, &image, "not what it was given after it opened").await;
}

fn filling() -> Vec<Batch> {
    let batch = |n: usize| {
        let mut batch = Batch::default();
        for (at, size) in SIZES.into_iter().enumerate().skip(n % 3) {
            batch.put(format!("value/{at}"), value(size + n, 3));
        }
        batch.remove(format!("value/{n}"));
        batch
    };
    (0..SIZES.len()).map(batch).collect()
}

/// The store holds this; where it does not, says which values differ, not what they are.
async fn expect(store: &impl Store, model: &Image, otherwise: &str) {
    let image = store.load().await.expect("the store can be read");
    let names: BTreeSet<_> = image.values.keys().chain(model.values.keys()).collect();
    let differ = |name: &&&String| image.values.get(**name) != model.values.get(**name);
    let names: Vec<_> = names.iter().filter(differ).collect();
    assert!(names.is_empty(), "{otherwise}: {names:?} differ");
    assert_eq!(image.generation, model.generation, "{otherwise}");
}

async fn commit(store: &impl Store, model: &mut Image, mut batch: Batch) {
    batch.from = model.generation;
    store.commit(&batch).await.expect("the transaction is due");
    model.apply(&batch);
}

/// `size` bytes that differ from place to place, so that a piece in another's place shows.
fn value(size: usize, salt: u8) -> Vec<u8> {
    let byte = |n: usize| (n / 251).to_le_bytes()[0] ^ n.to_le_bytes()[0] ^ salt;
    (0..size).map(byte).collect()
}
