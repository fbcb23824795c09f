//! Binary property lists, as an IPA has them.
//!
//! By our own code, since the crate `plist`, which the tests read ours back with, unfolds references without end: two hundred bytes of a
//! stranger's file would take all memory. Its stable interface has no event at which to stop.

use super::broken::{Broken, Result};
use super::plist::{Node, Value};
use super::xml::DEPTH;

pub(crate) const MAGIC: &[u8] = b"bplist00";

/// More values than any property list has; references can repeat a value without end.
const VALUES: usize = 1_000_000;
/// Longer than all texts of a property list together, for the same reason.
const TEXT: usize = 64 << 20;

pub(crate) fn parse(bytes: &[u8]) -> Result<Node> {
    read(bytes).ok_or_else(|| Broken::whole("not a well-formed binary property list"))
}

fn read(bytes: &[u8]) -> Option<Node> {
    let trailer = bytes.len().checked_sub(32).filter(|at| *at >= MAGIC.len())?;
    let at = |offset: usize| bytes.get(trailer + offset..);
    let mut reader = Reader {
        bytes: bytes.get(..trailer)?,
        offset_size: usize::from(*at(6)?.first()?),
        reference_size: usize::from(*at(7)?.first()?),
        table: usize::try_from(integer(at(24)?, 8)?).ok()?,
        values: 0,
        text: 0,
    };
    let root = integer(at(16)?, 8)?;
    reader.node(root, 0)
}

struct Reader<'a> {
    bytes: &'a [u8],
    offset_size: usize,
    reference_size: usize,
    /// Where the table of offsets begins.
    table: usize,
    /// How many were read.
    values: usize,
    text: usize,
}

impl Reader<'_> {
    fn node(&mut self, reference: u64, depth: usize) -> Option<Node> {
        self.values += 1;
        // A list that holds itself ends here too.
        (depth <= DEPTH && self.values <= VALUES).then_some(())?;
        let entry =
            usize::try_from(reference).ok()?.checked_mul(self.offset_size)?.checked_add(self.table)?;
        let offset = usize::try_from(integer(self.bytes.get(entry..)?, self.offset_size)?).ok()?;
        let at = self.bytes.get(offset..)?;
        let (marker, rest) = at.split_first()?;
        let value = match marker >> 4 {
            0x0 => match marker {
                0x08 => Value::Boolean(false),
                0x09 => Value::Boolean(true),
                _ => Value::Other("nothing"),
            },
            0x1 | 0x2 => Value::Other("a number"),
            0x3 => Value::Other("a date"),
            0x4 => Value::Other("data"),
            0x5 => {
                let (count, rest) = count(*marker, rest)?;
                Value::Text(self.limited(String::from_utf8_lossy(rest.get(..count)?).into_owned())?)
            }
            0x6 => {
                let (count, rest) = count(*marker, rest)?;
                let units = rest.get(..count.checked_mul(2)?)?.chunks_exact(2);
                let units = units.filter_map(|pair| Some(u16::from_be_bytes(pair.try_into().ok()?)));
                let text = char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER));
                Value::Text(self.limited(text.collect())?)
            }
            0xa | 0xc => {
                let (count, rest) = count(*marker, rest)?;
                Value::Array(self.nodes(rest, count, depth)?)
            }
            0xd => {
                let (count, rest) = count(*marker, rest)?;
                let keys = self.nodes(rest, count, depth)?;
                let values =
                    self.nodes(rest.get(count.checked_mul(self.reference_size)?..)?, count, depth)?;
                let names = keys.iter().map(|key| key.text().map(str::to_owned));
                Value::Dictionary(names.collect::<Option<Vec<_>>>()?.into_iter().zip(values).collect())
            }
            _ => Value::Other("a reference"),
        };
        Some(Node { line: 0, value })
    }

    fn nodes(&mut self, references: &[u8], count: usize, depth: usize) -> Option<Vec<Node>> {
        let size = self.reference_size;
        (size > 0).then_some(())?;
        let references = references.get(..count.checked_mul(size)?)?;
        references.chunks_exact(size).map(|own| self.node(integer(own, size)?, depth + 1)).collect()
    }

    fn limited(&mut self, text: String) -> Option<String> {
        self.text += text.len();
        (self.text <= TEXT).then_some(text)
    }
}

/// How many follow: in the marker itself, or in an integer after it.
fn count(marker: u8, rest: &[u8]) -> Option<(usize, &[u8])> {
    let short = marker & 0x0f;
    if short != 0x0f {
        return Some((usize::from(short), rest));
    }
    let (marker, rest) = rest.split_first()?;
    let size = 1_usize.checked_shl(u32::from(marker & 0x0f))?;
    (marker >> 4 == 0x1).then_some(())?;
    Some((usize::try_from(integer(rest, size)?).ok()?, rest.get(size..)?))
}

/// An unsigned number of up to eight bytes, the most significant first.
fn integer(bytes: &[u8], size: usize) -> Option<u64> {
    (1..=8).contains(&size).then_some(())?;
    Some(bytes.get(..size)?.iter().fold(0, |number, byte| number << 8 | u64::from(*byte)))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// `{"A": "é", "B": [true, {}], "C": 1}`, by Python's plistlib.
    const SAMPLE: &[u8] = include_bytes!("../../tests/files/sample.bplist");

    #[test]
    fn what_another_program_wrote_is_read() {
        let root = parse(SAMPLE).unwrap();
        assert_eq!(root.get("A").and_then(Node::text), Some("é"));
        assert_eq!(root.get("B").unwrap().elements()[0].boolean(), Some(true));
        assert_eq!(root.get("C").unwrap().value.kind(), "a number");
        assert_eq!(root.members().len(), 3);
    }

    #[test]
    fn a_list_that_holds_itself_ends() {
        // One object: an array of one reference, to object 0; then the offset table and the trailer.
        let mut bytes = [MAGIC, &[0xa1, 0, 8], &[0; 6], &[1, 1]].concat();
        for number in [1_u64, 0, 10] {
            bytes.extend(number.to_be_bytes());
        }
        assert!(parse(&bytes).is_err());
        // The same with an empty array is one.
        bytes[8] = 0xa0;
        assert_eq!(parse(&bytes).unwrap().value, Value::Array(Vec::new()));
    }

    #[test]
    fn a_list_that_unfolds_without_end_ends() {
        // Arrays of seven times the next one; the last is empty.
        let unfolding = |arrays: u8| {
            let mut bytes = MAGIC.to_vec();
            let mut offsets = Vec::new();
            for next in 1..=arrays {
                offsets.push(u8::try_from(bytes.len()).unwrap());
                bytes.extend([0xa7, next, next, next, next, next, next, next]);
            }
            offsets.push(u8::try_from(bytes.len()).unwrap());
            bytes.push(0xa0);
            let table = u64::try_from(bytes.len()).unwrap();
            bytes.extend(&offsets);
            bytes.extend([0, 0, 0, 0, 0, 0, 1, 1]);
            for number in [u64::from(arrays) + 1, 0, table] {
                bytes.extend(number.to_be_bytes());
            }
            bytes
        };
        assert!(parse(&unfolding(3)).is_ok());
        assert!(parse(&unfolding(20)).is_err());
    }

    #[test]
    fn a_cut_list_is_refused() {
        for length in 0..SAMPLE.len() {
            assert!(parse(&SAMPLE[..length]).is_err(), "{length} bytes");
        }
    }
}
