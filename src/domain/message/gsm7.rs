//! The GSM 7-bit default alphabet and its extension (3GPP TS 23.038).

/// 1, or 2 for what needs an escape; `None` for what is not in the alphabet.
pub(super) const fn septets(letter: char) -> Option<usize> {
    // Nearly all there is to measure.
    if matches!(letter, ' '..='Z' | 'a'..='z') {
        return Some(1);
    }
    match letter {
        '\n' | '\r' | ' '..='Z' | '_' | 'a'..='z' => Some(1),
        '^' | '{' | '}' | '\\' | '[' | '~' | ']' | '|' | '€' | '\u{c}' => Some(2),
        '¡' | '£' | '¤' | '¥' | '§' | '¿' => Some(1),
        'Ä' | 'Å' | 'Æ' | 'Ç' | 'É' | 'Ñ' | 'Ö' | 'Ø' | 'Ü' | 'ß' => Some(1),
        'à' | 'ä' | 'å' | 'æ' | 'è' | 'é' | 'ì' | 'ñ' | 'ò' | 'ö' | 'ø' | 'ù' | 'ü' => {
            Some(1)
        }
        'Γ' | 'Δ' | 'Θ' | 'Λ' | 'Ξ' | 'Π' | 'Σ' | 'Φ' | 'Ψ' | 'Ω' => Some(1),
        _ => None,
    }
}
