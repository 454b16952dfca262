//! What is printed for packing: the list of goods as it is taken, and the papers. Refuses to sort: the labels' room does.

use super::{Sample, View};
use serde::Serialize;

/// Goods of one order in the list.
#[derive(Debug, Clone, Serialize)]
pub struct PickRow {
    pub code: String,
    pub href: String,
    pub sku: Option<String>,
    pub colour: Option<String>,
    pub quantity: u32,
    pub deadline: Option<String>,
    pub express: bool,
    /// Its waybill is not there yet.
    pub no_waybill: bool,
    /// The marketplace's own id of the line; nothing when it has none.
    pub entry: Option<String>,
    /// `taken`, `missing`, or empty.
    pub state: &'static str,
}

/// One size of a model.
#[derive(Debug, Clone, Serialize)]
pub struct PickSize {
    pub name: Option<String>,
    pub rows: Vec<PickRow>,
    pub pieces: u32,
}

/// One model on a shelf.
#[derive(Debug, Clone, Serialize)]
pub struct PickModel {
    pub name: String,
    pub sizes: Vec<PickSize>,
    pub pieces: u32,
}

/// A shelf.
#[derive(Debug, Clone, Serialize)]
pub struct PickShelf {
    /// Nothing where nobody told where the goods lie.
    pub name: Option<String>,
    pub models: Vec<PickModel>,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct PrintPage {
    pub shelves: Vec<PickShelf>,
    pub orders: usize,
    pub pieces: u32,
    /// Numbers of orders whose waybill is not there yet.
    pub without: Vec<String>,
    /// Orders of a run alone: the words of its address.
    pub run: Option<String>,
    /// What the papers are asked for with.
    pub query: String,
    pub paper: &'static str,
    pub layout: &'static str,
    pub papers: Vec<&'static str>,
    pub layouts: Vec<&'static str>,
    /// More orders stand there than are printed at once.
    pub more: bool,
    /// Rows that were not on the shelf.
    pub missing: Vec<PickRow>,
    /// Lines that were taken, and all.
    pub taken: usize,
    pub lines: usize,
    pub may_pick: bool,
}

impl View for PrintPage {
    const TEMPLATE: &'static str = "pages/print.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |code: &str, colour: &str, quantity| PickRow {
            code: code.to_owned(),
            href: format!("/s/aru-home/orders/{code}"),
            sku: Some("ARN-52-BLK".to_owned()),
            colour: Some(colour.to_owned()),
            quantity,
            deadline: Some("сегодня, 18:00".to_owned()),
            express: code.ends_with('5'),
            no_waybill: code.ends_with('3'),
            entry: Some(format!("{code}##0")),
            state: match quantity {
                2 => "taken",
                3 => "missing",
                _ => "",
            },
        };
        let size = |name: &str, rows: Vec<PickRow>| PickSize {
            name: Some(name.to_owned()).filter(|name| !name.is_empty()),
            pieces: rows.iter().map(|row| row.quantity).sum(),
            rows,
        };
        let model = |name: &str, sizes: Vec<PickSize>| PickModel {
            name: name.to_owned(),
            pieces: sizes.iter().map(|size| size.pieces).sum(),
            sizes,
        };
        let normal = Self {
            shelves: vec![
                PickShelf {
                    name: Some("A-12".to_owned()),
                    models: vec![model(
                        "Пуховик Aru Nord",
                        vec![
                            size("M", vec![row("412806502", "белый", 1)]),
                            size(
                                "XL",
                                vec![row("412806455", "чёрный", 1), row("412807133", "чёрный", 2)],
                            ),
                        ],
                    )],
                },
                PickShelf {
                    name: None,
                    models: vec![model(
                        "Термокружка Tumar 0,5 л",
                        vec![size("", vec![row("412807266", "зелёная", 3)])],
                    )],
                },
            ],
            orders: 4,
            pieces: 7,
            without: vec!["412807133".to_owned()],
            run: None,
            query: "paper=75x120&layout=label".to_owned(),
            paper: "75x120",
            layout: "label",
            papers: vec!["75x120", "58x40", "100x150", "a4"],
            layouts: vec!["label", "side-by-side", "two-up", "after"],
            more: false,
            missing: vec![row("412807266", "зелёная", 3)],
            taken: 1,
            lines: 4,
            may_pick: true,
        };
        let empty = Self {
            shelves: Vec::new(),
            orders: 0,
            pieces: 0,
            without: Vec::new(),
            missing: Vec::new(),
            taken: 0,
            lines: 0,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "run",
                Self {
                    run: Some("day_1".to_owned()),
                    more: true,
                    ..normal
                },
            ),
            Sample::new("empty", empty),
        ]
    }
}
