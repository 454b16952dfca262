//! The piece of a line and the question about it, from what the catalogue and the buyer say. Refuses to ask about goods without
//! a size.

use crate::{fit::NoAdvice, model::Order};
use sauda_catalog::Product;
use sauda_kernel::MerchantId;
use sauda_sizes::{
    advise::Garment,
    buyer::{Buyer, Fit, Worn},
    chart::Charts,
    command::read_buyer,
    goods::Goods,
};
use serde_json::{Map, Value, json};
use sha2::{Digest as _, Sha256};
use std::fmt::Write as _;

/// A piece that has a size.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Piece {
    /// The piece in all its sizes: brand and model, else the article.
    pub item: String,
    pub sku: String,
    pub brand: Option<String>,
    pub model: Option<String>,
    pub category: Option<String>,
    pub subcategory: Option<String>,
    pub gender: Option<String>,
    pub title: String,
    pub size: String,
}

impl Piece {
    /// The piece of a line, by its product and by the name under which it was sold.
    pub fn of(product: Option<&Product>, name: &str) -> Result<Self, NoAdvice> {
        let facts = &product.ok_or(NoAdvice::NoProduct)?.facts;
        let text = |value: &Option<String>| {
            let value = value.as_deref().map(str::trim);
            value.filter(|value| !value.is_empty()).map(str::to_owned)
        };
        let (brand, model) = (text(&facts.brand), text(&facts.model));
        let item = match (&brand, &model) {
            (Some(brand), Some(model)) => format!("{brand}|{model}").to_lowercase(),
            (None, Some(model)) => model.to_lowercase(),
            _ => facts.sku.to_lowercase(),
        };
        let piece = Self {
            item,
            sku: facts.sku.clone(),
            brand,
            model,
            category: text(&facts.category),
            subcategory: text(&facts.subcategory),
            gender: text(&facts.gender),
            title: facts.title.clone().unwrap_or_else(|| name.to_owned()),
            size: text(&facts.size).ok_or(NoAdvice::NoSize)?,
        };
        if piece.ask(|goods| goods.is_sized()) {
            Ok(piece)
        } else {
            Err(NoAdvice::NoSize)
        }
    }

    /// Asks something of the piece as goods of the size advice.
    pub fn ask<T>(&self, what: impl FnOnce(Goods<'_>) -> T) -> T {
        let words: Vec<&str> = self.words().collect();
        let words = words.join(" ");
        what(Goods {
            brand: self.brand.as_deref(),
            category: Some(words.as_str()).filter(|words| !words.is_empty()),
            title: Some(&self.title),
            gender: self.gender.as_deref(),
            size: &self.size,
        })
    }

    fn words(&self) -> impl Iterator<Item = &str> {
        self.subcategory.iter().chain(&self.category).map(String::as_str)
    }

    /// Under which key its models are sold together.
    pub fn model_key(&self) -> Option<(String, String)> {
        Some((self.brand.clone().unwrap_or_default(), self.model.clone()?))
    }

    /// The piece as the garment of a question, with the shop's table laid against it.
    pub fn garment(&self, others: &[String], charts: &Charts) -> Garment {
        let mut garment = self.ask(|goods| goods.garment(&self.item, others));
        let gender = garment.gender.map(sauda_sizes::size::Gender::word);
        let found = [self.model.as_deref(), Some(self.sku.as_str())]
            .into_iter()
            .flatten()
            .flat_map(|item| {
                let categories = self.words().map(Some).chain([None]);
                categories.map(move |category| (item, category))
            })
            .find_map(|(item, category)| charts.find(Some(item), self.brand.as_deref(), category, gender));
        // A table that does not know the bought size is of other sizes.
        if let Some(chart) = found.filter(|chart| chart.line_of(&self.size).is_some()) {
            garment.sizes.retain(|size| chart.line_of(size).is_some());
            if garment.sizes.len() < 2 {
                garment.sizes.clear();
            }
            garment.chart = Some(chart.clone());
        }
        garment
    }

    /// What was known, as it is kept beside the advice.
    pub fn facts(&self, body: Option<&Map<String, Value>>, worn: usize) -> Value {
        json!({
            "product": {
                "sku": self.sku, "brand": self.brand, "model": self.model, "category": self.category,
                "gender": self.gender, "size": self.size, "title": self.title,
            },
            "buyer": body,
            "worn": worn,
        })
    }
}

/// Who a buyer is in a merchant's notes: a fingerprint of the phone, and one of the order for while the phone is hidden. It only
/// keeps phones out of tables that are read and sent around; who has the phones can make the fingerprints.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct BuyerKeys {
    phone: Option<String>,
    order: String,
}

impl BuyerKeys {
    pub fn of(merchant: &MerchantId, order: &Order) -> Self {
        let digits: String = order.seen.phone.chars().filter(char::is_ascii_digit).collect();
        // The last ten digits are the number, however its beginning is written.
        let number = digits.get(digits.len().saturating_sub(10)..).unwrap_or_default();
        let known = order.seen.document.phone_known && number.chars().nth(9).is_some();
        Self {
            phone: known.then(|| fingerprint('p', merchant, number)),
            order: fingerprint('o', merchant, order.id.as_str()),
        }
    }

    /// Under which new notes are kept.
    pub fn own(&self) -> &str {
        self.phone.as_deref().unwrap_or(&self.order)
    }

    /// Under which notes may stand, those of the phone last: they are of more orders.
    pub fn all(&self) -> impl Iterator<Item = &str> {
        std::iter::once(self.order.as_str()).chain(self.phone.as_deref())
    }
}

fn fingerprint(kind: char, merchant: &MerchantId, text: &str) -> String {
    let mut hash = Sha256::new();
    hash.update(merchant.as_str().as_bytes());
    hash.update(text.as_bytes());
    let mut text = String::from(kind);
    for byte in hash.finalize().iter().take(16) {
        // Writing into a string does not fail.
        let _ = write!(text, "{byte:02x}");
    }
    text
}

/// A kept body as the size advice reads it; one that cannot be read is none.
pub(crate) fn body(kept: &Map<String, Value>) -> Buyer {
    read_buyer(&Value::Object(kept.clone())).unwrap_or_default()
}

/// A piece that the buyer wore before.
pub(crate) fn worn(item: &str, gender: Option<&str>, system: Option<&str>, size: &str, fit: Fit) -> Worn {
    Worn {
        item: Some(item.to_owned()),
        system: system.and_then(sauda_sizes::size::System::parse),
        gender: gender.and_then(sauda_sizes::size::Gender::parse),
        size: size.to_owned(),
        fit,
    }
}
