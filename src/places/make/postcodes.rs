//! Postcode prefixes: country and code to a position, and for some the town's name.

use std::collections::BTreeMap;
use std::path::Path;

use super::super::layout::POSTCODES_A_BLOCK;
use super::hand::Hand;
use super::source::Source;
use super::spots::thousandths;
use super::texts::Texts;
use super::{Made, push_difference, push_number, write_map};

pub(crate) struct Postcodes<'t> {
    /// country and code -> thousandths of degrees, the town or nothing
    rows: BTreeMap<String, (i32, i32, &'t str)>,
}

impl<'t> Postcodes<'t> {
    pub(crate) fn read(source: &Source<'t>, hand: &Hand) -> Made<Self> {
        let (codes, names) = (source.rows("post.code")?, source.rows("post.name")?);
        let (lats, lons) = (source.rows("post.lat")?, source.rows("post.lon")?);
        let mut rows = BTreeMap::new();
        let (mut code, mut lat, mut lon, mut name) = (String::new(), 0, 0, "");
        for at in 0..codes.len() {
            let (shared, rest) = codes[at]
                .split_once(' ')
                .ok_or("a postcode row has two parts")?;
            code.truncate(shared.parse()?);
            code.push_str(rest);
            lat += lats[at].parse::<i32>()?;
            lon += lons[at].parse::<i32>()?;
            name = match names[at] {
                "" => name,
                "-" => "",
                new => new,
            };
            rows.insert(code.clone(), (lat, lon, name));
        }
        for row in hand.patches("post") {
            let [country, code, lat, lon] = row else {
                return Err(format!("patches.tsv: {row:?}").into());
            };
            rows.insert(
                format!("{country}{code}"),
                (thousandths(lat)?, thousandths(lon)?, ""),
            );
        }
        Ok(Self { rows })
    }

    pub(crate) fn names(&self) -> impl Iterator<Item = &'t str> {
        self.rows.values().map(|(_, _, town)| *town)
    }

    /// Neighbours in the order of codes are mostly neighbours on the map, so differences are small. The reader's mirror is
    /// `places::gazetteer`.
    pub(crate) fn write(&self, texts: &Texts, out: &Path) -> Made<()> {
        let (mut bytes, mut blocks): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        let rows: Vec<&(i32, i32, &str)> = self.rows.values().collect();
        for block in rows.chunks(POSTCODES_A_BLOCK) {
            blocks.extend((bytes.len() as u32).to_le_bytes());
            let (mut south, mut west) = (0, 0);
            for (lat, lon, town) in block {
                push_difference(
                    &mut bytes,
                    i64::from(lat - south) << 1 | i64::from(!town.is_empty()),
                );
                push_difference(&mut bytes, i64::from(lon - west));
                if !town.is_empty() {
                    push_number(&mut bytes, texts.number(town)?);
                }
                (south, west) = (*lat, *lon);
            }
        }
        std::fs::write(out.join("postcodes.bin"), bytes)?;
        std::fs::write(out.join("postcode_blocks.bin"), blocks)?;
        write_map(
            &out.join("postcodes.fst"),
            self.rows
                .keys()
                .enumerate()
                .map(|(at, code)| (code.as_bytes(), at as u64)),
        )
    }
}
