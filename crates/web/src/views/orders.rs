//! Orders: the list with what is due, in rows or as a board. Refuses to decide what is possible: the
//! service does.

use super::{
    Around, Sample, View,
    day::{DayPanel, sample_panel},
    fit::{FitMark, sample_mark},
    parts::{Goods, Pager, State, Tab, sample},
    prices::Chip,
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// Something asked for that is under way.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Pending {
    /// Word of the act.
    pub act: &'static str,
    /// `recorded`, `sending`, `taken` or `unclear`.
    pub state: &'static str,
}

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct OrderRow {
    pub code: String,
    pub href: String,
    pub due_at: Option<Timestamp>,
    /// `bad` within the hour, `warn` within four.
    pub due_tone: &'static str,
    pub created_at: Timestamp,
    pub buyer: String,
    pub town: String,
    /// `pickup`, `own`, `kaspi`, `express`, `postomat`.
    pub way: &'static str,
    /// The first line; nothing while the marketplace has not said what was bought.
    pub goods: Option<Goods>,
    pub quantity: i64,
    /// Other lines.
    pub more: i64,
    /// Absent for those without the right to see money.
    pub total: Option<Money>,
    pub stage: State,
    /// The act that moves it on by one press.
    pub next: Option<&'static str>,
    pub pending: Option<Pending>,
    /// The size advice of the first line that has one.
    pub fit: Option<FitMark>,
    /// What came of asking the buyer about the size: `asked`, `kept`, `changed`, `measured`, `silent` or `odd`.
    pub asked: Option<&'static str>,
}

/// A column of the board.
#[derive(Debug, Clone, Serialize)]
pub struct BoardColumn {
    /// Word of the view.
    pub view: &'static str,
    /// The same as a list.
    pub href: String,
    pub count: i64,
    /// Those that the column does not show.
    pub more: i64,
    pub rows: Vec<OrderRow>,
}

/// Why there are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum OrdersEmpty {
    /// The shop has no key: nothing can be read.
    NoKey,
    /// The first reading goes on.
    Reading,
    /// The search finds nothing.
    NotFound,
    /// Nothing stands here, and that is good.
    Nothing,
}

/// How the reading goes.
#[derive(Debug, Clone, PartialEq, Serialize)]
pub struct ReadingLine {
    pub read_at: Option<Timestamp>,
    /// Word of the trouble.
    pub trouble: Option<String>,
    pub since: Option<Timestamp>,
    /// How much of the year of history is read, percent; nothing once it is whole.
    pub history: Option<i64>,
}

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct OrderList {
    /// The run of the day that goes or has just been.
    pub day: Option<DayPanel>,
    pub tabs: Vec<Tab>,
    pub view: &'static str,
    pub query: String,
    pub chips: Vec<Chip>,
    /// What the search keeps of the address.
    pub kept: Vec<(String, String)>,
    /// Rows instead of the board, or the board instead of rows.
    pub other_look: String,
    /// Columns of the board; none in the list.
    pub columns: Vec<BoardColumn>,
    pub rows: Vec<OrderRow>,
    pub empty: Option<OrdersEmpty>,
    pub pager: Pager,
    /// Orders that are not over.
    pub open: i64,
    pub reading: Option<ReadingLine>,
    /// Acts that many can be asked for here.
    pub bulk: Vec<&'static str>,
    /// Address of the list.
    pub base: String,
    /// Numbers of rows with something under way, joined by dots.
    pub waiting: String,
    /// The shop has a key: without one nothing new is read.
    pub has_key: bool,
    /// Asks whether there is something new.
    pub news: String,
    pub export_query: String,
    pub may_edit: bool,
    pub may_connect: bool,
    pub sees_money: bool,
}

pub(super) fn row(
    code: &str,
    minutes: i64,
    buyer: &str,
    title: &str,
    stage: (&str, &'static str),
    next: Option<&'static str>,
) -> OrderRow {
    OrderRow {
        code: code.to_owned(),
        href: format!("/s/aru-home/orders/{code}"),
        due_at: Some(sample::in_minutes(minutes)),
        due_tone: match minutes {
            ..60 => "bad",
            60..240 => "warn",
            _ => "",
        },
        created_at: sample::minutes_ago(130),
        buyer: buyer.to_owned(),
        town: "Алматы".to_owned(),
        way: "kaspi",
        goods: Some(Goods::new("off_1", title, "ARN-52-BLK")),
        quantity: 1,
        more: 0,
        total: Some(Money::from_tiyn(3_874_000)),
        stage: State::new(stage.0, stage.1),
        next,
        pending: None,
        fit: None,
        asked: None,
    }
}

fn rows() -> Vec<OrderRow> {
    let mut rows = vec![
        row(
            "412806455",
            49,
            "Асель Т.",
            "Пуховик Aru Nord, 52 (XL), чёрный",
            ("new", "warn"),
            Some("accept"),
        ),
        row(
            "412806502",
            49,
            "Бекзат О.",
            "Кроссовки Qadam Lite, 41, белые",
            ("new", "warn"),
            Some("accept"),
        ),
        row(
            "412807133",
            199,
            "Гульнара Ж.",
            "Термокружка Tumar 0,5 л, зелёная",
            ("pack", ""),
            Some("assemble"),
        ),
        row(
            "412807266",
            420,
            "Самат Е.",
            "Чайник Samal 1,7 л, стекло",
            ("hand_over", ""),
            None,
        ),
        row(
            "412807301",
            1_500,
            "Алия Н.",
            "Настольная лампа Juldyz LED",
            ("pickup", ""),
            Some("send_code"),
        ),
    ];
    if let Some(row) = rows.get_mut(1) {
        row.pending = Some(Pending {
            act: "accept",
            state: "sending",
        });
    }
    for (row, (differs, asked)) in rows.iter_mut().zip([(true, "changed"), (false, "kept")]) {
        row.fit = Some(sample_mark(differs));
        row.asked = Some(asked);
    }
    if let Some(row) = rows.get_mut(2) {
        row.quantity = 2;
        row.more = 1;
    }
    if let Some(row) = rows.get_mut(4) {
        row.due_at = None;
        row.way = "pickup";
        row.goods = None;
    }
    rows
}

impl View for OrderList {
    const TEMPLATE: &'static str = "pages/orders.html";
    fn samples() -> Vec<Sample<Self>> {
        let tab = |word: &str, count, tone| Tab {
            word: word.to_owned(),
            href: format!("/s/aru-home/orders?view={word}"),
            count: Some(count),
            tone,
            is_on: word == "open",
        };
        let normal = Self {
            day: None,
            tabs: vec![
                tab("open", 44, ""),
                tab("new", 14, "warn"),
                tab("pack", 8, ""),
                tab("hand_over", 22, ""),
                tab("on_way", 61, ""),
                tab("own", 3, ""),
                tab("back", 3, "bad"),
                tab("done", 1_284, ""),
                tab("cancelled", 9, ""),
            ],
            view: "open",
            query: String::new(),
            chips: vec![Chip {
                word: "way",
                value: None,
                drop: None,
                choices: vec![("Kaspi".to_owned(), "?way=kaspi".to_owned())],
            }],
            kept: vec![("view".to_owned(), "open".to_owned())],
            other_look: "?look=board".to_owned(),
            columns: Vec::new(),
            rows: rows(),
            empty: None,
            pager: Pager {
                from: 1,
                to: 5,
                of: 44,
                back: None,
                next: Some("?after=x".to_owned()),
            },
            open: 44,
            reading: Some(ReadingLine {
                read_at: Some(sample::seconds_ago(50)),
                trouble: None,
                since: None,
                history: None,
            }),
            bulk: vec!["accept", "assemble"],
            base: "/s/aru-home/orders".to_owned(),
            waiting: "412806502".to_owned(),
            has_key: true,
            news: "/s/aru-home/orders/news?came_after=1".to_owned(),
            export_query: "view=open".to_owned(),
            may_edit: true,
            may_connect: true,
            sees_money: true,
        };
        let column = |view, rows: Vec<OrderRow>, more| BoardColumn {
            view,
            href: format!("?view={view}"),
            count: i64::try_from(rows.len()).unwrap_or(0) + more,
            more,
            rows,
        };
        let board = Self {
            columns: vec![
                column("new", rows().into_iter().take(2).collect(), 9),
                column("pack", rows().into_iter().skip(2).take(1).collect(), 0),
                column("hand_over", Vec::new(), 0),
                column("on_way", rows().into_iter().skip(3).collect(), 60),
            ],
            rows: Vec::new(),
            waiting: String::new(),
            ..normal.clone()
        };
        let with_day = |state| Self {
            day: Some(sample_panel(state)),
            ..normal.clone()
        };
        let empty = |empty| Self {
            rows: Vec::new(),
            empty: Some(empty),
            pager: Pager::default(),
            ..normal.clone()
        };
        let trouble = Self {
            reading: Some(ReadingLine {
                read_at: Some(sample::minutes_ago(70)),
                trouble: Some("bad_token".to_owned()),
                since: Some(sample::minutes_ago(68)),
                history: None,
            }),
            ..normal.clone()
        };
        let history = Self {
            reading: Some(ReadingLine {
                read_at: Some(sample::seconds_ago(20)),
                trouble: None,
                since: None,
                history: Some(38),
            }),
            ..normal.clone()
        };
        let packer = Self {
            rows: rows()
                .into_iter()
                .map(|row| OrderRow { total: None, ..row })
                .collect(),
            may_connect: false,
            sees_money: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("board", board),
            Sample::new("day-runs", with_day("running")),
            Sample::new("day-stopped", with_day("stopped")),
            Sample::new("day-done", with_day("done")),
            Sample::new("no-key", empty(OrdersEmpty::NoKey)),
            Sample::new("reading", empty(OrdersEmpty::Reading)),
            Sample::new(
                "not-found",
                Self {
                    query: "самовар".to_owned(),
                    ..empty(OrdersEmpty::NotFound)
                },
            ),
            Sample::new("nothing", empty(OrdersEmpty::Nothing)),
            Sample::new("trouble", trouble),
            Sample::new("history", history),
            Sample::new(
                "key-gone",
                Self {
                    has_key: false,
                    reading: None,
                    ..normal.clone()
                },
            ),
            Sample::new("packer", packer).around(Around::Packer),
        ]
    }
}
