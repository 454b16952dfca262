//! «More» on phones, refusals as pages, how accesses are kept. Refuses inner texts of errors.

use super::{Around, Sample, View};
use serde::Serialize;

/// Everything that does not fit in the bar of a phone.
#[derive(Debug, Clone, Serialize)]
pub struct More {}

impl View for More {
    const TEMPLATE: &'static str = "pages/more.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![
            Sample::new("owner", Self {}),
            Sample::new("packer", Self {}).around(Around::Packer),
        ]
    }
}

/// A refusal with a page of its own.
#[derive(Debug, Clone, Serialize)]
pub struct Refusal {
    /// Word of its kind; the title is `refusal-title-<word>`, the meaning `refusal-<word>`.
    pub word: &'static str,
    /// What happened, in words; empty when the title says it.
    pub said: String,
    /// The same address may be asked again.
    pub may_repeat: bool,
    /// Short number for support.
    pub request: String,
    /// Seconds until it is worth to try again.
    pub retry_seconds: Option<i64>,
    pub home: String,
}

impl View for Refusal {
    const TEMPLATE: &'static str = "pages/refusal.html";
    fn samples() -> Vec<Sample<Self>> {
        let of = |word, said: &str, retry_seconds: Option<i64>| Self {
            word,
            said: said.to_owned(),
            may_repeat: retry_seconds.is_some(),
            request: "9f2k17c3dm".to_owned(),
            retry_seconds,
            home: "/".to_owned(),
        };
        vec![
            Sample::new(
                "403",
                of(
                    "forbidden",
                    "У вас нет права «Менять цены». Его может дать владелец команды.",
                    None,
                ),
            ),
            Sample::new("404", of("not-found", "", None)).around(Around::Nobody),
            Sample::new(
                "409",
                of(
                    "conflict",
                    "В команде должен остаться хотя бы один владелец. Сначала назначьте другого.",
                    None,
                ),
            ),
            Sample::new(
                "422",
                of("invalid", "Запрос дошёл не целиком. Отправьте его ещё раз.", None),
            )
            .around(Around::Nobody),
            Sample::new(
                "429",
                of(
                    "throttled",
                    "Слишком много запросов. Повторите через 30 с.",
                    Some(30),
                ),
            )
            .around(Around::Nobody),
            Sample::new("500", of("bug", "Это наша ошибка: действие не выполнено.", None)),
            Sample::new(
                "503",
                of(
                    "unavailable",
                    "База данных не отвечает. Повторите через несколько секунд",
                    Some(10),
                ),
            )
            .around(Around::Nobody),
        ]
    }
}

/// How accesses are kept.
#[derive(Debug, Clone, Serialize)]
pub struct AboutAccess {}

impl View for AboutAccess {
    const TEMPLATE: &'static str = "pages/about_access.html";
    fn samples() -> Vec<Sample<Self>> {
        vec![Sample::new("normal", Self {}).around(Around::Nobody)]
    }
}

/// Every component in every state.
#[derive(Debug, Clone, Serialize)]
pub struct Gallery {
    pub form: super::parts::Form,
    pub plot: crate::charts::PricePlot,
    pub spark: Option<crate::charts::Spark>,
    pub bars: Vec<crate::charts::Bar>,
    pub goods: super::parts::Goods,
    pub parts: Vec<super::parts::Part>,
    pub receipt: Option<super::product::ReceiptView>,
    pub backtest: Option<super::product::Backtest>,
}

impl View for Gallery {
    const TEMPLATE: &'static str = "pages/gallery.html";
    fn samples() -> Vec<Sample<Self>> {
        let product = super::product::sample_product();
        let empty = || {
            crate::charts::price_plot(
                &[],
                None,
                super::parts::sample::days_ago(1),
                super::parts::sample::NOW,
            )
        };
        let form = super::parts::Form::of(&[
            ("plain", "Айгерим"),
            ("wrong", "38 74O"),
            ("sum", "38 740"),
            ("choice", "dark"),
            ("on", "on"),
        ])
        .refuse(
            "wrong",
            super::parts::Told::new("web-number-form").arg("value", "38 74O"),
        );
        vec![Sample::new(
            "all",
            Self {
                form,
                plot: product.plot.unwrap_or_else(empty),
                spark: crate::charts::spark(&[1, 4, 2, 6, 5, 8]),
                bars: crate::charts::bars(&[
                    ("14.11".to_owned(), 64),
                    ("15.11".to_owned(), 88),
                    ("16.11".to_owned(), 126),
                ]),
                goods: product.goods,
                parts: product.parts,
                receipt: product.receipt,
                backtest: product.backtest,
            },
        )]
    }
}
