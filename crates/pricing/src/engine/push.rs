//! Makes the marketplace match what is wished: a reconciler a shop, spending the change budget on what is worth most.
//! Every call is recorded before it is sent; an unclear answer is read back, never repeated blindly.

use crate::{
    Pricing, PricingError,
    engine::{confirm, subject::Subject},
    store::{
        calls::{self, NewCall},
        changes::{self, Change, ChangeState},
        context,
    },
};
use futures::{StreamExt, stream};
use sauda_accounts::Scope;
use sauda_catalog::{Cabinet, CatalogError, CatalogOffer, NewNotice, Tone};
use sauda_cluster::{BudgetKey, Limit, Permit};
use sauda_kernel::{CallId, ChangeId, MerchantId, OfferId, ShopId, Span, Tenge, Timestamp};
use sauda_market::{AcceptedJob, Availability, MarketError, PriceChange};
use std::collections::{BTreeMap, HashMap};
use tokio_util::sync::CancellationToken;

/// Price changes of one login: 1.5 a second at most and 250 in any half hour; above that the account is stopped for half an hour.
pub const PUSH_LIMIT: Limit = Limit::per(1, Span::from_millis(667)).and(250, Span::from_mins(30));
/// A process that dies while pushing frees the shop after this.
const LEASE: Span = Span::from_secs(60);
/// First look at an accepted change; the effect takes 5 to 60 seconds.
const FIRST_LOOK: Span = Span::from_secs(8);
/// A permit that comes within this is waited for.
const LONGEST_WAIT: Span = Span::from_secs(2);
/// So often in a row, before other shops of the login have their turn.
const MOST_WAITS: u32 = 4;
/// Wishes taken at once.
const MOST: i64 = 200;

/// What one turn did.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct PushReport {
    pub sent: usize,
    pub accepted: usize,
    pub unclear: usize,
    pub dropped: usize,
    pub looked_at: usize,
}

/// Pushes wishes of all shops.
pub struct Pusher {
    pricing: Pricing,
    owner: String,
    limit: Limit,
}

/// What an offer's turn comes to.
enum Turn {
    Send(PriceChange, Vec<Change>),
    /// Nothing is left to send.
    Nothing,
    /// The budget is spent for longer than a moment.
    NoBudget,
}

enum Next {
    Go,
    Stop,
}

impl Pusher {
    pub fn new(pricing: Pricing, owner: impl Into<String>, limit: Limit) -> Self {
        Self {
            pricing,
            owner: owner.into(),
            limit,
        }
    }

    /// Gives the budgets of this process back what was spent before it started, so that a restart never exceeds them.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn restore_budgets(&self) -> Result<(), PricingError> {
        let since = self.pricing.clock.now().minus(Span::from_mins(31));
        let mut spent: BTreeMap<String, Vec<(Timestamp, u32)>> = BTreeMap::new();
        for (access, at) in calls::spent_since(&self.pricing.db, since).await? {
            spent.entry(access.to_string()).or_default().push((at, 1));
        }
        for (access, times) in spent {
            self.pricing
                .cluster
                .seed(&budget(&access), &times)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
        }
        Ok(())
    }

    /// Runs until told to stop; a call under way is finished and recorded first.
    pub async fn run(&self, stop: CancellationToken) {
        let mut restored = false;
        while !stop.is_cancelled() {
            let turn = async {
                if !restored {
                    self.restore_budgets().await?;
                    restored = true;
                }
                self.turn(&stop).await
            };
            let wait = match turn.await {
                Ok(report) if report.sent > 0 => Span::from_millis(50),
                Ok(_) => Span::from_millis(400),
                Err(error) => {
                    tracing::warn!(
                        error = sauda_kernel::chain(&error),
                        "price changes wait: something does not answer"
                    );
                    Span::from_secs(2)
                }
            };
            tokio::select! {
                () = stop.cancelled() => {}
                () = tokio::time::sleep(wait.to_std()) => {}
            }
        }
    }

    /// One turn over the shops that have something to send or to look at.
    ///
    /// # Errors
    /// When the database or the shared state does not answer.
    pub async fn turn(&self, stop: &CancellationToken) -> Result<PushReport, PricingError> {
        let busy = changes::busy_shops(&self.pricing.db, self.pricing.clock.now()).await?;
        let reports: Vec<Result<PushReport, PricingError>> = stream::iter(busy)
            .map(|(merchant, shop)| self.shop_turn(merchant, shop, stop))
            .buffer_unordered(16)
            .collect()
            .await;
        let mut sum = PushReport::default();
        for report in reports {
            let report = report?;
            sum.sent += report.sent;
            sum.accepted += report.accepted;
            sum.unclear += report.unclear;
            sum.dropped += report.dropped;
            sum.looked_at += report.looked_at;
        }
        Ok(sum)
    }

    async fn shop_turn(
        &self,
        merchant: MerchantId,
        shop: ShopId,
        stop: &CancellationToken,
    ) -> Result<PushReport, PricingError> {
        let cluster = &self.pricing.cluster;
        let fail = |error: sauda_cluster::ClusterError| PricingError::Cluster(error.to_string());
        let Some(lease) = cluster
            .lease(&format!("push:{shop}"), &self.owner, LEASE)
            .await
            .map_err(fail)?
        else {
            return Ok(PushReport::default());
        };
        let scope = Scope::system(merchant, "price push");
        let report = self.work(&scope, &shop, stop, &lease).await;
        cluster.release(&lease).await.map_err(fail)?;
        match report {
            // A shop without a session waits for its person; the others go on.
            Err(PricingError::Catalog(
                CatalogError::NoAccess | CatalogError::Market(MarketError::SessionEnded),
            )) => Ok(PushReport::default()),
            other => other,
        }
    }

    async fn work(
        &self,
        scope: &Scope,
        shop: &ShopId,
        stop: &CancellationToken,
        lease: &sauda_cluster::Lease,
    ) -> Result<PushReport, PricingError> {
        let mut report = PushReport {
            looked_at: confirm::look(&self.pricing, scope, shop).await?,
            ..PushReport::default()
        };
        let desired = changes::desired(&self.pricing.db, shop, MOST).await?;
        if desired.is_empty() {
            return Ok(report);
        }
        let cabinet = self.pricing.catalog.cabinet(scope, shop).await?;
        for (offer, wishes) in by_offer(desired) {
            if stop.is_cancelled() {
                break;
            }
            let (change, wishes) = match self
                .permitted(scope, shop, &cabinet, &offer, wishes, &mut report)
                .await?
            {
                Turn::Send(change, wishes) => (change, wishes),
                Turn::Nothing => continue,
                Turn::NoBudget => break,
            };
            let renewed = self
                .pricing
                .cluster
                .renew(lease, LEASE)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
            if renewed.is_none() {
                // Another process has the shop now.
                break;
            }
            if let Next::Stop = self
                .send(scope, shop, &cabinet, &offer, change, wishes, &mut report)
                .await?
            {
                break;
            }
        }
        if report.sent + report.dropped > 0 {
            self.pricing.signal(shop, "changes").await;
        }
        Ok(report)
    }

    /// The call for an offer and the permit to make it. Waits for a permit that comes soon, and judges again after the wait:
    /// the best wish keeps its turn, and somebody may have paused it meanwhile.
    async fn permitted(
        &self,
        scope: &Scope,
        shop: &ShopId,
        cabinet: &Cabinet,
        offer: &OfferId,
        mut wishes: Vec<Change>,
        report: &mut PushReport,
    ) -> Result<Turn, PricingError> {
        for _ in 0..MOST_WAITS {
            let Some((change, left)) = self.ready(scope, shop, cabinet, offer, wishes, report).await? else {
                return Ok(Turn::Nothing);
            };
            let permit = self
                .pricing
                .cluster
                .take(&budget(cabinet.access.as_str()), &self.limit, 1)
                .await
                .map_err(|error| PricingError::Cluster(error.to_string()))?;
            match permit {
                Permit::Granted => return Ok(Turn::Send(change, left)),
                Permit::Refused { retry_at } => {
                    let wait = retry_at.since(self.pricing.clock.now());
                    if wait > LONGEST_WAIT {
                        return Ok(Turn::NoBudget);
                    }
                    tokio::time::sleep(wait.to_std()).await;
                    wishes = left;
                }
            }
        }
        Ok(Turn::NoBudget)
    }

    /// Judges wishes once more with the settings of this moment, and builds the call. `None` when nothing is left to send.
    async fn ready(
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
        let loaded = context::load(&pricing.db, places, now).await?;
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
            let sendable = subject.as_ref().is_some_and(|subject| {
                subject.publishes()
                    && !subject.rule.paused
                    && wish.to >= subject.floor()
                    && subject.rule.max.is_none_or(|max| wish.to <= max)
            });
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
        if offer.availabilities.is_empty() {
            self.pricing.catalog.wait_cabinet_read(&cabinet.access).await?;
            let answer = self
                .pricing
                .catalog
                .market()
                .own_offer(&cabinet.egress, &cabinet.session, &cabinet.uid, &offer.sku)
                .await;
            return Ok(self
                .pricing
                .catalog
                .heard(scope, cabinet, answer)
                .await?
                .availabilities);
        }
        let stored = offer.availabilities.iter().map(|one| Availability {
            point_id: one.point_id.clone(),
            available: one.available,
            stock: one.stock,
            preorder_days: one.preorder_days,
            stock_enabled: one.stock_enabled,
        });
        Ok(stored.collect())
    }

    /// Records, sends, records the answer.
    #[expect(
        clippy::too_many_arguments,
        reason = "one caller; the call needs each of these"
    )]
    async fn send(
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

/// The budget of one login's price changes.
pub(crate) fn budget(access: &str) -> BudgetKey {
    BudgetKey::new("price-changes", access)
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

/// Several cities of one offer are one call; offers stay in the order of their best wish.
fn by_offer(wishes: Vec<Change>) -> Vec<(OfferId, Vec<Change>)> {
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
