//! wasm-bindgen: the JavaScript between the browser and the compiled app.

use std::fs;

use anyhow::{Context, Result};
use wasm_bindgen_cli_support::Bindgen;

use super::site::Files;
use super::{Build, folder};
use crate::shell::target_dir;

/// Turns what cargo compiled into `kith.js`, `kith_bg.wasm` and `snippets/**`.
pub(super) fn run(wasm: &[u8], build: Build) -> Result<Files> {
    let out = target_dir()?.join("web/bindgen");
    if out.exists() {
        fs::remove_dir_all(&out)?;
    }
    Bindgen::new()
        .input_bytes("kith", wasm.to_vec())
        .web(true)?
        .typescript(false)
        // Names of functions make a panic readable; they are a fifth of the file.
        .remove_name_section(build == Build::Release)
        .remove_producers_section(true)
        .out_name("kith")
        .generate(&out)
        .context("wasm-bindgen")?;
    folder(&out, None)
}
