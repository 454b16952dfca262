//! How stock is kept: settings, warehouses and their points, suppliers.

use super::{decimal, id, whole};
use crate::{
    carried::Did,
    door::Desk,
    pages::prices::path_of,
    views::stock::{Choice, PointRow, StockSettingsPage, SupplierRow},
};
use axum::{
    extract::{OriginalUri, State},
    response::Response,
};
use sauda_accounts::Right;
use sauda_edge::{FormBody, Person, Refusal, need};
use sauda_kernel::WarehouseId;
use sauda_stock::{Settings, Supplier};
use serde::Deserialize;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let scope = who.scope();
    let (settings, warehouses, served, suppliers, shops) = (
        desk.stock.settings(scope).await?,
        desk.stock.warehouses(scope).await?,
        desk.stock.served_points(scope).await?,
        desk.stock.suppliers(scope).await?,
        desk.catalog.shops(scope).await?,
    );
    let choices = |on: Option<&WarehouseId>| -> Vec<Choice> {
        let none = Choice {
            value: String::new(),
            name: "—".to_owned(),
            is_on: on.is_none(),
        };
        let all = warehouses.iter().map(|known| Choice {
            value: known.id.to_string(),
            name: known.name.clone(),
            is_on: Some(&known.id) == on,
        });
        on.is_none().then_some(none).into_iter().chain(all).collect()
    };
    let mut points = Vec::new();
    for shop in &shops {
        for point in desk.catalog.points(scope, &shop.id).await? {
            if point.gone_at.is_some() {
                continue;
            }
            let here = served
                .iter()
                .find(|(served, id, _)| *served == shop.id && *id == point.id)
                .map(|(_, _, warehouse)| warehouse);
            points.push(PointRow {
                shop: shop.id.to_string(),
                shop_name: shop.name.clone(),
                name: format!("{} {}", point.code, point.name),
                point: point.id,
                places: choices(here),
            });
        }
    }
    let view = StockSettingsPage {
        is_kept: settings.kept_since.is_some(),
        kept_since: settings.kept_since,
        refuses_negative: settings.refuses_negative,
        sends_stock: settings.sends_stock,
        fill: hundredths(settings.fill_bp),
        review_days: settings.review_days,
        lead_days: settings.lead_days,
        warehouses: warehouses.iter().map(|one| one.name.clone()).collect(),
        points,
        suppliers: suppliers.iter().map(supplier_row).collect(),
        may_edit: scope.may(Right::ManageCatalog),
    };
    desk.draw(&shell, &view)
}

/// Basis points as per cent: 9550 is 95,5.
fn hundredths(value: i64) -> String {
    let text = format!("{},{:02}", value / 100, value % 100);
    text.trim_end_matches('0').trim_end_matches(',').to_owned()
}

fn supplier_row(one: &Supplier) -> SupplierRow {
    SupplierRow {
        id: one.id.to_string(),
        name: one.name.clone(),
        phone: one.phone.clone(),
        lead_days: one.lead_days,
        spread: format!("{},{}", one.lead_spread_tenths / 10, one.lead_spread_tenths % 10),
        weekdays: (0..7).map(|day| one.weekdays & (1 << day) != 0).collect(),
        days_off: one.days_off.join(" "),
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SettingsForm {
    kept: String,
    refuses: String,
    sends: String,
    fill: String,
    review: String,
    lead: String,
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<SettingsForm>,
) -> Result<Response, Refusal> {
    let wanted = Settings {
        kept_since: None,
        refuses_negative: form.refuses == "on",
        sends_stock: form.sends == "on",
        fill_bp: decimal("fill_bp", form.fill.trim().trim_end_matches('%'), 2)?,
        review_days: whole("review_days", &form.review)?,
        lead_days: whole("lead_days", &form.lead)?,
    };
    desk.stock
        .save_settings(who.scope(), &wanted, form.kept == "on")
        .await?;
    Ok(Did::new("did-saved").at("/stock/settings"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WarehouseForm {
    name: String,
}

pub(super) async fn warehouse(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<WarehouseForm>,
) -> Result<Response, Refusal> {
    desk.stock.add_warehouse(who.scope(), &form.name).await?;
    Ok(Did::new("did-saved").at("/stock/settings"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PointForm {
    shop: String,
    point: String,
    warehouse: String,
}

pub(super) async fn point(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<PointForm>,
) -> Result<Response, Refusal> {
    let shop = id("shop", &form.shop)?;
    let warehouse = id("warehouse", &form.warehouse)?;
    desk.stock
        .serve_point(who.scope(), &shop, &form.point, &warehouse)
        .await?;
    Ok(Did::new("did-saved").at("/stock/settings"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SupplierForm {
    id: String,
    name: String,
    phone: String,
    lead_days: String,
    spread: String,
    days_off: String,
    weekday: Vec<u32>,
}

pub(super) async fn supplier(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<SupplierForm>,
) -> Result<Response, Refusal> {
    let known = match form.id.as_str() {
        "" => None,
        text => Some(id("id", text)?),
    };
    let wanted = Supplier {
        // The room gives a new one its id.
        id: known.clone().unwrap_or_else(|| desk.stock.blank_supplier()),
        name: form.name,
        phone: form.phone.trim().chars().take(40).collect(),
        lead_days: whole("lead_days", &form.lead_days)?,
        lead_spread_tenths: decimal("lead_spread", &form.spread, 1)?,
        weekdays: form
            .weekday
            .iter()
            .filter(|day| (1..=7).contains(*day))
            .fold(0, |bits, day| bits | (1_i64 << (day - 1))),
        days_off: form.days_off.split_whitespace().map(str::to_owned).collect(),
    };
    desk.stock.save_supplier(who.scope(), known, &wanted).await?;
    Ok(Did::new("did-saved").at("/stock/settings"))
}
