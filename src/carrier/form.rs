//! Form bodies exactly as decoded: bytes in order, with repeats and blanks, because a signature stands over all of it.

use std::borrow::Cow;
use std::fmt;

/// The fields of a form, in the order they came. Its `Debug` shows no values.
#[derive(Clone, PartialEq, Eq, Default)]
pub struct Form(Vec<(Vec<u8>, Vec<u8>)>);

impl Form {
    /// Decodes an `application/x-www-form-urlencoded` body. Total: what is no escape stays as it is.
    #[must_use]
    pub fn parse(body: &[u8]) -> Self {
        let fields = body.split(|b| *b == b'&').filter(|field| !field.is_empty());
        Self(fields.map(pair).collect())
    }

    /// The first value of that name; bytes that are no UTF-8 are replaced.
    #[must_use]
    pub fn get(&self, name: &str) -> Option<Cow<'_, str>> {
        let (_, value) = self.0.iter().find(|(n, _)| n == name.as_bytes())?;
        Some(String::from_utf8_lossy(value))
    }

    /// Like [`Form::get`], without surrounding space; `None` when nothing is left.
    #[must_use]
    pub fn filled(&self, name: &str) -> Option<String> {
        let value = self.get(name)?;
        let value = value.trim();
        (!value.is_empty()).then(|| value.to_owned())
    }

    /// All names and values, as bytes.
    pub(super) fn pairs(&self) -> impl Iterator<Item = (&[u8], &[u8])> {
        self.0.iter().map(|(n, v)| (n.as_slice(), v.as_slice()))
    }

    /// The same with every byte that is no UTF-8 replaced, as most libraries decode; `None` when that changes nothing.
    pub(super) fn replaced(&self) -> Option<Self> {
        let clean = |b: &[u8]| std::str::from_utf8(b).is_ok();
        if self.pairs().all(|(n, v)| clean(n) && clean(v)) {
            return None;
        }
        let lossy = |b: &[u8]| String::from_utf8_lossy(b).into_owned().into_bytes();
        Some(Self(
            self.pairs().map(|(n, v)| (lossy(n), lossy(v))).collect(),
        ))
    }
}

impl fmt::Debug for Form {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Form({} fields)", self.0.len())
    }
}

fn pair(field: &[u8]) -> (Vec<u8>, Vec<u8>) {
    let mut halves = field.splitn(2, |b| *b == b'=');
    let mut half = || halves.next().map_or_else(Vec::new, decode);
    (half(), half())
}

fn decode(text: &[u8]) -> Vec<u8> {
    let mut out = Vec::with_capacity(text.len());
    let mut rest = text;
    while let Some((&first, tail)) = rest.split_first() {
        rest = tail;
        let escaped = match (first, tail) {
            (b'%', [high, low, ..]) => hex(*high).zip(hex(*low)),
            _ => None,
        };
        if let Some((high, low)) = escaped {
            out.push(high << 4 | low);
            rest = &tail[2..];
        } else {
            out.push(if first == b'+' { b' ' } else { first });
        }
    }
    out
}

fn hex(digit: u8) -> Option<u8> {
    let value = char::from(digit).to_digit(16)?;
    u8::try_from(value).ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn keeps_order_repeats_and_blanks() {
        let form = Form::parse(b"b=2&a=1&b=&&c&=x&a=%201%20");
        let pairs: Vec<_> = form.pairs().collect();
        let want: [(&[u8], &[u8]); 6] = [
            (b"b", b"2"),
            (b"a", b"1"),
            (b"b", b""),
            (b"c", b""),
            (b"", b"x"),
            (b"a", b" 1 "),
        ];
        assert_eq!(pairs, want);
        assert_eq!(form.get("b").as_deref(), Some("2"));
        assert_eq!(form.get("missing"), None);
        assert_eq!(form.filled("c"), None);
    }

    #[test]
    fn replaces_only_what_is_no_text() {
        let form = Form::parse(b"Body=a%FFb");
        assert_eq!(form.get("Body").as_deref(), Some("a\u{fffd}b"));
        assert!(form.replaced().is_some());
        assert_eq!(Form::parse("Body=%E2%82%AC".as_bytes()).replaced(), None);
    }

    #[test]
    fn debug_shows_no_values() {
        assert_eq!(
            format!("{:?}", Form::parse(b"From=%2B14155550101")),
            "Form(1 fields)"
        );
    }

    proptest! {
        #[test]
        fn decodes_as_the_url_standard_does(body in "[a-c=&+%0-9A-Ff\u{e9} ]{0,40}") {
            let ours: Vec<_> = Form::parse(body.as_bytes()).pairs()
                .map(|(n, v)| (String::from_utf8_lossy(n).into_owned(), String::from_utf8_lossy(v).into_owned()))
                .collect();
            let theirs: Vec<_> = form_urlencoded::parse(body.as_bytes()).into_owned().collect();
            prop_assert_eq!(ours, theirs);
        }
    }
}
