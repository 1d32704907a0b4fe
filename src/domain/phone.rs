//! Phone numbers (E.164) that never show all their digits, and the countries they belong to.

use std::fmt;

/// A phone number in E.164 form: `+` and 7 to 15 digits.
///
/// `Debug` and `Display` show `+1•••••4567`; only [`PhoneNumber::e164`] gives the whole number, to the wire and the database.
#[derive(Clone, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct PhoneNumber(Box<str>);

/// Why a text is not a phone number. Deliberately without the text itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq, thiserror::Error)]
pub enum PhoneError {
    /// No leading `+` with a country code.
    #[error("a phone number starts with + and its country code, for example +14155550101")]
    NotInternational,
    /// Too few or too many digits, or something that is no digit.
    #[error("a phone number has 7 to 15 digits after the +, for example +14155550101")]
    NotDigits,
}

impl PhoneNumber {
    /// Reads E.164, forgiving spaces, dots, dashes, slashes and brackets between the digits, and `00` for `+`.
    ///
    /// # Errors
    /// [`PhoneError`] when it is not an international number.
    pub fn parse(text: &str) -> Result<Self, PhoneError> {
        let text = text.trim();
        let rest = text
            .strip_prefix('+')
            .or_else(|| text.strip_prefix("00"))
            .ok_or(PhoneError::NotInternational)?;
        let mut number = String::with_capacity(16);
        number.push('+');
        for c in rest.chars() {
            match c {
                '0'..='9' => number.push(c),
                ' ' | '.' | '-' | '/' | '(' | ')' | '\u{a0}' => {}
                _ => return Err(PhoneError::NotDigits),
            }
            if number.len() > 16 {
                return Err(PhoneError::NotDigits);
            }
        }
        if number.len() < 8 || number.starts_with("+0") {
            return Err(PhoneError::NotDigits);
        }
        Ok(Self(number.into()))
    }

    /// All digits, with the leading `+`. For the wire and the database only.
    #[must_use]
    pub fn e164(&self) -> &str {
        &self.0
    }

    /// The last four digits, by which an operator finds a subscriber.
    #[must_use]
    pub fn last_four(&self) -> &str {
        &self.0[self.0.len() - 4..]
    }

    /// The country by calling code; for the codes that several countries share (+1, +7, +44 …) by area code where that
    /// decides it, else the largest one.
    #[must_use]
    pub fn country(&self) -> Option<Country> {
        super::calling_codes::country_of(&self.0[1..])
    }
}

impl fmt::Display for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let code = super::calling_codes::code_length(&self.0[1..]);
        write!(f, "+{}•••••{}", &self.0[1..=code], self.last_four())
    }
}

impl fmt::Debug for PhoneNumber {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        fmt::Display::fmt(self, f)
    }
}

/// A country by its ISO 3166-1 alpha-2 code, upper case.
#[derive(Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct Country([u8; 2]);

impl Country {
    /// A country whose code is known when compiling, such as `Country::of(b"US")`.
    #[must_use]
    pub const fn of(code: &[u8; 2]) -> Self {
        Self(*code)
    }

    /// Two ASCII letters of any case; nothing else is a country.
    #[must_use]
    pub fn parse(text: &str) -> Option<Self> {
        match text.trim().as_bytes() {
            [a, b] if a.is_ascii_alphabetic() && b.is_ascii_alphabetic() => {
                Some(Self([a.to_ascii_uppercase(), b.to_ascii_uppercase()]))
            }
            _ => None,
        }
    }

    /// The code, such as `US`.
    #[must_use]
    pub fn code(&self) -> &str {
        std::str::from_utf8(&self.0).unwrap_or("??")
    }
}

impl fmt::Display for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

impl fmt::Debug for Country {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.code())
    }
}

#[cfg(test)]
mod tests;
