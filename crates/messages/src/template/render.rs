//! Puts facts into a template. Refuses to send a text with holes, and keeps values from changing the text around them.

use super::{LONGEST_MESSAGE, read::Part, read::Template, variable::Variable};
use sauda_kernel::Tenge;

/// One line of an order.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Item {
    pub name: String,
    pub quantity: i64,
}

/// What is known for a message; what is empty is not known.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Facts {
    pub customer_name: String,
    pub order_code: String,
    pub order_total: Option<Tenge>,
    pub items: Vec<Item>,
    pub delivery_address: String,
    pub store_name: String,
    pub size: String,
}

/// Why nothing can be sent.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum RenderError {
    #[error("{} not known for this order: add the data or take the variable out of the template", list(.0))]
    Missing(Vec<Variable>),
    #[error("the message has {length} signs, at most {limit} are sent: shorten the template")]
    TooLong { length: usize, limit: usize },
}

fn list(variables: &[Variable]) -> String {
    let names: Vec<String> = variables
        .iter()
        .map(|variable| format!("{{{}}}", variable.word()))
        .collect();
    format!(
        "{} {}",
        names.join(", "),
        if names.len() == 1 { "is" } else { "are" }
    )
}

/// How a message would look, and what it lacks.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Preview {
    /// What is missing stands as a dash.
    pub text: String,
    pub missing: Vec<Variable>,
    pub length: usize,
    /// It could be sent as it is.
    pub is_ready: bool,
}

/// Longer values are cut: a name is no story.
const LONGEST_VALUE: usize = 200;
const MOST_ITEMS: usize = 20;

impl Template {
    /// The text to send.
    ///
    /// # Errors
    /// When facts are missing or the text is too long.
    pub fn render(&self, facts: &Facts) -> Result<String, RenderError> {
        let preview = self.preview(facts);
        if !preview.missing.is_empty() {
            return Err(RenderError::Missing(preview.missing));
        }
        if preview.length > LONGEST_MESSAGE {
            return Err(RenderError::TooLong {
                length: preview.length,
                limit: LONGEST_MESSAGE,
            });
        }
        Ok(preview.text)
    }

    /// The text as it would look with these facts.
    pub fn preview(&self, facts: &Facts) -> Preview {
        let mut text = String::new();
        let mut missing = Vec::new();
        let mut closing = false;
        for part in &self.parts {
            match part {
                Part::Text(words) if closing => append_after_nothing(&mut text, words),
                Part::Text(words) => text.push_str(words),
                Part::Value(variable) => {
                    let value = value(*variable, facts);
                    if !value.is_empty() {
                        text.push_str(&value);
                    } else if variable.may_be_empty() {
                        closing = true;
                        continue;
                    } else {
                        text.push('—');
                        if !missing.contains(variable) {
                            missing.push(*variable);
                        }
                    }
                }
            }
            closing = false;
        }
        if closing {
            append_after_nothing(&mut text, "");
        }
        let text = text.trim().to_owned();
        let length = text.chars().count();
        Preview {
            is_ready: missing.is_empty() && length <= LONGEST_MESSAGE && length > 0,
            text,
            missing,
            length,
        }
    }
}

/// Closes the hole that an empty value leaves: `Hello, !` becomes `Hello!`, and `, your order` at a line's start `Your order`.
fn append_after_nothing(text: &mut String, words: &str) {
    let next = words.trim_start_matches([' ', '\u{a0}']).chars().next();
    let ends = next.is_none_or(|sign| matches!(sign, '!' | '.' | '?' | ':' | ';' | ',' | '\n' | ')'));
    let begins = text.is_empty() || text.ends_with('\n');
    if begins {
        let rest = words.trim_start_matches([' ', '\u{a0}', ',', '!', '.', ';', ':', '-', '—']);
        let mut signs = rest.chars();
        if let Some(first) = signs.next() {
            text.extend(first.to_uppercase());
            text.push_str(signs.as_str());
        }
        return;
    }
    let kept = text.trim_end_matches([' ', '\u{a0}']).len();
    let kept = if ends {
        text.get(..kept)
            .unwrap_or_default()
            .trim_end_matches([',', ' '])
            .len()
    } else {
        kept
    };
    text.truncate(kept);
    if ends {
        text.push_str(words.trim_start_matches([' ', '\u{a0}']));
    } else {
        text.push(' ');
        text.push_str(words.trim_start_matches([' ', '\u{a0}']));
    }
}

fn value(variable: Variable, facts: &Facts) -> String {
    match variable {
        Variable::CustomerName => name(&facts.customer_name),
        Variable::OrderCode => clean(&facts.order_code),
        Variable::OrderTotal => facts
            .order_total
            .map(|total| total.to_string())
            .unwrap_or_default(),
        Variable::ItemsList => items(&facts.items),
        Variable::DeliveryAddress => clean(&facts.delivery_address),
        Variable::StoreName => clean(&facts.store_name),
        Variable::Size => clean(&facts.size),
    }
}

/// A value on one line, without brackets of templates and without signs that messengers take for markup.
fn clean(value: &str) -> String {
    let safe: String = value
        .chars()
        .filter(|sign| !matches!(sign, '*' | '~' | '`' | '\u{200b}'..='\u{200f}' | '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{feff}'))
        .map(|sign| match sign {
            '{' => '(',
            '}' => ')',
            sign if sign.is_control() || sign.is_whitespace() => ' ',
            sign => sign,
        })
        .collect();
    let words: Vec<&str> = safe.split(' ').filter(|word| !word.is_empty()).collect();
    words
        .join(" ")
        .chars()
        .take(LONGEST_VALUE)
        .collect::<String>()
        .trim_end()
        .to_owned()
}

/// A name has letters only, so that nobody's account name becomes an advert or a link.
fn name(value: &str) -> String {
    let letters: String = clean(value)
        .chars()
        .filter(|sign| sign.is_alphabetic() || matches!(sign, ' ' | '-' | '\'' | '’'))
        .collect();
    let words: Vec<&str> = letters
        .split(' ')
        .filter(|word| word.chars().any(char::is_alphabetic))
        .collect();
    words.join(" ").chars().take(60).collect()
}

fn items(items: &[Item]) -> String {
    let mut lines: Vec<String> = items
        .iter()
        .take(MOST_ITEMS)
        .filter_map(|item| {
            let name = clean(&item.name);
            (!name.is_empty()).then(|| {
                if item.quantity == 1 {
                    format!("• {name}")
                } else {
                    format!("• {name} × {}", item.quantity)
                }
            })
        })
        .collect();
    if items.len() > MOST_ITEMS {
        lines.push(format!("• … + {}", items.len() - MOST_ITEMS));
    }
    lines.join("\n")
}
