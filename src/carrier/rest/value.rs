//! Fields as lenient as Twilio writes them: numbers as strings, strings as numbers, null, empty or missing.

use jiff::Timestamp;
use jiff::fmt::rfc2822;
use serde::{Deserialize, Deserializer};
use serde_json::Value;

/// A string, or a number's digits; anything else, and the empty string, is nothing.
pub(super) fn text<'de, D: Deserializer<'de>>(from: D) -> Result<Option<String>, D::Error> {
    Ok(match Value::deserialize(from)? {
        Value::String(text) if !text.is_empty() => Some(text),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    })
}

/// A whole number, written as one or as a string; anything else is nothing.
pub(super) fn number<'de, D: Deserializer<'de>>(from: D) -> Result<Option<u32>, D::Error> {
    Ok(text(from)?.and_then(|text| text.trim().parse().ok()))
}

/// A boolean; anything else is `false`.
pub(super) fn flag<'de, D: Deserializer<'de>>(from: D) -> Result<bool, D::Error> {
    Ok(Value::deserialize(from)?.as_bool().unwrap_or(false))
}

/// A date as RFC 2822 writes it, or as newer APIs do; anything else is nothing.
pub(super) fn time<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
    Ok(text(from)?.and_then(|text| parse_time(&text)))
}

/// Reads `Fri, 24 May 2019 17:18:27 +0000`, with `GMT` for the offset too, or RFC 3339.
pub(super) fn parse_time(text: &str) -> Option<Timestamp> {
    let parser = rfc2822::DateTimeParser::new();
    let parsed = parser.parse_timestamp(text.trim()).ok();
    parsed.or_else(|| text.trim().parse().ok())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn dates_in_the_forms_that_come() {
        let want: Timestamp = "2019-05-24T17:18:27Z".parse().unwrap();
        for text in [
            "Fri, 24 May 2019 17:18:27 +0000",
            "Fri, 24 May 2019 17:18:27 GMT",
            "2019-05-24T17:18:27Z",
            " 2019-05-24T19:18:27+02:00 ",
        ] {
            assert_eq!(parse_time(text), Some(want), "{text}");
        }
        for text in ["", "yesterday", "2019"] {
            assert_eq!(parse_time(text), None);
        }
    }

    #[test]
    fn numbers_and_texts_in_any_dress() {
        #[derive(Deserialize)]
        struct Row {
            #[serde(default, deserialize_with = "number")]
            a: Option<u32>,
            #[serde(default, deserialize_with = "text")]
            b: Option<String>,
        }
        let read = |json: &str| {
            let row: Row = serde_json::from_str(json).unwrap();
            (row.a, row.b)
        };
        assert_eq!(
            read(r#"{"a": "1", "b": 2.5}"#),
            (Some(1), Some("2.5".into()))
        );
        assert_eq!(read(r#"{"a": 7, "b": ""}"#), (Some(7), None));
        assert_eq!(read(r#"{"a": [], "b": null}"#), (None, None));
        assert_eq!(read("{}"), (None, None));
    }
}
