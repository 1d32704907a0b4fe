//! Unclear sends: held, settled by a callback or by the carrier's message list, sent again only if provably absent and
//! fresh, else `unknown`. And accepted ones that never got a receipt.

use jiff::{SignedDuration, Timestamp};

use super::{App, Prefer};
use crate::carrier::{Found, Wanted, report};
use crate::domain::delivery::DeliveryKind;
use crate::store::{StoreError, Unclear};

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
        for row in self.store.unclear(before, MOST).await? {
            let waited = row.last_absent_at.is_none_or(|last| last <= before);
            if waited {
                self.settle_one(row, now).await?;
            }
        }
        self.ask_for_receipts(now).await
    }

    async fn settle_one(&self, row: Unclear, now: Timestamp) -> Result<(), StoreError> {
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
            Ok(Found::Truncated) | Err(_) => self.not_provable(&row, now).await?,
        }
        Ok(())
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
        for row in self.store.unreported(silent, MOST).await? {
            if let Ok(Some((status, error_code))) = self.carrier.fetch_status(&row.sid).await {
                self.store
                    .advance(report(row.id, row.sid.clone(), status, error_code), now)
                    .await?;
            }
            let old = row
                .accepted_at
                .saturating_add(RECEIPT_LIMIT)
                .unwrap_or(Timestamp::MAX)
                <= now;
            if old {
                self.store.mark_sent(row.id, now).await?;
            } else {
                self.store.note_asked(row.id, now).await?;
            }
        }
        Ok(())
    }
}

/// How many settling times pass before "never missing" stops waiting for proof.
const ENOUGH: i32 = 4;
const MOST: usize = 200;
const RECEIPT_AFTER: SignedDuration = SignedDuration::from_mins(15);
const RECEIPT_LIMIT: SignedDuration = SignedDuration::from_hours(12);
