//! Every name of the gazetteer can be said on the phone: whole words, no digits, no signs, in each language.

use super::{places, query};
use crate::domain::compose::{listed_regions, spoken};
use crate::domain::language::Language;
use crate::domain::phone::Country;
use crate::domain::place::Place;
use crate::places::gazetteer::SpotId;
use crate::places::texts::{self, Text};

/// What is not said: digits of any script, dots, brackets, strokes and other signs, and abbreviations.
fn is_written(said: &str) -> bool {
    let is_sign = |c: char| {
        c.is_numeric()
            || c.is_ascii_punctuation() && !"',-".contains(c)
            || "\u{b0}\u{201c}\u{201d}".contains(c)
    };
    let short = |word: &str| {
        matches!(
            word,
            "St" | "Ste" | "Mt" | "Ft" | "Brgy" | "AFB" | "Afb" | "Intl"
        )
    };
    said.trim().is_empty()
        || said.contains(is_sign)
        || said.split([' ', '-', ',']).any(short)
        || said.contains("  ")
        || said.starts_with([' ', ',', '-'])
        || said.ends_with([' ', ',', '-'])
}

/// Letters, blanks, hyphens and apostrophes.
fn is_plain(name: &str) -> bool {
    name.chars().all(|c| c.is_alphabetic() || " -'".contains(c))
}

/// Whether a word of it may be an abbreviation.
fn has_short(name: &str) -> bool {
    let mut words = name.split([' ', '-']);
    words.any(|word| word.len() <= 3 && word.starts_with(|c: char| c.is_ascii_uppercase()))
}

fn check(place: &Place, language: Language, wrong: &mut Vec<String>) {
    // A listener abroad hears the country as well.
    let all = spoken::full_name(place, Country::parse("NZ"), language);
    if is_written(&all) {
        let (name, country) = (&place.name, place.country);
        wrong.push(format!("{language:?} {name}, {country}: {all}"));
    }
}

#[test]
fn every_place_is_spoken_in_whole_words() {
    let (all, mut wrong) = (places(), Vec::new());
    for id in 0..all.gazetteer.spots() {
        let spot = all.gazetteer.spot(SpotId(id));
        let name = spot.name.read();
        let languages = match (is_plain(&name), has_short(&name)) {
            (false, _) => &Language::ALL[..],
            // Nothing in it depends on the language: each of them has its share.
            (true, true) => &Language::ALL[id as usize % 6..][..1],
            (true, false) if id % 50 == 0 => &Language::ALL[id as usize / 50 % 6..][..1],
            (true, false) => continue,
        };
        let place = all.place(&spot);
        for language in languages {
            check(&place, *language, &mut wrong);
        }
    }
    assert_eq!(wrong, Vec::<String>::new());
}

/// Also those that only postcodes have.
#[test]
fn every_name_there_is_is_spoken_in_whole_words() {
    let model = places().resolve(&query("lyon", "FR")).places()[0]
        .place
        .clone();
    let mut wrong = Vec::new();
    for at in 1..=texts::count() {
        let name = Text(at).read();
        if is_plain(&name) && !has_short(&name) {
            continue;
        }
        let codes = ["US", "CH", "ES", "DE"];
        let country = Country::parse(codes[at as usize % 4]).unwrap();
        let place = Place {
            name,
            country,
            ..model.clone()
        };
        check(&place, Language::ALL[at as usize % 6], &mut wrong);
    }
    assert_eq!(wrong, Vec::<String>::new());
}

#[test]
fn what_is_found_is_said_as_its_listeners_say_it() {
    for (typed, listener, language, said) in [
        (
            "saint louis missouri",
            "US",
            Language::English,
            "Saint Louis, Missouri",
        ),
        (
            "st petersburg florida",
            "US",
            Language::English,
            "Saint Petersburg, Florida",
        ),
        (
            "100 mile house",
            "CA",
            Language::English,
            "One hundred Mile House, British Columbia",
        ),
        (
            "sault ste marie ontario",
            "CA",
            Language::English,
            "Sault Sainte Marie, Ontario",
        ),
        ("06108", "DE", Language::German, "Halle, Sachsen-Anhalt"),
        ("bonn", "DE", Language::German, "Bonn, Nordrhein-Westfalen"),
        (
            "münchen",
            "AT",
            Language::German,
            "München, Bayern, Deutschland",
        ),
        ("st. gallen", "CH", Language::German, "Sankt Gallen"),
        ("zürich", "CH", Language::German, "Zürich"),
        ("zürich", "CH", Language::French, "Zurich"),
        ("berlin", "DE", Language::German, "Berlin"),
        ("milano", "IT", Language::Italian, "Milano, Lombardia"),
        ("palermo", "IT", Language::Italian, "Palermo, Sicilia"),
        ("barcelona", "ES", Language::Spanish, "Barcelona, Cataluña"),
        ("málaga", "ES", Language::Spanish, "Málaga, Andalucía"),
        ("vitoria", "ES", Language::Spanish, "Vitoria, País Vasco"),
        ("graz", "AT", Language::German, "Graz, Steiermark"),
        ("lille", "FR", Language::French, "Lille, Hauts-de-France"),
        ("rennes", "FR", Language::French, "Rennes, Bretagne"),
        ("liège", "BE", Language::French, "Liège, Wallonie"),
    ] {
        let found = places().resolve(&query(typed, listener));
        let place = &found.places()[0].place;
        let heard = spoken::full_name(place, Country::parse(listener), language);
        assert_eq!(heard, said, "{typed}");
    }
}

#[test]
fn every_region_with_names_of_its_own_is_the_gazetteers() {
    let all = places();
    let mut ours: Vec<(&str, &str)> = listed_regions().collect();
    for id in 0..all.gazetteer.spots() {
        let spot = all.gazetteer.spot(SpotId(id));
        let Some(region) = spot.admin1.map(|id| all.gazetteer.division(id).name.read()) else {
            continue;
        };
        ours.retain(|(country, name)| *name != region || *country != spot.country.code());
        if ours.is_empty() {
            return;
        }
    }
    panic!("{ours:?} are no regions");
}

/// Every region and country, in every language.
#[test]
fn every_region_is_spoken_in_whole_words() {
    let (all, mut wrong) = (places(), Vec::new());
    let mut seen = std::collections::HashSet::new();
    for id in 0..all.gazetteer.spots() {
        let spot = all.gazetteer.spot(SpotId(id));
        if seen.insert((spot.country, spot.admin1)) {
            let place = all.place(&spot);
            for language in Language::ALL {
                check(&place, language, &mut wrong);
            }
        }
    }
    assert!(seen.len() > 3_000);
    assert_eq!(wrong, Vec::<String>::new());
}
