//! Where a source file uses what Apple asks a reason for ("required reason API"), in Swift, Objective-C and C.
//!
//! Names are told apart by what stands around them: `stat` is called, `.systemUptime` is a member of something, and
//! `creationDate`, which much else is called too, counts where a file's attributes are asked for.

use std::collections::{HashMap, HashSet};
use std::sync::LazyLock;

use super::code::{Language, code};
use super::reasons::{CATEGORIES, Category};

/// One use of it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Use {
    /// Counted from 1.
    pub(crate) line: u32,
    pub(crate) name: String,
    /// Names of categories: one of them has to be declared.
    pub(crate) categories: Vec<&'static str>,
    /// Whether it is said that Apple sees it.
    pub(crate) is_certain: bool,
}

/// A file as it is looked at.
pub(crate) struct Source {
    code: String,
    language: Language,
    /// Which of Apple's names the file gives to something of its own.
    pub(crate) own: HashSet<String>,
}

/// How a name is used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kind {
    Function,
    /// A constant or a class.
    Name,
    Member,
    /// A member of a file's attributes, and of much else.
    Attribute,
    /// A property wrapper, behind which the system uses it.
    Wrapper,
}

static KINDS: LazyLock<HashMap<&str, (Kind, Vec<&Category>)>> = LazyLock::new(|| {
    let mut kinds: HashMap<&str, (Kind, Vec<&Category>)> = HashMap::new();
    for category in CATEGORIES {
        let functions = category.functions.iter().map(|name| (*name, Kind::Function));
        let constants = category.constants.iter().map(|name| (*name, Kind::Name));
        let members = category.members.iter().map(|name| (*name, member(category, name)));
        for (name, kind) in functions.chain(constants).chain(members) {
            kinds.entry(name).or_insert((kind, Vec::new())).1.push(category);
        }
    }
    kinds
});

fn member(category: &Category, name: &str) -> Kind {
    match name.starts_with(char::is_uppercase) {
        true if category.vague.contains(&name) => Kind::Wrapper,
        true => Kind::Name,
        false if category.vague.contains(&name) => Kind::Attribute,
        false => Kind::Member,
    }
}

/// What a file says that asks for a file's attributes.
const ATTRIBUTES: [&str; 4] =
    ["FileAttributeKey", "attributesOfItem", "attributesOfFileSystem", "setAttributes"];
/// What stands before the name of a function that is the system's all the same.
const MODULES: [&str; 3] = ["Darwin", "Foundation", "ObjectiveC"];
/// One of them is in every name of Apple's: a file with none of them is not looked at further.
const HINTS: [&str; 12] = [
    "stat",
    "attrlist",
    "Date",
    "mach_absolute_time",
    "Uptime",
    "SystemFreeSize",
    "systemFreeSize",
    "ystemSize",
    "olume",
    "activeInputModes",
    "UserDefaults",
    "AppStorage",
];
/// What a declaration begins with.
const DECLARES: [&str; 11] =
    ["func", "var", "let", "case", "struct", "class", "enum", "protocol", "actor", "typealias", "import"];

impl Source {
    /// A source in which something may need a reason.
    pub(crate) fn of(text: &str, language: Language) -> Option<Self> {
        HINTS.iter().any(|hint| text.contains(hint)).then(|| Self::new(text, language))
    }

    pub(crate) fn new(text: &str, language: Language) -> Self {
        let code = code(text, language);
        let mut own = HashSet::new();
        let mut before = "";
        for word in words(&code) {
            if KINDS.contains_key(word.text) && DECLARES.contains(&before) && language == Language::Swift {
                own.insert(word.text.to_owned());
            }
            before = word.text;
        }
        Self { code, language, own }
    }

    /// What of it needs a reason; not what the app itself called by one of these names.
    pub(crate) fn uses(&self, own: &HashSet<String>) -> Vec<Use> {
        let has_attributes = words(&self.code).any(|word| ATTRIBUTES.contains(&word.text));
        let mut uses = Vec::new();
        let (mut line, mut counted) = (1, 0);
        for word in words(&self.code) {
            let Some((kind, categories)) = KINDS.get(word.text) else { continue };
            // What a file's attributes are asked for is the system's, whatever else is called so.
            let is_own = *kind != Kind::Attribute && own.contains(word.text) && !self.is_the_systems(word);
            if is_own || !self.is_use(word, *kind, has_attributes) {
                continue;
            }
            line += self.code.as_bytes()[counted..word.at].iter().filter(|byte| **byte == b'\n').count();
            counted = word.at;
            uses.push(Use {
                line: u32::try_from(line).unwrap_or(u32::MAX),
                name: word.text.to_owned(),
                categories: categories.iter().map(|own| own.name).collect(),
                is_certain: *kind != Kind::Wrapper,
            });
        }
        uses
    }

    /// Whether it is plainly not what the app called so: many have an `enum UserDefaults` of keys somewhere.
    fn is_the_systems(&self, word: Word<'_>) -> bool {
        let before = &self.code[..word.at];
        let after = &self.code[word.at + word.text.len()..];
        let is_of_module = MODULES.iter().any(|module| before.ends_with(&format!("{module}.")));
        let is_bare = !before.ends_with('.');
        is_of_module
            || (is_bare && [".standard", "(suiteName", "?", "!"].iter().any(|next| after.starts_with(next)))
    }

    fn is_use(&self, word: Word<'_>, kind: Kind, has_attributes: bool) -> bool {
        let before = self.code[..word.at].trim_end();
        let after = self.code[word.at + word.text.len()..].trim_start();
        // The word before, and the one before a dot.
        let last = |text: &str| {
            let text = text.trim_end();
            text[text
                .rfind(|c: char| !is_word(c))
                .map_or(0, |at| at + text[at..].chars().next().map_or(1, char::len_utf8))..]
                .to_owned()
        };
        let is_declared = DECLARES.contains(&last(before).as_str());
        let owner = before.strip_suffix('.').or(before.strip_suffix("?.")).map(last);
        match kind {
            Kind::Function => {
                let is_of_something = match &owner {
                    Some(owner) => !MODULES.contains(&owner.as_str()),
                    None => before.ends_with("->") || before.ends_with("::"),
                };
                // `stat()` makes an empty record.
                let is_called =
                    after.strip_prefix('(').is_some_and(|rest| !rest.trim_start().starts_with(')'))
                        || (after.starts_with('(') && word.text == "mach_absolute_time");
                is_called && !is_of_something && !is_declared
            }
            Kind::Name => !is_declared && !before.ends_with("@class") && !after.starts_with(':'),
            Kind::Member => {
                let is_sent = self.language == Language::C && after.starts_with(']');
                (owner.is_some() || is_sent) && !before.ends_with("\\.")
            }
            Kind::Attribute => match owner.as_deref() {
                Some("FileAttributeKey") => true,
                Some("") => has_attributes && !before.ends_with("\\."),
                Some(_) | None => false,
            },
            Kind::Wrapper => before.ends_with('@'),
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Word<'a> {
    at: usize,
    text: &'a str,
}

fn is_word(c: char) -> bool {
    c == '_' || c == '$' || c.is_alphanumeric()
}

fn words(code: &str) -> impl Iterator<Item = Word<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        let start = at + code[at..].find(is_word)?;
        let end = code[start..].find(|c| !is_word(c)).map_or(code.len(), |length| start + length);
        at = end;
        Some(Word { at: start, text: &code[start..end] })
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn uses(text: &str, language: Language) -> Vec<String> {
        let source = Source::new(text, language);
        let uses = source.uses(&source.own);
        uses.iter()
            .map(|own| format!("{}:{}{}", own.line, own.name, if own.is_certain { "" } else { "?" }))
            .collect()
    }

    #[test]
    fn swift_is_read() {
        for (text, expected) in [
            ("let a = UserDefaults.standard", vec!["1:UserDefaults"]),
            ("\n\nFoundation.UserDefaults(suiteName: s)", vec!["3:UserDefaults"]),
            ("// UserDefaults\n\"UserDefaults\"", vec![]),
            ("\"\\(UserDefaults.standard)\"", vec!["1:UserDefaults"]),
            ("UserDefaultsStore.shared", vec![]),
            ("enum UserDefaults {}\nUserDefaults.a", vec![]),
            (
                "enum K { enum UserDefaults {} }\nK.UserDefaults.standard\nUserDefaults.standard",
                vec!["3:UserDefaults"],
            ),
            ("extension UserDefaults {}", vec!["1:UserDefaults"]),
            ("@AppStorage(\"a\") var a = 1", vec!["1:AppStorage?"]),
            ("ProcessInfo.processInfo.systemUptime", vec!["1:systemUptime"]),
            ("let systemUptime = 1", vec![]),
            ("struct A { let systemUptime = 1 }\na.systemUptime", vec![]),
            ("mach_absolute_time()", vec!["1:mach_absolute_time"]),
            ("var s = stat()\nstat(path, &s)", vec!["2:stat"]),
            ("Darwin.stat(path, &s)", vec!["1:stat"]),
            ("model.stat(path)", vec![]),
            ("func stat(_ a: Int) {}\nstat(1)", vec![]),
            ("let stats = 1; status(2)", vec![]),
            ("UITextInputMode.activeInputModes", vec!["1:activeInputModes"]),
            (
                "try url.resourceValues(forKeys: [.volumeAvailableCapacityForImportantUsageKey])",
                vec!["1:volumeAvailableCapacityForImportantUsageKey"],
            ),
            ("fm.attributesOfItem(atPath: p)[.creationDate]", vec!["1:creationDate"]),
            (
                "var creationDate: Date? { fm.attributesOfItem(atPath: p)[.creationDate] }",
                vec!["1:creationDate"],
            ),
            ("attrs[FileAttributeKey.modificationDate]", vec!["1:modificationDate"]),
            ("fm.attributesOfFileSystem(forPath: p)[.systemFreeSize]", vec!["1:systemFreeSize"]),
            ("asset.creationDate; fetch(sort: .creationDate); \\Item.creationDate", vec![]),
            ("#if DEBUG\nUserDefaults.standard\n#endif", vec![]),
            ("url[.contentModificationDateKey]", vec!["1:contentModificationDateKey"]),
            ("let a = getattrlist(p, &l, &b, 1, 0)", vec!["1:getattrlist"]),
        ] {
            assert_eq!(uses(text, Language::Swift), expected, "{text}");
        }
    }

    #[test]
    fn objective_c_and_c_are_read() {
        for (text, expected) in [
            ("[NSUserDefaults standardUserDefaults]", vec!["1:NSUserDefaults"]),
            ("@class NSUserDefaults;", vec![]),
            ("struct stat st;\nif (stat(path, &st) == 0) {}", vec!["2:stat"]),
            ("file->stat(1); file.stat(1); File::stat(p);", vec![]),
            ("[[NSProcessInfo processInfo] systemUptime]", vec!["1:systemUptime"]),
            ("NSProcessInfo.processInfo.systemUptime", vec!["1:systemUptime"]),
            ("attributes[NSFileSystemFreeSize]", vec!["1:NSFileSystemFreeSize"]),
            ("statfs(\"/\", &s); fstat(fd, &t);", vec!["1:statfs", "1:fstat"]),
            ("/* stat(1) */ @\"stat(1)\" // stat(1)", vec![]),
            ("self.creationDate = 1; [asset creationDate];", vec![]),
            ("[UITextInputMode activeInputModes]", vec!["1:activeInputModes"]),
        ] {
            assert_eq!(uses(text, Language::C), expected, "{text}");
        }
    }

    #[test]
    fn every_name_is_hinted_at() {
        for name in KINDS.keys() {
            assert!(Source::of(name, Language::C).is_some(), "{name}");
        }
        assert!(Source::of("let a = 1", Language::Swift).is_none());
    }

    #[test]
    fn some_functions_are_of_two_kinds() {
        let source = Source::new("getattrlist(a, b, c, 1, 0);", Language::C);
        assert_eq!(source.uses(&source.own)[0].categories, ["FileTimestamp", "DiskSpace"]);
    }
}
