//! Look-ups of places: how fast, and how often right, by class. `cargo bench --bench places`.
#![expect(clippy::print_stdout, reason = "a report for people")]

use std::collections::BTreeMap;
use std::hint::black_box;
use std::time::{Duration, Instant};

use criterion::Criterion;
use weatherline::domain::phone::Country;
use weatherline::domain::place::{Coordinates, PlaceQuery, Resolution};
use weatherline::places::Places;

fn main() {
    let places = Places::embedded();
    report(&places);
    let mut criterion = Criterion::default()
        .measurement_time(Duration::from_secs(3))
        .configure_from_args();
    criterion.bench_function("open", |b| b.iter(|| black_box(Places::embedded())));
    for (name, text) in [
        ("exact", "rotterdam"),
        ("exact, qualified", "portland, maine"),
        (
            "exact in a sentence",
            "what will the weather be in rotterdam tomorrow",
        ),
        ("postcode", "3011 AB"),
        ("position", "51.92, 4.48"),
        ("beginning, of an inflected name", "pogoda w poznaniu"),
        ("mistyped", "roterdma"),
        ("mistyped, long", "philadelpiha pensylvania"),
        ("nothing", "qwrtplk sdfghj"),
    ] {
        let query = query(text, "NL");
        criterion.bench_function(name, |b| b.iter(|| places.resolve(black_box(&query))));
    }
    let spot = Coordinates::new(51.92, 4.48).unwrap_or_else(|| unreachable!("a position"));
    criterion.bench_function("nearest", |b| b.iter(|| places.nearest(black_box(spot))));
    criterion.final_summary();
}

/// Every case of data/places_cases.tsv: outcomes and times by class, and the slowest.
fn report(places: &Places) {
    let text = include_str!("../data/places_cases.tsv");
    let mut classes: BTreeMap<&str, [usize; 4]> = BTreeMap::new();
    let mut times = Vec::new();
    for line in text.lines().filter(|line| !line.starts_with('#')) {
        let cells: Vec<&str> = line.split('\t').collect();
        let query = query(cells[1], cells[2]);
        // The pages of the index are read when they are first wanted: the second time is that of the search.
        black_box(places.resolve(&query));
        let before = Instant::now();
        let found = places.resolve(&query);
        times.push((before.elapsed(), cells[0], cells[1]));
        let expected: Vec<f64> = cells[3..]
            .iter()
            .filter_map(|cell| cell.parse().ok())
            .collect();
        let tally = classes.entry(cells[0]).or_default();
        tally[0] += 1;
        tally[verdict(&found, &expected)] += 1;
    }
    times.sort_unstable();
    let at = |class: Option<&str>, share: usize| {
        let of_class = |time: &&(Duration, &str, &str)| class.is_none_or(|class| time.1 == class);
        let times: Vec<Duration> = times.iter().filter(of_class).map(|time| time.0).collect();
        times[times.len() * share / 100]
    };
    println!(
        "{:<16}{:>6}{:>7}{:>7}{:>7}{:>12}{:>12}",
        "class", "cases", "right", "wrong", "none", "median", "p99"
    );
    for (class, [count, right, wrong, none]) in &classes {
        let (median, p99) = (at(Some(class), 50), at(Some(class), 99));
        println!("{class:<16}{count:>6}{right:>7}{wrong:>7}{none:>7}{median:>12.1?}{p99:>12.1?}");
    }
    println!(
        "half take less than {:?}, 99 % less than {:?}; slowest {:?}",
        at(None, 50),
        at(None, 99),
        times.last()
    );
}

fn verdict(found: &Resolution, expected: &[f64]) -> usize {
    match (found, expected) {
        (Resolution::Certain(hit), [lat, lon, km]) => {
            let at = hit.place.coordinates;
            let east = (at.longitude() - lon) * lat.to_radians().cos();
            if (at.latitude() - lat).hypot(east) * 111.2 <= *km {
                1
            } else {
                2
            }
        }
        (Resolution::Certain(_), _) => 2,
        (_, []) => 1,
        _ => 3,
    }
}

fn query(text: &str, country: &str) -> PlaceQuery {
    PlaceQuery {
        text: text.to_owned(),
        country: Country::parse(country),
        state: None,
    }
}
