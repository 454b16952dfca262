//! The line between the clerk and the pretend Kaspi: the real client whose calls take world time, and which can be cut.

use async_trait::async_trait;
use sauda_kernel::{Clock, Span, Timestamp};
use sauda_market::*;
use sauda_market_kaspi::KaspiMarket;
use sauda_sim::Sim;
use std::sync::{Arc, Mutex};

/// The stepped time of the world, for both sides.
pub struct WorldTime(pub Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// How the next act goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Cut {
    /// The question never arrives, and nobody knows.
    Before,
    /// It arrives, the answer is lost.
    After,
    /// No connection at all: surely nothing was done.
    Offline,
    /// The marketplace says no.
    Refused,
}

/// A little over a quarter of a second: one caller stays under four calls a second.
const CALL: Span = Span::from_millis(260);

pub struct Desk {
    pub kaspi: Arc<KaspiMarket>,
    pub sim: Arc<Sim>,
    /// Acts that were tried: order and act.
    pub acts: Mutex<Vec<(String, OrderAct)>>,
    /// Questions for lists.
    pub lists: Mutex<Vec<OrdersQuestion>>,
    cuts: Mutex<Vec<Cut>>,
}

impl Desk {
    pub fn new(kaspi: Arc<KaspiMarket>, sim: Arc<Sim>) -> Self {
        Self {
            kaspi,
            sim,
            acts: Mutex::default(),
            lists: Mutex::default(),
            cuts: Mutex::default(),
        }
    }

    /// The next acts go wrong like this, the first first.
    pub fn cut(&self, cuts: &[Cut]) {
        *self.cuts.lock().unwrap() = cuts.iter().rev().copied().collect();
    }

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
        self.lists.lock().unwrap().push(question.clone());
        let answer = self.kaspi.orders(via, token, question).await;
        self.took(answer)
    }
    async fn order(&self, via: &Egress, token: &ApiToken, code: &str) -> Result<Order, MarketError> {
        let answer = self.kaspi.order(via, token, code).await;
        self.took(answer)
    }
    async fn entries(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
    ) -> Result<Vec<OrderEntry>, MarketError> {
        let answer = self.kaspi.entries(via, token, order_id).await;
        self.took(answer)
    }
    async fn act(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
        code: &str,
        act: &OrderAct,
    ) -> Result<(), MarketError> {
        self.acts.lock().unwrap().push((code.to_owned(), act.clone()));
        let cut = self.cuts.lock().unwrap().pop();
        let answer = match cut {
            Some(Cut::Before) => Err(MarketError::Unclear("cut".to_owned())),
            Some(Cut::Refused) => Err(MarketError::Refused {
                code: "no".to_owned(),
                text: "not today".to_owned(),
            }),
            Some(Cut::Offline) => Err(MarketError::NoConnection("cut".to_owned())),
            Some(Cut::After) => {
                self.kaspi.act(via, token, order_id, code, act).await.unwrap();
                Err(MarketError::Unclear("cut".to_owned()))
            }
            None => self.kaspi.act(via, token, order_id, code, act).await,
        };
        self.took(answer)
    }
    async fn cancel_entry(
        &self,
        via: &Egress,
        token: &ApiToken,
        cancel: &EntryCancel,
    ) -> Result<EntryCancelState, MarketError> {
        let answer = self.kaspi.cancel_entry(via, token, cancel).await;
        self.took(answer)
    }
    async fn change_weight(
        &self,
        via: &Egress,
        token: &ApiToken,
        market_id: &str,
        change: &WeightChange,
    ) -> Result<EntryCancelState, MarketError> {
        let answer = self.kaspi.change_weight(via, token, market_id, change).await;
        self.took(answer)
    }
    async fn tell_imei(
        &self,
        via: &Egress,
        token: &ApiToken,
        entry_id: &str,
        devices: &[Vec<String>],
    ) -> Result<(), MarketError> {
        let answer = self.kaspi.tell_imei(via, token, entry_id, devices).await;
        self.took(answer)
    }
    async fn waybill(&self, via: &Egress, token: &ApiToken, url: &str) -> Result<Vec<u8>, MarketError> {
        let answer = self.kaspi.waybill(via, token, url).await;
        self.took(answer)
    }
}
