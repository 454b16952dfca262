//! Asking for something with an order: checked, recorded, and done by the clerk. Nothing is sent from here.

use crate::{
    Orders, OrdersError,
    model::{Act, CommandState, NotNow, Order},
    store::{
        commands::{self, Command},
        events::{self, Event, Who},
        lines,
    },
};
use sauda_accounts::{Actor, Scope};
use sauda_catalog::CatalogError;
use sauda_kernel::ShopId;
use sauda_store::Tx;

impl Orders {
    /// Records a command. Whoever asks a second time, a person or another process, is told who was first.
    ///
    /// # Errors
    /// When the order stands where this makes no sense, another act is under way for it, or what was typed makes no sense.
    pub async fn ask(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        act: Act,
    ) -> Result<Command, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        if self.catalog.shop_key(scope, shop).await?.is_none() {
            return Err(CatalogError::NoKey.into());
        }
        self.may(&order, &act).await?;
        let mut tx = self.db.write().await?;
        let command = self.record(&mut tx, scope, &order, act).await?;
        tx.commit().await?;
        self.signal(shop).await;
        Ok(command)
    }

    /// Whether an act makes sense with an order as it is known.
    pub(crate) async fn may(&self, order: &Order, act: &Act) -> Result<(), OrdersError> {
        let kind = act.kind();
        act.check(&order.seen)
            .map_err(|why| OrdersError::NotNow { act: kind, why })?;
        if matches!(act, Act::Imei { .. }) && !self.tells_imei {
            return Err(OrdersError::ImeiOff);
        }
        let Some(entry) = act.entry() else {
            return Ok(());
        };
        let lines = lines::of(&self.db, std::slice::from_ref(&order.id)).await?;
        let lines = lines.get(&order.id).map_or(&[][..], Vec::as_slice);
        let line = lines.iter().find(|line| line.market_id == entry);
        act.check_line(line)
            .map_err(|why| OrdersError::NotNow { act: kind, why })
    }

    /// Records a command in the caller's transaction. When another is under way for the order nothing is written.
    pub(crate) async fn record(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        order: &Order,
        act: Act,
    ) -> Result<Command, OrdersError> {
        let (now, kind) = (self.clock.now(), act.kind());
        let (who, name) = match scope.actor() {
            Actor::System { .. } => (Who::Program, String::new()),
            _ => (
                Who::Person(scope.actor_name().to_owned()),
                scope.actor_name().to_owned(),
            ),
        };
        let command = Command {
            id: self.id(),
            order: order.id.clone(),
            act,
            state: CommandState::Recorded,
            asked_by: name,
            asked_at: now,
            sent_at: None,
            tries: 0,
            trouble: None,
            trouble_text: None,
        };
        if commands::insert(&mut *tx, scope, &order.shop, &command).await? == 0 {
            let first = commands::guarding(&mut *tx, &order.id, kind.guard()).await?;
            return Err(first.map_or(
                OrdersError::NotNow {
                    act: kind,
                    why: NotNow::Stage(order.seen.stage),
                },
                |first| OrdersError::Asked {
                    act: first.act.kind(),
                    state: first.state,
                    by: first.asked_by,
                },
            ));
        }
        let event = Event::new(now, who, &format!("asked-{}", kind.word()));
        events::add(&mut *tx, &self.id(), &order.id, &event).await?;
        let (code, what) = (&order.seen.code, kind.word().to_owned());
        self.audit(tx, scope, "order.asked", code, Some(what)).await?;
        Ok(command)
    }
}
