//! What the weather needs from the configuration.

use std::fmt;
use std::str::FromStr;

use secrecy::SecretString;

use super::met_norway::MetNorway;
use super::nws::Nws;
use super::open_meteo::OpenMeteo;
use super::provider::Provider;
use crate::net::Http;

/// Parsed configuration.
#[derive(Debug, Clone)]
pub struct Settings {
    /// Whom to ask, in order.
    pub providers: Vec<ProviderName>,
    /// How long each may take, milliseconds.
    pub timeout_ms: u64,
    /// Site or address of the operator, for the `User-Agent` of those who insist on one.
    pub contact: String,
    /// Base of Open-Meteo, without a path.
    pub open_meteo_url: String,
    /// Base of MET Norway's API.
    pub met_norway_url: String,
    /// Base of the US National Weather Service's API.
    pub nws_url: String,
    /// Key of a paid Open-Meteo plan.
    pub open_meteo_api_key: Option<SecretString>,
}

impl Settings {
    /// The services that can be asked. Without a contact those that insist on one would block us, so they stay unasked.
    pub(super) fn providers(&self, http: &Http) -> Vec<Provider> {
        let mut providers = Vec::new();
        for (i, name) in self.providers.iter().enumerate() {
            if self.providers[..i].contains(name) {
                continue;
            }
            if name.needs_contact() && self.contact.trim().is_empty() {
                tracing::warn!(provider = %name, "this weather service needs weather.contact in the configuration; it is not asked");
                continue;
            }
            match name {
                ProviderName::OpenMeteo => {
                    let key = self.open_meteo_api_key.clone();
                    let service = OpenMeteo::new(&self.open_meteo_url, key, http.clone());
                    providers.push(Provider::OpenMeteo(service));
                }
                ProviderName::MetNorway => {
                    let service = MetNorway::new(
                        &self.met_norway_url,
                        &user_agent(&self.contact),
                        http.clone(),
                    );
                    providers.push(Provider::MetNorway(service));
                }
                ProviderName::Nws => {
                    let service = Nws::new(&self.nws_url, &user_agent(&self.contact), http.clone());
                    providers.push(Provider::Nws(service));
                }
            }
        }
        providers
    }
}

/// Name, version and contact, fit for a header.
fn user_agent(contact: &str) -> String {
    let contact: String = contact
        .trim()
        .chars()
        .filter(|c| c.is_ascii_graphic() || *c == ' ')
        .collect();
    format!("weatherline/{} {contact}", env!("CARGO_PKG_VERSION"))
}

/// A weather service by its name in the configuration.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum ProviderName {
    /// The whole world, without a key for non-commercial use.
    OpenMeteo,
    /// The whole world, from the Norwegian Meteorological Institute.
    MetNorway,
    /// The United States, from their National Weather Service.
    Nws,
}

impl ProviderName {
    /// All of them, as they are written.
    pub const ALL: [Self; 3] = [Self::OpenMeteo, Self::MetNorway, Self::Nws];

    /// As it is written in the configuration and in [`Forecast::provider`](crate::domain::forecast::Forecast::provider).
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::OpenMeteo => "open-meteo",
            Self::MetNorway => "met-norway",
            Self::Nws => "nws",
        }
    }

    /// Whether it blocks whoever does not say how to be reached.
    #[must_use]
    pub const fn needs_contact(self) -> bool {
        matches!(self, Self::MetNorway | Self::Nws)
    }
}

impl fmt::Display for ProviderName {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.as_str())
    }
}

/// Not one of the services we know.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
#[error("not a weather service that we know: open-meteo, met-norway, nws")]
pub struct UnknownProvider;

impl FromStr for ProviderName {
    type Err = UnknownProvider;

    fn from_str(text: &str) -> Result<Self, UnknownProvider> {
        let known = Self::ALL.into_iter().find(|name| name.as_str() == text);
        known.ok_or(UnknownProvider)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_read_as_they_are_written() {
        for name in ProviderName::ALL {
            assert_eq!(name.to_string().parse(), Ok(name));
        }
        assert_eq!("OpenMeteo".parse::<ProviderName>(), Err(UnknownProvider));
    }

    #[test]
    fn the_user_agent_names_us_and_the_operator_and_nothing_that_breaks_a_header() {
        let agent = user_agent(" weather@example.org\r\nX-Evil: 1 é ");
        assert!(agent.starts_with("weatherline/"));
        assert!(agent.ends_with(" weather@example.orgX-Evil: 1 "), "{agent}");
    }
}
