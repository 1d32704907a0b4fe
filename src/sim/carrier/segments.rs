//! How the carrier counts a text: GSM-7 or UCS-2, and in how many segments it goes out.

/// The alphabet a text needs.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Alphabet {
    /// Seven bits a character, 160 to a lone segment.
    Gsm7,
    /// Sixteen bits a unit, 70 to a lone segment.
    Ucs2,
}

impl Alphabet {
    /// As it is written on invoices.
    pub fn name(self) -> &'static str {
        match self {
            Alphabet::Gsm7 => "GSM-7",
            Alphabet::Ucs2 => "UCS-2",
        }
    }
}

/// The basic table of GSM 03.38 without its escape, in code order.
const BASIC: &str = "@£$¥èéùìòÇ\nØø\rÅåΔ_ΦΓΛΩΠΨΣΘΞÆæßÉ !\"#¤%&'()*+,-./0123456789:;<=>?¡ABCDEFGHIJKLMNOPQRSTUVWXYZÄÖÑÜ§¿abcdefghijklmnopqrstuvwxyzäöñüà";

/// The extension table: each costs an escape as well.
const EXTENDED: &str = "\u{c}^{}\\[~]|€";

/// The alphabet of `text`, and how many segments carry it (1 for an empty text).
pub(crate) fn count(text: &str) -> (Alphabet, u32) {
    let septets: Option<Vec<usize>> = text.chars().map(septets).collect();
    match septets {
        Some(costs) => (Alphabet::Gsm7, parts(&costs, 160, 153)),
        None => {
            let costs: Vec<usize> = text.chars().map(char::len_utf16).collect();
            (Alphabet::Ucs2, parts(&costs, 70, 67))
        }
    }
}

fn septets(letter: char) -> Option<usize> {
    if BASIC.contains(letter) {
        Some(1)
    } else if EXTENDED.contains(letter) {
        Some(2)
    } else {
        None
    }
}

/// A character is never split over two segments, so one of two units may leave a segment short.
fn parts(costs: &[usize], alone: usize, joined: usize) -> u32 {
    if costs.iter().sum::<usize>() <= alone {
        return 1;
    }
    let mut segments = 1;
    let mut used = 0;
    for cost in costs {
        if used + cost > joined {
            segments += 1;
            used = 0;
        }
        used += cost;
    }
    segments
}
