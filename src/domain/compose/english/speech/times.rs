//! Times for the ear: by a twelve-hour clock with the part of the day.

use crate::domain::compose::english::clock::{in_part, part, throughout};
use crate::domain::compose::english::numbers::push_number;
use crate::domain::compose::outlook::{Reach, When};

/// Appends `two in the afternoon`, `noon`, `midnight`.
pub(super) fn push_hour(out: &mut String, hour: u8) {
    match hour {
        0 | 24 => out.push_str("midnight"),
        12 => out.push_str("noon"),
        _ => {
            push_number(out, i32::from(hour % 12));
            out.push(' ');
            out.push_str(half(hour));
        }
    }
}

pub(super) fn push_when(out: &mut String, when: When) {
    match when {
        When::Throughout(Reach::NextHours) => out.push_str("for the next twelve hours"),
        When::Throughout(reach) => out.push_str(throughout(reach)),
        When::Until(hour) => {
            out.push_str("until ");
            push_hour(out, hour);
        }
        When::From(hour) => {
            out.push_str("from ");
            push_hour(out, hour);
        }
        When::Around(hour) => {
            out.push_str("around ");
            push_hour(out, hour);
        }
        When::Between(first, last) => {
            out.push_str("from ");
            if !first.is_multiple_of(12)
                && !last.is_multiple_of(12)
                && half(first) == half(last)
                && first < last
            {
                push_number(out, i32::from(first % 12));
            } else {
                push_hour(out, first);
            }
            out.push_str(" to ");
            push_hour(out, last);
        }
        When::Parts(first, last) if first == last => out.push_str(in_part(first)),
        When::Parts(first, last) => {
            out.push_str("from ");
            out.push_str(part(first));
            out.push_str(" to ");
            out.push_str(part(last));
        }
    }
}

const fn half(hour: u8) -> &'static str {
    match hour {
        0..12 => "in the morning",
        12..18 => "in the afternoon",
        18..22 => "in the evening",
        _ => "at night",
    }
}
