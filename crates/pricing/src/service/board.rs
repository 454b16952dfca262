//! The board for lists.

use crate::{
    Pricing, PricingError,
    board::{BoardCounts, BoardCursor, BoardFilter, BoardPage, BoardRow, BoardSort, MOST_ROWS, Texts},
    store::board,
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId};
use std::sync::Arc;

impl Pricing {
    /// One page of the board of a shop.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn board(
        &self,
        scope: &Scope,
        shop: &ShopId,
        filter: &BoardFilter,
    ) -> Result<BoardPage, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let asked = filter.limit.clamp(1, MOST_ROWS);
        let limit = usize::try_from(asked).unwrap_or(100);
        // One more than asked tells whether there is a further page.
        let asked = BoardFilter {
            limit: asked + 1,
            ..filter.clone()
        };
        let texts = match asked.text() {
            Some(_) => self.texts(shop, &asked.city_id).await?,
            None => None,
        };
        let (mut rows, found) = board::list(&self.db, shop, &asked, texts.as_deref()).await?;
        let more = rows.len() > limit;
        rows.truncate(limit);
        let backwards = filter.before.is_some();
        if backwards {
            rows.reverse();
        }
        let (has_next, has_back) = if backwards {
            (true, more)
        } else {
            (more, filter.after.is_some())
        };
        let next = match rows.last() {
            Some(last) if has_next => Some(self.cursor(last, filter.sort).await?),
            _ => None,
        };
        let back = match rows.first() {
            Some(first) if has_back => Some(self.cursor(first, filter.sort).await?),
            _ => None,
        };
        Ok(BoardPage {
            rows,
            next,
            back,
            found,
        })
    }

    /// Texts of a shop's places in a city from memory. When they are not here, or not new enough, this search reads them for all that
    /// follow; whoever searches meanwhile does without.
    async fn texts(&self, shop: &ShopId, city: &str) -> Result<Option<Arc<Texts>>, PricingError> {
        let version = board::texts_version(&self.db, shop).await?;
        if let Some(texts) = self.texts.get(shop, city, version) {
            return Ok(Some(texts));
        }
        let Some(reading) = self.texts.begin(shop, city) else {
            return Ok(None);
        };
        let texts = board::texts(&self.db, shop, city).await?;
        Ok(Some(reading.keep(version, texts)))
    }

    async fn cursor(&self, last: &BoardRow, sort: BoardSort) -> Result<BoardCursor, PricingError> {
        let (number, text) = match sort {
            BoardSort::ProfitDown | BoardSort::ProfitUp => (last.profit.map(sauda_kernel::Money::tiyn), None),
            BoardSort::PriceDown | BoardSort::PriceUp => (last.price.map(sauda_kernel::Tenge::get), None),
            BoardSort::PlaceDown | BoardSort::PlaceUp => (last.place, None),
            BoardSort::ChangedDown => (last.changed_at.map(sauda_kernel::Timestamp::as_micros), None),
            BoardSort::NameUp | BoardSort::NameDown => {
                (None, board::fold_of(&self.db, &last.offer, &last.city_id).await?)
            }
        };
        Ok(BoardCursor {
            number,
            text,
            offer: last.offer.clone(),
        })
    }

    /// Rows of these offers in a city, in no order: for pages that are open already.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn board_rows(
        &self,
        scope: &Scope,
        shop: &ShopId,
        city: &str,
        offers: &[OfferId],
    ) -> Result<Vec<BoardRow>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        if offers.is_empty() {
            return Ok(Vec::new());
        }
        Ok(board::of_offers(&self.db, shop, city, offers).await?)
    }

    /// Whether the profit of any offer of a shop in a city is known: without a cost there is none to sort by.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn knows_profit(&self, scope: &Scope, shop: &ShopId, city: &str) -> Result<bool, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(board::knows_profit(&self.db, shop, city).await?)
    }

    /// Counts for the tabs.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn board_counts(
        &self,
        scope: &Scope,
        shop: &ShopId,
        city: &str,
    ) -> Result<BoardCounts, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(board::counts(&self.db, shop, city).await?)
    }

    /// Categories of a shop with how many offers each has.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn board_categories(
        &self,
        scope: &Scope,
        shop: &ShopId,
        city: &str,
    ) -> Result<Vec<(String, i64)>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(board::categories(&self.db, shop, city).await?)
    }

    /// Places of one offer in every city.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn places(&self, scope: &Scope, offer: &OfferId) -> Result<Vec<BoardRow>, PricingError> {
        self.catalog.offer(scope, offer).await?;
        Ok(board::of_offer(&self.db, offer).await?)
    }
}
