//! How a merchant is taxed, each time from a day on: a new regime never counts the past anew. Refuses impossible rates.

use super::{LONGEST_TITLE, MoneyError};
use crate::rates::{Day, Regime, unit_taxes};
use sauda_kernel::{BasisPoints, Timestamp};

/// How a merchant is taxed from a day on.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Taxpayer {
    /// The first day on which it holds; none is from the beginning.
    pub from: Option<Day>,
    pub regime: Regime,
    pub place: Option<String>,
    pub rate: Option<BasisPoints>,
    pub is_vat_payer: bool,
    pub set_by: String,
    pub set_at: Timestamp,
}

/// The same, to be said.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct NewTaxpayer {
    pub from: Option<Day>,
    pub regime: Regime,
    pub place: Option<String>,
    pub rate: Option<BasisPoints>,
    pub is_vat_payer: bool,
}

impl NewTaxpayer {
    /// A regime from the beginning, whose rates are those of the law.
    pub const fn of(regime: Regime) -> Self {
        Self {
            from: None,
            regime,
            place: None,
            rate: None,
            is_vat_payer: false,
        }
    }

    pub(super) fn checked(self, by: &str, now: Timestamp) -> Result<Taxpayer, MoneyError> {
        let place = self
            .place
            .map(|place| place.trim().to_owned())
            .filter(|place| !place.is_empty());
        if place
            .as_ref()
            .is_some_and(|place| place.chars().count() > LONGEST_TITLE)
        {
            return Err(MoneyError::TooLong);
        }
        let day = self.from.unwrap_or_else(|| Day::of(now));
        unit_taxes(self.regime, place.as_deref(), self.rate, self.is_vat_payer, day)?;
        Ok(Taxpayer {
            from: self.from,
            regime: self.regime,
            place,
            rate: self.rate,
            is_vat_payer: self.is_vat_payer,
            set_by: by.to_owned(),
            set_at: now,
        })
    }
}

/// How a merchant is taxed and was before, to look up by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Taxpayers(Vec<Taxpayer>);

impl Taxpayers {
    pub fn new(mut all: Vec<Taxpayer>) -> Self {
        all.sort_by_key(|one| std::cmp::Reverse(one.from));
        Self(all)
    }

    /// The newest days first.
    pub fn all(&self) -> &[Taxpayer] {
        &self.0
    }

    /// What holds on a day; none where nothing was said of it.
    pub fn on(&self, day: Day) -> Option<&Taxpayer> {
        self.0.iter().find(|one| one.from.is_none_or(|from| from <= day))
    }
}
