//! Unclear sends: held, settled by a callback or by the carrier's message list, sent again only if provably absent and
//! fresh, else `unknown`. And accepted ones that never got a receipt.

use std::collections::HashSet;

use jiff::{SignedDuration, Timestamp};

use super::at_once::at_once;
use super::{App, Prefer};
use crate::carrier::{Found, Wanted, report};
use crate::domain::delivery::DeliveryKind;
use crate::store::{StoreError, Unclear, Unreported};

impl App {
    /// Holds what was interrupted: every row whose attempt was written down and never settled. At start that is every
    /// attempt of the process before; later, those whose request must be over.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn hold_interrupted(&self, at_start: bool) -> Result<usize, StoreError> {
        let now = self.clock.now();
        let over = SignedDuration::from_millis(
            i64::try_from(self.settings.request_timeout_ms).unwrap_or(15_000) + 30_000,
        );
        let before = if at_start {
            Timestamp::MAX
        } else {
            now.saturating_sub(over).unwrap_or(Timestamp::MIN)
        };
        let held = self.store.hold_interrupted(before, now).await?;
        if held > 0 {
            tracing::warn!(
                held,
                "sends were interrupted; they are held until the carrier tells what became of them"
            );
        }
        Ok(held)
    }

    /// Settles what can be settled now.
    pub(super) async fn settle_unclear(&self, now: Timestamp) -> Result<(), StoreError> {
        self.hold_interrupted(false).await?;
        let before = now
            .saturating_sub(self.settle_after())
            .unwrap_or(Timestamp::MIN);
        let mut rows = self.store.unclear(before, MOST).await?;
        rows.retain(|row| row.last_absent_at.is_none_or(|last| last <= before));
        // One of a phone at a time: the second must see which message the first one took.
        let mut phones = HashSet::new();
        rows.retain(|row| phones.insert(row.phone.clone()));
        let mut answers = true;
        for some in rows.chunks(AT_ONCE) {
            let work = some.iter().map(|row| self.settle_one(row, answers, now));
            let answered: Vec<bool> = at_once(work.collect())
                .await
                .into_iter()
                .collect::<Result<_, _>>()?;
            self.pulse.job();
            // A list that answered nobody is left alone until the next tick, which others wait for.
            answers &= answered.contains(&true);
        }
        self.ask_for_receipts(now).await
    }

    /// Settles one row if that can be, and tells whether the carrier answered.
    async fn settle_one(
        &self,
        row: &Unclear,
        ask: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if !ask {
            self.not_provable(row, now).await?;
            return Ok(false);
        }
        let delivery = row.id;
        let taken = self.store.sids_of(&row.phone, delivery).await?;
        let wanted = Wanted {
            to: &row.phone,
            body: &row.body,
            attempted_at: row.attempted_at,
            now,
            taken: &taken,
        };
        let found = match row.kind {
            DeliveryKind::Call => self.carrier.find_call(&wanted).await,
            _ => self.carrier.find_text(&wanted).await,
        };
        match found {
            Ok(Found::Message {
                sid,
                status,
                error_code,
            }) => {
                tracing::info!(%delivery, status = status.name(), "the carrier's list settled an unclear send");
                self.store
                    .advance(report(delivery, sid, status, error_code), now)
                    .await?;
            }
            Ok(Found::Absent) if row.absent_checks == 0 => {
                self.store.note_absent(delivery, row.attempt, now).await?;
            }
            // Asked twice, apart, after the attempt: the carrier provably never heard of it.
            Ok(Found::Absent) => {
                tracing::info!(%delivery, "the carrier never heard of an unclear send");
                self.store.resend(delivery, row.attempt, now).await?;
            }
            Ok(Found::Truncated) => self.not_provable(row, now).await?,
            Err(_) => {
                self.not_provable(row, now).await?;
                return Ok(false);
            }
        }
        Ok(true)
    }

    async fn not_provable(&self, row: &Unclear, now: Timestamp) -> Result<(), StoreError> {
        let waited = now.duration_since(row.attempted_at) >= self.settle_after() * ENOUGH;
        if self.settings.prefer == Prefer::NeverMissing && waited && now < row.expires_at {
            tracing::warn!(delivery = %row.id, "nothing could be proven about an unclear send: it goes out again, as configured");
            self.store.resend(row.id, row.attempt, now).await?;
            return Ok(());
        }
        if now < row.expires_at {
            return Ok(());
        }
        tracing::error!(delivery = %row.id, "nothing could be proven about an unclear send: it ends unknown");
        self.store.give_up(row.id, row.attempt, now).await?;
        Ok(())
    }

    /// Accepted rows without a receipt are asked for by SID; after twelve hours they end `sent`.
    async fn ask_for_receipts(&self, now: Timestamp) -> Result<(), StoreError> {
        let silent = now.saturating_sub(RECEIPT_AFTER).unwrap_or(Timestamp::MIN);
        let rows = self.store.unreported(silent, MOST).await?;
        let mut answers = true;
        for some in rows.chunks(AT_ONCE) {
            let work = some
                .iter()
                .map(|row| self.ask_for_receipt(row, answers, now));
            let answered: Vec<bool> = at_once(work.collect())
                .await
                .into_iter()
                .collect::<Result<_, _>>()?;
            self.pulse.job();
            answers &= answered.contains(&true);
        }
        Ok(())
    }

    /// Asks how one went on, and tells whether the carrier answered.
    async fn ask_for_receipt(
        &self,
        row: &Unreported,
        ask: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        let mut answered = false;
        if ask {
            let found = self.carrier.fetch_status(&row.sid).await;
            answered = found.is_ok();
            if let Ok(Some((status, error_code))) = found {
                self.store
                    .advance(report(row.id, row.sid.clone(), status, error_code), now)
                    .await?;
            }
        }
        let old = row
            .accepted_at
            .saturating_add(RECEIPT_LIMIT)
            .unwrap_or(Timestamp::MAX)
            <= now;
        if old {
            self.store.mark_sent(row.id, now).await?;
        } else if ask {
            self.store.note_asked(row.id, now).await?;
        }
        Ok(answered)
    }
}

/// How many settling times pass before "never missing" stops waiting for proof.
const ENOUGH: i32 = 4;
const MOST: usize = 200;
/// Questions to the carrier at the same time: sends need its connections too.
const AT_ONCE: usize = 8;
const RECEIPT_AFTER: SignedDuration = SignedDuration::from_mins(15);
const RECEIPT_LIMIT: SignedDuration = SignedDuration::from_hours(12);
