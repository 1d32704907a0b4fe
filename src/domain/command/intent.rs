//! What a text wants where the grammar is not sure: a small linear model, learned from the phrasebook (`data/phrases/`) when the
//! crate is compiled. It only ever chooses among intents; times, days and places are read by the grammar.

mod concepts;
mod features;
mod kinds;
#[cfg(test)]
#[expect(dead_code, reason = "the build script uses the rest of it")]
mod learn;
#[cfg(test)]
mod tests;

use std::sync::LazyLock;

use self::features::{features, soften, word_key};
use self::kinds::INTENTS;

/// What a text wants.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub(crate) enum Intent {
    Forecast,
    Stop,
    EndOne,
    Subscribe,
    Retime,
    Redays,
    Recondition,
    Move,
    Pause,
    Skip,
    Resume,
    Trip,
    Status,
    Units,
    Language,
    Call,
    MyData,
    DeleteMe,
    No,
    Yes,
    Choose,
    Thanks,
    Greeting,
    About,
    WrongNumber,
    Mistaken,
    Machine,
    Other,
}

/// How likely each intent is, for one text.
#[derive(Debug, Clone, PartialEq)]
pub(crate) struct Heard {
    odds: [f32; INTENTS],
}

impl Heard {
    /// Listens to a text. Bounded for any text; some microseconds for a usual one.
    pub(crate) fn of(text: &str) -> Self {
        let model = &*MODEL;
        let mut odds = [0.0_f32; INTENTS];
        for feature in features(text, |key| model.row(key).is_some()) {
            let Some(row) = model.row(feature.key) else {
                continue;
            };
            let weights = &model.weights[row * INTENTS..(row + 1) * INTENTS];
            for (odd, weight) in odds.iter_mut().zip(weights) {
                *odd += f32::from(weight.cast_signed()) * model.scale * feature.value;
            }
        }
        soften(&mut odds);
        Self { odds }
    }

    /// How likely it is.
    pub(crate) const fn odds(&self, intent: Intent) -> f32 {
        self.odds[intent as usize]
    }

    /// The likeliest, and how likely it is.
    pub(crate) fn best(&self) -> (Intent, f32) {
        let mut best = (Intent::Forecast, self.odds(Intent::Forecast));
        for intent in ALL {
            if self.odds(intent) > best.1 {
                best = (intent, self.odds(intent));
            }
        }
        best
    }
}

impl Heard {
    /// The same in the light of what else is known: each intent so many times as likely.
    pub(crate) fn weighted(&self, times: impl Fn(Intent) -> f32) -> Self {
        let mut odds = ALL.map(|intent| self.odds(intent) * times(intent));
        let sum: f32 = odds.iter().sum();
        for odd in &mut odds {
            *odd /= sum.max(1e-6);
        }
        Self { odds }
    }

    /// The same with one intent taken for another.
    pub(crate) fn counted_as(&self, one: Intent, other: Intent) -> Self {
        let mut odds = self.odds;
        odds[other as usize] += odds[one as usize];
        odds[one as usize] = 0.0;
        Self { odds }
    }

    /// The three likeliest, likeliest first.
    pub(crate) fn ranked(&self) -> [(Intent, f32); 3] {
        let mut all = ALL.map(|intent| (intent, self.odds(intent)));
        all.sort_by(|a, b| b.1.total_cmp(&a.1));
        [all[0], all[1], all[2]]
    }
}

/// Whether the phrasebook has the word; most names of places it has not.
pub(crate) fn is_known(word: &str) -> bool {
    MODEL.row(word_key(word)).is_some()
}

/// In the order of the enum.
pub(crate) const ALL: [Intent; INTENTS] = {
    use Intent as I;
    [
        I::Forecast,
        I::Stop,
        I::EndOne,
        I::Subscribe,
        I::Retime,
        I::Redays,
        I::Recondition,
        I::Move,
        I::Pause,
        I::Skip,
        I::Resume,
        I::Trip,
        I::Status,
        I::Units,
        I::Language,
        I::Call,
        I::MyData,
        I::DeleteMe,
        I::No,
        I::Yes,
        I::Choose,
        I::Thanks,
        I::Greeting,
        I::About,
        I::WrongNumber,
        I::Mistaken,
        I::Machine,
        I::Other,
    ]
};

/// As `learn::Table::to_bytes` writes it.
struct Model {
    keys: Vec<u32>,
    weights: &'static [u8],
    scale: f32,
}

impl Model {
    fn row(&self, key: u32) -> Option<usize> {
        self.keys.binary_search(&key).ok()
    }

    fn read(bytes: &'static [u8]) -> Option<Self> {
        let (count, rest) = bytes.split_first_chunk::<4>()?;
        let (scale, rest) = rest.split_first_chunk::<4>()?;
        let count = usize::try_from(u32::from_le_bytes(*count)).ok()?;
        let (keys, weights) = rest.split_at_checked(count.checked_mul(4)?)?;
        let (keys, _) = keys.as_chunks::<4>();
        (weights.len() == count.checked_mul(INTENTS)?).then(|| Self {
            keys: keys.iter().map(|key| u32::from_le_bytes(*key)).collect(),
            weights,
            scale: f32::from_le_bytes(*scale),
        })
    }
}

/// Without a table nothing is likelier than anything else, and the grammar decides alone.
static MODEL: LazyLock<Model> = LazyLock::new(|| {
    Model::read(include_bytes!(concat!(env!("OUT_DIR"), "/intents.bin"))).unwrap_or(Model {
        keys: Vec::new(),
        weights: &[],
        scale: 0.0,
    })
});
