//! A typed text, cut into folded words, with what each of them is.

use super::fold::fold;
use super::fuzzy::Effort;
use super::gazetteer::Gazetteer;
use super::words::Class;

/// Longer texts hold no place's name.
const MOST_BYTES: usize = 400;
const MOST_WORDS: usize = 24;

/// A text ready to be read.
pub(crate) struct Query<'t> {
    /// As typed, cut.
    pub(crate) raw: &'t str,
    /// Folded words.
    pub(crate) words: Vec<String>,
    classes: Vec<Class>,
    empty: bool,
    /// What is left for mistyped names.
    pub(crate) effort: Effort,
    /// How many words at the front, at the back may be dropped.
    lead: usize,
    tail: usize,
}

/// The start of a text of any length.
pub(crate) fn cut(text: &str) -> &str {
    let text = text.trim_start();
    let mut end = text.len().min(MOST_BYTES);
    while !text.is_char_boundary(end) {
        end -= 1;
    }
    text[..end].trim_end()
}

impl<'t> Query<'t> {
    /// `None` when there are no words, or too many.
    pub(crate) fn read(gazetteer: &Gazetteer, raw: &'t str) -> Option<Self> {
        let folded = fold(&part_scripts(raw));
        let words: Vec<String> = folded
            .split(' ')
            .filter(|w| !w.is_empty())
            .map(str::to_owned)
            .collect();
        if words.is_empty() || words.len() > MOST_WORDS {
            return None;
        }
        let mut classes: Vec<Class> = words
            .iter()
            .map(|word| Class::of(gazetteer, word))
            .collect();
        mark_phrases(gazetteer, &words, &mut classes);
        let all = classes.iter().all(|class| class.may_be_dropped());
        // "weather in la": with nothing else left, la is Los Angeles.
        let name = classes.iter().rposition(|class| class.is_name());
        let (lead, tail) = match (all, name) {
            (true, Some(at)) => (at, words.len() - at - 1),
            _ => (
                classes.iter().take_while(|c| c.may_be_dropped()).count(),
                classes
                    .iter()
                    .rev()
                    .take_while(|c| c.may_be_dropped())
                    .count(),
            ),
        };
        if all && let Some(at) = name {
            classes[at] = Class::default();
        }
        Some(Self {
            raw,
            empty: all && name.is_none(),
            effort: Effort::of_one_text(),
            words,
            classes,
            lead,
            tail,
        })
    }

    /// The whole text, folded.
    pub(crate) fn whole(&self) -> String {
        self.words.join(" ")
    }

    pub(crate) fn class(&self, at: usize) -> Class {
        self.classes[at]
    }

    /// Whether every word may be dropped.
    pub(crate) fn is_all_filler(&self) -> bool {
        self.empty
    }

    /// Whether a word outside of a range shows that a place is asked for.
    pub(crate) fn asks_beside(&self, (start, end): (usize, usize)) -> bool {
        (0..self.words.len()).any(|at| !(start..end).contains(&at) && self.classes[at].is_topic())
    }

    /// The ranges of words that may be the place: all outside of them is filler. Longest first.
    pub(crate) fn windows(&self) -> Vec<(usize, usize)> {
        let count = self.words.len();
        let (lead, tail) = if self.is_all_filler() {
            (count, count)
        } else {
            (self.lead, self.tail)
        };
        let mut windows: Vec<(usize, usize)> = (0..=lead.min(count - 1))
            .flat_map(|start| {
                (count - tail..=count)
                    .filter(move |end| start < *end)
                    .map(move |end| (start, end))
            })
            // Filler alone is a name only when it is the whole text, or holds a word such as "rain".
            .filter(|&(start, end)| {
                (start, end) == (0, count) || (start..end).any(|at| !self.classes[at].is_filler())
            })
            .collect();
        windows.sort_by_key(|(start, end)| (count - (end - start), *start));
        windows.truncate(120);
        windows
    }

    /// The words without filler at both ends; empty when all is filler.
    pub(crate) fn core(&self) -> (usize, usize) {
        if self.is_all_filler() {
            (0, 0)
        } else {
            (self.lead, self.words.len() - self.tail)
        }
    }

    /// Whether a word stood in the text in capitals, as codes do.
    pub(crate) fn is_upper(&self, word: &str) -> bool {
        let upper = word.to_uppercase();
        self.raw
            .split(|c: char| !c.is_alphanumeric())
            .any(|piece| piece == upper)
    }
}

/// "thank you", "how is it": phrases of several words that are filler as a whole.
fn mark_phrases(gazetteer: &Gazetteer, words: &[String], classes: &mut [Class]) {
    for start in 0..words.len() {
        for length in 2..=4.min(words.len() - start) {
            let class = Class::of(gazetteer, &words[start..start + length].join(" "));
            if class.is_filler() {
                classes[start..start + length].fill(class);
            }
        }
    }
}

/// Words about weather in scripts that put no space after them.
const UNSPACED: &[&str] = &[
    "天气预报",
    "天氣預報",
    "天気予報",
    "天气怎么样",
    "天氣怎麼樣",
    "天气",
    "天氣",
    "天気",
    "怎么样",
    "怎麼樣",
    "气温",
    "氣溫",
    "気温",
    "今天",
    "明天",
    "后天",
    "今日",
    "明日",
    "今晚",
    "今夜",
    "週末",
    "周末",
    "予報",
    "预报",
    "預報",
    "教えて",
    "下雨吗",
    "雨",
    "날씨",
    "오늘",
    "내일",
    "예보",
    "기온",
    "주말",
    "알려줘",
    "어때",
    "สภาพอากาศ",
    "พยากรณ์อากาศ",
    "อากาศ",
    "วันนี้",
    "พรุ่งนี้",
    "ที่",
];

/// Puts spaces around such words, and drops the particle that ties them to the name.
fn part_scripts(raw: &str) -> String {
    if raw.is_ascii() {
        return raw.to_owned();
    }
    let mut text = raw.to_owned();
    for word in ["空港", "机场", "機場", "공항"] {
        text = text.replace(word, &format!(" {word} "));
    }
    for word in UNSPACED {
        // 雨 alone is part of names; only with another such word it is weather.
        if *word != "雨" && text.contains(word) && text != *word {
            text = text.replace(word, " ");
        }
    }
    if text == raw {
        return text;
    }
    text.split(' ')
        .map(|piece| {
            piece
                .trim_matches(['？', '?', '！', '。', '、'])
                .trim_end_matches(['の', '的', 'は', 'の', '을', '를'])
                .trim_start_matches(['の', '的'])
        })
        .collect::<Vec<_>>()
        .join(" ")
}
