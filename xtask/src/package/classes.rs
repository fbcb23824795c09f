//! Class files: every name and every text that one refers to is in its pool of constants.

use crate::trouble::{Result, Trouble};

/// The texts in a class file's pool of constants.
pub(super) fn texts(class: &[u8]) -> Result<Vec<String>> {
    let mut reader = Reader(class);
    pool(&mut reader).ok_or_else(|| Trouble::failed("this is no class file"))
}

/// What is left to read.
struct Reader<'a>(&'a [u8]);

impl<'a> Reader<'a> {
    fn take(&mut self, length: usize) -> Option<&'a [u8]> {
        let (taken, rest) = self.0.split_at_checked(length)?;
        self.0 = rest;
        Some(taken)
    }

    fn number(&mut self) -> Option<u16> {
        Some(u16::from_be_bytes(self.take(2)?.try_into().ok()?))
    }
}

/// Reads the pool, of which only the texts are kept. The numbers are the JVM specification's (4.4).
fn pool(reader: &mut Reader<'_>) -> Option<Vec<String>> {
    if reader.take(4)? != [0xCA, 0xFE, 0xBA, 0xBE] {
        return None;
    }
    reader.take(4)?;
    let mut texts = Vec::new();
    let count = reader.number()?;
    let mut index = 1;
    while index < count {
        index += 1;
        let length = match reader.take(1)?[0] {
            1 => {
                let length = reader.number()?;
                texts.push(String::from_utf8_lossy(reader.take(length.into())?).into_owned());
                0
            }
            7 | 8 | 16 | 19 | 20 => 2,
            15 => 3,
            3 | 4 | 9 | 10 | 11 | 12 | 17 | 18 => 4,
            5 | 6 => {
                // Long ones count twice.
                index += 1;
                8
            }
            _ => return None,
        };
        reader.take(length)?;
    }
    Some(texts)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A class file that ends after its pool: a text, a long number, a class, another text.
    const CLASS: &[u8] =
        b"\xCA\xFE\xBA\xBE\0\0\0\x37\0\x06\x01\0\x03one\x05\0\0\0\0\0\0\0\x01\x07\0\x01\x01\0\x03two";

    #[test]
    fn texts_are_found_behind_everything_else() {
        assert_eq!(texts(CLASS).unwrap(), ["one", "two"]);
    }

    #[test]
    fn half_a_file_and_another_file_are_refused() {
        for bytes in [&CLASS[..20], b"PK\x03\x04", b""] {
            assert_eq!(texts(bytes).unwrap_err().to_string(), "this is no class file");
        }
    }
}
