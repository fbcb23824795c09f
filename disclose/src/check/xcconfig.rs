//! Xcode's build settings in files of their own.

use super::broken::Result;
use super::text;

/// A line of a file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Line {
    /// `#include "x.xcconfig"`, or `#include?`.
    Include(String),
    /// `NAME[conditions] = value`: the name has its conditions still.
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
    // The value of a condition has an equals sign of its own.
    let conditions = text.find('[').filter(|open| text.find('=').is_some_and(|equals| *open < equals));
    let start = conditions.map_or(Some(0), |_| text.rfind(']'))?;
    let equals = start + text[start..].find('=')?;
    let (name, value) = (text[..equals].trim(), &text[equals + 1..]);
    let plain = name.split('[').next().unwrap_or_default().trim();
    let is_name = !plain.is_empty() && plain.chars().all(|c| c.is_alphanumeric() || c == '_');
    let value = value.trim().trim_end_matches(';').trim_matches('"');
    is_name.then(|| Line::Setting { line, name: name.to_owned(), value: value.to_owned() })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn settings_conditions_includes_and_comments() {
        let text = "// c\n#include \"../A.xcconfig\"\n#include? \"B.xcconfig\" // c\n\nA = b c // d\nX[sdk=iphone*][arch=*] = y\nE =\nnothing\n= z\n#include broken\nF = $(G[1]) = x";
        let setting = |line, name: &str, value: &str| Line::Setting {
            line,
            name: name.to_owned(),
            value: value.to_owned(),
        };
        let expected = vec![
            Line::Include("../A.xcconfig".to_owned()),
            Line::Include("B.xcconfig".to_owned()),
            setting(5, "A", "b c"),
            setting(6, "X[sdk=iphone*][arch=*]", "y"),
            setting(7, "E", ""),
            setting(11, "F", "$(G[1]) = x"),
        ];
        assert_eq!(parse(text.as_bytes()), Ok(expected));
    }
}
