//! The manner of a text: begging, belonging to somebody, sent by a machine, about the weather.

use super::super::vocabulary::WEATHER_WORDS;
use super::super::words::{Word, is_one_of};
use super::Said;

impl Said<'_> {
    /// "Don't stop", "never stop", "non smettete": the opposite of an opt-out.
    pub(crate) fn begs_to_go_on(&self) -> bool {
        const STOPS: &str = "stop|stopping|quit|cancel|end|unsubscribe|aufhoren|aufhort|abmelden|kundigen|pares|paren|pareis|dejes|dejen|\
        dejar|smettere|smettete|smettetela|fermatevi|arretez|arrete|arreter|pare|parem|para|parar|disiscrivermi|disiscrivere|disdire|\
        cancellarmi|desuscribirme|borrarme|desabonner|desinscrire|resilier|cancelar|cancela|cancelem|sair|desinscrever|deixem|deixe|deixes|dejeis";
        const NOTS: &str =
            "dont|not|never|cant|wont|nicht|nid|ned|net|nod|nunca|nie|didnt|ni|wouldnt|jamais|pas";
        const NOT_BEFORE: &str = "no|non|nao";
        const ENGLISH: &str = "stop|stopping|quit|cancel|end|unsubscribe";
        const BETWEEN: &str = "to|want|ever|please|wanna|mai|jamas|do|you|dare|mica|voglio|vorrei|quiero|queremos|quero|veux|me|mi|m|mich|\
        desabonner|se|les|le|ocurra|ocurran|es|de|pensez|pense|a|surtout|nem|deve|vai|vou|de";
        const NOT_AT_ONCE: &str = "narretez|narrete|narretes|narreter|narretons";
        let mut words = self.plain.all.iter();
        if words.any(|word| is_one_of(&word.fold, NOT_AT_ONCE)) && self.has_any(&["pas", "jamais"])
        {
            return true;
        }
        if (self.plain.has("nicht auf")
            || self.has_any(&["nie auf", "nie auf damit", "niemals auf"]))
            && self.has_any(&[
                "hor",
                "hort",
                "hore",
                "horen",
                "aufhoren",
                "bitte nicht auf",
                "bloss nicht auf",
            ])
            && !self.has_any(&["warum", "wieso", "weshalb", "endlich", "wenn"])
        {
            return true;
        }
        let before_it = |at: usize| {
            let mut before = (0..at).rev().take(5).map(|before| self.plain.get(before));
            let found = before.find(|word| !is_one_of(word, BETWEEN));
            // "No, cancel it": the no is one of its own.
            let near = at.checked_sub(1).and_then(|last| self.plain.all.get(last));
            let parted = near.is_some_and(|word| {
                self.plain.source[word.at.end..].starts_with([',', '.', '!', ';', ':'])
            });
            found.filter(|_| !parted)
        };
        (1..self.plain.len()).any(|at| {
            let word = self.plain.get(at);
            let not = before_it(at).is_some_and(|word| is_one_of(word, NOTS));
            // "No stop" is an opt-out, "no pares", "non voglio mica disiscrivermi" are none.
            let no = before_it(at).is_some_and(|word| is_one_of(word, NOT_BEFORE))
                && !is_one_of(word, ENGLISH);
            is_one_of(word, STOPS) && (not || no)
        })
    }

    /// Whether what is asked stands in quotation marks only, and something else around them: "my wife says 'stop it'".
    pub(crate) fn only_quotes(&self, asks: impl Fn(&str) -> bool) -> bool {
        let typed = self.typed();
        let marks = |c: char| matches!(c, '"' | '«' | '»' | '“' | '”' | '„');
        let mut parts = typed.splitn(3, marks);
        let (Some(before), Some(inner), Some(behind)) = (parts.next(), parts.next(), parts.next())
        else {
            return false;
        };
        let around = format!("{before} {behind}");
        let told = around.split_whitespace().count();
        // "I said "stop"" is one's own.
        let own = [
            "i said", "i say", "ich sag", "j ai dit", "jai dit", "he dicho", "ho detto",
            "eu disse", "type", "reply",
        ];
        told >= 2 && asks(inner.trim()) && !asks(around.trim()) && !self.has_any(&own)
    }

    /// Whether most of it is letters: coordinates are not.
    pub(crate) fn is_prose(&self) -> bool {
        let letters = self.typed().chars().filter(|c| c.is_alphabetic()).count();
        letters >= 12 && letters * 5 > self.typed().chars().count() * 2
    }

    /// As it was typed.
    pub(crate) fn typed(&self) -> &str {
        self.plain.source.trim()
    }

    /// Whether a word of the weather stands in it.
    pub(crate) fn is_of_weather(&self) -> bool {
        (0..self.plain.len()).any(|at| WEATHER_WORDS.contains(self.plain.get(at)))
    }

    /// "Mum's": something of somebody.
    pub(crate) fn has_an_owner(&self) -> bool {
        const NONE: &str = "its|thats|whats|lets|heres|theres|hows|whos|wheres|todays|tomorrows|tonights|he|she|it|that|what|let";
        let typed = |word: &Word| self.plain.source.get(word.at.clone()).unwrap_or("");
        self.plain.all.iter().any(|word| {
            let owned = typed(word)
                .strip_suffix("'s")
                .or_else(|| typed(word).strip_suffix("’s"));
            owned.is_some_and(|_| !is_one_of(&word.fold, NONE))
        })
    }

    /// Whether it has what machines put in: a link, a long number, money, a quotation.
    pub(crate) fn looks_sent(&self) -> bool {
        let source = self.plain.source;
        let digits = source.chars().filter(char::is_ascii_digit).count();
        digits >= 3
            || source.contains("://")
            || source.contains(['"', '“', '”', '„', '«', '»', '「', '$', '€', '£', '₹', '%'])
            || source
                .split_whitespace()
                .next()
                .is_some_and(|first| first.ends_with(':'))
    }
}
