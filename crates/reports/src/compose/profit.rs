//! What a span earned against the same length before, which products earned most and least, and what has no cost. Refuses to guess a cost.

use super::{ROWS, more};
use crate::findings::{Bar, Col, Part, Value};
use crate::timed::Made;
use crate::{Asked, Findings, Group, GroupBy, PricedLine, Profit, ReportPlans, ReportsError, Sums, fold};
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

fn down(sum: Money) -> Money {
    sum.tenge_down().money()
}

/// Sums of a span in whole tenge, as the page of profit cuts them: revenue less every part is the profit, which takes the remainder.
/// What came back is apart.
fn told(sums: &Sums) -> [(&'static str, Money); 9] {
    let plus = |one: Money, other: Money| Money::from_tiyn(one.tiyn().saturating_add(other.tiyn()));
    let up = |sum: Money| sum.tenge_up().money();
    let (revenue, known) = (down(sums.revenue), down(sums.known()));
    let parts = [
        ("purchase", up(sums.purchase)),
        ("commission", up(plus(sums.commission, sums.payment))),
        ("delivery", up(sums.delivery)),
        ("own", plus(up(sums.packaging), up(sums.advertising))),
        ("tax", up(plus(sums.tax, sums.vat))),
    ];
    let spent: i64 = parts.iter().map(|(_, sum)| sum.tiyn()).sum();
    let [purchase, commission, delivery, own, tax] = parts;
    [
        ("revenue", revenue),
        ("without_cost", Money::from_tiyn(revenue.tiyn() - known.tiyn())),
        purchase,
        commission,
        delivery,
        own,
        tax,
        ("profit", Money::from_tiyn(known.tiyn() - spent)),
        ("returned", down(sums.returned)),
    ]
}

fn profit_of(sums: &Sums) -> Money {
    let found = told(sums).into_iter().find(|(word, _)| *word == "profit");
    found.map_or(Money::ZERO, |(_, sum)| sum)
}

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
            .arg("profit", Value::money(profit_of(&now.total)))
            .arg("before", Value::money(profit_of(&was.total)))
            .arg("revenue", Value::money(down(now.total.revenue)))
    };
    let margin = |of: &Profit| {
        Value::known(of.total.margin(), |share| {
            Value::Tenths((i64::from(share.0) + 5) / 10)
        })
    };
    let (sums, before) = (told(&now.total), told(&was.total));
    let mut rows: Vec<(String, Value, Option<Value>)> = Vec::new();
    for ((word, sum), (_, earlier)) in sums.into_iter().zip(before) {
        let is_always = matches!(word, "revenue" | "profit" | "returned");
        if is_always || sum != Money::ZERO || earlier != Money::ZERO {
            rows.push((word.to_owned(), Value::money(sum), Some(Value::money(earlier))));
        }
    }
    rows.push(("margin".to_owned(), margin(now), Some(margin(was))));
    rows.push((
        "orders".to_owned(),
        Value::count(now.orders),
        Some(Value::count(was.orders)),
    ));
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
            .map_or(Money::ZERO, |(_, sums)| down(sums.profit));
        bars.push(Bar {
            label: Value::Day(at),
            value: Value::money(profit),
            before: None,
            range: None,
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
                    Value::money(down(group.sums.revenue)),
                    Value::money(down(group.sums.profit)),
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
                    Value::money(down(one.revenue)),
                ]
            })
            .collect(),
        more: more(now.missing.len(), ROWS),
    }
}
