//! Towns by cell of one degree, to find the nearest.

use std::path::Path;

use super::Made;
use super::spots::{QUARTER, Spots};

/// `360 * 180 + 1` starts, then the numbers of the spots.
pub(crate) fn write(spots: &Spots, out: &Path) -> Made<()> {
    let mut cells = vec![Vec::new(); 360 * 180];
    for (at, spot) in spots.list.iter().enumerate() {
        if spot.kind <= QUARTER {
            let row = (spot.lat.div_euclid(1000) + 90).clamp(0, 179) as usize;
            let column = (spot.lon.div_euclid(1000) + 180).rem_euclid(360) as usize;
            cells[row * 360 + column].push(at as u32);
        }
    }
    let (mut starts, mut members) = (Vec::new(), Vec::new());
    for cell in &cells {
        starts.extend((members.len() as u32 / 4).to_le_bytes());
        members.extend(cell.iter().flat_map(|at| at.to_le_bytes()));
    }
    starts.extend((members.len() as u32 / 4).to_le_bytes());
    starts.extend(members);
    std::fs::write(out.join("grid.bin"), starts)?;
    Ok(())
}
