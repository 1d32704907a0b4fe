//! Tests of `places/coordinates.rs`.

use super::parse;

fn at(text: &str) -> Option<(f64, f64)> {
    parse(text).map(|c| {
        (
            (c.latitude() * 1000.0).round() / 1000.0,
            (c.longitude() * 1000.0).round() / 1000.0,
        )
    })
}

#[test]
fn every_spelling_of_one_spot() {
    for text in [
        "59.3293,18.0686",
        "59.3293 18.0686",
        "59,3293 18,0686",
        "59,3293; 18,0686",
        "lat 59.3293 lon 18.0686",
        "59.3293N 18.0686E",
        "N59.3293 E18.0686",
        "59.3293° N, 18.0686° E",
        "18.0686E, 59.3293N",
        "59°19'45.5\"N 18°04'07\"E",
        "59 19 45.5 N 18 4 7 E",
        "59° 19.758' N 18° 4.116' E",
        "geo:59.3293,18.0686;u=30",
        "https://maps.google.com/?q=59.3293,18.0686",
        "https://www.google.com/maps/@59.3293,18.0686,12z",
        "https://maps.apple.com/?ll=59.3293%2C18.0686&z=10",
        "https://www.openstreetmap.org/#map=12/59.3293/18.0686",
        "https://www.openstreetmap.org/?mlat=59.3293&mlon=18.0686",
        "https://www.google.com/maps/place/Stockholm/data=!3d59.3293!4d18.0686",
    ] {
        let (lat, lon) = at(text).unwrap_or_else(|| panic!("{text}"));
        assert!(
            (lat - 59.329).abs() < 0.0015 && (lon - 18.069).abs() < 0.0015,
            "{text}: {lat} {lon}"
        );
    }
}

#[test]
fn south_and_west() {
    assert_eq!(at("-12.05, -77.04"), Some((-12.05, -77.04)));
    assert_eq!(at("12.05S 77.04W"), Some((-12.05, -77.04)));
    assert_eq!(at("12°3'0\"S 77°2'24\"W"), Some((-12.05, -77.04)));
    assert_eq!(at("40, -74"), Some((40.0, -74.0)));
}

#[test]
fn other_numbers_are_no_positions() {
    for text in [
        "",
        "10115",
        "7 8",
        "12.10.2026",
        "95.5, 200.1",
        "3 days",
        "1.5 2.5",
        "+15551234567",
        "48.85",
        "1,2,3",
        "10.5 km, 3.2",
        "N N 1 2",
        "https://example.org/?q=lyon",
    ] {
        assert_eq!(at(text), None, "{text}");
    }
}
