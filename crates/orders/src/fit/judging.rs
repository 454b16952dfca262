//! Learns how pieces sat from orders that are over: kept past the time of returns, or sent back with a reason. Refuses to guess: what came
//! back without a word about its size teaches nothing.

use crate::{
    Orders, OrdersError,
    fit::{FitSource, FitWord, LineOutcome, reason},
    model::{Order, Returned, Stage},
    store::{fit_advices, fit_facts, lines, returned},
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Span};

/// Goods may be returned for two weeks: what stayed with the buyer longer sat.
const KEPT_AFTER: Span = Span::from_days(14);
/// Orders that are judged in one go.
const JUDGED: i64 = 500;

impl Orders {
    /// Notes how pieces sat whose orders are over: kept for two weeks, or come back. How many there were.
    pub(crate) async fn judge(&self, scope: &Scope, shop: &ShopId) -> Result<usize, OrdersError> {
        let before = self.clock.now().minus(KEPT_AFTER);
        let mut noted = 0;
        for code in fit_facts::to_judge(&self.db, shop, before, JUDGED).await? {
            let order = self.find(scope, shop, &code).await?;
            let back = returned::of_order(&self.db, shop, &code).await?;
            noted += if !back.is_empty() {
                self.note_returns(scope, shop, &order, &back).await?
            } else if order.seen.stage == Stage::Returned {
                self.note_all(scope, shop, &order, FitWord::Returned, FitSource::Return)
                    .await?
            } else {
                self.note_all(scope, shop, &order, FitWord::Fit, FitSource::Kept)
                    .await?
            };
        }
        Ok(noted)
    }

    /// Notes what returns that were just read say of their orders' sizes. Orders that are not here are left out.
    pub(crate) async fn learn_from(
        &self,
        scope: &Scope,
        shop: &ShopId,
        back: &[Returned],
    ) -> Result<usize, OrdersError> {
        let mut noted = 0;
        for row in back.iter().filter(|row| !row.order_code.is_empty()) {
            match self.find(scope, shop, &row.order_code).await {
                Ok(order) => {
                    let rows = std::slice::from_ref(row);
                    noted += self.note_returns(scope, shop, &order, rows).await?;
                }
                Err(OrdersError::NotFound { .. }) => {}
                Err(error) => return Err(error),
            }
        }
        Ok(noted)
    }

    /// Every line of an order sat in one way.
    async fn note_all(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
        fit: FitWord,
        source: FitSource,
    ) -> Result<usize, OrdersError> {
        let fits = fit_advices::newest(&self.db, std::slice::from_ref(&order.id)).await?;
        let mut noted = 0;
        for known in fits.values().flatten() {
            let note = self.note(scope, shop, order, known.line, Some(&known.asked), (fit, source));
            noted += usize::from(note.await?);
        }
        Ok(noted)
    }

    /// The lines that returns name sat as their reasons say. A return without an article is of the whole order.
    async fn note_returns(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
        back: &[Returned],
    ) -> Result<usize, OrdersError> {
        let mut all = lines::of(&self.db, std::slice::from_ref(&order.id)).await?;
        let mut noted = 0;
        for line in all.remove(&order.id).unwrap_or_default() {
            let is_of_line = |row: &&Returned| {
                let sku = row.document.sku.as_deref();
                sku.is_none_or(|sku| sku == line.sku)
            };
            let Some(row) = back.iter().find(is_of_line) else {
                continue;
            };
            let fit = reason::sat(&row.document).unwrap_or(FitWord::Returned);
            let note = self.note(scope, shop, order, line.number, None, (fit, FitSource::Return));
            noted += usize::from(note.await?);
        }
        Ok(noted)
    }

    /// Notes how a line sat; whether that was news. A line without a size is none.
    async fn note(
        &self,
        scope: &Scope,
        shop: &ShopId,
        order: &Order,
        line: i64,
        size: Option<&str>,
        (fit, source): (FitWord, FitSource),
    ) -> Result<bool, OrdersError> {
        let Ok(piece) = self.piece_of(scope, order, line).await else {
            return Ok(false);
        };
        let said = LineOutcome {
            size: size.unwrap_or(&piece.size).to_owned(),
            fit,
            source,
            by: String::new(),
            at: self.clock.now(),
        };
        let outcome = self.outcome_of(scope, shop, order, line, &piece, said).await?;
        let mut tx = self.db.write().await?;
        let is_news = fit_facts::put(&mut tx, scope, shop, &outcome).await?;
        if is_news {
            tx.commit().await?;
        }
        Ok(is_news)
    }
}
