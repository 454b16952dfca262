//! What was sold in a span of days: lines of orders that buyers received, for rooms that count money. Refuses to say what they earned.

use crate::{Orders, OrdersError, store::figures};
use sauda_accounts::Scope;
use sauda_kernel::{Money, OfferId, OrderId, ShopId, Span, Timestamp};

/// A line of an order that ended.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct SoldLine {
    pub order: OrderId,
    pub code: String,
    /// When the buyer received it, or it came back: see [`Orders::sold`].
    pub at: Timestamp,
    pub is_returned: bool,
    /// Of the whole order: the delivery fee follows it.
    pub order_total: Money,
    pub line: i64,
    pub sku: String,
    pub name: String,
    pub quantity: i64,
    pub total: Money,
    pub offer: Option<OfferId>,
    pub grams: Option<i64>,
    /// What the marketplace took for bringing the order; none when it did not say.
    pub delivery_paid: Option<Money>,
    pub is_express: bool,
}

/// An order that was first read long after it ended carries the moment of reading; these spans tell such a moment.
const LATE_AFTER_PLAN: Span = Span::from_days(3);
const LATE_AFTER_ORDER: Span = Span::from_days(21);

/// When an order ended: since when it stands so, unless that is only when it was first read.
pub(crate) fn ended_at(since: Timestamp, created: Timestamp, planned: Option<Timestamp>) -> Timestamp {
    match planned {
        Some(planned) if since > planned.plus(LATE_AFTER_PLAN) => planned.max(created),
        None if since > created.plus(LATE_AFTER_ORDER) => created,
        _ => since,
    }
}

/// When an order ended that was first read after its end: as it was planned, and not later than now; without a plan, when it was made.
pub(crate) fn ended_unseen(now: Timestamp, created: Timestamp, planned: Option<Timestamp>) -> Timestamp {
    planned.map_or(created, |planned| planned.min(now).max(created))
}

/// Lines of one answer at most; a longer span is to be asked in parts.
pub const MOST_SOLD: i64 = 200_000;

impl Orders {
    /// Lines of orders of a shop that were received, or came back, from one moment until before another; by time, order and line.
    /// An order that was first read after its end counts on the day of its planned delivery.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn sold(
        &self,
        scope: &Scope,
        shop: &ShopId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<SoldLine>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(figures::sold(&self.db, shop, from, until, MOST_SOLD).await?)
    }

    /// What buyers received and kept in a span, by hours: a moment of each, and what its goods cost.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn received(
        &self,
        scope: &Scope,
        shop: &ShopId,
        from: Timestamp,
        until: Timestamp,
    ) -> Result<Vec<(Timestamp, Money)>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(figures::received(&self.db, shop, from, until).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_order_read_long_after_it_ended_counts_when_it_was_planned() {
        let at = |text| Timestamp::parse(text).unwrap();
        let (created, planned) = (at("2026-10-01T10:00:00+05:00"), at("2026-10-04T18:00:00+05:00"));
        let seen = at("2026-10-05T12:00:00+05:00");
        assert_eq!(ended_at(seen, created, Some(planned)), seen);
        assert_eq!(
            ended_at(at("2026-11-20T12:00:00+05:00"), created, Some(planned)),
            planned
        );
        assert_eq!(ended_at(at("2026-11-20T12:00:00+05:00"), created, None), created);
        assert_eq!(ended_unseen(seen, created, Some(planned)), planned);
        assert_eq!(ended_unseen(seen, created, None), created);
        let (soon, before) = (at("2026-10-09T12:00:00+05:00"), at("2026-09-30T12:00:00+05:00"));
        assert_eq!(ended_unseen(seen, created, Some(soon)), seen);
        assert_eq!(ended_unseen(seen, created, Some(before)), created);
    }
}
