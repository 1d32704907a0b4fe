//! Tests of `places/postcode.rs`.

use super::*;

fn find(country: &str, code: &str) -> Option<(f64, f64)> {
    locate(&Gazetteer::embedded(), Country::parse(country)?, code)
        .filter(|f| f.exact)
        .map(|f| f.at)
}

#[test]
fn prefixes_lead_to_the_town() {
    for (country, code, lat, lon) in [
        ("US", "94110", 37.75, -122.42),
        ("GB", "G11AA", 55.86, -4.25),
        ("CA", "V5K0A1", 49.28, -123.04),
        ("DE", "80331", 48.14, 11.57),
        ("NL", "3011AB", 51.92, 4.48),
        ("JP", "5300001", 34.70, 135.49),
        ("IN", "400001", 18.94, 72.84),
        ("BR", "20040002", -22.9, -43.2),
    ] {
        let (found_lat, found_lon) =
            find(country, code).unwrap_or_else(|| panic!("{country} {code}"));
        assert!(
            (found_lat - lat).abs() < 0.15 && (found_lon - lon).abs() < 0.15,
            "{country} {code}: {found_lat} {found_lon}"
        );
    }
}

#[test]
fn codes_that_do_not_exist() {
    assert_eq!(find("US", "00000"), None);
    assert_eq!(find("GB", "Z99ZZ"), None);
    assert_eq!(find("CA", "D1A1A1"), None);
}

#[test]
fn the_way_it_is_written_tells_the_country() {
    let of = |raw: &str| {
        let words: Vec<String> = crate::places::fold::fold(raw)
            .split(' ')
            .map(str::to_owned)
            .collect();
        codes(&words, raw).first().map(|c| {
            c.countries
                .iter()
                .map(|c| c.code().to_owned())
                .collect::<Vec<_>>()
                .join(" ")
        })
    };
    assert_eq!(of("160-0022").as_deref(), Some("JP"));
    assert_eq!(of("04538-132").as_deref(), Some("BR"));
    assert_eq!(of("10115-1234").as_deref(), Some("US"));
    assert_eq!(of("2511 BT").as_deref(), Some("NL"));
    assert_eq!(of("123456789012"), None);
}
