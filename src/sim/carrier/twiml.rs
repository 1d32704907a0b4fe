//! TwiML for messages, read as strictly as the carrier's documents are written.

use super::params::is_url;
use super::xml::{self, Element, Node};

/// One `<Message>`.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Reply {
    pub(crate) body: String,
    pub(crate) to: Option<String>,
    pub(crate) callback: Option<String>,
}

/// The largest document the carrier takes.
const LARGEST: usize = 64 * 1024;

/// The messages of an answer, or what is wrong with it.
pub(crate) fn read(content_type: &str, body: &str) -> Result<Vec<Reply>, String> {
    let kind = content_type.split(';').next().unwrap_or("").trim();
    if !matches!(kind, "text/xml" | "application/xml") {
        return Err(format!("the content type is {kind:?}, not text/xml"));
    }
    if body.len() > LARGEST {
        return Err("the document is over 64 kB".into());
    }
    let root = xml::read(body)?;
    if root.name != "Response" || !root.attributes.is_empty() {
        return Err(format!(
            "the root is <{}> instead of a bare <Response>",
            root.name
        ));
    }
    let mut replies = Vec::new();
    for verb in elements(&root)? {
        match verb.name.as_str() {
            "Message" => replies.push(message(verb)?),
            // Where it leads is not followed: our own answers have no use for it.
            "Redirect" => return Err("<Redirect> is not followed here".into()),
            other => return Err(format!("<{other}> is no verb of a message")),
        }
    }
    Ok(replies)
}

fn message(verb: &Element) -> Result<Reply, String> {
    for (name, value) in &verb.attributes {
        match name.as_str() {
            "to" | "from" => {}
            "action" | "statusCallback" if value.starts_with('/') || is_url(value) => {}
            "method" if matches!(value.as_str(), "GET" | "POST") => {}
            other => return Err(format!("<Message {other}> is unknown or wrong")),
        }
    }
    let mut body = String::new();
    let mut nested = false;
    for child in &verb.children {
        match child {
            Node::Text(text) => body.push_str(text),
            Node::Element(part) if part.name == "Body" => {
                if !nested {
                    body.clear();
                }
                nested = true;
                body.push_str(&text_of(part)?);
            }
            Node::Element(part) if part.name == "Media" => {
                text_of(part)?;
            }
            Node::Element(part) => return Err(format!("<{}> stands in <Message>", part.name)),
        }
    }
    let length = body.encode_utf16().count();
    if body.trim().is_empty() {
        return Err("a <Message> is empty".into());
    }
    if length > 1600 {
        return Err(format!(
            "a <Message> has {length} characters, more than 1600"
        ));
    }
    Ok(Reply {
        body,
        to: verb.attribute("to").map(str::to_owned),
        callback: verb
            .attribute("statusCallback")
            .or(verb.attribute("action"))
            .map(str::to_owned),
    })
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

fn text_of(element: &Element) -> Result<String, String> {
    element
        .children
        .iter()
        .map(|child| match child {
            Node::Text(text) => Ok(text.as_str()),
            Node::Element(inner) => Err(format!("<{}> stands in <{}>", inner.name, element.name)),
        })
        .collect()
}
