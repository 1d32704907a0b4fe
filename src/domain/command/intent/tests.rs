//! What the model makes of lines that it has not seen.

use super::features::features;
use super::learn::{Example, NAMES, Table, learn, read_book};
use super::*;

const BOOK: [&str; 19] = [
    include_str!("../../../../data/phrases/de.txt"),
    include_str!("../../../../data/phrases/en1.txt"),
    include_str!("../../../../data/phrases/en2.txt"),
    include_str!("../../../../data/phrases/es.txt"),
    include_str!("../../../../data/phrases/exchanges.txt"),
    include_str!("../../../../data/phrases/fr.txt"),
    include_str!("../../../../data/phrases/it.txt"),
    include_str!("../../../../data/phrases/more.txt"),
    include_str!("../../../../data/phrases/other.txt"),
    include_str!("../../../../data/phrases/pt.txt"),
    include_str!("../../../../data/phrases/close.txt"),
    include_str!("../../../../data/phrases/hard.txt"),
    include_str!("../../../../data/phrases/de2.txt"),
    include_str!("../../../../data/phrases/en3.txt"),
    include_str!("../../../../data/phrases/en4.txt"),
    include_str!("../../../../data/phrases/es2.txt"),
    include_str!("../../../../data/phrases/fr2.txt"),
    include_str!("../../../../data/phrases/it2.txt"),
    include_str!("../../../../data/phrases/pt2.txt"),
];

fn examples(of: impl Fn(usize) -> bool, copies: usize) -> Vec<Example> {
    let names: Vec<&str> = include_str!("../../../../data/phrases/places.txt")
        .lines()
        .collect();
    let lines = BOOK.iter().flat_map(|book| book.lines());
    let book: Vec<&str> = lines
        .enumerate()
        .filter(|(nth, _)| of(*nth))
        .map(|(_, line)| line)
        .collect();
    read_book(&book.join("\n"), &NAMES, &names, copies).unwrap()
}

fn odds(table: &Table, text: &str) -> Vec<f32> {
    let row = |key: u32| table.keys.binary_search(&key).ok();
    let mut odds = vec![0.0; INTENTS];
    for feature in features(text, |key| row(key).is_some()) {
        let Some(at) = row(feature.key) else { continue };
        for (odd, weight) in odds.iter_mut().zip(&table.weights[at * INTENTS..]) {
            *odd += f32::from(*weight) * table.scale * feature.value;
        }
    }
    soften(&mut odds);
    odds
}

/// A fifth of the book is held out. The lines were written to be hard to tell apart by single words, which the figures show.
#[test]
fn lines_held_out_are_mostly_understood_and_hardly_any_is_a_false_opt_out() {
    let table = learn(&examples(|nth| nth % 5 != 0, 2), INTENTS);
    let (mut right, mut sure, mut sure_right) = (0, 0, 0);
    let (mut stops, mut true_stops) = (0, 0);
    let mut of_intent = [(0, 0); INTENTS];
    let held_out = examples(|nth| nth % 5 == 0, 1);
    for example in &held_out {
        let odds = odds(&table, &example.text);
        let best = (0..INTENTS).max_by(|a, b| odds[*a].total_cmp(&odds[*b]));
        let hit = best == Some(example.class);
        of_intent[example.class].0 += u32::from(hit);
        of_intent[example.class].1 += 1;
        right += u32::from(hit);
        if odds.iter().any(|odd| *odd >= 0.6) {
            sure += 1;
            sure_right += u32::from(hit);
        }
        if odds[Intent::Stop as usize] >= 0.8 {
            stops += 1;
            // Whoever says that we reach the wrong person, or wants to be forgotten, wants no texts either.
            let leaves = ["stop", "wrong_number", "delete_me", "end_one"];
            true_stops += u32::from(leaves.contains(&NAMES[example.class]));
        }
    }
    let share = |part: u32, whole: u32| f64::from(part) / f64::from(whole.max(1));
    for (name, (hits, all)) in NAMES.iter().zip(of_intent) {
        println!("{name:13} {:.2} of {all}", share(hits, all));
    }
    let all = u32::try_from(held_out.len()).unwrap();
    println!(
        "all {:.3} of {all}; where sure {:.3} of {sure}; opt-outs {:.3} of {stops}",
        share(right, all),
        share(sure_right, sure),
        share(true_stops, stops)
    );
    assert!(share(right, all) >= 0.79);
    assert!(share(sure_right, sure) >= 0.90);
    assert!(share(true_stops, stops) >= 0.95);
}

#[test]
fn every_intent_has_its_name_and_the_table_was_read() {
    assert_eq!(ALL.len(), NAMES.len());
    for (at, intent) in ALL.into_iter().enumerate() {
        assert_eq!(intent as usize, at);
    }
    assert!(MODEL.keys.len() > 10_000);
    assert!(MODEL.keys.is_sorted());
    assert!(is_known("umbrella") && !is_known("gelsenkirchen"));
}

#[test]
fn clear_wordings_are_heard() {
    for (text, intent) in [
        ("please take me off your list", Intent::Stop),
        ("will it rain tomorrow in boston", Intent::Forecast),
        ("an hour earlier please", Intent::Retime),
        ("hold the messages for ten days, i am away", Intent::Pause),
        ("schick mir das jeden morgen um sechs", Intent::Subscribe),
        ("quelles données gardez-vous sur moi", Intent::MyData),
    ] {
        assert_eq!(Heard::of(text).best().0, intent, "{text}");
    }
}

proptest::proptest! {
    #[test]
    fn any_text_is_heard_somehow(text in ".{0,400}") {
        let heard = Heard::of(&text);
        let sum: f32 = ALL.iter().map(|intent| heard.odds(*intent)).sum();
        proptest::prop_assert!((sum - 1.0).abs() < 0.01);
    }
}
