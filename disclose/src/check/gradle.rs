//! What a Gradle module is: its plugin, its variants, and everything that is merged into its manifest.

mod catalog;
mod dependency;
mod settings;
mod syntax;

use std::collections::BTreeMap;

use super::broken::Result;
use super::text;
use syntax::{Statement, Token};

pub(crate) use catalog::{Catalog, catalog};
pub(crate) use dependency::{Dependency, Needed};
pub(crate) use settings::{Settings, names, references, settings};

/// A build file, as far as it is checked.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(crate) struct Build {
    /// Its path.
    pub(crate) file: String,
    /// What kind of module its plugins make it; a convention plugin may hide that.
    pub(crate) kind: Option<Module>,
    /// Plugins by id or by their name in a version catalog, and scripts by path: what else the module is made of.
    pub(crate) applied: Vec<String>,
    /// Plugins that it makes, each by its id, or by an accessor that stands for one, with the class that is it.
    pub(crate) makes: Vec<(String, String)>,
    pub(crate) namespace: Option<String>,
    pub(crate) dependencies: Vec<Dependency>,
    /// Whether it depends on modules that it does not name here: by a variable, in a loop.
    pub(crate) has_unread: bool,
    /// The app's feature modules, which are merged into it.
    pub(crate) features: Vec<String>,
    pub(crate) dimensions: Vec<String>,
    pub(crate) flavours: Vec<Flavour>,
    pub(crate) build_types: Vec<BuildType>,
    /// Flavours of libraries in dimensions that the app has not.
    pub(crate) strategies: Vec<(String, Vec<String>)>,
    /// What a flavour or a build type takes of libraries that have none of its name, the best first.
    pub(crate) fallbacks: Vec<(String, Vec<String>)>,
    /// Whether it has more flavours or build types than are looked at.
    pub(crate) is_cut: bool,
    /// What manifests call `${name}`, each with the flavour or build type that says so; none says it for all.
    pub(crate) placeholders: Vec<(Option<String>, String, String)>,
    /// Manifests that are not where they are by default, each by its source set.
    pub(crate) manifests: BTreeMap<String, String>,
    pub(crate) min_sdk: Option<Level>,
    pub(crate) target_sdk: Option<Level>,
    /// Numbers by name, which levels may refer to.
    pub(crate) numbers: BTreeMap<String, u32>,
}

/// What a module makes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Module {
    App,
    Library,
    /// A part of an app that is merged into it.
    Feature,
    /// Something that tests an app and never ships.
    Test,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Flavour {
    pub(crate) name: String,
    pub(crate) dimension: Option<String>,
    pub(crate) min_sdk: Option<Level>,
    pub(crate) target_sdk: Option<Level>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BuildType {
    pub(crate) name: String,
    /// One that can be debugged does not ship.
    pub(crate) is_debuggable: bool,
}

/// An API level, or the name of one.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Level {
    Number(u32),
    Name(String),
}

/// More flavours or build types than any module has.
const PARTS: usize = 256;

const GROUP: &str = "dev.scruple";

pub(crate) fn build(bytes: &[u8], file: &str) -> Result<Build> {
    let mut build = Build { file: file.to_owned(), ..Build::default() };
    build.apply(bytes, file)?;
    Ok(build)
}

/// A module's kind by its plugin's id, or by an alias that says it.
pub(crate) fn kind(id: &str) -> Option<Module> {
    let plain = id.to_ascii_lowercase().replace(['-', '_', '.'], "");
    let is = |word: &str| plain.contains(word);
    if is("androidtest") || is("baselineprofile") && !is("consumer") {
        Some(Module::Test)
    } else if is("androidapplication") {
        Some(Module::App)
    } else if is("androiddynamicfeature") || is("androidfeature") && is("dynamic") {
        Some(Module::Feature)
    } else if is("androidlibrary") || is("kotlinmultiplatformlibrary") {
        Some(Module::Library)
    } else {
        None
    }
}

/// Blocks that are about other modules, or about nothing that ships.
const PASSED_OVER: [&str; 7] = [
    "buildscript",
    "pluginManagement",
    "subprojects",
    "allprojects",
    "constraints",
    "dependencyResolutionManagement",
    "configurations",
];

impl Build {
    /// Reads a script into it, as if its lines stood in the build file.
    pub(crate) fn apply(&mut self, bytes: &[u8], file: &str) -> Result<()> {
        let text = text::decode(bytes)?;
        let before = self.dependencies.len();
        let mut path = Vec::new();
        let statements = syntax::parse(&text);
        for statement in &statements {
            self.read(statement, &mut path);
        }
        self.dependencies.iter_mut().skip(before).for_each(|own| file.clone_into(&mut own.file));
        Ok(())
    }

    fn read<'a>(&mut self, statement: &'a Statement, path: &mut Vec<&'a str>) {
        let name = statement.name();
        if PASSED_OVER.contains(&name) {
            self.numbers(statement, path);
            return;
        }
        if ends(name, "gradlePlugin") || path.iter().any(|own| ends(own, "gradlePlugin")) {
            self.made(statement);
            statement.block.iter().for_each(|inner| {
                path.push("gradlePlugin");
                self.read(inner, path);
                path.pop();
            });
            return;
        }
        self.plugin(statement, path);
        self.number(statement, path);
        self.dependency(statement, path);
        self.source_set(statement, path);
        let last = name.rsplit('.').next().unwrap_or(name);
        let inside = |container: &str| path.last().is_some_and(|own| ends(own, container));
        match last {
            "namespace" => {
                self.namespace = statement.texts().next().map(str::to_owned).or(self.namespace.take())
            }
            "flavorDimensions" => self.dimensions.extend(statement.texts().map(str::to_owned)),
            "missingDimensionStrategy" => {
                let mut texts = statement.texts().map(str::to_owned);
                let dimension = texts.next();
                self.strategies.extend(dimension.map(|own| (own, texts.collect())));
            }
            "matchingFallbacks" | "setMatchingFallbacks" => self.fallback(statement, path),
            _ if name.contains("matchingFallbacks.") => self.fallback(statement, path),
            _ if name.contains("anifestPlaceholders") => self.placeholder(statement, path),
            "dynamicFeatures" => self.features.extend(statement.texts().map(str::to_owned)),
            "minSdk" | "minSdkVersion" | "targetSdk" | "targetSdkVersion" => {
                self.level(statement, last, path)
            }
            _ if name.contains("flavorDimensions") => {
                self.dimensions.extend(statement.texts().map(str::to_owned));
            }
            _ => {}
        }
        // `productFlavors.create("full")` is in the container too.
        let before = name.rsplit('.').nth(1);
        if inside("productFlavors") || before == Some("productFlavors") {
            self.flavour(statement);
        }
        if inside("buildTypes") || before == Some("buildTypes") {
            self.build_type(statement);
        }
        path.push(statement.member().unwrap_or(name));
        for inner in &statement.block {
            self.read(inner, path);
        }
        path.pop();
    }

    /// What is taken of a library that has nothing of this name.
    pub(crate) fn instead(&self, name: &str) -> impl Iterator<Item = &String> {
        self.fallbacks.iter().filter(move |(own, _)| own == name).flat_map(|(_, names)| names)
    }

    fn plugin(&mut self, statement: &Statement, path: &[&str]) {
        let name = statement.name();
        let applies = path.last() == Some(&"plugins")
            || matches!(name, "id" | "alias" | "apply" | "plugins.apply" | "pluginManager.apply");
        if !applies || statement.words().collect::<Vec<_>>().windows(2).any(|two| two == ["apply", "false"]) {
            return;
        }
        for token in &statement.tokens {
            match token {
                Token::Text(id) => {
                    self.kind = self.kind.or_else(|| kind(id));
                    self.applied.push(id.clone());
                }
                Token::Word(word) if word.contains(".plugins.") => {
                    let accessor = word.trim_end_matches(".get").replace('_', ".");
                    self.kind = self.kind.or_else(|| kind(&accessor));
                    self.applied.push(accessor);
                }
                Token::Word(word) if word.contains('.') => self.kind = self.kind.or_else(|| kind(word)),
                Token::Word(_) | Token::Sign(_) => {}
            }
        }
    }

    /// `register("x") { id = "own.app"; implementationClass = "AppPlugin" }`.
    fn made(&mut self, statement: &Statement) {
        let says = |key: &str| statement.block.iter().find(|own| own.name() == key);
        let (Some(id), Some(class)) = (says("id"), says("implementationClass")) else { return };
        let accessor =
            || id.words().find(|word| word.contains(".plugins.")).map(|own| own.trim_end_matches(".get"));
        let Some(id) = id.texts().next().or_else(accessor) else { return };
        let Some(class) = class.texts().next().and_then(|own| own.rsplit('.').next()) else { return };
        self.makes.push((id.replace('_', "."), class.to_owned()));
    }

    /// `ext.oldest = 23`, `ext { oldest = 23 }`, `extra["oldest"] = 23`, `val oldest = 23`: a number that others may refer to.
    fn number(&mut self, statement: &Statement, path: &[&str]) {
        let is_extra = |word: &str| matches!(word, "ext" | "extra");
        let first = statement.name();
        let is_named =
            matches!(first, "val" | "def" | "const" | "final" | "int" | "var" | "private" | "internal")
                || first.split('.').any(is_extra)
                || path.iter().any(|own| is_extra(own));
        if !is_named {
            return;
        }
        for window in statement.tokens.windows(3) {
            let (name, value) = match window {
                [Token::Word(name), Token::Sign('=' | ':'), Token::Word(value)]
                | [Token::Text(name), Token::Sign(','), Token::Word(value)] => (name, value),
                [Token::Text(name), Token::Sign(']'), Token::Sign('=')] => match statement.tokens.last() {
                    Some(Token::Word(value)) => (name, value),
                    Some(Token::Text(_) | Token::Sign(_)) | None => continue,
                },
                _ => continue,
            };
            if let (Some(name), Ok(value)) = (name.rsplit('.').next(), value.parse()) {
                self.numbers.insert(name.to_owned(), value);
            }
        }
    }

    /// The numbers in a block of which nothing else counts: React Native keeps its levels in `buildscript`.
    fn numbers<'a>(&mut self, statement: &'a Statement, path: &mut Vec<&'a str>) {
        path.push(statement.name());
        for inner in &statement.block {
            self.number(inner, path);
            self.numbers(inner, path);
        }
        path.pop();
    }

    fn level(&mut self, statement: &Statement, name: &str, path: &[&str]) {
        // In newer scripts the number stands in a block: `minSdk { version = release(23) }`.
        let inner = statement.block.iter().flat_map(Statement::words);
        let words = statement.words().skip(1).chain(inner);
        let value = words.filter(|word| !matches!(*word, "version" | "release")).find_map(|word| {
            let first = word.chars().next()?;
            match first.is_ascii_digit() {
                true => word.parse().ok().map(Level::Number),
                false => Some(Level::Name(word.to_owned())),
            }
        });
        let value = value.or_else(|| statement.texts().next()?.parse().ok().map(Level::Number));
        let Some(value) = value else { return };
        let is_min = name.starts_with("min");
        if path.iter().any(|own| ends(own, "productFlavors")) {
            let Some(flavour) = self.flavours.last_mut() else { return };
            let slot = if is_min { &mut flavour.min_sdk } else { &mut flavour.target_sdk };
            *slot = Some(value);
        } else if !path.iter().any(|own| ends(own, "buildTypes")) {
            let slot = if is_min { &mut self.min_sdk } else { &mut self.target_sdk };
            slot.get_or_insert(value);
        }
    }

    /// `matchingFallbacks = ['a', 'b']`, `matchingFallbacks += listOf("a")`, `matchingFallbacks.add("a")`.
    fn fallback(&mut self, statement: &Statement, path: &[&str]) {
        let container = path.iter().position(|own| ends(own, "productFlavors") || ends(own, "buildTypes"));
        let of = container.and_then(|at| path.get(at + 1)).or(path.last());
        let names: Vec<String> = statement.texts().map(str::to_owned).collect();
        match self.fallbacks.iter_mut().find(|(own, _)| Some(&own.as_str()) == of) {
            Some((_, known)) => known.extend(names),
            None => self.fallbacks.extend(of.map(|of| ((*of).to_owned(), names))),
        }
    }

    /// `manifestPlaceholders = [a: 'x']`, `manifestPlaceholders["a"] = "x"`, `manifestPlaceholders += mapOf("a" to "x")`.
    fn placeholder(&mut self, statement: &Statement, path: &[&str]) {
        let container = path.iter().position(|own| ends(own, "productFlavors") || ends(own, "buildTypes"));
        let of = container.and_then(|at| path.get(at + 1)).map(|own| (*own).to_owned());
        let said = |token: &Token| match token {
            Token::Word(word) if word != "to" && !word.contains("anifestPlaceholders") && word != "mapOf" => {
                Some(word.clone())
            }
            Token::Text(text) => Some(text.clone()),
            Token::Word(_) | Token::Sign(_) => None,
        };
        let said: Vec<String> = statement.tokens.iter().filter_map(said).collect();
        for pair in said.chunks_exact(2) {
            self.placeholders.push((of.clone(), pair[0].clone(), pair[1].clone()));
        }
    }

    fn flavour(&mut self, statement: &Statement) {
        let Some(name) = statement.member() else { return };
        if matches!(name, "all" | "configureEach" | "forEach" | "each" | "if" | "for" | "when") {
            return;
        }
        let dimension =
            statement.block.iter().find(|own| own.name() == "dimension" || own.name() == "setDimension");
        let dimension = dimension.and_then(|own| own.texts().next()).map(str::to_owned);
        let is_full = self.flavours.len() >= PARTS;
        match self.flavours.iter_mut().find(|own| own.name == name) {
            Some(known) => known.dimension = dimension.or(known.dimension.take()),
            None if is_full => self.is_cut = true,
            None => self.flavours.push(Flavour {
                name: name.to_owned(),
                dimension,
                min_sdk: None,
                target_sdk: None,
            }),
        }
    }

    fn build_type(&mut self, statement: &Statement) {
        let Some(name) = statement.member() else { return };
        if matches!(name, "all" | "configureEach" | "forEach" | "each" | "if" | "for" | "when") {
            return;
        }
        let says = |own: &&Statement| {
            matches!(own.name(), "debuggable" | "isDebuggable" | "setDebuggable" | "debuggable(true)")
        };
        let said = statement.block.iter().find(says).map(|own| own.words().any(|word| word == "true"));
        let starts_with_debug = statement
            .block
            .iter()
            .filter(|own| own.name().starts_with("initWith"))
            .any(|own| own.words().chain(own.texts()).any(|word| word.ends_with("debug")));
        let is_debuggable = said.unwrap_or(starts_with_debug || name.eq_ignore_ascii_case("debug"));
        let is_full = self.build_types.len() >= PARTS;
        match self.build_types.iter_mut().find(|own| own.name == name) {
            Some(known) => known.is_debuggable |= is_debuggable,
            None if is_full => self.is_cut = true,
            None => self.build_types.push(BuildType { name: name.to_owned(), is_debuggable }),
        }
    }

    /// `sourceSets { main { manifest.srcFile 'x' } }`, and the same in one line.
    fn source_set(&mut self, statement: &Statement, path: &[&str]) {
        let is_manifest = statement.words().any(|word| word.ends_with("manifest.srcFile"))
            || (statement.name() == "srcFile" && path.last().is_some_and(|own| ends(own, "manifest")))
            || statement.words().any(|word| word == "manifest")
                && statement.words().any(|word| word == "srcFile");
        if !is_manifest {
            return;
        }
        let mut texts: Vec<&str> = statement.texts().collect();
        let Some(file) = texts.pop() else { return };
        let set = texts.first().copied().or_else(|| {
            let words = statement.words().next()?.split('.').collect::<Vec<_>>();
            let at = words.iter().position(|word| *word == "manifest")?;
            words.get(at.checked_sub(1)?).copied()
        });
        let outer =
            || path.iter().rev().find(|own| !ends(own, "manifest") && !ends(own, "sourceSets")).copied();
        let set =
            set.filter(|own| !matches!(*own, "manifest" | "sourceSets")).or_else(outer).unwrap_or("main");
        self.manifests.insert(set.to_owned(), file.to_owned());
    }
}

/// Whether a container is this one, by its name or at the end of a path.
fn ends(own: &str, container: &str) -> bool {
    own.rsplit('.').next() == Some(container)
}

impl Level {
    /// The number, if it is one or if one of the tables knows its name.
    pub(crate) fn resolve(&self, numbers: &[&BTreeMap<String, u32>], catalogs: &[&Catalog]) -> Option<u32> {
        let name = match self {
            Self::Number(number) => return Some(*number),
            Self::Name(name) => name,
        };
        let accessor = name.replace('_', ".");
        let accessor = [".toInt", ".toInteger", ".get"]
            .iter()
            .fold(accessor.as_str(), |own, end| own.trim_end_matches(end));
        if let Some(number) = catalogs.iter().find_map(|own| own.versions.get(accessor)) {
            return Some(*number);
        }
        let last = name.rsplit('.').find(|word| !matches!(*word, "toInt" | "toInteger" | "get"))?;
        numbers.iter().find_map(|own| own.get(last)).copied()
    }
}

#[cfg(test)]
mod tests;
