//! Plus Codes (Open Location Code): `8FVC9G8F+6X`, or a short one with a town, `9G8F+6X Zürich`.

use crate::domain::place::Coordinates;

const DIGITS: &[u8] = b"23456789CFGHJMPQRVWX";
/// Degrees that one digit of each pair spans.
const STEPS: [f64; 5] = [20.0, 1.0, 0.05, 0.0025, 0.000_125];
const FULL: usize = 8;

/// A code found in a text, and what else stands there.
#[derive(Debug, PartialEq)]
pub(crate) struct PlusCode<'t> {
    digits: Vec<usize>,
    /// How many digits are left out at the front.
    missing: usize,
    /// The text without the code: the town that a short code needs.
    pub(crate) town: &'t str,
}

/// Finds a code as the first or the last word.
pub(crate) fn find(text: &str) -> Option<PlusCode<'_>> {
    let text = text.trim();
    let (first, rest) = text.split_once([' ', ',']).unwrap_or((text, ""));
    if let Some(code) = read(first, rest.trim_start_matches([' ', ','])) {
        return Some(code);
    }
    let (rest, last) = text.rsplit_once(' ')?;
    read(last, rest.trim_end_matches([' ', ',']))
}

fn read<'t>(word: &str, town: &'t str) -> Option<PlusCode<'t>> {
    let (front, back) = word.split_once('+')?;
    let whole = front.len() == FULL || ((front.len() == 4 || front.len() == 6) && !town.is_empty());
    (whole && (2..=3).contains(&back.len())).then_some(())?;
    let digit = |byte: u8| DIGITS.iter().position(|d| *d == byte.to_ascii_uppercase());
    let digits: Option<Vec<usize>> = front
        .bytes()
        .chain(back.bytes().take(2))
        .map(digit)
        .collect();
    Some(PlusCode {
        digits: digits?,
        missing: FULL - front.len(),
        town,
    })
}

impl PlusCode<'_> {
    /// Whether it means a spot by itself.
    pub(crate) fn is_full(&self) -> bool {
        self.missing == 0
    }

    /// The middle of its cell; a short code means the one nearest to `near`.
    pub(crate) fn position(&self, near: Option<Coordinates>) -> Option<Coordinates> {
        let (mut lat, mut lon) = (0.0, 0.0);
        let base = match near {
            _ if self.is_full() => (0.0, 0.0),
            None => return None,
            Some(near) => (near.latitude() + 90.0, near.longitude() + 180.0),
        };
        for (pair, step) in STEPS.iter().enumerate() {
            let known =
                |offset: usize, whole: f64| match (pair * 2 + offset).checked_sub(self.missing) {
                    Some(at) => self.digits[at] as f64 * step,
                    None => (whole / step).floor().rem_euclid(20.0) * step,
                };
            lat += known(0, base.0);
            lon += known(1, base.1);
        }
        let last = STEPS[4];
        let (mut lat, mut lon) = (lat + last / 2.0 - 90.0, lon + last / 2.0 - 180.0);
        if let (false, Some(near)) = (self.is_full(), near) {
            let cell = STEPS[self.missing / 2 - 1];
            lat = closest(lat, near.latitude(), cell);
            lon = closest(lon, near.longitude(), cell);
        }
        Coordinates::new(lat, lon)
    }
}

fn closest(value: f64, near: f64, cell: f64) -> f64 {
    if value - near > cell / 2.0 {
        value - cell
    } else if near - value > cell / 2.0 {
        value + cell
    } else {
        value
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn full_and_short_codes() {
        let full = find("8FVC9G8F+6X").unwrap().position(None).unwrap();
        assert!(
            (full.latitude() - 47.3656).abs() < 0.001 && (full.longitude() - 8.5249).abs() < 0.001,
            "{full:?}"
        );
        let short = find("9G8F+6X Zürich").unwrap();
        assert_eq!(short.town, "Zürich");
        let near = Coordinates::new(47.37, 8.54).unwrap();
        let found = short.position(Some(near)).unwrap();
        assert!(
            (found.latitude() - full.latitude()).abs() < 1e-6
                && (found.longitude() - full.longitude()).abs() < 1e-6
        );
        assert!(find("Zürich 9G8F+6X").is_some());
    }

    #[test]
    fn other_plusses_are_none() {
        for text in [
            "",
            "+15551234567",
            "1+1",
            "a+b c",
            "8FVC9G8F+",
            "9G8F+6X",
            "8FVC9G8A+6X",
        ] {
            assert_eq!(find(text), None, "{text}");
        }
    }
}
