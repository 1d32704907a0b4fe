//! Messaging services: which of them takes the texts of a number in the place of the number's own webhook.

use serde::Deserialize;

use super::numbers::is_by_get;
use super::pages::Pages;
use super::{RestError, parsed, segment, value};
use crate::carrier::Carrier;
use crate::net::Method;

/// A messaging service.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Service {
    /// `MG…`.
    pub sid: String,
    /// What its owner calls it.
    #[serde(default, deserialize_with = "value::text")]
    pub friendly_name: Option<String>,
    /// Where inbound texts of its numbers go. `None` and no webhook of the number: they are dropped without a trace.
    #[serde(default, deserialize_with = "value::text")]
    pub inbound_request_url: Option<String>,
    /// How, `POST` or `GET`.
    #[serde(default, deserialize_with = "value::text")]
    pub inbound_method: Option<String>,
    /// Whether the number's own webhook counts after all.
    #[serde(default, deserialize_with = "value::flag")]
    pub use_inbound_webhook_on_number: bool,
}

impl Service {
    /// Whether it sends inbound texts to `url`, as we take them.
    #[must_use]
    pub fn texts_go_to(&self, url: &str) -> bool {
        self.takes_texts()
            && self.inbound_request_url.as_deref() == Some(url)
            && !is_by_get(self.inbound_method.as_deref())
    }

    /// Whether it takes the texts of its numbers at all.
    #[must_use]
    pub const fn takes_texts(&self) -> bool {
        !self.use_inbound_webhook_on_number
    }
}

impl Carrier {
    /// A messaging service by its SID.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn service(&self, sid: &str) -> Result<Service, RestError> {
        let url = self.services_url();
        parsed(&self.get(&format!("{url}/{}", segment(sid)?)).await?)
    }

    /// Sends the inbound texts of a messaging service to `text_url`.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` when there is none.
    pub async fn configure_service(&self, sid: &str, text_url: &str) -> Result<Service, RestError> {
        let url = format!("{}/{}", self.services_url(), segment(sid)?);
        let form = [
            ("InboundRequestUrl", text_url),
            ("InboundMethod", "POST"),
            ("UseInboundWebhookOnNumber", "false"),
        ];
        parsed(&self.change(Method::Post, &url, Some(&form)).await?)
    }

    /// The messaging services of the account.
    #[must_use]
    pub fn services(&self) -> Pages<Service> {
        let url = format!("{}?PageSize=50", self.services_url());
        Pages::new(self.clone(), url, "services")
    }

    /// All of them, for many numbers at once; an account that has no such thing has none.
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn all_services(&self) -> Result<Vec<Service>, RestError> {
        let (mut services, mut all) = (self.services(), Vec::new());
        loop {
            match services.next().await {
                Ok(Some(service)) => all.push(service),
                Ok(None) => return Ok(all),
                Err(error) if error.is_missing() => return Ok(all),
                Err(error) => return Err(error),
            }
        }
    }

    /// The one of these services that has the number with this SID (`PN…`).
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn service_among<'a>(
        &self,
        services: &'a [Service],
        number_sid: &str,
    ) -> Result<Option<&'a Service>, RestError> {
        for service in services {
            if self.has_number(service, number_sid).await? {
                return Ok(Some(service));
            }
        }
        Ok(None)
    }

    /// The messaging service that has the number with this SID (`PN…`).
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn service_of(&self, number_sid: &str) -> Result<Option<Service>, RestError> {
        let mut services = self.services();
        loop {
            match services.next().await {
                Ok(Some(service)) if self.has_number(&service, number_sid).await? => {
                    return Ok(Some(service));
                }
                Ok(Some(_)) => {}
                Ok(None) => return Ok(None),
                // An account that has no such thing.
                Err(error) if error.is_missing() => return Ok(None),
                Err(error) => return Err(error),
            }
        }
    }

    async fn has_number(&self, service: &Service, number_sid: &str) -> Result<bool, RestError> {
        let url = self.services_url();
        let (own, number) = (segment(&service.sid)?, segment(number_sid)?);
        let found = self
            .get(&format!("{url}/{own}/PhoneNumbers/{number}"))
            .await;
        match found {
            Ok(_) => Ok(true),
            Err(error) if error.is_missing() => Ok(false),
            Err(error) => Err(error),
        }
    }

    /// Messaging services have a host beside the API's: `messaging.twilio.com` for `api.twilio.com`, regions alike.
    fn services_url(&self) -> String {
        let api_url = self.0.settings.api_url.trim_end_matches('/');
        format!(
            "{}/v1/Services",
            api_url.replacen("://api.", "://messaging.", 1)
        )
    }
}
