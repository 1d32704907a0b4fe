//! Days that are left out, days that come in no week's order, and weather that no longer matters: "all but sunday", "every other
//! day", "rain or shine".

use super::said::weather::condition;
use super::vocabulary::{CHANGE_BESIDE, CHANGE_LEAD, CONDITION_BESIDE, EVERYDAY, WEATHER_WORDS};
use super::when::days_at;
use super::words::{Words, is_one_of};
use super::{Command, Which};
use crate::domain::schedule::Days;

/// How long such a text is at most.
const MAX_WORDS: usize = 12;

/// The word before days that leaves them out, and where it stands: "sauf le mercredi".
pub(super) fn before(words: &Words<'_>, days: usize) -> Option<usize> {
    const WORDS: &str = "except|but|excluding|without|minus|excl|bar|sauf|hors|sans|ausser|ohne|excepto|menos|salvo|sin|tranne|eccetto|senza|\
        exceto|sem";
    const BETWEEN: &str = "on|for|the|at|le|la|les|il|el|los|am|dem|o|os|as|a|aos|i|den|das|in|to|not|nicht|al|del|de";
    (days.saturating_sub(3)..days).rev().find(|at| {
        let between = (at + 1..days).all(|other| is_one_of(words.plain(other), BETWEEN));
        between && is_one_of(words.plain(*at), WORDS)
    })
}

/// "Pas besoin le samedi", "nichts am Sonntag", "no need on saturdays".
fn unneeded(words: &Words<'_>, days: usize) -> Option<usize> {
    const PHRASES: &str = "pas besoin|pas de sms|pas de message|rien|nichts|keine sms|kein sms|nada|niente|no hace falta|non serve|\
        nao precisa|no need|nothing|no texts|no text|no messages";
    const BETWEEN: &str =
        "on|for|the|at|le|la|les|il|el|los|am|os|as|a|aos|in|di|de|of|em|en|it|them|texts|any";
    (days.saturating_sub(6)..days).rev().find_map(|at| {
        PHRASES.split('|').find_map(|phrase| {
            let length = phrase.split(' ').count();
            let said = phrase
                .split(' ')
                .enumerate()
                .all(|(nth, word)| words.plain(at + nth) == word);
            let between = (at + length..days).all(|other| is_one_of(words.plain(other), BETWEEN));
            (said && at + length <= days && between).then_some(at)
        })
    })
}

/// "Just weekdays, not the weekend": a plain `not` behind other days.
fn not_those(words: &Words<'_>, days: usize) -> Option<usize> {
    let lead = (days.saturating_sub(2)..days).rev().find(|at| {
        is_one_of(words.plain(*at), "not|no|pas|nicht|non|nao|kein|keine")
            && (at + 1..days).all(|other| {
                is_one_of(
                    words.plain(other),
                    "on|the|le|la|am|el|los|il|o|os|as|nel|no|na|at",
                )
            })
    })?;
    (0..lead)
        .any(|at| days_at(words, at).is_some())
        .then_some(lead)
}

/// The days of `on` that are not in `off`.
pub(super) fn less(on: Days, off: Days) -> Option<Days> {
    Days::of(on.iter().filter(|day| !off.contains(*day)))
}

/// "Kiel ohne Wochenende", "all but sunday", "mon-fri except wednesday", "rain or shine", "every other day": a change that says
/// nothing else.
pub(super) fn read(words: &Words<'_>) -> Option<Command> {
    // Most texts are one word, and none of these is.
    let is_one = words.len() == 1 && !words.plain(0).contains(' ');
    if is_one || words.len() == 0 || words.len() > MAX_WORDS {
        return None;
    }
    if is_alternate(words) {
        return Some(Command::Days {
            which: Which::Unsaid,
            days: None,
        });
    }
    if is_any_weather(words) {
        return Some(Command::OnlyIf {
            which: Which::Unsaid,
            only_if: None,
        });
    }
    conditioned(words).or_else(|| days_left(words))
}

/// "Only if it's below -5", "nur bei Glätte": every word says so.
fn conditioned(words: &Words<'_>) -> Option<Command> {
    let first = words.plain(0).split(' ').next().unwrap_or("");
    let lead = is_one_of(
        first,
        "only|just|nur|seulement|solo|so|apenas|soltanto|uniquement|solamente",
    );
    let only_if = condition(words).filter(|_| lead && words.len() > 1)?;
    let plain = (0..words.len()).all(|at| {
        let word = words.get(at);
        let typed = words.all.get(at).is_some_and(|word| word.typed.is_some());
        typed
            || word.trim_start_matches(['-', '−']).starts_with(|c: char| c.is_ascii_digit())
            || CONDITION_BESIDE.contains(word)
            || EVERYDAY.contains(word)
            || WEATHER_WORDS.contains(word)
            || is_one_of(word, "only|just|if|when|whenever|below|above|over|under|freezing|zero|unter|uber|geht|grad|steigt|fallt|es|wenn")
    });
    plain.then_some(Command::OnlyIf {
        which: Which::Unsaid,
        only_if,
    })
}

/// "Every second day": no week has an order for it.
fn is_alternate(words: &Words<'_>) -> bool {
    const PHRASES: &str = "every other day|every second day|every 2 days|every two days|every 2nd day|every third day|every 3 days|every three days|\
        on alternate days|alternate days|jeden zweiten tag|alle zwei tage|alle 2 tage|jeden 2 tag|alle drei tage|un jour sur deux|\
        tous les deux jours|tous les 2 jours|un dia si y otro no|un dia si un dia no|cada dos dias|cada 2 dias|dia por medio|dia sim dia nao|\
        a cada dois dias|de dois em dois dias|un giorno si e uno no|un giorno si e un giorno no|ogni due giorni|a giorni alterni";
    let typed: Vec<&str> = (0..words.len())
        .flat_map(|at| words.plain(at).split(' '))
        .filter(|word| !word.is_empty())
        .collect();
    let typed = format!(" {} ", typed.join(" "));
    PHRASES
        .split('|')
        .any(|phrase| typed.contains(&format!(" {phrase} ")))
}

/// "Whatever the weather, send it".
fn is_any_weather(words: &Words<'_>) -> bool {
    const PHRASES: &str = "whatever the weather|rain or shine|rain or not|in any weather|in all weathers|regardless of the weather|\
        no matter the weather|no matter what the weather|any weather|bei jedem wetter|egal bei welchem wetter|egal welches wetter|\
        bei wind und wetter|par tous les temps|quel que soit le temps|peu importe le temps|haga el tiempo que haga|llueva o no|\
        con cualquier tiempo|con qualsiasi tempo|qualunque sia il tempo|com qualquer tempo|faca chuva ou faca sol|chova ou faca sol";
    const BESIDE: &str = "send|it|them|text|me|please|pls|just|ok|then|every|day|daily|bitte|schick|svp|envoie|por|favor|manda|per|favore|actually|always|\
        go|back|to|no|make|that|do";
    let typed: Vec<&str> = (0..words.len())
        .flat_map(|at| words.plain(at).split(' '))
        .filter(|word| !word.is_empty())
        .collect();
    let all = format!(" {} ", typed.join(" "));
    PHRASES.split('|').any(|phrase| {
        all.find(&format!(" {phrase} ")).is_some_and(|at| {
            let rest = format!("{} {}", &all[..at], &all[at + phrase.len() + 1..]);
            rest.split_whitespace().all(|word| is_one_of(word, BESIDE))
        })
    })
}

/// Days and those left out, with at most a name of mine before them.
fn days_left(words: &Words<'_>) -> Option<Command> {
    let (at, off, taken, lead) = (1..words.len()).find_map(|at| {
        let (off, taken) = days_at(words, at)?;
        let lead = before(words, at)
            .or_else(|| unneeded(words, at))
            .or_else(|| not_those(words, at))?;
        Some((at, off, taken, lead))
    })?;
    let ends = (at + taken..words.len()).all(|other| is_polite(words, other));
    if !ends {
        return None;
    }
    let on = (0..lead).find_map(|from| days_at(words, from).map(|(on, taken)| (from, on, taken)));
    let all = (0..lead).find(|at| {
        is_one_of(
            words.plain(*at),
            "all|alles|tout|todos|todo|tutti|tudo|always",
        )
    });
    let free: Vec<bool> = (0..words.len())
        .map(|other| {
            let days = on.is_some_and(|(from, _, taken)| (from..from + taken).contains(&other));
            other < lead
                && !days
                && all != Some(other)
                && !is_polite(words, other)
                && !is_one_of(
                    words.plain(other),
                    "just|juste|nur|solo|seulement|so|apenas",
                )
        })
        .collect();
    let named = words.typed(&free);
    if named.split_whitespace().count() > 3 || named.contains(|c: char| c.is_ascii_digit()) {
        return None;
    }
    let which = if named.is_empty() {
        Which::Unsaid
    } else {
        Which::Named(named.chars().take(80).collect())
    };
    Some(match (on, all) {
        (Some((_, on, _)), _) => Command::Days {
            which,
            days: less(on, off),
        },
        (None, Some(_)) => Command::Days {
            which,
            days: less(Days::DAILY, off),
        },
        (None, None) => Command::DaysOff { which, days: off },
    })
}

fn is_polite(words: &Words<'_>, at: usize) -> bool {
    CHANGE_BESIDE.contains(words.get(at))
        || CHANGE_LEAD.contains(words.get(at))
        || words.get(at) == "only"
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(text: &str) -> String {
        match super::super::Command::parse(text) {
            Command::Days {
                which,
                days: Some(days),
            } => format!("{which:?} {days:?}"),
            Command::Days { days: None, .. } => "which".to_owned(),
            Command::DaysOff { which, days } => format!("{which:?} without {days:?}"),
            Command::OnlyIf { only_if, .. } => format!("{only_if:?}"),
            other => format!("{other:?}"),
        }
    }

    #[test]
    fn days_left_out_are_left_out() {
        let without = |days: Days, which: &str| format!("{which} without {days:?}");
        let sunday = Days::of([jiff::civil::Weekday::Sunday]).unwrap();
        for text in [
            "sauf le dimanche",
            "außer sonntag",
            "tranne domenica",
            "sin domingos",
            "menos domingo",
            "except sundays",
        ] {
            assert_eq!(read(text), without(sunday, "Unsaid"), "{text}");
        }
        assert_eq!(
            read("kiel ohne wochenende"),
            without(Days::WEEKENDS, "Named(\"kiel\")")
        );
        for text in [
            "all but the weekend",
            "every day except weekends",
            "jeden tag außer am wochenende",
        ] {
            assert_eq!(read(text), format!("Unsaid {:?}", Days::WEEKDAYS), "{text}");
        }
    }

    #[test]
    fn what_has_no_days_of_the_week_is_asked_for() {
        for text in [
            "every other day please",
            "jeden zweiten Tag",
            "un jour sur deux",
            "daily boise every second day",
            "cada dos días",
        ] {
            assert_eq!(read(text), "which", "{text}");
        }
        for text in [
            "rain or shine",
            "send it whatever the weather",
            "bei jedem Wetter",
            "par tous les temps",
        ] {
            assert_eq!(read(text), "None", "{text}");
        }
    }
}
