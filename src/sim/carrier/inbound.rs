//! A phone texts our number: the carrier's own reaction, the webhook, and the TwiML that comes back.

use std::sync::Arc;

use super::callbacks;
use super::keywords::{self, Keyword};
use super::message::{Direction, Fate, Message};
use super::{geo, segments, twiml};
use crate::sim::call_out::{Called, Signature};
use crate::sim::form::Form;
use crate::sim::world::World;

/// What came back for a text.
#[derive(Debug, Clone, Default)]
pub struct Received {
    /// The SID of the inbound message.
    pub sid: String,
    /// The HTTP status of the webhook; none if no answer came.
    pub status: Option<u16>,
    /// The texts of the TwiML reply, whether or not they could go out.
    pub replies: Vec<String>,
    /// The webhook's answer as it stood.
    pub raw: String,
}

/// A text from a phone; `extra` fields replace or join those of the webhook.
pub(crate) async fn text(
    world: &Arc<World>,
    from: &str,
    body: &str,
    extra: &[(&str, &str)],
) -> Received {
    let sid = world.sid("SM");
    let mut form = webhook(world, &sid, from, body);
    for (name, value) in extra {
        form.0.retain(|(known, _)| known != name);
        form.0.push(((*name).to_owned(), (*value).to_owned()));
    }
    let arrived = message(
        world,
        &sid,
        from,
        &world.options.number,
        body,
        Direction::Inbound,
    );
    {
        let mut book = world.book();
        book.add(arrived);
        book.inbound_forms.insert(sid.clone(), form.0.clone());
    }
    world.told(&sid);
    react(world, from, body);
    let (called, replies) = deliver(world, form).await;
    for reply in &replies {
        send(world, from, reply).await;
    }
    Received {
        sid,
        status: called.status,
        replies: replies.into_iter().map(|reply| reply.body).collect(),
        raw: called.body,
    }
}

/// The same webhook once more, as after a lost answer. Its replies are given back, not sent again.
pub(crate) async fn text_again(world: &World, sid: &str) -> Received {
    let form = world.book().inbound_forms.get(sid).cloned();
    let Some(fields) = form else {
        return Received::default();
    };
    let (called, replies) = deliver(world, Form(fields)).await;
    Received {
        sid: sid.to_owned(),
        status: called.status,
        replies: replies.into_iter().map(|reply| reply.body).collect(),
        raw: called.body,
    }
}

/// The carrier's own keywords, where it handles them.
fn react(world: &World, phone: &str, body: &str) {
    let keyword = keywords::read(body).filter(|_| world.options.answers_keywords);
    let Some(keyword) = keyword else { return };
    let sid = world.sid("SM");
    let own = world.options.number.clone();
    let mut notice = message(
        world,
        &sid,
        &own,
        phone,
        keywords::notice(keyword),
        Direction::Notice,
    );
    notice.status = "delivered";
    let mut book = world.book();
    match keyword {
        Keyword::Stop => book.block(phone),
        Keyword::Start => book.unblock(phone),
        Keyword::Help => {}
    }
    book.add(notice);
    drop(book);
    world.told(&sid);
}

async fn deliver(world: &World, form: Form) -> (Called, Vec<twiml::Reply>) {
    let set = {
        let book = world.book();
        book.number.sms_url().map(str::to_owned)
    };
    let url = set.unwrap_or_else(|| format!("{}/twilio/text", world.connected().public_url));
    let called = world.call(&url, form, Signature::Right, "text").await;
    let replies = match called.status {
        Some(200) => match twiml::read(&called.content_type, &called.body) {
            Ok(replies) => replies,
            Err(what) => {
                world.violate(format!("the answer to a text: {what}"));
                Vec::new()
            }
        },
        Some(status @ 300..=499) => {
            world.violate(format!("a signed text was answered {status}"));
            Vec::new()
        }
        _ => Vec::new(),
    };
    (called, replies)
}

/// A TwiML reply becomes a message like any other; to a phone that opted out it fails.
async fn send(world: &Arc<World>, phone: &str, reply: &twiml::Reply) {
    let sid = world.sid("SM");
    let own = world.options.number.clone();
    let to = reply.to.as_deref().unwrap_or(phone);
    let mut outgoing = message(world, &sid, &own, to, &reply.body, Direction::Reply);
    outgoing.status_callback = reply.callback.clone();
    let blocked = {
        let mut book = world.book();
        let blocked = book.is_blocked(to);
        outgoing.fate = match book.fates.get(to) {
            _ if blocked => Fate::Failed(21610),
            fate => fate.copied().unwrap_or(Fate::Delivered),
        };
        book.add(outgoing);
        blocked
    };
    world.told(&sid);
    if blocked {
        world.violate("a text was answered although the phone had opted out".into());
    }
    callbacks::plan(world, &sid).await;
}

fn message(
    world: &World,
    sid: &str,
    from: &str,
    to: &str,
    body: &str,
    direction: Direction,
) -> Message {
    let now = world.now();
    let (alphabet, segments) = segments::count(body);
    Message {
        sid: sid.to_owned(),
        to: to.to_owned(),
        from: Some(from.to_owned()),
        service: None,
        body: body.to_owned(),
        segments,
        alphabet,
        direction,
        status: match direction {
            Direction::Inbound => "received",
            _ => "queued",
        },
        error_code: None,
        accepted_at_ms: now,
        sent_at_ms: (direction == Direction::Inbound).then_some(now),
        updated_at_ms: now,
        send_at_ms: None,
        status_callback: None,
        validity_seconds: 36_000,
        fate: Fate::Delivered,
        redacted: false,
        deleted: false,
    }
}

/// All fields that real traffic carries, in no helpful order.
fn webhook(world: &World, sid: &str, from: &str, body: &str) -> Form {
    let own = &world.options.number;
    let (_, segments) = segments::count(body);
    let here = geo::of(own);
    let there = geo::of(from);
    let fields = [
        ("ToCountry", here.country),
        ("ToState", here.state),
        ("SmsMessageSid", sid),
        ("NumMedia", "0"),
        ("ToCity", here.city),
        ("FromZip", there.zip),
        ("SmsSid", sid),
        ("FromState", there.state),
        ("SmsStatus", "received"),
        ("FromCity", there.city),
        ("Body", body),
        ("FromCountry", there.country),
        ("To", own),
        ("ToZip", here.zip),
        ("NumSegments", &segments.to_string()),
        ("MessageSid", sid),
        ("AccountSid", &world.options.account_sid),
        ("From", from),
        ("ApiVersion", "2010-04-01"),
    ];
    Form(
        fields
            .into_iter()
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .collect(),
    )
}
