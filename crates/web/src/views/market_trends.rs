//! Interest in searches, and categories over the week and the year, as people see them. Refuses to compute.

use super::{
    Around, Sample, View,
    market::tabs,
    parts::{Form, Tab, Told, sample},
};
use crate::charts::{Bar, Spark, bars, spark};
use sauda_kernel::{Span, Timestamp};
use serde::Serialize;

/// Interest in one search.
#[derive(Debug, Clone, Serialize)]
pub struct TrendLine {
    pub query: String,
    pub from: Timestamp,
    pub to: Timestamp,
    pub last: i64,
    pub moved_bp: Option<i64>,
    pub spark: Option<Spark>,
    /// January first; 10 000 is as usual; nothing before every month was seen.
    pub year: Option<Vec<Option<i64>>>,
}

/// A category over the days of the week, from own snapshots.
#[derive(Debug, Clone, Serialize)]
pub struct WeekLine {
    pub title: String,
    /// Monday first; 10 000 is as usual; nothing with too few days.
    pub days: Option<Vec<Option<i64>>>,
    /// Whole weeks it is drawn from.
    pub weeks: i64,
    pub days_known: i64,
    /// When there may be enough days.
    pub from: Option<Timestamp>,
}

/// A category by months.
#[derive(Debug, Clone, Serialize)]
pub struct MonthLine {
    pub title: String,
    /// New reviews a day, in thousandths.
    pub bars: Vec<Bar>,
    pub months: i64,
    /// January first; nothing before every month was seen.
    pub year: Option<Vec<Option<i64>>>,
}

/// A search that Google is asked for.
#[derive(Debug, Clone, Serialize)]
pub struct AskLine {
    pub query: String,
    pub asked_at: Option<Timestamp>,
    pub next_at: Timestamp,
    /// Its text is `ask-trouble-<word>`.
    pub trouble: Option<String>,
}

/// The page of trends.
#[derive(Debug, Clone, Serialize)]
pub struct TrendsPage {
    pub tabs: Vec<Tab>,
    pub trends: Vec<TrendLine>,
    pub weeks: Vec<WeekLine>,
    pub months: Vec<MonthLine>,
    pub asks: Vec<AskLine>,
    /// The installation lets Google be asked.
    pub may_ask: bool,
    pub form: Form,
    pub may_edit: bool,
}

impl View for TrendsPage {
    const TEMPLATE: &'static str = "pages/market_trends.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |query: &str, moved_bp| TrendLine {
            query: query.to_owned(),
            from: sample::days_ago(365),
            to: sample::NOW.minus(Span::from_days(4)),
            last: 74,
            moved_bp,
            spark: spark(&[20, 24, 31, 60, 74]),
            year: (query == "пуховик").then(|| (0..12).map(|month| Some(6_000 + month * 700)).collect()),
        };
        let normal = Self {
            tabs: tabs("/s/aru-home", "trends"),
            trends: vec![
                line("пуховик", Some(2_400)),
                line("сандалии", Some(-3_100)),
                line("куртка", None),
            ],
            weeks: vec![
                WeekLine {
                    title: "Куртки женские".to_owned(),
                    days: None,
                    weeks: 0,
                    days_known: 5,
                    from: Some(sample::NOW),
                },
                WeekLine {
                    title: "Пуховики".to_owned(),
                    weeks: 4,
                    days_known: 30,
                    from: None,
                    days: Some(vec![
                        Some(9_000),
                        Some(9_500),
                        Some(10_000),
                        Some(10_000),
                        None,
                        Some(12_500),
                        Some(11_000),
                    ]),
                },
            ],
            months: vec![MonthLine {
                title: "Пуховики".to_owned(),
                bars: bars(&[("2026-10".to_owned(), 4_100), ("2026-11".to_owned(), 9_300)]),
                months: 2,
                year: None,
            }],
            asks: ["refused", "no_answer", "unreadable", ""]
                .into_iter()
                .map(|trouble| AskLine {
                    query: format!("куртка {trouble}"),
                    asked_at: (trouble != "no_answer").then(|| sample::minutes_ago(72)),
                    next_at: sample::NOW,
                    trouble: (!trouble.is_empty()).then(|| trouble.to_owned()),
                })
                .collect(),
            may_ask: true,
            form: Form::default(),
            may_edit: true,
        };
        let empty = Self {
            trends: Vec::new(),
            asks: Vec::new(),
            may_ask: false,
            weeks: Vec::new(),
            months: Vec::new(),
            ..normal.clone()
        };
        let refused = Self {
            form: Form::default().refuse(
                "file",
                Told::new("market-trends-line")
                    .arg("line", 4)
                    .arg("value", "soon,1"),
            ),
            ..normal.clone()
        };
        let looking = Self {
            may_edit: false,
            ..empty.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("refused", refused),
            Sample::new("looking", looking).around(Around::Packer),
        ]
    }
}
