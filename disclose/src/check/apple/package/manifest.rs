//! What a `Package.swift` says of its products and targets, where it says it in plain words: it is a program, and is not run.

/// A package, as far as it is written out.
#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Manifest {
    pub(super) products: Vec<Product>,
    pub(super) targets: Vec<Target>,
    /// The folders of the packages that it takes in, as it writes them.
    pub(super) packages: Vec<String>,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Product {
    pub(super) name: String,
    pub(super) targets: Vec<String>,
    /// Whether its code comes as a framework, which an app has once for all its programs.
    pub(super) is_dynamic: bool,
}

#[derive(Debug, Default, PartialEq, Eq)]
pub(super) struct Target {
    pub(super) name: String,
    /// Its folder, if it is not the usual one.
    pub(super) path: Option<String>,
    /// What of its folder it leaves out, and if that is said what alone it takes in.
    pub(super) exclude: Vec<String>,
    pub(super) sources: Vec<String>,
    /// The names of other targets and of products.
    pub(super) needs: Vec<String>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
enum Token<'a> {
    Text(&'a str),
    Word(&'a str),
    Sign(char),
}

/// Reads a manifest.
pub(super) fn read(text: &str) -> Manifest {
    let tokens = tokens(text);
    let mut manifest = Manifest::default();
    let mut at = 0;
    while at + 2 < tokens.len() {
        let [Token::Sign('.'), Token::Word(kind), Token::Sign('(')] = &tokens[at..at + 3] else {
            at += 1;
            continue;
        };
        let end = closing(&tokens, at + 2);
        let call = Call(&tokens[at + 3..end]);
        match *kind {
            "library" | "executable" => manifest.products.extend(call.product()),
            // A test, a plugin and a macro run elsewhere; the others have no sources.
            "target" | "executableTarget" => manifest.targets.extend(call.target()),
            "testTarget" | "plugin" | "macro" | "binaryTarget" | "systemLibrary" => {}
            "package" => manifest.packages.extend(call.texts("path")),
            _ => {
                at += 1;
                continue;
            }
        }
        at = end;
    }
    manifest
}

/// What stands between a call's brackets.
#[derive(Clone, Copy)]
struct Call<'a, 'b>(&'b [Token<'a>]);

impl<'a, 'b> Call<'a, 'b> {
    /// What stands between its commas.
    fn parts(self) -> impl Iterator<Item = &'b [Token<'a>]> {
        let mut depth = 0_usize;
        self.0.split(move |token| {
            match token {
                Token::Sign('(' | '[' | '{') => depth += 1,
                Token::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
                Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
            }
            depth == 0 && *token == Token::Sign(',')
        })
    }

    fn argument(self, label: &str) -> Option<&'b [Token<'a>]> {
        self.parts().find_map(|part| match part {
            [Token::Word(own), Token::Sign(':'), rest @ ..] if *own == label => Some(rest),
            _ => None,
        })
    }

    /// The elements of a list; a text by itself is one of one.
    fn elements(self, label: &str) -> Vec<&'b [Token<'a>]> {
        match self.argument(label) {
            Some([Token::Sign('['), inside @ .., Token::Sign(']')]) => Call(inside).parts().collect(),
            Some(other) => vec![other],
            None => Vec::new(),
        }
    }

    fn texts(self, label: &str) -> Vec<String> {
        let all = self.elements(label).into_iter();
        all.filter_map(|own| match own {
            [Token::Text(text)] => Some((*text).to_owned()),
            _ => None,
        })
        .collect()
    }

    fn name(self) -> Option<String> {
        self.texts("name").pop()
    }

    fn product(self) -> Option<Product> {
        let is_dynamic = matches!(self.argument("type"), Some([Token::Sign('.'), Token::Word("dynamic")]));
        Some(Product { name: self.name()?, targets: self.texts("targets"), is_dynamic })
    }

    fn target(self) -> Option<Target> {
        Some(Target {
            name: self.name()?,
            path: self.texts("path").pop(),
            exclude: self.texts("exclude"),
            sources: self.texts("sources"),
            needs: self.elements("dependencies").into_iter().filter_map(need).collect(),
        })
    }
}

/// `"Own"`, `.target(name: "Own")` or `.product(name: "Own", …)`, if it is for iOS.
fn need(tokens: &[Token<'_>]) -> Option<String> {
    match tokens {
        [Token::Text(text)] => Some((*text).to_owned()),
        [Token::Sign('.'), Token::Word(_), Token::Sign('('), inside @ .., Token::Sign(')')] => {
            let has = |word| tokens.contains(&Token::Word(word));
            if has("platforms") && !has("iOS") { None } else { Call(inside).name() }
        }
        _ => None,
    }
}

/// Where the bracket that opens here is closed, or the end.
fn closing(tokens: &[Token<'_>], open: usize) -> usize {
    let mut depth = 0_usize;
    for (at, token) in tokens.iter().enumerate().skip(open) {
        match token {
            Token::Sign('(' | '[' | '{') => depth += 1,
            Token::Sign(')' | ']' | '}') => depth = depth.saturating_sub(1),
            Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
        }
        if depth == 0 {
            return at;
        }
    }
    tokens.len()
}

fn tokens(text: &str) -> Vec<Token<'_>> {
    let mut tokens = Vec::new();
    let mut rest = text;
    while let Some(first) = rest.chars().next() {
        let is_word = |c: char| c == '_' || c.is_alphanumeric();
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            // A text without its end is none.
            match closing_quote(&rest[1..]) {
                Some(end) => {
                    tokens.push(Token::Text(&rest[1..=end]));
                    end + 2
                }
                None => rest.len(),
            }
        } else if is_word(first) {
            let end = rest.find(|c| !is_word(c)).unwrap_or(rest.len());
            tokens.push(Token::Word(&rest[..end]));
            end
        } else {
            if !first.is_whitespace() {
                tokens.push(Token::Sign(first));
            }
            first.len_utf8()
        };
        rest = &rest[length..];
    }
    // A list may end with a comma.
    let closes = |token: Option<&Token<'_>>| matches!(token, Some(Token::Sign(']' | ')')));
    let trailing: Vec<bool> =
        (0..tokens.len()).map(|at| tokens[at] == Token::Sign(',') && closes(tokens.get(at + 1))).collect();
    let mut trailing = trailing.into_iter();
    tokens.retain(|_| !trailing.next().unwrap_or_default());
    tokens
}

fn closing_quote(text: &str) -> Option<usize> {
    let mut is_escaped = false;
    text.char_indices().find_map(|(at, character)| {
        let is_end = character == '"' && !is_escaped;
        is_escaped = character == '\\' && !is_escaped;
        is_end.then_some(at)
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_manifest_is_read() {
        let text = "// swift-tools-version: 6.0 .target(name: \"no\")\n\
            let package = Package(name: \"Kit\", /* .target(name: \"no\") */ products: [\n\
            .library(name: \"Store\", type: .dynamic, targets: [\"Store\", \"Core\"]),\n\
            Product.library(name: \"UI\", targets: [\"UI\"]),\n], dependencies: [\n\
            .package(path: \"../Other\"), .package(name: \"x\", path: \"y\"), .package(url: \"https://z\", from: \"1.0.0\"),],\n\
            targets: [\n\
            .target(name: \"Store\", dependencies: [\"Core\", .target(name: \"A\"), .product(name: \"B\", package: \"b\",\n\
            condition: .when(platforms: [.iOS])), .product(name: \"C\", package: \"c\", condition: .when(platforms: [.macOS])),],\n\
            path: \"Own\", exclude: [\"x\"], sources: [\"y\"], resources: [.process(\"R\")]),\n\
            .target(name: \"Core\"),\n.testTarget(name: \"T\", dependencies: [.target(name: \"Store\")]),\n\
            .macro(name: \"M\", dependencies: []),\n.binaryTarget(name: \"N\", path: \"N.xcframework\"),\n])";
        let texts = |all: &[&str]| all.iter().map(|own| (*own).to_owned()).collect::<Vec<_>>();
        let expected = Manifest {
            products: vec![
                Product { name: "Store".to_owned(), targets: texts(&["Store", "Core"]), is_dynamic: true },
                Product { name: "UI".to_owned(), targets: texts(&["UI"]), is_dynamic: false },
            ],
            targets: vec![
                Target {
                    name: "Store".to_owned(),
                    path: Some("Own".to_owned()),
                    exclude: texts(&["x"]),
                    sources: texts(&["y"]),
                    needs: texts(&["Core", "A", "B"]),
                },
                Target { name: "Core".to_owned(), ..Target::default() },
            ],
            packages: texts(&["../Other", "y"]),
        };
        assert_eq!(read(text), expected);
    }

    #[test]
    fn what_is_no_list_ends() {
        for text in ["", "\"", ".target(", ".target(name:", "/*", ".target(name: \"a\\\"", ").target(name:)"]
        {
            assert_eq!(read(text), Manifest::default(), "{text}");
        }
    }
}
