//! The day for edges: start, hold, go on, look. Whoever starts a second time finds the run that is under way.

use crate::{
    Orders, OrdersError,
    engine::STOPPED,
    model::{DaySettings, DayState, DayStep, DayWrong, ItemState, StepState},
    store::{
        day_figures::{self, DayItem, ItemCounts},
        day_items,
        days::{self, DayRun, RunStep},
    },
};
use sauda_accounts::{Actor, Scope};
use sauda_kernel::{DayRunId, ShopId};
use sauda_store::Tx;

/// Runs that a page lists.
const RUNS: i64 = 50;
/// Troubles that a page lists.
const TROUBLES: i64 = 500;

/// A run with its steps and what happened last.
#[derive(Debug, Clone)]
pub struct DayView {
    pub run: DayRun,
    pub steps: Vec<(RunStep, ItemCounts)>,
    /// Newest first.
    pub last: Vec<DayItem>,
    /// Orders in trouble, oldest first; at most 500.
    pub troubles: Vec<DayItem>,
    /// Orders that were done and about which there is something to say, oldest first; at most 500.
    pub remarks: Vec<DayItem>,
}

impl DayView {
    /// The step that is under way or comes next, from 1.
    pub fn place(&self) -> Option<usize> {
        self.steps
            .iter()
            .position(|(step, _)| step.state.is_ahead())
            .map(|at| at + 1)
    }
}

impl Orders {
    /// Starts the day of a shop, or gives the run that is open.
    ///
    /// # Errors
    /// When there is no such shop, or it has no key.
    pub async fn start_day(&self, scope: &Scope, shop: &ShopId) -> Result<DayRun, OrdersError> {
        let wanted = self.wanted_day(scope, shop).await?;
        let mut tx = self.db.write().await?;
        if self.open_day(&mut tx, scope, shop, &wanted).await? {
            tx.commit().await?;
            self.signal(shop).await;
        }
        self.last_day(scope, shop).await?.ok_or(OrdersError::NoDay)
    }

    /// Starts the day of a shop by its schedule, once on a day: that it had its day is kept together with the run, so a crash loses
    /// none. Whether it was started by this.
    pub(crate) async fn start_day_of(
        &self,
        scope: &Scope,
        shop: &ShopId,
        today: &str,
    ) -> Result<bool, OrdersError> {
        let wanted = match self.wanted_day(scope, shop).await {
            Ok(wanted) => wanted,
            // A shop without a key, or one that is gone: its owner is told by other notices, and this day is over for it.
            Err(error @ OrdersError::Catalog(_)) => {
                tracing::info!(shop.id = %shop, error = %error, "the day of a shop cannot start");
                days::take_start(&self.db, shop, today).await?;
                return Ok(false);
            }
            Err(error) => return Err(error),
        };
        let mut tx = self.db.write().await?;
        if days::take_start(&mut tx, shop, today).await? == 0 {
            return Ok(false);
        }
        // A run that somebody opened before is the day's.
        self.open_day(&mut tx, scope, shop, &wanted).await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(true)
    }

    async fn wanted_day(&self, scope: &Scope, shop: &ShopId) -> Result<DaySettings, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        self.catalog.open_shop_key(scope, shop).await?;
        self.day_settings_of(shop).await
    }

    /// Records a run with its steps; false when the shop has an open one, and then nothing is written.
    async fn open_day(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        shop: &ShopId,
        settings: &DaySettings,
    ) -> Result<bool, OrdersError> {
        let by = match scope.actor() {
            Actor::System { .. } => "",
            _ => scope.actor_name(),
        };
        let (id, now) = (self.id(), self.clock.now());
        if days::insert(&mut *tx, scope, shop, &id, by, now).await? == 0 {
            return Ok(false);
        }
        for (place, step) in (1..).zip(DayStep::ALL) {
            let is_possible = self.day_steps().any(|known| known == step);
            let state = if settings.skips.contains(&step) || !is_possible {
                StepState::Skipped
            } else {
                StepState::Waiting
            };
            days::insert_step(&mut *tx, &id, place, step, state).await?;
        }
        self.audit(tx, scope, "day.started", shop.as_str(), None).await?;
        Ok(true)
    }

    /// The steps that a day can have here: nobody is asked where nobody is there to ask.
    pub fn day_steps(&self) -> impl Iterator<Item = DayStep> {
        let asks = self.askers.is_there();
        DayStep::ALL
            .into_iter()
            .filter(move |step| asks || *step != DayStep::Confirm)
    }

    /// The newest run of a shop.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn last_day(&self, scope: &Scope, shop: &ShopId) -> Result<Option<DayRun>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(days::of(&self.db, shop, 1).await?.pop())
    }

    /// The last runs of a shop, the newest first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn days(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<DayRun>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(days::of(&self.db, shop, RUNS).await?)
    }

    async fn run_of(&self, scope: &Scope, shop: &ShopId, id: &DayRunId) -> Result<DayRun, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        days::find(&self.db, id)
            .await?
            .filter(|run| run.shop == *shop)
            .ok_or(OrdersError::NoDay)
    }

    /// A run with all that is known of it; `last` says how many of the last things.
    ///
    /// # Errors
    /// When the shop has no such run.
    pub async fn day(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &DayRunId,
        last: i64,
    ) -> Result<DayView, OrdersError> {
        let run = self.run_of(scope, shop, id).await?;
        let (steps, counts, last, troubles, remarks) = tokio::try_join!(
            days::steps(&self.db, id),
            day_figures::counts(&self.db, id),
            day_figures::last(&self.db, id, last.clamp(0, 1_000)),
            day_figures::of_state(&self.db, id, ItemState::Trouble, TROUBLES),
            day_figures::remarks(&self.db, id, TROUBLES)
        )?;
        let steps = steps
            .into_iter()
            .map(|step| {
                let counts = counts.iter().find(|(known, _)| *known == step.step);
                (step, counts.map(|(_, counts)| *counts).unwrap_or_default())
            })
            .collect();
        Ok(DayView {
            run,
            steps,
            last,
            troubles: each_once(troubles),
            remarks,
        })
    }

    /// Numbers of the orders of a run whose papers are ready to be printed.
    ///
    /// # Errors
    /// When the shop has no such run.
    pub async fn day_papers(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &DayRunId,
    ) -> Result<Vec<String>, OrdersError> {
        self.run_of(scope, shop, id).await?;
        Ok(day_figures::papers(&self.db, id).await?)
    }

    /// Holds a run: what was asked of the marketplace is still done, nothing more is asked.
    ///
    /// # Errors
    /// When the shop has no such run, or it is not running.
    pub async fn pause_day(&self, scope: &Scope, shop: &ShopId, id: &DayRunId) -> Result<(), OrdersError> {
        self.turn_day(scope, shop, id, DayState::Paused, &[DayState::Running])
            .await
    }

    /// Lets a run go on from where it stands.
    ///
    /// # Errors
    /// When the shop has no such run, or it is not held.
    pub async fn go_on_day(&self, scope: &Scope, shop: &ShopId, id: &DayRunId) -> Result<(), OrdersError> {
        self.turn_day(
            scope,
            shop,
            id,
            DayState::Running,
            &[DayState::Paused, DayState::Stopped],
        )
        .await
    }

    /// Ends a run before it is done.
    ///
    /// # Errors
    /// When the shop has no such run, or it is over.
    pub async fn end_day(&self, scope: &Scope, shop: &ShopId, id: &DayRunId) -> Result<(), OrdersError> {
        let open = [DayState::Running, DayState::Paused, DayState::Stopped];
        self.turn_day(scope, shop, id, DayState::Ended, &open).await
    }

    async fn turn_day(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &DayRunId,
        to: DayState,
        from: &[DayState],
    ) -> Result<(), OrdersError> {
        let run = self.run_of(scope, shop, id).await?;
        let now = self.clock.now();
        if run.state == to {
            return Ok(());
        }
        let mut tx = self.db.write().await?;
        let next_at = (to == DayState::Running).then_some(now);
        if !from.contains(&run.state) || days::turn_to(&mut tx, &run, to, next_at, None, now).await? == 0 {
            return Err(OrdersError::DayNotNow { state: run.state });
        }
        if to == DayState::Running {
            // What a step waits for has its time anew.
            for step in days::steps(&mut tx, id).await? {
                if step.state == StepState::Running {
                    days::again(&mut tx, id, step.step).await?;
                }
            }
        }
        self.catalog
            .settle(&mut tx, scope, STOPPED, shop.as_str())
            .await?;
        self.audit(
            &mut tx,
            scope,
            "day.turned",
            id.as_str(),
            Some(to.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    /// Leaves out the rest of a step of an open run; the run goes on with the next.
    ///
    /// # Errors
    /// When the shop has no such run, the step is over, or nothing goes without it.
    pub async fn skip_step(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &DayRunId,
        step: DayStep,
    ) -> Result<(), OrdersError> {
        let run = self.run_of(scope, shop, id).await?;
        if step.is_needed() {
            return Err(OrdersError::DayWrong(DayWrong::Needed(step)));
        }
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        if run.state.is_over() || days::end_step(&mut tx, id, step, StepState::Skipped, now).await? == 0 {
            return Err(OrdersError::DayNotNow { state: run.state });
        }
        if step == DayStep::Confirm {
            // Whose buyer did not answer goes on with the others.
            day_items::leave(&mut tx, id, step, "no-answer", now).await?;
            days::again_for_held(&mut tx, id).await?;
        }
        if run.state == DayState::Stopped {
            days::turn_to(&mut tx, &run, DayState::Running, Some(now), None, now).await?;
        }
        self.catalog
            .settle(&mut tx, scope, STOPPED, shop.as_str())
            .await?;
        self.audit(
            &mut tx,
            scope,
            "day.skipped",
            id.as_str(),
            Some(step.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    /// Does a step again, and what comes after it; what was done is not done twice.
    ///
    /// # Errors
    /// When the shop has no such run, or another run of the shop is open.
    pub async fn repeat_step(
        &self,
        scope: &Scope,
        shop: &ShopId,
        id: &DayRunId,
        step: DayStep,
    ) -> Result<(), OrdersError> {
        let run = self.run_of(scope, shop, id).await?;
        let newest = days::of(&self.db, shop, 1).await?.pop();
        if newest.is_none_or(|newest| newest.id != *id) {
            return Err(OrdersError::DayNotNow { state: run.state });
        }
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        for later in days::steps(&mut tx, id).await? {
            if later.step == step || (later.step > step && later.state != StepState::Skipped) {
                days::again(&mut tx, id, later.step).await?;
            }
        }
        if run.state == DayState::Running {
            days::wait(&mut tx, id, now).await?;
        } else if days::turn_to(&mut tx, &run, DayState::Running, Some(now), None, now).await? == 0 {
            return Err(OrdersError::DayNotNow { state: run.state });
        }
        self.audit(
            &mut tx,
            scope,
            "day.repeated",
            id.as_str(),
            Some(step.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(())
    }

    /// How a shop's day goes.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn day_settings(&self, scope: &Scope, shop: &ShopId) -> Result<DaySettings, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        self.day_settings_of(shop).await
    }

    pub(crate) async fn day_settings_of(&self, shop: &ShopId) -> Result<DaySettings, OrdersError> {
        Ok(days::settings(&self.db, shop).await?.unwrap_or_default())
    }

    /// # Errors
    /// When there is no such shop, or the settings make no sense.
    pub async fn put_day_settings(
        &self,
        scope: &Scope,
        shop: &ShopId,
        settings: &DaySettings,
    ) -> Result<(), OrdersError> {
        self.catalog.shop(scope, shop).await?;
        settings.check().map_err(OrdersError::DayWrong)?;
        let mut tx = self.db.write().await?;
        days::put_settings(&mut tx, scope, shop, settings).await?;
        self.audit(&mut tx, scope, "day.settings", shop.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }
}

/// Two steps that stumbled over the same thing of an order need one act: the later one tells it.
fn each_once(troubles: Vec<DayItem>) -> Vec<DayItem> {
    let is_same = |one: &DayItem, other: &DayItem| one.code == other.code && one.trouble == other.trouble;
    let mut once: Vec<DayItem> = Vec::with_capacity(troubles.len());
    for item in troubles {
        once.retain(|known| !is_same(known, &item));
        once.push(item);
    }
    once
}
