//! SQLite underneath: connection, upgrades, and one file a table.

pub(super) mod connection;
pub(super) mod consents;
pub(super) mod deliveries;
pub(super) mod forecasts;
pub(super) mod inbound;
pub(super) mod json;
pub(super) mod meta;
pub(super) mod outcomes;
pub(super) mod subscribers;
pub(super) mod subscriptions;
pub(super) mod suppressions;
pub(super) mod upgrades;
pub(super) mod values;
