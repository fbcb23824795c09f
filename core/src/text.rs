//! Text that a platform reports, checked before it counts as a value. Padding goes first, then the text is judged.

use crate::outcome::Unavailable;

mod filler;

/// Longest text of one item, in bytes: several times the longest that DMI and os-release hold in practice.
pub(crate) const LONGEST: usize = 512;

/// A line of text without the padding around it.
pub(crate) fn line(text: &str) -> Result<String, Unavailable> {
    checked(text).map(str::to_owned)
}

/// A line that somebody wrote once for all machines of a kind, a template perhaps, or words in place of a value.
#[cfg(any(target_os = "linux", target_os = "android"))]
pub(crate) fn stated_line(text: &str) -> Result<String, Unavailable> {
    let line = checked(text)?;
    if filler::is_template(line) || filler::says_nothing(line) {
        return Err(Unavailable::Placeholder);
    }
    Ok(line.to_owned())
}

/// A line that a vendor may have left at its placeholder, which may be a number too.
pub(crate) fn vendor_line(text: &str) -> Result<String, Unavailable> {
    let line = checked(text)?;
    if filler::is_template(line) || filler::says_nothing(line) || filler::is_counted_out(line) {
        return Err(Unavailable::Placeholder);
    }
    Ok(line.to_owned())
}

/// A name that a person gives a device, who may call it `System` or `0000`; not what stands there if nobody gave one.
pub(crate) fn given_name(text: &str) -> Result<&str, Unavailable> {
    let line = checked(text)?;
    if filler::names_nothing(line) { Err(Unavailable::Placeholder) } else { Ok(line) }
}

fn checked(text: &str) -> Result<&str, Unavailable> {
    let text = text.trim_matches(is_padding);
    if text.is_empty() {
        Err(Unavailable::NotStated)
    } else if text.len() > LONGEST {
        Err(Unavailable::TooLong)
    } else if text.contains(char::is_control) {
        Err(Unavailable::Malformed)
    } else {
        Ok(text)
    }
}

/// What fixed-size fields are filled up with: blanks, NULs, 0xff bytes that a decoder replaced, invisible marks.
fn is_padding(c: char) -> bool {
    c.is_whitespace() || matches!(c, '\0' | '\u{fffd}' | '\u{feff}' | '\u{200b}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_line_is_trimmed_and_checked() {
        assert_eq!(line(" Pixel 8\n"), Ok("Pixel 8".to_owned()));
        assert_eq!(line("Raspberry Pi 3\0"), Ok("Raspberry Pi 3".to_owned()));
        assert_eq!(line("\u{feff}Meter\0 \0\u{fffd}\u{fffd}"), Ok("Meter".to_owned()));
        for nothing in ["", "\n", " \0", "\0\0\0", "\u{fffd}", "\u{a0}\t\r\n"] {
            assert_eq!(line(nothing), Err(Unavailable::NotStated));
        }
        for broken in ["two\nlines", "esc\u{1b}[31m", "a\0b"] {
            assert_eq!(line(broken), Err(Unavailable::Malformed));
        }
        assert_eq!(line(&"x".repeat(LONGEST + 1)), Err(Unavailable::TooLong));
        assert_eq!(line(&"x".repeat(LONGEST)).map(|value| value.len()), Ok(LONGEST));
        assert_eq!(line(&(" ".repeat(LONGEST) + "x")).as_deref(), Ok("x"));
    }

    /// A build may count up to where a vendor's filler stands.
    #[test]
    fn only_vendors_count_out_their_fillers() {
        for number in ["123456", "000000"] {
            assert_eq!(stated_line(number), Ok(number.to_owned()));
            assert_eq!(vendor_line(number), Err(Unavailable::Placeholder));
        }
        for nothing in ["n/a", "${BUILD}"] {
            assert_eq!(stated_line(nothing), Err(Unavailable::Placeholder));
        }
    }

    #[test]
    fn a_person_may_call_a_device_what_a_vendor_may_not() {
        for name in ["System", "0000", "Model", "Anne's none", "unknown-host", "xxx", "😀"] {
            assert_eq!(given_name(name), Ok(name));
        }
        for nobody in
            ["(none)", "(none)\n", "None", "null", "(null)", "<unknown>", "Unknown", "N/A", "undefined", "-"]
        {
            assert_eq!(given_name(nobody), Err(Unavailable::Placeholder), "{nobody}");
        }
    }
}
