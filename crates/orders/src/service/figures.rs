//! What the orders of a shop came to since a moment, and what of its goods runs low. Refuses to say what any of it earned.

use crate::{Orders, OrdersError, model::LowStock, store::figures};
use sauda_accounts::Scope;
use sauda_kernel::{Money, OfferId, ProductId, ShopId, Span, Timestamp};
use std::collections::HashMap;

/// Goods that nobody ordered for so long do not count as selling.
const SELLS: Span = Span::from_days(30);

/// Orders of a shop since a moment.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct OrderFigures {
    pub came: i64,
    /// What those that came cost together.
    pub sum: Money,
    pub accepted: i64,
    pub handed_over: i64,
    /// Open orders that are past their time now.
    pub late: i64,
}

impl Orders {
    /// What the orders of a shop came to since a moment.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn figures(
        &self,
        scope: &Scope,
        shop: &ShopId,
        since: Timestamp,
    ) -> Result<OrderFigures, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let ((came, sum), accepted, handed_over, late) = tokio::try_join!(
            figures::came(&self.db, shop, since),
            figures::happened(&self.db, shop, "done-accept", since),
            figures::happened(&self.db, shop, "handed-over", since),
            figures::late(&self.db, shop, self.clock.now()),
        )?;
        Ok(OrderFigures {
            came,
            sum,
            accepted,
            handed_over,
            late,
        })
    }

    /// Offers of a shop that sell and run low, the fewest pieces first; what is few is set with the day.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn low_stock(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<LowStock>, OrdersError> {
        let few = self.day_settings(scope, shop).await?.low_stock;
        let since = self.clock.now().minus(SELLS);
        let ordered = figures::ordered(&self.db, shop, since).await?;
        self.low_among(scope, few, &ordered).await
    }

    /// Those of some offers of which there are few, the fewest pieces first: free pieces where the stock is kept here, else what the
    /// cabinet says.
    pub(crate) async fn low_among(
        &self,
        scope: &Scope,
        few: i64,
        offers: &[OfferId],
    ) -> Result<Vec<LowStock>, OrdersError> {
        let free = self.free_pieces(scope, offers).await?;
        let mut low = Vec::new();
        for ids in offers.chunks(500) {
            for offer in self.catalog.offers_by_ids(ids).await? {
                let pieces = free.get(&offer.id).copied().or(offer.stock);
                if let Some(pieces) = pieces.filter(|pieces| *pieces <= few) {
                    low.push(LowStock {
                        sku: offer.sku,
                        title: offer.title,
                        pieces,
                    });
                }
            }
        }
        low.sort_by(|one, other| (one.pieces, &one.sku).cmp(&(other.pieces, &other.sku)));
        Ok(low)
    }

    /// Pieces that may still be sold of the goods of these offers; without goods that the stock's books do not know.
    async fn free_pieces(
        &self,
        scope: &Scope,
        offers: &[OfferId],
    ) -> Result<HashMap<OfferId, i64>, OrdersError> {
        let Some(stock) = &self.stock else {
            return Ok(HashMap::new());
        };
        if offers.is_empty() || stock.settings(scope).await?.kept_since.is_none() {
            return Ok(HashMap::new());
        }
        let goods = self.catalog.goods_sold(scope, offers, &[]).await?;
        let mut free: HashMap<ProductId, i64> = HashMap::new();
        for balance in stock.balances(scope).await? {
            *free.entry(balance.product.clone()).or_default() += balance.free();
        }
        Ok(offers
            .iter()
            .filter_map(|offer| Some((offer.clone(), *free.get(&goods.of(Some(offer), "")?.id)?)))
            .collect())
    }
}
