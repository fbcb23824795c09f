//! A stand-in's declaration beside Apple's.

use std::collections::BTreeMap;

use super::headers::{Headers, Method};
use super::swift::Declaration;
use super::text::inside;
use super::types::imported;

/// Every declaration of some stand-ins, with the names that Swift gives to types of Apple's.
pub(super) struct StandIns {
    all: Vec<Declaration>,
    renamed: BTreeMap<String, String>,
}

impl StandIns {
    /// Those of some files.
    pub(super) fn new(all: Vec<Declaration>) -> Self {
        let types = ["class", "struct", "enum", "protocol"];
        let renamed = all
            .iter()
            .filter(|declaration| types.contains(&declaration.kind.as_str()))
            .filter_map(|declaration| Some((declaration.follows.clone()?, declaration.name.clone())))
            .collect();
        Self { all, renamed }
    }

    /// In what each declaration that says whom it follows differs from it; nothing if in nothing.
    pub(super) fn compared<'a>(
        &'a self,
        headers: &'a Headers,
    ) -> impl Iterator<Item = (&'a Declaration, Vec<String>)> {
        self.following().map(|declaration| (declaration, self.differences(declaration, headers)))
    }

    /// Each declaration that says whom it follows.
    pub(super) fn following(&self) -> impl Iterator<Item = &Declaration> {
        self.all.iter().filter(|declaration| declaration.follows.is_some())
    }

    fn differences(&self, declaration: &Declaration, headers: &Headers) -> Vec<String> {
        let follows = declaration.follows.as_deref().unwrap_or_default();
        if let Some((class, selector)) = inside(follows, "[", "]").and_then(|method| method.split_once(' ')) {
            return self.method(declaration, headers, class, &format!("{}{selector}", &follows[..1]));
        }
        match declaration.kind.as_str() {
            "class" | "protocol" => self.class(declaration, headers, follows),
            "enum" if headers.enumerations.contains_key(follows) => {
                self.enumeration(declaration, headers, follows)
            }
            "struct" if headers.structures.contains_key(follows) => {
                self.structure(declaration, headers, follows)
            }
            "func" => headers
                .functions
                .get(follows)
                .map_or_else(unknown, |function| self.types(declaration, function, "")),
            _ => headers.names.get(follows).map_or_else(unknown, |what| self.named(declaration, what)),
        }
    }

    fn class(&self, declaration: &Declaration, headers: &Headers, name: &str) -> Vec<String> {
        let Some(class) = headers.classes.get(name) else { return unknown() };
        let mut differences = Vec::new();
        let parents = &class.superclasses;
        if declaration.kind == "class" && !declaration.inherits.iter().any(|parent| parents.contains(parent))
        {
            differences.push(format!("inherits none of {}", parents.join(", ")));
        }
        if declaration.kind == "class" && declaration.is_main_actor != class.is_main_thread_only {
            let whose = if class.is_main_thread_only { "only the main thread's" } else { "any thread's" };
            differences.push(format!("Apple's is {whose}"));
        }
        let extended =
            self.all.iter().filter(|other| other.kind == "extension" && other.name == declaration.name);
        let is_sendable = [declaration]
            .into_iter()
            .chain(extended)
            .flat_map(|declared| &declared.inherits)
            .any(|parent| parent.ends_with("Sendable"));
        if is_sendable && !class.is_sendable && !class.is_main_thread_only {
            differences.push("Apple's is not Sendable".to_owned());
        }
        differences
    }

    fn enumeration(&self, declaration: &Declaration, headers: &Headers, name: &str) -> Vec<String> {
        let theirs = &headers.enumerations[name];
        let raw = imported(&theirs.raw, &self.renamed, name);
        let mut differences = Vec::new();
        if declaration.inherits.first() != Some(&raw) {
            differences.push(format!("its numbers are {raw}"));
        }
        for case in self
            .all
            .iter()
            .filter(|case| case.kind == "case" && case.within.last() == Some(&declaration.name))
        {
            let same = theirs.cases.iter().find(|(name, _)| name.eq_ignore_ascii_case(&case.name));
            match same {
                None => differences.push(format!("Apple has no {}", case.name)),
                Some((_, number)) if *number != case.result => {
                    differences.push(format!("{} is {number}", case.name));
                }
                Some(_) => {}
            }
        }
        differences
    }

    fn structure(&self, declaration: &Declaration, headers: &Headers, name: &str) -> Vec<String> {
        let fields = headers.structures[name]
            .iter()
            .map(|(field, what)| (field.clone(), imported(what, &self.renamed, name)));
        let ours = |field: &str, what: &str| {
            self.all.iter().any(|ours| {
                ours.within.last() == Some(&declaration.name) && ours.name == field && ours.result == what
            })
        };
        fields
            .filter(|(field, what)| !ours(field, what))
            .map(|(field, what)| format!("{field} is {what}"))
            .collect()
    }

    fn named(&self, declaration: &Declaration, what: &str) -> Vec<String> {
        let what = imported(what, &self.renamed, "");
        // What Swift makes a type of its own of, from a number or a text.
        let is_wrapped = declaration.kind == "struct";
        let wraps =
            |raw: &Declaration| raw.name == "rawValue" && raw.within.last() == Some(&declaration.name);
        let is_same = match is_wrapped {
            true => self.all.iter().any(|raw| wraps(raw) && raw.result == what),
            false => declaration.result == what,
        };
        if is_same { Vec::new() } else { vec![format!("it is {what}")] }
    }

    /// The selector has its sign before it.
    fn method(
        &self,
        declaration: &Declaration,
        headers: &Headers,
        name: &str,
        selector: &str,
    ) -> Vec<String> {
        let Some(class) = headers.classes.get(name) else { return unknown() };
        let Some(method) = class.methods.get(selector) else { return unknown() };
        let mut differences = self.types(declaration, method, name);
        if declaration.kind != "init" && declaration.is_static != method.is_static {
            differences
                .push(if method.is_static { "it is the class's" } else { "it is an object's" }.to_owned());
        }
        let words = &selector[1..];
        if !is_named_for(declaration, words, method.is_static) {
            differences.push("Swift has another name for it".to_owned());
        }
        let setter = format!("-set{}{}:", words[..1].to_uppercase(), &words[1..]);
        if declaration.is_settable && !class.methods.contains_key(&setter) {
            differences.push("Apple's cannot be set".to_owned());
        }
        let is_given = self.all.iter().any(|other| {
            other.is_in_extension
                && other.name == declaration.name
                && other.arguments == declaration.arguments
        });
        if is_given && !method.is_optional {
            differences.push("Apple's protocol requires it".to_owned());
        }
        differences
    }

    fn types(&self, declaration: &Declaration, theirs: &Method, owner: &str) -> Vec<String> {
        let import = |what: &String| imported(what, &self.renamed, owner);
        let expected: Vec<_> = theirs.arguments.iter().map(import).collect();
        let ours: Vec<_> = declaration.arguments.iter().map(|(_, what)| what.clone()).collect();
        let mut differences = Vec::new();
        if ours != expected {
            differences.push(format!("takes ({})", expected.join(", ")));
        }
        let result = import(&theirs.result);
        if declaration.kind != "init" && declaration.result != result {
            differences.push(format!("is {result:?}"));
        }
        if declaration.kind == "init" && result.ends_with('?') {
            differences.push("may fail".to_owned());
        }
        differences
    }
}

fn unknown() -> Vec<String> {
    vec!["Apple has no such declaration".to_owned()]
}

/// Whether each part of Swift's name is made of the selector's part in its place: the importer leaves words out.
fn is_named_for(declaration: &Declaration, selector: &str, is_static: bool) -> bool {
    let parts: Vec<_> = selector.split_terminator(':').collect();
    // A class's method that makes an object is an initialiser.
    let is_made = is_static && declaration.kind == "init";
    let mut ours = vec![if is_made { String::new() } else { declaration.name.clone() }];
    for (at, (label, _)) in declaration.arguments.iter().enumerate() {
        let label = if label == "_" { "" } else { label };
        if at == 0 { ours[0].push_str(label) } else { ours.push(label.to_owned()) }
    }
    let is_made_of = |ours: &str, theirs: &str| {
        let mut theirs = theirs.chars().map(|letter| letter.to_ascii_lowercase());
        ours.chars().all(|letter| theirs.any(|other| other == letter.to_ascii_lowercase()))
    };
    ours.len() == parts.len() && ours.iter().zip(parts).all(|(ours, theirs)| is_made_of(ours, theirs))
}

#[cfg(test)]
mod tests {
    use super::super::headers::tests::DECLARED;
    use super::super::swift::declarations;
    use super::*;

    /// As Apple declares it, in Swift.
    const SAME: &str = r#"
/// Follows `UIScreen`.
@MainActor open class UIScreen: NSObject {
    /// Follows `+[UIScreen mainScreen]`.
    public class var main: UIScreen { only }
    /// Follows `-[UIScreen name]`.
    public var name: String? { nil }
    /// Follows `-[UIScreen typesForItemSet:in:]`.
    public func types(forItemSet itemSet: IndexSet?, in names: [String: Any]) -> [[String]]? {
    }
}

/// Follows `CLLocation`.
public final class CLLocation: NSObject, Sendable {}

/// Follows `UIDelegate`.
public protocol UIDelegate: NSObjectProtocol {
    /// Follows `-[UIDelegate screen:didEnd:]`.
    func screen(_ screen: UIScreen, didEnd error: any Error)
}

extension UIDelegate {
    public func screen(_ screen: UIScreen, didEnd error: any Error) {}
}

/// Follows `UIState`.
public enum UIState: Int, Sendable {
    case poweredOn = 5
}

/// Follows `Coordinate`.
public struct Coordinate {
    public var latitude: Degrees
}

/// Follows `Degrees`.
public typealias Degrees = Double

/// Follows `UIKey`.
public let UIKey: String = "key"

/// Follows `UIPost`.
public func post(notification: UInt32, argument: Any?) {
}
"#;

    fn found(swift: &str) -> Vec<String> {
        let mut headers = Headers::default();
        headers.add(&format!("{DECLARED}\n#[unsafe(super(NSObject))]\npub struct CLLocation;\n"));
        let stand_ins = StandIns::new(declarations(swift));
        stand_ins.compared(&headers).flat_map(|(_, differences)| differences).collect()
    }

    #[test]
    fn a_true_stand_in_differs_in_nothing() {
        assert_eq!(found(SAME), [""; 0]);
    }

    #[test]
    fn what_is_laxer_than_apples_is_found() {
        for (same, other, difference) in [
            ("@MainActor open class", "open class", "Apple's is only the main thread's"),
            (
                "public final class CLLocation",
                "@MainActor public final class CLLocation",
                "Apple's is any thread's",
            ),
            ("UIScreen: NSObject", "UIScreen", "inherits none of UIView, NSObject"),
            ("class var main", "var main", "it is the class's"),
            ("var main:", "var first:", "Swift has another name for it"),
            ("name: String?", "name: String", "is \"String?\""),
            ("name: String? { nil }", "name: String?", "Apple's cannot be set"),
            ("IndexSet?", "IndexSet", "takes (IndexSet?, [String: Any])"),
            ("in names", "of names", "Swift has another name for it"),
            ("UIState: Int", "UIState: UInt", "its numbers are Int"),
            ("poweredOn = 5", "poweredOn = 4", "poweredOn is 5"),
            ("poweredOn", "sleeping", "Apple has no sleeping"),
            ("latitude: Degrees", "latitude: Double", "latitude is Degrees"),
            ("Degrees = Double", "Degrees = Int", "it is Double"),
            ("UIKey: String", "UIKey: Int", "it is String"),
            ("argument: Any?", "argument: Any", "takes (UInt32, Any?)"),
            ("mainScreen", "screen", "Apple has no such declaration"),
        ] {
            assert_eq!(found(&SAME.replacen(same, other, 1)), [difference], "{same} → {other}");
        }
    }

    #[test]
    fn what_apple_requires_and_what_may_not_cross_threads_are_found() {
        let given = |declared: &str| {
            let mut headers = Headers::default();
            headers.add(declared);
            let stand_ins = StandIns::new(declarations(SAME));
            stand_ins.compared(&headers).flat_map(|(_, differences)| differences).collect::<Vec<_>>()
        };
        let required = given(&DECLARED.replace("#[optional]", ""));
        assert!(required.contains(&"Apple's protocol requires it".to_owned()), "{required:?}");
        let bound = DECLARED.replace("unsafe impl Send for CLLocation {}", "pub struct CLLocation;");
        assert!(given(&bound).contains(&"Apple's is not Sendable".to_owned()));
    }
}
