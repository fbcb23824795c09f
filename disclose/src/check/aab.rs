//! A manifest in an app bundle: aapt2's XML as a protocol buffer.

use super::broken::{Broken, Result};
use super::xml::{Attribute, DEPTH, Element};

/// The element at the root.
pub(crate) fn parse(bytes: &[u8]) -> Result<Element> {
    node(bytes, 0).flatten().ok_or_else(|| Broken::whole("not a well-formed manifest of an app bundle"))
}

/// `XmlNode`: an element, or text, which has no meaning in a manifest.
fn node(bytes: &[u8], depth: usize) -> Option<Option<Element>> {
    let (mut inner, mut line) = (None, 0);
    for field in fields(bytes) {
        match field? {
            (1, Value::Bytes(bytes)) => inner = Some(bytes),
            (3, Value::Bytes(position)) => line = number(position, 1)?,
            (_, Value::Bytes(_) | Value::Number(_)) => {}
        }
    }
    let Some(bytes) = inner else { return Some(None) };
    (depth <= DEPTH).then_some(())?;
    let mut element = Element {
        line: u32::try_from(line).unwrap_or(0),
        name: String::new(),
        attributes: Vec::new(),
        children: Vec::new(),
        text: String::new(),
    };
    for field in fields(bytes) {
        match field? {
            (3, Value::Bytes(name)) => element.name = text(name)?,
            (4, Value::Bytes(bytes)) => element.attributes.push(attribute(bytes)?),
            (5, Value::Bytes(bytes)) => element.children.extend(node(bytes, depth + 1)?),
            (_, Value::Bytes(_) | Value::Number(_)) => {}
        }
    }
    Some(Some(element))
}

fn attribute(bytes: &[u8]) -> Option<Attribute> {
    let mut attribute = Attribute { namespace: String::new(), name: String::new(), value: String::new() };
    for field in fields(bytes) {
        match field? {
            (1, Value::Bytes(own)) => attribute.namespace = text(own)?,
            (2, Value::Bytes(own)) => attribute.name = text(own)?,
            (3, Value::Bytes(own)) => attribute.value = text(own)?,
            // Where the text was left out, the number that it became.
            (6, Value::Bytes(item)) if attribute.value.is_empty() => {
                attribute.value = primitive(item)?.unwrap_or_default();
            }
            (_, Value::Bytes(_) | Value::Number(_)) => {}
        }
    }
    Some(attribute)
}

/// `Item.prim`, of which manifests have whole numbers and booleans.
fn primitive(item: &[u8]) -> Option<Option<String>> {
    let mut found = None;
    for field in fields(item) {
        let (7, Value::Bytes(bytes)) = field? else { continue };
        for field in fields(bytes) {
            found = match field? {
                (6 | 7, Value::Number(number)) => Some(number.to_string()),
                (8, Value::Number(number)) => Some((number != 0).to_string()),
                (_, Value::Bytes(_) | Value::Number(_)) => found,
            };
        }
    }
    Some(found)
}

fn number(bytes: &[u8], wanted: u64) -> Option<u64> {
    let mut found = 0;
    for field in fields(bytes) {
        if let (number, Value::Number(value)) = field? {
            if number == wanted {
                found = value;
            }
        }
    }
    Some(found)
}

fn text(bytes: &[u8]) -> Option<String> {
    String::from_utf8(bytes.to_vec()).ok()
}

enum Value<'a> {
    Number(u64),
    Bytes(&'a [u8]),
}

/// A message's fields, each with its number; none where they cannot be read on.
fn fields(bytes: &[u8]) -> impl Iterator<Item = Option<(u64, Value<'_>)>> {
    let mut rest = bytes;
    let mut is_over = false;
    std::iter::from_fn(move || {
        if rest.is_empty() || is_over {
            return None;
        }
        let field = field(&mut rest);
        is_over = field.is_none();
        Some(field)
    })
}

fn field<'a>(rest: &mut &'a [u8]) -> Option<(u64, Value<'a>)> {
    let key = varint(rest)?;
    let value = match key & 7 {
        0 => Value::Number(varint(rest)?),
        1 => Value::Bytes(take(rest, 8)?),
        2 => {
            let length = usize::try_from(varint(rest)?).ok()?;
            Value::Bytes(take(rest, length)?)
        }
        5 => Value::Bytes(take(rest, 4)?),
        _ => return None,
    };
    Some((key >> 3, value))
}

fn take<'a>(rest: &mut &'a [u8], length: usize) -> Option<&'a [u8]> {
    let (taken, left) = rest.split_at_checked(length)?;
    *rest = left;
    Some(taken)
}

fn varint(rest: &mut &[u8]) -> Option<u64> {
    let mut value = 0_u64;
    for shift in (0..64).step_by(7) {
        let (first, left) = rest.split_first()?;
        *rest = left;
        value |= u64::from(first & 0x7f) << shift;
        if first & 0x80 == 0 {
            return Some(value);
        }
    }
    None
}

#[cfg(test)]
mod tests {
    use super::*;

    fn message(number: u8, inner: &[u8]) -> Vec<u8> {
        let length = u8::try_from(inner.len()).unwrap();
        [&[number << 3 | 2, length], inner].concat()
    }

    /// An element in its node.
    fn element(name: &str, attributes: &[Vec<u8>], children: &[Vec<u8>]) -> Vec<u8> {
        let mut inner = message(3, name.as_bytes());
        attributes.iter().for_each(|own| inner.extend(message(4, own)));
        children.iter().for_each(|own| inner.extend(message(5, own)));
        [message(1, &inner), message(3, &[1 << 3, 7])].concat()
    }

    #[test]
    fn elements_attributes_lines_and_numbers() {
        let name = [message(1, b"urn:a"), message(2, b"name"), message(3, b"N")].concat();
        let level = [message(2, b"maxSdkVersion"), message(6, &message(7, &[6 << 3, 30]))].concat();
        let child = element("uses-permission", &[name, level], &[]);
        let text = message(2, b"text");
        let root = parse(&element("manifest", &[], &[text, child])).unwrap();
        assert_eq!((root.name.as_str(), root.line, root.children.len()), ("manifest", 7, 1));
        assert_eq!(root.children[0].attribute("urn:a", "name"), Some("N"));
        assert_eq!(root.children[0].attribute("", "maxSdkVersion"), Some("30"));
    }

    #[test]
    fn what_is_cut_off_or_no_message_is_said() {
        let whole = element("manifest", &[], &[element("a", &[], &[])]);
        for length in 0..whole.len() {
            assert!(parse(&whole[..length]).is_err() || length >= 12, "{length}");
        }
        assert!(parse(b"<manifest/>").is_err());
        let mut deep = element("a", &[], &[]);
        for _ in 0..20 {
            deep = element("a", &[], &[deep]);
            if deep.len() > 100 {
                break;
            }
        }
        assert!(parse(&deep).is_ok());
    }
}
