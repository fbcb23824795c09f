//! A Gradle script as statements with blocks: what Groovy's and Kotlin's have in common.

/// Deeper than any script.
const DEPTH: usize = 64;

/// Everything up to a line's end, and what stands in its braces.
#[derive(Debug, Default, Clone, PartialEq, Eq)]
pub(super) struct Statement {
    pub(super) line: u32,
    pub(super) tokens: Vec<Token>,
    pub(super) block: Vec<Statement>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Token {
    /// Letters, digits, and the dots between them.
    Word(String),
    /// What stands in quotes.
    Text(String),
    Sign(char),
}

impl Statement {
    /// The word that it begins with, whatever is in quotes counting too: `"fullImplementation"(…)`.
    pub(super) fn name(&self) -> &str {
        match self.tokens.first() {
            Some(Token::Word(word) | Token::Text(word)) => word,
            Some(Token::Sign(_)) | None => "",
        }
    }

    pub(super) fn words(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Word(word) => Some(word.as_str()),
            Token::Text(_) | Token::Sign(_) => None,
        })
    }

    pub(super) fn texts(&self) -> impl Iterator<Item = &str> {
        self.tokens.iter().filter_map(|token| match token {
            Token::Text(text) => Some(text.as_str()),
            Token::Word(_) | Token::Sign(_) => None,
        })
    }

    /// What a container calls it: `full { }`, `create("full") { }`, `val full by creating { }`.
    pub(super) fn member(&self) -> Option<&str> {
        const MAKES: [&str; 7] =
            ["create", "register", "getByName", "named", "maybeCreate", "creating", "registering"];
        let name = self.name();
        let first = match name.rsplit('.').next() {
            Some("val") => return self.words().nth(1),
            Some(word) if MAKES.contains(&word) => return self.texts().next(),
            Some(_) | None => name,
        };
        Some(first).filter(|name| !name.is_empty())
    }
}

/// The statements of a script, as far as it has any.
pub(super) fn parse(text: &str) -> Vec<Statement> {
    let mut parser = Parser { pieces: pieces(text), at: 0 };
    let mut statements = Vec::new();
    while parser.at < parser.pieces.len() {
        statements.extend(parser.block(0));
    }
    statements
}

struct Parser {
    pieces: Vec<(Piece, u32)>,
    at: usize,
}

#[derive(Debug, Clone)]
enum Piece {
    Token(Token),
    Break,
    Open,
    Close,
}

impl Parser {
    /// Everything up to the brace that closes, which is taken too.
    fn block(&mut self, depth: usize) -> Vec<Statement> {
        let mut statements = Vec::new();
        let mut open = Statement::default();
        let mut brackets = 0_usize;
        while let Some((piece, line)) = self.pieces.get(self.at).cloned() {
            self.at += 1;
            match piece {
                Piece::Close => break,
                Piece::Open => {
                    if open.tokens.is_empty() {
                        open.line = line;
                    }
                    match depth < DEPTH {
                        true => open.block.extend(self.block(depth + 1)),
                        false => self.skip(),
                    }
                }
                Piece::Break => {
                    let goes_on =
                        matches!(open.tokens.last(), Some(Token::Sign('=' | ',' | '+' | ':' | '.')));
                    if brackets == 0 && !(goes_on && open.block.is_empty()) {
                        statements.push(std::mem::take(&mut open));
                    }
                }
                Piece::Token(token) => {
                    if open.tokens.is_empty() && open.block.is_empty() {
                        open.line = line;
                    }
                    match token {
                        Token::Sign('(' | '[') => brackets += 1,
                        Token::Sign(')' | ']') => brackets = brackets.saturating_sub(1),
                        Token::Sign(_) | Token::Word(_) | Token::Text(_) => {}
                    }
                    open.tokens.push(token);
                }
            }
        }
        statements.push(open);
        statements.retain(|own| !own.tokens.is_empty() || !own.block.is_empty());
        statements
    }

    /// Reads over a block that is nested too deeply.
    fn skip(&mut self) {
        let mut depth = 1_usize;
        while let Some((piece, _)) = self.pieces.get(self.at).filter(|_| depth > 0) {
            match piece {
                Piece::Open => depth += 1,
                Piece::Close => depth -= 1,
                Piece::Token(_) | Piece::Break => {}
            }
            self.at += 1;
        }
    }
}

fn pieces(text: &str) -> Vec<(Piece, u32)> {
    let mut pieces = Vec::new();
    let mut line = 1_u32;
    let mut rest = text;
    while let Some(character) = rest.chars().next() {
        let at = line;
        let (piece, length) = match character {
            '\n' | ';' => (Some(Piece::Break), 1),
            '{' => (Some(Piece::Open), 1),
            '}' => (Some(Piece::Close), 1),
            '/' if rest.starts_with("//") => (None, rest.find('\n').unwrap_or(rest.len())),
            '/' if rest.starts_with("/*") => (None, rest[2..].find("*/").map_or(rest.len(), |end| end + 4)),
            '"' | '\'' => {
                let (text, length) = quoted(rest, character);
                (Some(Piece::Token(Token::Text(text))), length)
            }
            _ if is_of_word(character) => {
                let end = rest.find(|c: char| !is_of_word(c) && c != '.').unwrap_or(rest.len());
                let word = rest[..end].trim_end_matches('.');
                (Some(Piece::Token(Token::Word(word.to_owned()))), word.len())
            }
            _ if character.is_whitespace() => (None, character.len_utf8()),
            _ => (Some(Piece::Token(Token::Sign(character))), character.len_utf8()),
        };
        let (taken, left) = rest.split_at(length);
        let breaks = taken.bytes().filter(|byte| *byte == b'\n').count();
        line = line.saturating_add(u32::try_from(breaks).unwrap_or(u32::MAX));
        pieces.extend(piece.map(|piece| (piece, at)));
        rest = left;
    }
    pieces
}

fn is_of_word(character: char) -> bool {
    character.is_alphanumeric() || matches!(character, '_' | '$')
}

/// What stands in the quotes that a text begins with, and how long it is with them.
fn quoted(text: &str, quote: char) -> (String, usize) {
    let triple: String = [quote; 3].iter().collect();
    if let Some(inner) = text.strip_prefix(&triple) {
        let end = inner.find(&triple).unwrap_or(inner.len());
        return (inner[..end].to_owned(), (end + 6).min(text.len()));
    }
    let mut escaped = false;
    for (at, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            // A quote that is not closed on its line was none.
            '\n' => return (String::new(), 1),
            _ if character == quote => return (text[1..at].to_owned(), at + 1),
            _ => {}
        }
    }
    (String::new(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn short(statements: &[Statement]) -> Vec<String> {
        let short = statements.iter().map(|own| {
            let tokens: Vec<_> = own
                .tokens
                .iter()
                .map(|token| match token {
                    Token::Word(word) => word.clone(),
                    Token::Text(text) => format!("'{text}'"),
                    Token::Sign(sign) => sign.to_string(),
                })
                .collect();
            let inner = short(&own.block);
            let block = if inner.is_empty() { String::new() } else { format!(" {{{}}}", inner.join("; ")) };
            format!("{}:{}{block}", own.line, tokens.join(" "))
        });
        short.collect()
    }

    #[test]
    fn both_languages_become_statements() {
        let text = "android { // c\n  namespace 'a.b'; minSdk = 23 /* { */\n  productFlavors {\n    create(\"full\") { dimension =\n \"v\" }\n  }\n}\n\
                    implementation(\n  project(':x')\n) { isTransitive = false }\nx = \"it's } // no\"";
        assert_eq!(
            short(&parse(text)),
            [
                "1:android {2:namespace 'a.b'; 2:minSdk = 23; 3:productFlavors {4:create ( 'full' ) {4:dimension = 'v'}}}",
                "8:implementation ( project ( ':x' ) ) {10:isTransitive = false}",
                "11:x = 'it's } // no'",
            ]
        );
    }

    #[test]
    fn what_is_cut_off_or_unbalanced_is_read_as_far_as_it_goes() {
        for text in ["a {", "}", "a ( b", "'", "\"\"\"", "/*", "a {}}} b", "{{{{", "a.b.'"] {
            let _ = parse(text);
        }
        let deep = "a {".repeat(100_000);
        assert_eq!(parse(&deep).len(), 1);
    }
}
