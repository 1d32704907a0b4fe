//! `X-Twilio-Signature`, from the signing side.

use base64::Engine;
use base64::engine::general_purpose::STANDARD;
use hmac::{Hmac, KeyInit, Mac};
use sha1::Sha1;

/// Signs a form POST: the URL without userinfo and fragment, then every name with its unique, sorted values, names in byte order.
pub(crate) fn sign(auth_token: &str, url: &str, fields: &[(String, String)]) -> String {
    let mut pairs: Vec<&(String, String)> = fields.iter().collect();
    pairs.sort();
    pairs.dedup();
    let mut text = bare(url);
    for (name, value) in pairs {
        text.push_str(name);
        text.push_str(value);
    }
    let Ok(mut mac) = Hmac::<Sha1>::new_from_slice(auth_token.as_bytes()) else {
        return String::new();
    };
    mac.update(text.as_bytes());
    STANDARD.encode(mac.finalize().into_bytes())
}

/// Userinfo and fragment never leave the carrier; the port stays, as for messages over http and https.
pub(crate) fn bare(url: &str) -> String {
    let url = url.split('#').next().unwrap_or(url);
    let Some((scheme, rest)) = url.split_once("://") else {
        return url.to_owned();
    };
    let end = rest.find(['/', '?']).unwrap_or(rest.len());
    let (host, tail) = rest.split_at(end);
    let host = host.rsplit_once('@').map_or(host, |(_, host)| host);
    format!("{scheme}://{host}{tail}")
}
