//! Who reads a text: by which clock.

use super::written::clock::ClockStyle;
use crate::domain::language::Language;
use crate::domain::phone::Country;

impl ClockStyle {
    /// 2pm is English: whoever reads another language reads 14:00.
    #[must_use]
    pub fn for_reader(language: Language, country: Option<Country>) -> Self {
        match language {
            Language::English => Self::of_country(country),
            _ => Self::H24,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn twelve_hours_are_english() {
        let mexico = Country::parse("MX");
        assert_eq!(
            ClockStyle::for_reader(Language::English, mexico),
            ClockStyle::H12
        );
        assert_eq!(
            ClockStyle::for_reader(Language::Spanish, mexico),
            ClockStyle::H24
        );
    }
}
