//! Tests of `places/fuzzy.rs`.

use proptest::prelude::*;

use super::*;
use crate::places::gazetteer::Gazetteer;

#[test]
fn finds_what_was_meant() {
    let gazetteer = Gazetteer::embedded();
    for (typed, meant, edits) in [
        ("toranto", "toronto", 1),
        ("new yrok", "new york", 1),
        ("edinborough", "edinburgh", 3),
        ("cincinatti", "cincinnati", 2),
    ] {
        let found = near(
            &gazetteer.fuzzy,
            typed,
            tolerance(typed.len()),
            &Effort::of_one_text(),
        );
        assert!(
            found.iter().any(|n| n.key == meant && n.edits == edits),
            "{typed}"
        );
    }
}

proptest! {
    #[test]
    fn agrees_with_a_plain_reckoning(word in "[a-e]{5,9}") {
        let keys = ["abcde", "bacde", "abcdde", "eabcd", "edcba", "aabbccdd", "abcdeabcd"];
        let mut sorted = keys.to_vec();
        sorted.sort_unstable();
        let bytes: &'static [u8] = Box::leak(fst::raw::Fst::from_iter_map(sorted.iter().map(|k| (k.as_bytes(), 7))).unwrap().as_bytes().to_vec().into_boxed_slice());
        let map = Fst::new(bytes).unwrap();
        let mut found: Vec<(String, usize)> = near(&map, &word, 2, &Effort::of_one_text()).into_iter().map(|n| (n.key, n.edits)).collect();
        found.sort();
        let mut plain: Vec<(String, usize)> = sorted.iter().map(|k| ((*k).to_owned(), strsim::osa_distance(k, &word))).filter(|(_, d)| *d <= 2).collect();
        plain.sort();
        prop_assert_eq!(found, plain);
    }
}
