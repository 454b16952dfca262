//! One fact typed by a person or kept by the program; refuses what a sheet would refuse, by the same rules.

use super::{MeasureRefusal, ProductFacts, ProductField, WeightUnit, barcode, cell::clean, pieces, weight};
use crate::table::{Cell, CellKind, money};
use sauda_kernel::{Money, Tenge};

/// Longest name and longest other text, in signs.
const TITLE_CHARS: usize = 500;
const SHORT_CHARS: usize = 200;

impl ProductFacts {
    /// Sets a fact from what a person typed; an empty text takes it away.
    ///
    /// # Errors
    /// With the key of the text that says what is accepted, without `err-`.
    pub fn set(&mut self, field: ProductField, typed: &str) -> Result<(), &'static str> {
        let text = clean(typed);
        let cell = Cell {
            text: &text,
            kind: if text.is_empty() {
                CellKind::Empty
            } else {
                CellKind::Text
            },
        };
        let empty = text.is_empty();
        match field {
            ProductField::Sku => return Err("product-sku-fixed"),
            ProductField::Price => {
                let price = (!empty).then(|| money::price(cell)).transpose();
                self.price = price.map_err(|_| "product-price")?;
            }
            ProductField::Cost => {
                let cost = (!empty).then(|| money::sum(cell)).transpose();
                self.cost = cost.map_err(|_| "product-cost")?;
            }
            ProductField::Stock => {
                let stock = (!empty).then(|| pieces(&text)).transpose();
                self.stock = stock.map_err(|refusal| match refusal {
                    MeasureRefusal::Inexact => "product-stock-inexact",
                    _ => "product-stock",
                })?;
            }
            ProductField::Weight => {
                let grams = (!empty).then(|| weight(&text, WeightUnit::Kilograms)).transpose();
                self.weight_grams = grams.map_err(|_| "product-weight")?.map(|weight| weight.grams);
            }
            ProductField::Barcode => {
                let digits = (!empty).then(|| barcode(&text)).transpose();
                self.barcode = digits.map_err(|_| "product-barcode")?;
            }
            ProductField::Photo
                if !empty && !text.starts_with("https://") && !text.starts_with("http://") =>
            {
                return Err("product-photo");
            }
            _ => self.set_text(field, &text)?,
        }
        Ok(())
    }

    fn set_text(&mut self, field: ProductField, text: &str) -> Result<(), &'static str> {
        let most = match field {
            ProductField::Title | ProductField::Photo => TITLE_CHARS,
            _ => SHORT_CHARS,
        };
        if text.chars().count() > most {
            return Err("product-text-long");
        }
        if let Some(place) = self.text_place(field) {
            *place = (!text.is_empty()).then(|| text.to_owned());
        }
        Ok(())
    }

    const fn text_place(&mut self, field: ProductField) -> Option<&mut Option<String>> {
        Some(match field {
            ProductField::Title => &mut self.title,
            ProductField::MasterCode => &mut self.master_code,
            ProductField::Code => &mut self.code,
            ProductField::Brand => &mut self.brand,
            ProductField::Model => &mut self.model,
            ProductField::Color => &mut self.color,
            ProductField::Size => &mut self.size,
            ProductField::Gender => &mut self.gender,
            ProductField::Season => &mut self.season,
            ProductField::Category => &mut self.category,
            ProductField::Subcategory => &mut self.subcategory,
            ProductField::Barcode => &mut self.barcode,
            ProductField::Photo => &mut self.photo,
            ProductField::Store => &mut self.store,
            ProductField::Shelf => &mut self.shelf,
            ProductField::Sku
            | ProductField::Price
            | ProductField::Stock
            | ProductField::Weight
            | ProductField::Cost => return None,
        })
    }

    /// A fact as the program keeps it: prices in tenge, costs in tiyn, weights in grams.
    pub fn kept(&self, field: ProductField) -> Option<String> {
        match field {
            ProductField::Price => self.price.map(|price| price.get().to_string()),
            ProductField::Cost => self.cost.map(|cost| cost.tiyn().to_string()),
            ProductField::Stock => self.stock.map(|stock| stock.to_string()),
            ProductField::Weight => self.weight_grams.map(|grams| grams.to_string()),
            _ => self.text(field).map(ToOwned::to_owned),
        }
    }

    /// Puts back what [`Self::kept`] gave.
    pub(crate) fn set_kept(&mut self, field: ProductField, kept: Option<&str>) -> Option<()> {
        let number = || kept.map(str::parse::<i64>).transpose().ok();
        match field {
            ProductField::Price => self.price = number()?.map(Tenge),
            ProductField::Cost => self.cost = number()?.map(Money::from_tiyn),
            ProductField::Stock => self.stock = number()?,
            ProductField::Weight => self.weight_grams = number()?,
            ProductField::Sku => kept?.clone_into(&mut self.sku),
            _ => {
                if let Some(place) = self.text_place(field) {
                    *place = kept.map(ToOwned::to_owned);
                }
            }
        }
        Some(())
    }

    /// These facts with what `news` says over them; what news leaves empty stays.
    #[must_use]
    pub fn with(&self, news: &Self) -> Self {
        let mut merged = self.clone();
        for field in ProductField::ALL {
            if let Some(kept) = news.kept(field) {
                // What was kept by these rules is read back by them.
                merged.set_kept(field, Some(&kept)).unwrap_or_default();
            }
        }
        merged
    }

    /// What to call the product: its name, or brand and model, or the article.
    pub fn name(&self) -> String {
        name(
            self.title.as_deref(),
            self.brand.as_deref(),
            self.model.as_deref(),
            &self.sku,
        )
    }
}

/// What to call a product: its name, or brand and model, or the article.
pub(crate) fn name(title: Option<&str>, brand: Option<&str>, model: Option<&str>, sku: &str) -> String {
    if let Some(title) = title {
        return title.to_owned();
    }
    let parts: Vec<&str> = [brand, model].into_iter().flatten().collect();
    match parts.is_empty() {
        true => sku.to_owned(),
        false => parts.join(" "),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_is_typed_follows_the_rules_of_sheets() {
        let mut facts = ProductFacts::default();
        for (field, typed) in [
            (ProductField::Price, "38 740 ₸"),
            (ProductField::Cost, "1 204,5"),
            (ProductField::Stock, "5 шт"),
            (ProductField::Weight, "0,95"),
            (ProductField::Barcode, "4006381333931"),
            (ProductField::Title, "  Куртка  "),
            (ProductField::Photo, "https://example.kz/1.jpg"),
        ] {
            assert_eq!(facts.set(field, typed), Ok(()), "{typed}");
        }
        assert_eq!(
            facts,
            ProductFacts {
                price: Some(Tenge(38_740)),
                cost: Some(Money::from_tiyn(120_450)),
                stock: Some(5),
                weight_grams: Some(950),
                barcode: Some("4006381333931".to_owned()),
                title: Some("Куртка".to_owned()),
                photo: Some("https://example.kz/1.jpg".to_owned()),
                ..ProductFacts::default()
            }
        );
        let before = facts.clone();
        for (field, typed, code) in [
            (ProductField::Price, "0", "product-price"),
            (ProductField::Price, "10,5", "product-price"),
            (ProductField::Cost, "-1", "product-cost"),
            (ProductField::Stock, ">5", "product-stock-inexact"),
            (ProductField::Stock, "-5", "product-stock"),
            (ProductField::Weight, "0", "product-weight"),
            (ProductField::Barcode, "4006381333932", "product-barcode"),
            (ProductField::Photo, "file:///etc/passwd", "product-photo"),
            (ProductField::Sku, "B", "product-sku-fixed"),
        ] {
            assert_eq!(facts.set(field, typed), Err(code), "{typed}");
        }
        assert_eq!(facts, before);
        assert_eq!(facts.set(ProductField::Price, " "), Ok(()));
        assert_eq!(facts.price, None);
    }

    fn facts() -> impl Strategy<Value = ProductFacts> {
        let text = || proptest::option::of("[a-zа-я0-9]{1,8}");
        let number = || proptest::option::of(1_i64..1_000_000);
        (
            (text(), text(), text(), text()),
            (number(), number(), number(), number()),
        )
            .prop_map(
                |((title, brand, size, category), (price, stock, weight_grams, cost))| ProductFacts {
                    sku: "A".to_owned(),
                    title,
                    brand,
                    size,
                    category,
                    price: price.map(Tenge),
                    stock,
                    weight_grams,
                    cost: cost.map(Money::from_tiyn),
                    ..ProductFacts::default()
                },
            )
    }

    proptest! {
        #[test]
        fn news_stay_and_silence_changes_nothing(old in facts(), news in facts()) {
            let merged = old.with(&news);
            for field in ProductField::ALL {
                prop_assert_eq!(merged.kept(field), news.kept(field).or_else(|| old.kept(field)));
            }
            prop_assert_eq!(merged.with(&news), merged.clone());
            prop_assert_eq!(old.with(&ProductFacts { sku: "A".to_owned(), ..ProductFacts::default() }), old);
        }
    }
}
