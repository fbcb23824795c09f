//! What a module takes in: the statements that name a configuration.

use super::syntax::{Statement, Token};
use super::{Build, GROUP};

/// What a module takes in, and for which of its variants.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Dependency {
    /// The part of a variant's name that the configuration has; empty for all.
    pub(crate) variant: String,
    pub(crate) what: Needed,
    /// The script that says so.
    pub(crate) file: String,
    pub(crate) line: u32,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Needed {
    /// Another module, by its path or its accessor.
    Project(String),
    /// An artifact of Scruple's.
    Artifact(String),
    /// What a version catalog knows: `libs.scruple.location`.
    Accessor(String),
    /// An archive in the project, or all that there are.
    Archive(String),
    /// Anything else, whose manifest is not in the sources.
    External,
}

impl Build {
    /// Notes what a statement takes in, if it does.
    pub(super) fn dependency(&mut self, statement: &Statement, path: &[&str]) {
        let name = statement.name();
        let configuration = match name {
            "add" => statement.texts().next().unwrap_or_default(),
            _ => name,
        };
        let Some(variant) = variant_of(configuration) else { return };
        // Kotlin's source sets for several platforms: only these two are Android's.
        let set = path.iter().find(|own| own.contains("Main") || own.contains("Test"));
        if set.is_some_and(|own| !own.starts_with("commonMain") && !own.starts_with("androidMain")) {
            return;
        }
        let variant = variant.to_owned();
        let before = self.dependencies.len();
        let mut add = |what| {
            self.dependencies.push(Dependency {
                variant: variant.clone(),
                what,
                file: String::new(),
                line: statement.line,
            });
        };
        let mut tokens = statement.tokens.iter().peekable();
        let mut unread = false;
        while let Some(token) = tokens.next() {
            match token {
                Token::Word(word) if word == "project" || word.ends_with(".project") => {
                    let named = tokens.clone().find_map(|token| match token {
                        // `project(mapOf("path" to ":core"))`.
                        Token::Text(text) if text != "path" => Some(text.clone()),
                        Token::Text(_) | Token::Word(_) | Token::Sign(_) => None,
                    });
                    match named.filter(|own| !own.contains('$')) {
                        Some(named) => {
                            tokens
                                .by_ref()
                                .find(|token| matches!(token, Token::Text(text) if *text == named));
                            add(Needed::Project(named));
                        }
                        None => unread = true,
                    }
                }
                Token::Word(word) if word.starts_with("projects.") => add(Needed::Project(word.clone())),
                Token::Word(word) if word.contains('.') => {
                    add(Needed::Accessor(word.trim_end_matches(".get").replace('_', ".")));
                }
                Token::Text(text) if text == configuration => {}
                Token::Text(text) if text == GROUP => {
                    let next = tokens.find_map(|token| match token {
                        Token::Text(text) => Some(text.clone()),
                        Token::Word(_) | Token::Sign(_) => None,
                    });
                    next.into_iter().for_each(|name| add(Needed::Artifact(name)));
                }
                Token::Text(text) => match text.split_once(':') {
                    Some((GROUP, rest)) => {
                        add(Needed::Artifact(rest.split(':').next().unwrap_or_default().to_owned()));
                    }
                    Some(_) => add(Needed::External),
                    None if text == "aar" || text.ends_with(".aar") => add(Needed::Archive(text.clone())),
                    None => {}
                },
                Token::Word(_) | Token::Sign(_) => {}
            }
        }
        if unread {
            self.has_unread = true;
        } else if self.dependencies.len() == before {
            self.dependencies.push(Dependency {
                variant,
                what: Needed::External,
                file: String::new(),
                line: statement.line,
            });
        }
    }
}

/// The variant that a configuration is for, if what it takes in ships with the app.
fn variant_of(configuration: &str) -> Option<&str> {
    const ENDS: [&str; 6] = ["implementation", "api", "runtimeOnly", "compile", "runtime", "apk"];
    if ENDS.contains(&configuration) {
        return Some("");
    }
    let prefix =
        ["Implementation", "Api", "RuntimeOnly"].iter().find_map(|end| configuration.strip_suffix(end))?;
    let is_test = prefix.starts_with("test") || prefix.starts_with("androidTest") || prefix.contains("Test");
    let is_other = prefix.starts_with("compileOnly") || prefix.contains('.') || prefix.contains(' ');
    match prefix {
        "commonMain" | "androidMain" => Some(""),
        _ if is_test || is_other || prefix.ends_with("Main") => None,
        _ => Some(prefix),
    }
}
