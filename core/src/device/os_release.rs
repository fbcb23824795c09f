//! Parses os-release(5) as systemd does: a value may be quoted or not, blanks without quotes belong to it, a backslash
//! before the end of a line continues it. A value whose quote its line does not close was cut short: it is no value.

use zeroize::Zeroizing;

/// The values of these variables, in one pass; of each the last assignment, and an empty one is none.
pub(crate) fn values<const N: usize>(text: &str, names: [&str; N]) -> [Option<Zeroizing<String>>; N] {
    let mut values = [const { None }; N];
    let mut rest = text.trim_start_matches('\u{feff}');
    while !rest.is_empty() {
        let end = rest.find('\n').map_or(rest.len(), |at| at + 1);
        let (line, after) = rest.split_at_checked(end).unwrap_or((rest, ""));
        let key = line.find('=').and_then(|at| Some((line.get(..at)?.trim(), rest.get(at + 1..)?)));
        let wanted = key.and_then(|(key, value)| Some((names.iter().position(|name| *name == key)?, value)));
        rest = match (wanted, key) {
            (Some((at, value)), _) => {
                let (value, after) = assigned(value);
                if let Some(slot) = values.get_mut(at) {
                    *slot = value;
                }
                after
            }
            // Of another variable only the end counts.
            (None, Some((key, value))) if line.ends_with("\\\n") && !key.starts_with(['#', ';']) => {
                assigned(value).1
            }
            (None, _) => after,
        };
    }
    values.map(|value| value.filter(|value| !value.is_empty()))
}

/// The value that begins here, and what follows its line.
fn assigned(text: &str) -> (Option<Zeroizing<String>>, &str) {
    // It never grows, so no part of it is left behind.
    let mut value = Zeroizing::new(String::with_capacity(text.len()));
    let mut quote = None;
    // Up to here the value stays when the blanks at its end go.
    let mut kept = 0;
    // Outside of quotes a value begins with its first letter; quotes after that are part of it.
    let mut bare = false;
    let mut characters = text.char_indices();
    let mut end = text.len();
    let mut cut = false;
    while let Some((at, character)) = characters.next() {
        match (character, quote) {
            ('\n' | '\r', _) => {
                end = at + 1;
                break;
            }
            ('\\', None | Some('"')) => match characters.next() {
                Some((_, '\n' | '\r')) => {}
                Some((_, escaped)) => {
                    if quote.is_some() && !matches!(escaped, '"' | '\\' | '$' | '`') {
                        value.push('\\');
                    }
                    value.push(escaped);
                    kept = value.len();
                    bare |= quote.is_none();
                }
                None => cut = true,
            },
            ('"' | '\'', None) if !bare => quote = Some(character),
            (_, Some(open)) if character == open => quote = None,
            (_, None) if character.is_ascii_whitespace() => {
                if bare {
                    value.push(character);
                }
            }
            _ => {
                bare |= quote.is_none();
                value.push(character);
                kept = value.len();
            }
        }
    }
    value.truncate(kept);
    let whole = quote.is_none() && !cut;
    (whole.then_some(value), text.get(end..).unwrap_or_default())
}

#[cfg(test)]
mod tests {
    fn value(text: &str, name: &str) -> Option<String> {
        let [value] = super::values(text, [name]);
        value.map(|value| value.to_string())
    }

    /// Each right side, and what systemd makes of it.
    #[test]
    fn values_are_read_as_systemd_reads_them() {
        for (assigned, expected) in [
            (r#""A \"B\" \$C""#, r#"A "B" $C"#),
            (r#""a\b""#, r"a\b"),
            ("'12'", "12"),
            (r"'a\b'", r"a\b"),
            (r#""it's""#, "it's"),
            (r#"'say "hi"'"#, r#"say "hi""#),
            ("Example Runtime", "Example Runtime"),
            ("1.4 (Example runtime)  ", "1.4 (Example runtime)"),
            ("  1.4\t", "1.4"),
            (r"a\ b\ ", "a b "),
            (r#"\"a"#, r#""a"#),
            ("rolling # not a comment", "rolling # not a comment"),
            (r#""a"b"#, "ab"),
            (r#""a" 'b'"#, "ab"),
            (r#"a"b""#, r#"a"b""#),
            ("\"two \\\nlines\"", "two lines"),
            ("two \\\nlines", "two lines"),
            ("\"[1;2] = #3\"", "[1;2] = #3"),
            ("Größe", "Größe"),
        ] {
            for after in ["", "\n", "\r\n", "\nVERSION=\n"] {
                assert_eq!(
                    value(&format!("NAME={assigned}{after}"), "NAME").as_deref(),
                    Some(expected),
                    "{assigned}"
                );
            }
        }
    }

    #[test]
    fn lines_that_assign_nothing_are_none() {
        let text = "\u{feff}NAME=x\n# VERSION_ID=0\n;VERSION=0\n  #ID=\"\nEMPTY=\"\"\nNONE=\nexport BUILD_ID=1\nno line\n VARIANT = y \n";
        assert_eq!(value(text, "NAME").as_deref(), Some("x"));
        assert_eq!(value(text, "VARIANT").as_deref(), Some("y"));
        for name in ["VERSION_ID", "VERSION", "ID", "EMPTY", "NONE", "BUILD_ID", "no line"] {
            assert_eq!(value(text, name), None, "{name}");
        }
    }

    #[test]
    fn one_pass_gives_them_all() {
        let values = super::values("B=2\nA=1\nC=3\n", ["A", "B", "D"]);
        assert_eq!(
            values.map(|value| value.map(|value| value.to_string())),
            [Some("1".into()), Some("2".into()), None]
        );
    }

    #[test]
    fn the_last_assignment_counts() {
        assert_eq!(value("VERSION_ID=1\nVERSION_ID=2\n", "VERSION_ID").as_deref(), Some("2"));
        assert_eq!(value("VERSION_ID=1\nVERSION_ID=\n", "VERSION_ID"), None);
    }

    /// No way leads from one line into a value of another.
    #[test]
    fn an_escaped_end_of_a_line_is_no_part_of_a_value() {
        for assigned in ["a\\\rb", "\"a\\\rb\"", "a\\\nb", "\"a\\\nb\""] {
            assert_eq!(value(&format!("NAME={assigned}\n"), "NAME").as_deref(), Some("ab"), "{assigned:?}");
        }
    }

    #[test]
    fn a_value_cut_short_is_none_and_takes_no_other_along() {
        let text = "NAME=\"open\nVERSION_ID=3\nID='open\nVERSION=\"4\"";
        assert_eq!(value(text, "NAME"), None);
        assert_eq!(value(text, "ID"), None);
        assert_eq!(value(text, "VERSION_ID").as_deref(), Some("3"));
        assert_eq!(value(text, "VERSION").as_deref(), Some("4"));
        assert_eq!(value("NAME=end\\", "NAME"), None);
        assert_eq!(value("NAME=\"end", "NAME"), None);
    }
}
