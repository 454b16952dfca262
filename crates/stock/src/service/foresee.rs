//! Counts forecasts part by part, keeps them and how far the counting is. Refuses to count a part twice: who comes second gives up.

use super::{Stock, promotions::promoted_days, reorder::ReorderFilter};
use crate::{
    StockError,
    foresee::{AHEAD_DAYS, Foreseen, LOOK_BACK_DAYS, Past, foresee, past},
    jobs::FORESEE,
    model::day_of,
    reorder::{Day, float},
    store::{Among, forecasts, foresee_runs, ledger, order_lines, promotions, supply},
};
use sauda_accounts::{Right, Scope};
use sauda_forecast::{
    Frequency,
    neighbours::{Neighbours, Usual, grown},
};
use sauda_jobs::NewJob;
use sauda_kernel::{MerchantId, ProductId, Span, Timestamp};
use sauda_store::Tx;
use std::collections::{BTreeMap, BTreeSet};

/// Products of one part: a transaction, and some tenths of a second of counting.
const PART: i64 = 100;
/// A counting that stands still for so long is begun anew when somebody asks.
const STUCK: Span = Span::from_mins(30);
/// What was not counted again for so long is forgotten.
const FORGOTTEN: Span = Span::from_days(30);

/// How far the counting of a merchant's forecasts is.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct ForeseeRun {
    pub started_at: Timestamp,
    /// Who asked, by name; empty for the night.
    pub asked_by: String,
    pub(crate) last_product: String,
    /// Products counted, of all.
    pub done: i64,
    pub total: i64,
    pub finished_at: Option<Timestamp>,
}

/// What one part came to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Part {
    Done,
    More { done: i64, total: i64 },
}

/// What all parts of a counting share: kinds of products and what is usual in them.
#[derive(Debug, Default)]
pub(crate) struct Ground {
    neighbours: Neighbours,
    kinds: BTreeMap<ProductId, (String, String)>,
}

impl Ground {
    /// What is usual in the narrowest kind that has enough products.
    fn usual(&self, product: &ProductId) -> Option<Usual> {
        let (narrow, wide) = self.kinds.get(product)?;
        self.neighbours
            .usual(narrow, Frequency::Daily)
            .or_else(|| self.neighbours.usual(wide, Frequency::Daily))
    }
}

/// One product's past, taken out of the database.
struct Taken {
    product: ProductId,
    first_day: i64,
    days: Vec<Day>,
    prices: Vec<Option<i64>>,
    first_place: Vec<Option<i64>>,
    promoted: Vec<bool>,
    usual: Option<Usual>,
}

impl Stock {
    /// How far the counting is; nothing before the first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn foresee_run(&self, scope: &Scope) -> Result<Option<ForeseeRun>, StockError> {
        Ok(foresee_runs::find(&self.db, scope).await?)
    }

    /// Counts all forecasts anew by a person's word; the one that goes on already is enough.
    ///
    /// # Errors
    /// When the caller may not.
    pub async fn foresee_now(&self, scope: &Scope) -> Result<(), StockError> {
        scope.require(Right::ManageCatalog)?;
        self.ask_to_foresee(scope, scope.actor_name()).await
    }

    /// Asks for a counting from the beginning because something was learned: a year of orders was read, a promotion was told.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn history_was_read(&self, scope: &Scope) -> Result<(), StockError> {
        self.ask_to_foresee(scope, "").await
    }

    pub(crate) async fn ask_to_foresee(&self, scope: &Scope, asked_by: &str) -> Result<(), StockError> {
        let now = self.clock.now();
        let since = day_of(now) - LOOK_BACK_DAYS;
        let known = foresee_runs::find(&self.db, scope).await?;
        let goes_on = known.is_some_and(|run| {
            run.finished_at.is_none() && now.since(run.started_at) < STUCK && !asked_by.is_empty()
        });
        let total = foresee_runs::countable(&self.db, scope, since).await?;
        let job = NewJob::new(FORESEE, 1, &serde_json::json!({}), now)
            .merchant(scope.merchant())
            .dedupe(format!("{FORESEE}:{}", scope.merchant()));
        let mut tx = self.db.write().await?;
        if !goes_on {
            foresee_runs::begin(&mut tx, scope, asked_by, total, now).await?;
        }
        self.jobs
            .enqueue(&mut tx, job)
            .await
            .map_err(|error| StockError::Jobs(Box::new(error)))?;
        tx.commit().await?;
        self.jobs.nudge().await;
        Ok(())
    }

    /// Merchants who have something to count.
    pub(crate) async fn foreseeing(&self) -> Result<Vec<MerchantId>, StockError> {
        Ok(foresee_runs::merchants(&self.db).await?)
    }

    /// What is usual among products of each kind.
    pub(crate) async fn ground(&self, scope: &Scope) -> Result<Ground, StockError> {
        let today = day_of(self.clock.now());
        let sums = order_lines::sums(&self.db, scope, today - LOOK_BACK_DAYS).await?;
        let since = today - LOOK_BACK_DAYS;
        let mut ground = Ground::default();
        let mut ids = Vec::new();
        let mut after = String::new();
        loop {
            let part = foresee_runs::next(&self.db, scope, since, &after, 500).await?;
            let Some(last) = part.last() else { break };
            after = last.to_string();
            ids.extend(part);
        }
        for product in self.products.by_ids(scope, &ids).await? {
            let facts = &product.facts;
            if let Some(wide) = facts.category.clone().filter(|kind| !kind.is_empty()) {
                let narrow = facts.subcategory.clone().unwrap_or_default();
                ground
                    .kinds
                    .insert(product.id.clone(), (format!("{wide}/{narrow}"), wide));
            }
        }
        let old = i64::try_from(grown(Frequency::Daily)).unwrap_or(0);
        for (product, first, units) in sums {
            let days = today - first;
            if days < old {
                continue;
            }
            if let Some((narrow, wide)) = ground.kinds.get(&product) {
                let level = float(units) / float(days);
                ground.neighbours.add_level(narrow, Frequency::Daily, level);
                ground.neighbours.add_level(wide, Frequency::Daily, level);
            }
        }
        Ok(ground)
    }

    /// Counts the next part. `hold` is asked inside of the transaction that keeps it.
    pub(crate) async fn foresee_part<E: From<StockError>>(
        &self,
        scope: &Scope,
        ground: &Ground,
        hold: impl AsyncFnOnce(&mut Tx) -> Result<(), E>,
    ) -> Result<Part, E> {
        let Some((run, taken)) = self.take_part(scope, ground).await? else {
            return Ok(Part::Done);
        };
        let now = self.clock.now();
        let asked = taken.len();
        let last = taken
            .last()
            .map_or_else(String::new, |taken| taken.product.to_string());
        // Some tenths of a second of arithmetic do not stand in the way of others.
        let made = tokio::task::spawn_blocking(move || -> Vec<Foreseen> {
            taken
                .iter()
                .filter_map(|one| {
                    let past = Past {
                        product: &one.product,
                        first_day: one.first_day,
                        days: &one.days,
                        prices: &one.prices,
                        first_place: &one.first_place,
                        promoted: &one.promoted,
                        usual: one.usual,
                    };
                    foresee(&past, now)
                })
                .collect()
        })
        .await
        .map_err(|_| StockError::Cut)?;
        let is_last = asked < usize::try_from(PART).unwrap_or(0);
        let kept = self.keep_part(scope, &run, &made, (&last, asked, is_last), hold);
        let went_on = kept.await?;
        if went_on && is_last {
            // What past days say holds for the whole day: nobody waits for it in the morning.
            self.reorder(scope, &ReorderFilter::default()).await?;
        }
        Ok(match went_on {
            // Somebody else went on from here, or began anew: the next look shows.
            false => Part::More {
                done: run.done,
                total: run.total,
            },
            true if is_last => Part::Done,
            true => Part::More {
                done: run.done.saturating_add(i64::try_from(asked).unwrap_or(0)),
                total: run.total,
            },
        })
    }

    async fn keep_part<E: From<StockError>>(
        &self,
        scope: &Scope,
        run: &ForeseeRun,
        made: &[Foreseen],
        (last, asked, is_last): (&str, usize, bool),
        hold: impl AsyncFnOnce(&mut Tx) -> Result<(), E>,
    ) -> Result<bool, E> {
        let now = self.clock.now();
        let failed = |error| E::from(StockError::Store(error));
        let mut tx = self.db.write().await.map_err(failed)?;
        hold(&mut tx).await?;
        let counted = i64::try_from(asked).unwrap_or(0);
        let finished_at = is_last.then_some(now);
        let changed = foresee_runs::went_on(&mut tx, scope, run, last, counted, finished_at)
            .await
            .map_err(failed)?;
        if changed == 0 {
            return Ok(false);
        }
        for told in made {
            forecasts::put(&mut tx, scope, told).await.map_err(failed)?;
        }
        if is_last {
            forecasts::forget(&mut tx, scope, now.minus(FORGOTTEN))
                .await
                .map_err(failed)?;
        }
        tx.commit().await.map_err(failed)?;
        Ok(true)
    }

    /// Counts one part outside of the queue, for tools: how many are counted, of how many.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn foresee_once(&self, scope: &Scope) -> Result<(i64, i64), StockError> {
        let ground = self.ground(scope).await?;
        let part = self.foresee_part::<StockError>(scope, &ground, async |_: &mut Tx| Ok(()));
        Ok(match Box::pin(part).await? {
            Part::More { done, total } => (done, total),
            Part::Done => {
                let run = foresee_runs::find(&self.db, scope).await?;
                run.map_or((0, 0), |run| (run.done, run.total))
            }
        })
    }

    /// The next part with its pasts; nothing when there is no counting, or it is over.
    async fn take_part(
        &self,
        scope: &Scope,
        ground: &Ground,
    ) -> Result<Option<(ForeseeRun, Vec<Taken>)>, StockError> {
        let Some(run) = foresee_runs::find(&self.db, scope)
            .await?
            .filter(|run| run.finished_at.is_none())
        else {
            return Ok(None);
        };
        let today = day_of(self.clock.now());
        let since = today - LOOK_BACK_DAYS;
        let ids = foresee_runs::next(&self.db, scope, since, &run.last_product, PART).await?;
        let (Some(from), Some(to)) = (ids.first().cloned(), ids.last().cloned()) else {
            return Ok(Some((run, Vec::new())));
        };
        let between = (&from, &to);
        let among = Among::Between(&from, &to);
        let sold = order_lines::sold(&self.db, scope, since, among).await?;
        let prices = prices(order_lines::prices(&self.db, scope, since, between).await?);
        let came = ledger::came(&self.db, scope, among).await?;
        let one_offs = supply::one_offs(&self.db, scope).await?;
        let promotions = promotions::list(&self.db, scope, since).await?;
        let stood = self.stood_first(scope, &ids, since, today).await?;
        let first_day = order_lines::first_day(&self.db, scope).await?.unwrap_or(today);
        let mut free: BTreeMap<ProductId, i64> = BTreeMap::new();
        for balance in ledger::balances_between(&self.db, scope, between).await? {
            *free.entry(balance.product).or_default() += balance.on_hand - balance.reserved;
        }
        let (no_sales, no_moves, no_days) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let taken = ids
            .into_iter()
            .map(|product| {
                let (first_day, days) = past::days(&past::Kept {
                    first_day,
                    today,
                    look_back: LOOK_BACK_DAYS,
                    sold: sold.get(&product).unwrap_or(&no_sales),
                    came: came.get(&product).unwrap_or(&no_moves),
                    one_offs: one_offs.get(&product).unwrap_or(&no_days),
                    free: free.get(&product).copied().unwrap_or(0),
                });
                let prices = prices.get(&product).map_or_else(Vec::new, |known| {
                    (first_day..today).map(|day| known.get(&day).copied()).collect()
                });
                let skipped = usize::try_from(first_day - since).unwrap_or(0);
                let first_place = stood.get(&product).and_then(|days| days.get(skipped..));
                Taken {
                    first_place: first_place.map_or_else(Vec::new, <[Option<i64>]>::to_vec),
                    promoted: promoted_days(&promotions, &product, first_day, days.len() + AHEAD_DAYS),
                    usual: ground.usual(&product),
                    product,
                    first_day,
                    days,
                    prices,
                }
            })
            .collect();
        Ok(Some((run, taken)))
    }
}

/// What a piece was sold for on a day, the mean of what was paid, tiyn.
fn prices(rows: Vec<(ProductId, i64, sauda_kernel::Money, i64)>) -> BTreeMap<ProductId, BTreeMap<i64, i64>> {
    let mut sums: BTreeMap<ProductId, BTreeMap<i64, (i128, i128)>> = BTreeMap::new();
    for (product, day, price, units) in rows {
        let (paid, pieces) = sums.entry(product).or_default().entry(day).or_default();
        *paid += i128::from(price.tiyn()) * i128::from(units);
        *pieces += i128::from(units);
    }
    let mean = |(paid, pieces): (i128, i128)| i64::try_from(paid / pieces.max(1)).unwrap_or(0);
    sums.into_iter()
        .map(|(product, days)| {
            let days = days.into_iter().map(|(day, sum)| (day, mean(sum)));
            (product, days.collect())
        })
        .collect()
}
