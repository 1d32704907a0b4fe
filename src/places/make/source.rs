//! `data/places.gz`: text sections, each a heading `#name rows` and that many lines.

use std::collections::HashMap;
use std::io::Read;
use std::path::Path;

use super::Made;

/// The raw text.
pub(crate) fn unpack(path: &Path) -> Made<String> {
    let mut raw = String::new();
    flate2::read::GzDecoder::new(std::fs::File::open(path)?).read_to_string(&mut raw)?;
    Ok(raw)
}

/// Rows by section.
pub(crate) struct Source<'t> {
    sections: HashMap<&'t str, Vec<&'t str>>,
}

impl<'t> Source<'t> {
    pub(crate) fn parse(raw: &'t str) -> Made<Self> {
        let mut sections = HashMap::new();
        let mut lines = raw.split('\n');
        while let Some(heading) = lines.next() {
            let Some((name, count)) = heading.strip_prefix('#').and_then(|h| h.split_once(' '))
            else {
                continue;
            };
            let count: usize = count.parse()?;
            sections.insert(name, lines.by_ref().take(count).collect());
        }
        Ok(Self { sections })
    }

    pub(crate) fn rows(&self, section: &str) -> Made<&[&'t str]> {
        self.sections
            .get(section)
            .map(Vec::as_slice)
            .ok_or_else(|| format!("data/places.gz has no section {section}").into())
    }
}
