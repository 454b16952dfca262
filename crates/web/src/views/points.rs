//! Preorders and warehouses as people see them. Refuses to hold a rule.

use super::{
    Around, Sample, View,
    parts::{Form, Goods, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// One preorder.
#[derive(Debug, Clone, Serialize)]
pub struct PreorderLine {
    pub goods: Goods,
    pub days: i64,
    pub ends_at: Option<Timestamp>,
    pub most: Option<i64>,
    pub is_over: bool,
    pub set_by: String,
    pub set_at: Timestamp,
}

/// The page of preorders.
#[derive(Debug, Clone, Serialize)]
pub struct PreordersPage {
    pub lines: Vec<PreorderLine>,
    /// Offers to choose from.
    pub found: Vec<Goods>,
    pub query: String,
    pub form: Form,
    pub may_edit: bool,
}

impl View for PreordersPage {
    const TEMPLATE: &'static str = "pages/preorders.html";
    fn samples() -> Vec<Sample<Self>> {
        let goods = || Goods::new("off_1", "Пуховик Aru Nord, чёрный, 52", "ARN-52-BLK");
        let line = |is_over, most| PreorderLine {
            goods: goods(),
            days: 7,
            ends_at: Some(if is_over {
                sample::days_ago(2)
            } else {
                sample::in_minutes(60 * 24 * 9)
            }),
            most,
            is_over,
            set_by: "Айгерим".to_owned(),
            set_at: sample::days_ago(5),
        };
        let normal = Self {
            lines: vec![
                line(false, Some(20)),
                PreorderLine {
                    ends_at: None,
                    ..line(false, None)
                },
                line(true, None),
            ],
            found: vec![goods()],
            query: "пуховик".to_owned(),
            form: Form::of(&[("days", "7")]),
            may_edit: true,
        };
        let empty = Self {
            lines: Vec::new(),
            found: Vec::new(),
            query: String::new(),
            ..normal.clone()
        };
        let refused = Self {
            form: Form::of(&[("days", "45"), ("limit", "0")])
                .refuse("days", Told::new("preorder-days").arg("value", 45))
                .refuse("limit", Told::new("preorder-limit").arg("value", 0)),
            ..normal.clone()
        };
        let looking = Self {
            may_edit: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("refused", refused),
            Sample::new("looking", looking).around(Around::Packer),
        ]
    }
}

/// One warehouse.
#[derive(Debug, Clone, Serialize)]
pub struct PointLine {
    pub id: String,
    pub code: String,
    pub name: String,
    pub city: Option<String>,
    pub works: bool,
    pub is_chosen: bool,
    pub href: String,
    pub form: Form,
}

/// An offer at the chosen warehouse.
#[derive(Debug, Clone, Serialize)]
pub struct StockLine {
    pub goods: Goods,
    /// As it is sent now.
    pub stock: Option<i64>,
    pub is_sold: bool,
    /// The offer stands at this point.
    pub is_here: bool,
    /// `yes`, `no`, or nothing.
    pub said_available: &'static str,
    pub said_stock: Option<i64>,
}

/// The page of warehouses.
#[derive(Debug, Clone, Serialize)]
pub struct WarehousesPage {
    pub points: Vec<PointLine>,
    pub stock: Vec<StockLine>,
    pub chosen: String,
    pub query: String,
    pub next: Option<String>,
    pub may_edit: bool,
}

impl View for WarehousesPage {
    const TEMPLATE: &'static str = "pages/warehouses.html";
    fn samples() -> Vec<Sample<Self>> {
        let point = |code: &str, works, is_chosen| PointLine {
            id: format!("30067228_{code}"),
            code: code.to_owned(),
            name: "Склад на Толе би".to_owned(),
            city: Some("Алматы".to_owned()),
            works,
            is_chosen,
            href: format!("/s/aru-home/catalog/warehouses?point=30067228_{code}"),
            form: Form::of(&[
                ("address", "Толе би 63"),
                ("hours", "Пн–Сб 10:00–19:00"),
                ("cut_off", "15:00"),
                ("shelves", "A-01…D-40"),
            ]),
        };
        let line = |sku: &str, stock, said_stock: Option<i64>| StockLine {
            goods: Goods::new(&format!("off_{sku}"), "Пуховик Aru Nord, чёрный, 52", sku),
            stock,
            is_sold: stock != Some(0),
            is_here: stock.is_some(),
            said_available: if said_stock.is_some() { "yes" } else { "" },
            said_stock,
        };
        let normal = Self {
            points: vec![
                point("PP1", true, true),
                PointLine {
                    city: None,
                    ..point("PP2", false, false)
                },
            ],
            stock: vec![
                line("ARN-52-BLK", Some(4), None),
                line("ARN-54-BLK", Some(12), Some(12)),
                line("TUM-05", Some(0), None),
                line("SGA-1", None, None),
            ],
            chosen: "30067228_PP1".to_owned(),
            query: String::new(),
            next: Some("/s/aru-home/catalog/warehouses?after=SGA-1".to_owned()),
            may_edit: true,
        };
        let empty = Self {
            points: Vec::new(),
            stock: Vec::new(),
            chosen: String::new(),
            next: None,
            ..normal.clone()
        };
        let not_found = Self {
            stock: Vec::new(),
            query: "нет такого".to_owned(),
            next: None,
            ..normal.clone()
        };
        let looking = Self {
            may_edit: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("not-found", not_found),
            Sample::new("looking", looking).around(Around::Packer),
        ]
    }
}
