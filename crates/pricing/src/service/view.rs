//! What pages show of one offer and of one shop.

use crate::{
    Pricing, PricingError,
    board::BoardRow,
    decide::{Input, decide, explain},
    engine,
    model::{Floors, Observation, OfferFacts, Origins, Rule, Rung, SellerUid, Sister},
    service::{NamedRule, OfferRule, ShopMode, ShopSettings},
    store::{
        board,
        changes::{self, Change},
        records::{self, KeptDecision, PricePoint, StoredObservation},
        rules,
        sellers::{self, CardSeller},
        upkeep, watches,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::CatalogOffer;
use sauda_economics::{Assumed, Breakdown, FloorParts};
use sauda_kernel::{DecisionId, OfferId, ShopId, Span, Tenge, Timestamp};
use sauda_stock::CostFrom;

/// Everything about an offer in a city.
#[derive(Debug, Clone)]
pub struct OfferView {
    pub offer: CatalogOffer,
    pub place: Option<BoardRow>,
    /// Every city of the offer.
    pub cities: Vec<BoardRow>,
    pub own: OfferRule,
    pub rule: Rule,
    pub origins: Origins,
    pub named: Option<NamedRule>,
    pub shop: ShopSettings,
    pub floors: Floors,
    /// What the price consists of; `None` without a cost or a price.
    pub breakdown: Option<Breakdown>,
    /// Newest first, only moves and questions.
    pub decisions: Vec<KeptDecision>,
    pub changes: Vec<Change>,
    pub points: Vec<PricePoint>,
    /// Who was seen last, cheapest first, and when.
    pub observation: Option<Observation>,
    pub observed_at: Option<Timestamp>,
    /// The same sellers as today's rule sees them, cheapest first.
    pub ladder: Vec<Rung>,
    /// Where the cost is from, and what was taken for want of better; `None` without a cost.
    pub cost: Option<(CostFrom, Assumed)>,
    /// For the profit at another price; `None` without a cost.
    pub parts: Option<FloorParts>,
    pub sellers: Vec<CardSeller>,
}

/// One line of what prices did.
#[derive(Debug, Clone)]
pub struct FeedLine {
    pub change: Change,
    pub title: String,
    /// Word of the reason, when the bot decided.
    pub decision: Option<KeptDecision>,
}

/// How far the first look at a shop's rivals is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct FirstLook {
    /// Offers in cities that the board has.
    pub places: i64,
    /// Those on sale.
    pub selling: i64,
    /// Those on sale whose card was read.
    pub seen: i64,
}

/// How a shop's prices are doing.
#[derive(Debug, Clone)]
pub struct ShopPulse {
    pub mode: ShopMode,
    /// When a price was last confirmed.
    pub confirmed_at: Option<Timestamp>,
    pub dead_since: Option<Timestamp>,
    /// When the storefront last answered.
    pub checked_at: Option<Timestamp>,
    /// Wishes that wait and changes on their way.
    pub waiting: i64,
    pub flying: i64,
    /// Changes since midnight.
    pub today: i64,
    /// Mean seconds from a rival's change seen to our price visible, over the last day.
    pub reaction_seconds: Option<i64>,
}

impl Pricing {
    /// Everything about an offer in a city since a moment.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn offer_view(
        &self,
        scope: &Scope,
        id: &OfferId,
        city: &str,
        since: Timestamp,
    ) -> Result<OfferView, PricingError> {
        let now = self.clock.now();
        let offer = self.catalog.offer(scope, id).await?;
        let own = self.rule_of(&offer).await?;
        let shop = self.shop_settings(scope, &offer.shop).await?;
        let named = match &own.rule {
            Some(rule) => self.rule(scope, rule).await.ok(),
            None => None,
        };
        let (rule, origins) = own.effective(&shop, named.as_ref(), now);
        let cost = self.cost_of(scope, &offer, own.cost, &shop.economics).await?;
        let (parts, cost) = match cost {
            Some(cost) => (Some(cost.parts), Some((cost.from, cost.assumed))),
            None => (None, None),
        };
        let floors = engine::floors(parts.as_ref(), &rule)?;
        let cities = board::of_offer(&self.db, id).await?;
        let place = cities.iter().find(|row| row.city_id == city).cloned();
        let price = place.as_ref().and_then(|row| row.price).or(offer.price);
        let breakdown = match (price, &parts) {
            (Some(price), Some(parts)) => Some(sauda_economics::unit(price, parts)?),
            _ => None,
        };
        let watch = watches::of_place(&self.db, id, city).await?;
        let (seen, sellers) = match &watch {
            Some(watch) => (
                records::newest(&self.db, watch).await?,
                sellers::of_watch(&self.db, watch).await?,
            ),
            None => (None, Vec::new()),
        };
        let ladder = match &seen {
            Some(seen) => {
                self.ladder(scope, &shop, &rule, &floors, price, &seen.observation)
                    .await?
            }
            None => Vec::new(),
        };
        Ok(OfferView {
            ladder,
            parts,
            cost,
            decisions: records::decisions(&self.db, id, city, true, now.plus(Span::from_secs(1)), 50).await?,
            changes: changes::of_offer(&self.db, id, city, 200).await?,
            points: records::points(&self.db, id, city, since).await?,
            observed_at: seen.as_ref().map(|seen| seen.to),
            observation: seen.map(|seen| seen.observation),
            sellers,
            offer,
            place,
            cities,
            own,
            rule,
            origins,
            named,
            shop,
            floors,
            breakdown,
        })
    }

    /// Who stands where on the card, and whom the rule looks past.
    async fn ladder(
        &self,
        scope: &Scope,
        shop: &ShopSettings,
        rule: &Rule,
        floors: &Floors,
        price: Option<Tenge>,
        seen: &Observation,
    ) -> Result<Vec<Rung>, PricingError> {
        let mut own = None;
        let mut sisters = Vec::new();
        for other in self.catalog.shops(scope).await? {
            let Ok(seller) = SellerUid::new(&other.uid) else {
                continue;
            };
            if other.id == shop.shop {
                own = Some(seller);
            } else {
                sisters.push(Sister {
                    seller,
                    price: None,
                    at_work: true,
                });
            }
        }
        let Some(own) = own else { return Ok(Vec::new()) };
        let offer = OfferFacts::new(own, price);
        let input = Input {
            offer: &offer,
            rule,
            floors,
            observation: Some(seen),
            sisters: &sisters,
            moves: &[],
            last_contact: Some(seen.at()),
            curve: None,
            parts: None,
            now: seen.at(),
        };
        Ok(explain(&input, &decide(&input)).ladder)
    }

    /// The price history of an offer in a city since a moment, oldest first.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn price_points(
        &self,
        scope: &Scope,
        offer: &OfferId,
        city: &str,
        since: Timestamp,
    ) -> Result<Vec<PricePoint>, PricingError> {
        self.catalog.offer(scope, offer).await?;
        Ok(records::points(&self.db, offer, city, since).await?)
    }

    /// A kept decision with its receipt and the change it led to.
    ///
    /// # Errors
    /// When there is no such decision of this merchant.
    pub async fn decision(
        &self,
        scope: &Scope,
        id: &DecisionId,
    ) -> Result<(KeptDecision, Option<Change>), PricingError> {
        let kept = records::decision(&self.db, scope.merchant(), id)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "decision",
                id: id.to_string(),
            })?;
        let change = changes::of_decision(&self.db, id).await?;
        Ok((kept, change))
    }

    /// What prices of a shop did, newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn feed(
        &self,
        scope: &Scope,
        shop: &ShopId,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<FeedLine>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let changes = changes::feed(&self.db, shop, since, limit).await?;
        let ids: Vec<OfferId> = changes.iter().map(|change| change.offer.clone()).collect();
        let titles: std::collections::HashMap<OfferId, String> = self
            .catalog
            .offers_by_ids(&ids)
            .await?
            .into_iter()
            .map(|offer| (offer.id, offer.title))
            .collect();
        let mut lines = Vec::with_capacity(changes.len());
        for change in changes {
            let decision = match &change.decision {
                Some(id) => records::decision(&self.db, scope.merchant(), id).await?,
                None => None,
            };
            lines.push(FeedLine {
                title: titles.get(&change.offer).cloned().unwrap_or_default(),
                change,
                decision,
            });
        }
        Ok(lines)
    }

    /// How a shop's prices are doing.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn pulse(&self, scope: &Scope, shop: &ShopId) -> Result<ShopPulse, PricingError> {
        let now = self.clock.now();
        let settings = self.shop_settings(scope, shop).await?;
        let (waiting, flying, _) = changes::pending(&self.db, shop).await?;
        let (today, reaction_seconds) = changes::day(
            &self.db,
            shop,
            now.local_midnight(),
            now.minus(Span::from_days(1)),
        )
        .await?;
        Ok(ShopPulse {
            mode: settings.mode,
            confirmed_at: settings.confirmed_at,
            dead_since: settings.dead_since,
            checked_at: watches::last_contact(&self.db, shop).await?,
            waiting,
            flying,
            today,
            reaction_seconds,
        })
    }

    /// How far the first look at a shop's rivals is.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn first_look(&self, scope: &Scope, shop: &ShopId) -> Result<FirstLook, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let (places, selling, seen) = upkeep::first_look(&self.db, shop).await?;
        Ok(FirstLook {
            places,
            selling,
            seen,
        })
    }

    /// How many offers of a shop follow its defaults alone.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn without_rule(&self, scope: &Scope, shop: &ShopId) -> Result<i64, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let all = self.catalog.offer_count(shop).await?;
        Ok(all.saturating_sub(rules::with_rule(&self.db, shop).await?).max(0))
    }

    /// Whole days since the market of a shop's offers was first seen, of what is still kept.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn history_days(&self, scope: &Scope, shop: &ShopId) -> Result<i64, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let first = records::first_seen(&self.db, shop).await?;
        Ok(first.map_or(0, |first| self.clock.now().since(first).as_mins() / 1_440))
    }

    /// How many offers of a shop have limits or a cost: without them the bot does not touch a price.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn with_limits(&self, scope: &Scope, shop: &ShopId) -> Result<i64, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(rules::with_limits(&self.db, shop).await?)
    }

    /// Changes sent on each of the last seven local days, this one included: midnight and count.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn changes_by_day(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<Vec<(Timestamp, i64)>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        let first = self.clock.now().local_midnight().minus(Span::from_days(6));
        let found = changes::by_day(&self.db, shop, first).await?;
        let mut days = Vec::with_capacity(7);
        for number in 0..7 {
            let day = first.plus(Span::from_days(number));
            days.push((
                day,
                found.iter().find(|(at, _)| *at == day).map_or(0, |(_, n)| *n),
            ));
        }
        Ok(days)
    }

    /// Who joined the cards of a shop since a moment, newest first, with the offer it concerns.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn newcomers(
        &self,
        scope: &Scope,
        shop: &ShopId,
        since: Timestamp,
        limit: i64,
    ) -> Result<Vec<(OfferId, CardSeller)>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(sellers::joined(&self.db, shop, since, limit).await?)
    }

    /// Stored observations of an offer in a city since a moment, for replaying.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub(crate) async fn stored_observations(
        &self,
        scope: &Scope,
        offer: &OfferId,
        city: &str,
        since: Timestamp,
    ) -> Result<Vec<StoredObservation>, PricingError> {
        self.catalog.offer(scope, offer).await?;
        match watches::of_place(&self.db, offer, city).await? {
            Some(watch) => Ok(records::observations_since(&self.db, &watch, since, 20_000).await?),
            None => Ok(Vec::new()),
        }
    }
}
