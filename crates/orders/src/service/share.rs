//! The share of orders that the seller cancelled: the marketplace closes shops above its threshold.

use crate::{
    Orders, OrdersError,
    model::rules,
    store::{figures, returned},
};
use sauda_accounts::Scope;
use sauda_kernel::{BasisPoints, ShopId, Span, Timestamp};
use std::sync::LazyLock;

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
    fn of(orders: i64, cancelled: i64, now: Timestamp) -> Self {
        let share = |cancelled| share(cancelled, orders);
        Self {
            orders,
            cancelled,
            now: share(cancelled),
            after_one_more: share(cancelled + 1),
            threshold: BasisPoints(
                i32::try_from(rules::number("cancel_share_max", now) * 100).unwrap_or(300),
            ),
            days: rules::number("cancel_share_days", now),
        }
    }

    /// The share as it would be after so many more.
    pub fn after(&self, more: i64) -> BasisPoints {
        share(self.cancelled.saturating_add(more), self.orders)
    }
}

impl Orders {
    /// Cancellations by the seller's fault among the orders of the last days, as the marketplace counts them.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn cancel_share(&self, scope: &Scope, shop: &ShopId) -> Result<CancelShare, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let now = self.clock.now();
        let since = now.minus(Span::from_days(rules::number("cancel_share_days", now)));
        let (all, cancelled) = figures::cancelled_share(&self.db, shop, since).await?;
        let ours = cancelled
            .iter()
            .filter(|order| {
                order
                    .cancel_reason
                    .as_deref()
                    .is_some_and(|reason| OURS.contains(&reason))
            })
            .count();
        Ok(CancelShare::of(all, i64::try_from(ours).unwrap_or(i64::MAX), now))
    }
}

/// One thing that the marketplace measures sellers by.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Quality {
    /// `cancelled`, `late`, `returned`: key of the text `quality-<word>`.
    pub word: &'static str,
    /// How many of how many.
    pub count: i64,
    pub of: i64,
    pub now: BasisPoints,
    /// Above it the marketplace restricts the shop.
    pub most: BasisPoints,
    pub days: i64,
}

impl Quality {
    fn of(word: &'static str, (count, of): (i64, i64), most: &str, days: i64, now: Timestamp) -> Self {
        Self {
            word,
            count,
            of,
            now: share(count, of),
            most: BasisPoints(i32::try_from(rules::number(most, now) * 100).unwrap_or(10_000)),
            days,
        }
    }
}

fn share(count: i64, of: i64) -> BasisPoints {
    match of {
        0 => BasisPoints(0),
        of => BasisPoints(i32::try_from(count.min(of) * 10_000 / of).unwrap_or(10_000)),
    }
}

const REASONS: &str = include_str!("../../../../facts/kaspi_return_reasons.csv");

/// Stems of reasons that are about quality.
static STEMS: LazyLock<Vec<String>> = LazyLock::new(|| {
    csv::Reader::from_reader(REASONS.as_bytes())
        .records()
        .filter_map(|row| row.ok()?.get(0).map(str::to_owned))
        .collect()
});

/// Whether goods came back because of their quality, by the reason that the marketplace tells.
fn is_about_quality(reason: &str) -> bool {
    let reason = reason.to_lowercase();
    STEMS.iter().any(|stem| reason.contains(stem.as_str()))
}

impl Orders {
    /// What the marketplace measures the shop by, from the shop's own orders; thresholds and their sources lie in
    /// `facts/kaspi_order_rules.csv`. Deadlines of parcels that left before the program knew them are not counted.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn quality(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<Quality>, OrdersError> {
        let cancelled = self.cancel_share(scope, shop).await?;
        let days = cancelled.days;
        let now = self.clock.now();
        let since = now.minus(Span::from_days(days));
        let left = figures::handed_over(&self.db, shop, since).await?;
        let timed: Vec<bool> = left
            .iter()
            .filter_map(|order| Some(order.handed_over_at? > order.hand_over_due?))
            .collect();
        let count = |count: usize| i64::try_from(count).unwrap_or(i64::MAX);
        let late = count(timed.iter().filter(|is_late| **is_late).count());
        let reasons = returned::reasons(&self.db, shop, since).await?;
        let bad = count(reasons.iter().filter(|reason| is_about_quality(reason)).count());
        let of = cancelled.orders;
        Ok(vec![
            Quality::of(
                "cancelled",
                (cancelled.cancelled, of),
                "cancel_share_max",
                days,
                now,
            ),
            Quality::of("late", (late, count(timed.len())), "late_share_max", days, now),
            Quality::of("returned", (bad, of), "quality_return_share_max", days, now),
        ])
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_share_is_of_all_orders_and_grows_with_one_more() {
        let now = Timestamp::from_almaty(2026, 11, 22, 12, 0, 0).unwrap();
        let share = CancelShare::of(200, 5, now);
        assert_eq!(share.after(7), BasisPoints(600));
        assert_eq!(
            (share.now, share.after_one_more),
            (BasisPoints(250), BasisPoints(300))
        );
        assert_eq!(share.threshold, BasisPoints(300));
        assert_eq!(
            CancelShare::of(0, 0, now).after_one_more,
            BasisPoints(0),
            "no orders, no share"
        );
    }

    #[test]
    fn goods_come_back_because_of_quality_or_for_other_reasons() {
        for reason in [
            "Брак или повреждение",
            "Не соответствует описанию",
            "Товар неисправен",
        ] {
            assert!(is_about_quality(reason), "{reason}");
        }
        for reason in ["Не подошёл размер", "Передумал", ""] {
            assert!(!is_about_quality(reason), "{reason}");
        }
    }
}
