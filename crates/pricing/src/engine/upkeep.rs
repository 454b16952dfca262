//! Keeps places and watches in step with the catalogue, watches over silence, forgets what is too old.

use crate::{
    Pricing, PricingError,
    board::PlaceState,
    engine::{keep::Batch, subject::Subject},
    store::{changes, context, rules, upkeep, watches},
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_catalog::{CatalogError, NewNotice, Tone, events::ShopSynced};
use sauda_economics::ShopEconomics;
use sauda_jobs::{Handler, JobContext, JobError, Outcome};
use sauda_kernel::{OfferId, ShopId, Span, WatchId};
use std::collections::{BTreeSet, HashMap};

/// Names of the jobs of this file that run on schedules.
pub const UPKEEP_JOBS: [&str; 2] = [RETENTION, DEAD_MAN];
const RETENTION: &str = "pricing.forget";
const DEAD_MAN: &str = "pricing.silence";
/// Offers handled in one transaction.
const PART: i64 = 500;
/// New watches begin this far apart, so that they never all fall due at once.
const APART: Span = Span::from_millis(125);

impl Pricing {
    /// Makes the places and watches of a shop what the catalogue says. Answers how many places there are.
    ///
    /// # Errors
    /// When the database does not answer; what was done so far stays and the rest follows at the next call.
    pub async fn settle_places(&self, scope: &Scope, shop: &ShopId) -> Result<u64, PricingError> {
        if let Err(CatalogError::NotFound { .. }) = self.catalog.shop(scope, shop).await {
            return self.leave_shop(shop).await;
        }
        let economics = serde_json::to_string(&ShopEconomics::default()).unwrap_or_else(|_| "{}".to_owned());
        rules::ensure_shop(&self.db, scope, shop, &economics, self.clock.now()).await?;
        let mut after = String::new();
        let mut places = 0;
        let mut begun: i64 = 0;
        while let Some(last) = upkeep::next_part(&self.db, shop, &after, PART).await? {
            let seeds = upkeep::seeds(&self.db, shop, &after, PART).await?;
            after = last;
            let offers: BTreeSet<OfferId> = seeds.iter().map(|seed| seed.offer.clone()).collect();
            places += self.settle_part(scope, shop, seeds, &mut begun).await?;
            let offers: Vec<OfferId> = offers.into_iter().collect();
            self.restate(scope, shop, &offers).await?;
        }
        let mut tx = self.db.write().await?;
        upkeep::drop_stale_places(&mut tx, shop).await?;
        upkeep::texts_changed(&mut tx, shop).await?;
        watches::sleep_unused(&mut tx).await?;
        tx.commit().await?;
        self.signal(shop, "places").await;
        Ok(places)
    }

    /// A shop was removed: its places go, its unsent wishes are taken back, watches that nobody else needs sleep.
    async fn leave_shop(&self, shop: &ShopId) -> Result<u64, PricingError> {
        let mut tx = self.db.write().await?;
        changes::supersede_shop(&mut tx, shop).await?;
        upkeep::drop_shop(&mut tx, shop).await?;
        upkeep::texts_changed(&mut tx, shop).await?;
        watches::sleep_unused(&mut tx).await?;
        tx.commit().await?;
        Ok(0)
    }

    async fn settle_part(
        &self,
        scope: &Scope,
        shop: &ShopId,
        seeds: Vec<upkeep::OfferSeed>,
        begun: &mut i64,
    ) -> Result<u64, PricingError> {
        let now = self.clock.now();
        let marketplace = self.catalog.market().name();
        let mut wanted: BTreeSet<(String, String)> = BTreeSet::new();
        for seed in seeds.iter().filter(|seed| seed.on_sale) {
            if let Some(card) = &seed.card {
                wanted.insert((card.clone(), seed.city_id.clone()));
            }
        }
        let mut all = wanted.clone();
        all.extend(
            seeds
                .iter()
                .filter_map(|seed| Some((seed.card.clone()?, seed.city_id.clone()))),
        );
        let mut new = Vec::with_capacity(all.len());
        for (card, city) in &wanted {
            let id: WatchId = self.id();
            new.push((
                id,
                marketplace.to_owned(),
                card.clone(),
                city.clone(),
                Some(now.plus(Span::from_micros(*begun * APART.as_micros()))),
            ));
            *begun += 1;
        }
        // Offers off sale have a watch that sleeps, so that they keep their place on the board.
        for (card, city) in all.difference(&wanted) {
            let id: WatchId = self.id();
            new.push((id, marketplace.to_owned(), card.clone(), city.clone(), None));
        }
        let cards: BTreeSet<String> = all.iter().map(|(card, _)| card.clone()).collect();
        let cards: Vec<String> = cards.into_iter().collect();
        let mut tx = self.db.write().await?;
        watches::ensure(&mut tx, new).await?;
        let known: HashMap<(String, String), WatchId> = if cards.is_empty() {
            HashMap::new()
        } else {
            watches::by_cards(&mut tx, marketplace, &cards)
                .await?
                .into_iter()
                .map(|(card, city, id)| ((card, city), id))
                .collect()
        };
        let mut rows = Vec::with_capacity(seeds.len());
        for seed in seeds {
            let Some(watch) = seed
                .card
                .as_ref()
                .and_then(|card| known.get(&(card.clone(), seed.city_id.clone())))
            else {
                continue;
            };
            rows.push((seed, watch.clone()));
        }
        let count = upkeep::place(&mut tx, scope, shop, rows).await?;
        upkeep::texts_changed(&mut tx, shop).await?;
        tx.commit().await?;
        Ok(count)
    }

    /// Tells the merchant when a shop that publishes has not been heard of for too long.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn watch_silence(&self) -> Result<u64, PricingError> {
        let now = self.clock.now();
        let mut silent = 0;
        for shop in self.catalog.all_shops().await? {
            let scope = Scope::system(shop.merchant.clone(), "silence");
            let settings = self.shop_settings(&scope, &shop.id).await?;
            if settings.mode != crate::service::ShopMode::On {
                continue;
            }
            let (rule, _) = crate::model::resolve(&[(crate::model::Level::Shop, &settings.settings)]);
            let Some(dead_man) = rule.dead_man else { continue };
            let limit = Span::from_mins(i64::from(dead_man.minutes));
            let contact = watches::last_contact(&self.db, &shop.id)
                .await?
                .max(settings.confirmed_at);
            let quiet = contact.map(|at| now.since(at));
            let mut tx = self.db.write().await?;
            if quiet.is_some_and(|quiet| quiet > limit) {
                silent += 1;
                rules::dead(&mut tx, &shop.id, now).await?;
                let notice = NewNotice::new("silence", shop.id.as_str(), Tone::Bad)
                    .shop(&shop.id)
                    .arg("shop", &shop.name)
                    .arg("minutes", quiet.map_or(0, Span::as_mins))
                    .link("/automation");
                self.catalog.tell(&mut tx, &scope, &notice).await?;
            } else {
                self.catalog
                    .settle(&mut tx, &scope, "silence", shop.id.as_str())
                    .await?;
            }
            tx.commit().await?;
            if quiet.is_some_and(|quiet| quiet > limit) {
                self.act_on_silence(&scope, &shop.id).await?;
            }
        }
        Ok(silent)
    }
}

impl Pricing {
    /// Lets the rules decide about offers that were not heard of for too long, without a read: hold, lift or ask.
    async fn act_on_silence(&self, scope: &Scope, shop: &ShopId) -> Result<(), PricingError> {
        let now = self.clock.now();
        let offers = watches::silent_since(&self.db, shop, now.minus(Span::from_mins(5)), 1_000).await?;
        let shops: HashMap<ShopId, _> = self
            .catalog
            .shops(scope)
            .await?
            .into_iter()
            .map(|shop| (shop.id.clone(), shop))
            .collect();
        for part in offers.chunks(100) {
            let places = context::of_offers(&self.db, part).await?;
            let loaded = self.load_places(places, now).await?;
            let found: HashMap<_, _> = self
                .catalog
                .offers_by_ids(part)
                .await?
                .into_iter()
                .map(|offer| (offer.id.clone(), offer))
                .collect();
            let mut batch = Batch::default();
            for place in &loaded.places {
                if let Some(subject) = Subject::of(place, &loaded, &found, &shops, now)? {
                    batch.judge_silence(self, &subject);
                }
            }
            batch.write(self).await?;
        }
        Ok(())
    }
}

/// After a shop was read: the job named by the catalogue's event.
pub struct PlacesJob(pub Pricing);

#[async_trait]
impl Handler for PlacesJob {
    fn name(&self) -> &'static str {
        sauda_catalog::events::SHOP_SYNCED
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let fact: ShopSynced = context.payload()?;
        let scope = Scope::system(fact.merchant, "settle places");
        context.step("places").await;
        let places = self
            .0
            .settle_places(&scope, &fact.shop)
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        context.log("info", &format!("{places} places")).await;
        Ok(Outcome::Done)
    }
}

/// Forgets old history, some thousand rows at a time.
pub struct RetentionJob {
    pub pricing: Pricing,
    /// How long observations, decisions and price points are kept.
    pub observations: Span,
    pub decisions: Span,
    pub points: Span,
}

#[async_trait]
impl Handler for RetentionJob {
    fn name(&self) -> &'static str {
        RETENTION
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let now = self.pricing.clock.now();
        let mut gone = 0;
        loop {
            let part = upkeep::forget(
                &self.pricing.db,
                now.minus(self.observations),
                now.minus(self.decisions),
                now.minus(self.points),
            )
            .await
            .map_err(|error| JobError::from_failure(&error))?;
            gone += part;
            context.progress(gone, gone).await;
            if part == 0 || context.stopping() {
                break;
            }
        }
        context.log("info", &format!("{gone} rows forgotten")).await;
        Ok(Outcome::Done)
    }
}

/// The dead-man's switch.
pub struct DeadManJob(pub Pricing);

#[async_trait]
impl Handler for DeadManJob {
    fn name(&self) -> &'static str {
        DEAD_MAN
    }
    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let silent = self
            .0
            .watch_silence()
            .await
            .map_err(|error| JobError::from_failure(&error))?;
        context.log("info", &format!("{silent} silent shops")).await;
        Ok(Outcome::Done)
    }
}

const _: () = assert!(PlaceState::ALL.len() == 14, "the board's CHECK lists every state");
