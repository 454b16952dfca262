//! Reviews of own cards as people see them. Refuses to compute.

use super::{
    Sample, View,
    market::tabs,
    parts::{Tab, sample},
};
use crate::charts::{Bar, bars};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A review of an own card.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewLine {
    pub title: String,
    pub card: String,
    pub at: Option<Timestamp>,
    pub stars: i64,
    pub text: String,
    /// `positive`, `negative`, `mixed` or `neutral`.
    pub tone: &'static str,
    /// Stars and words say different things.
    pub disagrees: bool,
    /// Word of the aspect and of its tone.
    pub aspects: Vec<(String, String)>,
}

/// The page of reviews.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewsPage {
    pub tabs: Vec<Tab>,
    pub tones: Vec<Tab>,
    pub rows: Vec<ReviewLine>,
    /// Reviews of each of the last weeks; empty when there are none.
    pub bars: Vec<Bar>,
    pub in_weeks: i64,
    /// With one or two stars.
    pub bad_in_weeks: i64,
    /// Kept in all.
    pub kept: i64,
    pub cards: Vec<ReviewedLine>,
    pub export: String,
    pub is_filtered: bool,
    pub tone: String,
    pub q: String,
    pub stars: String,
    /// The next page.
    pub next: Option<String>,
}

/// A card whose reviews are read.
#[derive(Debug, Clone, Serialize)]
pub struct ReviewedLine {
    pub card: String,
    pub title: String,
    pub kept: i64,
    /// Promised by the marketplace.
    pub total: Option<i64>,
    pub rating_milli: Option<i64>,
    /// Older ones are still to come.
    pub is_reading: bool,
    pub is_on: bool,
}

impl View for ReviewsPage {
    const TEMPLATE: &'static str = "pages/market_reviews.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |tone, stars| ReviewLine {
            title: "Пуховик Nord Down".to_owned(),
            card: "100298401".to_owned(),
            at: Some(sample::days_ago(2)),
            stars,
            text: "Сапасы керемет, бірақ кешігіп келді".to_owned(),
            tone,
            disagrees: stars == 5 && tone == "negative",
            aspects: vec![
                ("quality".to_owned(), "positive".to_owned()),
                ("delivery".to_owned(), "negative".to_owned()),
            ],
        };
        let tones = ["all", "positive", "negative", "mixed", "neutral"]
            .into_iter()
            .map(|word| Tab {
                word: word.to_owned(),
                href: format!("/s/aru-home/market/reviews?tone={word}"),
                count: Some(12),
                tone: "",
                is_on: word == "all",
            })
            .collect();
        let normal = Self {
            tabs: tabs("/s/aru-home", "reviews"),
            tones,
            rows: vec![
                line("mixed", 4),
                line("negative", 5),
                line("positive", 5),
                line("neutral", 3),
            ],
            bars: bars(&[
                ("2026-11-02".to_owned(), 4),
                ("2026-11-09".to_owned(), 9),
                ("2026-11-16".to_owned(), 6),
            ]),
            in_weeks: 19,
            bad_in_weeks: 3,
            kept: 12,
            cards: vec![
                ReviewedLine {
                    card: "100298401".to_owned(),
                    title: "Пуховик Nord Down".to_owned(),
                    kept: 300,
                    total: Some(1_214),
                    rating_milli: Some(4_800),
                    is_reading: true,
                    is_on: false,
                },
                ReviewedLine {
                    card: "100298402".to_owned(),
                    title: "Куртка Aru".to_owned(),
                    kept: 12,
                    total: Some(12),
                    rating_milli: None,
                    is_reading: false,
                    is_on: true,
                },
            ],
            export: "/s/aru-home/market/reviews/export.csv?tone=".to_owned(),
            is_filtered: false,
            tone: String::new(),
            q: String::new(),
            stars: String::new(),
            next: Some("/s/aru-home/market/reviews?tone=&after=1~2".to_owned()),
        };
        let empty = Self {
            rows: Vec::new(),
            kept: 0,
            bars: Vec::new(),
            next: None,
            ..normal.clone()
        };
        let none = Self {
            rows: Vec::new(),
            is_filtered: true,
            q: "молния".to_owned(),
            stars: "2".to_owned(),
            next: None,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("none_of_tone", none),
        ]
    }
}
