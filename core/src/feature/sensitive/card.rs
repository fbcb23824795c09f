//! Numbers of payment cards, in whatever groups they stand.

use zeroize::Zeroizing;

use super::fold::is_word;

/// No separator between groups is longer: a comma with a space, a hyphen between two.
const WIDEST_GAP: usize = 3;
const SHORTEST: usize = 13;
const LONGEST: usize = 19;

/// Digits in a row, and what parts them from the digits before.
struct Group {
    start: usize,
    length: usize,
    listed: bool,
}

/// Whether the folded text has a card's number.
pub(super) fn holds_a_card(text: &[char]) -> bool {
    // Groups of digits that only separators part; the run ends at anything else.
    let mut run: Vec<Group> = Vec::new();
    let mut gap = usize::MAX;
    let mut listed = false;
    for (start, c) in text.iter().enumerate() {
        if c.is_ascii_digit() {
            match run.last_mut() {
                Some(group) if gap == 0 => group.length += 1,
                _ => run.push(Group { start, length: 1, listed }),
            }
            (gap, listed) = (0, false);
        } else if gap < WIDEST_GAP && separates(*c) {
            gap += 1;
            listed |= !matches!(c, ' ' | '\n' | '-' | '.' | '_');
        } else {
            if run_holds_a_card(text, &run) {
                return true;
            }
            run.clear();
            gap = usize::MAX;
        }
    }
    run_holds_a_card(text, &run)
}

/// What people and programs put between the groups: any mark that is neither a letter nor tells money or a share.
fn separates(c: char) -> bool {
    !is_word(c) && !matches!(c, '$' | '%' | '€' | '£' | '¥' | '。')
}

/// Any groups in a row that together are as long as a card's number: a date or another number may stand before it.
fn run_holds_a_card(text: &[char], run: &[Group]) -> bool {
    (0..run.len()).any(|first| {
        let mut number = Zeroizing::new([0; LONGEST]);
        let mut length = 0;
        let mut listed = false;
        let mut regular = true;
        for (at, group) in run.iter().skip(first).enumerate() {
            // What parts the first group from the text before it is no part of the number.
            listed |= at > 0 && group.listed;
            // Numbers in a list and numbers with a point have groups of any length, cards have four digits and more.
            regular &= if at == 0 { group.length == 4 || group.length >= 8 } else { group.length >= 3 };
            let digits = text.iter().skip(group.start).take(group.length);
            for (place, digit) in number.iter_mut().skip(length).zip(digits) {
                *place = digit.to_digit(10).unwrap_or_default();
            }
            length += group.length;
            if length > LONGEST {
                return false;
            }
            if (regular || !listed) && number.get(..length).is_some_and(is_card) {
                return true;
            }
        }
        false
    })
}

fn is_card(number: &[u32]) -> bool {
    let leading = |digits: usize| number.iter().take(digits).fold(0, |value, digit| value * 10 + digit);
    let issued = match number.len() {
        SHORTEST => leading(1) == 4,
        14 => matches!(leading(2), 36 | 38 | 39) || matches!(leading(3), 300..=305 | 309),
        15 => matches!(leading(2), 34 | 37) || leading(4) == 2131 || leading(4) == 1800,
        // Visa, Mastercard, Discover, JCB, UnionPay, Maestro, RuPay; then by four digits Mir, Mastercard, Napas, Troy,
        // Uzcard, Humo.
        16..=LONGEST => {
            leading(1) == 4
                || matches!(leading(2), 50..=58 | 60..=69 | 81 | 35)
                || matches!(leading(4), 2200..=2204 | 2221..=2720 | 9704 | 9792 | 8600 | 9860)
        }
        _ => false,
    };
    issued && passes_luhn(number) && number.iter().any(|digit| number.first() != Some(digit))
}

pub(super) fn passes_luhn(number: &[u32]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match digit * if at % 2 == 1 { 2 } else { 1 } {
            doubled @ 10.. => doubled - 9,
            single => single,
        })
        .sum();
    sum % 10 == 0
}
