//! The style sheets, joined for builds that carry their styles as text.

/// Joins the sheets and remembers their names, so that a test can compare them with the folder.
macro_rules! sheets {
    ($($file:literal,)*) => {
        /// All of `css/` in file-name order, as one sheet.
        ///
        /// The web build joins the same files itself. The fonts in it stand under `/fonts/`;
        /// where they are not served, the phone's own sans serif is used.
        pub const CSS: &str = concat!($(include_str!(concat!("../css/", $file)), "\n",)*);

        #[cfg(test)]
        const FILES: &[&str] = &[$($file,)*];
    };
}

sheets! {
    "10-tokens.css",
    "20-base.css",
    "30-layout.css",
    "40-brand.css",
    "40-buttons.css",
    "40-choices.css",
    "40-coming.css",
    "40-cover.css",
    "40-faces.css",
    "40-figures.css",
    "40-forms.css",
    "40-messages.css",
    "40-month.css",
    "40-pad.css",
    "40-paint.css",
    "40-rota.css",
    "40-rows.css",
    "40-sheet.css",
    "40-shift-states.css",
    "40-status.css",
    "40-story.css",
    "40-tally.css",
    "40-team.css",
    "40-visit.css",
    "90-wide.css",
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeMap;
    use std::fs;
    use std::path::Path;

    use super::{CSS, FILES};

    const ROOT: &str = env!("CARGO_MANIFEST_DIR");

    #[test]
    fn every_sheet_is_in_in_order() {
        let mut files: Vec<String> = fs::read_dir(Path::new(ROOT).join("css"))
            .expect("css/ is there")
            .map(|entry| {
                entry
                    .expect("readable")
                    .file_name()
                    .to_string_lossy()
                    .into_owned()
            })
            .collect();
        files.sort();
        assert_eq!(files, FILES);

        let gallery =
            fs::read_to_string(Path::new(ROOT).join("gallery/gallery.css")).expect("gallery.css");
        let imported: Vec<&str> = gallery
            .lines()
            .filter_map(|line| {
                line.strip_prefix("@import url(\"../css/")?
                    .strip_suffix("\");")
            })
            .collect();
        assert_eq!(imported, FILES);
    }

    #[test]
    fn nothing_is_fetched_from_elsewhere() {
        for address in CSS.split("url(\"").skip(1) {
            let file = address.split('"').next().unwrap_or_default();
            let local = file
                .strip_prefix('/')
                .unwrap_or_else(|| panic!("{file} is not ours"));
            assert!(Path::new(ROOT).join(local).is_file(), "{file} is missing");
        }
        assert!(!CSS.contains("@import"));
    }

    /// The custom properties of the first block that opens with `head`.
    fn tokens(head: &str) -> BTreeMap<&'static str, &'static str> {
        let (_, rest) = CSS
            .split_once(head)
            .unwrap_or_else(|| panic!("no block {head}"));
        let (block, _) = rest.split_once('}').expect("the block ends");
        block
            .lines()
            .filter_map(|line| line.trim().strip_suffix(';')?.split_once(": "))
            .filter(|(name, _)| name.starts_with("--"))
            .collect()
    }

    const LIGHT: &str = ":root {\n  color-scheme: light;";
    const DARK_BY_PHONE: &str = ":root:not([data-theme=\"light\"]) {";
    const DARK_BY_CHOICE: &str = ":root[data-theme=\"dark\"] {";

    #[test]
    fn both_dark_sets_are_one_and_complete() {
        let dark = tokens(DARK_BY_CHOICE);
        assert_eq!(tokens(DARK_BY_PHONE), dark);
        assert!(tokens(LIGHT).keys().eq(dark.keys()));
    }

    /// Contrast ratio of two `#rrggbb` colours (WCAG 2.2, relative luminance).
    fn contrast(one: &str, other: &str) -> f64 {
        let luminance = |colour: &str| {
            let part = |at: usize| {
                let byte = u8::from_str_radix(&colour[at..at + 2], 16).expect("#rrggbb");
                let c = f64::from(byte) / 255.0;
                if c <= 0.04045 {
                    c / 12.92
                } else {
                    ((c + 0.055) / 1.055).powf(2.4)
                }
            };
            0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5)
        };
        let (a, b) = (luminance(one), luminance(other));
        (a.max(b) + 0.05) / (a.min(b) + 0.05)
    }

    #[test]
    fn contrast_holds_in_both_themes() {
        let mut pairs: Vec<(String, String, f64)> = [
            ("ink", "paper", 7.0),
            ("ink", "surface", 7.0),
            ("ink", "sunken", 7.0),
            ("ink", "wash", 7.0),
            ("ink", "brand-soft", 7.0),
            ("ink", "need", 7.0),
            ("ink", "stop", 7.0),
            ("ink", "good", 7.0),
            ("ink", "note", 7.0),
            ("ink-soft", "paper", 7.0),
            ("ink-soft", "surface", 7.0),
            ("ink-soft", "sunken", 4.5),
            ("ink-soft", "wash", 4.5),
            ("brand", "paper", 4.5),
            ("brand", "surface", 4.5),
            ("brand", "brand-soft", 4.5),
            ("on-brand", "brand", 7.0),
            ("on-brand", "brand-strong", 7.0),
            ("running-ink", "running", 7.0),
            ("brand-soft-ink", "brand-soft", 7.0),
            ("need-ink", "need", 4.5),
            ("need-ink", "surface", 4.5),
            ("need-ink", "paper", 4.5),
            ("ink-soft", "brand-soft", 4.5),
            ("good-ink", "good", 4.5),
            ("good-ink", "paper", 4.5),
            ("good-ink", "surface", 4.5),
            ("stop-ink", "stop", 4.5),
            ("stop-ink", "paper", 4.5),
            ("note-ink", "note", 4.5),
            ("edge", "surface", 3.0),
            ("edge", "paper", 3.0),
            ("focus", "paper", 3.0),
            ("focus", "surface", 3.0),
        ]
        .map(|(ink, ground, least)| (ink.to_owned(), ground.to_owned(), least))
        .into();
        pairs.extend((0..8).map(|n| (format!("face-{n}-ink"), format!("face-{n}"), 5.0)));

        for theme in [LIGHT, DARK_BY_CHOICE] {
            let set = tokens(theme);
            let colour = |name: &str| set[format!("--{name}").as_str()];
            for (ink, ground, least) in &pairs {
                let ratio = contrast(colour(ink), colour(ground));
                assert!(
                    ratio >= *least,
                    "{ink} on {ground}: {ratio:.2} < {least} in {theme}"
                );
            }
        }
    }
}
