//! What Apple declares, from the crates `objc2-*`, which are generated from Apple's headers.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};
use std::process::Command;

use packager::file::{read, tree};
use packager::process::printed;
use packager::trouble::{Result, Trouble};
use serde_json::Value;

use super::text::{arguments, balanced, inside};

/// The manifest that pins the crates. Nobody compiles them: cargo only fetches their sources.
const MANIFEST: &str = "xtask/src/stand_ins/crates/Cargo.toml";

/// All declarations of some frameworks.
#[derive(Default)]
pub(super) struct Headers {
    /// Classes and protocols by name.
    pub(super) classes: BTreeMap<String, Class>,
    /// Enumerations: the type of their numbers, and each case's.
    pub(super) enumerations: BTreeMap<String, Enumeration>,
    /// Structures: their fields' types by name.
    pub(super) structures: BTreeMap<String, BTreeMap<String, String>>,
    /// Constants and type names: what they are.
    pub(super) names: BTreeMap<String, String>,
    /// C functions.
    pub(super) functions: BTreeMap<String, Method>,
}

/// A class, or a protocol.
#[derive(Default)]
pub(super) struct Class {
    /// What it inherits, the nearest first.
    pub(super) superclasses: Vec<String>,
    /// Whether only the main thread may use it.
    pub(super) is_main_thread_only: bool,
    /// Whether any thread may.
    pub(super) is_sendable: bool,
    /// Its methods, the class's own with a `+` before the selector and its objects' with a `-`; a property is two.
    pub(super) methods: BTreeMap<String, Method>,
}

/// An enumeration.
#[derive(Default)]
pub(super) struct Enumeration {
    /// The type of its numbers.
    pub(super) raw: String,
    /// The number of each case.
    pub(super) cases: BTreeMap<String, String>,
}

/// A method or a function, in Rust's types.
pub(super) struct Method {
    /// Whether it is the class's own.
    pub(super) is_static: bool,
    /// Whether a protocol does not require it.
    pub(super) is_optional: bool,
    /// Its arguments' types.
    pub(super) arguments: Vec<String>,
    /// Its result's; nothing if there is none.
    pub(super) result: String,
}

/// The sources of a framework's crate, as cargo has fetched them.
pub(super) fn sources(krate: &str) -> Result<Vec<PathBuf>> {
    let mut cargo = Command::new("cargo");
    cargo.args(["metadata", "--locked", "--format-version", "1", "--manifest-path", MANIFEST]);
    let metadata: Value = serde_json::from_str(&printed(&mut cargo)?)
        .map_err(|error| Trouble::failed(format!("cargo's metadata: {error}")))?;
    let manifest = metadata["packages"]
        .as_array()
        .into_iter()
        .flatten()
        .find(|package| package["name"] == krate)
        .and_then(|package| package["manifest_path"].as_str())
        .ok_or_else(|| Trouble::failed(format!("{MANIFEST} does not pin {krate}")))?;
    tree(&Path::new(manifest).with_file_name("src"))
}

impl Headers {
    /// Those of some crates.
    pub(super) fn read(crates: &[&str]) -> Result<Self> {
        let mut headers = Self::default();
        for krate in crates {
            for file in sources(krate)? {
                headers.add(&read(&file)?);
            }
        }
        Ok(headers)
    }

    /// Takes in what one file declares.
    pub(super) fn add(&mut self, text: &str) {
        let (mut owner, mut attributes) = (String::new(), String::new());
        let mut lines =
            text.lines().map(str::trim).filter(|line| !line.starts_with("//") && !line.ends_with("!("));
        while let Some(line) = lines.next() {
            let mut statement = line.to_owned();
            while !balanced(&statement) || (statement.contains("fn ") && !ends(&statement)) {
                let Some(next) = lines.next() else { break };
                statement.push(' ');
                statement.push_str(next);
                if opens(&statement) {
                    break;
                }
            }
            if statement.starts_with("#[") {
                attributes.push_str(&statement);
                continue;
            }
            if let Some(name) = owner_of(&statement) {
                owner = name.to_owned();
            }
            self.declare(&statement, &owner, &attributes);
            if !statement.is_empty() {
                attributes.clear();
            }
        }
    }

    fn declare(&mut self, statement: &str, owner: &str, attributes: &str) {
        if let Some(name) = inside(statement, "unsafe impl Send for ", " ") {
            self.classes.entry(name.to_owned()).or_default().is_sendable = true;
        } else if statement.contains("fn ") {
            self.method(statement, owner, attributes);
        } else if let Some(name) = inside(statement, "pub struct ", ";").filter(|name| is_name(name)) {
            let class = self.classes.entry(name.to_owned()).or_default();
            class.superclasses = inside(attributes, "super(", ")").map(arguments).unwrap_or_default();
            class.is_main_thread_only = attributes.contains("MainThreadOnly");
        } else if let (Some(name), Some(raw)) =
            (inside(statement, "pub struct ", "("), inside(statement, "(pub ", ")"))
        {
            self.enumerations.entry(name.to_owned()).or_default().raw = raw.to_owned();
        } else if let (Some(name), Some(number)) =
            (inside(statement, "pub const ", ": Self"), inside(statement, "= Self(", ");"))
        {
            let cases = &mut self.enumerations.entry(owner.to_owned()).or_default().cases;
            cases.insert(name.to_owned(), number.to_owned());
        } else if let Some((name, what)) =
            inside(statement, "pub type ", ";").and_then(|text| text.split_once(" = "))
        {
            self.names.insert(name.to_owned(), what.to_owned());
        } else if let Some((name, what)) =
            inside(statement, "pub static ", ";").and_then(|text| text.split_once(": "))
        {
            self.names.insert(name.to_owned(), what.to_owned());
        } else if let Some((name, what)) =
            inside(statement, "pub ", ",").and_then(|text| text.split_once(": "))
        {
            let fields = self.structures.entry(owner.to_owned()).or_default();
            fields.insert(name.to_owned(), what.to_owned());
        }
    }

    fn method(&mut self, statement: &str, owner: &str, attributes: &str) {
        let Some((name, rest)) = statement.split_once("fn ").and_then(|(_, rest)| rest.split_once('('))
        else {
            return;
        };
        let Some(end) = super::text::closing(rest) else { return };
        let all = arguments(&rest[..end]);
        let is_of_an_object =
            all.first().is_some_and(|first| ["&self", "this: Allocated<Self>"].contains(&first.as_str()));
        let typed = all.iter().filter_map(|argument| argument.split_once(": ").map(|(_, what)| what));
        let method = Method {
            is_static: !is_of_an_object,
            is_optional: attributes.contains("#[optional]"),
            arguments: typed
                .filter(|what| !["Allocated<Self>", "MainThreadMarker"].contains(what))
                .map(str::to_owned)
                .collect(),
            result: inside(&rest[end..], "-> ", ";").unwrap_or_default().trim().to_owned(),
        };
        match inside(attributes, "#[unsafe(method(", ")") {
            Some(selector) => {
                let class = self.classes.entry(owner.to_owned()).or_default();
                // A class for two systems is declared twice, alike.
                let sign = if method.is_static { '+' } else { '-' };
                class.methods.insert(format!("{sign}{selector}"), method);
            }
            None => {
                self.functions.insert(name.to_owned(), method);
            }
        }
    }
}

/// Whether a function's declaration is over.
fn ends(statement: &str) -> bool {
    statement.ends_with(';') || opens(statement)
}

/// Whether a body follows.
fn opens(statement: &str) -> bool {
    statement.ends_with('{')
}

/// Whose declarations follow.
fn owner_of(statement: &str) -> Option<&str> {
    let name = inside(statement, "impl ", " {")
        .or_else(|| inside(statement, "trait ", ":"))
        .or_else(|| inside(statement, "pub struct ", " {"));
    name.filter(|name| is_name(name))
}

fn is_name(text: &str) -> bool {
    text.chars().all(|character| character.is_ascii_alphanumeric() || character == '_')
}

#[cfg(test)]
pub(super) mod tests {
    use super::*;

    /// In the crates' form.
    pub(in super::super) const DECLARED: &str = r#"
extern_class!(
    /// Words.
    #[unsafe(super(UIView, NSObject))]
    #[thread_kind = MainThreadOnly]
    pub struct UIScreen;
);

unsafe impl Send for CLLocation {}

impl UIScreen {
    extern_methods!(
        #[deprecated = "Use (another"]
        #[unsafe(method(mainScreen))]
        pub fn mainScreen(mtm: MainThreadMarker) -> Retained<UIScreen>;

        #[unsafe(method(nativeBounds))]
        pub fn nativeBounds(&self) -> CGRect;

        #[unsafe(method(name))]
        pub fn name(&self)
            -> Option<Retained<NSString>>;

        #[unsafe(method(typesForItemSet:in:))]
        pub unsafe fn typesForItemSet_in(
            &self,
            item_set: Option<&NSIndexSet>,
            names: &NSDictionary<NSString, AnyObject>,
        ) -> Option<Retained<NSArray<NSArray<NSString>>>>;
    );
}

extern_protocol!(
    pub unsafe trait UIDelegate: NSObjectProtocol {
        #[optional]
        #[unsafe(method(screen:didEnd:))]
        unsafe fn screen_didEnd(&self, screen: &UIScreen, error: &NSError);
    }
);

#[repr(transparent)]
pub struct UIState(pub NSInteger);
impl UIState {
    pub const PoweredOn: Self = Self(5);
}

pub struct Coordinate {
    pub latitude: Degrees,
}

pub type Degrees = c_double;

extern "C" {
    pub static UIKey: &'static NSString;
}

extern "C-unwind" {
    pub fn UIPost(notification: u32, argument: Option<&AnyObject>);
}
"#;

    #[test]
    fn the_crates_are_understood() {
        let mut headers = Headers::default();
        headers.add(DECLARED);
        let screen = &headers.classes["UIScreen"];
        assert_eq!(screen.superclasses, ["UIView", "NSObject"]);
        assert!(screen.is_main_thread_only && !screen.is_sendable);
        assert!(headers.classes["CLLocation"].is_sendable);
        assert!(
            screen.methods["+mainScreen"].is_static && screen.methods["+mainScreen"].arguments.is_empty()
        );
        assert_eq!(screen.methods["-nativeBounds"].result, "CGRect");
        assert_eq!(screen.methods["-name"].result, "Option<Retained<NSString>>");
        let types = &screen.methods["-typesForItemSet:in:"];
        assert_eq!(types.arguments, ["Option<&NSIndexSet>", "&NSDictionary<NSString, AnyObject>"]);
        let ended = &headers.classes["UIDelegate"].methods["-screen:didEnd:"];
        assert!(ended.is_optional && ended.result.is_empty());
        assert_eq!(headers.enumerations["UIState"].raw, "NSInteger");
        assert_eq!(headers.enumerations["UIState"].cases["PoweredOn"], "5");
        assert_eq!(headers.structures["Coordinate"]["latitude"], "Degrees");
        assert_eq!(headers.names["Degrees"], "c_double");
        assert_eq!(headers.names["UIKey"], "&'static NSString");
        assert_eq!(headers.functions["UIPost"].arguments.len(), 2);
    }
}
