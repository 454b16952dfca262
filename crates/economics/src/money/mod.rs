//! What a merchant keeps of money: calculations, rates of their own, how they are taxed. Refuses to change a published table.

mod error;
pub mod fields;
mod own;
mod store;
mod taxpayer;

pub use error::MoneyError;
pub use own::{CurrencyRate, NewRate, OwnRate, OwnRates, RateKind, currency};
pub use taxpayer::{NewTaxpayer, Taxpayer, Taxpayers};

use crate::rates::Day;
use sauda_accounts::{Accounts, AuditEntry, Scope};
use sauda_kernel::{CalculationId, Clock, Id, Ids, OwnRateId, Timestamp};
use sauda_store::{Db, Tx};
use std::sync::Arc;

/// A calculation that was kept.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Calculation {
    pub id: CalculationId,
    pub title: String,
    /// The question as the calculator's address carries it.
    pub query: String,
    pub is_favourite: bool,
    pub made_by: String,
    pub made_at: Timestamp,
}

/// Calculations of a merchant at most.
pub const MOST_CALCULATIONS: i64 = 500;
/// Rates of a merchant at most.
pub const MOST_RATES: i64 = 2_000;
/// Changes of the regime of a merchant at most.
pub const MOST_TAXPAYERS: usize = 40;
const LONGEST_TITLE: usize = 120;
const LONGEST_QUERY: usize = 4_000;

/// The door. Cheap to clone.
#[derive(Clone)]
pub struct Money {
    db: Db,
    accounts: Accounts,
    clock: Arc<dyn Clock>,
    ids: Arc<dyn Ids>,
}

impl Money {
    pub fn new(db: Db, accounts: Accounts, clock: Arc<dyn Clock>, ids: Arc<dyn Ids>) -> Self {
        Self {
            db,
            accounts,
            clock,
            ids,
        }
    }

    /// The moment by the clock of the program.
    pub fn now(&self) -> Timestamp {
        self.clock.now()
    }

    /// All calculations of the merchant, favourites first, then the newest.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn calculations(&self, scope: &Scope) -> Result<Vec<Calculation>, MoneyError> {
        Ok(store::calculations(&self.db, scope).await?)
    }

    /// Keeps a calculation.
    ///
    /// # Errors
    /// When the title is empty or too long, or there are too many.
    pub async fn keep(&self, scope: &Scope, title: &str, query: &str) -> Result<CalculationId, MoneyError> {
        let title = titled(title)?;
        if query.len() > LONGEST_QUERY {
            return Err(MoneyError::TooLong);
        }
        if store::count_calculations(&self.db, scope).await? >= MOST_CALCULATIONS {
            return Err(MoneyError::TooMany(MOST_CALCULATIONS));
        }
        let kept = Calculation {
            id: Id::new(&*self.clock, &*self.ids),
            title: title.to_owned(),
            query: query.to_owned(),
            is_favourite: false,
            made_by: scope.actor_name().to_owned(),
            made_at: self.clock.now(),
        };
        store::insert_calculation(&self.db, scope, &kept).await?;
        Ok(kept.id)
    }

    /// Calls a calculation otherwise.
    ///
    /// # Errors
    /// When the title is empty or too long, or the merchant has no such calculation.
    pub async fn rename(&self, scope: &Scope, id: &CalculationId, title: &str) -> Result<(), MoneyError> {
        match store::rename(&self.db, scope, id, titled(title)?).await? {
            0 => Err(MoneyError::NotFound {
                what: "calculation",
                id: id.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// # Errors
    /// When the merchant has no such calculation.
    pub async fn favour(
        &self,
        scope: &Scope,
        id: &CalculationId,
        is_favourite: bool,
    ) -> Result<(), MoneyError> {
        match store::favour(&self.db, scope, id, is_favourite).await? {
            0 => Err(MoneyError::NotFound {
                what: "calculation",
                id: id.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// # Errors
    /// When the merchant has no such calculation.
    pub async fn forget(&self, scope: &Scope, id: &CalculationId) -> Result<(), MoneyError> {
        match store::delete_calculation(&self.db, scope, id).await? {
            0 => Err(MoneyError::NotFound {
                what: "calculation",
                id: id.to_string(),
            }),
            _ => Ok(()),
        }
    }

    /// The merchant's own rates, the newest days first.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn rates(&self, scope: &Scope) -> Result<OwnRates, MoneyError> {
        Ok(OwnRates::new(store::rates(&self.db, scope).await?))
    }

    /// Sets a rate from a day on; days before keep theirs. The same kind, category and day again corrects it.
    ///
    /// # Errors
    /// When the value is impossible, or there are too many.
    pub async fn set_rate(&self, scope: &Scope, new: NewRate) -> Result<OwnRateId, MoneyError> {
        let known = store::rates(&self.db, scope).await?;
        if i64::try_from(known.len()).unwrap_or(i64::MAX) >= MOST_RATES {
            return Err(MoneyError::TooMany(MOST_RATES));
        }
        let rate = new.checked(
            Id::new(&*self.clock, &*self.ids),
            scope.actor_name(),
            self.clock.now(),
        )?;
        let mut tx = self.db.write().await?;
        let id = store::put_rate(&mut tx, scope, &rate).await?;
        let subject = format!("{} {}", rate.kind.word(), rate.subject);
        let after = format!("{} from {}", rate.value, rate.from_day);
        self.audit(&mut tx, scope, "money.rate_set", &subject, Some(after))
            .await?;
        tx.commit().await?;
        Ok(id)
    }

    /// Takes a rate back: the one before it, or the published one, holds again.
    ///
    /// # Errors
    /// When the merchant has no such rate.
    pub async fn remove_rate(&self, scope: &Scope, id: &OwnRateId) -> Result<(), MoneyError> {
        let mut tx = self.db.write().await?;
        if store::delete_rate(&mut tx, scope, id).await? == 0 {
            return Err(MoneyError::NotFound {
                what: "own-rate",
                id: id.to_string(),
            });
        }
        self.audit(&mut tx, scope, "money.rate_removed", id.as_str(), None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// How the merchant is taxed and was before.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn taxpayers(&self, scope: &Scope) -> Result<Taxpayers, MoneyError> {
        Ok(Taxpayers::new(store::taxpayers(&self.db, scope).await?))
    }

    /// Says how the merchant is taxed from a day on, or from the beginning; days before keep what was said of them. The same day
    /// again corrects it.
    ///
    /// # Errors
    /// When the place is too long, the rate impossible on that day, or there are too many.
    pub async fn put_taxpayer(&self, scope: &Scope, new: NewTaxpayer) -> Result<(), MoneyError> {
        let now = self.clock.now();
        let taxpayer = new.checked(scope.actor_name(), now)?;
        let known = self.taxpayers(scope).await?;
        let is_new = known.all().iter().all(|one| one.from != taxpayer.from);
        if is_new && known.all().len() >= MOST_TAXPAYERS {
            return Err(MoneyError::TooMany(
                i64::try_from(MOST_TAXPAYERS).unwrap_or(i64::MAX),
            ));
        }
        let mut tx = self.db.write().await?;
        store::put_taxpayer(&mut tx, scope, &taxpayer).await?;
        let since = taxpayer.from.map(|day| format!("from {day}"));
        self.audit(&mut tx, scope, "money.taxpayer", taxpayer.regime.word(), since)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    /// Takes back what was said of the days from one on: what was said before holds again.
    ///
    /// # Errors
    /// When nothing was said of that day.
    pub async fn remove_taxpayer(&self, scope: &Scope, from: Option<Day>) -> Result<(), MoneyError> {
        let mut tx = self.db.write().await?;
        let day = from.map_or_else(String::new, |day| day.to_string());
        if store::delete_taxpayer(&mut tx, scope, &day).await? == 0 {
            return Err(MoneyError::NotFound {
                what: "taxpayer",
                id: day,
            });
        }
        self.audit(&mut tx, scope, "money.taxpayer_removed", &day, None)
            .await?;
        tx.commit().await?;
        Ok(())
    }

    async fn audit(
        &self,
        tx: &mut Tx,
        scope: &Scope,
        what: &'static str,
        subject: &str,
        after: Option<String>,
    ) -> Result<(), MoneyError> {
        let entry = AuditEntry {
            what,
            subject: subject.to_owned(),
            before: None,
            after,
            address: None,
        };
        self.accounts
            .audit(tx, scope, entry)
            .await
            .map_err(MoneyError::Accounts)?;
        Ok(())
    }
}

/// A title without spaces around; not empty, not long.
fn titled(title: &str) -> Result<&str, MoneyError> {
    let title = title.trim();
    if title.is_empty() || title.chars().count() > LONGEST_TITLE {
        return Err(MoneyError::Title);
    }
    Ok(title)
}
