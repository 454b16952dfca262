//! What can go wrong in the orders room.

use crate::fit::FitWrong;
use crate::model::{ActKind, CommandState, DayState, DayWrong, NotNow, ReturnMark};
use sauda_catalog::{CatalogError, table::TableError};
use sauda_kernel::{Failure, Kind, Public};
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum OrdersError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Stock(#[from] sauda_stock::StockError),
    #[error(transparent)]
    Market(#[from] sauda_market::MarketError),
    #[error("the audit log does not answer")]
    Accounts(#[source] sauda_accounts::AccountsError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error("another process has the shop now")]
    LeaseLost,
    #[error("there is no order {code}")]
    NotFound { code: String },
    /// The order stands where this makes no sense, or what was typed does not.
    #[error("{} is not possible: {why:?}", act.word())]
    NotNow { act: ActKind, why: NotNow },
    /// Somebody asked for it already.
    #[error("{} is {} already", act.word(), state.word())]
    Asked {
        act: ActKind,
        state: CommandState,
        by: String,
    },
    /// The waybill is not there yet, or was never stored.
    #[error("order {code} has no waybill")]
    NoWaybill { code: String },
    #[error("there is no such run of the day")]
    NoDay,
    /// The run stands where this makes no sense.
    #[error("the run is {}", state.word())]
    DayNotNow { state: DayState },
    #[error("telling numbers of devices is switched off")]
    ImeiOff,
    #[error("there is no return {id}")]
    NoReturn { id: String },
    /// That cannot be said of a return that stands like this.
    #[error("the return is {}", mark.word())]
    ReturnNotNow { mark: ReturnMark },
    #[error("the settings of the day make no sense: {0:?}")]
    DayWrong(DayWrong),
    #[error("what was said of a size makes no sense: {0:?}")]
    FitWrong(FitWrong),
    #[error("the file of size tables cannot be read")]
    Table(#[source] TableError),
    #[error("there are no size tables {id}")]
    NoTables { id: String },
}

impl Failure for OrdersError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Stock(error) => error.kind(),
            Self::Market(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Cluster(_) | Self::LeaseLost => Kind::Unavailable,
            Self::NotFound { .. }
            | Self::NoWaybill { .. }
            | Self::NoDay
            | Self::NoReturn { .. }
            | Self::NoTables { .. } => Kind::NotFound,
            Self::Table(error) => error.kind(),
            Self::NotNow {
                why: NotNow::Stage(_),
                ..
            }
            | Self::Asked { .. }
            | Self::DayNotNow { .. }
            | Self::ReturnNotNow { .. }
            | Self::FitWrong(FitWrong::Tables("changed")) => Kind::Conflict,
            Self::NotNow { .. } | Self::DayWrong(_) | Self::ImeiOff | Self::FitWrong(_) => Kind::Invalid,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Stock(error) => error.public(),
            Self::Market(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Cluster(_) | Self::LeaseLost => vec![Public::new("cluster-unavailable")],
            Self::NotFound { code } => vec![Public::new("not-found").arg("what", "order").arg("id", code)],
            Self::NoWaybill { code } => vec![Public::new("no-waybill").arg("code", code)],
            Self::NoDay => vec![Public::new("not-found").arg("what", "day").arg("id", "")],
            Self::ImeiOff => vec![Public::new("imei-off").field("imei")],
            Self::NoReturn { id } => vec![Public::new("not-found").arg("what", "return").arg("id", id)],
            Self::ReturnNotNow { mark } => vec![Public::new("return-not-now").arg("mark", mark.word())],
            Self::DayNotNow { state } => vec![Public::new("day-not-now").arg("state", state.word())],
            Self::DayWrong(why) => vec![match why {
                DayWrong::Needed(step) => Public::new("day-needed").field("skips").arg("step", step.word()),
                DayWrong::Time(minute) => Public::new("day-time").field("starts_at").arg("value", minute),
                DayWrong::Weekdays => Public::new("day-weekdays").field("weekdays"),
                DayWrong::Low(pieces) => Public::new("day-low-stock")
                    .field("low_stock")
                    .arg("value", pieces),
            }],
            Self::Table(error) => error.public(),
            Self::NoTables { id } => vec![Public::new("not-found").arg("what", "size-tables").arg("id", id)],
            Self::FitWrong(wrong) => vec![fit_wrong(wrong)],
            Self::NotNow { act, why } => vec![match why {
                NotNow::Stage(stage) => Public::new("act-not-now")
                    .arg("act", act.word())
                    .arg("stage", stage.word()),
                NotNow::Parcels(parcels) => Public::new("act-parcels").field("parcels").arg("value", parcels),
                NotNow::Code => Public::new("act-code").field("code"),
                NotNow::Reason => Public::new("act-reason").field("reason"),
                NotNow::Line(left) => Public::new("act-line").field("left").arg("value", left),
                NotNow::Grams(grams) => Public::new("act-grams").field("grams").arg("value", grams),
                NotNow::Imei => Public::new("act-imei").field("imei"),
                NotNow::Comment(letters) => Public::new("act-comment").field("comment").arg("count", letters),
            }],
            Self::Asked { act, state, by } => vec![
                Public::new("act-asked")
                    .arg("act", act.word())
                    .arg("state", state.word())
                    .arg("by", if by.is_empty() { "Sauda" } else { by.as_str() }),
            ],
        }
    }
}

fn fit_wrong(wrong: &FitWrong) -> Public {
    match wrong {
        FitWrong::Line { line } => Public::new("fit-line").field("line").arg("value", line),
        FitWrong::Nothing => Public::new("fit-nothing").field("body"),
        FitWrong::Measure { code, field, message } => {
            let code = match code.as_str() {
                "impossible-body" => "fit-impossible",
                "unknown-field" => "fit-unknown",
                _ => "fit-measure",
            };
            Public::new(code)
                .field(field.clone())
                .arg("field", field)
                .arg("detail", message)
        }
        FitWrong::Size(size) => Public::new("fit-size").field("size").arg("value", size),
        FitWrong::Why(letters) => Public::new("fit-why").field("why").arg("count", letters),
        FitWrong::Fit(word) => Public::new("fit-word").field("fit").arg("value", word),
        FitWrong::Tables("changed") => Public::new("fit-tables-changed"),
        FitWrong::Tables("too-many") => Public::new("fit-tables-many").field("file"),
        FitWrong::Tables(_) => Public::new("fit-tables-problems").field("file"),
    }
}
