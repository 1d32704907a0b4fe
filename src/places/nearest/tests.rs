//! Tests of `places/nearest.rs`.

use super::*;

#[test]
fn distances_are_right_and_cross_the_date_line() {
    let paris_london = distance_km((48.8566, 2.3522), (51.5074, -0.1278));
    assert!((paris_london - 343.5).abs() < 2.0, "{paris_london}");
    assert!(distance_km((0.0, 179.9), (0.0, -179.9)) < 23.0);
}

#[test]
fn the_least_is_never_more_than_the_distance() {
    for latitude in [-89.5, -60.0, -0.3, 0.0, 35.2, 71.9, 89.9] {
        let at = (latitude, 179.3);
        let least = Least::around(at, 3);
        for (north, east) in (-30..30).flat_map(|n| (-800..800).map(move |e| (n, e))) {
            let to = (
                (latitude + f64::from(north) / 10.0).clamp(-90.0, 90.0),
                (179.3 + f64::from(east) / 5.0 + 180.0).rem_euclid(360.0) - 180.0,
            );
            let (low, km) = (least.km(to), distance_km(at, to));
            assert!(low <= km + 1e-6, "{at:?} {to:?}: {low} {km}");
        }
    }
}

#[test]
fn names_the_town_that_people_would_say() {
    let gazetteer = Gazetteer::embedded();
    let name = |lat, lon| name_giver(&gazetteer, (lat, lon)).map(|s| s.name.read());
    assert_eq!(name(48.8566, 2.3522), Some("Paris".to_owned()));
    assert_eq!(name(-33.86, 151.2), Some("Sydney".to_owned()));
    assert_eq!(
        nearest(&gazetteer, (-16.79, 179.99)).map(|s| s.country.code() == "FJ"),
        Some(true)
    );
    assert_eq!(name(-48.88, -123.39), None);
    assert_eq!(name(90.0, 180.0), None);
}
