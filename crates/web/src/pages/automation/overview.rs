//! Everything that runs by itself in a shop, each with its state, last and next time, and where it is set. Refuses to run anything.

use crate::{
    door::Desk,
    views::{automation::AutoLine, parts::State as Shown},
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::Shop;
use sauda_edge::Refusal;
use sauda_jobs::ScheduleView;
use sauda_kernel::{Kind, Span, Timestamp};
use sauda_orders::{DayRun, model::DaySettings};
use sauda_pricing::service::{PauseSubject, ShopMode};

/// One line, not yet knowing anything.
fn line(word: &'static str, href: String) -> AutoLine {
    AutoLine {
        word,
        state: Shown::new("off", "off"),
        last_at: None,
        next_at: None,
        href,
        schedule: None,
        is_on: false,
    }
}

/// What a room that knows no such shop says; everything else goes on.
fn known<T, E: sauda_kernel::Failure + Into<Refusal>>(answer: Result<T, E>) -> Result<Option<T>, Refusal> {
    match answer {
        Ok(value) => Ok(Some(value)),
        Err(error) if matches!(error.kind(), Kind::NotFound | Kind::Conflict | Kind::Forbidden) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn autos(desk: &Desk, scope: &Scope, shop: &Shop) -> Result<Vec<AutoLine>, Refusal> {
    let base = format!("/s/{}", shop.slug);
    let schedules = desk.jobs.schedules(Some(scope.merchant())).await?;
    let mut lines = Vec::new();
    if scope.may(Right::ViewOrders) {
        lines.push(orders(desk, scope, shop, &base).await?);
        lines.push(day(desk, scope, shop, &base).await?);
    }
    if scope.may(Right::ViewPrices) {
        lines.push(prices(desk, scope, shop, &base).await?);
    }
    if scope.may(Right::ViewCatalog) {
        lines.push(feed(desk, scope, shop, &base).await?);
    }
    if scope.may(Right::ViewPrices) {
        let sources = desk.research.sources(scope).await?;
        let read_at = sources.iter().filter_map(|source| source.read_at).max();
        let market = scheduled("market", "market", format!("{base}/market"), &schedules);
        lines.push(read_by(market, read_at));
        let href = format!("{base}/market/reviews");
        let reviews = scheduled("reviews", "market-reviews", href, &schedules);
        lines.push(read_by(reviews, desk.research.reviews_read_at(scope).await?));
    }
    lines.push(reports(desk, scope, &base).await?);
    Ok(lines)
}

async fn orders(desk: &Desk, scope: &Scope, shop: &Shop, base: &str) -> Result<AutoLine, Refusal> {
    let empty = line("orders", format!("{base}/orders"));
    let Some(Some(reading)) = known(desk.orders.reading(scope, &shop.id).await)? else {
        return Ok(empty);
    };
    Ok(AutoLine {
        state: if reading.trouble.is_some() {
            Shown::new("trouble", "bad")
        } else {
            Shown::new("on", "ok")
        },
        last_at: reading.read_at,
        next_at: Some(reading.next_at),
        is_on: true,
        ..empty
    })
}

async fn day(desk: &Desk, scope: &Scope, shop: &Shop, base: &str) -> Result<AutoLine, Refusal> {
    let empty = line("day", format!("{base}/orders/runs"));
    let Some(settings) = known(desk.orders.day_settings(scope, &shop.id).await)? else {
        return Ok(empty);
    };
    let last: Option<DayRun> = known(desk.orders.last_day(scope, &shop.id).await)?.flatten();
    let next_at = next_day(&settings, desk.now());
    Ok(AutoLine {
        state: match next_at {
            Some(_) => Shown::new("on", "ok"),
            None => Shown::new("by-hand", "off"),
        },
        last_at: last.map(|run| run.started_at),
        is_on: next_at.is_some(),
        next_at,
        ..empty
    })
}

/// When the day begins by itself next.
fn next_day(settings: &DaySettings, now: Timestamp) -> Option<Timestamp> {
    let minute = settings.starts_at?;
    (0..=7)
        .map(|days| now.local_midnight().plus(Span::from_days(days)))
        .filter(|midnight| settings.weekdays.contains(&midnight.local().weekday))
        .map(|midnight| midnight.plus(Span::from_mins(minute)))
        .find(|at| *at > now)
}

async fn prices(desk: &Desk, scope: &Scope, shop: &Shop, base: &str) -> Result<AutoLine, Refusal> {
    let empty = line("prices", format!("{base}/prices"));
    let Some(settings) = known(desk.pricing.shop_settings(scope, &shop.id).await)? else {
        return Ok(empty);
    };
    let now = desk.now();
    let pauses = desk.pricing.pauses(scope).await?;
    let pause = pauses.iter().find(|pause| {
        matches!(&pause.subject, PauseSubject::Everything)
            || matches!(&pause.subject, PauseSubject::Shop(id) if *id == shop.id)
    });
    let pause = pause.filter(|pause| pause.until.is_none_or(|until| until > now));
    let pulse = known(desk.pricing.pulse(scope, &shop.id).await)?;
    Ok(AutoLine {
        state: match (pause, settings.mode) {
            (Some(_), _) => Shown::new("paused", "warn"),
            (None, ShopMode::On) => Shown::new("on", "ok"),
            (None, ShopMode::DryRun) => Shown::new("dry", "accent"),
            (None, ShopMode::Off) => Shown::new("watching", "off"),
        },
        last_at: pulse.and_then(|pulse| pulse.checked_at),
        next_at: pause.and_then(|pause| pause.until),
        is_on: pause.is_none() && settings.mode == ShopMode::On,
        ..empty
    })
}

async fn feed(desk: &Desk, scope: &Scope, shop: &Shop, base: &str) -> Result<AutoLine, Refusal> {
    let empty = line("feed", format!("{base}/catalog/feed"));
    let Some(feed) = known(desk.feeds.feed(scope, &shop.id).await)? else {
        return Ok(empty);
    };
    let fetches = known(desk.feeds.fetches(scope, &shop.id).await)?.unwrap_or_default();
    Ok(AutoLine {
        state: match (&feed.held, feed.has_address) {
            (Some(_), _) => Shown::new("trouble", "bad"),
            (None, true) => Shown::new("on", "ok"),
            (None, false) => Shown::new("off", "off"),
        },
        last_at: fetches.iter().map(|fetch| fetch.at).max(),
        is_on: feed.has_address,
        ..empty
    })
}

/// What a schedule of the queue does.
fn scheduled(word: &'static str, name: &str, href: String, schedules: &[ScheduleView]) -> AutoLine {
    let empty = line(word, href);
    let Some(schedule) = schedules.iter().find(|schedule| schedule.name == name) else {
        return empty;
    };
    AutoLine {
        state: if schedule.paused {
            Shown::new("paused", "warn")
        } else if schedule.last_state == Some(sauda_jobs::JobState::Parked) {
            Shown::new("trouble", "bad")
        } else {
            Shown::new("on", "ok")
        },
        last_at: schedule.last_at,
        next_at: Some(schedule.next_at).filter(|_| !schedule.paused),
        schedule: Some(schedule.id.clone()),
        is_on: !schedule.paused,
        ..empty
    }
}

/// The last time is when something was read, also by hand or before the schedule was there.
fn read_by(line: AutoLine, read_at: Option<Timestamp>) -> AutoLine {
    AutoLine {
        last_at: line.last_at.max(read_at),
        ..line
    }
}

async fn reports(desk: &Desk, scope: &Scope, base: &str) -> Result<AutoLine, Refusal> {
    let plans = desk.report_plans.plans(scope).await?;
    let on = || plans.iter().filter(|plan| !plan.is_paused);
    Ok(AutoLine {
        state: match (plans.is_empty(), on().count()) {
            (true, _) => Shown::new("off", "off"),
            (false, 0) => Shown::new("paused", "warn"),
            (false, _) => Shown::new("on", "ok"),
        },
        last_at: plans.iter().filter_map(|plan| plan.last_due_at).max(),
        next_at: on().map(|plan| plan.next_at).min(),
        is_on: on().count() > 0,
        ..line("reports", format!("{base}/automation/reports"))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_next_day_is_the_next_of_its_weekdays() {
        // The 20th of November 2026 is a Friday.
        let at = |day, hour| Timestamp::from_almaty(2026, 11, day, hour, 0, 0).unwrap();
        let settings = DaySettings {
            starts_at: Some(9 * 60),
            weekdays: vec![1, 5],
            ..DaySettings::default()
        };
        assert_eq!(next_day(&settings, at(20, 8)), Some(at(20, 9)));
        assert_eq!(next_day(&settings, at(20, 9)), Some(at(23, 9)));
        let by_hand = DaySettings {
            starts_at: None,
            ..settings
        };
        assert_eq!(next_day(&by_hand, at(20, 8)), None);
    }
}
