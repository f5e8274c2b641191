//! Lines of an iCalendar file (RFC 5545, section 3.1).

use kith_shared::time::Moment;

/// Octets of a line at most, without its end.
const LINE: usize = 75;

/// A file in the making.
#[derive(Debug, Default)]
pub(super) struct File(String);

impl File {
    /// A property with a value that has nothing to escape.
    pub(super) fn line(&mut self, name: &str, value: &str) {
        let mut octets = 0;
        for c in name.chars().chain([':']).chain(value.chars()) {
            if octets + c.len_utf8() > LINE {
                // Folded between characters; the space is part of the line that it begins.
                self.0.push_str("\r\n ");
                octets = 1;
            }
            self.0.push(c);
            octets += c.len_utf8();
        }
        self.0.push_str("\r\n");
    }

    /// A property whose value is text that people wrote (3.3.11).
    pub(super) fn text(&mut self, name: &str, value: &str) {
        let mut escaped = String::with_capacity(value.len());
        for c in value.chars() {
            match c {
                '\n' => escaped.push_str("\\n"),
                '\\' | ';' | ',' => escaped.extend(['\\', c]),
                // A control character has no place in a text, and could begin a property.
                c if c.is_control() => {}
                c => escaped.push(c),
            }
        }
        self.line(name, &escaped);
    }

    pub(super) fn finish(self) -> String {
        self.0
    }
}

/// `20261124T073000Z`.
pub(super) fn utc(moment: Moment) -> String {
    let text = moment.to_utc();
    text.chars().filter(|c| !matches!(c, '-' | ':')).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn text(value: &str) -> String {
        let mut file = File::default();
        file.text("SUMMARY", value);
        file.finish()
    }

    #[test]
    fn what_people_wrote_stays_in_its_line() {
        assert_eq!(
            text("a;b,c\\d\r\nEND:VCALENDAR\u{7}: \u{85}\"e\""),
            "SUMMARY:a\\;b\\,c\\\\d\\nEND:VCALENDAR: \"e\"\r\n"
        );
    }

    #[test]
    fn long_lines_are_folded_between_characters() {
        for letter in ["a", "ŵ", "ŷ", "\u{1f642}", "…,"] {
            for length in 0..200 {
                let value: String = ["x".repeat(length % 4), letter.repeat(length)].concat();
                let folded = text(&value);
                let lines: Vec<_> = folded.split_terminator("\r\n").collect();
                let longest = lines.iter().map(|line| line.len()).max().unwrap();
                assert!(longest <= LINE, "{longest} of {letter} {length}");
                let (first, rest) = lines.split_first().unwrap();
                assert!(rest.iter().all(|line| line.starts_with(' ')));
                let unfolded = folded.replace("\r\n ", "").replace("\\,", ",");
                assert_eq!(unfolded, format!("SUMMARY:{value}\r\n"), "{first}");
            }
        }
        assert_eq!(text(&"x".repeat(LINE - 8)).lines().count(), 1);
        assert_eq!(text(&"x".repeat(LINE - 7)).lines().count(), 2);
    }

    #[test]
    fn moments_are_in_utc_and_whole_seconds() {
        assert_eq!(
            utc(Moment::from_millis(1_790_000_000_123)),
            "20260921T141320Z"
        );
        assert_eq!(utc(Moment::from_millis(0)), "19700101T000000Z");
    }
}
