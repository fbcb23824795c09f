//! The words of a Swift file: what its code names, not what its comments say.

/// Every word outside comments. Those in texts count: an interpolation is code, and a constant may be asked for by its name.
pub(super) fn words(swift: &str) -> Vec<String> {
    code(swift)
        .split(|letter: char| letter != '_' && !letter.is_alphanumeric())
        .filter(|word| !word.is_empty())
        .map(str::to_owned)
        .collect()
}

/// Where the scan is.
enum Place {
    Code,
    /// In a text, which ends with this.
    Text(&'static str),
    /// In this many comments that began in each other.
    Comment(usize),
}

/// A file without its comments.
fn code(swift: &str) -> String {
    let mut code = String::with_capacity(swift.len());
    let mut place = Place::Code;
    let mut rest = swift;
    while let Some(letter) = rest.chars().next() {
        let (next, skipped) = match place {
            Place::Code if rest.starts_with("//") => (Place::Code, rest.find('\n').unwrap_or(rest.len())),
            Place::Code if rest.starts_with("/*") => (Place::Comment(1), 2),
            Place::Code if rest.starts_with("\"\"\"") => (Place::Text("\"\"\""), 3),
            Place::Code if letter == '"' => (Place::Text("\""), 1),
            Place::Text(_) if letter == '\\' && !rest.starts_with("\\(") => {
                let escaped = rest.chars().nth(1).map_or(0, char::len_utf8);
                (place, 1 + escaped)
            }
            Place::Text(end) if rest.starts_with(end) => (Place::Code, end.len()),
            Place::Comment(1) if rest.starts_with("*/") => (Place::Code, 2),
            Place::Comment(depth) if rest.starts_with("*/") => (Place::Comment(depth - 1), 2),
            Place::Comment(depth) if rest.starts_with("/*") => (Place::Comment(depth + 1), 2),
            Place::Comment(depth) => (Place::Comment(depth), letter.len_utf8()),
            Place::Code | Place::Text(_) => {
                code.push(letter);
                rest = &rest[letter.len_utf8()..];
                continue;
            }
        };
        // What was skipped stood between two words.
        code.push(' ');
        place = next;
        rest = &rest[skipped..];
    }
    code
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_are_no_code() {
        let swift = "/// stat\nlet a/* stat /* stat */ stat */= b // stat\nc";
        assert_eq!(words(swift), ["let", "a", "b", "c"]);
    }

    #[test]
    fn texts_are_code_and_begin_no_comment() {
        assert_eq!(words("a(\"x://y\\\"z\") + stat"), ["a", "x", "y", "z", "stat"]);
        assert_eq!(words("\"\"\"\n\"//\" \\(stat)\n\"\"\" + b // c"), ["stat", "b"]);
    }
}
