//! The carrier's refusals: code, HTTP status and sentence.

use serde_json::{Value, json};

use crate::sim::answer::Answer;

/// A refusal with a code of its own.
pub(crate) fn refuse(code: u32, message: impl Into<String>) -> Answer {
    let status = status_of(code);
    Answer::Json(status, body(code, status, &message.into()))
}

/// A refusal in the words the carrier uses for this code.
pub(crate) fn refuse_plainly(code: u32) -> Answer {
    refuse(code, sentence(code))
}

/// 401: whoever asked did not prove who they are.
pub(crate) fn unauthorized(message: &str) -> Answer {
    let mut body = body(20003, 401, message);
    body["detail"] = json!("Your AccountSid or AuthToken was incorrect.");
    Answer::Json(401, body)
}

/// 404 for a path under the account.
pub(crate) fn not_found(path: &str) -> Answer {
    refuse(
        20404,
        format!("The requested resource {path} was not found"),
    )
}

/// What the carrier says to a code, for refusals and in `error_message`.
pub(crate) fn sentence(code: u32) -> &'static str {
    match code {
        20001 => "Unknown parameters",
        20003 => "Authentication Error",
        20429 => "Too Many Requests",
        21211 => "Invalid 'To' Phone Number",
        21212 => "Invalid From Number (caller ID)",
        21408 => {
            "Permission to send an SMS has not been enabled for the region indicated by the 'To' number"
        }
        21602 => "Message body is required.",
        21603 => "A 'From' or 'MessagingServiceSid' parameter is required to send a message",
        21604 => "A 'To' phone number is required.",
        21606 => {
            "The 'From' phone number provided is not a valid message-capable Twilio phone number for this destination"
        }
        21609 => "Invalid 'StatusCallback'",
        21610 => "Attempt to send to unsubscribed recipient",
        21611 => "This 'From' number has exceeded the maximum number of queued messages",
        21612 => "The 'To' phone number is not currently reachable via SMS",
        21614 => "'To' number is not a valid mobile number",
        21617 => "The concatenated message body exceeds the 1600 character limit",
        21620 => "Invalid media URL(s)",
        21623 => "Number of media files exceeds allowed limit",
        30003 => "Unreachable destination handset",
        30004 => "Message blocked",
        30005 => "Unknown destination handset",
        30006 => "Landline or unreachable carrier",
        30007 => "Carrier violation",
        30008 => "Unknown error",
        30036 => "Validity period expired",
        30409 => "This message cannot be canceled",
        _ => "The request could not be carried out",
    }
}

fn body(code: u32, status: u16, message: &str) -> Value {
    json!({
        "code": code,
        "message": message,
        "more_info": format!("https://www.twilio.com/docs/errors/{code}"),
        "status": status,
    })
}

fn status_of(code: u32) -> u16 {
    match code {
        20003 => 401,
        20404 => 404,
        20429 => 429,
        20500 => 500,
        20503 => 503,
        _ => 400,
    }
}
