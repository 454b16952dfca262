//! What can go wrong in the room of the market.

use sauda_catalog::CatalogError;
use sauda_kernel::{Failure, Kind, Public};
use sauda_market::MarketError;
use sauda_store::StoreError;

#[derive(Debug, thiserror::Error)]
pub enum ResearchError {
    #[error(transparent)]
    Store(#[from] StoreError),
    #[error(transparent)]
    Catalog(#[from] CatalogError),
    #[error(transparent)]
    Market(#[from] MarketError),
    #[error("the audit log does not answer")]
    Accounts(#[from] sauda_accounts::AccountsError),
    #[error("the queue does not answer")]
    Jobs(#[from] sauda_jobs::JobsError),
    #[error("the shared state does not answer: {0}")]
    Cluster(String),
    #[error(transparent)]
    TakenOver(sauda_jobs::JobError),
    #[error("{field} cannot be {value:?}")]
    Invalid { field: &'static str, value: String },
    #[error("there are {0} sources, which is the most")]
    TooMany(usize),
    #[error("there is no source {0}")]
    NoSource(String),
    #[error("there is no raw answer {0}")]
    NoRaw(String),
    #[error("source {0} is declared in the settings file")]
    FromFile(String),
    #[error("the days {from} to {to} end before they begin")]
    Days { from: String, to: String },
    /// Number of the line, from 1.
    #[error("line {line} of the file cannot be read: {value:?}")]
    File { line: usize, value: String },
}

impl Failure for ResearchError {
    fn kind(&self) -> Kind {
        match self {
            Self::Store(error) => error.kind(),
            Self::Catalog(error) => error.kind(),
            Self::Market(error) => error.kind(),
            Self::Accounts(error) => error.kind(),
            Self::Jobs(error) => error.kind(),
            Self::Cluster(_) => Kind::Unavailable,
            Self::TakenOver(error) => error.kind,
            Self::Invalid { .. } | Self::Days { .. } | Self::TooMany(_) | Self::File { .. } => Kind::Invalid,
            Self::NoSource(_) | Self::NoRaw(_) => Kind::NotFound,
            Self::FromFile(_) => Kind::Conflict,
        }
    }

    fn public(&self) -> Vec<Public> {
        match self {
            Self::Store(error) => error.public(),
            Self::Catalog(error) => error.public(),
            Self::Market(error) => error.public(),
            Self::Accounts(error) => error.public(),
            Self::Jobs(error) => error.public(),
            Self::Cluster(_) => vec![Public::new("cluster-unavailable")],
            Self::TakenOver(_) => vec![Public::new("job-taken-over")],
            Self::Invalid { field, value } => {
                vec![
                    Public::new("market-source-wrong")
                        .field(*field)
                        .arg("field", field)
                        .arg("value", value),
                ]
            }
            Self::Days { from, to } => {
                vec![
                    Public::new("market-days-wrong")
                        .field("to")
                        .arg("from", from)
                        .arg("to", to),
                ]
            }
            Self::TooMany(most) => vec![Public::new("market-source-many").field("word").arg("most", most)],
            Self::NoSource(id) => vec![Public::new("not-found").arg("what", "source").arg("id", id)],
            Self::NoRaw(id) => vec![Public::new("not-found").arg("what", "raw").arg("id", id)],
            Self::FromFile(_) => vec![Public::new("market-source-file")],
            Self::File { line, value } => {
                vec![
                    Public::new("market-trends-line")
                        .field("file")
                        .arg("line", line)
                        .arg("value", value),
                ]
            }
        }
    }
}
