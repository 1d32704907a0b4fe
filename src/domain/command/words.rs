//! Texts as plain lower-case words: what people type differs in case, accents, punctuation and spacing only.

/// Lower case, Latin letters without marks, everything that is neither letter nor digit a space.
pub(crate) fn fold(text: &str) -> String {
    let mut folded = String::with_capacity(text.len());
    let latin = any_ascii::any_ascii(text);
    for word in latin
        .split(|c: char| !c.is_ascii_alphanumeric() && c != '\'')
        .filter(|word| !word.is_empty())
    {
        if !folded.is_empty() {
            folded.push(' ');
        }
        folded.extend(
            word.chars()
                .filter(|c| *c != '\'')
                .map(|c| c.to_ascii_lowercase()),
        );
    }
    folded
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn folds_case_marks_and_punctuation() {
        assert_eq!(fold("  Köln,  NRW! "), "koln nrw");
        assert_eq!(fold("what's up—Zürich?"), "whats up zurich");
        assert_eq!(fold("..."), "");
    }
}
