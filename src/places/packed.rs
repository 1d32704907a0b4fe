//! Numbers as the index files hold them: in packed records, of two or four bytes, of as many bytes as they need.

use super::layout::{Bits, all_ones};

/// A packed record.
pub(crate) struct Record(u128);

impl Record {
    pub(crate) fn of(bytes: &[u8]) -> Self {
        let mut whole = [0; 16];
        whole[..bytes.len()].copy_from_slice(bytes);
        Self(u128::from_le_bytes(whole))
    }

    pub(crate) fn number(&self, bits: Bits) -> u64 {
        (self.0 >> bits.0) as u64 & all_ones(bits)
    }

    pub(crate) fn known(&self, bits: Bits) -> Option<u64> {
        Some(self.number(bits)).filter(|value| *value != all_ones(bits))
    }
}

pub(crate) fn word(bytes: &[u8], at: usize) -> u32 {
    u32::from_le_bytes([bytes[at], bytes[at + 1], bytes[at + 2], bytes[at + 3]])
}

pub(crate) fn half(bytes: &[u8], at: usize) -> u16 {
    u16::from_le_bytes([bytes[at], bytes[at + 1]])
}

/// Seven bits a byte, the last one without the high bit.
pub(crate) fn number(bytes: &[u8], at: &mut usize) -> u64 {
    let (mut value, mut shift) = (0, 0);
    loop {
        let byte = bytes[*at];
        *at += 1;
        value |= u64::from(byte & 0x7F) << shift;
        shift += 7;
        if byte & 0x80 == 0 {
            return value;
        }
    }
}

/// A number of either sign.
pub(crate) fn difference(bytes: &[u8], at: &mut usize) -> i64 {
    let folded = number(bytes, at);
    (folded >> 1).cast_signed() ^ -((folded & 1).cast_signed())
}
