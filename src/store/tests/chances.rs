//! Whatever happens to a text, in any order, against a carrier that keeps a book of its own: never two, and always an end.

use proptest::prelude::*;

use super::*;

/// What happened to one text, as the carrier knows it.
struct Life {
    world: World,
    id: DeliveryId,
    now: Timestamp,
    /// What the carrier took.
    book: Vec<String>,
    /// Requests whose answer is not written down yet, and the SID where the carrier took it.
    under_way: Vec<(Claimed, Option<String>)>,
}

impl Life {
    async fn begin() -> Self {
        let world = World::new();
        let (_, due) = world.planned(ANNA).await;
        let id = DeliveryId(world.look("SELECT id FROM deliveries"));
        Self {
            world,
            id,
            now: due,
            book: Vec::new(),
            under_way: Vec::new(),
        }
    }

    async fn happens(&mut self, what: u8, yes: bool, which: usize) {
        self.now = after(self.now, 20 + (which as i64 * 37) % 200);
        match what {
            0 | 1 => self.request(yes).await,
            2 => self.answer(which, yes).await,
            3 => {
                // The process dies, and with it whoever waits for an answer.
                self.under_way.clear();
                self.hold(Timestamp::MAX).await;
            }
            4 => self.hold(after(self.now, -45)).await,
            5 => self.look_it_up().await,
            _ => self.hear(which).await,
        }
    }

    async fn request(&mut self, takes: bool) {
        for claimed in self.world.store.claim(self.now, 5).await.unwrap() {
            let sid = takes.then(|| format!("SM{}", self.book.len()));
            self.book.extend(sid.clone());
            self.under_way.push((claimed, sid));
        }
    }

    async fn answer(&mut self, which: usize, clearly: bool) {
        if self.under_way.is_empty() {
            return;
        }
        let (claimed, sid) = self.under_way.remove(which % self.under_way.len());
        let outcome = match sid {
            _ if !clearly => SendOutcome::Unknown,
            Some(sid) => accepted(&sid),
            None => RETRY,
        };
        self.world.settle(&claimed, outcome, self.now).await;
    }

    async fn hold(&self, before: Timestamp) {
        let held = self.world.store.hold_interrupted(before, self.now).await;
        held.unwrap();
    }

    /// The carrier's list: absent twice, apart, is proof.
    async fn look_it_up(&self) {
        let (store, before) = (&self.world.store, after(self.now, -90));
        for row in store.unclear(before, 5).await.unwrap() {
            if row.last_absent_at.is_some_and(|last| last > before) {
                continue;
            }
            match (self.book.first(), row.absent_checks) {
                (Some(sid), _) => {
                    let status = DeliveryStatus::Accepted;
                    self.world.report(row.id, sid, status, self.now).await;
                }
                (None, 0) => {
                    let noted = store.note_absent(row.id, row.attempt, self.now).await;
                    noted.unwrap();
                }
                (None, _) => {
                    let resent = store.resend(row.id, row.attempt, self.now).await;
                    resent.unwrap();
                }
            }
        }
    }

    async fn hear(&self, which: usize) {
        const REPORTS: [DeliveryStatus; 5] = [
            DeliveryStatus::Accepted,
            DeliveryStatus::Sent,
            DeliveryStatus::Delivered,
            DeliveryStatus::Undelivered,
            DeliveryStatus::Failed,
        ];
        if let Some(sid) = self.book.first() {
            let status = REPORTS[which % REPORTS.len()];
            self.world.report(self.id, sid, status, self.now).await;
        }
    }

    /// Hours pass in which nothing goes wrong any more.
    async fn ends(&mut self) {
        for which in 0..60 {
            self.now = after(self.now, 900);
            for what in [4, 5, 0] {
                self.happens(what, true, which).await;
            }
            self.answer(0, true).await;
            let (store, old) = (&self.world.store, after(self.now, -12 * 3600));
            let silent = store.unreported(self.now, old, self.now, 5).await.unwrap();
            for row in silent.iter().filter(|row| row.accepted_at <= old) {
                store.mark_sent(row.id, self.now).await.unwrap();
            }
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(40))]
    #[test]
    fn nothing_that_happens_in_any_order_sends_twice_or_leaves_no_end(
        events in proptest::collection::vec((0u8..7, any::<bool>(), 0usize..40), 1..30),
    ) {
        let runtime = tokio::runtime::Builder::new_current_thread().build().unwrap();
        let (status, book) = runtime.block_on(async {
            let mut life = Life::begin().await;
            for (what, yes, which) in events {
                life.happens(what, yes, which).await;
            }
            life.ends().await;
            (life.world.status(life.id), life.book)
        });
        prop_assert!(book.len() <= 1, "sent twice: {book:?}, {status}");
        let ended: &[&str] = if book.is_empty() {
            &["skipped: too late"]
        } else {
            &["sent", "sent: no receipt", "delivered", "undelivered", "failed: refused by the carrier"]
        };
        prop_assert!(ended.contains(&status.as_str()), "{status} with {book:?}");
    }
}
