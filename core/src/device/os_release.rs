//! Parses os-release: `NAME=value` lines in a subset of shell quoting (os-release(5)).

/// The value of one variable, unquoted; the last line wins, as in a shell.
pub(super) fn value(text: &str, name: &str) -> Option<String> {
    let assigned = text.lines().rev().find_map(|line| line.trim().strip_prefix(name)?.strip_prefix('='))?;
    let value = unquote(assigned);
    (!value.is_empty()).then_some(value)
}

fn unquote(quoted: &str) -> String {
    let mut value = String::with_capacity(quoted.len());
    let mut quote = None;
    let mut characters = quoted.chars();
    while let Some(character) = characters.next() {
        match (character, quote) {
            ('\\', None) => value.extend(characters.next()),
            ('\\', Some('"')) => match characters.next() {
                Some(escaped @ ('"' | '\\' | '$' | '`')) => value.push(escaped),
                other => value.extend(['\\'].into_iter().chain(other)),
            },
            ('"' | '\'', None) => quote = Some(character),
            (_, Some(open)) if character == open => quote = None,
            (_, None) if character.is_whitespace() => break,
            _ => value.push(character),
        }
    }
    value
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn quoting_follows_the_manual() {
        let text = "# VERSION_ID=0\nNAME=\"A \\\"B\\\" \\$C\"\nVERSION_ID='12'\nBUILD_ID=rolling # not part\nEMPTY=\"\"\nX=\"it's\"\nY=\"a\\b\"\n";
        assert_eq!(value(text, "NAME").as_deref(), Some("A \"B\" $C"));
        assert_eq!(value(text, "VERSION_ID").as_deref(), Some("12"));
        assert_eq!(value(text, "BUILD_ID").as_deref(), Some("rolling"));
        assert_eq!(value(text, "X").as_deref(), Some("it's"));
        assert_eq!(value(text, "Y").as_deref(), Some("a\\b"));
        assert_eq!(value(text, "EMPTY"), None);
        assert_eq!(value(text, "VERSION"), None);
    }

    #[test]
    fn the_last_assignment_counts() {
        assert_eq!(value("VERSION_ID=1\nVERSION_ID=2\n", "VERSION_ID").as_deref(), Some("2"));
    }

    #[test]
    fn an_open_quote_or_a_final_backslash_ends_with_the_line() {
        assert_eq!(value("NAME=\"open\nVERSION_ID=3", "NAME").as_deref(), Some("open"));
        assert_eq!(value("NAME=end\\", "NAME").as_deref(), Some("end"));
    }
}
