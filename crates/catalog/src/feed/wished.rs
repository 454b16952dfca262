//! The prices that a list carries in place of those the cabinet shows: asked of whoever decides prices. Refuses to decide any.

use crate::{CatalogError, FeedWay};
use async_trait::async_trait;
use sauda_accounts::Scope;
use sauda_kernel::{OfferId, ProductId, ShopId, Tenge};
use sauda_store::Tx;

/// A price that was decided for an offer in a city.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct WishedPrice {
    pub offer: OfferId,
    pub city_id: String,
    pub price: Tenge,
    /// Id of the wish that leaves with the list; `None` for what left already by another way.
    pub mark: Option<String>,
}

/// Whoever decides prices. The list asks while it is written, and tells what became of it.
#[async_trait]
pub trait WishedPrices: Send + Sync {
    /// Prices of these offers that are decided and not yet shown by the cabinet, as they may be sold at this moment.
    async fn wished(
        &self,
        scope: &Scope,
        shop: &ShopId,
        way: FeedWay,
        offers: &[OfferId],
    ) -> Result<Vec<WishedPrice>, CatalogError>;
    /// The lowest prices at which these products still earn, in their order; `None` where a cost is not known, or those of the shop
    /// make no sense together.
    async fn floors(
        &self,
        scope: &Scope,
        shop: &ShopId,
        products: &[ProductId],
    ) -> Result<Vec<Option<Tenge>>, CatalogError>;
    /// A list with these wishes begins to leave: recorded before its first byte.
    async fn leaving(&self, tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError>;
    /// A list with these wishes was handed over whole.
    async fn arrived(&self, tx: &mut Tx, marks: &[String]) -> Result<(), CatalogError>;
}

/// Nobody decides prices: the list says what the cabinet shows.
pub struct NoWishes;

#[async_trait]
impl WishedPrices for NoWishes {
    async fn wished(
        &self,
        _scope: &Scope,
        _shop: &ShopId,
        _way: FeedWay,
        _offers: &[OfferId],
    ) -> Result<Vec<WishedPrice>, CatalogError> {
        Ok(Vec::new())
    }
    async fn floors(
        &self,
        _scope: &Scope,
        _shop: &ShopId,
        products: &[ProductId],
    ) -> Result<Vec<Option<Tenge>>, CatalogError> {
        Ok(vec![None; products.len()])
    }
    async fn leaving(&self, _tx: &mut Tx, _marks: &[String]) -> Result<(), CatalogError> {
        Ok(())
    }
    async fn arrived(&self, _tx: &mut Tx, _marks: &[String]) -> Result<(), CatalogError> {
        Ok(())
    }
}
