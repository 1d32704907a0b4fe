//! What it costs, estimated: what a carrier bills by the piece, times the operator's prices.

use std::fmt;

/// What a carrier bills by the piece.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub struct Billed {
    /// Segments that went out, answers included.
    pub segments_out: u64,
    /// Segments that came in.
    pub segments_in: u64,
    /// Calls of ours that the carrier took.
    pub calls_out: u64,
    /// Calls that came in.
    pub calls_in: u64,
}

impl Billed {
    /// Both together.
    #[must_use]
    pub const fn and(self, other: Self) -> Self {
        Self {
            segments_out: self.segments_out + other.segments_out,
            segments_in: self.segments_in + other.segments_in,
            calls_out: self.calls_out + other.calls_out,
            calls_in: self.calls_in + other.calls_in,
        }
    }
}

/// What each piece costs, as the operator says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Prices {
    /// Three letters, such as `USD`.
    pub currency: String,
    /// A segment that goes out.
    pub segment_out: Amount,
    /// A segment that comes in.
    pub segment_in: Amount,
    /// A call of ours.
    pub call_out: Amount,
    /// A call that comes in.
    pub call_in: Amount,
}

impl Prices {
    /// What it costs, by channel (`text`, `call`) and direction (`out`, `in`).
    #[must_use]
    pub const fn each(&self, billed: Billed) -> [(&'static str, &'static str, Amount); 4] {
        [
            ("text", "out", self.segment_out.times(billed.segments_out)),
            ("text", "in", self.segment_in.times(billed.segments_in)),
            ("call", "out", self.call_out.times(billed.calls_out)),
            ("call", "in", self.call_in.times(billed.calls_in)),
        ]
    }

    /// What all of it costs.
    #[must_use]
    pub fn total(&self, billed: Billed) -> Amount {
        let each = self.each(billed).into_iter();
        each.fold(Amount::default(), |sum, (_, _, amount)| sum.plus(amount))
    }
}

/// An amount of money, exact to the millionth: prices are fractions of a cent.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
pub struct Amount(u64);

impl Amount {
    /// So many millionths.
    #[must_use]
    pub const fn of_millionths(millionths: u64) -> Self {
        Self(millionths)
    }

    /// In millionths.
    #[must_use]
    pub const fn millionths(self) -> u64 {
        self.0
    }

    const fn times(self, count: u64) -> Self {
        Self(self.0.saturating_mul(count))
    }

    const fn plus(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }

    /// Rounded to the hundredth, such as `1,234.50`.
    #[must_use]
    pub fn rounded(self) -> String {
        let hundredths = self.0.saturating_add(5_000) / 10_000;
        let mut whole = (hundredths / 100).to_string();
        let mut at = whole.len();
        while at > 3 {
            at -= 3;
            whole.insert(at, ',');
        }
        format!("{whole}.{:02}", hundredths % 100)
    }
}

impl fmt::Display for Amount {
    /// All that is known of it, such as `0.0083`.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let text = format!("{}.{:06}", self.0 / 1_000_000, self.0 % 1_000_000);
        f.write_str(text.trim_end_matches('0').trim_end_matches('.'))
    }
}

#[cfg(test)]
mod tests;
