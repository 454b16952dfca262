//! The words of the program in three languages, from the Fluent files in `locales/`. Refuses to invent: a missing text shows
//! as `⟦key⟧`.

mod arg;
mod grammar;

pub use arg::Arg;
pub use grammar::Grammar;
pub use sauda_accounts::Language;

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use std::sync::OnceLock;
use unic_langid::LanguageIdentifier;

#[derive(rust_embed::RustEmbed)]
#[folder = "locales"]
struct Files;

/// What is wrong with the files; a test keeps this empty.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{file}: {what}")]
pub struct WordsError {
    pub file: String,
    pub what: String,
}

/// All texts. Safe to share between threads.
pub struct Words {
    russian: FluentBundle<FluentResource>,
    kazakh: FluentBundle<FluentResource>,
    english: FluentBundle<FluentResource>,
    errors: Vec<WordsError>,
}

impl Words {
    /// The texts of this process, read once.
    pub fn shared() -> &'static Self {
        static SHARED: OnceLock<Words> = OnceLock::new();
        SHARED.get_or_init(|| {
            let words = Self::load();
            for error in words.errors() {
                tracing::error!("texts: {error}");
            }
            words
        })
    }

    /// Reads the texts: in debug builds from the folder, so that a page may show a change at once.
    pub fn load() -> Self {
        let mut errors = Vec::new();
        Self {
            russian: bundle(Language::Ru, &mut errors),
            kazakh: bundle(Language::Kk, &mut errors),
            english: bundle(Language::En, &mut errors),
            errors,
        }
    }

    /// Files that could not be read whole, keys that are written twice.
    pub fn errors(&self) -> &[WordsError] {
        &self.errors
    }

    const fn bundle(&self, language: Language) -> &FluentBundle<FluentResource> {
        match language {
            Language::Ru => &self.russian,
            Language::Kk => &self.kazakh,
            Language::En => &self.english,
        }
    }

    /// Whether there is a text.
    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundle(language).has_message(key)
    }

    /// A text, or one of its attributes written `key.attribute`, with values put in.
    pub fn text(&self, language: Language, key: &str, args: &[(&str, Arg)]) -> String {
        let bundle = self.bundle(language);
        let (name, attribute) = key
            .split_once('.')
            .map_or((key, None), |(name, attribute)| (name, Some(attribute)));
        let pattern = bundle.get_message(name).and_then(|message| match attribute {
            Some(attribute) => message.get_attribute(attribute).map(|found| found.value()),
            None => message.value(),
        });
        let Some(pattern) = pattern else {
            tracing::warn!(key, language = language.word(), "a text is missing");
            return format!("⟦{key}⟧");
        };
        let mut values = FluentArgs::with_capacity(args.len());
        for (name, value) in args {
            values.set(*name, value.fluent());
        }
        let mut errors = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(&values), &mut errors)
            .into_owned();
        for error in errors {
            tracing::warn!(
                key,
                language = language.word(),
                "a text could not be filled: {error}"
            );
        }
        text
    }

    /// The keys and variables of a language's files, for tests of templates and of other rooms' texts.
    pub fn grammar(language: Language) -> Grammar {
        let mut grammar = Grammar::default();
        for (_, text) in files(language) {
            grammar.read(&text);
        }
        grammar
    }
}

/// Files of a language, by name.
fn files(language: Language) -> Vec<(String, String)> {
    let folder = format!("{}/", language.word());
    let mut names: Vec<String> = Files::iter()
        .map(|name| name.to_string())
        .filter(|name| name.starts_with(&folder) && name.ends_with(".ftl"))
        .collect();
    names.sort();
    names
        .into_iter()
        .filter_map(|name| {
            let file = Files::get(&name)?;
            Some((name, String::from_utf8_lossy(&file.data).into_owned()))
        })
        .collect()
}

fn bundle(language: Language, errors: &mut Vec<WordsError>) -> FluentBundle<FluentResource> {
    let locale: LanguageIdentifier = language.word().parse().unwrap_or_default();
    let mut bundle = FluentBundle::new_concurrent(vec![locale]);
    // Invisible marks around values break copying of numbers and comparing in tests; our languages run in one direction.
    bundle.set_use_isolating(false);
    bundle.set_formatter(Some(|value, _| match value {
        FluentValue::Number(number) => Some(crate::format::group(&number.as_string())),
        _ => None,
    }));
    for (name, text) in files(language) {
        let resource = match FluentResource::try_new(text) {
            Ok(resource) => resource,
            Err((resource, problems)) => {
                for problem in problems {
                    errors.push(WordsError {
                        file: name.clone(),
                        what: problem.to_string(),
                    });
                }
                resource
            }
        };
        if let Err(problems) = bundle.add_resource(resource) {
            for problem in problems {
                errors.push(WordsError {
                    file: name.clone(),
                    what: problem.to_string(),
                });
            }
        }
    }
    bundle
}
