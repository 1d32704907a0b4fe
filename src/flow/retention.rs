//! What is let go in time: words of texts, people who left, old records. A little every ten minutes, until the day's share is done.

use jiff::tz::TimeZone;
use jiff::{SignedDuration, Timestamp};

use super::App;
use crate::store::{Pruned, Retention, StoreError};

impl App {
    /// Lets go of what is kept no longer, a few rows at a time: nobody waits for it. Once a day there is nothing more to do.
    pub(super) async fn let_go(&self, now: Timestamp) -> Result<(), StoreError> {
        let today = now.to_zoned(TimeZone::UTC).date().to_string();
        if self.store.meta(LET_GO).await?.as_deref() == Some(today.as_str()) {
            return Ok(());
        }
        let before = |days: i64| {
            let age = SignedDuration::from_hours(days * 24);
            now.saturating_sub(age).unwrap_or(Timestamp::MIN)
        };
        let retention = Retention {
            texts_before: before(TEXTS_DAYS),
            left_before: before(LEFT_DAYS),
            records_before: before(RECORDS_DAYS),
        };
        for _ in 0..BATCHES {
            let pruned = self.store.prune(retention, AT_ONCE, now).await?;
            if pruned != Pruned::default() {
                tracing::info!(
                    texts = pruned.texts,
                    phones = pruned.phones,
                    records = pruned.records,
                    "let go of what is kept no longer"
                );
            }
            if pruned.texts.max(pruned.phones).max(pruned.records) < AT_ONCE {
                self.store.set_meta(LET_GO, &today).await?;
                break;
            }
            self.pulse.job();
        }
        Ok(())
    }
}

const LET_GO: &str = "let_go";
/// Days that the words of texts are kept, both ways.
const TEXTS_DAYS: i64 = 30;
/// Days that the number of somebody who stopped our texts is kept; then only a salted hash is.
const LEFT_DAYS: i64 = 30;
/// Days that the records of deliveries are kept, without words: a year, and what is due by then.
const RECORDS_DAYS: i64 = 400;
/// Rows of each kind at a time: some milliseconds of the writer.
const AT_ONCE: usize = 500;
/// Times ten minutes: more than a million a day.
const BATCHES: usize = 20;
