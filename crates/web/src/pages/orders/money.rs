//! Where the money of one order went, once its buyer has the goods. Refuses to count by itself: the reports do.

use crate::{
    door::Desk,
    views::order::{MoneyPart, OrderMoney},
};
use sauda_accounts::Scope;
use sauda_economics::rates::Day;
use sauda_edge::Refusal;
use sauda_kernel::{Money, ShopId};
use sauda_orders::model::{Order, Stage};
use sauda_reports::{Asked, GroupBy, Sums, fold};

/// Nothing while it is not known that the buyer keeps the goods.
pub(super) async fn of(
    desk: &Desk,
    scope: &Scope,
    shop: &ShopId,
    order: &Order,
) -> Result<Option<OrderMoney>, Refusal> {
    let seen = &order.seen;
    if seen.stage != Stage::Done {
        return Ok(None);
    }
    // An order that was first read long after its end counts on another day than the one since which it stands so.
    let planned = seen.document.planned_delivery_at;
    let mut days: Vec<Day> = Vec::new();
    for moment in [Some(order.stage_since), planned, Some(seen.created_at)] {
        let day = moment.map(|moment| Day::of(moment.max(seen.created_at)));
        days.extend(day.filter(|day| !days.contains(day)));
    }
    for day in days {
        let asked = Asked {
            shops: vec![shop.clone()],
            from: day,
            to: day,
            by: GroupBy::Order,
        };
        let mut lines = desk.reports.lines(scope, &asked).await?;
        lines.retain(|line| line.order == seen.code);
        if !lines.is_empty() {
            return Ok(Some(told(&fold(&lines, GroupBy::Order).total)));
        }
    }
    Ok(None)
}

fn told(sums: &Sums) -> OrderMoney {
    let is_known = sums.without_cost == Money::ZERO;
    let part = |word, sum: Money| MoneyPart { word, sum };
    let always = [
        part("purchase", sums.purchase),
        part("commission", sums.commission),
        part("delivery", sums.delivery),
        part("tax", sums.tax),
    ];
    let sometimes = [
        part("vat", sums.vat),
        part("payment", sums.payment),
        part("packaging", sums.packaging),
        part("advertising", sums.advertising),
    ];
    let parts = always
        .into_iter()
        .chain(sometimes.into_iter().filter(|part| part.sum != Money::ZERO));
    OrderMoney {
        revenue: sums.revenue,
        parts: if is_known { parts.collect() } else { Vec::new() },
        profit: is_known.then_some(sums.profit),
    }
}
