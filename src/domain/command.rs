//! What a text asks for: `Command::parse` is total, and bounded however long the text is.

pub(crate) mod words;
