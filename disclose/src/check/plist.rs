//! Property lists, whichever way they are written: XML, binary, or NeXT's old text.

use super::broken::{Broken, Result};
use super::xml::{self, Doctype, Element};
use super::{bplist, openstep};

/// A value and where it stands.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Node {
    /// Counted from 1; 0 in a binary file, which has no lines.
    pub(crate) line: u32,
    pub(crate) value: Value,
}

#[derive(Debug, Clone, PartialEq)]
pub(crate) enum Value {
    Text(String),
    Boolean(bool),
    Array(Vec<Node>),
    Dictionary(Vec<(String, Node)>),
    /// A number, a date, data: nothing that is checked is one.
    Other(&'static str),
}

impl Node {
    pub(crate) fn get(&self, key: &str) -> Option<&Self> {
        self.members().iter().find(|(own, _)| own == key).map(|(_, node)| node)
    }

    pub(crate) fn members(&self) -> &[(String, Self)] {
        match &self.value {
            Value::Dictionary(members) => members,
            Value::Text(_) | Value::Boolean(_) | Value::Array(_) | Value::Other(_) => &[],
        }
    }

    pub(crate) fn elements(&self) -> &[Self] {
        match &self.value {
            Value::Array(elements) => elements,
            Value::Text(_) | Value::Boolean(_) | Value::Dictionary(_) | Value::Other(_) => &[],
        }
    }

    pub(crate) fn text(&self) -> Option<&str> {
        match &self.value {
            Value::Text(text) => Some(text),
            Value::Boolean(_) | Value::Array(_) | Value::Dictionary(_) | Value::Other(_) => None,
        }
    }

    /// A boolean, also as build settings and old projects write it.
    pub(crate) fn boolean(&self) -> Option<bool> {
        match &self.value {
            Value::Boolean(boolean) => Some(*boolean),
            Value::Text(text) => match text.trim().to_ascii_lowercase().as_str() {
                "yes" | "true" | "1" => Some(true),
                "no" | "false" | "0" => Some(false),
                _ => None,
            },
            Value::Array(_) | Value::Dictionary(_) | Value::Other(_) => None,
        }
    }
}

impl Value {
    /// What it is, with its article.
    pub(crate) const fn kind(&self) -> &'static str {
        match self {
            Self::Text(_) => "a string",
            Self::Boolean(_) => "a boolean",
            Self::Array(_) => "an array",
            Self::Dictionary(_) => "a dictionary",
            Self::Other(kind) => kind,
        }
    }
}

/// Any property list; its root is a dictionary.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node> {
    let root = if bytes.starts_with(bplist::MAGIC) {
        bplist::parse(bytes)?
    } else if looks_like_xml(bytes) {
        xml(bytes)?
    } else {
        openstep::parse(bytes)?
    };
    if let Value::Dictionary(_) = root.value {
        return Ok(root);
    }
    let why = format!("a property list with {} for its root, not a dictionary", root.value.kind());
    Err(Broken { line: Some(root.line).filter(|line| *line > 0), why })
}

/// One that a signature is wrapped around, as a provisioning profile is: its text stands in it as it is.
pub(crate) fn signed(bytes: &[u8]) -> Result<Node> {
    let find = |what: &[u8]| bytes.windows(what.len()).position(|own| own == what);
    let end = b"</plist>";
    match (find(b"<?xml"), find(end)) {
        (Some(start), Some(stop)) if start < stop => {
            let mut root = parse(&bytes[start..stop + end.len()])?;
            forget_lines(&mut root);
            Ok(root)
        }
        _ => Err(Broken::whole("no property list in the profile")),
    }
}

/// The lines of what is wrapped are nobody's.
fn forget_lines(node: &mut Node) {
    node.line = 0;
    match &mut node.value {
        Value::Dictionary(members) => members.iter_mut().for_each(|(_, member)| forget_lines(member)),
        Value::Array(elements) => elements.iter_mut().for_each(forget_lines),
        Value::Text(_) | Value::Boolean(_) | Value::Other(_) => {}
    }
}

/// Whether the first thing is a tag. Both encodings of text have the byte.
fn looks_like_xml(bytes: &[u8]) -> bool {
    let space =
        |byte: &&u8| !matches!(byte, 0 | b' ' | b'\t' | b'\r' | b'\n' | 0xef | 0xbb | 0xbf | 0xfe | 0xff);
    bytes.iter().find(space).is_some_and(|first| *first == b'<')
}

fn xml(bytes: &[u8]) -> Result<Node> {
    let root = xml::parse(bytes, Doctype::ByName)?;
    if root.name != "plist" {
        return Err(Broken::at(root.line, format!("not a property list: its root is <{}>", root.name)));
    }
    match root.children.as_slice() {
        [value] => node(value),
        _ => Err(Broken::at(root.line, "a property list has one value")),
    }
}

fn node(element: &Element) -> Result<Node> {
    let value = match element.name.as_str() {
        "string" => Value::Text(element.text.clone()),
        "true" => Value::Boolean(true),
        "false" => Value::Boolean(false),
        "array" => Value::Array(element.children.iter().map(node).collect::<Result<_>>()?),
        "dict" => Value::Dictionary(members(element)?),
        "integer" | "real" => Value::Other("a number"),
        "date" => Value::Other("a date"),
        "data" => Value::Other("data"),
        other => return Err(Broken::at(element.line, format!("<{other}> is no value of a property list"))),
    };
    Ok(Node { line: element.line, value })
}

fn members(dictionary: &Element) -> Result<Vec<(String, Node)>> {
    let mut members = Vec::new();
    let mut children = dictionary.children.iter();
    while let Some(key) = children.next() {
        if key.name != "key" {
            return Err(Broken::at(key.line, format!("<{}> where a <key> ought to be", key.name)));
        }
        let name = key.text.trim().to_owned();
        let value = children.next().filter(|value| value.name != "key");
        let value = value.ok_or_else(|| Broken::at(key.line, format!("the key {name} has no value")))?;
        // The key's line: it is what a person looks for.
        members.push((name, Node { line: key.line, ..node(value)? }));
    }
    Ok(members)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn plist(body: &str) -> String {
        format!(
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \
             \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">\n<plist version=\"1.0\">\n{body}\n</plist>"
        )
    }

    #[test]
    fn values_have_their_keys_line() {
        let text = plist(
            "<dict>\n<key> A </key>\n\n<string>x &amp; y</string><key>B</key>\n<true/>\n<key>C</key><array><dict/><real>1</real></array></dict>",
        );
        let root = parse(text.as_bytes()).unwrap();
        let a = root.get("A").unwrap();
        assert_eq!((a.line, a.text()), (5, Some("x & y")));
        assert_eq!(root.get("B").unwrap().boolean(), Some(true));
        assert_eq!(root.get("C").unwrap().elements()[1].value.kind(), "a number");
        assert_eq!(root.get("D"), None);
    }

    #[test]
    fn a_file_with_nothing_in_it_says_nothing() {
        // As apps have for languages into which nothing was translated yet.
        for nothing in ["", "\n", "\u{feff}", "/* nothing */"] {
            assert_eq!(parse(nothing.as_bytes()).map(|root| root.members().len()), Ok(0), "{nothing:?}");
        }
    }

    #[test]
    fn mistakes_have_their_line() {
        for (body, line, why) in [
            ("<dict>\n<string/></dict>", 5, "<string> where a <key> ought to be"),
            ("<dict>\n<key>A</key></dict>", 5, "the key A has no value"),
            ("<dict>\n<key>A</key><key>B</key></dict>", 5, "the key A has no value"),
            ("<dict>\n<key>A</key>\n<text/></dict>", 6, "<text> is no value of a property list"),
            ("<array/>", 4, "a property list with an array for its root, not a dictionary"),
            ("<dict/><dict/>", 3, "a property list has one value"),
        ] {
            assert_eq!(parse(plist(body).as_bytes()), Err(Broken::at(line, why)), "{body}");
        }
        let no_plist = parse(b"<svg/>");
        assert_eq!(no_plist, Err(Broken::at(1, "not a property list: its root is <svg>")));
    }
}
