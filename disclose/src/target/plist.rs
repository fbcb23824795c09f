//! Property lists, written as XML.

use std::borrow::Cow;

use super::xml::Writer;

/// What a property list holds.
#[derive(Clone, PartialEq)]
pub(super) enum Value {
    Boolean(bool),
    Text(Cow<'static, str>),
    List(Vec<Self>),
    Dictionary(Dictionary),
}

impl From<&'static str> for Value {
    fn from(text: &'static str) -> Self {
        Self::Text(text.into())
    }
}

/// In the order in which it is written.
pub(super) type Dictionary = Vec<(&'static str, Value)>;

const HEAD: &str = "\
<?xml version=\"1.0\" encoding=\"UTF-8\"?>
<!DOCTYPE plist PUBLIC \"-//Apple//DTD PLIST 1.0//EN\" \"http://www.apple.com/DTDs/PropertyList-1.0.dtd\">
";

pub(super) fn xml(dictionary: Dictionary) -> Vec<u8> {
    let mut writer = Writer::new(HEAD, "\t");
    writer.element("plist", &[("version", "1.0")], |writer| {
        write(writer, &Value::Dictionary(dictionary));
    });
    writer.finish()
}

fn write(writer: &mut Writer, value: &Value) {
    match value {
        Value::Boolean(value) => writer.element(if *value { "true" } else { "false" }, &[], |_| {}),
        Value::Text(text) => writer.element("string", &[], |writer| writer.text(text)),
        Value::List(values) => {
            writer.element("array", &[], |writer| values.iter().for_each(|value| write(writer, value)));
        }
        Value::Dictionary(entries) => writer.element("dict", &[], |writer| {
            for (key, value) in entries {
                writer.element("key", &[], |writer| writer.text(key));
                write(writer, value);
            }
        }),
    }
}
