//! Speech as a recognizer writes it down, made into what somebody would have typed: fillers, digits, "Lyon in France".

/// Without the sounds that people make before they speak, and without the full stop.
pub(super) fn typed(words: &str) -> &str {
    let mut rest = words.trim().trim_end_matches(['.', '!', '?', ',']);
    while let Some((first, after)) = rest.split_once(' ') {
        let sound = first.trim_end_matches([',', '.']).to_ascii_lowercase();
        if !FILLERS.contains(&sound.as_str()) {
            break;
        }
        rest = after.trim_start();
    }
    rest
}

/// The digits of a postcode that was said one by one: `9 4 1 1 0`, `nine four one one oh`. `None` for anything else.
pub(super) fn digits(words: &str) -> Option<String> {
    let mut all = String::new();
    for word in words.split([' ', '-', ',']).filter(|word| !word.is_empty()) {
        let word = word.to_ascii_lowercase();
        if word.bytes().all(|b| b.is_ascii_digit()) {
            all.push_str(&word);
        } else {
            all.push(DIGITS.iter().find(|(name, _)| *name == word)?.1);
        }
    }
    (!all.is_empty()).then_some(all)
}

/// `Lyon in France` as it is typed: `Lyon, France`.
pub(super) fn without_in(place: &str) -> Option<String> {
    let lower = place.to_ascii_lowercase();
    let at = lower.rfind(" in ")?;
    let (name, region) = (place.get(..at)?.trim(), place.get(at + 4..)?.trim());
    let name = name.trim_end_matches(',');
    (!name.is_empty() && !region.is_empty()).then(|| format!("{name}, {region}"))
}

const FILLERS: &[&str] = &[
    "um", "uh", "er", "erm", "hm", "hmm", "ah", "oh", "well", "okay", "ok", "so", "yeah", "hi",
    "hello",
];

const DIGITS: &[(&str, char)] = &[
    ("zero", '0'),
    ("oh", '0'),
    ("o", '0'),
    ("one", '1'),
    ("two", '2'),
    ("three", '3'),
    ("four", '4'),
    ("five", '5'),
    ("six", '6'),
    ("seven", '7'),
    ("eight", '8'),
    ("nine", '9'),
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn speech_becomes_what_is_typed() {
        assert_eq!(typed("Um, uh, Lyon."), "Lyon");
        assert_eq!(typed("Hello"), "Hello");
        assert_eq!(typed(" ok. "), "ok");
        assert_eq!(digits("9 4 1 1 0").as_deref(), Some("94110"));
        assert_eq!(digits("nine four one one oh").as_deref(), Some("94110"));
        assert_eq!(digits("941-10").as_deref(), Some("94110"));
        assert_eq!(digits("Lyon two"), None);
        assert_eq!(digits(" "), None);
        assert_eq!(
            without_in("Lyon in France").as_deref(),
            Some("Lyon, France")
        );
        assert_eq!(
            without_in("Portland, In Maine").as_deref(),
            Some("Portland, Maine")
        );
        assert_eq!(without_in("in France"), None);
        assert_eq!(without_in("İ in Köln").as_deref(), Some("İ, Köln"));
    }
}
