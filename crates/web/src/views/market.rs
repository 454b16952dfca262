//! The market as people see it: categories with their age, what changed, who sells, reviews, interest. Refuses to compute.

use super::{
    Around, Sample, View,
    parts::{Form, Tab, Told, sample},
};
use crate::charts::{PricePlot, PricePoint, Spark, price_plot, spark};
use sauda_kernel::{Tenge, Timestamp};
use serde::Serialize;

/// A category or a query in the list.
#[derive(Debug, Clone, Serialize)]
pub struct SourceLine {
    pub id: String,
    pub title: String,
    /// `category` or `query`.
    pub kind: &'static str,
    pub href: String,
    /// `new`, `reading`, `done`, `failed`, or `paused`.
    pub state: &'static str,
    pub read_at: Option<Timestamp>,
    /// Code of a marketplace's trouble; its text is `market-trouble-<word>`.
    pub trouble: Option<String>,
    pub cards: Option<i64>,
    pub middle: Option<Tenge>,
    pub spark: Option<Spark>,
    pub is_chosen: bool,
    pub from_file: bool,
}

/// A band of prices.
#[derive(Debug, Clone, Serialize)]
pub struct BandLine {
    pub from: Tenge,
    pub to: Tenge,
    pub cards: i64,
    /// Of the fullest band, percent.
    pub share: i64,
    /// Estimated sales since the snapshot before: at least, at most.
    pub sales: Option<(i64, i64)>,
}

/// A card of the market.
#[derive(Debug, Clone, Serialize)]
pub struct CardLine {
    pub card: String,
    pub title: String,
    pub url: Option<String>,
    pub place: i64,
    pub place_was: Option<i64>,
    pub price: Option<Tenge>,
    pub was: Option<Tenge>,
    /// Own price, on an own card.
    pub own: Option<Tenge>,
    pub reviews: Option<i64>,
    pub grown: Option<i64>,
    pub is_own: bool,
    pub is_tracked: bool,
}

/// A seller on the first cards.
#[derive(Debug, Clone, Serialize)]
pub struct SellerLine {
    pub id: String,
    pub name: String,
    pub cards: i64,
    pub first: i64,
    pub share_bp: i64,
    pub is_new: bool,
    pub is_tracked: bool,
}

/// The chosen category.
#[derive(Debug, Clone, Serialize)]
pub struct Chosen {
    pub id: String,
    pub title: String,
    pub read_at: Timestamp,
    pub before_at: Option<Timestamp>,
    pub cards: i64,
    pub total: Option<i64>,
    /// Some pages could not be read: nobody says what is gone.
    pub has_holes: bool,
    pub low: Option<Tenge>,
    pub middle: Option<Tenge>,
    pub high: Option<Tenge>,
    pub fresh: Option<i64>,
    pub gone: Option<i64>,
    pub grown: Option<i64>,
    pub sales: Option<(i64, i64)>,
    pub plot: Option<PricePlot>,
    pub bands: Vec<BandLine>,
    pub fresh_cards: Vec<CardLine>,
    pub movers: Vec<CardLine>,
    pub own: Vec<CardLine>,
    pub sellers: Vec<SellerLine>,
    pub left: Vec<String>,
    pub export: String,
}

/// A card or a seller that is told of.
#[derive(Debug, Clone, Serialize)]
pub struct TrackedLine {
    pub is_seller: bool,
    pub word: String,
    pub title: String,
    pub by: String,
    pub since: Timestamp,
}

/// The page of the market.
#[derive(Debug, Clone, Serialize)]
pub struct MarketPage {
    pub tabs: Vec<Tab>,
    pub sources: Vec<SourceLine>,
    pub chosen: Option<Chosen>,
    pub tracked: Vec<TrackedLine>,
    pub times: String,
    /// Days and kind of a file of snapshots.
    pub files: Form,
    /// Answers are kept as they come.
    pub keeps_raws: bool,
    pub form: Form,
    pub settings: Form,
    pub may_edit: bool,
}

/// The parts of the market.
pub fn tabs(base: &str, on: &str) -> Vec<Tab> {
    [
        ("snapshots", ""),
        ("compare", "/compare"),
        ("reviews", "/reviews"),
        ("trends", "/trends"),
    ]
    .into_iter()
    .map(|(word, path)| Tab {
        word: word.to_owned(),
        href: format!("{base}/market{path}"),
        count: None,
        tone: "",
        is_on: word == on,
    })
    .collect()
}

fn sample_source(id: &str, title: &str, state: &'static str, is_chosen: bool) -> SourceLine {
    SourceLine {
        id: id.to_owned(),
        title: title.to_owned(),
        kind: "category",
        href: format!("/s/aru-home/market?source={id}"),
        state,
        read_at: (state != "new").then(|| sample::minutes_ago(72)),
        trouble: (state == "failed").then(|| "blocked".to_owned()),
        cards: (state != "new").then_some(60),
        middle: (state != "new").then_some(Tenge(12_490)),
        spark: spark(&[12_900, 12_700, 12_800, 12_490]),
        is_chosen,
        from_file: id == "2",
    }
}

fn sample_card(place: i64, is_own: bool) -> CardLine {
    CardLine {
        card: format!("10029840{place}"),
        title: "Пуховик Nord Down, длинный, чёрный, 46–56".to_owned(),
        url: Some("https://kaspi.kz/shop/p/100298401/".to_owned()),
        place,
        place_was: Some(place + 2),
        price: Some(Tenge(38_740)),
        was: Some(Tenge(39_990)),
        own: is_own.then_some(Tenge(38_990)),
        reviews: Some(214),
        grown: Some(9),
        is_own,
        is_tracked: place == 1,
    }
}

fn sample_chosen() -> Chosen {
    let points: Vec<PricePoint> = (0..9)
        .map(|place: i64| PricePoint {
            at: sample::days_ago(9 - place),
            own: Some(Tenge(12_000 + place % 3 * 400)),
            rival: Some(Tenge(4_900 + place % 2 * 100)),
        })
        .collect();
    Chosen {
        id: "1".to_owned(),
        title: "Пуховики".to_owned(),
        read_at: sample::minutes_ago(72),
        before_at: Some(sample::minutes_ago(72 + 360)),
        cards: 60,
        total: Some(2_697),
        has_holes: false,
        low: Some(Tenge(4_900)),
        middle: Some(Tenge(12_490)),
        high: Some(Tenge(41_000)),
        fresh: Some(3),
        gone: Some(2),
        grown: Some(41),
        sales: Some((410, 1_230)),
        plot: Some(price_plot(&points, None, sample::days_ago(9), sample::NOW)),
        bands: (0..4)
            .map(|place| BandLine {
                from: Tenge(place * 10_000),
                to: Tenge((place + 1) * 10_000),
                cards: 24 - place * 5,
                share: 100 - place * 20,
                sales: Some((120, 360)),
            })
            .collect(),
        fresh_cards: vec![sample_card(14, false)],
        movers: vec![sample_card(1, false), sample_card(2, true)],
        own: vec![sample_card(2, true)],
        sellers: vec![
            SellerLine {
                id: "30067228".to_owned(),
                name: "Nord Market".to_owned(),
                cards: 7,
                first: 4,
                share_bp: 7_000,
                is_new: true,
                is_tracked: true,
            },
            SellerLine {
                id: "12345".to_owned(),
                name: "Aru Home".to_owned(),
                cards: 2,
                first: 1,
                share_bp: 2_000,
                is_new: false,
                is_tracked: false,
            },
        ],
        left: vec!["QAZ Trade".to_owned()],
        export: "/s/aru-home/market/1/export.csv".to_owned(),
    }
}

impl View for MarketPage {
    const TEMPLATE: &'static str = "pages/market.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            tabs: tabs("/s/aru-home", "snapshots"),
            sources: vec![
                sample_source("1", "Пуховики", "done", true),
                sample_source("2", "Куртки женские", "reading", false),
                sample_source("3", "зимние ботинки", "paused", false),
            ],
            chosen: Some(sample_chosen()),
            tracked: vec![TrackedLine {
                is_seller: true,
                word: "30067228".to_owned(),
                title: "Nord Market".to_owned(),
                by: "Айгерим".to_owned(),
                since: sample::days_ago(3),
            }],
            times: "08:00, 14:00, 20:00".to_owned(),
            files: Form::of(&[("from", "2026-11-07"), ("to", "2026-11-20"), ("kind", "csv")]),
            keeps_raws: true,
            form: Form::of(&[
                ("kind", "category"),
                ("pages", "5"),
                ("most", "60"),
                ("sellers_of", "10"),
            ]),
            settings: Form::of(&[
                ("times", "08:00, 14:00, 20:00"),
                ("keep_days", "14"),
                ("archive_days", "365"),
                ("report", "weekly"),
                ("report_time", "09:00"),
                ("reviews", "on"),
                ("review_limit", "300"),
                ("raw_days", "3"),
            ]),
            may_edit: true,
        };
        let empty = Self {
            sources: Vec::new(),
            chosen: None,
            tracked: Vec::new(),
            ..normal.clone()
        };
        let first = Self {
            sources: vec![sample_source("1", "Пуховики", "new", true)],
            chosen: None,
            ..normal.clone()
        };
        let failed = Self {
            sources: vec![sample_source("1", "Пуховики", "failed", true)],
            ..normal.clone()
        };
        let refused = Self {
            form: Form::of(&[("kind", "category"), ("pages", "99")]).refuse(
                "pages",
                Told::new("market-source-wrong")
                    .arg("field", "pages")
                    .arg("value", "99"),
            ),
            ..normal.clone()
        };
        let holes = Self {
            chosen: Some(Chosen {
                has_holes: true,
                gone: None,
                ..sample_chosen()
            }),
            ..normal.clone()
        };
        let looking = Self {
            may_edit: false,
            ..normal.clone()
        };
        vec![
            Sample::new("holes", holes),
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("first", first),
            Sample::new("failed", failed),
            Sample::new("refused", refused),
            Sample::new("looking", looking).around(Around::Packer),
        ]
    }
}
