//! A call as the person on the phone has it: they hear words, press keys, speak, stay silent, hang up.

use std::sync::Arc;

use super::twiml::{self, Gather, Said, Verb};
use super::{Call, fields, progress};
use crate::sim::call_out::{Called, Signature};
use crate::sim::world::World;

/// A call that goes on, from the person's side.
pub struct PhoneCall {
    world: Arc<World>,
    sid: String,
    /// The address of the document that is being played.
    url: String,
    /// The questions of that document, in order, and where silence leads.
    gathers: Vec<Gather>,
    on_silence: Option<String>,
    heard: Vec<Said>,
    documents: Vec<String>,
    is_over: bool,
}

/// Documents without a word or a question in between before we say that a call runs in circles.
const MOST_REDIRECTS: usize = 5;

impl PhoneCall {
    /// A phone calls our number; `from` may be a word such as `anonymous`.
    pub(crate) async fn dial(world: &Arc<World>, from: &str) -> PhoneCall {
        let url = {
            let book = world.book();
            book.number.voice_url().map(str::to_owned)
        };
        let url = url.unwrap_or_else(|| format!("{}/twilio/voice", world.connected().public_url));
        let now = world.now();
        let call = Call {
            sid: world.sid("CA"),
            to: world.options.number.clone(),
            from: from.to_owned(),
            is_inbound: true,
            status: "ringing",
            answered_by: None,
            said: Vec::new(),
            created_at_ms: now,
            started_at_ms: None,
            ended_at_ms: None,
            url: url.clone(),
            status_callback: None,
            events: Vec::new(),
            detects_machines: false,
            told: 0,
        };
        let sid = call.sid.clone();
        world.book().calls.push(call);
        world.told_call(&sid);
        let mut phone = PhoneCall::new(world, &sid, &url);
        phone.go(url, &[]).await;
        phone
    }

    /// A call of ours is taken.
    pub(crate) async fn take(
        world: &Arc<World>,
        sid: &str,
        answered_by: &'static str,
    ) -> PhoneCall {
        let (url, detects) = world
            .book()
            .call(sid)
            .map(|call| (call.url.clone(), call.detects_machines))
            .unwrap_or_default();
        let mut phone = PhoneCall::new(world, sid, &url);
        let more = [("AnsweredBy", answered_by)];
        phone.go(url, if detects { &more } else { &[] }).await;
        phone
    }

    fn new(world: &Arc<World>, sid: &str, url: &str) -> PhoneCall {
        PhoneCall {
            world: world.clone(),
            sid: sid.to_owned(),
            url: url.to_owned(),
            gathers: Vec::new(),
            on_silence: None,
            heard: Vec::new(),
            documents: Vec::new(),
            is_over: false,
        }
    }

    /// The carrier's SID.
    pub fn sid(&self) -> &str {
        &self.sid
    }

    /// What was said since the last input.
    pub fn heard(&self) -> String {
        let words: Vec<&str> = self.heard.iter().map(|said| said.words.as_str()).collect();
        words.join(" ")
    }

    /// The same, piece by piece with the language it is said in.
    pub fn said(&self) -> &[Said] {
        &self.heard
    }

    /// The tag of the language that is listened for.
    pub fn listens_in(&self) -> Option<&str> {
        let listening = self.gathers.iter().rfind(|gather| gather.takes_speech);
        listening.map(|gather| gather.language.as_str())
    }

    /// How many keys the question takes, where it says.
    pub fn keys_taken(&self) -> Option<usize> {
        let taking = self.gathers.iter().rfind(|gather| gather.takes_keys);
        taking.and_then(|gather| gather.digits)
    }

    /// Whether the call has ended.
    pub fn is_over(&self) -> bool {
        self.is_over
    }

    /// The TwiML of every step, as it came.
    pub fn documents(&self) -> &[String] {
        &self.documents
    }

    /// Presses keys after everything was said.
    pub async fn press(&mut self, keys: &str) {
        let at = self.gathers.iter().rposition(|gather| gather.takes_keys);
        self.keys(at, keys).await;
    }

    /// Presses keys while the first words are still being said.
    pub async fn interrupt(&mut self, keys: &str) {
        let at = self.gathers.iter().position(|gather| gather.takes_keys);
        self.keys(at, keys).await;
    }

    async fn keys(&mut self, at: Option<usize>, keys: &str) {
        let Some(gather) = at.map(|at| self.gathers[at].clone()) else {
            return self.silence().await;
        };
        let taken = gather.taken(keys);
        if taken.is_empty() {
            return self.silence().await;
        }
        let finished = gather.finish.filter(|key| keys.contains(*key));
        let finished = finished.map(String::from).unwrap_or_default();
        let fields = [("Digits", taken.as_str()), ("FinishedOnKey", &finished)];
        let url = fields::resolve(&self.url, &gather.action);
        self.heard.clear();
        self.go(url, &fields).await;
    }

    /// Says something, and is understood well.
    pub async fn speak(&mut self, words: &str) {
        self.speak_unclearly(words, "0.9").await;
    }

    /// Says something that is understood with this confidence.
    pub async fn speak_unclearly(&mut self, words: &str, confidence: &str) {
        let listening = self.gathers.iter().rfind(|gather| gather.takes_speech);
        let Some(action) = listening.map(|gather| gather.action.clone()) else {
            return self.silence().await;
        };
        let fields = [("SpeechResult", words), ("Confidence", confidence)];
        let url = fields::resolve(&self.url, &action);
        self.heard.clear();
        self.go(url, &fields).await;
    }

    /// Says and presses nothing.
    pub async fn silence(&mut self) {
        self.heard.clear();
        match self.on_silence.take() {
            Some(target) => {
                let url = fields::resolve(&self.url, &target);
                self.go(url, &[]).await;
            }
            None => self.end("completed").await,
        }
    }

    /// Hangs up.
    pub async fn hang_up(&mut self) {
        if !self.is_over {
            self.end("completed").await;
        }
    }

    /// Fetches documents until one asks something or ends the call.
    async fn go(&mut self, url: String, fields: &[(&str, &str)]) {
        if self.is_over {
            return;
        }
        let mut target = Some((url, fields.to_vec()));
        for _ in 0..MOST_REDIRECTS {
            let Some((url, fields)) = target.take() else {
                return;
            };
            let called = self.fetch(&url, &fields).await;
            self.url = url;
            let Some(verbs) = self.verbs(&called) else {
                return self.end("failed").await;
            };
            if verbs.first() == Some(&Verb::Reject) {
                return self.end("busy").await;
            }
            self.answered();
            match self.play(verbs) {
                Played::Asks => return,
                Played::Ends => return self.end("completed").await,
                Played::Leads(to) => target = Some((fields::resolve(&self.url, &to), Vec::new())),
            }
        }
        self.world
            .violate("a call is redirected again and again without a question".into());
        self.end("failed").await;
    }

    async fn fetch(&self, url: &str, more: &[(&str, &str)]) -> Called {
        let call = self.world.book().call(&self.sid).cloned();
        let Some(call) = call else {
            return Called::default();
        };
        let form = fields::form(&self.world, &call, more);
        let signature = fields::signature(&self.world, url, &form);
        self.world
            .call(url, form, Signature::Exactly(signature), "voice")
            .await
    }

    fn verbs(&mut self, called: &Called) -> Option<Vec<Verb>> {
        self.documents.push(called.body.clone());
        if called.status != Some(200) {
            let status = called.status.unwrap_or(0);
            self.world
                .violate(format!("a step of a call was answered {status}"));
            return None;
        }
        match twiml::read(&called.content_type, &called.body) {
            Ok(verbs) => Some(verbs),
            Err(what) => {
                self.world
                    .violate(format!("the answer to a step of a call: {what}"));
                None
            }
        }
    }

    fn play(&mut self, verbs: Vec<Verb>) -> Played {
        self.gathers.clear();
        self.on_silence = None;
        for verb in verbs {
            match verb {
                Verb::Say(said) => self.hear(said),
                Verb::Pause => {}
                Verb::Gather(gather) => {
                    gather.says.iter().for_each(|said| self.hear(said.clone()));
                    self.gathers.push(gather);
                }
                Verb::Redirect(to) if self.gathers.is_empty() => return Played::Leads(to),
                Verb::Redirect(to) => self.on_silence = Some(to),
                Verb::Hangup | Verb::Reject if self.gathers.is_empty() => return Played::Ends,
                Verb::Hangup | Verb::Reject => {}
            }
        }
        if self.gathers.is_empty() {
            Played::Ends
        } else {
            Played::Asks
        }
    }

    fn hear(&mut self, said: Said) {
        self.world
            .change_call(&self.sid, |call| call.said.push(said.words.clone()));
        self.heard.push(said);
    }

    fn answered(&self) {
        let now = self.world.now();
        self.world.change_call(&self.sid, |call| {
            call.status = "in-progress";
            call.started_at_ms.get_or_insert(now);
        });
        self.world.told_call(&self.sid);
    }

    async fn end(&mut self, status: &'static str) {
        self.is_over = true;
        self.gathers.clear();
        self.on_silence = None;
        let now = self.world.now();
        self.world.change_call(&self.sid, |call| {
            call.status = status;
            call.ended_at_ms = Some(now);
        });
        self.world.told_call(&self.sid);
        progress::tell(&self.world, &self.sid, status).await;
    }
}

enum Played {
    /// The document waits for an answer.
    Asks,
    /// It hangs up.
    Ends,
    /// It goes on elsewhere.
    Leads(String),
}
