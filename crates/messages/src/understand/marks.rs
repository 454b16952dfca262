//! Words that say what a number or an answer is: units, parts of the body, yes and no. Refuses to combine them.

use super::fold::Token;
use super::glossary::{Glossary, Group, Groups};
use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/marks.txt");

/// Every group of the file by its name.
#[derive(Debug)]
pub struct Marks {
    glossary: Glossary,
    pub height: Group,
    pub weight: Group,
    pub kg: Group,
    pub cm: Group,
    pub metre: Group,
    pub years: Group,
    pub months: Group,
    pub foot: Group,
    pub chest: Group,
    pub waist: Group,
    pub hips: Group,
    pub size: Group,
    pub piece: Group,
    pub tenge: Group,
    pub thousand: Group,
    pub budget: Group,
    pub upto: Group,
    pub order: Group,
    pub yes: Group,
    pub no: Group,
    pub not: Group,
    pub not_after: Group,
    pub fits: Group,
    pub confirm: Group,
    pub affirm: Group,
    pub not_age: Group,
    pub doubt: Group,
    pub rather: Group,
    pub larger: Group,
    pub smaller: Group,
    pub tight: Group,
    pub wide: Group,
    pub either: Group,
    pub ask: Group,
    pub can: Group,
    pub thanks: Group,
    pub filler: Group,
    pub greet_tail: Group,
    pub stop: Group,
    pub leave: Group,
    pub bother: Group,
    pub quit: Group,
    pub mailing: Group,
    pub send: Group,
    pub why: Group,
    pub undersized: Group,
    pub oversized: Group,
    pub instead: Group,
    pub instead_after: Group,
    pub link: Group,
    pub but: Group,
    pub ship: Group,
    pub hurry: Group,
    pub object: Group,
    pub call: Group,
    pub per: Group,
    pub withdraw: Group,
}

/// The marks, read when they are first needed.
pub fn marks() -> &'static Marks {
    static MARKS: LazyLock<Marks> = LazyLock::new(Marks::read);
    &MARKS
}

impl Marks {
    fn read() -> Self {
        let glossary = Glossary::read(FILE);
        Self {
            height: glossary.group("height"),
            weight: glossary.group("weight"),
            kg: glossary.group("kg"),
            cm: glossary.group("cm"),
            metre: glossary.group("metre"),
            years: glossary.group("years"),
            months: glossary.group("months"),
            foot: glossary.group("foot"),
            chest: glossary.group("chest"),
            waist: glossary.group("waist"),
            hips: glossary.group("hips"),
            size: glossary.group("size"),
            piece: glossary.group("piece"),
            tenge: glossary.group("tenge"),
            thousand: glossary.group("thousand"),
            budget: glossary.group("budget"),
            upto: glossary.group("upto"),
            order: glossary.group("order"),
            yes: glossary.group("yes"),
            no: glossary.group("no"),
            not: glossary.group("not"),
            not_after: glossary.group("not_after"),
            fits: glossary.group("fits"),
            confirm: glossary.group("confirm"),
            not_age: glossary.group("not_age"),
            affirm: glossary.group("affirm"),
            doubt: glossary.group("doubt"),
            rather: glossary.group("rather"),
            larger: glossary.group("larger"),
            smaller: glossary.group("smaller"),
            tight: glossary.group("tight"),
            wide: glossary.group("wide"),
            either: glossary.group("either"),
            ask: glossary.group("ask"),
            can: glossary.group("can"),
            thanks: glossary.group("thanks"),
            filler: glossary.group("filler"),
            greet_tail: glossary.group("greet_tail"),
            stop: glossary.group("stop"),
            leave: glossary.group("leave"),
            bother: glossary.group("bother"),
            quit: glossary.group("quit"),
            mailing: glossary.group("mailing"),
            send: glossary.group("send"),
            why: glossary.group("why"),
            undersized: glossary.group("undersized"),
            oversized: glossary.group("oversized"),
            instead: glossary.group("instead"),
            instead_after: glossary.group("instead_after"),
            link: glossary.group("link"),
            but: glossary.group("but"),
            ship: glossary.group("ship"),
            hurry: glossary.group("hurry"),
            object: glossary.group("object"),
            call: glossary.group("call"),
            per: glossary.group("per"),
            withdraw: glossary.group("withdraw"),
            glossary,
        }
    }

    /// What a word marks.
    pub fn of(&self, token: &Token) -> Groups {
        self.glossary.of(&token.key)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_group_of_the_file_is_asked_for_by_its_name() {
        let source = include_str!("marks.rs");
        for name in marks().glossary.names() {
            assert!(source.contains(&format!("glossary.group(\"{name}\")")), "{name}");
        }
        let asked = source.matches(": glossary.group(\"").count();
        assert_eq!(asked, marks().glossary.names().len());
    }
}
