//! The card guard: who sells on our cards, who is new, whom the bot looks past.

use crate::{
    Pricing, PricingError,
    model::SellerUid,
    service::{OfferPatch, OfferRule},
    store::sellers::{self, Guest, GuestCounts, GuestView},
};
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ShopId, Span};

/// A seller is new for so long, unless somebody says that it was seen.
const NEW_FOR: Span = Span::from_days(14);

impl Pricing {
    /// Sellers on the cards of a shop in a city, newest first: `limit` rows after `skip`, and how many each view has.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn guests(
        &self,
        scope: &Scope,
        shop: &ShopId,
        city: &str,
        view: GuestView,
        skip: i64,
        limit: i64,
    ) -> Result<(Vec<Guest>, GuestCounts), PricingError> {
        self.catalog.shop(scope, shop).await?;
        let since = self.clock.now().minus(NEW_FOR);
        let own: Vec<String> = self
            .catalog
            .shops(scope)
            .await?
            .into_iter()
            .map(|shop| shop.uid)
            .collect();
        let guests = sellers::guests(&self.db, shop, city, &own, view, since, skip, limit).await?;
        let counts = sellers::guest_counts(&self.db, shop, city, &own, since).await?;
        Ok((guests, counts))
    }

    /// A person has seen a newcomer: it is not new any more.
    ///
    /// # Errors
    /// When there is no such offer of this merchant.
    pub async fn seen_seller(&self, scope: &Scope, offer: &OfferId, uid: &str) -> Result<(), PricingError> {
        self.catalog.offer(scope, offer).await?;
        let uid = seller(uid)?;
        sellers::mark_seen(&self.db, scope, offer, uid.as_str(), self.clock.now()).await?;
        Ok(())
    }

    /// Looks past a seller on this offer's card, or counts it again.
    ///
    /// # Errors
    /// When there is no such offer, or somebody saved in between.
    pub async fn ignore_seller(
        &self,
        scope: &Scope,
        offer: &OfferId,
        uid: &str,
        ignored: bool,
    ) -> Result<OfferRule, PricingError> {
        let uid = seller(uid)?;
        let found = self.catalog.offer(scope, offer).await?;
        let own = self.rule_of(&found).await?;
        let shop = self.shop_settings(scope, &found.shop).await?;
        let named = match &own.rule {
            Some(rule) => self.rule(scope, rule).await.ok(),
            None => None,
        };
        let now = self.clock.now();
        let (rule, _) = own.effective(&shop, named.as_ref(), now);
        let mut settings = own.settings.clone();
        settings.ignore = None;
        let bare = OfferRule {
            settings: settings.clone(),
            ..own.clone()
        };
        let (inherited, _) = bare.effective(&shop, named.as_ref(), now);
        let mut ignore = rule.ignore;
        ignore.sellers.retain(|known| *known != uid);
        if ignored {
            ignore.sellers.push(uid.clone());
            ignore.sellers.sort();
        }
        // What the rule says anyway is inherited again.
        settings.ignore = (ignore != inherited.ignore).then_some(ignore);
        let patch = OfferPatch {
            settings: Some(settings),
            ..OfferPatch::default()
        };
        let saved = self.change_offer(scope, offer, &patch, own.version).await?;
        sellers::mark_seen(&self.db, scope, offer, uid.as_str(), now).await?;
        Ok(saved)
    }

    /// Which of these sellers the rules of their offers look past, in the order given.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn ignored_guests(
        &self,
        scope: &Scope,
        shop: &ShopId,
        guests: &[Guest],
    ) -> Result<Vec<bool>, PricingError> {
        let shop = self.shop_settings(scope, shop).await?;
        let rules = self.rules(scope).await?;
        let ids: Vec<OfferId> = guests.iter().map(|guest| guest.offer.clone()).collect();
        let own = crate::store::rules::offer_rules(&self.db, &ids).await?;
        let now = self.clock.now();
        let mut ignored = Vec::with_capacity(guests.len());
        for guest in guests {
            let blank = OfferRule::blank(&guest.offer, &shop.shop);
            let rule = own
                .iter()
                .find(|rule| rule.offer == guest.offer)
                .unwrap_or(&blank);
            let named = rules.iter().find(|named| Some(&named.id) == rule.rule.as_ref());
            let (effective, _) = rule.effective(&shop, named, now);
            ignored.push(
                effective
                    .ignore
                    .sellers
                    .iter()
                    .any(|known| known.as_str() == guest.seller.merchant_uid),
            );
        }
        Ok(ignored)
    }
}

fn seller(uid: &str) -> Result<SellerUid, PricingError> {
    SellerUid::new(uid).map_err(|_| PricingError::NotFound {
        what: "seller",
        id: uid.chars().take(64).collect(),
    })
}
