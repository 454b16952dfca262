//! Named rules and their editor with every setting. Refuses to judge values: the form carries the refusals.

use super::{
    Around, Sample, View,
    parts::{Form, Told, sample},
    product::{Backtest, STRATEGIES},
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// A rule in the list; `state` is `on`, `share`, `draft` or `dry`.
#[derive(Debug, Clone, Serialize)]
pub struct RuleLine {
    pub id: String,
    pub name: String,
    pub strategy: String,
    pub summary: Told,
    pub products: i64,
    pub state: &'static str,
    pub changed_by: String,
    pub changed_at: Timestamp,
}

/// All rules of a shop.
#[derive(Debug, Clone, Serialize)]
pub struct Rules {
    pub rules: Vec<RuleLine>,
    /// Products without any rule.
    pub without: i64,
    pub may_edit: bool,
}

impl View for Rules {
    const TEMPLATE: &'static str = "pages/rules.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |id: &str, name: &str, strategy: &str, summary, products, state, days| RuleLine {
            id: id.to_owned(),
            name: name.to_owned(),
            strategy: strategy.to_owned(),
            summary,
            products,
            state,
            changed_by: "Айгерим".to_owned(),
            changed_at: sample::days_ago(days),
        };
        let normal = Self {
            rules: vec![
                line(
                    "shop",
                    "",
                    "standard",
                    Told::new("step").arg("step", 10),
                    112,
                    "on",
                    20,
                ),
                line(
                    "rul_1",
                    "Одежда, держать первое",
                    "always_first",
                    Told::new("step").arg("step", 10),
                    1_840,
                    "on",
                    6,
                ),
                line(
                    "rul_2",
                    "Осторожно",
                    "hold_margin",
                    Told::new("margin").arg("margin_bp", 1_500),
                    254,
                    "share",
                    3,
                ),
                line(
                    "rul_3",
                    "Распродажа зимы",
                    "stay_top_n",
                    Told::new("top").arg("n", 3),
                    0,
                    "draft",
                    1,
                ),
            ],
            without: 112,
            may_edit: true,
        };
        let empty = Self {
            rules: normal.rules.iter().take(1).cloned().collect(),
            without: 2_418,
            may_edit: true,
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("only-defaults", empty),
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

/// Squares of the what-if grid and what each may be answered with.
pub const CELLS: [&str; 5] = [
    "no_rival",
    "rival_under_floor",
    "rival_equal",
    "out_of_stock",
    "preorder_only",
];
/// Answers of a square.
pub const CELL_ACTIONS: [&str; 5] = ["computed", "hold", "floor", "ceiling", "match"];

/// The editor. Names of the form's values are the settings' names, flattened with `_`.
#[derive(Debug, Clone, Serialize)]
pub struct RuleEditor {
    /// Absent for a new rule; `shop` for the shop's defaults.
    pub id: Option<String>,
    pub name: String,
    pub form: Form,
    pub products: i64,
    /// `on`, `share`, `draft`, `new`.
    pub state: &'static str,
    pub changed_by: Option<String>,
    pub changed_at: Option<Timestamp>,
    pub strategies: Vec<&'static str>,
    pub cells: Vec<&'static str>,
    pub actions: Vec<&'static str>,
    pub backtest: Option<Backtest>,
    /// Days of history that there are.
    pub history_days: i64,
    /// The profit strategy has not learned enough: text is `profit-lack-<word>`.
    pub profit_lack: Option<Told>,
    /// Ten percent of products for a trial.
    pub trial_products: i64,
    pub may_edit: bool,
}

/// Values of a rule as the form shows them.
fn sample_form() -> Form {
    Form::of(&[
        ("name", "Одежда, держать первое"),
        ("strategy", "always_first"),
        ("top_n", "3"),
        ("margin", "15"),
        ("step", "10"),
        ("store_minimum", ""),
        ("max_move", "5"),
        ("max_move_unit", "percent"),
        ("max_day", "30"),
        ("max_day_unit", "percent"),
        ("cool_down_minutes", "5"),
        ("max_age_minutes", "15"),
        ("check", "learned"),
        ("check_minutes", "10"),
        ("check_shortest", "2"),
        ("check_longest", "60"),
        ("ignore_preorder", "on"),
        ("ignore_slower", "3"),
        ("ignore_rating", ""),
        ("ignore_reviews", ""),
        ("ignore_absurd", "50"),
        ("ignore_sellers", ""),
        ("what_if_no_rival", "hold"),
        ("what_if_rival_under_floor", "floor"),
        ("what_if_rival_equal", "computed"),
        ("what_if_out_of_stock", "hold"),
        ("what_if_preorder_only", "computed"),
        ("hours", ""),
        ("hours_from", "08:00"),
        ("hours_to", "23:00"),
        ("hours_day_1", "on"),
        ("hours_day_2", "on"),
        ("lift", "on"),
        ("lift_from", "01:00"),
        ("lift_to", "07:00"),
        ("lift_step", "50"),
        ("lift_every", "30"),
        ("lift_target", ""),
        ("war", "on"),
        ("war_window", "120"),
        ("war_alternations", "4"),
        ("war_back", "1"),
        ("war_back_unit", "percent"),
        ("war_wait", "60"),
        ("war_truce", "24"),
        ("war_stop", ""),
        ("dead_man", "on"),
        ("dead_man_minutes", "180"),
        ("dead_man_action", "alarm"),
        ("dead_man_price", ""),
        ("ask_above", "30"),
        ("ask_above_unit", "percent"),
        ("better_rating", ""),
        ("better_days", "2"),
        ("cover_days", ""),
        ("cover_raise", ""),
        ("ageing_days", ""),
        ("ageing_ease", ""),
        ("sisters", "auto"),
        ("version", "7"),
    ])
}

impl View for RuleEditor {
    const TEMPLATE: &'static str = "pages/rule.html";
    fn samples() -> Vec<Sample<Self>> {
        let normal = Self {
            id: Some("rul_1".to_owned()),
            name: "Одежда, держать первое".to_owned(),
            form: sample_form(),
            products: 1_840,
            state: "on",
            changed_by: Some("Айгерим".to_owned()),
            changed_at: Some(sample::days_ago(6)),
            strategies: STRATEGIES.to_vec(),
            cells: CELLS.to_vec(),
            actions: CELL_ACTIONS.to_vec(),
            backtest: Some(Backtest {
                days: 30,
                changes: 41_204,
                first_bp: 8_100,
                first_now_bp: 7_400,
                margin_bp: Some(1_610),
                profit_apart: Some(Money::from_tiyn(18_400_000)),
                worst_day: Some(sample::days_ago(9)),
                worst_day_profit: Some(Money::from_tiyn(2_100_000)),
                at_floor: 61,
                products: 1_840,
                too_short: false,
            }),
            history_days: 30,
            profit_lack: Some(Told::new("days").arg("have", 12).arg("need", 28)),
            trial_products: 184,
            may_edit: true,
        };
        let fresh = Self {
            id: None,
            name: String::new(),
            form: Form {
                values: sample_form().values,
                ..Form::default()
            },
            products: 0,
            state: "new",
            changed_by: None,
            changed_at: None,
            backtest: None,
            history_days: 0,
            trial_products: 0,
            ..normal.clone()
        };
        let short = Self {
            backtest: Some(Backtest {
                too_short: true,
                days: 4,
                profit_apart: None,
                worst_day: None,
                worst_day_profit: None,
                margin_bp: None,
                ..normal.backtest.clone().unwrap_or_else(empty_backtest)
            }),
            history_days: 4,
            ..normal.clone()
        };
        let refused = Self {
            form: sample_form()
                .refuse("step", Told::new("web-number-form").arg("value", "десять"))
                .refuse(
                    "check_shortest",
                    Told::new("rule-pace-reversed")
                        .arg("shortest", 60)
                        .arg("longest", 2),
                ),
            ..normal.clone()
        };
        let mut costs = sample_form();
        for (name, value) in [
            ("eco_commission", "10,9"),
            ("eco_vat", "published"),
            ("eco_tax", "4"),
            ("eco_delivery", "tariff"),
            ("eco_service", "city"),
            ("eco_weight", "1"),
            ("eco_wish", "profit"),
        ] {
            costs.values.insert(name.to_owned(), value.to_owned());
        }
        let shop = Self {
            id: Some("shop".to_owned()),
            name: String::new(),
            form: costs,
            backtest: None,
            trial_products: 0,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("shop", shop),
            Sample::new("new", fresh),
            Sample::new("short-history", short),
            Sample::new("errors", refused),
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

const fn empty_backtest() -> Backtest {
    Backtest {
        days: 0,
        changes: 0,
        first_bp: 0,
        first_now_bp: 0,
        margin_bp: None,
        profit_apart: None,
        worst_day: None,
        worst_day_profit: None,
        at_floor: 0,
        products: 0,
        too_short: true,
    }
}
