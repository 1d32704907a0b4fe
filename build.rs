//! Makes the gazetteer's index from `data/` when the crate is compiled, so that nothing is built at start.

use std::error::Error;
use std::path::Path;

#[path = "src/places/fold.rs"]
mod fold;
#[path = "src/places/make/mod.rs"]
mod make;

fn main() -> Result<(), Box<dyn Error>> {
    for watched in ["data", "src/places/fold.rs", "src/places/make"] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    make::make(Path::new("data"), Path::new(&out))
}
