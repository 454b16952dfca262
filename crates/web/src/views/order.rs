//! One order with everything that happened to it, and where its money went. Refuses to decide what is possible: the service does.

use super::{
    Around, Sample, View,
    fit::{FitPart, sample_part},
    orders::{OrderRow, Pending, row},
    parts::{Form, Goods, State, Told, sample},
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// One line of an order.
#[derive(Debug, Clone, Serialize)]
pub struct OrderLine {
    /// The marketplace's own id of the line.
    pub entry: String,
    pub goods: Goods,
    /// Page of the offer; nothing when it is none of ours.
    pub href: Option<String>,
    pub quantity: i64,
    /// Of goods by weight; nothing for pieces.
    pub grams: Option<i64>,
    /// The numbers of the devices are to be told here.
    pub imei: bool,
    pub price: Option<Money>,
    pub total: Option<Money>,
}

/// Something that happened.
#[derive(Debug, Clone, Serialize)]
pub struct EventLine {
    pub at: Timestamp,
    /// `market`, `program` or the person's name.
    pub by: &'static str,
    pub name: String,
    pub said: Told,
    pub tone: &'static str,
}

/// A stored paper.
#[derive(Debug, Clone, Serialize)]
pub struct WaybillLine {
    pub number: String,
    pub stored_at: Timestamp,
}

/// The share of cancellations, now and after one more; basis points.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct ShareLine {
    pub now: i32,
    pub after: i32,
    pub threshold: i32,
    pub days: i64,
}

/// A part of an order's money.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct MoneyPart {
    /// Key of the text `order-money-<word>`.
    pub word: &'static str,
    pub sum: Money,
}

/// Where the money of an order went.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct OrderMoney {
    pub revenue: Money,
    /// What was taken off; none while the cost of some goods is not known.
    pub parts: Vec<MoneyPart>,
    pub profit: Option<Money>,
}

/// One order.
#[derive(Debug, Clone, Serialize)]
pub struct OrderPage {
    pub row: OrderRow,
    /// Once the buyer has the goods; absent for those without the right to see money.
    pub money: Option<OrderMoney>,
    pub lines: Vec<OrderLine>,
    pub fit: FitPart,
    pub events: Vec<EventLine>,
    pub waybills: Vec<WaybillLine>,
    /// The paper is on its way.
    pub waits_for_waybill: bool,
    pub phone: Option<String>,
    pub address: Option<String>,
    pub origin: Option<String>,
    pub payment: Option<String>,
    pub delivery_cost: Option<Money>,
    pub planned_at: Option<Timestamp>,
    pub reserved_until: Option<Timestamp>,
    /// Words of all acts that are possible now.
    pub acts: Vec<&'static str>,
    pub share: Option<ShareLine>,
    pub form: Form,
    /// The form of which act is open, because it was refused.
    pub open: Option<&'static str>,
    pub may_edit: bool,
    pub sees_buyer: bool,
}

impl View for OrderPage {
    const TEMPLATE: &'static str = "pages/order.html";
    fn samples() -> Vec<Sample<Self>> {
        let event = |minutes, by, name: &str, said, tone| EventLine {
            at: sample::minutes_ago(minutes),
            by,
            name: name.to_owned(),
            said,
            tone,
        };
        let line = |title: &str, sku: &str, quantity, price: i64| OrderLine {
            entry: format!("{sku}##0"),
            goods: Goods::new("off_1", title, sku),
            href: Some("/s/aru-home/prices/off_1".to_owned()),
            quantity,
            grams: (sku == "APP-RED").then_some(1_250),
            imei: sku == "ARN-52-BLK",
            price: Some(Money::from_tiyn(price * 100)),
            total: Some(Money::from_tiyn(price * quantity * 100)),
        };
        let new = Self {
            row: OrderRow {
                asked: Some("refused"),
                ..row(
                    "412806455",
                    49,
                    "Асель Тестова",
                    "Пуховик Aru Nord, 52 (XL), чёрный",
                    ("new", "warn"),
                    Some("accept"),
                )
            },
            money: None,
            lines: vec![
                line("Пуховик Aru Nord, 52 (XL), чёрный", "ARN-52-BLK", 1, 38_740),
                line("Яблоки красные", "APP-RED", 1, 890),
                line("Термокружка Tumar 0,5 л, зелёная", "TMR-05-GRN", 2, 6_490),
            ],
            fit: sample_part(),
            events: vec![event(130, "market", "", Told::new("ordered"), "")],
            waybills: Vec::new(),
            waits_for_waybill: false,
            phone: Some("+7 701 000 00 00".to_owned()),
            address: Some("Алматы, Абая, 10, кв. 5".to_owned()),
            origin: Some("PP1".to_owned()),
            payment: Some("PREPAID".to_owned()),
            delivery_cost: Some(Money::from_tiyn(129_900)),
            planned_at: Some(sample::in_minutes(1_500)),
            reserved_until: None,
            acts: vec!["accept", "cancel", "cancel_line", "weigh", "imei"],
            share: Some(ShareLine {
                now: 180,
                after: 230,
                threshold: 300,
                days: 30,
            }),
            form: Form::default(),
            open: None,
            may_edit: true,
            sees_buyer: true,
        };
        let ready = Self {
            fit: FitPart {
                is_new: true,
                lines: Vec::new(),
                ..new.fit.clone()
            },
            row: row(
                "412807266",
                420,
                "Самат Учебный",
                "Чайник Samal 1,7 л, стекло",
                ("hand_over", ""),
                None,
            ),
            events: vec![
                event(130, "market", "", Told::new("ordered"), ""),
                event(90, "person", "Айгерим", Told::new("asked-accept"), ""),
                event(89, "market", "", Told::new("done-accept"), "ok"),
                event(60, "program", "", Told::new("asked-assemble"), ""),
                event(59, "market", "", Told::new("stage").arg("stage", "hand_over"), ""),
                event(
                    58,
                    "program",
                    "",
                    Told::new("waybill-stored").arg("number", "KZ-700"),
                    "ok",
                ),
            ],
            waybills: vec![WaybillLine {
                number: "KZ-700".to_owned(),
                stored_at: sample::minutes_ago(58),
            }],
            acts: vec!["cancel"],
            ..new.clone()
        };
        let waiting = Self {
            waybills: Vec::new(),
            waits_for_waybill: true,
            row: OrderRow {
                pending: Some(Pending {
                    act: "assemble",
                    state: "unclear",
                }),
                ..ready.row.clone()
            },
            ..ready.clone()
        };
        let counter = Self {
            row: row(
                "412807301",
                420,
                "Алия Учебная",
                "Настольная лампа Juldyz LED",
                ("pickup", ""),
                Some("send_code"),
            ),
            acts: vec!["send_code", "complete", "cancel"],
            form: Form::of(&[("code", "12")]).refuse("code", Told::new("act-code")),
            open: Some("complete"),
            ..new.clone()
        };
        let packer = Self {
            fit: FitPart {
                sees_buyer: false,
                ..new.fit.clone()
            },
            phone: None,
            address: None,
            delivery_cost: None,
            sees_buyer: false,
            share: None,
            row: OrderRow {
                total: None,
                ..new.row.clone()
            },
            lines: new
                .lines
                .iter()
                .map(|line| OrderLine {
                    price: None,
                    total: None,
                    href: None,
                    ..line.clone()
                })
                .collect(),
            ..new.clone()
        };
        let part = |word, tenge: i64| MoneyPart {
            word,
            sum: Money::from_tiyn(tenge * 100),
        };
        let done = Self {
            row: OrderRow {
                due_at: None,
                stage: State::new("done", "ok"),
                next: None,
                ..ready.row.clone()
            },
            acts: Vec::new(),
            share: None,
            money: Some(OrderMoney {
                revenue: Money::from_tiyn(3_874_000),
                parts: vec![
                    part("purchase", 25_300),
                    part("commission", 4_843),
                    part("delivery", 1_299),
                    part("tax", 1_162),
                ],
                profit: Some(Money::from_tiyn(613_600)),
            }),
            ..ready.clone()
        };
        let without_cost = Self {
            money: done.money.clone().map(|money| OrderMoney {
                parts: Vec::new(),
                profit: None,
                ..money
            }),
            ..done.clone()
        };
        vec![
            Sample::new("new", new),
            Sample::new("done", done),
            Sample::new("done without cost", without_cost),
            Sample::new("ready", ready),
            Sample::new("waiting", waiting),
            Sample::new("counter", counter),
            Sample::new("packer", packer).around(Around::Packer),
        ]
    }
}
