//! Twilio's error codes: one table with what each means and what follows from it.
//!
//! Wording after Twilio's catalogue of May 2023, newer codes after their own pages (docs/wire.md#error-codes); what
//! follows is our judgement. It is the same for a refused create call and for a status callback: what differs is that
//! nobody may send again what was accepted once, and that is the delivery's own rule.

use crate::domain::delivery::Treatment;

/// What a code means for the message, the subscriber and everybody. Codes appear without notice: an unknown one costs
/// only its own message.
#[must_use]
pub fn treatment(code: u32) -> Treatment {
    known(code).unwrap_or(Treatment::ThisMessage)
}

/// Like [`treatment`], `None` for a code that is not in the table.
#[must_use]
pub fn known(code: u32) -> Option<Treatment> {
    find(code).map(|(treatment, _)| treatment)
}

/// What a code says, in a few words, for operators.
#[must_use]
pub fn meaning(code: u32) -> Option<&'static str> {
    find(code).map(|(_, meaning)| meaning)
}

/// Whether a refusal asks for fewer requests at once or a slower pace.
#[must_use]
pub const fn slows_down(code: u32) -> bool {
    matches!(code, 20429 | 21611 | 22005 | 30001 | 30022 | 63017 | 63018)
}

fn find(code: u32) -> Option<(Treatment, &'static str)> {
    TABLE.iter().find_map(|(treatment, rows)| {
        let at = rows.binary_search_by_key(&code, |(code, _)| *code).ok()?;
        Some((*treatment, rows[at].1))
    })
}

/// A code and its meaning; ascending.
type Rows = &'static [(u32, &'static str)];

const TABLE: [(Treatment, Rows); 5] = [
    (Treatment::HoldAll, HOLD_ALL),
    (Treatment::OptedOut, OPTED_OUT),
    (Treatment::PhoneGone, PHONE_GONE),
    (Treatment::Transient, TRANSIENT),
    (Treatment::ThisMessage, THIS_MESSAGE),
];

/// The account, the sender, or a mistake in our configuration that every message would share.
const HOLD_ALL: Rows = &[
    (10001, "the account is not active"),
    (20003, "wrong credentials or no permission"),
    (20005, "the account is not active"),
    // A create call finds nothing only when the account or the address of the API is wrong.
    (20404, "no such account or resource"),
    (21205, "one of our URLs is invalid"),
    (21210, "the sender is not verified"),
    (21212, "the sender is no valid number"),
    (21472, "the account is not active"),
    (21603, "no sender was given"),
    (21606, "the sender cannot text that phone"),
    (21609, "the URL for status callbacks is invalid"),
    (21659, "the sender is no number of this account"),
    (21660, "the sender belongs to another account"),
    (21661, "the sender cannot send texts"),
    (21703, "the messaging service has no fitting number"),
    (21704, "the messaging service has no numbers"),
    (21705, "the messaging service is invalid"),
    (30002, "the account is suspended"),
    (30032, "the toll-free sender is not verified"),
    (30033, "the sender's campaign is suspended"),
    (30034, "the sender is not registered (US A2P 10DLC)"),
    (30037, "outbound messages are disabled"),
    (63001, "the channel refused our credentials"),
    (63007, "the channel does not know the sender"),
    (63020, "an error of the business account"),
    (63051, "the business account is locked"),
];

/// Silence until START.
const OPTED_OUT: Rows = &[
    (21610, "the phone opted out"),
    // STOP to a toll-free number is seen as this only; a block by the carrier looks the same.
    (30004, "the phone or its carrier blocks us"),
];

/// Never again to this phone.
const PHONE_GONE: Rows = &[
    (21211, "no valid phone number"),
    (21214, "the phone cannot be reached"),
    (21217, "no valid phone number"),
    (21612, "cannot be reached by text from this sender"),
    (21614, "no mobile number"),
    (21635, "a landline"),
    (30005, "no such phone"),
    (30006, "a landline, or out of the carrier's reach"),
    (63003, "the channel does not know that address"),
    (63014, "the recipient blocks us"),
    (63024, "no valid recipient"),
    (63032, "the channel may not reach that person"),
    (63033, "the recipient blocks us"),
];

/// A create call that meets one is tried again. After acceptance it only says that waiting would have helped: a second
/// message is never sent.
const TRANSIENT: Rows = &[
    (20429, "too many requests at once"),
    (21611, "the sender's queue is full"),
    (22005, "the queue for calls is full"),
    (30001, "the queue overflowed"),
    (30003, "the phone is off or out of reach"),
    (30017, "the carrier is congested"),
    (30022, "over the registered rate"),
    (30023, "over the registered number of a day"),
    (30027, "over T-Mobile's number of a day"),
    (30035, "the sender is still being registered"),
    (30410, "the carrier did not answer"),
    (30450, "held back as suspected fraud"),
    (63010, "Twilio failed"),
    (63012, "the channel's provider failed"),
    (63017, "over the rate"),
    (63018, "over the channel's rate"),
    (63038, "over the account's number of a day"),
];

/// Known, and nothing follows but that the message failed.
const THIS_MESSAGE: Rows = &[
    (13227, "calls to that country are not permitted"),
    (14107, "too many replies in a row to that phone"),
    (14111, "a trial account may not text that phone"),
    (20500, "Twilio failed"),
    (20503, "Twilio is out of service"),
    (21201, "nobody to call"),
    (21215, "calls to that country are not permitted"),
    (21216, "Twilio blocks calls to that phone"),
    (21219, "a trial account may not call that phone"),
    (21220, "the call is not in a state for that"),
    (21408, "texts to that country are not permitted"),
    (21602, "the text was empty"),
    (21604, "no recipient was given"),
    (21608, "a trial account may not text that phone"),
    (21617, "the text is too long"),
    (21619, "the message could not be made"),
    (21620, "a media URL is invalid"),
    (21623, "too many media"),
    (21624, "the validity period is invalid"),
    (30007, "filtered as spam"),
    (30008, "the carrier failed without a reason"),
    (30010, "dearer than the price limit"),
    (30011, "the phone takes no picture messages"),
    (30018, "the sender is not registered in that country"),
    (30019, "too large for the carrier"),
    (30024, "the sender is not provisioned at that carrier"),
    (30036, "too late: its validity period had passed"),
    (30039, "a machine wrote it"),
    (30045, "the validity period is invalid"),
    (63005, "the channel refused the content"),
    (63013, "against the channel's policy"),
    (63016, "outside the channel's window for free text"),
    (63021, "the channel found the content invalid"),
    (63026, "flagged as spam"),
    (90007, "the validity period is invalid"),
];

#[cfg(test)]
mod tests;
