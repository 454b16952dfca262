//! Requests about products, shops, logins at the marketplace, notices and ways out.

pub(crate) mod accesses;
pub(crate) mod cards;
pub(crate) mod feeds;
pub(crate) mod goods_places;
pub(crate) mod notices;
pub(crate) mod product_imports;
pub(crate) mod products;
pub(crate) mod proxies;
pub(crate) mod shop_places;
pub(crate) mod shops;
