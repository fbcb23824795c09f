//! Pieces of declarations, in Rust and in Swift.

/// What stands between two texts, the first of each.
pub(super) fn inside<'a>(text: &'a str, before: &str, after: &str) -> Option<&'a str> {
    let (_, rest) = text.split_once(before)?;
    rest.split_once(after).map(|(inside, _)| inside)
}

/// How deep each character lies in brackets; texts in quotes have none, and an arrow is none.
fn depths(text: &str) -> impl Iterator<Item = (usize, char, i32)> {
    let (mut depth, mut before, mut is_quoted) = (0, ' ', false);
    text.char_indices().map(move |(at, character)| {
        match character {
            '"' => is_quoted = !is_quoted,
            _ if is_quoted => {}
            '(' | '[' | '<' => depth += 1,
            '>' if before == '-' => {}
            ')' | ']' | '>' => depth -= 1,
            _ => {}
        }
        before = character;
        (at, character, depth)
    })
}

/// Whether every bracket is closed.
pub(super) fn balanced(text: &str) -> bool {
    depths(text).last().is_none_or(|(_, _, depth)| depth <= 0)
}

/// Where the bracket is closed that was open before the text.
pub(super) fn closing(text: &str) -> Option<usize> {
    depths(text).find(|(_, _, depth)| *depth < 0).map(|(at, _, _)| at)
}

/// What commas separate, not those in brackets.
pub(super) fn arguments(text: &str) -> Vec<String> {
    let mut arguments = vec![String::new()];
    for (_, character, depth) in depths(text) {
        match (character, depth) {
            (',', 0) => arguments.push(String::new()),
            _ => arguments.last_mut().expect("there is one always").push(character),
        }
    }
    arguments
        .iter()
        .map(|argument| argument.trim().to_owned())
        .filter(|argument| !argument.is_empty())
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commas_in_brackets_separate_nothing() {
        assert_eq!(arguments("a: [B: C], d: (E, F) -> G,"), ["a: [B: C]", "d: (E, F) -> G"]);
        assert_eq!(arguments(" "), [""; 0]);
    }

    #[test]
    fn brackets_are_followed() {
        assert!(balanced("#[deprecated = \"(\"]") && !balanced("extern_class!("));
        assert_eq!(closing("a: (B), c) -> d"), Some(9));
        assert_eq!(inside("super(A)", "super(", ")"), Some("A"));
    }
}
