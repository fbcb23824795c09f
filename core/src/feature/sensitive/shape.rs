//! Where a text has something in the form of a code.

use super::fold::is_word;

/// How much a code's form says.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Shape {
    /// A code whatever stands around it.
    Unmistakable,
    /// A code in a message that announces one.
    Likely,
    /// A code only where the word for it stands right beside: it could be a year, a date, a product's name.
    Possible,
}

/// A candidate in the folded text.
#[derive(Clone, Copy, Debug)]
pub(super) struct Token {
    pub(super) start: usize,
    pub(super) end: usize,
    pub(super) shape: Shape,
}

/// The candidates, in their order.
pub(super) fn tokens(text: &[char]) -> Vec<Token> {
    let mut tokens = Vec::new();
    let mut at = 0;
    let mut address_ends = 0;
    while at < text.len() {
        let end = part_end(text, at);
        if end == at {
            at += 1;
            continue;
        }
        if at >= address_ends && is_address(text, at) {
            address_ends = at + text.iter().skip(at).take_while(|c| !matches!(c, ' ' | '\n')).count();
        }
        let end = if at < address_ends { end } else { judge(text, at, end, &mut tokens) };
        at = end;
    }
    tokens
}

/// Where the letters and digits from here on end, with the marks that keep them together: any between two digits, a hyphen
/// or an underscore between any two.
fn part_end(text: &[char], start: usize) -> usize {
    let mut end = start;
    while let Some(c) = text.get(end) {
        let joins = || {
            let before =
                end.checked_sub(1).filter(|before| *before >= start).and_then(|before| text.get(before));
            let after = text.get(end + 1);
            match (before, after) {
                (Some(before), Some(after)) if matches!(c, '-' | '_') => {
                    is_plain(*before) && is_plain(*after)
                }
                (Some(before), Some(after)) if matches!(c, '.' | ':' | '/') => {
                    before.is_ascii_digit() && after.is_ascii_digit()
                }
                // Thousands; after any other number a comma begins the next part of the sentence.
                (Some(_), Some(_)) if matches!(c, ',' | '\'') => {
                    let before = text.get(..end).unwrap_or_default().iter().rev();
                    let before = before.take_while(|c| c.is_ascii_digit()).count();
                    let after = text.get(end + 1..).unwrap_or_default().iter();
                    (1..=3).contains(&before) && after.take_while(|c| c.is_ascii_digit()).count() == 3
                }
                _ => false,
            }
        };
        if !is_plain(*c) && !joins() {
            break;
        }
        end += 1;
    }
    end
}

/// A letter or a digit that a code could have.
fn is_plain(c: char) -> bool {
    c.is_ascii_lowercase() || c.is_ascii_digit()
}

/// Whether an address begins here: with a scheme, or a domain's name and a path, or a mailbox.
fn is_address(text: &[char], start: usize) -> bool {
    let chunk = text.get(start..).unwrap_or_default();
    let length = chunk
        .iter()
        .take_while(|c| is_plain(**c) || matches!(c, '-' | '.' | ':' | '/' | '@' | '_' | '?'))
        .count();
    let chunk = chunk.get(..length).unwrap_or_default();
    let has = |mark: &[char]| chunk.windows(mark.len()).any(|window| window == mark);
    let domain = chunk.windows(3).any(
        |three| matches!(three, [a, '.', b] if is_plain(*a) && b.is_ascii_lowercase() && !a.is_ascii_digit()),
    );
    has(&[':', '/', '/']) || domain && (has(&['/']) || has(&['?'])) || has(&['@'])
}

/// Adds what the part is, and says where to go on: groups of digits that follow may belong to it.
fn judge(text: &[char], start: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
    let part = text.get(start..end).unwrap_or_default();
    if part.iter().all(char::is_ascii_digit) {
        return judge_run(text, start, end, tokens);
    }
    let mut push = |start, shape| tokens.push(Token { start, end, shape });
    let letters = part.iter().take_while(|c| c.is_ascii_lowercase()).count();
    match part.get(letters..) {
        // `G-123456` as Google writes it; `FB-12345` is another's, or an order, and `OTP-123456` has a word before.
        Some(['-', number @ ..]) if number.iter().all(char::is_ascii_digit) => {
            match (letters, number.len()) {
                (1, 6) if part.starts_with(&['g']) => push(start, Shape::Unmistakable),
                (1..=3, 4..=8) => {
                    push(start, Shape::Possible);
                    push(start + letters + 1, Shape::Possible);
                }
                (_, _) => {
                    if let Some(shape) = digits(number) {
                        push(start + letters + 1, shape);
                    }
                }
            }
        }
        Some(_) | None => {
            if let Some(shape) = grouped(part).or_else(|| mixed(part)) {
                push(start, shape);
            }
        }
    }
    end
}

/// Groups of digits that spaces part are one number, if together they are as long as one.
fn judge_run(text: &[char], start: usize, end: usize, tokens: &mut Vec<Token>) -> usize {
    let mut groups = vec![(start, end)];
    let mut after = end;
    loop {
        let gap = text.iter().skip(after).take_while(|c| **c == ' ').count();
        let next = after + gap;
        let next_end = part_end(text, next);
        let is_group = (1..=2).contains(&gap)
            && next_end > next
            && text.get(next..next_end).unwrap_or_default().iter().all(char::is_ascii_digit);
        if !is_group {
            break;
        }
        groups.push((next, next_end));
        after = next_end;
    }
    let lengths: Vec<usize> = groups.iter().map(|(start, end)| end - start).collect();
    let total: usize = lengths.iter().sum();
    match groups.as_slice() {
        // The last line of a message that a browser fills in: `@example.com #123456`.
        [_] if is_bound(text, start) => tokens.push(Token { start, end, shape: Shape::Unmistakable }),
        [_] => {
            if let Some(shape) = digits(text.get(start..end).unwrap_or_default()) {
                tokens.push(Token { start, end, shape });
            }
        }
        // A telephone's number, a card's: each group is too short to be told alone.
        _ if total > 8 && lengths.iter().all(|length| *length < 6) => {}
        _ => match spread(&lengths) {
            Some(shape) => tokens.push(Token { start, end: after, shape }),
            None => tokens.extend(groups.iter().filter_map(|(start, end)| {
                let shape = digits(text.get(*start..*end).unwrap_or_default())?;
                Some(Token { start: *start, end: *end, shape })
            })),
        },
    }
    after
}

/// Whether a domain after `@`, a space and `#` stand before the number.
fn is_bound(text: &[char], start: usize) -> bool {
    let line = text.get(..start).unwrap_or_default().rsplit(|c| *c == '\n').next();
    match line {
        Some(['@', domain @ .., ' ', '#']) => domain.contains(&'.') && !domain.contains(&' '),
        Some(_) | None => false,
    }
}

/// Digits in a row.
fn digits(number: &[char]) -> Option<Shape> {
    if number.len() > 10 {
        return None;
    }
    let value =
        number.iter().fold(0_u64, |value, c| value * 10 + u64::from(c.to_digit(10).unwrap_or_default()));
    Some(match number.len() {
        4 if (1900..2100).contains(&value) => Shape::Possible,
        8 if is_date(value) => Shape::Possible,
        4..=8 => Shape::Likely,
        9 | 10 => Shape::Possible,
        _ => return None,
    })
}

/// Whether the number is a day, with the year first or last.
fn is_date(value: u64) -> bool {
    let is_day = |year: u64, month: u64, day: u64| {
        (1900..2100).contains(&year) && (1..=12).contains(&month) && (1..=31).contains(&day)
    };
    is_day(value / 10_000, value / 100 % 100, value % 100)
        || is_day(value % 10_000, value / 10_000 % 100, value / 1_000_000)
}

/// Digits in groups: `123 456`, `12 34 56`, `1234 5678`, `1 2 3 4 5 6`; others only beside the word.
fn spread(lengths: &[usize]) -> Option<Shape> {
    let first = lengths.first()?;
    let total: usize = lengths.iter().sum();
    if !(4..=8).contains(&total) {
        return None;
    }
    if lengths.iter().all(|length| length == first) {
        return Some(Shape::Likely);
    }
    lengths.iter().all(|length| (2..=4).contains(length)).then_some(Shape::Possible)
}

/// The same with hyphens or points: `123-456`, `123.456`. Other marks are those of dates, times, prices and addresses.
fn grouped(part: &[char]) -> Option<Shape> {
    let mark = *part.iter().find(|c| !c.is_ascii_digit())?;
    if !matches!(mark, '-' | '.') || !part.iter().all(|c| c.is_ascii_digit() || *c == mark) {
        return None;
    }
    let lengths: Vec<usize> = part.split(|c| *c == mark).map(<[char]>::len).collect();
    let first = *lengths.first()?;
    match (mark, lengths.len()) {
        // What could be a day, a span, or a number with decimals.
        ('-', 2 | 3) if first == 2 => spread(&lengths).map(|_| Shape::Possible),
        ('-', _) => spread(&lengths),
        (_, _) if first == 1 || first == 3 => spread(&lengths).filter(|shape| *shape == Shape::Likely),
        (_, _) => None,
    }
}

/// Letters and digits: `a1b2c3`, `ab12-cd34`. Where the letters come first or last, it is a product's name as well.
fn mixed(part: &[char]) -> Option<Shape> {
    let digits = part.iter().filter(|c| c.is_ascii_digit()).count();
    let letters = part.iter().filter(|c| c.is_ascii_lowercase()).count();
    let hyphens = part.iter().filter(|c| **c == '-').count();
    let length = digits + letters;
    let is_code = digits >= 2
        && letters >= 2
        && match hyphens {
            0 => length == part.len() && (5..=8).contains(&length),
            1 => length + 1 == part.len() && length <= 10,
            _ => false,
        };
    let changes = part
        .windows(2)
        .filter(|two| matches!(two, [a, b] if a.is_ascii_digit() != b.is_ascii_digit()))
        .count();
    is_code.then_some(if changes > 1 { Shape::Likely } else { Shape::Possible })
}

/// Whether a mark beside the number makes it a price, a share, a telephone's number, a part of an address or of something masked.
pub(super) fn is_decorated(text: &[char], token: &Token) -> bool {
    let before = text.get(..token.start).unwrap_or_default();
    let after = text.get(token.end..).unwrap_or_default();
    let last = before.last().copied().unwrap_or(' ');
    let next = after.first().copied().unwrap_or(' ');
    let near_before = before.iter().rev().find(|c| **c != ' ').copied().unwrap_or(' ');
    let near_after = after.iter().find(|c| **c != ' ').copied().unwrap_or(' ');
    let masks = |c: char| matches!(c, '*' | '•' | '●' | '…' | '×');
    is_money(near_before)
        || is_money(near_after)
        || matches!(near_before, '+' | '%')
        || matches!(near_after, '%' | '°' | '‰')
        || matches!(last, '/' | '@' | '&' | '\\')
        || matches!(next, '/' | '@' | '\\')
        || masks(last) && !masks(next)
        || is_word(last) && last.is_ascii()
}

fn is_money(c: char) -> bool {
    matches!(c, '$' | '£' | '¥' | '¢' | '฿' | '\u{20a0}'..='\u{20cf}')
}

#[cfg(test)]
mod tests {
    use super::Shape::{Likely, Possible, Unmistakable};
    use super::*;

    /// The candidates of a text, each as it is written.
    fn found(text: &str) -> Vec<(String, Shape)> {
        let text: Vec<char> = text.chars().collect();
        tokens(&text)
            .iter()
            .map(|token| (text[token.start..token.end].iter().collect(), token.shape))
            .collect()
    }

    fn are_found(texts: &[(&str, &[(&str, Shape)])]) {
        for (text, expected) in texts {
            let expected: Vec<_> =
                expected.iter().map(|(token, shape)| ((*token).to_owned(), *shape)).collect();
            assert_eq!(found(text), expected, "{text}");
        }
    }

    /// The only candidate is the whole text.
    fn is_all(texts: &[(&str, Option<Shape>)]) {
        for (text, shape) in texts {
            assert_eq!(found(text), Vec::from_iter(shape.map(|shape| ((*text).to_owned(), shape))), "{text}");
        }
    }

    #[test]
    fn digits_in_a_row_by_their_length() {
        is_all(&[
            ("482", None),
            ("4829", Some(Likely)),
            ("48291376", Some(Likely)),
            ("482913764", Some(Possible)),
            ("4829137645", Some(Possible)),
            ("48291376450", None),
        ]);
    }

    #[test]
    fn years_and_days_are_possible_only() {
        is_all(&[
            ("1899", Some(Likely)),
            ("1900", Some(Possible)),
            ("2099", Some(Possible)),
            ("2100", Some(Likely)),
            ("20240528", Some(Possible)),
            ("28052024", Some(Possible)),
            // No such month, day or year.
            ("20241328", Some(Likely)),
            ("20240028", Some(Likely)),
            ("20240532", Some(Likely)),
            ("20240500", Some(Likely)),
            ("48291328", Some(Likely)),
            ("21000528", Some(Likely)),
        ]);
    }

    #[test]
    fn groups_that_spaces_part() {
        is_all(&[
            ("482 913", Some(Likely)),
            ("482  913", Some(Likely)),
            ("48 29 13", Some(Likely)),
            ("4829 1376", Some(Likely)),
            ("4 8 2 9 1 3", Some(Likely)),
            ("48 2913", Some(Possible)),
            ("48 291", Some(Possible)),
            // A telephone's number.
            ("482 913 764", None),
        ]);
        are_found(&[
            ("482   9137", &[("9137", Likely)]),
            ("4 82913", &[("82913", Likely)]),
            ("482913 376450", &[("482913", Likely), ("376450", Likely)]),
            ("482 913 -", &[("482 913", Likely)]),
            ("482 913 a", &[("482 913", Likely)]),
        ]);
    }

    #[test]
    fn groups_that_marks_part() {
        is_all(&[
            ("482-913", Some(Likely)),
            ("482.913", Some(Likely)),
            ("4829-1376", Some(Likely)),
            ("48-29-13-76", Some(Likely)),
            ("4.8.2.9", Some(Likely)),
            ("482-91", Some(Possible)),
            // A day or a span.
            ("48-29", Some(Possible)),
            ("48-29-13", Some(Possible)),
            ("48-2913", Some(Possible)),
            // Decimals, a time, marks that do not go together, more digits than a code has.
            ("48.29", None),
            ("482.91", None),
            ("4829.1376", None),
            ("482:913", None),
            ("48/29/13", None),
            ("482-913.764", None),
            ("4-8291", None),
            ("482-913-764", None),
            // Thousands.
            ("48,291", None),
            ("4'829'137", None),
        ]);
        are_found(&[
            ("4,829 137", &[]),
            ("4829,137", &[("4829", Likely)]),
            ("482913- ", &[("482913", Likely)]),
            ("-482913", &[("482913", Likely)]),
            ("482913,", &[("482913", Likely)]),
        ]);
    }

    #[test]
    fn letters_and_digits() {
        is_all(&[
            ("a1b2c3", Some(Likely)),
            ("12ab3", Some(Likely)),
            ("ab12-cd34", Some(Likely)),
            ("abcd1-2345e", Some(Likely)),
            ("ab123", Some(Possible)),
            ("123ab", Some(Possible)),
            ("abcdef12", Some(Possible)),
            ("ab12", None),
            ("abcdef123", None),
            ("a1234", None),
            ("abcd1", None),
            ("ab12_cd", None),
            ("ab1-cd2-ef3", None),
            ("abcde1-2345f", None),
        ]);
    }

    #[test]
    fn a_senders_letters_before_a_number() {
        are_found(&[
            ("g-482913", &[("g-482913", Unmistakable)]),
            ("x-482913", &[("x-482913", Possible), ("482913", Possible)]),
            ("g-48291", &[("g-48291", Possible), ("48291", Possible)]),
            ("abc-4829", &[("abc-4829", Possible), ("4829", Possible)]),
            ("abcd-482913", &[("482913", Likely)]),
            ("abcd-482", &[]),
        ]);
    }

    #[test]
    fn addresses_have_none() {
        are_found(&[
            ("http://482913", &[]),
            ("example.com/482913", &[]),
            ("example.com?482913", &[]),
            ("482913@example", &[]),
            ("https://example.com/p/482913 482914", &[("482914", Likely)]),
            ("see https://example.com/p/482913 482914", &[("482914", Likely)]),
            // A sentence that lacks its spaces.
            ("acme.code:482913", &[("482913", Likely)]),
            ("4.com/482913", &[("482913", Likely)]),
        ]);
    }

    #[test]
    fn a_line_for_the_browser_is_unmistakable() {
        are_found(&[
            ("@example.com #482913", &[("482913", Unmistakable)]),
            ("code\n@example.com #482913", &[("482913", Unmistakable)]),
            ("@example #482913", &[("482913", Likely)]),
            ("@example.com or #482913", &[("482913", Likely)]),
            ("example.com #482913", &[("482913", Likely)]),
        ]);
    }

    #[test]
    fn a_mark_beside_it_says_what_a_number_is() {
        let decorated = |text: &str| {
            let text: Vec<char> = text.chars().collect();
            let start = text.iter().position(char::is_ascii_digit).unwrap();
            is_decorated(&text, &Token { start, end: start + 4, shape: Likely })
        };
        for text in [
            "$4829", "$ 4829", "4829€", "4829 ¥", "฿4829", "£4829", "4829¢", "+4829", "+ 4829", "% 4829",
            "4829%", "4829 %", "4829°", "4829 ‰", "/4829", "@4829", "&4829", "\\4829", "4829/", "4829@",
            "4829\\", "*4829", "•4829", "●4829", "…4829", "×4829", "x4829",
        ] {
            assert!(decorated(text), "{text}");
        }
        for text in
            ["4829", " 4829 ", "/ 4829", "4829 /", "*4829*", "4829*", "验4829", "4829x", "4829+", "(4829)"]
        {
            assert!(!decorated(text), "{text}");
        }
    }
}
