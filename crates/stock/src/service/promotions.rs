//! Days on which goods are promoted: what they do is learned from the past ones, and the coming ones are forecast by it. Refuses
//! spans that make no sense.

use super::{Stock, not_found};
use crate::{
    StockError,
    foresee::{AHEAD_DAYS, LOOK_BACK_DAYS},
    model::{Promotion, day_of},
    store::promotions,
};
use async_trait::async_trait;
use sauda_accounts::{Right, Scope};
use sauda_kernel::{OfferId, ProductId};
use sauda_store::StoreError;
use std::collections::BTreeMap;

/// The longest promotion; what goes on for longer is how things are.
const LONGEST_DAYS: i64 = 92;
/// Promotions of a merchant within the days that are looked at.
const MOST: usize = 500;

/// Who knows when offers stood first in their cards.
#[async_trait]
pub trait Standing: Send + Sync {
    /// For each offer that was looked at, the share of each day from one until before another that it stood first, in all its cities
    /// together, thousandths; none for days on which nobody looked. Days are counted from 1970 in Almaty.
    ///
    /// # Errors
    /// When the database does not answer.
    async fn first(
        &self,
        offers: &[OfferId],
        from: i64,
        until: i64,
    ) -> Result<BTreeMap<OfferId, Vec<Option<i64>>>, StoreError>;
}

impl Stock {
    /// Promotions that forecasts look at, by their first day: of a product and of everything, or of each product too.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn promotions(
        &self,
        scope: &Scope,
        product: Option<&ProductId>,
    ) -> Result<Vec<Promotion>, StockError> {
        let since = day_of(self.clock.now()) - LOOK_BACK_DAYS;
        let mut found = promotions::list(&self.db, scope, since).await?;
        if product.is_some() {
            found.retain(|one| one.product.is_none() || one.product.as_ref() == product);
        }
        found.sort_by_key(|one| one.from_day);
        Ok(found)
    }

    /// Says that a product, or everything, was or will be promoted; forecasts are counted anew.
    ///
    /// # Errors
    /// When the caller may not, there is no such product, or the days make no sense.
    pub async fn promote(
        &self,
        scope: &Scope,
        product: Option<&ProductId>,
        from_day: i64,
        to_day: i64,
    ) -> Result<Promotion, StockError> {
        scope.require(Right::ManageCatalog)?;
        if let Some(product) = product {
            self.product(scope, product).await?;
        }
        let today = day_of(self.clock.now());
        let ahead = today + i64::try_from(AHEAD_DAYS).unwrap_or(i64::MAX);
        if !(today - LOOK_BACK_DAYS..ahead).contains(&from_day) {
            return Err(StockError::fact("stock-promotion-far", "from", ahead - today));
        }
        if to_day < from_day || to_day - from_day >= LONGEST_DAYS {
            return Err(StockError::fact("stock-promotion-span", "to", LONGEST_DAYS));
        }
        if promotions::list(&self.db, scope, today - LOOK_BACK_DAYS)
            .await?
            .len()
            >= MOST
        {
            return Err(StockError::fact("stock-promotions-many", "from", MOST));
        }
        let new = Promotion {
            product: product.cloned(),
            from_day,
            to_day,
            made_by: scope.actor_name().to_owned(),
        };
        let mut tx = self.db.write().await?;
        promotions::put(&mut tx, scope, &new).await?;
        let subject = product.map_or("", ProductId::as_str);
        let after = Some(format!("days {from_day} to {to_day}"));
        self.audit(&mut tx, scope, "stock.promotion", subject, after)
            .await?;
        tx.commit().await?;
        // One that is being counted knows nothing of it: begun anew.
        self.history_was_read(scope).await?;
        Ok(new)
    }

    /// Takes a promotion back.
    ///
    /// # Errors
    /// When the caller may not, or there is none that begins on this day.
    pub async fn unpromote(
        &self,
        scope: &Scope,
        product: Option<&ProductId>,
        from_day: i64,
    ) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        let mut tx = self.db.write().await?;
        if promotions::remove(&mut tx, scope, product, from_day).await? == 0 {
            return Err(not_found("promotion", &from_day.to_string()));
        }
        let subject = product.map_or("", ProductId::as_str);
        self.audit(&mut tx, scope, "stock.promotion", subject, None)
            .await?;
        tx.commit().await?;
        self.history_was_read(scope).await
    }

    /// Share of each day that products stood first, over their offers; products that nobody looked at are left out.
    pub(crate) async fn stood_first(
        &self,
        scope: &Scope,
        products: &[ProductId],
        from: i64,
        until: i64,
    ) -> Result<BTreeMap<ProductId, Vec<Option<i64>>>, StockError> {
        let Some(standing) = &self.standing else {
            return Ok(BTreeMap::new());
        };
        let offers = self.products.offers_of(scope, products).await?;
        let ids: Vec<OfferId> = offers.values().flatten().map(|offer| offer.id.clone()).collect();
        let known = standing.first(&ids, from, until).await?;
        let mut found = BTreeMap::new();
        for (product, offers) in offers {
            let mut of_all = offers.iter().filter_map(|offer| known.get(&offer.id));
            let Some(first) = of_all.next() else { continue };
            // The best of several offers of one thing is the one that sells.
            let best = of_all.fold(first.clone(), |best, other| {
                best.into_iter()
                    .zip(other)
                    .map(|(one, other)| one.max(*other))
                    .collect()
            });
            found.insert(product, best);
        }
        Ok(found)
    }
}

/// Which of the days of a product are promoted, from the first on; nothing when none is.
pub(crate) fn promoted_days(
    all: &[Promotion],
    product: &ProductId,
    first_day: i64,
    length: usize,
) -> Vec<bool> {
    let own: Vec<&Promotion> = all
        .iter()
        .filter(|one| one.product.is_none() || one.product.as_ref() == Some(product))
        .collect();
    if own.is_empty() {
        return Vec::new();
    }
    (first_day..)
        .take(length)
        .map(|day| own.iter().any(|one| (one.from_day..=one.to_day).contains(&day)))
        .collect()
}
