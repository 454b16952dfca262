//! Steps that only look: what is there, what is in the way, what came of it.

use super::{DayKeeper, TROUBLED, Verdict, ask::stage_of};
use crate::{
    OrdersError,
    model::{DayReport, DayStep, ItemState, LowStock, Order, Stage, View},
    store::{
        day_figures::{self, ItemCounts},
        day_items,
        days::{self, DayRun, RunStep},
        lines,
        orders::{self, OrderFilter},
        reading, waybills,
    },
};
use sauda_accounts::Scope;
use sauda_catalog::{NewNotice, Tone};
use sauda_kernel::{OrderId, Span};

/// How long a reading is waited for.
const READING: Span = Span::from_mins(3);
/// How long the next waybill is waited for: the marketplace needs from 15 seconds to three minutes.
const PAPER: Span = Span::from_mins(6);
/// How often it is looked whether it is there.
const LOOK: Span = Span::from_secs(2);
/// Papers that are looked at in one go.
const PAPERS: i64 = 200;
const LOW: &str = "stock-low";
/// Names that a notice of low stock tells.
const NAMES: usize = 3;

/// What is in the way of an order, or why it is left alone.
fn obstacle(order: &Order, has_lines: bool) -> Option<(ItemState, &'static str)> {
    match order.seen.stage {
        Stage::Unknown => Some((ItemState::Trouble, "unknown-stage")),
        Stage::Sign => Some((ItemState::Left, "sign")),
        Stage::Preorder => Some((ItemState::Left, "preorder")),
        _ if !has_lines => Some((ItemState::Trouble, "no-lines")),
        _ => None,
    }
}

impl DayKeeper {
    pub(super) async fn counts(&self, run: &DayRun, step: DayStep) -> Result<ItemCounts, OrdersError> {
        Ok(day_figures::counts_of(&self.orders.db, &run.id, step).await?)
    }

    /// Waits until the shop was read since the step began.
    pub(super) async fn read(
        &self,
        scope: &Scope,
        run: &DayRun,
        step: &RunStep,
    ) -> Result<Verdict, OrdersError> {
        if self.orders.catalog.shop_key(scope, &run.shop).await?.is_none() {
            return Ok(Verdict::Stop("no-key"));
        }
        let (Some(began), now) = (step.began_at, self.orders.clock.now()) else {
            return Ok(Verdict::Done);
        };
        let Some(reading) = reading::find(&self.orders.db, &run.shop).await? else {
            return Ok(Verdict::Stop("no-key"));
        };
        if reading.read_at.is_some_and(|read| read >= began) {
            return Ok(Verdict::Done);
        }
        match reading.trouble.as_deref() {
            Some("bad_token") => Ok(Verdict::Stop("bad-token")),
            _ if now.since(began) > READING => Ok(Verdict::Stop("silent")),
            _ => Ok(Verdict::Wait(LOOK)),
        }
    }

    /// Takes the open orders into the run and looks at each.
    pub(super) async fn check(&self, scope: &Scope, run: &DayRun) -> Result<Verdict, OrdersError> {
        let mut filter = OrderFilter {
            view: View::Open,
            limit: 500,
            ..OrderFilter::default()
        };
        loop {
            let page = self.orders.list(scope, &run.shop, &filter).await?;
            let ids: Vec<OrderId> = page.orders.iter().map(|order| order.id.clone()).collect();
            let lines = lines::of(&self.orders.db, &ids).await?;
            let now = self.orders.clock.now();
            let found: Vec<_> = page
                .orders
                .iter()
                .filter(|order| concerns(order.seen.stage))
                .map(|order| {
                    let has_lines = lines.get(&order.id).is_some_and(|lines| !lines.is_empty());
                    let (state, trouble) = obstacle(order, has_lines)
                        .map_or((ItemState::Done, None), |(state, trouble)| (state, Some(trouble)));
                    (&order.id, state, trouble)
                })
                .collect();
            day_items::put(&self.orders.db, &run.id, DayStep::Check, &found, now).await?;
            match page.next {
                Some(next) => filter.after = Some(next),
                None => return Ok(Verdict::Done),
            }
        }
    }

    /// Waits until each order that is ready has its waybill.
    pub(super) async fn waybills(&self, run: &DayRun, step: &RunStep) -> Result<Verdict, OrdersError> {
        let db = &self.orders.db;
        let now = self.orders.clock.now();
        let there = day_items::with_waybill(db, &run.id, step.step).await?;
        let gone = match stage_of(step.step) {
            Some(stage) => day_items::moved_on(db, &run.id, step.step, stage).await?,
            None => Vec::new(),
        };
        let has_moved = !there.is_empty() || !gone.is_empty();
        // An order that has its paper and left is done all the same.
        let moved = (ItemState::Left, Some("moved-on"));
        day_items::settle_all(db, &run.id, step.step, &gone, moved, now).await?;
        day_items::settle_all(db, &run.id, step.step, &there, (ItemState::Done, None), now).await?;
        if has_moved {
            days::moved(db, &run.id, step.step, now).await?;
        }
        if self.counts(run, step.step).await?.open() == 0 {
            return Ok(Verdict::Done);
        }
        if !has_moved && step.moved_at.is_some_and(|moved| now.since(moved) > PAPER) {
            // The clerk goes on looking for it; the day does not wait.
            day_items::give_up(db, &run.id, step.step, "no-waybill", now).await?;
            return Ok(Verdict::Done);
        }
        Ok(Verdict::Wait(LOOK))
    }

    /// Looks whether each paper opens: a broken one is better found now than at the printer.
    pub(super) async fn papers(&self, run: &DayRun) -> Result<Verdict, OrdersError> {
        let db = &self.orders.db;
        let waiting = day_items::waiting(db, &run.id, DayStep::Papers, PAPERS).await?;
        let (mut whole, mut missing, mut broken) = (Vec::new(), Vec::new(), Vec::new());
        for (order, _) in &waiting {
            match waybills::paper(db, order, None).await? {
                None => missing.push(order.clone()),
                Some((_, pdf)) if self.orders.papers.pages(&pdf).is_err() => broken.push(order.clone()),
                Some(_) => whole.push(order.clone()),
            }
        }
        let now = self.orders.clock.now();
        for (orders, as_what) in [
            (whole, (ItemState::Done, None)),
            (missing, (ItemState::Trouble, Some("no-waybill"))),
            (broken, (ItemState::Trouble, Some("waybill-broken"))),
        ] {
            day_items::settle_all(db, &run.id, DayStep::Papers, &orders, as_what, now).await?;
        }
        Ok(if waiting.is_empty() {
            Verdict::Done
        } else {
            Verdict::Wait(Span::ZERO)
        })
    }

    /// Tells which of the goods that were ordered run low.
    pub(super) async fn stock(&self, scope: &Scope, run: &DayRun) -> Result<Verdict, OrdersError> {
        let low = self.low(scope, run).await?;
        let (catalog, db) = (&self.orders.catalog, &self.orders.db);
        if low.is_empty() {
            let mut tx = db.write().await?;
            catalog.settle(&mut tx, scope, LOW, run.shop.as_str()).await?;
            tx.commit().await?;
            return Ok(Verdict::Done);
        }
        let names: Vec<&str> = low.iter().take(NAMES).map(|offer| offer.title.as_str()).collect();
        let notice = NewNotice::new(LOW, run.shop.as_str(), Tone::Warn)
            .shop(&run.shop)
            .arg("n", low.len())
            .arg("names", names.join(", "))
            .link(format!("/orders/runs/{}", run.id));
        catalog.tell(db, scope, &notice).await?;
        Ok(Verdict::Done)
    }

    async fn low(&self, scope: &Scope, run: &DayRun) -> Result<Vec<LowStock>, OrdersError> {
        let few = self.orders.day_settings_of(&run.shop).await?.low_stock;
        let ordered = day_figures::offers(&self.orders.db, &run.id).await?;
        self.orders.low_among(scope, few, &ordered).await
    }

    /// Puts together what was done, and tells of troubles.
    pub(super) async fn report(&self, scope: &Scope, run: &DayRun) -> Result<Verdict, OrdersError> {
        let db = &self.orders.db;
        let counts = day_figures::counts(db, &run.id).await?;
        let of = |step: DayStep| {
            counts
                .iter()
                .find(|(known, _)| *known == step)
                .map(|(_, counts)| *counts)
                .unwrap_or_default()
        };
        let sizes = day_figures::words(db, &run.id, DayStep::Sizes).await?;
        let answers = day_figures::words(db, &run.id, DayStep::Confirm).await?;
        let buyers = of(DayStep::Confirm);
        let stages = orders::counts(db, &run.shop).await?;
        let report = DayReport {
            orders: of(DayStep::Check).total(),
            advised: of(DayStep::Sizes).done,
            size_remarks: with_word(&sizes, "size-differs"),
            size_no_data: with_word(&sizes, "size-no-data"),
            asked: buyers.done
                + buyers.trouble
                + buyers.asked
                + with_word(&answers, "no-answer")
                + with_word(&answers, "asked-later"),
            confirmed: with_word(&answers, "size-kept") + with_word(&answers, "size-changed"),
            accepted: of(DayStep::Accept).done,
            assembled: of(DayStep::Assemble).done,
            waybills: of(DayStep::Papers).done,
            troubled: day_figures::troubled(db, &run.id).await?,
            left: of(DayStep::Check).left,
            low: self.low(scope, run).await?,
            stages: stages
                .0
                .into_iter()
                .filter(|(stage, _)| !stage.is_over())
                .map(|(stage, count)| (stage.word().to_owned(), count))
                .collect(),
        };
        days::report(db, &run.id, &report).await?;
        if report.troubled > 0 {
            let notice = NewNotice::new(TROUBLED, run.shop.as_str(), Tone::Warn)
                .shop(&run.shop)
                .arg("n", report.troubled)
                .link(format!("/orders/runs/{}", run.id));
            self.orders.catalog.tell(db, scope, &notice).await?;
        } else {
            let mut tx = db.write().await?;
            self.orders
                .catalog
                .settle(&mut tx, scope, TROUBLED, run.shop.as_str())
                .await?;
            tx.commit().await?;
        }
        Ok(Verdict::Done)
    }
}

/// How many orders of a step have a word beside them.
fn with_word(words: &[(String, i64)], word: &str) -> i64 {
    words
        .iter()
        .find(|(known, _)| known == word)
        .map_or(0, |(_, count)| *count)
}

/// Whether the day has to do with an order that stands there: not with what is on its way or comes back.
const fn concerns(stage: Stage) -> bool {
    match stage {
        Stage::New
        | Stage::Sign
        | Stage::Pack
        | Stage::HandOver
        | Stage::Preorder
        | Stage::Deliver
        | Stage::Pickup
        | Stage::Unknown => true,
        Stage::OnWay
        | Stage::ComingBack
        | Stage::ReturnAsked
        | Stage::Done
        | Stage::Returned
        | Stage::Cancelled => false,
    }
}
