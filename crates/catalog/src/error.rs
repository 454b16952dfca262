//! What can go wrong in the catalogue room.

use sauda_kernel::{Failure, Kind, Public};
use sauda_market::MarketError;
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum CatalogError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Market(#[from] MarketError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error("there is no {what} {id}")]
    NotFound { what: &'static str, id: String },
    #[error("{0:?} is not a phone number of Kazakhstan")]
    Phone(String),
    #[error("{0:?} is not a mail address")]
    Mail(String),
    #[error("no sign-in waits for a code")]
    NoPending,
    #[error("another sign-in of this account is under way")]
    SignInBusy,
    #[error("the shop has no marketplace access")]
    NoAccess,
    #[error("the shop has no key")]
    NoKey,
    #[error("a text of {0} letters is no key")]
    Key(usize),
    #[error("the budget is spent until {0}")]
    Budget(sauda_kernel::Timestamp),
    #[error("{0:?} is not a proxy address")]
    Proxy(String),
    #[error("the audit log does not answer")]
    Accounts(#[source] sauda_accounts::AccountsError),
    #[error("the queue does not answer")]
    Jobs(#[source] sauda_jobs::JobsError),
    #[error("the file cannot be imported")]
    Open(#[source] crate::import::products::OpenError),
    #[error("the file is not kept any more: send it again")]
    FileGone,
    #[error("the file was written before: open its result among the imports")]
    WrittenAlready,
    #[error("the cabinet sells nothing that is no product yet")]
    NoOffers,
    #[error("no row of the file is ready: mend it and send it again")]
    NothingReady,
    #[error("it cannot be put back: it goes on, was put back, or a day has passed")]
    UndoPassed,
    #[error("{field}: {value:?} is refused ({code})")]
    Fact {
        code: &'static str,
        /// Word of the field.
        field: &'static str,
        value: String,
    },
    #[error("the catalogue has the article {0:?} already: open that product")]
    SkuTaken(String),
    #[error("{by} changed it meanwhile: look at it again")]
    Changed { by: String },
    #[error("more than {limit} products at once: choose fewer")]
    TooMany { limit: i64 },
    #[error("the file is no picture: send a JPEG, PNG, WebP or GIF")]
    Picture,
    #[error("the picture is larger than {limit_kib} KiB: make it smaller")]
    PictureLarge { limit_kib: usize },
    #[error("{sku}: {field} is refused ({code}), and {count} such findings in all: mend them and send again")]
    Card {
        count: usize,
        sku: String,
        field: String,
        /// Word of the finding.
        code: &'static str,
    },
    #[error("the list has {now} offers by now, not {seen}: look at it again")]
    ListChanged { seen: i64, now: i64 },
    #[error("{what}: {value:?} is not allowed")]
    Invalid { what: &'static str, value: String },
}

impl Failure for CatalogError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Market(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::NotFound { .. } => Kind::NotFound,
            Self::Accounts(error) => error.kind(),
            Self::Jobs(error) => error.kind(),
            Self::Open(error) => error.kind(),
            Self::Fact { .. }
            | Self::Card { .. }
            | Self::TooMany { .. }
            | Self::NothingReady
            | Self::Picture
            | Self::PictureLarge { .. } => Kind::Invalid,
            Self::FileGone
            | Self::WrittenAlready
            | Self::NoOffers
            | Self::UndoPassed
            | Self::SkuTaken(_)
            | Self::ListChanged { .. }
            | Self::Changed { .. } => Kind::Conflict,
            Self::Phone(_) | Self::Mail(_) | Self::Proxy(_) | Self::Key(_) | Self::Invalid { .. } => {
                Kind::Invalid
            }
            Self::NoPending | Self::SignInBusy | Self::NoAccess | Self::NoKey => Kind::Conflict,
            Self::Budget(_) => Kind::Throttled(sauda_kernel::Span::from_secs(5)),
        }
    }
    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Market(error) => error.public(),
            Self::Cluster(_) => vec![Public::new("cluster-unavailable")],
            Self::NotFound { what, id } => vec![Public::new("not-found").arg("what", what).arg("id", id)],
            Self::Phone(value) => vec![Public::new("bad-phone").field("login").arg("value", value)],
            Self::Mail(value) => vec![Public::new("bad-mail").field("login").arg("value", value)],
            Self::NoPending => vec![Public::new("no-code-awaited").field("code")],
            Self::SignInBusy => vec![Public::new("sign-in-busy")],
            Self::NoAccess => vec![Public::new("no-access")],
            Self::NoKey => vec![Public::new("no-shop-key")],
            Self::Key(letters) => vec![Public::new("bad-shop-key").field("key").arg("count", letters)],
            Self::Budget(_) => vec![Public::new("budget-spent")],
            Self::Proxy(value) => vec![Public::new("bad-proxy").field("url").arg("value", value)],
            Self::Accounts(error) => error.public(),
            Self::Jobs(error) => error.public(),
            Self::Open(error) => error.public(),
            Self::FileGone => vec![Public::new("import-file-gone")],
            Self::WrittenAlready => vec![Public::new("import-applied-already")],
            Self::NoOffers => vec![Public::new("offers-all-known")],
            Self::NothingReady => vec![Public::new("product-nothing-ready")],
            Self::UndoPassed => vec![Public::new("undo-passed")],
            Self::Fact { code, field, value } => {
                vec![Public::new(code).field(*field).arg("value", value)]
            }
            Self::SkuTaken(sku) => vec![
                Public::new("product-sku-taken")
                    .field("merchantProductId")
                    .arg("value", sku),
            ],
            Self::Changed { by } => vec![Public::new("product-changed").arg("by", by)],
            Self::Card {
                count,
                sku,
                field,
                code,
            } => vec![
                Public::new("card-refused")
                    .arg("count", count)
                    .arg("sku", sku)
                    .arg("member", field)
                    .arg("code", code),
            ],
            Self::ListChanged { seen, now } => {
                vec![Public::new("feed-list-changed").arg("seen", seen).arg("now", now)]
            }
            Self::TooMany { limit } => vec![Public::new("product-too-many").arg("limit", limit)],
            Self::Picture => vec![Public::new("product-picture").field("photo")],
            Self::PictureLarge { limit_kib } => vec![
                Public::new("product-picture-large")
                    .field("photo")
                    .arg("limit", limit_kib),
            ],
            Self::Invalid { what, value } => {
                vec![Public::new("invalid-value").field(*what).arg("value", value)]
            }
        }
    }
}
