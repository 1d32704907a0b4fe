//! `simulate` in a real browser: text a town from a phone on the page, subscribe, move the clock, see the forecast arrive.
//! Skipped, and says so, where there is no ChromeDriver.
#![expect(
    clippy::unwrap_used,
    clippy::panic,
    reason = "a test fails by panicking, in its helpers too"
)]

mod driver;

use std::io::{BufRead, BufReader};
use std::process::{Child, Command, Stdio};

use driver::Browser;

#[test]
fn a_newcomer_texts_a_town_subscribes_and_wakes_up_to_the_forecast() {
    let Some(browser) = Browser::start((1400, 900)) else {
        eprintln!(
            "SKIPPED: no chromedriver on this machine (Debian's packages chromium and chromium-driver)"
        );
        return;
    };
    let simulation = Simulation::start();
    browser.open(&simulation.url);
    browser.wait_for(
        "document.querySelectorAll('.phone').length >= 2",
        "two phones",
    );

    browser.type_into(".phone:nth-child(2) textarea", "lyon tomorrow\u{e007}");
    browser.wait_for(
        "document.querySelector('.phone:nth-child(2) .bubble.theirs')?.innerText.includes('Lyon')",
        "the forecast",
    );
    browser.wait_for(
        "document.querySelectorAll('#log .entry').length >= 1",
        "the wire",
    );
    // What stands on the wire is drawn as code, not as something else on the page that has a class of the same name.
    browser.click("#log .entry:first-child summary");
    browser.wait_for(
        "document.querySelectorAll('#log pre .key').length > 0",
        "the TwiML",
    );
    let differs = "Number(['fontSize', 'borderTopWidth', 'paddingTop'].some((kind) => \
        getComputedStyle(document.querySelector('#log pre .key'))[kind] !== \
        { fontSize: getComputedStyle(document.querySelector('#log pre')).fontSize, borderTopWidth: '0px', paddingTop: '0px' }[kind]))";
    assert_eq!(browser.number(differs), 0.0, "TwiML is drawn as text");
    assert_eq!(
        browser.number(
            "Number(document.querySelector('#operator').href.startsWith('http://127.0.0.1:'))"
        ),
        1.0,
        "the operator's page is linked"
    );

    browser.type_into(".phone:nth-child(2) textarea", "DAILY lyon 7am\u{e007}");
    browser.wait_for(
        "document.querySelector('#upcoming').innerText.includes('Lyon')",
        "who is due next",
    );
    let before =
        browser.number("document.querySelectorAll('.phone:nth-child(2) .bubble.theirs').length");
    browser.click("[data-move=day]");
    browser.wait_for(
        &format!(
            "document.querySelectorAll('.phone:nth-child(2) .bubble.theirs').length > {before}"
        ),
        "the morning's forecast",
    );
    browser.wait_for(
        "document.querySelector('#log').innerText.includes('weatherline texts Bruno')",
        "the REST call on the wire",
    );
    assert_eq!(
        browser.errors(),
        Vec::<String>::new(),
        "the page's console is silent"
    );
    browser.keep_picture("simulate-wide");
}

#[test]
fn a_newcomer_calls_and_is_called() {
    let Some(browser) = Browser::start((1400, 900)) else {
        eprintln!(
            "SKIPPED: no chromedriver on this machine (Debian's packages chromium and chromium-driver)"
        );
        return;
    };
    let simulation = Simulation::start();
    browser.open(&simulation.url);
    let said = |words: &str| {
        format!(
            "[...document.querySelectorAll('.call-words [lang]')].slice(-2).some((line) => line.innerText.includes('{words}'))"
        )
    };
    browser.wait_for(
        "document.querySelectorAll('.dial').length >= 2",
        "two phones",
    );
    browser.wait_for(
        "(window.voices = [], speechSynthesis.speak = (words) => window.voices.push(words.lang), true)",
        "an ear for what is read aloud",
    );
    browser.click(".phone:nth-child(2) .dial");
    browser.wait_for(&said("Pour quel endroit"), "the question");
    browser.wait_for(
        "window.voices.join() === 'fr-FR,en-US'",
        "a French voice, and an English one for the other language",
    );
    browser.type_into(".speak input", "Lyon\u{e007}");
    browser.wait_for(&said("Lyon, aujourd"), "the forecast");
    browser.click(".key:nth-child(2)");
    browser.wait_for(&said("Pour aujourd"), "tomorrow's");
    browser.wait_for(
        "document.querySelector('#log').innerText.includes('Bruno on the phone')",
        "the steps on the wire",
    );
    browser.keep_picture("simulate-call");
    browser.click(".hang-up");
    browser.wait_for("!document.querySelector('.call')", "the messages again");

    browser.type_into(".phone:nth-child(2) textarea", "appelle-moi\u{e007}");
    browser.wait_for(
        "document.querySelector('.take') !== null",
        "the ringing phone",
    );
    browser.click(".take");
    browser.wait_for(&said("avec vos pr\u{e9}visions. Lyon"), "the forecast");
    browser.click(".hang-up");
    assert_eq!(
        browser.errors(),
        Vec::<String>::new(),
        "the page's console is silent"
    );
}

#[test]
fn the_page_works_on_a_small_screen() {
    let Some(browser) = Browser::start((390, 844)) else {
        eprintln!(
            "SKIPPED: no chromedriver on this machine (Debian's packages chromium and chromium-driver)"
        );
        return;
    };
    let simulation = Simulation::start();
    browser.open(&simulation.url);
    browser.wait_for(
        "document.querySelectorAll('.phone').length >= 2",
        "two phones",
    );
    browser.type_into(".phone textarea", "?\u{e007}");
    browser.wait_for(
        "document.querySelector('.phone .bubble.theirs') !== null",
        "an answer",
    );
    let too_wide =
        browser.number("Math.max(0, document.documentElement.scrollWidth - window.innerWidth)");
    assert_eq!(too_wide, 0.0, "nothing is wider than the screen");
    assert_eq!(
        browser.errors(),
        Vec::<String>::new(),
        "the page's console is silent"
    );
    browser.keep_picture("simulate-small");
}

/// `weatherline simulate` with sample weather, on a free port.
struct Simulation {
    child: Child,
    url: String,
}

impl Simulation {
    fn start() -> Self {
        let mut child = Command::new(env!("CARGO_BIN_EXE_weatherline"))
            .args(["simulate", "--listen", "127.0.0.1:0", "--weather", "sample"])
            .stdin(Stdio::null())
            .stdout(Stdio::piped())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        let out = BufReader::new(child.stdout.take().unwrap());
        let line = out
            .lines()
            .map_while(Result::ok)
            .find(|line| line.contains("http://"))
            .unwrap();
        let url = line
            .split_whitespace()
            .find(|word| word.starts_with("http://"))
            .unwrap()
            .to_owned();
        Self { child, url }
    }
}

impl Drop for Simulation {
    fn drop(&mut self) {
        let _ = self.child.kill();
        let _ = self.child.wait();
    }
}
