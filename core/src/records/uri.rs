//! Where a code package may lie.

use fluent_uri::Uri;

use super::domain::{is_domain_name, is_one_of, is_port};

/// An absolute path or an open URI.
pub(super) fn is_client_address(text: &str) -> bool {
    match text.starts_with('/') {
        true => !text.contains(char::is_control),
        false => open_uri(text).is_some(),
    }
}

/// An open URI of the web's whose host is a domain name.
pub(super) fn is_server_address(text: &str) -> bool {
    open_uri(text).is_some_and(|uri| {
        is_one_of(uri.scheme().as_str(), &["https", "http"])
            && uri.authority().is_some_and(|authority| {
                is_domain_name(authority.host()) && authority.port().is_none_or(|port| is_port(port.as_str()))
            })
    })
}

/// An absolute URI that names no user: a password in an address would leave with it.
fn open_uri(text: &str) -> Option<Uri<&str>> {
    let uri = Uri::parse(text).ok()?;
    let has_user = uri.authority().is_some_and(|authority| authority.has_userinfo());
    (!has_user && !uri.has_fragment()).then_some(uri)
}
