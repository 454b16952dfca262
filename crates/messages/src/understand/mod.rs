//! What a message means: language, intent, values, the answer to a question about a size. Refuses to answer the buyer.

pub mod features;
pub mod fold;
pub mod glossary;
mod goods;
mod intent;
mod language;
#[doc(hidden)]
pub mod learn;
pub mod lexicon;
mod marks;
pub mod model;
mod opt_out;
#[doc(hidden)]
pub mod phrases;
mod quick;
mod reading;
mod refused;
mod reply;
mod sizes;
mod values;

pub use goods::City;
pub use intent::{INTENTS, Intent};
pub use language::Language;
pub use model::Ranking;
pub use reply::{Reply, ReplyKind};
pub use values::Measures;

use crate::phone::{self, Phone};
use reading::Item;

/// Under it an intent is not acted on without a person.
pub const SURE: f64 = 0.5;

/// What a message says.
#[derive(Debug, Clone)]
pub struct Understanding {
    pub language: Language,
    /// Likeliest first.
    pub ranking: Ranking,
    pub values: Values,
    pub reply: Reply,
    /// The writer wants no more messages.
    pub opt_out: bool,
}

impl Understanding {
    /// The likeliest intent and how sure it is.
    pub fn intent(&self) -> (Intent, f64) {
        self.ranking.first().copied().unwrap_or((Intent::Other, 0.0))
    }

    /// Whether a program may act on the intent.
    pub fn is_sure(&self) -> bool {
        self.intent().1 >= SURE
    }
}

/// What a message names.
#[derive(Debug, Clone, Default)]
pub struct Values {
    pub sizes: Vec<String>,
    pub measures: Measures,
    /// Codes of `facts/lang_colours.csv`.
    pub colours: Vec<&'static str>,
    pub city: Option<City>,
    pub order_code: Option<String>,
    pub phones: Vec<Phone>,
}

/// The language of a text that was split into tokens.
pub fn language_of(tokens: &[fold::Token]) -> Language {
    language::language(tokens, model::model())
}

/// Longer messages are read by their beginning.
const LONGEST_BYTES: usize = 4_000;

/// Reads a message. `offered` is the size that the shop asked about last, when it is known.
pub fn understand(text: &str, offered: Option<&str>) -> Understanding {
    let text = text
        .get(..text.floor_char_boundary(LONGEST_BYTES))
        .unwrap_or(text);
    let (lexicon, model) = (lexicon::lexicon(), model::model());
    let tokens = fold::tokens(text);
    let ranking = model.rank(&tokens, lexicon);
    let phones = phone::find(text);
    let free: Vec<fold::Token>;
    let rest = if phones.is_empty() {
        &tokens
    } else {
        let inside = |token: &fold::Token| {
            phones
                .iter()
                .any(|phone| token.start >= phone.start && token.end <= phone.end)
        };
        free = tokens.iter().filter(|token| !inside(token)).cloned().collect();
        &free
    };
    let items = reading::items(rest);
    let measures = values::measures(&items, offered);
    let named = sizes::sizes(&items, &measures);
    let wish = reply::sure_wish(&items, &ranking);
    let reply = reply::reply(&items, &measures, &named, offered, wish);
    let mut sizes: Vec<String> = Vec::with_capacity(named.len());
    for size in named {
        if !sizes.contains(&size.size) {
            sizes.push(size.size);
        }
    }
    Understanding {
        language: language::language(&tokens, model),
        ranking,
        values: Values {
            sizes,
            colours: goods::colours(&tokens),
            city: goods::city(&tokens),
            order_code: order_code(&items, text),
            measures,
            phones,
        },
        reply,
        opt_out: opt_out::opts_out(&items),
    }
}

/// Eight to eleven digits that are no phone, or six after a word of orders.
fn order_code(items: &[Item<'_>], text: &str) -> Option<String> {
    let marks = marks::marks();
    let mut near = 0_u32;
    for item in items {
        match item {
            Item::Word(_, groups) => {
                near = if groups.has(marks.order) {
                    3
                } else {
                    near.saturating_sub(1)
                }
            }
            Item::Sign(sign) if sign.text == "№" || sign.text == "#" => near = 3,
            Item::Sign(_) => {}
            Item::Number(number) => {
                let long = (8..=11).contains(&number.digits) || near > 0 && (6..=11).contains(&number.digits);
                let code = text
                    .get(number.start..number.end)
                    .filter(|code| code.bytes().all(|byte| byte.is_ascii_digit()));
                if let Some(code) = code
                    && long
                {
                    return Some(code.to_owned());
                }
                near = near.saturating_sub(1);
            }
        }
    }
    None
}
