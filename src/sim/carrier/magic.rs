//! The carrier's magic numbers: each always ends the same way, so that errors can be tried out.

/// The sender that always works, beside the account's own.
pub(crate) const GOOD_SENDER: &str = "+15005550006";

/// The code with which a sender is refused, unless it is the account's own number.
pub(crate) fn sender(from: &str, own: &str) -> Option<u32> {
    match from {
        _ if from == own || from == GOOD_SENDER => None,
        "+15005550001" => Some(21212),
        "+15005550008" => Some(21611),
        _ => Some(21606),
    }
}

/// The code with which a recipient is refused.
pub(crate) fn recipient(to: &str) -> Option<u32> {
    match to {
        "+15005550001" => Some(21211),
        "+15005550002" => Some(21612),
        "+15005550003" => Some(21408),
        "+15005550004" => Some(21610),
        "+15005550009" => Some(21614),
        _ if !is_e164(to) => Some(21211),
        _ => None,
    }
}

/// A plus sign and seven to fifteen digits, the first of them not zero.
pub(crate) fn is_e164(text: &str) -> bool {
    text.strip_prefix('+').is_some_and(|digits| {
        (7..=15).contains(&digits.len())
            && digits.bytes().all(|byte| byte.is_ascii_digit())
            && !digits.starts_with('0')
    })
}
