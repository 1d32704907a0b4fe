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
    cheapest(gazetteer, at, 0.0, |_, km| km)
}

/// The town that people at a position would name: a city within reach before a hamlet next door.
pub(crate) fn name_giver(gazetteer: &Gazetteer, at: (f64, f64)) -> Option<Spot> {
    // No place has more than 400 million people.
    cheapest(gazetteer, at, 3.0 * 8.61, |spot, km| {
        let quarter = if spot.kind == Kind::Quarter { 8.0 } else { 0.0 };
        // Reach of a place grows with its people: 10 km for 100,000, 16 km for a million.
        km + quarter - 3.0 * f64::from(spot.people.saturating_add(100)).min(4e8).log10()
    })
}

/// Whether a city of so many people lies within so many kilometres.
pub(crate) fn is_near_a_city(
    gazetteer: &Gazetteer,
    at: (f64, f64),
    people: u32,
    within_km: f64,
) -> bool {
    let (row, column) = ((at.0 + 90.0).floor() as i32, (at.1 + 180.0).floor() as i32);
    outwards(row, 1)
        .filter(|r| (0..180).contains(r))
        .flat_map(|r| outwards(column, widen(1, at.0)).flat_map(move |c| gazetteer.cell(r, c)))
        .any(|spot| {
            spot.people >= people
                && !matches!(spot.kind, Kind::Area | Kind::Airport)
                && distance_km(at, (spot.latitude, spot.longitude)) < within_km
        })
}

/// The place with the lowest cost, which is nowhere lower than the distance less `rebate` kilometres.
fn cheapest(
    gazetteer: &Gazetteer,
    at: (f64, f64),
    rebate: f64,
    cost: impl Fn(&Spot, f64) -> f64,
) -> Option<Spot> {
    let (row, column) = ((at.0 + 90.0).floor() as i32, (at.1 + 180.0).floor() as i32);
    let mut best: Option<(f64, Spot)> = None;
    for reach in [1, 3] {
        let wide = widen(reach, at.0);
        let least = Least::around(at, reach);
        // From the middle: whatever is found early saves looking closely at the rest.
        for r in outwards(row, reach).filter(|r| (0..180).contains(r)) {
            for spot in outwards(column, wide).flat_map(|c| gazetteer.cell(r, c)) {
                let to = (spot.latitude, spot.longitude);
                let most = best
                    .as_ref()
                    .map_or(FARTHEST_KM, |(price, _)| price + rebate);
                if least.km(to) > most {
                    continue;
                }
                let km = distance_km(at, to);
                let price = cost(&spot, km);
                if km < FARTHEST_KM && best.as_ref().is_none_or(|(cheapest, _)| price < *cheapest) {
                    best = Some((price, spot));
                }
            }
        }
        if best.is_some() {
            break;
        }
    }
    best.map(|(_, spot)| spot)
}

fn outwards(middle: i32, reach: i32) -> impl Iterator<Item = i32> {
    std::iter::once(middle).chain((1..=reach).flat_map(move |off| [middle - off, middle + off]))
}

/// What a distance is at least, told without a sine: the way along the meridian, and the way along the parallel where it is shortest.
struct Least {
    at: (f64, f64),
    km_per_degree_east: f64,
}

impl Least {
    fn around(at: (f64, f64), reach: i32) -> Self {
        let farthest = (at.0.abs() + f64::from(reach) + 1.0).min(90.0);
        // A chord is shorter than its arc: by less than 2 % up to forty degrees.
        Self {
            at,
            km_per_degree_east: 109.0 * farthest.to_radians().cos(),
        }
    }

    fn km(&self, to: (f64, f64)) -> f64 {
        let east = (to.1 - self.at.1).abs();
        let east = east.min(360.0 - east).min(40.0);
        let north = (to.0 - self.at.0).abs() * 111.0;
        north.max(east * self.km_per_degree_east)
    }
}

/// Cells are narrower towards the poles.
fn widen(reach: i32, latitude: f64) -> i32 {
    let shrink = latitude.to_radians().cos().max(0.02);
    ((f64::from(reach) / shrink).ceil() as i32).min(180)
}

#[cfg(test)]
mod tests;
