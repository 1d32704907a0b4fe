//! Postcode prefixes: country and code to a position, and for some the town's name.

use std::collections::{BTreeMap, HashMap};
use std::path::Path;

use super::hand::Hand;
use super::source::Source;
use super::spots::thousandths;
use super::{Made, Texts, write_map};

pub(crate) fn write(source: &Source, hand: &Hand, texts: &mut Texts, out: &Path) -> Made<()> {
    let (codes, names) = (source.rows("post.code")?, source.rows("post.name")?);
    let (lats, lons) = (source.rows("post.lat")?, source.rows("post.lon")?);
    let mut known: HashMap<&str, u64> = HashMap::new();
    let mut refs: Vec<u8> = Vec::new();
    let mut rows: BTreeMap<String, (i32, i32, u64)> = BTreeMap::new();
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
        let town = if name.is_empty() {
            0
        } else {
            *known
                .entry(name)
                .or_insert_with(|| add(name, texts, &mut refs))
        };
        rows.insert(code.clone(), (lat, lon, town));
    }
    for row in hand.patches("post") {
        let [country, code, lat, lon] = row else {
            return Err(format!("patches.tsv: {row:?}").into());
        };
        rows.insert(
            format!("{country}{code}"),
            (thousandths(lat)?, thousandths(lon)?, 0),
        );
    }
    // One number a code: 18 bits of latitude, 19 of longitude, the rest for the town's place in the list of names.
    let mut records = Vec::with_capacity(rows.len() * 8);
    for (lat, lon, town) in rows.values() {
        let packed = (lat + 90_000) as u64 | ((lon + 180_000) as u64) << 18 | town << 37;
        records.extend(packed.to_le_bytes());
    }
    std::fs::write(out.join("postcode_towns.bin"), refs)?;
    std::fs::write(out.join("postcodes.bin"), records)?;
    write_map(
        &out.join("postcodes.fst"),
        rows.keys()
            .enumerate()
            .map(|(at, code)| (code.as_bytes(), at as u64)),
    )
}

/// Town numbers begin with 1; 0 is none.
fn add(name: &str, texts: &mut Texts, refs: &mut Vec<u8>) -> u64 {
    refs.extend(texts.add(name).to_le_bytes());
    refs.len() as u64 / 4
}
