//! Figures, measured on real relays and real phones over loopback. Nothing here passes or fails:
//! how fast a machine is says nothing about whether the code is right.

mod bytes;
mod latency;
mod memory;
mod pushes;
mod table;
mod team;
mod web;
mod wire;

pub use table::{Figure, print, write};

use anyhow::Result;

/// Measures everything; `say` is told what comes next.
pub async fn measure(say: impl Fn(&str)) -> Result<Vec<Figure>> {
    let mut figures = Vec::new();
    say("bytes on the wire");
    figures.extend(bytes::measure().await?);
    say("durable pushes");
    figures.extend(pushes::measure().await?);
    say("from one phone to another");
    figures.extend(latency::measure().await?);
    say("the relay's memory");
    figures.extend(memory::measure().await?);
    say("the web app");
    figures.extend(web::measure()?);
    Ok(figures)
}
