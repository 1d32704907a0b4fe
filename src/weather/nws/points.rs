//! Which grid cell of the US National Weather Service a spot is in, remembered for a week.

use std::collections::HashMap;
use std::sync::{Mutex, PoisonError};

use jiff::{SignedDuration, Timestamp};
use serde_json::Value;

use crate::weather::cell::Cell;

/// Small entries; when there are more, all are asked for anew.
const CAPACITY: usize = 10_000;
const GRID_LASTS: SignedDuration = SignedDuration::from_hours(7 * 24);
/// A point "outside" may be the service's mistake.
const NOWHERE_LASTS: SignedDuration = SignedDuration::from_hours(24);

/// What was learnt, by cell, with its time.
#[derive(Debug, Default)]
pub(super) struct Points(Mutex<HashMap<Cell, (Remembered, Timestamp)>>);

/// What a point is to the service.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum Remembered {
    Grid(Grid),
    Nowhere,
}

impl Points {
    pub(super) fn get(&self, cell: Cell, now: Timestamp) -> Option<Remembered> {
        let points = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let (remembered, learnt_at) = points.get(&cell)?;
        let lasts = match remembered {
            Remembered::Grid(_) => GRID_LASTS,
            Remembered::Nowhere => NOWHERE_LASTS,
        };
        (now.duration_since(*learnt_at).abs() <= lasts).then(|| remembered.clone())
    }

    pub(super) fn keep(&self, cell: Cell, what: Remembered, now: Timestamp) {
        let mut points = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if points.len() >= CAPACITY {
            points.clear();
        }
        points.insert(cell, (what, now));
    }
}

/// A grid cell: its office and its numbers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Grid {
    office: String,
    x: u32,
    y: u32,
}

impl Grid {
    /// Out of a `/points` answer. Its URLs are not followed: they might lead elsewhere.
    pub(super) fn read(answer: &Value) -> Option<Self> {
        let properties = answer.get("properties")?;
        let number = |name: &str| {
            let value = properties.get(name)?;
            let number = value.as_u64().or_else(|| value.as_str()?.parse().ok())?;
            u32::try_from(number).ok()
        };
        let office = properties.get("gridId")?.as_str()?;
        let plain =
            (1..=8).contains(&office.len()) && office.bytes().all(|b| b.is_ascii_alphanumeric());
        plain.then_some(Self {
            office: office.to_owned(),
            x: number("gridX")?,
            y: number("gridY")?,
        })
    }

    pub(super) fn path(&self) -> String {
        format!("/gridpoints/{}/{},{}", self.office, self.x, self.y)
    }
}

/// At most four decimals and no trailing zeros: other forms are redirected (docs/wire.md#nws-questions).
pub(super) fn degrees(degrees: f64) -> String {
    let text = format!("{degrees:.4}");
    let text = text.trim_end_matches('0').trim_end_matches('.');
    if text == "-0" {
        "0".into()
    } else {
        text.into()
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn coordinates_are_canonical() {
        assert_eq!(degrees(40.0), "40");
        assert_eq!(degrees(-73.750_001), "-73.75");
        assert_eq!(degrees(42.745_678), "42.7457");
        assert_eq!(degrees(-0.000_001), "0");
        assert_eq!(degrees(100.0), "100");
    }

    #[test]
    fn a_grid_cell_is_read_strictly_since_it_becomes_a_path() {
        let grid = |id: Value, x: Value| {
            Grid::read(&json!({"properties": {"gridId": id, "gridX": x, "gridY": 67}}))
        };
        assert_eq!(
            grid(json!("ALY"), json!(71)).unwrap().path(),
            "/gridpoints/ALY/71,67"
        );
        assert_eq!(
            grid(json!("ALY"), json!("71")).unwrap().path(),
            "/gridpoints/ALY/71,67"
        );
        for (id, x) in [
            (json!("../x"), json!(1)),
            (json!(""), json!(1)),
            (json!(null), json!(1)),
            (json!("ALY"), json!(-1)),
            (json!("ALY"), json!(null)),
        ] {
            assert_eq!(grid(id, x), None);
        }
    }
}
