//! Bytes up to a limit, which in JSON are Base64.

use base64::Engine as _;
use base64::prelude::BASE64_STANDARD;
use zeroize::Zeroizing;

use super::datum::{at_most, no_more_than};
use crate::error::{Error, InputKind};
use crate::json::{Node, Reported};

/// What the bytes are of.
#[derive(Clone, Copy)]
pub(super) enum Bytes {
    Picture,
    Package,
}

impl Bytes {
    const fn most(self) -> usize {
        match self {
            Self::Picture => 1024 * 1024,
            Self::Package => 2 * 1024 * 1024,
        }
    }

    pub(super) fn read(self, node: &Node<'_>) -> Result<Vec<u8>, Reported> {
        let text = Zeroizing::new(node.text()?.into_owned());
        // Refused before memory is taken for it; the check is exact.
        if text.len() > self.base64_length() {
            return Err(node.error(InputKind::TooLong, at_most(self.most(), "bytes")));
        }
        let hint = "expected Base64 with padding and without line breaks";
        let bytes =
            BASE64_STANDARD.decode(text.as_bytes()).map_err(|_| node.error(InputKind::Malformed, hint))?;
        node.check(self.check(node.path(), &bytes));
        Ok(bytes)
    }

    pub(super) fn check(self, field: &str, bytes: &[u8]) -> Result<(), Error> {
        no_more_than(field, bytes.len(), self.most(), "bytes")
    }

    /// How long the Base64 of the most bytes is.
    pub(super) const fn base64_length(self) -> usize {
        self.most().div_ceil(3) * 4
    }
}

pub(super) fn base64(bytes: &[u8]) -> Zeroizing<String> {
    Zeroizing::new(BASE64_STANDARD.encode(bytes))
}
