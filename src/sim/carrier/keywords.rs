//! The words the carrier acts on by itself, and what it says to them.

/// What a one-word message does at the carrier.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Keyword {
    Stop,
    Start,
    Help,
}

/// Only a message that is one of the words, alone, in any case: "STOP PLEASE" does nothing.
pub(crate) fn read(body: &str) -> Option<Keyword> {
    match body.trim().to_ascii_uppercase().as_str() {
        "STOP" | "STOPALL" | "UNSUBSCRIBE" | "CANCEL" | "END" | "QUIT" | "REVOKE" | "OPTOUT" => {
            Some(Keyword::Stop)
        }
        "START" | "UNSTOP" | "YES" => Some(Keyword::Start),
        "HELP" | "INFO" => Some(Keyword::Help),
        _ => None,
    }
}

/// The carrier's own text. It is free and comes whatever the webhook answers.
pub(crate) fn notice(keyword: Keyword) -> &'static str {
    match keyword {
        Keyword::Stop => {
            "You have successfully been unsubscribed. You will not receive any more messages from this number. Reply START to resubscribe."
        }
        Keyword::Start => {
            "You have successfully been re-subscribed to messages from this number. Reply HELP for help. Reply STOP to unsubscribe. Msg&Data Rates May Apply."
        }
        Keyword::Help => "Reply STOP to unsubscribe. Msg&Data Rates May Apply.",
    }
}
