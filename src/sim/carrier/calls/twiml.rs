//! TwiML for calls, read as strictly as the carrier's documents are written: verbs, attributes, what may stand in what.

use crate::sim::carrier::params::is_url;
use crate::sim::carrier::xml::{self, Element, Node};

/// One verb, as far as a caller notices it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) enum Verb {
    Say(Said),
    Pause,
    Gather(Gather),
    Redirect(String),
    Hangup,
    Reject,
}

/// What is said, and how: the tag of its language, `en-US` where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Said {
    /// The tag.
    pub language: String,
    /// The words.
    pub words: String,
}

/// A question.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Gather {
    pub(crate) says: Vec<Said>,
    /// What is listened for; `en-US` where that is not told.
    pub(crate) language: String,
    pub(crate) action: String,
    pub(crate) takes_keys: bool,
    pub(crate) takes_speech: bool,
    pub(crate) digits: Option<usize>,
    pub(crate) finish: Option<char>,
}

impl Gather {
    /// What of the keys pressed is sent; empty when that is nothing.
    pub(crate) fn taken(&self, keys: &str) -> String {
        let mut taken = String::new();
        for key in keys.chars() {
            if Some(key) == self.finish {
                // It ends a sequence and does nothing before one.
                if taken.is_empty() {
                    continue;
                }
                break;
            }
            taken.push(key);
            if self.digits == Some(taken.len()) {
                break;
            }
        }
        taken
    }
}

const LARGEST: usize = 64 * 1024;

/// The least that any of the voices takes.
const LONGEST_SAY: usize = 3000;

/// Languages that both speak and listen.
const LANGUAGES: &[&str] = &[
    "en-US", "en-GB", "en-AU", "en-CA", "en-IN", "fr-FR", "fr-CA", "de-DE", "es-ES", "es-MX",
    "it-IT", "pt-BR", "pt-PT",
];

/// The verbs of an answer, or what is wrong with it.
pub(crate) fn read(content_type: &str, body: &str) -> Result<Vec<Verb>, String> {
    let kind = content_type.split(';').next().unwrap_or("").trim();
    if !matches!(kind, "text/xml" | "application/xml") {
        return Err(format!("the content type is {kind:?}, not text/xml"));
    }
    if body.len() > LARGEST {
        return Err("the document is over 64 kB".into());
    }
    let root = xml::read(body)?;
    if root.name != "Response" || !root.attributes.is_empty() {
        return Err(format!("the root is <{}>, not <Response>", root.name));
    }
    let mut verbs = Vec::new();
    for (place, element) in elements(&root)?.into_iter().enumerate() {
        if matches!(
            verbs.last(),
            Some(Verb::Redirect(_) | Verb::Hangup | Verb::Reject)
        ) {
            return Err(format!("<{}> is never reached", element.name));
        }
        verbs.push(match element.name.as_str() {
            "Say" => Verb::Say(say(element)?),
            "Pause" => pause(element)?,
            "Gather" => Verb::Gather(gather(element)?),
            "Redirect" => redirect(element)?,
            "Hangup" => bare(element, &[]).map(|()| Verb::Hangup)?,
            "Reject" if place == 0 => {
                bare(element, &[("reason", &["rejected", "busy"])]).map(|()| Verb::Reject)?
            }
            other => return Err(format!("<{other}> is no verb that can stand here")),
        });
    }
    Ok(verbs)
}

fn say(element: &Element) -> Result<Said, String> {
    let mut language = LANGUAGES[0];
    for (name, value) in &element.attributes {
        match name.as_str() {
            "language" if LANGUAGES.contains(&value.as_str()) => language = value,
            "voice" if !value.is_empty() => {}
            "loop" if value.parse::<u16>().is_ok() => {}
            other => return Err(format!("<Say {other}> is unknown or wrong")),
        }
    }
    let mut text = String::new();
    for child in &element.children {
        match child {
            Node::Text(piece) => text.push_str(piece),
            Node::Element(inner) => return Err(format!("<{}> stands in <Say>", inner.name)),
        }
    }
    if text.trim().is_empty() {
        return Err("a <Say> is empty".into());
    }
    match text.chars().count() {
        count if count > LONGEST_SAY => Err(format!("a <Say> has {count} characters")),
        _ => Ok(Said {
            language: language.to_owned(),
            words: text,
        }),
    }
}

fn pause(element: &Element) -> Result<Verb, String> {
    for (name, value) in &element.attributes {
        if name != "length" || value.parse::<u16>().is_err() {
            return Err(format!("<Pause {name}> is unknown or wrong"));
        }
    }
    elements(element)?
        .is_empty()
        .then_some(Verb::Pause)
        .ok_or_else(|| "<Pause> is not empty".into())
}

fn redirect(element: &Element) -> Result<Verb, String> {
    match element.attributes.as_slice() {
        [] => {}
        [(name, value)] if name == "method" && value == "POST" => {}
        _ => return Err("<Redirect> has an attribute that is unknown or wrong".into()),
    }
    let mut url = String::new();
    for child in &element.children {
        match child {
            Node::Text(text) => url.push_str(text),
            Node::Element(inner) => return Err(format!("<{}> stands in <Redirect>", inner.name)),
        }
    }
    is_target(&url)
        .then_some(Verb::Redirect(url))
        .ok_or_else(|| "<Redirect> leads to no URL".into())
}

fn bare(element: &Element, allowed: &[(&str, &[&str])]) -> Result<(), String> {
    for (name, value) in &element.attributes {
        let known = allowed
            .iter()
            .any(|(known, values)| known == name && values.contains(&value.as_str()));
        if !known {
            return Err(format!("<{} {name}> is unknown or wrong", element.name));
        }
    }
    match elements(element)?.is_empty() {
        true => Ok(()),
        false => Err(format!("<{}> is not empty", element.name)),
    }
}

fn gather(element: &Element) -> Result<Gather, String> {
    let mut gather = Gather {
        says: Vec::new(),
        language: LANGUAGES[0].to_owned(),
        action: String::new(),
        takes_keys: true,
        takes_speech: false,
        digits: None,
        finish: Some('#'),
    };
    let positive = |value: &str| value.parse::<u16>().ok().filter(|n| *n > 0);
    for (name, value) in &element.attributes {
        let wrong = || format!("<Gather {name}> is unknown or wrong");
        match (name.as_str(), value.as_str()) {
            ("input", "dtmf") => {}
            ("input", "speech") => (gather.takes_keys, gather.takes_speech) = (false, true),
            ("input", "dtmf speech" | "speech dtmf") => gather.takes_speech = true,
            ("action", url) if is_target(url) => gather.action = url.to_owned(),
            ("method", "POST") => {}
            ("timeout", seconds) => drop(positive(seconds).ok_or_else(wrong)?),
            ("speechTimeout", "auto") => {}
            ("speechTimeout", seconds) => drop(positive(seconds).ok_or_else(wrong)?),
            ("numDigits", n) => gather.digits = Some(positive(n).ok_or_else(wrong)?.into()),
            ("finishOnKey", "") => gather.finish = None,
            ("finishOnKey", key) if key.len() == 1 && "0123456789*#".contains(key) => {
                gather.finish = key.chars().next();
            }
            ("language", tag) if LANGUAGES.contains(&tag) => gather.language = tag.to_owned(),
            ("hints", hints) => check_hints(hints)?,
            ("actionOnEmptyResult" | "bargeIn" | "profanityFilter", "true" | "false") => {}
            _ => return Err(wrong()),
        }
    }
    if gather.action.is_empty() {
        return Err("<Gather> without an action asks the same document for ever".into());
    }
    for inner in elements(element)? {
        match inner.name.as_str() {
            "Say" => gather.says.push(say(inner)?),
            "Pause" => drop(pause(inner)?),
            other => return Err(format!("<{other}> stands in <Gather>")),
        }
    }
    Ok(gather)
}

fn check_hints(hints: &str) -> Result<(), String> {
    let all: Vec<&str> = hints.split(',').collect();
    let fits = all
        .iter()
        .all(|hint| !hint.trim().is_empty() && hint.chars().count() <= 100);
    (all.len() <= 500 && fits)
        .then_some(())
        .ok_or_else(|| "<Gather hints> are wrong".into())
}

/// An absolute URL or an absolute path: what else there is depends on the document's own address.
fn is_target(url: &str) -> bool {
    let is_path =
        url.starts_with('/') && !url.starts_with("//") && !url.contains([' ', '"', '<', '>']);
    is_path || is_url(url)
}

fn elements(parent: &Element) -> Result<Vec<&Element>, String> {
    let mut found = Vec::new();
    for child in &parent.children {
        match child {
            Node::Element(element) => found.push(element),
            Node::Text(text) if text.trim().is_empty() => {}
            Node::Text(_) => return Err(format!("text stands loose in <{}>", parent.name)),
        }
    }
    Ok(found)
}
