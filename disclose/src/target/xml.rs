//! XML, written.

use xml::writer::{EmitterConfig, EventWriter, XmlEvent};

/// A document in the making. Writing to memory does not fail.
pub(super) struct Writer(EventWriter<Vec<u8>>);

impl Writer {
    /// After the document's head.
    pub(super) fn new(head: &str, indent: &'static str) -> Self {
        let config = EmitterConfig::new()
            .perform_indent(true)
            .indent_string(indent)
            .write_document_declaration(false)
            .pad_self_closing(false);
        Self(config.create_writer(head.as_bytes().to_vec()))
    }

    pub(super) fn element(
        &mut self,
        name: &str,
        attributes: &[(&str, &str)],
        content: impl FnOnce(&mut Self),
    ) {
        let start = XmlEvent::start_element(name);
        let start = attributes.iter().fold(start, |start, (name, value)| start.attr(*name, value));
        let _ = self.0.write(start);
        content(self);
        let _ = self.0.write(XmlEvent::end_element());
    }

    pub(super) fn text(&mut self, text: &str) {
        let _ = self.0.write(text);
    }

    pub(super) fn comment(&mut self, comment: &str) {
        let _ = self.0.write(XmlEvent::comment(comment));
    }

    pub(super) fn finish(self) -> Vec<u8> {
        let mut bytes = self.0.into_inner();
        bytes.push(b'\n');
        bytes
    }
}
