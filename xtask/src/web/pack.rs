//! Compressed copies beside every file that gains by it, and what they weigh.

use std::fmt::Write as _;
use std::fs;
use std::io::Write as _;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use brotli::enc::BrotliEncoderParams;
use flate2::Compression;
use flate2::write::GzEncoder;

use super::Build;
use super::site::Files;

/// What compresses; pictures and fonts are compressed already.
const COMPRESSIBLE: [&str; 8] = [
    "css",
    "html",
    "js",
    "json",
    "svg",
    "txt",
    "wasm",
    "webmanifest",
];

/// What counts as code in the budget.
const CODE: [&str; 4] = ["css", "html", "js", "wasm"];

/// What one file weighs, in bytes.
pub(super) struct Size {
    path: String,
    raw: usize,
    /// As it travels: compressed with brotli, where that is done.
    sent: usize,
}

impl Size {
    pub(super) fn new(path: impl Into<String>, raw: usize, sent: usize) -> Self {
        let path = path.into();
        Self { path, raw, sent }
    }
}

/// Writes the site to a folder, with `.br` and `.gz` beside what compresses. The folder is replaced in one step.
pub(super) fn publish(site: &Files, dist: &Path, build: Build) -> Result<Vec<Size>> {
    let aside = dist.with_extension("new");
    if aside.exists() {
        fs::remove_dir_all(&aside)?;
    }
    let mut sizes = Vec::new();
    for (path, bytes) in site {
        let file = aside.join(path);
        fs::create_dir_all(file.parent().context("a file is in a folder")?)?;
        fs::write(&file, bytes)?;
        let mut sent = bytes.len();
        if extension_is_one_of(path, &COMPRESSIBLE) {
            let earlier = Earlier { dist, path, bytes };
            let brotli = earlier.or("br", || brotli(bytes, build))?;
            fs::write(beside(&file, "br"), &brotli)?;
            fs::write(
                beside(&file, "gz"),
                earlier.or("gz", || gzip(bytes, build))?,
            )?;
            sent = brotli.len();
        }
        sizes.push(Size::new(path, bytes.len(), sent));
    }
    if dist.exists() {
        fs::remove_dir_all(dist)?;
    }
    fs::rename(&aside, dist)?;
    Ok(sizes)
}

/// The last build's copy of a file: what did not change need not be compressed again.
struct Earlier<'a> {
    dist: &'a Path,
    path: &'a str,
    bytes: &'a [u8],
}

impl Earlier<'_> {
    fn or(&self, extension: &str, make: impl FnOnce() -> Result<Vec<u8>>) -> Result<Vec<u8>> {
        let file = self.dist.join(self.path);
        let same = fs::read(&file).is_ok_and(|old| old == self.bytes);
        match fs::read(beside(&file, extension)) {
            Ok(packed) if same => Ok(packed),
            _ => make(),
        }
    }
}

fn brotli(bytes: &[u8], build: Build) -> Result<Vec<u8>> {
    let params = BrotliEncoderParams {
        // The last step to 11 takes ten times as long for a tenth less: worth it for what is shipped only.
        quality: if build == Build::Release { 11 } else { 9 },
        lgwin: 22,
        ..BrotliEncoderParams::default()
    };
    let mut packed = Vec::new();
    brotli::BrotliCompress(&mut &*bytes, &mut packed, &params)?;
    Ok(packed)
}

fn gzip(bytes: &[u8], build: Build) -> Result<Vec<u8>> {
    let level = if build == Build::Release { 9 } else { 6 };
    let mut encoder = GzEncoder::new(Vec::new(), Compression::new(level));
    encoder.write_all(bytes)?;
    Ok(encoder.finish()?)
}

fn beside(file: &Path, extension: &str) -> PathBuf {
    let mut name = file.as_os_str().to_owned();
    name.push(".");
    name.push(extension);
    name.into()
}

fn extension_is_one_of(path: &str, extensions: &[&str]) -> bool {
    path.rsplit_once('.')
        .is_some_and(|(_, is)| extensions.contains(&is))
}

/// The sizes for people to read.
pub(super) fn table(sizes: &[Size]) -> String {
    let mut text = format!("{:>9}  {:>9}  file", "raw", "sent");
    for size in sizes {
        let _ = write!(text, "\n{:>9}  {:>9}  {}", size.raw, size.sent, size.path);
    }
    text
}

/// All code: as it is, and as it travels.
pub(super) fn code(sizes: &[Size]) -> (usize, usize) {
    sizes
        .iter()
        .filter(|size| extension_is_one_of(&size.path, &CODE))
        .fold((0, 0), |(raw, sent), size| {
            (raw + size.raw, sent + size.sent)
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    fn site() -> Files {
        let page = "words and words and words ".repeat(50);
        [
            ("index.html".to_owned(), page.into_bytes()),
            ("icons/k.png".to_owned(), vec![1, 2, 3]),
        ]
        .into()
    }

    #[test]
    fn compressed_copies_hold_the_same() {
        let dir = tempfile::tempdir().unwrap();
        let dist = dir.path().join("dist");
        publish(&site(), &dist, Build::Quick).unwrap();
        let page = fs::read(dist.join("index.html")).unwrap();

        let mut from_brotli = Vec::new();
        let packed = fs::read(dist.join("index.html.br")).unwrap();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut from_brotli).unwrap();
        assert_eq!(from_brotli, page);

        let mut from_gzip = Vec::new();
        let packed = fs::read(dist.join("index.html.gz")).unwrap();
        flate2::read::GzDecoder::new(packed.as_slice())
            .read_to_end(&mut from_gzip)
            .unwrap();
        assert_eq!(from_gzip, page);
        assert!(!dist.join("icons/k.png.br").exists());
    }

    #[test]
    fn a_new_site_leaves_nothing_of_the_old_one() {
        let dir = tempfile::tempdir().unwrap();
        let dist = dir.path().join("dist");
        publish(&site(), &dist, Build::Quick).unwrap();
        let changed = [("index.html".to_owned(), b"other".to_vec())].into();
        publish(&changed, &dist, Build::Quick).unwrap();
        assert!(!dist.join("icons").exists());
        // The copy beside it must not be the one of the old page.
        let packed = fs::read(dist.join("index.html.br")).unwrap();
        let mut page = Vec::new();
        brotli::BrotliDecompress(&mut packed.as_slice(), &mut page).unwrap();
        assert_eq!(page, b"other");
    }

    #[test]
    fn code_is_weighed_without_pictures() {
        let sizes = [("a.wasm", 90, 30), ("k.png", 500, 500), ("a.js", 10, 5)];
        let sizes = sizes.map(|(path, raw, sent)| Size::new(path, raw, sent));
        assert_eq!(code(&sizes), (100, 35));
        assert!(table(&sizes).ends_with("10          5  a.js"));
    }
}
