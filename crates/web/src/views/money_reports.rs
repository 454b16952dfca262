//! What was earned, and what tax it makes. Refuses to compute.

use super::{
    Sample, View,
    parts::{Form, Part, Tab, sample, shares},
};
use crate::columns::{Columns, columns};
use sauda_kernel::{Money, Span, Tenge, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// One group of sales.
#[derive(Debug, Clone, Serialize)]
pub struct ProfitRow {
    pub name: String,
    pub sub: String,
    /// When the groups are days.
    pub day: Option<Timestamp>,
    pub href: Option<String>,
    pub orders: i64,
    pub pieces: i64,
    pub revenue: Money,
    /// The part of the revenue whose cost is not known.
    pub without_cost: Money,
    pub purchase: Money,
    pub fees: Money,
    pub taxes: Money,
    pub profit: Money,
    pub margin_bp: Option<i32>,
    pub returned: Money,
}

/// Goods without a cost.
#[derive(Debug, Clone, Serialize)]
pub struct MissingRow {
    pub sku: String,
    pub name: String,
    pub pieces: i64,
    pub revenue: Money,
}

/// The page of profit.
#[derive(Debug, Clone, Serialize)]
pub struct ProfitPage {
    /// Groups to choose from.
    pub tabs: Vec<Tab>,
    pub by: &'static str,
    /// Spans to choose: `month`, `last-month`, `quarter`, `year`.
    pub spans: Vec<Tab>,
    pub form: Form,
    pub is_all_shops: bool,
    pub orders: i64,
    pub total: ProfitRow,
    /// The same number of days before, when something was sold in them.
    pub before: Option<ProfitBefore>,
    pub parts: Vec<Part>,
    /// Profit by days, whole tenge.
    pub days: Option<Columns>,
    pub rows: Vec<ProfitRow>,
    /// Rows that are not shown here: the file has them.
    pub more: i64,
    pub missing: Vec<MissingRow>,
    pub missing_more: i64,
    pub orders_without_delivery: i64,
    /// Revenue for which the shop's usual commission was taken, and the usual tax.
    pub usual_commission: Money,
    pub usual_tax: Money,
    /// For payers of value added tax.
    pub vat: Option<VatCut>,
    /// The regime was never said: the shop's share is taken as the tax.
    pub is_regime_unknown: bool,
    pub export_query: String,
}

/// A span against the one before it.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct ProfitBefore {
    pub days: i64,
    /// Now less before.
    pub profit: Money,
    pub revenue: Money,
    pub orders: i64,
    /// In basis points; none when one of the two is not known.
    pub margin_bp: Option<i32>,
}

/// How value added tax comes about: what is inside of prices, less what is set off.
#[derive(Debug, Clone, Copy, Serialize)]
pub struct VatCut {
    pub in_price: Money,
    pub in_purchase: Money,
    pub in_fees: Money,
    pub to_pay: Money,
}

impl View for ProfitPage {
    const TEMPLATE: &'static str = "pages/profit.html";
    fn samples() -> Vec<Sample<Self>> {
        let money = Money::from_tiyn;
        let row = |name: &str, profit: i64| ProfitRow {
            name: name.to_owned(),
            sub: "ARN-52-BLK".to_owned(),
            day: None,
            href: Some("/s/aru-home/orders/412806377".to_owned()),
            orders: 3,
            pieces: 4,
            revenue: money(15_496_000),
            without_cost: money(if profit < 0 { 1_200_000 } else { 0 }),
            purchase: money(8_400_000),
            fees: money(2_400_000),
            taxes: money(619_800),
            profit: money(profit),
            margin_bp: (profit >= 0).then_some(2_490),
            returned: money(if profit < 0 { 3_874_000 } else { 0 }),
        };
        let part = |word, tenge, colour| Part {
            word,
            args: BTreeMap::new(),
            tenge: Tenge(tenge),
            share_bp: 0,
            colour,
        };
        let parts = vec![
            part("purchase", 84_000, 6),
            part("fees", 24_000, 3),
            part("taxes", 6_198, 4),
            part("profit", 40_762, 1),
        ];
        let tab = |word: &str| Tab {
            word: word.to_owned(),
            href: format!("/s/aru-home/money/profit?by={word}"),
            count: None,
            tone: "",
            is_on: word == "product",
        };
        let normal = Self {
            tabs: ["day", "product", "order", "category", "shop"].map(tab).to_vec(),
            by: "product",
            spans: ["month", "last-month", "quarter", "year"].map(tab).to_vec(),
            form: Form::of(&[("from", "2026-11-01"), ("to", "2026-11-20")]),
            is_all_shops: false,
            orders: 31,
            total: row("", 4_076_200),
            parts: shares(parts, Tenge(154_960)),
            before: Some(ProfitBefore {
                days: 20,
                profit: money(612_000),
                revenue: money(-1_240_000),
                orders: 4,
                margin_bp: Some(-120),
            }),
            days: columns(&[
                ("17.11".to_owned(), -4_300),
                ("18.11".to_owned(), 12_000),
                ("19.11".to_owned(), 40_762),
            ]),
            rows: vec![row("Пуховик Aru Nord", 4_076_200), row("Чайник", -12_000)],
            more: 12,
            missing: vec![MissingRow {
                sku: "CH-1".to_owned(),
                name: "Чайник".to_owned(),
                pieces: 2,
                revenue: money(1_200_000),
            }],
            missing_more: 3,
            orders_without_delivery: 2,
            usual_commission: Money::from_tiyn(12_400_000),
            usual_tax: Money::ZERO,
            vat: Some(VatCut {
                in_price: money(2_137_379),
                in_purchase: money(1_158_621),
                in_fees: money(331_034),
                to_pay: money(647_724),
            }),
            is_regime_unknown: true,
            export_query: "by=product".to_owned(),
        };
        let days = ProfitRow {
            day: Some(sample::NOW),
            href: None,
            ..row("2026-11-20", 100)
        };
        let quiet = Self {
            more: 0,
            missing: Vec::new(),
            missing_more: 0,
            orders_without_delivery: 0,
            usual_commission: Money::ZERO,
            usual_tax: Money::ZERO,
            is_regime_unknown: false,
            is_all_shops: true,
            ..normal.clone()
        };
        let refused = normal.form.clone().refuse(
            "from",
            super::parts::Told::new("report-span")
                .arg("from", "2020-01-01")
                .arg("to", "2026-11-20")
                .arg("most", 370),
        );
        vec![
            Sample::new("normal", normal),
            Sample::new(
                "days",
                Self {
                    by: "day",
                    rows: vec![days],
                    ..quiet.clone()
                },
            ),
            Sample::new(
                "nothing sold",
                Self {
                    orders: 0,
                    rows: Vec::new(),
                    parts: Vec::new(),
                    days: None,
                    before: None,
                    ..quiet.clone()
                },
            ),
            Sample::new(
                "refused",
                Self {
                    form: refused,
                    rows: Vec::new(),
                    orders: 0,
                    ..quiet
                },
            ),
        ]
    }
}

/// One part of a tax.
#[derive(Debug, Clone, Serialize)]
pub struct TaxLine {
    /// Name is `tax-part-<word>`.
    pub word: &'static str,
    pub base: Money,
    pub rate_bp: Option<i32>,
    pub sum: Money,
    pub source: String,
    pub confidence: &'static str,
}

/// A limit of the law.
#[derive(Debug, Clone, Serialize)]
pub struct TaxLimit {
    /// `vat` or `regime`.
    pub word: &'static str,
    /// `year`, `half_year`, `month`, `period`.
    pub over: &'static str,
    pub limit: Money,
    pub used: Money,
    pub left: Money,
    /// 0 to 100, for the bar.
    pub percent: i64,
    pub tone: &'static str,
    /// `within`, `near`, `crossed`.
    pub state: &'static str,
    pub crossed_on: Option<Timestamp>,
}

/// What another regime would take.
#[derive(Debug, Clone, Serialize)]
pub struct TaxOther {
    pub word: &'static str,
    /// None: expenses have to be given first.
    pub total: Option<Money>,
    pub difference: Option<Money>,
    pub is_now: bool,
    /// The turnover is beyond it: this regime may not be used.
    pub beyond: Option<TaxLimit>,
}

/// The page of tax.
#[derive(Debug, Clone, Serialize)]
pub struct TaxPage {
    pub form: Form,
    pub regimes: Vec<&'static str>,
    /// Periods to choose from.
    pub periods: Vec<Tab>,
    pub from: Timestamp,
    pub to: Timestamp,
    pub turnover: Money,
    /// What buyers paid by months, for the chart; labels are numbers of months.
    pub months: Option<Columns>,
    /// The turnover is beyond the limit of the present regime.
    pub beyond: Option<TaxLimit>,
    /// Expenses that were taken from the sales of the period, and what was sold of goods without a cost.
    pub known: Option<(Money, Money)>,
    pub is_regime_unknown: bool,
    pub parts: Vec<TaxLine>,
    pub total: Option<Money>,
    pub share_bp: i32,
    pub limits: Vec<TaxLimit>,
    pub declare_by: Option<Timestamp>,
    pub pay_by: Option<Timestamp>,
    pub others: Vec<TaxOther>,
    pub notes: Vec<&'static str>,
    pub export_query: String,
    /// How the merchant is taxed and was before, the newest days first.
    pub payers: Vec<TaxPayer>,
    pub may_edit: bool,
}

/// How the merchant is taxed from a day on.
#[derive(Debug, Clone, Serialize)]
pub struct TaxPayer {
    pub regime: &'static str,
    pub place: Option<String>,
    pub is_vat_payer: bool,
    /// Nothing from the beginning.
    pub since: Option<Timestamp>,
    /// The same for the form that removes it.
    pub day: String,
}

impl View for TaxPage {
    const TEMPLATE: &'static str = "pages/tax.html";
    fn samples() -> Vec<Sample<Self>> {
        let money = Money::from_tiyn;
        let limit = |word, state, tone, percent| TaxLimit {
            word,
            over: if word == "vat" { "year" } else { "half_year" },
            limit: money(4_325_000_000),
            used: money(3_900_000_000),
            left: money(425_000_000),
            percent,
            tone,
            state,
            crossed_on: (state == "crossed").then_some(sample::NOW),
        };
        let other = |word, total: Option<i64>, is_now| TaxOther {
            word,
            total: total.map(money),
            difference: total.map(|total| money(total - 156_000_000)),
            is_now,
            beyond: None,
        };
        let normal = Self {
            form: Form::of(&[
                ("regime", "simplified"),
                ("place", "Алматы"),
                ("expenses", "21000000"),
                ("period", "2026-H2"),
            ]),
            regimes: vec!["simplified", "general_ip", "llp", "self_employed"],
            periods: vec![Tab {
                word: "2026-H2".to_owned(),
                href: "/s/aru-home/money/tax?period=2026-H2".to_owned(),
                count: None,
                tone: "",
                is_on: true,
            }],
            from: sample::NOW.minus(Span::from_days(142)),
            to: sample::NOW.plus(Span::from_days(41)),
            turnover: money(3_900_000_000),
            months: columns(&[("7".to_owned(), 14_200_000), ("8".to_owned(), 24_800_000)]),
            beyond: None,
            known: Some((money(21_450_000_000), money(1_250_000_000))),
            is_regime_unknown: false,
            parts: vec![TaxLine {
                word: "turnover_tax",
                base: money(3_900_000_000),
                rate_bp: Some(300),
                sum: money(117_000_000),
                source: "Tax Code 2025 art. 726".to_owned(),
                confidence: "high",
            }],
            total: Some(money(117_000_000)),
            share_bp: 300,
            limits: vec![
                limit("vat", "near", "warn", 90),
                limit("regime", "crossed", "bad", 100),
                limit("regime", "within", "ok", 2),
            ],
            declare_by: Some(sample::NOW.plus(Span::from_days(87))),
            pay_by: Some(sample::NOW.plus(Span::from_days(97))),
            others: vec![
                other("simplified", Some(117_000_000), true),
                other("llp", Some(360_000_000), false),
                other("general_ip", None, false),
                TaxOther {
                    beyond: Some(TaxLimit {
                        over: "month",
                        ..limit("regime", "crossed", "bad", 100)
                    }),
                    ..other("self_employed", None, false)
                },
            ],
            notes: vec!["default-rate", "vat-threshold-crossed"],
            export_query: "period=2026-H2".to_owned(),
            payers: vec![
                TaxPayer {
                    regime: "llp",
                    place: None,
                    is_vat_payer: true,
                    since: Some(Timestamp::from_secs(1_782_820_800)),
                    day: "2026-07-01".to_owned(),
                },
                TaxPayer {
                    regime: "simplified",
                    place: Some("Алматы".to_owned()),
                    is_vat_payer: false,
                    since: None,
                    day: String::new(),
                },
            ],
            may_edit: true,
        };
        let refused = normal.form.clone().refuse(
            "expenses",
            super::parts::Told::new("tax-needs-expenses").arg("regime", "llp"),
        );
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "refused",
                Self {
                    form: refused,
                    parts: Vec::new(),
                    total: None,
                    declare_by: None,
                    pay_by: None,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "nothing sold",
                Self {
                    turnover: Money::ZERO,
                    months: None,
                    limits: Vec::new(),
                    is_regime_unknown: true,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "beyond its limit",
                Self {
                    beyond: Some(limit("regime", "crossed", "bad", 100)),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "read only",
                Self {
                    may_edit: false,
                    ..normal
                },
            ),
        ]
    }
}
