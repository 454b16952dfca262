//! Cancelling many orders at once: which, for what reason, and what it does to the share of cancellations. Refuses to cancel by itself.

use super::{
    Sample, View,
    order::ShareLine,
    parts::{Form, Told},
};
use serde::Serialize;

/// An order that would be cancelled.
#[derive(Debug, Clone, Serialize)]
pub struct CancelRow {
    pub code: String,
    pub href: String,
    pub buyer: String,
    /// Word of the stage.
    pub stage: &'static str,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct OrdersCancel {
    pub rows: Vec<CancelRow>,
    /// Chosen ones that cannot be cancelled now.
    pub left: usize,
    pub share: ShareLine,
    pub form: Form,
    /// The list that the orders were chosen from.
    pub back: String,
    /// Where the form goes.
    pub action: String,
}

impl View for OrdersCancel {
    const TEMPLATE: &'static str = "pages/orders_cancel.html";
    fn samples() -> Vec<Sample<Self>> {
        let row = |code: &str, buyer: &str, stage| CancelRow {
            code: code.to_owned(),
            href: format!("/s/aru-home/orders/{code}"),
            buyer: buyer.to_owned(),
            stage,
        };
        let normal = Self {
            rows: vec![
                row("412806455", "Асель Т.", "new"),
                row("412806502", "Бекзат О.", "pack"),
            ],
            left: 1,
            share: ShareLine {
                now: 120,
                after: 180,
                threshold: 300,
                days: 30,
            },
            form: Form::default(),
            back: "/s/aru-home/orders".to_owned(),
            action: "/s/aru-home/orders/bulk".to_owned(),
        };
        let dear = Self {
            left: 0,
            share: ShareLine {
                after: 310,
                ..normal.share
            },
            form: Form::default().refuse("reason", Told::new("act-reason")),
            ..normal.clone()
        };
        let none = Self {
            rows: Vec::new(),
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("above the threshold, refused", dear),
            Sample::new("none fits", none),
        ]
    }
}
