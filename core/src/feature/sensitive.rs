//! Text that looks like a payment card or a one-time code: the agreement (section 6) keeps sensitive data off the
//! platform.

/// Whether the text looks sensitive. It errs on the side of withholding where a form is unmistakable, and lets pass
/// what merely has digits.
pub(crate) fn is_sensitive(text: &str) -> bool {
    holds_a_card(text) || is_a_code(text) || tells_a_code(text)
}

/// The value of a digit; full-width ones are common in Chinese text.
fn digit(c: char) -> Option<u8> {
    let value = match c {
        '0'..='9' => c as u32 - '0' as u32,
        '０'..='９' => c as u32 - '０' as u32,
        _ => return None,
    };
    u8::try_from(value).ok()
}

/// What people and programs put between the groups of a card's number.
fn separates(c: char) -> bool {
    c.is_whitespace()
        || matches!(c, '-' | '.' | '_' | '·' | '\u{2010}'..='\u{2015}' | '\u{200b}'..='\u{200d}' | '\u{2060}' | '\u{feff}')
}

/// No separator between groups is longer: a comma, a double space.
const WIDEST_GAP: usize = 3;
const SHORTEST_CARD: usize = 13;
const LONGEST_CARD: usize = 19;

fn holds_a_card(text: &str) -> bool {
    // Groups of digits that only separators part; the run ends at anything else.
    let mut run: Vec<Vec<u8>> = Vec::new();
    let mut gap = usize::MAX;
    for c in text.chars() {
        match digit(c) {
            Some(value) => {
                match run.last_mut() {
                    Some(group) if gap == 0 => group.push(value),
                    _ => run.push(vec![value]),
                }
                gap = 0;
            }
            None if separates(c) && gap < WIDEST_GAP => gap += 1,
            None => {
                if run_holds_a_card(&run) {
                    return true;
                }
                run.clear();
                gap = usize::MAX;
            }
        }
    }
    run_holds_a_card(&run)
}

/// Any groups in a row that together are as long as a card's number: a date or another number may stand before it.
fn run_holds_a_card(run: &[Vec<u8>]) -> bool {
    (0..run.len()).any(|first| {
        let mut number = Vec::with_capacity(LONGEST_CARD);
        for group in run.iter().skip(first) {
            if number.len() + group.len() > LONGEST_CARD {
                return false;
            }
            number.extend(group);
            if number.len() >= SHORTEST_CARD && is_card(&number) {
                return true;
            }
        }
        false
    })
}

fn is_card(number: &[u8]) -> bool {
    let leading =
        |digits: usize| number.iter().take(digits).fold(0, |value, digit| value * 10 + u32::from(*digit));
    let issued = match number.len() {
        13 => leading(1) == 4,
        14 => matches!(leading(2), 36 | 38 | 39) || matches!(leading(3), 300..=305 | 309),
        15 => matches!(leading(2), 34 | 37) || leading(4) == 2131 || leading(4) == 1800,
        // Visa, Mastercard, Discover, JCB, UnionPay, Maestro, Mir, RuPay.
        16..=19 => {
            leading(1) == 4
                || matches!(leading(2), 50..=58 | 60..=69 | 81 | 35)
                || matches!(leading(4), 2200..=2204 | 2221..=2720)
        }
        _ => false,
    };
    issued && passes_luhn(number) && number.iter().any(|digit| number.first() != Some(digit))
}

fn passes_luhn(number: &[u8]) -> bool {
    let sum: u32 = number
        .iter()
        .rev()
        .enumerate()
        .map(|(at, digit)| match u32::from(*digit) * if at % 2 == 1 { 2 } else { 1 } {
            doubled @ 10.. => doubled - 9,
            single => single,
        })
        .sum();
    sum % 10 == 0
}

/// A text that is nothing but six digits, with a space or a hyphen in the middle at most.
fn is_a_code(text: &str) -> bool {
    let characters: Vec<char> = text.trim().chars().collect();
    let digits = |part: &[char]| part.iter().all(|c| digit(*c).is_some());
    match characters.as_slice() {
        six @ [_, _, _, _, _, _] => digits(six),
        [a, b, c, ' ' | '-', d, e, f] => digits(&[*a, *b, *c, *d, *e, *f]),
        _ => false,
    }
}

/// Messages longer than this are prose that happens to speak of codes.
const LONGEST_MESSAGE: usize = 600;

/// Words that announce a one-time code, in lower case.
const ANNOUNCEMENTS: &[&str] = &[
    "verification code",
    "verify code",
    "security code",
    "confirmation code",
    "authentication code",
    "authorization code",
    "login code",
    "log-in code",
    "sign-in code",
    "signin code",
    "access code",
    "one-time code",
    "one time code",
    "one-time password",
    "one time password",
    "one-time passcode",
    "passcode",
    "2fa code",
    "otp",
    "your code",
    "code is",
    "to sign in",
    "to log in",
    "to verify",
    "验证码",
    "驗證碼",
    "校验码",
    "校驗碼",
    "动态码",
    "動態碼",
    "动态密码",
    "動態密碼",
    "确认码",
    "確認碼",
    "短信密码",
    "安全码",
    "安全碼",
    "授权码",
    "授權碼",
    "登录码",
    "登入碼",
    "一次性密码",
    "一次性密碼",
    "随机码",
];

/// Codes that are no secret: with one of these the message speaks of something else.
const HARMLESS: &[&str] = &[
    "postal code",
    "post code",
    "zip code",
    "area code",
    "country code",
    "promo code",
    "discount code",
    "coupon code",
    "error code",
    "status code",
    "exit code",
    "qr code",
    "bar code",
    "source code",
    "product code",
    "order code",
    "booking code",
    "dress code",
    "tracking code",
];

fn tells_a_code(text: &str) -> bool {
    if text.len() > LONGEST_MESSAGE {
        return false;
    }
    // What the words above are written in has case in ASCII only.
    let lower = text.to_ascii_lowercase();
    let announced = ANNOUNCEMENTS.iter().any(|words| holds_words(&lower, words));
    let harmless = HARMLESS.iter().any(|words| lower.contains(words));
    let prefixed = lower.split_whitespace().any(is_prefixed_code);
    prefixed || announced && !harmless && codes(&lower).any(|code| is_code(&code))
}

/// Whether the words stand in the text as words: `otp` is not in `laptop`. Chinese has no spaces to look for.
fn holds_words(text: &str, words: &str) -> bool {
    let is_letter = |c: char| c.is_ascii_alphanumeric();
    text.match_indices(words).any(|(at, found)| {
        let before = text.get(..at).and_then(|text| text.chars().next_back());
        let after = text.get(at + found.len()..).and_then(|text| text.chars().next());
        !words.is_ascii() || !before.is_some_and(is_letter) && !after.is_some_and(is_letter)
    })
}

/// `G-123456`, as some senders write it.
fn is_prefixed_code(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_alphanumeric());
    word.strip_prefix("g-").is_some_and(|code| code.len() == 6 && code.chars().all(|c| digit(c).is_some()))
}

/// Words of letters, digits and hyphens that could be a code; two groups of three digits are one.
fn codes(text: &str) -> impl Iterator<Item = String> {
    let words: Vec<&str> = text
        .split(|c: char| !(c.is_ascii_alphanumeric() || digit(c).is_some() || "-.:/".contains(c)))
        .map(|word| word.trim_matches(|c| "-.:/".contains(c)))
        .filter(|word| !word.is_empty())
        .collect();
    let three = |word: &str| word.chars().count() == 3 && word.chars().all(|c| digit(c).is_some());
    let pairs: Vec<String> = words
        .windows(2)
        .filter_map(|pair| match pair {
            [first, second] if three(first) && three(second) => Some(format!("{first}{second}")),
            _ => None,
        })
        .collect();
    words.into_iter().map(str::to_owned).chain(pairs).collect::<Vec<_>>().into_iter()
}

/// Four to eight digits, or letters and digits in the form `ab12-cd34`. Dates, times, versions and addresses have other
/// marks between; a year is no code.
fn is_code(word: &str) -> bool {
    let (digits, letters) = word.chars().fold((0, 0), |(digits, letters), c| match digit(c) {
        Some(_) => (digits + 1, letters),
        None => (digits, letters + usize::from(c.is_ascii_alphabetic())),
    });
    let marks = word.chars().count() - digits - letters;
    let hyphens = word.matches('-').count();
    let is_year = digits == 4 && (word.starts_with("19") || word.starts_with("20"));
    match (digits, letters, marks) {
        (4..=8, 0, 0) => !is_year,
        (6 | 8, 0, 1) => hyphens == 1 && word.split('-').all(|half| half.chars().count() * 2 == digits),
        (2.., 2.., 0) => (5..=8).contains(&(digits + letters)),
        (2.., 2.., 1) => hyphens == 1 && digits + letters <= 10,
        _ => false,
    }
}

#[cfg(test)]
mod tests;
