//! Tests of `domain/phone.rs`.

use super::*;

#[test]
fn shows_country_code_and_last_four_only() {
    let anna = PhoneNumber::parse("+1 (415) 555-0101").unwrap();
    assert_eq!(anna.e164(), "+14155550101");
    assert_eq!(format!("{anna}"), "+1•••••0101");
    assert_eq!(format!("{anna:?}"), "+1•••••0101");
    assert_eq!(
        format!("{}", PhoneNumber::parse("+33639981234").unwrap()),
        "+33•••••1234"
    );
}

#[test]
fn refuses_what_is_no_number_without_repeating_it() {
    for bad in [
        "",
        "4155550101",
        "+1415",
        "+1415555010112345",
        "+1415x550101",
        "+0415550101",
        "Twilio",
        "anonymous",
        "+",
    ] {
        let error = PhoneNumber::parse(bad).unwrap_err().to_string();
        assert!(error.contains("+14155550101"));
    }
    assert_eq!(
        PhoneNumber::parse("0033639981234").unwrap().e164(),
        "+33639981234"
    );
}
