//! Which words of a sentence may be the name of a place.

use super::super::vocabulary::{EVERYDAY, LOCATIVE};
use super::super::words::{Words, is_one_of};
use super::turns::{is_refused_name, is_taken_back};

/// How many candidates are given.
const MAX_NAMES: usize = 24;
/// How long a name can be.
const MAX_NAME_WORDS: usize = 4;

/// A candidate.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Name {
    /// As typed.
    pub(crate) text: String,
    /// Whether it stands where a place stands: "in whitby".
    pub(crate) is_led: bool,
    /// Whether the phrasebook does not know its words.
    pub(crate) is_strange: bool,
    /// How far down the list it stands; those of one rank are as likely by their place in the text.
    pub(crate) rank: u8,
    /// Whether it is written like a name: `Whitby`.
    pub(crate) is_capital: bool,
}

/// The candidates, the likeliest first: strange words behind an "in", then everything else strange, then what stands behind an "in"
/// or with a capital letter.
pub(super) fn names(
    words: &Words<'_>,
    taken: &[bool],
    is_known: impl Fn(&str) -> bool,
) -> Vec<Name> {
    let end = signature(words);
    let free = |at: usize| {
        at < end
            && !taken.get(at).copied().unwrap_or(true)
            && !is_greeted(words, at)
            && !words.plain(at).is_empty()
    };
    let plain = |at: usize| is_plain(words, at, &is_known);
    let mut all = Vec::new();
    let mut at = 0;
    while at < end {
        if !free(at) || plain(at) {
            at += 1;
            continue;
        }
        let to = run_end(words, at, &free, &plain);
        strange(words, at, to, &free, &mut all);
        at = to;
    }
    for at in (0..end).filter(|at| free(*at) && words.get(*at).len() > 1) {
        let capital = at > 0 && is_capital(words, at);
        // "por la tarde": the article is no Los Angeles, nor does a name begin with "and".
        let small = is_small(words, at) && !is_article(words.plain(at));
        if !capital && (small || !is_led(words, at)) {
            continue;
        }
        let rank = if is_led(words, at) && capital { 2 } else { 4 };
        let to = (at + 1..(at + 3).min(end))
            .find(|next| !free(*next))
            .unwrap_or((at + 3).min(end));
        for to in (at + 1..=to).rev() {
            add(words, at, to, rank, false, &mut all);
        }
    }
    super::codes::airports(words, &mut all);
    all.sort_by_key(|(rank, _)| *rank);
    all.into_iter()
        .map(|(_, name)| name)
        .take(MAX_NAMES)
        .collect()
}

/// A run of strange words: with up to two words before it and behind it, the longest first, alone, and in parts.
fn strange(
    words: &Words<'_>,
    at: usize,
    to: usize,
    free: &impl Fn(usize) -> bool,
    all: &mut Vec<(u8, Name)>,
) {
    let mut first = at;
    while first > 0 && at - first < 2 && free(first - 1) && !is_apart(words, first) {
        first -= 1;
    }
    let mut last = to;
    while last < to + 2 && free(last) && !is_apart(words, last) {
        last += 1;
    }
    let mut spans: Vec<(usize, usize)> = (first..=at)
        .flat_map(|from| (to..=last).map(move |to| (from, to)))
        .filter(|(from, end)| {
            let begins = *from == at || !is_small(words, *from) || is_article(words.plain(*from));
            let ends = *end == to || !is_small(words, end - 1) || is_code(words, end - 1);
            begins && ends && end - from <= MAX_NAME_WORDS + 1
        })
        .collect();
    spans.sort_by_key(|(from, to)| std::cmp::Reverse(to - from));
    let led = spans.iter().any(|(from, _)| is_led(words, *from));
    joined(words, at, to, if led { 0 } else { 1 }, all);
    for (from, to) in spans {
        let rank = if led && (is_led(words, from) || from < at) {
            0
        } else {
            1
        };
        add(words, from, to, rank, true, all);
    }
    let rank = if led { 0 } else { 1 };
    for cut in at + 1..to {
        add(words, at, cut, rank + 2, true, all);
        add(words, cut, to, rank + 2, true, all);
    }
}

fn add(
    words: &Words<'_>,
    from: usize,
    to: usize,
    rank: u8,
    is_strange: bool,
    all: &mut Vec<(u8, Name)>,
) {
    let kept: Vec<bool> = (0..words.len())
        .map(|at| (from..to).contains(&at))
        .collect();
    let text = words.typed(&kept);
    // "d'angers": without the article.
    let mut texts = vec![text.clone()];
    match text.split_once(['\'', '’']) {
        Some(("d" | "D" | "qu", rest)) => texts = vec![rest.to_owned()],
        // "l'île d'Oléron", but "L'Aquila".
        Some(("l" | "L", rest)) => texts.push(rest.to_owned()),
        _ => {}
    }
    for text in texts {
        push(words, (from, to), rank, is_strange, text, all);
    }
}

/// "Louis ville Kentucky": a name in two words.
fn joined(words: &Words<'_>, at: usize, to: usize, rank: u8, all: &mut Vec<(u8, Name)>) {
    const ENDS: &str = "ville|ton|burg|burgh|field|land|port|ford|wood|dale|haven|mouth|ham|polis|view|stadt|hausen|berg|dorf|heim";
    let is_end = to > at && is_one_of(words.plain(at + 1), ENDS);
    if !is_end || words.plain(at).len() < 3 {
        return;
    }
    let kept = |from: usize, to: usize| -> Vec<bool> {
        (0..words.len())
            .map(|other| (from..to).contains(&other))
            .collect()
    };
    let name = words.typed(&kept(at, at + 2)).replace(' ', "");
    let more = words.typed(&kept(at + 2, at + 3));
    if !more.is_empty() && !is_small(words, at + 2) {
        push(
            words,
            (at, at + 3),
            rank,
            true,
            format!("{name} {more}"),
            all,
        );
    }
    push(words, (at, at + 2), rank, true, name, all);
}

pub(super) fn push(
    words: &Words<'_>,
    (from, to): (usize, usize),
    rank: u8,
    is_strange: bool,
    text: String,
    all: &mut Vec<(u8, Name)>,
) {
    let digits = text.len() < 4 && text.chars().all(|c| c.is_ascii_digit());
    let small = to == from + 1 && is_small(words, from) && !text.chars().any(char::is_uppercase);
    // "INR 2,000.00" is no position.
    let money = text.split_once(',').is_some_and(|(whole, rest)| {
        let thousands = rest.split('.').next().is_some_and(|rest| rest.len() == 3);
        let number = |part: &str| part.bytes().all(|b| b.is_ascii_digit() || b == b'.');
        thousands && number(whole) && number(rest) && !whole.contains('.')
    });
    let usual = text.chars().count() < 2 || digits || small || money;
    if !usual && !all.iter().any(|(_, name)| name.text == text) {
        let is_led = is_led(words, from);
        // "Not kiel, köln"; "from reno to boise" is about where they go.
        let back = if is_refused_name(words, from) || is_taken_back(words, to) {
            6
        } else if from > 0 && is_one_of(words.plain(from - 1), "from|von|desde|leaving|aus") {
            1
        } else {
            0
        };
        all.push((
            rank + back,
            Name {
                text,
                is_led,
                is_strange,
                rank: rank + back,
                is_capital: (from..to).any(|at| is_capital(words, at)),
            },
        ));
    }
}

/// Whether a word is one of sentences, and no name by itself.
fn is_plain(words: &Words<'_>, at: usize, is_known: &impl Fn(&str) -> bool) -> bool {
    if words.is_hyphened(at) || words.is_hyphened(at + 1) {
        return false;
    }
    let translated = words
        .all
        .get(at)
        .is_some_and(|word| word.typed.is_some() && !word.fold.starts_with('~'));
    translated || EVERYDAY.contains(words.get(at)) || is_known(words.plain(at))
}

/// Whether a word before which places stand is before it.
fn is_led(words: &Words<'_>, at: usize) -> bool {
    at.checked_sub(1).is_some_and(|before| {
        LOCATIVE.contains(words.get(before))
            || LOCATIVE.contains(words.plain(before))
            || is_one_of(words.plain(before), "z|bout|about|pra|au|aux|am|outside|inside|through|thru|towards|toward|past|across|via|by|into|\
                ubern|ubers|ubrm|uber|ueber|durch|richtung|chez|jusqua|jusquau|hasta|fino|ate|rumo")
            || (words.len() <= 7 && is_one_of(words.plain(before), TURNS))
    })
}

/// Before another place than the one asked for last: "nah try aspen", "ich meinte köln", "and leeds?".
const TURNS: &str = "try|do|meant|mean|actually|rather|instead|and|or|meinte|meine|eher|lieber|sondern|und|et|plutot|dire|y|mejor|refiero|digo|e|\
    meglio|intendevo|invece|melhor|quis|dizer|check|then|also";

/// The end of neighbouring strange words; `de`, `an der` and the like may stand between two of them.
fn run_end(
    words: &Words<'_>,
    at: usize,
    free: &impl Fn(usize) -> bool,
    plain: &impl Fn(usize) -> bool,
) -> usize {
    const JOINTS: &str =
        "de|del|della|do|da|dos|das|di|du|des|of|the|la|le|les|los|las|sur|am|an|der|upon";
    let mut to = at + 1;
    loop {
        let joint =
            (to..words.len().min(to + 3)).find(|next| !is_one_of(words.plain(*next), JOINTS));
        match joint.filter(|next| free(*next) && !plain(*next) && *next - at < MAX_NAME_WORDS) {
            Some(next) => to = next + 1,
            None => return to,
        }
    }
}

/// Whether something stands between a word and the one before it that parts names: `leeds. york`.
fn is_apart(words: &Words<'_>, at: usize) -> bool {
    let before = at.checked_sub(1).and_then(|before| words.all.get(before));
    let (Some(before), Some(word)) = (before, words.all.get(at)) else {
        return true;
    };
    let between = words.source.get(before.at.end..word.at.start);
    // "St. Cloud": a point after a short word parts nothing.
    let short = words.plain(at - 1).len() <= 2;
    between.is_none_or(|between| {
        between.contains(['!', '?', ';', ':', '\n', '(', ')']) || (between.contains('.') && !short)
    })
}

/// `IL`, `OR`: a state in capitals, whatever the word means in small letters.
fn is_code(words: &Words<'_>, at: usize) -> bool {
    words.all.get(at).is_some_and(|word| {
        let typed = words.source.get(word.at.clone()).unwrap_or("");
        typed.len() == 2 && typed.bytes().all(|b| b.is_ascii_uppercase())
    })
}

/// Words at which no name begins or ends: `in`, `and`, `will`.
fn is_small(words: &Words<'_>, at: usize) -> bool {
    const SMALL: &str = "and|or|but|und|oder|et|ou|y|o|e|with|mit|avec|con|com|is|it|be|will|was|are|my|your|me|i|im|we|you|he|she|\
        the|der|die|das|den|dem|la|le|les|el|los|las|il|lo|un|une|una|ein|eine|um|uma|a|an|am|as|os|not|no|non|nicht|pas|que|qui|\
        like|than|if|when|where|weather|rain|snow|wind|cold|hot|please|pls|thanks|hi|hello|hey|what|how|why|who|there|here|\
        this|that|these|today|now|does|do|did|has|have|had|get|got|can|could|should|would|need|want|so|too|also|just|only";
    let word = words.plain(at);
    LOCATIVE.contains(word)
        || LOCATIVE.contains(words.get(at))
        || is_one_of(word, SMALL)
        || word.is_empty()
}

fn is_article(word: &str) -> bool {
    matches!(
        word,
        "la" | "le"
            | "les"
            | "los"
            | "las"
            | "el"
            | "il"
            | "the"
            | "au"
            | "aux"
            | "al"
            | "ao"
            | "san"
            | "saint"
            | "st"
            | "new"
            | "bad"
            | "santa"
            | "mount"
            | "fort"
            | "port"
    )
}

fn is_capital(words: &Words<'_>, at: usize) -> bool {
    words.all.get(at).is_some_and(|word| {
        let typed = words.source.get(word.at.clone()).unwrap_or("");
        typed.chars().next().is_some_and(char::is_uppercase)
            && typed.chars().any(char::is_lowercase)
    })
}

/// "Dear Doreen", "hi Dave", "my name is …", "Mrs Pym".
fn is_greeted(words: &Words<'_>, at: usize) -> bool {
    let before = |n: usize| at.checked_sub(n).map_or("", |before| words.plain(before));
    matches!(
        before(1),
        "dear"
            | "mr"
            | "mrs"
            | "ms"
            | "dr"
            | "miss"
            | "frau"
            | "herr"
            | "herrn"
            | "monsieur"
            | "madame"
            | "senor"
            | "senora"
            | "signor"
            | "signora"
            | "sig"
            | "rag"
            | "familie"
            | "liebe"
            | "lieber"
            | "sehr"
    ) || (words.len() > 5
        && matches!(
            before(1),
            "hi" | "hello" | "hey" | "hallo" | "hola" | "ciao" | "bonjour"
        )
        && is_capital(words, at))
        || matches!(before(2), "mr" | "mrs" | "ms" | "frau" | "herr") && before(1).len() == 1
        || (before(2) == "name" && before(1) == "is")
}

/// Where a closing begins: "Yours, H. Pemberton", "Mit freundlichen Grüßen".
fn signature(words: &Words<'_>) -> usize {
    const CLOSINGS: &str = "yours|regards|kind regards|best regards|sincerely|best wishes|cheers from|love from|mit freundlichen|\
        mit freundlichem|freundliche|viele gruesse|viele grusse|liebe grusse|beste grusse|schone grusse|mfg|\
        hochachtungsvoll|cordialement|bien cordialement|veuillez agreer|salutations|bien a vous|atentamente|un saludo|\
        saludos|le saluda|distinti saluti|cordiali saluti|in fede|cordialmente|atenciosamente|att|com os melhores|\
        grato|agradecido";
    (1..words.len())
        .find(|at| {
            CLOSINGS.split('|').any(|closing| {
                closing
                    .split(' ')
                    .enumerate()
                    .all(|(nth, wanted)| words.plain(at + nth) == wanted)
            })
        })
        .unwrap_or(words.len())
}
