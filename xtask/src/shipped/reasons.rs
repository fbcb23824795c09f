//! Why each dependency is there: what the manifests say above it.

use std::collections::BTreeMap;
use std::path::Path;

use packager::file::read;
use packager::linked::{Crates, Id};
use packager::trouble::Result;

/// The manifests of what ships, the one first whose words count where several name a crate.
const MANIFESTS: [&str; 4] = ["core/Cargo.toml", "ffi/Cargo.toml", "disclose/Cargo.toml", "cli/Cargo.toml"];

/// The comment above each dependency of ours.
#[derive(Default)]
pub(super) struct Reasons(BTreeMap<String, String>);

impl Reasons {
    /// Reads the manifests.
    pub(super) fn read() -> Result<Self> {
        let mut reasons = BTreeMap::new();
        for manifest in MANIFESTS {
            for (name, reason) in parse(&read(Path::new(manifest))?) {
                reasons.entry(name).or_insert(reason);
            }
        }
        Ok(Self(reasons))
    }

    /// Why a crate is there: in our words if a manifest of ours names it, else which crates need it.
    pub(super) fn of(&self, id: &Id, crates: &Crates) -> String {
        let users =
            crates.iter().filter(|(_, one)| one.needs.contains(id)).map(|((name, _), _)| name.as_str());
        self.0.get(&id.0).cloned().unwrap_or_else(|| format!("for {}", users.collect::<Vec<_>>().join(", ")))
    }
}

/// The dependencies of a manifest, each with the comment above it, which may stand above several.
fn parse(manifest: &str) -> BTreeMap<String, String> {
    let (mut reasons, mut comment, mut is_inside, mut is_over) = (BTreeMap::new(), Vec::new(), false, false);
    for line in manifest.lines() {
        if line.starts_with('[') {
            is_inside = line == "[dependencies]" || line.ends_with(".dependencies]");
            comment.clear();
        } else if let Some(words) = line.strip_prefix('#') {
            if is_over {
                comment.clear();
            }
            is_over = false;
            comment.push(words.trim());
        } else if let (true, Some((name, _)), false) = (is_inside, line.split_once(" = "), comment.is_empty())
        {
            is_over = true;
            // What ships stands below what is for tests.
            reasons.insert(name.to_owned(), comment.join(" "));
        }
    }
    reasons
}

#[cfg(test)]
mod tests {
    use super::*;
    use packager::linked::Crate;

    #[test]
    fn a_comment_is_of_the_dependency_below_it() {
        let manifest = "# no\n[dependencies]\nown = 1\n# One,\n# two.\na = 1\nb = 1\n# Four.\nd = 2\n[dev-dependencies]\n# no\nc = 1\n\
            [target.'cfg(x)'.dependencies]\n# Three.\nd = { version = \"1\" }\n";
        let expected = [("a", "One, two."), ("b", "One, two."), ("d", "Three.")];
        assert_eq!(parse(manifest), expected.map(|(name, why)| (name.into(), why.into())).into());
    }

    #[test]
    fn who_needs_a_crate_is_its_reason_if_we_do_not() {
        let id = |name: &str| (name.to_owned(), "1.0.0".to_owned());
        let one = |needs: &[&str]| Crate {
            licence: String::new(),
            repository: String::new(),
            is_own: false,
            needs: needs.iter().map(|name| id(name)).collect(),
        };
        let crates = [(id("a"), one(&["c"])), (id("b"), one(&["c"])), (id("c"), one(&[]))].into();
        let reasons = Reasons([("a".to_owned(), "Why.".to_owned())].into());
        assert_eq!(reasons.of(&id("a"), &crates), "Why.");
        assert_eq!(reasons.of(&id("c"), &crates), "for a, b");
    }
}
