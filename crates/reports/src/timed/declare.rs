//! What the settings file declares: the same objects, marked, brought to what it says at each start. Refuses to touch what people made.

use super::model::{NewPlan, Plan};
use crate::{ReportPlans, ReportsError, store};
use sauda_accounts::Scope;
use sauda_kernel::MerchantId;
use std::collections::BTreeMap;

/// A report of the settings file.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct FromFile {
    /// Short name of its shop; empty for all, and for every merchant.
    pub shop: String,
    /// Its shop is found by that name.
    pub wish: NewPlan,
}

impl ReportPlans {
    /// Brings the reports of every merchant with a shop to what the settings file declares: new ones are added, changed ones changed,
    /// those it no longer names go. Pauses stay. Reports with names of shops that are not connected, which are tried again at the next
    /// start.
    ///
    /// # Errors
    /// When a value cannot be, or the database does not answer.
    pub async fn declare(&self, declared: &[FromFile]) -> Result<Vec<(String, String)>, ReportsError> {
        if let Some((field, value)) = declared.iter().find_map(|one| one.wish.wrong()) {
            return Err(ReportsError::Wish { field, value });
        }
        let shops = self.catalog.all_shops().await?;
        let mut wishes: BTreeMap<MerchantId, Vec<NewPlan>> = BTreeMap::new();
        for shop in &shops {
            wishes.entry(shop.merchant.clone()).or_default();
        }
        let mut strangers = Vec::new();
        for one in declared {
            if one.shop.is_empty() {
                for all in wishes.values_mut() {
                    all.push(one.wish.clone());
                }
                continue;
            }
            match shops.iter().find(|shop| shop.slug == one.shop) {
                Some(shop) => wishes.entry(shop.merchant.clone()).or_default().push(NewPlan {
                    shop: one.wish.kind.is_of_shops().then(|| shop.id.clone()),
                    ..one.wish.clone()
                }),
                None => strangers.push((one.wish.name.clone(), one.shop.clone())),
            }
        }
        for (merchant, wishes) in wishes {
            let scope = Scope::system(merchant, "settings file");
            self.declare_for(&scope, &wishes).await?;
        }
        Ok(strangers)
    }

    async fn declare_for(&self, scope: &Scope, wishes: &[NewPlan]) -> Result<(), ReportsError> {
        let mut tx = self.db.write().await?;
        let known = store::plans::list(&mut tx, scope).await?;
        for old in known.iter().filter(|old| old.from_file) {
            if !wishes.iter().any(|wish| wish.name.trim() == old.wish.name) {
                store::plans::delete(&mut tx, scope, &old.id).await?;
            }
        }
        for wish in wishes {
            match known.iter().find(|old| old.wish.name == wish.name.trim()) {
                Some(old) => {
                    let new = Plan {
                        from_file: true,
                        ..self.changed(old, wish)
                    };
                    if new != *old {
                        store::plans::change(&mut tx, &new).await?;
                    }
                }
                None => {
                    let plan = self.begun(scope, wish, true);
                    store::plans::insert(&mut tx, &plan).await?;
                }
            }
        }
        tx.commit().await?;
        Ok(())
    }
}
