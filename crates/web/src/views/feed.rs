//! The price list as people see it: address, who fetched it, what is in it and what is not. Refuses to hold a rule.

use super::{
    Around, Sample, View,
    parts::{Tab, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// One fetch.
#[derive(Debug, Clone, Serialize)]
pub struct FetchLine {
    pub at: Timestamp,
    pub address: String,
    pub agent: String,
    pub status: i64,
    /// `whole`, `broken`, `unchanged` or `held`.
    pub outcome: &'static str,
    pub rows_in: i64,
    pub rows_out: i64,
    /// Word of why it was held.
    pub held: Option<String>,
}

/// Rows of one reason.
#[derive(Debug, Clone, Serialize)]
pub struct ReasonCount {
    pub word: &'static str,
    pub count: i64,
    pub leaves_out: bool,
}

/// What a test of the whole list found.
#[derive(Debug, Clone, Serialize)]
pub struct CheckView {
    pub rows: i64,
    pub kilobytes: i64,
    pub reasons: Vec<ReasonCount>,
    pub held: Option<Told>,
}

/// One offer.
#[derive(Debug, Clone, Serialize)]
pub struct RowLine {
    pub sku: String,
    pub title: String,
    pub href: String,
    /// Where its XML is shown; nothing when it is not in the list.
    pub preview: Option<String>,
    /// Why it is not in the list.
    pub reason: Option<&'static str>,
    /// It holds the whole list.
    pub holds: bool,
}

/// A point at which products without an offer may be listed.
#[derive(Debug, Clone, Serialize)]
pub struct PointPick {
    pub id: String,
    pub name: String,
    pub is_chosen: bool,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct FeedPage {
    /// `none`, `off`, `held`, `never`, `old` or `fresh`.
    pub state: &'static str,
    pub way: &'static str,
    /// For those who may change it.
    pub address: Option<String>,
    pub has_address: bool,
    pub rotated_at: Option<Timestamp>,
    pub rotated_by: Option<String>,
    pub held: Option<Told>,
    pub held_at: Option<Timestamp>,
    pub good_rows: Option<i64>,
    pub good_at: Option<Timestamp>,
    pub next_at: Option<Timestamp>,
    /// A smaller list waits for a person who agrees to so many rows.
    pub may_agree: Option<i64>,
    pub fetches: Vec<FetchLine>,
    pub check: Option<CheckView>,
    pub tabs: Vec<Tab>,
    pub show: String,
    pub query: String,
    pub next: Option<String>,
    pub csv: String,
    pub preview: Option<String>,
    pub previewed: String,
    pub rows: Vec<RowLine>,
    /// Points that work.
    pub points: Vec<PointPick>,
    /// Products without an offer join the list.
    pub lists_products: bool,
    pub may_edit: bool,
}

fn fetch(minutes: i64, status: i64, outcome: &'static str) -> FetchLine {
    FetchLine {
        at: sample::minutes_ago(minutes),
        address: "185.41.12.7".to_owned(),
        agent: "Java/11.0.20".to_owned(),
        status,
        outcome,
        rows_in: 1_284,
        rows_out: 37,
        held: (outcome == "held").then(|| "rows".to_owned()),
    }
}

fn line(sku: &str, title: &str, reason: Option<&'static str>) -> RowLine {
    RowLine {
        sku: sku.to_owned(),
        title: title.to_owned(),
        href: "/s/aru-home/prices/off_1".to_owned(),
        preview: reason
            .is_none()
            .then(|| format!("/s/aru-home/catalog/feed?sku={sku}#preview")),
        reason,
        holds: reason.is_some_and(|word| word != "off_sale"),
    }
}

fn normal() -> FeedPage {
    let tab = |word: &str| Tab {
        word: word.to_owned(),
        href: format!("/s/aru-home/catalog/feed?show={word}"),
        count: None,
        tone: "",
        is_on: word == "all",
    };
    FeedPage {
        state: "fresh",
        way: "feed",
        address: Some(
            "https://desk.example.kz/feeds/1f8e0c5d2b7a94e36f0d8c1b5a7e2f9d3c4b6a80.xml".to_owned(),
        ),
        has_address: true,
        rotated_at: Some(sample::days_ago(12)),
        rotated_by: Some("Айгерим".to_owned()),
        held: None,
        held_at: None,
        good_rows: Some(1_284),
        good_at: Some(sample::minutes_ago(23)),
        next_at: Some(sample::in_minutes(37)),
        may_agree: None,
        fetches: vec![
            fetch(23, 200, "whole"),
            fetch(83, 304, "unchanged"),
            fetch(143, 200, "broken"),
            fetch(203, 503, "held"),
        ],
        check: None,
        tabs: ["all", "in", "out"].map(tab).to_vec(),
        show: "all".to_owned(),
        query: String::new(),
        next: Some("/s/aru-home/catalog/feed?after=ARN-52-BLK".to_owned()),
        csv: "/s/aru-home/catalog/feed/rows.csv?show=all".to_owned(),
        preview: None,
        previewed: String::new(),
        rows: vec![
            line("ARN-52-BLK", "Пуховик Aru Nord, чёрный, 52", None),
            line("TUM-05", "Термокружка Tumar 0,5 л", Some("off_sale")),
        ],
        points: vec![PointPick {
            id: "30067228_PP1".to_owned(),
            name: "PP1 · Толе би".to_owned(),
            is_chosen: true,
        }],
        lists_products: true,
        may_edit: true,
    }
}

impl View for FeedPage {
    const TEMPLATE: &'static str = "pages/feed.html";
    fn samples() -> Vec<Sample<Self>> {
        let reason = |word, count, leaves_out| ReasonCount {
            word,
            count,
            leaves_out,
        };
        let held = Told::new("rows")
            .arg("count", 2)
            .arg("reason", "no_price")
            .arg("sku", "TUM-05");
        let checked = Self {
            check: Some(CheckView {
                rows: 1_284,
                kilobytes: 512,
                reasons: vec![reason("off_sale", 35, true), reason("gone", 2, true)],
                held: None,
            }),
            preview: Some(
                "    <offer sku=\"ARN-52-BLK\">\n      <model>Пуховик Aru Nord</model>\n      <price>38740</price>\n    </offer>\n".to_owned(),
            ),
            previewed: "ARN-52-BLK".to_owned(),
            ..normal()
        };
        let broken = Self {
            state: "held",
            held: Some(held.clone()),
            held_at: Some(sample::minutes_ago(80)),
            check: Some(CheckView {
                rows: 1_282,
                kilobytes: 0,
                reasons: vec![reason("off_sale", 35, true), reason("no_price", 2, false)],
                held: Some(held),
            }),
            rows: vec![line("TUM-05", "Термокружка Tumar 0,5 л", Some("no_price"))],
            ..normal()
        };
        let drop = Told::new("drop").arg("rows", 412).arg("before", 1_284);
        let smaller = Self {
            state: "held",
            held: Some(drop),
            held_at: Some(sample::minutes_ago(20)),
            may_agree: Some(412),
            ..normal()
        };
        let none = Self {
            state: "none",
            way: "cabinet",
            address: None,
            has_address: false,
            rotated_at: None,
            rotated_by: None,
            good_rows: None,
            good_at: None,
            next_at: None,
            fetches: Vec::new(),
            ..normal()
        };
        let empty = Self {
            rows: Vec::new(),
            next: None,
            query: "нет такого".to_owned(),
            ..normal()
        };
        vec![
            Sample::new("normal", normal()),
            Sample::new("checked", checked),
            Sample::new("held", broken),
            Sample::new("smaller", smaller),
            Sample::new("none", none.clone()),
            Sample::new(
                "never",
                Self {
                    state: "never",
                    has_address: true,
                    way: "both",
                    address: normal().address,
                    ..none.clone()
                },
            ),
            Sample::new(
                "old",
                Self {
                    state: "old",
                    ..normal()
                },
            ),
            Sample::new(
                "off",
                Self {
                    state: "off",
                    way: "cabinet",
                    ..normal()
                },
            ),
            Sample::new("not-found", empty),
            Sample::new(
                "looking",
                Self {
                    address: None,
                    may_edit: false,
                    ..normal()
                },
            )
            .around(Around::Packer),
        ]
    }
}
