//! What can be said: a key for each text, whose wording in each language stands in `catalogue/*.txt`.

use crate::domain::compose::catalogue::{Texts, catalogue};
use crate::domain::language::Language;

catalogue! {
    /// A text, or a part of one.
    pub(super) enum Say in "catalogue" {
        Today = "today",
        Tomorrow = "tomorrow",
        WeekdayNames = "weekday_names",
        WeekdayShort = "weekday_short",
        Months = "months",
        Date = "date",
        LongDate = "long_date",
        OnWeekday = "on_weekday",
        OnDate = "on_date",
        FromNear = "from_near",
        FromWeekday = "from_weekday",
        FromDate = "from_date",
        UntilNear = "until_near",
        UntilWeekday = "until_weekday",
        UntilDate = "until_date",
        Then = "then",
        At = "at",
        AfterResume = "after_resume",
        EveryDay = "every_day",
        Weekdays = "weekdays",
        Weekends = "weekends",
        ByCall = "by_call",
        ByCallDaily = "by_call_daily",
        IfRain = "if_rain",
        IfSnow = "if_snow",
        IfFrost = "if_frost",
        IfWind = "if_wind",
        IfHeat = "if_heat",
        IfRainLikely = "if_rain_likely",
        IfSnowLikely = "if_snow_likely",
        IfFrostMetric = "if_frost_metric",
        IfFrostImperial = "if_frost_imperial",
        IfWindMetric = "if_wind_metric",
        IfWindImperial = "if_wind_imperial",
        IfHeatMetric = "if_heat_metric",
        IfHeatImperial = "if_heat_imperial",
        AndMore = "and_more",
        Several = "several",
        AllDaily = "all_daily",
        PausedNote = "paused_note",
        PausedUntilNote = "paused_until_note",
        TripNote = "trip_note",
        Menu = "menu",
        Help = "help",
        Greeting = "greeting",
        Thanks = "thanks",
        NoThen = "no_then",
        TextOnly = "text_only",
        NoCalls = "no_calls",
        Calling = "calling",
        CallWhere = "call_where",
        LanguageName = "language_name",
        LanguageSet = "language_set",
        WhichLanguage = "which_language",
        NothingToChoose = "nothing_to_choose",
        NotUnderstood = "not_understood",
        HowToStop = "how_to_stop",
        WrongPerson = "wrong_person",
        AboutUs = "about_us",
        Pausing = "pausing",
        PausingOne = "pausing_one",
        WhichPlace = "which_place",
        UnknownPlace = "unknown_place",
        UnknownPlaceUnsaid = "unknown_place_unsaid",
        DidYouMean = "did_you_mean",
        Choice = "choice",
        ChoiceUnsure = "choice_unsure",
        WrongNumber = "wrong_number",
        WrongNumberOne = "wrong_number_one",
        Late = "late",
        NoWeather = "no_weather",
        NoForecast = "no_forecast",
        WindowNow = "window_now",
        WindowToday = "window_today",
        WindowTonight = "window_tonight",
        WindowTomorrow = "window_tomorrow",
        WindowWeekday = "window_weekday",
        WindowWeekend = "window_weekend",
        WindowWeek = "window_week",
        WindowHours = "window_hours",
        DailyHint = "daily_hint",
        DailyHintShort = "daily_hint_short",
        Guessed = "guessed",
        NeverCame = "never_came",
        Trouble = "trouble",
        Confirmation = "confirmation",
        ConfirmationShort = "confirmation_short",
        ConfirmationShorter = "confirmation_shorter",
        ConfirmationShortest = "confirmation_shortest",
        Local = "local",
        Passed = "passed",
        Changed = "changed",
        ChangedShort = "changed_short",
        NoneYet = "none_yet",
        NoneYetHere = "none_yet_here",
        DailyWhere = "daily_where",
        BadTime = "bad_time",
        WhichDays = "which_days",
        MoveWhere = "move_where",
        TooMany = "too_many",
        AlreadyYours = "already_yours",
        OwnPlace = "own_place",
        WhichSubscription = "which_subscription",
        UnitsMetric = "units_metric",
        UnitsImperial = "units_imperial",
        WhichUnits = "which_units",
        PausedUntil = "paused_until",
        Paused = "paused",
        ResumedOne = "resumed_one",
        NotPaused = "not_paused",
        Skipped = "skipped",
        NothingToSkip = "nothing_to_skip",
        TripHow = "trip_how",
        TripHowLong = "trip_how_long",
        TripSet = "trip_set",
        TripOver = "trip_over",
        NoTrip = "no_trip",
        Status = "status",
        StatusShort = "status_short",
        StatusShorter = "status_shorter",
        StatusNext = "status_next",
        StatusNone = "status_none",
        StatusNoneHere = "status_none_here",
        LastToday = "last_today",
        LastYesterday = "last_yesterday",
        LastOf = "last_of",
        LastDate = "last_date",
        OnItsWay = "on_its_way",
        WasSent = "was_sent",
        WasDelivered = "was_delivered",
        WasNotDelivered = "was_not_delivered",
        WasSkipped = "was_skipped",
        MayBeLost = "may_be_lost",
        Metric = "metric",
        Imperial = "imperial",
        MyData = "my_data",
        MyDataLanguage = "my_data_language",
        MyDataPlace = "my_data_place",
        MyDataDaily = "my_data_daily",
        MyDataNone = "my_data_none",
        MyDataMore = "my_data_more",
        Stopped = "stopped",
        StopNotice = "stop_notice",
        HeldNotice = "held_notice",
        Resumed = "resumed",
        Restarted = "restarted",
        RestartedAnew = "restarted_anew",
        AlreadyOn = "already_on",
        EndedLast = "ended_last",
        EndedOne = "ended_one",
        EndedOneOfMany = "ended_one_of_many",
        NotYoursNorAny = "not_yours_nor_any",
        NotYours = "not_yours",
        NotYoursShort = "not_yours_short",
        DeleteQuestion = "delete_question",
        NotErased = "not_erased",
        Erased = "erased",
    }
}

impl Say {
    /// Every text with its name.
    pub(super) fn named(language: Language) -> impl Iterator<Item = (&'static str, &'static str)> {
        let texts = Texts::read(Self::NAMES, Self::FILES);
        let named = Self::NAMES.iter().enumerate();
        named.map(move |(at, name)| (*name, texts.get(language, at)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compose::catalogue::problems;

    #[test]
    fn the_catalogue_is_whole() {
        let found = problems(Say::NAMES, Say::FILES, true);
        assert!(found.is_empty(), "{}", found.join("\n"));
    }

    #[test]
    fn lists_of_names_are_complete() {
        for language in Language::ALL {
            let count = |key: Say| key.text(language).split(' ').count();
            assert_eq!(count(Say::WeekdayNames), 7, "{language:?}");
            assert_eq!(count(Say::WeekdayShort), 7, "{language:?}");
            assert_eq!(count(Say::Months), 12, "{language:?}");
        }
    }
}
