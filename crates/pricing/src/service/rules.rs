//! Settings of shops and named rules.

use crate::{
    Pricing, PricingError,
    model::{Level, Settings, resolve},
    service::{NamedRule, RuleState, ShopMode, ShopSettings, costs::Counting},
    store::{changes, rules, watches},
};
use sauda_accounts::Scope;
use sauda_economics::ShopEconomics;
use sauda_kernel::{Failure, RuleId, ShopId, Tenge, Timestamp};
use sauda_stock::OffersGoods;

/// What changed costs and shares of a shop mean for sales that are over.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Past {
    /// They keep what was counted with then.
    Kept,
    /// It was wrong: they are counted anew.
    Counted,
}

/// What a shop counts with, and counted with before.
#[derive(Debug, Clone, PartialEq)]
pub struct EconomicsByTime {
    now: ShopEconomics,
    /// Until when; the oldest first.
    before: Vec<(Timestamp, ShopEconomics)>,
}

impl EconomicsByTime {
    pub fn new(now: ShopEconomics, before: Vec<(Timestamp, ShopEconomics)>) -> Self {
        Self { now, before }
    }

    /// What held at a moment.
    pub fn at(&self, at: Timestamp) -> &ShopEconomics {
        let held = self.before.iter().find(|(until, _)| at < *until);
        held.map_or(&self.now, |(_, economics)| economics)
    }
}

impl Pricing {
    /// What a shop counts with, and counted with before.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn economics_by_time(
        &self,
        scope: &Scope,
        shop: &ShopId,
    ) -> Result<EconomicsByTime, PricingError> {
        let now = self.shop_settings(scope, shop).await?.economics;
        let before = rules::economics_before(&self.db, shop).await?;
        Ok(EconomicsByTime::new(now, before))
    }

    /// Defaults of a shop; made on the first call.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn shop_settings(&self, scope: &Scope, shop: &ShopId) -> Result<ShopSettings, PricingError> {
        self.catalog.shop(scope, shop).await?;
        if let Some(found) = rules::shops(&self.db, std::slice::from_ref(shop))
            .await?
            .into_iter()
            .next()
        {
            return Ok(found);
        }
        let economics = serde_json::to_string(&ShopEconomics::default()).unwrap_or_else(|_| "{}".to_owned());
        rules::ensure_shop(&self.db, scope, shop, &economics, self.clock.now()).await?;
        rules::shops(&self.db, std::slice::from_ref(shop))
            .await?
            .into_iter()
            .next()
            .ok_or_else(|| PricingError::NotFound {
                what: "shop",
                id: shop.to_string(),
            })
    }

    /// Saves defaults of a shop. `expected` is the version that was shown. Sales until now keep what was counted with, unless `past` says
    /// that it was wrong.
    ///
    /// # Errors
    /// When a setting cannot be followed, or somebody saved in between.
    pub async fn save_shop_settings(
        &self,
        scope: &Scope,
        shop: &ShopId,
        settings: Settings,
        economics: ShopEconomics,
        past: Past,
        expected: i64,
    ) -> Result<ShopSettings, PricingError> {
        let before = self.shop_settings(scope, shop).await?;
        check(&[(Level::Shop, &settings)])?;
        let goods = OffersGoods::default();
        let counting = Counting {
            goods: &goods,
            economics: &economics,
            now: self.clock.now(),
        };
        counting.makes_sense()?;
        let new = ShopSettings {
            settings,
            economics,
            updated_by: scope.actor_name().to_owned(),
            updated_at: self.clock.now(),
            ..before.clone()
        };
        let mut tx = self.db.write().await?;
        match past {
            Past::Counted => rules::forget_economics(&mut tx, shop).await?,
            // Nobody had said anything before: what stood there was a guess.
            Past::Kept
                if before.economics == ShopEconomics::default() || before.economics == new.economics =>
            {
                0
            }
            Past::Kept => rules::keep_economics(&mut tx, scope, &before, new.updated_at).await?,
        };
        if rules::save_shop(&mut tx, scope, &new, expected).await? == 0 {
            return Err(PricingError::ChangedMeanwhile {
                by: before.updated_by,
                now: String::new(),
            });
        }
        self.audit(
            &mut tx,
            scope,
            "shop.settings",
            shop.as_str(),
            before.settings.to_json().ok(),
            new.settings.to_json().ok(),
        )
        .await?;
        self.restate_later(&mut tx, scope, shop).await?;
        tx.commit().await?;
        self.restate_small_shop(scope, shop).await?;
        self.check_shop_now(shop).await?;
        self.shop_settings(scope, shop).await
    }

    /// Switches publishing of a shop: off, dry run or on. Unsent wishes are taken back unless it goes on.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn set_mode(&self, scope: &Scope, shop: &ShopId, mode: ShopMode) -> Result<(), PricingError> {
        let before = self.shop_settings(scope, shop).await?;
        let mut tx = self.db.write().await?;
        rules::set_mode(&mut tx, scope, shop, mode, scope.actor_name(), self.clock.now()).await?;
        if mode != ShopMode::On {
            changes::supersede_shop(&mut tx, shop).await?;
        }
        self.audit(
            &mut tx,
            scope,
            "shop.mode",
            shop.as_str(),
            Some(before.mode.word().to_owned()),
            Some(mode.word().to_owned()),
        )
        .await?;
        tx.commit().await?;
        self.check_shop_now(shop).await?;
        self.signal(shop, "mode").await;
        Ok(())
    }

    /// Rules of the merchant with the number of offers that use each.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rules(&self, scope: &Scope) -> Result<Vec<NamedRule>, PricingError> {
        Ok(rules::list_rules(&self.db, scope).await?)
    }

    /// # Errors
    /// When there is no such rule.
    pub async fn rule(&self, scope: &Scope, id: &RuleId) -> Result<NamedRule, PricingError> {
        rules::find_rule(&self.db, scope, id)
            .await?
            .ok_or_else(|| PricingError::NotFound {
                what: "rule",
                id: id.to_string(),
            })
    }

    /// Makes a rule.
    ///
    /// # Errors
    /// When the name is empty or a setting cannot be followed.
    pub async fn create_rule(
        &self,
        scope: &Scope,
        name: &str,
        settings: Settings,
        state: RuleState,
    ) -> Result<NamedRule, PricingError> {
        let name = clean_name(name)?;
        check(&[(Level::Rule, &settings)])?;
        let rule = NamedRule {
            id: self.id(),
            name,
            settings,
            state,
            version: 1,
            updated_by: scope.actor_name().to_owned(),
            updated_at: self.clock.now(),
            offers: 0,
        };
        let mut tx = self.db.write().await?;
        rules::insert_rule(&mut tx, scope, &rule).await?;
        self.audit(
            &mut tx,
            scope,
            "rule.created",
            rule.id.as_str(),
            None,
            Some(rule.name.clone()),
        )
        .await?;
        tx.commit().await?;
        Ok(rule)
    }

    /// Saves a rule. `expected` is the version that was shown.
    ///
    /// # Errors
    /// When a setting cannot be followed, or somebody saved in between.
    pub async fn save_rule(
        &self,
        scope: &Scope,
        id: &RuleId,
        name: &str,
        settings: Settings,
        state: RuleState,
        expected: i64,
    ) -> Result<NamedRule, PricingError> {
        let before = self.rule(scope, id).await?;
        check(&[(Level::Rule, &settings)])?;
        let new = NamedRule {
            name: clean_name(name)?,
            settings,
            state,
            updated_by: scope.actor_name().to_owned(),
            updated_at: self.clock.now(),
            ..before.clone()
        };
        let shops = self.catalog.shops(scope).await?;
        let mut tx = self.db.write().await?;
        if rules::update_rule(&mut tx, scope, &new, expected).await? == 0 {
            return Err(PricingError::ChangedMeanwhile {
                by: before.updated_by,
                now: before.name,
            });
        }
        self.audit(
            &mut tx,
            scope,
            "rule.changed",
            id.as_str(),
            before.settings.to_json().ok(),
            new.settings.to_json().ok(),
        )
        .await?;
        for shop in &shops {
            self.restate_later(&mut tx, scope, &shop.id).await?;
        }
        tx.commit().await?;
        for shop in shops {
            self.restate_small_shop(scope, &shop.id).await?;
            self.check_shop_now(&shop.id).await?;
        }
        self.rule(scope, id).await
    }

    /// Puts a rule away that no offer uses.
    ///
    /// # Errors
    /// When offers use it.
    pub async fn archive_rule(&self, scope: &Scope, id: &RuleId) -> Result<(), PricingError> {
        let rule = self.rule(scope, id).await?;
        if rule.offers > 0 {
            return Err(PricingError::RuleInUse(rule.offers));
        }
        let mut tx = self.db.write().await?;
        rules::archive_rule(&mut tx, scope, id, self.clock.now()).await?;
        self.audit(
            &mut tx,
            scope,
            "rule.archived",
            id.as_str(),
            Some(rule.name),
            None,
        )
        .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Frees the watches that a process took and died with. For the only worker of a database, before it starts.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn take_back_watches(&self) -> Result<u64, PricingError> {
        Ok(watches::release_all(&self.db).await?)
    }

    /// Asks for a check of everything that a shop competes on, soon.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn check_shop_now(&self, shop: &ShopId) -> Result<(), PricingError> {
        let ids = watches::of_shop(&self.db, shop).await?;
        for part in ids.chunks(500) {
            watches::hurry(&self.db, part).await?;
        }
        Ok(())
    }
}

fn clean_name(name: &str) -> Result<String, PricingError> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 80 {
        return Err(PricingError::Invalid {
            field: "name",
            value: name.chars().take(80).collect(),
            code: "name-length",
        });
    }
    Ok(name.to_owned())
}

/// Refuses settings that cannot be followed together.
pub(crate) fn check(levels: &[(Level, &Settings)]) -> Result<(), PricingError> {
    let (rule, _) = resolve(levels);
    let problems = rule.problems();
    debug_assert!(problems.iter().all(|problem| !problem.public().is_empty()));
    if problems.is_empty() {
        Ok(())
    } else {
        Err(PricingError::Rule(problems))
    }
}

/// A whole price from 1 tenge to a billion.
pub(crate) fn check_price(field: &'static str, price: Option<Tenge>) -> Result<(), PricingError> {
    match price {
        Some(price) if price < Tenge(1) || price > crate::model::LARGEST_PRICE => {
            Err(PricingError::Invalid {
                field,
                value: price.get().to_string(),
                code: "price-range",
            })
        }
        _ => Ok(()),
    }
}
