//! Trip a, an inbound text: known already → the saved reply; else parse → gather → decide inside one transaction → reply.

use std::sync::atomic::Ordering;
use std::time::Duration;

use super::App;
use super::budget::Refused;
use crate::domain::command::{Command, is_opt_out};
use crate::domain::decide::{Spelling, decide, settle};
use crate::domain::decision::Inbound;
use crate::domain::message::MessageBody;
use crate::domain::place::PlaceQuery;
use crate::domain::subscriber::Subscriber;
use crate::store::{Recalled, StoreError};

impl App {
    /// Answers a text; `None` is silence. The same `MessageSid` gets the same answer again and changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when nothing could be written down; nothing has changed then.
    pub async fn answer_text(&self, inbound: Inbound) -> Result<Option<String>, StoreError> {
        let now = self.clock.now();
        let recalled = self.store.recall(&inbound.sid, &inbound.sender.phone);
        let subscriber = match recalled.await? {
            Recalled::Answered(saved) => {
                self.tally.text("replayed");
                return Ok(saved.reply);
            }
            Recalled::New(subscriber) => subscriber.map(|subscriber| *subscriber),
        };
        self.tally
            .received(MessageBody::new(&inbound.body).segments());
        let language = subscriber.as_ref().map(Subscriber::language);
        let command = Command::parse_from(&inbound.body, inbound.sender.country(), language);
        let look_up = |query: &PlaceQuery, spelling| match spelling {
            Spelling::AsTyped => self.places.resolve_as_typed(query),
            Spelling::Forgiven => self.places.resolve(query),
        };
        let command = settle(command, subscriber.as_ref(), &inbound, now, &look_up);
        // A stop costs nothing and is honoured whatever was spent, also one in people's own words; the rest waits for the next day.
        if !command.may_stop()
            && !is_opt_out(&inbound.body)
            && let Err(refused) = self.may_answer(&inbound.sender.phone, now)
        {
            self.refuse(&inbound, refused);
            return Ok(None);
        }
        let facts = self
            .gather(&command, subscriber.as_ref(), &inbound, now)
            .await?;
        let rules = self.settings.rules.clone();
        let phone = inbound.sender.phone.clone();
        let text = inbound.clone();
        // Decided here, where many can be at once; in the transaction it counts where the phone still stands as it did.
        let before = subscriber.clone();
        let first = decide(command.clone(), subscriber, &facts, &text, &rules, now);
        let mut decided = Some(first);
        let answered = self
            .store
            .answer_inbound(inbound, now, move |subscriber| {
                let decided = decided.take().filter(|_| subscriber == before);
                decided.unwrap_or_else(|| {
                    decide(command.clone(), subscriber, &facts, &text, &rules, now)
                })
            })
            .await?;
        tracing::info!(phone = %phone, outcome = answered.outcome, replayed = answered.replayed, "answered a text");
        self.tally.text(answered.outcome);
        if let Some(reply) = answered.reply.as_deref().filter(|_| !answered.replayed) {
            let segments = MessageBody::new(reply).segments();
            self.tally.answered(segments);
            self.spend_on_answer(&phone, segments, now);
        }
        if answered.stopped {
            self.in_flight.wait_until_clear(&phone, STOP_WAIT).await;
        }
        if answered.woke_outbox {
            if answered.outcome == "call" {
                self.call_is_owed.store(true, Ordering::SeqCst);
            }
            self.wake.notify_one();
        }
        Ok(answered.reply)
    }

    fn refuse(&self, inbound: &Inbound, refused: Refused) {
        let phone = &inbound.sender.phone;
        match refused {
            Refused::Day => {
                self.tally.text("budget");
                tracing::warn!(phone = %phone, outcome = "budget", "left a text unanswered: the day's segments are spent or reserved");
            }
            Refused::Range => {
                self.tally.text("range");
                tracing::warn!(phone = %phone, outcome = "range", "left a text unanswered: the day's segments for its range of numbers are spent");
            }
        }
    }
}

/// Twilio waits 15 s for an answer; the answer itself must leave within 10.
const STOP_WAIT: Duration = Duration::from_secs(9);
