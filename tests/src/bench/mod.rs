//! Figures, measured on real relays and real phones over loopback. Nothing here passes or fails:
//! how fast a machine is says nothing about whether the code is right.

mod bytes;
mod grant;
mod latency;
mod memory;
mod month;
pub mod peers;
mod pushes;
mod table;
mod team;
mod vetting;
mod web;
mod wire;

pub use table::{Figure, print, write};

use anyhow::Result;

/// Measures everything, or what has `only` in its name; `say` is told what comes next.
pub async fn measure(only: &str, say: impl Fn(&str)) -> Result<Vec<Figure>> {
    let wanted = |what: &str| {
        let wanted = what.contains(only);
        if wanted {
            say(what);
        }
        wanted
    };
    let mut figures = Vec::new();
    if wanted("bytes on the wire") {
        figures.extend(bytes::measure().await?);
    }
    if wanted("durable pushes") {
        figures.extend(pushes::measure().await?);
    }
    if wanted("from one phone to another") {
        figures.extend(latency::measure().await?);
    }
    if wanted("vetting") {
        figures.extend(vetting::measure()?);
    }
    if wanted("who covers") {
        figures.extend(grant::measure()?);
    }
    if wanted("the relay's memory") {
        figures.extend(memory::measure().await?);
    }
    if wanted("the web app") {
        figures.extend(web::measure()?);
    }
    if wanted("the rota's month") {
        figures.extend(month::measure().await?);
    }
    Ok(figures)
}
