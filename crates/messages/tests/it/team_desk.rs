//! The line to the pretend Kaspi for tests of the team: the real client whose calls take world time.

use async_trait::async_trait;
use sauda_kernel::Span;
use sauda_market::*;
use sauda_market_kaspi::KaspiMarket;
use sauda_sim::Sim;
use std::sync::Arc;

/// A little over a quarter of a second: one caller stays under four calls a second.
const CALL: Span = Span::from_millis(260);

pub struct Desk {
    pub kaspi: Arc<KaspiMarket>,
    pub sim: Arc<Sim>,
}

impl Desk {
    fn took<T>(&self, answer: T) -> T {
        self.sim.step(CALL);
        answer
    }
}

#[async_trait]
impl OrderDesk for Desk {
    async fn orders(
        &self,
        via: &Egress,
        token: &ApiToken,
        question: &OrdersQuestion,
    ) -> Result<OrdersPage, MarketError> {
        self.took(self.kaspi.orders(via, token, question).await)
    }
    async fn order(&self, via: &Egress, token: &ApiToken, code: &str) -> Result<Order, MarketError> {
        self.took(self.kaspi.order(via, token, code).await)
    }
    async fn entries(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
    ) -> Result<Vec<OrderEntry>, MarketError> {
        self.took(self.kaspi.entries(via, token, order_id).await)
    }
    async fn act(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
        code: &str,
        act: &OrderAct,
    ) -> Result<(), MarketError> {
        self.took(self.kaspi.act(via, token, order_id, code, act).await)
    }
    async fn cancel_entry(
        &self,
        via: &Egress,
        token: &ApiToken,
        cancel: &EntryCancel,
    ) -> Result<EntryCancelState, MarketError> {
        self.took(self.kaspi.cancel_entry(via, token, cancel).await)
    }
    async fn waybill(&self, via: &Egress, token: &ApiToken, url: &str) -> Result<Vec<u8>, MarketError> {
        self.took(self.kaspi.waybill(via, token, url).await)
    }
}
