//! A price list read and judged as the marketplace would: the whole by the schema, each offer by the guide. Refuses to guess.

use super::scan::{Scan, Token};
use std::collections::{BTreeMap, BTreeSet};

/// A list in order.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct List {
    pub offers: Vec<Listed>,
    /// Offers that are not taken, with the reason.
    pub errors: Vec<(String, String)>,
}

#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Listed {
    pub sku: String,
    pub model: String,
    pub places: Vec<Place>,
    pub everywhere: Option<u32>,
    pub cities: BTreeMap<String, u32>,
}

#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Place {
    pub point: String,
    pub available: bool,
    pub days: u8,
    pub stock: Option<u32>,
}

/// The order of an offer's children.
const ORDER: [&str; 6] = [
    "model",
    "brand",
    "availabilities",
    "deliveryOptions",
    "price",
    "cityprices",
];
const LONGEST_SKU: usize = 100;

struct Reader<'a> {
    scan: Scan<'a>,
}

type Attributes = Vec<(String, String)>;

/// # Errors
/// Why nothing of the list is taken.
pub fn read(text: &str, merchant: &str) -> Result<List, String> {
    let mut reader = Reader {
        scan: Scan::new(text),
    };
    let root = reader.open("kaspi_catalog")?;
    let space = root.iter().find(|(key, _)| key == "xmlns");
    if space.is_none_or(|(_, space)| space != "kaspiShopping") {
        return Err("the namespace is not kaspiShopping".to_owned());
    }
    if !root.iter().any(|(key, _)| key == "date") {
        return Err("kaspi_catalog has no date".to_owned());
    }
    reader.text_of("company")?;
    let named = reader.text_of("merchantid")?;
    if named.trim() != merchant {
        return Err(format!("the list is of the seller {named:?}, not of {merchant}"));
    }
    reader.open("offers")?;
    let mut list = List::default();
    let mut known = BTreeSet::new();
    loop {
        match reader.tag()? {
            Token::Close(name) if name == "offers" => break,
            Token::Open { name, attributes, .. } if name == "offer" => {
                let (sku, offer) = reader.offer(attributes)?;
                if !known.insert(sku.clone()) {
                    return Err(format!("the article {sku:?} stands twice"));
                }
                match offer {
                    Ok(offer) => list.offers.push(offer),
                    Err(error) => list.errors.push((sku, error)),
                }
            }
            other => return Err(format!("{other:?} inside of offers")),
        }
    }
    if known.is_empty() {
        return Err("the list has no offers".to_owned());
    }
    reader.close("kaspi_catalog")?;
    match reader.tag()? {
        Token::End => Ok(list),
        other => Err(format!("{other:?} after the end")),
    }
}

impl Reader<'_> {
    /// The next token that is not blank.
    fn tag(&mut self) -> Result<Token, String> {
        loop {
            match self.scan.next()? {
                Token::Text(text) if text.trim().is_empty() => {}
                token => return Ok(token),
            }
        }
    }

    fn open(&mut self, wanted: &str) -> Result<Attributes, String> {
        match self.tag()? {
            Token::Open {
                name,
                attributes,
                empty: false,
            } if name == wanted => Ok(attributes),
            other => Err(format!("{wanted} is expected, not {other:?}")),
        }
    }

    fn close(&mut self, wanted: &str) -> Result<(), String> {
        match self.tag()? {
            Token::Close(name) if name == wanted => Ok(()),
            other => Err(format!("the end of {wanted} is expected, not {other:?}")),
        }
    }

    fn text_of(&mut self, name: &str) -> Result<String, String> {
        self.open(name)?;
        self.text(name)
    }

    /// Text up to the end of an element.
    fn text(&mut self, name: &str) -> Result<String, String> {
        let mut whole = String::new();
        loop {
            match self.scan.next()? {
                Token::Text(text) => whole.push_str(&text),
                Token::Close(closed) if closed == name => return Ok(whole),
                other => return Err(format!("{other:?} inside of {name}")),
            }
        }
    }

    /// One offer: its article, and what it says or why it is not taken. What breaks the document is an error of all.
    fn offer(&mut self, attributes: Attributes) -> Result<(String, Result<Listed, String>), String> {
        let mut offer = Listed::default();
        for (key, value) in attributes {
            match key.as_str() {
                "sku" => offer.sku = value,
                "rownumber" => {}
                other => return Err(format!("offer has no attribute {other}")),
            }
        }
        let sku = offer.sku.clone();
        let (mut at, mut wrong) = (0, None);
        loop {
            let (name, empty) = match self.tag()? {
                Token::Close(name) if name == "offer" => break,
                Token::Open { name, empty, .. } => (name, empty),
                other => return Err(format!("{other:?} inside of the offer {sku:?}")),
            };
            let place = ORDER.iter().position(|known| *known == name);
            let place = place.ok_or_else(|| format!("offer has no child {name}"))?;
            let priced = offer.everywhere.is_some() || !offer.cities.is_empty();
            if place < at || (priced && place >= 4) {
                return Err(format!("{name} stands in the wrong place of the offer {sku:?}"));
            }
            at = place + 1;
            if empty {
                if name != "brand" {
                    wrong.get_or_insert(format!("{name} is empty"));
                }
                continue;
            }
            match name.as_str() {
                "model" => offer.model = self.text("model")?,
                "brand" => {
                    self.text("brand")?;
                }
                "availabilities" => self.places(&mut offer, &mut wrong)?,
                "price" => match price(&self.text("price")?) {
                    Ok(price) => offer.everywhere = Some(price),
                    Err(error) => {
                        offer.everywhere = Some(0);
                        wrong.get_or_insert(error);
                    }
                },
                "cityprices" => self.prices(&mut offer, &mut wrong)?,
                other => return Err(format!("{other} is not sent any more")),
            }
        }
        if sku.trim().is_empty() || sku.chars().count() > LONGEST_SKU {
            return Err(format!("{sku:?} is no article"));
        }
        if offer.model.trim().is_empty() {
            wrong.get_or_insert("the model is empty".to_owned());
        }
        if offer.everywhere.is_none() && offer.cities.is_empty() {
            return Err(format!("the offer {sku:?} has no price"));
        }
        Ok((sku, wrong.map_or(Ok(offer), Err)))
    }

    fn places(&mut self, offer: &mut Listed, wrong: &mut Option<String>) -> Result<(), String> {
        loop {
            let attributes = match self.tag()? {
                Token::Close(name) if name == "availabilities" => break,
                Token::Open {
                    name,
                    attributes,
                    empty,
                } if name == "availability" => {
                    if !empty {
                        self.close("availability")?;
                    }
                    attributes
                }
                other => return Err(format!("{other:?} inside of availabilities")),
            };
            match place(&attributes)? {
                Ok(place) => offer.places.push(place),
                Err(error) => {
                    wrong.get_or_insert(error);
                }
            }
        }
        if offer.places.is_empty() {
            wrong.get_or_insert("no point is named".to_owned());
        }
        Ok(())
    }

    fn prices(&mut self, offer: &mut Listed, wrong: &mut Option<String>) -> Result<(), String> {
        loop {
            match self.tag()? {
                Token::Close(name) if name == "cityprices" => break,
                Token::Open {
                    name,
                    attributes,
                    empty: false,
                } if name == "cityprice" => {
                    let city = attributes.iter().find(|(key, _)| key == "cityId");
                    let city = city.ok_or("cityprice has no cityId")?.1.clone();
                    match price(&self.text("cityprice")?) {
                        Ok(price) => {
                            offer.cities.insert(city, price);
                        }
                        Err(error) => {
                            offer.cities.insert(city, 0);
                            wrong.get_or_insert(error);
                        }
                    }
                }
                other => return Err(format!("{other:?} inside of cityprices")),
            }
        }
        if offer.cities.is_empty() {
            return Err("cityprices is empty".to_owned());
        }
        Ok(())
    }
}

/// A point; the outer error is of the schema, the inner one of the offer alone.
fn place(attributes: &Attributes) -> Result<Result<Place, String>, String> {
    let mut found = Place {
        point: String::new(),
        available: false,
        days: 0,
        stock: None,
    };
    let mut said = false;
    for (key, value) in attributes {
        match key.as_str() {
            "storeId" => found.point.clone_from(value),
            "available" => {
                said = true;
                found.available = match value.as_str() {
                    "yes" => true,
                    "no" => false,
                    _ => return Ok(Err(format!("available {value:?} is neither yes nor no"))),
                };
            }
            "preOrder" => match value.parse::<u8>() {
                Ok(days @ 0..=30) => found.days = days,
                _ => return Ok(Err(format!("preOrder {value:?} is not 1 to 30"))),
            },
            "stockCount" => {
                let whole = value.split('.').next().unwrap_or_default();
                match whole.parse() {
                    Ok(stock) => found.stock = Some(stock),
                    Err(_) => return Ok(Err(format!("stockCount {value:?} is no number"))),
                }
            }
            other => return Err(format!("availability has no attribute {other}")),
        }
    }
    if found.point.is_empty() || !said {
        return Err("availability lacks storeId or available".to_owned());
    }
    Ok(Ok(found))
}

/// Whole tenge above nothing, digits only.
fn price(text: &str) -> Result<u32, String> {
    let text = text.trim();
    let digits = !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    text.parse()
        .ok()
        .filter(|price| digits && *price > 0)
        .ok_or_else(|| format!("the price {text:?} is not a whole number above 0"))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(offers: &str) -> Result<List, String> {
        read(
            &format!(
                "<?xml version=\"1.0\"?><kaspi_catalog xmlns=\"kaspiShopping\" date=\"d\"><company>c</company><merchantid>1</merchantid>\
                 <offers>{offers}</offers></kaspi_catalog>"
            ),
            "1",
        )
    }

    const GOOD: &str = "<offer sku=\"A\"><model>m &amp; n</model><brand/><availabilities><availability available=\"yes\" storeId=\"PP1\" \
                        preOrder=\"3\" stockCount=\"2.0\"/></availabilities><price>500</price></offer>";

    #[test]
    fn the_recorded_lists_are_taken() {
        let recorded = include_str!("../../../../fixtures/kaspi/price-list_merchant-feed_2025-12.xml");
        let (_, after) = recorded.split_once("<merchantid>").unwrap();
        let (merchant, _) = after.split_once('<').unwrap();
        let taken = read(recorded, merchant).unwrap();
        assert!(!taken.offers.is_empty());
        assert_eq!(taken.errors, []);
        let good = list(GOOD).unwrap();
        assert_eq!(good.offers[0].model, "m & n");
        assert_eq!(
            good.offers[0].places,
            [Place {
                point: "PP1".to_owned(),
                available: true,
                days: 3,
                stock: Some(2)
            }]
        );
    }

    #[test]
    fn what_breaks_the_schema_breaks_the_whole_list() {
        for (broken, why) in [
            (String::new(), "no offers"),
            (format!("{GOOD}{GOOD}"), "an article twice"),
            (GOOD.replace("<price>500</price>", ""), "no price"),
            (
                GOOD.replace("<model>m &amp; n</model><brand/>", "<brand/><model>m</model>"),
                "order",
            ),
            (GOOD.replace("&amp;", "&"), "a bare mark"),
            (GOOD.replace("preOrder", "loanPeriod"), "an attribute of others"),
            (GOOD.replace("</offer>", ""), "not closed"),
            (GOOD.replace("sku=\"A\"", "sku=\"\""), "no article"),
        ] {
            assert!(list(&broken).is_err(), "{why}");
        }
        assert!(read(GOOD, "1").is_err());
        let (whole, _) = GOOD.split_at(GOOD.len() - 20);
        assert!(list(whole).is_err());
    }

    #[test]
    fn what_is_wrong_with_one_offer_leaves_the_others() {
        for (from, to) in [
            (">500<", ">0<"),
            (">500<", ">500.0<"),
            ("\"3\"", "\"31\""),
            ("\"yes\"", "\"maybe\""),
        ] {
            let broken = GOOD.replace(from, to);
            let taken = list(&format!("{broken}{}", GOOD.replace("\"A\"", "\"B\""))).unwrap();
            assert_eq!((taken.offers.len(), taken.errors.len()), (1, 1), "{to}");
        }
    }
}
