//! Every statement about the catalogue's tables.

pub(crate) mod accesses;
pub(crate) mod card_uploads;
pub(crate) mod city_prices;
pub(crate) mod feed_rows;
pub(crate) mod feeds;
pub(crate) mod keys;
pub(crate) mod notices;
pub(crate) mod offers;
pub(crate) mod points;
pub(crate) mod product_imports;
pub(crate) mod product_offers;
pub(crate) mod products;
pub(crate) mod proxies;
pub(crate) mod put_off;
pub(crate) mod shops;

use sauda_store::StoreError;

/// A stored word that this version does not know.
pub(crate) fn unknown(column: &'static str, value: String) -> StoreError {
    StoreError::Meaning { column, value }
}
