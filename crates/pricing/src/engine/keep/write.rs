//! What was seen on a watch, noted; and the one transaction that writes a batch.

use super::Batch;
use crate::{
    Pricing, PricingError,
    model::{Coverage, Observation},
    store::{
        changes, context,
        records::{self, NewObservation},
        rules, sellers,
        watches::{self, Watch},
    },
};
use sauda_kernel::{ObservationId, Tenge};
use std::collections::{BTreeSet, HashMap};

impl Batch {
    /// Notes what was seen on a watch; answers the observation that stands for it now. With the whole read `before` it, only
    /// sellers that came, left or moved are written.
    pub(crate) fn note_observation(
        &mut self,
        pricing: &Pricing,
        watch: &mut Watch,
        seen: &Observation,
        print: i64,
        before: Option<&Observation>,
    ) -> Option<ObservationId> {
        if watch.fingerprint == Some(print)
            && let Some(id) = &watch.observation
        {
            self.seen_again.push(id.clone());
            return Some(id.clone());
        }
        let packed = serde_json::to_vec(seen)
            .ok()
            .and_then(|text| records::pack(&text).ok())?;
        let id: ObservationId = pricing.id();
        self.observations.push(NewObservation {
            id: id.clone(),
            watch: watch.id.clone(),
            packed,
            at: seen.at(),
            complete: seen.coverage() == Coverage::Complete,
            total: seen.total(),
        });
        let before = before.filter(|before| before.coverage() == Coverage::Complete);
        let stood: HashMap<&str, (&str, Tenge)> = before
            .into_iter()
            .flat_map(Observation::rows)
            .map(|row| (row.seller.as_str(), (&*row.name, row.price)))
            .collect();
        let mut known = BTreeSet::new();
        for row in seen.rows() {
            if known.insert(row.seller.as_str())
                && stood.get(row.seller.as_str()) != Some(&(&*row.name, row.price))
            {
                self.sellers.push((
                    watch.id.clone(),
                    row.seller.as_str().to_owned(),
                    row.name.to_string(),
                    row.price,
                ));
            }
        }
        if seen.coverage() == Coverage::Complete && !seen.rows().is_empty() {
            if before.is_some() {
                let gone: Vec<String> = stood
                    .keys()
                    .filter(|uid| !known.contains(**uid))
                    .map(|uid| (*uid).to_owned())
                    .collect();
                if !gone.is_empty() {
                    self.left.push((watch.id.clone(), gone));
                }
            } else {
                self.whole.push(watch.id.clone());
            }
        }
        watch.observation = Some(id.clone());
        watch.fingerprint = Some(print);
        Some(id)
    }

    /// Writes everything in one transaction.
    pub(crate) async fn write(self, pricing: &Pricing) -> Result<(), PricingError> {
        let now = pricing.clock.now();
        let mut tx = pricing.db.write().await?;
        watches::save(&mut tx, &self.watches).await?;
        for part in chunks(self.observations, 500) {
            records::insert_observations(&mut tx, part).await?;
        }
        records::seen_again(&mut tx, &self.seen_again, now).await?;
        for part in chunks(self.sellers, 2_000) {
            sellers::seen(&mut tx, part, now).await?;
        }
        for watch in &self.whole {
            sellers::gone(&mut tx, watch, now).await?;
        }
        for (watch, uids) in &self.left {
            sellers::left(&mut tx, watch, uids, now).await?;
        }
        for part in self.places.chunks(500) {
            context::save_places(&mut tx, part).await?;
        }
        for (city, offers) in &self.still {
            for part in offers.chunks(500) {
                context::touch(&mut tx, city, part, now).await?;
            }
        }
        for part in chunks(self.points, 1_000) {
            records::insert_points(&mut tx, part).await?;
        }
        for part in chunks(self.decisions, 500) {
            records::insert_decisions(&mut tx, part).await?;
        }
        for (offer, city) in &self.withdrawn {
            changes::supersede(&mut tx, offer, city).await?;
        }
        for part in self.wishes.chunks(500) {
            changes::insert(&mut tx, part).await?;
        }
        for (at, ids) in &self.visible {
            changes::on_storefront(&mut tx, ids, *at).await?;
            // A shop that sells by the list alone has no cabinet that would show its price: the next list says what buyers see.
            for (offer, city, price) in changes::by_list(&mut tx, ids).await? {
                pricing.catalog.note_price(&mut tx, &offer, &city, price).await?;
            }
        }
        for shop in &self.confirmed {
            rules::confirmed(&mut tx, shop, now).await?;
        }
        tx.commit().await?;
        Ok(())
    }
}

fn chunks<T>(mut all: Vec<T>, size: usize) -> Vec<Vec<T>> {
    let mut parts = Vec::new();
    while all.len() > size {
        let rest = all.split_off(size);
        parts.push(std::mem::replace(&mut all, rest));
    }
    if !all.is_empty() {
        parts.push(all);
    }
    parts
}
