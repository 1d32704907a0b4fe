//! TwiML, the XML that answers a webhook (docs/wire.md#twiml).

/// Replies with a message, or accepts in silence. A text of which nothing visible is left is silence too: Twilio
/// refuses an empty `<Message>`.
#[must_use]
pub fn message_reply(text: Option<&str>) -> String {
    let visible = |text: &&str| text.chars().any(|c| is_legal(c) && !c.is_whitespace());
    document(&text.filter(visible).map_or_else(String::new, |text| {
        format!("<Message>{}</Message>", escape(text))
    }))
}

pub(super) fn document(verbs: &str) -> String {
    let declaration = "<?xml version=\"1.0\" encoding=\"UTF-8\"?>";
    if verbs.is_empty() {
        format!("{declaration}<Response/>")
    } else {
        format!("{declaration}<Response>{verbs}</Response>")
    }
}

/// Escapes for element content and for quoted attributes; what XML 1.0 cannot hold even escaped is left out.
pub(super) fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 16);
    for c in text.chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\'' => out.push_str("&apos;"),
            // A parser turns a bare one into a line feed.
            '\r' => out.push_str("&#13;"),
            c if is_legal(c) => out.push(c),
            _ => {}
        }
    }
    out
}

/// Whether XML 1.0 has the character at all (its production `Char`).
const fn is_legal(c: char) -> bool {
    !matches!(c, '\u{0}'..='\u{8}' | '\u{b}' | '\u{c}' | '\u{e}'..='\u{1f}' | '\u{fffe}' | '\u{ffff}')
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_reply_and_silence() {
        assert_eq!(
            message_reply(Some("Lyon: rain & wind <now>")),
            "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>Lyon: rain &amp; wind &lt;now&gt;</Message></Response>"
        );
        for silent in [None, Some(""), Some(" \n"), Some("\u{1}\u{ffff}")] {
            assert_eq!(
                message_reply(silent),
                "<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response/>"
            );
        }
    }

    /// Reads a reply as an XML parser would, strictly: any character that needs an escape fails.
    fn parse(xml: &str) -> String {
        let body = xml
            .strip_prefix("<?xml version=\"1.0\" encoding=\"UTF-8\"?><Response><Message>")
            .unwrap()
            .strip_suffix("</Message></Response>")
            .unwrap();
        let mut out = String::new();
        let mut rest = body;
        while let Some(c) = rest.chars().next() {
            let (text, len) = if c == '&' {
                let end = rest.find(';').unwrap();
                let text = match &rest[1..end] {
                    "amp" => '&',
                    "lt" => '<',
                    "gt" => '>',
                    "quot" => '"',
                    "apos" => '\'',
                    "#13" => '\r',
                    other => panic!("no entity: {other}"),
                };
                (text, end + 1)
            } else {
                assert!(!"<>\r".contains(c));
                (c, c.len_utf8())
            };
            out.push(text);
            rest = &rest[len..];
        }
        out
    }

    proptest! {
        #[test]
        fn any_text_reads_back_without_what_xml_cannot_hold(text in "\\PC*|.*|[\u{0}-\u{20}\u{fffd}-\u{10000}<&>'\"]*") {
            let legal = |c: &char| matches!(u32::from(*c), 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF);
            let want: String = text.chars().filter(legal).collect();
            let reply = message_reply(Some(&text));
            if want.trim().is_empty() {
                prop_assert!(reply.ends_with("<Response/>"));
            } else {
                prop_assert_eq!(parse(&reply), want);
            }
        }
    }
}
