//! From the files in `data/` to the index files that `places` maps: compiled into the build script only.

mod airports;
mod divisions;
mod grid;
mod hand;
mod names;
mod postcodes;
mod source;
mod spots;
mod texts;
mod words;

use std::error::Error;
use std::fs;
use std::path::Path;

use super::layout::{Bits, all_ones};
use divisions::Divisions;
use hand::Hand;
use names::Names;
use postcodes::Postcodes;
use source::Source;
use spots::Spots;
use texts::Texts;

pub(crate) type Made<T> = Result<T, Box<dyn Error>>;

/// Reads `data/`, writes the index files into `out`.
pub(crate) fn make(data: &Path, out: &Path) -> Made<()> {
    let raw = source::unpack(&data.join("places.gz"))?;
    let source = Source::parse(&raw)?;
    let hand = Hand::read(data)?;
    let mut divisions = Divisions::read(&source, &hand)?;
    let spots = Spots::read(&source, &hand, &divisions)?;
    divisions.settle(&spots);
    let postcodes = Postcodes::read(&source, &hand)?;
    let texts = Texts::collect(
        spots
            .names()
            .chain(divisions.names())
            .chain(postcodes.names()),
    );
    texts.write(out)?;
    spots.write(&texts, &divisions, out)?;
    divisions.write(&texts, out)?;
    postcodes.write(&texts, out)?;
    Names::collect(&spots, &hand)?.write(&spots, out)?;
    grid::write(&spots, out)?;
    airports::write(&spots, out)?;
    words::write(data, out)?;
    fs::write(out.join("zones.txt"), source.rows("zones")?.join("\n"))?;
    Ok(())
}

/// Writes a map of sorted keys.
pub(crate) fn write_map<'k>(
    out: &Path,
    entries: impl Iterator<Item = (&'k [u8], u64)>,
) -> Made<()> {
    let file = std::io::BufWriter::new(fs::File::create(out)?);
    let mut map = fst::MapBuilder::new(file)?;
    for (key, value) in entries {
        map.insert(key, value)?;
    }
    map.finish()?;
    Ok(())
}

/// Seven bits a byte, the last one without the high bit.
pub(crate) fn push_number(bytes: &mut Vec<u8>, mut number: u64) {
    while number >= 0x80 {
        bytes.push(number as u8 | 0x80);
        number >>= 7;
    }
    bytes.push(number as u8);
}

/// Small numbers of either sign become small numbers.
pub(crate) fn push_difference(bytes: &mut Vec<u8>, difference: i64) {
    push_number(bytes, (difference << 1 ^ difference >> 63).cast_unsigned());
}

/// A number put where it stands in a packed record.
pub(crate) fn field(value: u64, bits: Bits) -> Made<u128> {
    if value > all_ones(bits) {
        return Err(format!("{value} has more than {} bits", bits.1).into());
    }
    Ok(u128::from(value) << bits.0)
}

/// The same of a number that may be unknown.
pub(crate) fn field_or_none(value: Option<u64>, bits: Bits) -> Made<u128> {
    match value {
        Some(value) if value == all_ones(bits) => {
            Err(format!("{value} would be read as unknown").into())
        }
        value => field(value.unwrap_or(all_ones(bits)), bits),
    }
}
