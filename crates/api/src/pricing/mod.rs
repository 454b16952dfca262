//! Requests about prices: offers, rules, settings, pauses, decisions, changes, imports, exports.

pub(crate) mod backtests;
pub(crate) mod board;
pub(crate) mod bulk_body;
pub(crate) mod bulks;
pub(crate) mod changes;
pub(crate) mod decisions;
pub(crate) mod exports;
pub(crate) mod imports;
pub(crate) mod newcomers;
pub(crate) mod offer;
pub(crate) mod offer_patch;
pub(crate) mod pauses;
pub(crate) mod pulse;
pub(crate) mod receipt;
pub(crate) mod rule_settings;
pub(crate) mod rule_settings_parts;
pub(crate) mod rules;
pub(crate) mod sheet;
pub(crate) mod shop_settings;

use crate::ApiState;
use sauda_accounts::Scope;
use sauda_edge::Refusal;
use sauda_kernel::{Kind, Public, ShopId, Span, Timestamp};

/// The city that is meant: the one that is named, else the shop's main one.
pub(super) async fn city_of(
    state: &ApiState,
    scope: &Scope,
    shop: &ShopId,
    named: Option<&str>,
) -> Result<String, Refusal> {
    if let Some(city) = named {
        return Ok(city.to_owned());
    }
    let main = state.catalog.shop(scope, shop).await?.main_city;
    match main {
        Some(city) => Ok(city),
        None => {
            let first = state
                .catalog
                .cities(scope, shop)
                .await?
                .into_iter()
                .find(|city| city.watched);
            Ok(first.map(|city| city.city_id).unwrap_or_default())
        }
    }
}

/// Since when history is wanted: thirty days without a wish.
pub(super) fn since_of(state: &ApiState, wished: Option<crate::shape::Moment>) -> Timestamp {
    wished.map_or_else(|| state.edge.now().minus(Span::from_days(30)), |since| since.0)
}

/// Exactly one member of several must be given.
pub(super) fn one_of(names: &str) -> Refusal {
    Refusal::new(Kind::Invalid, Public::new("one-of").arg("names", names))
}

/// A change must change something.
pub(super) fn no_change() -> Refusal {
    Refusal::new(Kind::Invalid, Public::new("no-change"))
}
