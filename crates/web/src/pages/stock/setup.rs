//! How stock is kept: settings, warehouses and their points, suppliers.

use super::{id, typed::Typing, typed_decimal, wrong};
use crate::{
    carried::Did,
    door::Desk,
    pages::prices::path_of,
    views::{
        parts::Form,
        stock::Choice,
        stock_settings::{PointRow, StockSettingsPage, SupplierRow},
    },
};
use axum::{
    extract::{OriginalUri, State},
    http::Uri,
    response::Response,
};
use sauda_accounts::{Right, Scope};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{SupplierId, WarehouseId};
use sauda_stock::{Costing, Promise, Settings, Supplier};
use serde::Deserialize;

pub(super) async fn page(
    State(desk): State<Desk>,
    who: Person<need::ViewCatalog>,
    OriginalUri(uri): OriginalUri,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(&uri), "stock")
        .await?;
    let view = view(&desk, who.scope(), String::new(), Form::default()).await?;
    desk.draw(&shell, &view)
}

/// The page with what was typed into one of its forms: `settings`, `warehouse`, `new` for a new supplier, or a supplier's id.
async fn again(
    desk: &Desk,
    who: &Person<need::ManageCatalog>,
    uri: &Uri,
    view: StockSettingsPage,
) -> Result<Response, Refusal> {
    let shell = desk
        .shell(&who.session, who.language, &path_of(uri), "stock")
        .await?;
    desk.again(&shell, &view)
}

async fn view(desk: &Desk, scope: &Scope, at: String, form: Form) -> Result<StockSettingsPage, Refusal> {
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
                name: if point.name.is_empty() || point.name == point.code {
                    point.code.clone()
                } else {
                    format!("{} ({})", point.name, point.code)
                },
                point: point.id,
                places: choices(here),
            });
        }
    }
    Ok(StockSettingsPage {
        is_kept: settings.kept_since.is_some(),
        kept_since: settings.kept_since,
        refuses_negative: settings.refuses_negative,
        sends_stock: settings.sends_stock,
        fill: typed_decimal(settings.fill_bp, 2),
        review_days: settings.review_days.to_string(),
        lead_days: settings.lead_days.to_string(),
        most_days: settings.most_days.to_string(),
        promise: settings.promise.word(),
        promises: Promise::ALL.map(Promise::word).to_vec(),
        order_cost: settings
            .order_cost
            .map_or_else(String::new, |cost| typed_decimal(cost.tiyn(), 2)),
        holding: settings
            .holding_bp
            .map_or_else(String::new, |share| typed_decimal(share, 2)),
        warehouses: warehouses.iter().map(|one| one.name.clone()).collect(),
        points,
        suppliers: suppliers.iter().map(supplier_row).collect(),
        costing: settings.costing.word(),
        costings: Costing::ALL.map(Costing::word).to_vec(),
        new_supplier: SupplierRow {
            id: String::new(),
            name: String::new(),
            phone: String::new(),
            email: String::new(),
            vat: "0".to_owned(),
            lead_days: settings.lead_days.to_string(),
            spread: "0".to_owned(),
            weekdays: vec![true; 7],
            days_off: String::new(),
        },
        may_edit: scope.may(Right::ManageCatalog),
        at,
        form,
    })
}

fn supplier_row(one: &Supplier) -> SupplierRow {
    SupplierRow {
        id: one.id.to_string(),
        name: one.name.clone(),
        phone: one.phone.clone(),
        email: one.email.clone(),
        vat: typed_decimal(one.vat_bp, 2),
        lead_days: one.lead_days.to_string(),
        spread: typed_decimal(one.lead_spread_tenths, 1),
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
    most: String,
    costing: String,
    promise: String,
    order_cost: String,
    holding: String,
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<SettingsForm>,
) -> Result<Response, Refusal> {
    let mut typing = Typing::of(&[
        ("fill", &form.fill),
        ("review", &form.review),
        ("lead", &form.lead),
        ("most", &form.most),
        ("order_cost", &form.order_cost),
        ("holding", &form.holding),
    ]);
    let costing = Costing::parse(&form.costing).ok_or_else(|| wrong("costing", &form.costing))?;
    let promise = Promise::parse(&form.promise).ok_or_else(|| wrong("promise", &form.promise))?;
    let wanted = Settings {
        promise,
        order_cost: typing.sum("order_cost", &form.order_cost),
        holding_bp: match form.holding.trim().trim_end_matches('%') {
            "" => None,
            text => Some(typing.decimal("holding", text, 2)),
        },
        kept_since: None,
        refuses_negative: form.refuses == "on",
        sends_stock: form.sends == "on",
        fill_bp: typing.decimal("fill", form.fill.trim().trim_end_matches('%'), 2),
        review_days: typing.whole("review", &form.review),
        lead_days: typing.whole("lead", &form.lead),
        most_days: match form.most.trim() {
            // A form without the field leaves it as it is.
            "" => desk.stock.settings(who.scope()).await?.most_days,
            text => typing.whole("most", text),
        },
        costing,
    };
    let is_kept = form.kept == "on";
    let refused = if typing.is_fine() {
        match desk.stock.save_settings(who.scope(), &wanted, is_kept).await {
            Ok(_) => return Ok(Did::new("did-saved").at("/stock/settings")),
            Err(error) => {
                let names = [
                    ("fill_bp", "fill"),
                    ("review_days", "review"),
                    ("lead_days", "lead"),
                    ("most_days", "most"),
                    ("holding_bp", "holding"),
                ];
                typing.refused(error, &names)?
            }
        }
    } else {
        typing.form
    };
    let view = StockSettingsPage {
        is_kept,
        refuses_negative: wanted.refuses_negative,
        sends_stock: wanted.sends_stock,
        costing: costing.word(),
        promise: promise.word(),
        ..view(&desk, who.scope(), "settings".to_owned(), refused).await?
    };
    again(&desk, &who, &uri, view).await
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct WarehouseForm {
    name: String,
}

pub(super) async fn warehouse(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<WarehouseForm>,
) -> Result<Response, Refusal> {
    match desk.stock.add_warehouse(who.scope(), &form.name).await {
        Ok(_) => Ok(Did::new("did-saved").at("/stock/settings")),
        Err(error) => {
            let refused = Typing::of(&[("name", &form.name)]).refused(error, &[])?;
            let view = view(&desk, who.scope(), "warehouse".to_owned(), refused).await?;
            again(&desk, &who, &uri, view).await
        }
    }
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct PointForm {
    shop: Vec<String>,
    point: Vec<String>,
    warehouse: Vec<String>,
}

/// Says of every point whose pieces it sells; a point without a warehouse stays as it is.
pub(super) async fn point(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    FormBody(form): FormBody<PointForm>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let served = desk.stock.served_points(scope).await?;
    let mut wishes = Vec::new();
    for ((shop, point), warehouse) in form.shop.iter().zip(&form.point).zip(&form.warehouse) {
        if warehouse.is_empty() {
            continue;
        }
        let (shop, warehouse) = (id("shop", shop)?, id("warehouse", warehouse)?);
        let is_so = served
            .iter()
            .any(|known| known.0 == shop && known.1 == *point && known.2 == warehouse);
        if !is_so {
            wishes.push((shop, point, warehouse));
        }
    }
    for (shop, point, warehouse) in wishes {
        desk.stock.serve_point(scope, &shop, point, &warehouse).await?;
    }
    Ok(Did::new("did-saved").at("/stock/settings"))
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
pub(super) struct SupplierForm {
    id: String,
    name: String,
    phone: String,
    email: String,
    lead_days: String,
    spread: String,
    vat: String,
    days_off: String,
    weekday: Vec<u32>,
}

impl SupplierForm {
    fn typing(&self) -> Typing {
        Typing::of(&[
            ("name", &self.name),
            ("phone", &self.phone),
            ("email", &self.email),
            ("lead_days", &self.lead_days),
            ("spread", &self.spread),
            ("vat", &self.vat),
            ("days_off", &self.days_off),
        ])
    }

    fn weekdays(&self) -> i64 {
        let days = self.weekday.iter().filter(|day| (1..=7).contains(*day));
        days.fold(0, |bits, day| bits | (1_i64 << (day - 1)))
    }
}

pub(super) async fn supplier(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    OriginalUri(uri): OriginalUri,
    FormBody(form): FormBody<SupplierForm>,
) -> Result<Response, Refusal> {
    let known = match form.id.as_str() {
        "" => None,
        text => Some(id("id", text)?),
    };
    let mut typing = form.typing();
    let wanted = Supplier {
        // The room gives a new one its id.
        id: known.clone().unwrap_or_else(|| desk.stock.blank_supplier()),
        name: form.name.clone(),
        phone: form.phone.trim().chars().take(40).collect(),
        lead_days: typing.whole("lead_days", &form.lead_days),
        lead_spread_tenths: typing.decimal("spread", &form.spread, 1),
        weekdays: form.weekdays(),
        days_off: form.days_off.split_whitespace().map(str::to_owned).collect(),
        email: form.email.clone(),
        vat_bp: match form.vat.trim().trim_end_matches('%') {
            "" => 0,
            text => typing.decimal("vat", text, 2),
        },
        is_gone: false,
    };
    let refused = if typing.is_fine() {
        match desk.stock.save_supplier(who.scope(), known, &wanted).await {
            Ok(_) => return Ok(Did::new("did-saved").at("/stock/settings")),
            Err(error) => {
                let names = [
                    ("lead_spread", "spread"),
                    ("vat_bp", "vat"),
                    ("weekdays", "weekday"),
                ];
                typing.refused(error, &names)?
            }
        }
    } else {
        typing.form
    };
    let at = if form.id.is_empty() { "new" } else { &form.id };
    let mut view = view(&desk, who.scope(), at.to_owned(), refused).await?;
    let weekdays: Vec<bool> = (0..7).map(|day| form.weekdays() & (1 << day) != 0).collect();
    let mine = view.suppliers.iter_mut().find(|one| one.id == form.id);
    mine.unwrap_or(&mut view.new_supplier).weekdays = weekdays;
    again(&desk, &who, &uri, view).await
}

pub(super) async fn remove_supplier(
    State(desk): State<Desk>,
    who: Person<need::ManageCatalog>,
    PathParams(supplier): PathParams<SupplierId>,
) -> Result<Response, Refusal> {
    desk.stock.remove_supplier(who.scope(), &supplier).await?;
    Ok(Did::new("did-supplier-removed").at("/stock/settings"))
}
