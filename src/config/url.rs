//! Base URLs as the configuration has them: http or https, a host, perhaps a port and a path; nothing after that.

/// The URL without a slash at its end; `None` when it is not such a URL.
pub(super) fn base_url(text: &str) -> Option<String> {
    let (scheme, rest) = text.split_once("://")?;
    let scheme = scheme.to_ascii_lowercase();
    let (authority, path) = rest.split_at(rest.find('/').unwrap_or(rest.len()));
    let odd = |c: char| c.is_whitespace() || c.is_control() || "?#\\\"<>{}|^`".contains(c);
    if !matches!(scheme.as_str(), "http" | "https") || text.len() > 500 || text.contains(odd) {
        return None;
    }
    let (host, port) = if let Some(rest) = authority.strip_prefix('[') {
        let (address, after) = rest.split_once(']')?;
        address.parse::<std::net::Ipv6Addr>().ok()?;
        (authority.get(..address.len() + 2)?, after)
    } else {
        let (host, port) = authority.split_at(authority.find(':').unwrap_or(authority.len()));
        let is_host = |c: char| c.is_alphanumeric() || matches!(c, '-' | '.' | '_');
        (!host.is_empty() && !host.starts_with('.') && host.chars().all(is_host))
            .then_some((host, port))?
    };
    if let Some(port) = port.strip_prefix(':') {
        port.parse::<u16>().ok().filter(|p| *p > 0)?;
    } else if !port.is_empty() {
        return None;
    }
    Some(format!(
        "{scheme}://{host}{port}{}",
        path.trim_end_matches('/')
    ))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn takes_bases_and_nothing_else() {
        for (text, base) in [
            ("https://weather.example.org", "https://weather.example.org"),
            ("HTTP://127.0.0.1:8080/", "http://127.0.0.1:8080"),
            (
                "https://example.org:8443/sms/line//",
                "https://example.org:8443/sms/line",
            ),
            ("http://[::1]:9000/x", "http://[::1]:9000/x"),
        ] {
            assert_eq!(base_url(text).as_deref(), Some(base), "{text}");
        }
        for bad in [
            "",
            "weather.example.org",
            "ftp://example.org",
            "https://",
            "https:///x",
            "https://user@example.org",
            "https://example.org?x=1",
            "https://example.org/#a",
            "https://exa mple.org",
            "https://example.org:0",
            "https://example.org:99999",
            "https://example.org:",
            "https://[::1",
            "https://[::g]",
            "https://[::1]x",
        ] {
            assert_eq!(base_url(bad), None, "{bad}");
        }
    }
}
