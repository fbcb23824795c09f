//! The forms of texts.

use super::datum::{Datum, no_more_than, require};
use super::domain::is_domain_name;
use super::uri::{is_client_address, is_server_address};
use crate::error::Error;
use crate::json::{Node, Reported};

/// Limits in bytes.
pub(super) const NAME: usize = 256;
const TEXT: usize = 4 * 1024;
const ADDRESS: usize = 2 * 1024;

/// What a text has to be.
#[derive(Clone, Copy)]
pub(super) enum Text {
    /// Text without white space.
    Id,
    /// One line.
    Line,
    /// Several lines.
    Lines,
    /// What Android takes for an application id or Apple for a bundle identifier.
    PackageName,
    DomainName,
    /// Where a code package lies on the client.
    ClientAddress,
    /// Where a code package lies on the server.
    ServerAddress,
}

/// What a form asks for, and how that is said.
pub(super) struct Rule {
    /// Length in bytes.
    pub(super) most: usize,
    holds: Holds,
    hint: &'static str,
}

enum Holds {
    /// Not blank, and each character is so.
    Each(fn(char) -> bool),
    /// The whole text is so.
    Whole(fn(&str) -> bool),
}

impl Text {
    pub(super) fn rule(self) -> Rule {
        match self {
            Self::Id => Rule {
                most: NAME,
                holds: Holds::Each(|c| !c.is_control() && !c.is_whitespace()),
                hint: "expected text without white space and control characters",
            },
            Self::Line => Rule {
                most: NAME,
                holds: Holds::Each(|c| !c.is_control()),
                hint: "expected one line of text without control characters",
            },
            Self::Lines => Rule {
                most: TEXT,
                holds: Holds::Each(|c| !c.is_control() || matches!(c, '\n' | '\t')),
                hint: "expected text without control characters other than line feeds and tabs",
            },
            Self::PackageName => Rule {
                most: NAME,
                holds: Holds::Whole(is_package_name),
                hint: "expected two or more parts of letters, digits, _ and -, such as com.example.app",
            },
            Self::DomainName => Rule {
                most: NAME,
                holds: Holds::Whole(is_domain_name),
                hint: "expected an ASCII domain name (xn-- for others), such as example.com",
            },
            Self::ClientAddress => Rule {
                most: ADDRESS,
                holds: Holds::Whole(is_client_address),
                hint: "expected an absolute path or an absolute URI without user, password and fragment",
            },
            Self::ServerAddress => Rule {
                most: ADDRESS,
                holds: Holds::Whole(is_server_address),
                hint: "expected an https or http URI whose host is an ASCII domain name, without user, \
                       password and fragment",
            },
        }
    }
}

impl Datum for String {
    type Form = Text;

    fn read(&mut self, node: &Node<'_>, form: Text) -> Result<(), Reported> {
        *self = node.text()?.into_owned();
        node.check(self.check(node.path(), form));
        Ok(())
    }

    fn check(&self, field: &str, form: Text) -> Result<(), Error> {
        let Rule { most, holds, hint } = form.rule();
        no_more_than(field, self.len(), most, "bytes")?;
        match holds {
            Holds::Each(is_so) => {
                require(!self.trim().is_empty(), field, "the text is blank: fill it in or leave it out")?;
                require(self.chars().all(is_so), field, hint)
            }
            Holds::Whole(is_so) => require(is_so(self), field, hint),
        }
    }
}

fn is_package_name(name: &str) -> bool {
    let part = |part: &str| {
        part.starts_with(|c: char| c.is_ascii_alphanumeric() || c == '_')
            && part.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"_-".contains(&byte))
    };
    name.starts_with(|c: char| c.is_ascii_alphabetic()) && name.contains('.') && name.split('.').all(part)
}
