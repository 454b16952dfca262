//! Published rates of a day and the merchant's own. Refuses to compute.

use super::{
    Sample, View,
    parts::{Form, Told, sample},
};
use sauda_kernel::{Money, Timestamp};
use serde::Serialize;

/// A published rate.
#[derive(Debug, Clone, Serialize)]
pub struct PublishedRate {
    pub category: String,
    pub rate_bp: i32,
    pub with_vat_bp: Option<i32>,
    pub from: String,
    pub confidence: &'static str,
    pub source: String,
}

/// A band of the published delivery tariff.
#[derive(Debug, Clone, Serialize)]
pub struct DeliveryFee {
    /// Name is `calc-delivery-<word>`.
    pub service: String,
    /// Whole tenge of the order.
    pub from: i64,
    pub to: Option<i64>,
    pub above_kg: Option<i64>,
    pub up_to_kg: Option<i64>,
    /// With tax.
    pub fee: Money,
    pub is_seller: bool,
    pub source: String,
    pub confidence: &'static str,
    pub valid_from: String,
}

/// A rate of the law.
#[derive(Debug, Clone, Serialize)]
pub struct TaxRate {
    /// Key of its name.
    pub word: String,
    /// Basis points, or tiyn when `of` is `sum`.
    pub hundredths: i64,
    /// `turnover`, `profit`, `sum`.
    pub of: &'static str,
    pub from: String,
    pub source: String,
    pub confidence: &'static str,
}

/// Which parcels an own fee of delivery holds for.
#[derive(Debug, Clone, Serialize)]
pub struct OwnBand {
    /// Name is `calc-delivery-<word>`.
    pub service: &'static str,
    /// Whole tenge of the order.
    pub from: i64,
    /// Kilograms with a comma.
    pub up_to: Option<String>,
}

/// A rate of the merchant.
#[derive(Debug, Clone, Serialize)]
pub struct OwnRateRow {
    pub id: String,
    /// Name is `rate-kind-<word>`.
    pub kind: &'static str,
    pub subject: String,
    /// Of packaging: `sku`, `weight`, `volume` and what it is up to; none for all.
    pub pack: Option<(String, String)>,
    /// Of a delivery: which parcels.
    pub band: Option<OwnBand>,
    /// Basis points; none for packaging, deliveries and currencies.
    pub share_bp: Option<i64>,
    /// Of a currency: tenge for one of it, with a comma.
    pub each: Option<String>,
    pub sum: Option<Money>,
    pub from: Timestamp,
    pub source: String,
    pub note: String,
    pub set_by: String,
}

/// The page of rates.
#[derive(Debug, Clone, Serialize)]
pub struct RatesPage {
    pub query: String,
    /// The tables are those of this day.
    pub day: Timestamp,
    pub found: Vec<PublishedRate>,
    /// The goods that the search named, and their category when somebody said it.
    pub goods: Option<(String, Option<String>)>,
    pub fees: Vec<DeliveryFee>,
    pub taxes: Vec<TaxRate>,
    pub own: Vec<OwnRateRow>,
    pub kinds: Vec<&'static str>,
    pub form: Form,
    pub known_to: Timestamp,
    pub may_edit: bool,
}

impl View for RatesPage {
    const TEMPLATE: &'static str = "pages/rates.html";
    fn samples() -> Vec<Sample<Self>> {
        let fee = |service: &str, from, to, up_to_kg, fee| DeliveryFee {
            service: service.to_owned(),
            from,
            to,
            above_kg: None,
            up_to_kg,
            fee: Money::from_tiyn(fee),
            is_seller: true,
            source: "guide.kaspi.kz".to_owned(),
            confidence: "high",
            valid_from: "2026-01-01".to_owned(),
        };
        let tax = |word: &str, hundredths, of| TaxRate {
            word: word.to_owned(),
            hundredths,
            of,
            from: "2026-01-01".to_owned(),
            source: "Tax Code 2025".to_owned(),
            confidence: "high",
        };
        let own = |kind, share: Option<i64>| OwnRateRow {
            id: format!("rat_{kind}"),
            kind,
            subject: match kind {
                "commission" => "обувь".to_owned(),
                "currency" => "CNY".to_owned(),
                _ => String::new(),
            },
            pack: (kind == "packaging").then(|| ("weight".to_owned(), "1,5".to_owned())),
            band: (kind == "delivery").then(|| OwnBand {
                service: "city",
                from: 10_000,
                up_to: Some("5".to_owned()),
            }),
            share_bp: share.filter(|_| kind != "currency"),
            each: (kind == "currency").then(|| "72,4".to_owned()),
            sum: share.is_none().then(|| Money::from_tiyn(15_000)),
            from: sample::NOW,
            source: "договор 12".to_owned(),
            note: "до конца года".to_owned(),
            set_by: "Данияр".to_owned(),
        };
        let normal = Self {
            query: "пуховики".to_owned(),
            found: vec![PublishedRate {
                category: "Одежда > Пуховики".to_owned(),
                rate_bp: 1_090,
                with_vat_bp: Some(1_250),
                from: "2026-01-05".to_owned(),
                confidence: "high",
                source: "Tarify_Magazina_na_Kaspi_kz_2026".to_owned(),
            }],
            day: sample::NOW,
            goods: Some((
                "Пуховик Aru Nord, чёрный, XL".to_owned(),
                Some("Пуховики".to_owned()),
            )),
            fees: vec![
                fee("city", 0, Some(1_000), None, 5_684),
                fee("kazakhstan", 10_000, None, Some(5), 150_684),
            ],
            taxes: vec![
                tax("tax-regime-simplified", 400, "turnover"),
                tax("tax-regime-llp", 2_000, "profit"),
                tax("tax-mrp", 432_500, "sum"),
            ],
            own: vec![
                own("commission", Some(900)),
                own("packaging", None),
                own("delivery", None),
                own("currency", Some(0)),
            ],
            kinds: vec![
                "commission",
                "tax",
                "advertising",
                "returns",
                "payment",
                "packaging",
                "delivery",
                "currency",
            ],
            form: Form::of(&[("kind", "commission"), ("from", "2026-11-20"), ("on", "")]),
            known_to: sample::NOW,
            may_edit: true,
        };
        let empty = Self {
            query: String::new(),
            found: Vec::new(),
            goods: None,
            own: Vec::new(),
            ..normal.clone()
        };
        let refused = normal
            .form
            .clone()
            .refuse("value", Told::new("money-value").arg("value", 9_500));
        vec![
            Sample::new("normal", normal.clone()),
            Sample::new("nothing yet", empty.clone()),
            Sample::new(
                "not found",
                Self {
                    query: "ковёр-самолёт".to_owned(),
                    ..empty
                },
            ),
            Sample::new(
                "refused",
                Self {
                    form: refused,
                    ..normal.clone()
                },
            ),
            Sample::new(
                "read only",
                Self {
                    may_edit: false,
                    ..normal
                },
            ),
        ]
    }
}
