//! Writes a price list as the marketplace's XML; refuses to leave out an offer, which would take it off sale.

use super::{ListedPrice, PriceList, PriceListOffer};
use std::fmt::Write;

/// The list as a `kaspi_catalog` document, its children in the order of the published schema.
pub fn to_xml(list: &PriceList) -> String {
    let mut xml = String::with_capacity(list.offers.len().saturating_mul(300).saturating_add(500));
    push_head(
        &mut xml,
        list.date.as_deref().unwrap_or_default(),
        list.company.as_deref().unwrap_or_default(),
        list.merchant_uid.as_deref().unwrap_or_default(),
    );
    for offer in &list.offers {
        push_offer(&mut xml, offer);
    }
    push_tail(&mut xml);
    xml
}

/// Everything before the first offer.
pub(crate) fn push_head(xml: &mut String, date: &str, company: &str, merchant_uid: &str) {
    xml.push_str("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<kaspi_catalog xmlns=\"kaspiShopping\"");
    xml.push_str(" xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"");
    xml.push_str(" xsi:schemaLocation=\"kaspiShopping http://kaspi.kz/kaspishopping.xsd\" date=\"");
    push(xml, date);
    xml.push_str("\">\n  ");
    element(xml, "company", company);
    xml.push_str("\n  ");
    element(xml, "merchantid", merchant_uid);
    xml.push_str("\n  <offers>\n");
}

/// Everything after the last offer.
pub(crate) fn push_tail(xml: &mut String) {
    xml.push_str("  </offers>\n</kaspi_catalog>\n");
}

pub(crate) fn push_offer(xml: &mut String, offer: &PriceListOffer) {
    xml.push_str("    <offer sku=\"");
    push(xml, &offer.sku);
    xml.push_str("\">\n      ");
    element(xml, "model", &offer.model);
    if let Some(brand) = &offer.brand {
        xml.push_str("\n      ");
        element(xml, "brand", brand);
    }
    if !offer.availabilities.is_empty() {
        xml.push_str("\n      <availabilities>");
        for place in &offer.availabilities {
            xml.push_str("\n        <availability available=\"");
            xml.push_str(if place.available { "yes" } else { "no" });
            xml.push_str("\" storeId=\"");
            push(xml, &place.store);
            xml.push('"');
            // Writing to a string cannot fail.
            if let Some(days) = place.preorder_days {
                let _ = write!(xml, " preOrder=\"{days}\"");
            }
            if let Some(stock) = place.stock {
                let _ = write!(xml, " stockCount=\"{stock}\"");
            }
            xml.push_str("/>");
        }
        xml.push_str("\n      </availabilities>");
    }
    match &offer.price {
        ListedPrice::Everywhere(price) => {
            let _ = write!(xml, "\n      <price>{}</price>", price.get());
        }
        ListedPrice::Cities(cities) => {
            xml.push_str("\n      <cityprices>");
            for (city, price) in cities {
                xml.push_str("\n        <cityprice cityId=\"");
                push(xml, city);
                let _ = write!(xml, "\">{}</cityprice>", price.get());
            }
            xml.push_str("\n      </cityprices>");
        }
    }
    xml.push_str("\n    </offer>\n");
}

fn element(xml: &mut String, name: &str, text: &str) {
    xml.push('<');
    xml.push_str(name);
    xml.push('>');
    push(xml, text);
    xml.push_str("</");
    xml.push_str(name);
    xml.push('>');
}

/// Text with the five marks of XML escaped, and without characters that XML 1.0 has no place for.
fn push(xml: &mut String, text: &str) {
    for letter in text.chars() {
        match letter {
            '&' => xml.push_str("&amp;"),
            '<' => xml.push_str("&lt;"),
            '>' => xml.push_str("&gt;"),
            '"' => xml.push_str("&quot;"),
            '\'' => xml.push_str("&apos;"),
            '\t' | '\n' | '\r' => xml.push(' '),
            control if control.is_control() => {}
            '\u{fffe}' | '\u{ffff}' => {}
            other => xml.push(other),
        }
    }
}
