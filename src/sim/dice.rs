//! Repeatable chance: the same seed gives the same SIDs, the same faults and the same weather on every machine.

/// A small generator (splitmix64). Nothing here is a secret, and its sequence must not change with a library.
#[derive(Debug, Clone)]
pub(crate) struct Dice(u64);

impl Dice {
    pub(crate) fn new(seed: u64) -> Dice {
        Dice(seed)
    }

    pub(crate) fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        mix(self.0)
    }

    /// From 0 up to, not including, 1.
    pub(crate) fn unit(&mut self) -> f64 {
        unit(self.next())
    }

    /// `letters` and 32 hex digits, as the carrier names what it keeps.
    pub(crate) fn sid(&mut self, letters: &str) -> String {
        format!("{letters}{:016x}{:016x}", self.next(), self.next())
    }
}

/// Spreads every bit of `value` over the whole word.
pub(crate) fn mix(value: u64) -> u64 {
    let mut z = value;
    z = (z ^ (z >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    z = (z ^ (z >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    z ^ (z >> 31)
}

/// The top 53 bits as a number from 0 up to, not including, 1.
pub(crate) fn unit(value: u64) -> f64 {
    (value >> 11) as f64 / (1u64 << 53) as f64
}
