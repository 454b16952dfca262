//! What was taken from the shelf: said by whoever packs, seen by everybody.

use crate::{
    Orders, OrdersError, Pick,
    model::PickState,
    store::{
        events::{self, Event, Who},
        lines, picks,
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{OrderId, ShopId};

impl Orders {
    /// Notes that a line was taken from the shelf, or was not there; nothing takes the note back.
    ///
    /// # Errors
    /// When this shop has no such order, or the order no such line.
    pub async fn pick(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        entry: &str,
        state: Option<PickState>,
    ) -> Result<(), OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let lines = lines::of(&self.db, std::slice::from_ref(&order.id)).await?;
        let line = lines
            .get(&order.id)
            .and_then(|lines| lines.iter().find(|line| line.entry() == entry))
            .ok_or_else(|| OrdersError::NotFound {
                code: format!("{code} {entry}"),
            })?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        let (changed, word) = match state {
            Some(state) => {
                let pick = Pick {
                    order: order.id.clone(),
                    entry: entry.to_owned(),
                    state,
                    by: scope.actor_name().to_owned(),
                    at: now,
                };
                (
                    picks::put(&mut tx, &pick).await?,
                    match state {
                        PickState::Taken => "picked",
                        PickState::Missing => "not-on-shelf",
                    },
                )
            }
            None => (picks::clear(&mut tx, &order.id, entry).await?, "put-back"),
        };
        if changed > 0 {
            let event =
                Event::new(now, Who::Person(scope.actor_name().to_owned()), word).arg("name", &line.name);
            events::add(&mut tx, &self.id(), &order.id, &event).await?;
            tx.commit().await?;
            self.signal(shop).await;
        }
        Ok(())
    }

    /// Numbers of all orders that are to be packed and handed over: packed ones first, then what is due first.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn to_pack(&self, scope: &Scope, shop: &ShopId) -> Result<Vec<String>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(picks::to_pack(&self.db, shop).await?)
    }

    /// How lines of these orders stand that somebody looked for.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn picks(&self, orders: &[OrderId]) -> Result<Vec<Pick>, OrdersError> {
        let mut found = Vec::new();
        for part in orders.chunks(500) {
            found.extend(picks::of(&self.db, part).await?);
        }
        Ok(found)
    }
}
