//! What became of a call whose create call had no clear end: Twilio's call list is asked (docs/wire.md#unclear-sends).

use super::RestError;
use super::calls::{Call, CallFilter};
use super::find::{Found, MAX_PAGES, PAGE_SIZE, Wanted, earliest_creation};
use crate::carrier::Carrier;
use crate::domain::delivery::DeliveryStatus;

impl Carrier {
    /// Looks for a call in Twilio's list. A call has no words to know it by: any call of ours to that phone since then that
    /// belongs to no other delivery is it. Two calls at once to one phone would be taken for each other, and neither placed
    /// twice.
    ///
    /// # Errors
    /// [`RestError`] when the list could not be read to the end: nothing is known then.
    pub async fn find_call(&self, wanted: &Wanted<'_>) -> Result<Found, RestError> {
        let from = self.own_number();
        // A call that waits has no start time, so the list is not narrowed by it.
        let mut pages = self.calls(&CallFilter {
            to: Some(wanted.to.e164()),
            from,
            status: None,
            since: None,
            page_size: PAGE_SIZE,
        });
        let mut earliest = None;
        while let Some((page, answer)) = pages.next_page().await? {
            let earliest = *earliest.get_or_insert_with(|| earliest_creation(wanted, &answer));
            let is_recent = |call: &Call| call.date_created.is_none_or(|at| at >= earliest);
            let is_it = |call: &&Call| {
                let direction = call.direction.as_deref();
                is_recent(call)
                    && direction.is_none_or(|direction| direction == "outbound-api")
                    && call.to.as_deref().is_none_or(|to| to == wanted.to.e164())
                    && !wanted.taken.contains(&call.sid)
            };
            if let Some(call) = page.iter().find(is_it) {
                return Ok(Found::Message {
                    sid: call.sid.clone(),
                    status: call.delivery_status(),
                    error_code: None,
                });
            }
            let is_past = !page.is_empty() && !page.iter().any(is_recent);
            if is_past || !pages.has_more() {
                break;
            }
            if pages.pages_read() >= MAX_PAGES {
                return Ok(Found::Truncated);
            }
        }
        Ok(Found::Absent)
    }

    /// How far a text or a call travelled, with its error code; `None` when Twilio has none of that SID.
    ///
    /// # Errors
    /// [`RestError`] when Twilio could not be asked.
    pub async fn fetch_status(
        &self,
        sid: &str,
    ) -> Result<Option<(DeliveryStatus, Option<u32>)>, RestError> {
        if !sid.starts_with("CA") {
            return self.fetch_text(sid).await;
        }
        match self.call(sid).await {
            Ok(call) => Ok(Some((call.delivery_status(), None))),
            Err(error) if error.is_missing() => Ok(None),
            Err(error) => Err(error),
        }
    }
}
