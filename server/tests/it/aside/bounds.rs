//! How much is kept, and how much of it is read at once.

use super::{ask, left_out, page, said, scene};
use crate::harness::{problem, read, words};
use kith_shared::{
    api::ProblemCode,
    aside::{Kept, Page},
    bytes::Bytes,
    limits,
    policy::Refusal,
    sync::Push,
};

#[tokio::test]
async fn what_cannot_be_read_says_so_and_pages_have_an_end() {
    let scene = scene().await;
    let junk = |n: usize| Bytes(n.to_be_bytes().to_vec());
    let mut request = scene.nia.request();
    let many = limits::QUARANTINE_PER_PAGE + 3;
    request.push = vec![Push {
        document: scene.notes(),
        changes: (0..many).map(junk).collect(),
    }];
    scene.nia.level(&request).await;
    let first = page(&scene.elin).await;
    assert_eq!(
        (first.open, first.kept.len(), first.more),
        (many, limits::QUARANTINE_PER_PAGE, true)
    );
    let unreadable = |k: &Kept| k.records.is_empty() && k.bar == Some(Refusal::Unreadable);
    assert!(first.kept.iter().all(unreadable));
    let last = first.kept.last().unwrap();
    // It is settled meanwhile, and has its place still.
    said(&scene.elin, last, left_out("Nothing to read")).await;
    let after = format!("?after={}&limit=2", last.quarantine);
    let next: Page = read(ask(&scene.elin, &after).await).await;
    assert_eq!((next.open, next.kept.len(), next.more), (many - 1, 2, true));
    let after = format!("?after={}", next.kept[1].quarantine);
    let rest: Page = read(ask(&scene.elin, &after).await).await;
    assert_eq!((rest.kept.len(), rest.more), (1, false));
    let none: Page = read(ask(&scene.elin, "?limit=0").await).await;
    assert_eq!((none.open, none.kept.len(), none.more), (many - 1, 0, true));
    let mut all: Vec<_> = [first.kept, next.kept, rest.kept].concat();
    all.dedup_by_key(|k| k.quarantine);
    assert_eq!(all.len(), many);
    for query in ["?limit=many", "?after=here", "?limit=-1"] {
        let code = problem(ask(&scene.elin, query).await).await;
        assert_eq!(code, ProblemCode::Malformed, "{query}");
    }
}

#[tokio::test]
async fn what_is_settled_makes_room() {
    let scene = scene().await;
    let push = async |bytes: usize, n: u8| {
        let mut request = scene.nia.request();
        request.push = vec![Push {
            document: scene.notes(),
            changes: vec![Bytes(vec![n; bytes])],
        }];
        words(&scene.nia.level(&request).await).remove(0)
    };
    let (most, full) = (
        limits::QUARANTINE_BYTES / limits::CHANGE_BYTES,
        limits::CHANGE_BYTES,
    );
    for n in 0..most {
        assert_eq!(
            push(full, u8::try_from(n).unwrap()).await,
            "Unreadable, kept"
        );
    }
    assert_eq!(push(1, 250).await, "Unreadable");
    let first = page(&scene.elin).await.kept.remove(0);
    said(&scene.elin, &first, left_out("Only noise")).await;
    assert_eq!(push(1, 250).await, "Unreadable, kept");
    assert_eq!(push(full, 251).await, "Unreadable");
    // What was settled is known, and not kept once more.
    assert_eq!(push(full, 0).await, "Unreadable, kept");
    assert_eq!(page(&scene.elin).await.open, most);
}
