//! What stands beside the rows: where prices are, what they did, what the marketplace measures. Refuses to count: rooms do.

use crate::{
    charts::bars,
    door::Desk,
    views::{
        parts::Told,
        today::{BotFigures, FeedLine, QualityLine},
    },
};
use sauda_accounts::Scope;
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_orders::Quality;
use sauda_pricing::{
    ChangeState,
    board::BoardCounts,
    model::{Level, MoveKind, resolve},
    service::{self, ShopPulse},
};
use std::collections::BTreeSet;

/// What the marketplace measures the shop by.
pub(super) async fn quality(desk: &Desk, scope: &Scope, shop: &Shop) -> Result<Vec<QualityLine>, Refusal> {
    let measured = desk.orders.quality(scope, &shop.id).await?;
    let of_orders = measured.iter().any(|quality| quality.of > 0);
    let line = |quality: &Quality| QualityLine {
        word: quality.word,
        now_bp: quality.now.0,
        most_bp: quality.most.0,
        count: quality.count,
        of: quality.of,
        filled: (i64::from(quality.now.0) * 80)
            .checked_div(i64::from(quality.most.0))
            .unwrap_or(0)
            .min(100),
        tone: match (quality.now.0, quality.most.0) {
            (now, most) if now > most => "bad",
            (now, most) if now * 3 > most * 2 => "warn",
            _ => "ok",
        },
    };
    Ok(measured.iter().filter(|_| of_orders).map(line).collect())
}

/// Where the prices stand.
pub(super) async fn figures(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    counts: &BoardCounts,
    pulse: &ShopPulse,
) -> Result<BotFigures, Refusal> {
    let settings = desk.pricing.shop_settings(scope, &shop.id).await?;
    let (rule, _) = resolve(&[(Level::Shop, &settings.settings)]);
    let seen = counts.first + counts.not_first;
    let days = desk.pricing.changes_by_day(scope, &shop.id).await?;
    let days: Vec<(String, i64)> = days
        .into_iter()
        .map(|(day, n)| (format!("{:02}.{:02}", day.local().day, day.local().month), n))
        .collect();
    Ok(BotFigures {
        first_bp: i32::try_from((counts.first * 10_000).checked_div(seen).unwrap_or(0)).unwrap_or(0),
        first_delta_bp: None,
        first_trend: None,
        kept: seen,
        first: counts.first,
        top_three: counts.top_three,
        lower: counts.not_first - counts.top_three,
        at_floor: counts.at_floor,
        changes_today: pulse.today,
        changes_by_day: bars(&days),
        confirmed_at: pulse.confirmed_at,
        checked_at: pulse.checked_at,
        dead_man_minutes: rule.dead_man.map(|switch| i64::from(switch.minutes)),
        is_silent: pulse.dead_since.is_some(),
        answer_seconds: pulse.reaction_seconds,
    })
}

/// Lines of the feed, and changes that are read for them.
const FEED: usize = 20;
const FEED_READ: i64 = 40;

/// What prices did since midnight.
pub(super) async fn feed(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Vec<FeedLine>, Refusal> {
    let lines = desk
        .pricing
        .feed(scope, &shop.id, desk.now().local_midnight(), FEED_READ)
        .await?;
    // Several cities of one offer that went in one call are one line.
    let mut calls = BTreeSet::new();
    let lines = lines.into_iter().filter(|line| {
        line.change
            .call
            .as_ref()
            .is_none_or(|call| calls.insert(call.clone()))
    });
    Ok(lines.take(FEED).map(|line| of_line(line, base)).collect())
}

fn of_line(line: service::FeedLine, base: &str) -> FeedLine {
    let change = line.change;
    let place = line
        .decision
        .as_ref()
        .and_then(|kept| kept.receipt.place_after)
        .map(|place| i64::from(place.place));
    let on_floor = line
        .decision
        .as_ref()
        .is_some_and(|kept| kept.receipt.floor == Some(change.to));
    let (said, tone) = match (change.state, place) {
        (ChangeState::Refused | ChangeState::Lost, _) => (Told::new("refused-now"), "bad"),
        (_, Some(place)) if change.kind == MoveKind::StepBack => {
            (Told::new("step-back").arg("place", place), "warn")
        }
        (_, Some(place)) if on_floor => (Told::new("on-floor").arg("place", place), "warn"),
        (_, Some(1)) if change.from.is_some_and(|from| change.to > from) => (Told::new("rival-left"), ""),
        (_, Some(place)) => (Told::new("place").arg("place", place), ""),
        (_, None) => (Told::new("set"), ""),
    };
    FeedLine {
        at: change.sent_at.unwrap_or(change.created_at),
        title: line.title,
        href: format!("{base}/prices/{}", change.offer),
        from: change.from,
        to: Some(change.to),
        said,
        tone,
    }
}
