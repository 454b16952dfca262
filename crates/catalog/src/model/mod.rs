//! Pure data of the catalogue, one concept a file.

mod access;
mod card_upload;
mod feed;
mod key;
mod notice;
mod offer;
mod product;
mod proxy;
mod shop;

pub use access::{Access, AccessState, LoginKind};
pub use card_upload::{CardUpload, CardUploadRow, CardUploadState};
pub use feed::{Feed, FeedFetch, FeedWay, OfferPoint, PointNote, Preorder};
pub use key::{KeyState, ShopKey};
pub use notice::{NewNotice, Notice, Tone};
pub use offer::{CatalogOffer, CityPrice, OfferCity, StoredAvailability, fold};
pub use product::{
    Facet, ImportKind, ImportState, NamedProduct, Problem, Product, ProductCounts, ProductCursor,
    ProductFilter, ProductImport, ProductOffer, ProductPage, ProductSort, UnknownOffer,
};
pub use proxy::Proxy;
pub use shop::{Shop, ShopCity, ShopPoint};
