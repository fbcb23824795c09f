//! Lines that break between words.

use unicode_width::UnicodeWidthStr as _;

use crate::output;

/// A sentence in lines as the terminal has room for them.
pub(crate) fn sentence(text: &str) -> String {
    lines(text, output::width().unwrap_or(usize::MAX)).join("\n")
}

/// The text in lines of at most so many columns; a word that is longer has a line of its own, whole.
pub(crate) fn lines(text: &str, room: usize) -> Vec<String> {
    let mut lines = vec![String::new()];
    for (number, word) in text.split(' ').enumerate() {
        match lines.last_mut() {
            Some(line) if number == 0 => line.push_str(word),
            Some(line) if line.width() + 1 + word.width() <= room => {
                line.push(' ');
                line.push_str(word);
            }
            Some(_) | None => lines.push(word.to_owned()),
        }
    }
    lines
}
