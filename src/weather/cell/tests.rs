//! Tests of `weather/cell.rs`.

use super::*;
use crate::domain::place::Coordinates;
use proptest::prelude::*;

fn spot(latitude: f64, longitude: f64, elevation_m: Option<i16>) -> Spot {
    Spot {
        coordinates: Coordinates::new(latitude, longitude).unwrap(),
        elevation_m,
        country: None,
    }
}

#[test]
fn neighbours_share_a_cell_unless_one_lives_on_the_hill() {
    let station = Cell::of(&spot(47.3782, 8.5402, Some(408)));
    let lake = Cell::of(&spot(47.3790, 8.5300, Some(412)));
    let hill = Cell::of(&spot(47.3782, 8.5402, Some(671)));
    assert_eq!(station, lake);
    assert_ne!(station, hill);
    assert_ne!(station, Cell::of(&spot(47.3782, 8.5402, None)));
}

#[test]
fn cells_have_stable_names() {
    assert_eq!(
        Cell::of(&spot(51.5085, -0.1257, Some(25))).to_string(),
        "51.50,-0.15,0"
    );
    assert_eq!(
        Cell::of(&spot(31.5, 35.48, Some(-430))).to_string(),
        "31.50,35.50,-500"
    );
    assert_eq!(
        Cell::of(&spot(-90.0, 180.0, None)).to_string(),
        "-90.00,-180.00,-"
    );
}

#[test]
fn other_texts_are_no_cells() {
    for text in [
        "",
        "1,2",
        "1,2,3,4",
        "91.00,0.00,-",
        "nan,0.00,-",
        "0,0,x",
        "0,0,99999999",
    ] {
        assert_eq!(text.parse::<Cell>(), Err(NotACell), "{text}");
    }
}

proptest! {
    #[test]
    fn a_name_leads_back_to_its_cell(
        latitude in -90.0..=90.0_f64, longitude in -180.0..=180.0_f64, height in proptest::option::of(any::<i16>())
    ) {
        let cell = Cell::of(&spot(latitude, longitude, height));
        prop_assert_eq!(cell.to_string().parse::<Cell>(), Ok(cell));
        prop_assert!((300..1740).contains(&cell.lead_s()));
    }
}
