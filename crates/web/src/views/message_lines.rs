//! WhatsApp lines and their limits: how each stands, linking a phone, hours. Refuses to hold keys.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// One line; its state is `channel-state-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct LineCard {
    pub id: String,
    pub href: String,
    pub name: String,
    pub server: String,
    pub number: Option<String>,
    pub display_name: Option<String>,
    pub state: String,
    pub tone: &'static str,
    pub state_at: Timestamp,
    pub works: bool,
    /// A phone can be linked now.
    pub asks_phone: bool,
    /// Text of `err-channel-<word>`, and when.
    pub trouble: Option<(String, Timestamp)>,
    pub sent: u32,
    pub most: u32,
    pub waiting: i64,
    pub next_at: Option<Timestamp>,
    pub waits: Vec<&'static str>,
    pub risk: &'static str,
    pub dangers: Vec<&'static str>,
    /// Numbers of the first days, and whether it is today.
    pub warm_up: Vec<(u32, bool)>,
    /// This shop writes by it.
    pub is_ours: bool,
    /// How many shops do.
    pub shops: usize,
}

/// All lines, and the form of a new one.
#[derive(Debug, Clone, Serialize)]
pub struct LinesPage {
    pub base: String,
    pub lines: Vec<LineCard>,
    pub form: Form,
    pub may_edit: bool,
    pub asked: Option<(String, &'static str)>,
}

/// Linking a phone.
#[derive(Debug, Clone, Serialize)]
pub struct LinkPage {
    pub base: String,
    pub line: LineCard,
    /// The picture of the QR.
    pub picture: Option<String>,
    pub turn: u32,
    pub seconds_left: i64,
    pub is_last: bool,
}

/// Hours, numbers and quiet days.
#[derive(Debug, Clone, Serialize)]
pub struct LimitsPage {
    pub base: String,
    pub form: Form,
    pub weekdays: Vec<(u32, bool)>,
    pub may_edit: bool,
    pub line: Option<LineCard>,
}

fn sample_line(state: &str) -> LineCard {
    LineCard {
        id: "lin_1".to_owned(),
        href: "/s/aru-home/messages/whatsapp/lin_1".to_owned(),
        name: "aru".to_owned(),
        server: "http://whatsapp:3000".to_owned(),
        number: Some("+7700•••0001".to_owned()),
        display_name: Some("Aru Home".to_owned()),
        state: state.to_owned(),
        tone: if state == "working" { "ok" } else { "bad" },
        state_at: sample::minutes_ago(90),
        works: state == "working",
        asks_phone: state == "awaits_scan",
        trouble: (state == "failed").then(|| ("no-connection".to_owned(), sample::minutes_ago(4))),
        sent: 4,
        most: 12,
        waiting: 3,
        next_at: Some(sample::in_minutes(1)),
        waits: vec!["gap"],
        risk: "medium",
        dangers: vec!["new-number"],
        warm_up: [5, 8, 12, 16, 20]
            .into_iter()
            .map(|most| (most, most == 12))
            .collect(),
        is_ours: true,
        shops: 1,
    }
}

impl View for LinesPage {
    const TEMPLATE: &'static str = "pages/whatsapp.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            lines: vec![sample_line("working"), {
                let mut line = sample_line("failed");
                line.id = "lin_2".to_owned();
                line.is_ours = false;
                line
            }],
            form: Form::of(&[("name", "aru-home")]),
            may_edit: true,
            asked: None,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "empty",
                Self {
                    lines: Vec::new(),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "asked",
                Self {
                    asked: Some(("lin_1".to_owned(), "remove")),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "reader",
                Self {
                    may_edit: false,
                    ..normal.clone()
                },
            )
            .around(Around::Packer),
        ]
    }
}

impl View for LinkPage {
    const TEMPLATE: &'static str = "pages/whatsapp_link.html";
    fn samples() -> Vec<Sample<Self>> {
        let waits = Self {
            base: "/s/aru-home/messages".to_owned(),
            line: sample_line("awaits_scan"),
            picture: Some("<svg viewBox=\"0 0 8 8\"><path d=\"M0 0h4v4H0z\"/></svg>".to_owned()),
            turn: 2,
            seconds_left: 14,
            is_last: false,
        };
        let without = |state| Self {
            line: sample_line(state),
            picture: None,
            ..waits.clone()
        };
        vec![
            Sample::new("qr", waits.clone()),
            Sample::new(
                "last",
                Self {
                    turn: 6,
                    is_last: true,
                    ..waits.clone()
                },
            ),
            Sample::new("starting", without("starting")),
            Sample::new("failed", without("failed")),
            Sample::new("works", without("working")),
        ]
    }
}

impl View for LimitsPage {
    const TEMPLATE: &'static str = "pages/message_limits.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            base: "/s/aru-home/messages".to_owned(),
            form: Form::of(&[
                ("from", "09:00"),
                ("until", "21:00"),
                ("per_day", "100"),
                ("gap", "30"),
                ("jitter", "20"),
                ("warm_up", "on"),
            ]),
            weekdays: (1..=7).map(|day| (day, day == 7)).collect(),
            may_edit: true,
            line: Some(sample_line("working")),
        };
        let night = Told::new("limits-night")
            .arg("from", "07:00")
            .arg("until", "23:00");
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "no_line",
                Self {
                    line: None,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "refused",
                Self {
                    form: normal.form.clone().refuse("from", night),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "reader",
                Self {
                    may_edit: false,
                    ..normal.clone()
                },
            )
            .around(Around::Packer),
        ]
    }
}
