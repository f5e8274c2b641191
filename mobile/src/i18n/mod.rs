//! The words of the screens, in English and Welsh: every one stands in the files of `en/` and
//! `cy/` ([Fluent](https://projectfluent.org)), none in the code.

pub mod dates;
#[cfg(test)]
mod tests;

use fluent_bundle::{FluentBundle, FluentResource, FluentValue};
use std::cell::OnceCell;
use unic_langid::LanguageIdentifier;

/// A language that the app speaks.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// English.
    #[default]
    En,
    /// Welsh.
    Cy,
}

/// Values for the places in a message, by name.
pub type Args<'a> = [(&'a str, FluentValue<'a>)];

impl Lang {
    /// Both.
    pub const ALL: [Self; 2] = [Self::Cy, Self::En];

    /// Its code, as settings and `<html lang>` have it.
    pub fn code(self) -> &'static str {
        match self {
            Self::En => "en-GB",
            Self::Cy => "cy",
        }
    }

    /// The language with this code, whatever region stands behind it.
    pub fn of(code: &str) -> Option<Self> {
        match code.split(['-', '_']).next()? {
            "en" => Some(Self::En),
            "cy" => Some(Self::Cy),
            _ => None,
        }
    }

    /// The first of these codes that the app speaks; English when it speaks none.
    pub fn choose<'a>(codes: impl IntoIterator<Item = &'a str>) -> Self {
        codes.into_iter().find_map(Self::of).unwrap_or_default()
    }

    /// The files with its words.
    fn files(self) -> &'static [&'static str] {
        match self {
            Self::En => &[
                include_str!("en/app.ftl"),
                include_str!("en/cover.ftl"),
                include_str!("en/lock.ftl"),
                include_str!("en/plan.ftl"),
                include_str!("en/rota.ftl"),
                include_str!("en/team.ftl"),
            ],
            Self::Cy => &[
                include_str!("cy/app.ftl"),
                include_str!("cy/cover.ftl"),
                include_str!("cy/lock.ftl"),
                include_str!("cy/plan.ftl"),
                include_str!("cy/rota.ftl"),
                include_str!("cy/team.ftl"),
            ],
        }
    }
}

type Words = FluentBundle<FluentResource>;

/// Reads the words of a language. What cannot be read is left out here and found by the tests.
fn read(lang: Lang) -> Words {
    let code = LanguageIdentifier::from_bytes(lang.code().as_bytes()).unwrap_or_default();
    let mut words = FluentBundle::new(vec![code]);
    // Its marks of direction are of no use between two languages that run the same way.
    words.set_use_isolating(false);
    for file in lang.files() {
        let resource = FluentResource::try_new((*file).to_owned());
        words.add_resource_overriding(resource.unwrap_or_else(|(rest, _)| rest));
    }
    words
}

/// The message with this key. A key that is missing shows itself; the tests see to it that none is.
pub fn text(lang: Lang, key: &str, args: &Args<'_>) -> String {
    thread_local! {
        static EN: OnceCell<Words> = const { OnceCell::new() };
        static CY: OnceCell<Words> = const { OnceCell::new() };
    }
    let words = match lang {
        Lang::En => &EN,
        Lang::Cy => &CY,
    };
    words.with(|cell| {
        let words = cell.get_or_init(|| read(lang));
        let Some(pattern) = words.get_message(key).and_then(|m| m.value()) else {
            return key.to_owned();
        };
        let args = args.iter().cloned().collect();
        words
            .format_pattern(pattern, Some(&args), &mut Vec::new())
            .into_owned()
    })
}
