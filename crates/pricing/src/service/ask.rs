//! Questions to people: a move that needs a yes. Old questions become stale and are asked anew.

use crate::{
    Pricing, PricingError,
    engine::Checker,
    model::{MoveKind, Outcome},
    store::{
        changes::{self, Change, ChangeState},
        context,
        records::{self, KeptDecision},
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{DecisionId, ShopId, Span};

/// An answer counts so long after the question: the market moves on.
const FRESH: Span = Span::from_mins(60);

impl Pricing {
    /// Open questions of a shop, newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn questions(
        &self,
        scope: &Scope,
        shop: &ShopId,
        limit: i64,
    ) -> Result<Vec<KeptDecision>, PricingError> {
        self.catalog.shop(scope, shop).await?;
        Ok(records::questions(&self.db, shop, limit).await?)
    }

    /// Answers a question. Yes wishes the price; no leaves it.
    ///
    /// # Errors
    /// When it was answered before, is too old, or the price is under the floor now.
    pub async fn answer(&self, scope: &Scope, decision: &DecisionId, yes: bool) -> Result<(), PricingError> {
        let kept = records::decision(&self.db, scope.merchant(), decision)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "decision",
                id: decision.to_string(),
            })?;
        let now = self.clock.now();
        if kept.outcome != "ask" || kept.answer.is_some() {
            return Err(PricingError::Answered);
        }
        if now.since(kept.at) > FRESH {
            records::answer(&self.db, decision, "stale").await?;
            self.check_offers_now(std::slice::from_ref(&kept.offer)).await?;
            return Err(PricingError::Answered);
        }
        let mut wish = None;
        if yes && let Outcome::Ask(Some(price)) = kept.receipt.outcome {
            let floor = self.standing_floor(scope, &kept).await?;
            if price < floor {
                return Err(PricingError::BelowFloor { price, floor });
            }
            wish = Some(self.answered_wish(scope, &kept, price, floor));
        }
        let mut tx = self.db.write().await?;
        if records::answer(&mut tx, decision, if yes { "yes" } else { "no" }).await? == 0 {
            return Err(PricingError::Answered);
        }
        if let Some(wish) = wish {
            changes::supersede(&mut tx, &kept.offer, &kept.city_id).await?;
            changes::insert(&mut tx, &[wish]).await?;
        }
        self.audit(
            &mut tx,
            scope,
            "question.answered",
            decision.as_str(),
            None,
            Some(if yes { "yes" } else { "no" }.to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.signal(&kept.shop, "answers").await;
        Ok(())
    }

    async fn standing_floor(
        &self,
        scope: &Scope,
        kept: &KeptDecision,
    ) -> Result<sauda_kernel::Tenge, PricingError> {
        let places = context::of_offers(&self.db, std::slice::from_ref(&kept.offer)).await?;
        let loaded = self.load_places(places, self.clock.now()).await?;
        let offer = self.catalog.offer(scope, &kept.offer).await?;
        let shop = self.catalog.shop(scope, &kept.shop).await?;
        Checker::floor_of(&loaded, offer, shop, &kept.city_id, self.clock.now())
    }

    fn answered_wish(
        &self,
        scope: &Scope,
        kept: &KeptDecision,
        price: sauda_kernel::Tenge,
        floor: sauda_kernel::Tenge,
    ) -> Change {
        Change {
            id: self.id(),
            merchant: scope.merchant().clone(),
            shop: kept.shop.clone(),
            offer: kept.offer.clone(),
            city_id: kept.city_id.clone(),
            decision: Some(kept.id.clone()),
            from: kept.before,
            to: price,
            floor,
            // A person waits for it: before everything that the bot wishes by itself.
            gain: i64::from(i32::MAX),
            kind: MoveKind::Other,
            rival_uid: kept
                .receipt
                .rival
                .as_ref()
                .map(|row| row.seller.as_str().to_owned()),
            wanted_by: scope.actor_name().to_owned(),
            state: ChangeState::Desired,
            trouble: None,
            attempts: 0,
            call: None,
            created_at: self.clock.now(),
            sent_at: None,
            accepted_at: None,
            cabinet_at: None,
            storefront_at: None,
            look_at: None,
            caused_at: kept.receipt.observed_at,
        }
    }
}
