//! Every name as people write it, once: sorted, each as what it adds to the one before, in blocks.

use std::path::Path;

use super::super::layout::TEXTS_A_BLOCK;
use super::{Made, push_number};

/// Longer names are cut.
const MOST_BYTES: usize = 255;

/// The names by their number; number 0 is the empty one.
pub(crate) struct Texts<'t> {
    sorted: Vec<&'t str>,
}

impl<'t> Texts<'t> {
    pub(crate) fn collect(texts: impl Iterator<Item = &'t str>) -> Self {
        let mut sorted: Vec<&str> = texts.map(cut).chain([""]).collect();
        sorted.sort_unstable();
        sorted.dedup();
        Self { sorted }
    }

    /// A name that was collected.
    pub(crate) fn number(&self, text: &str) -> Made<u64> {
        let at = self.sorted.binary_search(&cut(text));
        Ok(at.map_err(|_| format!("{text:?} was not collected"))? as u64)
    }

    /// The reader's mirror is `places::texts`.
    pub(crate) fn write(&self, out: &Path) -> Made<()> {
        let (mut bytes, mut blocks): (Vec<u8>, Vec<u8>) = (Vec::new(), Vec::new());
        for block in self.sorted.chunks(TEXTS_A_BLOCK) {
            blocks.extend((bytes.len() as u32).to_le_bytes());
            let mut before = "";
            for text in block {
                let alike = before.bytes().zip(text.bytes());
                // How much is shared and how much is new have half a byte each.
                let shared = alike.take_while(|(a, b)| a == b).count().min(15);
                let added = &text.as_bytes()[shared..];
                bytes.push((shared << 4 | added.len().min(15)) as u8);
                if added.len() >= 15 {
                    push_number(&mut bytes, added.len() as u64 - 15);
                }
                bytes.extend(added);
                before = text;
            }
        }
        std::fs::write(out.join("texts.bin"), bytes)?;
        std::fs::write(out.join("text_blocks.bin"), blocks)?;
        Ok(())
    }
}

fn cut(text: &str) -> &str {
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    &text[..end]
}
