//! Domain names, and what a host writes about them.

use rustls_pki_types::ServerName;

/// A domain name of at least two labels: no address of a machine, no name of the local network. Host names have no
/// underscore, although other names in the domain system have.
pub(super) fn is_domain_name(name: &str) -> bool {
    name.contains('.')
        && !name.ends_with('.')
        && !name.contains('_')
        && matches!(ServerName::try_from(name), Ok(ServerName::DnsName(_)))
}

/// A domain name, perhaps with one of the schemes before it and a port after it.
pub(super) fn is_server_domain(text: &str, schemes: &[&str]) -> bool {
    let (scheme, rest) = text.split_once("://").map_or((None, text), |(scheme, rest)| (Some(scheme), rest));
    let (name, port) = rest.split_once(':').map_or((rest, None), |(name, port)| (name, Some(port)));
    scheme.is_none_or(|scheme| is_one_of(scheme, schemes)) && port.is_none_or(is_port) && is_domain_name(name)
}

pub(super) fn is_one_of(scheme: &str, schemes: &[&str]) -> bool {
    schemes.iter().any(|known| scheme.eq_ignore_ascii_case(known))
}

/// A port as one writes it: without sign and leading zeros.
pub(super) fn is_port(port: &str) -> bool {
    port.starts_with(|c: char| matches!(c, '1'..='9')) && port.parse::<u16>().is_ok()
}
