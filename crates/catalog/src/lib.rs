//! Shops, their access to the marketplace, points, cities and offers; what people are told; files that come in.

mod access;
mod cabinet;
mod cards;
mod cities;
mod egress;
mod error;
pub mod events;
mod feed;
mod goods;
pub mod import;
mod keys;
mod model;
mod notices;
mod products;
mod put_off;
mod refunds;
mod service;
mod store;
mod sync;
pub mod table;

pub use access::Connected;
pub use cabinet::Cabinet;
pub use cards::{CARDS_JOB, CardField, CardValues, Cards, CardsJob};
pub use egress::EgressPick;
pub use error::CatalogError;
pub use feed::{
    FETCHED_EVERY, FeedAnswer, FeedCheck, FeedCounts, FeedGoods, FeedList, FeedRow, FeedRows, Feeds, Fetcher,
    Held, NoWishes, OfferPlaces, PREORDER_DAYS, RETRY_AFTER, RowReason, RowsWanted, WishedPrice,
    WishedPrices,
};
pub use goods::GoodsSold;
pub use keys::{KEY_CALLS, OpenKey, key_calls};
pub use model::{
    Access, AccessState, CardUpload, CardUploadRow, CardUploadState, CatalogOffer, CityPrice, Facet, Feed,
    FeedFetch, FeedWay, ImportKind, ImportState, KeyState, LoginKind, NamedProduct, NewNotice, Notice,
    OfferCity, OfferPoint, PointNote, Preorder, Problem, Product, ProductCounts, ProductCursor,
    ProductFilter, ProductImport, ProductOffer, ProductPage, ProductSort, Proxy, Shop, ShopCity, ShopKey,
    ShopPoint, StoredAvailability, Tone, UnknownOffer, fold,
};
pub use products::{
    BulkAct, IMPORT_JOB, ImportJob, OpenProductUpload, ProductFacets, ProductList, Products,
    product_upload_limits,
};
pub use put_off::PutOff;
pub use sauda_market::{AttributeKind, AttributeValue, CardAttribute, CardCategory, CardFinding, CardValue};
pub use service::Catalog;
pub use sync::{SYNC_JOB, SyncJob, SyncReport, SyncWatcher};
