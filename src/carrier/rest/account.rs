//! The account and its balance, for `check`.

use serde::Deserialize;

use super::{RestError, parsed, value};
use crate::carrier::Carrier;

/// What is told about the account. The answer also has its auth token: that field is never read.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct AccountState {
    /// `active`, `suspended` or `closed`.
    #[serde(default, deserialize_with = "value::text")]
    pub status: Option<String>,
    /// `Full` or `Trial`.
    #[serde(default, rename = "type", deserialize_with = "value::text")]
    pub kind: Option<String>,
    /// What its owner calls it.
    #[serde(default, deserialize_with = "value::text")]
    pub friendly_name: Option<String>,
}

impl AccountState {
    /// Whether it may send.
    #[must_use]
    pub fn is_active(&self) -> bool {
        self.status.as_deref() == Some("active")
    }

    /// Whether it may only text verified phones, and says so before each text.
    #[must_use]
    pub fn is_trial(&self) -> bool {
        self.kind.as_deref() == Some("Trial")
    }
}

/// What is left to spend.
#[derive(Debug, Clone, PartialEq, Eq, Deserialize)]
pub struct Balance {
    /// A decimal number, such as `12.05`.
    #[serde(default, deserialize_with = "value::text")]
    pub balance: Option<String>,
    /// Its currency, such as `USD`.
    #[serde(default, deserialize_with = "value::text")]
    pub currency: Option<String>,
}

impl Carrier {
    /// The account: the cheapest question that proves the credentials.
    ///
    /// # Errors
    /// [`RestError`]; `Refused` with 401 when the credentials are wrong.
    pub async fn account(&self) -> Result<AccountState, RestError> {
        parsed(&self.get(&self.resource("")).await?)
    }

    /// The account's balance.
    ///
    /// # Errors
    /// [`RestError`]; `is_missing` for a subaccount, which has none.
    pub async fn balance(&self) -> Result<Balance, RestError> {
        parsed(&self.get(&self.resource("/Balance")).await?)
    }
}

#[cfg(test)]
mod tests {
    use crate::carrier::rest::stand_in::{StandIn, Step};

    #[tokio::test]
    async fn tells_the_account_and_never_its_token() {
        let stand_in = StandIn::start(vec![
            Step::json(200, r#"{"sid": "AC1", "auth_token": "hush", "status": "active", "type": "Trial", "friendly_name": "Mine"}"#),
            Step::json(200, r#"{"account_sid": "AC1", "balance": "0.05", "currency": "USD"}"#),
            Step::json(401, r#"{"code": 20003, "message": "Authenticate", "status": 401}"#),
        ])
        .await;
        let carrier = stand_in.carrier();
        let account = carrier.account().await.unwrap();
        assert!(account.is_active() && account.is_trial());
        assert!(!format!("{account:?}").contains("hush"));
        let balance = carrier.balance().await.unwrap();
        assert_eq!(balance.balance.as_deref(), Some("0.05"));
        let error = carrier.account().await.unwrap_err();
        assert_eq!(
            error.to_string(),
            "Twilio refuses: error 20003, Authenticate"
        );
        let lines: Vec<_> = stand_in.asked().into_iter().map(|a| a.line).collect();
        let base = "GET /2010-04-01/Accounts/AC0123456789abcdef0123456789abcdef";
        assert_eq!(lines[0], format!("{base}.json HTTP/1.1"));
        assert_eq!(lines[1], format!("{base}/Balance.json HTTP/1.1"));
    }
}
