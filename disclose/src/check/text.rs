//! Bytes to text: editors of both worlds leave byte order marks, and Xcode's strings files are often UTF-16.

use super::broken::{Broken, Result};

/// The text, without its byte order mark.
pub(crate) fn decode(bytes: &[u8]) -> Result<String> {
    match bytes {
        [0xff, 0xfe, rest @ ..] => utf16(rest, u16::from_le_bytes),
        [0xfe, 0xff, rest @ ..] => utf16(rest, u16::from_be_bytes),
        [0xef, 0xbb, 0xbf, rest @ ..] => utf8(rest),
        _ => utf8(bytes),
    }
}

fn utf8(bytes: &[u8]) -> Result<String> {
    String::from_utf8(bytes.to_vec()).map_err(|error| {
        let valid = &error.as_bytes()[..error.utf8_error().valid_up_to()];
        Broken::at(lines(valid), "not UTF-8; save the file as UTF-8")
    })
}

fn utf16(bytes: &[u8], unit: fn([u8; 2]) -> u16) -> Result<String> {
    let units = bytes.chunks(2).map(|pair| match pair {
        [a, b] => unit([*a, *b]),
        // A half unit at the end is no character.
        _ => 0xd800,
    });
    let mut text = String::with_capacity(bytes.len() / 2);
    for character in char::decode_utf16(units) {
        match character {
            Ok(character) => text.push(character),
            Err(_) => {
                return Err(Broken::at(
                    lines(text.as_bytes()),
                    "not UTF-16, although its first bytes say so",
                ));
            }
        }
    }
    Ok(text)
}

/// The line, counted from 1, that begins or goes on after this text.
pub(crate) fn lines(before: &[u8]) -> u32 {
    let breaks = before.iter().filter(|byte| **byte == b'\n').count();
    u32::try_from(breaks).unwrap_or(u32::MAX).saturating_add(1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_byte_order_mark_is_taken_off() {
        let utf16 =
            |unit: fn(u16) -> [u8; 2]| "\u{feff}a\né".encode_utf16().flat_map(unit).collect::<Vec<_>>();
        for bytes in [
            "a\né".as_bytes().to_vec(),
            "\u{feff}a\né".as_bytes().to_vec(),
            utf16(u16::to_le_bytes),
            utf16(u16::to_be_bytes),
        ] {
            assert_eq!(decode(&bytes), Ok("a\né".to_owned()), "{bytes:?}");
        }
    }

    #[test]
    fn what_is_no_text_has_a_line() {
        assert_eq!(decode(b"a\nb\xff").map_err(|broken| broken.line), Err(Some(2)));
        assert_eq!(decode(b"\xff\xfea\0\n\0\x00\xd8b\0").map_err(|broken| broken.line), Err(Some(2)));
        assert_eq!(decode(b"\xff\xfea\0b").map_err(|broken| broken.line), Err(Some(1)));
    }
}
