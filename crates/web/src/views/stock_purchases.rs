//! Orders to suppliers: the list, and one with its forms. Refuses to compute: the room of stock does.

use super::{
    Around, Sample, View,
    parts::{Form, Tab, Told, sample},
    stock::Choice,
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// A line of an order to a supplier.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseLineRow {
    pub product: String,
    pub name: String,
    pub sku: String,
    pub ordered: i64,
    pub received: Option<i64>,
    pub cost: Option<Money>,
    /// As typed: tenge, or the currency of the order, with a comma.
    pub cost_typed: String,
    /// What a piece cost on the shelf.
    pub landed_each: Option<Money>,
}

/// An order to a supplier.
#[derive(Debug, Clone, Serialize)]
pub struct PurchaseRow {
    pub id: String,
    pub number: i64,
    pub supplier: Option<String>,
    pub state: &'static str,
    pub made_by: String,
    pub created_at: Timestamp,
    pub expected_at: Option<Timestamp>,
    pub is_late: bool,
    pub lines: Vec<PurchaseLineRow>,
    pub sum: Option<Money>,
    pub next: Vec<&'static str>,
    pub is_draft: bool,
    pub may_receive: bool,
    /// Something came otherwise than ordered.
    pub differs: bool,
}

/// Orders to suppliers.
#[derive(Debug, Clone, Serialize)]
pub struct PurchasesPage {
    pub tabs: Vec<Tab>,
    pub query: String,
    pub state: String,
    pub rows: Vec<PurchaseRow>,
    /// There is no order at all.
    pub is_empty: bool,
    pub may_edit: bool,
}

/// A cost of the whole order: what it is, by what it is spread, what was paid.
#[derive(Debug, Clone, Serialize)]
pub struct CostField {
    pub kind: &'static str,
    pub by: &'static str,
    /// The box of the tax was ticked in a form that came back.
    pub has_vat: bool,
    pub paid: Option<Money>,
    /// Rate of the tax inside what was paid, per cent with a comma.
    pub vat: Option<String>,
}

/// What an order is paid in when that is no tenge.
#[derive(Debug, Clone, Serialize)]
pub struct PaidInShown {
    pub currency: String,
    /// Tenge for one of it, with a comma.
    pub rate: String,
}

/// One order.
#[derive(Debug, Clone, Serialize)]
pub struct PurchasePage {
    pub row: PurchaseRow,
    pub suppliers: Vec<Choice>,
    pub costs: Vec<CostField>,
    pub spreads: Vec<&'static str>,
    /// What all that came cost on the shelf.
    pub landed: Option<Money>,
    /// Rate of value added tax inside its prices, per cent with a comma.
    pub vat: String,
    /// The rate of today, in the same way: of bills for what was paid for the whole order.
    pub vat_now: String,
    pub paid_in: Option<PaidInShown>,
    /// Currencies to choose from beside the tenge.
    pub currencies: Vec<String>,
    /// The order as a message.
    pub text: String,
    /// Addresses that open a talk and a letter with it.
    pub whatsapp: Option<String>,
    pub mail: Option<String>,
    pub form: Form,
    pub may_edit: bool,
    pub sees_money: bool,
}

fn cny() -> PaidInShown {
    PaidInShown {
        currency: "CNY".to_owned(),
        rate: "72,4".to_owned(),
    }
}

fn line(received: Option<i64>) -> PurchaseLineRow {
    PurchaseLineRow {
        product: "prd_1".to_owned(),
        name: "Пуховик Aru Nord".to_owned(),
        sku: "ARN-52-BLK".to_owned(),
        ordered: 48,
        received,
        cost: Some(Money::from_tiyn(1_500_000)),
        cost_typed: "15000".to_owned(),
        landed_each: received.map(|_| Money::from_tiyn(1_630_000)),
    }
}

fn at(state: &'static str, next: &[&'static str], may_receive: bool, received: Option<i64>) -> PurchaseRow {
    PurchaseRow {
        id: format!("pur_{state}"),
        number: 7,
        supplier: Some("Фабрика «Сулу»".to_owned()),
        state,
        made_by: "Данияр".to_owned(),
        created_at: sample::NOW,
        expected_at: Some(sample::NOW),
        is_late: state == "on_the_way",
        lines: vec![line(received)],
        sum: Some(Money::from_tiyn(72_000_000)),
        next: next.to_vec(),
        is_draft: state == "draft",
        may_receive,
        differs: received.is_some(),
    }
}

impl View for PurchasesPage {
    const TEMPLATE: &'static str = "pages/stock_orders.html";
    fn samples() -> Vec<Sample<Self>> {
        let tabs = ["all", "draft", "sent", "on_the_way", "received", "cancelled"].map(|word| Tab {
            word: word.to_owned(),
            href: format!("/stock/orders?state={word}"),
            count: Some(1),
            tone: "",
            is_on: word == "all",
        });
        let normal = Self {
            tabs: tabs.to_vec(),
            query: String::new(),
            state: String::new(),
            rows: vec![
                at("draft", &["sent", "cancelled"], false, None),
                at("on_the_way", &["cancelled"], true, None),
                at("received", &[], false, Some(46)),
            ],
            is_empty: false,
            may_edit: true,
        };
        let bare = PurchaseRow {
            supplier: None,
            expected_at: None,
            sum: None,
            ..at("sent", &["on_the_way"], true, None)
        };
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new(
                "nothing",
                Self {
                    rows: Vec::new(),
                    is_empty: true,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "not found",
                Self {
                    rows: Vec::new(),
                    query: "шапка".to_owned(),
                    ..normal.clone()
                },
            ),
            Sample::new(
                "packer",
                Self {
                    rows: vec![bare],
                    may_edit: false,
                    ..normal
                },
            )
            .around(Around::Packer),
        ]
    }
}

impl View for PurchasePage {
    const TEMPLATE: &'static str = "pages/stock_purchase.html";
    fn samples() -> Vec<Sample<Self>> {
        let cost = |kind, by, paid: Option<i64>| CostField {
            kind,
            by,
            has_vat: false,
            paid: paid.map(Money::from_tiyn),
            vat: paid.map(|_| "16".to_owned()),
        };
        let draft = Self {
            row: at("draft", &["sent", "cancelled"], false, None),
            suppliers: vec![Choice {
                value: "sup_1".to_owned(),
                name: "Фабрика «Сулу»".to_owned(),
                is_on: true,
            }],
            costs: vec![
                cost("freight", "weight", Some(4_500_000)),
                cost("customs", "value", None),
            ],
            spreads: vec!["value", "weight", "volume", "quantity"],
            landed: None,
            vat: "16".to_owned(),
            vat_now: "16".to_owned(),
            paid_in: None,
            currencies: ["USD", "EUR", "CNY", "RUB"].map(str::to_owned).to_vec(),
            text: "Здравствуйте!\n1. Пуховик — 48 шт.".to_owned(),
            whatsapp: Some("https://wa.me/77010000000?text=1".to_owned()),
            mail: Some("mailto:zakaz@sulu.kz?subject=1&body=1".to_owned()),
            form: Form::default(),
            may_edit: true,
            sees_money: true,
        };
        let coming = Self {
            row: at("on_the_way", &["cancelled"], true, None),
            ..draft.clone()
        };
        vec![
            Sample::new("draft", draft.clone()),
            Sample::new(
                "draft refused",
                Self {
                    form: Form::of(&[("sku", "Z-9"), ("quantity", "3")])
                        .refuse("sku", Told::new("stock-no-sku").arg("value", "Z-9")),
                    ..draft.clone()
                },
            ),
            Sample::new("coming", coming.clone()),
            Sample::new(
                "draft in another currency",
                Self {
                    paid_in: Some(cny()),
                    ..draft.clone()
                },
            ),
            Sample::new(
                "coming in another currency",
                Self {
                    paid_in: Some(cny()),
                    ..coming.clone()
                },
            ),
            Sample::new(
                "receipt refused",
                Self {
                    form: Form::of(&[("received-0", "сорок"), ("freight", "45000")])
                        .refuse("received-0", Told::new("stock-whole").arg("value", "сорок"))
                        .refuse(
                            "freight",
                            Told::new("purchase-no-measure")
                                .arg("product", "ARN-52-BLK")
                                .arg("what", "weight"),
                        ),
                    ..coming.clone()
                },
            ),
            Sample::new(
                "received",
                Self {
                    row: at("received", &[], false, Some(46)),
                    landed: Some(Money::from_tiyn(74_980_000)),
                    whatsapp: None,
                    mail: None,
                    ..draft
                },
            ),
            Sample::new(
                "packer",
                Self {
                    may_edit: false,
                    sees_money: false,
                    ..coming
                },
            )
            .around(Around::Packer),
        ]
    }
}
