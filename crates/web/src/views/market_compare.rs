//! Own goods beside the market, as people see them. Refuses to compute.

use super::{Sample, View, market::tabs, parts::Tab, prices::Corridor};
use sauda_kernel::Tenge;
use serde::Serialize;

/// An own card on a shelf.
#[derive(Debug, Clone, Serialize)]
pub struct OwnLine {
    pub card: String,
    pub title: String,
    pub source_title: String,
    pub place: i64,
    /// Cards of the shelf.
    pub cards: i64,
    pub own: Option<Tenge>,
    pub middle: Option<Tenge>,
    pub low: Option<Tenge>,
    pub high: Option<Tenge>,
    /// Own price and the middle between the tenth and nine tenths.
    pub range: Option<Corridor>,
    /// Against the middle; above zero is dearer.
    pub against_bp: Option<i64>,
    /// Cards of the shelf that are cheaper.
    pub cheaper_bp: Option<i64>,
    /// The cheapest of the others on the card.
    pub rival: Option<Tenge>,
    pub rival_name: Option<String>,
    pub rating_milli: Option<i64>,
    pub rating_middle: Option<i64>,
    pub reviews: Option<i64>,
    pub reviews_middle: Option<i64>,
}

/// A shelf to choose.
#[derive(Debug, Clone, Serialize)]
pub struct ShelfTab {
    pub id: String,
    pub title: String,
    pub is_on: bool,
}

/// The page that compares.
#[derive(Debug, Clone, Serialize)]
pub struct ComparePage {
    pub tabs: Vec<Tab>,
    pub rows: Vec<OwnLine>,
    /// As many the filter finds.
    pub found: usize,
    pub total: usize,
    /// Own cards on no page that was read.
    pub unseen: usize,
    pub dear: usize,
    pub cheap: usize,
    pub sources: Vec<ShelfTab>,
    pub q: String,
    /// `dear`, `cheap` or nothing.
    pub view: String,
}

impl View for ComparePage {
    const TEMPLATE: &'static str = "pages/market_compare.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |place: i64, own: Option<i64>| OwnLine {
            card: format!("10029840{place}"),
            title: "Пуховик Nord Down, длинный, чёрный, 46–56".to_owned(),
            source_title: "Пуховики".to_owned(),
            place,
            cards: 60,
            own: own.map(Tenge),
            middle: Some(Tenge(12_490)),
            low: Some(Tenge(4_900)),
            high: Some(Tenge(41_000)),
            range: own.map(|own| Corridor {
                own: (own - 4_900) / 361,
                rival: Some(21),
            }),
            against_bp: own.map(|own| (own - 12_490) * 10_000 / 12_490),
            cheaper_bp: own.map(|_| 6_100),
            rival: (place < 5).then_some(Tenge(12_190)),
            rival_name: (place < 5).then(|| "Nord Market".to_owned()),
            rating_milli: Some(4_800),
            rating_middle: Some(4_600),
            reviews: Some(214),
            reviews_middle: Some(87),
        };
        let normal = Self {
            tabs: tabs("/s/aru-home", "compare"),
            rows: vec![line(2, Some(12_990)), line(7, Some(9_990)), line(31, None)],
            found: 3,
            total: 3,
            unseen: 41,
            dear: 1,
            cheap: 1,
            sources: vec![
                ShelfTab {
                    id: "1".to_owned(),
                    title: "Пуховики".to_owned(),
                    is_on: true,
                },
                ShelfTab {
                    id: "2".to_owned(),
                    title: "Куртки".to_owned(),
                    is_on: false,
                },
            ],
            q: String::new(),
            view: String::new(),
        };
        let empty = Self {
            rows: Vec::new(),
            found: 0,
            total: 0,
            dear: 0,
            cheap: 0,
            sources: Vec::new(),
            ..normal.clone()
        };
        let nothing = Self {
            rows: Vec::new(),
            found: 0,
            q: "молния".to_owned(),
            view: "dear".to_owned(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("nothing_found", nothing),
        ]
    }
}
