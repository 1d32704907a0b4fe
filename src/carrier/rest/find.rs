//! What became of a text whose create call had no clear end: Twilio's message list is asked (docs/wire.md#unclear-sends).

use jiff::{SignedDuration, Timestamp};

use super::message::Message;
use super::messages::MessageFilter;
use super::pages::Pages;
use super::{RestError, value};
use crate::carrier::{Carrier, From};
use crate::domain::delivery::DeliveryStatus;
use crate::domain::phone::PhoneNumber;
use crate::net::Answer;

/// The text that is looked for.
#[derive(Clone, Copy)]
pub struct Wanted<'a> {
    /// To whom it went.
    pub to: &'a PhoneNumber,
    /// What it says.
    pub body: &'a str,
    /// When it was sent, by our clock.
    pub attempted_at: Timestamp,
    /// The time by our clock.
    pub now: Timestamp,
    /// SIDs to that phone that belong to other deliveries: the same words may have been sent before.
    pub taken: &'a [String],
}

/// What the list says.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Found {
    /// It was accepted.
    Message {
        /// Its SID.
        sid: String,
        /// How far it is.
        status: DeliveryStatus,
        /// Why it did not arrive.
        error_code: Option<u32>,
    },
    /// The whole list was read, and it is not there.
    Absent,
    /// It was not found, but the list was longer than we read, or holds an erased text that may have been it.
    Truncated,
}

impl Carrier {
    /// Looks for a text in Twilio's message list.
    ///
    /// # Errors
    /// [`RestError`] when the list could not be read to the end: nothing is known then.
    pub async fn find_text(&self, wanted: &Wanted<'_>) -> Result<Found, RestError> {
        // A message that waits has no sending date, so the list is not narrowed by date.
        let mut pages: Pages<Message> = self.messages(&MessageFilter {
            to: Some(wanted.to.e164()),
            from: self.0.settings.from.number(),
            since: None,
            page_size: PAGE_SIZE,
        });
        let mut earliest = None;
        let mut is_doubtful = false;
        while let Some((page, answer)) = pages.next_page().await? {
            let earliest = *earliest.get_or_insert_with(|| earliest_creation(wanted, &answer));
            let is_recent =
                |message: &Message| message.date_created.is_none_or(|at| at >= earliest);
            for message in page.iter().filter(|message| is_recent(message)) {
                match self.compare(message, wanted) {
                    Likeness::Same => return Ok(found(message)),
                    Likeness::Erased => is_doubtful = true,
                    Likeness::Other => {}
                }
            }
            // Newest first: after a page of older ones there are only older ones.
            let is_past = !page.is_empty() && !page.iter().any(is_recent);
            if is_past || !pages.has_more() {
                break;
            }
            if pages.pages_read() >= MAX_PAGES {
                return Ok(Found::Truncated);
            }
        }
        Ok(if is_doubtful {
            Found::Truncated
        } else {
            Found::Absent
        })
    }

    fn compare(&self, message: &Message, wanted: &Wanted<'_>) -> Likeness {
        let is_ours = match message.direction.as_deref() {
            Some(direction) => direction.eq_ignore_ascii_case("outbound-api"),
            None => true,
        };
        let to = message.to.as_deref();
        let is_to_them = to.is_none_or(|to| to == wanted.to.e164());
        let is_from_us = match (&self.0.settings.from, message.from.as_deref()) {
            (From::Number(number), Some(from)) => number == from,
            // A service sends from any of its numbers.
            _ => true,
        };
        let is_free = !wanted.taken.contains(&message.sid);
        if !(is_ours && is_to_them && is_from_us && is_free) {
            return Likeness::Other;
        }
        match &message.body {
            None => Likeness::Erased,
            Some(body) if plain(body) == plain(wanted.body) => Likeness::Same,
            Some(_) => Likeness::Other,
        }
    }
}

enum Likeness {
    Same,
    Erased,
    Other,
}

/// Messages a page: the newest of them to one phone are nearly always enough.
pub(super) const PAGE_SIZE: u32 = 20;

/// Pages read at most.
pub(super) const MAX_PAGES: u32 = 50;

/// How far Twilio's creation times may lie off.
const SKEW: SignedDuration = SignedDuration::from_mins(10);

/// The earliest time at which Twilio can have created it. Our clock may be wrong, or may have been set since, and a
/// message overlooked would be sent twice: so the earlier counts of the attempt by our clock and of the same time ago by
/// Twilio's, which dates its answer.
pub(super) fn earliest_creation(wanted: &Wanted<'_>, answer: &Answer) -> Timestamp {
    let ago = wanted
        .now
        .duration_since(wanted.attempted_at)
        .max(SignedDuration::ZERO);
    let their_now = answer.headers.get("Date").and_then(value::parse_time);
    let by_their_clock = their_now
        .unwrap_or(wanted.now)
        .checked_sub(ago)
        .unwrap_or(Timestamp::MIN);
    wanted
        .attempted_at
        .min(by_their_clock)
        .checked_sub(SKEW)
        .unwrap_or(Timestamp::MIN)
}

fn found(message: &Message) -> Found {
    Found::Message {
        sid: message.sid.clone(),
        status: message.delivery_status(),
        error_code: message.error(),
    }
}

/// A text without what may change on its way into the list: spaces and line ends, and what a trial account puts first.
fn plain(body: &str) -> String {
    let body = body.trim_start();
    let body = body.strip_prefix(TRIAL).unwrap_or(body);
    body.split_whitespace().collect::<Vec<_>>().join(" ")
}

const TRIAL: &str = "Sent from your Twilio trial account - ";

#[cfg(test)]
mod tests;
