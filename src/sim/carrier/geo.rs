//! What the carrier knows of a number: its country, and for North America the place of its rate centre.

/// The geography fields of a webhook; empty where the carrier knows nothing.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) struct Geo {
    pub(crate) country: &'static str,
    pub(crate) state: &'static str,
    pub(crate) city: &'static str,
    pub(crate) zip: &'static str,
}

const NOTHING: Geo = Geo {
    country: "",
    state: "",
    city: "",
    zip: "",
};

/// Area code, country, state or province, city, zip. Cities come in capitals, as the carrier sends them.
const AREAS: &[(&str, &str, &str, &str, &str)] = &[
    ("201", "US", "NJ", "JERSEY CITY", "07302"),
    ("202", "US", "DC", "WASHINGTON", "20001"),
    ("206", "US", "WA", "SEATTLE", "98101"),
    ("212", "US", "NY", "NEW YORK", "10001"),
    ("213", "US", "CA", "LOS ANGELES", "90012"),
    ("214", "US", "TX", "DALLAS", "75201"),
    ("215", "US", "PA", "PHILADELPHIA", "19102"),
    ("242", "BS", "", "", ""),
    ("246", "BB", "", "", ""),
    ("303", "US", "CO", "DENVER", "80202"),
    ("305", "US", "FL", "MIAMI", "33130"),
    ("312", "US", "IL", "CHICAGO", "60602"),
    ("313", "US", "MI", "DETROIT", "48226"),
    ("345", "KY", "", "", ""),
    ("403", "CA", "AB", "CALGARY", ""),
    ("404", "US", "GA", "ATLANTA", "30303"),
    ("415", "US", "CA", "SAN FRANCISCO", "94110"),
    ("416", "CA", "ON", "TORONTO", ""),
    ("503", "US", "OR", "PORTLAND", "97204"),
    ("504", "US", "LA", "NEW ORLEANS", "70112"),
    ("505", "US", "NM", "ALBUQUERQUE", "87102"),
    ("512", "US", "TX", "AUSTIN", "78701"),
    ("514", "CA", "QC", "MONTREAL", ""),
    ("602", "US", "AZ", "PHOENIX", "85003"),
    ("604", "CA", "BC", "VANCOUVER", ""),
    ("612", "US", "MN", "MINNEAPOLIS", "55401"),
    ("617", "US", "MA", "BOSTON", "02108"),
    ("702", "US", "NV", "LAS VEGAS", "89101"),
    ("713", "US", "TX", "HOUSTON", "77002"),
    ("716", "US", "NY", "BUFFALO", "14202"),
    ("787", "PR", "PR", "SAN JUAN", "00901"),
    ("801", "US", "UT", "SALT LAKE CITY", "84101"),
    ("808", "US", "HI", "HONOLULU", "96813"),
    ("876", "JM", "", "", ""),
    ("907", "US", "AK", "ANCHORAGE", "99501"),
];

/// Dialling code and country; longer codes stand before the shorter ones they begin with.
const COUNTRIES: &[(&str, &str)] = &[
    ("+231", "LR"),
    ("+234", "NG"),
    ("+254", "KE"),
    ("+351", "PT"),
    ("+353", "IE"),
    ("+354", "IS"),
    ("+358", "FI"),
    ("+420", "CZ"),
    ("+680", "PW"),
    ("+685", "WS"),
    ("+852", "HK"),
    ("+971", "AE"),
    ("+972", "IL"),
    ("+977", "NP"),
    ("+20", "EG"),
    ("+27", "ZA"),
    ("+30", "GR"),
    ("+31", "NL"),
    ("+32", "BE"),
    ("+33", "FR"),
    ("+34", "ES"),
    ("+36", "HU"),
    ("+39", "IT"),
    ("+40", "RO"),
    ("+41", "CH"),
    ("+43", "AT"),
    ("+44", "GB"),
    ("+45", "DK"),
    ("+46", "SE"),
    ("+47", "NO"),
    ("+48", "PL"),
    ("+49", "DE"),
    ("+51", "PE"),
    ("+52", "MX"),
    ("+54", "AR"),
    ("+55", "BR"),
    ("+56", "CL"),
    ("+57", "CO"),
    ("+61", "AU"),
    ("+62", "ID"),
    ("+63", "PH"),
    ("+64", "NZ"),
    ("+65", "SG"),
    ("+66", "TH"),
    ("+81", "JP"),
    ("+82", "KR"),
    ("+84", "VN"),
    ("+86", "CN"),
    ("+90", "TR"),
    ("+91", "IN"),
    ("+92", "PK"),
    ("+1", "US"),
    ("+7", "RU"),
];

/// Looks a number up; short codes, alphanumeric and anonymous senders have no place.
pub(crate) fn of(phone: &str) -> Geo {
    if let Some(national) = phone.strip_prefix("+1") {
        let area = AREAS.iter().find(|(code, ..)| national.starts_with(code));
        if let Some(&(_, country, state, city, zip)) = area {
            return Geo {
                country,
                state,
                city,
                zip,
            };
        }
    }
    COUNTRIES
        .iter()
        .find(|(code, _)| phone.starts_with(code))
        .map_or(NOTHING, |&(_, country)| Geo { country, ..NOTHING })
}
