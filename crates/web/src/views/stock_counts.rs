//! Stock-taking: what was counted, and by whom. Refuses to compute: the room of stock does.

use super::{
    Sample, View,
    parts::{Form, Told, sample},
    stock::{Choice, choices},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// What was counted.
#[derive(Debug, Clone, Serialize)]
pub struct CountRow {
    pub name: String,
    pub sku: String,
    pub expected: i64,
    pub counted: i64,
    pub by: String,
}

/// A stock-taking.
#[derive(Debug, Clone, Serialize)]
pub struct CountingRow {
    pub id: String,
    pub warehouse: String,
    pub made_by: String,
    pub created_at: Timestamp,
    pub is_open: bool,
    pub lines: Vec<CountRow>,
}

/// Stock-taking.
#[derive(Debug, Clone, Serialize)]
pub struct CountsPage {
    pub rows: Vec<CountingRow>,
    pub places: Vec<Choice>,
    pub may_move: bool,
    /// Which counting was refused a line, or none.
    pub at: String,
    pub form: Form,
}

impl View for CountsPage {
    const TEMPLATE: &'static str = "pages/stock_counts.html";
    fn samples() -> Vec<Sample<Self>> {
        let counting = |is_open| CountingRow {
            id: format!("cnt_{is_open}"),
            warehouse: "Основной".to_owned(),
            made_by: "Данияр".to_owned(),
            created_at: sample::NOW,
            is_open,
            lines: vec![CountRow {
                name: "Пуховик Aru Nord".to_owned(),
                sku: "ARN-52-BLK".to_owned(),
                expected: 16,
                counted: 15,
                by: "Данияр".to_owned(),
            }],
        };
        vec![
            Sample::new(
                "normal",
                Self {
                    rows: vec![counting(true), counting(false)],
                    places: choices(),
                    may_move: true,
                    at: String::new(),
                    form: Form::default(),
                },
            ),
            Sample::new(
                "nothing",
                Self {
                    rows: Vec::new(),
                    places: choices(),
                    may_move: true,
                    at: String::new(),
                    form: Form::default(),
                },
            ),
            Sample::new(
                "refused",
                Self {
                    rows: vec![counting(true)],
                    places: choices(),
                    may_move: true,
                    at: "cnt_true".to_owned(),
                    form: Form::of(&[("sku", "Z-9"), ("counted", "5")])
                        .refuse("sku", Told::new("stock-no-sku").arg("value", "Z-9")),
                },
            ),
            Sample::new(
                "marketer",
                Self {
                    rows: vec![counting(true)],
                    places: Vec::new(),
                    may_move: false,
                    at: String::new(),
                    form: Form::default(),
                },
            ),
        ]
    }
}
