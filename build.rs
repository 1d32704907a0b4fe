//! Makes the gazetteer's index from `data/` when the crate is compiled, so that nothing is built at start.

use std::error::Error;
use std::path::Path;

#[path = "src/places/fold.rs"]
mod fold;
#[path = "src/places/layout.rs"]
mod layout;
#[path = "src/places/make/mod.rs"]
mod make;

fn main() -> Result<(), Box<dyn Error>> {
    let data = [
        "places.gz",
        "areas.tsv",
        "nicknames.tsv",
        "patches.tsv",
        "words.tsv",
    ];
    for watched in data
        .map(|file| format!("data/{file}"))
        .iter()
        .map(String::as_str)
        .chain([
            "src/places/fold.rs",
            "src/places/layout.rs",
            "src/places/make",
        ])
    {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    make::make(Path::new("data"), Path::new(&out))
}
