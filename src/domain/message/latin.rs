//! Letters that are not GSM-7 made plain: curly quotes straight, marks taken off, odd spaces to one space.

use std::borrow::Cow;

use unicode_normalization::UnicodeNormalization;

use super::gsm7;

/// Writes in GSM-7 what has a plain form there: typographic signs, spaces of every width, Latin letters with marks that
/// GSM-7 lacks, full-width forms. Other scripts and signs stay as they are. Control characters but line ends go.
#[must_use]
pub fn transliterate(text: &str) -> Cow<'_, str> {
    let plain = |c: char| c != '\r' && c != '\u{c}' && gsm7::septets(c).is_some();
    if text.chars().all(plain) {
        return Cow::Borrowed(text);
    }
    let mut out = String::with_capacity(text.len());
    let mut letters = text.nfc().peekable();
    let mut after_latin = false;
    while let Some(letter) = letters.next() {
        match letter {
            '\r' if letters.peek() == Some(&'\n') => {}
            '\r' | '\u{c}' => out.push('\n'),
            _ if gsm7::septets(letter).is_some() => out.push(letter),
            '\u{300}'..='\u{36f}' if after_latin => continue,
            _ => push_plain(&mut out, letter),
        }
        after_latin = out.ends_with(|c: char| c.is_ascii_alphabetic());
    }
    Cow::Owned(out)
}

fn push_plain(out: &mut String, letter: char) {
    if let Some(sign) = sign(letter) {
        out.push_str(sign);
        return;
    }
    if letter.is_control() {
        return;
    }
    if is_latin(letter) {
        // é keeps its mark; ắ (a with breve and acute) has to lose both.
        let base = std::iter::once(letter).nfd().next().unwrap_or(letter);
        if base.is_ascii_alphabetic() {
            out.push(base);
        } else {
            out.push_str(any_ascii::any_ascii_char(letter));
        }
        return;
    }
    let compatible: String = std::iter::once(letter).nfkc().collect();
    if compatible.chars().all(|c| gsm7::septets(c).is_some()) {
        out.push_str(&compatible);
    } else {
        out.push(letter);
    }
}

fn is_latin(letter: char) -> bool {
    matches!(letter,
        'ª' | 'º' | 'À'..='Ö' | 'Ø'..='ö' | 'ø'..='\u{24f}' | '\u{250}'..='\u{2af}'
        | '\u{1d00}'..='\u{1d7f}' | '\u{1e00}'..='\u{1eff}' | '\u{2c60}'..='\u{2c7f}'
        | '\u{a720}'..='\u{a7ff}' | '\u{fb00}'..='\u{fb06}')
}

/// Signs that have a plain form which neither Unicode's compatibility forms nor taking marks off would find.
fn sign(letter: char) -> Option<&'static str> {
    Some(match letter {
        '“' | '”' | '„' | '‟' | '«' | '»' | '″' | 'ʺ' | '〝' | '〞' | '❝' | '❞' => {
            "\""
        }
        '‘' | '’' | '‚' | '‛' | '`' | '´' | '′' | '‵' | '❛' | '❜' => "'",
        // Letters that look like quotes: the Hawaiian okina, Arabic and Hebrew marks, Cyrillic softness.
        'ʹ' | 'ʻ' | 'ʼ' | 'ʽ' | 'ʾ' | 'ʿ' | 'ˈ' | 'ˊ' | 'ˋ' => "'",
        '‐' | '‑' | '‒' | '–' | '—' | '―' | '−' | '•' | '‣' | '⁃' => "-",
        '‹' => "<",
        '›' => ">",
        '…' => "...",
        '·' => ".",
        '×' => "x",
        '÷' | '⁄' | '∕' => "/",
        '±' => "+/-",
        '¼' => "1/4",
        '½' => "1/2",
        '¾' => "3/4",
        'µ' | 'μ' => "u",
        '¢' => "c",
        '©' => "(c)",
        '®' => "(R)",
        '™' => "TM",
        '¦' | '∣' => "|",
        '¬' | '¨' | '¯' | '¸' | '°' | '˚' => "",
        '\t' => " ",
        '\u{2028}' | '\u{2029}' | '\u{85}' => "\n",
        // Zero-width: soft hyphen, joiners outside emoji, direction marks, byte order mark.
        '\u{ad}' | '\u{200b}' | '\u{200c}' | '\u{200e}' | '\u{200f}' | '\u{202a}'..='\u{202e}' => {
            ""
        }
        '\u{2060}'..='\u{2064}' | '\u{2066}'..='\u{2069}' | '\u{feff}' => "",
        _ if letter.is_whitespace() => " ",
        _ => return None,
    })
}
