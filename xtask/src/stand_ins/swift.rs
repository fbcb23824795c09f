//! What a stand-in declares, in Swift as it is formatted here.

use super::text::{arguments, balanced, closing, inside};

/// How a comment says which of Apple's declarations the next one stands for.
const FOLLOWS: &str = "/// Follows `";

/// One declaration that others see.
#[derive(Clone, Debug, Default, PartialEq)]
pub(super) struct Declaration {
    /// Which of Apple's it stands for, if it says so.
    pub(super) follows: Option<String>,
    /// `class`, `func` and the like.
    pub(super) kind: String,
    /// Its name.
    pub(super) name: String,
    /// The types that it is in, the outermost first; of what extends a type, that type.
    pub(super) within: Vec<String>,
    /// Whether it is in an extension, which of a protocol means that it need not be written.
    pub(super) is_in_extension: bool,
    /// Whether it is a part of a structure, or given by an extension.
    pub(super) is_part: bool,
    /// Whether it or a type that it is in is the main actor's.
    pub(super) is_main_actor: bool,
    /// Whether it is the type's own.
    pub(super) is_static: bool,
    /// Whether others may set it.
    pub(super) is_settable: bool,
    /// What a type inherits and conforms to.
    pub(super) inherits: Vec<String>,
    /// The labels and types of the arguments.
    pub(super) arguments: Vec<(String, String)>,
    /// The type of the result, or of a value; of a case its number.
    pub(super) result: String,
}

/// A type or an extension whose end has not come.
struct Scope {
    indent: usize,
    name: String,
    kind: String,
    is_main_actor: bool,
}

/// Every declaration of a file that others see.
pub(super) fn declarations(text: &str) -> Vec<Declaration> {
    let (mut scopes, mut found): (Vec<Scope>, Vec<Declaration>) = (Vec::new(), Vec::new());
    let mut follows = None;
    let mut lines = text.lines();
    while let Some(line) = lines.next() {
        let indent = line.len() - line.trim_start().len();
        let mut statement = line.trim().to_owned();
        if statement.is_empty() {
            continue;
        }
        scopes.retain(|scope| scope.indent < indent);
        if let Some(name) = inside(&statement, FOLLOWS, "`") {
            follows = Some(name.to_owned());
        }
        if statement.starts_with("//") {
            continue;
        }
        while !balanced(&statement) {
            let Some(next) = lines.next() else { break };
            statement = format!("{statement} {}", next.trim());
        }
        let Some(mut declaration) = declaration(&statement) else { continue };
        declaration.follows = follows.take();
        declaration.within = scopes.iter().map(|scope| scope.name.clone()).collect();
        declaration.is_main_actor |= scopes.iter().any(|scope| scope.is_main_actor);
        let is_in = |kind: &str| scopes.last().is_some_and(|scope| scope.kind == kind);
        declaration.is_in_extension = is_in("extension");
        declaration.is_part = is_in("struct") || is_in("extension");
        let is_seen = is_public(&statement) || declaration.kind == "case" || is_in("protocol");
        if statement.ends_with('{')
            && ["class", "struct", "enum", "protocol", "extension"].contains(&declaration.kind.as_str())
        {
            scopes.push(Scope {
                indent,
                name: declaration.name.clone(),
                kind: declaration.kind.clone(),
                is_main_actor: declaration.is_main_actor,
            });
        }
        if is_seen || declaration.kind == "extension" {
            found.push(declaration);
        }
    }
    found
}

fn is_public(statement: &str) -> bool {
    statement.split(' ').any(|word| ["public", "open"].contains(&word))
}

/// Understands one declaration's head; nothing else begins like this.
fn declaration(statement: &str) -> Option<Declaration> {
    let head = statement.strip_suffix('{').unwrap_or(statement);
    let head = head.split(" {").next().unwrap_or_default().trim();
    let (mut rest, mut declaration) = (head, Declaration::default());
    loop {
        let (word, after) = rest.split_once(' ').unwrap_or((rest, ""));
        let word_only = word.split('(').next().unwrap_or_default();
        match word_only {
            "class" if after.starts_with("var ") || after.starts_with("func ") => {
                declaration.is_static = true
            }
            "static" => declaration.is_static = true,
            "@MainActor" => declaration.is_main_actor = true,
            "class" | "struct" | "enum" | "protocol" | "extension" => {
                return Some(typed(declaration, word, after));
            }
            "func" => return function(declaration, "func", after),
            "init" => return function(declaration, "init", rest),
            "var" | "let" => {
                let is_computed = statement.ends_with('{') || statement.contains(" { ");
                declaration.is_settable = word == "var" && !is_computed && !head.contains("(set)");
                return Some(value(declaration, word, after));
            }
            "case" | "typealias" => {
                let (name, what) = after.split_once(" = ").unwrap_or((after, ""));
                (declaration.kind, declaration.name) = (word.to_owned(), name.to_owned());
                what.clone_into(&mut declaration.result);
                return Some(declaration);
            }
            "public" | "open" | "final" | "weak" | "override" | "internal" | "nonisolated" => {}
            _ => return None,
        }
        rest = after;
    }
}

fn typed(mut declaration: Declaration, kind: &str, rest: &str) -> Declaration {
    let (name, inherits) = rest.split_once(": ").unwrap_or((rest, ""));
    (declaration.kind, declaration.name) = (kind.to_owned(), name.to_owned());
    declaration.inherits = arguments(inherits);
    declaration
}

fn value(mut declaration: Declaration, kind: &str, rest: &str) -> Declaration {
    let (name, what) = rest.split_once(": ").unwrap_or((rest, ""));
    let name = name.split(" = ").next().unwrap_or_default().trim_matches('`');
    (declaration.kind, declaration.name) = (kind.to_owned(), name.to_owned());
    declaration.result = what.split(" = ").next().unwrap_or_default().to_owned();
    declaration
}

fn function(mut declaration: Declaration, kind: &str, rest: &str) -> Option<Declaration> {
    let (name, rest) = rest.split_once('(')?;
    let end = closing(rest)?;
    (declaration.kind, declaration.name) = (kind.to_owned(), name.trim_matches('`').to_owned());
    declaration.arguments = arguments(&rest[..end])
        .iter()
        .filter_map(|argument| argument.split_once(": "))
        .map(|(names, what)| {
            let label = names.split(' ').next().unwrap_or_default();
            (label.to_owned(), plain(what.split(" = ").next().unwrap_or_default()))
        })
        .collect();
    declaration.result =
        rest[end..].split_once("-> ").map(|(_, what)| what.trim().to_owned()).unwrap_or_default();
    Some(declaration)
}

/// A type without what says how it is passed.
fn plain(what: &str) -> String {
    ["@escaping ", "@MainActor ", "@Sendable "]
        .iter()
        .fold(what.to_owned(), |what, word| what.replace(word, ""))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn one(text: &str) -> Declaration {
        let found = declarations(text);
        assert_eq!(found.len(), 1, "{found:?}");
        found[0].clone()
    }

    #[test]
    fn functions_have_labels_types_and_results() {
        let function = one(
            "/// Words.\n///\n/// Follows `-[A b:c:]`.\npublic class func b(\n    _ d: D,\n    c: @escaping @MainActor (E, F?) -> Void = g\n) -> [String: Any]? {\n",
        );
        assert_eq!(function.follows.as_deref(), Some("-[A b:c:]"));
        assert!(function.is_static);
        let expected = [("_", "D"), ("c", "(E, F?) -> Void")];
        assert_eq!(function.arguments, expected.map(|(label, what)| (label.to_owned(), what.to_owned())));
        assert_eq!(function.result, "[String: Any]?");
    }

    #[test]
    fn what_is_in_a_type_knows_it() {
        let text = "@MainActor public final class A: B, Sendable {\n    private let c = 1\n\n    public var d: E? { nil }\n    public weak var f: G?\n}\n\npublic let h: I = j\n";
        let found = declarations(text);
        let names: Vec<_> = found.iter().map(|found| found.name.as_str()).collect();
        assert_eq!(names, ["A", "d", "f", "h"]);
        assert_eq!(found[0].inherits, ["B", "Sendable"]);
        assert!(found[1].is_main_actor && !found[1].is_settable && found[2].is_settable);
        assert_eq!((found[1].result.as_str(), found[3].result.as_str()), ("E?", "I"));
        assert!(found[3].within.is_empty() && !found[3].is_main_actor);
    }

    #[test]
    fn protocols_and_enumerations_are_seen_whole() {
        let text = "public protocol A: B {\n    func c()\n}\n\nextension A {\n    public func c() {}\n}\n\npublic enum D: Int {\n    case e = 5\n}\n";
        let found = declarations(text);
        let kinds: Vec<_> = found.iter().map(|found| (found.kind.as_str(), found.is_in_extension)).collect();
        let expected = [
            ("protocol", false),
            ("func", false),
            ("extension", false),
            ("func", true),
            ("enum", false),
            ("case", false),
        ];
        assert_eq!(kinds, expected);
        assert_eq!(found[5].result, "5");
    }
}
