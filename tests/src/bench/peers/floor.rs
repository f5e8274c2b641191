//! What nobody gets around who saves and loads a document before they store what came to it: how
//! long that alone takes, without a server, a disk or checks of any other kind.

use super::ours::Work;
use anyhow::{Context, Result, ensure};
use automerge::{Automerge, Change, LoadOptions, TextEncoding};
use kith_shared::bytes::Bytes;
use std::{
    num::NonZero,
    thread::{available_parallelism, scope},
    time::Instant,
};

/// Seconds for all documents, shared among all processors: each after every change, or once.
pub(super) fn floor(work: &Work, each: bool) -> Result<f64> {
    let threads = available_parallelism().map_or(1, NonZero::get);
    let some = work.len().div_ceil(threads);
    let began = Instant::now();
    scope(|scope| {
        let all = |documents: &[Vec<Bytes>]| documents.iter().try_for_each(|d| one(d, each));
        let threads = work.chunks(some).map(|some| scope.spawn(move || all(some)));
        let mut threads = threads.collect::<Vec<_>>().into_iter();
        threads.try_for_each(|thread| thread.join().ok().context("it panicked")?)
    })?;
    Ok(began.elapsed().as_secs_f64())
}

fn one(document: &[Bytes], each: bool) -> Result<()> {
    let (genesis, changes) = document.split_first().context("it has a beginning")?;
    let mut held = Automerge::new_with_encoding(TextEncoding::Utf16CodeUnit);
    held.apply_changes([Change::from_bytes(genesis.0.clone())?])?;
    let at_once = if each { 1 } else { changes.len() };
    for some in changes.chunks(at_once) {
        let some = some.iter().map(|c| Change::from_bytes(c.0.clone()));
        held.apply_changes(some.collect::<Result<Vec<_>, _>>()?)?;
        let options = LoadOptions::new().text_encoding(TextEncoding::Utf16CodeUnit);
        let again = Automerge::load_with_options(&held.save_nocompress(), options)?;
        ensure!(again.get_heads() == held.get_heads(), "it loads as another");
    }
    Ok(())
}
