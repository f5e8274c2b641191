//! A manager hears by themselves that something waits, and its author that it is settled.

use super::{left_out, note_as, page, said, scene_on};
use crate::{
    listening::{is_quiet, listen, next},
    push_service::Service,
};
use kith_relay::journal::MemoryJournal;
use std::sync::Arc;

#[tokio::test]
async fn a_manager_hears_of_it_at_once_and_is_woken() {
    let service = Service::start().await;
    let journal = Arc::new(MemoryJournal::default());
    let relay = service.relay(journal.clone()).await;
    let mut scene = scene_on(journal, relay).await;
    let (notes, elin) = (scene.notes(), scene.elin.me().member);
    let cai = scene.relay.joined(scene.team, "pa", "Cai", None).await;
    for (phone, path) in [(&scene.elin, "/elin"), (&scene.nia, "/nia"), (&cai, "/cai")] {
        service.subscribe(phone, path).await;
    }
    scene.nia.sync().await;
    let mut streams = [
        listen(&scene.elin).await,
        listen(&scene.nia).await,
        listen(&cai).await,
    ];
    for stream in &mut streams {
        assert!(next(stream).await.is_some());
    }
    let [manager, author, other] = &mut streams;
    note_as(&mut scene.nia, elin, notes, "In another's name");
    scene.nia.level(&scene.nia.request()).await;
    assert!(next(manager).await.is_some());
    assert!(is_quiet(author).await, "who handed it in was answered");
    assert_eq!(service.wait_for("/elin", 1).await.len(), 1);

    let kept = page(&scene.elin).await.kept.remove(0);
    said(&scene.elin, &kept, left_out("Say it in your own name")).await;
    assert!(next(author).await.is_some());
    assert!(next(manager).await.is_some(), "on their other phones");
    assert!(is_quiet(other).await, "nobody else hears of any of it");
    for path in ["/nia", "/cai"] {
        assert!(service.pushed(path).is_empty());
    }
}
