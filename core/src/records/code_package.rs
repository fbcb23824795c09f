//! A mini-program's code package.

use std::ops::RangeInclusive;

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use sha2::{Digest as _, Sha256};
use zeroize::Zeroize;

use super::bytes::{Bytes, base64};
use super::datum::{Datum, Own, require};
use crate::error::{Error, InputKind};
use crate::json::Node;
use crate::secret::redacted;

/// What a package may weigh of which only size and digest are supplied: far above the platforms' own limits.
const SIZE: RangeInclusive<u64> = 1..=1024 * 1024 * 1024;

/// A code package: what it is known by, and its bytes if it is small.
#[derive(Clone, Default, PartialEq, Zeroize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(deny_unknown_fields))]
pub struct CodePackage {
    /// Size in bytes, from 1 to 1 GiB.
    #[cfg_attr(feature = "development", schemars(range(min = *SIZE.start(), max = *SIZE.end())))]
    pub size: u64,
    /// SHA-256 of all bytes, 64 hexadecimal digits.
    #[cfg_attr(feature = "development", schemars(regex(pattern = "^[0-9a-fA-F]{64}$")))]
    pub sha256: String,
    /// All bytes, at most 2 MiB: as many as `size` says, and with that digest.
    #[cfg_attr(feature = "development", schemars(with = "Option<String>", transform = Bytes::Package))]
    pub bytes: Option<Vec<u8>>,
}

redacted!(CodePackage);

impl Datum for CodePackage {
    type Form = Own;

    fn read(&mut self, node: &Node<'_>) -> Result<(), Error> {
        let object = node.object(&["size", "sha256", "bytes"])?;
        self.size = object.required("size", "the size in bytes")?.integer()?;
        self.sha256 = object.required("sha256", "64 hexadecimal digits")?.text()?.into_owned();
        self.bytes = object.get("bytes").map(|node| Bytes::Package.read(node)).transpose()?;
        Ok(())
    }

    fn check(&self, field: &str, _: Own) -> Result<(), Error> {
        let path = |name| format!("{field}.{name}");
        let is_digest = self.sha256.len() == 64 && self.sha256.bytes().all(|byte| byte.is_ascii_hexdigit());
        require(is_digest, &path("sha256"), "64 hexadecimal digits are needed")?;
        if !SIZE.contains(&self.size) {
            let hint = format!("from {} to {} bytes", SIZE.start(), SIZE.end());
            return Err(Error::input(InputKind::OutOfRange, path("size"), hint));
        }
        let Some(bytes) = &self.bytes else { return Ok(()) };
        Bytes::Package.check(&path("bytes"), bytes)?;
        let of_size = u64::try_from(bytes.len()) == Ok(self.size);
        require(of_size, &path("bytes"), "as many as size says are needed")?;
        let digest: String = Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect();
        let is_its_own = self.sha256.eq_ignore_ascii_case(&digest);
        require(is_its_own, &path("sha256"), "the digest of bytes is needed")
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
