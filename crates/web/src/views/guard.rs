//! The card guard: who joined my cards, since when, at what price. And the pause page. Refuses to accuse anybody.

use super::{
    Around, Sample, View,
    parts::{Goods, Pager, Tab, sample},
};
use sauda_kernel::{Tenge, Timestamp};
use serde::Serialize;

/// A seller on one of my cards.
#[derive(Debug, Clone, Serialize)]
pub struct Guest {
    pub id: String,
    pub goods: Goods,
    pub seller: String,
    /// Nothing for those who were there at our first read.
    pub joined_at: Option<Timestamp>,
    pub price: Option<Tenge>,
    /// Difference to our price.
    pub apart: Option<i64>,
    pub left_at: Option<Timestamp>,
    pub is_new: bool,
    /// Named as a seller that the rules look past.
    pub is_ignored: bool,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct Guard {
    pub tabs: Vec<Tab>,
    pub guests: Vec<Guest>,
    pub watched: i64,
    pub pager: Pager,
    pub may_edit: bool,
}

impl View for Guard {
    const TEMPLATE: &'static str = "pages/guard.html";
    fn samples() -> Vec<Sample<Self>> {
        let guest =
            |id: &str, title: &str, sku: &str, seller: &str, minutes, price: i64, apart, is_new| Guest {
                id: id.to_owned(),
                goods: Goods::new("off_1", title, sku),
                seller: seller.to_owned(),
                joined_at: Some(sample::minutes_ago(minutes)),
                price: Some(Tenge(price)),
                apart: Some(apart),
                left_at: None,
                is_new,
                is_ignored: false,
            };
        let tab = |word: &str, count, tone, is_on| Tab {
            word: word.to_owned(),
            href: format!("/s/aru-home/prices/guard?view={word}"),
            count: Some(count),
            tone,
            is_on,
        };
        let tabs = vec![
            tab("new", 2, "warn", true),
            tab("now", 41, "", false),
            tab("left", 7, "", false),
        ];
        let normal = Self {
            tabs: tabs.clone(),
            guests: vec![
                guest(
                    "gst_1",
                    "Пуховик Aru Nord, 52 (XL), чёрный",
                    "ARN-52-BLK",
                    "Dala Shop",
                    41,
                    33_900,
                    -4_840,
                    true,
                ),
                guest(
                    "gst_2",
                    "Плед «Шаңырақ» 150×200, бежевый",
                    "SHN-150-BG",
                    "Jibek Trade",
                    75,
                    11_400,
                    -900,
                    true,
                ),
            ],
            watched: 2_418,
            pager: Pager {
                from: 1,
                to: 2,
                of: 2,
                back: None,
                next: None,
            },
            may_edit: true,
        };
        let empty = Self {
            guests: Vec::new(),
            pager: Pager::default(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("quiet", empty),
            Sample::new(
                "view-only",
                Self {
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Packer),
        ]
    }
}

/// The pause as a page of its own, for those without script and for the palette.
#[derive(Debug, Clone, Serialize)]
pub struct Pause {
    /// Prices that are sent and not yet confirmed.
    pub on_the_way: i64,
}

impl View for Pause {
    const TEMPLATE: &'static str = "pages/pause.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::new("normal", Self { on_the_way: 4 }),
            Sample::new("paused", Self { on_the_way: 0 }).around(Around::Paused),
        ]
    }
}

/// Switching the bot of a shop: off, dry run, on.
#[derive(Debug, Clone, Serialize)]
pub struct BotSwitch {
    /// `off`, `dry_run` or `on`.
    pub mode: &'static str,
    pub with_limits: i64,
    pub goods: i64,
}

impl View for BotSwitch {
    const TEMPLATE: &'static str = "pages/bot.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::new(
                "off",
                Self {
                    mode: "off",
                    with_limits: 0,
                    goods: 2_418,
                },
            ),
            Sample::new(
                "on",
                Self {
                    mode: "on",
                    with_limits: 2_306,
                    goods: 2_418,
                },
            ),
        ]
    }
}
