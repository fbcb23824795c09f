//! NeXT's old text form of property lists: `project.pbxproj`, and the localized `InfoPlist.strings`.

use super::broken::{Broken, Result};
use super::plist::{Node, Value};
use super::text;
use super::xml::DEPTH;

/// A dictionary in braces, or the bare members of one.
pub(crate) fn parse(bytes: &[u8]) -> Result<Node> {
    let text = text::decode(bytes)?;
    let mut reader = Reader { rest: &text, line: 1 };
    reader.skip()?;
    let node = match reader.rest.starts_with(['{', '(']) {
        true => reader.node(0)?,
        false => Node { line: 1, value: Value::Dictionary(reader.members(0)?) },
    };
    reader.skip()?;
    if reader.rest.is_empty() { Ok(node) } else { Err(reader.broken("text after the end")) }
}

struct Reader<'a> {
    rest: &'a str,
    line: u32,
}

impl<'a> Reader<'a> {
    fn broken(&self, why: &str) -> Broken {
        Broken::at(self.line, format!("not a property list: {why}"))
    }

    fn advance(&mut self, bytes: usize) -> &'a str {
        let (done, rest) = self.rest.split_at(bytes);
        self.line = self.line.saturating_add(text::lines(done.as_bytes()) - 1);
        self.rest = rest;
        done
    }

    /// White space and comments.
    fn skip(&mut self) -> Result<()> {
        loop {
            let space = self.rest.len() - self.rest.trim_start().len();
            self.advance(space);
            if self.rest.starts_with("//") {
                self.advance(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                let end = self.rest.find("*/").ok_or_else(|| self.broken("an unterminated comment"))?;
                self.advance(end + 2);
            } else {
                return Ok(());
            }
        }
    }

    /// Takes this character, if it comes next.
    fn take(&mut self, character: char) -> Result<bool> {
        self.skip()?;
        let is_next = self.rest.starts_with(character);
        if is_next {
            self.advance(character.len_utf8());
        }
        Ok(is_next)
    }

    fn expect(&mut self, character: char) -> Result<()> {
        match self.take(character)? {
            true => Ok(()),
            false => Err(self.broken(&format!("`{character}` is missing"))),
        }
    }

    fn node(&mut self, depth: usize) -> Result<Node> {
        if depth > DEPTH {
            return Err(self.broken("nested too deeply"));
        }
        self.skip()?;
        let line = self.line;
        let value = if self.take('{')? {
            let members = self.members(depth)?;
            self.expect('}')?;
            Value::Dictionary(members)
        } else if self.take('(')? {
            let mut elements = Vec::new();
            while !self.take(')')? {
                elements.push(self.node(depth + 1)?);
                if !self.take(',')? {
                    self.expect(')')?;
                    break;
                }
            }
            Value::Array(elements)
        } else if self.rest.starts_with('<') {
            let end = self.rest.find('>').ok_or_else(|| self.broken("unterminated data"))?;
            self.advance(end + 1);
            Value::Other("data")
        } else {
            Value::Text(self.string()?)
        };
        Ok(Node { line, value })
    }

    /// Up to the brace that closes them, or the end of the text.
    fn members(&mut self, depth: usize) -> Result<Vec<(String, Node)>> {
        let mut members = Vec::new();
        loop {
            self.skip()?;
            if self.rest.is_empty() || self.rest.starts_with('}') {
                return Ok(members);
            }
            let line = self.line;
            let key = self.string()?;
            // `key;` says that the value is the key.
            let node = match self.take('=')? {
                true => self.node(depth + 1)?,
                false => Node { line, value: Value::Text(key.clone()) },
            };
            self.expect(';')?;
            members.push((key, Node { line, ..node }));
        }
    }

    fn string(&mut self) -> Result<String> {
        self.skip()?;
        for quote in ['"', '\''] {
            if self.rest.starts_with(quote) {
                return self.quoted(quote);
            }
        }
        let plain = |c: char| c.is_alphanumeric() || "._/$:-+~@".contains(c);
        let end = self.rest.find(|c| !plain(c)).unwrap_or(self.rest.len());
        if end == 0 {
            return Err(self.broken("a string is missing"));
        }
        Ok(self.advance(end).to_owned())
    }

    fn quoted(&mut self, quote: char) -> Result<String> {
        let mut string = String::new();
        let mut characters = self.rest.char_indices().skip(1);
        while let Some((at, character)) = characters.next() {
            match character {
                _ if character == quote => {
                    self.advance(at + quote.len_utf8());
                    return Ok(string);
                }
                '\\' => string.extend(characters.next().map(|(_, escaped)| match escaped {
                    'n' => '\n',
                    't' => '\t',
                    'r' => '\r',
                    // Octal and Unicode escapes keep their digits: what is checked is whether a text is empty.
                    other => other,
                })),
                _ => string.push(character),
            }
        }
        Err(self.broken("an unterminated string"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_project_is_read() {
        let text = "// !$*UTF8*$!\n{\n\tarchiveVersion = 1; /* x */\n\tobjects = {\n\t\tA1 /* App */ = {\n\
                    isa = PBXNativeTarget;\n\"name\\\"\" = \"a b\\n\";\nlist = (\n\tx,\n\t\"y\",\n);\ndata = <0f>;\n};\n};\n}\n";
        let root = parse(text.as_bytes()).unwrap();
        let target = root.get("objects").unwrap().get("A1").unwrap();
        assert_eq!((target.line, target.get("isa").and_then(Node::text)), (5, Some("PBXNativeTarget")));
        assert_eq!(target.get("name\"").and_then(Node::text), Some("a b\n"));
        assert_eq!(target.get("list").unwrap().elements().len(), 2);
        assert_eq!(target.get("list").unwrap().elements()[1].line, 10);
    }

    #[test]
    fn strings_are_read() {
        let text = "/* c */\nNSA = \"x\";\n\"NSB\" = '';\nNSC;\n// end";
        let root = parse(text.as_bytes()).unwrap();
        let of = |key| root.get(key).map(|node| (node.line, node.text().unwrap().to_owned()));
        assert_eq!(of("NSA"), Some((2, "x".to_owned())));
        assert_eq!(of("NSB"), Some((3, String::new())));
        assert_eq!(of("NSC"), Some((4, "NSC".to_owned())));
        assert_eq!(parse(b"").unwrap().members(), []);
    }

    #[test]
    fn mistakes_have_their_line() {
        for (text, line, why) in [
            ("{\na = b\n}", 3, "`;` is missing"),
            ("{\na = ;\n}", 2, "a string is missing"),
            ("{\na = \"b;\n}", 2, "an unterminated string"),
            ("{\n/* b", 2, "an unterminated comment"),
            ("{ a = (b c); }", 1, "`)` is missing"),
            ("{ a = <0", 1, "unterminated data"),
            ("{\n}\nx", 3, "text after the end"),
            ("a = b;\n}", 2, "text after the end"),
        ] {
            assert_eq!(
                parse(text.as_bytes()),
                Err(Broken::at(line, format!("not a property list: {why}"))),
                "{text}"
            );
        }
        let deep = "{a=".repeat(100_000);
        assert!(parse(deep.as_bytes()).is_err());
        assert!(parse("(".repeat(100_000).as_bytes()).is_err());
    }
}
