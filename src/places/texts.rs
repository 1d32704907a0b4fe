//! Names as people write them: sorted and front-coded by the build script, put together again one by one.

use super::gazetteer::made;
use super::layout::TEXTS_A_BLOCK;
use super::packed::{number, word};

static TEXTS: &[u8] = made!("texts.bin");
static BLOCKS: &[u8] = made!("text_blocks.bin");

/// The number of a name.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Text(pub(crate) u32);

impl Text {
    /// The name itself.
    pub(crate) fn read(self) -> String {
        let (block, within) = (
            self.0 as usize / TEXTS_A_BLOCK,
            self.0 as usize % TEXTS_A_BLOCK,
        );
        let mut at = word(BLOCKS, block * 4) as usize;
        let mut text = Vec::with_capacity(24);
        for _ in 0..=within {
            let lengths = usize::from(TEXTS[at]);
            at += 1;
            let mut added = lengths & 15;
            if added == 15 {
                added += number(TEXTS, &mut at) as usize;
            }
            text.truncate(lengths >> 4);
            text.extend_from_slice(&TEXTS[at..at + added]);
            at += added;
        }
        String::from_utf8(text).unwrap_or_default()
    }
}

/// How many names there are, but for those of the last block.
#[cfg(test)]
pub(crate) fn count() -> u32 {
    (BLOCKS.len() / 4 * TEXTS_A_BLOCK - TEXTS_A_BLOCK) as u32
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_whole_and_in_order() {
        let mut before = String::new();
        assert_eq!(Text(0).read(), before);
        for at in 1..=count() {
            let text = Text(at).read();
            assert!(text > before, "{at}: {text:?} after {before:?}");
            before = text;
        }
    }
}
