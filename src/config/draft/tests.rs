//! Tests of `config/draft.rs`.

use super::*;

#[test]
fn only_the_lines_of_the_keys_change() {
    let mut draft = Draft::new(None);
    draft.set("server.public_url", "https://weather.example.org");
    draft.set("twilio.from", "+15005550006");
    draft.set("weather.contact", "a \"quoted\" word");
    let before: Vec<_> = keys::DOCUMENTED.lines().collect();
    let after: Vec<_> = draft.text().lines().collect();
    assert_eq!(before.len(), after.len());
    let changed: Vec<_> = (0..before.len())
        .filter(|at| before[*at] != after[*at])
        .map(|at| after[at])
        .collect();
    assert_eq!(
        changed,
        [
            "public_url = \"https://weather.example.org\"",
            "from = \"+15005550006\"",
            "contact = 'a \"quoted\" word'"
        ]
    );
    assert_eq!(draft.trouble_with("twilio.from"), None);
    assert_eq!(draft.value("twilio.from").unwrap(), "+15005550006");
    assert_eq!(draft.value("twilio.messaging_service_sid"), None);
    draft.set("twilio.from", "5005550006");
    assert!(draft.trouble_with("twilio.from").is_some());
    draft.unset("twilio.from");
    assert!(draft.text().contains("\n# from = \"5005550006\"\n"));
}

#[test]
fn a_file_of_somebody_is_gone_on_with() {
    let theirs = "[server]\n# mine\npublic_url = \"https://old.example.org\"\n[limits]\ncountries = [\"US\"]\n";
    let mut draft = Draft::new(Some(theirs.to_owned()));
    draft.set("server.public_url", "https://new.example.org");
    draft.set("limits.contact", "x");
    draft.set("twilio.from", "+15005550006");
    assert_eq!(
        draft.text(),
        "[server]\n# mine\npublic_url = \"https://new.example.org\"\n[limits]\ncontact = \"x\"\n\
         countries = [\"US\"]\n\n[twilio]\nfrom = \"+15005550006\"\n"
    );
}

#[test]
fn secrets_take_their_line_and_leave_the_others() {
    let made = with_secrets(
        None,
        &[("TWILIO_AUTH_TOKEN", "abc"), ("ADMIN_PASSWORD", "p")],
    );
    assert!(made.contains("\nTWILIO_AUTH_TOKEN=abc\n"), "{made}");
    assert!(made.contains("\nADMIN_PASSWORD=p\n") && !made.contains("#ADMIN_PASSWORD="));
    assert!(made.contains("\nTWILIO_ACCOUNT_SID=\n"));
    let theirs = "OTHER=1\nexport TWILIO_AUTH_TOKEN=old\n# TWILIO_AUTH_TOKEN=older\n".to_owned();
    assert_eq!(
        with_secrets(Some(theirs), &[("TWILIO_AUTH_TOKEN", "new")]),
        "OTHER=1\nTWILIO_AUTH_TOKEN=new\n# TWILIO_AUTH_TOKEN=older\n"
    );
}
