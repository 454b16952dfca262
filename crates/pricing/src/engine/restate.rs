//! Lets the board say at once what people set, before a card is read again: limits, strategy, rule, floor and profit.
//! Refuses to decide a price.

use crate::{
    Pricing, PricingError,
    board::BoardRow,
    engine::subject::Subject,
    service::strategy_word,
    store::{context, upkeep},
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Tenge};
use std::collections::HashMap;

/// Offers restated at once.
const PART: usize = 500;

impl Pricing {
    /// Restates some offers of a shop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn restate(
        &self,
        scope: &Scope,
        shop: &ShopId,
        offers: &[OfferId],
    ) -> Result<(), PricingError> {
        let now = self.clock.now();
        let shops = HashMap::from([(shop.clone(), self.catalog.shop(scope, shop).await?)]);
        for part in offers.chunks(PART) {
            let places = context::of_offers(&self.db, part).await?;
            let loaded = context::load(&self.db, places, now).await?;
            let found: HashMap<_, _> = self
                .catalog
                .offers_by_ids(part)
                .await?
                .into_iter()
                .map(|offer| (offer.id.clone(), offer))
                .collect();
            let mut rows = Vec::with_capacity(loaded.places.len());
            for place in &loaded.places {
                let Some(subject) = Subject::of(place, &loaded, &found, &shops, now)? else {
                    continue;
                };
                let mut row = place.row.clone();
                state_settings(&mut row, &subject, None);
                if row != place.row {
                    rows.push(row);
                }
            }
            let mut tx = self.db.write().await?;
            for part in rows.chunks(PART) {
                context::restate(&mut tx, part).await?;
            }
            tx.commit().await?;
        }
        Ok(())
    }

    /// Restates every offer of a shop.
    ///
    /// # Errors
    /// When the database does not answer.
    pub(crate) async fn restate_shop(&self, scope: &Scope, shop: &ShopId) -> Result<(), PricingError> {
        let mut after = String::new();
        loop {
            let offers = upkeep::placed_after(&self.db, shop, &after, PART).await?;
            let Some(last) = offers.last() else {
                return Ok(());
            };
            last.as_str().clone_into(&mut after);
            self.restate(scope, shop, &offers).await?;
        }
    }
}

/// What follows from the settings alone. `floor` is the one that a decision found, if there was one.
pub(crate) fn state_settings(row: &mut BoardRow, subject: &Subject<'_>, floor: Option<Tenge>) {
    row.floor = floor.or_else(|| Some(subject.floor()).filter(|floor| *floor > Tenge::ZERO));
    let earned = match (row.price, &subject.parts) {
        (Some(price), Some(parts)) => sauda_economics::unit(price, parts).ok(),
        _ => None,
    };
    row.profit = earned.as_ref().map(|parts| parts.profit);
    row.margin = earned.as_ref().map(|parts| parts.profit.share_of(parts.price));
    row.strategy = strategy_word(subject.rule.strategy).to_owned();
    row.rule.clone_from(&subject.named);
    row.min = subject.rule.min;
    row.max = subject.rule.max;
}
