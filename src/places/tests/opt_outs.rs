//! No town of the gazetteer is taken for an opt-out, alone or with where it lies, whoever texts it.

use super::super::gazetteer::{Gazetteer, SpotId};
use crate::domain::command::{is_opt_out, is_opt_out_in};
use crate::domain::phone::Country;

#[test]
fn no_town_is_an_opt_out_at_home_or_abroad() {
    let gazetteer = Gazetteer::embedded();
    let (mut wrong, mut read) = (Vec::new(), 0);
    for id in 0..gazetteer.spots() {
        let spot = gazetteer.spot(SpotId(id));
        if spot.people < 1_000 {
            continue;
        }
        read += 1;
        let name = spot.name.read();
        let stops = is_opt_out(&name)
            || is_opt_out(&format!("{name}, {}", spot.country.code()))
            || is_opt_out_in(&name, spot.country)
            || HOMES.iter().any(|home| {
                is_opt_out_in(
                    &format!("{name}, {}", spot.country.code()),
                    Country::of(home),
                )
            });
        if stops {
            wrong.push(format!("{name} {}", spot.country.code()));
        }
    }
    assert!(read > 50_000, "{read}");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Where our languages are spoken.
const HOMES: [&[u8; 2]; 6] = [b"US", b"ES", b"FR", b"DE", b"BR", b"IT"];
