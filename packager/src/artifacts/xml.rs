//! XML, as far as Maven's and Android's files need it.

use std::fmt::Write;

use roxmltree::Document;

use crate::trouble::{Result, Trouble};

/// Reads a document.
pub(super) fn parse(text: &str) -> Result<Document<'_>> {
    Document::parse(text).map_err(|error| Trouble::failed(format!("this is no XML: {error}")))
}

/// An element: others in it, or text.
pub(super) enum Element {
    /// A name, and what is in it.
    Group(&'static str, Vec<Self>),
    /// A name, and its text.
    Text(&'static str, String),
}

impl Element {
    /// An element with text.
    pub(super) fn text(name: &'static str, text: impl Into<String>) -> Self {
        Self::Text(name, text.into())
    }

    /// Adds the element to a text, `depth` steps in.
    pub(super) fn write(&self, text: &mut String, depth: usize) {
        let indent = "  ".repeat(depth);
        // Writing to a string does not fail.
        let _ = match self {
            Self::Text(name, content) => writeln!(text, "{indent}<{name}>{}</{name}>", escaped(content)),
            Self::Group(name, children) => {
                let _ = writeln!(text, "{indent}<{name}>");
                children.iter().for_each(|child| child.write(text, depth + 1));
                writeln!(text, "{indent}</{name}>")
            }
        };
    }
}

/// Text without the characters that mean something.
fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn elements_are_indented_and_their_text_is_escaped() {
        let mut text = String::new();
        Element::Group("a", vec![Element::text("b", "1 < 2 & 3"), Element::Group("c", vec![])])
            .write(&mut text, 0);
        assert_eq!(text, "<a>\n  <b>1 &lt; 2 &amp; 3</b>\n  <c>\n  </c>\n</a>\n");
        assert_eq!(
            parse(&text).unwrap().root_element().first_element_child().unwrap().text(),
            Some("1 < 2 & 3")
        );
    }
}
