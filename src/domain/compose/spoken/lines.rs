//! Everything we say on the phone that is no forecast: whole words only, numbers and keys spelled, no sentence a dead end.

use crate::domain::compose::catalogue::catalogue;

catalogue! {
    /// A sentence or two, with places to fill.
    pub(in crate::domain) enum Line in "lines" {
        Hello = "hello",
        AskZip = "ask_zip",
        AskZipAgain = "ask_zip_again",
        AskPostcode = "ask_postcode",
        AskPostcodeAgain = "ask_postcode_again",
        Offer = "offer",
        DidYouMean = "did_you_mean",
        Several = "several",
        Option = "option",
        OptionOther = "option_other",
        Taken = "taken",
        UnknownPlace = "unknown_place",
        NotUnderstood = "not_understood",
        NotHeard = "not_heard",
        GiveUp = "give_up",
        Goodbye = "goodbye",
        PressEight = "press_eight",
        PressEightAgain = "press_eight_again",
        LanguageOption = "language_option",
        MenuOwed = "menu_owed",
        MenuText = "menu_text",
        MenuTomorrow = "menu_tomorrow",
        MenuToday = "menu_today",
        MenuAnother = "menu_another",
        MenuDaily = "menu_daily",
        MenuStop = "menu_stop",
        MenuResume = "menu_resume",
        MenuResumeDaily = "menu_resume_daily",
        MenuAgain = "menu_again",
        MenuRetry = "menu_retry",
        Late = "late",
        Down = "down",
        CallAgain = "call_again",
        NoWeather = "no_weather",
        NotThatFar = "not_that_far",
        HereIsYourForecast = "here_is_your_forecast",
        Texted = "texted",
        Promised = "promised",
        Subscribed = "subscribed",
        SubscribedSo = "subscribed_so",
        Stopped = "stopped",
        Paused = "paused",
        Resumed = "resumed",
        ResumedDaily = "resumed_daily",
        NoneToStop = "none_to_stop",
        HowToStop = "how_to_stop",
        HowToHangUp = "how_to_hang_up",
        NoNumber = "no_number",
        StoppedAtCarrier = "stopped_at_carrier",
        Unreachable = "unreachable",
        StoppedWithUs = "stopped_with_us",
        TooManyTexts = "too_many_texts",
        TooManyDaily = "too_many_daily",
        TooManyCalls = "too_many_calls",
        Failed = "failed",
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compose::catalogue::problems;
    use crate::domain::language::Language;

    #[test]
    fn the_catalogue_is_whole() {
        assert_eq!(
            problems(Line::NAMES, Line::FILES, false),
            Vec::<String>::new()
        );
    }

    /// What a voice cannot read, or reads as something else.
    #[test]
    fn every_line_can_be_read_aloud() {
        for (file, language) in Line::FILES.iter().zip(Language::ALL) {
            for line in file.lines().filter(|line| !line.starts_with('#')) {
                let text = line.split_once('=').map_or("", |(_, text)| text.trim());
                let text = text.trim_matches('"');
                let odd = |c: char| c.is_ascii_digit() || "/&%°+*#".contains(c);
                assert!(!text.contains(odd), "{language:?}: {text}");
                assert!(text.is_empty() || text.ends_with(['.', '?']), "{text}");
            }
        }
    }
}
