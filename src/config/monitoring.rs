//! `[monitoring]`: who is told that the daemon lives, and which phone proves the whole way.

use secrecy::SecretString;

use super::Monitoring;
use super::file::File;
use super::url::base_url;
use crate::domain::phone::PhoneNumber;

pub(super) fn monitoring(file: &mut File) -> Option<Monitoring> {
    let (ping, phone) = (file.text(PING), file.text(CANARY));
    // Whoever knows the address can pretend to be alive: it is a secret, and no problem repeats it.
    let is_right = ping.is_empty() || is_address(&ping);
    if !is_right {
        file.wrong(PING, "is no address (http or https)".to_owned());
    }
    let canary = (!phone.is_empty()).then(|| PhoneNumber::parse(&phone));
    if let Some(Err(_)) = canary {
        let wrong = "is not a phone number with + and country code".to_owned();
        file.wrong(CANARY, wrong);
    }
    Some(Monitoring {
        ping_url: (is_right && !ping.is_empty()).then(|| SecretString::from(ping)),
        canary: canary.transpose().ok()?,
    })
}

const PING: &str = "monitoring.ping_url";
const CANARY: &str = "monitoring.canary";

/// A base address, and perhaps a query after it.
fn is_address(text: &str) -> bool {
    let (base, query) = text.split_once('?').unwrap_or((text, ""));
    base_url(base).is_some() && query.bytes().all(|b| b.is_ascii_graphic() && b != b'#')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn addresses_of_the_usual_services() {
        for (text, is) in [
            ("https://hc-ping.com/0f0e0d0c-1234", true),
            (
                "http://127.0.0.1:3001/api/push/abc?status=up&msg=OK&ping=",
                true,
            ),
            ("hc-ping.com/0f0e0d0c", false),
            ("https://hc-ping.com/x y", false),
            ("https://hc-ping.com/x?a b", false),
        ] {
            assert_eq!(is_address(text), is, "{text}");
        }
    }
}
