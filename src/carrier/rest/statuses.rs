//! How far many texts travelled, by one walk through the message list instead of a question for each.

use std::collections::{HashMap, HashSet};

use jiff::{SignedDuration, Timestamp};

use super::RestError;
use super::message::Message;
use super::messages::MessageFilter;
use super::pages::Pages;
use crate::carrier::Carrier;
use crate::domain::delivery::DeliveryStatus;

/// How far a text travelled, with its error code, by SID.
pub type Statuses = HashMap<String, (DeliveryStatus, Option<u32>)>;

impl Carrier {
    /// How far these texts travelled, the oldest of which was accepted at `since`, as far as the newest pages of the list
    /// tell; what they do not tell is missing in the answer.
    ///
    /// # Errors
    /// [`RestError`] when not even the first page could be read.
    pub async fn list_statuses(
        &self,
        sids: &HashSet<&str>,
        since: Timestamp,
    ) -> Result<Statuses, RestError> {
        let earliest = since.saturating_sub(SKEW).unwrap_or(Timestamp::MIN);
        // A message that waits has no sending date, so the list is not narrowed by date.
        let mut pages: Pages<Message> = self.messages(&MessageFilter {
            to: None,
            from: self.0.settings.from.number(),
            since: None,
            page_size: PAGE_SIZE,
        });
        let mut found = Statuses::new();
        while found.len() < sids.len() && pages.pages_read() < MAX_PAGES {
            let page = match pages.next_page().await {
                Ok(Some((page, _))) => page,
                Ok(None) => break,
                Err(error) if pages.pages_read() == 0 => return Err(error),
                Err(_) => break,
            };
            let is_past = |message: &Message| message.date_created.is_some_and(|at| at < earliest);
            let is_enough = !page.is_empty() && page.iter().all(is_past);
            for message in page {
                if sids.contains(message.sid.as_str()) {
                    let status = (message.delivery_status(), message.error());
                    found.insert(message.sid, status);
                }
            }
            if is_enough {
                break;
            }
        }
        Ok(found)
    }
}

/// As many as Twilio puts on a page.
const PAGE_SIZE: u32 = 1000;

/// Pages read at most: a burst of ten thousand.
const MAX_PAGES: u32 = 10;

/// How far Twilio's creation times may lie off ours.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

#[cfg(test)]
mod tests {
    use super::*;
    use crate::carrier::rest::stand_in::{StandIn, Step};

    fn listed(sid: &str, time: &str, status: &str, code: Option<u32>) -> String {
        serde_json::json!({
            "sid": sid, "status": status, "error_code": code, "date_created": format!("Tue, 10 Mar 2026 {time} +0000"),
        })
        .to_string()
    }

    fn page(messages: &[String], next: Option<&str>) -> Step {
        let (all, next) = (messages.join(","), serde_json::Value::from(next));
        Step::json(
            200,
            &format!(r#"{{"messages": [{all}], "next_page_uri": {next}}}"#),
        )
    }

    async fn ask(steps: Vec<Step>, sids: &[&str]) -> (Result<Statuses, RestError>, usize) {
        let stand_in = StandIn::start(steps).await;
        let since = "2026-03-10T07:00:00Z".parse().unwrap();
        let sids = sids.iter().copied().collect();
        let found = stand_in.carrier().list_statuses(&sids, since).await;
        (found, stand_in.asked().len())
    }

    #[tokio::test]
    async fn many_by_one_page_and_no_page_more_than_needed() {
        let first = [
            listed("SM3", "07:02:00", "delivered", None),
            listed("SM2", "07:01:00", "undelivered", Some(30003)),
            listed("SM9", "07:01:00", "delivered", None),
        ];
        let (found, asked) = ask(vec![page(&first, Some("/more"))], &["SM2", "SM3"]).await;
        let found = found.unwrap();
        assert_eq!(found.len(), 2);
        assert_eq!(found["SM3"], (DeliveryStatus::Delivered, None));
        assert_eq!(found["SM2"], (DeliveryStatus::Undelivered, Some(30003)));
        assert_eq!(asked, 1);
    }

    #[tokio::test]
    async fn it_stops_where_only_older_ones_follow_and_keeps_what_it_has() {
        let new = [listed("SM3", "07:02:00", "queued", None)];
        let old = [listed("SM1", "06:00:00", "delivered", None)];
        let steps = vec![page(&new, Some("/2")), page(&old, Some("/3"))];
        let (found, asked) = ask(steps, &["SM2", "SM3"]).await;
        assert_eq!(found.unwrap()["SM3"], (DeliveryStatus::Accepted, None));
        assert_eq!(asked, 2);
        let mut steps = vec![page(&new, Some("/2"))];
        steps.extend((0..3).map(|_| Step::json(400, "{}")));
        assert_eq!(ask(steps, &["SM2", "SM3"]).await.0.unwrap().len(), 1);
        let none = (0..3).map(|_| Step::json(400, "{}")).collect();
        assert!(ask(none, &["SM2"]).await.0.is_err());
    }
}
