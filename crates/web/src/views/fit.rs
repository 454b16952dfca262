//! Size advice: beside the goods of an order, and the page of tables and quality. Refuses to advise: the service does.

use super::{
    Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;
use serde_json::Value;
use std::collections::BTreeMap;

/// The advice in a few signs; how sure is `size-sure-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct FitMark {
    pub size: String,
    pub sureness: &'static str,
    pub percent: Option<i64>,
    /// Surely another size than the bought one.
    pub differs: bool,
}

/// What a person chose instead.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct CorrectionLine {
    pub code: String,
    pub from: String,
    pub to: String,
    pub why: String,
    pub by: String,
    pub at: Timestamp,
}

/// How it sat; words are `size-fit-<fit>` and `size-source-<source>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OutcomeLine {
    pub size: String,
    pub fit: &'static str,
    pub source: &'static str,
    pub by: String,
}

/// What is advised for a line of an order.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct FitLine {
    pub line: i64,
    pub title: String,
    pub asked: String,
    pub mark: Option<FitMark>,
    /// Why there is no size: `size-why-<word>`.
    pub why: Option<String>,
    /// `size-reason-<word>`; none for those who may not see buyers.
    pub reasons: Vec<Told>,
    /// Chances of the bought size to be small, fit and large, percent.
    pub chances: Option<[i64; 3]>,
    pub correction: Option<CorrectionLine>,
    pub outcome: Option<OutcomeLine>,
}

/// The part of an order's page.
#[derive(Debug, Clone, PartialEq, Default, Serialize)]
pub struct FitPart {
    pub lines: Vec<FitLine>,
    /// Where its forms go.
    pub action: String,
    /// Measures of the buyer as they are known or were typed.
    pub form: Form,
    pub said_by: Option<(String, Timestamp)>,
    pub may_edit: bool,
    pub sees_buyer: bool,
    /// Nothing was advised yet.
    pub is_new: bool,
    /// Some of the goods may have sizes.
    pub is_shown: bool,
}

/// A part of a bar: how many of all; its name is `part-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SatPart {
    pub word: &'static str,
    pub args: BTreeMap<String, Value>,
    /// How many; the macro of bars calls it so.
    pub tenge: i64,
    pub share_bp: i64,
    pub colour: u8,
}

/// A line of a size table: what was written under each measure, in the order of the columns.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableRow {
    pub size: String,
    pub cells: Vec<String>,
}

/// A table of a brand or piece.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct SizeTable {
    pub brand: String,
    pub item: String,
    pub category: String,
    pub gender: String,
    pub rows: Vec<TableRow>,
}

/// A state of the tables; its word is `size-tables-<state>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TablesLine {
    pub href: String,
    pub title: String,
    pub state: &'static str,
    pub by: String,
    pub at: Timestamp,
    pub tables: i64,
    pub may_undo: bool,
}

/// What is wrong with a row of a file: `size-table-<code>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct TableTrouble {
    pub row: u32,
    pub said: Told,
}

/// Tables, how good advices were, corrections.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizesPage {
    pub base: String,
    pub advised: i64,
    pub no_data: i64,
    pub told: Option<i64>,
    pub sat: Vec<SatPart>,
    pub judged: i64,
    pub followed: Option<i64>,
    pub other: Option<i64>,
    pub corrections: Vec<CorrectionLine>,
    /// Names of the measures: `size-measure-<word>`.
    pub measures: Vec<&'static str>,
    pub tables: Vec<SizeTable>,
    /// An empty table to be written by hand.
    pub blank: SizeTable,
    pub history: Vec<TablesLine>,
    pub form: Form,
    pub may_edit: bool,
}

/// A file of tables before it holds.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct SizesCheck {
    pub base: String,
    pub href: String,
    pub title: String,
    pub state: &'static str,
    pub lines: usize,
    pub troubles: Vec<TableTrouble>,
    pub measures: Vec<&'static str>,
    pub tables: Vec<SizeTable>,
    pub may_edit: bool,
}

pub(crate) fn sample_mark(differs: bool) -> FitMark {
    FitMark {
        size: if differs { "L" } else { "M" }.to_owned(),
        sureness: "high",
        percent: Some(82),
        differs,
    }
}

pub(crate) fn sample_part() -> FitPart {
    let line = |line, title: &str| FitLine {
        line,
        title: title.to_owned(),
        asked: "M".to_owned(),
        mark: Some(sample_mark(true)),
        why: None,
        reasons: vec![
            Told::new("height-weight")
                .arg("height_cm", 168)
                .arg("weight_kg", 64),
            Told::new("outcomes-small")
                .arg("small", 6)
                .arg("large", 0)
                .arg("count", 8),
            Told::new("between-sizes").arg("first", "L").arg("second", "XL"),
        ],
        chances: Some([59, 40, 1]),
        correction: None,
        outcome: None,
    };
    let blank = FitLine {
        mark: None,
        why: Some("no-body".to_owned()),
        reasons: Vec::new(),
        chances: None,
        ..line(1, "Кроссовки Qadam Lite, 41, белые")
    };
    let judged = FitLine {
        mark: Some(FitMark {
            sureness: "person",
            percent: None,
            ..sample_mark(true)
        }),
        reasons: vec![Told::new("corrected").arg("by", "Айгерим").arg("to", "L")],
        correction: Some(sample_correction()),
        outcome: Some(OutcomeLine {
            size: "L".to_owned(),
            fit: "fit",
            source: "person",
            by: "Айгерим".to_owned(),
        }),
        ..line(2, "Платье Ару, M, синее")
    };
    FitPart {
        lines: vec![line(0, "Пуховик Aru Nord, 52 (XL), чёрный"), blank, judged],
        action: "/s/aru-home/orders/412806455/size".to_owned(),
        form: Form::of(&[("height_cm", "168"), ("weight_kg", "64")]),
        said_by: Some(("Айгерим".to_owned(), sample::minutes_ago(40))),
        may_edit: true,
        sees_buyer: true,
        is_new: false,
        is_shown: true,
    }
}

fn sample_correction() -> CorrectionLine {
    CorrectionLine {
        code: "412806455".to_owned(),
        from: "M".to_owned(),
        to: "L".to_owned(),
        why: "любит посвободнее".to_owned(),
        by: "Айгерим".to_owned(),
        at: sample::minutes_ago(30),
    }
}

fn sample_tables() -> Vec<SizeTable> {
    let row = |size: &str, chest: &str| TableRow {
        size: size.to_owned(),
        cells: vec![
            chest.to_owned(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
            String::new(),
        ],
    };
    vec![SizeTable {
        brand: "Ару".to_owned(),
        item: String::new(),
        category: "Платья".to_owned(),
        gender: "women".to_owned(),
        rows: vec![row("S", "84-88"), row("M", "88-92")],
    }]
}

/// The measures of tables, in the order of columns.
pub const MEASURES: [&str; 7] = ["chest", "waist", "hips", "underbust", "height", "weight", "foot"];

impl View for SizesPage {
    const TEMPLATE: &'static str = "pages/sizes.html";
    fn samples() -> Vec<Sample<Self>> {
        let part = |word, count, share_bp, colour| SatPart {
            word,
            args: BTreeMap::new(),
            tenge: count,
            share_bp,
            colour,
        };
        let normal = Self {
            base: "/s/aru-home/orders/sizes".to_owned(),
            advised: 412,
            no_data: 61,
            told: Some(76),
            sat: vec![
                part("size-small", 21, 1_200, 4),
                part("size-fit", 140, 8_000, 2),
                part("size-large", 10, 500, 3),
                part("size-returned", 4, 300, 6),
            ],
            judged: 175,
            followed: Some(91),
            other: Some(64),
            corrections: vec![sample_correction()],
            measures: MEASURES.to_vec(),
            tables: sample_tables(),
            blank: SizeTable {
                brand: String::new(),
                item: String::new(),
                category: String::new(),
                gender: String::new(),
                rows: Vec::new(),
            },
            history: vec![TablesLine {
                href: "/s/aru-home/orders/sizes/tables/fit_1".to_owned(),
                title: "brands.xlsx".to_owned(),
                state: "current",
                by: "Айгерим".to_owned(),
                at: sample::minutes_ago(90),
                tables: 1,
                may_undo: true,
            }],
            form: Form::default(),
            may_edit: true,
        };
        let empty = Self {
            advised: 0,
            no_data: 0,
            told: None,
            sat: Vec::new(),
            judged: 0,
            followed: None,
            other: None,
            corrections: Vec::new(),
            tables: Vec::new(),
            history: Vec::new(),
            may_edit: false,
            ..normal.clone()
        };
        let refused = Self {
            form: Form::default().refuse("file", Told::new("import-file-empty")),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("refused", refused),
        ]
    }
}

impl View for SizesCheck {
    const TEMPLATE: &'static str = "pages/sizes_check.html";
    fn samples() -> Vec<Sample<Self>> {
        let good = Self {
            base: "/s/aru-home/orders/sizes".to_owned(),
            href: "/s/aru-home/orders/sizes/tables/fit_1".to_owned(),
            title: "brands.xlsx".to_owned(),
            state: "loaded",
            lines: 2,
            troubles: Vec::new(),
            measures: MEASURES.to_vec(),
            tables: sample_tables(),
            may_edit: true,
        };
        let trouble = |code: &str| TableTrouble {
            row: 3,
            said: Told::new(code)
                .arg("row", 3)
                .arg("column", "chest")
                .arg("value", "x"),
        };
        let codes = [
            "missing-field",
            "twice",
            "wrong-value",
            "no-measures",
            "too-short",
            "not-rising",
            "unknown-field",
            "column-twice",
            "no-column",
            "gender",
        ];
        let bad = Self {
            troubles: codes.map(trouble).to_vec(),
            ..good.clone()
        };
        let held = Self {
            state: "current",
            ..good.clone()
        };
        vec![
            Sample::new("good", good),
            Sample::new("bad", bad),
            Sample::new("held", held),
        ]
    }
}
