//! The grammar of JSON with comments: where its parts stand, and where and how a text breaks it.
//!
//! Nothing is kept of what is passed over, so a text of any form takes no memory beside itself.

mod escape;

use crate::error::InputKind;

pub(crate) use escape::unescaped;

/// How deep arrays and objects may lie in each other: several times as deep as any file of the product's.
const DEPTH: usize = 32;

/// A mistake in the grammar: where it stands, in bytes, and what would be right.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Fault {
    pub(crate) at: usize,
    pub(crate) kind: InputKind,
    pub(crate) hint: &'static str,
}

impl Fault {
    pub(crate) const fn syntax(at: usize, hint: &'static str) -> Self {
        Self { at, kind: InputKind::Syntax, hint }
    }
}

/// What a value is, which its first character says.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Kind {
    Object,
    Array,
    String,
    Number,
    Boolean,
    Null,
}

/// One part of an object or an array; of an object's it has the name.
#[derive(Debug, Clone, Copy)]
pub(crate) struct Part {
    pub(crate) name: Option<usize>,
    pub(crate) value: usize,
}

/// Where the text's value begins, as far as there is one, and the text's first mistake.
pub(crate) fn document(text: &str) -> (Option<usize>, Option<Fault>) {
    let mut scanner = Scanner { text, at: 0 };
    if let Err(fault) = scanner.gap() {
        return (None, Some(fault));
    }
    let at = scanner.at;
    let fault = scanner.root().err();
    // What is not even whole has no other mistakes, unless it has parts.
    let is_seen = fault.is_none() || Container::of(text, at).is_some();
    (is_seen.then_some(at), fault)
}

/// What stands at this place, if a value can begin so.
pub(crate) fn kind(text: &str, at: usize) -> Option<Kind> {
    Some(match text.as_bytes().get(at)? {
        b'{' => Kind::Object,
        b'[' => Kind::Array,
        b'"' => Kind::String,
        b'-' | b'0'..=b'9' => Kind::Number,
        b't' | b'f' => Kind::Boolean,
        b'n' => Kind::Null,
        _ => return None,
    })
}

/// The text of the value that begins at this place, if it is whole.
pub(crate) fn value(text: &str, at: usize) -> Option<&str> {
    let mut scanner = Scanner { text, at };
    scanner.value(0).ok()?;
    text.get(at..scanner.at)
}

/// The parts of the object or array that begins at a place, as far as the text is right.
pub(crate) struct Parts<'t> {
    scanner: Scanner<'t>,
    of: Container,
    is_first: bool,
    /// Whether its end was seen.
    pub(crate) is_whole: bool,
}

impl<'t> Parts<'t> {
    /// None if another value begins there.
    pub(crate) fn new(text: &'t str, at: usize) -> Option<Self> {
        let of = Container::of(text, at)?;
        Some(Self { scanner: Scanner { text, at: at + 1 }, of, is_first: true, is_whole: false })
    }
}

impl Iterator for Parts<'_> {
    type Item = Part;

    fn next(&mut self) -> Option<Part> {
        let part = self.scanner.part(self.of, self.is_first);
        self.is_first = false;
        let Ok(Some(part)) = part else {
            self.is_whole |= matches!(part, Ok(None));
            return None;
        };
        let is_right = self.scanner.value(0).is_ok() && self.scanner.is_between_parts(self.of);
        if !is_right {
            self.scanner.at = self.scanner.text.len();
        }
        // Of an object or array with a mistake in it, what stands before the mistake counts; anything else counts only if
        // what follows it is right too: a forgotten quote makes a wrong value of it.
        (is_right || Container::of(self.scanner.text, part.value).is_some()).then_some(part)
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Container {
    Object,
    Array,
}

impl Container {
    fn of(text: &str, at: usize) -> Option<Self> {
        match text.as_bytes().get(at)? {
            b'{' => Some(Self::Object),
            b'[' => Some(Self::Array),
            _ => None,
        }
    }

    const fn end(self) -> u8 {
        match self {
            Self::Object => b'}',
            Self::Array => b']',
        }
    }

    const fn wants_comma(self) -> &'static str {
        match self {
            Self::Object => "expected a comma or } before this",
            Self::Array => "expected a comma or ] before this",
        }
    }

    const fn wants_own_end(self) -> &'static str {
        match self {
            Self::Object => "expected } to close the object",
            Self::Array => "expected ] to close the array",
        }
    }

    const fn wants_end(self) -> &'static str {
        match self {
            Self::Object => "the text ends inside an object: add }",
            Self::Array => "the text ends inside an array: add ]",
        }
    }
}

#[derive(Debug, Clone, Copy)]
struct Scanner<'t> {
    text: &'t str,
    at: usize,
}

impl Scanner<'_> {
    /// One value, and nothing after it.
    fn root(&mut self) -> Result<(), Fault> {
        self.value(0)?;
        self.gap()?;
        match self.peek() {
            None => Ok(()),
            Some(_) => Err(Fault::syntax(self.at, "more text follows the value: remove it")),
        }
    }

    fn value(&mut self, depth: usize) -> Result<(), Fault> {
        let Some(kind) = kind(self.text, self.at) else { return Err(self.stray()) };
        match kind {
            Kind::Object => self.parts(Container::Object, depth),
            Kind::Array => self.parts(Container::Array, depth),
            Kind::String => self.string(),
            Kind::Number => self.number(),
            Kind::Boolean | Kind::Null => self.word(),
        }
    }

    fn parts(&mut self, of: Container, depth: usize) -> Result<(), Fault> {
        if depth == DEPTH {
            let hint = "expected at most 32 nested objects and arrays";
            return Err(Fault { at: self.at, kind: InputKind::TooLong, hint });
        }
        self.at += 1;
        let mut is_first = true;
        while self.part(of, is_first)?.is_some() {
            self.value(depth + 1)?;
            is_first = false;
        }
        Ok(())
    }

    /// Goes to the value of the next part; past the end if there is none.
    fn part(&mut self, of: Container, is_first: bool) -> Result<Option<Part>, Fault> {
        self.gap()?;
        if self.ends(of) {
            self.at += 1;
            return Ok(None);
        }
        if !is_first {
            let comma = self.at;
            match self.peek() {
                Some(b',') => self.at += 1,
                Some(_) => return Err(Fault::syntax(comma, of.wants_comma())),
                None => return Err(self.fault_at_end(of.wants_end())),
            }
            self.gap()?;
            if self.ends(of) {
                return Err(Fault::syntax(comma, "a trailing comma is not allowed: remove it"));
            }
        }
        match self.peek() {
            None => return Err(self.fault_at_end(of.wants_end())),
            Some(b'}' | b']') => return Err(Fault::syntax(self.at, of.wants_own_end())),
            Some(_) => {}
        }
        let name = match of {
            Container::Object => Some(self.name()?),
            Container::Array => None,
        };
        Ok(Some(Part { name, value: self.at }))
    }

    fn ends(&self, of: Container) -> bool {
        self.peek() == Some(of.end())
    }

    /// Whether a part may end here.
    fn is_between_parts(mut self, of: Container) -> bool {
        self.gap().is_ok() && (self.ends(of) || self.peek() == Some(b','))
    }

    /// A name and its colon.
    fn name(&mut self) -> Result<usize, Fault> {
        let name = self.at;
        if self.peek() != Some(b'"') {
            return Err(Fault::syntax(name, "expected a name in double quotes"));
        }
        self.string()?;
        self.gap()?;
        if self.peek() != Some(b':') {
            return Err(Fault::syntax(
                self.at,
                "expected a colon between the name in double quotes and its value",
            ));
        }
        self.at += 1;
        self.gap()?;
        Ok(name)
    }

    fn string(&mut self) -> Result<(), Fault> {
        let opening = self.at;
        self.at += 1;
        loop {
            match self.peek() {
                Some(b'"') => break,
                Some(b'\\') => (_, self.at) = escape::escape(self.text, self.at)?,
                None | Some(b'\n' | b'\r') => {
                    let hint =
                        "close the string with a double quote on the same line; write a line feed as \\n";
                    return Err(Fault::syntax(opening, hint));
                }
                Some(0..b' ') => {
                    let hint =
                        "write a control character in a string as \\t, or as \\u and four hexadecimal digits";
                    return Err(Fault::syntax(self.at, hint));
                }
                Some(_) => self.at += 1,
            }
        }
        self.at += 1;
        Ok(())
    }

    fn number(&mut self) -> Result<(), Fault> {
        let number = self.run();
        let digits = |text: &str| text.bytes().take_while(u8::is_ascii_digit).count();
        let after = |text, count| str::get(text, count..).unwrap_or_default();
        let fail = |hint| Err(Fault::syntax(self.at, hint));
        let whole = number.strip_prefix('-').unwrap_or(number);
        let mut rest = after(whole, digits(whole));
        match digits(whole) {
            0 => return fail("expected a digit after the minus sign"),
            1 => {}
            _ if whole.starts_with('0') => return fail("a number has no leading zeros: remove them"),
            _ => {}
        }
        if let Some(fraction) = rest.strip_prefix('.') {
            if digits(fraction) == 0 {
                return fail("expected a digit after the decimal point");
            }
            rest = after(fraction, digits(fraction));
        }
        if let Some(exponent) = rest.strip_prefix(['e', 'E']) {
            let exponent = exponent.strip_prefix(['+', '-']).unwrap_or(exponent);
            if digits(exponent) == 0 {
                return fail("expected a digit in the exponent");
            }
            rest = after(exponent, digits(exponent));
        }
        if !rest.is_empty() {
            return fail(
                "write a number in decimal digits alone, without separators or units; put a string in double quotes",
            );
        }
        self.at += number.len();
        Ok(())
    }

    fn word(&mut self) -> Result<(), Fault> {
        let word = self.run();
        if !["true", "false", "null"].contains(&word) {
            return Err(self.stray());
        }
        self.at += word.len();
        Ok(())
    }

    /// What is written without quotes, whether or not it is right.
    fn run(&self) -> &str {
        let rest = self.text.get(self.at..).unwrap_or_default();
        let end = rest.find(|c: char| !(c.is_alphanumeric() || "+-._$".contains(c))).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    /// Passes white space and comments.
    fn gap(&mut self) -> Result<(), Fault> {
        loop {
            let rest = self.text.get(self.at..).unwrap_or_default();
            match rest.as_bytes().first() {
                Some(b' ' | b'\t' | b'\r' | b'\n') => self.at += 1,
                Some(b'/') if rest.starts_with("//") => self.at += rest.find('\n').unwrap_or(rest.len()),
                Some(b'/') if rest.starts_with("/*") => {
                    match rest.get(2..).and_then(|rest| rest.find("*/")) {
                        Some(end) => self.at += end + 4,
                        None => return Err(Fault::syntax(self.at, "close the comment with */")),
                    }
                }
                Some(b'/' | b'#') => return Err(Fault::syntax(self.at, "start a comment with // or /*")),
                Some(_) if rest.starts_with(|c: char| c.is_whitespace() || c == '\u{feff}') => {
                    let hint = "only spaces, tabs and line ends may be white space: remove this character";
                    return Err(Fault::syntax(self.at, hint));
                }
                Some(_) | None => return Ok(()),
            }
        }
    }

    /// What is wrong where a value ought to begin.
    fn stray(&self) -> Fault {
        let Some(stray) = self.text.get(self.at..).and_then(|rest| rest.chars().next()) else {
            return self.fault_at_end("the text ends before a value: add one");
        };
        let hint = match stray {
            '}' | ']' | ',' | ':' => {
                let before = self.text.get(..self.at).unwrap_or_default().trim_end();
                return Fault::syntax(before.len(), "expected a value");
            }
            '\'' | '`' | '´' | '‘'..='‟' | '«' | '»' | '‹' | '›' => {
                "put a string in straight double quotes"
            }
            '+' => "a number has no plus sign: remove it",
            '.' => "expected a digit before the decimal point",
            _ if stray.is_control() => "a control character is outside a string: remove it",
            _ => {
                "expected a value; put a string in double quotes, which only true, false and null go without"
            }
        };
        Fault::syntax(self.at, hint)
    }

    fn peek(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    /// At the end of what is written, not of the blank lines after it.
    fn fault_at_end(&self, hint: &'static str) -> Fault {
        Fault::syntax(self.text.trim_end().len(), hint)
    }
}
