//! Texts that go on where the last one ended: "and sunday?", "und in Kiel?", "will it rain there?", "the second one for the weekend".

use super::words::{Words, is_one_of};

/// How long such a text is at most.
const MAX_WORDS: usize = 12;

/// Whether a text goes on where the last one ended, so that it is about the place asked for last.
pub(crate) fn goes_on(text: &str) -> bool {
    const FIRST: &str =
        "and|und|et|y|e|ed|then|also|again|same|dann|auch|puis|luego|poi|depois|nochmal|ditto";
    const FIRST_TWO: &str = "what about|whats about|how about|how bout|what bout|what of|hows about|wie siehts|wie stehts|was ist|que tal|\
        qu en|quid de|che ne|lo mismo|la meme|meme chose|das gleiche|lo stesso|la stessa|o mesmo|a mesma|mesma coisa";
    const THERE: &str = "there|dort|la bas|labas|alli|alla|ahi|laggiu|as well|too|auch|aussi|tambien|anche|tambem|lá|again|otra vez|ancora|\
        de novo|nochmal";
    const HOME: &str =
        "home|mine|zuhause|daheim|casa|my place|chez moi|bei mir|bei uns|here|hier|ici|aqui|qui";
    let words = Words::of(text);
    if words.len() == 0 || words.len() > MAX_WORDS {
        return false;
    }
    let lead = (0..words.len())
        .find(|at| {
            !is_one_of(
                words.get(*at),
                "ok|okay|hm|hmm|cool|great|thanks|thx|ta|cheers|merci|danke|gracias|grazie|so|well|oh|ah|right|alright",
            )
        })
        .unwrap_or(0);
    let has = |list: &str| list.split('|').any(|phrase| words.has(phrase));
    let first = is_one_of(words.get(lead), FIRST)
        || FIRST_TWO
            .split('|')
            .any(|phrase| words.phrase(lead, phrase).is_some());
    // "dort" in one word, "da" and "là" only beside others.
    let there =
        words.len() > 1 && (has(THERE) || (has("da") && text.contains('?')) || has_marked(text));
    (first || there) && !has(HOME)
}

/// `là`, `lá`, `lì`, `ahí`: their accents tell them from articles.
fn has_marked(text: &str) -> bool {
    text.to_lowercase()
        .split(|c: char| !c.is_alphabetic())
        .any(|word| matches!(word, "là" | "lá" | "lì" | "allá" | "allí" | "ahí"))
}

/// One of several that were offered, and what the text says besides.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Picked {
    /// From 1; [`super::LAST`] for the last.
    pub(crate) number: u32,
    /// `for the weekend` of "the second one for the weekend".
    pub(crate) rest: String,
}

/// Reads "2 tomorrow", "the second one, please", "la première", "5 day for the second one", "number 2 daily 7am".
pub(crate) fn picked(text: &str) -> Option<Picked> {
    const ORDINALS: [&str; 6] = [
        "first|1st|premier|premiere|erste|ersten|erster|erstes|primero|primera|primer|primo|prima|primeiro|primeira",
        "second|2nd|deuxieme|seconde|zweite|zweiten|zweiter|zweites|segundo|segunda|secondo|seconda",
        "third|3rd|troisieme|dritte|dritten|dritter|drittes|tercero|tercera|tercer|terzo|terza|terceiro|terceira",
        "fourth|4th|quatrieme|vierte|vierten|vierter|viertes|cuarto|cuarta|quarto|quarta",
        "fifth|5th|cinquieme|funfte|funften|quinto|quinta",
        "sixth|6th|sixieme|sechste|sechsten|sexto|sexta|sesto|sesta",
    ];
    const LASTS: &str = "last|ultimo|ultima|dernier|derniere|letzte|letzten|letzter|letztes";
    const LABELS: &str = "number|option|nr|no|num|numero|nummer|opcion|opcao|opzione|choix|choice|the|la|el|le|il|die|das|den|der|a|o|yes|ok|take|ja|si|oui|sim|n";
    const BESIDE: &str = "one|ones|please|pls|plz|bitte|svp|por|favor|per|favore|thanks|one,|for|fur|pour|para|the|la|el|le|il|die|das|den|der|a|o|i|want|\
        id|like|yes|ok|okay|option|number|nr|no|nah|nein|non|nao|sorry|meant|mean|take|ja|si|oui|sim|and|und|et|y|e|with|mit|n|not|va|then|do|make|it|of|them";
    let words = Words::of(text);
    if words.len() == 0 || words.len() > MAX_WORDS {
        return None;
    }
    let ordinal = (0..words.len()).find_map(|at| {
        let word = words.get(at);
        let nth = ORDINALS.iter().position(|list| is_one_of(word, list));
        let number = match nth {
            Some(nth) => u32::try_from(nth + 1).ok()?,
            None if is_one_of(word, LASTS) => super::LAST,
            None => return None,
        };
        // "first thing tomorrow", "second street", "last night".
        let after = words.get(at + 1);
        let said = after.is_empty() || is_one_of(after, BESIDE) || is_when(&words, at + 1);
        let alone =
            at == 0 || is_one_of(words.get(at - 1), LABELS) || is_one_of(words.get(at - 1), BESIDE);
        (said && alone && !is_one_of(after, "of")).then_some((at, number))
    });
    let cardinal = || {
        let at = (0..words.len()).find(|at| !is_one_of(words.get(*at), LABELS))?;
        let number: u32 = words
            .get(at)
            .parse()
            .ok()
            .filter(|number| (1..=9).contains(number))?;
        let next = words.get(at + 1);
        let counts = is_one_of(
            next,
            "day|days|am|pm|uhr|h|hours|hour|week|weeks|oclock|tage|jours|dias|giorni|heures|horas|ore|min|miles|km|st|nd",
        );
        (!counts && !next.is_empty()).then_some((at, number))
    };
    let (at, number) = ordinal.or_else(cardinal)?;
    let kept: Vec<bool> = (0..words.len())
        .map(|other| other != at && !is_one_of(words.get(other), BESIDE))
        .collect();
    let rest = words.typed(&kept);
    Some(Picked { number, rest })
}

fn is_when(words: &Words<'_>, at: usize) -> bool {
    super::when::when_at(words, at).is_some() || super::clock::time_at(words, at, false).is_some()
}

/// "the other one", "und der andere?".
pub(crate) fn is_the_other(text: &str) -> bool {
    let words = Words::of(text);
    words.len() <= 6
        && [
            "other", "andere", "anderen", "autre", "otro", "otra", "altro", "altra", "outro",
            "outra",
        ]
        .iter()
        .any(|other| words.has(other))
        && !["day", "week", "tag", "jour", "dia", "giorno", "way", "hand"]
            .iter()
            .any(|word| words.has(word))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_goes_on_where_the_last_one_ended() {
        for text in [
            "and sunday?",
            "what about the wind",
            "und am Samstag?",
            "et demain ?",
            "¿y mañana?",
            "e domani?",
            "e amanhã?",
            "will it rain there tomorrow",
            "ok and the day after",
            "tomorrow as well?",
            "vai chover lá?",
            "brauch ich da nen Schirm?",
            "il va pleuvoir là-bas demain ?",
            "morgen auch?",
        ] {
            assert!(goes_on(text), "{text}");
        }
        for text in [
            "tomorrow",
            "sunday",
            "and home?",
            "weather",
            "is there snow at home",
            "and at my place",
            "lyon",
            "there",
            "heute abend",
            "la rochelle demain",
        ] {
            assert!(!goes_on(text), "{text}");
        }
    }

    #[test]
    fn one_of_those_offered_and_what_else_is_said() {
        for (text, number, rest) in [
            ("2 tomorrow", 2, "tomorrow"),
            ("the second one, please", 2, ""),
            ("second one please, tomorrow", 2, "tomorrow"),
            ("number 2 this weekend", 2, "this weekend"),
            ("2 daily 7am", 2, "daily 7am"),
            ("5 day for the second one", 2, "5 day"),
            ("la première", 1, ""),
            ("den zweiten bitte", 2, ""),
            ("el segundo para mañana", 2, "mañana"),
            ("la seconda", 2, ""),
            (
                "the last one for sunday",
                crate::domain::command::LAST,
                "sunday",
            ),
        ] {
            let read = picked(text);
            assert_eq!(
                read,
                Some(Picked {
                    number,
                    rest: rest.to_owned()
                }),
                "{text}"
            );
        }
        for text in [
            "5 day",
            "7 am",
            "first thing tomorrow",
            "second street",
            "springfield",
            "10 days",
            "3",
            "",
        ] {
            assert_eq!(picked(text), None, "{text}");
        }
    }
}
