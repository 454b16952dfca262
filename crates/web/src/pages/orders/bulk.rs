//! What people ask for with many orders at once. Those where it makes no sense are counted, the others go on; what cannot be taken
//! back is asked for twice.

use crate::{
    carried::{Did, is_own},
    door::Desk,
    pages::print::MOST,
    views::{
        order::ShareLine,
        orders_cancel::{CancelRow, OrdersCancel},
        parts::{Form, Told},
    },
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Kind, Public, ShopId};
use sauda_orders::{
    OrdersError,
    model::{Act, ActKind},
};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct BulkForm {
    /// `accept`, `assemble`, `cancel`, or `print`.
    act: String,
    #[serde(default)]
    order: Vec<String>,
    #[serde(default)]
    reason: String,
    /// `1` when somebody saw what a cancellation does.
    #[serde(default)]
    sure: String,
    #[serde(default)]
    back: String,
}

/// Asks for the same with many orders.
pub(super) async fn bulk(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
    FormBody(form): FormBody<BulkForm>,
) -> Result<Response, Refusal> {
    let list = format!("/s/{slug}/orders");
    let back = if is_own(&form.back) {
        form.back.clone()
    } else {
        list.clone()
    };
    let codes: Vec<&str> = form.order.iter().take(MOST).map(String::as_str).collect();
    let act = match form.act.as_str() {
        _ if codes.is_empty() => return Ok(Did::new("did-bulk-none").at(&back).into_response()),
        "print" => {
            return Ok(Redirect::to(&format!("{list}/print?codes={}", joined(&codes))).into_response());
        }
        "cancel" if form.sure != "1" || !Act::REASONS.contains(&form.reason.as_str()) => {
            return confirm(&desk, &who, &slug, &form, &codes, back).await;
        }
        "cancel" => Act::Cancel {
            reason: form.reason.clone(),
            comment: None,
        },
        "accept" => Act::Accept,
        "assemble" => Act::Assemble { parcels: 1 },
        _ => {
            return Err(Refusal::new(
                Kind::Invalid,
                Public::new("invalid-value").field("act").arg("value", &form.act),
            ));
        }
    };
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let (asked, left) = ask(&desk, &who, &shop.id, &codes, &act).await?;
    let word = if left == 0 {
        "did-bulk-act"
    } else {
        "did-bulk-act-some"
    };
    Ok(Did::new(word)
        .arg("n", asked)
        .arg("left", left)
        .at(&back)
        .into_response())
}

/// Numbers as an address takes them; signs that no number has are left out.
fn joined(codes: &[&str]) -> String {
    let plain = |code: &&str| {
        code.chars()
            .filter(|sign| sign.is_ascii_alphanumeric() || *sign == '-')
            .collect::<String>()
    };
    codes.iter().map(plain).collect::<Vec<_>>().join(".")
}

/// How many were asked for, and how many it makes no sense with.
async fn ask(
    desk: &Desk,
    who: &Person<need::ManageOrders>,
    shop: &ShopId,
    codes: &[&str],
    act: &Act,
) -> Result<(i64, i64), Refusal> {
    let (mut asked, mut left) = (0, 0);
    for code in codes {
        match desk.orders.ask(who.scope(), shop, code, act.clone()).await {
            Ok(_) => asked += 1,
            Err(OrdersError::NotNow { .. } | OrdersError::Asked { .. } | OrdersError::NotFound { .. }) => {
                left += 1;
            }
            Err(error) => return Err(error.into()),
        }
    }
    Ok((asked, left))
}

/// Tells what cancelling does before it is done.
async fn confirm(
    desk: &Desk,
    who: &Person<need::ManageOrders>,
    slug: &str,
    form: &BulkForm,
    codes: &[&str],
    back: String,
) -> Result<Response, Refusal> {
    let list = format!("/s/{slug}/orders");
    let at = desk
        .at_shop(&who.session, who.language, &list, "orders", slug, None)
        .await?;
    let found = desk.orders.by_codes(who.scope(), &at.shop.id, codes).await?;
    let rows: Vec<CancelRow> = found
        .orders
        .iter()
        .filter(|order| ActKind::Cancel.fits(order.seen.stage, order.seen.document.is_kaspi_delivery))
        .filter(|order| !found.commands.contains_key(&order.id))
        .map(|order| CancelRow {
            code: order.seen.code.clone(),
            href: format!("{list}/{}", order.seen.code),
            buyer: order.seen.short_buyer(),
            stage: order.seen.stage.word(),
        })
        .collect();
    let share = desk.orders.cancel_share(who.scope(), &at.shop.id).await?;
    let many = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let typed = Form::of(&[("reason", &form.reason)]);
    let is_refused = form.sure == "1";
    let view = OrdersCancel {
        left: codes.len().saturating_sub(rows.len()),
        rows,
        share: ShareLine {
            now: share.now.0,
            after: share.after(many).0,
            threshold: share.threshold.0,
            days: share.days,
        },
        form: if is_refused {
            typed.refuse("reason", Told::new("act-reason"))
        } else {
            typed
        },
        back,
        action: format!("{list}/bulk"),
    };
    if is_refused {
        return desk.again(&at.shell, &view);
    }
    desk.draw(&at.shell, &view)
}
