//! Pauses: of everything, a shop, a rule or an offer. One click everywhere.

use crate::{
    Pricing, PricingError,
    service::{Pause, PauseSubject},
    store::{changes, rules, upkeep, watches},
};
use sauda_accounts::Scope;
use sauda_kernel::Timestamp;

impl Pricing {
    /// Pauses that hold now.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn pauses(&self, scope: &Scope) -> Result<Vec<Pause>, PricingError> {
        Ok(rules::pauses(&self.db, scope.merchant(), self.clock.now()).await?)
    }

    /// Stops changing prices. What was sent already stays; what was only wished is taken back.
    ///
    /// # Errors
    /// When the subject is not of this merchant.
    pub async fn pause(
        &self,
        scope: &Scope,
        subject: PauseSubject,
        until: Option<Timestamp>,
    ) -> Result<Pause, PricingError> {
        let now = self.clock.now();
        if until.is_some_and(|until| until <= now) {
            return Err(PricingError::Invalid {
                field: "until",
                value: until.map(|at| at.rfc3339()).unwrap_or_default(),
                code: "time-passed",
            });
        }
        self.check_subject(scope, &subject).await?;
        let pause = Pause {
            subject,
            until,
            by: scope.actor_name().to_owned(),
            at: now,
        };
        let mut tx = self.db.write().await?;
        rules::put_pause(&mut tx, scope, &pause).await?;
        match &pause.subject {
            PauseSubject::Everything => {
                for shop in self.catalog.shops(scope).await? {
                    changes::supersede_shop(&mut tx, &shop.id).await?;
                }
            }
            PauseSubject::Shop(shop) => {
                changes::supersede_shop(&mut tx, shop).await?;
            }
            // Wishes of single offers and rules are judged again before they are sent.
            PauseSubject::Rule(_) | PauseSubject::Offer(_) => {}
        }
        self.audit(
            &mut tx,
            scope,
            "pause.on",
            &pause.subject.id(scope),
            None,
            pause.until.map(|at| at.rfc3339()),
        )
        .await?;
        tx.commit().await?;
        self.recheck(scope, &pause.subject).await?;
        Ok(pause)
    }

    /// Goes on.
    ///
    /// # Errors
    /// When the subject is not of this merchant.
    pub async fn resume(&self, scope: &Scope, subject: &PauseSubject) -> Result<(), PricingError> {
        self.check_subject(scope, subject).await?;
        let mut tx = self.db.write().await?;
        if rules::drop_pause(&mut tx, scope, subject).await? > 0 {
            self.audit(&mut tx, scope, "pause.off", &subject.id(scope), None, None)
                .await?;
        }
        tx.commit().await?;
        self.recheck(scope, subject).await
    }

    async fn check_subject(&self, scope: &Scope, subject: &PauseSubject) -> Result<(), PricingError> {
        match subject {
            PauseSubject::Everything => {}
            PauseSubject::Shop(shop) => drop(self.catalog.shop(scope, shop).await?),
            PauseSubject::Rule(rule) => drop(self.rule(scope, rule).await?),
            PauseSubject::Offer(offer) => drop(self.catalog.offer(scope, offer).await?),
        }
        Ok(())
    }

    /// The board shows the new state after the next check: ask for it.
    async fn recheck(&self, scope: &Scope, subject: &PauseSubject) -> Result<(), PricingError> {
        match subject {
            PauseSubject::Offer(offer) => {
                let watches = upkeep::watches_of(&self.db, std::slice::from_ref(offer)).await?;
                watches::hurry(&self.db, &watches).await?;
            }
            PauseSubject::Shop(shop) => self.check_shop_now(shop).await?,
            PauseSubject::Everything | PauseSubject::Rule(_) => {
                for shop in self.catalog.shops(scope).await? {
                    self.check_shop_now(&shop.id).await?;
                    self.signal(&shop.id, "pause").await;
                }
            }
        }
        Ok(())
    }
}
