//! The gazetteer as its users see it: an evaluation by class, the traps that peers fell into, and any text at all.

mod cities;
mod opt_outs;
mod spoken;

use std::collections::BTreeMap;
use std::time::{Duration, Instant};

use proptest::prelude::*;

use super::nearest::distance_km;
use super::*;

/// One query and where it is; `expected` is empty when no forecast may be sent.
struct Case {
    class: String,
    query: PlaceQuery,
    expected: Vec<(f64, f64, f64)>,
}

#[derive(Default)]
struct Tally {
    count: usize,
    right: usize,
    asked: usize,
    wrong: usize,
}

#[test]
fn our_own_cases() {
    let text = include_str!(concat!(
        env!("CARGO_MANIFEST_DIR"),
        "/data/places_cases.tsv"
    ));
    let cases: Vec<Case> = text
        .lines()
        .filter(|l| !l.starts_with('#'))
        .map(own_case)
        .collect();
    assert!(cases.len() >= 400);
    evaluate("own cases", &cases);
}

/// Cases of others, read in place and never copied: one JSON object a line in `$WEATHERLINE_DATA/places_dev.jsonl`.
#[test]
fn cases_of_others() {
    let Some(folder) = std::env::var_os("WEATHERLINE_DATA") else {
        println!("skipped: WEATHERLINE_DATA is not set");
        return;
    };
    let text =
        std::fs::read_to_string(std::path::Path::new(&folder).join("places_dev.jsonl")).unwrap();
    let cases: Vec<Case> = text.lines().map(others_case).collect();
    evaluate("others' cases", &cases);
}

fn evaluate(title: &str, cases: &[Case]) {
    let places = Places::embedded();
    let mut tallies: BTreeMap<&str, Tally> = BTreeMap::new();
    let mut misses = Vec::new();
    for case in cases {
        let found = places.resolve(&case.query);
        let tally = tallies.entry(&case.class).or_default();
        tally.count += 1;
        match (&found, case.expected.is_empty()) {
            (Resolution::Certain(_), true) => tally.wrong += 1,
            (_, true) => tally.right += 1,
            (Resolution::Certain(hit), false) if is_right(case, hit) => tally.right += 1,
            (Resolution::Certain(_), false) => tally.wrong += 1,
            (other, false) if other.places().iter().take(4).any(|hit| is_right(case, hit)) => {
                tally.asked += 1
            }
            _ => {}
        }
        let right = if case.expected.is_empty() {
            !matches!(found, Resolution::Certain(_))
        } else {
            found
                .places()
                .first()
                .is_some_and(|hit| is_right(case, hit))
        };
        if !right {
            misses.push(format!(
                "{} {:?} {:?}: {} {:?}",
                case.class,
                case.query.text,
                case.query.country,
                found.outcome(),
                found.places().first().map(|c| &c.place.name)
            ));
        }
    }
    println!(
        "{title}\n{:<16}{:>6}{:>7}{:>7}{:>7}",
        "class", "cases", "right", "asked", "wrong"
    );
    for (class, tally) in &tallies {
        println!(
            "{class:<16}{:>6}{:>7}{:>7}{:>7}",
            tally.count, tally.right, tally.asked, tally.wrong
        );
    }
    misses.iter().for_each(|miss| println!("{miss}"));
    hold_to_goals(&tallies);
}

/// The goals that the gazetteer was built for.
fn hold_to_goals(tallies: &BTreeMap<&str, Tally>) {
    let share = |wanted: &dyn Fn(&str) -> bool, part: &dyn Fn(&Tally) -> usize| {
        let chosen = || {
            tallies
                .iter()
                .filter(|(class, _)| wanted(class))
                .map(|(_, tally)| tally)
        };
        100.0 * chosen().map(part).sum::<usize>() as f64
            / chosen().map(|t| t.count).sum::<usize>() as f64
    };
    let right = |tally: &Tally| tally.right;
    assert!(
        share(&|class| class != "area", &right) >= 97.0,
        "right without areas"
    );
    assert!(share(&|class| class == "area", &right) >= 80.0, "areas");
    assert!(
        share(&|class| class.starts_with("refuse"), &right) >= 99.0,
        "refusals"
    );
    assert!(
        share(&|_| true, &|tally: &Tally| tally.wrong) <= 1.0,
        "wrong places"
    );
}

fn is_right(case: &Case, hit: &Candidate) -> bool {
    let at = (
        hit.place.coordinates.latitude(),
        hit.place.coordinates.longitude(),
    );
    case.expected
        .iter()
        .any(|(lat, lon, km)| distance_km(at, (*lat, *lon)) <= *km)
}

fn own_case(line: &str) -> Case {
    let cells: Vec<&str> = line.split('\t').collect();
    let number = |at: usize| {
        cells
            .get(at)
            .filter(|c| !c.is_empty())
            .map(|c| c.parse::<f64>().unwrap())
    };
    Case {
        class: cells[0].to_owned(),
        query: query(cells[1], cells[2]),
        expected: number(3)
            .map(|lat| (lat, number(4).unwrap(), number(5).unwrap()))
            .into_iter()
            .collect(),
    }
}

fn others_case(line: &str) -> Case {
    let value: serde_json::Value = serde_json::from_str(line).unwrap();
    let spots =
        std::iter::once(&value["expect"]).chain(value["accept"].as_array().into_iter().flatten());
    Case {
        class: value["class"].as_str().unwrap().to_owned(),
        query: query(
            value["query"].as_str().unwrap(),
            value["sender_country"].as_str().unwrap_or_default(),
        ),
        expected: spots
            .filter_map(|spot| {
                Some((
                    spot["lat"].as_f64()?,
                    spot["lon"].as_f64()?,
                    spot["km"].as_f64()?,
                ))
            })
            .collect(),
    }
}

fn query(text: &str, country: &str) -> PlaceQuery {
    PlaceQuery {
        text: text.to_owned(),
        country: Country::parse(country),
        state: None,
    }
}

fn outcome(text: &str, country: &str) -> (&'static str, Vec<String>) {
    let found = Places::embedded().resolve(&query(text, country));
    let names = found
        .places()
        .iter()
        .map(|c| {
            format!(
                "{} {}",
                c.place.name,
                c.place
                    .admin1_code
                    .as_deref()
                    .unwrap_or(c.place.country.code())
            )
        })
        .collect();
    (found.outcome(), names)
}

#[test]
fn a_choice_of_well_known_ones() {
    let (outcome, names) = outcome("springfield", "US");
    assert_eq!(outcome, "choice");
    assert_eq!(
        names,
        ["Springfield IL", "Springfield MA", "Springfield MO"]
    );
}

#[test]
fn small_talk_that_is_a_city_is_asked_back() {
    assert_eq!(outcome("nice", "US"), ("guess", vec!["Nice FR".to_owned()]));
    assert_eq!(
        outcome("Start LA", "US"),
        ("certain", vec!["Start LA".to_owned()])
    );
    assert_eq!(outcome("start", "US").0, "none");
}

#[test]
fn a_mistyped_everything_takes_bounded_work() {
    let places = Places::embedded();
    let before = Instant::now();
    for text in [
        "berlinn texxas usaa japaan",
        "philadelpihaa pensylvvania unitd staates",
        "the quik brwon fox jmps",
    ] {
        assert!(places.resolve(&query(text, "US")).places().len() <= 9);
    }
    assert!(
        before.elapsed() < Duration::from_secs(3),
        "{:?}",
        before.elapsed()
    );
}

#[test]
fn the_state_of_the_number_breaks_ties_only() {
    let places = Places::embedded();
    let ask = |text: &str, state: &str| match places.resolve(&PlaceQuery {
        state: Some(state.to_owned()),
        ..query(text, "US")
    }) {
        Resolution::Certain(hit) => hit
            .place
            .admin1_code
            .unwrap_or(hit.place.country.code().to_owned()),
        other => other.outcome().to_owned(),
    };
    assert_eq!(ask("springfield", "MO"), "MO");
    assert_eq!(ask("chicago", "MO"), "IL");
    assert_eq!(ask("paris", "TX"), "FR");
}

#[test]
fn a_contradiction_is_asked_back() {
    let (outcome, names) = outcome("lisbon argentina", "US");
    assert_eq!(outcome, "guess");
    assert!(names.iter().any(|n| n.starts_with("Lisbon")), "{names:?}");
}

#[test]
fn a_place_carries_what_a_forecast_needs() {
    let Resolution::Certain(hit) = Places::embedded().resolve(&query("denver", "US")) else {
        panic!()
    };
    let place = hit.place;
    assert_eq!(
        (
            place.name.as_str(),
            place.admin1.as_deref(),
            place.admin1_code.as_deref()
        ),
        ("Denver", Some("Colorado"), Some("CO"))
    );
    assert_eq!(
        (place.country.code(), place.zone.name()),
        ("US", "America/Denver")
    );
    assert!((1500..1750).contains(&place.elevation_m.unwrap()));
}

#[test]
fn a_whole_state_is_its_capital_and_named_so() {
    let Resolution::Certain(hit) = Places::embedded().resolve(&query("nebraska", "US")) else {
        panic!()
    };
    assert_eq!(
        (hit.place.name.as_str(), hit.place.admin1_code.as_deref()),
        ("Lincoln", Some("NE"))
    );
}

#[test]
fn every_zone_of_the_data_is_known() {
    let gazetteer = Gazetteer::embedded();
    for zone in (0..).map_while(|at| gazetteer.zone_name(at)) {
        assert!(Zone::named(zone).is_some(), "{zone}");
    }
}

#[test]
fn a_megabyte_takes_no_time() {
    let places = Places::embedded();
    for piece in [
        "a", "paris ", "9", "12.5,", "°", "東", "-", "\u{200b}", "<b>", "'; DROP",
    ] {
        let text = piece.repeat((1 << 20) / piece.len());
        let before = Instant::now();
        let found = places.resolve(&query(&text, "US"));
        assert!(
            before.elapsed() < Duration::from_secs(2),
            "{piece}: {:?}",
            before.elapsed()
        );
        assert_eq!(found.outcome(), "none", "{piece}");
    }
}

#[test]
fn the_committed_file_is_the_one_of_the_lock() {
    use sha2::Digest;
    use std::io::Read;
    let folder = concat!(env!("CARGO_MANIFEST_DIR"), "/data");
    let lock = std::fs::read_to_string(format!("{folder}/places.lock")).unwrap();
    let mut raw = Vec::new();
    let file = std::fs::File::open(format!("{folder}/places.gz")).unwrap();
    flate2::read::GzDecoder::new(file)
        .read_to_end(&mut raw)
        .unwrap();
    let digest: String = sha2::Sha256::digest(&raw)
        .iter()
        .map(|byte| format!("{byte:02x}"))
        .collect();
    assert!(
        lock.contains(&format!("raw\t{}\t{digest}\n", raw.len())),
        "data/places.gz was not made with data/places.lock"
    );
    for heading in raw
        .split(|b| *b == b'\n')
        .filter(|line| line.first() == Some(&b'#'))
    {
        let heading = String::from_utf8_lossy(heading);
        let (name, rows) = heading[1..].split_once(' ').unwrap();
        assert!(
            lock.contains(&format!("rows\t{name}\t{rows}\n")),
            "{heading}"
        );
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(std::env::var("PLACES_FUZZ").ok().and_then(|n| n.parse().ok()).unwrap_or(300)))]

    #[test]
    fn any_text_has_an_outcome(text in any::<String>(), country in "[A-Z]{2}") {
        let found = places().resolve(&query(&text, &country));
        prop_assert!(found.places().len() <= 9);
    }

    #[test]
    fn any_words_and_numbers_have_an_outcome(text in "([a-z]{1,9}|[0-9.,+-]{1,8}|[NSEW°'\"]|paris|tx|new|st|in|airport|geo:|8FVC9G8F\\+6X|@|/){1,9}( |,|)") {
        let found = places().resolve(&query(&text, "US"));
        prop_assert!(found.places().iter().all(|c| !c.place.name.is_empty()));
    }

    #[test]
    fn any_position_has_a_name_and_a_clock(latitude in -90.0..=90.0f64, longitude in -180.0..=180.0f64) {
        let place = places().nearest(Coordinates::new(latitude, longitude).unwrap());
        prop_assert!(!place.name.is_empty());
        prop_assert!((place.coordinates.latitude() - latitude).abs() < 1e-9);
    }
}

fn places() -> &'static Places {
    static PLACES: std::sync::OnceLock<Places> = std::sync::OnceLock::new();
    PLACES.get_or_init(Places::embedded)
}
