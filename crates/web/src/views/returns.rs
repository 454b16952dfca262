//! What buyers send back: where each parcel is, until when, why, and what was done with it. Refuses to decide a return: that is done
//! in the cabinet.

use super::{
    Around, Sample, View,
    parts::{Pager, Tab, sample},
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// One return.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnRow {
    pub id: String,
    pub number: String,
    /// Number and page of the order; nothing when the marketplace did not tell it.
    pub order: Option<(String, String)>,
    /// Name of the thing, or its article.
    pub goods: Option<String>,
    pub sku: Option<String>,
    pub quantity: Option<i64>,
    pub buyer: Option<String>,
    /// Absent for those without the right to see money.
    pub sum: Option<Money>,
    pub reason: Option<String>,
    pub comment: Option<String>,
    /// `new`, `on_delivery`, `waiting_decision`, `dispute` or `closed`.
    pub tab: &'static str,
    /// How it stands, in the marketplace's words.
    pub state: Option<String>,
    pub until_at: Option<Timestamp>,
    /// `bad` within a day or past, `warn` within three.
    pub until_tone: &'static str,
    /// `none`, `collected`, `stocked`, `written_off` or `disputed`.
    pub mark: &'static str,
    pub marked_by: String,
    pub marked_at: Option<Timestamp>,
    /// In what condition the goods are: `intact`, `opened`, `worn` or `damaged`; nothing before somebody looked.
    pub condition: Option<&'static str>,
    /// Those words while somebody has the goods.
    pub conditions: Vec<&'static str>,
    /// Addresses of the buyer's pictures.
    pub pictures: Vec<String>,
    /// What may be said of it now.
    pub next: Vec<&'static str>,
    pub track_url: Option<String>,
}

/// Why there are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum ReturnsEmpty {
    /// The shop has no cabinet.
    NoAccess,
    /// The first reading goes on.
    Reading,
    NotFound,
    Nothing,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct ReturnsPage {
    pub tabs: Vec<Tab>,
    pub view: &'static str,
    pub query: String,
    pub rows: Vec<ReturnRow>,
    pub empty: Option<ReturnsEmpty>,
    pub pager: Pager,
    pub read_at: Option<Timestamp>,
    /// Word of why the last reading failed.
    pub trouble: Option<String>,
    pub export_query: String,
    pub may_edit: bool,
}

impl View for ReturnsPage {
    const TEMPLATE: &'static str = "pages/returns.html";
    fn samples() -> Vec<Sample<Self>> {
        use sauda_orders::model::{Condition, ReturnMark as Mark, ReturnView};
        let at = sample::NOW;
        let row = |number: &str, tab, mark: Mark, days: i64| ReturnRow {
            id: format!("rtn_{number}"),
            number: number.to_owned(),
            order: Some(("412806377".to_owned(), "/s/aru-home/orders/412806377".to_owned())),
            goods: Some("Пуховик Aru Nord, чёрный, XL".to_owned()),
            sku: Some("ARN-52-BLK".to_owned()),
            quantity: Some(1),
            buyer: Some("Айгерим П.".to_owned()),
            sum: Some(Money::from_tiyn(3_874_000)),
            reason: Some("Не подошёл размер".to_owned()),
            comment: Some("Оказался мал в плечах".to_owned()),
            tab,
            state: Some("Ожидает решения продавца".to_owned()),
            until_at: Some(at.plus(sauda_kernel::Span::from_days(days))),
            until_tone: if days < 1 { "bad" } else { "warn" },
            mark: mark.word(),
            marked_by: "Данияр".to_owned(),
            marked_at: Some(at),
            condition: (mark == Mark::Stocked).then_some("opened"),
            conditions: match mark {
                Mark::None => Vec::new(),
                _ => Condition::ALL.map(Condition::word).to_vec(),
            },
            pictures: vec!["https://example.kz/1.jpg".to_owned()],
            next: mark.next().iter().map(|mark| mark.word()).collect(),
            track_url: None,
        };
        let tab = |view: ReturnView, count| Tab {
            word: view.word().to_owned(),
            href: format!("/s/aru-home/orders/returns?view={}", view.word()),
            count: Some(count),
            tone: if view == ReturnView::Todo { "warn" } else { "" },
            is_on: view == ReturnView::Todo,
        };
        let normal = Self {
            tabs: ReturnView::ALL.iter().map(|view| tab(*view, 2)).collect(),
            view: "todo",
            query: String::new(),
            rows: vec![
                row("4000012", "waiting_decision", Mark::None, 0),
                row("4000015", "dispute", Mark::Collected, 2),
                row("4000016", "closed", Mark::Stocked, 3),
            ],
            empty: None,
            pager: Pager {
                from: 1,
                to: 2,
                of: 2,
                back: None,
                next: None,
            },
            read_at: Some(at),
            trouble: None,
            export_query: "view=todo".to_owned(),
            may_edit: true,
        };
        let without = |empty| Self {
            rows: Vec::new(),
            empty: Some(empty),
            ..normal.clone()
        };
        let plain = ReturnRow {
            order: None,
            goods: None,
            sku: None,
            quantity: None,
            buyer: None,
            sum: None,
            reason: None,
            comment: None,
            state: None,
            until_at: None,
            marked_at: None,
            marked_by: String::new(),
            ..row("4000018", "new", Mark::Stocked, 3)
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "little told",
                Self {
                    rows: vec![plain],
                    trouble: Some("session_ended".to_owned()),
                    ..normal.clone()
                },
            ),
            Sample::new("nothing", without(ReturnsEmpty::Nothing)),
            Sample::new("no access", without(ReturnsEmpty::NoAccess)),
            Sample::new("reading", without(ReturnsEmpty::Reading)),
            Sample::new(
                "not found",
                Self {
                    query: "куртка".to_owned(),
                    ..without(ReturnsEmpty::NotFound)
                },
            ),
            Sample {
                name: "packer",
                view: Self {
                    may_edit: false,
                    ..normal
                },
                around: Around::Packer,
            },
        ]
    }
}
