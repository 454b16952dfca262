//! The day: a card before it, a panel while it goes, a page of one run with its log. Refuses to decide what may be done.

use super::{
    Around, Sample, View,
    parts::{Form, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A step as people see it; its name is `day-step-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct StepLine {
    pub word: &'static str,
    pub place: usize,
    /// `todo`, `now`, `fail`, `done`, `warn` or `skipped`.
    pub state: &'static str,
    pub began_at: Option<Timestamp>,
    /// Microseconds that it took, or takes so far.
    pub took: Option<i64>,
    /// Orders in it.
    pub total: i64,
    pub done: i64,
    pub trouble: i64,
    pub may_skip: bool,
    pub may_repeat: bool,
}

/// An order in a step; texts are `day-item-<state>` and `day-why-<why>`.
#[derive(Debug, Clone, Serialize)]
pub struct ItemLine {
    pub at: Timestamp,
    pub step: &'static str,
    pub code: String,
    /// `asked`, `done`, `trouble` or `left`.
    pub state: &'static str,
    pub why: Option<String>,
    /// The marketplace's own words.
    pub text: Option<String>,
}

/// What came of it.
#[derive(Debug, Clone, Serialize)]
pub struct ReportLine {
    pub orders: i64,
    /// Buyers that were asked about a size, and those who said which one to send.
    pub asked: i64,
    pub confirmed: i64,
    pub accepted: i64,
    pub assembled: i64,
    pub waybills: i64,
    pub troubled: i64,
    pub low: Vec<LowLine>,
}

/// An offer that runs low.
#[derive(Debug, Clone, Serialize)]
pub struct LowLine {
    pub title: String,
    pub sku: String,
    pub pieces: i64,
}

/// A run, in short.
#[derive(Debug, Clone, Serialize)]
pub struct RunLine {
    pub id: String,
    pub href: String,
    /// `running`, `paused`, `stopped`, `done` or `ended`.
    pub state: &'static str,
    pub started_at: Timestamp,
    pub ended_at: Option<Timestamp>,
    /// Microseconds.
    pub took: Option<i64>,
    /// Empty for the schedule.
    pub by: String,
    /// Text is `day-trouble-<word>`.
    pub trouble: Option<String>,
    pub report: Option<ReportLine>,
}

/// A run with its steps: the panel beside the list, and the upper part of its page.
#[derive(Debug, Clone, Serialize)]
pub struct DayPanel {
    pub run: RunLine,
    pub steps: Vec<StepLine>,
    /// The step under way or next, from 1; after the last when it is done.
    pub place: usize,
    /// Of 100.
    pub percent: i64,
    pub last: Vec<ItemLine>,
    /// Papers that were looked at and can be printed, also while buyers of other orders are asked.
    pub papers: i64,
    pub troubled: i64,
    /// Address of the panel alone.
    pub address: String,
    pub orders: String,
    /// Panel or page: where its forms lead back to.
    pub back: String,
    pub may_edit: bool,
}

/// The card on Today before the day is started.
#[derive(Debug, Clone, Serialize)]
pub struct DayCard {
    /// Orders that the day would take on.
    pub ready: i64,
    pub first_due: Option<Timestamp>,
    pub last: Option<RunLine>,
    /// The open run.
    pub open: Option<DayPanel>,
    pub base: String,
    pub may_edit: bool,
    /// Words of the steps that will be done.
    pub steps: Vec<&'static str>,
    /// Minute of the day at which it starts by itself, as `08:30`.
    pub starts_at: Option<String>,
}

/// The page of one run.
#[derive(Debug, Clone, Serialize)]
pub struct DayPage {
    pub panel: DayPanel,
    pub troubles: Vec<ItemLine>,
    /// Done, with something to say.
    pub remarks: Vec<ItemLine>,
    pub log: Vec<ItemLine>,
}

/// All runs, and how the day goes.
#[derive(Debug, Clone, Serialize)]
pub struct DaysPage {
    pub runs: Vec<RunLine>,
    pub has_key: bool,
    pub may_edit: bool,
    pub form: Form,
    /// Words of the steps that may be left out, and whether they are done.
    pub steps: Vec<(&'static str, bool)>,
    /// Numbers of the days of the week, and whether the day starts by itself on it.
    pub weekdays: Vec<(u32, bool)>,
}

pub(super) fn sample_run(state: &'static str) -> RunLine {
    RunLine {
        id: "day_1".to_owned(),
        href: "/s/aru-home/orders/runs/day_1".to_owned(),
        state,
        started_at: sample::minutes_ago(4),
        ended_at: (state == "done").then(|| sample::minutes_ago(1)),
        took: (state == "done").then_some(176_000_000),
        by: "Айгерим Жумабек".to_owned(),
        trouble: (state == "stopped").then(|| "bad-token".to_owned()),
        report: (state == "done").then(|| ReportLine {
            orders: 16,
            asked: 3,
            confirmed: 2,
            accepted: 14,
            assembled: 13,
            waybills: 13,
            troubled: 1,
            low: vec![LowLine {
                title: "Термокружка Tumar 0,5 л, зелёная".to_owned(),
                sku: "TMR-05-GRN".to_owned(),
                pieces: 1,
            }],
        }),
    }
}

fn item(seconds: i64, step: &'static str, state: &'static str, why: Option<&str>) -> ItemLine {
    ItemLine {
        at: sample::seconds_ago(seconds),
        step,
        code: format!("41280{}", 7_000 + seconds),
        state,
        why: why.map(str::to_owned),
        text: (why == Some("refused")).then(|| "Заказ уже отменён".to_owned()),
    }
}

pub(super) fn sample_panel(state: &'static str) -> DayPanel {
    const WORDS: [&str; 9] = [
        "fetch", "check", "accept", "assemble", "waybills", "papers", "stock", "statuses", "report",
    ];
    let at = match state {
        "done" => 10,
        "stopped" => 1,
        _ => 4,
    };
    let line = |(place, word): (usize, &'static str)| StepLine {
        word,
        place,
        state: match (place.cmp(&at), place) {
            (std::cmp::Ordering::Less, 3) => "warn",
            (std::cmp::Ordering::Less, 7) => "skipped",
            (std::cmp::Ordering::Less, _) => "done",
            (std::cmp::Ordering::Equal, _) if state == "stopped" => "fail",
            (std::cmp::Ordering::Equal, _) => "now",
            (std::cmp::Ordering::Greater, _) => "todo",
        },
        began_at: (place <= at).then(|| sample::seconds_ago(200)),
        took: (place < at).then_some(4_000_000),
        total: if (2..=6).contains(&place) { 14 } else { 0 },
        done: if place < at { 13 } else { 8 },
        trouble: i64::from(place == 3),
        may_skip: place == at,
        may_repeat: place < at && place > 2,
    };
    DayPanel {
        run: sample_run(state),
        steps: (1..).zip(WORDS).map(line).collect(),
        place: at.min(9),
        percent: if state == "done" { 100 } else { 38 },
        last: vec![
            item(2, "assemble", "done", None),
            item(4, "assemble", "asked", None),
            item(15, "accept", "trouble", Some("refused")),
        ],
        papers: if state == "done" { 13 } else { 0 },
        troubled: 1,
        address: "/s/aru-home/orders/day".to_owned(),
        orders: "/s/aru-home/orders".to_owned(),
        back: "/s/aru-home/orders".to_owned(),
        may_edit: true,
    }
}

pub(super) fn sample_card(open: Option<DayPanel>) -> DayCard {
    DayCard {
        ready: 14,
        first_due: Some(sample::in_minutes(199)),
        last: Some(sample_run("done")),
        open,
        base: "/s/aru-home".to_owned(),
        may_edit: true,
        steps: vec![
            "fetch", "check", "sizes", "accept", "assemble", "waybills", "papers", "stock", "statuses",
            "report",
        ],
        starts_at: Some("08:30".to_owned()),
    }
}

impl View for DayPage {
    const TEMPLATE: &'static str = "pages/day.html";
    fn samples() -> Vec<Sample<Self>> {
        let page = |state| {
            let panel = sample_panel(state);
            Self {
                troubles: vec![item(15, "accept", "trouble", Some("refused"))],
                remarks: vec![ItemLine {
                    text: Some("M → L".to_owned()),
                    ..item(20, "sizes", "done", Some("size-differs"))
                }],
                log: panel.last.clone(),
                panel: DayPanel {
                    back: panel.run.href.clone(),
                    ..panel
                },
            }
        };
        let quiet = Self {
            troubles: Vec::new(),
            remarks: Vec::new(),
            ..page("done")
        };
        vec![
            Sample::new("running", page("running")),
            Sample::new("paused", page("paused")),
            Sample::new("stopped", page("stopped")),
            Sample::new("done", page("done")),
            Sample::new("quiet", quiet),
            Sample::new("packer", {
                let mut page = page("running");
                page.panel.may_edit = false;
                page
            })
            .around(Around::Packer),
        ]
    }
}

impl View for DaysPage {
    const TEMPLATE: &'static str = "pages/days.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            runs: vec![sample_run("running"), sample_run("stopped"), sample_run("done")],
            has_key: true,
            may_edit: true,
            form: Form::of(&[("starts_at", "08:30"), ("low_stock", "2"), ("by_itself", "on")]),
            steps: vec![
                ("fetch", true),
                ("sizes", true),
                ("confirm", false),
                ("accept", true),
                ("assemble", true),
                ("waybills", true),
                ("papers", true),
                ("stock", false),
                ("statuses", true),
            ],
            weekdays: (1..=7).map(|day| (day, day < 7)).collect(),
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "empty",
                Self {
                    runs: Vec::new(),
                    has_key: false,
                    ..normal
                },
            ),
        ]
    }
}
