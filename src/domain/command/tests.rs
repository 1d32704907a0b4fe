//! Hundreds of texts, and what they ask for.
use super::*;
