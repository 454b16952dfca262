//! New cards as people see them: what a category asks for, what is chosen, what became of what was sent. Refuses to hold a rule.

use super::{
    Around, Sample, View,
    parts::{Form, Goods, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A category to choose.
#[derive(Debug, Clone, Serialize)]
pub struct CategoryLine {
    pub code: String,
    pub title: String,
    pub href: String,
}

/// An attribute to fill in.
#[derive(Debug, Clone, Serialize)]
pub struct FieldLine {
    pub code: String,
    /// The end of the code, for people.
    pub name: String,
    /// `flag`, `choice`, `number` or `text`.
    pub kind: &'static str,
    pub many: bool,
    pub mandatory: bool,
    pub values: Vec<String>,
    pub value: String,
    /// Each product has its own.
    pub differs: bool,
}

/// A chosen product with its own values.
#[derive(Debug, Clone, Serialize)]
pub struct OwnRow {
    pub goods: Goods,
    pub cells: Vec<OwnCell>,
}

/// A value of one product.
#[derive(Debug, Clone, Serialize)]
pub struct OwnCell {
    /// Place of the attribute among the fields.
    pub field: usize,
    pub value: String,
}

/// A product without a card.
#[derive(Debug, Clone, Serialize)]
pub struct PickLine {
    pub goods: Goods,
    /// `title`, `brand`, `photo`.
    pub lacks: Vec<&'static str>,
    pub is_chosen: bool,
}

/// One card of an upload.
#[derive(Debug, Clone, Serialize)]
pub struct UploadRow {
    pub sku: String,
    pub href: String,
    pub state: Option<String>,
    pub told: Option<String>,
}

/// One upload.
#[derive(Debug, Clone, Serialize)]
pub struct UploadLine {
    pub at: Timestamp,
    pub by: String,
    pub cards: i64,
    pub state: &'static str,
    pub code: Option<String>,
    pub told: Option<String>,
    pub rows: Vec<UploadRow>,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct CardsPage {
    pub has_key: bool,
    /// What the marketplace said.
    pub trouble: Option<Told>,
    pub query: String,
    pub categories: Vec<CategoryLine>,
    /// Code of the chosen one.
    pub category: String,
    pub fields: Vec<FieldLine>,
    pub search: String,
    pub products: Vec<PickLine>,
    /// The table of what differs, for the chosen products.
    pub own: Vec<OwnRow>,
    pub uploads: Vec<UploadLine>,
    pub form: Form,
    pub may_edit: bool,
}

impl View for CardsPage {
    const TEMPLATE: &'static str = "pages/cards.html";
    fn samples() -> Vec<Sample<Self>> {
        let field = |name: &str, kind, many, mandatory, values: &[&str]| FieldLine {
            code: format!("Exercise notebooks*{name}"),
            name: name.to_owned(),
            kind,
            many,
            mandatory,
            values: values.iter().map(|value| (*value).to_owned()).collect(),
            value: String::new(),
            differs: name == "color",
        };
        let pick = |sku: &str, lacks: &[&'static str]| PickLine {
            goods: Goods::new(&format!("prd_{sku}"), "Тетрадь в клетку", sku),
            lacks: lacks.to_vec(),
            is_chosen: sku == "TET-48",
        };
        let row = |sku: &str, state: Option<&str>| UploadRow {
            sku: sku.to_owned(),
            href: "/catalog/prd_1".to_owned(),
            state: state.map(str::to_owned),
            told: state
                .filter(|state| *state == "ERROR")
                .map(|_| "{\"messages\":[\"images are required\"]}".to_owned()),
        };
        let upload = |state, rows: Vec<UploadRow>| UploadLine {
            at: sample::minutes_ago(40),
            by: "Айгерим".to_owned(),
            cards: 2,
            state,
            code: Some("import-1".to_owned()),
            told: Some("total 2, errors 1, warnings 0, skipped 0".to_owned()),
            rows,
        };
        let chosen = Self {
            has_key: true,
            trouble: None,
            query: String::new(),
            categories: Vec::new(),
            category: "Master - Exercise notebooks".to_owned(),
            fields: vec![
                field("type", "choice", false, true, &["тетрадь-блокнот", "тетрадь"]),
                field("color", "choice", true, false, &["жёлтый", "синий"]),
                field("fields", "flag", false, true, &[]),
                field("number of sheets", "number", false, true, &[]),
                field("notice", "text", false, false, &[]),
            ],
            search: String::new(),
            products: vec![pick("TET-48", &[]), pick("TET-96", &["brand", "photo"])],
            own: vec![OwnRow {
                goods: pick("TET-48", &[]).goods,
                cells: vec![OwnCell {
                    field: 1,
                    value: "синий".to_owned(),
                }],
            }],
            uploads: vec![
                upload("sent", vec![row("TET-12", None)]),
                upload(
                    "done",
                    vec![row("TET-12", Some("FINISHED")), row("TET-24", Some("ERROR"))],
                ),
                upload("unclear", Vec::new()),
                upload("refused", Vec::new()),
                upload("recorded", Vec::new()),
                upload("sending", Vec::new()),
            ],
            form: Form::default(),
            may_edit: true,
        };
        let empty = Self {
            category: String::new(),
            fields: Vec::new(),
            products: Vec::new(),
            own: Vec::new(),
            uploads: Vec::new(),
            ..chosen.clone()
        };
        let found = Self {
            query: "тетради".to_owned(),
            categories: vec![CategoryLine {
                code: "Master - Exercise notebooks".to_owned(),
                title: "Тетради".to_owned(),
                href: "/s/aru-home/catalog/cards?category=x".to_owned(),
            }],
            ..empty.clone()
        };
        let refused = Self {
            form: Form::default()
                .refuse("product", Told::new("cards-no-products"))
                .refuse(
                    "",
                    Told::new("card-refused")
                        .arg("count", 2)
                        .arg("sku", "TET-96")
                        .arg("member", "images")
                        .arg("code", "missing"),
                ),
            ..chosen.clone()
        };
        let no_products = Self {
            products: Vec::new(),
            own: Vec::new(),
            ..chosen.clone()
        };
        vec![
            Sample::new("chosen", chosen.clone()),
            Sample::new("empty", empty.clone()),
            Sample::new("found", found),
            Sample::new(
                "not-found",
                Self {
                    query: "нет такой".to_owned(),
                    ..empty.clone()
                },
            ),
            Sample::new("refused", refused),
            Sample::new("no-products", no_products),
            Sample::new(
                "no-key",
                Self {
                    has_key: false,
                    ..empty
                },
            ),
            Sample::new(
                "looking",
                Self {
                    may_edit: false,
                    ..chosen
                },
            )
            .around(Around::Packer),
        ]
    }
}
