//! The countries that a phone number can be from: ISO 3166-1 alpha-2, and XK, which Kosovo's numbers use.

use crate::domain::phone::Country;

/// The country of a code of two letters in any case, if there is one.
pub(super) fn country(text: &str) -> Option<Country> {
    let country = Country::parse(text)?;
    CODES
        .split(' ')
        .any(|code| code == country.code())
        .then_some(country)
}

const CODES: &str = "\
    AD AE AF AG AI AL AM AO AQ AR AS AT AU AW AX AZ BA BB BD BE BF BG BH BI BJ BL BM BN BO BQ BR BS BT BV BW \
    BY BZ CA CC CD CF CG CH CI CK CL CM CN CO CR CU CV CW CX CY CZ DE DJ DK DM DO DZ EC EE EG EH ER ES ET FI \
    FJ FK FM FO FR GA GB GD GE GF GG GH GI GL GM GN GP GQ GR GS GT GU GW GY HK HM HN HR HT HU ID IE IL IM IN \
    IO IQ IR IS IT JE JM JO JP KE KG KH KI KM KN KP KR KW KY KZ LA LB LC LI LK LR LS LT LU LV LY MA MC MD ME \
    MF MG MH MK ML MM MN MO MP MQ MR MS MT MU MV MW MX MY MZ NA NC NE NF NG NI NL NO NP NR NU NZ OM PA PE PF \
    PG PH PK PL PM PN PR PS PT PW PY QA RE RO RS RU RW SA SB SC SD SE SG SH SI SJ SK SL SM SN SO SR SS ST SV \
    SX SY SZ TC TD TF TG TH TJ TK TL TM TN TO TR TT TV TW TZ UA UG UM US UY UZ VA VC VE VG VI VN VU WF WS XK \
    YE YT ZA ZM ZW";

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn knows_countries_from_pairs_of_letters() {
        assert_eq!(country("us").unwrap().code(), "US");
        assert!(country("UK").is_none() && country("ZZ").is_none() && country("USA").is_none());
        assert_eq!(CODES.split(' ').filter(|code| code.len() == 2).count(), 250);
        assert_eq!(CODES.len(), 250 * 3 - 1);
    }
}
