//! Filter chips of the board: on with their value, off with what they offer. Refuses to count what each would find.

use crate::{
    around::AtShop,
    door::Desk,
    pages::prices::{query::BoardQuery, show::say},
    views::{prices::Chip, product::STRATEGIES},
};
use sauda_accounts::{Right, Scope};
use sauda_edge::Refusal;
use sauda_kernel::Span;

/// Margins and stocks that are offered as bounds.
const MARGINS: [i64; 4] = [5, 10, 15, 20];
const STOCKS: [i64; 3] = [1, 5, 20];

/// How long the list of categories is believed.
const CATEGORIES_KEPT: Span = Span::from_mins(1);

/// Categories of the shop, most frequent first. Counted now and then: every offer is looked at for it.
async fn categories(desk: &Desk, scope: &Scope, at: &AtShop) -> Result<Vec<(String, i64)>, Refusal> {
    let key = format!("categories:{}:{}", at.shop.id, at.city);
    if let Some(known) = desk.cluster.cached(&key).await?
        && let Ok(categories) = serde_json::from_slice(&known)
    {
        return Ok(categories);
    }
    let categories = desk
        .pricing
        .board_categories(scope, &at.shop.id, &at.city)
        .await?;
    if let (false, Ok(text)) = (categories.is_empty(), serde_json::to_vec(&categories)) {
        desk.cluster.cache(&key, &text, CATEGORIES_KEPT).await?;
    }
    Ok(categories)
}

pub(crate) async fn chips(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    query: &BoardQuery,
    base: &str,
) -> Result<Vec<Chip>, Refusal> {
    let language = at.shell.language;
    let chip = |word: &'static str, name: &str, value: &str, choices: Vec<(String, String)>| {
        let shown = choices
            .iter()
            .find(|(_, code)| code == value)
            .map_or_else(|| value.to_owned(), |(text, _)| text.clone());
        Chip {
            word,
            value: (!value.is_empty()).then_some(shown),
            drop: (!value.is_empty()).then(|| query.with(base, name, "")),
            choices: choices
                .into_iter()
                .map(|(text, code)| (text, query.with(base, name, &code)))
                .collect(),
        }
    };
    let mut chips = Vec::new();
    let cities = desk.catalog.cities(scope, &at.shop.id).await?;
    let watched: Vec<(String, String)> = cities
        .into_iter()
        .filter(|city| city.watched)
        .map(|city| (city.name, city.city_id))
        .collect();
    if watched.len() > 1 {
        chips.push(chip("city", "city", &query.city, watched));
    }
    let strategies = STRATEGIES
        .iter()
        .map(|word| {
            (
                say(desk, language, &format!("strategy-short-{word}"), &[]),
                (*word).to_owned(),
            )
        })
        .collect();
    chips.push(chip("strategy", "strategy", &query.strategy, strategies));
    let categories = categories(desk, scope, at).await?;
    if categories.len() > 1 || !query.category.is_empty() {
        let choices = categories
            .into_iter()
            .take(30)
            .map(|(name, _)| (short(&name), name))
            .collect();
        chips.push(chip("category", "category", &query.category, choices));
    }
    if scope.may(Right::ViewMoney) {
        let choices = MARGINS
            .iter()
            .map(|n| {
                (
                    say(desk, language, "filter-margin-below", &[("n", (*n).into())]),
                    n.to_string(),
                )
            })
            .collect();
        chips.push(chip("margin", "margin_lt", &query.margin_lt, choices));
    }
    let choices = STOCKS
        .iter()
        .map(|n| {
            (
                say(desk, language, "filter-stock-below", &[("n", (*n).into())]),
                n.to_string(),
            )
        })
        .collect();
    chips.push(chip("stock", "stock_lt", &query.stock_lt, choices));
    let rules = desk.pricing.rules(scope).await?;
    if !rules.is_empty() {
        let choices = rules
            .into_iter()
            .map(|rule| (rule.name, rule.id.to_string()))
            .collect();
        chips.push(chip("rule", "rule", &query.rule, choices));
    }
    Ok(chips)
}

/// The marketplace's category names begin with a technical word: `Master - Coats`.
fn short(category: &str) -> String {
    category.strip_prefix("Master - ").unwrap_or(category).to_owned()
}
