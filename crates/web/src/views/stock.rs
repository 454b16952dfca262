//! Stock: what to reorder, one product, orders to suppliers, counting, settings. Refuses to compute: the room of stock does.

use super::stock_forecast::{Counting, Foresight, counting, foresight, sample_plot};
use super::{
    Around, Sample, View,
    parts::{Goods, Tab, sample},
};
use crate::foresight::ForesightPlot;
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// How an advice comes about, as numbers of a sentence.
#[derive(Debug, Clone, Serialize)]
pub struct Advice {
    /// Thousandths of a piece a day, and the range most days lie in.
    pub daily_milli: i64,
    pub low_milli: i64,
    pub high_milli: i64,
    /// Lead time and review together.
    pub days: i64,
    pub safety: i64,
    pub rop: i64,
    /// Free, with what is coming.
    pub position: i64,
    pub order: i64,
    /// Whole days that what is free lasts; nothing without demand.
    pub cover: Option<i64>,
    /// Of 10 000 pieces asked for, so many are there at once.
    pub fill_bp: i64,
    /// Where demand comes from: `told`, `forecast`, `neighbours`, `past`.
    pub from: &'static str,
    /// Past days it was learned from; 0 but for `past`.
    pub learned: i64,
}

/// One row of the list.
#[derive(Debug, Clone, Serialize)]
pub struct StockRow {
    pub goods: Goods,
    pub href: String,
    pub on_hand: i64,
    pub reserved: i64,
    pub on_the_way: i64,
    /// Nothing while no demand is known.
    pub advice: Option<Advice>,
    /// Of the suggested order; absent without the right to see money, or without a cost.
    pub cost: Option<Money>,
    /// Such as AX.
    pub class: String,
    /// `dead` or `slow`.
    pub idle: Option<&'static str>,
    pub idle_days: i64,
    pub supplier: Option<String>,
    pub skip_until: Option<Timestamp>,
}

/// Why there are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum StockEmpty {
    /// Nothing is known of any product.
    Nothing,
    NotFound,
    /// Nothing is due, and that is good.
    Done,
}

/// What to reorder.
#[derive(Debug, Clone, Serialize)]
pub struct StockPage {
    pub tabs: Vec<Tab>,
    pub view: String,
    pub query: String,
    pub rows: Vec<StockRow>,
    pub empty: Option<StockEmpty>,
    /// Of what is suggested.
    pub total: Option<Money>,
    pub is_kept: bool,
    pub may_edit: bool,
    pub sees_money: bool,
    pub export_query: String,
    pub counting: Counting,
}

/// A movement.
#[derive(Debug, Clone, Serialize)]
pub struct MoveRow {
    pub at: Timestamp,
    pub kind: &'static str,
    pub quantity: i64,
    pub balance: i64,
    pub warehouse: String,
    pub by: String,
    pub reason: String,
    pub document: String,
}

/// A choice of a list: value and name.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    pub value: String,
    pub name: String,
    pub is_on: bool,
}

/// One product.
#[derive(Debug, Clone, Serialize)]
pub struct StockProductPage {
    pub row: StockRow,
    pub plot: Option<ForesightPlot>,
    /// Nothing before the first counting.
    pub foresight: Option<Foresight>,
    pub warehouses: Vec<(String, i64, i64)>,
    pub moves: Vec<MoveRow>,
    /// Days marked as one-off.
    pub one_offs: Vec<String>,
    pub suppliers: Vec<Choice>,
    pub places: Vec<Choice>,
    pub least: i64,
    pub pack: i64,
    /// As typed: pieces a day with a comma.
    pub rate: String,
    pub once: String,
    pub may_edit: bool,
    pub may_move: bool,
}

/// A line of an order to a supplier.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseLineRow {
    pub product: String,
    pub name: String,
    pub sku: String,
    pub ordered: i64,
    pub received: Option<i64>,
    pub cost: Option<Money>,
}

/// An order to a supplier.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseRow {
    pub id: String,
    pub number: i64,
    pub supplier: Option<String>,
    pub state: &'static str,
    pub made_by: String,
    pub created_at: Timestamp,
    pub expected_at: Option<Timestamp>,
    pub is_late: bool,
    pub lines: Vec<PurchaseLineRow>,
    pub sum: Option<Money>,
    pub next: Vec<&'static str>,
    pub may_receive: bool,
    /// Something came otherwise than ordered.
    pub differs: bool,
}

/// Orders to suppliers.
#[derive(Debug, Clone, Serialize)]
pub struct PurchasesPage {
    pub rows: Vec<PurchaseRow>,
    pub may_edit: bool,
}

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
}

/// A supplier.
#[derive(Debug, Clone, Serialize)]
pub struct SupplierRow {
    pub id: String,
    pub name: String,
    pub phone: String,
    pub lead_days: i64,
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
    pub review_days: i64,
    pub lead_days: i64,
    pub warehouses: Vec<String>,
    pub points: Vec<PointRow>,
    pub suppliers: Vec<SupplierRow>,
    pub may_edit: bool,
}

fn advice() -> Advice {
    Advice {
        daily_milli: 2_400,
        low_milli: 900,
        high_milli: 3_900,
        days: 9,
        safety: 11,
        rop: 33,
        position: 14,
        order: 48,
        cover: Some(5),
        fill_bp: 9_520,
        from: "forecast",
        learned: 0,
    }
}

fn row() -> StockRow {
    StockRow {
        goods: Goods::new("prd_1", "Пуховик Aru Nord, чёрный, XL", "ARN-52-BLK"),
        href: "/stock/prd_1".to_owned(),
        on_hand: 16,
        reserved: 2,
        on_the_way: 0,
        advice: Some(advice()),
        cost: Some(Money::from_tiyn(72_000_000)),
        class: "AX".to_owned(),
        idle: None,
        idle_days: 0,
        supplier: Some("Фабрика «Сулу»".to_owned()),
        skip_until: None,
    }
}

fn unknown() -> StockRow {
    StockRow {
        advice: None,
        cost: None,
        idle: Some("dead"),
        idle_days: 120,
        supplier: None,
        skip_until: Some(sample::NOW),
        class: "C".to_owned(),
        ..row()
    }
}

fn choices() -> Vec<Choice> {
    [("whs_1", "Основной"), ("whs_2", "Барахолка")]
        .map(|(value, name)| Choice {
            value: value.to_owned(),
            name: name.to_owned(),
            is_on: value == "whs_1",
        })
        .to_vec()
}

impl View for StockPage {
    const TEMPLATE: &'static str = "pages/stock.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            tabs: ["due", "all", "dead", "unknown", "skipped"]
                .map(|word| Tab {
                    word: word.to_owned(),
                    href: format!("/stock?view={word}"),
                    count: Some(2),
                    tone: "",
                    is_on: word == "due",
                })
                .to_vec(),
            view: "due".to_owned(),
            query: String::new(),
            rows: vec![row(), unknown()],
            empty: None,
            total: Some(Money::from_tiyn(72_000_000)),
            is_kept: true,
            may_edit: true,
            sees_money: true,
            export_query: "view=due".to_owned(),
            counting: counting(false),
        };
        let without = |empty| Self {
            rows: Vec::new(),
            empty: Some(empty),
            total: None,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "not kept",
                Self {
                    is_kept: false,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "counting",
                Self {
                    counting: counting(true),
                    ..normal.clone()
                },
            ),
            Sample::new("nothing", without(StockEmpty::Nothing)),
            Sample::new("done", without(StockEmpty::Done)),
            Sample::new(
                "not found",
                Self {
                    query: "куртка".to_owned(),
                    ..without(StockEmpty::NotFound)
                },
            ),
            Sample::new(
                "packer",
                Self {
                    may_edit: false,
                    sees_money: false,
                    total: None,
                    ..normal
                },
            )
            .around(Around::Packer),
        ]
    }
}

impl View for StockProductPage {
    const TEMPLATE: &'static str = "pages/stock_product.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            row: row(),
            plot: sample_plot(),
            foresight: Some(foresight()),
            warehouses: vec![("Основной".to_owned(), 16, 2)],
            moves: vec![MoveRow {
                at: sample::NOW,
                kind: "sale",
                quantity: -1,
                balance: 16,
                warehouse: "Основной".to_owned(),
                by: String::new(),
                reason: String::new(),
                document: "412806377".to_owned(),
            }],
            one_offs: vec!["2026-11-11".to_owned()],
            suppliers: choices(),
            places: choices(),
            least: 10,
            pack: 5,
            rate: String::new(),
            once: "hand:1".to_owned(),
            may_edit: true,
            may_move: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "new and old",
                Self {
                    foresight: Some(Foresight {
                        is_old: true,
                        neighbours: Some(5),
                        tested: None,
                        special: Vec::new(),
                        sold_out: 0,
                        ..foresight()
                    }),
                    row: StockRow {
                        advice: Some(Advice {
                            from: "past",
                            learned: 21,
                            ..advice()
                        }),
                        ..row()
                    },
                    ..normal.clone()
                },
            ),
            Sample::new(
                "no history",
                Self {
                    row: unknown(),
                    plot: None,
                    foresight: None,
                    warehouses: Vec::new(),
                    moves: Vec::new(),
                    one_offs: Vec::new(),
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

impl View for PurchasesPage {
    const TEMPLATE: &'static str = "pages/stock_orders.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |received| PurchaseLineRow {
            product: "prd_1".to_owned(),
            name: "Пуховик Aru Nord".to_owned(),
            sku: "ARN-52-BLK".to_owned(),
            ordered: 48,
            received,
            cost: Some(Money::from_tiyn(1_500_000)),
        };
        let at = |state, next: &[&'static str], may_receive, received| PurchaseRow {
            id: format!("pur_{state}"),
            number: 7,
            supplier: Some("Фабрика «Сулу»".to_owned()),
            state,
            made_by: "Данияр".to_owned(),
            created_at: sample::NOW,
            expected_at: Some(sample::NOW),
            is_late: state == "on_the_way",
            lines: vec![line(received)],
            sum: Some(Money::from_tiyn(72_000_000)),
            next: next.to_vec(),
            may_receive,
            differs: received.is_some(),
        };
        let normal = Self {
            rows: vec![
                at("draft", &["sent", "cancelled"], false, None),
                at("on_the_way", &["cancelled"], true, None),
                at("received", &[], false, Some(46)),
            ],
            may_edit: true,
        };
        let bare = PurchaseRow {
            supplier: None,
            expected_at: None,
            sum: None,
            ..at("sent", &["on_the_way"], true, None)
        };
        vec![
            Sample::new("normal", normal),
            Sample::new(
                "nothing",
                Self {
                    rows: Vec::new(),
                    may_edit: true,
                },
            ),
            Sample::new(
                "packer",
                Self {
                    rows: vec![bare],
                    may_edit: false,
                },
            )
            .around(Around::Packer),
        ]
    }
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
                },
            ),
            Sample::new(
                "nothing",
                Self {
                    rows: Vec::new(),
                    places: choices(),
                    may_move: true,
                },
            ),
            Sample::new(
                "marketer",
                Self {
                    rows: vec![counting(true)],
                    places: Vec::new(),
                    may_move: false,
                },
            ),
        ]
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
            review_days: 7,
            lead_days: 14,
            warehouses: vec!["Основной".to_owned()],
            points: vec![PointRow {
                shop: "shp_1".to_owned(),
                shop_name: "Aru Home".to_owned(),
                point: "30067228_PP1".to_owned(),
                name: "PP1".to_owned(),
                places: choices(),
            }],
            suppliers: vec![SupplierRow {
                id: "sup_1".to_owned(),
                name: "Фабрика «Сулу»".to_owned(),
                phone: "+7 701 000 00 00".to_owned(),
                lead_days: 9,
                spread: "1,5".to_owned(),
                weekdays: vec![true, true, true, true, true, false, false],
                days_off: "2027-01-01".to_owned(),
            }],
            may_edit: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
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
