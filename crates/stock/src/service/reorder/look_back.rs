//! What past days say of products: as it was counted today, else counted now and kept. Refuses to keep what changed meanwhile.

use super::{Known, LOOK_BACK_DAYS};
use crate::{
    Stock, StockError,
    foresee::past,
    reorder::{Day, Digest},
    store::{Among, ledger, order_lines, pasts},
};
use sauda_accounts::Scope;
use sauda_kernel::ProductId;
use std::collections::{BTreeMap, BTreeSet};

/// Products whose past days are read in one go.
const TOGETHER: usize = 500;

impl Stock {
    /// What past days say of these products: as it was counted today, else counted now and kept.
    pub(super) async fn look_back(
        &self,
        scope: &Scope,
        known: &mut Known,
        ids: &[ProductId],
        with_past: bool,
    ) -> Result<(), StockError> {
        let Some(span) = known.span else {
            return Ok(());
        };
        let is_open =
            |id: &&ProductId| with_past || known.pasts.get(*id).is_none_or(|past| past.digest.is_none());
        let open: Vec<ProductId> = ids.iter().filter(is_open).cloned().collect();
        let mut counted = Vec::new();
        for part in open.chunks(TOGETHER) {
            let among = match (part.first(), part.last()) {
                // Most are open: what lies between them is read at once.
                (Some(from), Some(to)) if open.len() > TOGETHER => Among::Between(from, to),
                _ => Among::These(part),
            };
            let sold = order_lines::sold(&self.db, scope, known.today - LOOK_BACK_DAYS, among).await?;
            let came = ledger::came(&self.db, scope, among).await?;
            for id in part {
                let days = known.days(id, span.first_day, sold.get(id), came.get(id));
                let past = known.pasts.entry(id.clone()).or_default();
                let digest = Digest::of(&days);
                if past.digest != Some(digest) {
                    past.digest = Some(digest);
                    counted.push((id.clone(), past.stamp, digest));
                }
                if with_past {
                    known.days.insert(id.clone(), days);
                }
            }
        }
        if !counted.is_empty() {
            let mut tx = self.held(scope).await?;
            pasts::keep(&mut tx, scope, span, &counted).await?;
            tx.commit().await?;
        }
        Ok(())
    }
}

impl Known {
    /// Days up to yesterday since the first order that is known, or since the product was there first.
    fn days(
        &self,
        product: &ProductId,
        first_day: i64,
        sold: Option<&BTreeMap<i64, past::Sold>>,
        came: Option<&BTreeMap<i64, i64>>,
    ) -> Vec<Day> {
        let (no_sales, no_moves, no_days) = (BTreeMap::new(), BTreeMap::new(), BTreeSet::new());
        let kept = past::Kept {
            first_day,
            today: self.today,
            look_back: LOOK_BACK_DAYS,
            sold: sold.unwrap_or(&no_sales),
            came: came.unwrap_or(&no_moves),
            one_offs: self.one_offs.get(product).unwrap_or(&no_days),
            free: self.standing.get(product).map_or(0, |standing| standing.free()),
        };
        past::days(&kept).1
    }
}
