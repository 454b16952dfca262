//! Reports that are made by themselves: the list with its form, and one that was made. Refuses to compute.

use super::{
    Sample, View,
    parts::{Form, Pager, State, Tab, Told, sample},
};
use crate::charts::Bar;
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A recipient in words: the text is `report-to-<word>`.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ToLine {
    /// `screen`, `telegram`, `mail`, `chat`, `group`, `address`.
    pub word: &'static str,
    /// Who, when it is not everybody.
    pub who: String,
}

/// A report that is made by itself.
#[derive(Debug, Clone, Serialize)]
pub struct PlanLine {
    pub id: String,
    pub name: String,
    /// Its name is `report-kind-<word>`.
    pub kind: &'static str,
    pub shop: Option<String>,
    /// Text is `report-when-<word>`.
    pub when: Told,
    pub to: Vec<ToLine>,
    pub is_on: bool,
    pub from_file: bool,
    pub next_at: Timestamp,
    pub last_at: Option<Timestamp>,
}

/// One that was made.
#[derive(Debug, Clone, Serialize)]
pub struct MadeLine {
    pub id: String,
    pub name: String,
    pub kind: &'static str,
    pub shop: Option<String>,
    pub at: Timestamp,
    /// Its name is `report-state-<word>`.
    pub state: State,
    /// Who wanted it now; empty when its time came.
    pub by: String,
    /// Recipients that got nothing.
    pub unsent: i64,
}

/// A box of the form: somebody who can get it.
#[derive(Debug, Clone, Serialize)]
pub struct Choice {
    /// What the form sends, such as `telegram:1111111`.
    pub value: String,
    pub to: ToLine,
    pub is_on: bool,
    /// Letters go to confirmed addresses only.
    pub is_confirmed: bool,
}

/// The form of a report.
#[derive(Debug, Clone, Serialize, Default)]
pub struct PlanForm {
    /// Where it is sent; the id of what is changed, when something is.
    pub plan: Option<String>,
    pub form: Form,
    /// Id and name.
    pub shops: Vec<(String, String)>,
    pub choices: Vec<Choice>,
    pub sends_mail: bool,
}

/// The page of reports.
#[derive(Debug, Clone, Serialize)]
pub struct ReportsPage {
    pub plans: Vec<PlanLine>,
    pub made: Vec<MadeLine>,
    /// Filters by kind.
    pub kinds: Vec<Tab>,
    pub is_filtered: bool,
    pub pager: Pager,
    pub edit: PlanForm,
    pub may_edit: bool,
}

/// A bar beside its name.
#[derive(Debug, Clone, Serialize)]
pub struct NamedBar {
    pub label: String,
    pub value: String,
    /// Of the longest, percent.
    pub share: i32,
    pub is_loss: bool,
    /// Value and percent.
    pub before: Option<(String, i32)>,
    /// Where it lies most likely.
    pub range: Option<String>,
}

/// A part of a report.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "part", rename_all = "snake_case")]
pub enum Block {
    Say {
        text: String,
    },
    /// Name, value, the same before.
    Facts {
        rows: Vec<(String, String, Option<String>)>,
    },
    Table {
        title: String,
        columns: Vec<(String, bool)>,
        rows: Vec<Vec<String>>,
        more: Option<String>,
    },
    Named {
        title: String,
        bars: Vec<NamedBar>,
    },
    InTime {
        title: String,
        bars: Vec<Bar>,
        /// Day and value.
        rows: Vec<(String, String)>,
    },
}

/// Where a report went.
#[derive(Debug, Clone, Serialize)]
pub struct SentLine {
    pub to: ToLine,
    pub at: Option<Timestamp>,
    /// Its name is `team-post-<word>`.
    pub state: State,
    /// Why it did not arrive; the text is `team-trouble-<word>`.
    pub trouble: Option<&'static str>,
}

/// One report that was made.
#[derive(Debug, Clone, Serialize)]
pub struct ReportPage {
    pub id: String,
    pub title: String,
    pub subtitle: String,
    pub head: String,
    pub state: State,
    pub at: Timestamp,
    pub by: String,
    pub job: Option<String>,
    pub blocks: Vec<Block>,
    pub sent: Vec<SentLine>,
    /// Who got nothing, and the word of why: `report-unsent-<word>`.
    pub unsent: Vec<(ToLine, String)>,
    /// It draws something.
    pub has_picture: bool,
}

fn sample_plan(id: &str, name: &str, kind: &'static str, is_on: bool, from_file: bool) -> PlanLine {
    PlanLine {
        id: id.to_owned(),
        name: name.to_owned(),
        kind,
        shop: (kind == "profit").then(|| "Aru Home".to_owned()),
        when: Told::new("weekly").arg("weekday", "1").arg("at", "9:00"),
        to: vec![
            ToLine {
                word: "screen",
                who: String::new(),
            },
            ToLine {
                word: "chat",
                who: "Айгерим Жумабек".to_owned(),
            },
        ],
        is_on,
        from_file,
        next_at: sample::in_minutes(900),
        last_at: (kind == "profit").then(|| sample::days_ago(6)),
    }
}

fn sample_made(id: &str, state: &'static str, tone: &'static str) -> MadeLine {
    MadeLine {
        id: id.to_owned(),
        name: "Прибыль за неделю".to_owned(),
        kind: "profit",
        shop: None,
        at: sample::minutes_ago(70),
        state: State::new(state, tone),
        by: if state == "making" {
            "Айгерим Жумабек"
        } else {
            ""
        }
        .to_owned(),
        unsent: i64::from(state == "made"),
    }
}

fn sample_form() -> PlanForm {
    let choice = |value: &str, word, who: &str, is_on, is_confirmed| Choice {
        value: value.to_owned(),
        to: ToLine {
            word,
            who: who.to_owned(),
        },
        is_on,
        is_confirmed,
    };
    PlanForm {
        plan: None,
        form: Form::of(&[
            ("kind", "reorder"),
            ("frequency", "weekly"),
            ("weekday", "1"),
            ("day", "1"),
            ("time", "9:00"),
            ("language", "ru"),
            ("pictures", "on"),
        ]),
        shops: vec![("shp_1".to_owned(), "Aru Home".to_owned())],
        choices: vec![
            choice("screen", "screen", "", true, true),
            choice("telegram", "telegram", "", false, true),
            choice("telegram:1111111", "chat", "Айгерим Жумабек", true, true),
            choice("telegram:-100200", "group", "Айгерим Жумабек", false, true),
            choice("mail", "mail", "", false, true),
            choice("mail:aru@mail.kz", "address", "aru@mail.kz", false, false),
        ],
        sends_mail: true,
    }
}

/// Filters of reports by kind.
pub fn kinds(base: &str, on: &str) -> Vec<Tab> {
    ["", "reorder", "forecast", "profit", "market", "errors"]
        .into_iter()
        .map(|word| Tab {
            word: if word.is_empty() { "all" } else { word }.to_owned(),
            href: format!("{base}/automation/reports?kind={word}#made"),
            count: None,
            tone: "",
            is_on: word == on,
        })
        .collect()
}

impl View for ReportsPage {
    const TEMPLATE: &'static str = "pages/automation_reports.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            plans: vec![
                sample_plan("1", "Что заказать", "reorder", true, false),
                sample_plan("2", "Прибыль за неделю", "profit", true, true),
                sample_plan("3", "Рынок", "market", false, false),
            ],
            made: vec![
                sample_made("1", "making", "warn"),
                sample_made("2", "made", "ok"),
                sample_made("3", "failed", "bad"),
            ],
            kinds: kinds("/s/aru-home", ""),
            is_filtered: false,
            pager: Pager {
                next: Some("/s/aru-home/automation/reports?before=rep_1".to_owned()),
                ..Pager::default()
            },
            edit: sample_form(),
            may_edit: true,
        };
        let wrong = Self {
            edit: PlanForm {
                plan: Some("1".to_owned()),
                form: sample_form()
                    .form
                    .refuse("name", Told::new("report-name").arg("value", ""))
                    .refuse("recipients", Told::new("report-recipients").arg("value", "")),
                sends_mail: false,
                ..sample_form()
            },
            ..normal.clone()
        };
        let empty = Self {
            plans: Vec::new(),
            made: Vec::new(),
            pager: Pager::default(),
            ..normal.clone()
        };
        let none = Self {
            made: Vec::new(),
            is_filtered: true,
            kinds: kinds("/s/aru-home", "errors"),
            pager: Pager::default(),
            may_edit: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("wrong", wrong),
            Sample::new("nothing-yet", empty),
            Sample::new("nothing-found", none),
        ]
    }
}

impl View for ReportPage {
    const TEMPLATE: &'static str = "pages/automation_report.html";
    fn samples() -> Vec<Sample<Self>> {
        let bars = crate::charts::bars(&[
            ("16.11".to_owned(), 12_000),
            ("17.11".to_owned(), 18_500),
            ("18.11".to_owned(), 9_400),
        ]);
        let to = ToLine {
            word: "chat",
            who: "Айгерим Жумабек".to_owned(),
        };
        let made = Self {
            id: "rep_1".to_owned(),
            title: "Прибыль за неделю".to_owned(),
            subtitle: "Прибыль · Все магазины · 16–22 ноября".to_owned(),
            head: "Чистыми 412 300 ₸, неделей раньше 380 100 ₸".to_owned(),
            state: State::new("made", "ok"),
            at: sample::minutes_ago(70),
            by: String::new(),
            job: Some("job_1".to_owned()),
            blocks: vec![
                Block::Facts {
                    rows: vec![(
                        "Выручка".to_owned(),
                        "2 140 000 ₸".to_owned(),
                        Some("1 980 000 ₸".to_owned()),
                    )],
                },
                Block::InTime {
                    title: "Прибыль по дням".to_owned(),
                    rows: vec![("16.11".to_owned(), "12 000 ₸".to_owned())],
                    bars,
                },
                Block::Named {
                    title: "Запас, дней".to_owned(),
                    bars: vec![
                        NamedBar {
                            label: "Пуховик Nord Down".to_owned(),
                            value: "12".to_owned(),
                            share: 100,
                            is_loss: false,
                            before: Some(("9".to_owned(), 75)),
                            range: Some("8–17".to_owned()),
                        },
                        NamedBar {
                            label: "Кружка Tumar".to_owned(),
                            value: "−3".to_owned(),
                            share: 25,
                            is_loss: true,
                            before: None,
                            range: None,
                        },
                    ],
                },
                Block::Table {
                    title: "Лучшие товары".to_owned(),
                    columns: vec![("Товар".to_owned(), false), ("Прибыль".to_owned(), true)],
                    rows: vec![vec!["Пуховик Nord Down".to_owned(), "84 200 ₸".to_owned()]],
                    more: Some("и ещё 12".to_owned()),
                },
                Block::Say {
                    text: "У 3 товаров нет себестоимости".to_owned(),
                },
            ],
            sent: vec![
                SentLine {
                    to: to.clone(),
                    at: Some(sample::minutes_ago(69)),
                    state: State::new("sent", "ok"),
                    trouble: None,
                },
                SentLine {
                    to: ToLine {
                        word: "address",
                        who: "aru@mail.kz".to_owned(),
                    },
                    at: None,
                    state: State::new("failed", "bad"),
                    trouble: Some("unconfirmed"),
                },
            ],
            unsent: vec![(to, "unlinked".to_owned())],
            has_picture: true,
        };
        let bare = |state, tone| Self {
            state: State::new(state, tone),
            by: "Айгерим Жумабек".to_owned(),
            blocks: Vec::new(),
            sent: Vec::new(),
            unsent: Vec::new(),
            has_picture: false,
            ..made.clone()
        };
        vec![
            Sample::new("making", bare("making", "warn")),
            Sample::new("failed", bare("failed", "bad")),
            Sample::new("made", made),
        ]
    }
}
