//! The look of Kith: design tokens and styles, the bundled font, icons, and the files that make the
//! web app installable.
//!
//! | folder | holds | who takes it |
//! | --- | --- | --- |
//! | `css/` | one sheet a component, joined in file-name order | the web build as one file, native builds as [`CSS`] |
//! | `fonts/` | Source Sans 3, 400 to 700, Latin and Welsh | the web build, served under `/fonts/` |
//! | `icons/` | one path a file, 24 × 24 | the app, through [`Icon`] |
//! | `public/` | page template, manifest, service worker, app icons | the web build, at the site's root |
//! | `gallery/` | every screen as a plain page | people: open `gallery/index.html` |
//!
//! `README.md` beside this crate's manifest lists the classes and the markup they expect.

#[cfg(test)]
mod gallery;
mod icons;
mod styles;

pub use icons::Icon;
pub use styles::CSS;
