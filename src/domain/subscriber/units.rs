//! Metric or imperial.

use super::super::phone::Country;

/// Units of a text.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Units {
    /// Celsius, km/h, mm, cm.
    Metric,
    /// Fahrenheit, mph, inches.
    Imperial,
}

impl Units {
    /// What people of the country read; metric almost everywhere.
    #[must_use]
    pub fn of_country(country: Country) -> Self {
        // Fahrenheit countries and territories: CLDR unitPreferenceData, usage "weather".
        match country.code() {
            "US" | "PR" | "GU" | "VI" | "AS" | "MP" | "UM" | "LR" | "BS" | "KY" | "PW" | "FM"
            | "MH" | "BZ" => Self::Imperial,
            _ => Self::Metric,
        }
    }

    /// The contract's name.
    #[must_use]
    pub const fn name(self) -> &'static str {
        match self {
            Self::Metric => "metric",
            Self::Imperial => "imperial",
        }
    }

    /// Reads [`Units::name`].
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Metric, Self::Imperial]
            .into_iter()
            .find(|units| units.name() == name)
    }
}
