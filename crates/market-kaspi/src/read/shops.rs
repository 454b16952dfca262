//! Shops of the signed-in person, and the name and points of one. Refuses to take missing points for none.

use super::{document, own::full_point_id};
use crate::wire::{
    loose::{List, Thing},
    shops::{GraphAnswer, GraphMerchant, GraphPoint, ShopsAnswer},
};
use sauda_market::{MarketError, Point, ShopProfile, ShopSummary};

/// Reads the answer of `GET /s/m`.
///
/// # Errors
/// `BadAnswer` when it is not that document, has no `merchants`, or a shop has no id.
pub fn shops(bytes: &[u8]) -> Result<Vec<ShopSummary>, MarketError> {
    let answer: ShopsAnswer<'_> = document("shops", bytes)?;
    let mut shops = Vec::new();
    for row in answer.merchants.required("shops: merchants")? {
        let uid = row.get().and_then(|row| row.uid.owned());
        let Some(uid) = uid else {
            return Err(MarketError::BadAnswer("shops: a shop has no uid".to_owned()));
        };
        shops.push(ShopSummary {
            uid,
            name: row.get().and_then(|row| row.name.owned()),
        });
    }
    Ok(shops)
}

/// Reads the answer of GraphQL `getMerchant`; points are none when the answer leaves them out.
///
/// # Errors
/// `Refused` with the words of the answer, `NotFound` when there is no such shop, `BadAnswer` otherwise.
pub fn shop_profile(bytes: &[u8], shop_uid: &str) -> Result<(ShopProfile, bool), MarketError> {
    let merchant = merchant(bytes, shop_uid)?;
    let points = match &merchant.points {
        List::Is(rows) => Some(points(rows, shop_uid)?),
        List::Absent => None,
        List::Odd => return Err(MarketError::BadAnswer("shop: points are not a list".to_owned())),
    };
    let are_points_known = points.is_some();
    let profile = ShopProfile {
        uid: shop_uid.to_owned(),
        name: merchant.name.owned().unwrap_or_else(|| shop_uid.to_owned()),
        logo_url: merchant.logo.get().and_then(|logo| logo.url.owned()),
        points: points.unwrap_or_default(),
    };
    Ok((profile, are_points_known))
}

/// Reads the answer of GraphQL `getPointList`.
///
/// # Errors
/// As `shop_profile`; missing points are `BadAnswer`.
pub fn shop_points(bytes: &[u8], shop_uid: &str) -> Result<Vec<Point>, MarketError> {
    let merchant = merchant(bytes, shop_uid)?;
    points(&merchant.points.required("shop: points")?, shop_uid)
}

fn merchant<'a>(bytes: &'a [u8], shop_uid: &str) -> Result<GraphMerchant<'a>, MarketError> {
    let answer: GraphAnswer<'a> = document("shop", bytes)?;
    if let Some(error) = answer.errors.or_none().first() {
        let words = error
            .get()
            .and_then(|error| error.message.owned())
            .unwrap_or_else(|| "no message".to_owned());
        let folded = words.to_ascii_lowercase();
        if folded.contains("unauthorized") || folded.contains("unauthenticated") {
            return Err(MarketError::SessionEnded);
        }
        let text: String = words.chars().take(200).collect();
        return Err(MarketError::Refused {
            code: "graphql".to_owned(),
            text,
        });
    }
    let Thing::Is(data) = answer.data else {
        return Err(MarketError::BadAnswer("shop: data is missing".to_owned()));
    };
    match data.merchant {
        Thing::Is(merchant) => {
            if merchant.id.get().is_some_and(|id| id != shop_uid) {
                return Err(MarketError::BadAnswer(
                    "shop: the answer is about another shop".to_owned(),
                ));
            }
            Ok(merchant)
        }
        Thing::Absent => Err(MarketError::NotFound(format!("shop {shop_uid}"))),
        Thing::Odd => Err(MarketError::BadAnswer(
            "shop: merchant is not an object".to_owned(),
        )),
    }
}

fn points(rows: &[Thing<GraphPoint<'_>>], shop_uid: &str) -> Result<Vec<Point>, MarketError> {
    let mut points = Vec::with_capacity(rows.len());
    for row in rows {
        let id = row.get().and_then(|row| row.id.get().or_else(|| row.name.get()));
        let (Some(row), Some(id)) = (row.get(), id) else {
            return Err(MarketError::BadAnswer("shop: a point has no id".to_owned()));
        };
        let id = full_point_id(shop_uid, id);
        let code = id
            .strip_prefix(shop_uid)
            .and_then(|rest| rest.strip_prefix('_'))
            .unwrap_or(&id)
            .to_owned();
        let city = row.city.get();
        points.push(Point {
            name: row.name.owned().unwrap_or_else(|| code.clone()),
            enabled: row.enabled.0.unwrap_or(true),
            city_id: city.and_then(|city| city.id.owned()),
            city_name: city.and_then(|city| city.name.owned()),
            id,
            code,
        });
    }
    Ok(points)
}
