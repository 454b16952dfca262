//! The board of prices: views, filters, rows, bulk bar, columns. Refuses to sort or filter: services do.

use super::{
    Around, Sample, View,
    parts::{Goods, Pager, Place, State, Tab, sample},
};
use crate::charts::corridor;
use sauda_kernel::{Money, Tenge, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// A limit that can be typed in the cell.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct Corridor {
    /// Place of own price between the limits, percent.
    pub own: i64,
    pub rival: Option<i64>,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct PriceRow {
    pub goods: Goods,
    pub href: String,
    pub place: Option<Place>,
    pub price: Option<Tenge>,
    pub delta: Option<i64>,
    pub changed_at: Option<Timestamp>,
    pub rival: Option<Tenge>,
    pub rival_name: Option<String>,
    pub min: Option<Tenge>,
    pub max: Option<Tenge>,
    pub corridor: Option<Corridor>,
    /// Word of the strategy; `manual` when the bot does not keep this price, `none` when nothing is set.
    pub strategy: String,
    pub rule_name: Option<String>,
    pub step: Option<Tenge>,
    /// Absent for those without the right to see money.
    pub profit: Option<Money>,
    pub margin_bp: Option<i32>,
    pub stock: Option<i64>,
    pub state: State,
    pub version: i64,
}

/// A filter chip: on with its value, or off with the values it offers.
#[derive(Debug, Clone, Serialize)]
pub struct Chip {
    /// Name is `filter-<word>`.
    pub word: &'static str,
    /// Shown instead of the name when it is on.
    pub value: Option<String>,
    /// Address without this filter.
    pub drop: Option<String>,
    /// Choices: text and address.
    pub choices: Vec<(String, String)>,
}

/// Why the list is empty.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum PricesEmpty {
    /// The shop has no goods yet.
    Nothing,
    /// The filter finds nothing; which filter to drop and how many it would show.
    NotFound {
        query: String,
        among: i64,
        drop_word: Option<&'static str>,
        drop_href: String,
        would_show: i64,
    },
    /// The view is empty, and that is good.
    AllDone,
}

/// Rows that follow the page: a long list is read before it has come whole.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tail {
    pub count: i64,
    /// Where the script fetches them.
    pub href: String,
    /// The same page with all its rows, for those without a script.
    pub whole: String,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Prices {
    pub tabs: Vec<Tab>,
    pub query: String,
    pub city: String,
    /// Filters that the search form must keep: names and values.
    pub kept: BTreeMap<String, String>,
    pub chips: Vec<Chip>,
    /// Those that come with the page.
    pub rows: Vec<PriceRow>,
    pub tail: Option<Tail>,
    pub empty: Option<PricesEmpty>,
    pub pager: Pager,
    /// Word of the order, such as `-profit`.
    pub sort: String,
    /// Address of an order without its word.
    pub sort_href: String,
    pub checked_at: Option<Timestamp>,
    /// Columns that this person shows; all words are in `columns`.
    pub columns: Vec<&'static str>,
    pub shown: Vec<&'static str>,
    /// The choice of columns is open: without a script it is a part of the page.
    pub columns_open: bool,
    /// The query for exports and for choosing by filter.
    pub filter_query: String,
    pub is_editable: bool,
    /// The list holds what stands still: going on is offered instead of a pause.
    pub is_paused_view: bool,
    pub sees_money: bool,
}

/// Columns that can be switched.
pub const COLUMNS: [&str; 8] = [
    "place", "price", "rival", "limits", "strategy", "profit", "stock", "state",
];

/// A row for samples.
struct Example(
    &'static str,
    &'static str,
    i64,
    i64,
    i64,
    i64,
    i64,
    Option<(i64, i64)>,
    &'static str,
    i64,
    i32,
    &'static str,
    &'static str,
    i64,
);

const EXAMPLES: [Example; 12] = [
    Example(
        "Пуховик Aru Nord, 52 (XL), чёрный",
        "ARN-52-BLK",
        1,
        6,
        38_740,
        -250,
        38_750,
        Some((34_500, 44_900)),
        "always_first",
        6_156,
        1_590,
        "works",
        "ok",
        0,
    ),
    Example(
        "Кроссовки Qadam Lite, 41, белые",
        "QDM-LT-41",
        3,
        12,
        21_490,
        0,
        20_950,
        Some((19_900, 24_990)),
        "hold_margin",
        3_230,
        1_500,
        "holds_margin",
        "warn",
        6,
    ),
    Example(
        "Термокружка Tumar 0,5 л, зелёная",
        "TMR-05-GRN",
        2,
        9,
        6_490,
        0,
        6_370,
        Some((6_490, 8_990)),
        "standard",
        584,
        900,
        "at_floor",
        "warn",
        6,
    ),
    Example(
        "Рюкзак Saiga 24 л, серый",
        "SGA-24-GRY",
        1,
        4,
        17_900,
        250,
        17_910,
        Some((15_200, 19_900)),
        "always_first",
        4_117,
        2_300,
        "works",
        "ok",
        10,
    ),
    Example(
        "Плед «Шаңырақ» 150×200, бежевый",
        "SHN-150-BG",
        5,
        6,
        12_300,
        0,
        11_400,
        Some((10_900, 14_990)),
        "manual",
        2_460,
        2_000,
        "paused",
        "off",
        2_880,
    ),
    Example(
        "Контейнеры Dastarkhan, 6 шт.",
        "DST-6",
        1,
        3,
        4_990,
        -10,
        5_000,
        Some((4_400, 5_990)),
        "always_first",
        948,
        1_900,
        "works",
        "ok",
        14,
    ),
    Example(
        "Утюжок Aigerim Pro, розовый",
        "AGP-01-PNK",
        4,
        15,
        15_490,
        0,
        15_200,
        Some((14_100, 18_900)),
        "standard",
        2_014,
        1_300,
        "refused",
        "bad",
        18,
    ),
    Example(
        "Чехол Tulpar для A55, прозрачный",
        "TLP-A55",
        1,
        22,
        2_470,
        -20,
        2_480,
        Some((1_990, 2_990)),
        "always_first",
        816,
        3_300,
        "works",
        "ok",
        4,
    ),
    Example(
        "Толстовка Kökbel, 48 (M), синяя",
        "KKB-48-BLU",
        2,
        5,
        14_990,
        0,
        14_490,
        None,
        "none",
        2_998,
        2_000,
        "no_limits",
        "off",
        300,
    ),
    Example(
        "Чайник Samal 1,7 л, стекло",
        "SML-17-GL",
        1,
        11,
        13_890,
        -110,
        13_900,
        Some((12_600, 16_490)),
        "always_first",
        2_222,
        1_600,
        "works",
        "ok",
        22,
    ),
    Example(
        "Настольная лампа Juldyz LED",
        "JLD-LED-W",
        1,
        8,
        9_290,
        0,
        9_300,
        Some((8_400, 10_990)),
        "match",
        1_486,
        1_600,
        "works",
        "ok",
        31,
    ),
    Example(
        "Детский самокат Ushkyr, голубой",
        "USH-01-SKY",
        2,
        6,
        18_490,
        0,
        17_990,
        Some((16_900, 21_900)),
        "stay_top_n",
        3_143,
        1_700,
        "asks",
        "warn",
        40,
    ),
];

const RIVALS: [&str; 5] = [
    "Altyn Store",
    "Jibek Trade",
    "Dala Shop",
    "Baiterek Opt",
    "TechBazar KZ",
];

/// Goods for samples of several pages.
pub fn sample_rows() -> Vec<PriceRow> {
    let mut rows = Vec::new();
    for (place, example) in EXAMPLES.iter().enumerate() {
        let Example(
            title,
            sku,
            first,
            of,
            price,
            delta,
            rival,
            limits,
            strategy,
            profit,
            margin,
            state,
            tone,
            minutes,
        ) = *example;
        let (min, max) = (
            limits.map(|(min, _)| Tenge(min)),
            limits.map(|(_, max)| Tenge(max)),
        );
        let id = format!("off_{}", place + 1);
        rows.push(PriceRow {
            href: format!("/s/aru-home/prices/{id}"),
            goods: Goods::new(&id, title, sku),
            place: Some(Place { place: first, of }),
            price: Some(Tenge(price)),
            delta: (delta != 0).then_some(delta),
            changed_at: Some(sample::minutes_ago(minutes)),
            rival: Some(Tenge(rival)),
            rival_name: RIVALS.get(place % RIVALS.len()).map(|name| (*name).to_owned()),
            min,
            max,
            corridor: corridor(min, max, Some(Tenge(price)), Some(Tenge(rival)))
                .map(|(own, rival)| Corridor { own, rival }),
            strategy: strategy.to_owned(),
            rule_name: None,
            step: (strategy != "manual" && strategy != "none").then_some(Tenge(10)),
            profit: Some(Money::from_tiyn(profit * 100)),
            margin_bp: Some(margin),
            stock: Some(17),
            state: State::new(state, tone),
            version: 3,
        });
    }
    rows
}

fn sample_tabs(on: &str) -> Vec<Tab> {
    let tab = |word: &str, count, tone| Tab {
        word: word.to_owned(),
        href: format!("/s/aru-home/prices?view={word}"),
        count: Some(count),
        tone,
        is_on: word == on,
    };
    vec![
        tab("all", 2_418, ""),
        tab("not_first", 37, "bad"),
        tab("floor", 64, "warn"),
        tab("no_limits", 112, "warn"),
        tab("errors", 3, "bad"),
        tab("paused", 210, ""),
        tab("asks", 3, "warn"),
    ]
}

impl View for Prices {
    const TEMPLATE: &'static str = "pages/prices.html";
    fn samples() -> Vec<Sample<Self>> {
        let chip = |word, value: Option<&str>| Chip {
            word,
            value: value.map(str::to_owned),
            drop: value.map(|_| "/s/aru-home/prices".to_owned()),
            choices: vec![
                ("12 %".to_owned(), "/s/aru-home/prices?margin_lt=12".to_owned()),
                ("20 %".to_owned(), "/s/aru-home/prices?margin_lt=20".to_owned()),
            ],
        };
        let normal = Self {
            tabs: sample_tabs("all"),
            query: String::new(),
            city: "Алматы".to_owned(),
            kept: BTreeMap::from([("city".to_owned(), "750000000".to_owned())]),
            chips: vec![
                chip("city", Some("Алматы")),
                chip("strategy", None),
                chip("category", None),
                chip("margin", None),
                chip("stock", None),
                chip("rule", None),
            ],
            rows: sample_rows(),
            tail: None,
            empty: None,
            pager: Pager {
                from: 1,
                to: 12,
                of: 2_418,
                back: None,
                next: Some("?after=n615600.off_12".to_owned()),
            },
            sort: "-profit".to_owned(),
            sort_href: "/s/aru-home/prices?sort=".to_owned(),
            checked_at: Some(sample::seconds_ago(40)),
            columns: COLUMNS.to_vec(),
            shown: vec!["place", "price", "rival", "limits", "strategy", "profit", "state"],
            columns_open: false,
            filter_query: "city=750000000".to_owned(),
            is_editable: true,
            is_paused_view: false,
            sees_money: true,
        };
        let empty = |empty| Self {
            rows: Vec::new(),
            empty: Some(empty),
            pager: Pager::default(),
            ..normal.clone()
        };
        let not_found = Self {
            query: "самовар".to_owned(),
            chips: vec![
                chip("city", Some("Алматы")),
                chip("margin", Some("Маржа ниже 12 %")),
                chip("strategy", None),
            ],
            ..empty(PricesEmpty::NotFound {
                query: "самовар".to_owned(),
                among: 2_418,
                drop_word: Some("margin"),
                drop_href: "/s/aru-home/prices?q=самовар".to_owned(),
                would_show: 3,
            })
        };
        let done = Self {
            tabs: sample_tabs("errors"),
            ..empty(PricesEmpty::AllDone)
        };
        let standing = Self {
            tabs: sample_tabs("paused"),
            is_paused_view: true,
            ..normal.clone()
        };
        let marketer = Self {
            is_editable: false,
            sees_money: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("nothing-yet", empty(PricesEmpty::Nothing)),
            Sample::new("not-found", not_found),
            Sample::new("all-done", done),
            Sample::new("standing", standing),
            Sample::new("stale", normal.clone()).around(Around::Stale),
            Sample::new("paused", normal).around(Around::Paused),
            Sample::new("view-only", marketer).around(Around::Packer),
        ]
    }
}
