//! Catalogues: wording as data, one small file a language, that a translator can edit without reading code.
//!
//! A file has lines of `key = "text"`, comments after `#`, and empty lines. A text may have places to fill: `{place}`.
//! Tests refuse a catalogue in which a key is missing, unknown or double, in which a text has other places to fill than
//! the English one, or a letter that is not GSM-7 where texts are sent.

use crate::domain::language::Language;

/// Declares an enum of keys and the six files (`en.txt`, `es.txt`, …) of a folder beside the module that hold their texts.
macro_rules! catalogue {
    ($(#[$doc:meta])* $vis:vis enum $Key:ident in $folder:literal { $($Variant:ident = $name:literal),* $(,)? }) => {
        $(#[$doc])*
        #[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
        $vis enum $Key { $($Variant),* }

        impl $Key {
            const NAMES: &'static [&'static str] = &[$($name),*];
            const FILES: [&'static str; 6] = [
                include_str!(concat!($folder, "/en.txt")),
                include_str!(concat!($folder, "/es.txt")),
                include_str!(concat!($folder, "/fr.txt")),
                include_str!(concat!($folder, "/de.txt")),
                include_str!(concat!($folder, "/pt.txt")),
                include_str!(concat!($folder, "/it.txt")),
            ];

            /// The text in a language.
            $vis fn text(self, language: $crate::domain::language::Language) -> &'static str {
                static TEXTS: std::sync::LazyLock<$crate::domain::compose::catalogue::Texts> =
                    std::sync::LazyLock::new(|| {
                        $crate::domain::compose::catalogue::Texts::read($Key::NAMES, $Key::FILES)
                    });
                TEXTS.get(language, self as usize)
            }

            /// The text in a language, with its places filled.
            $vis fn fill(self, language: $crate::domain::language::Language, with: &[(&str, &str)]) -> String {
                $crate::domain::compose::catalogue::fill(self.text(language), with)
            }
        }

        // A catalogue may have nothing to fill.
        const _: fn($Key, $crate::domain::language::Language, &[(&str, &str)]) -> String = $Key::fill;
    };
}
pub(in crate::domain) use catalogue;

/// The texts of a catalogue by language and key.
pub(in crate::domain) struct Texts(Vec<Vec<&'static str>>);

impl Texts {
    /// Reads six files. What another language lacks is in English, so that nothing is ever empty; tests see to it that
    /// nothing lacks.
    pub(in crate::domain) fn read(names: &[&str], files: [&'static str; 6]) -> Self {
        let english: Vec<&str> = texts_of(names, files[0], None);
        Self(
            files
                .iter()
                .map(|file| texts_of(names, file, Some(&english)))
                .collect(),
        )
    }

    pub(in crate::domain) fn get(&self, language: Language, key: usize) -> &'static str {
        let texts = self.0.get(language as usize);
        texts
            .and_then(|texts| texts.get(key))
            .copied()
            .unwrap_or("")
    }
}

fn texts_of(
    names: &[&str],
    file: &'static str,
    english: Option<&[&'static str]>,
) -> Vec<&'static str> {
    let entries: std::collections::HashMap<_, _> = entries(file).collect();
    let text = |(at, name): (usize, &&str)| {
        let other = || english.and_then(|english| english.get(at).copied());
        entries.get(name).copied().or_else(other).unwrap_or("")
    };
    names.iter().enumerate().map(text).collect()
}

/// The lines of a file: key and text.
fn entries(file: &'static str) -> impl Iterator<Item = (&'static str, &'static str)> {
    file.lines().filter_map(|line| {
        let (key, text) = line.split_once('=')?;
        let text = text.trim().strip_prefix('"')?.strip_suffix('"')?;
        (!key.starts_with('#')).then_some((key.trim(), text))
    })
}

/// Fills `{name}` by what stands for it.
pub(in crate::domain) fn fill(template: &str, with: &[(&str, &str)]) -> String {
    let mut out = String::with_capacity(template.len() + 40);
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        out.push_str(before);
        let Some((name, after)) = after.split_once('}') else {
            rest = after;
            break;
        };
        if let Some((_, text)) = with.iter().find(|(key, _)| *key == name) {
            out.push_str(text);
        }
        rest = after;
    }
    out.push_str(rest);
    out
}

/// What is wrong with a catalogue, a line each; nothing where it is whole.
#[cfg(test)]
pub(in crate::domain) fn problems(
    names: &[&str],
    files: [&'static str; 6],
    gsm_7_only: bool,
) -> Vec<String> {
    let mut found = Vec::new();
    let english: std::collections::HashMap<_, _> = entries(files[0]).collect();
    for (language, file) in Language::ALL.into_iter().zip(files) {
        let code = language.code();
        let mut seen = std::collections::HashSet::new();
        for line in file.lines().map(str::trim) {
            let is_entry = entries_of_line(line);
            if !line.is_empty() && !line.starts_with('#') && !is_entry {
                found.push(format!("{code}: not read: {line}"));
            }
        }
        for (key, text) in entries(file) {
            if !names.contains(&key) {
                found.push(format!("{code}: no text has the key {key}"));
            }
            if !seen.insert(key) {
                found.push(format!("{code}: {key} comes twice"));
            }
            if gsm_7_only && crate::domain::message::septets_of(text).is_none() {
                found.push(format!("{code}: {key} has a letter that is not GSM-7"));
            }
            if english
                .get(key)
                .is_some_and(|english| holes(english) != holes(text))
            {
                found.push(format!(
                    "{code}: {key} has other places to fill than in English"
                ));
            }
        }
        for name in names.iter().filter(|name| !seen.contains(*name)) {
            found.push(format!("{code}: {name} is missing"));
        }
    }
    found
}

#[cfg(test)]
fn entries_of_line(line: &str) -> bool {
    line.split_once('=').is_some_and(|(_, text)| {
        let text = text.trim();
        text.len() >= 2 && text.starts_with('"') && text.ends_with('"')
    })
}

#[cfg(test)]
fn holes(text: &str) -> std::collections::BTreeSet<&str> {
    text.split('{')
        .skip(1)
        .filter_map(|rest| rest.split_once('}'))
        .map(|(name, _)| name)
        .collect()
}

#[cfg(test)]
mod tests;
