//! Cities of a shop as people see them: points, whether the bot works there, prices fixed there. Refuses to hold a rule.

use super::{
    Around, Sample, View,
    parts::{Form, Goods, Told, sample},
};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// One city.
#[derive(Debug, Clone, Serialize)]
pub struct CityLine {
    pub id: String,
    pub name: String,
    /// Codes of the points that work there.
    pub points: Vec<String>,
    pub is_watched: bool,
    pub prices: Vec<CityPriceLine>,
}

/// A price fixed in a city.
#[derive(Debug, Clone, Serialize)]
pub struct CityPriceLine {
    pub goods: Goods,
    pub price: i64,
    pub set_by: String,
    pub set_at: Timestamp,
}

/// The page.
#[derive(Debug, Clone, Serialize)]
pub struct CitiesPage {
    pub lines: Vec<CityLine>,
    /// Offers to choose from.
    pub found: Vec<Goods>,
    pub query: String,
    pub form: Form,
    pub may_edit: bool,
}

impl View for CitiesPage {
    const TEMPLATE: &'static str = "pages/cities.html";
    fn samples() -> Vec<Sample<Self>> {
        let goods = || Goods::new("off_1", "Пуховик Aru Nord, чёрный, 52", "ARN-52-BLK");
        let city = |id: &str, name: &str, points: &[&str], is_watched, prices| CityLine {
            id: id.to_owned(),
            name: name.to_owned(),
            points: points.iter().map(|code| (*code).to_owned()).collect(),
            is_watched,
            prices,
        };
        let fixed = CityPriceLine {
            goods: goods(),
            price: 41_990,
            set_by: "Айгерим".to_owned(),
            set_at: sample::days_ago(2),
        };
        let normal = Self {
            lines: vec![
                city("750000000", "Алматы", &["PP1", "PP2"], true, vec![fixed]),
                city("710000000", "Астана", &["PP3"], false, Vec::new()),
            ],
            found: vec![goods()],
            query: "пуховик".to_owned(),
            form: Form::default(),
            may_edit: true,
        };
        let empty = Self {
            lines: Vec::new(),
            found: Vec::new(),
            query: String::new(),
            ..normal.clone()
        };
        let refused = Self {
            form: Form::of(&[("offer", "off_1"), ("city", "710000000"), ("price", "12 000")]).refuse(
                "price",
                Told::new("price-below-floor")
                    .arg("price", 12_000)
                    .arg("floor", 31_400),
            ),
            ..normal.clone()
        };
        let looking = Self {
            may_edit: false,
            ..normal.clone()
        };
        vec![
            Sample::new("normal", normal),
            Sample::new("empty", empty),
            Sample::new("refused", refused),
            Sample::new("looking", looking).around(Around::Packer),
        ]
    }
}
