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
mod tests;
