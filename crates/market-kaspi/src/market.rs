//! Kaspi as a `Marketplace`. Refuses to be more than a door: each call goes to the cabinet or to the storefront.

use crate::{
    KaspiSettings,
    cabinet::Cabinet,
    http::Clients,
    official::Official,
    session::{self, Pending},
    storefront::Storefront,
};
use sauda_market::{
    AcceptedJob, ApiToken, CardFacts, CardOffers, CardQuestion, Egress, EntryCancel, EntryCancelState,
    JobRow, ListingPage, ListingQuestion, Login, MarketError, Marketplace, Order, OrderAct, OrderDesk,
    OrderEntry, OrdersPage, OrdersQuestion, OwnOffer, OwnOfferPage, OwnOffersFilter, PendingSignIn, Point,
    PriceChange, Refund, RefundDetails, RefundPage, RefundTab, Reviews, SaleChange, Session, ShopProfile,
    ShopSummary, SignIn, WeightChange,
};
use secrecy::ExposeSecret;
use std::{
    collections::HashMap,
    hash::{BuildHasher, RandomState},
    sync::{Mutex, PoisonError},
};

/// Sign-ins with a wrong code that are remembered at once.
const MOST_WAITING: usize = 256;

/// The Kaspi client: connection pools, settings, and nothing that must survive it.
pub struct KaspiMarket {
    pub(crate) settings: KaspiSettings,
    pub(crate) clients: Clients,
    /// The sign-in cookie changes with every try. A caller who tries a second code with the same pending sign-in is given the newest
    /// cookies from here; in another process such a sign-in must be begun anew.
    waiting: Mutex<HashMap<u64, Pending>>,
    keys: RandomState,
}

impl KaspiMarket {
    /// # Errors
    /// `Invalid` naming the setting that is wrong.
    pub fn new(settings: KaspiSettings) -> Result<Self, MarketError> {
        settings.validate()?;
        Ok(Self {
            settings,
            clients: Clients::new(),
            waiting: Mutex::default(),
            keys: RandomState::new(),
        })
    }

    pub const fn settings(&self) -> &KaspiSettings {
        &self.settings
    }

    /// Own offers whose sku, card or title holds the text.
    ///
    /// # Errors
    /// As `own_offers`.
    pub async fn find_own_offers(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        text: &str,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        self.cabinet(via, session)
            .own_offers(shop_uid, OwnOffersFilter::All, page, size, Some(text))
            .await
    }

    /// Points of a shop from the query that the cabinet's own settings page uses; cities come by name only.
    ///
    /// # Errors
    /// As `shop`.
    pub async fn points(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
    ) -> Result<Vec<Point>, MarketError> {
        self.cabinet(via, session).points(shop_uid).await
    }

    /// A page of a listing with the total number of cards, from a service whose answer was never recorded.
    ///
    /// # Errors
    /// As `listing`.
    pub async fn counted_listing(
        &self,
        via: &Egress,
        question: &ListingQuestion,
    ) -> Result<ListingPage, MarketError> {
        self.storefront(via).counted_listing(question).await
    }

    pub(crate) const fn cabinet<'a>(&'a self, via: &'a Egress, session: &'a Session) -> Cabinet<'a> {
        Cabinet {
            clients: &self.clients,
            via,
            settings: &self.settings,
            session,
        }
    }

    pub(crate) const fn storefront<'a>(&'a self, via: &'a Egress) -> Storefront<'a> {
        Storefront {
            clients: &self.clients,
            via,
            settings: &self.settings,
        }
    }

    fn newest(&self, key: u64) -> Option<Pending> {
        self.waiting
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .remove(&key)
    }

    fn keep(&self, key: u64, pending: Pending) {
        let mut waiting = self.waiting.lock().unwrap_or_else(PoisonError::into_inner);
        if waiting.len() >= MOST_WAITING {
            waiting.clear();
        }
        waiting.insert(key, pending);
    }
}

#[async_trait::async_trait]
impl Marketplace for KaspiMarket {
    fn name(&self) -> &'static str {
        "kaspi"
    }

    async fn sign_in(&self, via: &Egress, login: &Login) -> Result<SignIn, MarketError> {
        session::sign_in(&self.clients, via, &self.settings, login).await
    }

    async fn enter_code(
        &self,
        via: &Egress,
        pending: &PendingSignIn,
        code: &str,
    ) -> Result<SignIn, MarketError> {
        let key = self.keys.hash_one(pending.0.expose_secret());
        let newest = match self.newest(key) {
            Some(newest) => newest,
            None => Pending::open(pending)?,
        };
        let mut left = None;
        let answer = session::enter_code(&self.clients, via, &self.settings, newest, code, &mut left).await;
        if let Some(left) = left {
            self.keep(key, left);
        }
        answer
    }

    async fn renew(&self, via: &Egress, session: &Session) -> Result<Session, MarketError> {
        session::renew(&self.clients, via, &self.settings, session).await
    }

    async fn shops(&self, via: &Egress, session: &Session) -> Result<Vec<ShopSummary>, MarketError> {
        self.cabinet(via, session).shops().await
    }

    async fn shop(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
    ) -> Result<ShopProfile, MarketError> {
        self.cabinet(via, session).shop(shop_uid).await
    }

    async fn own_offers(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError> {
        self.cabinet(via, session)
            .own_offers(shop_uid, filter, page, size, None)
            .await
    }

    async fn own_offer(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        sku: &str,
    ) -> Result<OwnOffer, MarketError> {
        self.cabinet(via, session).own_offer(shop_uid, sku).await
    }

    async fn change_price(
        &self,
        via: &Egress,
        session: &Session,
        change: &PriceChange,
    ) -> Result<AcceptedJob, MarketError> {
        self.cabinet(via, session).change_price(change).await
    }

    async fn change_sale(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        changes: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError> {
        self.cabinet(via, session).change_sale(shop_uid, changes).await
    }

    async fn job_rows(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        skus: &[String],
    ) -> Result<Vec<JobRow>, MarketError> {
        self.cabinet(via, session).job_rows(shop_uid, skus).await
    }

    async fn card_offers(&self, via: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError> {
        self.storefront(via).card_offers(question).await
    }

    async fn listing(&self, via: &Egress, question: &ListingQuestion) -> Result<ListingPage, MarketError> {
        self.storefront(via).listing(question).await
    }

    async fn card_facts(&self, via: &Egress, card: &str, city_id: &str) -> Result<CardFacts, MarketError> {
        self.storefront(via).card_facts(card, city_id).await
    }

    async fn refunds(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        tab: RefundTab,
        page: u32,
    ) -> Result<RefundPage, MarketError> {
        self.cabinet(via, session).refunds(shop_uid, tab, page).await
    }

    async fn refund(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        refund: &Refund,
    ) -> Result<RefundDetails, MarketError> {
        self.cabinet(via, session).refund(shop_uid, refund).await
    }

    async fn reviews(&self, via: &Egress, card: &str, page: u32, limit: u32) -> Result<Reviews, MarketError> {
        self.storefront(via).reviews(card, page, limit).await
    }
}

impl KaspiMarket {
    const fn official<'a>(&'a self, via: &'a Egress, token: &'a ApiToken) -> Official<'a> {
        Official {
            clients: &self.clients,
            via,
            settings: &self.settings,
            token,
        }
    }
}

#[async_trait::async_trait]
impl OrderDesk for KaspiMarket {
    async fn orders(
        &self,
        via: &Egress,
        token: &ApiToken,
        question: &OrdersQuestion,
    ) -> Result<OrdersPage, MarketError> {
        self.official(via, token).orders(question).await
    }

    async fn order(&self, via: &Egress, token: &ApiToken, code: &str) -> Result<Order, MarketError> {
        self.official(via, token).order(code).await
    }

    async fn entries(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
    ) -> Result<Vec<OrderEntry>, MarketError> {
        self.official(via, token).entries(order_id).await
    }

    async fn act(
        &self,
        via: &Egress,
        token: &ApiToken,
        order_id: &str,
        code: &str,
        act: &OrderAct,
    ) -> Result<(), MarketError> {
        self.official(via, token).act(order_id, code, act).await
    }

    async fn cancel_entry(
        &self,
        via: &Egress,
        token: &ApiToken,
        cancel: &EntryCancel,
    ) -> Result<EntryCancelState, MarketError> {
        self.official(via, token).cancel_entry(cancel).await
    }

    async fn change_weight(
        &self,
        via: &Egress,
        token: &ApiToken,
        market_id: &str,
        change: &WeightChange,
    ) -> Result<EntryCancelState, MarketError> {
        self.official(via, token).change_weight(market_id, change).await
    }

    async fn tell_imei(
        &self,
        via: &Egress,
        token: &ApiToken,
        entry_id: &str,
        devices: &[Vec<String>],
    ) -> Result<(), MarketError> {
        self.official(via, token).tell_imei(entry_id, devices).await
    }

    async fn waybill(&self, via: &Egress, token: &ApiToken, url: &str) -> Result<Vec<u8>, MarketError> {
        self.official(via, token).waybill(url).await
    }
}
