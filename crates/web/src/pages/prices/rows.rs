//! Rows of the board as the page shows them. Refuses to decide: states and prices come from the service.

use crate::{
    charts::corridor,
    door::Desk,
    pages::prices::show,
    views::{
        parts::{Goods, Place},
        prices::{Corridor, PriceRow},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::CatalogOffer;
use sauda_edge::Refusal;
use sauda_kernel::{OfferId, RuleId, ShopId, Tenge};
use sauda_pricing::{
    board::{BoardRow, PlaceState},
    service::{NamedRule, ShopSettings},
};
use std::collections::HashMap;

/// What rows of one page share.
struct Shared {
    offers: HashMap<OfferId, CatalogOffer>,
    rules: HashMap<RuleId, NamedRule>,
    shop: ShopSettings,
    sees_money: bool,
    base: String,
    city: String,
}

/// Rows in their order; `base` is the address of the board.
pub(crate) async fn rows(
    desk: &Desk,
    scope: &Scope,
    shop: &ShopId,
    city: &str,
    base: &str,
    rows: &[BoardRow],
) -> Result<Vec<PriceRow>, Refusal> {
    let ids: Vec<OfferId> = rows.iter().map(|row| row.offer.clone()).collect();
    let shared = Shared {
        offers: desk
            .catalog
            .offers_by_ids(&ids)
            .await?
            .into_iter()
            .map(|offer| (offer.id.clone(), offer))
            .collect(),
        rules: desk
            .pricing
            .rules(scope)
            .await?
            .into_iter()
            .map(|rule| (rule.id.clone(), rule))
            .collect(),
        shop: desk.pricing.shop_settings(scope, shop).await?,
        sees_money: scope.may(Right::ViewMoney),
        base: base.to_owned(),
        city: city.to_owned(),
    };
    Ok(rows.iter().map(|row| one(&shared, row)).collect())
}

fn one(shared: &Shared, row: &BoardRow) -> PriceRow {
    let id = row.offer.as_str();
    let named = row
        .rule
        .as_ref()
        .and_then(|rule| shared.rules.get(rule))
        .filter(|rule| rule.state.applies(&row.offer));
    let strategy = strategy_of(row);
    let follows = strategy != "manual" && strategy != "none";
    PriceRow {
        goods: shared
            .offers
            .get(&row.offer)
            .map_or_else(|| Goods::new(id, id, ""), show::goods),
        href: format!("{}/{id}?city={}", shared.base, shared.city),
        place: row.place.zip(row.sellers).map(|(place, of)| Place { place, of }),
        price: row.price,
        delta: row.delta.filter(|delta| *delta != 0),
        changed_at: row.changed_at,
        rival: row.rival_price,
        rival_name: row.rival_name.clone().filter(|name| !name.is_empty()),
        min: row.min,
        max: row.max,
        corridor: corridor(row.min, row.max, row.price, row.rival_price)
            .map(|(own, rival)| Corridor { own, rival }),
        strategy,
        rule_name: named.map(|rule| rule.name.clone()),
        step: follows.then(|| step_of(shared, row, named)),
        profit: row.profit.filter(|_| shared.sees_money),
        margin_bp: row.margin.filter(|_| shared.sees_money).map(|margin| margin.0),
        stock: row.stock,
        state: show::state(row.state),
        version: row.version,
    }
}

/// Word of the strategy: `none` while there are no limits, `manual` when a person keeps the price.
fn strategy_of(row: &BoardRow) -> String {
    let is_manual = row.state == PlaceState::Manual || (row.version > 0 && !row.managed);
    if is_manual {
        "manual".to_owned()
    } else if row.state == PlaceState::NoLimits || row.strategy.is_empty() {
        "none".to_owned()
    } else {
        row.strategy.clone()
    }
}

/// The step that is followed: the offer's own, the rule's, the shop's, or the built-in one.
fn step_of(shared: &Shared, row: &BoardRow, named: Option<&NamedRule>) -> Tenge {
    let step = row
        .step
        .or_else(|| named.and_then(|rule| rule.settings.step))
        .or(shared.shop.settings.step);
    step.unwrap_or_else(|| sauda_pricing::model::Rule::default().step)
}
