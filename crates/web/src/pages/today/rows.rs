//! What waits for a person: orders, notices, prices, stock, buyers, jobs. Refuses to count anything itself.

use crate::{
    door::Desk,
    views::{
        parts::Told,
        today::{Send, Todo},
    },
};
use sauda_accounts::{Right, Scope};
use sauda_catalog::{Notice, Shop, Tone};
use sauda_edge::Refusal;
use sauda_jobs::JobState;
use sauda_kernel::{Span, Timestamp};
use sauda_messages::{InboxFilter, model::InboxView, team::What};
use sauda_orders::{OrderFilter, model::View as OrderStage};
use sauda_pricing::{
    board::BoardCounts,
    service::{ShopMode, ShopPulse},
};
use sauda_stock::ReorderFilter;

/// Orders that one press accepts.
const MOST_ACCEPTED: i64 = 100;
/// Talks among which the one that waits longest is looked for.
const MOST_TALKS: i64 = 50;

/// Orders that wait for a person, with the first deadline of each kind.
pub(super) async fn of_orders(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Vec<Todo>, Refusal> {
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
        let is_accepted_here = stage == OrderStage::New && scope.may(Right::ManageOrders);
        let first = OrderFilter {
            view: stage,
            limit: if is_accepted_here { MOST_ACCEPTED } else { 1 },
            ..OrderFilter::default()
        };
        let found = desk.orders.list(scope, &shop.id, &first).await?.orders;
        let due = found.first().and_then(|order| order.seen.due_at);
        let is_late = due.is_some_and(|due| due < desk.now().plus(Span::from_hours(1)));
        rows.push(Todo {
            due,
            send: is_accepted_here.then(|| Send {
                act: "accept",
                codes: found.into_iter().map(|order| order.seen.code).collect(),
            }),
            ..row(
                word,
                count,
                icon,
                if is_late { "bad" } else { "warn" },
                format!("{base}/orders?view={}", stage.word()),
            )
        });
    }
    Ok(rows)
}

/// A notice as a row; moments among its values become local times.
pub(super) fn of_notice(notice: &Notice, base: &str, say: &(dyn Fn(Timestamp) -> String + Sync)) -> Todo {
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
        send: None,
    }
}

/// Notices that this person wants to see; what cannot wait stays, whatever was chosen.
pub(super) async fn of_notices(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
    say: &(dyn Fn(Timestamp) -> String + Sync),
) -> Result<Vec<Todo>, Refusal> {
    let unseen = desk.team.unseen(scope).await?;
    let open = desk.catalog.notices(scope, Some(&shop.id), 20).await?;
    Ok(open
        .iter()
        .filter(|notice| {
            notice.tone == Tone::Bad
                || What::of_notice(&notice.word).is_none_or(|what| !unseen.contains(&what))
        })
        .map(|notice| of_notice(notice, base, say))
        .collect())
}

/// A row that is counted anew at each look.
fn row(word: &str, n: i64, icon: &'static str, tone: &'static str, href: String) -> Todo {
    Todo {
        id: word.to_owned(),
        prefix: "todo",
        said: Told::new(word).arg("n", n),
        icon,
        tone,
        since: None,
        due: None,
        href,
        send: None,
    }
}

/// What the bot of prices waits for.
pub(super) async fn of_prices(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
    (counts, pulse): (&BoardCounts, &ShopPulse),
) -> Result<Vec<Todo>, Refusal> {
    // icons: circle-help trending-down shield move-vertical pause
    let since = desk.now().minus(Span::from_days(1));
    let joined = desk.pricing.newcomers(scope, &shop.id, since, 100).await?.len();
    let off = i64::from(pulse.mode == ShopMode::Off);
    let prices = |view: &str| format!("{base}/prices?view={view}");
    let joined = i64::try_from(joined).unwrap_or(0);
    let counted = [
        ("bot-off", off, "pause", "warn", format!("{base}/bot")),
        ("asks", counts.asks, "circle-help", "warn", prices("asks")),
        (
            "at-floor",
            counts.at_floor,
            "trending-down",
            "warn",
            prices("floor"),
        ),
        (
            "no-limits",
            counts.no_limits,
            "move-vertical",
            "",
            prices("no_limits"),
        ),
        (
            "joined",
            joined,
            "shield",
            "accent",
            format!("{base}/prices/guard"),
        ),
    ];
    Ok(counted
        .into_iter()
        .filter(|(_, n, ..)| *n > 0)
        .map(|(word, n, icon, tone, href)| row(word, n, icon, tone, href))
        .collect())
}

/// Goods that run out before the next delivery could come.
pub(super) async fn of_stock(desk: &Desk, scope: &Scope) -> Result<Option<Todo>, Refusal> {
    // icons: boxes
    let list = desk.stock.reorder(scope, &ReorderFilter::default()).await?;
    let Some(first) = list.rows.first() else {
        return Ok(None);
    };
    let due = i64::try_from(list.rows.len()).unwrap_or(i64::MAX);
    let daily = first.plan.as_ref().map_or(0.0, |plan| plan.daily);
    let mut todo = row("reorder", due, "boxes", "warn", "/stock".to_owned());
    todo.said = todo
        .said
        .arg("title", first.product.name())
        .arg("left", first.standing.free().max(0))
        .arg(
            "daily",
            crate::format::milli(sauda_stock::reorder::rounded(daily * 1_000.0)),
        );
    Ok(Some(todo))
}

/// Buyers whom nobody answered.
pub(super) async fn of_talks(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    base: &str,
) -> Result<Option<Todo>, Refusal> {
    // icons: message-circle
    let filter = InboxFilter {
        view: InboxView::NeedsPerson,
        limit: MOST_TALKS,
        ..InboxFilter::default()
    };
    let inbox = desk.messages.inbox(scope, &shop.id, &filter).await?;
    let Some(longest) = inbox.talks.iter().min_by_key(|talk| talk.last_at) else {
        return Ok(None);
    };
    let waiting = inbox
        .counts
        .iter()
        .find(|(view, _)| *view == InboxView::NeedsPerson);
    let n = waiting.map_or(1, |(_, count)| *count);
    let base = format!("{base}/messages");
    let shown = crate::pages::messages::talk_line(longest, &base, scope);
    let mut todo = row("talks", n, "message-circle", "accent", base);
    todo.since = Some(longest.last_at);
    todo.said = todo.said.arg("who", shown.name).arg("text", shown.last_text);
    Ok(Some(todo))
}

/// Jobs whose tries are over.
pub(super) async fn of_jobs(desk: &Desk, base: &str) -> Result<Option<Todo>, Refusal> {
    // icons: unplug
    let counts = desk.jobs.counts().await?;
    let parked: u64 = counts
        .into_iter()
        .filter(|count| count.state == JobState::Parked)
        .map(|count| count.jobs)
        .sum();
    let parked = i64::try_from(parked).unwrap_or(0);
    Ok((parked > 0).then(|| {
        row(
            "parked",
            parked,
            "unplug",
            "bad",
            format!("{base}/automation/parked"),
        )
    }))
}
