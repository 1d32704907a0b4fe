//! Which phones have a create call under way, so that a STOP is acknowledged only when none can follow it.

use std::collections::HashMap;
use std::sync::{Arc, Mutex};
use std::time::Duration;

use tokio::sync::Notify;

use crate::domain::phone::PhoneNumber;

/// Counts create calls under way by phone.
#[derive(Debug, Default)]
pub(super) struct InFlight {
    phones: Mutex<HashMap<PhoneNumber, usize>>,
    left: Notify,
}

impl InFlight {
    /// Enters; whoever wants to send enters *before* asking whether the phone still wants it, or in the same transaction.
    pub(super) fn enter(self: &Arc<Self>, phone: &PhoneNumber) -> Entered {
        if let Ok(mut phones) = self.phones.lock() {
            *phones.entry(phone.clone()).or_default() += 1;
        }
        Entered {
            all: Arc::clone(self),
            phone: phone.clone(),
        }
    }

    /// Waits until no create call to the phone is under way, `limit` at most.
    pub(super) async fn wait_until_clear(&self, phone: &PhoneNumber, limit: Duration) {
        let clear = async {
            loop {
                let left = self.left.notified();
                if !self
                    .phones
                    .lock()
                    .is_ok_and(|phones| phones.contains_key(phone))
                {
                    return;
                }
                left.await;
            }
        };
        // Past the limit Twilio would hear nothing at all, which is worse: the request that is out is out.
        let _ = tokio::time::timeout(limit, clear).await;
    }
}

/// One create call under way; it leaves when dropped.
#[derive(Debug)]
pub(super) struct Entered {
    all: Arc<InFlight>,
    phone: PhoneNumber,
}

impl Drop for Entered {
    fn drop(&mut self) {
        if let Ok(mut phones) = self.all.phones.lock()
            && let Some(count) = phones.get_mut(&self.phone)
        {
            *count -= 1;
            if *count == 0 {
                phones.remove(&self.phone);
            }
        }
        self.all.left.notify_waiters();
    }
}
