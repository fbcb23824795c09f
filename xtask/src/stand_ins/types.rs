//! How Swift sees a type of Apple's, from how Rust does.

use std::collections::BTreeMap;

use super::text::arguments;

/// What the importer of Swift makes of types; everything else keeps its name.
const IMPORTED: &[(&str, &str)] = &[
    ("NSString", "String"),
    ("NSUUID", "UUID"),
    ("NSDate", "Date"),
    ("NSError", "any Error"),
    ("NSIndexSet", "IndexSet"),
    ("AnyObject", "Any"),
    ("NSInteger", "Int"),
    ("NSUInteger", "UInt"),
    ("bool", "Bool"),
    ("c_double", "Double"),
    ("c_int", "Int32"),
    ("u32", "UInt32"),
];

/// The type in Swift's words. `renamed` has the names that Swift gives to types of Apple's, `owner` what `Self` is.
pub(super) fn imported(what: &str, renamed: &BTreeMap<String, String>, owner: &str) -> String {
    let import = |what: &str| imported(what, renamed, owner);
    let what = what.trim();
    let of = |prefix: &str| what.strip_prefix(prefix).and_then(|rest| rest.strip_suffix('>'));
    if let Some(inner) = of("Option<") {
        return optional(&import(inner));
    }
    if let Some(inner) = what.strip_prefix("*mut ") {
        return optional(&import(inner));
    }
    if let Some(inner) = of("Retained<").or_else(|| of("NonNull<")) {
        return import(inner);
    }
    if let Some(inner) = what.strip_prefix("&'static ").or_else(|| what.strip_prefix('&')) {
        return import(inner);
    }
    if let Some(protocol) = of("ProtocolObject<dyn ") {
        return format!("any {protocol}");
    }
    if let Some(inner) = of("NSArray<") {
        return format!("[{}]", import(inner));
    }
    if let Some(inner) = of("NSDictionary<") {
        let all: Vec<_> = arguments(inner).iter().map(|inner| import(inner)).collect();
        return format!("[{}]", all.join(": "));
    }
    if let Some(inner) = of("block2::DynBlock<dyn Fn(").map(|inner| inner.trim_end_matches(')')) {
        let all: Vec<_> = arguments(inner).iter().map(|inner| import(inner)).collect();
        return format!("({}) -> Void", all.join(", "));
    }
    if what == "Self" {
        return owner.to_owned();
    }
    let known = IMPORTED.iter().find(|(name, _)| *name == what).map(|(_, name)| (*name).to_owned());
    known.or_else(|| renamed.get(what).cloned()).unwrap_or_else(|| what.to_owned())
}

fn optional(what: &str) -> String {
    if what.starts_with("any ") || what.contains("->") { format!("({what})?") } else { format!("{what}?") }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn types_become_swifts() {
        let renamed = BTreeMap::from([("CLError".to_owned(), "Code".to_owned())]);
        for (rust, swift) in [
            ("Option<Retained<NSString>>", "String?"),
            ("Retained<NSArray<NSString>>", "[String]"),
            ("Option<&ProtocolObject<dyn D>>", "(any D)?"),
            ("Option<&NSDictionary<NSString, AnyObject>>", "[String: Any]?"),
            (
                "Option<&block2::DynBlock<dyn Fn(*mut AnyObject, *mut NSError)>>",
                "((Any?, (any Error)?) -> Void)?",
            ),
            ("&block2::DynBlock<dyn Fn(CLError)>", "(Code) -> Void"),
            ("Option<Retained<Self>>", "Owner?"),
            ("Option<&DispatchQueue>", "DispatchQueue?"),
            ("&'static NSString", "String"),
            ("CGFloat", "CGFloat"),
        ] {
            assert_eq!(imported(rust, &renamed, "Owner"), swift);
        }
    }
}
