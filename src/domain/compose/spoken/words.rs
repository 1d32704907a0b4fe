//! The words of spoken forecasts, a file a language.

use jiff::civil::Weekday;

use crate::domain::compose::catalogue::catalogue;
use crate::domain::compose::outlook::{Cover, Kind, Murk, Name, Strength};

catalogue! {
    /// A word or a phrase with places to fill.
    pub(super) enum Word in "words" {
        TitleNow = "title_now",
        TitleTonight = "title_tonight",
        TitleToday = "title_today",
        TitleDay = "title_day",
        Title = "title",
        Monday = "monday",
        Tuesday = "tuesday",
        Wednesday = "wednesday",
        Thursday = "thursday",
        Friday = "friday",
        Saturday = "saturday",
        Sunday = "sunday",
        Noon = "noon",
        Midnight = "midnight",
        HalfSmallHours = "half_small_hours",
        HalfMorning = "half_morning",
        HalfAfternoon = "half_afternoon",
        HalfEvening = "half_evening",
        HalfNight = "half_night",
        AtHour = "at_hour",
        UntilHour = "until_hour",
        FromHour = "from_hour",
        AroundHour = "around_hour",
        BetweenHours = "between_hours",
        AllDay = "all_day",
        RestOfDay = "rest_of_day",
        AllEvening = "all_evening",
        LateEvening = "late_evening",
        AllNight = "all_night",
        NextHours = "next_hours",
        InNight = "in_night",
        InMorning = "in_morning",
        InMidday = "in_midday",
        InAfternoon = "in_afternoon",
        InEvening = "in_evening",
        PartNight = "part_night",
        PartMorning = "part_morning",
        PartMidday = "part_midday",
        PartAfternoon = "part_afternoon",
        PartEvening = "part_evening",
        FromPartToPart = "from_part_to_part",
        LightRain = "light_rain",
        Rain = "rain",
        HeavyRain = "heavy_rain",
        LightShowers = "light_showers",
        Showers = "showers",
        HeavyShowers = "heavy_showers",
        Storms = "storms",
        StrongStorms = "strong_storms",
        Hail = "hail",
        Sleet = "sleet",
        FreezingRain = "freezing_rain",
        LightSnow = "light_snow",
        Snow = "snow",
        HeavySnow = "heavy_snow",
        SnowShowers = "snow_showers",
        HeavySnowShowers = "heavy_snow_showers",
        AndSnow = "and_snow",
        AndRain = "and_rain",
        WithThunder = "with_thunder",
        Fog = "fog",
        FreezingFog = "freezing_fog",
        Smoke = "smoke",
        Haze = "haze",
        Dust = "dust",
        Sunny = "sunny",
        MostlySunny = "mostly_sunny",
        Sunshine = "sunshine",
        SunAndClouds = "sun_and_clouds",
        Clear = "clear",
        MostlyClear = "mostly_clear",
        PartlyCloudy = "partly_cloudy",
        Cloudy = "cloudy",
        Dry = "dry",
        ButDry = "but_dry",
        DryNextHours = "dry_next_hours",
        SlightChance = "slight_chance",
        Chance = "chance",
        OnAndOff = "on_and_off",
        Spell = "spell",
        Turning = "turning",
        TurningAt = "turning_at",
        And = "and",
        Then = "then",
        UntilThen = "until_then",
        OfSnow = "of_snow",
        LessThan = "less_than",
        AboutAmount = "about_amount",
        Range = "range",
        MoreThan = "more_than",
        Degree = "degree",
        Degrees = "degrees",
        Kilometers = "kilometers",
        Miles = "miles",
        MetersSecond = "meters_second",
        Millimeters = "millimeters",
        Centimeter = "centimeter",
        Centimeters = "centimeters",
        Inch = "inch",
        Inches = "inches",
        HalfInch = "half_inch",
        Present = "present",
        High = "high",
        HighLate = "high_late",
        Falling = "falling",
        Low = "low",
        LowTonight = "low_tonight",
        HighAndLow = "high_and_low",
        FeelsHot = "feels_hot",
        FeelsCold = "feels_cold",
        WarmerThanYesterday = "warmer_than_yesterday",
        WarmerThanToday = "warmer_than_today",
        ColderThanYesterday = "colder_than_yesterday",
        ColderThanToday = "colder_than_today",
        UvVeryHigh = "uv_very_high",
        UvExtreme = "uv_extreme",
        Wind = "wind",
        StrongWind = "strong_wind",
        FromNorth = "from_north",
        FromNorthEast = "from_north_east",
        FromEast = "from_east",
        FromSouthEast = "from_south_east",
        FromSouth = "from_south",
        FromSouthWest = "from_south_west",
        FromWest = "from_west",
        FromNorthWest = "from_north_west",
        WindSpeed = "wind_speed",
        Gusts = "gusts",
        Day = "day",
        AtTime = "at_time",
        Age = "age",
        AgeDay = "age_day",
    }
}

/// The day of the week.
pub(super) const fn weekday(day: Weekday) -> Word {
    match day {
        Weekday::Monday => Word::Monday,
        Weekday::Tuesday => Word::Tuesday,
        Weekday::Wednesday => Word::Wednesday,
        Weekday::Thursday => Word::Thursday,
        Weekday::Friday => Word::Friday,
        Weekday::Saturday => Word::Saturday,
        Weekday::Sunday => Word::Sunday,
    }
}

/// What falls, without what comes with it.
pub(super) const fn fall(name: Name) -> Word {
    match (name.kind, name.strength) {
        (Kind::Rain, Strength::Light) => Word::LightRain,
        (Kind::Rain, Strength::Plain) => Word::Rain,
        (Kind::Rain, Strength::Heavy) => Word::HeavyRain,
        (Kind::Showers, Strength::Light) => Word::LightShowers,
        (Kind::Showers, Strength::Plain) => Word::Showers,
        (Kind::Showers, Strength::Heavy) => Word::HeavyShowers,
        (Kind::Thunder, Strength::Heavy) => Word::StrongStorms,
        (Kind::Thunder, _) => Word::Storms,
        (Kind::Hail, _) => Word::Hail,
        (Kind::Sleet, _) => Word::Sleet,
        (Kind::FreezingRain, _) => Word::FreezingRain,
        (Kind::Snow, Strength::Light) => Word::LightSnow,
        (Kind::Snow, Strength::Plain) => Word::Snow,
        (Kind::Snow, Strength::Heavy) => Word::HeavySnow,
        (Kind::SnowShowers, Strength::Heavy) => Word::HeavySnowShowers,
        (Kind::SnowShowers, _) => Word::SnowShowers,
    }
}

/// `sunny` by day is `clear` by night.
pub(super) const fn cover(cover: Cover, by_day: bool) -> Word {
    match (cover, by_day) {
        (Cover::Clear, true) => Word::Sunny,
        (Cover::MostlyClear, true) => Word::MostlySunny,
        (Cover::Mixed, true) => Word::SunAndClouds,
        (Cover::Clear, false) => Word::Clear,
        (Cover::MostlyClear, false) => Word::MostlyClear,
        (Cover::Mixed, false) => Word::PartlyCloudy,
        (Cover::Cloudy, _) => Word::Cloudy,
    }
}

/// What hides the sky.
pub(super) const fn murk(murk: Murk) -> Word {
    match murk {
        Murk::Fog => Word::Fog,
        Murk::FreezingFog => Word::FreezingFog,
        Murk::Smoke => Word::Smoke,
        Murk::Haze => Word::Haze,
        Murk::Dust => Word::Dust,
    }
}

/// Where the wind comes from.
pub(super) fn compass(degrees: u16) -> Word {
    const POINTS: [Word; 8] = [
        Word::FromNorth,
        Word::FromNorthEast,
        Word::FromEast,
        Word::FromSouthEast,
        Word::FromSouth,
        Word::FromSouthWest,
        Word::FromWest,
        Word::FromNorthWest,
    ];
    POINTS[usize::from((degrees % 360 + 22) / 45) % 8]
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::domain::compose::catalogue::problems;

    #[test]
    fn the_catalogue_is_whole() {
        assert_eq!(
            problems(Word::NAMES, Word::FILES, false),
            Vec::<String>::new()
        );
    }
}
