//! One order: what was bought, by whom, what happened, what can be done.

use super::{
    fit,
    list::offers_of,
    money,
    show::{self, Shared},
};
use crate::{
    door::Desk,
    pages::prices::path_of,
    views::{
        order::{EventLine, OrderLine, OrderPage, ShareLine, WaybillLine},
        parts::{Form, Told},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::StatusCode,
    response::{IntoResponse, Response},
};
use sauda_accounts::{Right, Session};
use sauda_edge::{Language, PathParams, Person, QueryParams, Refusal, need};
use sauda_orders::{
    Event, OrderView, Who,
    model::{ActKind, Stage},
};
use serde::Deserialize;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, code)): PathParams<(String, String)>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let (shell, view) = load(
        &desk,
        &who.session,
        who.language,
        &path_of(&uri),
        (&slug, &code),
        Form::default(),
        None,
    )
    .await?;
    desk.draw(&shell, &view)
}

#[derive(Deserialize)]
pub(super) struct StateQuery {
    /// What the page waits for: `command` or `waybill`.
    #[serde(default, rename = "for")]
    what: String,
}

/// Nothing while what the page waits for has not come; then the page is asked to draw itself anew.
pub(super) async fn state(
    State(desk): State<Desk>,
    who: Person<need::ViewOrders>,
    PathParams((slug, code)): PathParams<(String, String)>,
    QueryParams(asked): QueryParams<StateQuery>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let seen = desk.orders.view(who.scope(), &shop.id, &code).await?;
    let waits = if asked.what == "waybill" {
        seen.waybills.is_empty() && seen.order.seen.stage == Stage::HandOver
    } else {
        seen.commands.iter().any(|command| command.state.is_open())
    };
    if waits {
        return Ok(StatusCode::NO_CONTENT.into_response());
    }
    Ok(([("hx-redirect", format!("/s/{slug}/orders/{code}"))], "").into_response())
}

/// The page of an order, with a form that is shown again.
pub(super) async fn load(
    desk: &Desk,
    session: &Session,
    to: Language,
    path: &str,
    (slug, code): (&str, &str),
    form: Form,
    open: Option<&'static str>,
) -> Result<(crate::shell::Shell, OrderPage), Refusal> {
    load_with(desk, session, to, path, (slug, code), (form, open), None).await
}

/// The same, with what was typed about sizes.
pub(super) async fn load_with(
    desk: &Desk,
    session: &Session,
    to: Language,
    path: &str,
    (slug, code): (&str, &str),
    (form, open): (Form, Option<&'static str>),
    typed: Option<Form>,
) -> Result<(crate::shell::Shell, OrderPage), Refusal> {
    let at = desk.at_shop(session, to, path, "orders", slug, None).await?;
    let scope = &session.scope;
    let seen = desk.orders.view(scope, &at.shop.id, code).await?;
    let offers = offers_of(desk, seen.lines.iter()).await?;
    let base = format!("{}/orders", at.shell.base);
    let shared = Shared {
        base: &base,
        now: at.shell.now,
        offers: &offers,
        sees_money: scope.may(Right::ViewMoney),
        may_edit: scope.may(Right::ManageOrders),
    };
    let sees_buyer = scope.may(Right::ViewBuyers);
    let command = seen.commands.iter().rev().find(|command| command.state.is_open());
    let mut row = show::row(&shared, &seen.order, &seen.lines, command);
    row.next = ActKind::next(seen.order.seen.stage)
        .filter(|_| shared.may_edit)
        .map(ActKind::word);
    if sees_buyer {
        row.buyer.clone_from(&seen.order.seen.buyer);
    }
    let id = std::slice::from_ref(&seen.order.id);
    let answers = desk.orders.size_answers(scope, &at.shop.id, id).await?;
    row.asked = answers.get(&seen.order.id).copied();
    let acts = acts(&seen);
    let share = if shared.may_edit && acts.contains(&"cancel") {
        let share = desk.orders.cancel_share(scope, &at.shop.id).await?;
        Some(ShareLine {
            now: share.now.0,
            after: share.after_one_more.0,
            threshold: share.threshold.0,
            days: share.days,
        })
    } else {
        None
    };
    let fit = fit::part(
        desk,
        scope,
        &at.shop.id,
        &seen,
        &format!("{base}/{code}/size"),
        typed,
    )
    .await?;
    let money = if shared.sees_money {
        money::of(desk, scope, &at.shop.id, &seen.order).await?
    } else {
        None
    };
    let document = &seen.order.seen.document;
    let page = OrderPage {
        money,
        lines: seen
            .lines
            .iter()
            .map(|line| OrderLine {
                entry: line.market_id.clone(),
                goods: show::line_goods(line, &offers),
                href: line
                    .offer
                    .as_ref()
                    .filter(|_| scope.may(Right::ViewPrices))
                    .map(|offer| format!("{}/prices/{offer}", at.shell.base)),
                quantity: line.quantity,
                grams: line.grams,
                imei: line.imei && desk.orders.tells_imei(),
                price: shared.sees_money.then_some(line.price),
                total: shared.sees_money.then_some(line.total),
            })
            .collect(),
        fit,
        events: seen.events.iter().rev().map(event).collect(),
        waybills: seen
            .waybills
            .iter()
            .map(|paper| WaybillLine {
                number: paper.number.clone(),
                stored_at: paper.stored_at,
            })
            .collect(),
        waits_for_waybill: seen.order.seen.stage == Stage::HandOver && seen.waybills.is_empty(),
        phone: Some(spaced(&seen.order.seen.phone)).filter(|phone| sees_buyer && !phone.is_empty()),
        address: document.address.clone().filter(|_| sees_buyer),
        origin: document.origin.clone().or_else(|| document.point_id.clone()),
        payment: document.payment.clone(),
        delivery_cost: document.delivery_cost_for_seller.filter(|_| shared.sees_money),
        planned_at: document.planned_delivery_at,
        reserved_until: document.reserved_until,
        acts,
        share,
        form,
        open,
        may_edit: shared.may_edit,
        sees_buyer,
        row,
    };
    Ok((at.shell, page))
}

/// Words of the acts that are possible now.
fn acts(seen: &OrderView) -> Vec<&'static str> {
    let order = &seen.order.seen;
    let busy = |kind: ActKind| {
        seen.commands
            .iter()
            .any(|command| command.state.is_open() && command.act.kind() == kind)
    };
    ActKind::ALL
        .into_iter()
        .filter(|kind| kind.fits(order.stage, order.document.is_kaspi_delivery) && !busy(*kind))
        .filter(|kind| kind.suits(&seen.lines))
        .map(ActKind::word)
        .collect()
}

fn event(event: &Event) -> EventLine {
    let (by, name) = match &event.who {
        Who::Market => ("market", String::new()),
        Who::Program => ("program", String::new()),
        Who::Person(name) => ("person", name.clone()),
    };
    let mut said = Told::new(event.word.clone());
    for (key, value) in &event.args {
        said = said.arg(key, value.as_str());
    }
    let tone = match event.word.as_str() {
        word if word.starts_with("done-") || word == "waybill-stored" || word == "handed-over" => "ok",
        word if word.starts_with("refused-") || word.starts_with("unseen-") => "bad",
        "wrong-code" | "came-too-late" | "never-sent" => "bad",
        _ => "",
    };
    EventLine {
        at: event.at,
        by,
        name,
        said,
        tone,
    }
}

/// `+7 701 000 00 00`; what is no whole number of this country stays as it came.
fn spaced(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().collect();
    match digits.as_slice() {
        ['+', '7', rest @ ..] if rest.len() == 10 && rest.iter().all(char::is_ascii_digit) => {
            let part = |from: usize, to: usize| rest.iter().skip(from).take(to - from).collect::<String>();
            format!("+7 {} {} {} {}", part(0, 3), part(3, 6), part(6, 8), part(8, 10))
        }
        _ => phone.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_phone_is_shown_in_groups_and_a_masked_one_as_it_came() {
        assert_eq!(spaced("+77010000000"), "+7 701 000 00 00");
        assert_eq!(spaced("+7 (***) ***-00-00"), "+7 (***) ***-00-00");
        assert_eq!(spaced(""), "");
    }
}
