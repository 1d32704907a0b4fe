//! Lists, page by page: each resource once, in order, with one page in memory (docs/wire.md#lists).

use std::collections::VecDeque;

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{RestError, parsed};
use crate::carrier::Carrier;
use crate::net::Answer;

/// A list that is read as it is walked. After an error, [`Pages::next`] asks for the same page again.
pub struct Pages<T> {
    carrier: Carrier,
    key: &'static str,
    next_url: Option<String>,
    items: VecDeque<T>,
    pages: u32,
}

impl<T: DeserializeOwned> Pages<T> {
    /// A list that starts at `url`, whose pages hold their resources under `key`.
    pub(super) fn new(carrier: Carrier, url: String, key: &'static str) -> Self {
        Self {
            carrier,
            key,
            next_url: Some(url),
            items: VecDeque::new(),
            pages: 0,
        }
    }

    /// The next resource; `None` at the end.
    ///
    /// # Errors
    /// [`RestError`]; calling again asks for the same page again.
    pub async fn next(&mut self) -> Result<Option<T>, RestError> {
        while self.items.is_empty() {
            let Some((items, _)) = self.next_page().await? else {
                return Ok(None);
            };
            self.items = items;
        }
        Ok(self.items.pop_front())
    }

    /// Everything down to what is old. Lists are newest first, give or take: a thousand old ones are
    /// the end. `None` when there is more than `most`. `progress` hears how many were found.
    ///
    /// # Errors
    /// [`RestError`]; calling again goes on at the same page.
    pub async fn down_to(
        &mut self,
        is_old: impl Fn(&T) -> bool,
        most: usize,
        progress: &mut (dyn FnMut(usize) + Send),
    ) -> Result<Option<Vec<T>>, RestError> {
        let (mut found, mut old) = (Vec::new(), 0);
        while let Some(one) = self.next().await? {
            if is_old(&one) {
                old += 1;
                if old >= OLD_ENOUGH {
                    break;
                }
                continue;
            }
            found.push(one);
            if found.len() > most {
                return Ok(None);
            }
            progress(found.len());
        }
        Ok(Some(found))
    }

    /// How many pages were read so far.
    #[must_use]
    pub const fn pages_read(&self) -> u32 {
        self.pages
    }

    /// The next whole page, with the answer it stood in; `None` at the end.
    pub(super) async fn next_page(&mut self) -> Result<Option<(VecDeque<T>, Answer)>, RestError> {
        let Some(url) = &self.next_url else {
            return Ok(None);
        };
        let answer = self.carrier.get(url).await?;
        let mut page: Map<String, Value> = parsed(&answer)?;
        let items = page.remove(self.key).ok_or(RestError::Unreadable)?;
        let items = serde_json::from_value(items).map_err(|_| RestError::Unreadable)?;
        // Newer APIs keep it, absolute, in `meta`.
        let newer = page.get("meta").and_then(|meta| meta.get("next_page_url"));
        let uri = page.get("next_page_uri").or(newer).and_then(Value::as_str);
        let uri = uri.filter(|uri| !uri.is_empty());
        let next_url = uri.map(|uri| page_url(url, uri)).transpose()?;
        // A page that leads to itself would never end.
        if next_url.as_ref() == Some(url) {
            return Err(RestError::Unreadable);
        }
        self.next_url = next_url;
        self.pages += 1;
        Ok(Some((items, answer)))
    }

    /// Whether there is another page to ask for.
    pub(super) const fn has_more(&self) -> bool {
        self.next_url.is_some()
    }
}

/// A page of old ones.
const OLD_ENOUGH: usize = 1_000;

/// The address of a page, verbatim as it was given; only ever on the host that has our credentials.
fn page_url(from: &str, uri: &str) -> Result<String, RestError> {
    let scheme = from.find("://").map_or(0, |at| at + 3);
    let host_len = from[scheme..].find('/').unwrap_or(from.len() - scheme);
    let origin = &from[..scheme + host_len];
    match uri.strip_prefix(origin).unwrap_or(uri) {
        path if path.starts_with('/') => Ok(format!("{origin}{path}")),
        _ => Err(RestError::Unreadable),
    }
}

/// An address with a query of these parameters.
pub(super) fn with_query(url: &str, query: &[(&str, &str)]) -> String {
    let mut form = form_urlencoded::Serializer::new(String::new());
    form.extend_pairs(query);
    format!("{url}?{}", form.finish())
}
