//! A record in few bytes: identifiers as bytes, times by how far they are from the record's own.

use crate::{documents::Told, ids::RecordId, limits};
use serde_json::{Map, Value};

/// Numbers from here on are times: milliseconds, of 2004 and later.
const TIMES: i64 = 1 << 40;

const NULL: u8 = 0;
const FALSE: u8 = 1;
const TRUE: u8 = 2;
const NUMBER: u8 = 3;
const TIME: u8 = 4;
const ID: u8 = 5;
const TEXT: u8 = 6;
const LIST: u8 = 7;
const MAP: u8 = 8;
/// The id of the record before: a clock out names its clock in.
const BEFORE: u8 = 9;

/// What numbers and identifiers of a record are written by.
#[derive(Debug, Clone, Copy)]
pub(super) struct Beside {
    /// The record itself.
    pub(super) record: RecordId,
    /// The one that was told of before.
    pub(super) before: Option<RecordId>,
}

/// Writes what a record says; `None` when that is nothing that a record says.
pub(super) fn put(to: &mut Vec<u8>, beside: Beside, told: &Told) -> Option<()> {
    value(to, beside, told.value(), limits::DEPTH)
}

fn value(to: &mut Vec<u8>, beside: Beside, value: &Value, depth: u8) -> Option<()> {
    match value {
        Value::Null => to.push(NULL),
        Value::Bool(false) => to.push(FALSE),
        Value::Bool(true) => to.push(TRUE),
        Value::Number(n) => {
            let n = n.as_i64()?;
            let (tag, n) = if n < TIMES {
                (NUMBER, n)
            } else {
                (TIME, n.checked_sub(beside.made())?)
            };
            to.push(tag);
            put_signed(to, n);
        }
        Value::String(s) => match s.parse::<RecordId>() {
            Ok(id) if Some(id) == beside.before => to.push(BEFORE),
            Ok(id) => {
                to.push(ID);
                to.extend(id.to_bytes());
            }
            Err(_) => {
                to.push(TEXT);
                text(to, s);
            }
        },
        Value::Array(items) => {
            let depth = depth.checked_sub(1)?;
            to.push(LIST);
            put_count(to, items.len() as u64);
            for item in items {
                self::value(to, beside, item, depth)?;
            }
        }
        Value::Object(fields) => {
            let depth = depth.checked_sub(1)?;
            to.push(MAP);
            put_count(to, fields.len() as u64);
            for (name, field) in fields {
                text(to, name);
                self::value(to, beside, field, depth)?;
            }
        }
    }
    Some(())
}

impl Beside {
    fn made(self) -> i64 {
        self.record.made_at().millis()
    }
}

fn text(to: &mut Vec<u8>, text: &str) {
    put_count(to, text.len() as u64);
    to.extend(text.as_bytes());
}

/// A number in seven bits a byte, the lowest first.
pub(super) fn put_count(to: &mut Vec<u8>, of: u64) {
    let mut rest = of;
    loop {
        let [low, ..] = (rest & 0x7f).to_le_bytes();
        rest >>= 7;
        if rest == 0 {
            return to.push(low);
        }
        to.push(low | 0x80);
    }
}

/// The same of a number with a sign: those near to zero are short.
pub(super) fn put_signed(to: &mut Vec<u8>, of: i64) {
    put_count(to, zigzag(of));
}

/// Numbers near to zero as small ones without a sign.
pub(super) fn zigzag(of: i64) -> u64 {
    (of.cast_unsigned() << 1) ^ (of >> 63).cast_unsigned()
}

/// And back.
pub(super) fn unzigzag(of: u64) -> i64 {
    (of >> 1).cast_signed() ^ -(of & 1).cast_signed()
}

/// What was written, read from its beginning.
pub(super) struct Reader<'a>(pub(super) &'a [u8]);

impl<'a> Reader<'a> {
    pub(super) fn bytes(&mut self, count: usize) -> Option<&'a [u8]> {
        let (bytes, rest) = self.0.split_at_checked(count)?;
        self.0 = rest;
        Some(bytes)
    }

    pub(super) fn array<const N: usize>(&mut self) -> Option<[u8; N]> {
        self.bytes(N)?.try_into().ok()
    }

    pub(super) fn byte(&mut self) -> Option<u8> {
        self.array().map(|[byte]| byte)
    }

    pub(super) fn count(&mut self) -> Option<u64> {
        let (mut of, mut shift) = (0_u64, 0_u32);
        loop {
            let byte = self.byte()?;
            let part = u64::from(byte & 0x7f);
            if shift > 63 || (shift == 63 && part > 1) {
                return None;
            }
            of |= part << shift;
            if byte & 0x80 == 0 {
                return Some(of);
            }
            shift += 7;
        }
    }

    pub(super) fn signed(&mut self) -> Option<i64> {
        self.count().map(unzigzag)
    }

    fn text(&mut self) -> Option<String> {
        let length = usize::try_from(self.count()?).ok()?;
        let bytes = self.bytes(length)?;
        Some(std::str::from_utf8(bytes).ok()?.to_owned())
    }

    /// What a record says, to the end.
    pub(super) fn told(mut self, beside: Beside) -> Option<Told> {
        let mut room = limits::OPS_PER_CHANGE;
        let value = self.value(beside, limits::DEPTH, &mut room)?;
        self.0.is_empty().then(|| Told::new(value))
    }

    fn value(&mut self, beside: Beside, depth: u8, room: &mut usize) -> Option<Value> {
        // No more than a change may do: a few bytes could otherwise say a great many of nothing.
        *room = room.checked_sub(1)?;
        Some(match self.byte()? {
            NULL => Value::Null,
            FALSE => Value::Bool(false),
            TRUE => Value::Bool(true),
            NUMBER => self.signed()?.into(),
            TIME => beside.made().checked_add(self.signed()?)?.into(),
            ID => RecordId::from_bytes(self.array()?).to_string().into(),
            BEFORE => beside.before?.to_string().into(),
            TEXT => self.text()?.into(),
            LIST => {
                let (count, depth) = (self.count()?, depth.checked_sub(1)?);
                let items = (0..count).map(|_| self.value(beside, depth, room));
                Value::Array(items.collect::<Option<_>>()?)
            }
            MAP => {
                let (count, depth) = (self.count()?, depth.checked_sub(1)?);
                let fields =
                    (0..count).map(|_| Some((self.text()?, self.value(beside, depth, room)?)));
                Value::Object(fields.collect::<Option<Map<_, _>>>()?)
            }
            _ => return None,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::{collection::vec, prelude::*};
    use serde_json::json;

    fn read(bytes: &[u8]) -> Option<Told> {
        Reader(bytes).told(beside())
    }

    fn beside() -> Beside {
        let id = |n| RecordId::new(crate::time::Moment::from_millis(1_790_000_000_000), n);
        Beside {
            record: id(5),
            before: Some(id(4)),
        }
    }

    proptest! {
        #[test]
        fn numbers_come_back(n: u64, signed: i64) {
            let mut bytes = Vec::new();
            put_count(&mut bytes, n);
            put_signed(&mut bytes, signed);
            let mut reader = Reader(&bytes);
            prop_assert_eq!(reader.count(), Some(n));
            prop_assert_eq!(reader.signed(), Some(signed));
            prop_assert!(reader.0.is_empty());
        }

        #[test]
        fn no_bytes_panic(bytes in vec(any::<u8>(), 0..60)) {
            let _ = read(&bytes);
        }
    }

    #[test]
    fn what_a_record_says_comes_back() {
        let id = RecordId::from_bytes([7; 16]).to_string();
        let says = json!({
            "at": 1_790_000_000_123_i64, "by": id, "end": i64::MAX, "few": -3, "kind": "word",
            "list": [null, true, false, {"": ""}, [id]], "low": i64::MIN, "text": "ŵ",
            "visit": beside().before.unwrap().to_string(),
        });
        let told = Told::new(says);
        let mut bytes = Vec::new();
        put(&mut bytes, beside(), &told).unwrap();
        assert_eq!(read(&bytes), Some(told));
        for cut in 0..bytes.len() {
            assert_eq!(read(&bytes[..cut]), None);
        }
    }

    #[test]
    fn there_is_an_end_to_what_a_record_says() {
        let mut nothings = vec![LIST];
        put_count(&mut nothings, u64::MAX);
        nothings.resize(4096, NULL);
        assert_eq!(read(&nothings), None);
        let list = |of: usize| {
            let mut list = vec![LIST];
            put_count(&mut list, of as u64);
            [list, vec![NULL; of]].concat()
        };
        assert!(read(&list(limits::OPS_PER_CHANGE - 1)).is_some());
        assert_eq!(read(&list(limits::OPS_PER_CHANGE)), None);
        let deep = [[LIST, 1].repeat(usize::from(limits::DEPTH) + 1), vec![NULL]].concat();
        assert_eq!(read(&deep), None);
        assert!(read(&deep[2..]).is_some());
    }
}
