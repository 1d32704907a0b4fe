//! The fields of a call's webhooks, and where an address in TwiML leads.

use super::Call;
use crate::sim::carrier::{geo, signing};
use crate::sim::form::Form;
use crate::sim::world::World;

/// What every webhook of a call carries, and `more`.
pub(crate) fn form(world: &World, call: &Call, more: &[(&str, &str)]) -> Form {
    let (from, to) = (geo::of(&call.from), geo::of(&call.to));
    let fields = [
        ("Called", call.to.as_str()),
        ("ToState", to.state),
        ("CallerCountry", from.country),
        ("Direction", call.direction()),
        ("CallerState", from.state),
        ("ToZip", to.zip),
        ("CallSid", &call.sid),
        ("To", &call.to),
        ("CallerZip", from.zip),
        ("ToCountry", to.country),
        ("ApiVersion", "2010-04-01"),
        ("CalledZip", to.zip),
        ("CalledCity", to.city),
        ("CallStatus", call.status),
        ("From", &call.from),
        ("AccountSid", &world.options.account_sid),
        ("CalledCountry", to.country),
        ("CallerCity", from.city),
        ("ToCity", to.city),
        ("FromCountry", from.country),
        ("Caller", &call.from),
        ("FromCity", from.city),
        ("CalledState", to.state),
        ("FromZip", from.zip),
        ("FromState", from.state),
    ];
    let owned = |(name, value): (&str, &str)| (name.to_owned(), value.to_owned());
    Form(
        fields
            .into_iter()
            .chain(more.iter().copied())
            .map(owned)
            .collect(),
    )
}

/// Where an address in a document at `base` leads.
pub(crate) fn resolve(base: &str, target: &str) -> String {
    if !target.starts_with('/') {
        return target.to_owned();
    }
    let scheme = base.find("://").map_or(0, |at| at + 3);
    let host = base[scheme..].find('/').unwrap_or(base.len() - scheme);
    format!("{}{target}", &base[..scheme + host])
}

/// The signature of a call's webhook: over https its port is left out, unlike that of a message's.
pub(crate) fn signature(world: &World, url: &str, form: &Form) -> String {
    let signed = match url.strip_prefix("https://") {
        Some(rest) => {
            let (host, path) = rest.split_once('/').unwrap_or((rest, ""));
            let host = host.split_once(':').map_or(host, |(host, _)| host);
            format!("https://{host}/{path}")
        }
        None => url.to_owned(),
    };
    signing::sign(&world.options.auth_token, &signed, &form.0)
}
