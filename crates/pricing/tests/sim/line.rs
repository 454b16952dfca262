//! The line between the bot and the pretend Kaspi: the real client whose calls take world time. Refuses to change a question or an answer.

use async_trait::async_trait;
use sauda_kernel::{Clock, Span, Timestamp};
use sauda_market::*;
use sauda_market_kaspi::KaspiMarket;
use sauda_sim::Sim;
use std::sync::{
    Arc, Mutex,
    atomic::{AtomicI64, AtomicUsize, Ordering},
};

/// The stepped time of the world, for both sides.
pub struct WorldTime(pub Arc<Sim>);

impl Clock for WorldTime {
    fn now(&self) -> Timestamp {
        self.0.now()
    }
}

/// Cabinet calls take a little over a quarter of a second: one caller stays under four a second.
const CABINET_CALL: Span = Span::from_millis(260);

pub struct Line {
    pub kaspi: KaspiMarket,
    pub sim: Arc<Sim>,
    /// World time that a price change takes, ms.
    pub change_takes_ms: AtomicI64,
    /// Price changes that were tried, whatever became of them.
    pub changes: Mutex<Vec<PriceChange>>,
    pub reads: AtomicUsize,
    /// Everybody is signed out just before the price change of this number, from 1; 0 means never.
    pub session_ends_at: AtomicUsize,
}

impl Line {
    pub fn new(kaspi: KaspiMarket, sim: Arc<Sim>) -> Self {
        Self {
            kaspi,
            sim,
            change_takes_ms: AtomicI64::new(1_000),
            changes: Mutex::default(),
            reads: AtomicUsize::new(0),
            session_ends_at: AtomicUsize::new(0),
        }
    }

    fn took(&self, span: Span) {
        self.sim.step(span);
    }
}

#[async_trait]
impl Marketplace for Line {
    fn name(&self) -> &'static str {
        self.kaspi.name()
    }
    async fn sign_in(&self, via: &Egress, login: &Login) -> Result<SignIn, MarketError> {
        self.kaspi.sign_in(via, login).await
    }
    async fn enter_code(
        &self,
        via: &Egress,
        pending: &PendingSignIn,
        code: &str,
    ) -> Result<SignIn, MarketError> {
        self.kaspi.enter_code(via, pending, code).await
    }
    async fn renew(&self, via: &Egress, session: &Session) -> Result<Session, MarketError> {
        self.kaspi.renew(via, session).await
    }
    async fn shops(&self, via: &Egress, session: &Session) -> Result<Vec<ShopSummary>, MarketError> {
        self.kaspi.shops(via, session).await
    }
    async fn shop(&self, via: &Egress, session: &Session, uid: &str) -> Result<ShopProfile, MarketError> {
        let answer = self.kaspi.shop(via, session, uid).await;
        self.took(CABINET_CALL);
        answer
    }
    async fn own_offers(
        &self,
        via: &Egress,
        session: &Session,
        uid: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        let answer = self.kaspi.own_offers(via, session, uid, filter, page, size).await;
        self.took(CABINET_CALL);
        answer
    }
    async fn own_offer(
        &self,
        via: &Egress,
        session: &Session,
        uid: &str,
        sku: &str,
    ) -> Result<OwnOffer, MarketError> {
        let answer = self.kaspi.own_offer(via, session, uid, sku).await;
        self.took(CABINET_CALL);
        answer
    }
    async fn change_price(
        &self,
        via: &Egress,
        session: &Session,
        change: &PriceChange,
    ) -> Result<AcceptedJob, MarketError> {
        let number = {
            let mut changes = self.changes.lock().unwrap();
            changes.push(change.clone());
            changes.len()
        };
        if number == self.session_ends_at.load(Ordering::Relaxed) {
            self.sim.end_sessions(None).unwrap();
        }
        let answer = self.kaspi.change_price(via, session, change).await;
        self.took(Span::from_millis(self.change_takes_ms.load(Ordering::Relaxed)));
        answer
    }
    async fn change_sale(
        &self,
        via: &Egress,
        session: &Session,
        uid: &str,
        changes: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        self.kaspi.change_sale(via, session, uid, changes).await
    }
    async fn job_rows(
        &self,
        via: &Egress,
        session: &Session,
        uid: &str,
        skus: &[String],
    ) -> Result<Vec<JobRow>, MarketError> {
        self.kaspi.job_rows(via, session, uid, skus).await
    }
    async fn card_offers(&self, via: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        self.reads.fetch_add(1, Ordering::Relaxed);
        self.kaspi.card_offers(via, question).await
    }
    async fn listing(&self, via: &Egress, question: &ListingQuestion) -> Result<ListingPage, MarketError> {
        self.kaspi.listing(via, question).await
    }
    async fn card_facts(&self, via: &Egress, card: &str, city_id: &str) -> Result<CardFacts, MarketError> {
        self.kaspi.card_facts(via, card, city_id).await
    }
    async fn reviews(&self, via: &Egress, card: &str, page: u32, limit: u32) -> Result<Reviews, MarketError> {
        self.kaspi.reviews(via, card, page, limit).await
    }
}
