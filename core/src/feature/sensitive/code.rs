//! One-time codes: numbers that a message announces as one.

use super::fold::is_word;
use super::shape::{Shape, Token, is_decorated, tokens};
use super::words::{Mark, Role, marks};

/// Messages with more characters are prose that happens to speak of codes.
pub(super) const LONGEST_MESSAGE: usize = 1000;

/// Words that belong together are not farther apart, in characters.
const FAR: usize = 48;
/// The same for whose a name is where that follows it: "kode Acme Anda".
const NEAR: usize = 12;

/// Whether the folded text is a code and nothing else: six digits, with a space or a hyphen in the middle at most.
pub(super) fn is_a_code(text: &[char]) -> bool {
    let is_blank = |c: &&char| matches!(c, ' ' | '\n');
    let start = text.iter().take_while(is_blank).count();
    let end = text.len() - text.iter().rev().take_while(is_blank).count();
    match text.get(start..end) {
        Some([a, b, c, d, e, f] | [a, b, c, ' ' | '-', d, e, f]) => {
            [a, b, c, d, e, f].iter().all(|c| c.is_ascii_digit())
        }
        Some(_) | None => false,
    }
}

/// Whether the folded text tells a code.
pub(super) fn tells_a_code(text: &[char]) -> bool {
    if text.len() > LONGEST_MESSAGE {
        return false;
    }
    let tokens = tokens(text);
    if tokens.is_empty() {
        return false;
    }
    let message = Message::new(text);
    tokens.iter().any(|token| message.announces(token))
}

/// What stands left of a number.
struct Before {
    /// The word of the lists that is there once marks and linking words are skipped.
    mark: Option<Mark>,
    /// Where it ends, or what else ends there.
    at: usize,
    /// Whether a colon or a word such as "is" was skipped.
    linked: bool,
}

struct Message<'text> {
    text: &'text [char],
    /// In their order; none is within another.
    marks: Vec<Mark>,
    /// The number of each character's sentence and of its clause. What has no word counts with what follows it.
    places: Vec<(usize, usize)>,
}

impl<'text> Message<'text> {
    fn new(text: &'text [char]) -> Self {
        let (mut sentence, mut clause) = (0, 0);
        let mut said = false;
        let mut places = Vec::with_capacity(text.len());
        for (at, c) in text.iter().enumerate() {
            places.push((sentence, clause));
            said |= is_word(*c);
            let ends = ends_sentence(text, at);
            if said && (ends || matches!(c, ',' | ';')) {
                clause += 1;
                said = !ends;
                sentence += usize::from(ends);
            }
        }
        let mut message = Self { text, marks: marks(text), places };
        message.promote();
        message
    }

    /// A name that is the person's own, or of a kind, announces a code: "your Acme code", "login code".
    fn promote(&mut self) {
        let own: Vec<bool> = self.marks.iter().map(|mark| self.is_own(mark)).collect();
        for (mark, own) in self.marks.iter_mut().zip(own) {
            if own {
                mark.role = Role::Announces;
            }
        }
    }

    fn is_own(&self, mark: &Mark) -> bool {
        let of_a_kind = |kind: &Mark| {
            matches!(kind.role, Role::Kinds | Role::Names)
                && (self.joins(kind.end, mark.start)
                    || mark.role == Role::Names && self.leads(mark.end, kind.start))
        };
        let of_somebody = |yours: &Mark| {
            let between = self.text.get(mark.end..yours.start);
            let follows =
                between.is_some_and(|text| text.len() <= NEAR && !text.iter().any(char::is_ascii_digit));
            let after = follows && self.is_near(mark.end, yours.start);
            yours.role == Role::Yours && (after || self.is_near(yours.end, mark.start))
        };
        if mark.role == Role::Stems {
            return self.marks.iter().any(of_a_kind);
        }
        self.is_name(mark) && self.marks.iter().any(|other| of_a_kind(other) || of_somebody(other))
    }

    /// Whether the word names a code and nothing else.
    fn is_name(&self, mark: &Mark) -> bool {
        let is_other = |other: &Mark| {
            let beside = || self.joins(other.end, mark.start) || self.leads(mark.end, other.start);
            let around = || self.clause(other.start) == self.clause(mark.start);
            other.role == Role::Others && beside() || other.role == Role::Deals && around()
        };
        mark.role == Role::Names && !self.marks.iter().any(is_other)
    }

    fn is_said(&self, mark: &Mark) -> bool {
        mark.role == Role::Announces || self.is_name(mark)
    }

    fn announces(&self, token: &Token) -> bool {
        if token.shape == Shape::Unmistakable {
            return true;
        }
        if is_decorated(self.text, token) {
            return false;
        }
        let before = self.before(token.start);
        let is_likely = token.shape == Shape::Likely;
        if let Some(mark) = before.mark {
            if self.is_said(&mark) {
                return mark.role == Role::Announces || is_likely || before.linked;
            }
            if matches!(mark.role, Role::Names | Role::Others | Role::Deals) {
                return false;
            }
        }
        if self.counts_after(token.end) {
            return false;
        }
        if before.linked && self.is_told_before(before.at) || self.is_told_after(token.end) {
            return true;
        }
        let counts = before.mark.is_some_and(|mark| mark.role == Role::Counts);
        is_likely && !counts && self.is_reached(token)
    }

    /// Looks left from a number.
    fn before(&self, start: usize) -> Before {
        let mut before = Before { mark: None, at: start, linked: false };
        let mut lines = false;
        loop {
            let ending = self.marks.binary_search_by_key(&before.at, |mark| mark.end).ok();
            if let Some(mark) = ending.and_then(|at| self.marks.get(at)) {
                if !mark.role.is_between() {
                    // What counts in the line above counts nothing here, unless it says so.
                    let counts = matches!(mark.role, Role::Others | Role::Counts | Role::Deals);
                    before.mark = Some(*mark).filter(|_| !(counts && lines && !before.linked));
                    return before;
                }
                before.linked |= mark.role == Role::Links;
                before.at = mark.start;
                continue;
            }
            match before.at.checked_sub(1).and_then(|at| self.text.get(at)) {
                Some(c) if skips(*c) => {
                    before.linked |= matches!(c, ':' | '=');
                    lines |= *c == '\n';
                    before.at -= 1;
                }
                Some(_) | None => return before,
            }
        }
    }

    /// Whether the clause that ends in a linked number tells of a code: "the code for your login is".
    fn is_told_before(&self, at: usize) -> bool {
        self.marks
            .iter()
            .any(|mark| self.is_said(mark) && self.is_near(mark.end, at) && !self.has_other(mark.end, at))
    }

    /// Whether what follows a number says that it is a code: "is your Acme code", "(the code for your login)".
    fn is_told_after(&self, end: usize) -> bool {
        let mut at = end;
        let mut linked = false;
        loop {
            let starting = self.marks.binary_search_by_key(&at, |mark| mark.start).ok();
            match (starting.and_then(|at| self.marks.get(at)), self.text.get(at)) {
                (Some(mark), _) if matches!(mark.role, Role::Links | Role::Fills) => {
                    linked |= mark.role == Role::Links;
                    at = mark.end;
                }
                (None, Some(c)) if skips(*c) => {
                    linked |= *c == '(';
                    at += 1;
                }
                (_, _) => break,
            }
        }
        linked
            && self.marks.iter().any(|mark| {
                self.is_said(mark) && self.is_near(at, mark.start) && !self.has_other(at, mark.start)
            })
    }

    /// Whether the word after a number says what it counts: "4829 points".
    fn counts_after(&self, end: usize) -> bool {
        self.marks.iter().any(|mark| {
            matches!(mark.role, Role::Counts | Role::Others | Role::Deals)
                && (mark.start == end || mark.start == end + 1 && self.text.get(end) == Some(&' '))
        })
    }

    /// Whether the number's sentence announces a code; or the sentence before or after it, if the number is where that would be
    /// told; or any, if the number stands alone in its line.
    fn is_reached(&self, token: &Token) -> bool {
        let own = self.sentence(token.start);
        let words = |from: usize, to: usize| {
            let range = self.text.get(from..to).unwrap_or_default();
            range.iter().enumerate().any(|(at, c)| is_word(*c) && self.sentence(from + at) == own)
        };
        let (leads, closes) = (!words(0, token.start), !words(token.end, self.text.len()));
        self.marks.iter().any(|mark| {
            let apart = self.sentence(mark.start).abs_diff(own);
            let alone = leads && closes;
            let announced = || apart == 0 || apart == 1 && (leads || closes) || alone;
            mark.role == Role::Announces && announced() || alone && apart <= 1 && self.is_name(mark)
        })
    }

    fn sentence(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).map_or(0, |(sentence, _)| *sentence)
    }

    fn clause(&self, at: usize) -> usize {
        self.places.get(at).or(self.places.last()).map_or(0, |(_, clause)| *clause)
    }

    /// Whether the second place follows the first in the same clause, and not far away.
    fn is_near(&self, from: usize, to: usize) -> bool {
        from <= to && to - from <= FAR && self.clause(from) == self.clause(to)
    }

    fn has_other(&self, from: usize, to: usize) -> bool {
        self.marks.iter().any(|mark| mark.role == Role::Others && from <= mark.start && mark.end <= to)
    }

    /// Whether only spaces and hyphens are between the two places, or nothing.
    fn joins(&self, from: usize, to: usize) -> bool {
        from <= to && self.text.get(from..to).is_some_and(|gap| gap.iter().all(|c| matches!(c, ' ' | '-')))
    }

    /// The same with words such as "of the" between.
    fn leads(&self, from: usize, to: usize) -> bool {
        let mut at = from;
        while at < to {
            let starting = self.marks.binary_search_by_key(&at, |mark| mark.start).ok();
            match starting.and_then(|at| self.marks.get(at)) {
                Some(mark) if matches!(mark.role, Role::Links | Role::Fills | Role::Kinds) => at = mark.end,
                Some(_) => return false,
                None if matches!(self.text.get(at), Some(' ' | '-' | '\'')) => at += 1,
                None => return false,
            }
        }
        at == to
    }
}

fn ends_sentence(text: &[char], at: usize) -> bool {
    match text.get(at) {
        Some('\n' | '。') => true,
        Some('.' | '!' | '?') => text.get(at + 1).is_none_or(|next| matches!(next, ' ' | '\n')),
        Some(_) | None => false,
    }
}

/// Marks that may stand between a number and its name: brackets, quotes, a colon, an arrow, a picture.
fn skips(c: char) -> bool {
    !is_word(c) && !matches!(c, '.' | '!' | '?' | '。' | ',' | ';' | '/' | '@' | '&' | '+' | '%')
}
