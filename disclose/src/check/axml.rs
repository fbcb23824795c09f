//! Android's binary XML, as packed into an APK: the part of it that a manifest uses.

use super::broken::{Broken, Result};
use super::xml::{Attribute, DEPTH, Element};

const STRING_POOL: u16 = 0x0001;
const XML: u16 = 0x0003;
const START_ELEMENT: u16 = 0x0102;
const END_ELEMENT: u16 = 0x0103;
const RESOURCE_MAP: u16 = 0x0180;

/// No string, no namespace.
const NONE: u32 = u32::MAX;

/// Longer than all texts of a manifest together: attributes can repeat a long one without end.
const DECODED: usize = 64 << 20;

/// Whether it begins as binary XML does.
pub(crate) fn is_axml(bytes: &[u8]) -> bool {
    bytes.starts_with(&XML.to_le_bytes())
}

pub(crate) fn parse(bytes: &[u8]) -> Result<Element> {
    read(bytes).ok_or_else(|| Broken::whole("not well-formed binary XML"))
}

fn read(bytes: &[u8]) -> Option<Element> {
    let whole = chunk(bytes)?;
    let mut rest = whole.body;
    let mut document = Reader::default();
    // The root's own parent, so that no element is special.
    let mut open: Vec<Element> = vec![Element::empty(0, String::new())];
    while !rest.is_empty() {
        let chunk = chunk(rest)?;
        match chunk.kind {
            STRING_POOL => document.strings = strings(&chunk)?,
            RESOURCE_MAP => {
                document.ids = chunk.body.chunks_exact(4).map_while(|four| u32_at(four, 0)).collect();
            }
            START_ELEMENT => {
                open.push(document.element(&chunk)?);
                (open.len() <= DEPTH).then_some(())?;
            }
            END_ELEMENT => {
                let closed = open.pop()?;
                open.last_mut()?.children.push(closed);
            }
            // Namespaces are named by address in each attribute; text has no meaning in a manifest.
            _ => {}
        }
        rest = rest.get(chunk.size..)?;
    }
    let [root] = <[Element; 1]>::try_from(open).ok()?;
    root.children.into_iter().next()
}

/// One chunk: what kind, how long, and its parts.
struct Chunk<'a> {
    kind: u16,
    size: usize,
    /// From the chunk's first byte on; offsets count from there.
    whole: &'a [u8],
    /// What follows the header.
    body: &'a [u8],
    /// How long the header is.
    header: usize,
}

fn chunk(bytes: &[u8]) -> Option<Chunk<'_>> {
    let (kind, header) = (u16_at(bytes, 0)?, usize::from(u16_at(bytes, 2)?));
    let size = usize::try_from(u32_at(bytes, 4)?).ok()?;
    // A chunk is at least its own header, so that reading always goes on.
    (header >= 8 && size >= header).then_some(())?;
    let whole = bytes.get(..size)?;
    Some(Chunk { kind, size, whole, body: whole.get(header..)?, header })
}

fn strings(pool: &Chunk<'_>) -> Option<Vec<String>> {
    const UTF8: u32 = 1 << 8;
    let count = usize::try_from(u32_at(pool.whole, 8)?).ok()?;
    let flags = u32_at(pool.whole, 16)?;
    let start = usize::try_from(u32_at(pool.whole, 20)?).ok()?;
    let (offsets, data) = (pool.whole.get(pool.header..)?, pool.whole.get(start..)?);
    // Each string has an offset in the file, so a false count asks for no memory.
    let offsets = offsets.get(..count.checked_mul(4)?)?.chunks_exact(4);
    let mut total = 0;
    let mut strings = Vec::new();
    for offset in offsets {
        let at = data.get(usize::try_from(u32_at(offset, 0)?).ok()?..)?;
        let string = if flags & UTF8 != 0 { utf8(at)? } else { utf16(at)? };
        total += string.len();
        // Offsets may share bytes: a small pool must not become a large one.
        (total <= 4 * pool.whole.len() + 1024).then_some(())?;
        strings.push(string);
    }
    Some(strings)
}

/// Length in characters, then in bytes, each of one or two bytes; then the bytes.
fn utf8(at: &[u8]) -> Option<String> {
    let length = |at: &[u8]| match *at {
        [high, low, ..] if high & 0x80 != 0 => Some((usize::from(high & 0x7f) << 8 | usize::from(low), 2)),
        [one, ..] => Some((usize::from(one), 1)),
        [] => None,
    };
    let (_, characters) = length(at)?;
    let at = at.get(characters..)?;
    let (bytes, skip) = length(at)?;
    Some(String::from_utf8_lossy(at.get(skip..skip + bytes)?).into_owned())
}

/// Length in units, of one or two units; then the units.
fn utf16(at: &[u8]) -> Option<String> {
    let first = u16_at(at, 0)?;
    let (units, skip) = match first & 0x8000 {
        0 => (usize::from(first), 2),
        _ => (usize::from(first & 0x7fff) << 16 | usize::from(u16_at(at, 2)?), 4),
    };
    let bytes = at.get(skip..skip + units * 2)?;
    let units = bytes.chunks_exact(2).filter_map(|pair| u16_at(pair, 0));
    Some(char::decode_utf16(units).map(|unit| unit.unwrap_or(char::REPLACEMENT_CHARACTER)).collect())
}

#[derive(Default)]
struct Reader {
    strings: Vec<String>,
    /// The framework's ids of the first strings: what counts, since the names may be shortened away.
    ids: Vec<u32>,
    /// How long all attributes are so far.
    decoded: usize,
}

impl Reader {
    fn element(&mut self, chunk: &Chunk<'_>) -> Option<Element> {
        let line = u32_at(chunk.whole, 8)?;
        let body = chunk.body;
        let mut element = Element::empty(line, self.string(u32_at(body, 4)?)?.to_owned());
        let (start, size) = (usize::from(u16_at(body, 8)?), usize::from(u16_at(body, 10)?));
        for index in 0..usize::from(u16_at(body, 12)?) {
            let attribute = self.attribute(body.get(start + index * size..)?)?;
            self.decoded += attribute.namespace.len() + attribute.name.len() + attribute.value.len();
            (self.decoded <= DECODED).then_some(())?;
            element.attributes.push(attribute);
        }
        Some(element)
    }

    fn attribute(&self, at: &[u8]) -> Option<Attribute> {
        let (namespace, name, raw) = (u32_at(at, 0)?, u32_at(at, 4)?, u32_at(at, 8)?);
        let (kind, data) = (*at.get(15)?, u32_at(at, 16)?);
        let id = self.ids.get(usize::try_from(name).ok()?);
        let known = id.and_then(|id| FRAMEWORK.iter().find(|(known, _)| known == id));
        let value = match kind {
            _ if raw != NONE => self.string(raw)?.to_owned(),
            0x01 => format!("@{data:#010x}"),
            0x03 => self.string(data)?.to_owned(),
            0x11 => format!("{data:#x}"),
            0x12 => (data != 0).to_string(),
            _ => i32::from_le_bytes(data.to_le_bytes()).to_string(),
        };
        Some(match known {
            Some((_, name)) => {
                Attribute { namespace: super::manifest::ANDROID.to_owned(), name: (*name).to_owned(), value }
            }
            None => Attribute {
                namespace: if namespace == NONE { String::new() } else { self.string(namespace)?.to_owned() },
                name: self.string(name)?.to_owned(),
                value,
            },
        })
    }

    fn string(&self, index: u32) -> Option<&str> {
        self.strings.get(usize::try_from(index).ok()?).map(String::as_str)
    }
}

/// Ids of the attributes that are read, from the framework's public list.
const FRAMEWORK: [(u32, &str); 4] = [
    (0x0101_0003, "name"),
    (0x0101_0271, "maxSdkVersion"),
    (0x0101_028e, "required"),
    (0x0101_0644, "usesPermissionFlags"),
];

impl Element {
    fn empty(line: u32, name: String) -> Self {
        Self { line, name, attributes: Vec::new(), children: Vec::new(), text: String::new() }
    }
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2)?.try_into().ok().map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4)?.try_into().ok().map(u32::from_le_bytes)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::check::manifest::{self, ANDROID};

    /// A manifest of our own, by aapt2; its source is `binary-manifest.xml` beside it.
    const SAMPLE: &[u8] = include_bytes!("../../tests/files/binary-manifest.axml");
    const SOURCE: &[u8] = include_bytes!("../../tests/files/binary-manifest.xml");

    /// What a manifest asks for; in binary form a flag is a number.
    fn said(bytes: &[u8]) -> Vec<impl PartialEq + std::fmt::Debug> {
        let read = manifest::parse(bytes, "M").unwrap();
        let said = read.entries.into_iter().map(|own| {
            let cap = own.cap().map(|(level, _)| level);
            let never = own.never_for_location().is_some();
            (own.place.line, own.tag, own.key.clone(), cap, never, own.is_required(), read.has_launcher)
        });
        said.collect()
    }

    #[test]
    fn what_aapt2_wrote_says_what_its_source_says() {
        assert_eq!(said(SAMPLE), said(SOURCE));
        let root = parse(SAMPLE).unwrap();
        let application = root.children("application").next().unwrap();
        assert_eq!(application.attribute(ANDROID, "label"), Some("é"));
    }

    #[test]
    fn the_id_counts_and_not_the_name() {
        // The first string is the name of the first attribute with an id, in UTF-16.
        let (name, other) = ("maxSdkVersion", "xxxSdkVersion");
        let utf16 = |text: &str| text.encode_utf16().flat_map(u16::to_le_bytes).collect::<Vec<_>>();
        let at = SAMPLE.windows(26).position(|own| own == utf16(name)).unwrap();
        let mut renamed = SAMPLE.to_vec();
        renamed[at..at + 26].copy_from_slice(&utf16(other));
        assert_eq!(said(&renamed), said(SOURCE));
    }

    #[test]
    fn a_cut_manifest_is_refused() {
        for length in 0..SAMPLE.len() {
            assert!(parse(&SAMPLE[..length]).is_err(), "{length} bytes");
        }
    }
}
