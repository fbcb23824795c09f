//! The user's profile picture.

use serde::Serialize;
use serde::ser::{SerializeStruct as _, Serializer};
use zeroize::Zeroize;

use super::bytes::{Bytes, base64};
use super::datum::{Datum, Own, require};
use crate::error::Error;
use crate::json::{Node, Reported};
use crate::secret::redacted;

/// A picture: PNG, JPEG, GIF or WebP, at most 1 MiB.
#[derive(Clone, Default, PartialEq, Eq, Zeroize, uniffi::Record)]
pub struct ProfilePicture {
    /// The file's bytes.
    pub bytes: Vec<u8>,
}

redacted!(ProfilePicture);

impl ProfilePicture {
    /// The media type by the bytes' signature, whatever anybody calls them.
    fn media_type(&self) -> Option<&'static str> {
        match self.bytes.as_slice() {
            [0x89, b'P', b'N', b'G', b'\r', b'\n', 0x1a, b'\n', ..] => Some("image/png"),
            [0xff, 0xd8, 0xff, ..] => Some("image/jpeg"),
            [b'G', b'I', b'F', b'8', b'7' | b'9', b'a', ..] => Some("image/gif"),
            [b'R', b'I', b'F', b'F', _, _, _, _, b'W', b'E', b'B', b'P', ..] => Some("image/webp"),
            _ => None,
        }
    }
}

impl Datum for ProfilePicture {
    type Form = Own;

    fn read(&mut self, node: &Node<'_>, form: Own) -> Result<(), Reported> {
        self.bytes = Bytes::Picture.read(node)?;
        node.check(self.check(node.path(), form));
        Ok(())
    }

    fn check(&self, field: &str, _: Own) -> Result<(), Error> {
        Bytes::Picture.check(field, &self.bytes)?;
        require(self.media_type().is_some(), field, "expected a PNG, JPEG, GIF or WebP file")
    }
}

impl Serialize for ProfilePicture {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut picture = serializer.serialize_struct("ProfilePicture", 3)?;
        picture.serialize_field("media_type", &self.media_type())?;
        picture.serialize_field("size", &self.bytes.len())?;
        picture.serialize_field("base64", base64(&self.bytes).as_str())?;
        picture.end()
    }
}
