//! Streams a `kaspi_catalog` document into offers; refuses other documents, entities and document types.

use super::{
    Collector, ListedAvailability, ListedPrice, PriceList, PriceListOffer, preorder_days, whole_pieces,
};
use crate::{
    import::Finding,
    table::{
        Cell, CellKind, TableError, TableLimits, Xml, append_text, attribute, decode, money, too_many_cells,
    },
};
use quick_xml::events::{BytesStart, Event};
use sauda_kernel::Tenge;
use std::collections::BTreeMap;

pub(super) fn read(
    bytes: &[u8],
    limits: &TableLimits,
    collector: Collector,
) -> Result<PriceList, TableError> {
    let decoded = decode(bytes)?;
    let text = without_declaration(&decoded.text);
    let mut xml = Xml::new(text.as_bytes(), u64::try_from(text.len()).unwrap_or(u64::MAX));
    let mut reader = Reader {
        limits,
        collector,
        path: Vec::new(),
        text: String::new(),
        offer: None,
        number: 0,
        parts: 0,
    };
    let mut buffer = Vec::new();
    loop {
        match xml.next(&mut buffer)? {
            Event::Eof => break,
            Event::Start(element) => reader.start(&element)?,
            Event::End(_) => reader.end(),
            other => reader.text(&other)?,
        }
    }
    if reader.number == 0 && reader.collector.list == PriceList::default() {
        return Err(TableError::Empty);
    }
    Ok(reader.collector.list)
}

/// The text is decoded already; what the declaration says of its encoding no longer holds.
fn without_declaration(text: &str) -> &str {
    let text = text.trim_start();
    match text.strip_prefix("<?xml").and_then(|rest| rest.split_once("?>")) {
        Some((_, rest)) => rest,
        None => text,
    }
}

struct Reader<'l> {
    limits: &'l TableLimits,
    collector: Collector,
    path: Vec<String>,
    text: String,
    offer: Option<Draft>,
    number: u32,
    /// Points and cities of all offers, which take memory as cells do.
    parts: usize,
}

#[derive(Default)]
struct Draft {
    sku: String,
    model: String,
    brand: String,
    availabilities: Vec<ListedAvailability>,
    price: Option<Tenge>,
    city: String,
    cities: BTreeMap<String, Tenge>,
    /// The first thing that was wrong.
    refusal: Option<Finding>,
}

impl Reader<'_> {
    fn start(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        let name = element.local_name().as_ref().to_owned();
        if self.path.is_empty() && name != "kaspi_catalog" {
            return Err(TableError::NotPriceList);
        }
        self.text.clear();
        match name.as_str() {
            "kaspi_catalog" => {
                self.collector.list.date = attribute(element, "date")?.filter(|date| !date.is_empty())
            }
            "offer" => self.start_offer(element)?,
            "availability" => self.availability(element)?,
            "cityprice" => {
                self.count_part()?;
                let city = attribute(element, "cityId")?.unwrap_or_default();
                if let Some(offer) = &mut self.offer {
                    offer.city = city.trim().to_owned();
                }
            }
            _ => {}
        }
        self.path.push(name);
        Ok(())
    }

    fn start_offer(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        self.number = self.number.saturating_add(1);
        if usize::try_from(self.number).unwrap_or(usize::MAX) > self.limits.rows {
            return Err(crate::table::too_many_rows(self.limits.rows));
        }
        let sku = attribute(element, "sku")?.unwrap_or_default().trim().to_owned();
        let mut offer = Draft {
            sku,
            ..Draft::default()
        };
        if offer.sku.is_empty() {
            offer.refusal = Some(
                Finding::new(self.number, "import-sku-missing")
                    .arg("column", "sku")
                    .arg("value", ""),
            );
        }
        self.offer = Some(offer);
        Ok(())
    }

    fn count_part(&mut self) -> Result<(), TableError> {
        self.parts = self.parts.saturating_add(1);
        if self.parts > self.limits.cells {
            return Err(too_many_cells(self.parts, self.limits.cells));
        }
        Ok(())
    }

    fn availability(&mut self, element: &BytesStart<'_>) -> Result<(), TableError> {
        self.count_part()?;
        let number = self.number;
        let Some(offer) = &mut self.offer else {
            return Ok(());
        };
        let mut refuse = |name: &str, value: &str| {
            let finding = Finding::new(number, "import-list-value")
                .arg("column", name)
                .arg("value", value);
            offer.refusal.get_or_insert(finding);
        };
        let store = attribute(element, "storeId")?
            .unwrap_or_default()
            .trim()
            .to_owned();
        if store.is_empty() {
            refuse("storeId", "");
        }
        let word = attribute(element, "available")?.unwrap_or_default();
        let available = match word.trim().to_ascii_lowercase().as_str() {
            "yes" | "true" => true,
            "no" | "false" => false,
            _ => {
                refuse("available", &word);
                false
            }
        };
        let mut days = None;
        if let Some(written) = attribute(element, "preOrder")?.filter(|written| !written.trim().is_empty()) {
            match preorder_days(written.trim()) {
                Some(read) => days = read,
                None => refuse("preOrder", &written),
            }
        }
        let mut stock = None;
        if let Some(written) = attribute(element, "stockCount")?.filter(|written| !written.trim().is_empty())
        {
            stock = whole_pieces(written.trim());
            if stock.is_none() {
                refuse("stockCount", &written);
            }
        }
        offer.availabilities.push(ListedAvailability {
            store,
            available,
            preorder_days: days,
            stock,
        });
        Ok(())
    }

    fn text(&mut self, event: &Event<'_>) -> Result<(), TableError> {
        append_text(event, &mut self.text)?;
        if self.text.len() > self.limits.cell_chars.saturating_mul(4) {
            let column = self.path.last().cloned().unwrap_or_default();
            return Err(TableError::CellTooLong {
                row: self.number,
                column,
                limit: self.limits.cell_chars,
            });
        }
        Ok(())
    }

    fn end(&mut self) {
        let name = self.path.pop().unwrap_or_default();
        let text = std::mem::take(&mut self.text);
        let text = text.trim();
        match (name.as_str(), &mut self.offer) {
            ("company", None) => self.collector.list.company = filled(text),
            ("merchantid", None) => self.collector.list.merchant_uid = filled(text),
            ("model", Some(offer)) => text.clone_into(&mut offer.model),
            ("brand", Some(offer)) => text.clone_into(&mut offer.brand),
            ("price", Some(offer)) => match price(text) {
                Ok(price) => offer.price = Some(price),
                Err(code) => offer.refuse(self.number, code, "price", text),
            },
            ("cityprice", Some(offer)) => match price(text) {
                Ok(_) if offer.city.is_empty() => {
                    offer.refuse(self.number, "import-list-value", "cityId", "")
                }
                Ok(price) => {
                    offer.cities.insert(std::mem::take(&mut offer.city), price);
                }
                Err(code) => offer.refuse(self.number, code, "cityprice", text),
            },
            ("offer", Some(_)) => {
                if let Some(offer) = self.offer.take() {
                    self.collector.add(offer.finish(self.number));
                }
            }
            _ => {}
        }
    }
}

impl Draft {
    fn refuse(&mut self, row: u32, code: &'static str, column: &str, value: &str) {
        let finding = Finding::new(row, code).arg("column", column).arg("value", value);
        self.refusal.get_or_insert(finding);
    }

    fn finish(mut self, row: u32) -> Result<PriceListOffer, Finding> {
        if self.model.is_empty() {
            self.refuse(row, "import-list-value", "model", "");
        }
        if self.price.is_none() && self.cities.is_empty() {
            self.refuse(row, "import-cell-empty", "price", "");
        }
        if let Some(refusal) = self.refusal {
            return Err(refusal.arg("sku", &self.sku));
        }
        // The format knows one or the other; where both stand, the cities say more.
        let price = match self.price {
            Some(price) if self.cities.is_empty() => ListedPrice::Everywhere(price),
            _ => ListedPrice::Cities(self.cities),
        };
        let (sku, model, availabilities) = (self.sku, self.model, self.availabilities);
        Ok(PriceListOffer {
            row,
            sku,
            model,
            brand: filled(&self.brand),
            availabilities,
            price,
        })
    }
}

fn filled(text: &str) -> Option<String> {
    (!text.is_empty()).then(|| text.to_owned())
}

fn price(text: &str) -> Result<Tenge, &'static str> {
    let kind = if text.is_empty() {
        CellKind::Empty
    } else {
        CellKind::Number
    };
    money::price(Cell { text, kind }).map_err(money::NumberRefusal::code)
}
