//! Towns by cell of one degree, to find the nearest.

use std::collections::BTreeMap;
use std::path::Path;

use super::spots::{QUARTER, Spots};
use super::{Made, push_number};

/// The cells that have towns, and for each of them the numbers of its spots as differences.
pub(crate) fn write(spots: &Spots, out: &Path) -> Made<()> {
    let mut cells: BTreeMap<u16, Vec<u64>> = BTreeMap::new();
    for (at, spot) in spots.list.iter().enumerate() {
        if spot.kind <= QUARTER {
            let row = (spot.lat.div_euclid(1000) + 90).clamp(0, 179);
            let column = (spot.lon.div_euclid(1000) + 180).rem_euclid(360);
            let cell = u16::try_from(row * 360 + column)?;
            cells.entry(cell).or_default().push(at as u64);
        }
    }
    let (mut starts, mut members): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
    for (cell, towns) in &cells {
        starts.extend(cell.to_le_bytes());
        starts.extend(&(members.len() as u32).to_le_bytes()[..3]);
        push_number(&mut members, towns.len() as u64);
        let mut before = 0;
        for at in towns {
            push_number(&mut members, at - before);
            before = *at;
        }
    }
    std::fs::write(out.join("grid_cells.bin"), starts)?;
    std::fs::write(out.join("grid.bin"), members)?;
    Ok(())
}
