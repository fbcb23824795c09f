//! XML, as a small tree with lines. What text and binary manifests have in common.

use roxmltree::{Document, ParsingOptions};

use super::broken::{Broken, Result};
use super::text;

/// An element and what is in it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Element {
    pub(crate) line: u32,
    pub(crate) name: String,
    pub(crate) attributes: Vec<Attribute>,
    pub(crate) children: Vec<Element>,
    /// All text directly in it.
    pub(crate) text: String,
}

/// An attribute, with its namespace's address rather than a prefix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Attribute {
    pub(crate) namespace: String,
    pub(crate) name: String,
    pub(crate) value: String,
}

/// Deeper than any manifest or property list, and no danger to the stack.
pub(crate) const DEPTH: usize = 128;
/// More than any manifest or property list has.
const NODES: u32 = 1_000_000;

/// Whether a document type declaration may stand before the root.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(crate) enum Doctype {
    /// No: nothing that is checked needs one, and entities are how XML eats memory.
    Refused,
    /// Apple's property lists name theirs; one with declarations of its own is refused all the same.
    ByName,
}

impl Element {
    pub(crate) fn attribute(&self, namespace: &str, name: &str) -> Option<&str> {
        let found = self.attributes.iter().find(|own| own.name == name && own.namespace == namespace);
        found.map(|own| own.value.trim())
    }

    pub(crate) fn children(&self, name: &str) -> impl Iterator<Item = &Self> {
        self.children.iter().filter(move |child| child.name == name)
    }
}

pub(crate) fn parse(bytes: &[u8], doctype: Doctype) -> Result<Element> {
    let mut text = text::decode(bytes)?;
    if doctype == Doctype::ByName {
        blank_doctype(&mut text)?;
    }
    let options = ParsingOptions { allow_dtd: false, nodes_limit: NODES, ..ParsingOptions::default() };
    let document = Document::parse_with_options(&text, options).map_err(|error| {
        if matches!(error, roxmltree::Error::DtdDetected) {
            let line = find_doctype(&text).map_or(1, |at| text::lines(&text.as_bytes()[..at]));
            return Broken::at(line, "a DOCTYPE, which this file does not need; remove it");
        }
        // The message ends with its place, which is told by itself.
        let message = error.to_string();
        let why = message.rsplit_once(" at ").map_or(message.as_str(), |(why, _)| why);
        // An end that comes too early is at the end.
        let is_cut =
            matches!(error, roxmltree::Error::UnexpectedEndOfStream | roxmltree::Error::UnclosedRootNode);
        let line = if is_cut { text::lines(text.trim_end().as_bytes()) } else { error.pos().row };
        Broken::at(line, format!("not well-formed XML: {why}"))
    })?;
    let breaks: Vec<usize> = text.match_indices('\n').map(|(at, _)| at).collect();
    element(document.root_element(), &breaks, 0)
}

fn element(node: roxmltree::Node<'_, '_>, breaks: &[usize], depth: usize) -> Result<Element> {
    let before = breaks.partition_point(|at| *at < node.range().start);
    let line = u32::try_from(before).unwrap_or(u32::MAX).saturating_add(1);
    if depth > DEPTH {
        return Err(Broken::at(line, "nested too deeply"));
    }
    let attribute = |own: roxmltree::Attribute<'_, '_>| Attribute {
        namespace: own.namespace().unwrap_or_default().to_owned(),
        name: own.name().to_owned(),
        value: own.value().to_owned(),
    };
    Ok(Element {
        line,
        name: node.tag_name().name().to_owned(),
        attributes: node.attributes().map(attribute).collect(),
        children: node
            .children()
            .filter(roxmltree::Node::is_element)
            .map(|child| element(child, breaks, depth + 1))
            .collect::<Result<_>>()?,
        text: node.children().filter(roxmltree::Node::is_text).filter_map(|text| text.text()).collect(),
    })
}

/// Where the document type declaration begins: before the root there are only it, comments and instructions.
fn find_doctype(text: &str) -> Option<usize> {
    let mut at = 0;
    loop {
        let rest = text.get(at..)?;
        let start = at + rest.find('<')?;
        let tag = text.get(start..)?;
        let end = if tag.starts_with("<!--") {
            "-->"
        } else if tag.starts_with("<?") {
            "?>"
        } else {
            return tag.starts_with("<!DOCTYPE").then_some(start);
        };
        at = start + tag.find(end)? + end.len();
    }
}

/// Replaces a document type declaration by as many spaces and line breaks.
fn blank_doctype(text: &mut String) -> Result<()> {
    let Some(start) = find_doctype(text) else { return Ok(()) };
    let line = text::lines(&text.as_bytes()[..start]);
    let (declaration, rest) =
        text[start..].split_once('>').ok_or_else(|| Broken::at(line, "an unterminated DOCTYPE"))?;
    if declaration.contains('[') {
        return Err(Broken::at(line, "a DOCTYPE with declarations of its own, which no property list needs"));
    }
    let blank: String = declaration.chars().map(|c| if c == '\n' { '\n' } else { ' ' }).collect();
    *text = format!("{}{blank} {rest}", &text[..start]);
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    const PLIST: &str = "<!-- <!DOCTYPE no> -->\n<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\"\n\"x.dtd\">\n<a>\n<b/></a>";

    #[test]
    fn elements_know_their_line_whatever_stands_before() {
        let root = parse(format!("\u{feff}{PLIST}").as_bytes(), Doctype::ByName).unwrap();
        assert_eq!((root.line, root.children[0].line), (4, 5));
    }

    #[test]
    fn attributes_have_the_namespace_and_not_the_prefix() {
        let root = parse(b"<a xmlns:x='urn:y' x:b=' 1 &lt; 2 ' b='other'/>", Doctype::Refused).unwrap();
        assert_eq!(root.attribute("urn:y", "b"), Some("1 < 2"));
        assert_eq!(root.attribute("", "b"), Some("other"));
        assert_eq!(root.attribute("", "c"), None);
    }

    #[test]
    fn mistakes_have_their_line() {
        let bomb = "<!--\n-->\n<!DOCTYPE a [<!ENTITY b 'c'>]>\n<a>&b;</a>";
        for (text, doctype, line, why) in [
            (PLIST, Doctype::Refused, 2, "a DOCTYPE, which"),
            (bomb, Doctype::Refused, 3, "a DOCTYPE, which"),
            (bomb, Doctype::ByName, 3, "a DOCTYPE with"),
            ("\n<!DOCTYPE a", Doctype::ByName, 2, "an unterminated DOCTYPE"),
            ("<a>\n<b>\n</a>", Doctype::Refused, 3, "not well-formed XML: "),
            ("<a>\n<x:b/>\n</a>", Doctype::Refused, 2, "not well-formed XML: "),
            ("<a>\n&nbsp;</a>", Doctype::Refused, 2, "not well-formed XML: "),
            ("", Doctype::Refused, 1, "not well-formed XML: "),
            ("<a>\n<b></b>\n", Doctype::Refused, 2, "not well-formed XML: "),
            ("<a>\n<b", Doctype::Refused, 2, "not well-formed XML: "),
        ] {
            let broken = parse(text.as_bytes(), doctype).unwrap_err();
            assert_eq!(broken.line, Some(line), "{text}: {}", broken.why);
            assert!(broken.why.starts_with(why), "{text}: {}", broken.why);
        }
    }

    #[test]
    fn depth_has_an_end() {
        for deep in [DEPTH + 2, 200_000] {
            let broken = parse("<a>".repeat(deep).as_bytes(), Doctype::Refused).unwrap_err();
            assert!(broken.line.is_some(), "{broken:?}");
        }
        let text = "<a>".repeat(DEPTH) + &"</a>".repeat(DEPTH);
        assert!(parse(text.as_bytes(), Doctype::Refused).is_ok());
    }
}
