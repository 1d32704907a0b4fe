//! What is true: no IO, no async, no clock, no serde, no logging.
