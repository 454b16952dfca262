//! Everybody who sells a card in a city. Refuses to take a missing list for "nobody" or a second row of a seller for a rival.

use super::document;
use crate::wire::{
    loose::Thing,
    storefront::{OfferRow, OffersAnswer},
    time::moment,
};
use sauda_kernel::Timestamp;
use sauda_market::{CardOffers, MarketError, RivalOffer};

/// Reads the answer of `POST /yml/offer-view/offers/{card}`.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no list of offers.
pub fn card_offers(bytes: &[u8]) -> Result<CardOffers, MarketError> {
    let answer: OffersAnswer<'_> = document("offers of a card", bytes)?;
    let rows = answer.offers.required("offers of a card: offers")?;
    let came = i64::try_from(rows.len()).unwrap_or(i64::MAX);
    let told = [answer.total.whole(), answer.offers_count.whole()].into_iter().flatten().filter(|total| *total >= 0).max();
    let total = match told {
        Some(total) => total.max(came),
        None if came > 0 => came,
        // An empty list is believed only together with its count.
        None => return Err(MarketError::BadAnswer("offers of a card: no offers and no total".to_owned())),
    };
    let mut page =
        CardOffers { offers: Vec::with_capacity(rows.len()), total, refused: Vec::new(), duplicates: Vec::new() };
    for (place, row) in rows.iter().enumerate() {
        let read = match row {
            Thing::Is(row) => rival(row),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        };
        match read {
            Ok(offer) if page.offers.iter().any(|known| known.merchant_uid == offer.merchant_uid) => {
                page.duplicates.push(format!("row {}: merchant {} again, at {}", place + 1, offer.merchant_uid, offer.price.get()));
            }
            Ok(offer) => page.offers.push(offer),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

fn rival(row: &OfferRow<'_>) -> Result<RivalOffer, String> {
    let merchant_uid = row.merchant_id.owned().ok_or_else(|| "no merchantId".to_owned())?;
    let price = row.price.price().map_err(|why| format!("merchant {merchant_uid}: {why}"))?;
    let preorder_days =
        row.preorder.count("preorder").map_err(|why| format!("merchant {merchant_uid}: {why}"))?.unwrap_or(0);
    let merchant_name = row.merchant_name.owned().unwrap_or_else(|| merchant_uid.clone());
    Ok(RivalOffer {
        merchant_name,
        merchant_sku: row.merchant_sku.owned(),
        price,
        rating_milli: row.merchant_rating.stars_milli(),
        reviews: row.merchant_reviews_quantity.whole().filter(|reviews| *reviews >= 0),
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
        let Some(at) = option.get().and_then(|option| option.delivery.get()).and_then(moment) else { continue };
        if kind.get().is_some() && kind.get() == row.delivery_type.get() {
            return Some(at);
        }
        earliest = Some(earliest.map_or(at, |known| known.min(at)));
    }
    earliest
}
