//! The list of orders: views, search, what is due first. Rows with something under way are asked for together until it is done.

use super::{
    board,
    query::{OrdersQuery, chips},
    show::{self, Offers, Shared},
};
use crate::{
    around::AtShop,
    carried::is_own,
    door::{Desk, draw, language},
    pages::{day, prices::path_of},
    shell::Shell,
    views::{
        orders::{OrderList, OrderRow, OrdersEmpty, ReadingLine},
        parts::{Pager, Tab},
    },
};
use axum::{
    extract::{OriginalUri, State},
    response::{Html, IntoResponse, Response},
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::{OfferId, OrderId, ShopId, Timestamp};
use sauda_orders::{
    OrderPage, Reading, StageCounts,
    model::{DayState, Line, Stage, View},
};
use serde::{Deserialize, Serialize};

/// Rows a page.
const ROWS: i64 = 100;
/// Tabs of the page, in the order of an order's life.
const TABS: [View; 9] = [
    View::Open,
    View::New,
    View::Pack,
    View::HandOver,
    View::OnWay,
    View::Own,
    View::Back,
    View::Done,
    View::Cancelled,
];

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<OrdersQuery>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(&who.session, who.language, &path_of(&uri), "orders", &slug, None)
        .await?;
    let scope = who.scope();
    let filter = query.filter(if query.is_board() { 1 } else { ROWS }, desk.now());
    let (found, counts, reading) = tokio::try_join!(
        desk.orders.list(scope, &at.shop.id, &filter),
        desk.orders.counts(scope, &at.shop.id),
        desk.orders.reading(scope, &at.shop.id),
    )?;
    let key = desk.catalog.shop_key(scope, &at.shop.id).await?;
    let base = format!("{}/orders", at.shell.base);
    let empty = found.orders.is_empty().then(|| match (&key, &reading) {
        (None, _) | (_, None) => OrdersEmpty::NoKey,
        _ if query.is_narrow() => OrdersEmpty::NotFound,
        (_, Some(reading)) if reading.read_at.is_none() && reading.trouble.is_none() => OrdersEmpty::Reading,
        _ => OrdersEmpty::Nothing,
    });
    let columns = if query.is_board() {
        board::columns(&desk, scope, &at, &base, &query, &counts).await?
    } else {
        Vec::new()
    };
    let rows = if query.is_board() {
        Vec::new()
    } else {
        rows(&desk, scope, &at, &base, &found).await?
    };
    let has_key = key.is_some();
    let day = day::panel(&desk, scope, &at.shop, &at.shell.base).await?;
    let is_day = day
        .as_ref()
        .is_some_and(|day| day.run.state == DayState::Running.word());
    let view = OrderList {
        day,
        chips: chips(&desk, language(who.language), &query, &base),
        kept: query
            .pairs()
            .into_iter()
            .filter(|(name, _)| *name != "q")
            .map(own_pair)
            .collect(),
        other_look: format!(
            "{base}?{}",
            query.with("look", if query.is_board() { "" } else { "board" })
        ),
        columns,
        waiting: waiting(&rows, &found, is_day),
        base: base.clone(),
        has_key,
        rows,
        tabs: tabs(filter.view, &counts, &base),
        view: filter.view.word(),
        query: query.q.trim().to_owned(),
        empty,
        pager: pager(&query, &found, &base),
        open: counts.of(View::Open),
        reading: reading
            .as_ref()
            .filter(|_| has_key)
            .map(|reading| reading_line(reading, desk.now())),
        bulk: match filter.view {
            View::New => vec!["accept", "print", "cancel"],
            View::Pack => vec!["assemble", "print", "cancel"],
            View::Open => vec!["accept", "assemble", "print", "cancel"],
            View::HandOver => vec!["print", "cancel"],
            _ => Vec::new(),
        },
        news: format!(
            "{base}/news?came_after={}&{}",
            desk.now().as_micros(),
            query.text()
        ),
        export_query: query.text(),
        may_edit: scope.may(Right::ManageOrders),
        may_connect: scope.may(Right::ManageShops),
        sees_money: scope.may(Right::ViewMoney),
    };
    desk.draw(&at.shell, &view)
}

/// Offers of all lines of a page.
pub(super) async fn offers_of<'a>(
    desk: &Desk,
    lines: impl Iterator<Item = &'a Line>,
) -> Result<Offers, Refusal> {
    let mut ids: Vec<OfferId> = lines.filter_map(|line| line.offer.clone()).collect();
    ids.sort();
    ids.dedup();
    Ok(desk
        .catalog
        .offers_by_ids(&ids)
        .await?
        .into_iter()
        .map(|offer| (offer.id.clone(), offer))
        .collect())
}

pub(super) async fn rows(
    desk: &Desk,
    scope: &Scope,
    at: &AtShop,
    base: &str,
    found: &OrderPage,
) -> Result<Vec<OrderRow>, Refusal> {
    let offers = offers_of(desk, found.lines.values().flatten()).await?;
    let shared = Shared {
        base,
        now: at.shell.now,
        offers: &offers,
        sees_money: scope.may(Right::ViewMoney),
        may_edit: scope.may(Right::ManageOrders),
    };
    fitted(desk, (scope, &at.shop.id), all_rows(&shared, found), found).await
}

/// Puts the size advices of open orders, and what came of asking their buyers, beside their goods.
async fn fitted(
    desk: &Desk,
    (scope, shop): (&Scope, &ShopId),
    mut rows: Vec<OrderRow>,
    found: &OrderPage,
) -> Result<Vec<OrderRow>, Refusal> {
    let open = found.orders.iter().filter(|order| !order.seen.stage.is_over());
    let ids: Vec<OrderId> = open.map(|order| order.id.clone()).collect();
    let (fits, asked) = tokio::try_join!(
        desk.orders.fits(&ids),
        desk.orders.size_answers(scope, shop, &ids)
    )?;
    for (row, order) in rows.iter_mut().zip(&found.orders) {
        row.fit = fits.get(&order.id).and_then(|fits| show::fit_mark(fits));
        row.asked = asked.get(&order.id).copied();
    }
    Ok(rows)
}

fn all_rows(shared: &Shared<'_>, found: &OrderPage) -> Vec<OrderRow> {
    let row = |order: &sauda_orders::model::Order| {
        let lines = found.lines.get(&order.id).map_or(&[][..], Vec::as_slice);
        show::row(shared, order, lines, found.commands.get(&order.id))
    };
    found.orders.iter().map(row).collect()
}

fn own_pair((name, value): (&'static str, &str)) -> (String, String) {
    (name.to_owned(), value.to_owned())
}

fn tabs(on: View, counts: &StageCounts, base: &str) -> Vec<Tab> {
    let tab = |view: View| Tab {
        word: view.word().to_owned(),
        href: format!("{base}?view={}", view.word()),
        count: Some(counts.of(view)),
        tone: match view {
            View::New => "warn",
            // What came back already waits for nobody.
            View::Back if counts.on_the_way_back() > 0 => "bad",
            _ => "",
        },
        is_on: view == on,
    };
    TABS.into_iter().map(tab).collect()
}

fn pager(query: &OrdersQuery, found: &OrderPage, base: &str) -> Pager {
    let shown = i64::try_from(found.orders.len()).unwrap_or(0);
    let from = if query.after.is_empty() {
        1
    } else {
        query.from.parse::<i64>().unwrap_or(1).max(1)
    };
    let to = from + shown - 1;
    let text = query.text();
    Pager {
        from: from.min(to),
        to,
        of: found.found,
        back: (from > 1).then(|| format!("{base}?{text}")),
        next: found
            .next
            .as_ref()
            .map(|next| format!("{base}?{text}&after={}&from={}", next.encode(), to + 1)),
    }
}

fn reading_line(reading: &Reading, now: Timestamp) -> ReadingLine {
    let whole = now.since(reading.back_until).as_micros().max(1);
    let left = reading
        .back_to
        .unwrap_or(now)
        .since(reading.back_until)
        .as_micros()
        .max(0);
    ReadingLine {
        read_at: reading.read_at,
        trouble: reading.trouble.clone(),
        since: reading.trouble_since,
        history: (!reading.is_whole()).then(|| 100 - (left * 100 / whole).clamp(0, 100)),
    }
}

/// Numbers of the rows with something under way, joined by dots: while a day runs, of all that are not over.
fn waiting(rows: &[OrderRow], found: &OrderPage, is_day: bool) -> String {
    let codes: Vec<&str> = rows
        .iter()
        .zip(&found.orders)
        .filter(|(row, order)| row.pending.is_some() || (is_day && !order.seen.stage.is_over()))
        .map(|(row, _)| row.code.as_str())
        .collect();
    codes.join(".")
}

/// Most rows that are asked for together.
const MOST_WAITING: usize = 100;

#[derive(Deserialize)]
pub(super) struct RowsQuery {
    #[serde(default)]
    codes: String,
    /// `1` where rows can be marked.
    #[serde(default)]
    bulk: String,
    /// Word of the view that they stand in.
    #[serde(default)]
    view: String,
    /// Where acts in the rows lead back to.
    #[serde(default)]
    back: String,
}

/// What rows alone need.
#[derive(Serialize)]
struct Rows {
    rows: Vec<OrderRow>,
    /// Counts of the views: they change with the rows.
    tabs: Vec<Tab>,
    view: &'static str,
    waiting: String,
    /// Those that were asked for.
    asked: String,
    base: String,
    back: String,
    bulk: bool,
    may_edit: bool,
    sees_money: bool,
}

/// The rows that waited for something, as they are now.
pub(super) async fn waited(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(asked): QueryParams<RowsQuery>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let shop = desk.catalog.shop_by_slug(scope, &slug).await?;
    let codes: Vec<&str> = asked
        .codes
        .split('.')
        .filter(|code| !code.is_empty())
        .take(MOST_WAITING)
        .collect();
    let found = desk.orders.by_codes(scope, &shop.id, &codes).await?;
    let offers = offers_of(&desk, found.lines.values().flatten()).await?;
    let base = format!("/s/{slug}/orders");
    let shared = Shared {
        base: &base,
        now: desk.now(),
        offers: &offers,
        sees_money: scope.may(Right::ViewMoney),
        may_edit: scope.may(Right::ManageOrders),
    };
    let rows = fitted(&desk, (scope, &shop.id), all_rows(&shared, &found), &found).await?;
    let run = desk.orders.last_day(scope, &shop.id).await?;
    let is_day = run.is_some_and(|run| run.state == DayState::Running);
    let (at, counts) = (
        View::parse(&asked.view),
        desk.orders.counts(scope, &shop.id).await?,
    );
    let view = Rows {
        tabs: tabs(at, &counts, &base),
        view: at.word(),
        waiting: waiting(&rows, &found, is_day),
        asked: codes.join("."),
        rows,
        back: Some(asked.back).filter(|back| is_own(back)).unwrap_or_default(),
        bulk: asked.bulk == "1",
        may_edit: shared.may_edit,
        sees_money: shared.sees_money,
        base: base.clone(),
    };
    let shell = Shell::bare(language(who.language), desk.now(), "");
    draw(&desk.pages, "live/order_rows.html", &shell, &view)
}

/// How many orders of this list came into their stage since the page was drawn: the list itself is never changed under a hand.
pub(super) async fn news(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<OrdersQuery>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let since = Timestamp::from_micros(query.came_after);
    let found = desk
        .orders
        .list(who.scope(), &shop.id, &query.filter(500, desk.now()))
        .await?;
    // What people or the clerk moved themselves is no news to them.
    let new: Vec<_> = found
        .orders
        .iter()
        .filter(|order| order.stage_since > since)
        .filter(|order| {
            matches!(
                order.seen.stage,
                Stage::New | Stage::ComingBack | Stage::ReturnAsked | Stage::Cancelled
            )
        })
        .collect();
    if new.is_empty() {
        return Ok(Html("").into_response());
    }
    let shell = Shell::bare(language(who.language), desk.now(), "");
    #[derive(Serialize)]
    struct News {
        count: usize,
        href: String,
    }
    let view = News {
        count: new.len(),
        href: format!("/s/{slug}/orders?{}", query.text()),
    };
    draw(&desk.pages, "live/order_news.html", &shell, &view)
}
