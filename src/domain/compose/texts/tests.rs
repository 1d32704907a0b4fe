//! Every text a person can receive that is no forecast, in every language, with how it is billed.

mod any;
mod documented;
mod every;
mod keywords;

use std::fmt::Write;

use self::every::every_text;
use super::*;
use crate::domain::command::{Command, Noise};
use crate::domain::message::Encoding;

#[test]
fn every_text_with_its_segments() {
    for language in Language::ALL {
        let mut page = String::from("septets segments | text\n");
        for (name, text) in every_text(language) {
            let message = MessageBody::new(&text);
            let (septets, segments) = (message.septets(), message.segments());
            let most = if name.starts_with("my_data") {
                MY_DATA_SEGMENTS
            } else {
                1
            };
            let code = language.code();
            assert!(segments <= most, "{code} {name}: {septets} septets: {text}");
            assert_eq!(message.encoding(), Encoding::Gsm7, "{code} {name}: {text}");
            assert_eq!(
                message.as_str(),
                text,
                "{code} {name} is written as it is sent"
            );
            let _ = writeln!(page, "{name}\n{septets:7} {segments:8} | {text}");
        }
        insta::assert_snapshot!(format!("every_text_{}", language.code()), page);
    }
}

#[test]
fn our_own_words_echoed_are_not_answered() {
    let mut answered = Vec::new();
    for language in Language::ALL {
        for (name, text) in every_text(language) {
            let long = text.split_whitespace().count() >= 9;
            if long && Command::parse(&text) != Command::Ignored(Noise::Echo) {
                answered.push(format!("{} {name}: {text}", language.code()));
            }
        }
    }
    assert!(answered.is_empty(), "{}", answered.join("\n"));
}
