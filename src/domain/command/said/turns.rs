//! Words that turn what stands beside them: not, without, rather than, earlier.

use super::super::words::{Words, is_one_of};

/// Whether what stands from `at` to `end` is what they do not want: "not 7.30", "7 is too soon", "instead of 6".
pub(super) fn is_refused(words: &Words<'_>, at: usize, end: usize) -> bool {
    const BEFORE: &str = "not|no|ned|net|nid|nod|ned um|net um|nid am|nod am|mejor que|mejor que a las|meglio che|besser als|no more|than|instead of|instead of at|statt um|anstatt um|en vez de a las|invece che alle|em vez das|au lieu de|statt|anstatt|nicht|kein|keine|pas|lieu de|lieu d|plutot que|que no|vez de|lugar de|\
        que a las|no a las|non|invece di|invece che|invece delle|anziche|anziche alle|nao|inves de|inves das|not at|\
        nicht um|pas a|from|als um|non alle|nao as|cancel|cancel the|drop the|scrap|scrap the|lose the|togli le|togli|quita las|quita la|tira as|tira a|\
        enleve le|enleve|streich|streich die";
    const BEHIND: &str = "is too|was too|its too|too early|too late|too soon|ist zu|ist mir zu|zu fruh|c est trop|cest trop|est trop|es muy|\
        es demasiado|e troppo|e muito|isnt";
    let before = BEFORE.split('|').any(|phrase| {
        let length = phrase.split(' ').count();
        at.checked_sub(length)
            .is_some_and(|from| plain(words, from, phrase))
    });
    before || BEHIND.split('|').any(|phrase| plain(words, end, phrase))
}

/// "Not kiel, köln". A bare "no" is `in the` to some.
pub(super) fn is_refused_name(words: &Words<'_>, from: usize) -> bool {
    let before = |n: usize| from.checked_sub(n).map_or("", |at| words.plain(at));
    is_one_of(
        before(1),
        "not|nicht|kein|pas|statt|than|nao|isnt|wasnt|non",
    ) || (is_one_of(before(1), "e|es|a|de|en|em|bei|aus") && is_one_of(before(2), "nao|no|non|pas"))
        || (before(1) == "of" && before(2) == "instead")
        || (is_one_of(before(1), "in|for") && is_one_of(before(2), "not|nicht|pas"))
}

/// "Austin. Wait no, I mean Houston", "Granada no, Almería": something else is said instead, behind it.
pub(super) fn is_taken_back(words: &Words<'_>, to: usize) -> bool {
    const INSTEAD: &str = "make that|make it|i mean|i meant|wait no|no wait|scratch that|no sorry|sorry i|or rather|correction|actually|\
        ich meine|mein ich|ich mein|ah nein|nee quatsch|quatsch|besser gesagt|beziehungsweise|je veux dire|enfin non|euh non|ah non|\
        non pardon|plutot|quiero decir|no espera|perdon|mejor dicho|digo|volevo dire|anzi|no aspetta|no scusa|quer dizer|ou melhor|\
        quero dizer|nao espera|alias";
    let parted = words
        .all
        .get(to)
        .is_some_and(|word| words.source[word.at.end..].starts_with([',', '.', ';', ':']));
    let behind =
        parted && to + 1 < words.len() && is_one_of(words.plain(to), "no|nicht|nao|non|not|nope");
    let instead = (to..words.len().saturating_sub(1))
        .any(|at| INSTEAD.split('|').any(|phrase| plain(words, at, phrase)));
    behind || instead
}

/// Whether the days are those on which nothing shall come. `read` and `plain` are the same text.
pub(super) fn is_without(read: &Words<'_>, typed: &Words<'_>, at: usize, end: usize) -> bool {
    const ONLY: &str = "only|just|nur|solo|solamente|seulement|que|uniquement|so|soltanto|apenas|somente|keep|leave|except|but|rather|\
        make|bloss|lediglich|wants|instead|for|nomas";
    const NONE: &str = "no|not|without|except|stop|skip|off|but|dont|cancel|drop|never|nothing|quit|nix|nicht|kein|keine|keinen|ohne|\
        ausser|weglassen|streich|pas|sans|sauf|arrete|arretez|rien|enleve|enlevez|sin|excepto|menos|quita|quitar|\
        quitame|nada|non|senza|tranne|togli|smetti|niente|salta|nao|sem|exceto|tira|tirar|pare|para|hold|lose|remove|\
        nope";
    let tail = matches!(
        read.get(end),
        "off" | "out" | "not" | "nicht" | "no" | "frei" | "non" | "nao" | "raus" | "never"
    );
    if tail {
        return true;
    }
    let near = at.saturating_sub(1)..at;
    let only_near = near.clone().any(|at| {
        matches!(
            read.plain(at),
            "only" | "just" | "nur" | "solo" | "seulement" | "apenas" | "so" | "que"
        )
    });
    if only_near || matches!(read.get(end), "only" | "nur" | "solo" | "seulement") {
        return false;
    }
    let said = |word: &str, list: &[&str]| list.contains(&word);
    // The nearest turning word before the days decides; else one anywhere.
    for before in (0..at).rev() {
        let word = read.plain(before);
        if said(
            word,
            &[
                "except", "but", "sauf", "ausser", "excepto", "tranne", "exceto", "menos",
            ],
        ) {
            return true;
        }
        if word == "don" && read.plain(before + 1) == "t" {
            return true;
        }
        if is_one_of(word, ONLY) && !said(word, &["for", "que", "so", "make", "instead"]) {
            return false;
        }
        if is_one_of(word, NONE) {
            return true;
        }
    }
    let mut later = (0..typed.len()).map(|at| typed.get(at));
    later.any(|word| is_one_of(word, NONE) && !said(word, &["para", "menos", "but", "no"]))
}

/// "an hour earlier" as -60.
pub(in super::super) fn shift(words: &Words<'_>) -> Option<i32> {
    const EARLIER: &str = "earlier|sooner|fruher|eher|plus tot|antes|mas temprano|prima|mais cedo|in anticipo|back|vorher|avant";
    const LATER: &str =
        "later|spater|plus tard|despues|mas tarde|piu tardi|dopo|mais tarde|depois|apres";
    let said = |list: &str| {
        (0..words.len()).find(|at| list.split('|').any(|phrase| plain(words, *at, phrase)))
    };
    let (earlier, later) = (said(EARLIER), said(LATER));
    let sign = match (earlier, later) {
        (Some(_), None) => -1,
        (None, Some(_)) => 1,
        _ => return None,
    };
    let unit = (0..words.len()).find_map(|at| {
        let word = words.get(at);
        let hour = ["hour", "hr", "stund", "heure", "hora", "ora"];
        if matches!(word, "mezzora" | "mezz" | "unora") {
            return Some((at, 60));
        }
        if word.starts_with("min") {
            return Some((at, 1));
        }
        (hour.iter().any(|stem| word.starts_with(stem)) && word.len() <= 7
            || word == "ore"
            || word == "std")
            .then_some((at, 60))
    });
    let half = words.all.iter().any(|word| {
        matches!(
            word.fold.as_str(),
            "half" | "halbe" | "demi" | "media" | "mezz" | "mezza" | "mezzora" | "meia" | "halben"
        )
    });
    let count = |at: usize| -> i32 {
        (0..at)
            .rev()
            .take(3)
            .find_map(|before| match words.get(before) {
                "two" | "zwei" | "deux" | "dos" | "due" | "duas" | "couple" => Some(2),
                "three" | "drei" | "trois" | "tres" | "tre" => Some(3),
                "ten" => Some(10),
                "fifteen" => Some(15),
                "twenty" => Some(20),
                "thirty" => Some(30),
                word => word.parse().ok().filter(|count| (1..=600).contains(count)),
            })
            .unwrap_or(1)
    };
    match unit {
        Some((_, 60)) if half => Some(sign * 30),
        Some((at, 60)) => Some(sign * 60 * count(at).min(12)),
        Some((at, minutes)) => Some(sign * minutes * count(at)).filter(|minutes| minutes.abs() > 1),
        None if half && words.has("half an") => Some(sign * 30),
        None => None,
    }
}

/// Whether a phrase stands at a word, as it was typed.
pub(super) fn plain(words: &Words<'_>, at: usize, phrase: &str) -> bool {
    phrase
        .split(' ')
        .enumerate()
        .all(|(nth, wanted)| words.plain(at + nth) == wanted)
}
