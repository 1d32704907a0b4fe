//! The hand-made tables in `data/`: tab-separated, `#` begins a comment.

use std::fs;
use std::path::Path;

use super::Made;

/// Every hand-made row, split at tabs.
pub(crate) struct Hand {
    /// name, country, latitude, longitude, weight, aliases
    pub(crate) areas: Vec<Vec<String>>,
    /// what people write, name, country or country.state
    pub(crate) nicknames: Vec<Vec<String>>,
    /// kind of patch first
    patches: Vec<Vec<String>>,
}

impl Hand {
    pub(crate) fn read(data: &Path) -> Made<Self> {
        let mut areas = table(&data.join("areas.tsv"), 5)?;
        areas
            .iter_mut()
            .for_each(|row| row.resize(6, String::new()));
        Ok(Self {
            areas,
            nicknames: table(&data.join("nicknames.tsv"), 3)?,
            patches: table(&data.join("patches.tsv"), 3)?,
        })
    }

    /// Patches of one kind, without the kind.
    pub(crate) fn patches<'a>(&'a self, kind: &'a str) -> impl Iterator<Item = &'a [String]> {
        self.patches
            .iter()
            .filter(move |row| row[0] == kind)
            .map(|row| &row[1..])
    }
}

fn table(path: &Path, columns: usize) -> Made<Vec<Vec<String>>> {
    let text = fs::read_to_string(path).map_err(|e| format!("{}: {e}", path.display()))?;
    let mut rows = Vec::new();
    for (number, line) in text.lines().enumerate() {
        if line.is_empty() || line.starts_with('#') {
            continue;
        }
        let row: Vec<String> = line
            .split('\t')
            .map(|cell| cell.trim().to_owned())
            .collect();
        if row.len() < columns {
            return Err(format!(
                "{}:{}: {} columns, {columns} wanted",
                path.display(),
                number + 1,
                row.len()
            )
            .into());
        }
        rows.push(row);
    }
    Ok(rows)
}
