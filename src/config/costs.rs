//! `[costs]`: what a piece costs, for the estimate of what is spent.

use super::file::File;
use crate::domain::cost::{Amount, Prices};

pub(super) fn costs(file: &mut File) -> Option<Prices> {
    let is = "the three capital letters of a currency";
    let currency = file.parsed("costs.currency", true, is, |text| {
        let right = text.len() == 3 && text.bytes().all(|b| b.is_ascii_uppercase());
        right.then(|| text.to_owned())
    });
    let segment_out = amount(file, "costs.segment_out");
    let segment_in = amount(file, "costs.segment_in");
    let call_out = amount(file, "costs.call_out");
    let call_in = amount(file, "costs.call_in");
    Some(Prices {
        currency: currency?,
        segment_out: segment_out?,
        segment_in: segment_in?,
        call_out: call_out?,
        call_in: call_in?,
    })
}

fn amount(file: &mut File, name: &str) -> Option<Amount> {
    let price = file.number(name, 0.0..=1_000.0)?;
    // In range, so that nothing is cut off.
    Some(Amount::of_millionths((price * 1e6).round() as u64))
}
