//! Makes a bulk change part by part, and puts it back the same way: a part is one transaction, so that a crash loses nothing and
//! repeats nothing. Refuses to plan.

use super::{
    BulkAct,
    plan::{PlannedPart, Wanted, refusal},
};
use crate::{
    Pricing, PricingError,
    model::Settings,
    service::OfferRule,
    store::{
        bulks,
        bulks::{Bulk, Part, PartDone},
        imports, rules, unknown,
    },
};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_jobs::{Handler, JobContext, JobError, NewJob, Outcome};
use sauda_kernel::{
    BulkId, ImportId, MerchantId, Money, OfferId, Public, RuleId, ShopId, Span, Tenge, Timestamp,
};
use sauda_store::Tx;
use serde::{Deserialize, Serialize, de::DeserializeOwned};

/// Offers of one part; a change of so few is made while the person waits.
pub(super) const PART: usize = rules::MOST_AT_ONCE;
/// The act of a change that came from a file.
const FILE: &str = "import";
/// How long a change can be undone.
const UNDO_FOR: Span = Span::from_hours(24);
/// The job that makes large changes and puts them back.
const BULK: &str = "pricing.bulk";

/// The file that a change comes from.
pub(crate) struct FromFile<'a> {
    /// `None` when the file is not kept.
    pub import: Option<&'a ImportId>,
    /// Rows whose minimum loses money were wanted so.
    pub confirmed: bool,
    /// Rows that are not applied.
    pub skipped: usize,
    /// Rows that say what is so already.
    pub unchanged: usize,
}

/// One offer's settings before a bulk change, kept for undoing.
#[derive(Serialize, Deserialize)]
struct Kept {
    offer: OfferId,
    version_after: i64,
    rule: Option<RuleId>,
    managed: bool,
    min: Option<Tenge>,
    max: Option<Tenge>,
    cost: Option<Money>,
    step: Option<Tenge>,
    strategy: Option<String>,
    settings: Settings,
    #[serde(default)]
    pinned_price: Option<Tenge>,
    /// Microseconds.
    #[serde(default)]
    pinned_until: Option<i64>,
}

/// Which change.
#[derive(Debug, Serialize, Deserialize)]
struct BulkWork {
    merchant: MerchantId,
    bulk: BulkId,
}

impl Pricing {
    /// Keeps what is wanted; few offers are changed at once, many by a job that is asked for in the same transaction.
    pub(crate) async fn begin_bulk(
        &self,
        scope: &Scope,
        shop: &ShopId,
        act: Option<&BulkAct>,
        wanted: Vec<Wanted>,
        file: Option<FromFile<'_>>,
    ) -> Result<Bulk, PricingError> {
        let now = self.clock.now();
        let unchanged = file.as_ref().map_or(0, |file| file.unchanged);
        let bulk = Bulk {
            id: self.id(),
            shop: shop.clone(),
            act: match act {
                Some(act) => serde_json::to_string(act).unwrap_or_default(),
                None => FILE.to_owned(),
            },
            by: scope.actor_name().to_owned(),
            at: now,
            total: count(wanted.len() + unchanged),
            changed: 0,
            unchanged: count(unchanged),
            refused: 0,
            finished_at: None,
            undo_until: now.plus(UNDO_FOR),
            undone_at: None,
            undone_by: None,
            put_back: 0,
            undo_finished_at: None,
        };
        let parts = wanted
            .chunks(PART)
            .map(|part| Ok((part.len(), serde_json::to_vec(part)?)))
            .collect::<Result<Vec<_>, serde_json::Error>>()
            .map_err(|_| unknown("wanted", "unwritable"))?;
        let at_once = if wanted.len() <= PART {
            let ground = self.ground(scope, shop, act.cloned()).await?;
            Some(self.plan(scope, &ground, &wanted).await?)
        } else {
            None
        };
        let mut tx = self.db.write().await?;
        bulks::insert(&mut tx, scope.merchant(), &bulk).await?;
        if !parts.is_empty() {
            bulks::insert_parts(&mut tx, &bulk.id, &parts).await?;
        }
        if let Some(file) = &file
            && let Some(import) = file.import
        {
            let skipped = count(file.skipped);
            if imports::set_applied(&mut tx, scope, import, &bulk.id, file.confirmed, skipped).await? == 0 {
                return Err(PricingError::AppliedAlready);
            }
        }
        let mut touched = Vec::new();
        let asked = match at_once {
            Some(plan) => {
                if !parts.is_empty() {
                    touched = self
                        .do_part(&mut tx, scope, &bulk, 0, plan)
                        .await?
                        .unwrap_or_default();
                }
                self.finish(&mut tx, scope, &bulk).await?;
                format!("{}: {} changed", bulk.act, touched.len())
            }
            None => {
                self.bulk_later(&mut tx, scope, &bulk.id, "do").await?;
                format!("{}: {} asked for", bulk.act, bulk.total)
            }
        };
        self.audit(&mut tx, scope, "offers.bulk", bulk.id.as_str(), None, Some(asked))
            .await?;
        tx.commit().await?;
        self.told(scope, shop, &touched).await?;
        self.bulk(scope, &bulk.id).await
    }

    /// Asks for the job that does the rest.
    async fn bulk_later(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        bulk: &BulkId,
        what: &str,
    ) -> Result<(), PricingError> {
        let which = BulkWork {
            merchant: scope.merchant().clone(),
            bulk: bulk.clone(),
        };
        let job = NewJob::new(BULK, 1, &which, self.clock.now())
            .merchant(scope.merchant())
            .dedupe(format!("{BULK}:{bulk}:{what}"))
            .attempts(8);
        self.jobs.enqueue(tx, job).await.map_err(PricingError::Jobs)?;
        Ok(())
    }

    /// Writes a planned part with what is needed to put it back. Answers the offers that changed; `None` when somebody else has
    /// done the part: the transaction must be given up then.
    async fn do_part(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        bulk: &Bulk,
        number: i64,
        mut plan: PlannedPart,
    ) -> Result<Option<Vec<OfferId>>, PricingError> {
        for one in &mut plan.planned {
            // A job writes in the name of the person who asked.
            one.after.updated_by.clone_from(&bulk.by);
        }
        let new: Vec<(&OfferRule, i64)> = plan
            .planned
            .iter()
            .map(|one| (&one.after, one.before.version))
            .collect();
        let saved = rules::save_offer_rules(&mut *tx, scope, &new).await?;
        let (mut kept, mut touched) = (Vec::with_capacity(saved.len()), Vec::with_capacity(saved.len()));
        for one in &plan.planned {
            if saved.contains(&one.after.offer) {
                touched.push(one.after.offer.clone());
                kept.push(keep(&one.before, one.before.version + 1));
            } else {
                let meanwhile = Public::new("changed-meanwhile");
                plan.refused.push(refusal(&one.sku, &one.title, &meanwhile));
            }
        }
        let done = PartDone {
            before: &write(&kept)?,
            refusals: &write(&plan.refused)?,
            changed: touched.len(),
            unchanged: plan.unchanged,
            refused: plan.refused.len(),
        };
        let mine = bulks::did_part(tx, &bulk.id, number, &done, self.clock.now()).await?;
        Ok(mine.then_some(touched))
    }

    async fn finish(&self, tx: &mut Tx, scope: &Scope, bulk: &Bulk) -> Result<(), PricingError> {
        bulks::finish(&mut *tx, &bulk.id, self.clock.now()).await?;
        self.restate_later(tx, scope, &bulk.shop).await
    }

    /// Lets the board, the checks and open pages know which offers have new settings.
    async fn told(&self, scope: &Scope, shop: &ShopId, touched: &[OfferId]) -> Result<(), PricingError> {
        self.restate_few(scope, shop, touched).await?;
        self.check_offers_now(touched).await?;
        self.signal(shop, "bulk").await;
        Ok(())
    }

    /// Asks for what a bulk change changed to be put back, except offers that somebody changed since: at once when it was for
    /// few offers, else by a job; the answer says how far it is.
    ///
    /// # Errors
    /// When it still goes on, a day has passed, or it was undone before.
    pub async fn bulk_undo(&self, scope: &Scope, id: &BulkId) -> Result<Bulk, PricingError> {
        let bulk = self.bulk(scope, id).await?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if bulks::undo(&mut tx, scope, id, now).await? == 0 {
            return Err(PricingError::UndoPassed);
        }
        let mut touched = Vec::new();
        let asked = if bulk.changed <= count(PART) {
            while let Some(part) = bulks::to_undo(&mut tx, id).await? {
                touched.extend(
                    self.undo_part(&mut tx, scope, &bulk, &part)
                        .await?
                        .unwrap_or_default(),
                );
            }
            self.finish_undo(&mut tx, scope, &bulk).await?;
            format!("{} put back", touched.len())
        } else {
            self.bulk_later(&mut tx, scope, id, "undo").await?;
            format!("{} asked for", bulk.changed)
        };
        self.audit(
            &mut tx,
            scope,
            "offers.bulk_undone",
            id.as_str(),
            None,
            Some(asked),
        )
        .await?;
        tx.commit().await?;
        self.told(scope, &bulk.shop, &touched).await?;
        self.bulk(scope, id).await
    }

    async fn finish_undo(&self, tx: &mut Tx, scope: &Scope, bulk: &Bulk) -> Result<(), PricingError> {
        bulks::finish_undo(&mut *tx, &bulk.id, self.clock.now()).await?;
        self.restate_later(tx, scope, &bulk.shop).await
    }

    /// Puts one part back. Answers as [`Pricing::do_part`] does.
    async fn undo_part(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        bulk: &Bulk,
        part: &Part,
    ) -> Result<Option<Vec<OfferId>>, PricingError> {
        let now = self.clock.now();
        let by = bulk.undone_by.as_deref().unwrap_or(scope.actor_name());
        let old: Vec<OfferRule> = read::<Vec<Kept>>(&part.text)?
            .into_iter()
            .map(|one| one.rule(&bulk.shop, by, now))
            .collect();
        let new: Vec<(&OfferRule, i64)> = old.iter().map(|rule| (rule, rule.version)).collect();
        let mut saved = Vec::with_capacity(new.len());
        // A change from before there were parts is one part, however large.
        for some in new.chunks(PART) {
            saved.extend(rules::save_offer_rules(&mut *tx, scope, some).await?);
        }
        let mine = bulks::undid_part(tx, &bulk.id, part.number, saved.len(), now).await?;
        Ok(mine.then_some(saved))
    }

    /// Makes or puts back one part by the job. `false` when nothing is left.
    async fn bulk_step(&self, context: &JobContext, scope: &Scope, bulk: &Bulk) -> Result<bool, JobError> {
        let undoing = bulk.undone_at.is_some();
        let next = if undoing {
            bulks::to_undo(&self.db, &bulk.id).await
        } else {
            bulks::to_do(&self.db, &bulk.id).await
        };
        let Some(part) = next.map_err(|error| failed(error.into()))? else {
            let mut tx = self.db.write().await.map_err(|error| failed(error.into()))?;
            context.guard(&mut tx).await?;
            let ended = if undoing {
                self.finish_undo(&mut tx, scope, bulk).await
            } else {
                self.finish(&mut tx, scope, bulk).await
            };
            ended.map_err(failed)?;
            tx.commit().await.map_err(|error| failed(error.into()))?;
            return Ok(false);
        };
        let plan = if undoing {
            None
        } else {
            let act = match bulk.act.as_str() {
                FILE => None,
                act => Some(read(act.as_bytes()).map_err(failed)?),
            };
            let ground = self.ground(scope, &bulk.shop, act).await.map_err(failed)?;
            let wanted: Vec<Wanted> = read(&part.text).map_err(failed)?;
            Some(self.plan(scope, &ground, &wanted).await.map_err(failed)?)
        };
        let mut tx = self.db.write().await.map_err(|error| failed(error.into()))?;
        context.guard(&mut tx).await?;
        let touched = match plan {
            Some(plan) => self.do_part(&mut tx, scope, bulk, part.number, plan).await,
            None => self.undo_part(&mut tx, scope, bulk, &part).await,
        }
        .map_err(failed)?;
        if let Some(touched) = touched {
            tx.commit().await.map_err(|error| failed(error.into()))?;
            self.check_offers_now(&touched).await.map_err(failed)?;
        }
        Ok(true)
    }
}

/// Makes large bulk changes and puts them back.
pub struct BulkJob(pub Pricing);

#[async_trait]
impl Handler for BulkJob {
    fn name(&self) -> &'static str {
        BULK
    }

    async fn run(&self, context: &JobContext) -> Result<Outcome, JobError> {
        let BulkWork { merchant, bulk: id } = context.payload()?;
        let scope = Scope::system(merchant, "a bulk change");
        loop {
            let bulk = self.0.bulk(&scope, &id).await.map_err(failed)?;
            let (done, total) = bulk.progress();
            let number = |n: i64| u64::try_from(n).unwrap_or(0);
            context.progress(number(done), number(total.max(done))).await;
            if !bulk.state().is_going() || !self.0.bulk_step(context, &scope, &bulk).await? {
                self.0.signal(&bulk.shop, "bulk").await;
                return Ok(Outcome::Done);
            }
            if context.stopping() {
                return Ok(Outcome::Again(self.0.clock.now()));
            }
        }
    }
}

fn failed(error: PricingError) -> JobError {
    JobError::from_failure(&error)
}

pub(super) fn read<T: DeserializeOwned>(text: &[u8]) -> Result<T, PricingError> {
    Ok(serde_json::from_slice(text).map_err(|_| unknown("bulk_parts", "damaged"))?)
}

fn write(value: &impl Serialize) -> Result<Vec<u8>, PricingError> {
    Ok(serde_json::to_vec(value).map_err(|_| unknown("bulk_parts", "unwritable"))?)
}

fn keep(rule: &OfferRule, version_after: i64) -> Kept {
    Kept {
        offer: rule.offer.clone(),
        version_after,
        rule: rule.rule.clone(),
        managed: rule.managed,
        min: rule.min,
        max: rule.max,
        cost: rule.cost,
        step: rule.step,
        strategy: rule.strategy.clone(),
        settings: rule.settings.clone(),
        pinned_price: rule.pinned_price,
        pinned_until: rule.pinned_until.map(Timestamp::as_micros),
    }
}

impl Kept {
    fn rule(self, shop: &ShopId, by: &str, now: Timestamp) -> OfferRule {
        OfferRule {
            offer: self.offer,
            shop: shop.clone(),
            rule: self.rule,
            managed: self.managed,
            min: self.min,
            max: self.max,
            cost: self.cost,
            step: self.step,
            strategy: self.strategy,
            settings: self.settings,
            pinned_price: self.pinned_price,
            pinned_until: self.pinned_until.map(Timestamp::from_micros),
            version: self.version_after,
            updated_by: by.to_owned(),
            updated_at: now,
        }
    }
}

fn count(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}
