//! The share of orders that the seller cancelled: the marketplace closes shops above its threshold.

use crate::{Orders, OrdersError, model::rules, store::orders};
use sauda_accounts::Scope;
use sauda_kernel::{BasisPoints, ShopId, Span};

/// Reasons that count against the seller, as the marketplace spells them.
const OURS: [&str; 3] = [
    "MERCHANT_OUT_OF_STOCK",
    "TIMEOUT_MERCHANT_DELIVERY",
    "MERCHANT_TIMEOUT",
];

/// The share now, and as it would be after one more.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CancelShare {
    pub orders: i64,
    pub cancelled: i64,
    pub now: BasisPoints,
    pub after_one_more: BasisPoints,
    pub threshold: BasisPoints,
    pub days: i64,
}

impl CancelShare {
    fn of(orders: i64, cancelled: i64) -> Self {
        let share = |cancelled: i64| match orders {
            0 => BasisPoints(0),
            orders => BasisPoints(i32::try_from(cancelled.min(orders) * 10_000 / orders).unwrap_or(10_000)),
        };
        Self {
            orders,
            cancelled,
            now: share(cancelled),
            after_one_more: share(cancelled + 1),
            threshold: BasisPoints(i32::try_from(rules::number("cancel_share_max") * 100).unwrap_or(300)),
            days: rules::number("cancel_share_days"),
        }
    }
}

impl Orders {
    /// Cancellations by the seller's fault among the orders of the last days, as the marketplace counts them.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn cancel_share(&self, scope: &Scope, shop: &ShopId) -> Result<CancelShare, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let since = self
            .clock
            .now()
            .minus(Span::from_days(rules::number("cancel_share_days")));
        let (all, cancelled) = orders::cancelled_share(&self.db, shop, since).await?;
        let ours = cancelled
            .iter()
            .filter(|order| {
                order
                    .cancel_reason
                    .as_deref()
                    .is_some_and(|reason| OURS.contains(&reason))
            })
            .count();
        Ok(CancelShare::of(all, i64::try_from(ours).unwrap_or(i64::MAX)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_of_all_orders_and_grows_with_one_more() {
        let share = CancelShare::of(200, 5);
        assert_eq!(
            (share.now, share.after_one_more),
            (BasisPoints(250), BasisPoints(300))
        );
        assert_eq!(share.threshold, BasisPoints(300));
        assert_eq!(
            CancelShare::of(0, 0).after_one_more,
            BasisPoints(0),
            "no orders, no share"
        );
    }
}
