//! Where a mini-program's code package lies.

use serde::Serialize;
use zeroize::Zeroize;

use super::datum::{Datum, Own, check, read};
use super::text::Text;
use crate::error::{Error, InputKind};
use crate::json::{Node, Reported};
use crate::secret::redacted;

/// A code package's addresses. At least one of the two has to be there. Neither may have a user, a password or a
/// fragment.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(
    feature = "development",
    derive(schemars::JsonSchema),
    schemars(deny_unknown_fields, extend("minProperties" = 1))
)]
pub struct CodePackageAddress {
    /// On the client: an absolute path or URI, at most 2 KiB.
    #[cfg_attr(feature = "development", schemars(transform = Text::ClientAddress))]
    pub client: Option<String>,
    /// On the server: an `https` or `http` URI whose host is a domain name, at most 2 KiB.
    #[cfg_attr(feature = "development", schemars(transform = Text::ServerAddress))]
    pub server: Option<String>,
}

redacted!(CodePackageAddress);

const NEEDS_ONE: &str = "add \"client\" or \"server\"";

impl Datum for CodePackageAddress {
    type Form = Own;

    fn read(&mut self, node: &Node<'_>, _: Own) -> Result<(), Reported> {
        let object = node.object(&["client", "server"])?;
        object.require_one_of(&["client", "server"], NEEDS_ONE);
        read(&object, "client", &mut self.client, Text::ClientAddress);
        read(&object, "server", &mut self.server, Text::ServerAddress);
        Ok(())
    }

    fn check(&self, field: &str, _: Own) -> Result<(), Error> {
        if self.client.is_none() && self.server.is_none() {
            return Err(Error::input(InputKind::Missing, field, NEEDS_ONE));
        }
        check(field, "client", &self.client, Text::ClientAddress)?;
        check(field, "server", &self.server, Text::ServerAddress)
    }
}
