//! Numbers as words, for the ear.

/// Appends `minus twenty-two`, up to 999; beyond that the digits.
pub(super) fn push_number(out: &mut String, number: i32) {
    if number < 0 {
        out.push_str("minus ");
    }
    match number.unsigned_abs() {
        n @ 0..20 => out.push_str(SMALL[n as usize]),
        n @ 20..100 => {
            out.push_str(TENS[(n / 10) as usize]);
            if n % 10 > 0 {
                out.push('-');
                out.push_str(SMALL[(n % 10) as usize]);
            }
        }
        n @ 100..1000 => {
            out.push_str(SMALL[(n / 100) as usize]);
            out.push_str(" hundred");
            if n % 100 > 0 {
                out.push_str(" and ");
                push_number(out, (n % 100) as i32);
            }
        }
        n => out.push_str(&n.to_string()),
    }
}

const SMALL: [&str; 20] = [
    "zero",
    "one",
    "two",
    "three",
    "four",
    "five",
    "six",
    "seven",
    "eight",
    "nine",
    "ten",
    "eleven",
    "twelve",
    "thirteen",
    "fourteen",
    "fifteen",
    "sixteen",
    "seventeen",
    "eighteen",
    "nineteen",
];

const TENS: [&str; 10] = [
    "", "", "twenty", "thirty", "forty", "fifty", "sixty", "seventy", "eighty", "ninety",
];

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn says_numbers() {
        for (number, words) in [
            (0, "zero"),
            (-1, "minus one"),
            (19, "nineteen"),
            (40, "forty"),
            (-42, "minus forty-two"),
            (100, "one hundred"),
            (113, "one hundred and thirteen"),
            (1000, "1000"),
        ] {
            let mut out = String::new();
            push_number(&mut out, number);
            assert_eq!(out, words);
        }
    }
}
