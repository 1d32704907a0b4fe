//! Makes the gazetteer's index and the intent model from `data/` when the crate is compiled, so that nothing is built at start.

use std::error::Error;
use std::fs;
use std::path::Path;

#[path = "src/domain/command/intent/concepts.rs"]
mod concepts;
#[path = "src/domain/command/intent/features.rs"]
mod features;
#[path = "src/places/fold.rs"]
mod fold;
#[path = "src/domain/command/intent/kinds.rs"]
mod kinds;
#[path = "src/places/layout.rs"]
mod layout;
#[path = "src/domain/command/intent/learn.rs"]
mod learn;
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
    for watched in [
        "data/phrases",
        "src/domain/command/intent",
        "src/domain/command/dictionary",
        "src/domain/command/vocabulary.txt",
    ] {
        println!("cargo:rerun-if-changed={watched}");
    }
    let out = std::env::var_os("OUT_DIR").ok_or("OUT_DIR is not set")?;
    let out = Path::new(&out);
    fs::write(out.join("intents.bin"), intents(Path::new("data/phrases"))?)?;
    make::make(Path::new("data"), out)
}

/// Learns from the phrasebook.
fn intents(phrases: &Path) -> Result<Vec<u8>, Box<dyn Error>> {
    let mut files: Vec<_> = fs::read_dir(phrases)?
        .map(|file| Ok(file?.path()))
        .collect::<Result<_, std::io::Error>>()?;
    files.sort();
    let names = fs::read_to_string(phrases.join("places.txt"))?;
    let names: Vec<&str> = names.lines().collect();
    let mut examples = Vec::new();
    for file in files.iter().filter(|file| !file.ends_with("places.txt")) {
        let book = fs::read_to_string(file)?;
        let read = learn::read_book(&book, &learn::NAMES, &names, 2)
            .map_err(|error| format!("{}: {error}", file.display()))?;
        examples.extend(read);
    }
    Ok(learn::learn(&examples, kinds::INTENTS).to_bytes())
}
