//! How the index files are packed: shared by the build script that writes them and the program that reads them in place.

/// Where a number stands in a packed record, from the lowest bit: its first bit, and how many there are.
pub(crate) type Bits = (u32, u32);

/// A spot's record. What is left out follows from its place in the order (people) or from its division (state, country).
pub(crate) mod spot {
    use super::Bits;

    pub(crate) const BYTES: usize = 13;
    /// Thousandths of a degree, from the south pole and from the date line.
    pub(crate) const LATITUDE: Bits = (0, 18);
    pub(crate) const LONGITUDE: Bits = (18, 19);
    pub(crate) const NAME: Bits = (37, 18);
    /// The smallest division that it is known to lie in.
    pub(crate) const DIVISION: Bits = (55, 16);
    /// All ones: unknown.
    pub(crate) const ZONE: Bits = (71, 9);
    /// Metres above `LOWEST`; all ones: unknown.
    pub(crate) const HEIGHT: Bits = (80, 13);
    pub(crate) const KIND: Bits = (93, 3);
    pub(crate) const FAME: Bits = (96, 8);
    pub(crate) const LOWEST: i16 = -500;
}

/// A division's record: countries first, then their divisions of the first level, then those of the second.
pub(crate) mod division {
    use super::Bits;

    pub(crate) const BYTES: usize = 12;
    pub(crate) const NAME: Bits = (0, 18);
    /// All ones: nothing stands for the whole of it.
    pub(crate) const CAPITAL: Bits = (18, 18);
    /// All ones: none.
    pub(crate) const PARENT: Bits = (36, 12);
    pub(crate) const COUNTRY: Bits = (48, 8);
    pub(crate) const LEVEL: Bits = (56, 2);
    pub(crate) const PEOPLE: Bits = (58, 32);
    /// Short forms of countries and of the first level: letters, filled up with zeros.
    pub(crate) const SHORT_BYTES: usize = 3;
}

/// Names are stored once, sorted, and in blocks: each but a block's first as what it adds to the one before.
pub(crate) const TEXTS_A_BLOCK: usize = 16;
/// Positions of postcodes are stored as differences, in blocks as well.
pub(crate) const POSTCODES_A_BLOCK: usize = 32;

/// The highest number that so many bits hold; it often says "none".
pub(crate) const fn all_ones((_, count): Bits) -> u64 {
    (1 << count) - 1
}
