//! The form fields that the documents name for creating a message, and what each may hold.

use crate::sim::form::Form;

/// What a field may hold.
#[derive(Debug, Clone, Copy)]
enum Kind {
    Free,
    Url,
    Boolean,
    Number,
    Whole(i64, i64),
    OneOf(&'static [&'static str]),
    Sid(&'static str),
    Time,
}

const CREATE: &[(&str, Kind)] = &[
    ("To", Kind::Free),
    ("From", Kind::Free),
    ("Body", Kind::Free),
    ("MessagingServiceSid", Kind::Sid("MG")),
    ("MediaUrl", Kind::Url),
    ("StatusCallback", Kind::Url),
    ("ApplicationSid", Kind::Sid("AP")),
    ("MaxPrice", Kind::Number),
    ("ProvideFeedback", Kind::Boolean),
    ("Attempt", Kind::Whole(1, i64::MAX)),
    ("ValidityPeriod", Kind::Whole(1, 36_000)),
    ("ForceDelivery", Kind::Boolean),
    ("ContentRetention", Kind::OneOf(&["retain", "discard"])),
    ("AddressRetention", Kind::OneOf(&["retain", "obfuscate"])),
    ("SmartEncoded", Kind::Boolean),
    ("PersistentAction", Kind::Free),
    ("TrafficType", Kind::OneOf(&["free"])),
    ("ShortenUrls", Kind::Boolean),
    ("ScheduleType", Kind::OneOf(&["fixed"])),
    ("SendAt", Kind::Time),
    ("SendAsMms", Kind::Boolean),
    ("ContentVariables", Kind::Free),
    ("RiskCheck", Kind::OneOf(&["enable", "disable"])),
    ("ContentSid", Kind::Sid("HX")),
    ("FallbackFrom", Kind::Free),
    ("Tags", Kind::Free),
];

/// The fields that may stand more than once.
const REPEATED: &[&str] = &["MediaUrl", "PersistentAction"];

/// The query fields of the message list.
pub(crate) const LIST: &[&str] = &[
    "To",
    "From",
    "DateSent",
    "DateSent<",
    "DateSent>",
    "PageSize",
    "Page",
    "PageToken",
];

/// Everything in a create form that the documents do not allow, without repeating any value.
pub(crate) fn complaints(form: &Form) -> Vec<String> {
    let mut found = Vec::new();
    for (place, (name, value)) in form.0.iter().enumerate() {
        let Some((_, kind)) = CREATE.iter().find(|(known, _)| known == name) else {
            found.push(format!("create: {name} is no documented field"));
            continue;
        };
        let earlier = &form.0[..place];
        if !REPEATED.contains(&name.as_str()) && earlier.iter().any(|(other, _)| other == name) {
            found.push(format!("create: {name} stands twice"));
        }
        if !fits(*kind, value) {
            found.push(format!("create: {name} does not hold {}", wanted(*kind)));
        }
    }
    found
}

fn fits(kind: Kind, value: &str) -> bool {
    match kind {
        Kind::Free => true,
        Kind::Url => is_url(value),
        Kind::Boolean => matches!(value, "true" | "false" | "True" | "False"),
        Kind::Number => value.parse::<f64>().is_ok(),
        Kind::Whole(low, high) => value
            .parse::<i64>()
            .is_ok_and(|number| (low..=high).contains(&number)),
        Kind::OneOf(words) => words.contains(&value),
        Kind::Sid(letters) => is_sid(letters, value),
        Kind::Time => value.parse::<jiff::Timestamp>().is_ok(),
    }
}

fn wanted(kind: Kind) -> &'static str {
    match kind {
        Kind::Free => "text",
        Kind::Url => "an http or https URL with a host",
        Kind::Boolean => "true or false",
        Kind::Number => "a number",
        Kind::Whole(..) => "a whole number in its range",
        Kind::OneOf(_) => "one of its words",
        Kind::Sid(_) => "a SID of its kind",
        Kind::Time => "an ISO 8601 time",
    }
}

/// http or https, a host without an underscore, at most 4,000 characters.
pub(crate) fn is_url(value: &str) -> bool {
    let rest = value
        .strip_prefix("https://")
        .or_else(|| value.strip_prefix("http://"));
    rest.is_some_and(|rest| {
        let host = rest.split(['/', '?', '#']).next().unwrap_or("");
        !host.is_empty() && !host.contains('_') && !host.contains(' ') && value.len() <= 4000
    })
}

/// Two letters and 32 hex digits.
pub(crate) fn is_sid(letters: &str, value: &str) -> bool {
    value
        .strip_prefix(letters)
        .is_some_and(|rest| rest.len() == 32 && rest.bytes().all(|byte| byte.is_ascii_hexdigit()))
}
