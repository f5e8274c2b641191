//! What is typed on the pad.

use kith_shared::limits;
use std::fmt;
use zeroize::Zeroizing;

/// Digits that are being typed, or were. Wiped from memory when they go, and never shown.
#[derive(Clone, PartialEq, Eq)]
pub struct Pin(Zeroizing<String>);

impl Default for Pin {
    fn default() -> Self {
        // Room for all of it at once: a string that grows leaves copies of itself behind.
        Self(Zeroizing::new(String::with_capacity(
            *limits::PIN_DIGITS.end(),
        )))
    }
}

impl fmt::Debug for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Pin(…)")
    }
}

impl Pin {
    /// The PIN of these digits, if they are digits, and neither too few nor too many.
    pub fn of(digits: &str) -> Option<Self> {
        let mut pin = Self::default();
        (digits.chars().all(|digit| pin.push(digit)) && pin.is_long_enough()).then_some(pin)
    }

    /// Types a digit; `false` when it is none, or one too many.
    pub fn push(&mut self, digit: char) -> bool {
        let fits = digit.is_ascii_digit() && self.0.len() < *limits::PIN_DIGITS.end();
        if fits {
            self.0.push(digit);
        }
        fits
    }

    /// Takes the last digit back.
    pub fn pop(&mut self) {
        self.0.pop();
    }

    /// How many digits there are.
    pub fn len(&self) -> usize {
        self.0.len()
    }

    /// Whether nothing was typed.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Whether it may be set.
    pub fn is_long_enough(&self) -> bool {
        limits::PIN_DIGITS.contains(&self.len())
    }

    /// Whether it is among those that are guessed first: one digit again and again, digits in a row, a
    /// half that comes twice, a year of somebody's life. It is said and not forbidden.
    pub fn is_weak(&self) -> bool {
        let digits = self.0.as_bytes();
        let step_of = |pair: &[u8]| (pair[1] + 10 - pair[0]) % 10;
        let mut steps = digits.windows(2).map(step_of);
        let first = steps.next().unwrap_or_default();
        let in_a_row = matches!(first, 0 | 1 | 9) && steps.all(|step| step == first);
        let (half, other) = digits.split_at(digits.len() / 2);
        let year = digits.len() == 4 && (digits.starts_with(b"19") || digits.starts_with(b"20"));
        in_a_row || half == other || year
    }

    pub(super) fn bytes(&self) -> &[u8] {
        self.0.as_bytes()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn it_has_four_to_twelve_digits() {
        let (least, most) = (*limits::PIN_DIGITS.start(), *limits::PIN_DIGITS.end());
        for (count, fine) in [
            (least - 1, false),
            (least, true),
            (most, true),
            (most + 1, false),
        ] {
            assert_eq!(Pin::of(&"7".repeat(count)).is_some(), fine, "{count}");
        }
        for bad in ["12a4", "12 4", "١٢٣٤", ""] {
            assert_eq!(Pin::of(bad), None, "{bad}");
        }
        let mut pin = Pin::of("1357").unwrap();
        pin.pop();
        assert!(!pin.is_long_enough() && !pin.is_empty());
    }

    #[test]
    fn weak_ones_are_told_apart() {
        for weak in [
            "0000", "1234", "4321", "7890", "9012", "1212", "123123", "1984", "2007", "111111",
        ] {
            assert!(Pin::of(weak).unwrap().is_weak(), "{weak}");
        }
        for fine in ["8305", "2580", "1357", "194062", "90210", "12341"] {
            assert!(!Pin::of(fine).unwrap().is_weak(), "{fine}");
        }
    }

    #[test]
    fn it_is_not_shown() {
        assert_eq!(format!("{:?}", Pin::of("8305")), "Some(Pin(…))");
    }
}
