//! The door of reports that are made by themselves: list, make, change, pause, remove, want one now. Refuses what the settings file declares.

use super::model::{MOST_PLANS, Made, NewPlan, Plan, PlanId, Recipient, Who};
use crate::{Reports, ReportsError, store};
use sauda_accounts::{Accounts, AuditEntry, Right, Scope};
use sauda_catalog::Catalog;
use sauda_jobs::Jobs;
use sauda_kernel::{Clock, Id, IdKind, Ids, Timestamp};
use sauda_messages::team::{Team, TeamPlace, Way};
use sauda_orders::Orders;
use sauda_research::Research;
use sauda_stock::Stock;
use sauda_store::{Db, Tx};
use std::sync::Arc;

/// Everything that reports made by themselves need. Cheap to clone.
#[derive(Clone)]
pub struct ReportPlans {
    pub db: Db,
    pub jobs: Jobs,
    pub accounts: Accounts,
    pub catalog: Catalog,
    pub stock: Stock,
    pub research: Research,
    pub orders: Orders,
    pub reports: Reports,
    pub team: Team,
    pub clock: Arc<dyn Clock>,
    pub ids: Arc<dyn Ids>,
}

impl ReportPlans {
    pub(crate) fn now(&self) -> Timestamp {
        self.clock.now()
    }

    pub(crate) fn id<K: IdKind>(&self) -> Id<K> {
        Id::new(&*self.clock, &*self.ids)
    }

    /// Every report of the merchant that is made by itself, by name.
    ///
    /// # Errors
    /// Without the right, or when the database does not answer.
    pub async fn plans(&self, scope: &Scope) -> Result<Vec<Plan>, ReportsError> {
        scope.require(Right::ViewAutomation)?;
        Ok(store::plans::list(&self.db, scope).await?)
    }

    /// One of them.
    ///
    /// # Errors
    /// When there is none.
    pub async fn plan(&self, scope: &Scope, id: &PlanId) -> Result<Plan, ReportsError> {
        let all = self.plans(scope).await?;
        all.into_iter()
            .find(|plan| plan.id == *id)
            .ok_or_else(|| ReportsError::NotFound {
                what: "report",
                id: id.to_string(),
            })
    }

    /// Where reports of the merchant could be told.
    ///
    /// # Errors
    /// Without the right, or when the database does not answer.
    pub async fn places(&self, scope: &Scope) -> Result<Vec<TeamPlace>, ReportsError> {
        scope.require(Right::ViewAutomation)?;
        Ok(self.team.places(scope.merchant()).await?)
    }

    /// Adds one; it is due at its next time.
    ///
    /// # Errors
    /// When a value cannot be, the name is taken, there are too many, or without the right.
    pub async fn add(&self, scope: &Scope, wish: &NewPlan) -> Result<Plan, ReportsError> {
        scope.require(Right::ManageAutomation)?;
        self.check(scope, wish).await?;
        let mut tx = self.db.write().await?;
        if store::plans::list(&mut tx, scope).await?.len() >= MOST_PLANS {
            return Err(ReportsError::TooManyPlans(MOST_PLANS));
        }
        let plan = self.begun(scope, wish, false);
        self.put_new(&mut tx, scope, &plan).await?;
        tx.commit().await?;
        Ok(plan)
    }

    /// A plan that begins now.
    pub(super) fn begun(&self, scope: &Scope, wish: &NewPlan, from_file: bool) -> Plan {
        let now = self.now();
        let rhythm = super::Rhythm::from(wish.frequency, wish.day, wish.minute, now);
        Plan {
            id: self.id(),
            merchant: scope.merchant().clone(),
            wish: NewPlan {
                name: wish.name.trim().to_owned(),
                ..wish.clone()
            },
            anchor: rhythm.anchor,
            is_paused: false,
            from_file,
            next_at: rhythm.next(now),
            last_due_at: None,
            by: if from_file {
                String::new()
            } else {
                scope.actor_name().to_owned()
            },
            created_at: now,
        }
    }

    pub(super) async fn put_new(&self, tx: &mut Tx, scope: &Scope, plan: &Plan) -> Result<(), ReportsError> {
        if store::plans::insert(&mut *tx, plan).await? == 0 {
            return Err(ReportsError::NameTaken(plan.wish.name.clone()));
        }
        self.note(tx, scope, "reports.plan_added", plan, None).await
    }

    /// Changes one. A period that has its report gets no second one.
    ///
    /// # Errors
    /// When a value cannot be, the name is taken, the settings file declares it, or without the right.
    pub async fn change(&self, scope: &Scope, id: &PlanId, wish: &NewPlan) -> Result<Plan, ReportsError> {
        scope.require(Right::ManageAutomation)?;
        self.check(scope, wish).await?;
        let mut tx = self.db.write().await?;
        let all = store::plans::list(&mut tx, scope).await?;
        let old = Self::own(&all, id)?;
        let name = wish.name.trim();
        if all.iter().any(|plan| plan.wish.name == name && plan.id != *id) {
            return Err(ReportsError::NameTaken(name.to_owned()));
        }
        let new = self.changed(old, wish);
        store::plans::change(&mut tx, &new).await?;
        self.note(&mut tx, scope, "reports.plan_changed", &new, None)
            .await?;
        tx.commit().await?;
        Ok(new)
    }

    /// A plan with other wishes; its times stay while its rhythm does.
    pub(super) fn changed(&self, old: &Plan, wish: &NewPlan) -> Plan {
        let mut new = Plan {
            wish: NewPlan {
                name: wish.name.trim().to_owned(),
                ..wish.clone()
            },
            ..old.clone()
        };
        let times = |plan: &Plan| (plan.wish.frequency, plan.wish.day, plan.wish.minute);
        if times(&new) != times(old) {
            let now = self.now();
            let rhythm = super::Rhythm::from(wish.frequency, wish.day, wish.minute, now);
            let made = old
                .last_due_at
                .filter(|_| old.wish.frequency == wish.frequency)
                .map(|due| rhythm.period(due));
            new.anchor = rhythm.anchor;
            new.next_at = rhythm.next_new(now, made.as_deref());
        }
        new
    }

    fn own<'a>(all: &'a [Plan], id: &PlanId) -> Result<&'a Plan, ReportsError> {
        let plan = all
            .iter()
            .find(|plan| plan.id == *id)
            .ok_or_else(|| ReportsError::NotFound {
                what: "report",
                id: id.to_string(),
            })?;
        if plan.from_file {
            return Err(ReportsError::FromFile(plan.wish.name.clone()));
        }
        Ok(plan)
    }

    /// Switches one off or on; what was missed meanwhile is not made up for. Those of the settings file can rest too.
    ///
    /// # Errors
    /// When there is none, or without the right.
    pub async fn pause(&self, scope: &Scope, id: &PlanId, is_paused: bool) -> Result<(), ReportsError> {
        scope.require(Right::ManageAutomation)?;
        let plan = self.plan(scope, id).await?;
        let rhythm = plan.rhythm();
        let made = plan.last_due_at.map(|due| rhythm.period(due));
        let next = rhythm.next_new(self.now(), made.as_deref());
        let mut tx = self.db.write().await?;
        store::plans::pause(&mut tx, scope, id, is_paused, next).await?;
        let after = if is_paused { "paused" } else { "on" };
        self.note(
            &mut tx,
            scope,
            "reports.plan_paused",
            &plan,
            Some(after.to_owned()),
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes one away; the reports it made stay.
    ///
    /// # Errors
    /// When there is none, the settings file declares it, or without the right.
    pub async fn remove(&self, scope: &Scope, id: &PlanId) -> Result<(), ReportsError> {
        scope.require(Right::ManageAutomation)?;
        let mut tx = self.db.write().await?;
        let all = store::plans::list(&mut tx, scope).await?;
        let plan = Self::own(&all, id)?;
        store::plans::delete(&mut tx, scope, id).await?;
        self.note(&mut tx, scope, "reports.plan_removed", plan, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Wants one now, whether it rests or not; its regular times stay. Pressed twice in a minute it is made once.
    ///
    /// # Errors
    /// When there is none, or without the right.
    pub async fn send_now(&self, scope: &Scope, id: &PlanId) -> Result<Made, ReportsError> {
        scope.require(Right::ManageAutomation)?;
        let plan = self.plan(scope, id).await?;
        let now = self.now();
        let once = format!("hand:{}", now.as_secs().div_euclid(60));
        let from = plan.rhythm().before(now);
        let made = self.noted(&plan, now, from, scope.actor_name());
        let mut tx = self.db.write().await?;
        let is_new = self.ask(&mut tx, &made, &once).await?;
        if is_new {
            self.note(&mut tx, scope, "reports.plan_sent", &plan, None)
                .await?;
        }
        tx.commit().await?;
        self.jobs.nudge().await;
        let known = store::made::of_once(&self.db, id, &once).await?;
        Ok(known.unwrap_or(made))
    }

    /// What can be told of a wish only with the merchant's shops and people.
    async fn check(&self, scope: &Scope, wish: &NewPlan) -> Result<(), ReportsError> {
        if let Some((field, value)) = wish.wrong() {
            return Err(ReportsError::Wish { field, value });
        }
        if let Some(shop) = &wish.shop {
            self.catalog.shop(scope, shop).await?;
        }
        let known = self.team.places(scope.merchant()).await?;
        let named: Vec<Recipient> = wish
            .recipients
            .iter()
            .filter(|one| !matches!(one, Recipient::Telegram(Who::All) | Recipient::Mail(Who::All)))
            .cloned()
            .collect();
        if wish
            .recipients
            .iter()
            .any(|one| matches!(one, Recipient::Mail(_)))
            && !self.team.has(Way::Mail)
        {
            return Err(ReportsError::NoMail);
        }
        let (_, unsent) = super::places(wish.kind, &named, &known);
        match unsent.into_iter().next() {
            Some(unsent) => Err(ReportsError::Recipient(unsent)),
            None => Ok(()),
        }
    }

    async fn note(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        plan: &Plan,
        after: Option<String>,
    ) -> Result<(), ReportsError> {
        let entry = AuditEntry {
            what,
            subject: plan.wish.name.clone(),
            before: None,
            after,
            address: None,
        };
        self.accounts.audit(tx, scope, entry).await?;
        Ok(())
    }
}
