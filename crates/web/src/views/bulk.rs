//! Changing many products at once: what will happen, and what happened with a way back. Refuses to apply anything.

use super::{
    Sample, View,
    parts::{Form, Goods, Told, sample},
};
use sauda_kernel::{Tenge, Timestamp};
use serde::Serialize;

/// One product before and after.
#[derive(Debug, Clone, Serialize)]
pub struct BulkRow {
    pub goods: Goods,
    pub before: Option<Tenge>,
    pub after: Option<Tenge>,
    /// Words of strategies, when that is what changes.
    pub before_word: Option<String>,
    pub after_word: Option<String>,
}

/// A product that cannot be changed.
#[derive(Debug, Clone, Serialize)]
pub struct BulkRefusal {
    pub goods: Goods,
    pub said: Told,
}

/// The form and the preview.
#[derive(Debug, Clone, Serialize)]
pub struct BulkPreview {
    /// `min`, `max`, `step`, `strategy`, `pause`, `resume`.
    pub action: String,
    pub chosen: i64,
    /// What was chosen: ids, or a filter that is sent instead of them.
    pub offers: Vec<String>,
    pub filter: Option<String>,
    /// `value` and `how`: `set`, `percent`, `tenge`, `cost`.
    pub form: Form,
    /// Empty until a value is given.
    pub rows: Vec<BulkRow>,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub refusals: Vec<BulkRefusal>,
    pub strategies: Vec<&'static str>,
    pub is_ready: bool,
}

impl View for BulkPreview {
    const TEMPLATE: &'static str = "pages/bulk.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |id: &str, title: &str, sku: &str, before, after| BulkRow {
            goods: Goods::new(id, title, sku),
            before,
            after,
            before_word: None,
            after_word: None,
        };
        let ask = Self {
            action: "min".to_owned(),
            chosen: 64,
            offers: Vec::new(),
            filter: Some("view=floor".to_owned()),
            form: Form::of(&[("how", "percent"), ("value", "")]),
            rows: Vec::new(),
            changed: 0,
            unchanged: 0,
            refused: 0,
            refusals: Vec::new(),
            strategies: super::product::STRATEGIES.to_vec(),
            is_ready: false,
        };
        let t = |price| Some(Tenge(price));
        let ready = Self {
            form: Form::of(&[("how", "percent"), ("value", "5")]),
            rows: vec![
                row(
                    "off_3",
                    "Термокружка Tumar 0,5 л, зелёная",
                    "TMR-05-GRN",
                    t(6_490),
                    t(6_815),
                ),
                row(
                    "off_4",
                    "Рюкзак Saiga 24 л, серый",
                    "SGA-24-GRY",
                    t(15_200),
                    t(15_960),
                ),
                row(
                    "off_7",
                    "Утюжок Aigerim Pro, розовый",
                    "AGP-01-PNK",
                    t(14_100),
                    t(14_805),
                ),
            ],
            changed: 58,
            unchanged: 2,
            refused: 4,
            refusals: vec![BulkRefusal {
                goods: Goods::new("off_8", "Чехол Tulpar для A55, прозрачный", "TLP-A55"),
                said: Told::new("web-max-below-min").arg("min", 3_100).arg("max", 2_990),
            }],
            is_ready: true,
            ..ask.clone()
        };
        let wrong = Self {
            form: Form::of(&[("how", "set"), ("value", "мало")])
                .refuse("value", Told::new("web-number-form").arg("value", "мало")),
            ..ask.clone()
        };
        let strategy = Self {
            action: "strategy".to_owned(),
            chosen: 2_418,
            form: Form::of(&[("value", "match")]),
            rows: vec![BulkRow {
                before_word: Some("standard".to_owned()),
                after_word: Some("match".to_owned()),
                ..row("off_3", "Термокружка Tumar 0,5 л", "TMR-05-GRN", None, None)
            }],
            changed: 2_418,
            refused: 0,
            refusals: Vec::new(),
            ..ready.clone()
        };
        let pause = Self {
            action: "pause".to_owned(),
            form: Form::default(),
            rows: Vec::new(),
            changed: 12,
            chosen: 12,
            refused: 0,
            refusals: Vec::new(),
            ..ready.clone()
        };
        vec![
            Sample::new("ask", ask),
            Sample::new("ready", ready),
            Sample::new("wrong", wrong),
            Sample::new("strategy", strategy),
            Sample::new("pause", pause),
        ]
    }
}

/// How far a change of many offers is: the page asks again until it is through.
#[derive(Debug, Clone, Serialize)]
pub struct BulkGoing {
    /// `going` or `undoing`.
    pub state: &'static str,
    pub done: i64,
    pub total: i64,
}

/// What became of it.
#[derive(Debug, Clone, Serialize)]
pub struct BulkResult {
    pub id: String,
    pub action: String,
    pub by: String,
    pub at: Timestamp,
    /// While it goes on.
    pub going: Option<BulkGoing>,
    pub changed: i64,
    pub unchanged: i64,
    pub refused: i64,
    pub refusals: Vec<BulkRefusal>,
    pub undo_until: Option<Timestamp>,
    pub is_undone: bool,
    /// Offers that were put back.
    pub put_back: i64,
}

impl View for BulkResult {
    const TEMPLATE: &'static str = "pages/bulk_result.html";
    fn samples() -> Vec<Sample<Self>> {
        let done = Self {
            id: "blk_1".to_owned(),
            action: "min".to_owned(),
            by: "Айгерим".to_owned(),
            at: sample::seconds_ago(4),
            going: None,
            changed: 58,
            unchanged: 2,
            refused: 4,
            refusals: vec![BulkRefusal {
                goods: Goods::new("off_8", "Чехол Tulpar для A55, прозрачный", "TLP-A55"),
                said: Told::new("web-max-below-min").arg("min", 3_100).arg("max", 2_990),
            }],
            undo_until: Some(sample::in_minutes(1_440)),
            is_undone: false,
            put_back: 0,
        };
        let clean = Self {
            refused: 0,
            refusals: Vec::new(),
            ..done.clone()
        };
        let undone = Self {
            is_undone: true,
            put_back: 58,
            undo_until: None,
            ..done.clone()
        };
        let going = Self {
            going: Some(BulkGoing {
                state: "going",
                done: 12_500,
                total: 48_200,
            }),
            changed: 12_310,
            unchanged: 190,
            undo_until: None,
            ..clean.clone()
        };
        let undoing = Self {
            going: Some(BulkGoing {
                state: "undoing",
                done: 31_000,
                total: 48_010,
            }),
            changed: 48_010,
            put_back: 31_000,
            ..undone.clone()
        };
        vec![
            Sample::new("done", done),
            Sample::new("clean", clean),
            Sample::new("undone", undone),
            Sample::new("going", going),
            Sample::new("undoing", undoing),
        ]
    }
}
