//! Answers of the storefront as they came, as people find them. Refuses to show what they hold.

use super::{
    Sample, View,
    market::tabs,
    parts::{Tab, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// One answer.
#[derive(Debug, Clone, Serialize)]
pub struct RawLine {
    pub href: String,
    /// Its text is `raw-about-<word>`.
    pub about: String,
    pub subject: String,
    pub at: Timestamp,
    pub status: Option<i64>,
    /// Its text is `market-trouble-<word>`.
    pub trouble: Option<String>,
    pub kilobytes: i64,
}

/// The page of raw answers.
#[derive(Debug, Clone, Serialize)]
pub struct RawsPage {
    pub tabs: Vec<Tab>,
    pub rows: Vec<RawLine>,
    pub count: i64,
    pub megabytes: i64,
    /// For so many days; 0 keeps none.
    pub days: i64,
    pub is_bad: bool,
    pub next: Option<String>,
}

impl View for RawsPage {
    const TEMPLATE: &'static str = "pages/market_answers.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |about: &str, trouble: Option<&str>| RawLine {
            href: "/s/aru-home/market/answers/1".to_owned(),
            about: about.to_owned(),
            subject: "Rims".to_owned(),
            at: sample::minutes_ago(72),
            status: Some(if trouble.is_some() { 403 } else { 200 }),
            trouble: trouble.map(str::to_owned),
            kilobytes: 48,
        };
        let normal = Self {
            tabs: tabs("/s/aru-home", "snapshots"),
            rows: vec![
                line("listing", None),
                line("counted-listing", None),
                line("card-offers", Some("blocked")),
                line("reviews", None),
            ],
            count: 214,
            megabytes: 3,
            days: 3,
            is_bad: false,
            next: Some("/s/aru-home/market/answers?view=&after=1~2".to_owned()),
        };
        let off = Self {
            rows: Vec::new(),
            count: 0,
            megabytes: 0,
            days: 0,
            next: None,
            ..normal.clone()
        };
        let none_bad = Self {
            rows: Vec::new(),
            is_bad: true,
            next: None,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("off", off),
            Sample::new("none_bad", none_bad),
        ]
    }
}
