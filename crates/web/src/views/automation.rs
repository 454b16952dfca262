//! Automation: jobs and schedules, the queue, runs, budgets, proxies, health. Refuses to run anything.

use super::{
    Around, Sample, View,
    parts::{Form, Pager, State, Told, sample},
};
use sauda_kernel::{Span, Timestamp};
use serde::Serialize;

/// A scheduled job; its name is `job-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct ScheduleLine {
    pub id: String,
    pub word: String,
    /// Text is `schedule-<word>`, such as `every` with minutes and hours.
    pub when: Told,
    pub next_at: Option<Timestamp>,
    pub last_at: Option<Timestamp>,
    pub last_run: Option<String>,
    pub state: State,
    pub usual: Option<Span>,
    pub is_on: bool,
}

/// A run; `state` is `done`, `running`, `stuck`, `failed`, `waiting`, `parked`.
#[derive(Debug, Clone, Serialize)]
pub struct RunLine {
    pub id: String,
    pub job: String,
    pub word: String,
    pub shop: Option<String>,
    pub at: Timestamp,
    pub took: Option<Span>,
    pub state: State,
    pub attempt: i64,
    pub attempts: i64,
    pub said: Option<String>,
}

/// Something that runs by itself in this shop; its name is `auto-<word>`, its state `auto-state-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct AutoLine {
    pub word: &'static str,
    pub state: State,
    pub last_at: Option<Timestamp>,
    pub next_at: Option<Timestamp>,
    /// Where it is looked at and set.
    pub href: String,
    /// The schedule that is switched here; nothing where its own page does that.
    pub schedule: Option<String>,
    pub is_on: bool,
}

/// Jobs and the newest runs.
#[derive(Debug, Clone, Serialize)]
pub struct Jobs {
    pub autos: Vec<AutoLine>,
    pub schedules: Vec<ScheduleLine>,
    pub runs: Vec<RunLine>,
    /// Search and state.
    pub filter: Form,
    /// Words of states: names are `run-<word>`.
    pub states: Vec<&'static str>,
    pub is_filtered: bool,
    pub pager: Pager,
    pub waiting: i64,
    pub oldest: Option<Span>,
    pub parked: i64,
    pub may_edit: bool,
}

fn schedule(id: &str, word: &str, when: Told, next: i64, tone: &'static str, state: &str) -> ScheduleLine {
    ScheduleLine {
        id: id.to_owned(),
        word: word.to_owned(),
        when,
        next_at: Some(sample::in_minutes(next)),
        last_at: Some(sample::minutes_ago(2)),
        last_run: Some("run_1".to_owned()),
        state: State::new(state, tone),
        usual: Some(Span::from_secs(14)),
        is_on: state != "paused",
    }
}

fn run(id: &str, word: &str, minutes: i64, state: &str, tone: &'static str, said: Option<&str>) -> RunLine {
    RunLine {
        id: id.to_owned(),
        job: "job_1".to_owned(),
        word: word.to_owned(),
        shop: Some("Aru Home".to_owned()),
        at: sample::minutes_ago(minutes),
        took: (state != "running").then_some(Span::from_millis(2_400)),
        state: State::new(state, tone),
        attempt: 1,
        attempts: 5,
        said: said.map(str::to_owned),
    }
}

impl View for Jobs {
    const TEMPLATE: &'static str = "pages/jobs.html";
    fn samples() -> Vec<Sample<Self>> {
        let auto = |word, state: &str, tone, schedule: Option<&str>| AutoLine {
            word,
            state: State::new(state, tone),
            last_at: (word != "day").then(|| sample::minutes_ago(12)),
            next_at: (state == "on").then(|| sample::in_minutes(18)),
            href: "/s/aru-home/orders".to_owned(),
            schedule: schedule.map(str::to_owned),
            is_on: state == "on",
        };
        let normal = Self {
            autos: vec![
                auto("orders", "trouble", "bad", None),
                auto("day", "by-hand", "off", None),
                auto("prices", "watching", "off", None),
                auto("feed", "dry", "accent", None),
                auto("market", "on", "ok", Some("market:mer_1")),
                auto("reviews", "paused", "warn", Some("market-reviews:mer_1")),
                auto("reports", "off", "off", None),
            ],
            schedules: vec![
                schedule(
                    "sch_1",
                    "catalog.sync",
                    Told::new("every-hours")
                        .arg("minutes", 15)
                        .arg("from", "8:00")
                        .arg("to", "23:00"),
                    13,
                    "ok",
                    "done",
                ),
                schedule("sch_2", "pricing.check", Told::new("always"), 0, "ok", "running"),
                schedule("sch_3", "pricing.push", Told::new("always"), 0, "warn", "stuck"),
                schedule(
                    "sch_4",
                    "store.retention",
                    Told::new("daily").arg("at", "4:30"),
                    900,
                    "off",
                    "paused",
                ),
            ],
            runs: vec![
                run("run_1", "catalog.sync", 2, "done", "ok", None),
                run("run_2", "pricing.push", 0, "running", "accent", None),
                run(
                    "run_3",
                    "catalog.sync",
                    17,
                    "failed",
                    "bad",
                    Some("mc.shop.kaspi.kz: 429"),
                ),
            ],
            filter: Form::of(&[("q", ""), ("state", "")]),
            states: vec!["waiting", "running", "done", "parked", "cancelled"],
            is_filtered: false,
            pager: Pager {
                next: Some("/s/aru-home/automation?before=job_1".to_owned()),
                ..Pager::default()
            },
            waiting: 14,
            oldest: Some(Span::from_secs(9)),
            parked: 1,
            may_edit: true,
        };
        let empty = Self {
            schedules: Vec::new(),
            runs: Vec::new(),
            waiting: 0,
            oldest: None,
            parked: 0,
            pager: Pager::default(),
            ..normal.clone()
        };
        let none = Self {
            runs: Vec::new(),
            is_filtered: true,
            filter: Form::of(&[("q", "шина"), ("state", "done")]),
            pager: Pager::default(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("nothing-yet", empty),
            Sample::new("nothing-found", none),
            Sample::new(
                "stale",
                Self {
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Stale),
        ]
    }
}

/// A step of a run.
#[derive(Debug, Clone, Serialize)]
pub struct RunStep {
    pub name: String,
    pub state: &'static str,
    pub at: Option<Timestamp>,
    pub took: Option<Span>,
}

/// A line of a run's log.
#[derive(Debug, Clone, Serialize)]
pub struct LogLine {
    pub at: Timestamp,
    /// `debug`, `info`, `warn`, `error`.
    pub level: &'static str,
    pub text: String,
}

/// One run with its steps and log.
#[derive(Debug, Clone, Serialize)]
pub struct Run {
    pub run: RunLine,
    /// Where its job stands: a parked, cancelled or finished one can be repeated, a waiting or running one stopped.
    pub job_state: &'static str,
    /// Other runs of the same job, newest first.
    pub others: Vec<RunLine>,
    pub steps: Vec<RunStep>,
    pub lines: Vec<LogLine>,
    pub level: String,
    pub query: String,
    pub input: String,
    pub done: Option<i64>,
    pub total: Option<i64>,
    pub usual: Option<Span>,
    pub may_edit: bool,
}

impl View for Run {
    const TEMPLATE: &'static str = "pages/run.html";
    fn samples() -> Vec<Sample<Self>> {
        let step = |name: &str, state, took| RunStep {
            name: name.to_owned(),
            state,
            at: Some(sample::minutes_ago(2)),
            took,
        };
        let line = |seconds, level, text: &str| LogLine {
            at: sample::seconds_ago(seconds),
            level,
            text: text.to_owned(),
        };
        let failed = Self {
            run: run(
                "run_3",
                "catalog.sync",
                17,
                "failed",
                "bad",
                Some("mc.shop.kaspi.kz: 429"),
            ),
            job_state: "parked",
            others: vec![run("run_4", "catalog.sync", 47, "failed", "bad", None)],
            steps: vec![
                step("session", "done", Some(Span::from_millis(340))),
                step("offers", "fail", Some(Span::from_secs(4))),
                step("points", "todo", None),
            ],
            lines: vec![
                line(130, "info", "signed in, session is 4 h old"),
                line(128, "warn", "page 12 came late: 3.1 s"),
                line(126, "error", "page 13 refused: 429, retry after 30 min"),
            ],
            level: "info".to_owned(),
            query: String::new(),
            input: "{\"version\":1,\"shop\":\"shp_01\"}".to_owned(),
            done: Some(1_200),
            total: Some(2_418),
            usual: Some(Span::from_secs(14)),
            may_edit: true,
        };
        let running = Self {
            run: run("run_2", "pricing.push", 0, "running", "accent", None),
            job_state: "running",
            others: Vec::new(),
            ..failed.clone()
        };
        let quiet = Self {
            lines: Vec::new(),
            query: "timeout".to_owned(),
            run: run("run_1", "catalog.sync", 2, "done", "ok", None),
            ..failed.clone()
        };
        vec![
            Sample::new("failed", failed),
            Sample::new("running", running),
            Sample::new("no-lines", quiet),
        ]
    }
}

/// Jobs that gave up.
#[derive(Debug, Clone, Serialize)]
pub struct Parked {
    pub runs: Vec<RunLine>,
    pub pager: Pager,
    pub may_edit: bool,
}

impl View for Parked {
    const TEMPLATE: &'static str = "pages/parked.html";
    fn samples() -> Vec<Sample<Self>> {
        let parked = RunLine {
            attempt: 5,
            ..run(
                "run_9",
                "pricing.confirm",
                61,
                "parked",
                "bad",
                Some("job 65f0…9a was not found after 5 reads"),
            )
        };
        let normal = Self {
            runs: vec![parked],
            pager: Pager {
                from: 1,
                to: 1,
                of: 1,
                back: None,
                next: None,
            },
            may_edit: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "quiet",
                Self {
                    runs: Vec::new(),
                    pager: Pager::default(),
                    ..normal
                },
            ),
        ]
    }
}

/// Use of one budget; its name is `budget-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct BudgetLine {
    pub word: String,
    pub scope: String,
    /// The address of this server, without a proxy.
    pub is_direct: bool,
    /// Use of each window.
    pub windows: Vec<BudgetWindow>,
    pub blocked_until: Option<Timestamp>,
}

/// How much of a window is used.
#[derive(Debug, Clone, Serialize)]
pub struct BudgetWindow {
    pub used: i64,
    pub max: i64,
    pub per: Span,
    /// Percent, at most 100.
    pub share: i64,
}

/// Budgets of the outside world.
#[derive(Debug, Clone, Serialize)]
pub struct Budgets {
    pub budgets: Vec<BudgetLine>,
}

impl View for Budgets {
    const TEMPLATE: &'static str = "pages/budgets.html";
    fn samples() -> Vec<Sample<Self>> {
        let window = |used: i64, max: i64, per| BudgetWindow {
            used,
            max,
            per,
            share: (used * 100 / max).min(100),
        };
        let line = |word: &str, scope: &str, windows, blocked_until| BudgetLine {
            word: word.to_owned(),
            scope: scope.to_owned(),
            is_direct: scope == "direct",
            windows,
            blocked_until,
        };
        let normal = Self {
            budgets: vec![
                line(
                    "storefront-reads",
                    "direct",
                    vec![window(6, 8, Span::from_secs(1))],
                    None,
                ),
                line(
                    "price-changes",
                    "Aru Home",
                    vec![
                        window(1, 3, Span::from_secs(2)),
                        window(212, 250, Span::from_mins(30)),
                    ],
                    None,
                ),
                line(
                    "price-changes",
                    "Aru Home Астана",
                    vec![
                        window(0, 3, Span::from_secs(2)),
                        window(250, 250, Span::from_mins(30)),
                    ],
                    Some(sample::in_minutes(24)),
                ),
                line(
                    "cabinet-reads",
                    "+7 701 ••• 12 34",
                    vec![window(1, 5, Span::from_hours(1))],
                    None,
                ),
            ],
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("nothing-yet", Self { budgets: Vec::new() }),
        ]
    }
}

/// A proxy, its address masked.
#[derive(Debug, Clone, Serialize)]
pub struct ProxyLine {
    pub id: String,
    pub address: String,
    pub is_on: bool,
    pub latency_ms: Option<i64>,
    pub failures_bp: i32,
    pub requests: i64,
    pub benched_until: Option<Timestamp>,
    pub last_error: Option<String>,
    pub used_at: Option<Timestamp>,
    pub used_by: Vec<String>,
}

/// Proxies and the form for a new one.
#[derive(Debug, Clone, Serialize)]
pub struct Proxies {
    pub proxies: Vec<ProxyLine>,
    pub form: Form,
    pub may_edit: bool,
}

impl View for Proxies {
    const TEMPLATE: &'static str = "pages/proxies.html";
    fn samples() -> Vec<Sample<Self>> {
        let proxy = |id: &str, address: &str, latency, failures_bp, benched: Option<i64>| ProxyLine {
            id: id.to_owned(),
            address: address.to_owned(),
            is_on: true,
            latency_ms: latency,
            failures_bp,
            requests: 18_240,
            benched_until: benched.map(sample::in_minutes),
            last_error: benched.map(|_| "403, 15 minutes".to_owned()),
            used_at: Some(sample::seconds_ago(3)),
            used_by: vec!["Aru Home".to_owned()],
        };
        let normal = Self {
            proxies: vec![
                proxy("prx_1", "http://185.•••.•••.20:8080", Some(142), 40, None),
                proxy("prx_2", "socks5://91.•••.•••.7:1080", Some(860), 2_310, Some(9)),
            ],
            form: Form::default(),
            may_edit: true,
        };
        let wrong = Self {
            form: Form::of(&[("address", "proxy")])
                .refuse("address", Told::new("web-proxy-form").arg("value", "proxy")),
            ..normal.clone()
        };
        let empty = Self {
            proxies: Vec::new(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("wrong", wrong),
            Sample::new("nothing-yet", empty),
        ]
    }
}

/// One thing that can be well or ill; its name is `health-<word>`.
#[derive(Debug, Clone, Serialize)]
pub struct HealthLine {
    pub word: &'static str,
    pub tone: &'static str,
    /// Text is `health-said-<word>`.
    pub said: Told,
    /// Which shop.
    pub subject: Option<String>,
    pub at: Timestamp,
}

/// Health of everything.
#[derive(Debug, Clone, Serialize)]
pub struct Health {
    pub lines: Vec<HealthLine>,
}

impl View for Health {
    const TEMPLATE: &'static str = "pages/health.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |word, tone, said| HealthLine {
            word,
            tone,
            said,
            subject: (word == "storefront" || word == "cabinet").then(|| "Aru Home".to_owned()),
            at: sample::seconds_ago(20),
        };
        vec![
            Sample::new(
                "normal",
                Self {
                    lines: vec![
                        line("storefront", "ok", Told::new("heard")),
                        line("cabinet", "ok", Told::new("heard")),
                        line("database", "ok", Told::new("answers").arg("ms", 1)),
                        line("queue", "ok", Told::new("queue").arg("n", 14).arg("seconds", 9)),
                        line("redis", "ok", Told::new("answers").arg("ms", 1)),
                    ],
                },
            ),
            Sample::new(
                "ill",
                Self {
                    lines: vec![
                        line("storefront", "warn", Told::new("silent").arg("minutes", 41)),
                        line("cabinet", "bad", Told::new("session")),
                        line("redis", "bad", Told::new("silent-now")),
                        line(
                            "stuck",
                            "warn",
                            Told::new("stuck").arg("minutes", 12).arg("job", "catalog.sync"),
                        ),
                    ],
                },
            )
            .around(Around::Stale),
        ]
    }
}
