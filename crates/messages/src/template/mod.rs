//! Texts with variables that shops write once and send often. Refuses unknown variables, missing facts and values that would
//! change the text around them.

mod defaults;
mod read;
mod render;
mod variable;

pub use defaults::default_texts;
pub use read::{Template, TemplateProblem};
pub use render::{Facts, Item, Preview, RenderError};
pub use variable::Variable;

use crate::understand::Language;

/// A shop's text may have so many signs.
pub const LONGEST_TEMPLATE: usize = 2_000;
/// What is sent may have so many signs: one message of a messenger.
pub const LONGEST_MESSAGE: usize = 4_096;

/// A text in both languages of the country.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Pair {
    pub ru: Template,
    pub kk: Template,
}

impl Pair {
    /// Reads both texts; problems name their language.
    ///
    /// # Errors
    /// Every problem of both texts.
    pub fn parse(ru: &str, kk: &str) -> Result<Self, Vec<(Language, TemplateProblem)>> {
        match (Template::parse(ru), Template::parse(kk)) {
            (Ok(ru), Ok(kk)) => Ok(Self { ru, kk }),
            (ru, kk) => {
                let russian = ru
                    .err()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|problem| (Language::Ru, problem));
                let kazakh = kk
                    .err()
                    .unwrap_or_default()
                    .into_iter()
                    .map(|problem| (Language::Kk, problem));
                Err(russian.chain(kazakh).collect())
            }
        }
    }

    /// The text for somebody who writes in this language; Kazakh for Kazakh alone, as everybody reads Russian.
    pub const fn of(&self, language: Language) -> &Template {
        match language {
            Language::Kk => &self.kk,
            Language::Ru | Language::Mix | Language::En => &self.ru,
        }
    }

    /// Variables that stand in one text only: most likely forgotten in the other.
    pub fn one_sided(&self) -> Vec<Variable> {
        let (ru, kk) = (self.ru.variables(), self.kk.variables());
        Variable::ALL
            .into_iter()
            .filter(|variable| ru.contains(variable) != kk.contains(variable))
            .collect()
    }
}
