//! What is printed for packing: the list of goods as it is taken, and the papers. Refuses to sort: the labels' room does.

use super::{Sample, View};
use serde::Serialize;

/// Up to five hundred orders of what is printed.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Part {
    /// From 1.
    pub number: usize,
    /// Places of its orders, from 1.
    pub from: usize,
    pub to: usize,
    /// What an address says that asks for it.
    pub query: String,
    pub is_on: bool,
}

impl Part {
    pub(super) fn sample(number: usize, from: usize, to: usize, is_on: bool) -> Self {
        let query = if number > 1 {
            format!("part={number}")
        } else {
            String::new()
        };
        Self {
            number,
            from,
            to,
            query,
            is_on,
        }
    }
}

/// Goods of one order in the list.
#[derive(Debug, Clone, Serialize)]
pub struct PickRow {
    pub code: String,
    pub href: String,
    /// Place among the goods of its order, from 1.
    pub place: u16,
    /// The size that was bought, where another one was agreed on.
    pub bought: Option<String>,
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
    /// Orders of a run alone, or those that somebody chose.
    pub is_of_run: bool,
    pub is_chosen: bool,
    /// Chosen ones that are not printed.
    pub left: usize,
    /// What the papers are asked for with.
    pub query: String,
    /// Which orders are asked for, as an address and as fields.
    pub which: String,
    pub kept: Vec<(&'static str, String)>,
    pub paper: &'static str,
    pub layout: &'static str,
    pub papers: Vec<&'static str>,
    pub layouts: Vec<&'static str>,
    /// All parts of what is printed.
    pub parts: Vec<Part>,
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
            place: 1,
            bought: code.ends_with('5').then(|| "L".to_owned()),
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
            is_of_run: false,
            is_chosen: false,
            left: 0,
            which: String::new(),
            kept: Vec::new(),
            query: "paper=75x120&layout=label".to_owned(),
            paper: "75x120",
            layout: "label",
            papers: vec!["75x120", "58x40", "100x150", "a4"],
            layouts: vec!["label", "side-by-side", "two-up", "after"],
            parts: vec![Part::sample(1, 1, 4, true)],
            missing: vec![row("412807266", "зелёная", 3)],
            taken: 1,
            lines: 4,
            may_pick: true,
        };
        let empty = Self {
            shelves: Vec::new(),
            orders: 0,
            pieces: 0,
            parts: Vec::new(),
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
                    is_of_run: true,
                    which: "run=day_1&part=2".to_owned(),
                    kept: vec![("run", "day_1".to_owned()), ("part", "2".to_owned())],
                    parts: vec![Part::sample(1, 1, 500, false), Part::sample(2, 501, 504, true)],
                    ..normal.clone()
                },
            ),
            Sample::new(
                "chosen",
                Self {
                    is_chosen: true,
                    left: 1,
                    which: "codes=412806502.412807133".to_owned(),
                    kept: vec![("codes", "412806502.412807133".to_owned())],
                    ..normal
                },
            ),
            Sample::new("empty", empty),
        ]
    }
}
