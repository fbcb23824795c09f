//! What of a source file is code that ships: no comments, no texts, nothing for debugging or for another system.

/// How a file's comments and texts are written.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Language {
    Swift,
    /// And Objective-C, and C++.
    C,
}

impl Language {
    /// By a file's name; none if it is no source of either.
    pub(crate) fn of(path: &str) -> Option<Self> {
        match path.rsplit_once('.')?.1 {
            "swift" => Some(Self::Swift),
            "m" | "mm" | "c" | "cc" | "cpp" | "cxx" => Some(Self::C),
            _ => None,
        }
    }
}

/// The text with blanks for what is no code, so that every line and column stays.
pub(crate) fn code(text: &str, language: Language) -> String {
    let mut blanker = Blanker { bytes: text.as_bytes(), code: Vec::with_capacity(text.len()), language };
    blanker.blank();
    // Only whole characters were taken over, and the rest is ASCII.
    without_what_stays(&String::from_utf8_lossy(&blanker.code))
}

/// Where the scan is; a text holds code, which holds texts again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Place {
    /// With as many brackets open; what a text holds ends with one that was not opened.
    Code { brackets: usize, is_in_text: bool },
    /// Ends with this many quotes and hashes.
    Text { quote: u8, quotes: usize, hashes: usize },
}

struct Blanker<'a> {
    bytes: &'a [u8],
    code: Vec<u8>,
    language: Language,
}

impl Blanker<'_> {
    fn rest(&self) -> &[u8] {
        &self.bytes[self.code.len()..]
    }

    fn blank(&mut self) {
        let mut places = vec![Place::Code { brackets: 0, is_in_text: false }];
        while let (Some(place), Some(byte)) = (places.last_mut(), self.rest().first().copied()) {
            match *place {
                Place::Code { .. } if self.rest().starts_with(b"//") => {
                    let end = self.rest().iter().position(|byte| *byte == b'\n');
                    self.skip(end.unwrap_or(self.rest().len()));
                }
                Place::Code { .. } if self.rest().starts_with(b"/*") => self.skip(self.comment()),
                Place::Code { brackets, is_in_text } => match self.opening() {
                    Some((text, length)) => {
                        places.push(text);
                        self.skip(length);
                    }
                    None if byte == b')' && is_in_text && brackets == 0 => {
                        places.pop();
                        self.skip(1);
                    }
                    None => {
                        let brackets = match byte {
                            b'(' => brackets + 1,
                            b')' => brackets.saturating_sub(1),
                            _ => brackets,
                        };
                        *place = Place::Code { brackets, is_in_text };
                        self.code.push(byte);
                    }
                },
                Place::Text { quote, quotes, hashes } => {
                    let length = self.text(quote, quotes, hashes);
                    match length {
                        Step::Over(length) => self.skip(length),
                        Step::End(length) => {
                            places.pop();
                            self.skip(length);
                        }
                        Step::Code(length) => {
                            places.push(Place::Code { brackets: 0, is_in_text: true });
                            self.skip(length);
                        }
                    }
                }
            }
        }
    }

    fn skip(&mut self, length: usize) {
        let length = length.min(self.rest().len());
        let blank = self.rest()[..length].iter().map(|byte| if *byte == b'\n' { b'\n' } else { b' ' });
        let blank: Vec<u8> = blank.collect();
        self.code.extend(blank);
    }

    /// How long the comment is that begins here. Swift's hold each other.
    fn comment(&self) -> usize {
        let (rest, mut depth, mut at) = (self.rest(), 1, 2);
        while depth > 0 && at < rest.len() {
            if rest[at..].starts_with(b"*/") {
                (depth, at) = (depth - 1, at + 2);
            } else if rest[at..].starts_with(b"/*") && self.language == Language::Swift {
                (depth, at) = (depth + 1, at + 2);
            } else {
                at += 1;
            }
        }
        at
    }

    /// The text that begins here, and how long its opening is.
    fn opening(&self) -> Option<(Place, usize)> {
        let rest = self.rest();
        let hashes = match self.language {
            Language::Swift => rest.iter().take_while(|byte| **byte == b'#').count(),
            Language::C => 0,
        };
        let quote = *rest.get(hashes)?;
        let is_quote = quote == b'"' || (quote == b'\'' && self.language == Language::C);
        let is_long = self.language == Language::Swift && rest[hashes..].starts_with(b"\"\"\"");
        let quotes = if is_long { 3 } else { 1 };
        is_quote.then_some((Place::Text { quote, quotes, hashes }, hashes + quotes))
    }

    /// What comes next in a text.
    fn text(&self, quote: u8, quotes: usize, hashes: usize) -> Step {
        let rest = self.rest();
        let are = |part: &[u8], byte: u8, count: usize| {
            part.len() >= count && part[..count].iter().all(|own| *own == byte)
        };
        if rest[0] == b'\\' && are(&rest[1..], b'#', hashes) {
            return match rest.get(1 + hashes) {
                Some(b'(') if self.language == Language::Swift => Step::Code(2 + hashes),
                _ => Step::Over(2 + hashes),
            };
        }
        if are(rest, quote, quotes) && are(&rest[quotes..], b'#', hashes) {
            return Step::End(quotes + hashes);
        }
        // One without its end does not swallow the rest of the file.
        if rest[0] == b'\n' && quotes == 1 { Step::End(1) } else { Step::Over(1) }
    }
}

enum Step {
    Over(usize),
    End(usize),
    Code(usize),
}

/// Blanks the branches of `#if` that no release for iOS has.
fn without_what_stays(code: &str) -> String {
    // Whether the branch ships, and whether one before it surely does.
    let mut open: Vec<(bool, bool)> = Vec::new();
    let mut shipped = String::with_capacity(code.len());
    for line in code.split_inclusive('\n') {
        let word = line.trim_start();
        let directive = word.strip_prefix('#').map(str::trim_start).unwrap_or_default();
        let (name, condition) = directive.split_once([' ', '\t', '(']).unwrap_or((directive.trim(), ""));
        let condition = if directive.starts_with("if(") { &directive[2..] } else { condition };
        match name {
            "if" | "ifdef" | "ifndef" => {
                let holds = holds(condition).map(|holds| holds != (name == "ifndef"));
                open.push((holds != Some(false), holds == Some(true)));
            }
            "elseif" | "elif" => {
                if let Some((ships, before)) = open.last_mut() {
                    let holds = holds(condition);
                    *ships = !*before && holds != Some(false);
                    *before |= holds == Some(true);
                }
            }
            "else" => {
                if let Some((ships, before)) = open.last_mut() {
                    *ships = !*before;
                }
            }
            "endif" => drop(open.pop()),
            _ => {}
        }
        match open.iter().all(|(ships, _)| *ships) {
            true => shipped.push_str(line),
            false => shipped.extend(line.chars().map(|c| if c == '\n' { '\n' } else { ' ' })),
        }
    }
    shipped
}

/// Whether a condition holds in a release for iOS; none if that depends.
fn holds(condition: &str) -> Option<bool> {
    let any = |parts: Vec<Option<bool>>, decides: bool| {
        if parts.contains(&Some(decides)) {
            return Some(decides);
        }
        parts.iter().all(Option::is_some).then_some(!decides)
    };
    let condition = condition.trim();
    if condition.contains("||") {
        return any(condition.split("||").map(holds).collect(), true);
    }
    if condition.contains("&&") {
        return any(condition.split("&&").map(holds).collect(), false);
    }
    if let Some(other) = condition.strip_prefix('!') {
        return holds(other).map(|holds| !holds);
    }
    match condition.split_whitespace().collect::<String>().as_str() {
        "DEBUG"
        | "0"
        | "false"
        | "TARGET_OS_OSX"
        | "TARGET_OS_WATCH"
        | "TARGET_OS_TV"
        | "os(macOS)"
        | "os(OSX)"
        | "os(watchOS)"
        | "os(tvOS)"
        | "os(Linux)"
        | "os(Windows)"
        | "os(Android)"
        | "canImport(AppKit)"
        | "targetEnvironment(simulator)"
        | "TARGET_OS_SIMULATOR"
        | "TARGET_IPHONE_SIMULATOR" => Some(false),
        "1" | "true" | "os(iOS)" | "TARGET_OS_IOS" | "TARGET_OS_IPHONE" | "canImport(UIKit)" => Some(true),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The words that are left.
    fn words(text: &str, language: Language) -> Vec<String> {
        let code = code(text, language);
        assert_eq!(code.lines().count(), text.lines().count(), "lines stay");
        let words = code.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty());
        words.map(str::to_owned).collect()
    }

    #[test]
    fn comments_and_texts_are_no_code() {
        for (text, expected) in [
            ("a // b\nc", vec!["a", "c"]),
            ("a /* b /* c */ d */ e", vec!["a", "e"]),
            ("a \"b // c\" d", vec!["a", "d"]),
            ("\"\\\"\" a", vec!["a"]),
            ("\"\"\"\n\"a\" b\n\"\"\" c", vec!["c"]),
            ("#\"a \" b\"# c", vec!["c"]),
            ("\"a \\(b(\"c\") + d) e\" f", vec!["b", "d", "f"]),
            ("#\"a \\(b) \\#(c)\"# d", vec!["c", "d"]),
            ("\"a\nb", vec!["b"]),
            ("é \"ü\" ö", vec!["é", "ö"]),
            ("#selector(a)", vec!["selector", "a"]),
        ] {
            assert_eq!(words(text, Language::Swift), expected, "{text}");
        }
        for (text, expected) in [
            ("a /* b /* c */ d", vec!["a", "d"]),
            ("@\"a\\\" b\" c '\"' d", vec!["c", "d"]),
            ("\"\\(a)\" b", vec!["b"]),
        ] {
            assert_eq!(words(text, Language::C), expected, "{text}");
        }
    }

    #[test]
    fn what_stays_at_home_is_no_code() {
        for (text, expected) in [
            ("#if DEBUG\na\n#else\nb\n#endif\nc", vec!["else", "b", "endif", "c"]),
            ("#if !DEBUG\na\n#else\nb\n#endif", vec!["if", "DEBUG", "a", "endif"]),
            (
                "#if os(macOS)\na\n#elseif os(iOS)\nb\n#else\nc\n#endif",
                vec!["elseif", "os", "iOS", "b", "endif"],
            ),
            ("#if FLAG\na\n#else\nb\n#endif", vec!["if", "FLAG", "a", "else", "b", "endif"]),
            ("#if FLAG && DEBUG\na\n#endif", vec!["endif"]),
            ("#if os(iOS) || FLAG\na\n#else\nb\n#endif", vec!["if", "os", "iOS", "FLAG", "a", "endif"]),
            ("#ifdef DEBUG\na\n#if X\nb\n#endif\n#endif\nc", vec!["endif", "c"]),
            ("#ifndef DEBUG\na\n#endif", vec!["ifndef", "DEBUG", "a", "endif"]),
            ("#endif\na", vec!["endif", "a"]),
        ] {
            assert_eq!(words(text, Language::C), expected, "{text}");
        }
    }
}
