//! Tests of `cli/subscriber/wish.rs`.

use super::*;

fn read(wish: &Wish<'_>) -> Result<ImportRow, String> {
    let now = "2026-11-22T12:00:00Z".parse().unwrap();
    wish.read(&mut Atlas::new(), SendTime::SEVEN, now)
}

const ANNA: Wish<'_> = Wish {
    phone: "+33 6 39 98 12 34",
    place: "lyon",
    time: "6h30",
    days: "Mon,Wed",
    units: "imperial",
    only_if: "rain",
    language: "FR",
    consent: "form of 2025",
};

#[test]
fn a_row_is_read_as_a_text_would_be() {
    let row = read(&ANNA).unwrap();
    assert_eq!(row.phone.e164(), "+33639981234");
    assert_eq!(row.subscription.place.name, "Lyon");
    assert_eq!(row.subscription.time.to_string(), "06:30");
    assert_eq!(row.subscription.days.to_string(), "mon,wed");
    assert_eq!(
        row.subscription.next.unwrap().at.to_string(),
        "2026-11-23T05:30:00Z"
    );
    let bare = read(&Wish {
        phone: "+14155550101",
        place: "94110",
        ..Wish::default()
    })
    .unwrap();
    assert_eq!(bare.subscription.time, SendTime::SEVEN);
    assert_eq!(bare.subscription.days, Days::DAILY);
    assert_eq!(
        (row.language, bare.language),
        (Some(Language::French), None)
    );
}

#[expect(clippy::too_many_lines, reason = "a table")]
#[test]
fn what_cannot_be_read_is_told_without_the_number() {
    for (wish, clause) in [
        (
            Wish {
                phone: "0639981234",
                ..ANNA
            },
            "a phone number starts with +",
        ),
        (
            Wish {
                place: "springfield",
                ..ANNA
            },
            "could be Springfield",
        ),
        (
            Wish {
                place: "qqxzvk",
                ..ANNA
            },
            "there is no place \"qqxzvk\"",
        ),
        (Wish { place: " ", ..ANNA }, "a place is missing"),
        (
            Wish {
                time: "25:00",
                ..ANNA
            },
            "a time is written like",
        ),
        (
            Wish {
                time: "paris 7am",
                ..ANNA
            },
            "a time is written like",
        ),
        (
            Wish {
                days: "someday",
                ..ANNA
            },
            "days are daily",
        ),
        (
            Wish {
                units: "kelvin",
                ..ANNA
            },
            "units are metric",
        ),
        (
            Wish {
                only_if: "hail",
                ..ANNA
            },
            "only_if is rain",
        ),
        (
            Wish {
                language: "nl",
                ..ANNA
            },
            "language is en, es, fr",
        ),
    ] {
        let told = read(&wish).err().unwrap();
        assert!(
            told.contains(clause) && !told.contains("39981234"),
            "{told}"
        );
    }
}
