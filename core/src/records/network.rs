//! What mini-programs may do and reach.

use std::collections::HashMap;

use serde::Serialize;
use serde::ser::Serializer;
use zeroize::Zeroize;

use super::datum::{Datum, Own, no_more_than, require};
use super::domain::is_server_domain;
use super::text::NAME;
use crate::error::Error;
use crate::json::{Node, Reported};
use crate::secret::redacted;

/// How many permissions there may be, and how many domains for each use.
pub(super) const ENTRIES: usize = 256;

/// The form of permissions: their names.
#[derive(Clone, Copy)]
pub(super) struct Permissions;

impl Datum for HashMap<String, bool> {
    type Form = Permissions;

    fn read(&mut self, node: &Node<'_>, form: Permissions) -> Result<(), Reported> {
        // One more than are taken is enough to see that there are too many.
        for (name, node) in node.members()?.take(ENTRIES + 1) {
            self.insert(name, node.boolean().unwrap_or_default());
        }
        node.check(self.check(node.path(), form));
        Ok(())
    }

    fn check(&self, field: &str, _: Permissions) -> Result<(), Error> {
        no_more_than(field, self.len(), ENTRIES, "permissions")?;
        let is_name = |name: &String| {
            (1..=NAME).contains(&name.len())
                && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
        };
        let hint = "expected names of letters, digits, ., _ and -, such as scope.userLocation";
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

    /// Reads as many domains as are taken, and one more.
    fn read(self, node: &Node<'_>, domains: &mut Vec<String>) -> Result<(), Reported> {
        for node in node.array()?.take(ENTRIES + 1) {
            let Ok(domain) = node.text() else { continue };
            node.check(self.check(node.path(), &domain));
            domains.push(domain.into_owned());
        }
        node.check(no_more_than(node.path(), domains.len(), ENTRIES, "domains"));
        Ok(())
    }

    fn check(self, field: &str, domain: &str) -> Result<(), Error> {
        let hint = format!(
            "expected an ASCII domain name, which may have {}:// before it and a port after it",
            self.names().join(":// or ")
        );
        require(is_server_domain(domain, self.names()), field, &hint)
    }
}

/// The domains that mini-programs may reach, at most 256 for each use.
///
/// An entry is a domain name as for a mini-program. It may have the scheme `https` or `wss` and a port. It has no path.
#[derive(Clone, Default, PartialEq, Zeroize, Serialize, uniffi::Record)]
#[cfg_attr(feature = "development", derive(schemars::JsonSchema), schemars(default, deny_unknown_fields))]
pub struct DomainConfiguration {
    /// For requests.
    #[cfg_attr(feature = "development", schemars(transform = Schemes::Web))]
    pub request: Vec<String>,
    /// For sockets, which may also have the scheme `tcp` or `udp`.
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

    fn read(&mut self, node: &Node<'_>, _: Own) -> Result<(), Reported> {
        let object = node.object(&["request", "socket", "upload", "download", "web_view"])?;
        for (name, domains, schemes) in [
            ("request", &mut self.request, Schemes::Web),
            ("socket", &mut self.socket, Schemes::Socket),
            ("upload", &mut self.upload, Schemes::Web),
            ("download", &mut self.download, Schemes::Web),
            ("web_view", &mut self.web_view, Schemes::Web),
        ] {
            object.read(name, |node| schemes.read(node, domains));
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
                schemes.check(&format!("{path}[{at}]"), domain)?;
            }
        }
        Ok(())
    }
}
