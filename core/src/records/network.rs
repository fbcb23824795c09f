//! What mini-programs may do and reach.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::Serializer;
use zeroize::Zeroize;

use super::datum::{Datum, Own, no_more_than, require};
use super::domain::is_server_domain;
use super::text::NAME;
use crate::error::Error;
use crate::json::Node;
use crate::secret::redacted;

/// How many permissions there may be, and how many domains for each use.
pub(super) const ENTRIES: usize = 256;

/// The form of permissions: their names.
#[derive(Clone, Copy)]
pub(super) struct Permissions;

impl Datum for HashMap<String, bool> {
    type Form = Permissions;

    fn read(&mut self, node: &Node<'_>) -> Result<(), Error> {
        for (name, node) in node.members()? {
            self.insert(name, node.boolean()?);
        }
        Ok(())
    }

    fn check(&self, field: &str, _: Permissions) -> Result<(), Error> {
        no_more_than(field, self.len(), ENTRIES, "permissions")?;
        let is_name = |name: &String| {
            (1..=NAME).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        let hint = "names of letters, digits, ., _ and - are needed, such as scope.userLocation";
        require(self.keys().all(is_name), field, hint)
    }

    /// Sorted, since a map's order would differ from run to run.
    fn export<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        let mut sorted: Vec<_> = self.iter().collect();
        sorted.sort_unstable();
        serializer.collect_map(sorted)
    }
}

/// What may stand before a domain.
#[derive(Clone, Copy)]
pub(super) enum Schemes {
    Web,
    /// TCMPP's sockets know two more.
    Socket,
}

impl Schemes {
    pub(super) const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Web => &["https", "wss"],
            Self::Socket => &["https", "wss", "tcp", "udp"],
        }
    }
}

/// The domains that mini-programs may reach, at most 256 for each use.
///
/// An entry is a domain name as for a mini-program. It may have `https` or `wss` before it and a port after it, and has
/// no path.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct DomainConfiguration {
    /// For requests.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Web))]
    pub request: Vec<String>,
    /// For sockets, which may have `tcp` and `udp` too.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Socket))]
    pub socket: Vec<String>,
    /// For uploads.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Web))]
    pub upload: Vec<String>,
    /// For downloads.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Web))]
    pub download: Vec<String>,
    /// For web views.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Web))]
    pub web_view: Vec<String>,
}

redacted!(DomainConfiguration);

impl Datum for DomainConfiguration {
    type Form = Own;

    fn read(&mut self, node: &Node<'_>) -> Result<(), Error> {
        let object = node.object(&["request", "socket", "upload", "download", "web_view"])?;
        for (name, domains) in [
            ("request", &mut self.request),
            ("socket", &mut self.socket),
            ("upload", &mut self.upload),
            ("download", &mut self.download),
            ("web_view", &mut self.web_view),
        ] {
            let Some(node) = object.get(name) else { continue };
            for node in node.array()? {
                domains.push(node.text()?.into_owned());
            }
        }
        Ok(())
    }

    fn check(&self, field: &str, _: Own) -> Result<(), Error> {
        for (name, domains, schemes) in [
            ("request", &self.request, Schemes::Web),
            ("socket", &self.socket, Schemes::Socket),
            ("upload", &self.upload, Schemes::Web),
            ("download", &self.download, Schemes::Web),
            ("web_view", &self.web_view, Schemes::Web),
        ] {
            let path = format!("{field}.{name}");
            no_more_than(&path, domains.len(), ENTRIES, "domains")?;
            for (at, domain) in domains.iter().enumerate() {
                let hint = format!(
                    "a domain name in ASCII is needed, if need be with {}:// before it and a port after it",
                    schemes.names().join(":// or ")
                );
                require(is_server_domain(domain, schemes.names()), &format!("{path}[{at}]"), &hint)?;
            }
        }
        Ok(())
    }
}
