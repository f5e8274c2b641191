//! Every word is there, in both languages, with the same places for values; the screens ask for
//! what there is, and there is nothing that they do not ask for.

use super::{Lang, dates, read, text};
use fluent_bundle::{FluentResource, FluentValue};
use kith_shared::time::{Day, Moment};
use std::{
    collections::{BTreeMap, BTreeSet},
    fs,
    path::{Path, PathBuf},
};

/// The values that each message of a language has places for, by key.
type Messages = BTreeMap<String, BTreeSet<String>>;

fn is_key(text: &str) -> bool {
    text.starts_with(|c: char| c.is_ascii_lowercase())
        && text
            .chars()
            .all(|c| c.is_ascii_lowercase() || c.is_ascii_digit() || c == '-')
}

fn word(text: &str) -> &str {
    let end = text.find(|c: char| !(c.is_ascii_alphanumeric() || c == '_' || c == '-'));
    &text[..end.unwrap_or(text.len())]
}

fn messages(lang: Lang) -> Messages {
    let mut found = Messages::new();
    let mut key = String::new();
    let lines = lang.files().iter().flat_map(|file| file.lines());
    for line in lines.filter(|line| !line.starts_with('#')) {
        if let Some((name, _)) = line.split_once(" =").filter(|(name, _)| is_key(name)) {
            name.clone_into(&mut key);
            assert!(
                found.insert(key.clone(), BTreeSet::new()).is_none(),
                "{key} stands twice in {lang:?}"
            );
        }
        let values = line.split('$').skip(1).map(|rest| word(rest).to_owned());
        found.entry(key.clone()).or_default().extend(values);
    }
    found.remove("");
    found
}

#[test]
fn all_files_can_be_read_to_the_end() {
    for lang in Lang::ALL {
        for file in lang.files() {
            if let Err((_, errors)) = FluentResource::try_new((*file).to_owned()) {
                panic!("{lang:?}: {errors:?}");
            }
        }
    }
}

#[test]
fn both_languages_say_the_same_things() {
    let (english, welsh) = (messages(Lang::En), messages(Lang::Cy));
    assert!(english.len() > 100);
    assert!(english.keys().eq(welsh.keys()), "{:?}", {
        let (en, cy): (BTreeSet<_>, BTreeSet<_>) =
            (english.keys().collect(), welsh.keys().collect());
        en.symmetric_difference(&cy)
            .copied()
            .cloned()
            .collect::<Vec<_>>()
    });
    for (key, values) in &english {
        assert_eq!(Some(values), welsh.get(key), "values of {key}");
    }
}

#[test]
fn every_message_takes_its_values() {
    for lang in Lang::ALL {
        let words = read(lang);
        for (key, values) in messages(lang) {
            let message = words.get_message(&key).and_then(|m| m.value());
            let message = message.unwrap_or_else(|| panic!("{key} says nothing in {lang:?}"));
            for number in [0, 1, 2, 3, 6, 40] {
                let args = values
                    .iter()
                    .map(|name| (name.clone(), FluentValue::from(number)))
                    .collect();
                let mut errors = Vec::new();
                let said = words.format_pattern(message, Some(&args), &mut errors);
                assert!(errors.is_empty(), "{key} in {lang:?}: {errors:?}");
                assert!(!said.contains('{'), "{key} in {lang:?}: {said}");
            }
        }
    }
}

/// Rust files of the app, but not those that define or test the words.
fn sources() -> Vec<(PathBuf, String)> {
    let mut found = Vec::new();
    let mut folders = vec![Path::new(env!("CARGO_MANIFEST_DIR")).join("src")];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|ext| ext == "rs")
                && !path.ends_with("i18n/tests.rs")
                && !path.ends_with("src/words.rs")
            {
                let text = fs::read_to_string(&path).unwrap();
                // What comments say is said to nobody.
                let code = text
                    .lines()
                    .filter(|line| !line.trim_start().starts_with("//"));
                found.push((path.clone(), code.collect::<Vec<_>>().join("\n")));
            }
        }
    }
    found
}

/// What stands between the parentheses of a call, from just after the opening one.
fn inside(text: &str) -> &str {
    let (mut depth, mut quoted, mut escaped) = (1, false, false);
    for (at, c) in text.char_indices() {
        match c {
            _ if escaped => escaped = false,
            '\\' if quoted => escaped = true,
            '"' => quoted = !quoted,
            '(' | '{' | '[' if !quoted => depth += 1,
            ')' | '}' | ']' if !quoted => depth -= 1,
            _ => {}
        }
        if depth == 0 {
            return &text[..at];
        }
    }
    text
}

/// The first string literal and the names before ` = ` at the top level: `"key", name = value`.
fn key_and_values(call: &str) -> Option<(String, BTreeSet<String>)> {
    let rest = call.trim_start().strip_prefix('"')?;
    let (key, mut rest) = rest.split_once('"')?;
    let mut values = BTreeSet::new();
    while let Some((_, after)) = rest.split_once(',') {
        let name = word(after.trim_start());
        let Some(value) = after.trim_start()[name.len()..]
            .trim_start()
            .strip_prefix('=')
        else {
            break;
        };
        values.insert(name.to_owned());
        // On to the next comma that is not inside the value.
        let (mut depth, mut quoted) = (0, false);
        let end = value.find(|c: char| {
            match c {
                '"' => quoted = !quoted,
                '(' | '{' | '[' if !quoted => depth += 1,
                ')' | '}' | ']' if !quoted => depth -= 1,
                _ => {}
            }
            c == ',' && depth == 0 && !quoted
        });
        rest = end.map_or("", |end| &value[end..]);
    }
    Some((key.to_owned(), values))
}

/// Whether `text` ends where a call may begin: `last!(` is not `t!(`.
fn at_word_start(text: &str) -> bool {
    !text.ends_with(|c: char| c.is_alphanumeric() || c == '_')
}

#[test]
fn the_screens_ask_for_what_there_is_and_for_all_of_it() {
    let messages = messages(Lang::En);
    let mut used = BTreeSet::new();
    for (path, code) in sources() {
        for call in ["t!(", "key!("] {
            for (at, _) in code.match_indices(call) {
                if !at_word_start(&code[..at]) {
                    continue;
                }
                let inside = inside(&code[at + call.len()..]);
                let Some((key, values)) = key_and_values(inside) else {
                    continue;
                };
                let message = messages.get(&key);
                assert_eq!(message, Some(&values), "{key} in {}", path.display());
                used.insert(key);
            }
        }
        if path.ends_with("i18n/dates.rs") {
            let literals = code.split('"').skip(1).step_by(2);
            used.extend(
                literals
                    .filter(|l| l.contains('-') && is_key(l))
                    .map(str::to_owned),
            );
        }
    }
    let known: BTreeSet<_> = messages.into_keys().collect();
    let missing: Vec<_> = used.difference(&known).collect();
    assert!(missing.is_empty(), "asked for and not there: {missing:?}");
    let unused: Vec<_> = known.difference(&used).collect();
    assert!(unused.is_empty(), "there and not asked for: {unused:?}");
}

fn day(year: i16, month: i8, day: i8) -> Day {
    Day::new(year, month, day).unwrap()
}

#[test]
fn days_read_as_people_say_them() {
    let wednesday = day(2026, 11, 25);
    for (lang, long, short) in [
        (Lang::En, "Wednesday 25 November", "Wed 25 Nov"),
        (Lang::Cy, "Dydd Mercher 25 Tachwedd", "Mer 25 Tach"),
    ] {
        assert_eq!(dates::long_day(lang, wednesday), long);
        assert_eq!(dates::short_day(lang, wednesday), short);
    }
    let monday = day(2026, 11, 30);
    assert_eq!(
        dates::on_day(Lang::Cy, monday, wednesday),
        "ddydd Llun 30 Tachwedd"
    );
    assert_eq!(dates::on_day(Lang::En, wednesday, wednesday), "today");
    let yesterday = dates::day_in_line(Lang::Cy, wednesday, wednesday.plus(1));
    assert_eq!(yesterday, "ddoe");
    assert_eq!(dates::month(Lang::Cy, wednesday.month()), "Tachwedd 2026");
}

#[test]
fn a_week_names_its_month_once_unless_it_has_two() {
    assert_eq!(dates::week(Lang::En, day(2026, 11, 23)), "23 – 29 November");
    assert_eq!(
        dates::week(Lang::Cy, day(2026, 11, 30)),
        "30 Tachwedd – 6 Rhagfyr"
    );
}

#[test]
fn lengths_mutate_where_welsh_does() {
    for (minutes, english, welsh) in [
        (0, "0 min", "0 munud"),
        (2, "2 min", "2 funud"),
        (3, "3 min", "3 munud"),
        (540, "9 h", "9 awr"),
        (331, "5 h 31 min", "5 awr 31 munud"),
        (122, "2 h 2 min", "2 awr 2 funud"),
    ] {
        assert_eq!(dates::length(Lang::En, minutes), english);
        assert_eq!(dates::length(Lang::Cy, minutes), welsh);
    }
}

#[test]
fn times_are_those_of_the_clock_on_the_wall() {
    let (start, end) = (
        Moment::at(day(2026, 7, 1), 7, 30),
        Moment::at(day(2026, 7, 1), 13, 0),
    );
    assert_eq!(dates::hours(start, end), "07:30 – 13:00");
    assert_eq!(dates::machine(start), "2026-07-01T07:30");
    assert_eq!(dates::read_moment("2026-07-01T07:30"), Some(start));
    assert_eq!(dates::read_moment("2026-07-01T07:30:59"), Some(start));
    for none in [
        "",
        "2026-07-01",
        "2026-02-30T07:30",
        "2026-07-01T24:00",
        "T",
    ] {
        assert_eq!(dates::read_moment(none), None, "{none}");
    }
    assert_eq!(dates::read_day("2026-07-01"), Some(day(2026, 7, 1)));
}

#[test]
fn welsh_counts_in_its_own_way() {
    let more = |count: i64| text(Lang::Cy, "news-more", &[("count", count.into())]);
    assert_eq!(more(1), "ac 1 arall");
    assert_eq!(more(2), "a 2 arall");
    assert_eq!(more(0), "a dim mwy");
}

#[test]
fn a_language_is_found_by_its_code() {
    assert_eq!(Lang::choose(["de-DE", "cy-GB", "en"]), Lang::Cy);
    assert_eq!(Lang::choose(["fr"]), Lang::En);
    assert_eq!(Lang::of("EN"), None);
}
