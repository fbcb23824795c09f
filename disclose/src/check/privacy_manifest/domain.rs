//! The domains that are tracked with: bare names of hosts.

use std::net::IpAddr;

use super::{DOMAINS, Mistakes, TRACKING, Type};
use crate::check::finding::{CheckRule, Level};
use crate::check::plist::Node;

pub(super) fn check(mistakes: &mut Mistakes<'_>, root: &Node, tracks: bool) {
    let listed = mistakes.elements(root, DOMAINS, Type::Text);
    let rule = CheckRule::AppleTracking;
    let has_domains = root.get(DOMAINS).is_some_and(|domains| !domains.elements().is_empty());
    if tracks && !has_domains {
        mistakes.of(
            rule,
            root.get(TRACKING).unwrap_or(root),
            Level::Error,
            "NSPrivacyTracking is true, and NSPrivacyTrackingDomains lists no domain".to_owned(),
            "List the domains that tracking goes to.",
        );
    }
    if let Some(domains) = root.get(DOMAINS).filter(|_| has_domains && !tracks) {
        mistakes.of(
            rule,
            domains,
            Level::Error,
            "NSPrivacyTrackingDomains lists domains, and NSPrivacyTracking is not true".to_owned(),
            "Set NSPrivacyTracking to true, or remove the domains.",
        );
    }
    for (at, node) in listed.iter().enumerate() {
        let domain = node.text().unwrap_or_default();
        let same = |other: &&&Node| other.text().is_some_and(|other| other.eq_ignore_ascii_case(domain));
        if let Some(first) = listed[..at].iter().find(same) {
            mistakes.again(first, node, format!("the domain {domain} is listed twice"), "Remove one.");
        } else if let Some(fault) = fault(domain) {
            mistakes.add(
                node,
                Level::Error,
                format!("the tracking domain \"{domain}\" {fault}"),
                "Write the name of the host only, such as metrics.example.com.",
            );
        }
    }
}

/// What is wrong with a domain, if anything.
fn fault(domain: &str) -> Option<&'static str> {
    let host = domain.strip_prefix("*.").unwrap_or(domain);
    Some(match domain {
        "" => "is empty",
        _ if domain.contains(char::is_whitespace) => "has white space in it",
        _ if domain.contains("://") => "begins with a scheme",
        _ if domain.contains('/') => "has a path",
        _ if domain.contains(['?', '#']) => "has a query or a fragment",
        _ if domain.contains('@') => "names a user",
        _ if domain.parse::<IpAddr>().is_ok() => "is an address, not a name",
        _ if domain.contains(':') => "has a port",
        _ if host.ends_with('.') => "ends with a dot",
        _ if !host.contains('.') => "has no top-level domain",
        _ if !host.split('.').all(is_label) || !host.ends_with(char::is_alphabetic) => {
            "is not the name of a host"
        }
        _ => return None,
    })
}

fn is_label(label: &str) -> bool {
    let edge = |edge: Option<char>| edge.is_some_and(char::is_alphanumeric);
    // An international name is written as it is, or in ASCII.
    (1..=63).contains(&label.len())
        && edge(label.chars().next())
        && edge(label.chars().next_back())
        && label.chars().all(|c| c == '-' || c.is_alphanumeric())
}

#[cfg(test)]
mod tests {
    use super::fault;

    #[test]
    fn only_names_of_hosts_are_domains() {
        for right in ["example.com", "a-b.example.co.uk", "*.example.com", "münchen.example", "x1.io"] {
            assert_eq!(fault(right), None, "{right}");
        }
        for (wrong, why) in [
            ("", "is empty"),
            (" example.com", "has white space in it"),
            ("https://example.com", "begins with a scheme"),
            ("example.com/a", "has a path"),
            ("example.com/", "has a path"),
            ("example.com?a", "has a query or a fragment"),
            ("me@example.com", "names a user"),
            ("192.0.2.1", "is an address, not a name"),
            ("2001:db8::1", "is an address, not a name"),
            ("example.com:443", "has a port"),
            ("example.com.", "ends with a dot"),
            ("localhost", "has no top-level domain"),
            ("a_b.example.com", "is not the name of a host"),
            ("a..example.com", "is not the name of a host"),
            ("-a.example.com", "is not the name of a host"),
            ("example.1", "is not the name of a host"),
        ] {
            assert_eq!(fault(wrong), Some(why), "{wrong}");
        }
    }
}
