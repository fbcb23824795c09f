//! Xcode's build settings in files of their own.

use super::broken::Result;
use super::text;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// `#include "x.xcconfig"`, or `#include?`.
    Include(String),
    /// `NAME[conditions] = value`, the conditions taken off: a key that is there on one platform only is there.
    Setting { line: u32, name: String, value: String },
}

/// What the file says, in its order. Xcode itself passes over what it does not understand, and so does this.
pub(crate) fn parse(bytes: &[u8]) -> Result<Vec<Line>> {
    let text = text::decode(bytes)?;
    let lines = text.lines().zip(1..);
    Ok(lines.filter_map(|(text, line)| read(text, line)).collect())
}

fn read(text: &str, line: u32) -> Option<Line> {
    let text = text.split("//").next().unwrap_or_default().trim();
    if let Some(file) = text.strip_prefix("#include") {
        return Some(Line::Include(file.split('"').nth(1)?.to_owned()));
    }
    let (name, value) = text.split_once('=')?;
    let name = match name.split_once('[') {
        // The value of a condition has an equals sign of its own.
        Some((name, _)) => return setting(name, text.rsplit_once(']')?.1.split_once('=')?.1, line),
        None => name,
    };
    setting(name, value, line)
}

fn setting(name: &str, value: &str, line: u32) -> Option<Line> {
    let name = name.trim();
    let is_name = !name.is_empty() && name.chars().all(|c| c.is_alphanumeric() || c == '_');
    let value = value.trim().trim_end_matches(';').trim_matches('"');
    is_name.then(|| Line::Setting { line, name: name.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_conditions_includes_and_comments() {
        let text = "// c\n#include \"../A.xcconfig\"\n#include? \"B.xcconfig\" // c\n\nA = b c // d\nX[sdk=iphone*][arch=*] = y\nE =\nnothing\n= z\n#include broken";
        let setting = |line, name: &str, value: &str| Line::Setting {
            line,
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let expected = vec![
            Line::Include("../A.xcconfig".to_owned()),
            Line::Include("B.xcconfig".to_owned()),
            setting(5, "A", "b c"),
            setting(6, "X", "y"),
            setting(7, "E", ""),
        ];
        assert_eq!(parse(text.as_bytes()), Ok(expected));
    }
}
