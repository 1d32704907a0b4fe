//! Accepted texts whose receipt does not come: the carrier is asked, first soon, then ever more rarely, and about many at once.

use std::collections::HashSet;
use std::time::Duration;

use jiff::{SignedDuration, Timestamp};

use super::App;
use super::at_once::at_once;
use super::settle::PATIENCE_MS;
use crate::carrier::{Statuses, report};
use crate::domain::delivery::DeliveryStatus;
use crate::store::{StoreError, Unreported};

impl App {
    /// Asks about accepted rows without a receipt: once twice `settle_seconds` have passed, then after twice the time each
    /// time. Many are looked up in the message list, what it does not tell by SID. After twelve hours they end `sent`.
    pub(super) async fn ask_for_receipts(
        &self,
        now: Timestamp,
        beat: &(dyn Fn() + Sync),
    ) -> Result<(), StoreError> {
        let ago = |time| now.saturating_sub(time).unwrap_or(Timestamp::MIN);
        let (silent, old) = (ago(self.settle_after() * 2), ago(LIMIT));
        let rows = self.store.unreported(silent, old, now, MOST).await?;
        if rows.is_empty() {
            return Ok(());
        }
        let started_ms = self.clock.monotonic_ms();
        let listed = self.look_up(&rows).await;
        beat();
        let (told, rest): (Vec<_>, Vec<_>) = rows
            .into_iter()
            .partition(|row| listed.contains_key(&row.sid));
        for some in told.chunks(WRITES_AT_ONCE) {
            let work = some
                .iter()
                .map(|row| self.note_status(row, listed.get(&row.sid).copied(), now));
            at_once(work.collect())
                .await
                .into_iter()
                .collect::<Result<(), _>>()?;
        }
        let mut answers = true;
        for some in rest.chunks(AT_ONCE).take(MOST_BY_SID / AT_ONCE) {
            if self.clock.monotonic_ms() - started_ms > PATIENCE_MS {
                break;
            }
            let work = some.iter().map(|row| self.ask_by_sid(row, answers, now));
            let answered: Vec<bool> = at_once(work.collect())
                .await
                .into_iter()
                .collect::<Result<_, _>>()?;
            beat();
            answers &= answered.contains(&true);
        }
        Ok(())
    }

    /// What the message list tells of them; nothing where a question each is cheaper. Calls have a list of their own.
    async fn look_up(&self, rows: &[Unreported]) -> Statuses {
        let texts = || rows.iter().filter(|row| !row.sid.starts_with("CA"));
        let sids: HashSet<&str> = texts().map(|row| row.sid.as_str()).collect();
        match texts().map(|row| row.accepted_at).min() {
            Some(since) if sids.len() > FEW => {
                let listed = self.carrier.list_statuses(&sids, since);
                // What it does not tell in time is asked for one by one.
                match tokio::time::timeout(LOOK, listed).await {
                    Ok(Ok(listed)) => listed,
                    _ => Statuses::new(),
                }
            }
            _ => Statuses::new(),
        }
    }

    /// Asks how one went on, and tells whether the carrier answered.
    async fn ask_by_sid(
        &self,
        row: &Unreported,
        ask: bool,
        now: Timestamp,
    ) -> Result<bool, StoreError> {
        if !ask {
            self.end_if_old(row, now).await?;
            return Ok(false);
        }
        let found = self.carrier.fetch_status(&row.sid).await;
        let answered = found.is_ok();
        self.note_status(row, found.ok().flatten(), now).await?;
        Ok(answered)
    }

    async fn note_status(
        &self,
        row: &Unreported,
        found: Option<(DeliveryStatus, Option<u32>)>,
        now: Timestamp,
    ) -> Result<(), StoreError> {
        if let Some((status, error_code)) = found {
            self.store
                .advance(report(row.id, row.sid.clone(), status, error_code), now)
                .await?;
        }
        if !self.end_if_old(row, now).await? {
            self.store.note_asked(row.id, now).await?;
        }
        Ok(())
    }

    async fn end_if_old(&self, row: &Unreported, now: Timestamp) -> Result<bool, StoreError> {
        let end = row
            .accepted_at
            .saturating_add(LIMIT)
            .unwrap_or(Timestamp::MAX);
        if now >= end {
            self.store.mark_sent(row.id, now).await?;
        }
        Ok(now >= end)
    }
}

/// Rows of one tick.
const MOST: usize = 10_000;
/// Up to so many are asked for by SID without a look into the list.
const FEW: usize = 20;
/// Questions by SID in one tick.
const MOST_BY_SID: usize = 200;
/// Questions to the carrier at the same time: sends need its connections too.
const AT_ONCE: usize = 8;
/// How long the list may take.
const LOOK: Duration = Duration::from_secs(20);
/// They share a commit.
const WRITES_AT_ONCE: usize = 200;
const LIMIT: SignedDuration = SignedDuration::from_hours(12);
