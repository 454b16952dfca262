//! Stock: what to reorder, and one product. Refuses to compute: the room of stock does.

use super::stock_forecast::{Counting, Foresight, counting, foresight, sample_plot};
use super::{
    Around, Sample, View,
    parts::{Form, Goods, Pager, Tab, Told, sample},
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
    /// Days that one piece takes to sell, where less than one sells in a day.
    pub every: Option<i64>,
    /// Pieces over these days in eight cases of ten.
    pub low_ahead: i64,
    pub high_ahead: i64,
    /// Expected over these days; with the safety stock it is what is needed.
    pub expected: i64,
    pub safety: i64,
    pub rop: i64,
    /// Free, with what is coming.
    pub position: i64,
    /// What to order: what is due, or what the budget allows of it.
    pub order: i64,
    pub due: i64,
    /// Whole days that what is free lasts; nothing without demand.
    pub cover: Option<i64>,
    /// `warn` or `bad` where an order is due.
    pub tone: &'static str,
    /// Why less is kept than promised: `level`, `not_kept` or nothing.
    pub restraint: &'static str,
    /// What the promise asks for, or the smallest order.
    pub wanted: i64,
    /// Days that a piece may lie.
    pub most_days: i64,
    /// When more is here: of what is on the way, else of an order of today.
    pub arrives: Timestamp,
    pub arrives_days: i64,
    /// It is on the way.
    pub is_coming: bool,
    /// Of 10 000 pieces asked for, so many are there at once.
    pub fill_bp: i64,
    /// Of 10 000 deliveries, before so many nothing ran out; where that is what is promised.
    pub cycle_bp: Option<i64>,
    /// `cheapest` where the batch is the cheapest of a year, or nothing.
    pub batch: &'static str,
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
    pub free: i64,
    pub on_the_way: i64,
    /// Nothing while no demand is known.
    pub advice: Option<Advice>,
    /// Of the suggested order; absent without the right to see money, or without a cost.
    pub cost: Option<Money>,
    /// Of one piece, under the same conditions.
    pub each: Option<Money>,
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
    /// Of what is picked at first, and how many products that are.
    pub total: Option<Money>,
    pub suggested: usize,
    pub pager: Pager,
    pub is_kept: bool,
    pub may_edit: bool,
    pub sees_money: bool,
    pub export_query: String,
    /// As typed: tenge.
    pub budget: String,
    /// What everything that is due costs.
    pub due_cost: Money,
    /// What the budget buys of it; nothing without a budget.
    pub spent: Option<Money>,
    /// What was picked when the form came back; all before.
    pub picked: Option<Vec<String>>,
    pub form: Form,
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

/// Pieces that lie there at one cost.
#[derive(Debug, Clone, Serialize)]
pub struct StockLayer {
    pub pieces: i64,
    pub each: Option<Money>,
    pub cost: Option<Money>,
}

/// Goods are likely to run out before more is here.
#[derive(Debug, Clone, Serialize)]
pub struct GapShown {
    /// `sure` or `likely`.
    pub word: &'static str,
    /// Whole days without goods.
    pub days: i64,
    pub lost: i64,
    /// Of what is lost; nothing without the right to see money, or where it is not known.
    pub profit: Option<Money>,
    /// Where its price is set.
    pub href: Option<String>,
}

/// One product.
#[derive(Debug, Clone, Serialize)]
pub struct StockProductPage {
    pub row: StockRow,
    pub gap: Option<GapShown>,
    /// Days until an order of today is here, and by how much they vary, with a comma.
    pub lead_days: i64,
    pub lead_spread: Option<String>,
    /// Days in which the suggested order sells.
    pub lasts: Option<i64>,
    pub plot: Option<ForesightPlot>,
    /// Nothing before the first counting.
    pub foresight: Option<Foresight>,
    pub warehouses: Vec<(String, i64, i64)>,
    pub moves: Vec<MoveRow>,
    /// Days marked as one-off, as forms say them and as they are.
    pub one_offs: Vec<(String, Timestamp)>,
    /// Promotions: their first and last day, the same for people, and whether of everything.
    pub promotions: Vec<([String; 2], [Timestamp; 2], bool)>,
    pub suppliers: Vec<Choice>,
    pub places: Vec<Choice>,
    pub least: i64,
    pub pack: i64,
    /// As typed: pieces a day with a comma.
    pub rate: String,
    /// Litres with a comma.
    pub volume: String,
    /// Prices of the supplier, one in a line: from so many pieces, tenge of a piece.
    pub breaks: String,
    /// Of a year with the cheapest batch: goods, orders, keeping; nothing without the right to see money.
    pub yearly: Option<Money>,
    /// The oldest first; empty without the right to see money.
    pub layers: Vec<StockLayer>,
    /// What all of it had cost; nothing when some cost is not known.
    pub worth: Option<Money>,
    pub sees_money: bool,
    /// Which form was refused: `move`, `supply`, `skip`, `one_off`, `promotion`, or none.
    pub at: &'static str,
    pub form: Form,
    pub once: String,
    pub may_edit: bool,
    pub may_move: bool,
}

fn advice() -> Advice {
    Advice {
        daily_milli: 2_400,
        low_milli: 900,
        high_milli: 3_900,
        days: 9,
        every: None,
        low_ahead: 14,
        high_ahead: 31,
        expected: 22,
        safety: 11,
        rop: 33,
        position: 14,
        order: 20,
        due: 20,
        cover: Some(5),
        tone: "warn",
        restraint: "",
        wanted: 0,
        most_days: 90,
        arrives: sample::NOW,
        arrives_days: 9,
        is_coming: false,
        fill_bp: 9_520,
        cycle_bp: None,
        batch: "",
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
        free: 14,
        on_the_way: 0,
        advice: Some(advice()),
        cost: Some(Money::from_tiyn(30_000_000)),
        each: Some(Money::from_tiyn(1_500_000)),
        class: "AX".to_owned(),
        idle: None,
        idle_days: 0,
        supplier: Some("Фабрика «Сулу»".to_owned()),
        skip_until: None,
    }
}

/// Bought once in a month: two are kept, not four; and once in half a year: none.
fn rare(restraint: &'static str) -> StockRow {
    let id = if restraint == "level" { "prd_2" } else { "prd_3" };
    StockRow {
        goods: Goods::new(id, "Видеорегистратор Neoline G-Tech 4K", id),
        on_hand: 0,
        reserved: 0,
        free: 0,
        advice: Some(Advice {
            daily_milli: 33,
            every: Some(30),
            low_ahead: 0,
            high_ahead: 1,
            expected: 0,
            safety: 2,
            rop: 2,
            position: 0,
            order: if restraint == "level" { 2 } else { 0 },
            due: if restraint == "level" { 2 } else { 0 },
            cover: Some(0),
            tone: "warn",
            restraint,
            wanted: 4,
            is_coming: restraint == "level",
            ..advice()
        }),
        ..row()
    }
}

fn unknown() -> StockRow {
    StockRow {
        goods: Goods::new("prd_4", "Пуховик Aru Nord, белый, S", "ARN-44-WHT"),
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

pub(super) fn choices() -> Vec<Choice> {
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
            rows: vec![row(), rare("level"), rare("not_kept"), unknown()],
            empty: None,
            total: Some(Money::from_tiyn(33_000_000)),
            suggested: 2,
            pager: Pager {
                from: 1,
                to: 4,
                of: 4,
                ..Pager::default()
            },
            is_kept: true,
            may_edit: true,
            sees_money: true,
            export_query: "view=due".to_owned(),
            budget: String::new(),
            due_cost: Money::from_tiyn(33_000_000),
            spent: None,
            picked: None,
            form: Form::default(),
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
                "budget",
                Self {
                    budget: "200 000".to_owned(),
                    spent: Some(Money::from_tiyn(19_500_000)),
                    total: Some(Money::from_tiyn(19_500_000)),
                    rows: vec![
                        StockRow {
                            advice: Some(Advice {
                                order: 13,
                                ..advice()
                            }),
                            ..row()
                        },
                        StockRow {
                            goods: Goods::new("prd_2", "Пуховик Aru Nord, чёрный, L", "ARN-48-BLK"),
                            advice: Some(Advice { order: 0, ..advice() }),
                            cost: None,
                            ..row()
                        },
                    ],
                    ..normal.clone()
                },
            ),
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
                    rows: vec![StockRow {
                        cost: None,
                        each: None,
                        ..row()
                    }],
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
            gap: Some(GapShown {
                word: "sure",
                days: 4,
                lost: 9,
                profit: Some(Money::from_tiyn(2_900_000)),
                href: Some("/s/aru-home/prices/ofr_1".to_owned()),
            }),
            lead_days: 9,
            lead_spread: Some("1,5".to_owned()),
            lasts: Some(8),
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
            one_offs: vec![("2026-11-11".to_owned(), sample::NOW)],
            promotions: vec![(
                ["2026-11-25".to_owned(), "2026-11-30".to_owned()],
                [sample::NOW; 2],
                true,
            )],
            suppliers: choices(),
            places: choices(),
            least: 10,
            pack: 5,
            rate: String::new(),
            volume: "2,5".to_owned(),
            breaks: "10 — 1 400\n50 — 1 250,50".to_owned(),
            yearly: None,
            layers: vec![
                StockLayer {
                    pieces: 10,
                    each: Some(Money::from_tiyn(1_500_000)),
                    cost: Some(Money::from_tiyn(15_000_000)),
                },
                StockLayer {
                    pieces: 6,
                    each: None,
                    cost: None,
                },
            ],
            worth: Some(Money::from_tiyn(15_000_000)),
            sees_money: true,
            at: "",
            form: Form::default(),
            once: "hand:1".to_owned(),
            may_edit: true,
            may_move: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "refused",
                Self {
                    at: "move",
                    form: Form::of(&[("quantity", "0,35"), ("kind", "receipt"), ("cost", "")]).refuse(
                        "quantity",
                        Told::new("stock-weight")
                            .arg("value", "0,35")
                            .arg("product", "ARN-52-BLK"),
                    ),
                    ..normal.clone()
                },
            ),
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
                "cheapest batch",
                Self {
                    yearly: Some(Money::from_tiyn(420_000_000)),
                    row: StockRow {
                        advice: Some(Advice {
                            batch: "cheapest",
                            order: 60,
                            due: 60,
                            cycle_bp: Some(9_100),
                            ..advice()
                        }),
                        ..row()
                    },
                    ..normal.clone()
                },
            ),
            Sample::new(
                "rare",
                Self {
                    row: rare("level"),
                    gap: None,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "not kept",
                Self {
                    row: rare("not_kept"),
                    gap: None,
                    lasts: None,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "no history",
                Self {
                    row: unknown(),
                    gap: None,
                    lasts: None,
                    plot: None,
                    foresight: None,
                    warehouses: Vec::new(),
                    layers: Vec::new(),
                    worth: None,
                    moves: Vec::new(),
                    one_offs: Vec::new(),
                    promotions: Vec::new(),
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
