//! One thing at a time at the shelf: what to take, how much, for which order. Refuses to know how things are found.

use super::{Around, Sample, View, print::Part};
use serde::Serialize;

/// What lies before whoever packs.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PickItem {
    pub code: String,
    /// The marketplace's own id of the line.
    pub entry: String,
    pub shelf: Option<String>,
    pub model: String,
    pub size: Option<String>,
    /// The size that was bought, where another one was agreed on.
    pub bought: Option<String>,
    pub colour: Option<String>,
    pub sku: Option<String>,
    /// What is printed on the goods.
    pub barcode: Option<String>,
    pub quantity: u32,
    pub deadline: Option<String>,
    pub express: bool,
    /// `taken`, `missing`, or empty.
    pub state: &'static str,
    /// Its place in the list, from 1.
    pub place: usize,
}

/// What a code that was read turned out to be.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Scanned {
    pub value: String,
    /// `unknown`: not in the list; `again`: taken before.
    pub what: &'static str,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct PickPage {
    /// Nothing when all was looked for.
    pub item: Option<PickItem>,
    pub taken: usize,
    pub missing: usize,
    pub lines: usize,
    /// Address of the item before and after.
    pub back: Option<String>,
    pub next: Option<String>,
    pub scanned: Option<Scanned>,
    /// All parts of what is packed; one without others is not told.
    pub parts: Vec<Part>,
    /// What the page is asked for with, as fields and as an address.
    pub kept: Vec<(&'static str, String)>,
    pub which: String,
}

impl View for PickPage {
    const TEMPLATE: &'static str = "pages/pick.html";
    fn samples() -> Vec<Sample<Self>> {
        let item = PickItem {
            code: "412806455".to_owned(),
            entry: "412806455##0".to_owned(),
            shelf: Some("A-12".to_owned()),
            model: "Пуховик Aru Nord".to_owned(),
            size: Some("XL".to_owned()),
            bought: Some("L".to_owned()),
            colour: Some("чёрный".to_owned()),
            sku: Some("ARN-52-BLK".to_owned()),
            barcode: Some("4870001234567".to_owned()),
            quantity: 2,
            deadline: Some("сегодня, 18:00".to_owned()),
            express: true,
            state: "",
            place: 4,
        };
        let normal = Self {
            item: Some(item.clone()),
            taken: 3,
            missing: 1,
            lines: 14,
            back: Some("/s/aru-home/orders/pick?at=3".to_owned()),
            next: Some("/s/aru-home/orders/pick?at=5".to_owned()),
            scanned: None,
            parts: vec![Part::sample(1, 1, 14, true)],
            kept: Vec::new(),
            which: String::new(),
        };
        let wrong = |what| Self {
            scanned: Some(Scanned {
                value: "4870001234567".to_owned(),
                what,
            }),
            ..normal.clone()
        };
        let little = Self {
            item: Some(PickItem {
                shelf: None,
                size: None,
                bought: None,
                colour: None,
                sku: None,
                barcode: None,
                deadline: None,
                express: false,
                state: "missing",
                quantity: 1,
                ..item
            }),
            back: None,
            next: None,
            kept: vec![("run", "day_01kah2m5q8e6v9z4r7t0y3w1xc".to_owned())],
            which: "run=day_01kah2m5q8e6v9z4r7t0y3w1xc".to_owned(),
            ..normal.clone()
        };
        let done = Self {
            item: None,
            parts: vec![Part::sample(1, 1, 500, true), Part::sample(2, 501, 812, false)],
            ..normal.clone()
        };
        let nothing = Self {
            lines: 0,
            taken: 0,
            missing: 0,
            parts: Vec::new(),
            ..done.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("unknown code", wrong("unknown")),
            Sample::new("taken before", wrong("again")),
            Sample::new("little known", little),
            Sample::new("done", done),
            Sample::new("nothing", nothing),
            Sample::new("packer", normal).around(Around::Packer),
        ]
    }
}
