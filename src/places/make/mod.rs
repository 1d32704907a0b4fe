//! From the files in `data/` to the index files that `places` maps: compiled into the build script only.

mod airports;
mod divisions;
mod grid;
mod hand;
mod names;
mod postcodes;
mod source;
mod spots;
mod words;

use std::error::Error;
use std::fs;
use std::path::Path;

use divisions::Divisions;
use hand::Hand;
use names::Names;
use source::Source;
use spots::Spots;

pub(crate) type Made<T> = Result<T, Box<dyn Error>>;

/// Reads `data/`, writes the index files into `out`.
pub(crate) fn make(data: &Path, out: &Path) -> Made<()> {
    let raw = source::unpack(&data.join("places.gz"))?;
    let source = Source::parse(&raw)?;
    let hand = Hand::read(data)?;
    let mut texts = Texts::default();
    let mut divisions = Divisions::read(&source, &hand, &mut texts)?;
    let spots = Spots::read(&source, &hand, &divisions)?;
    divisions.settle(&spots);
    let names = Names::collect(&spots, &hand)?;
    names.write(&spots, out)?;
    grid::write(&spots, out)?;
    airports::write(&spots, out)?;
    postcodes::write(&source, &hand, &mut texts, out)?;
    words::write(data, out)?;
    fs::write(out.join("spots.bin"), spots.records(&mut texts))?;
    divisions.write(out)?;
    fs::write(out.join("zones.txt"), source.rows("zones")?.join("\n"))?;
    fs::write(out.join("texts.bin"), &texts.bytes)?;
    Ok(())
}

/// All names one after another; a name is its offset and length.
#[derive(Default)]
pub(crate) struct Texts {
    bytes: Vec<u8>,
}

impl Texts {
    /// Offset in the low 24 bits, length in the high 8.
    pub(crate) fn add(&mut self, text: &str) -> u32 {
        let mut end = text.len().min(255);
        while !text.is_char_boundary(end) {
            end -= 1;
        }
        let offset = self.bytes.len() as u32;
        self.bytes.extend_from_slice(&text.as_bytes()[..end]);
        offset | (end as u32) << 24
    }
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
