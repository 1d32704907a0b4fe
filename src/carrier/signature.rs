//! `X-Twilio-Signature`: whether a request comes from Twilio (docs/wire.md#x-twilio-signature).

use std::collections::{BTreeMap, BTreeSet};
use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit as _, Mac as _};
use secrecy::{ExposeSecret as _, SecretString};
use sha1::Sha1;
use sha2::{Digest as _, Sha256};

use super::form::Form;

/// What of a request is signed, as it came in.
#[derive(Clone, Copy)]
pub struct SignedRequest<'a> {
    /// `GET`, `POST` …
    pub method: &'a str,
    /// The raw request target: path and query, neither decoded nor rebuilt.
    pub path_and_query: &'a str,
    /// `Content-Type`, where there is one.
    pub content_type: Option<&'a str>,
    /// The whole raw body.
    pub body: &'a [u8],
    /// `X-Twilio-Signature`, where there is one.
    pub signature: Option<&'a str>,
}

/// Checks signatures over the URL that the carrier was given, never over a `Host` header. Takes several keys, because
/// for a while there are two when a token is replaced.
pub(super) struct Verifier {
    public_url: String,
    origin_len: usize,
    keys: Vec<SecretString>,
}

impl Verifier {
    /// For webhooks under `public_url` (with port and path prefix, if any), signed with any of `keys`.
    pub(super) fn new(public_url: &str, keys: Vec<SecretString>) -> Self {
        let public_url = public_url.trim().trim_end_matches('/').to_owned();
        let prefix_len = Url::split(&public_url).map_or(0, |url| url.rest.len());
        Self {
            origin_len: public_url.len() - prefix_len,
            public_url,
            keys,
        }
    }

    /// Whether the request was signed with one of the keys.
    pub(super) fn verify(&self, request: &SignedRequest<'_>) -> bool {
        let target = request.path_and_query;
        let (origin, prefix) = self.public_url.split_at(self.origin_len);
        // A proxy in front may pass the path prefix on or take it off; passed on, it must not stand there twice.
        let passed_on = !prefix.is_empty()
            && target
                .strip_prefix(prefix)
                .is_some_and(|path| path.starts_with('/'));
        target.starts_with('/')
            && (is_genuine(&format!("{}{target}", self.public_url), request, &self.keys)
                || passed_on && is_genuine(&format!("{origin}{target}"), request, &self.keys))
    }
}

impl fmt::Debug for Verifier {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Verifier({} keys)", self.keys.len())
    }
}

fn is_genuine(url: &str, request: &SignedRequest<'_>, keys: &[SecretString]) -> bool {
    let Some(signature) = request.signature.and_then(|s| STANDARD.decode(s).ok()) else {
        return false;
    };
    let payloads = payloads(url, request);
    spellings(url).iter().any(|url| {
        payloads.iter().any(|payload| {
            keys.iter().any(|key| {
                Hmac::<Sha1>::new_from_slice(key.expose_secret().as_bytes()).is_ok_and(|mac| {
                    // Compares in constant time.
                    mac.chain_update(url)
                        .chain_update(payload)
                        .verify_slice(&signature)
                        .is_ok()
                })
            })
        })
    })
}

/// What is signed after the URL, in each reading that counts; none when the body's hash is wrong or missing.
fn payloads(url: &str, request: &SignedRequest<'_>) -> Vec<Vec<u8>> {
    if request.method.eq_ignore_ascii_case("GET") {
        return vec![Vec::new()];
    }
    let hash = query_value(url, "bodySHA256");
    let is_form = match request.content_type {
        Some(kind) => kind
            .split(';')
            .next()
            .is_some_and(|k| k.trim().eq_ignore_ascii_case(FORM)),
        None => hash.is_none(),
    };
    if is_form {
        let form = Form::parse(request.body);
        // A client that signs decoded text, not bytes, has replaced what is no UTF-8 before it signed.
        let replaced = form.replaced();
        return std::iter::once(&form)
            .chain(&replaced)
            .map(joined)
            .collect();
    }
    let is_intact = hash.is_some_and(|hash| hash == hex(&Sha256::digest(request.body)));
    is_intact.then(Vec::new).into_iter().collect()
}

const FORM: &str = "application/x-www-form-urlencoded";

/// Names sorted bytewise, each followed by its distinct values, sorted: no separators, blanks included.
fn joined(form: &Form) -> Vec<u8> {
    let mut sorted: BTreeMap<&[u8], BTreeSet<&[u8]>> = BTreeMap::new();
    for (name, value) in form.pairs() {
        sorted.entry(name).or_default().insert(value);
    }
    let mut out = Vec::new();
    for (name, values) in sorted {
        for value in values {
            out.extend_from_slice(name);
            out.extend_from_slice(value);
        }
    }
    out
}

/// The ways in which Twilio writes one URL: the port as given, left out, or named although it is the scheme's own; scheme and host in
/// small letters; without user and password; with the quotes of a query escaped.
fn spellings(url: &str) -> Vec<String> {
    let Some(parts) = Url::split(url) else {
        return Vec::new();
    };
    let own_port = if parts.scheme.eq_ignore_ascii_case("http") {
        "80"
    } else {
        "443"
    };
    let rest = parts.rest.split('#').next().unwrap_or_default();
    let mut rests = vec![rest.to_owned()];
    rests.extend(escaped_query(rest));
    let mut users = vec![""];
    users.extend(parts.user);
    let ports = [None, Some(parts.port.unwrap_or(own_port))];
    let mut out = Vec::new();
    let small = [parts.scheme, parts.host].map(str::to_ascii_lowercase);
    for rest in &rests {
        for user in &users {
            for port in ports {
                let at = if user.is_empty() { "" } else { "@" };
                let port = port.map_or_else(String::new, |port| format!(":{port}"));
                let mut spelt = |scheme: &str, host: &str| {
                    out.push(format!("{scheme}://{user}{at}{host}{port}{rest}"));
                };
                spelt(parts.scheme, parts.host);
                if small != [parts.scheme, parts.host] {
                    spelt(&small[0], &small[1]);
                }
            }
        }
    }
    out
}

/// A query whose quotes and angle brackets are escaped, as the URL standard writes them; `None` when it has none.
fn escaped_query(rest: &str) -> Option<String> {
    let (path, query) = rest.split_once('?')?;
    let escaped = query
        .replace('\'', "%27")
        .replace('"', "%22")
        .replace('<', "%3C")
        .replace('>', "%3E");
    (escaped != query).then(|| format!("{path}?{escaped}"))
}

fn query_value(url: &str, name: &str) -> Option<String> {
    let (_, query) = url.split_once('?')?;
    let query = query.split('#').next()?;
    form_urlencoded::parse(query.as_bytes())
        .find(|(n, _)| n == name)
        .map(|(_, value)| value.into_owned())
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

/// A URL in its parts, each as it was written.
struct Url<'a> {
    scheme: &'a str,
    user: Option<&'a str>,
    host: &'a str,
    port: Option<&'a str>,
    rest: &'a str,
}

impl<'a> Url<'a> {
    fn split(url: &'a str) -> Option<Self> {
        let (scheme, after) = url.split_once("://")?;
        let end = after.find(['/', '?', '#']).unwrap_or(after.len());
        let (authority, rest) = after.split_at(end);
        let (user, host) = match authority.rsplit_once('@') {
            Some((user, host)) => (Some(user), host),
            None => (None, authority),
        };
        // The colons inside the brackets of an IPv6 address are no port's.
        let (host, port) = match host.rsplit_once(':') {
            Some((name, port)) if !port.contains(']') => (name, Some(port)),
            _ => (host, None),
        };
        Some(Self {
            scheme,
            user,
            host,
            port,
            rest,
        })
    }
}

#[cfg(test)]
mod tests;
