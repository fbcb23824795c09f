//! Text that looks like a payment card or a one-time code: the agreement (section 6) keeps sensitive data off the
//! platform.

mod card;
mod code;
mod fold;
mod shape;
mod words;

/// Whether the text looks sensitive. It errs on the side of withholding where a form is unmistakable, and lets pass
/// what merely has digits.
pub(crate) fn is_sensitive(text: &str) -> bool {
    let text = fold::folded(text);
    card::holds_a_card(&text) || code::is_a_code(&text) || code::tells_a_code(&text)
}

#[cfg(test)]
mod corpus;
#[cfg(test)]
mod tests;
