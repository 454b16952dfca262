//! Everybody who sells a card in a city. Refuses to take a missing list for "nobody" or a second row of a seller for a rival.

use super::{document, scan, text};
use crate::wire::{
    loose::Thing,
    number::Number,
    storefront::{OfferRow, OffersAnswer},
    time::moment,
};
use sauda_kernel::Timestamp;
use sauda_market::{CardOffers, MarketError, RivalOffer};

/// A page has at most so many rows.
const MOST_ROWS: usize = 64;

/// Reads the answer of `POST /yml/offer-view/offers/{card}`.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no list of offers.
pub fn card_offers(bytes: &[u8]) -> Result<CardOffers, MarketError> {
    match text("offers of a card", bytes).ok().and_then(quickly) {
        Some(page) => Ok(page),
        None => patiently(bytes),
    }
}

/// The usual answer in one pass, or nothing.
fn quickly(text: &str) -> Option<CardOffers> {
    let scanned = scan::offers(
        text,
        Page {
            offers: Vec::with_capacity(MOST_ROWS),
            ..Page::default()
        },
        |page, row| page.add(rival(row)),
    )?;
    scanned.rows.done(scanned.total, scanned.offers_count).ok()
}

/// Any answer, member by member.
fn patiently(bytes: &[u8]) -> Result<CardOffers, MarketError> {
    let answer: OffersAnswer<'_> = document("offers of a card", bytes)?;
    let rows = answer.offers.required("offers of a card: offers")?;
    let mut page = Page::default();
    for row in &rows {
        page.add(match row {
            Thing::Is(row) => rival(row),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        });
    }
    page.done(answer.total, answer.offers_count)
}

/// A page being put together row by row.
#[derive(Default)]
struct Page {
    rows: i64,
    offers: Vec<RivalOffer>,
    refused: Vec<String>,
    duplicates: Vec<String>,
}

impl Page {
    fn add(&mut self, row: Result<RivalOffer, String>) {
        self.rows += 1;
        match row {
            Ok(offer)
                if self
                    .offers
                    .iter()
                    .any(|known| known.merchant_uid == offer.merchant_uid) =>
            {
                let RivalOffer {
                    merchant_uid, price, ..
                } = offer;
                self.duplicates.push(format!(
                    "row {}: merchant {merchant_uid} again, at {}",
                    self.rows,
                    price.get()
                ));
            }
            Ok(offer) => self.offers.push(offer),
            Err(why) => self.refused.push(format!("row {}: {why}", self.rows)),
        }
    }

    fn done(self, total: Number, offers_count: Number) -> Result<CardOffers, MarketError> {
        let told = [total.whole(), offers_count.whole()]
            .into_iter()
            .flatten()
            .filter(|total| *total >= 0)
            .max();
        let total = match told {
            Some(total) => total.max(self.rows),
            None if self.rows > 0 => self.rows,
            // An empty list is believed only together with its count.
            None => {
                return Err(MarketError::BadAnswer(
                    "offers of a card: no offers and no total".to_owned(),
                ));
            }
        };
        Ok(CardOffers {
            offers: self.offers,
            total,
            refused: self.refused,
            duplicates: self.duplicates,
        })
    }
}

fn rival(row: &OfferRow<'_>) -> Result<RivalOffer, String> {
    let merchant_uid = row
        .merchant_id
        .owned()
        .ok_or_else(|| "no merchantId".to_owned())?;
    let price = row
        .price
        .price()
        .map_err(|why| format!("merchant {merchant_uid}: {why}"))?;
    let preorder_days = row
        .preorder
        .count("preorder")
        .map_err(|why| format!("merchant {merchant_uid}: {why}"))?
        .unwrap_or(0);
    let merchant_name = row.merchant_name.owned().unwrap_or_else(|| merchant_uid.clone());
    Ok(RivalOffer {
        merchant_name,
        merchant_sku: row.merchant_sku.owned(),
        price,
        rating_milli: row.merchant_rating.stars_milli(),
        reviews: row
            .merchant_reviews_quantity
            .whole()
            .filter(|reviews| *reviews >= 0),
        delivery_at: delivery(row),
        pickup_at: row.pickup.get().and_then(moment),
        marketplace_delivery: row.kaspi_delivery.0.unwrap_or(false),
        delivery_type: row.delivery_type.owned(),
        delivery_duration: row.delivery_duration.owned(),
        preorder_days,
        point_id: row.located_in_point.owned(),
        merchant_uid,
    })
}

/// The promise of the offer itself, or in newer answers of its own kind of delivery, or the earliest of all kinds.
fn delivery(row: &OfferRow<'_>) -> Option<Timestamp> {
    if let Some(at) = row.delivery.get().and_then(moment) {
        return Some(at);
    }
    let mut earliest: Option<Timestamp> = None;
    for (kind, option) in row.delivery_options.or_none() {
        let Some(at) = option
            .get()
            .and_then(|option| option.delivery.get())
            .and_then(moment)
        else {
            continue;
        };
        if kind.get().is_some() && kind.get() == row.delivery_type.get() {
            return Some(at);
        }
        earliest = Some(earliest.map_or(at, |known| known.min(at)));
    }
    earliest
}

#[cfg(test)]
mod tests {
    use super::*;

    const RECORDED: &str =
        include_str!("../../../../fixtures/kaspi/storefront_offer-view-offers_2026-09.json");

    fn agree(text: &str) -> bool {
        let quick = quickly(text);
        if let Some(page) = &quick {
            assert_eq!(patiently(text.as_bytes()).as_ref(), Ok(page), "{text}");
        }
        quick.is_some()
    }

    #[test]
    fn the_recorded_answer_takes_the_quick_way() {
        assert!(agree(RECORDED));
        assert!(agree(
            &serde_json::from_str::<serde_json::Value>(RECORDED)
                .unwrap()
                .to_string()
        ));
    }

    #[test]
    fn the_quick_and_the_patient_reader_never_disagree() {
        // Every byte replaced by each of the bytes that mean something in JSON, and every cut.
        let small = r#"{"offers":[{"merchantId":"1","price":10.50,"preorder":0,"kaspiDelivery":true,"x":[{"a":-0.1,"b":"\n"}],"title":"я"},{"merchantId":"2","price":7.0,"deliveryOptions":null}],"total":2,"offersCount":2}"#;
        let mut quick = 0;
        for place in 0..=small.len() {
            if let Some(cut) = small.get(..place) {
                quick += u32::from(agree(cut));
            }
            for letter in "\"\\{}[]:,0123456789.-eEtnu x\u{1}я".chars() {
                let (Some(before), Some(after)) = (small.get(..place), small.get(place..)) else {
                    continue;
                };
                let mut inserted = before.to_owned();
                inserted.push(letter);
                quick += u32::from(agree(&format!("{inserted}{after}")));
                let mut rest = after.chars();
                if rest.next().is_some() {
                    quick += u32::from(agree(&format!("{inserted}{}", rest.as_str())));
                }
            }
        }
        assert!(quick > 2000, "{quick}");
    }

    #[test]
    fn what_the_quick_reader_leaves_to_the_patient_one_is_still_read() {
        for text in [
            r#"{"offers":[{"merchantId":"\u0031","price":5}],"total":1}"#,
            r#"{"offers":[{"merchantId":1,"price":"5"}],"total":1}"#,
            r#"{"offers":[{"merchantId":"1","price":5e0}],"total":1}"#,
            r#"{"offers":[{"merchantId":"1","price":5,"deliveryOptions":{}}],"total":1}"#,
        ] {
            assert!(!agree(text), "{text}");
            assert_eq!(
                card_offers(text.as_bytes()).map(|page| (page.offers.len(), page.offers[0].price.get())),
                Ok((1, 5)),
                "{text}"
            );
        }
    }
}
