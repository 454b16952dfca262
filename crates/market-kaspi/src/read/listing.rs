//! Cards of a listing. Refuses to take a missing list for an empty shelf.

use super::{Links, document};
use crate::wire::{
    loose::{List, Thing},
    number::Number,
    storefront::{CardRow, FiltersAnswer, ResultsAnswer},
};
use sauda_market::{ListingCard, ListingPage, MarketError};

/// Reads the answer of `pl/results` (`data` is the list) or of `pl/filters` (`data` holds `cards` and `total`).
///
/// # Errors
/// `BadAnswer` when it is neither.
pub fn listing(bytes: &[u8], links: &Links) -> Result<ListingPage, MarketError> {
    let answer: ResultsAnswer<'_> = document("listing", bytes)?;
    let (rows, total) = match answer.data {
        List::Is(rows) => (rows, answer.total),
        List::Absent => return Err(MarketError::BadAnswer("listing: data is missing".to_owned())),
        List::Odd => {
            let answer: FiltersAnswer<'_> = document("listing", bytes)?;
            let Thing::Is(data) = answer.data else {
                return Err(MarketError::BadAnswer(
                    "listing: data is neither a list nor an object".to_owned(),
                ));
            };
            (data.cards.required("listing: data.cards")?, data.total)
        }
    };
    let total = total.whole().filter(|total| *total >= 0);
    let mut page = ListingPage {
        cards: Vec::with_capacity(rows.len()),
        total,
        refused: Vec::new(),
    };
    for (place, row) in rows.iter().enumerate() {
        let read = match row {
            Thing::Is(row) => card(row, links),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        };
        match read {
            Ok(card) => page.cards.push(card),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

fn card(row: &CardRow<'_>, links: &Links) -> Result<ListingCard, String> {
    let card = row.id.owned().ok_or_else(|| "no id".to_owned())?;
    let price = match (row.unit_sale_price, row.unit_price) {
        (Number::Absent | Number::Whole(0), Number::Absent | Number::Whole(0)) => None,
        (Number::Absent | Number::Whole(0), other) | (other, _) => {
            Some(other.price().map_err(|why| format!("card {card}: {why}"))?)
        }
    };
    let picture = row.preview_images.or_none().iter().find_map(|picture| {
        let picture = picture.get()?;
        picture
            .small
            .get()
            .or_else(|| picture.medium.get())
            .or_else(|| picture.large.get())
    });
    Ok(ListingCard {
        title: row.title.owned().unwrap_or_else(|| card.clone()),
        brand: row.brand.owned(),
        category_id: row.category_id.owned(),
        price,
        url: row.shop_link.get().map(|link| links.card(link)),
        image_url: picture.map(|path| links.small_picture(path)),
        rating_milli: row.rating.stars_milli(),
        reviews: row.reviews_quantity.whole().filter(|reviews| *reviews >= 0),
        card,
    })
}
