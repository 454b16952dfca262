//! Rows that a person puts off and brings back. Refuses to hide a deadline for longer than an hour.

use super::say_of;
use crate::{
    door::Desk,
    views::today::{OffRow, Todo},
};
use axum::{extract::State, response::Redirect};
use sauda_accounts::Scope;
use sauda_catalog::{PutOff, Shop};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{NoticeId, Span, Timestamp};
use serde::Deserialize;

/// Words of rows that can be put off; the first four have deadlines.
const WORDS: [&str; 12] = [
    "orders-new",
    "orders-pack",
    "orders-hand-over",
    "orders-own",
    "bot-off",
    "asks",
    "at-floor",
    "no-limits",
    "joined",
    "reorder",
    "talks",
    "parked",
];

/// Takes what is put off out of the rows, and tells it apart, with notices that are.
pub(super) async fn take_off(
    desk: &Desk,
    scope: &Scope,
    shop: &Shop,
    (base, language): (&str, Language),
    rows: &mut Vec<Todo>,
) -> Result<Vec<OffRow>, Refusal> {
    let off = desk.catalog.rows_put_off(scope, &shop.id).await?;
    let mut gone = Vec::new();
    rows.retain(|row| match off.iter().find(|off| off.word == row.id) {
        Some(off) => {
            gone.push(OffRow {
                todo: row.clone(),
                until: off.until,
            });
            false
        }
        None => true,
    });
    for (notice, until) in desk.catalog.notices_put_off(scope, &shop.id).await? {
        gone.push(OffRow {
            todo: super::rows::of_notice(&notice, base, &say_of(desk, language)),
            until: Some(until),
        });
    }
    Ok(gone)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
pub(super) struct SnoozeForm {
    /// `hour`, `evening`, `tomorrow` or `never`.
    until: String,
}

/// When a row comes back; nothing: never by itself.
fn until(word: &str, row: &str, now: Timestamp) -> Option<Timestamp> {
    let hour = now.plus(Span::from_hours(1));
    // What has a deadline comes back before it.
    if row.starts_with("orders-") {
        return Some(hour);
    }
    match word {
        "hour" => Some(hour),
        "evening" => Some(
            now.local_midnight()
                .plus(Span::from_hours(18))
                .max(now.plus(Span::from_hours(2))),
        ),
        "tomorrow" => Some(now.local_midnight().plus(Span::from_hours(33))),
        _ => None,
    }
}

pub(super) async fn snooze(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams((slug, row)): PathParams<(String, String)>,
    FormBody(form): FormBody<SnoozeForm>,
) -> Result<Redirect, Refusal> {
    let until = until(&form.until, &row, desk.now());
    if WORDS.contains(&row.as_str()) {
        let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
        let put = PutOff { word: row, until };
        desk.catalog.put_row_off(who.scope(), &shop.id, &put).await?;
    } else {
        desk.catalog.put_away(who.scope(), &notice(&row)?, until).await?;
    }
    Ok(Redirect::to(&format!("/s/{slug}/today")))
}

pub(super) async fn back(
    State(desk): State<Desk>,
    who: Person<need::ViewToday>,
    PathParams((slug, row)): PathParams<(String, String)>,
) -> Result<Redirect, Refusal> {
    if WORDS.contains(&row.as_str()) {
        let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
        desk.catalog.bring_row_back(who.scope(), &shop.id, &row).await?;
    } else {
        desk.catalog.bring_back(who.scope(), &notice(&row)?).await?;
    }
    Ok(Redirect::to(&format!("/s/{slug}/today")))
}

fn notice(row: &str) -> Result<NoticeId, Refusal> {
    NoticeId::parse(row).map_err(|_| {
        let told = sauda_kernel::Public::new("not-found").arg("what", "notice");
        Refusal::new(sauda_kernel::Kind::NotFound, told)
    })
}
