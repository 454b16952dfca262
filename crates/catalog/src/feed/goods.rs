//! What people say of points, preorders and warehouses: judged, kept, put over what the marketplace says. Refuses days that it would refuse.

use super::{Feeds, PREORDER_DAYS, RowsWanted, facts::FeedFacts, may_manage};
use crate::{
    Catalog, CatalogError,
    model::{CatalogOffer, OfferPoint, PointNote, Preorder, StoredAvailability},
    store::{feed_rows, points},
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Timestamp};
use std::collections::BTreeMap;

/// An offer with every point of it, and what people said of them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OfferPlaces {
    pub offer: OfferId,
    pub sku: String,
    pub title: String,
    /// As they are sent now.
    pub places: Vec<StoredAvailability>,
    pub said: Vec<OfferPoint>,
}

/// Preorders that are listed.
const MOST: i64 = 2_000;
const LARGEST_STOCK: i64 = 1_000_000;
const LONGEST_NOTE: usize = 300;
const MINUTES_A_DAY: i64 = 24 * 60;

impl Feeds {
    /// Offers of a shop with their points, in the order of articles; and the article after which the next ones begin.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn places(
        &self,
        scope: &Scope,
        shop: &ShopId,
        wanted: &RowsWanted,
    ) -> Result<(Vec<OfferPlaces>, Option<String>), CatalogError> {
        self.catalog.shop(scope, shop).await?;
        let words = crate::fold(&[&wanted.search]);
        let limit = i64::try_from(wanted.limit).unwrap_or(i64::MAX);
        let mut tx = self.catalog.db.snapshot().await?;
        let part = feed_rows::Part {
            after: &wanted.after,
            words: &words,
            limit,
        };
        let mut found = feed_rows::next(&mut tx, shop, part, self.catalog.clock.now()).await?;
        drop(tx);
        let full = i64::try_from(found.len()).is_ok_and(|found| found >= limit);
        let next = found.last().filter(|_| full).map(|last| last.sku.clone());
        found.retain(|one| one.gone_at.is_none());
        let ids: Vec<OfferId> = found.iter().filter_map(FeedFacts::offer).cloned().collect();
        let mut said: BTreeMap<OfferId, Vec<OfferPoint>> = BTreeMap::new();
        for one in self.catalog.said_of(&ids).await? {
            said.entry(one.offer.clone()).or_default().push(one);
        }
        let offers = found.into_iter().filter_map(|one| {
            let offer = one.offer()?.clone();
            Some(OfferPlaces {
                said: said.remove(&offer).unwrap_or_default(),
                offer,
                sku: one.sku,
                title: one.title,
                places: one.places,
            })
        });
        Ok((offers.collect(), next))
    }

    /// Preorders of a shop, newest first, with their offers.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn preorders(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<Vec<(Preorder, CatalogOffer)>, CatalogError> {
        self.catalog.shop(scope, shop).await?;
        let found = points::preorders(&self.catalog.db, scope, shop, MOST).await?;
        let ids: Vec<OfferId> = found.iter().map(|one| one.offer.clone()).collect();
        let offers = self.catalog.offers_by_ids(&ids).await?;
        let mut by_id: BTreeMap<OfferId, CatalogOffer> = offers
            .into_iter()
            .map(|offer| (offer.id.clone(), offer))
            .collect();
        let pair = |one: Preorder| by_id.remove(&one.offer).map(|offer| (one, offer));
        Ok(found.into_iter().filter_map(pair).collect())
    }

    /// Sells an offer by preorder, or changes how.
    ///
    /// # Errors
    /// When the days, the end or the limit make no sense, or there is no such offer.
    pub async fn put_preorder(
        &self,
        scope: &Scope,
        offer: &OfferId,
        days: i64,
        ends_at: Option<Timestamp>,
        most: Option<i64>,
    ) -> Result<Preorder, CatalogError> {
        may_manage(scope)?;
        let now = self.catalog.clock.now();
        if !PREORDER_DAYS.contains(&days) {
            return Err(fact("preorder-days", "days", days));
        }
        if let Some(end) = ends_at.filter(|end| *end <= now) {
            return Err(fact("preorder-over", "ends_at", end.as_micros()));
        }
        if let Some(most) = most.filter(|most| !(1..=LARGEST_STOCK).contains(most)) {
            return Err(fact("preorder-limit", "limit", most));
        }
        let offer = self.catalog.offer(scope, offer).await?;
        let wanted = Preorder {
            offer: offer.id.clone(),
            days,
            ends_at,
            most,
            set_by: scope.actor_name().to_owned(),
            set_at: now,
        };
        let mut tx = self.catalog.db.write().await?;
        points::put_preorder(&mut tx, scope, &offer.shop, &wanted).await?;
        let after = Some(format!("{}: {days}", offer.sku));
        self.audit(&mut tx, scope, "preorder.set", offer.id.as_str(), None, after)
            .await?;
        tx.commit().await?;
        Ok(wanted)
    }

    /// Ends a preorder.
    ///
    /// # Errors
    /// When the offer has none.
    pub async fn end_preorder(&self, scope: &Scope, offer: &OfferId) -> Result<(), CatalogError> {
        may_manage(scope)?;
        let mut tx = self.catalog.db.write().await?;
        if points::end_preorder(&mut tx, scope, offer).await? == 0 {
            return Err(CatalogError::NotFound {
                what: "preorder",
                id: offer.to_string(),
            });
        }
        self.audit(&mut tx, scope, "preorder.ended", offer.as_str(), None, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Says whether an offer is sold at a point and how many pieces there are; nothing of both means "as the marketplace says".
    ///
    /// # Errors
    /// When there is no such offer or point, or the number makes no sense.
    pub async fn say_point(&self, scope: &Scope, said: &OfferPoint) -> Result<(), CatalogError> {
        may_manage(scope)?;
        if let Some(stock) = said.stock.filter(|stock| !(0..=LARGEST_STOCK).contains(stock)) {
            return Err(fact("point-stock", "stock", stock));
        }
        let offer = self.catalog.offer(scope, &said.offer).await?;
        self.point(scope, &offer.shop, &said.point_id).await?;
        let mut tx = self.catalog.db.write().await?;
        if said.available.is_none() && said.stock.is_none() {
            points::forget(&mut tx, scope, &said.offer, &said.point_id).await?;
        } else {
            points::put(&mut tx, scope, said, self.catalog.clock.now()).await?;
        }
        let after = Some(format!(
            "{} {}: {}",
            offer.sku,
            said.point_id,
            said.stock.map_or_else(
                || said
                    .available
                    .map_or("", |yes| if yes { "yes" } else { "no" })
                    .to_owned(),
                |stock| stock.to_string()
            )
        ));
        self.audit(&mut tx, scope, "point.said", offer.id.as_str(), None, after)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Keeps what the stock says of points, many at once; the stock has a ledger of its own, so the log of acts is spared.
    ///
    /// # Errors
    /// When the caller may not, or the database does not answer.
    pub async fn keep_stock(&self, scope: &Scope, said: &[OfferPoint]) -> Result<(), CatalogError> {
        may_manage(scope)?;
        let now = self.catalog.clock.now();
        let mut tx = self.catalog.db.write().await?;
        for one in said {
            points::put(&mut tx, scope, one, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }

    /// What people should know of the warehouses of a shop, by full spelling.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn point_notes(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<BTreeMap<String, PointNote>, CatalogError> {
        self.catalog.shop(scope, shop).await?;
        Ok(points::notes(&self.catalog.db, shop).await?)
    }

    /// Keeps what people should know of a warehouse.
    ///
    /// # Errors
    /// When there is no such point, or a text is too long.
    pub async fn note_point(
        &self,
        scope: &Scope,
        shop: &ShopId,
        point: &str,
        note: &PointNote,
    ) -> Result<(), CatalogError> {
        may_manage(scope)?;
        self.point(scope, shop, point).await?;
        for (field, text) in [
            ("address", &note.address),
            ("hours", &note.hours),
            ("shelves", &note.shelves),
        ] {
            if text.chars().count() > LONGEST_NOTE {
                return Err(fact("point-note-long", field, text.chars().count()));
            }
        }
        if let Some(minute) = note
            .cut_off_minute
            .filter(|minute| !(0..MINUTES_A_DAY).contains(minute))
        {
            return Err(fact("point-cut-off", "cut_off", minute));
        }
        let mut tx = self.catalog.db.write().await?;
        points::put_note(&mut tx, scope, shop, point, note, self.catalog.clock.now()).await?;
        self.audit(&mut tx, scope, "point.noted", point, None, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn point(&self, scope: &Scope, shop: &ShopId, point: &str) -> Result<(), CatalogError> {
        let points = self.catalog.points(scope, shop).await?;
        if points.iter().any(|known| known.id == point) {
            return Ok(());
        }
        Err(CatalogError::NotFound {
            what: "point",
            id: point.to_owned(),
        })
    }
}

impl Catalog {
    /// Every point of an offer as it is to be sold now: what people said, over what the marketplace says.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn places_of(&self, offer: &CatalogOffer) -> Result<Vec<StoredAvailability>, CatalogError> {
        let mut places = offer.availabilities.clone();
        self.say_over(&offer.id, &mut places).await?;
        Ok(places)
    }

    /// Puts what people said of an offer over these points.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn say_over(
        &self,
        offer: &OfferId,
        places: &mut Vec<StoredAvailability>,
    ) -> Result<(), CatalogError> {
        for said in points::of_offers(&self.db, std::slice::from_ref(offer)).await? {
            points::say(places, said.point_id, said.available, said.stock);
        }
        let now = self.clock.now();
        let preorder = points::preorder_of(&self.db, offer).await?;
        if let Some(preorder) = preorder.filter(|one| one.ends_at.is_none_or(|end| end > now)) {
            for place in places {
                *place = place.by_preorder(preorder.days, preorder.most);
            }
        }
        Ok(())
    }

    /// What people said of points of these offers.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn said_of(&self, offers: &[OfferId]) -> Result<Vec<OfferPoint>, CatalogError> {
        if offers.is_empty() {
            return Ok(Vec::new());
        }
        Ok(points::of_offers(&self.db, offers).await?)
    }
}

fn fact(code: &'static str, field: &'static str, value: impl ToString) -> CatalogError {
    CatalogError::Fact {
        code,
        field,
        value: value.to_string(),
    }
}
