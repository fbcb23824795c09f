//! What an error about a text may say.

use scruple::Error;

/// No error names anything of the text: it has a place in the text, a path and a hint, which are the product's own words.
pub fn check(error: &Error, text: &str) {
    let Error::Input { field, hint, position, .. } = error else {
        panic!("{error:?} is no error about a text")
    };
    let own = |words: &str| words.bytes().all(|byte| byte == b' ' || byte.is_ascii_graphic());
    assert!(own(field) && field.len() < 256, "{field:?}");
    assert!(own(hint) && !hint.is_empty() && hint.len() < 4096, "{hint:?}");
    let position = position.expect("a text has places");
    let text = text.strip_prefix('\u{feff}').unwrap_or(text);
    let line = text.split('\n').nth(position.line as usize - 1).expect("the line is one of the text's");
    assert!((1..=line.chars().count() + 1).contains(&(position.column as usize)), "{position}");
    let printed = error.to_string();
    assert!(own(&printed), "{printed:?}");
}
