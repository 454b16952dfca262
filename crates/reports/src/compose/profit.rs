//! What a span earned against the same length before, which products earned most and least, and what has no cost. Refuses to guess a cost.

use super::{ROWS, more};
use crate::findings::{Bar, Col, Part, Value};
use crate::timed::Made;
use crate::{Asked, Findings, Group, GroupBy, PricedLine, Profit, ReportPlans, ReportsError, fold};
use sauda_accounts::Scope;
use sauda_economics::rates::Day;
use sauda_kernel::{Money, Span};

/// Products that earned most, and least.
const BEST: usize = 5;
/// Days of the drawing, at least.
const DRAWN: i64 = 14;

pub(super) async fn compose(
    plans: &ReportPlans,
    scope: &Scope,
    made: &Made,
) -> Result<Findings, ReportsError> {
    let (from, until) = made.sums();
    let before = from.minus(until.since(from));
    let drawn = from.min(until.minus(Span::from_days(DRAWN)));
    let asked = Asked {
        shops: made.shop.iter().cloned().collect(),
        from: Day::of(before.min(drawn)),
        to: Day::of(until.minus(Span::from_hours(1))),
        by: GroupBy::Product,
    };
    let lines = plans.reports.lines(scope, &asked).await?;
    let within = |from, until| -> Vec<PricedLine> {
        let (from, until) = (Day::of(from), Day::of(until));
        lines
            .iter()
            .filter(|line| line.day >= from && line.day < until)
            .cloned()
            .collect()
    };
    let now = fold(&within(from, until), GroupBy::Product);
    let was = fold(&within(before, from), GroupBy::Product);
    let shown = fold(&within(drawn, until), GroupBy::Day);
    Ok(findings(&now, &was, &shown, drawn, until))
}

/// One sum of a span.
type Pick = fn(&Profit) -> Money;

fn findings(
    now: &Profit,
    was: &Profit,
    shown: &Profit,
    drawn: sauda_kernel::Timestamp,
    until: sauda_kernel::Timestamp,
) -> Findings {
    let head = if now.total.revenue == Money::ZERO {
        Findings::new("profit-none")
    } else {
        Findings::new("profit")
            .arg("profit", Value::money(now.total.profit))
            .arg("before", Value::money(was.total.profit))
            .arg("revenue", Value::money(now.total.revenue))
    };
    let margin = |of: &Profit| {
        Value::known(of.total.margin(), |share| {
            Value::Tenths((i64::from(share.0) + 5) / 10)
        })
    };
    let money = |word: &str, pick: Pick| {
        (
            word.to_owned(),
            Value::money(pick(now)),
            Some(Value::money(pick(was))),
        )
    };
    // What is not nothing in one of the spans; revenue less all of them but what came back is the profit.
    let parts: [(&str, Pick); 7] = [
        ("without_cost", |of| of.total.without_cost),
        ("purchase", |of| of.total.purchase),
        ("commission", |of| of.total.commission),
        ("delivery", |of| of.total.delivery),
        ("own", |of| {
            let total = &of.total;
            let own = [total.advertising, total.packaging, total.payment];
            Money::from_tiyn(own.iter().map(|sum| sum.tiyn()).sum())
        }),
        ("tax", |of| of.total.tax),
        ("vat", |of| of.total.vat),
    ];
    let mut rows = vec![money("revenue", |of| of.total.revenue)];
    let some = |pick: Pick| pick(now) != Money::ZERO || pick(was) != Money::ZERO;
    rows.extend(
        parts
            .into_iter()
            .filter(|(_, pick)| some(*pick))
            .map(|(word, pick)| money(word, pick)),
    );
    rows.push(money("profit", |of| of.total.profit));
    rows.push(("margin".to_owned(), margin(now), Some(margin(was))));
    rows.push((
        "orders".to_owned(),
        Value::count(now.orders),
        Some(Value::count(was.orders)),
    ));
    rows.push(money("returned", |of| of.total.returned));
    let facts = Part::Facts { rows };
    let mut earned: Vec<&Group> = now
        .groups
        .iter()
        .filter(|group| group.sums.known() > Money::ZERO)
        .collect();
    earned.sort_by(|one, other| (other.sums.profit, &one.key).cmp(&(one.sums.profit, &other.key)));
    let best: Vec<&Group> = earned
        .iter()
        .copied()
        .filter(|group| group.sums.profit > Money::ZERO)
        .take(BEST)
        .collect();
    let mut worst: Vec<&Group> = earned.iter().skip(best.len()).rev().copied().take(BEST).collect();
    worst.sort_by(|one, other| (one.sums.profit, &one.key).cmp(&(other.sums.profit, &other.key)));
    head.part(facts)
        .part(days(shown, drawn, until))
        .part(products("best", &best))
        .part(products("worst", &worst))
        .part(missing(now))
}

/// Each day with what it earned; days without a sale earned nothing.
fn days(shown: &Profit, from: sauda_kernel::Timestamp, until: sauda_kernel::Timestamp) -> Part {
    let mut bars = Vec::new();
    let mut at = from;
    while at < until {
        let day = Day::of(at);
        let profit = shown
            .days
            .iter()
            .find(|(known, _)| *known == day)
            .map_or(Money::ZERO, |(_, sums)| sums.profit);
        bars.push(Bar {
            label: Value::Day(at),
            value: Value::money(profit),
            before: None,
        });
        at = at.plus(Span::from_days(1));
    }
    let is_silent = bars.iter().all(|bar| bar.value == Value::Money(0));
    Part::Bars {
        word: "profit-days".to_owned(),
        in_time: true,
        bars: if is_silent { Vec::new() } else { bars },
    }
}

fn products(word: &str, groups: &[&Group]) -> Part {
    Part::Table {
        word: word.to_owned(),
        columns: vec![
            Col::text("product"),
            Col::number("pieces"),
            Col::money("revenue"),
            Col::money("profit"),
            Col::number("margin"),
        ],
        rows: groups
            .iter()
            .map(|group| {
                vec![
                    Value::Text(group.name.clone()),
                    Value::Number(group.sums.pieces),
                    Value::money(group.sums.revenue),
                    Value::money(group.sums.profit),
                    Value::known(group.sums.margin(), |share| {
                        Value::Tenths((i64::from(share.0) + 5) / 10)
                    }),
                ]
            })
            .collect(),
        more: 0,
    }
}

fn missing(now: &Profit) -> Part {
    Part::Table {
        word: "missing".to_owned(),
        columns: vec![Col::text("product"), Col::number("pieces"), Col::money("revenue")],
        rows: now
            .missing
            .iter()
            .take(ROWS)
            .map(|one| {
                vec![
                    Value::Text(one.name.clone()),
                    Value::Number(one.pieces),
                    Value::money(one.revenue),
                ]
            })
            .collect(),
        more: more(now.missing.len(), ROWS),
    }
}
