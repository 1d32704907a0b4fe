//! Columns for people: as wide as their widest cell, numbers to the right.

/// Lines under a heading.
pub(super) struct Table {
    widths: Vec<usize>,
    rows: Vec<Vec<String>>,
}

impl Table {
    /// With these columns.
    pub(super) fn new<const N: usize>(heading: [&str; N]) -> Self {
        let mut table = Self {
            widths: vec![0; N],
            rows: Vec::new(),
        };
        table.row(heading.map(str::to_owned));
        table
    }

    /// One more line.
    pub(super) fn row<const N: usize>(&mut self, cells: [String; N]) {
        for (width, cell) in self.widths.iter_mut().zip(&cells) {
            *width = (*width).max(width_of(cell));
        }
        self.rows.push(cells.into());
    }

    /// The lines, heading first, without blanks at their ends.
    pub(super) fn lines(&self) -> impl Iterator<Item = String> {
        let columns = 0..self.widths.len();
        let numeric: Vec<_> = columns.map(|column| self.is_numeric(column)).collect();
        self.rows.iter().map(move |row| {
            let mut line = String::new();
            for ((cell, width), numeric) in row.iter().zip(&self.widths).zip(&numeric) {
                let gap = " ".repeat(width - width_of(cell));
                let (before, after) = if *numeric {
                    (gap.as_str(), "")
                } else {
                    ("", gap.as_str())
                };
                line.extend([before, cell, after, "  "]);
            }
            line.truncate(line.trim_end().len());
            line
        })
    }

    fn is_numeric(&self, column: usize) -> bool {
        let cells = self.rows.iter().skip(1).filter_map(|row| row.get(column));
        let mut cells = cells.filter(|cell| !cell.is_empty()).peekable();
        cells.peek().is_some() && cells.all(|cell| cell.parse::<f64>().is_ok())
    }
}

/// Columns on a terminal. East Asian wide letters take two; combining marks none.
fn width_of(text: &str) -> usize {
    text.chars()
        .map(|c| match u32::from(c) {
            0x0300..=0x036F | 0x200B..=0x200F | 0xFE00..=0xFE0F => 0,
            0x1100..=0x115F | 0x2E80..=0xA4CF | 0xAC00..=0xD7A3 | 0xF900..=0xFAFF => 2,
            0xFE30..=0xFE4F | 0xFF00..=0xFF60 | 0xFFE0..=0xFFE6 => 2,
            0x1F300..=0x1FAFF | 0x20000..=0x3FFFD => 2,
            _ => 1,
        })
        .sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn aligns_names_left_and_numbers_right() {
        let mut table = Table::new(["name", "score", "note"]);
        table.row(["Köln".to_owned(), "9.5".to_owned(), String::new()]);
        table.row(["東京".to_owned(), "10.25".to_owned(), "wide".to_owned()]);
        let lines: Vec<_> = table.lines().collect();
        assert_eq!(
            lines,
            ["name  score  note", "Köln    9.5", "東京  10.25  wide"]
        );
    }
}
