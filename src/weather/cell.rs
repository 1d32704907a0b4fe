//! The cell: which spots share one forecast, and the key of the cache.

use std::fmt;
use std::str::FromStr;

use super::Spot;

/// A twentieth of a degree each way and a hundred metres of height: no finer than the models' own grids, and temperature falls
/// by 0.65 degrees a bucket (docs/wire.md#open-meteo-cells).
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Cell {
    /// Latitude in twentieths of a degree, -1800..=1800.
    latitude: i16,
    /// Longitude in twentieths of a degree, -3600..3600.
    longitude: i16,
    /// Hundreds of metres above the sea, rounded down; `None` where the height is not known.
    elevation: Option<i16>,
}

impl Cell {
    /// The cell of a spot.
    #[must_use]
    pub fn of(spot: &Spot) -> Self {
        Self {
            latitude: twentieths(spot.coordinates.latitude()),
            // 180 east is 180 west.
            longitude: wrap(twentieths(spot.coordinates.longitude())),
            elevation: spot.elevation_m.map(|m| m.div_euclid(100)),
        }
    }

    /// How long before a text is due its forecast is best fetched: 5 to 29 minutes, another one for each cell, so that a full
    /// hour's worth of places is not asked for at once, and never on the full hour (docs/wire.md#met-norway-manners).
    #[must_use]
    pub fn lead_s(&self) -> u32 {
        let mut hash = 0x811c_9dc5_u32;
        let height = self.elevation.unwrap_or(i16::MAX);
        for part in [self.latitude, self.longitude, height] {
            for byte in part.to_le_bytes() {
                hash = (hash ^ u32::from(byte)).wrapping_mul(0x0100_0193);
            }
        }
        5 * 60 + hash % (24 * 60)
    }
}

fn twentieths(degrees: f64) -> i16 {
    // Coordinates hold at most 180 degrees, 3600 twentieths.
    (degrees * 20.0).round() as i16
}

const fn wrap(longitude: i16) -> i16 {
    if longitude >= 3600 {
        longitude - 7200
    } else {
        longitude
    }
}

/// `51.50,-0.15,0`: the cell's middle and the floor of its height in metres, `-` where that is not known. Kept in databases.
impl fmt::Display for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let (latitude, longitude) = (f64::from(self.latitude), f64::from(self.longitude));
        write!(f, "{:.2},{:.2},", latitude / 20.0, longitude / 20.0)?;
        match self.elevation {
            Some(hundreds) => write!(f, "{}", i32::from(hundreds) * 100),
            None => f.write_str("-"),
        }
    }
}

impl fmt::Debug for Cell {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// The text is not one that [`Cell`] writes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not the name of a weather cell")]
pub struct NotACell;

impl FromStr for Cell {
    type Err = NotACell;

    fn from_str(text: &str) -> Result<Self, NotACell> {
        let mut parts = text.split(',');
        let (Some(latitude), Some(longitude), Some(height), None) =
            (parts.next(), parts.next(), parts.next(), parts.next())
        else {
            return Err(NotACell);
        };
        let degrees = |text: &str, limit: f64| {
            let degrees: f64 = text.parse().map_err(|_| NotACell)?;
            if degrees.abs() <= limit {
                Ok(twentieths(degrees))
            } else {
                Err(NotACell)
            }
        };
        let elevation = match height {
            "-" => None,
            metres => {
                let metres: i32 = metres.parse().map_err(|_| NotACell)?;
                Some(i16::try_from(metres.div_euclid(100)).map_err(|_| NotACell)?)
            }
        };
        Ok(Self {
            latitude: degrees(latitude, 90.0)?,
            longitude: wrap(degrees(longitude, 180.0)?),
            elevation,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::place::Coordinates;
    use proptest::prelude::*;

    fn spot(latitude: f64, longitude: f64, elevation_m: Option<i16>) -> Spot {
        Spot {
            coordinates: Coordinates::new(latitude, longitude).unwrap(),
            elevation_m,
            country: None,
        }
    }

    #[test]
    fn neighbours_share_a_cell_unless_one_lives_on_the_hill() {
        let station = Cell::of(&spot(47.3782, 8.5402, Some(408)));
        let lake = Cell::of(&spot(47.3790, 8.5300, Some(412)));
        let hill = Cell::of(&spot(47.3782, 8.5402, Some(671)));
        assert_eq!(station, lake);
        assert_ne!(station, hill);
        assert_ne!(station, Cell::of(&spot(47.3782, 8.5402, None)));
    }

    #[test]
    fn cells_have_stable_names() {
        assert_eq!(
            Cell::of(&spot(51.5085, -0.1257, Some(25))).to_string(),
            "51.50,-0.15,0"
        );
        assert_eq!(
            Cell::of(&spot(31.5, 35.48, Some(-430))).to_string(),
            "31.50,35.50,-500"
        );
        assert_eq!(
            Cell::of(&spot(-90.0, 180.0, None)).to_string(),
            "-90.00,-180.00,-"
        );
    }

    #[test]
    fn other_texts_are_no_cells() {
        for text in [
            "",
            "1,2",
            "1,2,3,4",
            "91.00,0.00,-",
            "nan,0.00,-",
            "0,0,x",
            "0,0,99999999",
        ] {
            assert_eq!(text.parse::<Cell>(), Err(NotACell), "{text}");
        }
    }

    proptest! {
        #[test]
        fn a_name_leads_back_to_its_cell(
            latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64, height in proptest::option::of(any::<i16>())
        ) {
            let cell = Cell::of(&spot(latitude, longitude, height));
            prop_assert_eq!(cell.to_string().parse::<Cell>(), Ok(cell));
            prop_assert!((300..1740).contains(&cell.lead_s()));
        }
    }
}
