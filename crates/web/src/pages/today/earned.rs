//! What yesterday earned, how its revenue was cut, and the fortnight before. Refuses to count: the room of reports does.

use crate::{charts::spark, door::Desk, pages::money::cut_of, views::today::Earned};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_economics::rates::Day;
use sauda_edge::Refusal;
use sauda_kernel::Span;
use sauda_reports::{Asked, GroupBy, Sums};

/// Days of the line, yesterday the last.
const DAYS: i64 = 14;

/// Nothing when a fortnight brought no sale.
pub(super) async fn earned(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Option<Earned>, Refusal> {
    let midnight = desk.now().local_midnight();
    let day = |ago: i64| Day::of(midnight.minus(Span::from_days(ago)));
    let asked = Asked {
        shops: vec![shop.id.clone()],
        from: day(DAYS),
        to: day(1),
        by: GroupBy::Day,
    };
    let profit = desk.reports.profit(scope, &asked).await?;
    if profit.orders == 0 {
        return Ok(None);
    }
    let of = |ago: i64| {
        let wanted = day(ago);
        let found = profit.groups.iter().find(|group| group.key == wanted.to_string());
        found.map_or((0, Sums::default()), |group| (group.orders, group.sums))
    };
    let (orders, yesterday) = of(1);
    let (_, week_before) = of(8);
    let tenge = |sums: &Sums| sums.profit.tenge_down().get();
    let line: Vec<i64> = (1..=DAYS).rev().map(|ago| tenge(&of(ago).1)).collect();
    let yesterday_day = day(1).to_string();
    let change = (week_before.profit.tiyn() > 0).then(|| {
        let more = yesterday.profit.tiyn().saturating_sub(week_before.profit.tiyn());
        i32::try_from(more.saturating_mul(10_000) / week_before.profit.tiyn()).unwrap_or(i32::MAX)
    });
    let parts = cut_of(&yesterday);
    Ok(Some(Earned {
        // What the cut leaves, so that both say the same.
        profit: parts
            .last()
            .map_or(yesterday.profit.tenge_down(), |part| part.tenge),
        change_bp: change,
        orders: i64::try_from(orders).unwrap_or(i64::MAX),
        revenue: yesterday.revenue,
        without_cost: yesterday.without_cost,
        trend: spark(&line),
        parts,
        href: format!("{base}/money/profit?from={yesterday_day}&to={yesterday_day}&by=order"),
    }))
}
