//! What people ask for with one order. The clerk does it; the page shows how far it is.

use super::one;
use crate::{
    carried::{Did, is_own},
    door::{Desk, form_refusals},
    views::parts::Form,
};
use axum::{extract::State, response::Response};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, Public};
use sauda_orders::model::{Act, ActKind};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct ActForm {
    /// Word of the act.
    act: String,
    #[serde(default)]
    parcels: String,
    #[serde(default)]
    reason: String,
    #[serde(default)]
    comment: String,
    #[serde(default)]
    code: String,
    /// For a line: the marketplace's own id of it.
    #[serde(default)]
    entry: String,
    /// For a line: pieces that stay.
    #[serde(default)]
    left: String,
    /// For a line by weight: grams that stay.
    #[serde(default)]
    grams: String,
    /// For devices: a line for each piece, its numbers beside each other.
    #[serde(default)]
    imei: String,
    /// Where to go afterwards; the order's page when it is not said.
    #[serde(default)]
    back: String,
}

impl ActForm {
    fn act(&self) -> Option<Act> {
        Some(match ActKind::parse(&self.act)? {
            ActKind::Accept => Act::Accept,
            ActKind::Assemble => Act::Assemble {
                parcels: match self.parcels.trim() {
                    "" => 1,
                    typed => typed.parse().unwrap_or(0),
                },
            },
            ActKind::Cancel => Act::Cancel {
                reason: self.reason.clone(),
                comment: Some(self.comment.trim().to_owned()).filter(|text| !text.is_empty()),
            },
            ActKind::CancelLine => Act::CancelLine {
                entry: self.entry.clone(),
                left: self.left.trim().parse().unwrap_or(-1),
                reason: self.reason.clone(),
            },
            ActKind::Weigh => Act::Weigh {
                entry: self.entry.clone(),
                grams: grams_of(&self.grams),
                reason: self.reason.clone(),
            },
            ActKind::Imei => Act::Imei {
                entry: self.entry.clone(),
                devices: devices_of(&self.imei),
            },
            ActKind::SendCode => Act::SendCode,
            ActKind::Complete => Act::Complete {
                code: self.code.trim().to_owned(),
            },
            ActKind::Arrived => Act::Arrived,
            ActKind::ArrivedBackward => Act::ArrivedBackward,
        })
    }
}

/// Grams as they are typed: `850`, `1 250`; anything else is less than nothing.
fn grams_of(typed: &str) -> i64 {
    let digits: String = typed.chars().filter(|sign| !sign.is_whitespace()).collect();
    digits.parse().unwrap_or(-1)
}

/// A piece a line; its numbers are parted by blanks, commas or slashes.
fn devices_of(typed: &str) -> Vec<Vec<String>> {
    let numbers = |line: &str| -> Vec<String> {
        line.split(|sign: char| sign.is_whitespace() || ",;/".contains(sign))
            .filter(|number| !number.is_empty())
            .map(str::to_owned)
            .collect()
    };
    typed
        .lines()
        .map(numbers)
        .filter(|numbers| !numbers.is_empty())
        .collect()
}

pub(super) async fn act(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams((slug, code)): PathParams<(String, String)>,
    FormBody(form): FormBody<ActForm>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    let own = format!("/s/{slug}/orders/{code}");
    let act = form.act().ok_or_else(|| {
        Refusal::new(
            Kind::Invalid,
            Public::new("invalid-value").field("act").arg("value", &form.act),
        )
    })?;
    let kind = act.kind();
    match desk.orders.ask(who.scope(), &shop.id, &code, act).await {
        Ok(_) => {
            let back = if is_own(&form.back) { &form.back } else { &own };
            Ok(Did::new(format!("did-act-{}", kind.word()))
                .arg("code", code.as_str())
                .at(back))
        }
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let typed = Form::of(&[
                ("parcels", &form.parcels),
                ("reason", &form.reason),
                ("comment", &form.comment),
                ("code", &form.code),
                ("entry", &form.entry),
                ("left", &form.left),
                ("grams", &form.grams),
                ("imei", &form.imei),
            ])
            .refused(&refusals);
            let (shell, view) = one::load(
                &desk,
                &who.session,
                who.language,
                &own,
                (&slug, &code),
                typed,
                Some(kind.word()),
            )
            .await?;
            let mut page = desk.again(&shell, &view)?;
            if error.kind() == Kind::Conflict {
                *page.status_mut() = axum::http::StatusCode::CONFLICT;
            }
            Ok(page)
        }
    }
}

/// Reads the marketplace's orders now.
pub(super) async fn read_now(
    State(desk): State<Desk>,
    who: Person<need::ManageOrders>,
    PathParams(slug): PathParams<String>,
) -> Result<Response, Refusal> {
    let shop = desk.catalog.shop_by_slug(who.scope(), &slug).await?;
    desk.orders.read_now(who.scope(), &shop.id).await?;
    Ok(Did::new("did-orders-read").at(&format!("/s/{slug}/orders")))
}
