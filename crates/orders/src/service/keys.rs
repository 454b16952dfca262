//! The key of a shop: with it its orders are read.

use crate::{
    Orders, OrdersError, Reading,
    model::CommandState,
    store::{
        commands,
        events::{self, Event, Who},
        orders,
        reading::{self, HISTORY},
    },
};
use sauda_accounts::Scope;
use sauda_kernel::{ShopId, Span};
use sauda_market::{OrderTab, OrdersQuestion};
use sauda_store::{StoreError, Tx};

impl Orders {
    /// Takes the key of a shop and begins to read its orders.
    ///
    /// # Errors
    /// When it cannot be a key, or there is no such shop.
    pub async fn connect(&self, scope: &Scope, shop: &ShopId, key: &str) -> Result<(), OrdersError> {
        self.catalog.put_shop_key(scope, shop, key).await?;
        let now = self.clock.now();
        let mut tx = self.db.write().await?;
        reading::begin(&mut tx, scope, shop, now, now.minus(HISTORY)).await?;
        orders::look_for_waybills(&mut tx, shop, now).await?;
        self.audit(&mut tx, scope, "shop_key.given", shop.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Forgets the key of a shop; its orders stay as they were read last.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn disconnect(&self, scope: &Scope, shop: &ShopId) -> Result<(), OrdersError> {
        self.catalog.forget_shop_key(scope, shop).await?;
        let mut tx = self.db.write().await?;
        self.stop(&mut tx, shop).await?;
        self.audit(&mut tx, scope, "shop_key.forgotten", shop.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Ends everything that is done for a shop by itself, and says so in the history; its orders stay as they were read last.
    pub(crate) async fn stop(&self, tx: &mut Tx, shop: &ShopId) -> Result<(), StoreError> {
        let now = self.clock.now();
        for command in commands::open_in(&mut *tx, shop).await? {
            let kind = command.act.kind().word();
            let word = match command.state {
                CommandState::Recorded => "never-sent".to_owned(),
                _ => format!("unseen-{kind}"),
            };
            let event = Event::new(now, Who::Program, &word).arg("act", kind);
            events::add(&mut *tx, &self.id(), &command.order, &event).await?;
        }
        reading::stop(&mut *tx, shop).await?;
        commands::end_all(&mut *tx, shop).await?;
        orders::stop_looking(&mut *tx, shop).await?;
        Ok(())
    }

    /// How far the reading of a shop's orders is; nothing before it has a key.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn reading(&self, scope: &Scope, shop: &ShopId) -> Result<Option<Reading>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        Ok(reading::find(&self.db, shop).await?)
    }

    /// Reads a shop's orders now instead of at the next time.
    ///
    /// # Errors
    /// When the shop has no key.
    pub async fn read_now(&self, scope: &Scope, shop: &ShopId) -> Result<(), OrdersError> {
        self.catalog.open_shop_key(scope, shop).await?;
        let now = self.clock.now();
        reading::begin(&self.db, scope, shop, now, now.minus(HISTORY)).await?;
        Ok(())
    }

    /// Asks the marketplace one thing with the key of a shop, to see whether it works.
    ///
    /// # Errors
    /// When the shop has no key, or with what the marketplace says.
    pub async fn try_key(&self, scope: &Scope, shop: &ShopId) -> Result<(), OrdersError> {
        let key = self.catalog.open_shop_key(scope, shop).await?;
        let now = self.clock.now();
        let question = OrdersQuestion {
            tab: OrderTab::New,
            created_from: now.minus(Span::from_hours(1)),
            created_to: now,
            page: 0,
            size: 1,
        };
        self.desk.orders(&key.egress, &key.token, &question).await?;
        Ok(())
    }
}
