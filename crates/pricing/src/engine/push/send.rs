//! One call: recorded, sent, its answer recorded. An unclear answer is read back, never repeated blindly.

use super::{LEASE, Next, PushReport, Pusher, budget::budget};
use crate::{
    PricingError,
    store::{
        calls::{self, NewCall},
        changes::{self, Change, ChangeState},
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{Cabinet, NewNotice, Tone};
use sauda_kernel::{CallId, ChangeId, OfferId, ShopId, Span};
use sauda_market::{AcceptedJob, MarketError, PriceChange};

/// First look at an accepted change; the effect takes 5 to 60 seconds.
const FIRST_LOOK: Span = Span::from_secs(8);

impl Pusher {
    /// Records, sends, records the answer.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; the call needs each of these"
    )]
    pub(super) async fn send(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        offer: &OfferId,
        change: PriceChange,
        wishes: Vec<Change>,
        report: &mut PushReport,
    ) -> Result<Next, PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let call: CallId = pricing.id();
        let ids: Vec<ChangeId> = wishes.iter().map(|wish| wish.id.clone()).collect();
        let mut tx = pricing.db.write().await?;
        let new = NewCall {
            id: &call,
            merchant: scope.merchant(),
            shop,
            access: &cabinet.access,
            offer,
            now,
        };
        calls::insert(&mut tx, &new).await?;
        let taken = changes::sending(&mut tx, &ids, &call, now, now.plus(LEASE)).await?;
        if usize::try_from(taken).unwrap_or(0) != ids.len() {
            // A wish changed meanwhile: the transaction is dropped, the next turn sees the new one.
            return Ok(Next::Go);
        }
        tx.commit().await?;
        report.sent += 1;
        metrics::counter!("sauda_price_calls_total").increment(1);
        let answer = pricing
            .catalog
            .market()
            .change_price(&cabinet.egress, &cabinet.session, &change)
            .await;
        self.keep_answer(scope, shop, cabinet, &call, answer, report)
            .await
    }

    async fn keep_answer(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        call: &CallId,
        answer: Result<AcceptedJob, MarketError>,
        report: &mut PushReport,
    ) -> Result<Next, PricingError> {
        let pricing = &self.pricing;
        let now = pricing.clock.now();
        let (call_state, job, change_state, look_at) = match &answer {
            Ok(accepted) => (
                "accepted",
                Some(accepted.job_id.as_str()),
                ChangeState::Accepted,
                Some(now.plus(FIRST_LOOK)),
            ),
            Err(error) if certainly_not_done(error) => ("not_sent", None, ChangeState::Desired, None),
            Err(
                MarketError::Refused { .. }
                | MarketError::Invalid(_)
                | MarketError::NotFound(_)
                | MarketError::Unsupported(_),
            ) => ("refused", None, ChangeState::Refused, None),
            Err(_) => ("unclear", None, ChangeState::Unclear, Some(now.plus(FIRST_LOOK))),
        };
        let trouble = answer.as_ref().err().map(MarketError::word);
        let mut tx = pricing.db.write().await?;
        calls::answered(&mut tx, call, call_state, job, trouble).await?;
        changes::answered(&mut tx, call, change_state, trouble, now, look_at).await?;
        if let Err(MarketError::Refused { code, text }) = &answer {
            let notice = NewNotice::new("price-refused", call.as_str(), Tone::Bad)
                .shop(shop)
                .arg("code", code)
                .arg("text", text)
                .link("/prices?view=errors");
            pricing.catalog.tell(&mut tx, scope, &notice).await?;
        }
        if let Err(MarketError::Throttled { wait }) = &answer {
            let notice = NewNotice::new("price-changes-stopped", shop.as_str(), Tone::Bad)
                .shop(shop)
                .arg("until", now.plus(*wait).as_micros())
                .link("/automation");
            pricing.catalog.tell(&mut tx, scope, &notice).await?;
        }
        tx.commit().await?;
        match answer {
            Ok(_) => {
                report.accepted += 1;
                pricing.catalog.heard(scope, cabinet, Ok(())).await?;
                pricing
                    .catalog
                    .settle(&pricing.db, scope, "price-changes-stopped", shop.as_str())
                    .await?;
                Ok(Next::Go)
            }
            Err(error) => {
                self.after_trouble(scope, cabinet, &error).await?;
                report.unclear += usize::from(change_state == ChangeState::Unclear);
                Ok(if change_state == ChangeState::Refused {
                    Next::Go
                } else {
                    Next::Stop
                })
            }
        }
    }

    /// What a failed call means for the calls after it.
    async fn after_trouble(
        &self,
        scope: &Scope,
        cabinet: &Cabinet,
        error: &MarketError,
    ) -> Result<(), PricingError> {
        let wait = match error {
            MarketError::Throttled { wait } => *wait,
            MarketError::Blocked { .. } => Span::from_secs(60),
            MarketError::Refused { .. } | MarketError::Invalid(_) => Span::ZERO,
            MarketError::SessionEnded => {
                self.pricing.catalog.report(scope, &cabinet.access, error).await?;
                Span::ZERO
            }
            _ => Span::from_secs(10),
        };
        if wait > Span::ZERO {
            let until = self.pricing.clock.now().plus(wait);
            self.pricing
                .cluster
                .block(&budget(cabinet.access.as_str()), until)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
        }
        Ok(())
    }
}

/// Whether the marketplace surely did nothing: the wish may simply be sent again.
const fn certainly_not_done(error: &MarketError) -> bool {
    matches!(
        error,
        MarketError::SessionEnded
            | MarketError::Throttled { .. }
            | MarketError::Blocked { .. }
            | MarketError::NoConnection(_)
    )
}
