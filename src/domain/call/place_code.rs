//! A place as one piece of an address: plain, unreserved characters, so that nobody on the way rewrites it.

use crate::domain::phone::Country;
use crate::domain::place::{Coordinates, Place};
use crate::domain::zone::Zone;

/// Longer names are cut: they are only spoken.
const MAX_NAME_CHARS: usize = 80;

/// `45.74846~4.84671~173~FR~Europe_2f_Paris~Lyon~Auvergne_2d_Rh_f4_ne_2d_Alpes~`
pub(super) fn write(place: &Place) -> String {
    let at = place.coordinates;
    let elevation = place.elevation_m.map(|m| m.to_string());
    let parts = [
        at.latitude().to_string(),
        at.longitude().to_string(),
        elevation.unwrap_or_default(),
        place.country.code().to_owned(),
        escape(place.zone.name()),
        escape(&place.name),
        escape(place.admin1.as_deref().unwrap_or_default()),
        escape(place.admin1_code.as_deref().unwrap_or_default()),
    ];
    parts.join("~")
}

/// Reads [`write`]; `None` for anything else.
pub(super) fn read(text: &str) -> Option<Place> {
    let parts: Vec<&str> = text.split('~').collect();
    let [
        latitude,
        longitude,
        elevation,
        country,
        zone,
        name,
        admin1,
        code,
    ] = parts[..]
    else {
        return None;
    };
    let filled = |text: &str| -> Option<Option<String>> {
        let text = unescape(text)?;
        Some((!text.is_empty()).then_some(text))
    };
    let elevation_m = match elevation {
        "" => None,
        metres => Some(metres.parse().ok()?),
    };
    Some(Place {
        name: filled(name)??,
        admin1: filled(admin1)?,
        admin1_code: filled(code)?,
        country: Country::parse(country)?,
        coordinates: Coordinates::new(latitude.parse().ok()?, longitude.parse().ok()?)?,
        elevation_m,
        zone: Zone::named(&unescape(zone)?)?,
    })
}

/// Letters and digits of ASCII as they are, everything else as its code: `_f4_`.
fn escape(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 8);
    for c in text.chars().take(MAX_NAME_CHARS) {
        if c.is_ascii_alphanumeric() {
            out.push(c);
        } else {
            out.push_str(&format!("_{:x}_", u32::from(c)));
        }
    }
    out
}

fn unescape(text: &str) -> Option<String> {
    let mut out = String::with_capacity(text.len());
    // Between two marks stands a code, outside of them text: every second piece.
    for (index, piece) in text.split('_').enumerate() {
        if index % 2 == 0 {
            let is_plain = piece.bytes().all(|b| b.is_ascii_alphanumeric());
            out.push_str(is_plain.then_some(piece)?);
        } else {
            out.push(char::from_u32(u32::from_str_radix(piece, 16).ok()?)?);
        }
    }
    let is_closed = text.bytes().filter(|b| *b == b'_').count() % 2 == 0;
    (is_closed && out.chars().count() <= MAX_NAME_CHARS).then_some(out)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn lyon() -> Place {
        Place {
            name: "Lyon".into(),
            admin1: Some("Auvergne-Rhône-Alpes".into()),
            admin1_code: None,
            country: Country::of(b"FR"),
            coordinates: Coordinates::new(45.74846, 4.84671).unwrap(),
            elevation_m: Some(173),
            zone: Zone::named("Europe/Paris").unwrap(),
        }
    }

    #[test]
    fn a_place_reads_back() {
        let code = write(&lyon());
        assert_eq!(
            code,
            "45.74846~4.84671~173~FR~Europe_2f_Paris~Lyon~Auvergne_2d_Rh_f4_ne_2d_Alpes~"
        );
        assert_eq!(read(&code), Some(lyon()));
    }

    proptest! {
        #[test]
        fn any_name_reads_back_from_plain_characters(
            name in ".{1,80}", admin1 in proptest::option::of(".{1,80}"), latitude in -90.0..=90.0f64,
            longitude in -180.0..=180.0f64, elevation_m in proptest::option::of(any::<i16>()),
        ) {
            let place = Place {
                name, admin1, elevation_m, coordinates: Coordinates::new(latitude, longitude).unwrap(), ..lyon()
            };
            let code = write(&place);
            prop_assert!(code.bytes().all(|b| b.is_ascii_alphanumeric() || b"_~.-".contains(&b)), "{}", code);
            prop_assert_eq!(read(&code), Some(place));
        }

        #[test]
        fn nonsense_is_no_place(text in ".{0,120}|[0-9~._a-zA-Z-]{0,120}") {
            if let Some(place) = read(&text) {
                prop_assert!(!place.name.is_empty());
            }
        }
    }
}
