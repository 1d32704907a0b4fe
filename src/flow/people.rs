//! What an operator may look at: phones by their digits, and what is kept of one.

use super::App;
use crate::domain::phone::PhoneNumber;
use crate::store::{DeliveryFilter, StoreError};

pub use crate::store::{DayTotals, DeliveryRow, History, RecentText, SubscriberRow};

/// A phone with all that is shown of it.
pub struct Person {
    /// The phone with its subscriptions.
    pub row: SubscriberRow,
    /// Its deliveries, the last made first.
    pub deliveries: Vec<DeliveryRow>,
    /// Its texts and its consent, the newest first.
    pub history: History,
}

impl App {
    /// Phones by their last four digits, or the one of a whole number. What is neither finds none.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn find_phones(&self, typed: &str) -> Result<Vec<SubscriberRow>, StoreError> {
        let typed = typed.trim();
        if typed.len() == 4 && typed.bytes().all(|b| b.is_ascii_digit()) {
            return self.store.phones_ending(typed, MOST).await;
        }
        let Ok(phone) = PhoneNumber::parse(typed) else {
            return Ok(Vec::new());
        };
        let mut found = self
            .store
            .phones_ending(phone.last_four(), usize::MAX)
            .await?;
        found.retain(|row| row.subscriber.phone == phone);
        Ok(found)
    }

    /// The phone of a row.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn phone_of_row(&self, id: i64) -> Result<Option<SubscriberRow>, StoreError> {
        self.store.phone_of_row(id).await
    }

    /// The last texts that came in, the newest first.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn recent_texts(&self) -> Result<Vec<RecentText>, StoreError> {
        self.store.recent_texts(MOST).await
    }

    /// All that is shown of a phone.
    ///
    /// # Errors
    /// [`StoreError`] when the database does not answer.
    pub async fn look_at(&self, id: i64) -> Result<Option<Person>, StoreError> {
        let Some(row) = self.store.phone_of_row(id).await? else {
            return Ok(None);
        };
        let phone = row.subscriber.phone.clone();
        let history = self.store.history(&phone, LAST).await?;
        let filter = DeliveryFilter {
            phone: Some(phone),
            limit: LAST,
            ..DeliveryFilter::default()
        };
        Ok(Some(Person {
            deliveries: self.store.deliveries(filter).await?,
            history,
            row,
        }))
    }
}

const MOST: usize = 100;
const LAST: usize = 30;
