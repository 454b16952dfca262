//! What a sale earns before it is made: the calculator, and calculations that were kept. Refuses to compute.

use super::{
    Around, Sample, View,
    parts::{Form, Part, Told, sample, shares},
};
use crate::ladder::{Ladder, Rung as Step, ladder};
use sauda_kernel::{Money, Tenge, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// The same sale with another delivery.
#[derive(Debug, Clone, Serialize)]
pub struct Scenario {
    /// `pickup`, `city`, `kazakhstan`, `express`, `own` for a fee that was typed.
    pub word: String,
    pub is_chosen: bool,
    /// None: the tariff of that day is not known.
    pub fee: Option<Money>,
    pub profit: Option<Money>,
    pub margin_bp: Option<i64>,
    pub break_even: Option<i64>,
}

/// One price of the ladder.
#[derive(Debug, Clone, Serialize)]
pub struct Rung {
    pub price: i64,
    pub commission: Money,
    pub delivery: Money,
    pub profit: Option<Money>,
    pub margin_bp: Option<i64>,
    /// The delivery fee is another one than a rung below.
    pub is_step: bool,
    /// The share of the commission is another one than a rung below.
    pub is_commission_step: bool,
    pub is_here: bool,
}

/// What one piece of a batch costs, part by part.
#[derive(Debug, Clone, Serialize)]
pub struct BatchCost {
    pub pieces: i64,
    /// Names are `calc-batch-<word>`; sums of the whole batch, which add up to `total`.
    pub parts: Vec<(&'static str, Money)>,
    pub total: Money,
}

/// A kept calculation beside the calculator.
#[derive(Debug, Clone, Serialize)]
pub struct KeptShort {
    pub title: String,
    pub href: String,
    pub made_at: Timestamp,
    pub profit: Option<Money>,
    pub margin_bp: Option<i64>,
}

/// A rate that was used and where it is from.
#[derive(Debug, Clone, Serialize)]
pub struct RateUsed {
    /// `commission`, `delivery`, `tax`.
    pub word: &'static str,
    pub rate_bp: Option<i64>,
    pub what: Option<String>,
    pub source: String,
    /// `high`, `medium`, `low`, `own`.
    pub confidence: String,
    pub from: Option<String>,
}

/// What came out.
#[derive(Debug, Clone, Serialize)]
pub struct CalculatorResult {
    pub price: i64,
    pub profit: Option<Money>,
    /// Without a cost: what remains for the goods.
    pub left: Option<Money>,
    pub margin_bp: Option<i64>,
    pub markup_bp: Option<i64>,
    pub roi_bp: Option<i64>,
    pub parts: Vec<Part>,
    /// Word of the largest part of a loss.
    pub eats: Option<&'static str>,
    pub break_even: Option<i64>,
    pub gaps: Vec<(i64, i64)>,
    /// The wished margin and the price for it.
    pub wish: Option<(i64, Option<i64>)>,
    /// Cost of one piece of a batch, or of one bought in another currency.
    pub unit_cost: Option<Money>,
    pub batch: Option<BatchCost>,
    pub scenarios: Vec<Scenario>,
    pub ladder: Vec<Rung>,
    /// What 100 tenge more in the price leave, whole tenge.
    pub of_hundred: Option<i64>,
    pub curve: Option<Ladder>,
    pub rates: Vec<RateUsed>,
    /// Codes of what was assumed or left out.
    pub notes: Vec<String>,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Calculator {
    pub form: Form,
    pub is_asked: bool,
    pub result: Option<CalculatorResult>,
    /// The rates are those of this day.
    pub day: Timestamp,
    /// Deliveries to choose from, with what each leaves.
    pub ways: Vec<Scenario>,
    /// Currencies of the purchase beside the tenge.
    pub currencies: Vec<String>,
    /// The rate of the chosen currency that was taken from the merchant's own: tenge for one with a comma, since when, and
    /// whether that is long ago.
    pub own_rate: Option<(String, Timestamp, bool)>,
    /// Groups of rare fields that are unfolded: `taxes`, `costs`, `abroad`, `aim`.
    pub open: Vec<&'static str>,
    /// Ends and step of the slider of the price.
    pub slider: (i64, i64, i64),
    /// Neither a category nor a commission is given: that of the shop, basis points.
    pub shop_commission_bp: Option<i64>,
    /// Categories like the typed one, with their commission and the question that names them.
    pub categories: Vec<(String, i64, String)>,
    /// The newest and the favourite of those that were kept.
    pub kept: Vec<KeptShort>,
    pub kept_count: i64,
    /// Title of the goods that the form was filled from.
    pub found: Option<String>,
    /// Product of the catalogue that the question is about: its id, and the landed cost that it may take, tenge with a comma.
    pub product: Option<(String, Option<String>)>,
    /// No price was asked: the one that earns the wished margin, and the question with it.
    pub wished: Option<(i64, String)>,
    /// The question, to keep it, and as addresses carry it.
    pub query: String,
    pub share: String,
    pub may_edit: bool,
}

impl View for Calculator {
    const TEMPLATE: &'static str = "pages/calculator.html";
    fn samples() -> Vec<Sample<Self>> {
        let form = Form::of(&[
            ("date", "2026-11-20"),
            ("price", "38740"),
            ("purchase", "21000"),
            ("category", "Пуховики"),
            ("delivery", "city"),
            ("weight_kg", "1,2"),
            ("regime", "simplified"),
            ("commission_vat", ""),
        ]);
        let normal = Self {
            form,
            is_asked: true,
            result: Some(result(3_874_000, 965_400)),
            day: sample::NOW,
            ways: ways(965_400),
            currencies: ["USD", "EUR", "CNY", "RUB"].map(str::to_owned).to_vec(),
            own_rate: Some(("72,4".to_owned(), sample::NOW, false)),
            open: vec!["abroad"],
            slider: (19_370, 58_110, 10),
            shop_commission_bp: None,
            categories: Vec::new(),
            kept: vec![
                KeptShort {
                    title: "Пуховик Aru Nord 52".to_owned(),
                    href: "/s/aru-home/money/calculator?price=38740".to_owned(),
                    made_at: sample::NOW,
                    profit: Some(Money::from_tiyn(965_400)),
                    margin_bp: Some(2_490),
                },
                KeptShort {
                    title: "Самокат Ushkyr, новая партия из Гуанчжоу с доставкой до склада".to_owned(),
                    href: "/s/aru-home/money/calculator?price=18400".to_owned(),
                    made_at: sample::days_ago(5),
                    profit: None,
                    margin_bp: None,
                },
            ],
            kept_count: 12,
            found: Some("Пуховик Aru Nord, чёрный, XL".to_owned()),
            product: Some(("prd_1".to_owned(), Some("18098,72".to_owned()))),
            query: "{}".to_owned(),
            share: "price=38740&purchase=21000".to_owned(),
            wished: None,
            may_edit: true,
        };
        let loss = CalculatorResult {
            eats: Some("purchase"),
            notes: vec!["tax-not-counted".to_owned(), "tariff-partial".to_owned()],
            gaps: vec![(10_000, 10_420)],
            ..result(1_000_000, -120_000)
        };
        let unknown = CalculatorResult {
            profit: None,
            left: Some(Money::from_tiyn(2_900_000)),
            margin_bp: None,
            markup_bp: None,
            roi_bp: None,
            break_even: None,
            wish: None,
            curve: None,
            notes: vec!["no-cost".to_owned()],
            ..result(3_874_000, 0)
        };
        let refused = normal
            .form
            .clone()
            .refuse(
                "category",
                Told::new("unknown-category")
                    .arg("category", "Пухавики")
                    .arg("near", "; near: Пуховики"),
            )
            .refuse("weight_kg", Told::new("calc-missing-weight_kg"));
        let with = |form, result, categories| Self {
            form,
            result,
            categories,
            ..normal.clone()
        };
        let near = vec![(
            "Одежда > Пуховики".to_owned(),
            1_090,
            "price=38740&category=%D0%9F".to_owned(),
        )];
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("loss", with(normal.form.clone(), Some(loss), Vec::new())),
            Sample::new("no cost", with(normal.form.clone(), Some(unknown), Vec::new())),
            Sample::new(
                "price for a margin",
                Self {
                    wished: Some((33_450, "price=33450".to_owned())),
                    result: None,
                    ..normal.clone()
                },
            ),
            Sample::new("refused", with(refused, None, near)),
            Sample::new(
                "first",
                Self {
                    is_asked: false,
                    result: None,
                    found: None,
                    open: Vec::new(),
                    shop_commission_bp: Some(1_200),
                    kept: Vec::new(),
                    kept_count: 0,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "read only",
                Self {
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Paused),
        ]
    }
}

fn ways(profit: i64) -> Vec<Scenario> {
    let way = |word: &str, fee: Option<i64>| Scenario {
        word: word.to_owned(),
        is_chosen: word == "city",
        fee: fee.map(Money::from_tiyn),
        profit: fee.map(|fee| Money::from_tiyn(profit + 127_484 - fee)),
        margin_bp: fee.map(|_| 2_490),
        break_even: fee.map(|_| 27_500),
    };
    vec![
        way("pickup", Some(0)),
        way("city", Some(127_484)),
        way("kazakhstan", Some(150_684)),
        way("express", None),
        way("own", None),
    ]
}

fn result(price: i64, profit: i64) -> CalculatorResult {
    let part = |word, tenge, colour| Part {
        word,
        args: BTreeMap::from([("rate_bp".to_owned(), 1_250.into())]),
        tenge: Tenge(tenge),
        share_bp: 0,
        colour,
    };
    let parts = vec![
        part("purchase", 21_000, 6),
        part("commission", 4_843, 3),
        part("delivery", 1_275, 2),
        part("profit", profit / 100, 1),
    ];
    let rung = |price: i64, profit: i64| Rung {
        price,
        commission: Money::from_tiyn(price * 12),
        delivery: Money::from_tiyn(127_484),
        profit: Some(Money::from_tiyn(profit)),
        margin_bp: Some(1_800),
        is_step: price == 10_000,
        is_commission_step: price == 50_000,
        is_here: price == 38_740,
    };
    CalculatorResult {
        price: price / 100,
        profit: Some(Money::from_tiyn(profit)),
        left: None,
        margin_bp: Some(2_490),
        markup_bp: Some(8_447),
        roi_bp: Some(4_597),
        parts: shares(parts, Tenge(price / 100)),
        eats: None,
        break_even: Some(27_500),
        gaps: Vec::new(),
        wish: Some((2_000, Some(33_450))),
        unit_cost: Some(Money::from_tiyn(2_100_000)),
        batch: Some(BatchCost {
            pieces: 40,
            parts: vec![
                ("goods", Money::from_tiyn(75_000_000)),
                ("freight", Money::from_tiyn(9_000_000)),
            ],
            total: Money::from_tiyn(84_000_000),
        }),
        scenarios: ways(profit),
        of_hundred: Some(85),
        ladder: vec![
            rung(10_000, -100_000),
            rung(38_740, 965_400),
            rung(50_000, 1_800_000),
        ],
        curve: ladder(
            &[(28_000, -1_000), (38_740, 9_654), (58_000, 18_000)].map(|(price, profit)| Step {
                price,
                profit,
                is_delivery_step: price == 38_740,
                is_commission_step: false,
                is_here: price == 38_740,
            }),
            Some(30_900),
        ),
        rates: vec![RateUsed {
            word: "commission",
            rate_bp: Some(1_090),
            what: Some("Одежда > Пуховики".to_owned()),
            source: "Tarify_Magazina_na_Kaspi_kz_2026".to_owned(),
            confidence: "high".to_owned(),
            from: Some("2026-01-05".to_owned()),
        }],
        notes: Vec::new(),
    }
}

/// One calculation that was kept, computed anew.
#[derive(Debug, Clone, Serialize)]
pub struct KeptRow {
    pub id: String,
    pub title: String,
    pub href: String,
    pub is_favourite: bool,
    pub is_chosen: bool,
    pub made_by: String,
    pub made_at: Timestamp,
    pub price: Option<i64>,
    pub profit: Option<Money>,
    pub margin_bp: Option<i64>,
    pub break_even: Option<i64>,
}

/// One line of the comparison: a value of each chosen calculation.
#[derive(Debug, Clone, Serialize)]
pub struct CompareLine {
    /// Name is `calc-<word>`.
    pub word: &'static str,
    /// `tenge` in whole tenge, or `share` in basis points.
    pub kind: &'static str,
    pub values: Vec<Option<i64>>,
}

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct Calculations {
    pub rows: Vec<KeptRow>,
    /// Titles of the columns of the comparison.
    pub compared: Vec<String>,
    pub lines: Vec<CompareLine>,
    /// More than four were chosen: the first four are shown.
    pub is_too_many: bool,
    pub may_edit: bool,
}

impl View for Calculations {
    const TEMPLATE: &'static str = "pages/calculations.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |title: &str, is_favourite, profit: Option<i64>| KeptRow {
            id: format!("clc_{}", title.len()),
            title: title.to_owned(),
            href: "/s/aru-home/money/calculator?price=38740".to_owned(),
            is_favourite,
            is_chosen: profit.is_some(),
            made_by: "Данияр".to_owned(),
            made_at: sample::NOW,
            price: profit.map(|_| 38_740),
            profit: profit.map(Money::from_tiyn),
            margin_bp: profit.map(|_| 2_490),
            break_even: profit.map(|_| 27_500),
        };
        let normal = Self {
            rows: vec![
                row("Пуховик по городу", true, Some(965_400)),
                row("Пуховик экспресс", false, Some(-12_000)),
                row("Старый расчёт", false, None),
            ],
            compared: vec!["Пуховик по городу".to_owned(), "Пуховик экспресс".to_owned()],
            lines: vec![
                CompareLine {
                    word: "profit",
                    kind: "tenge",
                    values: vec![Some(9_654), Some(-120)],
                },
                CompareLine {
                    word: "margin",
                    kind: "share",
                    values: vec![Some(2_490), None],
                },
            ],
            is_too_many: true,
            may_edit: true,
        };
        let empty = Self {
            rows: Vec::new(),
            compared: Vec::new(),
            lines: Vec::new(),
            is_too_many: false,
            may_edit: true,
        };
        let read_only = Self {
            may_edit: false,
            compared: Vec::new(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("nothing yet", empty.clone()),
            Sample::new(
                "nothing, read only",
                Self {
                    may_edit: false,
                    ..empty
                },
            ),
            Sample::new("read only", read_only),
        ]
    }
}
