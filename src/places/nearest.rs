//! From a position back to a name: the nearest town, or the one that people there would say.

use super::gazetteer::{Gazetteer, Kind, Spot};

/// Beyond this a town says nothing about a position.
const FARTHEST_KM: f64 = 300.0;

/// Kilometres between two positions, on a sphere.
pub(crate) fn distance_km(from: (f64, f64), to: (f64, f64)) -> f64 {
    let (lat1, lon1, lat2, lon2) = (
        from.0.to_radians(),
        from.1.to_radians(),
        to.0.to_radians(),
        to.1.to_radians(),
    );
    let half = |angle: f64| (angle / 2.0).sin().powi(2);
    let chord = half(lat2 - lat1) + lat1.cos() * lat2.cos() * half(lon2 - lon1);
    2.0 * 6371.0 * chord.sqrt().min(1.0).asin()
}

/// The town nearest to a position.
pub(crate) fn nearest(gazetteer: &Gazetteer, at: (f64, f64)) -> Option<Spot> {
    cheapest(gazetteer, at, |_, km| km)
}

/// The town that people at a position would name: a city within reach before a hamlet next door.
pub(crate) fn name_giver(gazetteer: &Gazetteer, at: (f64, f64)) -> Option<Spot> {
    cheapest(gazetteer, at, |spot, km| {
        let quarter = if spot.kind == Kind::Quarter { 8.0 } else { 0.0 };
        // Reach of a place grows with its people: 10 km for 100,000, 16 km for a million.
        km + quarter - 3.0 * f64::from(spot.people + 100).log10()
    })
}

fn cheapest(
    gazetteer: &Gazetteer,
    at: (f64, f64),
    cost: impl Fn(&Spot, f64) -> f64,
) -> Option<Spot> {
    let (row, column) = ((at.0 + 90.0).floor() as i32, (at.1 + 180.0).floor() as i32);
    let mut best: Option<(f64, Spot)> = None;
    for reach in [1, 3] {
        let wide = widen(reach, at.0);
        for r in row - reach..=row + reach {
            if !(0..180).contains(&r) {
                continue;
            }
            for c in column - wide..=column + wide {
                for spot in gazetteer.cell(r, c) {
                    let km = distance_km(at, (spot.latitude, spot.longitude));
                    let price = cost(&spot, km);
                    if km < FARTHEST_KM
                        && best.as_ref().is_none_or(|(cheapest, _)| price < *cheapest)
                    {
                        best = Some((price, spot));
                    }
                }
            }
        }
        if best.is_some() {
            break;
        }
    }
    best.map(|(_, spot)| spot)
}

/// Cells are narrower towards the poles.
fn widen(reach: i32, latitude: f64) -> i32 {
    let shrink = latitude.to_radians().cos().max(0.02);
    ((f64::from(reach) / shrink).ceil() as i32).min(180)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn distances_are_right_and_cross_the_date_line() {
        let paris_london = distance_km((48.8566, 2.3522), (51.5074, -0.1278));
        assert!((paris_london - 343.5).abs() < 2.0, "{paris_london}");
        assert!(distance_km((0.0, 179.9), (0.0, -179.9)) < 23.0);
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
}
