//! Who is on the phone, as far as we know, and whether they may be texted.

use std::fmt;

use jiff::Timestamp;

use crate::domain::language::Language;
use crate::domain::phone::{Country, PhoneNumber};
use crate::domain::place::Place;
use crate::domain::subscriber::{Pause, Standing, StoppedBy, Subscriber, Subscription, Units};

/// Who is on the phone.
#[derive(Clone, PartialEq)]
pub struct Caller {
    /// Their number; `None` when it is withheld.
    pub phone: Option<PhoneNumber>,
    /// Where their number is from; of a withheld one, where ours is.
    pub country: Option<Country>,
    /// The state of their number (`CA`), a tie-break between towns of one name.
    pub state: Option<String>,
    /// The place that their number hints at, where we know nothing better of them.
    pub hint: Option<Place>,
    /// What we know of them.
    pub me: Option<Subscriber>,
}

/// Whether a caller may be texted.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Texting {
    /// Yes.
    May,
    /// Their number is withheld.
    NoNumber,
    /// They stopped our texts.
    Stopped(StoppedBy),
}

impl Caller {
    /// The place meant when none is named.
    #[must_use]
    pub fn own_place(&self) -> Option<&Place> {
        self.me.as_ref()?.own_place()
    }

    /// Chosen units, else those of the number's country, else metric.
    #[must_use]
    pub fn units(&self) -> Units {
        let by_country = self.country.map_or(Units::Metric, Units::of_country);
        self.me.as_ref().map_or(by_country, Subscriber::units)
    }

    /// The language to be answered in: the chosen one, else the one heard, else that of the number's country.
    #[must_use]
    pub fn language(&self) -> Language {
        let chosen = self.me.as_ref().and_then(|me| me.language);
        let heard = self.me.as_ref().and_then(|me| me.heard);
        Language::for_reader(chosen, heard, self.country)
    }

    /// Whether they may be texted.
    #[must_use]
    pub fn texting(&self) -> Texting {
        if self.phone.is_none() {
            return Texting::NoNumber;
        }
        match self.me.as_ref().map(|me| &me.standing) {
            Some(Standing::Stopped { by, .. }) => Texting::Stopped(*by),
            Some(Standing::Active) | None => Texting::May,
        }
    }

    /// Whether they have daily texts that could be stopped or resumed.
    #[must_use]
    pub fn has_daily(&self) -> bool {
        self.me
            .as_ref()
            .is_some_and(|me| !me.subscriptions.is_empty())
    }
}

impl Caller {
    /// Whether all of their daily texts are paused.
    #[must_use]
    pub fn is_paused(&self, now: Timestamp) -> bool {
        let paused = |mine: &Subscription| {
            let today = now.to_zoned(mine.place.zone.rules().clone()).date();
            let until = |pause: Pause| pause.until.is_none_or(|until| until > today);
            mine.pause.is_some_and(until)
        };
        self.texting() == Texting::May
            && self.has_daily()
            && self.me.iter().flat_map(|me| &me.subscriptions).all(paused)
    }
}

impl fmt::Debug for Caller {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Caller")
            .field("phone", &self.phone)
            .field("country", &self.country)
            .field("is_known", &self.me.is_some())
            .finish_non_exhaustive()
    }
}
