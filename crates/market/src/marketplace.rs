//! What a marketplace can do for us. One implementation a marketplace; ours is stateless and asks no budget: the caller has.

use crate::{
    AcceptedJob, CardFacts, CardOffers, CardQuestion, Egress, JobRow, ListingPage, ListingQuestion, Login,
    MarketError, OwnOffer, OwnOfferPage, OwnOffersFilter, PendingSignIn, PriceChange, Refund, RefundDetails,
    RefundPage, RefundTab, Reviews, SaleChange, Session, ShopProfile, ShopSummary, SignIn,
};

#[async_trait::async_trait]
pub trait Marketplace: Send + Sync {
    /// Short name for storage and metrics: `kaspi`.
    fn name(&self) -> &'static str;

    /// Begins to sign in. One at a time per account: the caller holds a lease.
    async fn sign_in(&self, via: &Egress, login: &Login) -> Result<SignIn, MarketError>;
    /// Goes on with the code that came.
    async fn enter_code(
        &self,
        via: &Egress,
        pending: &PendingSignIn,
        code: &str,
    ) -> Result<SignIn, MarketError>;
    /// Makes a new cabinet session out of an ended one without a code, when the marketplace still remembers the person.
    /// `SessionEnded` means that only signing in anew helps.
    async fn renew(&self, _via: &Egress, _session: &Session) -> Result<Session, MarketError> {
        Err(MarketError::Unsupported("renew a session"))
    }
    /// Shops of the signed-in person. Also the cheapest proof that a session lives.
    async fn shops(&self, via: &Egress, session: &Session) -> Result<Vec<ShopSummary>, MarketError>;
    /// Name and points of one shop.
    async fn shop(&self, via: &Egress, session: &Session, shop_uid: &str)
    -> Result<ShopProfile, MarketError>;

    /// One page (from 0) of the shop's own offers; read until a page is empty. `size` at most 100.
    async fn own_offers(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        filter: OwnOffersFilter,
        page: u32,
        size: u32,
    ) -> Result<OwnOfferPage, MarketError>;
    /// One own offer with every city and point.
    async fn own_offer(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        sku: &str,
    ) -> Result<OwnOffer, MarketError>;

    /// Asks for a new price. Accepted is not done: read it back.
    async fn change_price(
        &self,
        via: &Egress,
        session: &Session,
        change: &PriceChange,
    ) -> Result<AcceptedJob, MarketError>;
    /// Puts offers on sale or takes them off.
    async fn change_sale(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        changes: &[SaleChange],
    ) -> Result<AcceptedJob, MarketError>;
    /// What became of the last changes of these SKUs.
    async fn job_rows(
        &self,
        via: &Egress,
        session: &Session,
        shop_uid: &str,
        skus: &[String],
    ) -> Result<Vec<JobRow>, MarketError>;

    /// One page (from 0) of what buyers send back to a shop.
    async fn refunds(
        &self,
        _via: &Egress,
        _session: &Session,
        _shop_uid: &str,
        _tab: RefundTab,
        _page: u32,
    ) -> Result<RefundPage, MarketError> {
        Err(MarketError::Unsupported("returns"))
    }
    /// One return with its steps.
    async fn refund(
        &self,
        _via: &Egress,
        _session: &Session,
        _shop_uid: &str,
        _refund: &Refund,
    ) -> Result<RefundDetails, MarketError> {
        Err(MarketError::Unsupported("returns"))
    }

    /// Everybody who sells a card in a city. An unknown card gives an empty list.
    async fn card_offers(&self, via: &Egress, question: &CardQuestion) -> Result<CardOffers, MarketError>;
    async fn listing(&self, via: &Egress, question: &ListingQuestion) -> Result<ListingPage, MarketError>;
    async fn card_facts(&self, via: &Egress, card: &str, city_id: &str) -> Result<CardFacts, MarketError>;
    async fn reviews(&self, via: &Egress, card: &str, page: u32, limit: u32) -> Result<Reviews, MarketError>;
}
