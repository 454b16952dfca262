//! Words that every room uses: ids, money, time, kinds of failure, the clock, JSON of strangers. Refuses to know any capability.

mod clock;
mod failure;
mod id;
mod json;
mod money;
mod time;

pub use clock::{Clock, PushedClock, SystemClock};
pub use failure::{Failure, Kind, Public, chain};
pub use id::{CountedIds, Id, IdKind, Ids, InvalidId, SystemIds, kinds};
pub use json::{ReadJson, read_json};
pub use money::{BasisPoints, Money, MoneyError, Tenge};
pub use time::{ALMATY_OFFSET_SECONDS, InvalidTime, LocalTime, Span, Timestamp};

/// One merchant of this installation: the account that owns shops, people and rules.
pub type MerchantId = Id<kinds::Merchant>;
/// One shop on a marketplace, connected by a merchant.
pub type ShopId = Id<kinds::Shop>;
/// One offer: a shop's goods under a SKU on a marketplace card.
pub type OfferId = Id<kinds::Offer>;
/// A person who signs in.
pub type UserId = Id<kinds::User>;
/// A signed-in session of a person.
pub type SessionId = Id<kinds::Session>;
/// A key for the JSON API.
pub type ApiKeyId = Id<kinds::ApiKey>;
/// An invitation to a merchant's team.
pub type InviteId = Id<kinds::Invite>;
/// A named, reusable pricing rule.
pub type RuleId = Id<kinds::Rule>;
/// One (card, city) that is read on the storefront for everybody who competes there.
pub type WatchId = Id<kinds::Watch>;
/// One stored read of a watch.
pub type ObservationId = Id<kinds::Observation>;
/// One decision of the price bot, with its receipt.
pub type DecisionId = Id<kinds::Decision>;
/// One price change on its way to the marketplace.
pub type ChangeId = Id<kinds::Change>;
/// One time that somebody fetched a price list.
pub type FeedFetchId = Id<kinds::FeedFetch>;
/// One upload of new cards.
pub type CardUploadId = Id<kinds::CardUpload>;
/// A place of a merchant where goods lie.
pub type WarehouseId = Id<kinds::Warehouse>;
/// Pieces that came or went.
pub type MovementId = Id<kinds::Movement>;
/// Somebody goods are bought from.
pub type SupplierId = Id<kinds::Supplier>;
/// An order to a supplier.
pub type PurchaseId = Id<kinds::Purchase>;
/// A stock-taking.
pub type CountingId = Id<kinds::Counting>;
/// One durable job.
pub type JobId = Id<kinds::Job>;
/// One run of a job.
pub type RunId = Id<kinds::Run>;
/// One finished or running import of a file.
pub type ImportId = Id<kinds::Import>;
/// One entry of the audit log.
pub type AuditId = Id<kinds::Audit>;
/// One proxy address.
pub type ProxyId = Id<kinds::Proxy>;
/// One thing that a seller is told.
pub type NoticeId = Id<kinds::Notice>;
/// A login at a marketplace and its session; one login may open several shops.
pub type AccessId = Id<kinds::Access>;
/// One call that changes a price at the marketplace; several cities of one offer share it.
pub type CallId = Id<kinds::Call>;
/// One bulk change that can be undone.
pub type BulkId = Id<kinds::Bulk>;
/// One product of a merchant, whatever shops sell it.
pub type ProductId = Id<kinds::Product>;
/// An order of a buyer in one shop.
pub type OrderId = Id<kinds::Order>;
/// Something that happened to an order.
pub type OrderEventId = Id<kinds::OrderEvent>;
/// Something that was asked for with an order.
pub type OrderCommandId = Id<kinds::OrderCommand>;
/// One run of a shop's day.
pub type DayRunId = Id<kinds::DayRun>;
pub type ReturnId = Id<kinds::Return>;
/// One calculation of a sale that was kept.
pub type CalculationId = Id<kinds::Calculation>;
/// One rate that a merchant set in the place of a published one.
pub type OwnRateId = Id<kinds::OwnRate>;
/// One state of a shop's size tables.
pub type FitTablesId = Id<kinds::FitTables>;
/// One advice of a size.
pub type FitAdviceId = Id<kinds::FitAdvice>;
/// One correction of an advised size by a person.
pub type FitCorrectionId = Id<kinds::FitCorrection>;
/// One phone that messages leave by.
pub type MessageLineId = Id<kinds::MessageLine>;
/// One talk of a shop with a buyer.
pub type TalkId = Id<kinds::Talk>;
/// One message of a talk.
pub type MessageId = Id<kinds::Message>;
