//! A status callback: how far the carrier got with a delivery.

use super::App;
use crate::domain::delivery::{StatusReport, Treatment};
use crate::store::StoreError;

impl App {
    /// Moves the delivery forward; a report for an unknown row, or about another message, changes nothing.
    ///
    /// # Errors
    /// [`StoreError`] when it could not be written down.
    pub async fn report(&self, report: StatusReport) -> Result<(), StoreError> {
        let delivery = report.delivery;
        let status = report.status;
        let code = report.error_code;
        let held = report.treatment == Some(Treatment::HoldAll);
        let known = self.store.advance(report, self.clock.now()).await?;
        if let (true, true, Some(code)) = (known, held, code) {
            self.hold_all(code).await;
        }
        match (known, code) {
            (false, _) => {
                tracing::debug!(%delivery, "a status callback for a delivery that we do not know")
            }
            (true, Some(code)) => {
                tracing::warn!(%delivery, status = status.name(), code, "the carrier could not deliver")
            }
            (true, None) => {
                tracing::debug!(%delivery, status = status.name(), "a delivery went on")
            }
        }
        Ok(())
    }
}
