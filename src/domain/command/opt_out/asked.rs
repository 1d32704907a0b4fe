//! Stop words in questions, in breaks, and of the rain.

use super::super::words::Words;
use super::is_stop_word;

/// "Why did it stop?", "did you stop": they miss their texts.
pub(super) fn is_question_about_stopping(words: &Words<'_>) -> bool {
    let asks = [
        "why did", "why have", "why has", "did you", "did it", "did my", "have you", "has it",
        "have my", "why no",
    ];
    // "Warum kommt nichts mehr": in the words of the other languages.
    const MISSED: [&str; 32] = [
        "non ricevo piu",
        "nao recebo mais",
        "ja nao recebo",
        "ya no recibo",
        "no recibo",
        "je ne recois plus",
        "ich bekomme keine",
        "ich krieg keine",
        "bekomme keine",
        "i dont get my",
        "im not getting my",
        "i am not getting my",
        "warum kommt",
        "wieso kommt",
        "warum bekomme ich n",
        "wieso bekomme ich n",
        "warum krieg",
        "wieso krieg",
        "pourquoi je ne re",
        "pourquoi je re",
        "pourquoi on ne re",
        "por que ya no me lleg",
        "por que no me lleg",
        "por que ya no reci",
        "por que no reci",
        "perche non arriva",
        "perche non ricevo",
        "perche non mi arriva",
        "por que nao cheg",
        "por que nao receb",
        "por que parou",
        "porque nao cheg",
    ];
    let text: Vec<&str> = (0..words.len().min(8)).map(|at| words.get(at)).collect();
    let text = text.join(" ");
    let never = [
        "never", "no way", "nah", "nope", "nein", "jamais", "nunca", "mai",
    ];
    let rejected = is_stop_word(words.get(0))
        && words.source.contains('?')
        && never.iter().any(|no| words.phrase(1, no).is_some());
    // "Bekomme keine Nachrichten mehr, was ist los?"
    let wonders = words.source.contains('?') && WONDERS.iter().any(|phrase| words.has(phrase));
    rejected
        || wonders
        || MISSED.iter().any(|missed| text.starts_with(missed))
        || asks.iter().any(|ask| words.phrase(0, ask).is_some())
}

/// They miss their texts, and ask why.
const WONDERS: [&str; 15] = [
    "was ist los",
    "was los",
    "was ist passiert",
    "whats up",
    "what happened",
    "whats wrong",
    "que pasa",
    "que ha pasado",
    "que paso",
    "que se passe t il",
    "cosa succede",
    "cosa e successo",
    "o que houve",
    "o que aconteceu",
    "que aconteceu",
];

/// "When will the rain stop?"
pub(super) fn is_about_weather(words: &Words<'_>) -> bool {
    const FALLING: &str = "rain raining rains rainy snow snowing snows storm storms storming wind winds hail hailing fog sleet \
        thunder thunderstorm drizzle drizzling pouring heatwave sun shower showers blowing freezing";
    words
        .all
        .iter()
        .any(|word| FALLING.split(' ').any(|falling| falling == word.fold))
        || words.has("when will it")
        || words.has("will it stop")
        || words.has("will this stop")
}

/// "Stop until Friday" is a break, not an end.
pub(super) fn is_break(words: &Words<'_>) -> bool {
    let first = words.get(0);
    let lead = usize::from(matches!(first, "please" | "pls" | "can"));
    matches!(words.get(lead), "stop" | "cancel" | "hold" | "quit")
        && (lead + 1..words.len()).any(|at| {
            super::super::when::span_at(words, at).is_some_and(|(_, taken)| {
                at + taken == words.len()
                    && matches!(words.get(at), "until" | "till" | "til" | "for")
            })
        })
        || (first == "cancel"
            && matches!(words.get(1), "tomorrow" | "tomorrows" | "today" | "todays"))
}
