//! Texts of the three languages for templates: looks keys up and fills values in. Refuses to hold any text itself.

use fluent_bundle::{
    FluentArgs, FluentError, FluentResource, FluentValue, concurrent::FluentBundle, types::FluentNumber,
};
use serde::Serialize;
use std::{collections::BTreeMap, sync::Arc};
use unic_langid::LanguageIdentifier;

/// A language of the pages.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "lowercase")]
pub enum Language {
    Ru,
    Kk,
    En,
}

impl Language {
    pub const ALL: [Self; 3] = [Self::Ru, Self::Kk, Self::En];

    /// The code of `<html lang>`.
    pub const fn code(self) -> &'static str {
        match self {
            Self::Ru => "ru",
            Self::Kk => "kk",
            Self::En => "en",
        }
    }
    pub fn parse(code: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|language| language.code() == code)
    }
}

#[derive(rust_embed::Embed)]
#[folder = "../edge/locales"]
struct Locales;

/// A locale file that cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum WordsError {
    #[error("locale file {file} is broken: {problems}")]
    Broken { file: String, problems: String },
    #[error("locale file {file} is not UTF-8")]
    Encoding { file: String },
}

/// All texts. Cheap to clone.
#[derive(Clone)]
pub struct Words {
    bundles: Arc<BTreeMap<Language, FluentBundle<FluentResource>>>,
}

impl Words {
    /// Reads every locale file.
    ///
    /// # Errors
    /// When a file has a syntax error; the text names it.
    pub fn load() -> Result<Self, WordsError> {
        let mut bundles = BTreeMap::new();
        for language in Language::ALL {
            let id: LanguageIdentifier = language.code().parse().unwrap_or_default();
            let mut bundle = FluentBundle::new_concurrent(vec![id]);
            bundle.set_use_isolating(false);
            bundle.set_formatter(Some(grouped));
            let prefix = format!("{}/", language.code());
            for file in Locales::iter().filter(|file| file.starts_with(&prefix) && file.ends_with(".ftl")) {
                let Some(found) = Locales::get(&file) else {
                    continue;
                };
                let text = String::from_utf8(found.data.into_owned()).map_err(|_| WordsError::Encoding {
                    file: file.to_string(),
                })?;
                let resource = FluentResource::try_new(text).map_err(|(_, problems)| WordsError::Broken {
                    file: file.to_string(),
                    problems: problems
                        .iter()
                        .map(ToString::to_string)
                        .collect::<Vec<_>>()
                        .join("; "),
                })?;
                bundle.add_resource_overriding(resource);
            }
            bundles.insert(language, bundle);
        }
        Ok(Self {
            bundles: Arc::new(bundles),
        })
    }

    pub fn has(&self, language: Language, key: &str) -> bool {
        self.bundles
            .get(&language)
            .is_some_and(|bundle| bundle.has_message(key))
    }

    /// The text of a key; `⟦key⟧` when there is none or a value is missing.
    pub fn text(&self, language: Language, key: &str, args: &FluentArgs<'_>) -> String {
        let missing = || format!("⟦{key}⟧");
        let Some(bundle) = self.bundles.get(&language) else {
            return missing();
        };
        let Some(pattern) = bundle.get_message(key).and_then(|message| message.value()) else {
            return missing();
        };
        let mut problems: Vec<FluentError> = Vec::new();
        let text = bundle
            .format_pattern(pattern, Some(args), &mut problems)
            .into_owned();
        if problems.is_empty() {
            text
        } else {
            format!("⟦{key}: {text}⟧")
        }
    }
}

/// Numbers inside texts are grouped like all others: `2 418`.
fn grouped(value: &FluentValue<'_>, _: &intl_memoizer::concurrent::IntlLangMemoizer) -> Option<String> {
    let FluentValue::Number(FluentNumber { value, .. }) = value else {
        return None;
    };
    whole(*value).map(crate::format::group)
}

/// The number when it is whole.
#[expect(
    clippy::as_conversions,
    reason = "Fluent keeps numbers as f64; only whole ones inside ±2^53 are converted, exactly"
)]
fn whole(value: f64) -> Option<i64> {
    (value.fract() == 0.0 && value.abs() < 9_007_199_254_740_992.0).then_some(value as i64)
}
