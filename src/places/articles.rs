//! "au Mans", "aux Arcs", "al Escorial", "all'Aquila": a name whose article has run together with the word before it.

use super::gazetteer::{Gazetteer, Kind, Named};
use super::rank::Sender;

/// From how many people on such a place is meant.
const LEAST: u32 = 1_000;

/// The name with its article, where a place at home bears that very name.
pub(crate) fn apart(gazetteer: &Gazetteer, words: &[String], sender: Sender) -> Option<String> {
    let (first, rest) = words.split_first()?;
    let rest = rest.join(" ");
    let whole: Vec<String> = match first.as_str() {
        "au" | "du" if !rest.is_empty() => vec![format!("le {rest}")],
        "aux" | "des" if !rest.is_empty() => vec![format!("les {rest}")],
        "al" | "del" if !rest.is_empty() => vec![format!("el {rest}"), format!("il {rest}")],
        "ao" | "no" | "do" if !rest.is_empty() => vec![format!("o {rest}")],
        first => elided(first)
            .map(|first| format!("{first} {rest}").trim().to_owned())
            .into_iter()
            .collect(),
    };
    whole.into_iter().find(|name| {
        gazetteer.named(name).take(50).any(|(id, named)| {
            let spot = gazetteer.spot(id);
            named == Named::Name
                && spot.kind != Kind::Airport
                && sender.country == Some(spot.country)
                && spot.people >= LEAST
        })
    })
}

/// "allaquila" as "laquila": how "all'Aquila" is folded.
fn elided(first: &str) -> Option<String> {
    ["all", "dell", "nell", "sull"]
        .iter()
        .find_map(|lead| first.strip_prefix(lead))
        .filter(|rest| rest.len() > 3)
        .map(|rest| format!("l{rest}"))
}
