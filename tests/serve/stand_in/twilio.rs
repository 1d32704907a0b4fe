//! Twilio's messages: create, fetch, list with pages; and the callbacks that come late, doubled, reversed or not at all.

use std::collections::BTreeMap;
use std::time::Duration;

use jiff::Timestamp;
use serde_json::{Value, json};

use super::http::{Answer, Asked, Fields, value};
use super::{ACCOUNT, FROM, STANDARD, StandIn, TOKEN, now_ms};
use base64::Engine;

/// What was accepted and what happened.
#[derive(Default)]
pub(super) struct Ledger {
    pub(super) messages: Vec<Message>,
    pub(super) counts: BTreeMap<&'static str, usize>,
    pub(super) violations: Vec<String>,
}

/// A message that was accepted.
#[derive(Debug, Clone)]
pub(crate) struct Message {
    pub(crate) sid: String,
    pub(crate) to: String,
    body: String,
    status_url: String,
    accepted_ms: i64,
    sent_ms: i64,
    end_ms: i64,
    end: &'static str,
}

impl Message {
    /// Twilio's word for how far it is.
    pub(crate) fn status(&self, now_ms: i64) -> &'static str {
        match now_ms {
            now if now < self.sent_ms => "queued",
            now if now < self.end_ms => "sent",
            _ => self.end,
        }
    }

    fn error(&self, now_ms: i64) -> Option<u32> {
        (self.status(now_ms) == "undelivered").then_some(30003)
    }

    fn json(&self, now: i64) -> Value {
        let sent = (now >= self.sent_ms).then(|| rfc2822(self.sent_ms));
        json!({
            "sid": self.sid, "account_sid": ACCOUNT, "api_version": "2010-04-01", "messaging_service_sid": null,
            "to": self.to, "from": FROM, "body": self.body, "direction": "outbound-api", "num_segments": "1", "num_media": "0",
            "status": self.status(now), "error_code": self.error(now), "error_message": null, "price": null, "price_unit": "USD",
            "date_created": rfc2822(self.accepted_ms), "date_updated": rfc2822(now), "date_sent": sent,
            "uri": format!("/2010-04-01/Accounts/{ACCOUNT}/Messages/{}.json", self.sid),
        })
    }
}

impl StandIn {
    pub(super) async fn twilio(&self, asked: Asked) -> Answer {
        let right = format!("Basic {}", STANDARD.encode(format!("{ACCOUNT}:{TOKEN}")));
        if asked.authorization != right {
            return self.refuse(401, 20003, "wrong credentials");
        }
        let root = format!("/2010-04-01/Accounts/{ACCOUNT}");
        let Some(path) = asked.path.strip_prefix(&root) else {
            return self.refuse(404, 20404, "a path that is none");
        };
        match (asked.method.as_str(), path) {
            ("POST", "/Messages.json") => self.create(&asked.form).await,
            ("GET", "/Messages.json") => self.list(&asked.path, &asked.query).await,
            ("GET", path) => {
                let sid = path.strip_prefix("/Messages/").unwrap_or_default();
                self.fetch(sid.trim_end_matches(".json")).await
            }
            _ => self.refuse(404, 20404, "a path that is none"),
        }
    }

    async fn create(&self, form: &Fields) -> Answer {
        let faults = self.0.faults;
        let known = ["To", "From", "Body", "StatusCallback", "ValidityPeriod"];
        let wrong = form.iter().find(|(name, _)| !known.contains(&&**name));
        if wrong.is_some() || known.iter().any(|name| value(form, name).is_empty()) {
            return self.refuse(400, 21604, "a parameter is missing or unknown");
        }
        let half = Duration::from_millis(10 + self.0.dice.below(faults.slow_ms) / 2);
        let mut left = self.0.dice.below(1000);
        let mut happens = |percent: u64| {
            let (yes, rest) = (left < percent * 10, left.saturating_sub(percent * 10));
            left = if yes { u64::MAX } else { rest };
            yes
        };
        let (cut_after, cut_before) = (happens(faults.cut_after), happens(faults.cut_before));
        let (error, busy) = (happens(faults.error), happens(faults.busy));
        let error_after = error && self.0.dice.below(2) == 0;
        tokio::time::sleep(half).await;
        if cut_before {
            self.count("create: cut before");
            return Answer::Cut;
        }
        if busy {
            self.count("create: 429");
            return problem(429, 20429, "Too Many Requests");
        }
        if error && !error_after {
            self.count("create: 500 before");
            return Answer::Whole(500, "<html>".to_owned());
        }
        let message = self.accept(form);
        tokio::time::sleep(half).await;
        if cut_after {
            self.count("create: cut after");
            return Answer::Cut;
        }
        if error {
            self.count("create: 500 after");
            return problem(500, 20500, "Internal Server Error");
        }
        self.count("create: 201");
        let mut body = message.json(message.accepted_ms);
        body["status"] = json!("queued");
        Answer::Whole(201, body.to_string())
    }

    /// Takes it, and sends its callbacks off.
    fn accept(&self, form: &Fields) -> Message {
        let (dice, travel) = (&self.0.dice, self.0.faults.travel_ms);
        let accepted_ms = now_ms();
        let sent_ms = accepted_ms + i64::try_from(dice.below(travel)).unwrap();
        let end = match dice.below(100) {
            0..2 => "undelivered",
            2 => "sent",
            _ => "delivered",
        };
        let mut ledger = self.0.ledger.lock().unwrap();
        let message = Message {
            sid: format!("SM{:032x}", ledger.messages.len() + 1),
            to: value(form, "To").to_owned(),
            body: value(form, "Body").to_owned(),
            status_url: value(form, "StatusCallback").to_owned(),
            accepted_ms,
            sent_ms,
            end_ms: sent_ms + i64::try_from(dice.below(travel)).unwrap(),
            end,
        };
        ledger.messages.push(message.clone());
        drop(ledger);
        if dice.below(100) >= self.0.faults.silent {
            tokio::spawn(self.clone().report(message.clone()));
        } else {
            self.count("callbacks: never");
        }
        message
    }

    /// The callbacks of one message: in order, reversed, doubled or late.
    async fn report(self, message: Message) {
        let mut all = vec![("sent", message.sent_ms), (message.end, message.end_ms)];
        all.dedup_by_key(|(status, _)| *status);
        match self.0.dice.below(4) {
            0 => {}
            1 => all.reverse(),
            2 => all = all.iter().flat_map(|one| [*one, *one]).collect(),
            _ => {
                let late = i64::try_from(self.0.dice.below(self.0.faults.travel_ms * 4)).unwrap();
                all.iter_mut().for_each(|(_, at)| *at += late);
            }
        }
        for (status, at_ms) in all {
            let wait = u64::try_from(at_ms - now_ms()).unwrap_or(0);
            tokio::time::sleep(Duration::from_millis(wait)).await;
            let mut fields: Fields = [
                ("AccountSid", ACCOUNT),
                ("From", FROM),
                ("To", &message.to),
                ("MessageSid", &message.sid),
                ("SmsSid", &message.sid),
                ("MessageStatus", status),
                ("SmsStatus", status),
                ("ApiVersion", "2010-04-01"),
            ]
            .map(|(name, value)| (name.to_owned(), value.to_owned()))
            .to_vec();
            if status == "undelivered" {
                fields.push(("ErrorCode".to_owned(), "30003".to_owned()));
            }
            match self.webhook(&message.status_url, &fields).await {
                Some((204, _)) => self.count("callbacks: taken"),
                Some((503, _)) => self.count("callbacks: 503"),
                Some((status, _)) => self.violate(format!("a callback was answered {status}")),
                None => self.count("callbacks: nobody there"),
            }
        }
    }

    async fn fetch(&self, sid: &str) -> Answer {
        if let Some(trouble) = self.trouble("fetch: trouble").await {
            return trouble;
        }
        self.count("fetch");
        let ledger = self.0.ledger.lock().unwrap();
        match ledger.messages.iter().find(|message| message.sid == sid) {
            Some(message) => Answer::Whole(200, message.json(now_ms()).to_string()),
            None => problem(404, 20404, "not found"),
        }
    }

    /// Newest first; the token of the next page is the last message of this one.
    async fn list(&self, path: &str, query: &Fields) -> Answer {
        if let Some(trouble) = self.trouble("list: trouble").await {
            return trouble;
        }
        self.count("list");
        let now = now_ms();
        let size: usize = value(query, "PageSize").parse().unwrap_or(50);
        let (to, from) = (value(query, "To"), value(query, "From"));
        let token = value(query, "PageToken").strip_prefix("PA").unwrap_or("");
        let ledger = self.0.ledger.lock().unwrap();
        let listed = ledger.messages.iter().rev();
        let mut listed = listed
            .filter(|message| message.accepted_ms + self.0.faults.lag_ms <= now)
            .filter(|message| to.is_empty() || message.to == to)
            .filter(|_| from.is_empty() || from == FROM)
            .skip_while(|message| !token.is_empty() && message.sid[2..] != *token)
            .skip(usize::from(!token.is_empty()));
        let page: Vec<&Message> = listed.by_ref().take(size).collect();
        let next = page.last().filter(|_| listed.next().is_some()).map(|last| {
            let mut again = form_urlencoded::Serializer::new(String::new());
            let kept = query.iter().filter(|(name, _)| name != "PageToken");
            again.extend_pairs(kept);
            again.append_pair("PageToken", &format!("PA{}", &last.sid[2..]));
            format!("{path}?{}", again.finish())
        });
        let messages: Vec<Value> = page.iter().map(|message| message.json(now)).collect();
        let body = json!({
            "messages": messages, "page": 0, "page_size": size, "start": 0, "end": page.len().saturating_sub(1),
            "uri": path, "first_page_uri": path, "previous_page_uri": null, "next_page_uri": next,
        });
        Answer::Whole(200, body.to_string())
    }

    async fn trouble(&self, name: &'static str) -> Option<Answer> {
        tokio::time::sleep(Duration::from_millis(5 + self.0.dice.below(40))).await;
        if self.0.dice.below(100) >= self.0.faults.list {
            return None;
        }
        self.count(name);
        Some(match self.0.dice.below(2) {
            0 => Answer::Cut,
            _ => problem(503, 20503, "Service Unavailable"),
        })
    }

    fn refuse(&self, status: u16, code: u32, why: &str) -> Answer {
        self.violate(format!("{status}: {why}"));
        problem(status, code, why)
    }

    fn violate(&self, what: String) {
        self.0.ledger.lock().unwrap().violations.push(what);
    }

    fn count(&self, what: &'static str) {
        let mut ledger = self.0.ledger.lock().unwrap();
        *ledger.counts.entry(what).or_default() += 1;
    }
}

fn problem(status: u16, code: u32, message: &str) -> Answer {
    let body =
        json!({ "code": code, "message": message, "more_info": "https://x", "status": status });
    Answer::Whole(status, body.to_string())
}

fn rfc2822(ms: i64) -> String {
    let at = Timestamp::from_millisecond(ms).unwrap();
    at.strftime("%a, %d %b %Y %H:%M:%S +0000").to_string()
}
