//! One order with all that is known of it.

use crate::{
    Orders, OrdersError,
    model::{Line, Order},
    store::{
        commands::{self, Command},
        events::{self, Event},
        lines,
        waybills::{self, Waybill},
    },
};
use sauda_accounts::Scope;
use sauda_kernel::ShopId;
use std::collections::BTreeSet;

/// One order, whole.
#[derive(Debug, Clone)]
pub struct OrderView {
    pub order: Order,
    pub lines: Vec<Line>,
    /// Oldest first.
    pub events: Vec<Event>,
    pub commands: Vec<Command>,
    pub waybills: Vec<Waybill>,
}

impl Orders {
    /// # Errors
    /// When this shop has no such order.
    pub async fn view(&self, scope: &Scope, shop: &ShopId, code: &str) -> Result<OrderView, OrdersError> {
        let order = self.find(scope, shop, code).await?;
        let ids = std::slice::from_ref(&order.id);
        let (mut lines, events, commands, waybills) = tokio::try_join!(
            lines::of(&self.db, ids),
            events::of(&self.db, &order.id),
            commands::of(&self.db, &order.id),
            waybills::of(&self.db, &order.id)
        )?;
        Ok(OrderView {
            lines: lines.remove(&order.id).unwrap_or_default(),
            order,
            events,
            commands,
            waybills,
        })
    }

    /// A waybill of an order by its number, or the newest: its number and the PDF.
    ///
    /// # Errors
    /// When there is no such order, or no waybill of it was stored.
    pub async fn waybill(
        &self,
        scope: &Scope,
        shop: &ShopId,
        code: &str,
        number: Option<&str>,
    ) -> Result<(String, Vec<u8>), OrdersError> {
        let order = self.find(scope, shop, code).await?;
        waybills::paper(&self.db, &order.id, number)
            .await?
            .ok_or_else(|| OrdersError::NoWaybill {
                code: code.to_owned(),
            })
    }

    /// Which of these orders have a waybill.
    ///
    /// # Errors
    /// When there is no such shop.
    pub async fn with_waybill(
        &self,
        scope: &Scope,
        shop: &ShopId,
        codes: &[&str],
    ) -> Result<BTreeSet<String>, OrdersError> {
        self.catalog.shop(scope, shop).await?;
        let mut found = BTreeSet::new();
        for part in codes.chunks(500) {
            found.extend(waybills::with_paper(&self.db, shop, part).await?);
        }
        Ok(found)
    }
}
