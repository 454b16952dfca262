//! Server time of the pages that count over the past: stock, profit, tax and the first page of a shop with a year of sales.
//! Refuses to measure a browser or a network.

use super::{
    browse::Browser,
    figures::{Figures, count, millis, number, percentile},
    store::{self, Stock},
};
use crate::rooms::Rooms;
use sauda_accounts::Scope;
use sauda_kernel::Span;
use sauda_pricing::service::ShopMode;
use sauda_reports::{Asked, GroupBy};
use std::time::Instant;

const PART: &str = "year";
/// How often each page is asked for after the first time.
const TIMES: usize = 40;
/// What a server may take for an answer.
const GOAL_MS: f64 = 100.0;

/// How large the shop is.
#[derive(Debug, Clone, Copy)]
pub struct Year {
    pub products: usize,
    /// Evenly over the days of a year.
    pub orders: usize,
}

/// Fills a shop, opens its pages, and notes the times.
pub async fn measure(rooms: &Rooms, many: Year, figures: &mut Figures) -> anyhow::Result<()> {
    let (browser, merchant) = Browser::sign_up(rooms).await?;
    let cards = store::invented(many.products);
    let stock = Stock {
        merchant: &merchant,
        uid: "30000001",
        cards: &cards,
        lived: true,
    };
    let shop = store::fill(&rooms.db, &*rooms.clock, &*rooms.ids, &stock).await?;
    let scope = Scope::system(merchant, "bench");
    let best = store::year::fill(rooms, &scope, &shop, &cards, many.orders).await?;
    // Today of a shop that is past its first days says everything.
    rooms.pricing.set_mode(&scope, &shop, ShopMode::On).await?;
    let start = Instant::now();
    rooms.stock.foresee_now(&scope).await?;
    loop {
        let (done, total) = rooms.stock.foresee_once(&scope).await?;
        if done >= total {
            break;
        }
    }
    figures.note(
        PART,
        format!("forecasts of {} products from a year of sales", many.products),
        format!("{} s", number(start.elapsed().as_secs_f64())),
    );
    for (what, path) in [
        ("Today", "/s/bench/today".to_owned()),
        ("Stock, what to reorder", "/stock".to_owned()),
        ("Stock, a search", "/stock?view=all&q=altyn".to_owned()),
        ("one product of the stock", format!("/stock/{best}")),
        ("Profit of a month", "/s/bench/money/profit".to_owned()),
        ("Tax of a half-year", "/s/bench/money/tax".to_owned()),
        ("Orders", "/s/bench/orders?view=all".to_owned()),
    ] {
        // The first who asks counts what nobody asked before.
        let (first, _) = browser.get(&path).await?;
        figures.note(
            PART,
            format!("{what}, asked for the first time"),
            format!("{} ms", number(millis(first))),
        );
        let (mut times, mut bytes) = (Vec::with_capacity(TIMES), 0);
        for _ in 0..TIMES {
            let (took, size) = browser.get(&path).await?;
            times.push(took);
            bytes = size;
        }
        figures.at_most(
            PART,
            format!("p95 of {what}, {} KB", number(count(bytes) / 1_024.0)),
            millis(percentile(&mut times, 95)),
            GOAL_MS,
            " ms",
        );
    }
    profit(rooms, &scope, many, figures).await
}

/// A year of profit at once: what a thousand orders take.
async fn profit(rooms: &Rooms, scope: &Scope, many: Year, figures: &mut Figures) -> anyhow::Result<()> {
    let now = rooms.clock.now();
    let asked = Asked {
        shops: Vec::new(),
        from: sauda_economics::rates::Day::of(now.minus(Span::from_days(364))),
        to: sauda_economics::rates::Day::of(now),
        by: GroupBy::Product,
    };
    let start = Instant::now();
    rooms.reports.profit(scope, &asked).await?;
    let took = start.elapsed();
    figures.at_most(
        PART,
        format!(
            "profit of a year by product, {} orders: for each thousand",
            many.orders
        ),
        millis(took) * 1_000.0 / count(many.orders),
        50.0,
        " ms",
    );
    Ok(())
}
