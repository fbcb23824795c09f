//! The words that announce a code or tell what else a number is, one list a language, and where a text has them.
//!
//! A list is a file of `languages/`. Each line is a role and its words, between commas. A space is any spaces, hyphens or line
//! breaks, and none at all after a letter of a script without spaces. Words are written as their language writes them: text and words are folded before they are compared.
//!
//! A phone gets no words, whose text would be a tenth of the library: the compiler makes a sorted list of their hashes.

use super::fold::{fold, is_spaced};

const LANGUAGES: &[&str] = &[
    include_str!("languages/en.txt"),
    include_str!("languages/zh.txt"),
    include_str!("languages/ja.txt"),
    include_str!("languages/ko.txt"),
    include_str!("languages/id.txt"),
    include_str!("languages/ms.txt"),
    include_str!("languages/th.txt"),
    include_str!("languages/vi.txt"),
    include_str!("languages/fil.txt"),
    include_str!("languages/hi.txt"),
    include_str!("languages/es.txt"),
    include_str!("languages/pt.txt"),
    include_str!("languages/fr.txt"),
    include_str!("languages/it.txt"),
    include_str!("languages/de.txt"),
    include_str!("languages/nl.txt"),
    include_str!("languages/pl.txt"),
    include_str!("languages/ru.txt"),
    include_str!("languages/uk.txt"),
    include_str!("languages/tr.txt"),
    include_str!("languages/ar.txt"),
    include_str!("languages/he.txt"),
];

/// What a word does for the numbers around it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Role {
    /// `announces` a code: "passcode".
    Announces,
    /// `kinds` of a name that announce: the "login" of "login code".
    Kinds,
    /// `names` a code, and much else: "code". It announces if it has a kind or is the person's own, or beside the number.
    Names,
    /// `stems` are names with a kind only: the "number" of "verification number".
    Stems,
    /// `yours` is whose code it is: "your".
    Yours,
    /// `links` a name to its number: "is".
    Links,
    /// `fills` the place between: "of the".
    Fills,
    /// `others` make a name one of something else, and a number as well: "error", "tracking".
    Others,
    /// `counts` is what a number beside it counts or numbers: "account", "points".
    Counts,
    /// `deals` are others that speak of a price, so that a name near them is one of a discount: "checkout".
    Deals,
}

impl Role {
    /// Whether the word may stand between a name and its number.
    pub(super) const fn is_between(self) -> bool {
        matches!(self, Self::Links | Self::Fills | Self::Kinds | Self::Stems)
    }
}

/// A word of the lists in a text.
#[derive(Clone, Copy)]
pub(super) struct Mark {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) role: Role,
}

/// No word has more characters.
const LONGEST: usize = 32;

/// Every word of the lists in the folded text in its order, except those that are part of a longer one: "error code" has no
/// "code" where the list has both. So no two begin or end at the same place.
pub(super) fn marks(text: &[char]) -> Vec<Mark> {
    let mut found = Vec::new();
    let mut covered = 0;
    for start in 0..text.len() {
        if continues(text, start) || text.get(start).is_some_and(|c| is_gap(*c)) {
            continue;
        }
        if let Some(mark) = longest(text, start).filter(|mark| mark.end > covered) {
            covered = mark.end;
            found.push(mark);
        }
    }
    found
}

/// The longest word that begins here.
fn longest(text: &[char], start: usize) -> Option<Mark> {
    let mut hash = Hash::new();
    let mut found = None;
    for (at, c) in text.iter().enumerate().skip(start).take(LONGEST) {
        if matches!(c, ':' | ',' | ';' | '(' | ')') {
            break;
        }
        hash.add(*c);
        let end = at + 1;
        if is_gap(*c) || continues(text, end) {
            continue;
        }
        let role = HASHES.binary_search(&hash.value()).ok().and_then(|place| ROLES.get(place));
        found = role.map(|role| Mark { start, end, role: *role }).or(found);
    }
    found
}

/// Whether a word of a script with spaces goes on across this place.
fn continues(text: &[char], at: usize) -> bool {
    let is_letter = |at: Option<usize>| at.and_then(|at| text.get(at)).is_some_and(|c| is_spaced(*c));
    is_letter(at.checked_sub(1)) && is_letter(Some(at))
}

const fn is_gap(c: char) -> bool {
    matches!(c, ' ' | '-' | '\n')
}

/// A word's hash as it is read. Other words nearly never have the hash of one of the lists.
struct Hash {
    state: u64,
    /// Whether the last letter is of a script with spaces, and whether there was one since.
    spaced: bool,
    gap: bool,
}

impl Hash {
    const fn new() -> Self {
        Self { state: 0, spaced: false, gap: false }
    }

    /// Adds a folded character.
    const fn add(&mut self, c: char) {
        if is_gap(c) {
            self.gap = self.spaced;
            return;
        }
        if self.gap {
            self.mix(' ');
        }
        self.mix(c);
        self.gap = false;
        self.spaced = is_spaced(c);
    }

    const fn mix(&mut self, c: char) {
        self.state = (self.state.rotate_left(5) ^ c as u64).wrapping_mul(0x9e37_79b9_7f4a_7c15);
    }

    const fn value(&self) -> u32 {
        (self.state >> 32) as u32
    }
}

/// The words' hashes in ascending order, and what each word does.
static HASHES: [u32; COUNT] = TABLE.0;
static ROLES: [Role; COUNT] = TABLE.1;

/// Each build of the core makes it, once.
const TABLE: ([u32; COUNT], [Role; COUNT]) = table();

/// How many words there are: each ends in a comma or its line.
const COUNT: usize = {
    let mut count = 0;
    let mut languages = LANGUAGES;
    while let [list, rest @ ..] = languages {
        languages = rest;
        let mut bytes = list.as_bytes();
        while let [byte, rest @ ..] = bytes {
            bytes = rest;
            if matches!(*byte, b',' | b'\n') {
                count += 1;
            }
        }
    }
    count
};

const fn table() -> ([u32; COUNT], [Role; COUNT]) {
    let mut hashes = [0; COUNT];
    let mut roles = [Role::Fills; COUNT];
    hash(&mut hashes, &mut roles);
    sort(&mut hashes, &mut roles);
    (hashes, roles)
}

/// Writes the words down, list by list.
#[allow(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and a place beyond the end fails the build"
)]
#[allow(long_running_const_eval, reason = "a second")]
const fn hash(hashes: &mut [u32; COUNT], roles: &mut [Role; COUNT]) {
    let mut count = 0;
    let mut languages = LANGUAGES;
    while let [list, rest @ ..] = languages {
        languages = rest;
        let mut bytes = list.as_bytes();
        while let [first, second, ..] = bytes {
            let role = role([*first, *second]);
            while let [byte, rest @ ..] = bytes {
                bytes = rest;
                if *byte == b' ' {
                    break;
                }
            }
            let mut word = Hash::new();
            while let Some((c, rest)) = character(bytes) {
                bytes = rest;
                if c == ',' || c == '\n' {
                    hashes[count] = word.value();
                    roles[count] = role;
                    (count, word) = (count + 1, Hash::new());
                } else if let Some(c) = fold(c) {
                    word.add(c);
                }
                if c == '\n' {
                    break;
                }
            }
        }
    }
}

/// A role by the first letters of its name. An unknown one fails the build.
#[allow(clippy::panic, reason = "the compiler runs it")]
const fn role(name: [u8; 2]) -> Role {
    match &name {
        b"an" => Role::Announces,
        b"ki" => Role::Kinds,
        b"na" => Role::Names,
        b"st" => Role::Stems,
        b"yo" => Role::Yours,
        b"li" => Role::Links,
        b"fi" => Role::Fills,
        b"ot" => Role::Others,
        b"co" => Role::Counts,
        b"de" => Role::Deals,
        _ => panic!("a line of a list begins with a role"),
    }
}

/// The first character of UTF-8, and what follows it. One of four bytes fails the build.
#[allow(clippy::panic, reason = "the compiler runs it")]
const fn character(bytes: &[u8]) -> Option<(char, &[u8])> {
    let (first, mut rest) = match bytes {
        [first, rest @ ..] => (*first as u32, rest),
        [] => return None,
    };
    let mut value = match first {
        0..0x80 => first,
        0x80..0xe0 => first & 0x1f,
        0xe0..0xf0 => first & 0xf,
        _ => panic!("no word has a character of four bytes"),
    };
    while let [next @ 0x80..0xc0, after @ ..] = rest {
        value = (value << 6) + (*next as u32 & 0x3f);
        rest = after;
    }
    match char::from_u32(value) {
        Some(c) => Some((c, rest)),
        None => None,
    }
}

/// Insertion sort in steps that halve.
#[allow(
    clippy::indexing_slicing,
    reason = "the compiler runs it, and a place beyond the end fails the build"
)]
const fn sort(hashes: &mut [u32], roles: &mut [Role]) {
    let mut step = hashes.len() / 2;
    while step > 0 {
        let mut at = step;
        while at < hashes.len() {
            let mut place = at;
            while place >= step && hashes[place - step] > hashes[place] {
                hashes.swap(place - step, place);
                roles.swap(place - step, place);
                place -= step;
            }
            at += 1;
        }
        step /= 2;
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashMap;

    use super::*;

    /// Each word of the lists, with its role's name.
    fn listed() -> impl Iterator<Item = (&'static str, &'static str)> {
        LANGUAGES.iter().flat_map(|list| list.lines()).flat_map(|line| {
            let (role, words) = line.split_once(' ').unwrap();
            words.split(", ").map(move |word| (role, word))
        })
    }

    #[test]
    fn every_word_is_found_by_its_role() {
        let mut roles: HashMap<String, &str> = HashMap::new();
        let mut confused = Vec::new();
        for (role, word) in listed() {
            let text: Vec<char> = word.chars().filter_map(fold).collect();
            assert!(text.len() <= LONGEST, "{word:?} is too long");
            let text_of = text.iter().collect::<String>();
            match roles.insert(text_of, role) {
                Some(other) if other != role => confused.push(format!("{word}: {other} and {role}")),
                _ => {}
            }
            let marks = marks(&text);
            let whole = marks.first().is_some_and(|mark| {
                mark.end == text.len() && format!("{:?}", mark.role).to_lowercase() == role
            });
            if !whole {
                confused.push(format!("{word} is not found as {role}"));
            }
        }
        assert!(confused.is_empty(), "{confused:#?}");
        assert!(HASHES.is_sorted());
    }
}
