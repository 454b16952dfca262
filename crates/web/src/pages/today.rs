//! What needs a person now, and what prices did.

use crate::{
    charts::bars,
    door::{Desk, language},
    format::Moment,
    pages::{
        day,
        live::{self, LivePage},
    },
    views::{
        parts::Told,
        today::{BotFigures, FeedLine, QualityLine, SetupStep, Today, Todo},
    },
};
use axum::{
    Router,
    extract::State,
    response::{Redirect, Response},
    routing::{get, post},
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::{Notice, Shop, Tone};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_jobs::JobState;
use sauda_kernel::{NoticeId, Span, Timestamp};
use sauda_messages::team::What;
use sauda_orders::{OrderFilter, Quality, model::View as OrderStage};
use sauda_pricing::{
    ChangeState,
    board::BoardCounts,
    model::{Level, MoveKind, resolve},
    service::{self, ShopMode, ShopPulse},
};
use serde::Deserialize;
use std::collections::BTreeSet;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/today", get(today))
        .route("/s/{shop}/today/{notice}/snooze", post(snooze))
}

/// Rows that fit before scrolling.
const MOST_ROWS: usize = 8;

async fn today(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let mut at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{slug}/today"),
            "today",
            &slug,
            None,
        )
        .await?;
    at.shell.live = Some(live::address(&at.shell.base, LivePage::Today, &at.city, "", &[]));
    let scope = who.scope();
    let say = |key: Timestamp| {
        Moment {
            words: desk.pages.words(),
            language: language(who.language),
            now: desk.now(),
        }
        .when(key)
    };
    let mut view = Today {
        day: None,
        setup: Vec::new(),
        todo: Vec::new(),
        snoozed: 0,
        bot: None,
        quality: Vec::new(),
        feed: Vec::new(),
        next_deadline: None,
    };
    let unseen = desk.team.unseen(scope).await?;
    for notice in desk.catalog.notices(scope, Some(&at.shop.id), 20).await? {
        // What cannot wait stays on the screen, whatever was chosen.
        let is_hidden = What::of_notice(&notice.word).is_some_and(|what| unseen.contains(&what));
        if is_hidden && notice.tone != Tone::Bad {
            continue;
        }
        view.todo.push(of_notice(&notice, &at.shell.base, &say));
    }
    if scope.may(Right::ViewOrders) {
        orders(&desk, scope, &at.shop, &at.shell.base, &mut view).await?;
        view.quality = quality(&desk, scope, &at.shop).await?;
        view.day = day::card(&desk, scope, &at.shop, &at.shell.base).await?;
    }
    if scope.may(Right::ViewPrices) {
        let counts = at.counts;
        let pulse = desk.pricing.pulse(scope, &at.shop.id).await?;
        if pulse.mode != ShopMode::On && pulse.confirmed_at.is_none() {
            view.setup = setup(&desk, scope, &at.shop, &at.shell.base, &pulse).await?;
        } else {
            counted(&desk, scope, &at.shell.base, &counts, &pulse, &at.shop, &mut view).await?;
            view.bot = Some(figures(&desk, scope, &at.shop, &counts, &pulse).await?);
            view.feed = feed(&desk, scope, &at.shop, &at.shell.base).await?;
        }
    }
    view.todo.truncate(MOST_ROWS);
    desk.draw(&at.shell, &view)
}

/// What the marketplace measures the shop by.
async fn quality(desk: &Desk, scope: &Scope, shop: &Shop) -> Result<Vec<QualityLine>, Refusal> {
    let measured = desk.orders.quality(scope, &shop.id).await?;
    let of_orders = measured.iter().any(|quality| quality.of > 0);
    let line = |quality: &Quality| QualityLine {
        word: quality.word,
        now_bp: quality.now.0,
        most_bp: quality.most.0,
        count: quality.count,
        of: quality.of,
        tone: match (quality.now.0, quality.most.0) {
            (now, most) if now > most => "bad",
            (now, most) if now * 3 > most * 2 => "warn",
            _ => "ok",
        },
    };
    Ok(measured.iter().filter(|_| of_orders).map(line).collect())
}

/// Orders that wait for a person, with the first deadline of each kind; before everything else, by deadline.
async fn orders(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
    view: &mut Today,
) -> Result<(), Refusal> {
    // icons: package-plus package-open truck hand-coins
    const KINDS: [(OrderStage, &str, &str); 4] = [
        (OrderStage::New, "orders-new", "package-plus"),
        (OrderStage::Pack, "orders-pack", "package-open"),
        (OrderStage::HandOver, "orders-hand-over", "truck"),
        (OrderStage::Own, "orders-own", "hand-coins"),
    ];
    let counts = desk.orders.counts(scope, &shop.id).await?;
    let mut rows = Vec::new();
    for (stage, word, icon) in KINDS {
        let count = counts.of(stage);
        if count == 0 {
            continue;
        }
        let first = OrderFilter {
            view: stage,
            limit: 1,
            ..OrderFilter::default()
        };
        let first = desk.orders.list(scope, &shop.id, &first).await?.orders;
        let due = first.first().and_then(|order| order.seen.due_at);
        let is_late = due.is_some_and(|due| due < desk.now().plus(Span::from_hours(1)));
        rows.push(Todo {
            id: String::new(),
            prefix: "todo",
            said: Told::new(word).arg("n", count),
            icon,
            tone: if is_late { "bad" } else { "warn" },
            since: None,
            due,
            href: format!("{base}/orders?view={}", stage.word()),
        });
    }
    rows.sort_by_key(|row| row.due.unwrap_or(Timestamp::from_micros(i64::MAX)));
    view.next_deadline = rows.first().and_then(|row| row.due);
    view.todo.splice(0..0, rows);
    Ok(())
}

/// A notice as a row; moments among its values become local times.
fn of_notice(notice: &Notice, base: &str, say: &dyn Fn(Timestamp) -> String) -> Todo {
    let mut said = Told::new(notice.word.clone());
    for (name, value) in &notice.args {
        let number = value.parse::<i64>().ok();
        said = match (name.as_str(), number) {
            ("until", Some(micros)) => said.arg(name, say(Timestamp::from_micros(micros))),
            // The number of an order is a name.
            ("code", _) => said.arg(name, value.clone()),
            (_, Some(number)) => said.arg(name, number),
            (_, None) => said.arg(name, value.clone()),
        };
    }
    let link = notice.link.clone().unwrap_or_else(|| "/today".to_owned());
    // icons: bell unplug circle-alert
    Todo {
        id: notice.id.to_string(),
        prefix: "notice",
        said,
        icon: match notice.tone {
            Tone::Bad => "unplug",
            Tone::Warn => "circle-alert",
            Tone::Info => "bell",
        },
        tone: match notice.tone {
            Tone::Bad => "bad",
            Tone::Warn => "warn",
            Tone::Info => "",
        },
        since: Some(notice.last_at),
        due: None,
        href: if link.starts_with("/settings") {
            link.replace("/settings/stores", "/settings/shops")
        } else {
            format!("{base}{link}")
        },
    }
}

/// The first days: what is done and what comes next.
async fn setup(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
    pulse: &ShopPulse,
) -> Result<Vec<SetupStep>, Refusal> {
    let offers = desk.catalog.offer_count(&shop.id).await?;
    let limits = desk.pricing.with_limits(scope, &shop.id).await?;
    let rules = desk.pricing.rules(scope).await?;
    let settings = desk.pricing.shop_settings(scope, &shop.id).await?;
    let chosen = rules.first().map(|rule| rule.name.clone());
    let has_rule = chosen.is_some() || settings.version > 1;
    let step = |word, is_done, href: &str, minutes, done| SetupStep {
        word,
        is_done,
        href: format!("{base}{href}"),
        minutes,
        done,
    };
    Ok(vec![
        step(
            "connect",
            true,
            "/today",
            3,
            Some(
                Told::new("connect")
                    .arg("shop", shop.name.clone())
                    .arg("offers", offers),
            ),
        ),
        step(
            "limits",
            limits > 0,
            "/prices/import",
            5,
            (limits > 0).then(|| Told::new("limits").arg("n", limits)),
        ),
        step(
            "rule",
            has_rule,
            "/prices/rules",
            2,
            chosen.map(|name| Told::new("rule").arg("name", name)),
        ),
        step("on", pulse.mode == ShopMode::On, "/bot", 1, None),
    ])
}

/// Rows that are counted anew at each look.
async fn counted(
    desk: &Desk,
    scope: &Scope,
    base: &str,
    counts: &BoardCounts,
    pulse: &ShopPulse,
    shop: &Shop,
    view: &mut Today,
) -> Result<(), Refusal> {
    // icons: key-round circle-help trending-down shield move-vertical unplug pause
    let mut row = |word: &str, n: i64, icon, tone, href: String| {
        if n > 0 {
            view.todo.push(Todo {
                id: String::new(),
                prefix: "todo",
                said: Told::new(word).arg("n", n),
                icon,
                tone,
                since: None,
                due: None,
                href,
            });
        }
    };
    row(
        "bot-off",
        i64::from(pulse.mode == ShopMode::Off),
        "pause",
        "warn",
        format!("{base}/bot"),
    );
    row(
        "asks",
        counts.asks,
        "circle-help",
        "warn",
        format!("{base}/prices?view=asks"),
    );
    row(
        "at-floor",
        counts.at_floor,
        "trending-down",
        "warn",
        format!("{base}/prices?view=floor"),
    );
    row(
        "no-limits",
        counts.no_limits,
        "move-vertical",
        "",
        format!("{base}/prices?view=no_limits"),
    );
    let since = desk.now().minus(Span::from_days(1));
    let joined = desk.pricing.newcomers(scope, &shop.id, since, 100).await?.len();
    row(
        "joined",
        i64::try_from(joined).unwrap_or(0),
        "shield",
        "accent",
        format!("{base}/prices/guard"),
    );
    if scope.may(Right::ViewAutomation) {
        let parked: u64 = desk
            .jobs
            .counts()
            .await?
            .into_iter()
            .filter(|count| count.state == JobState::Parked)
            .map(|count| count.jobs)
            .sum();
        row(
            "parked",
            i64::try_from(parked).unwrap_or(0),
            "unplug",
            "bad",
            format!("{base}/automation/parked"),
        );
    }
    Ok(())
}

async fn figures(
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

async fn feed(desk: &Desk, scope: &Scope, shop: &Shop, base: &str) -> Result<Vec<FeedLine>, Refusal> {
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

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct SnoozeForm {
    /// `evening`, `tomorrow` or `never`.
    until: String,
}

async fn snooze(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams((slug, notice)): PathParams<(String, NoticeId)>,
    FormBody(form): FormBody<SnoozeForm>,
) -> Result<Redirect, Refusal> {
    let now = desk.now();
    let until = match form.until.as_str() {
        "evening" => Some(
            now.local_midnight()
                .plus(Span::from_hours(18))
                .max(now.plus(Span::from_hours(2))),
        ),
        "tomorrow" => Some(now.local_midnight().plus(Span::from_hours(33))),
        _ => None,
    };
    desk.catalog.put_away(who.scope(), &notice, until).await?;
    Ok(Redirect::to(&format!("/s/{slug}/today")))
}
