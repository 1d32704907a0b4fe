//! One text being answered: the subscriber as it changes, and the way an answer leaves.

use jiff::civil::Date;
use jiff::{SignedDuration, Timestamp};

use super::super::command::follow::goes_on;
use super::super::compose::{ClockStyle, place_label_in, texts};
use super::super::decision::{
    Consent, ConsentKind, Decision, FollowUp, Inbound, Rules, consent_words,
};
use super::super::facts::{Facts, QUESTION_WAITS, within};
use super::super::language::Language;
use super::super::place::Place;
use super::super::subscriber::{Pending, Question, Subscriber, SubscriptionId};
use super::super::zone::Zone;
use super::mine::is_called;

/// The hour in which answers are counted.
const HOUR: SignedDuration = SignedDuration::from_hours(1);

/// A text of somebody, on its way to an answer.
pub(super) struct Turn<'a> {
    /// The phone's state; what it is at the end is saved.
    pub(super) me: Subscriber,
    pub(super) facts: &'a Facts,
    pub(super) inbound: &'a Inbound,
    pub(super) rules: &'a Rules,
    pub(super) now: Timestamp,
    /// What a number or YES chose.
    pub(super) chosen: Chosen,
    pub(super) consent: Vec<(ConsentKind, String)>,
    pub(super) follow_up: Option<FollowUp>,
}

/// What an answer to our question chose, and the text that had led to the question.
#[derive(Debug, Clone, PartialEq, Default)]
pub(super) struct Chosen {
    pub(super) place: Option<Place>,
    pub(super) subscription: Option<SubscriptionId>,
    pub(super) text: Option<String>,
}

impl<'a> Turn<'a> {
    pub(super) fn new(
        subscriber: Option<Subscriber>,
        facts: &'a Facts,
        inbound: &'a Inbound,
        rules: &'a Rules,
        now: Timestamp,
    ) -> Self {
        let sender = &inbound.sender;
        let mut me = subscriber
            .unwrap_or_else(|| Subscriber::new(sender.phone.clone(), sender.country, now));
        me.heard = facts.heard.or(me.heard);
        Self {
            me,
            facts,
            inbound,
            rules,
            now,
            chosen: Chosen::default(),
            consent: Vec::new(),
            follow_up: None,
        }
    }

    /// Answers, counts the answer, and saves what changed.
    pub(super) fn answer(mut self, text: String, outcome: &'static str) -> Decision {
        let (since, count) = self.answers();
        self.me.replies.since = Some(since);
        self.me.replies.count = count.saturating_add(1);
        let reply = texts::sendable(&text);
        self.end(Some(reply), outcome)
    }

    /// Answers with a text that needs nothing but the language.
    pub(super) fn say(self, text: fn(Language) -> String, outcome: &'static str) -> Decision {
        let text = text(self.language());
        self.answer(text, outcome)
    }

    /// Ends the turn as it is, with an answer that is not counted, or with silence.
    pub(super) fn end(self, reply: Option<String>, outcome: &'static str) -> Decision {
        let answer = reply.clone().unwrap_or_default();
        let consent = self
            .consent
            .into_iter()
            .map(|(kind, words)| Consent {
                kind,
                words: consent_words(&words),
                answer: answer.clone(),
            })
            .collect();
        Decision {
            subscriber: Some(self.me),
            reply,
            consent,
            follow_up: self.follow_up,
            erase: false,
            outcome,
        }
    }

    /// Writes into the consent log, with the words that led here.
    pub(super) fn log(&mut self, kind: ConsentKind) {
        let body = self.inbound.body.trim();
        let words = match &self.chosen.text {
            Some(text) => format!("{body} ({text})"),
            None => body.to_owned(),
        };
        self.consent.push((kind, words));
    }

    /// Asks something, and remembers what.
    pub(super) fn ask(&mut self, question: Question) {
        self.me.pending = Some(Pending {
            question,
            asked_at: self.now,
        });
    }

    /// The text that this turn is about: the one that led to our question, where this one only answers it.
    pub(super) fn text(&self) -> String {
        let text = self
            .chosen
            .text
            .as_deref()
            .unwrap_or_else(|| self.inbound.body.trim());
        text.chars().take(160).collect()
    }

    /// In which the answer is.
    pub(super) fn language(&self) -> Language {
        self.me.language()
    }

    /// A place as the reader calls it.
    pub(super) fn label(&self, place: &Place) -> String {
        place_label_in(place, self.me.country, self.language())
    }

    pub(super) fn clock(&self) -> ClockStyle {
        ClockStyle::for_reader(self.me.language(), self.me.country)
    }

    /// Today's date by a place's clock.
    pub(super) fn today(&self, zone: &Zone) -> Date {
        self.now.to_zoned(zone.rules().clone()).date()
    }

    pub(super) fn is_country_allowed(&self) -> bool {
        let countries = &self.rules.countries;
        countries.is_empty()
            || self
                .me
                .country
                .is_some_and(|country| countries.contains(&country))
    }

    /// How many answers this phone may still have in the running hour.
    pub(super) fn answers_left(&self) -> u32 {
        let (_, count) = self.answers();
        self.rules.replies_per_sender_per_hour.saturating_sub(count)
    }

    /// Until the running hour is over.
    pub(super) fn minutes_of_pause(&self) -> i64 {
        let (since, _) = self.answers();
        60 - self.now.duration_since(since).as_mins()
    }

    fn answers(&self) -> (Timestamp, u32) {
        match self.me.replies.since {
            Some(since) if within(since, HOUR, self.now) && since <= self.now => {
                (since, self.me.replies.count)
            }
            _ => (self.now, 0),
        }
    }

    /// Whether a text may name one of those among which we let them choose.
    pub(super) fn is_offered(&self, text: &str) -> bool {
        match open_question(&self.me, self.now) {
            Some(Question::Place { options, .. }) => {
                options.iter().any(|place| is_called(place, text))
            }
            Some(Question::Subscription { .. }) => self
                .me
                .subscriptions
                .iter()
                .any(|mine| is_called(&mine.place, text)),
            _ => false,
        }
    }

    /// Whether DELETE ME waits for its confirmation.
    pub(super) fn pending_delete(&self) -> bool {
        open_question(&self.me, self.now) == Some(&Question::DeleteMe)
    }
}

/// The question of ours that still waits.
pub(super) fn open_question(me: &Subscriber, now: Timestamp) -> Option<&Question> {
    remembered(me, now).filter(|question| {
        !matches!(
            question,
            Question::Offered { .. } | Question::Where { .. } | Question::HowLong { .. }
        )
    })
}

/// The places of a choice that was answered: another of them may be taken for half an hour.
pub(super) fn offered(me: &Subscriber, now: Timestamp) -> Option<&[Place]> {
    match remembered(me, now)? {
        Question::Offered { options } => Some(options),
        _ => None,
    }
}

/// The question that waits, or that was answered a while ago.
pub(super) fn remembered(me: &Subscriber, now: Timestamp) -> Option<&Question> {
    me.pending
        .as_ref()
        .filter(|pending| within(pending.asked_at, QUESTION_WAITS, now))
        .map(|pending| &pending.question)
}

/// The place that a text without one is about: where it goes on from the last answer, that one's; else my own.
pub(super) fn meant_place<'m>(me: &'m Subscriber, text: &str, now: Timestamp) -> Option<&'m Place> {
    let lately = me.replies.count > 0
        && me
            .replies
            .since
            .is_some_and(|since| within(since, HOUR, now));
    let last = me.last_place.as_ref().filter(|_| lately && goes_on(text));
    last.or_else(|| me.own_place())
}
