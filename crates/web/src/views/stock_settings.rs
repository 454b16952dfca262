//! How stock is kept: settings, warehouses and their points, suppliers. Refuses to check: the room of stock does.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
    stock::{Choice, choices},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A supplier.
#[derive(Debug, Clone, Serialize)]
pub struct SupplierRow {
    pub id: String,
    pub name: String,
    pub phone: String,
    pub email: String,
    /// Per cent with a comma.
    pub vat: String,
    pub lead_days: String,
    /// With a comma.
    pub spread: String,
    pub weekdays: Vec<bool>,
    pub days_off: String,
}

/// A point of a shop and where its pieces come from.
#[derive(Debug, Clone, Serialize)]
pub struct PointRow {
    pub shop: String,
    pub shop_name: String,
    pub point: String,
    pub name: String,
    pub places: Vec<Choice>,
}

/// Settings, warehouses, suppliers.
#[derive(Debug, Clone, Serialize)]
pub struct StockSettingsPage {
    pub is_kept: bool,
    pub kept_since: Option<Timestamp>,
    pub refuses_negative: bool,
    pub sends_stock: bool,
    pub fill: String,
    pub review_days: String,
    pub lead_days: String,
    pub most_days: String,
    pub promise: &'static str,
    pub promises: Vec<&'static str>,
    /// Tenge of one order, and per cent of a price that keeping costs in a year; empty when nobody said.
    pub order_cost: String,
    pub holding: String,
    pub costing: &'static str,
    pub costings: Vec<&'static str>,
    pub warehouses: Vec<String>,
    pub points: Vec<PointRow>,
    pub suppliers: Vec<SupplierRow>,
    pub new_supplier: SupplierRow,
    pub may_edit: bool,
    /// Which form was refused: `settings`, `warehouse`, `new`, a supplier, or none.
    pub at: String,
    pub form: Form,
}

fn supplier() -> SupplierRow {
    SupplierRow {
        id: "sup_1".to_owned(),
        name: "Фабрика «Сулу»".to_owned(),
        phone: "+7 701 000 00 00".to_owned(),
        email: "zakaz@sulu.kz".to_owned(),
        vat: "16".to_owned(),
        lead_days: "9".to_owned(),
        spread: "1,5".to_owned(),
        weekdays: vec![true, true, true, true, true, false, false],
        days_off: "2027-01-01".to_owned(),
    }
}

impl View for StockSettingsPage {
    const TEMPLATE: &'static str = "pages/stock_settings.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            is_kept: true,
            kept_since: Some(sample::NOW),
            refuses_negative: true,
            sends_stock: true,
            fill: "95".to_owned(),
            review_days: "7".to_owned(),
            lead_days: "14".to_owned(),
            most_days: "90".to_owned(),
            warehouses: vec!["Основной".to_owned()],
            points: vec![PointRow {
                shop: "shp_1".to_owned(),
                shop_name: "Aru Home".to_owned(),
                point: "30067228_PP1".to_owned(),
                name: "PP1".to_owned(),
                places: choices(),
            }],
            suppliers: vec![supplier()],
            new_supplier: SupplierRow {
                id: String::new(),
                name: String::new(),
                ..supplier()
            },
            promise: "fill",
            promises: vec!["fill", "cycle"],
            order_cost: "4000".to_owned(),
            holding: "20".to_owned(),
            costing: "average",
            costings: vec!["average", "fifo", "catalogue"],
            at: String::new(),
            form: Form::default(),
            may_edit: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "refused",
                Self {
                    at: "sup_1".to_owned(),
                    form: Form::of(&[("name", "Сулу"), ("lead_days", "скоро")])
                        .refuse("lead_days", Told::new("stock-whole").arg("value", "скоро")),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "first day",
                Self {
                    is_kept: false,
                    kept_since: None,
                    sends_stock: false,
                    points: Vec::new(),
                    suppliers: Vec::new(),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "packer",
                Self {
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Packer),
        ]
    }
}
