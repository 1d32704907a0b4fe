//! Voice TwiML: what is said and asked next, as the document that a call goes on with (docs/wire.md#voice).

use std::fmt::Write;

use super::twiml::{document, escape};
use crate::domain::call::{Accent, Keys, Prompt, Question};

/// Says the prompt and asks its question; `action` gives the absolute path that an answer is sent to. Silence is sent there
/// too: after the last verb Twilio would hang up.
#[must_use]
pub fn voice_reply(prompt: &Prompt, action: impl Fn(&Question) -> String) -> String {
    let language = tag(prompt.accent);
    let mut verbs = String::new();
    let Some(question) = &prompt.question else {
        say(&mut verbs, &prompt.told.join(" "), language);
        verbs.push_str("<Hangup/>");
        return document(&verbs);
    };
    let action = escape(&action(question));
    let told = prompt.told.join(" ");
    // A key may cut a forecast short; a noise in the car must not, so speech is listened for only afterwards.
    match question.keys {
        Keys::One if !told.is_empty() => {
            let _ = write!(
                verbs,
                r#"<Gather input="dtmf" action="{action}" method="POST" numDigits="1" finishOnKey="" timeout="1">"#
            );
            say(&mut verbs, &told, language);
            verbs.push_str("</Gather>");
        }
        _ => say(&mut verbs, &told, language),
    }
    let digits = match question.keys {
        Keys::One => r#" numDigits="1" finishOnKey="""#.to_owned(),
        Keys::Postcode(Some(digits)) => format!(r##" numDigits="{digits}" finishOnKey="#""##),
        Keys::Postcode(None) => r##" finishOnKey="#""##.to_owned(),
    };
    let _ = write!(
        verbs,
        r#"<Gather input="dtmf speech" action="{action}" method="POST"{digits} timeout="{TIMEOUT_S}" speechTimeout="auto" language="{language}""#
    );
    let hints = hints(&question.hints);
    if !hints.is_empty() {
        let _ = write!(verbs, r#" hints="{}""#, escape(&hints));
    }
    verbs.push('>');
    say(&mut verbs, &question.words, language);
    for (accent, words) in &question.others {
        say(&mut verbs, words, tag(*accent));
    }
    verbs.push_str("</Gather>");
    let _ = write!(verbs, r#"<Redirect method="POST">{action}</Redirect>"#);
    document(&verbs)
}

/// Does not take the call; costs nothing.
#[must_use]
pub fn voice_rejection() -> String {
    document(r#"<Reject reason="rejected"/>"#)
}

/// Says that something of ours failed, and hangs up.
#[must_use]
pub fn voice_apology(words: &str, accent: Accent) -> String {
    let mut verbs = String::new();
    say(&mut verbs, words, tag(accent));
    verbs.push_str("<Hangup/>");
    document(&verbs)
}

/// How long Twilio waits for an answer, seconds, from the end of the question.
const TIMEOUT_S: u8 = 6;

/// What one `<Say>` may hold; the least of what the voices take.
const MAX_SAY_CHARS: usize = 2_900;

const MAX_HINTS: usize = 100;
const MAX_HINT_CHARS: usize = 60;

/// Appends one `<Say>` a piece that fits.
fn say(verbs: &mut String, text: &str, language: &str) {
    let mut rest = text.trim();
    while !rest.is_empty() {
        let (piece, after) = split(rest);
        let _ = write!(
            verbs,
            r#"<Say language="{language}">{}</Say>"#,
            escape(piece)
        );
        rest = after.trim_start();
    }
}

/// As much as fits, ending with a word.
fn split(text: &str) -> (&str, &str) {
    match text.char_indices().nth(MAX_SAY_CHARS) {
        None => (text, ""),
        Some((end, _)) => {
            let at = text[..end].rfind(' ').unwrap_or(end);
            text.split_at(at)
        }
    }
}

/// Commas divide them, so that none may have one inside.
fn hints(all: &[String]) -> String {
    let plain = |hint: &String| {
        let words = hint.replace([',', '\n', '\r'], " ");
        let words: Vec<&str> = words.split_whitespace().collect();
        words
            .join(" ")
            .chars()
            .take(MAX_HINT_CHARS)
            .collect::<String>()
    };
    let all: Vec<String> = all
        .iter()
        .map(plain)
        .filter(|hint| !hint.is_empty())
        .take(MAX_HINTS)
        .collect();
    all.join(",")
}

/// A tag that both the voices and the recogniser know (docs/wire.md#voice).
const fn tag(accent: Accent) -> &'static str {
    match accent {
        Accent::American => "en-US",
        Accent::British => "en-GB",
        Accent::Australian => "en-AU",
        Accent::Canadian => "en-CA",
        Accent::Indian => "en-IN",
        Accent::Castilian => "es-ES",
        Accent::Mexican => "es-MX",
        Accent::French => "fr-FR",
        Accent::Quebecois => "fr-CA",
        Accent::German => "de-DE",
        Accent::Portuguese => "pt-PT",
        Accent::Brazilian => "pt-BR",
        Accent::Italian => "it-IT",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::call::Step;
    use proptest::prelude::*;

    fn prompt(told: &str, words: &str, keys: Keys, hint: &str) -> Prompt {
        Prompt {
            accent: Accent::British,
            told: vec![told.to_owned()],
            question: Some(Question {
                words: words.to_owned(),
                others: vec![(Accent::Mexican, "Pulse ocho.".to_owned())],
                keys,
                hints: vec![hint.to_owned()],
                next: Step::START,
            }),
        }
    }

    fn written(prompt: &Prompt) -> String {
        voice_reply(prompt, |_| "/twilio/voice/ask/1/0".to_owned())
    }

    #[test]
    fn documents() {
        let menu = prompt("Lyon & sun.", "Press one.", Keys::One, "text it, to me");
        let zip = prompt("", "Which place?", Keys::Postcode(Some(5)), "");
        let postcode = prompt("Hello.", "Which place?", Keys::Postcode(None), "Lyon");
        let end = Prompt {
            question: None,
            ..menu.clone()
        };
        let all: Vec<String> = [menu, zip, postcode, end].iter().map(written).collect();
        let all = [
            all.join("\n"),
            voice_rejection(),
            voice_apology("Sorry.", Accent::American),
        ];
        insta::assert_snapshot!(all.join("\n").replace("><", ">\n<"));
    }

    #[test]
    fn what_is_too_long_for_one_say_becomes_several() {
        let long = "wind ".repeat(2_000);
        let reply = voice_apology(&long, Accent::American);
        let pieces: Vec<&str> = reply.split("<Say language=\"en-US\">").skip(1).collect();
        assert_eq!(pieces.len(), 4);
        for piece in pieces {
            let text = piece.split("</Say>").next().unwrap();
            assert!(text.chars().count() <= MAX_SAY_CHARS && text.ends_with("wind"));
        }
    }

    proptest! {
        #[test]
        fn any_unicode_keeps_the_document_whole(told in any::<String>(), words in any::<String>(), hint in any::<String>()) {
            let xml = written(&prompt(&told, &words, Keys::One, &hint));
            let legal = |c: char| matches!(u32::from(c), 0x9 | 0xA | 0xD | 0x20..=0xD7FF | 0xE000..=0xFFFD | 0x1_0000..=0x10_FFFF);
            prop_assert!(xml.chars().all(legal));
            // Nothing of the texts is read as a tag or ends an attribute.
            let tags = xml.matches('<').count();
            prop_assert_eq!(tags, xml.matches('>').count());
            prop_assert!(tags <= 16);
            prop_assert_eq!(xml.matches('"').count() % 2, 0);
        }
    }
}
