//! Text that a platform reports, checked before it counts as a value.

use crate::outcome::Unavailable;

/// Longest text of one item, in bytes: several times the longest that DMI and os-release hold in practice.
pub(super) const LONGEST: usize = 512;

/// What vendors leave in DMI where a value should be, in lower case.
const PLACEHOLDERS: &[&str] = &[
    "to be filled by o.e.m.",
    "to be set by oem",
    "default string",
    "system product name",
    "system manufacturer",
    "system version",
    "system family",
    "product name",
    "not specified",
    "not applicable",
    "not available",
    "undefined",
    "unknown",
    "invalid",
    "empty",
    "none",
    "n/a",
    "oem",
    "o.e.m.",
];

/// A line of text without the white space and NULs around it.
pub(crate) fn line(text: &str) -> Result<String, Unavailable> {
    let text = text.trim_matches(|c: char| c.is_whitespace() || c == '\0');
    if text.is_empty() {
        Err(Unavailable::NotStated)
    } else if text.len() > LONGEST {
        Err(Unavailable::TooLong)
    } else if text.contains(char::is_control) {
        Err(Unavailable::Malformed)
    } else {
        Ok(text.to_owned())
    }
}

/// A line that a vendor may have left at its placeholder.
pub(super) fn vendor_line(text: &str) -> Result<String, Unavailable> {
    let value = line(text)?;
    let says_nothing = value.bytes().all(|byte| byte.is_ascii_punctuation() || byte == b' ')
        || PLACEHOLDERS.iter().any(|placeholder| value.eq_ignore_ascii_case(placeholder));
    if says_nothing { Err(Unavailable::Placeholder) } else { Ok(value) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_checked() {
        assert_eq!(line(" Pixel 8\n"), Ok("Pixel 8".to_owned()));
        assert_eq!(line("Raspberry Pi 3\0"), Ok("Raspberry Pi 3".to_owned()));
        for nothing in ["", "\n", " \0"] {
            assert_eq!(line(nothing), Err(Unavailable::NotStated));
        }
        for broken in ["two\nlines", "esc\u{1b}[31m", "a\0b"] {
            assert_eq!(line(broken), Err(Unavailable::Malformed));
        }
        assert_eq!(line(&"x".repeat(LONGEST + 1)), Err(Unavailable::TooLong));
        assert_eq!(line(&"x".repeat(LONGEST)).map(|value| value.len()), Ok(LONGEST));
    }

    #[test]
    fn placeholders_are_not_values() {
        for placeholder in [
            "To be filled by O.E.M.",
            "To Be Filled By O.E.M.\n",
            "None",
            "Default string",
            "System Product Name",
            "...",
            "-",
        ] {
            assert_eq!(vendor_line(placeholder), Err(Unavailable::Placeholder), "{placeholder}");
        }
        for value in ["ThinkPad X1 Carbon", "OEM Deluxe", "None of the above", "0", "小米"] {
            assert_eq!(vendor_line(value), Ok(value.to_owned()));
        }
    }
}
