//! Escapes in JSON's strings: what they stand for, and what is wrong with them.

use std::borrow::Cow;

use super::Fault;

/// The text between a string's quotes, whose escapes are right.
pub(crate) fn unescaped(string: &str) -> Cow<'_, str> {
    if !string.contains('\\') {
        return Cow::Borrowed(string);
    }
    let (mut text, mut at) = (String::with_capacity(string.len()), 0);
    while let Some(rest) = string.get(at..) {
        let plain = rest.find('\\').unwrap_or(rest.len());
        text.push_str(rest.get(..plain).unwrap_or_default());
        let Ok((character, next)) = escape(string, at + plain) else { break };
        text.push(character);
        at = next;
    }
    Cow::Owned(text)
}

/// What the escape at this place stands for, and where the text goes on.
pub(crate) fn escape(text: &str, at: usize) -> Result<(char, usize), Fault> {
    let character = match text.as_bytes().get(at + 1) {
        Some(b'"') => '"',
        Some(b'\\') => '\\',
        Some(b'/') => '/',
        Some(b'b') => '\u{8}',
        Some(b'f') => '\u{c}',
        Some(b'n') => '\n',
        Some(b'r') => '\r',
        Some(b't') => '\t',
        Some(b'u') => return numbered(text, at),
        Some(_) | None => {
            let hint =
                "expected one of \" \\ / b f n r t u after a backslash; write a backslash itself as \\\\";
            return Err(Fault::syntax(at, hint));
        }
    };
    Ok((character, at + 2))
}

/// An escape of four digits, or two of them that are halves of one character.
fn numbered(text: &str, at: usize) -> Result<(char, usize), Fault> {
    const LENGTH: usize = 6;
    let high = digits(text, at)?;
    if let Some(character) = char::from_u32(high) {
        return Ok((character, at + LENGTH));
    }
    if is_low(high) {
        let hint =
            "a low surrogate (\\udc00 to \\udfff) needs a high one (\\ud800 to \\udbff) right before it";
        return Err(Fault::syntax(at, hint));
    }
    let second = at + LENGTH;
    let low = match text.get(second..).is_some_and(|rest| rest.starts_with("\\u")) {
        true => digits(text, second)?,
        false => 0,
    };
    let pair = is_low(low).then(|| 0x1_0000 + ((high & 0x3ff) << 10) + (low & 0x3ff));
    let hint = "a high surrogate (\\ud800 to \\udbff) needs a low one (\\udc00 to \\udfff) right after it";
    let character = pair.and_then(char::from_u32).ok_or(Fault::syntax(at, hint))?;
    Ok((character, second + LENGTH))
}

fn is_low(unit: u32) -> bool {
    (0xdc00..=0xdfff).contains(&unit)
}

fn digits(text: &str, at: usize) -> Result<u32, Fault> {
    let digits = text.get(at + 2..at + 6);
    let digits = digits.filter(|digits| digits.bytes().all(|digit| digit.is_ascii_hexdigit()));
    let number = digits.and_then(|digits| u32::from_str_radix(digits, 16).ok());
    number.ok_or(Fault::syntax(at, "expected four hexadecimal digits after \\u"))
}
