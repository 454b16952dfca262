//! The price page of one product: facts, history, receipts, ladder, rule, parts of the price. Refuses to explain: words
//! and numbers come from decisions.

use super::{
    Around, Sample, View,
    parts::{Form, Goods, Part, Place, State, Told, sample, shares},
    what_if::{self, WhatIf},
};
use crate::charts::{PricePlot, PricePoint, price_plot};
use sauda_kernel::{Money, Span, Tenge, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// One guard of a receipt; text is `guard-<word>`, verdict is `passed`, `noted`, `changed`, `stopped` or `asked`.
#[derive(Debug, Clone, Serialize)]
pub struct GuardLine {
    pub said: Told,
    pub verdict: &'static str,
}

/// One line of arithmetic; text is `arithmetic-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct ArithmeticStep {
    pub said: Told,
    pub by: i64,
    pub price: Tenge,
}

/// Where a change is: text is `sent-<word>`; seconds from sending to confirmation.
#[derive(Debug, Clone, Serialize)]
pub struct Delivery {
    pub word: &'static str,
    pub tone: &'static str,
    pub at: Option<Timestamp>,
    pub took_seconds: Option<i64>,
}

/// The account of one decision.
#[derive(Debug, Clone, Serialize)]
pub struct ReceiptView {
    pub id: String,
    pub number: String,
    pub at: Timestamp,
    /// `set`, `hold`, `ask`.
    pub outcome: &'static str,
    pub before: Option<Tenge>,
    pub after: Option<Tenge>,
    pub delta: Option<i64>,
    pub place_before: Option<Place>,
    pub place_after: Option<Place>,
    pub reason: Told,
    pub rival_name: Option<String>,
    pub rival_price: Option<Tenge>,
    pub seen_at: Option<Timestamp>,
    /// Word of the strategy.
    pub strategy: String,
    pub step: Option<Tenge>,
    pub rule_name: Option<String>,
    pub set_by: Option<String>,
    pub set_at: Option<Timestamp>,
    pub arithmetic: Vec<ArithmeticStep>,
    pub guards: Vec<GuardLine>,
    pub profit_before: Option<Money>,
    pub profit_after: Option<Money>,
    pub delivery: Delivery,
    /// Seconds from the rival's change to our visible price.
    pub answer_seconds: Option<i64>,
    pub can_undo: bool,
    /// A question that nobody has answered.
    pub is_open: bool,
}

/// An older change.
#[derive(Debug, Clone, Serialize)]
pub struct ChangeLine {
    pub id: String,
    pub at: Timestamp,
    pub before: Option<Tenge>,
    pub after: Option<Tenge>,
    pub reason: Told,
    pub is_open: bool,
}

/// A seller of the card.
#[derive(Debug, Clone, Serialize)]
pub struct RungView {
    pub place: Option<i64>,
    pub name: String,
    pub price: Tenge,
    /// Difference to our price.
    pub apart: i64,
    pub delivery_days: Option<i64>,
    pub preorder_days: i64,
    pub rating_milli: Option<i64>,
    /// `own`, `sister`, `rival`, `ignored`.
    pub kind: &'static str,
    /// Why it is looked past: text is `ignored-<word>`.
    pub ignored: Option<String>,
    /// The dashed line of our minimum stands above this rung.
    pub floor_above: bool,
}

/// Result of a dry run on history.
#[derive(Debug, Clone, Serialize)]
pub struct Backtest {
    pub days: i64,
    pub changes: i64,
    pub first_bp: i32,
    pub first_now_bp: i32,
    pub margin_bp: Option<i32>,
    /// Difference of profit to today's rule.
    pub profit_apart: Option<Money>,
    pub worst_day: Option<Timestamp>,
    pub worst_day_profit: Option<Money>,
    pub at_floor: i64,
    pub products: i64,
    /// Less than seven days of history.
    pub too_short: bool,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Product {
    pub goods: Goods,
    pub href: String,
    /// Query that acts carry on: city and period.
    pub tail: String,
    pub card_url: Option<String>,
    /// Id of the city.
    pub city: String,
    /// Id, name and address of each city.
    pub cities: Vec<(String, String, String)>,
    pub state: State,
    pub price: Option<Tenge>,
    pub place: Option<Place>,
    pub profit: Option<Money>,
    pub margin_bp: Option<i32>,
    pub stock: Option<i64>,
    /// Days of the chart: 1, 7, 30, 90.
    pub period: i64,
    pub plot: Option<PricePlot>,
    pub receipt: Option<ReceiptView>,
    pub changes: Vec<ChangeLine>,
    pub changes_count: i64,
    pub ladder: Vec<RungView>,
    pub ladder_at: Option<Timestamp>,
    pub floor: Option<Tenge>,
    pub rule: Form,
    /// Named rules: id and name.
    pub rules: Vec<(String, String)>,
    pub strategies: Vec<&'static str>,
    pub is_managed: bool,
    pub is_paused: bool,
    pub pinned: Option<Tenge>,
    pub pinned_until: Option<Timestamp>,
    pub backtest: Option<Backtest>,
    pub parts: Vec<Part>,
    pub what_if: WhatIf,
    /// Never first for a week: text is `never-first-<word>`.
    pub never_first: Option<Told>,
    /// A person must say yes: the price that is asked for.
    pub asks: Option<Tenge>,
    pub may_edit: bool,
    pub sees_money: bool,
    /// What a piece costs where nobody said it of the offer, and `stock` or `catalogue`.
    pub known_cost: Option<(Money, &'static str)>,
    /// `commission`, `tax`, `weight`: what was taken from the shop's settings for want of better.
    pub assumed: Vec<&'static str>,
    /// The minimum loses money: saving it needs a tick.
    pub needs_confirmation: bool,
}

/// Strategies in the order of the form.
pub const STRATEGIES: [&str; 6] = [
    "standard",
    "always_first",
    "stay_top_n",
    "match",
    "hold_margin",
    "profit",
];

fn sample_history() -> PricePlot {
    let mut points = Vec::new();
    let start = sample::days_ago(7);
    let prices = [
        41_100, 40_800, 40_500, 40_200, 40_350, 40_000, 39_850, 40_100, 40_350, 40_150, 40_500, 40_400,
        40_650, 40_300, 34_500, 34_500, 38_900, 39_000, 38_850, 38_550, 38_990, 38_740,
    ];
    for (place, own) in prices.into_iter().enumerate() {
        let at = start.plus(Span::from_mins(i64::try_from(place).unwrap_or(0) * 457));
        let rival = if own == 34_500 { 33_900 } else { own + 10 };
        points.push(PricePoint {
            at,
            own: Some(Tenge(own)),
            rival: Some(Tenge(rival)),
        });
        if place == 8 {
            points.push(PricePoint {
                at: at.plus(Span::from_mins(200)),
                own: None,
                rival: None,
            });
        }
    }
    price_plot(&points, Some(Tenge(34_500)), start, sample::NOW)
}

fn sample_receipt() -> ReceiptView {
    let guard = |said, verdict| GuardLine { said, verdict };
    ReceiptView {
        id: "dec_1".to_owned(),
        number: "9F2-17".to_owned(),
        at: sample::NOW,
        outcome: "set",
        before: Some(Tenge(38_990)),
        after: Some(Tenge(38_740)),
        delta: Some(-250),
        place_before: Some(Place { place: 2, of: 6 }),
        place_after: Some(Place { place: 1, of: 6 }),
        reason: Told::new("undercut").arg("rival", 38_750).arg("step", 10),
        rival_name: Some("Altyn Store".to_owned()),
        rival_price: Some(Tenge(38_750)),
        seen_at: Some(sample::seconds_ago(14)),
        strategy: "always_first".to_owned(),
        step: Some(Tenge(10)),
        rule_name: Some("Одежда, держать первое".to_owned()),
        set_by: Some("Айгерим".to_owned()),
        set_at: Some(sample::days_ago(6)),
        arithmetic: vec![
            ArithmeticStep {
                said: Told::new("rival"),
                by: 0,
                price: Tenge(38_750),
            },
            ArithmeticStep {
                said: Told::new("step"),
                by: -10,
                price: Tenge(38_740),
            },
        ],
        guards: vec![
            guard(
                Told::new("floor").arg("floor", 34_500).arg("wanted", 38_740),
                "passed",
            ),
            guard(
                Told::new("ceiling").arg("ceiling", 44_900).arg("wanted", 38_740),
                "passed",
            ),
            guard(Told::new("cool-down").arg("left_minutes", 0), "passed"),
            guard(
                Told::new("max-day")
                    .arg("limit", 11_600)
                    .arg("day_start", 38_890)
                    .arg("wanted", 38_740),
                "passed",
            ),
        ],
        profit_before: Some(Money::from_tiyn(636_900)),
        profit_after: Some(Money::from_tiyn(615_600)),
        delivery: Delivery {
            word: "in_cabinet",
            tone: "ok",
            at: Some(sample::NOW.plus(Span::from_secs(14))),
            took_seconds: Some(14),
        },
        answer_seconds: Some(94),
        can_undo: true,
        is_open: false,
    }
}

fn sample_ladder() -> Vec<RungView> {
    let rung = |place, name: &str, price: i64, days, rating, kind, ignored: Option<&str>| RungView {
        place,
        name: name.to_owned(),
        price: Tenge(price),
        apart: price - 38_740,
        delivery_days: Some(days),
        preorder_days: if ignored == Some("preorder") { 14 } else { 0 },
        rating_milli: rating,
        kind,
        ignored: ignored.map(str::to_owned),
        floor_above: place == Some(1),
    };
    vec![
        rung(
            None,
            "Dala Shop",
            33_900,
            14,
            Some(4_700),
            "ignored",
            Some("preorder"),
        ),
        rung(Some(1), "Aru Home", 38_740, 1, Some(4_800), "own", None),
        rung(Some(2), "Altyn Store", 38_750, 1, Some(4_700), "rival", None),
        rung(Some(3), "Jibek Trade", 39_100, 2, Some(4_900), "rival", None),
        rung(Some(4), "TechBazar KZ", 40_490, 1, Some(4_400), "rival", None),
        rung(Some(5), "Aru Home Астана", 41_200, 3, Some(4_800), "sister", None),
        rung(Some(6), "Baiterek Opt", 42_990, 5, None, "rival", None),
    ]
}

fn sample_parts() -> Vec<Part> {
    let part = |word, tenge, colour| Part {
        word,
        args: BTreeMap::new(),
        tenge: Tenge(tenge),
        share_bp: 0,
        colour,
    };
    let commission = Part {
        args: BTreeMap::from([("rate_bp".to_owned(), 1_090.into())]),
        ..part("commission", 4_223, 3)
    };
    let tax = Part {
        args: BTreeMap::from([("rate_bp".to_owned(), 400.into())]),
        ..part("tax", 1_550, 4)
    };
    let parts = vec![
        part("purchase", 25_300, 6),
        commission,
        part("delivery", 1_299, 2),
        tax,
        part("packaging", 212, 5),
        part("profit", 6_156, 1),
    ];
    shares(parts, Tenge(38_740))
}

fn sample_rule() -> Form {
    Form::of(&[
        ("managed", "on"),
        ("rule", "rul_1"),
        ("strategy", "always_first"),
        ("min", "34 500"),
        ("max", "44 900"),
        ("step", "10"),
        ("cost", "25 300"),
        ("version", "3"),
    ])
}

/// The page as the prototype shows it.
pub fn sample_product() -> Product {
    let change = |id: &str, minutes, before, after, reason| ChangeLine {
        id: id.to_owned(),
        at: sample::minutes_ago(minutes),
        before: Some(Tenge(before)),
        after: Some(Tenge(after)),
        reason,
        is_open: false,
    };
    Product {
        goods: Goods::new("off_1", "Пуховик Aru Nord, 52 (XL), чёрный", "ARN-52-BLK"),
        href: "/s/aru-home/prices/off_1".to_owned(),
        tail: "?city=750000000&days=7".to_owned(),
        card_url: Some("https://kaspi.kz/shop/p/100100".to_owned()),
        city: "750000000".to_owned(),
        cities: vec![
            (
                "750000000".to_owned(),
                "Алматы".to_owned(),
                "?city=750000000".to_owned(),
            ),
            (
                "710000000".to_owned(),
                "Астана".to_owned(),
                "?city=710000000".to_owned(),
            ),
        ],
        state: State::new("works", "ok"),
        price: Some(Tenge(38_740)),
        place: Some(Place { place: 1, of: 6 }),
        profit: Some(Money::from_tiyn(615_600)),
        margin_bp: Some(1_590),
        stock: Some(17),
        period: 7,
        plot: Some(sample_history()),
        receipt: Some(sample_receipt()),
        changes: vec![
            change(
                "dec_2",
                49,
                39_190,
                38_990,
                Told::new("undercut").arg("rival", 39_000).arg("step", 10),
            ),
            change(
                "dec_3",
                201,
                38_890,
                39_190,
                Told::new("climb").arg("rival", 39_200).arg("step", 10),
            ),
            change(
                "dec_4",
                1_300,
                34_500,
                38_890,
                Told::new("climb").arg("rival", 38_900).arg("step", 10),
            ),
            change(
                "dec_5",
                2_700,
                35_740,
                34_500,
                Told::new("on-floor").arg("rival", 33_900).arg("floor", 34_500),
            ),
        ],
        changes_count: 42,
        ladder: sample_ladder(),
        ladder_at: Some(sample::minutes_ago(1)),
        floor: Some(Tenge(34_500)),
        rule: sample_rule(),
        rules: vec![
            ("rul_1".to_owned(), "Одежда, держать первое".to_owned()),
            ("rul_2".to_owned(), "Осторожно".to_owned()),
        ],
        strategies: STRATEGIES.to_vec(),
        is_managed: true,
        is_paused: false,
        pinned: None,
        pinned_until: None,
        backtest: Some(Backtest {
            days: 30,
            changes: 58,
            first_bp: 8_100,
            first_now_bp: 7_400,
            margin_bp: Some(1_610),
            profit_apart: Some(Money::from_tiyn(1_840_000)),
            worst_day: Some(sample::days_ago(1)),
            worst_day_profit: Some(Money::from_tiyn(210_000)),
            at_floor: 1,
            products: 1,
            too_short: false,
        }),
        parts: sample_parts(),
        what_if: what_if::sample(),
        never_first: None,
        asks: None,
        may_edit: true,
        sees_money: true,
        known_cost: Some((Money::from_tiyn(1_840_000), "stock")),
        assumed: vec!["weight"],
        needs_confirmation: false,
    }
}

impl View for Product {
    const TEMPLATE: &'static str = "pages/product.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = sample_product();
        let fresh = Self {
            place: None,
            plot: None,
            receipt: None,
            changes: Vec::new(),
            changes_count: 0,
            ladder: Vec::new(),
            ladder_at: None,
            floor: None,
            profit: None,
            margin_bp: None,
            parts: Vec::new(),
            what_if: WhatIf {
                why: Some("price-stood".to_owned()),
                typed: "много".to_owned(),
                is_wrong: true,
                ..WhatIf::default()
            },
            backtest: None,
            state: State::new("waiting", "off"),
            rule: Form::of(&[("version", "0")]),
            is_managed: false,
            ..normal.clone()
        };
        let alone = Self {
            ladder: sample_ladder()
                .into_iter()
                .filter(|rung| rung.kind == "own")
                .collect(),
            place: Some(Place { place: 1, of: 1 }),
            state: State::new("alone", "ok"),
            ..normal.clone()
        };
        let refused = Self {
            needs_confirmation: true,
            rule: Form { ..sample_rule() }.refuse(
                "max",
                Told::new("web-max-below-min")
                    .arg("max", 30_000)
                    .arg("min", 34_500),
            ),
            ..normal.clone()
        };
        let never = Self {
            never_first: Some(
                Told::new("floor")
                    .arg("days", 7)
                    .arg("floor", 34_500)
                    .arg("rival", 33_900),
            ),
            asks: Some(Tenge(36_200)),
            state: State::new("asks", "warn"),
            receipt: Some(ReceiptView {
                outcome: "ask",
                delivery: Delivery {
                    word: "waits",
                    tone: "warn",
                    at: None,
                    took_seconds: None,
                },
                can_undo: false,
                is_open: true,
                ..sample_receipt()
            }),
            ..normal.clone()
        };
        let pinned = Self {
            pinned: Some(Tenge(38_740)),
            pinned_until: Some(sample::in_minutes(300)),
            state: State::new("pinned", "off"),
            ..normal.clone()
        };
        let viewer = Self {
            may_edit: false,
            sees_money: false,
            parts: Vec::new(),
            profit: None,
            margin_bp: None,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("fresh", fresh),
            Sample::new("alone", alone),
            Sample::new("refused", refused),
            Sample::new("never-first", never),
            Sample::new("pinned", pinned),
            Sample::new("stale", normal).around(Around::Stale),
            Sample::new("view-only", viewer).around(Around::Packer),
        ]
    }
}
