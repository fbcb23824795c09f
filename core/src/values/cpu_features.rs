//! What a processor can do, kept as one text: a hundred words would be a hundred allocations each time.

use serde::{Serialize, Serializer};
use zeroize::Zeroize;

use crate::secret::redacted;

/// Names of instruction set extensions, such as `neon` and `crc32`, in the kernel's order. In every other language and
/// in JSON it is a list.
#[derive(Clone, Default, Zeroize)]
pub struct CpuFeatures(String);

redacted!(CpuFeatures);

uniffi::custom_type!(CpuFeatures, Vec<String>, {
    lower: |features| features.iter().map(str::to_owned).collect(),
    try_lift: |words| Ok(words.iter().map(String::as_str).collect()),
});

impl CpuFeatures {
    /// The names, one after the other.
    pub fn iter(&self) -> impl Iterator<Item = &str> {
        self.0.split_ascii_whitespace()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.iter().count()
    }

    /// Whether the kernel names none.
    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// Words with blanks between them, as the kernel prints them.
    #[cfg(any(target_os = "linux", target_os = "android"))]
    pub(crate) fn of_line(line: &str) -> Self {
        Self(line.trim_ascii().to_owned())
    }
}

/// However many blanks are between the words.
impl PartialEq for CpuFeatures {
    fn eq(&self, other: &Self) -> bool {
        self.iter().eq(other.iter())
    }
}

impl Eq for CpuFeatures {}

impl<'w> FromIterator<&'w str> for CpuFeatures {
    fn from_iter<W: IntoIterator<Item = &'w str>>(words: W) -> Self {
        let mut text = String::new();
        for word in words.into_iter().flat_map(str::split_ascii_whitespace) {
            if !text.is_empty() {
                text.push(' ');
            }
            text.push_str(word);
        }
        Self(text)
    }
}

impl Serialize for CpuFeatures {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.iter())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_go_in_and_come_out() {
        let words: CpuFeatures = ["neon", "crc32"].into_iter().collect();
        assert_eq!(words.iter().collect::<Vec<_>>(), ["neon", "crc32"]);
        assert_eq!((words.len(), words.is_empty()), (2, false));
        assert!(words == CpuFeatures::of_line(" neon  crc32\n"));
        assert_eq!(serde_json::to_string(&words).ok().as_deref(), Some(r#"["neon","crc32"]"#));
        assert_eq!(serde_json::to_string(&CpuFeatures::default()).ok().as_deref(), Some("[]"));
    }
}
