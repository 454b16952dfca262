//! The XML price list: the cabinet's export and the file that a shop publishes. Refuses files that are not one.

use super::{own::full_point_id, text};
use quick_xml::{
    Reader, XmlVersion,
    events::{BytesStart, Event},
};
use sauda_kernel::Tenge;
use sauda_market::{Availability, MarketError, OwnOffer};
use std::collections::{BTreeMap, BTreeSet};

/// A whole price list. What is not in it is not on sale.
#[derive(Debug, Clone, PartialEq)]
pub struct PriceList {
    /// Free text of the `date` attribute.
    pub date: String,
    pub company: String,
    pub merchant_uid: String,
    pub offers: Vec<OwnOffer>,
    /// Offers that could not be understood, with the reason.
    pub refused: Vec<String>,
}

/// Reads a price list of any size that fits in memory; the caller limits the file.
///
/// # Errors
/// `BadAnswer` when it is not well-formed XML with the root `kaspi_catalog`.
pub fn price_list(bytes: &[u8]) -> Result<PriceList, MarketError> {
    let mut xml = Reader::from_str(text("price list", bytes)?);
    let mut list = PriceList {
        date: String::new(),
        company: String::new(),
        merchant_uid: String::new(),
        offers: Vec::new(),
        refused: Vec::new(),
    };
    let mut state = State::default();
    let mut is_closed = false;
    loop {
        match xml.read_event().map_err(|error| broken(&error.to_string()))? {
            Event::Start(element) => state.open(&element, &mut list)?,
            Event::Empty(element) => {
                state.open(&element, &mut list)?;
                is_closed |= state.close(element.local_name().as_ref(), &mut list);
            }
            Event::End(element) => is_closed |= state.close(element.local_name().as_ref(), &mut list),
            Event::Text(words) => state.words.push_str(&words.xml10_content()),
            Event::CData(words) => state.words.push_str(&words.xml10_content()),
            Event::GeneralRef(entity) => state.words.push(entity_letter(&entity)?),
            Event::Eof => break,
            _ => {}
        }
    }
    if !is_closed {
        return Err(broken("the file ends before kaspi_catalog is closed"));
    }
    if list.merchant_uid.is_empty() {
        return Err(broken("merchantid is missing"));
    }
    Ok(finish(list))
}

/// Point ids need the merchant id, which a file may tell after its offers.
fn finish(mut list: PriceList) -> PriceList {
    for offer in &mut list.offers {
        for point in &mut offer.availabilities {
            point.point_id = full_point_id(&list.merchant_uid, &point.point_id);
        }
    }
    list
}

#[derive(Default)]
struct State {
    has_root: bool,
    words: String,
    skus: BTreeSet<String>,
    offer: Option<Draft>,
    city: Option<String>,
}

struct Draft {
    row: usize,
    sku: String,
    model: String,
    brand: Option<String>,
    price: Option<Tenge>,
    city_prices: BTreeMap<String, Tenge>,
    availabilities: Vec<Availability>,
    wrong: Option<String>,
}

impl State {
    fn open(&mut self, element: &BytesStart<'_>, list: &mut PriceList) -> Result<(), MarketError> {
        self.words.clear();
        let name = element.local_name();
        if !self.has_root {
            if name.as_ref() != "kaspi_catalog" {
                return Err(broken("the root is not kaspi_catalog"));
            }
            self.has_root = true;
            list.date = attribute(element, "date")?.unwrap_or_default();
            return Ok(());
        }
        match name.as_ref() {
            "offer" => {
                let row = list.offers.len() + list.refused.len() + 1;
                let sku = attribute(element, "sku")?.unwrap_or_default();
                let mut wrong = None;
                if sku.is_empty() {
                    wrong = Some("no sku".to_owned());
                } else if !self.skus.insert(sku.clone()) {
                    wrong = Some(format!("sku {sku} stands twice in the file"));
                }
                self.offer = Some(Draft {
                    row,
                    sku,
                    model: String::new(),
                    brand: None,
                    price: None,
                    city_prices: BTreeMap::new(),
                    availabilities: Vec::new(),
                    wrong,
                });
            }
            "availability" => {
                if let Some(draft) = &mut self.offer {
                    draft.keep(availability(element)?, |draft, point| {
                        draft.availabilities.push(point)
                    });
                }
            }
            "cityprice" => self.city = attribute(element, "cityId")?,
            _ => {}
        }
        Ok(())
    }

    /// True when the root was closed.
    fn close(&mut self, name: &str, list: &mut PriceList) -> bool {
        let words = std::mem::take(&mut self.words);
        let words = words.trim();
        match (name, &mut self.offer) {
            ("kaspi_catalog", _) => return true,
            ("company", None) => list.company = words.to_owned(),
            ("merchantid", None) => list.merchant_uid = words.to_owned(),
            ("model", Some(draft)) => draft.model = words.to_owned(),
            ("brand", Some(draft)) if !words.is_empty() => draft.brand = Some(words.to_owned()),
            ("price", Some(draft)) => {
                draft.keep(whole_price(words), |draft, price| draft.price = Some(price))
            }
            ("cityprice", Some(draft)) => match self.city.take() {
                Some(city) => draft.keep(whole_price(words), |draft, price| {
                    draft.city_prices.insert(city, price);
                }),
                None => draft.keep(Err("a cityprice has no cityId".to_owned()), |_, ()| {}),
            },
            ("offer", Some(_)) => {
                if let Some(draft) = self.offer.take() {
                    draft.done(list);
                }
            }
            _ => {}
        }
        false
    }
}

impl Draft {
    /// Puts a value in its place, or remembers the first thing that is wrong.
    fn keep<T>(&mut self, value: Result<T, String>, put: impl FnOnce(&mut Self, T)) {
        match value {
            Ok(value) => put(self, value),
            Err(why) => {
                self.wrong.get_or_insert(why);
            }
        }
    }

    fn done(mut self, list: &mut PriceList) {
        if self.price.is_none() && self.city_prices.is_empty() {
            self.wrong.get_or_insert("no price".to_owned());
        }
        if self.model.is_empty() {
            self.wrong.get_or_insert("no model".to_owned());
        }
        if let Some(why) = self.wrong {
            list.refused
                .push(format!("offer {} ({}): {why}", self.row, self.sku));
            return;
        }
        list.offers.push(OwnOffer {
            on_sale: self.availabilities.iter().any(|point| point.available),
            sku: self.sku,
            card: None,
            title: self.model,
            brand: self.brand,
            category: None,
            image_url: None,
            card_url: None,
            city_prices: self.city_prices,
            price: self.price,
            availabilities: self.availabilities,
            errors: Vec::new(),
            settling_until: None,
            updated_at: None,
        });
    }
}

fn availability(element: &BytesStart<'_>) -> Result<Result<Availability, String>, MarketError> {
    let (store, available) = (attribute(element, "storeId")?, attribute(element, "available")?);
    let (preorder, stock) = (attribute(element, "preOrder")?, attribute(element, "stockCount")?);
    let Some(store) = store.filter(|store| !store.is_empty()) else {
        return Ok(Err("an availability has no storeId".to_owned()));
    };
    let available = match available.as_deref() {
        Some("yes") => true,
        Some("no") => false,
        other => {
            return Ok(Err(format!(
                "point {store}: available is {:?}, it must be yes or no",
                other.unwrap_or("missing")
            )));
        }
    };
    let at = |why: String| format!("point {store}: {why}");
    let read = whole(stock.as_deref(), "stockCount")
        .map_err(at)
        .and_then(|stock| {
            let preorder_days = whole(preorder.as_deref(), "preOrder").map_err(at)?;
            Ok(Availability {
                point_id: store.clone(),
                available,
                stock,
                preorder_days,
                stock_enabled: None,
            })
        });
    Ok(read)
}

/// A count that may be written `2.0`.
fn whole(text: Option<&str>, what: &str) -> Result<Option<i64>, String> {
    let Some(text) = text.map(str::trim).filter(|text| !text.is_empty()) else {
        return Ok(None);
    };
    let (digits, fraction) = text.split_once('.').unwrap_or((text, ""));
    match digits.parse::<i64>() {
        Ok(count) if count >= 0 && fraction.bytes().all(|byte| byte == b'0') => Ok(Some(count)),
        _ => Err(format!("{what} is {text:?}, it must be a whole number from 0")),
    }
}

fn whole_price(text: &str) -> Result<Tenge, String> {
    match whole(Some(text), "price")? {
        Some(price) if price > 0 => Ok(Tenge(price)),
        _ => Err(format!("price is {text:?}, it must be above zero")),
    }
}

fn attribute(element: &BytesStart<'_>, name: &str) -> Result<Option<String>, MarketError> {
    let found = element
        .try_get_attribute(name)
        .map_err(|error| broken(&error.to_string()))?;
    let Some(found) = found else { return Ok(None) };
    let value = found
        .normalized_value(XmlVersion::Explicit1_0)
        .map_err(|error| broken(&error.to_string()))?;
    Ok(Some(value.trim().to_owned()))
}

/// The five letters of XML and numbered ones; a file with entities of its own is refused, so nothing can grow out of it.
fn entity_letter(entity: &quick_xml::events::BytesRef<'_>) -> Result<char, MarketError> {
    if let Some(letter) = entity
        .resolve_char_ref()
        .map_err(|error| broken(&error.to_string()))?
    {
        return Ok(letter);
    }
    match entity.as_ref() {
        "amp" => Ok('&'),
        "lt" => Ok('<'),
        "gt" => Ok('>'),
        "quot" => Ok('"'),
        "apos" => Ok('\''),
        _ => Err(broken("an entity that XML does not know")),
    }
}

fn broken(why: &str) -> MarketError {
    MarketError::BadAnswer(format!(
        "price list: {}",
        why.chars().take(200).collect::<String>()
    ))
}
