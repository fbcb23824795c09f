//! A mini-program's code package.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroize;

use super::bytes::{Bytes, base64};
use super::datum::{Datum, Own, require};
use crate::error::{Error, InputKind};
use crate::json::{Node, Reported, from_to};
use crate::secret::redacted;

/// What a package may weigh of which only size and digest are supplied: far above the platforms' own limits.
const SIZE: RangeInclusive<u64> = 1..=1024 * 1024 * 1024;

/// A code package: its size and digest, and its bytes if it is small.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CodePackage {
    /// Size in bytes, from 1 to 1 GiB.
    #[cfg_attr(feature = "development", schemars(range(min = *SIZE.start(), max = *SIZE.end())))]
    pub size: u64,
    /// SHA-256 of all bytes, 64 hexadecimal digits.
    #[cfg_attr(feature = "development", schemars(regex(pattern = "^[0-9a-fA-F]{64}$")))]
    pub sha256: String,
    /// All bytes, at most 2 MiB. Their number has to be `size`, and their digest `sha256`.
    #[cfg_attr(feature = "development", schemars(with = "Option<String>", transform = Bytes::Package))]
    pub bytes: Option<Vec<u8>>,
}

redacted!(CodePackage);

impl Datum for CodePackage {
    type Form = Own;

    fn read(&mut self, node: &Node<'_>, _: Own) -> Result<(), Reported> {
        let object = node.object(&["size", "sha256", "bytes"])?;
        let size =
            object.require("size", "add \"size\", the size in bytes", |node| node.integer(&SIZE, "bytes"));
        let sha256 = object
            .require("sha256", "add \"sha256\", 64 hexadecimal digits", |node| Ok(node.text()?.into_owned()));
        let (has_size, has_sha256) = (size.is_some(), sha256.is_some());
        self.size = size.unwrap_or_default();
        self.sha256 = sha256.unwrap_or_default();
        self.bytes = object.read("bytes", |node| Bytes::Package.read(node));
        if has_sha256 {
            object.check(self.check_digest(node.path()));
        }
        // What size and digest say of the bytes counts once each is right by itself.
        if has_size {
            let length = self.check_length(node.path());
            let is_right = length.is_ok() && self.check_digest("").is_ok();
            object.check(length);
            if is_right {
                object.check(self.check_content(node.path()));
            }
        }
        Ok(())
    }

    fn check(&self, field: &str, _: Own) -> Result<(), Error> {
        self.check_digest(field)?;
        if !SIZE.contains(&self.size) {
            return Err(Error::input(
                InputKind::OutOfRange,
                format!("{field}.size"),
                from_to(&SIZE, "bytes"),
            ));
        }
        self.check_length(field)?;
        self.check_content(field)
    }
}

impl CodePackage {
    fn check_digest(&self, path: &str) -> Result<(), Error> {
        let is_digest = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        require(is_digest, &format!("{path}.sha256"), "expected 64 hexadecimal digits")
    }

    fn check_length(&self, path: &str) -> Result<(), Error> {
        let Some(bytes) = &self.bytes else { return Ok(()) };
        let path = format!("{path}.bytes");
        Bytes::Package.check(&path, bytes)?;
        let of_size = u64::try_from(bytes.len()) == Ok(self.size);
        require(of_size, &path, "expected as many bytes as size says")
    }

    fn check_content(&self, path: &str) -> Result<(), Error> {
        let Some(bytes) = &self.bytes else { return Ok(()) };
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_its_own = self.sha256.eq_ignore_ascii_case(&digest);
        require(is_its_own, &format!("{path}.sha256"), "expected the SHA-256 digest of bytes")
    }
}

impl Serialize for CodePackage {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let bytes = self.bytes.as_deref().map(base64);
        let mut package = serializer.serialize_struct("CodePackage", 3)?;
        package.serialize_field("size", &self.size)?;
        package.serialize_field("sha256", &self.sha256)?;
        package.serialize_field("base64", &bytes.as_ref().map(|text| text.as_str()))?;
        package.end()
    }
}
