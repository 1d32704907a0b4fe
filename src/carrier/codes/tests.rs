//! Tests of `carrier/codes.rs`.

use super::*;
use Treatment::{HoldAll, OptedOut, PhoneGone, ThisMessage, Transient};
use std::collections::BTreeMap;

/// Newer than the catalogue of May 2023.
const NEWER: [u32; 9] = [
    21635, 21659, 21660, 21661, 30036, 30037, 30039, 30045, 90007,
];

/// Written down apart from the table, by kind.
const HOLD: &[u32] = &[
    10001, 20003, 20005, 21210, 21212, 21606, 21659, 21660, 21661, 21703, 21704, 21705, 30002,
    30032, 30033, 30034, 30037, 63001, 63007, 63020, 63051,
];
const GONE: &[u32] = &[
    21211, 21214, 21217, 21612, 21614, 21635, 30005, 30006, 63003, 63014, 63024, 63032, 63033,
];
const PASSING: &[u32] = &[
    20429, 21611, 22005, 30001, 30003, 30017, 30022, 30023, 30027, 30035, 30410, 30450, 63010,
    63012, 63017, 63018, 63038,
];

#[test]
fn is_sorted_without_doubles() {
    let mut all = Vec::new();
    for (_, rows) in TABLE {
        assert!(rows.windows(2).all(|two| two[0].0 < two[1].0));
        all.extend(rows.iter().map(|row| row.0));
    }
    let rows = all.len();
    all.sort_unstable();
    all.dedup();
    assert_eq!(all.len(), rows);
}

#[test]
fn treats_codes_as_their_kind_asks() {
    let all = |codes: &[u32], want| {
        for code in codes {
            assert_eq!(known(*code), Some(want), "{code}");
        }
    };
    all(HOLD, HoldAll);
    all(GONE, PhoneGone);
    all(PASSING, Transient);
    all(&[21610, 30004], OptedOut);
    all(&[21608, 21408, 30007, 30008, 30036], ThisMessage);
}

#[test]
fn an_unknown_code_costs_its_own_message_only() {
    assert_eq!(treatment(99_999), ThisMessage);
    assert_eq!(known(99_999), None);
    assert_eq!(meaning(99_999), None);
    assert_eq!(meaning(21610), Some("the phone opted out"));
}

#[test]
fn agrees_with_the_catalogue_about_what_exists() {
    let Ok(dir) = std::env::var("WEATHERLINE_DATA") else {
        eprintln!("SKIPPED: Twilio's catalogue of error codes needs WEATHERLINE_DATA");
        return;
    };
    let text = std::fs::read(format!("{dir}/twilio_error_codes_2023.json")).unwrap();
    let file: serde_json::Value = serde_json::from_slice(&text).unwrap();
    let listed: BTreeMap<u64, &str> = file["codes"]
        .as_array()
        .unwrap()
        .iter()
        .map(|row| {
            (
                row["code"].as_u64().unwrap(),
                row["message"].as_str().unwrap(),
            )
        })
        .collect();
    for (code, _) in TABLE.iter().flat_map(|(_, rows)| *rows) {
        let is_listed = listed.contains_key(&u64::from(*code));
        assert_eq!(is_listed, !NEWER.contains(code), "{code}");
    }
    // Whatever the catalogue calls unsubscribed, not active or suspended must have its row.
    for (code, message) in listed {
        let message = message.to_lowercase();
        let is_grave = ["unsubscribed recipient", "not active", "account suspended"]
            .iter()
            .any(|word| message.contains(word));
        let row = known(u32::try_from(code).unwrap());
        assert!(
            !is_grave || matches!(row, Some(HoldAll | OptedOut)),
            "{code} {message}"
        );
    }
}
