//! What needs a person now, what yesterday earned, and what prices did.

mod earned;
mod figures;
mod first_days;
mod put_off;
mod rows;

use crate::{
    door::{Desk, language},
    format::Moment,
    pages::{
        day,
        live::{self, LivePage},
    },
    views::today::{Today, Todo},
};
use axum::{
    Router,
    extract::State,
    response::Response,
    routing::{get, post},
};
use sauda_accounts::Right;
use sauda_edge::{Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_kernel::Timestamp;
use sauda_pricing::service::ShopMode;
use serde::Deserialize;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/s/{shop}/today", get(today))
        .route("/s/{shop}/today/{row}/snooze", post(put_off::snooze))
        .route("/s/{shop}/today/{row}/back", post(put_off::back))
}

/// Rows that fit before scrolling.
const MOST_ROWS: usize = 8;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct TodayQuery {
    /// `1`: what was put off is shown too.
    snoozed: String,
}

/// Says a moment in the reader's words.
fn say_of(desk: &Desk, spoken: Language) -> impl Fn(Timestamp) -> String {
    let (words, now) = (desk.pages.words(), desk.now());
    move |at| {
        let moment = Moment {
            words,
            language: language(spoken),
            now,
        };
        moment.when(at)
    }
}

async fn today(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams(slug): PathParams<String>,
    QueryParams(query): QueryParams<TodayQuery>,
) -> Result<Response, Refusal> {
    let path = format!("/s/{slug}/today");
    let mut at = desk
        .at_shop(&who.session, who.language, &path, "today", &slug, None)
        .await?;
    at.shell.live = Some(live::address(&at.shell.base, LivePage::Today, &at.city, "", &[]));
    let (scope, base) = (who.scope(), at.shell.base.clone());
    let mut view = Today::default();
    let mut todo = Vec::new();
    if scope.may(Right::ViewOrders) {
        todo.extend(rows::of_orders(&desk, scope, &at.shop, &base).await?);
        view.quality = figures::quality(&desk, scope, &at.shop).await?;
        view.day = day::card(&desk, scope, &at.shop, &base).await?;
    }
    view.next_deadline = todo.iter().filter_map(|row: &Todo| row.due).min();
    let say = say_of(&desk, who.language);
    todo.extend(rows::of_notices(&desk, scope, &at.shop, &base, &say).await?);
    if scope.may(Right::ViewPrices) {
        let pulse = desk.pricing.pulse(scope, &at.shop.id).await?;
        if pulse.mode != ShopMode::On && pulse.confirmed_at.is_none() {
            view.setup = first_days::setup(&desk, scope, &at.shop, &base, &pulse).await?;
        } else {
            todo.extend(rows::of_prices(&desk, scope, &at.shop, &base, (&at.counts, &pulse)).await?);
            view.bot = Some(figures::figures(&desk, scope, &at.shop, &at.counts, &pulse).await?);
            view.feed = figures::feed(&desk, scope, &at.shop, &base).await?;
        }
    }
    if view.setup.is_empty() {
        if scope.may(Right::ViewMessages) {
            todo.extend(rows::of_talks(&desk, scope, &at.shop, &base).await?);
        }
        if scope.may(Right::ViewCatalog) {
            todo.extend(rows::of_stock(&desk, scope).await?);
        }
        if scope.may(Right::ViewAutomation) {
            todo.extend(rows::of_jobs(&desk, &base).await?);
        }
        if scope.may(Right::ViewMoney) {
            view.earned = earned::earned(&desk, scope, &at.shop, &base).await?;
        }
    }
    let off = put_off::take_off(&desk, scope, &at.shop, (&base, who.language), &mut todo).await?;
    view.snoozed = i64::try_from(off.len()).unwrap_or(i64::MAX);
    view.off = if query.snoozed == "1" { off } else { Vec::new() };
    todo.sort_by_key(order_of);
    todo.truncate(MOST_ROWS);
    view.todo = todo;
    desk.draw(&at.shell, &view)
}

/// By deadline, then what is wrong before what is worth a look; the order of the rooms inside.
fn order_of(row: &Todo) -> (i64, u8) {
    let due = row.due.map_or(i64::MAX, Timestamp::as_micros);
    let weight = match row.tone {
        "bad" => 0,
        "warn" => 1,
        "accent" => 2,
        _ => 3,
    };
    (due, weight)
}
