//! What is to be sent for an offer at this very moment. Refuses to send it.

use super::{PushReport, Pusher};
use crate::{
    PricingError,
    engine::subject::Subject,
    store::{
        changes::{self, Change, ChangeState},
        context,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{Cabinet, CatalogOffer, NewNotice, StoredAvailability, Tone};
use sauda_kernel::{OfferId, ShopId, Tenge};
use sauda_market::{Availability, PriceChange};
use std::collections::{BTreeMap, HashMap};

impl Pusher {
    /// Judges wishes once more with the settings of this moment, and builds the call. `None` when nothing is left to send.
    pub(super) async fn ready(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        offer: &OfferId,
        wishes: Vec<Change>,
        report: &mut PushReport,
    ) -> Result<Option<(PriceChange, Vec<Change>)>, PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let places = context::of_offers(&pricing.db, std::slice::from_ref(offer)).await?;
        let loaded = pricing.load_places(places, now).await?;
        let found: HashMap<OfferId, CatalogOffer> = pricing
            .catalog
            .offers_by_ids(std::slice::from_ref(offer))
            .await?
            .into_iter()
            .map(|offer| (offer.id.clone(), offer))
            .collect();
        let shops = HashMap::from([(shop.clone(), pricing.catalog.shop(scope, shop).await?)]);
        let mut kept = Vec::with_capacity(wishes.len());
        for wish in wishes {
            let place = loaded
                .places
                .iter()
                .find(|place| place.row.city_id == wish.city_id);
            let subject = match place {
                Some(place) => Subject::of(place, &loaded, &found, &shops, now)?,
                None => None,
            };
            let sendable = subject.as_ref().is_some_and(|subject| subject.lets_out(wish.to));
            if sendable {
                kept.push(wish);
            } else {
                changes::supersede(&pricing.db, offer, &wish.city_id).await?;
                report.dropped += 1;
            }
        }
        let Some(facts) = found.get(offer).filter(|_| !kept.is_empty()) else {
            return Ok(None);
        };
        let mut city_prices: BTreeMap<String, Tenge> = pricing
            .catalog
            .offer_cities(offer)
            .await?
            .into_iter()
            .map(|city| (city.city_id, city.price))
            .collect();
        for wish in &kept {
            city_prices.insert(wish.city_id.clone(), wish.to);
        }
        let availabilities = self.availabilities(scope, cabinet, facts).await?;
        if availabilities.is_empty() {
            let notice = NewNotice::new("no-availabilities", offer.as_str(), Tone::Warn)
                .shop(shop)
                .arg("sku", &facts.sku)
                .arg("title", &facts.title)
                .link(format!("/prices/{offer}"));
            pricing.catalog.tell(&pricing.db, scope, &notice).await?;
            for wish in &kept {
                changes::advance(
                    &pricing.db,
                    &wish.id,
                    ChangeState::Desired,
                    ChangeState::Refused,
                    Some("no-availabilities"),
                    now,
                    None,
                )
                .await?;
            }
            return Ok(None);
        }
        let change = PriceChange {
            shop_uid: cabinet.uid.clone(),
            sku: facts.sku.clone(),
            model: facts.title.clone(),
            city_prices,
            availabilities,
        };
        Ok(Some((change, kept)))
    }

    /// Every point of the offer; read from the cabinet when the list did not carry them.
    async fn availabilities(
        &self,
        scope: &Scope,
        cabinet: &Cabinet,
        offer: &CatalogOffer,
    ) -> Result<Vec<Availability>, PricingError> {
        let catalog = &self.pricing.catalog;
        let mut places = offer.availabilities.clone();
        if places.is_empty() {
            catalog.wait_cabinet_read(&cabinet.access).await?;
            let answer = catalog
                .market()
                .own_offer(&cabinet.egress, &cabinet.session, &cabinet.uid, &offer.sku)
                .await;
            let read = catalog.heard(scope, cabinet, answer).await?.availabilities;
            places = read
                .into_iter()
                .map(|one| StoredAvailability {
                    point_id: one.point_id,
                    available: one.available,
                    stock: one.stock,
                    preorder_days: one.preorder_days,
                    stock_enabled: one.stock_enabled,
                })
                .collect();
            if places.is_empty() {
                return Ok(Vec::new());
            }
        }
        // What people said of points and preorders goes with every price.
        catalog.say_over(&offer.id, &mut places).await?;
        let sent = places.into_iter().map(|one| Availability {
            point_id: one.point_id,
            available: one.available,
            stock: one.stock,
            preorder_days: one.preorder_days,
            stock_enabled: one.stock_enabled,
        });
        Ok(sent.collect())
    }
}

/// Several cities of one offer are one call; offers stay in the order of their best wish.
pub(super) fn by_offer(wishes: Vec<Change>) -> Vec<(OfferId, Vec<Change>)> {
    let mut groups: Vec<(OfferId, Vec<Change>)> = Vec::new();
    let mut place: HashMap<OfferId, usize> = HashMap::new();
    for wish in wishes {
        let next = groups.len();
        let at = *place.entry(wish.offer.clone()).or_insert(next);
        match groups.get_mut(at) {
            Some((_, group)) => group.push(wish),
            None => groups.push((wish.offer.clone(), vec![wish])),
        }
    }
    groups
}
