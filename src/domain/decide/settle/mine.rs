//! Which of my daily texts a sentence names.

use super::super::super::command::Which;
use super::super::super::command::said::Said;
use super::super::super::command::words::{fold, is_one_of};
use super::super::super::compose::place_label_in;
use super::super::super::schedule::{Days, SendTime};
use super::super::super::subscriber::{Subscriber, Subscription};
use super::super::daily::in_full;

/// Those whose place stands in the words, and at which word.
pub(super) fn named(me: &Subscriber, words: &[&str]) -> Vec<(usize, usize)> {
    let mut all = Vec::new();
    for (nth, mine) in me.subscriptions.iter().enumerate() {
        if let Some(at) = names_of(me, mine)
            .iter()
            .find_map(|name| stands_at(words, name))
        {
            all.push((nth, at));
        }
    }
    all
}

fn names_of(me: &Subscriber, mine: &Subscription) -> Vec<String> {
    let label = place_label_in(&mine.place, me.country, me.language());
    let mut names = vec![fold(&mine.place.name), fold(&label)];
    let first = names[0].split(' ').next().unwrap_or("").to_owned();
    if first.len() > 3 && first.len() < names[0].len() {
        names.push(first);
    }
    if let Some(trip) = &mine.trip {
        names.push(fold(&trip.place.name));
    }
    names
}

fn stands_at(words: &[&str], name: &str) -> Option<usize> {
    let wanted: Vec<&str> = name.split(' ').filter(|word| !word.is_empty()).collect();
    let like = |typed: &str, wanted: &str| {
        let owned = typed.strip_suffix('s').unwrap_or(typed);
        typed == wanted
            || owned == wanted
            // "Die Hamburger SMS".
            || (wanted.len() > 3 && typed.strip_suffix("er") == Some(wanted))
            || (wanted.len() > 5 && strsim::osa_distance(typed, wanted) <= 1)
    };
    if wanted.is_empty() {
        return None;
    }
    words.windows(wanted.len()).position(|window| {
        window
            .iter()
            .zip(&wanted)
            .all(|(typed, wanted)| like(typed, wanted))
    })
}

/// As a command names it.
pub(super) fn which(me: &Subscriber, at: usize) -> Which {
    me.subscriptions
        .get(at)
        .map_or(Which::Unsaid, |mine| Which::Named(in_full(&mine.place)))
}

/// "Leave miami alone", "miami stays": named only to say that nothing is meant for it.
pub(super) fn is_left_alone(words: &[&str], at: usize) -> bool {
    const BEFORE: &str = "leave|keep|lass|behalte|garde|laisse|deja|lascia|deixa|not";
    const BEHIND: &str = "alone|stays|remains|bleibt|reste|queda|resta|fica|unchanged";
    let before = at.checked_sub(1).and_then(|before| words.get(before));
    let behind = words.get(at + 1);
    before.is_some_and(|word| is_one_of(word, BEFORE))
        || behind.is_some_and(|word| is_one_of(word, BEHIND))
}

/// Which are to end: those that are named, but for those to be kept ("stop leeds keep whitby", "only need leeds now", "leeds off,
/// whitby on"); without a name the one that comes at the time that is said ("the 7am one").
pub(super) fn to_end(me: &Subscriber, words: &[&str]) -> Vec<usize> {
    let named = named(me, words);
    if named.is_empty() {
        return described(me, words).into_iter().collect();
    }
    let kept = |at: usize| is_kept(&named, words, at);
    let (keep, end): (Vec<_>, Vec<_>) = named.iter().copied().partition(|(_, at)| kept(*at));
    if end.is_empty() && !keep.is_empty() {
        let others =
            (0..me.subscriptions.len()).filter(|at| !keep.iter().any(|(kept, _)| kept == at));
        return others.collect();
    }
    end.into_iter().map(|(nth, _)| nth).collect()
}

/// Whether the one that is named at a word is to be kept: by the words before it or behind it, as far as the next name.
fn is_kept(named: &[(usize, usize)], words: &[&str], at: usize) -> bool {
    const KEEPS: &str = "lasciami|lasciatemi|dejame|laissez|keep|leave|only|just|still|behalte|behalten|nur|lass|garde|gardez|garder|seulement|que|solo|deja|dejame|\
        tieni|mantieni|tenere|mantenha|apenas|so|not|care|want|need";
    const STAYS: &str = "only|stays|on|ok|fine|keep|yes|still|bleibt|bleiben|behalten|schon|weiter|ja|reste|garde|oui|continue|queda|\
        sigue|si|resta|rimane|continua|fica|segue|sim|lasciala|lascialo|tienila|tienilo|tengo|dejala|dejalo|deixa|gardez|laissez|quedo";
    const STAYS_AT_ONCE: &str =
        "stays|bleibt|reste|queda|resta|fica|on|behalten|lasciala|lascialo|dejala|dejalo";
    const ENDS: &str = "off|out|gone|weg|raus|ab|nicht|plus|no|not|non|nao|anymore|fini|stop|end";
    let from = named
        .iter()
        .map(|(_, other)| other + 1)
        .filter(|other| *other <= at)
        .max();
    let to = named
        .iter()
        .map(|(_, other)| *other)
        .filter(|other| *other > at)
        .min();
    let before = &words[from.unwrap_or(0).max(at.saturating_sub(4))..at];
    let behind = &words[at + 1..to.unwrap_or(words.len()).min(at + 4)];
    if behind.iter().any(|word| is_one_of(word, ENDS)) {
        return false;
    }
    let keeps = before
        .iter()
        .rev()
        .take(4)
        .any(|word| is_one_of(word, KEEPS));
    let denied = before.iter().any(|word| {
        matches!(
            *word,
            "dont" | "no" | "nicht" | "kein" | "stop" | "quit" | "cancel" | "end"
        )
    });
    let stays = match to {
        None => behind.iter().any(|word| is_one_of(word, STAYS)),
        Some(_) => behind
            .first()
            .is_some_and(|word| is_one_of(word, STAYS_AT_ONCE)),
    };
    (keeps && !denied) || stays
}

/// "The 7am one", "the earlier one", "the weekend one": one of several without its name.
fn described(me: &Subscriber, words: &[&str]) -> Option<usize> {
    const FIRST: &str = "earlier|early|morning|fruhe|fruhere|morgens|matin|manana|mattina|manha";
    const LAST: &str = "later|late|evening|spatere|abends|soir|tarde|sera|noite|noche";
    let mine = &me.subscriptions;
    let text = words.join(" ");
    let timed: Vec<usize> = (0..mine.len())
        .filter(|at| says_time(&text, mine[*at].time))
        .collect();
    if let [one] = timed.as_slice() {
        return Some(*one);
    }
    if !timed.is_empty() || mine.len() < 2 {
        return None;
    }
    let said = |list: &str| words.iter().any(|word| is_one_of(word, list));
    if said("weekend|weekends|wochenende|wochenend|finde|fds") {
        let of: Vec<usize> = (0..mine.len())
            .filter(|at| mine[*at].days == Days::WEEKENDS)
            .collect();
        return <[usize; 1]>::try_from(of).ok().map(|[one]| one);
    }
    let by_time = |at: &usize| (mine[*at].time.hour(), mine[*at].time.minute());
    if said(FIRST) {
        (0..mine.len()).min_by_key(by_time)
    } else if said(LAST) {
        (0..mine.len()).max_by_key(by_time)
    } else {
        None
    }
}

fn says_time(text: &str, time: SendTime) -> bool {
    let said = Said::of(text, None, None).time();
    said == Some(time)
}
