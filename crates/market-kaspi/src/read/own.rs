//! The shop's own offers as the cabinet shows them. Refuses to drop a row, a point or a city price in silence.

use super::{Links, document};
use crate::wire::{
    loose::{List, Thing},
    own::{AvailabilityRow, CityPriceRow, OwnListAnswer, OwnRow},
    time::moment,
};
use sauda_kernel::Tenge;
use sauda_market::{Availability, MarketError, OwnOffer, OwnOfferPage, OwnOffersFilter};
use std::collections::{BTreeMap, BTreeSet};

/// Reads the answer of `GET /bff/offer-view/list`. The filter that was asked with fills in what a row does not say about being on sale.
///
/// # Errors
/// `BadAnswer` when it is not that document or has no `data`.
pub fn own_offers(
    bytes: &[u8],
    links: &Links,
    shop_uid: &str,
    filter: OwnOffersFilter,
) -> Result<OwnOfferPage, MarketError> {
    let answer: OwnListAnswer<'_> = document("own offers", bytes)?;
    let rows = answer.data.required("own offers: data")?;
    let total = answer.total.whole().filter(|total| *total >= 0);
    let mut page = OwnOfferPage {
        offers: Vec::with_capacity(rows.len()),
        total,
        refused: Vec::new(),
    };
    for (place, row) in rows.iter().enumerate() {
        let read = match row {
            Thing::Is(row) => offer(row, links, shop_uid, filter, None),
            Thing::Absent | Thing::Odd => Err("not an object".to_owned()),
        };
        match read {
            Ok(offer) => page.offers.push(offer),
            Err(why) => page.refused.push(format!("row {}: {why}", place + 1)),
        }
    }
    Ok(page)
}

/// Reads the answer of `GET /bff/offer-view/details`, which names the points but does not say at which of them the offer is; the points
/// as the list shows them are passed in when they are known. Without them only a removed offer can be read: it is at none.
///
/// # Errors
/// `BadAnswer` when it is not that document, `NotFound` when it is an empty one.
pub fn own_offer(
    bytes: &[u8],
    links: &Links,
    shop_uid: &str,
    sku: &str,
    listed: Option<&OwnOffer>,
) -> Result<OwnOffer, MarketError> {
    let row: OwnRow<'_> = document("own offer", bytes)?;
    if row.sku.get().is_none() && row.title.get().is_none() && row.cities.or_none().is_empty() {
        return Err(MarketError::BadAnswer("own offer: sku is missing".to_owned()));
    }
    if row.sku.get().is_some_and(|told| told != sku) {
        return Err(MarketError::BadAnswer(
            "own offer: the answer is about another sku".to_owned(),
        ));
    }
    offer(&row, links, shop_uid, OwnOffersFilter::All, listed)
        .map_err(|why| MarketError::BadAnswer(format!("own offer: {why}")))
}

fn offer(
    row: &OwnRow<'_>,
    links: &Links,
    shop_uid: &str,
    filter: OwnOffersFilter,
    listed: Option<&OwnOffer>,
) -> Result<OwnOffer, String> {
    let sku = row.sku.owned().ok_or_else(|| "no sku".to_owned())?;
    let told = |why: String| format!("sku {sku}: {why}");
    let mut availabilities = availabilities(row, shop_uid, listed).map_err(told)?;
    availabilities.sort_by(|left, right| left.point_id.cmp(&right.point_id));
    let on_sale = on_sale(row, filter, &availabilities)
        .ok_or_else(|| told("not said whether it is on sale".to_owned()))?;
    let (city_prices, price) = prices(row).map_err(told)?;
    let master = row.master_product.get();
    let card_row = master.and_then(|master| master.card.get());
    let title = [&row.title, &row.master_title, &row.master_name, &row.model]
        .into_iter()
        .find_map(|text| text.owned());
    let image = row
        .images
        .or_none()
        .iter()
        .find_map(|path| path.get())
        .or_else(|| {
            let gallery = master
                .map(|master| master.gallery_images.or_none())
                .unwrap_or_default();
            gallery
                .iter()
                .find_map(|image| image.get().and_then(|image| image.location.get()))
        });
    let link = row
        .shop_link
        .get()
        .or_else(|| card_row.and_then(|card| card.shop_link.get()));
    let brand = row.brand.owned().or_else(|| {
        card_row
            .and_then(|card| card.promo_conditions.get())
            .and_then(|promo| promo.brand.owned())
    });
    let codes = row
        .offer_error
        .get()
        .map(|error| error.error_codes.or_none())
        .unwrap_or_default();
    Ok(OwnOffer {
        card: row.master_sku.owned(),
        title: title.unwrap_or_else(|| sku.clone()),
        brand,
        category: row.master_category.owned(),
        image_url: image.map(|path| links.small_picture(path)),
        card_url: link.map(|link| links.card(link)),
        on_sale,
        city_prices,
        price,
        availabilities,
        errors: codes.iter().filter_map(|code| code.owned()).collect(),
        settling_until: row.edition_deadline.get().and_then(moment),
        updated_at: row
            .updated_at
            .get()
            .or_else(|| row.archived_at.get())
            .and_then(moment),
        sku,
    })
}

fn on_sale(row: &OwnRow<'_>, filter: OwnOffersFilter, points: &[Availability]) -> Option<bool> {
    if let Some(said) = row.available.0 {
        return Some(said);
    }
    match filter {
        OwnOffersFilter::OnSale => Some(true),
        OwnOffersFilter::Removed => Some(false),
        OwnOffersFilter::All if row.archived_at.get().is_some() => Some(false),
        OwnOffersFilter::All if points.is_empty() => None,
        OwnOffersFilter::All => Some(points.iter().any(|point| point.available)),
    }
}

/// Points in the full spelling. A broken one refuses the offer: a point left out of a change would lose its stock.
fn availabilities(
    row: &OwnRow<'_>,
    shop_uid: &str,
    listed: Option<&OwnOffer>,
) -> Result<Vec<Availability>, String> {
    let rows = match &row.availabilities {
        List::Is(rows) => rows,
        List::Absent => {
            return Ok(listed
                .map(|offer| offer.availabilities.clone())
                .unwrap_or_default());
        }
        List::Odd => return Err("availabilities are not a list".to_owned()),
    };
    let is_removed = row.available.0 == Some(false) || row.archived_at.get().is_some();
    let mut points: Vec<Availability> = Vec::with_capacity(rows.len());
    for row in rows {
        let Thing::Is(row) = row else {
            return Err("a point is not an object".to_owned());
        };
        let point = point(row, shop_uid, listed, is_removed)?;
        if points.iter().any(|known| known.point_id == point.point_id) {
            return Err(format!("point {} stands twice", point.point_id));
        }
        points.push(point);
    }
    Ok(points)
}

fn point(
    row: &AvailabilityRow<'_>,
    shop_uid: &str,
    listed: Option<&OwnOffer>,
    is_removed: bool,
) -> Result<Availability, String> {
    let Some(id) = row.store_id.get().or_else(|| row.point_id.get()) else {
        return Err("a point has no storeId".to_owned());
    };
    let point_id = full_point_id(shop_uid, id);
    if row.available.0.is_none() && row.store_id.get().is_none() {
        let known = listed.and_then(|offer| {
            offer
                .availabilities
                .iter()
                .find(|known| known.point_id == point_id)
        });
        return match known {
            Some(known) => Ok(known.clone()),
            None if is_removed => Ok(Availability {
                point_id,
                available: false,
                stock: None,
                preorder_days: None,
                stock_enabled: None,
            }),
            None => Err(format!("not said whether it is at point {id}")),
        };
    }
    let at = |why: String| format!("point {id}: {why}");
    let Some(available) = row.available.0 else {
        return Err(at("neither yes nor no".to_owned()));
    };
    Ok(Availability {
        available,
        stock: row.stock_count.count("stockCount").map_err(at)?,
        preorder_days: row.pre_order.count("preOrder").map_err(at)?,
        stock_enabled: row.stock_enabled.0,
        point_id,
    })
}

/// `PP1` of shop 30067228 is `30067228_PP1`; a spelling that is already full stays.
pub(crate) fn full_point_id(shop_uid: &str, id: &str) -> String {
    let is_full = id
        .strip_prefix(shop_uid)
        .is_some_and(|rest| rest.starts_with('_'));
    if is_full || shop_uid.is_empty() {
        id.to_owned()
    } else {
        format!("{shop_uid}_{id}")
    }
}

type Prices = (BTreeMap<String, Tenge>, Option<Tenge>);

/// The shop's own cities come from `cityPrices` (list) or `cityInfo` (details). `allCityPrices` and `cities` name all 250 cities of the
/// country whether the shop is there or not, so they only answer what the one price everywhere is, or stand in when prices differ.
fn prices(row: &OwnRow<'_>) -> Result<Prices, String> {
    let base = if row.price.whole() == Some(0) {
        None
    } else {
        known_price(row.price)?
    };
    let mut own = BTreeMap::new();
    for element in row.city_prices.or_none() {
        let Thing::Is(element) = element else {
            return Err("a city price is not an object".to_owned());
        };
        city_price(element, &mut own)?;
    }
    if matches!(row.city_prices, List::Odd) {
        return Err("cityPrices are not a list".to_owned());
    }
    for city in row.city_info.or_none() {
        let Some(city) = city.get() else {
            return Err("a city is not an object".to_owned());
        };
        let Some(id) = city.id.owned() else {
            return Err("a city has no id".to_owned());
        };
        if let Some(price) = known_price(city.price).map_err(|why| format!("city {id}: {why}"))? {
            own.insert(id, price);
        }
    }
    let mut everywhere = BTreeMap::new();
    for (id, element) in row.all_city_prices.or_none() {
        let (Some(id), Some(element)) = (id.get(), element.get()) else {
            continue;
        };
        if let Some(price) = known_price(element.price).map_err(|why| format!("city {id}: {why}"))? {
            everywhere.insert(id.to_owned(), price);
        }
    }
    for element in row.cities.or_none() {
        if let Some(element) = element.get() {
            city_price(element, &mut everywhere)?;
        }
    }
    let levels: BTreeSet<Tenge> = everywhere.values().copied().collect();
    let uniform = if levels.len() == 1 {
        levels.first().copied()
    } else {
        None
    };
    let price = base.or(uniform);
    if own.is_empty() && price.is_none() && levels.len() > 1 {
        own = everywhere;
    }
    Ok((own, price))
}

fn city_price(row: &CityPriceRow<'_>, into: &mut BTreeMap<String, Tenge>) -> Result<(), String> {
    let Some(id) = row.city_id.owned() else {
        return Err("a city price has no cityId".to_owned());
    };
    let value = if row.value == crate::wire::number::Number::Absent {
        row.price
    } else {
        row.value
    };
    if let Some(price) = known_price(value).map_err(|why| format!("city {id}: {why}"))? {
        into.insert(id, price);
    }
    Ok(())
}

/// A missing price and a price of 0 are "not sold there"; anything else must be whole tenge above zero.
fn known_price(value: crate::wire::number::Number) -> Result<Option<Tenge>, String> {
    match value {
        crate::wire::number::Number::Absent | crate::wire::number::Number::Whole(0) => Ok(None),
        other => other.price().map(Some),
    }
}
