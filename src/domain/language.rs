//! The languages that people are answered in.

use super::phone::Country;

/// A language of ours. Every text and every spoken sentence exists in all of them.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Default)]
pub enum Language {
    /// English.
    #[default]
    English,
    /// Spanish.
    Spanish,
    /// French.
    French,
    /// German.
    German,
    /// Portuguese.
    Portuguese,
    /// Italian.
    Italian,
}

impl Language {
    /// All of them, in the order of the catalogues.
    pub const ALL: [Self; 6] = [
        Self::English,
        Self::Spanish,
        Self::French,
        Self::German,
        Self::Portuguese,
        Self::Italian,
    ];

    /// The code of ISO 639-1: `en`, `es`, `fr`, `de`, `pt`, `it`.
    #[must_use]
    pub const fn code(self) -> &'static str {
        match self {
            Self::English => "en",
            Self::Spanish => "es",
            Self::French => "fr",
            Self::German => "de",
            Self::Portuguese => "pt",
            Self::Italian => "it",
        }
    }

    /// Reads [`Language::code`], in any case and with or without a region: `pt`, `PT-BR`.
    #[must_use]
    pub fn parse(code: &str) -> Option<Self> {
        let code = code.trim().split(['-', '_']).next().unwrap_or_default();
        Self::ALL
            .into_iter()
            .find(|language| language.code().eq_ignore_ascii_case(code))
    }

    /// For somebody: the chosen one, else the one that their texts showed last, else that of their phone's country.
    #[must_use]
    pub fn for_reader(chosen: Option<Self>, heard: Option<Self>, country: Option<Country>) -> Self {
        chosen
            .or(heard)
            .unwrap_or_else(|| Self::of_country(country))
    }

    /// What most people of a country read and we speak; English where that is none of ours or no single one.
    #[must_use]
    pub fn of_country(country: Option<Country>) -> Self {
        let Some(country) = country else {
            return Self::English;
        };
        match country.code() {
            "ES" | "MX" | "AR" | "CO" | "CL" | "PE" | "VE" | "EC" | "GT" | "CU" | "BO" | "DO"
            | "HN" | "PY" | "SV" | "NI" | "CR" | "PA" | "UY" | "GQ" | "PR" => Self::Spanish,
            "FR" | "MC" | "LU" | "SN" | "CI" | "ML" | "BF" | "NE" | "TG" | "BJ" | "CM" | "GA"
            | "CG" | "CD" | "MG" | "TD" | "CF" | "GN" | "DJ" | "KM" | "RE" | "GP" | "MQ" | "GF"
            | "YT" | "PF" | "NC" | "WF" | "PM" | "BL" | "MF" | "HT" | "MA" | "DZ" | "TN" => {
                Self::French
            }
            "DE" | "AT" | "CH" | "LI" => Self::German,
            "PT" | "BR" | "AO" | "MZ" | "CV" | "GW" | "ST" | "TL" => Self::Portuguese,
            "IT" | "SM" | "VA" => Self::Italian,
            _ => Self::English,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn codes_are_read_back() {
        for language in Language::ALL {
            assert_eq!(Language::parse(language.code()), Some(language));
        }
        assert_eq!(Language::parse(" PT-br "), Some(Language::Portuguese));
        assert_eq!(Language::parse("nl"), None);
        assert_eq!(Language::parse(""), None);
    }

    #[test]
    fn countries_have_their_language() {
        let of = |code: &str| Language::of_country(Country::parse(code));
        assert_eq!(of("MX"), Language::Spanish);
        assert_eq!(of("FR"), Language::French);
        assert_eq!(of("AT"), Language::German);
        assert_eq!(of("BR"), Language::Portuguese);
        assert_eq!(of("IT"), Language::Italian);
        assert_eq!(of("US"), Language::English);
        assert_eq!(of("JP"), Language::English);
        assert_eq!(Language::of_country(None), Language::English);
    }
}
