//! Spoken: greetings, asking for a place, choosing among several, and what to say when nothing was understood.

/// Words that a recognizer should expect beside the names of places.
pub const HINT_TOMORROW: &str = "tomorrow";

/// The first words to somebody whose place we do not know.
#[must_use]
pub fn hello() -> String {
    "Hello, this is weatherline.".to_owned()
}

/// Asks for a place, where postcodes are ZIP codes of five digits.
#[must_use]
pub fn ask_place_or_zip() -> String {
    "For which place would you like the weather? Say the town and the state, or key in the ZIP code.".to_owned()
}

/// The same, after something went wrong.
#[must_use]
pub fn ask_place_or_zip_again() -> String {
    "Please say the name of a town and its state, for example, Boulder, Colorado. Or key in the five digits of a ZIP code."
        .to_owned()
}

/// Asks for a place, anywhere.
#[must_use]
pub fn ask_place_or_postcode() -> String {
    "For which place would you like the weather? Say the town, or key in its postcode and then the hash key."
        .to_owned()
}

/// The same, after something went wrong.
#[must_use]
pub fn ask_place_or_postcode_again() -> String {
    "Please say the name of a town and its country, for example, Lyon, in France. Or key in the digits of its \
     postcode, and then the hash key."
        .to_owned()
}

/// One reading, not a sure one.
#[must_use]
pub fn did_you_mean(name: &str) -> String {
    format!(
        "Did you mean {name}? If so, press one or say yes. For another place, press zero or say no."
    )
}

/// Several places of one name.
#[must_use]
pub fn choice(names: &[String]) -> String {
    let mut text = String::from("There are several. ");
    for (name, key) in names.iter().zip(["one", "two", "three", "four"]) {
        text.push_str(&format!("For {name}, press {key}. "));
    }
    text.push_str("For another place, press zero.");
    text
}

/// What a recognizer should expect at a choice.
#[must_use]
pub fn hints_of_choice() -> Vec<String> {
    ["yes", "no", "one", "two", "three", "four", "another place"]
        .map(str::to_owned)
        .to_vec()
}

/// Which place was taken.
#[must_use]
pub fn taken(name: &str) -> String {
    format!("I have {name}.")
}

/// No such place.
#[must_use]
pub fn unknown_place() -> String {
    "I am sorry, I do not know that place.".to_owned()
}

/// Something that is no answer.
#[must_use]
pub fn not_understood() -> String {
    "I am sorry, I did not understand that.".to_owned()
}

/// Nothing at all.
#[must_use]
pub fn not_heard() -> String {
    "I am sorry, I did not hear anything.".to_owned()
}

/// The end of a call that led nowhere, with another way.
#[must_use]
pub fn give_up() -> String {
    "I am sorry that we did not understand each other. You can also text the name of your town to this number, and get \
     the weather as a text. Goodbye."
        .to_owned()
}

/// The end.
#[must_use]
pub fn goodbye() -> String {
    "Goodbye.".to_owned()
}
