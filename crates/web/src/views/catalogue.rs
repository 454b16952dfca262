//! The catalogue: the list of products, one product, a change of many. Refuses to judge a value: the room of products does.

use super::{
    Around, Sample, View,
    parts::{Form, Goods, Pager, Tab, Told, sample},
    prices::Chip,
};
use sauda_kernel::{Money, Tenge, Timestamp};
use serde::Serialize;
use std::collections::BTreeMap;

/// One row.
#[derive(Debug, Clone, Serialize)]
pub struct ProductRow {
    pub goods: Goods,
    pub href: String,
    pub category: Option<String>,
    pub subcategory: Option<String>,
    pub color: Option<String>,
    pub size: Option<String>,
    /// Kilograms as people write them.
    pub weight: Option<String>,
    pub stock: Option<i64>,
    /// Where the pieces are told one by one, when the stock is kept here: then they are not typed in a cell.
    pub ledger: Option<String>,
    /// Absent for those without the right to see money.
    pub cost: Option<Money>,
    pub price: Option<Tenge>,
    /// Offers that sell it, and how many of them are on sale.
    pub offers: i64,
    pub on_sale: i64,
    pub version: i64,
}

/// Why there are no rows.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum CatalogueEmpty {
    /// Nothing was brought yet.
    Nothing,
    /// The search or the filters find nothing.
    NotFound,
    /// Nothing lacks this, and that is good.
    AllDone,
    /// Nothing was put away.
    NoArchive,
}

/// The list.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogueList {
    pub tabs: Vec<Tab>,
    pub view: String,
    pub query: String,
    /// Filters that the search form must keep.
    pub kept: BTreeMap<String, String>,
    pub chips: Vec<Chip>,
    pub rows: Vec<ProductRow>,
    pub empty: Option<CatalogueEmpty>,
    /// Articles of the cabinet that could be products, told where there are none.
    pub unknown: i64,
    pub pager: Pager,
    pub sort: String,
    pub sort_href: String,
    pub filter_query: String,
    /// Fields that many can be given at once.
    pub bulk: Vec<&'static str>,
    pub is_archive: bool,
    pub may_edit: bool,
    pub sees_money: bool,
}

/// An offer that sells a product.
#[derive(Debug, Clone, Serialize)]
pub struct SoldLine {
    pub offer: String,
    pub shop: String,
    pub sku: String,
    pub title: String,
    /// Page of its price.
    pub href: Option<String>,
    pub card: Option<String>,
    pub card_url: Option<String>,
    pub price: Option<Tenge>,
    pub stock: Option<i64>,
    pub is_on_sale: bool,
    pub is_by_hand: bool,
}

/// One product, or a new one.
#[derive(Debug, Clone, Serialize)]
pub struct ProductCard {
    /// Nothing for a new one.
    pub id: Option<String>,
    pub goods: Goods,
    pub has_picture: bool,
    /// All fields in order; the texts are `catalogue-field-<word>`.
    pub texts: Vec<&'static str>,
    pub numbers: Vec<&'static str>,
    pub form: Form,
    pub sold: Vec<SoldLine>,
    /// Offers without a product that the search finds.
    pub found: Vec<SoldLine>,
    pub search: String,
    pub changed_by: String,
    pub changed_at: Option<Timestamp>,
    pub is_archived: bool,
    pub may_edit: bool,
    pub sees_money: bool,
}

/// A change of many before it is made.
#[derive(Debug, Clone, Serialize)]
pub struct CatalogueBulk {
    /// Word of the field, `archive` or `restore`.
    pub action: String,
    pub chosen: i64,
    /// The filter, when everything it finds is meant.
    pub filter: Option<String>,
    pub products: Vec<String>,
    pub rows: Vec<BulkLine>,
    /// Whether a value is typed and good.
    pub is_ready: bool,
    pub form: Form,
}

/// A product before and after.
#[derive(Debug, Clone, Serialize)]
pub struct BulkLine {
    pub goods: Goods,
    pub before: Option<String>,
    pub after: Option<String>,
}

fn goods(id: &str, title: &str, sku: &str) -> Goods {
    Goods::new(id, title, sku)
}

fn row(id: &str, title: &str, sku: &str) -> ProductRow {
    ProductRow {
        goods: goods(id, title, sku),
        href: format!("/catalog/{id}"),
        category: Some("Одежда".to_owned()),
        subcategory: Some("Куртки".to_owned()),
        color: Some("чёрный".to_owned()),
        size: Some("XL".to_owned()),
        weight: Some("0,95".to_owned()),
        stock: Some(4),
        ledger: None,
        cost: Some(Money::from_tiyn(2_530_000)),
        price: Some(Tenge(38_740)),
        offers: 2,
        on_sale: 1,
        version: 3,
    }
}

impl View for CatalogueList {
    const TEMPLATE: &'static str = "pages/catalogue.html";
    fn samples() -> Vec<Sample<Self>> {
        let tab = |word: &str, count, is_on| Tab {
            word: word.to_owned(),
            href: format!("/catalog?view={word}"),
            count: Some(count),
            tone: "",
            is_on,
        };
        let normal = Self {
            tabs: vec![
                tab("all", 2_418, true),
                tab("no_cost", 312, false),
                tab("no_weight", 41, false),
                tab("no_category", 0, false),
                tab("no_photo", 17, false),
                tab("no_offer", 5, false),
                tab("archive", 96, false),
            ],
            view: "all".to_owned(),
            query: String::new(),
            kept: BTreeMap::from([("view".to_owned(), "all".to_owned())]),
            chips: vec![
                Chip {
                    word: "category",
                    value: Some("Одежда".to_owned()),
                    drop: Some("/catalog?view=all".to_owned()),
                    choices: Vec::new(),
                },
                Chip {
                    word: "brand",
                    value: None,
                    drop: None,
                    choices: vec![("Aru (1 204)".to_owned(), "/catalog?brand=Aru".to_owned())],
                },
            ],
            rows: vec![
                row(
                    "prd_1",
                    "Пуховик зимний Aru Nord с капюшоном и меховой опушкой",
                    "ARN-52-BLK",
                ),
                ProductRow {
                    category: None,
                    subcategory: None,
                    weight: None,
                    cost: None,
                    stock: Some(0),
                    price: None,
                    offers: 0,
                    on_sale: 0,
                    ..row("prd_2", "Термокружка Tumar 0,5 л", "TMR-05-GRN")
                },
            ],
            empty: None,
            unknown: 0,
            pager: Pager {
                from: 1,
                to: 100,
                of: 2_418,
                back: None,
                next: Some("/catalog?after=x".to_owned()),
            },
            sort: "name".to_owned(),
            sort_href: "/catalog?sort=".to_owned(),
            filter_query: "view=all".to_owned(),
            bulk: vec!["category", "brand", "season", "archive"],
            is_archive: false,
            may_edit: true,
            sees_money: true,
        };
        let empty = |kind| Self {
            rows: Vec::new(),
            empty: Some(kind),
            unknown: 214,
            ..normal.clone()
        };
        let packer = Self {
            may_edit: false,
            sees_money: false,
            rows: vec![ProductRow {
                cost: None,
                ..row("prd_1", "Пуховик зимний Aru Nord", "ARN-52-BLK")
            }],
            ..normal.clone()
        };
        vec![
            Sample::new("nothing", empty(CatalogueEmpty::Nothing)),
            Sample::new(
                "not-found",
                Self {
                    query: "велосипед".to_owned(),
                    ..empty(CatalogueEmpty::NotFound)
                },
            ),
            Sample::new("all-done", empty(CatalogueEmpty::AllDone)),
            Sample::new("no-archive", empty(CatalogueEmpty::NoArchive)),
            Sample::new("packer", packer).around(Around::Packer),
            Sample::new("normal", normal),
        ]
    }
}

/// Fields of the form that are texts, in their order.
pub const TEXTS: [&str; 15] = [
    "title",
    "brand",
    "model",
    "color",
    "size",
    "gender",
    "season",
    "category",
    "subcategory",
    "barcode",
    "masterCode",
    "code",
    "store",
    "shelf",
    "photo",
];
/// Fields of the form that are numbers.
pub const NUMBERS: [&str; 4] = ["price", "cost", "availableAmount", "weight"];

impl View for ProductCard {
    const TEMPLATE: &'static str = "pages/catalogue_product.html";
    fn samples() -> Vec<Sample<Self>> {
        let line = |offer: &str, on_sale| SoldLine {
            offer: offer.to_owned(),
            shop: "Aru Home".to_owned(),
            sku: "ARN-52-BLK".to_owned(),
            title: "Пуховик Aru Nord, чёрный, 52".to_owned(),
            href: Some("/s/aru-home/prices/off_1".to_owned()),
            card: Some("112345678".to_owned()),
            card_url: Some("https://kaspi.kz/shop/p/112345678/".to_owned()),
            price: Some(Tenge(38_740)),
            stock: Some(4),
            is_on_sale: on_sale,
            is_by_hand: !on_sale,
        };
        let normal = Self {
            id: Some("prd_1".to_owned()),
            goods: goods("prd_1", "Пуховик зимний Aru Nord", "ARN-52-BLK"),
            has_picture: false,
            texts: TEXTS.to_vec(),
            numbers: NUMBERS.to_vec(),
            form: Form::of(&[
                ("version", "3"),
                ("title", "Пуховик зимний Aru Nord"),
                ("brand", "Aru"),
                ("size", "ХЛ"),
                ("price", "38 740"),
                ("cost", "25 300"),
                ("weight", "0,95"),
            ]),
            sold: vec![line("off_1", true), line("off_2", false)],
            found: Vec::new(),
            search: String::new(),
            changed_by: "Айгерим".to_owned(),
            changed_at: Some(sample::minutes_ago(12)),
            is_archived: false,
            may_edit: true,
            sees_money: true,
        };
        let wrong = Self {
            form: Form::of(&[("version", "3"), ("price", "0"), ("availableAmount", ">5")])
                .refuse("price", Told::new("product-price").arg("value", "0"))
                .refuse(
                    "availableAmount",
                    Told::new("product-stock-inexact").arg("value", ">5"),
                ),
            found: vec![line("off_3", true)],
            search: "пуховик".to_owned(),
            ..normal.clone()
        };
        let new = Self {
            id: None,
            goods: goods("", "", ""),
            form: Form::default(),
            sold: Vec::new(),
            changed_by: String::new(),
            changed_at: None,
            ..normal.clone()
        };
        let packer = Self {
            may_edit: false,
            sees_money: false,
            is_archived: true,
            sold: Vec::new(),
            ..normal.clone()
        };
        vec![
            Sample::new("wrong", wrong),
            Sample::new("new", new),
            Sample::new("packer", packer).around(Around::Packer),
            Sample::new("normal", normal),
        ]
    }
}

impl View for CatalogueBulk {
    const TEMPLATE: &'static str = "pages/catalogue_bulk.html";
    fn samples() -> Vec<Sample<Self>> {
        let ready = Self {
            action: "season".to_owned(),
            chosen: 2_418,
            filter: Some("view=all".to_owned()),
            products: Vec::new(),
            rows: vec![BulkLine {
                goods: goods("prd_1", "Пуховик зимний Aru Nord", "ARN-52-BLK"),
                before: None,
                after: Some("Зима".to_owned()),
            }],
            is_ready: true,
            form: Form::of(&[("value", "Зима")]),
        };
        let ask = Self {
            is_ready: false,
            rows: Vec::new(),
            form: Form::default(),
            ..ready.clone()
        };
        let wrong = Self {
            form: Form::of(&[("value", "x")])
                .refuse("value", Told::new("product-text-long").arg("value", "x")),
            ..ask.clone()
        };
        let archive = Self {
            action: "archive".to_owned(),
            chosen: 3,
            filter: None,
            products: vec!["prd_1".to_owned(), "prd_2".to_owned(), "prd_3".to_owned()],
            form: Form::default(),
            rows: Vec::new(),
            ..ready.clone()
        };
        let restore = Self {
            action: "restore".to_owned(),
            ..archive.clone()
        };
        vec![
            Sample::new("ask", ask),
            Sample::new("wrong", wrong),
            Sample::new("archive", archive),
            Sample::new("restore", restore),
            Sample::new("ready", ready),
        ]
    }
}
