//! Today: what needs a person now, first days' steps, what prices did. Refuses to count anything itself.

use super::{
    Around, Sample, View,
    day::{DayCard, sample_card, sample_panel},
    parts::{Part, Told, sample, shares},
};
use crate::charts::{Bar, Spark, bars, spark};
use sauda_kernel::{Money, Tenge, Timestamp};
use serde::Serialize;

/// A step of the first days; name is `setup-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct SetupStep {
    pub word: &'static str,
    pub is_done: bool,
    pub href: String,
    /// Minutes that it takes.
    pub minutes: i64,
    /// What was done, with values; the text is `setup-done-<word>`.
    pub done: Option<Told>,
}

/// What one press does with many orders.
#[derive(Debug, Clone, Serialize)]
pub struct Send {
    /// Word of the act.
    pub act: &'static str,
    pub codes: Vec<String>,
}

/// One thing that waits for a person; texts are `todo-<word>`, `todo-why-<word>` and `todo-act-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct Todo {
    /// For putting it off: id of the notice, or the word of what is counted anew each time.
    pub id: String,
    /// `todo` or `notice`: where the texts stand.
    pub prefix: &'static str,
    pub said: Told,
    pub icon: &'static str,
    pub tone: &'static str,
    pub since: Option<Timestamp>,
    pub due: Option<Timestamp>,
    pub href: String,
    /// The button does this instead of leading somewhere.
    pub send: Option<Send>,
}

/// A row that was put off.
#[derive(Debug, Clone, Serialize)]
pub struct OffRow {
    pub todo: Todo,
    /// Nothing: until it is brought back.
    pub until: Option<Timestamp>,
}

/// Yesterday in money.
#[derive(Debug, Clone, Serialize)]
pub struct Earned {
    pub profit: Tenge,
    /// Against the same day a week before, in basis points.
    pub change_bp: Option<i32>,
    pub orders: i64,
    pub revenue: Money,
    /// The part of the revenue whose cost nobody gave.
    pub without_cost: Money,
    /// Fourteen days of profit.
    pub trend: Option<Spark>,
    pub parts: Vec<Part>,
    /// How it was counted.
    pub href: String,
}

/// One line of what prices did.
#[derive(Debug, Clone, Serialize)]
pub struct FeedLine {
    pub at: Timestamp,
    pub title: String,
    pub href: String,
    pub from: Option<Tenge>,
    pub to: Option<Tenge>,
    /// Text is `feed-<word>`.
    pub said: Told,
    pub tone: &'static str,
}

/// Figures of the bot; share first is over the products it keeps.
#[derive(Debug, Clone, Serialize)]
pub struct BotFigures {
    pub first_bp: i32,
    /// Change against a week ago, in basis points.
    pub first_delta_bp: Option<i32>,
    pub first_trend: Option<Spark>,
    pub kept: i64,
    pub first: i64,
    pub top_three: i64,
    pub lower: i64,
    pub at_floor: i64,
    pub changes_today: i64,
    pub changes_by_day: Vec<Bar>,
    /// Last price that the marketplace confirmed.
    pub confirmed_at: Option<Timestamp>,
    pub checked_at: Option<Timestamp>,
    /// Minutes of silence after which the dead-man's switch acts; `None`: switched off.
    pub dead_man_minutes: Option<i64>,
    /// The dead-man's switch has acted.
    pub is_silent: bool,
    /// Mean time from a rival's change to our visible price, seconds.
    pub answer_seconds: Option<i64>,
}

/// The page.
#[derive(Debug, Clone, Default, Serialize)]
pub struct Today {
    /// The day of orders; nothing without a key.
    pub day: Option<DayCard>,
    pub setup: Vec<SetupStep>,
    pub todo: Vec<Todo>,
    /// Rows that were put off.
    pub snoozed: i64,
    /// They themselves, when they were asked for.
    pub off: Vec<OffRow>,
    /// What yesterday earned; nothing for those who do not see money, and before the first sale.
    pub earned: Option<Earned>,
    pub bot: Option<BotFigures>,
    /// What the marketplace measures the shop by; nothing before orders are read.
    pub quality: Vec<QualityLine>,
    pub feed: Vec<FeedLine>,
    /// Everything is quiet until then.
    pub next_deadline: Option<Timestamp>,
}

/// One thing that the marketplace measures the shop by.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct QualityLine {
    /// `cancelled`, `late`, `returned`.
    pub word: &'static str,
    pub now_bp: i32,
    pub most_bp: i32,
    pub count: i64,
    pub of: i64,
    /// How full the scale is, of 100; the threshold stands at 80.
    pub filled: i64,
    /// `bad` above the threshold, `warn` above two thirds of it.
    pub tone: &'static str,
}

fn sample_quality() -> Vec<QualityLine> {
    let line = |word, now_bp, most_bp, count, tone| QualityLine {
        word,
        now_bp,
        most_bp,
        count,
        of: 1_240,
        filled: i64::from(now_bp * 80 / most_bp).min(100),
        tone,
    };
    vec![
        line("cancelled", 80, 300, 10, "ok"),
        line("late", 740, 1_000, 92, "warn"),
        line("returned", 230, 200, 29, "bad"),
    ]
}

fn sample_bot() -> BotFigures {
    let changes: Vec<(String, i64)> = [64, 88, 71, 120, 95, 102, 126]
        .into_iter()
        .zip(14..)
        .map(|(n, d)| (format!("{d}.11"), n))
        .collect();
    BotFigures {
        first_bp: 8_120,
        first_delta_bp: Some(240),
        first_trend: spark(&[72, 74, 71, 76, 78, 75, 79, 80, 77, 78, 79, 80, 79, 81]),
        kept: 2_208,
        first: 1_793,
        top_three: 311,
        lower: 104,
        at_floor: 64,
        changes_today: 126,
        changes_by_day: bars(&changes),
        confirmed_at: Some(sample::seconds_ago(40)),
        checked_at: Some(sample::seconds_ago(12)),
        dead_man_minutes: Some(180),
        is_silent: false,
        answer_seconds: Some(94),
    }
}

fn sample_earned() -> Earned {
    let whole = Tenge(1_214_900);
    let part = |word, tenge, colour| Part {
        word,
        args: std::collections::BTreeMap::new(),
        tenge: Tenge(tenge),
        share_bp: 0,
        colour,
    };
    let parts = vec![
        part("purchase", 790_140, 6),
        part("fees", 132_424, 3),
        part("delivery", 48_590, 2),
        part("taxes", 48_596, 4),
        part("advertising", 10_500, 5),
        part("profit", 184_650, 1),
    ];
    Earned {
        profit: Tenge(184_650),
        change_bp: Some(1_240),
        orders: 31,
        revenue: Money::from_tiyn(whole.get() * 100),
        without_cost: Money::from_tiyn(4_500_000),
        trend: spark(&[
            140, 152, 120, 158, 171, 163, 160, 149, 166, 172, 158, 170, 175, 184,
        ]),
        parts: shares(parts, whole),
        href: "/s/aru-home/money/profit?from=2026-11-19&to=2026-11-19&by=order".to_owned(),
    }
}

fn sample_todo() -> Vec<Todo> {
    // icons: key-round circle-help trending-down shield move-vertical unplug bell package-plus boxes message-circle
    let todo = |id: &str, said, icon, tone, since, due, href: &str| Todo {
        id: id.to_owned(),
        prefix: "todo",
        said,
        icon,
        tone,
        since,
        due,
        href: href.to_owned(),
        send: None,
    };
    vec![
        Todo {
            send: Some(Send {
                act: "accept",
                codes: ["412806377", "412806401", "412806415"]
                    .map(str::to_owned)
                    .to_vec(),
            }),
            ..todo(
                "orders-new",
                Told::new("orders-new").arg("n", 3),
                "package-plus",
                "bad",
                None,
                Some(sample::in_minutes(49)),
                "/s/aru-home/orders?view=new",
            )
        },
        todo(
            "reorder",
            Told::new("reorder")
                .arg("n", 4)
                .arg("title", "Кроссовки Qadam Lite, 41")
                .arg("left", 5)
                .arg("daily", "2,4"),
            "boxes",
            "warn",
            None,
            None,
            "/stock",
        ),
        todo(
            "talks",
            Told::new("talks")
                .arg("n", 4)
                .arg("who", "Нурлан К.")
                .arg("text", "А на рост 178 какой брать?"),
            "message-circle",
            "accent",
            Some(sample::minutes_ago(47)),
            None,
            "/s/aru-home/messages",
        ),
        todo(
            "ntc_1",
            Told::new("access-ended").arg("shop", "Aru Home Астана"),
            "key-round",
            "bad",
            Some(sample::minutes_ago(14)),
            Some(sample::in_minutes(46)),
            "/settings/shops",
        ),
        todo(
            "ntc_2",
            Told::new("asks").arg("n", 3),
            "circle-help",
            "warn",
            Some(sample::minutes_ago(96)),
            None,
            "/s/aru-home/prices?view=asks",
        ),
        todo(
            "ntc_3",
            Told::new("at-floor").arg("n", 5),
            "trending-down",
            "warn",
            Some(sample::minutes_ago(209)),
            None,
            "/s/aru-home/prices?view=floor",
        ),
        todo(
            "ntc_4",
            Told::new("joined").arg("n", 2),
            "shield",
            "accent",
            Some(sample::minutes_ago(41)),
            None,
            "/s/aru-home/prices/guard",
        ),
        todo(
            "ntc_5",
            Told::new("no-limits").arg("n", 112),
            "move-vertical",
            "",
            None,
            None,
            "/s/aru-home/prices?view=no_limits",
        ),
        todo(
            "ntc_6",
            Told::new("parked").arg("n", 1),
            "unplug",
            "bad",
            Some(sample::minutes_ago(61)),
            None,
            "/automation/parked",
        ),
    ]
}

fn sample_feed() -> Vec<FeedLine> {
    let line = |minutes, title: &str, from, to, said, tone| FeedLine {
        at: sample::minutes_ago(minutes),
        title: title.to_owned(),
        href: "/s/aru-home/prices/off_1".to_owned(),
        from,
        to,
        said,
        tone,
    };
    let t = |price| Some(Tenge(price));
    vec![
        line(
            0,
            "Пуховик Aru Nord, 52 (XL), чёрный",
            t(38_990),
            t(38_740),
            Told::new("first-again"),
            "",
        ),
        line(
            3,
            "Чехол Tulpar для A55, прозрачный",
            t(2_490),
            t(2_470),
            Told::new("place").arg("place", 1),
            "",
        ),
        line(
            6,
            "Термокружка Tumar 0,5 л, зелёная",
            None,
            t(6_490),
            Told::new("on-floor").arg("place", 2),
            "warn",
        ),
        line(
            10,
            "Рюкзак Saiga 24 л, серый",
            t(17_650),
            t(17_900),
            Told::new("rival-left"),
            "",
        ),
        line(
            17,
            "Утюжок Aigerim Pro, розовый",
            t(15_490),
            t(15_190),
            Told::new("refused").arg("minutes", 4),
            "bad",
        ),
    ]
}

impl View for Today {
    const TEMPLATE: &'static str = "pages/today.html";
    fn samples() -> Vec<Sample<Self>> {
        let step = |word, is_done, minutes, done| SetupStep {
            word,
            is_done,
            href: format!("/s/aru-home/setup/{word}"),
            minutes,
            done,
        };
        let normal = Self {
            day: Some(sample_card(None)),
            setup: Vec::new(),
            todo: sample_todo(),
            snoozed: 2,
            off: Vec::new(),
            earned: Some(sample_earned()),
            bot: Some(sample_bot()),
            quality: sample_quality(),
            feed: sample_feed(),
            next_deadline: None,
        };
        let first_day = Self {
            day: None,
            setup: vec![
                step(
                    "connect",
                    true,
                    3,
                    Some(Told::new("connect").arg("shop", "Aru Home").arg("offers", 2_418)),
                ),
                step("limits", false, 5, None),
                step("rule", false, 2, None),
                step("on", false, 1, None),
            ],
            todo: Vec::new(),
            snoozed: 0,
            off: Vec::new(),
            earned: None,
            bot: None,
            quality: Vec::new(),
            feed: Vec::new(),
            next_deadline: None,
        };
        let quiet = Self {
            todo: Vec::new(),
            snoozed: 0,
            next_deadline: Some(sample::in_minutes(300)),
            ..normal.clone()
        };
        let silent = Self {
            bot: Some(BotFigures {
                is_silent: true,
                confirmed_at: Some(sample::minutes_ago(190)),
                ..sample_bot()
            }),
            ..normal.clone()
        };
        let put_off = Self {
            off: sample_todo()
                .into_iter()
                .skip(5)
                .zip([Some(sample::in_minutes(300)), None])
                .map(|(todo, until)| OffRow { todo, until })
                .collect(),
            ..normal.clone()
        };
        let packer = Self {
            bot: None,
            earned: None,
            quality: Vec::new(),
            feed: Vec::new(),
            todo: Vec::new(),
            ..normal.clone()
        };
        let normal_too = normal.clone();
        vec![
            Sample::new("normal", normal),
            Sample::new("first-day", first_day),
            Sample::new(
                "day-runs",
                Self {
                    day: Some(sample_card(Some(sample_panel("running")))),
                    ..normal_too
                },
            ),
            Sample::new("quiet", quiet),
            Sample::new("put-off", put_off),
            Sample::new("stale", silent).around(Around::Stale),
            Sample::new("packer", packer).around(Around::Packer),
        ]
    }
}
