//! Rates that a merchant sets in the place of published ones, each from its day on. Refuses to touch days before.

use super::MoneyError;
use crate::rates::Day;
use crate::{Band, DeliveryService, DeliveryStep, own_steps};
use sauda_kernel::{BasisPoints, Money, OwnRateId, Timestamp};

/// What a rate stands in the place of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RateKind {
    /// Of a category, or of all.
    Commission,
    Tax,
    Advertising,
    Returns,
    Payment,
    /// Tiyn a piece.
    Packaging,
    /// Tiyn a parcel, with tax; nothing where the buyer pays.
    Delivery,
    /// Millionths of a tenge for one of it.
    Currency,
}

impl RateKind {
    pub const ALL: [Self; 8] = [
        Self::Commission,
        Self::Tax,
        Self::Advertising,
        Self::Returns,
        Self::Payment,
        Self::Packaging,
        Self::Delivery,
        Self::Currency,
    ];

    pub const fn word(self) -> &'static str {
        match self {
            Self::Commission => "commission",
            Self::Tax => "tax",
            Self::Advertising => "advertising",
            Self::Returns => "returns",
            Self::Payment => "payment",
            Self::Packaging => "packaging",
            Self::Delivery => "delivery",
            Self::Currency => "currency",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }
}

/// What tenge one of a currency is worth, and since when by the merchant's own table.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct CurrencyRate {
    /// Millionths of a tenge.
    pub millionths: i64,
    pub from: Day,
}

/// One rate with its day and where it is from.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct OwnRate {
    pub id: OwnRateId,
    pub kind: RateKind,
    /// Category of a commission, in small letters; of packaging `sku:<article>`, `weight:<grams>` or `volume:<cm³>` up to
    /// which it holds; of a delivery its [`Band`]; of a currency its code in capitals; empty for all.
    pub subject: String,
    /// Basis points; tiyn for packaging and deliveries; millionths of a tenge for a currency.
    pub value: i64,
    pub from_day: String,
    pub source: String,
    pub note: String,
    pub set_by: String,
    pub set_at: Timestamp,
}

/// A rate to be set.
#[derive(Debug, Clone)]
pub struct NewRate {
    pub kind: RateKind,
    pub subject: String,
    pub value: i64,
    pub from: Day,
    pub source: String,
    pub note: String,
}

impl NewRate {
    pub(super) fn checked(self, id: OwnRateId, by: &str, now: Timestamp) -> Result<OwnRate, MoneyError> {
        let (least, most, wanted) = match self.kind {
            RateKind::Packaging | RateKind::Delivery => (0, 100_000_000, "0 to 1000000 tenge"),
            RateKind::Currency => (1, 100_000_000_000, "up to 100000 tenge"),
            _ => (0, 9_000, "0 to 90 percent"),
        };
        if !(least..=most).contains(&self.value) {
            return Err(MoneyError::Value {
                kind: self.kind.word(),
                value: self.value,
                wanted,
            });
        }
        let texts = [&self.subject, &self.source, &self.note];
        if texts.iter().any(|text| text.chars().count() > 300) {
            return Err(MoneyError::TooLong);
        }
        let subject = match self.kind {
            RateKind::Commission => self.subject.trim().to_lowercase(),
            RateKind::Packaging => class(&self.subject)?,
            RateKind::Delivery => match Band::parse(&self.subject) {
                Some(band) => band.to_string(),
                None => return Err(MoneyError::Band(self.subject)),
            },
            RateKind::Currency => currency(&self.subject)?,
            _ => String::new(),
        };
        Ok(OwnRate {
            id,
            kind: self.kind,
            subject,
            value: self.value,
            from_day: self.from.to_string(),
            source: self.source.trim().to_owned(),
            note: self.note.trim().to_owned(),
            set_by: by.to_owned(),
            set_at: now,
        })
    }
}

/// A merchant's own rates, to look up by day.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OwnRates(Vec<OwnRate>);

impl OwnRates {
    pub fn new(mut rates: Vec<OwnRate>) -> Self {
        rates.sort_by(|one, other| (&other.from_day, &one.subject).cmp(&(&one.from_day, &other.subject)));
        Self(rates)
    }

    /// The newest days first.
    pub fn all(&self) -> &[OwnRate] {
        &self.0
    }

    /// The share of a kind on a day, none when the merchant set none: for a commission, of the category or of all.
    pub fn share(&self, kind: RateKind, subject: &str, day: Day) -> Option<BasisPoints> {
        let value = self.value(kind, subject, day)?;
        i32::try_from(value).ok().map(BasisPoints)
    }

    /// What packing a piece costs on a day, whatever it is.
    pub fn packaging(&self, day: Day) -> Option<Money> {
        self.value(RateKind::Packaging, "", day).map(Money::from_tiyn)
    }

    /// What packing a piece of an article costs on a day: by its own rate, else by the smallest class of weight or volume that
    /// holds it, else by the rate for all.
    pub fn packaging_of(
        &self,
        sku: &str,
        grams: Option<i64>,
        volume_cm3: Option<i64>,
        day: Day,
    ) -> Option<Money> {
        if !self.0.iter().any(|rate| rate.kind == RateKind::Packaging) {
            return None;
        }
        let own = self.exact(
            RateKind::Packaging,
            &format!("sku:{}", sku.trim().to_lowercase()),
            day,
        );
        let by_class = |kind: &str, measure: Option<i64>| {
            let measure = measure.filter(|measure| *measure > 0)?;
            let on = day.to_string();
            let holds = |rate: &&OwnRate| rate.kind == RateKind::Packaging && rate.from_day <= on;
            let sizes = self.0.iter().filter(holds).filter_map(|rate| {
                let size: i64 = rate.subject.strip_prefix(kind)?.parse().ok()?;
                (size >= measure).then_some(size)
            });
            let size = sizes.min()?;
            self.exact(RateKind::Packaging, &format!("{kind}{size}"), day)
        };
        own.or_else(|| by_class("weight:", grams))
            .or_else(|| by_class("volume:", volume_cm3))
            .map(Money::from_tiyn)
            .or_else(|| self.packaging(day))
    }

    /// The merchant's own fees of deliveries on a day, with the bands that they hold for, the newest first.
    pub fn deliveries(&self, day: Day) -> impl Iterator<Item = (Band, Money)> + Clone + '_ {
        let on = day.to_string();
        self.0
            .iter()
            .filter(move |rate| rate.kind == RateKind::Delivery && rate.from_day <= on)
            .filter_map(|rate| Some((Band::parse(&rate.subject)?, Money::from_tiyn(rate.value))))
    }

    /// The merchant's own steps of a delivery on a day, see [`own_steps`]; empty without any.
    pub fn delivery(&self, service: DeliveryService, grams: Option<i64>, day: Day) -> Vec<DeliveryStep> {
        own_steps(self.deliveries(day), service, grams)
    }

    /// What one of a currency is worth on a day, none when the merchant set no rate for it.
    pub fn currency(&self, code: &str, day: Day) -> Option<CurrencyRate> {
        let (code, on) = (code.trim().to_uppercase(), day.to_string());
        let fits =
            |rate: &&OwnRate| rate.kind == RateKind::Currency && rate.subject == code && rate.from_day <= on;
        let rate = self.0.iter().find(fits)?;
        Some(CurrencyRate {
            millionths: rate.value,
            from: Day::parse(&rate.from_day)?,
        })
    }

    /// The newest of a kind and a subject on a day.
    fn exact(&self, kind: RateKind, subject: &str, day: Day) -> Option<i64> {
        // Thousands of lines are asked for, mostly where nobody set anything: the day is written only where it is compared.
        let mut known = self
            .0
            .iter()
            .filter(|rate| rate.kind == kind && rate.subject == subject)
            .peekable();
        known.peek()?;
        let day = day.to_string();
        known.find(|rate| rate.from_day <= day).map(|rate| rate.value)
    }

    fn value(&self, kind: RateKind, subject: &str, day: Day) -> Option<i64> {
        let subject = subject.trim().to_lowercase();
        self.exact(kind, &subject, day)
            .or_else(|| self.exact(kind, "", day).filter(|_| !subject.is_empty()))
    }
}

/// What a packaging rate is for: `sku:<article>`, `weight:<grams>`, `volume:<cm³>`, or nothing for all.
fn class(subject: &str) -> Result<String, MoneyError> {
    let subject = subject.trim().to_lowercase();
    let is_class = match subject.split_once(':') {
        None => subject.is_empty(),
        Some(("sku", sku)) => !sku.is_empty(),
        Some(("weight" | "volume", size)) => size
            .parse::<i64>()
            .is_ok_and(|size| (1..=10_000_000).contains(&size)),
        Some(_) => false,
    };
    if is_class {
        Ok(subject)
    } else {
        Err(MoneyError::Class(subject))
    }
}

/// The code of a currency, in capitals.
///
/// # Errors
/// When it is no three letters, or the tenge itself.
pub fn currency(code: &str) -> Result<String, MoneyError> {
    let code = code.trim().to_uppercase();
    if code.len() == 3 && code.bytes().all(|one| one.is_ascii_uppercase()) && code != "KZT" {
        Ok(code)
    } else {
        Err(MoneyError::Currency(code))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::{Id, SystemClock, SystemIds};

    fn rate(subject: &str, value: i64, from: &str) -> OwnRate {
        NewRate {
            kind: RateKind::Commission,
            subject: subject.to_owned(),
            value,
            from: Day::parse(from).unwrap(),
            source: "contract".to_owned(),
            note: String::new(),
        }
        .checked(Id::new(&SystemClock, &SystemIds), "Aru", Timestamp::default())
        .unwrap()
    }

    #[test]
    fn a_rate_holds_from_its_day_and_days_before_keep_theirs() {
        let rates = OwnRates::new(vec![
            rate("", 1_000, "2026-03-01"),
            rate("Обувь", 900, "2026-06-01"),
            rate("", 1_100, "2026-09-01"),
        ]);
        let on = |subject: &str, day: &str| {
            rates
                .share(RateKind::Commission, subject, Day::parse(day).unwrap())
                .map(|share| share.0)
        };
        assert_eq!(
            (on("обувь", "2026-02-28"), on("обувь", "2026-03-01")),
            (None, Some(1_000))
        );
        assert_eq!(
            (on("ОБУВЬ", "2026-06-01"), on("обувь", "2026-10-01")),
            (Some(900), Some(900))
        );
        assert_eq!(
            (on("мебель", "2026-08-31"), on("мебель", "2026-09-01")),
            (Some(1_000), Some(1_100))
        );
    }

    #[test]
    fn a_currency_is_worth_what_was_set_last_and_nothing_before() {
        let set = |code: &str, value, from: &str| {
            NewRate {
                kind: RateKind::Currency,
                subject: code.to_owned(),
                value,
                from: Day::parse(from).unwrap(),
                source: String::new(),
                note: String::new(),
            }
            .checked(Id::new(&SystemClock, &SystemIds), "Aru", Timestamp::default())
        };
        let rates = OwnRates::new(vec![
            set("cny", 72_400_000, "2026-11-01").unwrap(),
            set("CNY", 73_100_000, "2026-11-18").unwrap(),
        ]);
        let on = |code: &str, day: &str| {
            rates
                .currency(code, Day::parse(day).unwrap())
                .map(|rate| (rate.millionths, rate.from.to_string()))
        };
        assert_eq!(
            on("cny", "2026-11-17"),
            Some((72_400_000, "2026-11-01".to_owned()))
        );
        assert_eq!(
            on("CNY", "2026-12-01"),
            Some((73_100_000, "2026-11-18".to_owned()))
        );
        assert_eq!((on("CNY", "2026-10-31"), on("USD", "2026-12-01")), (None, None));
        for wrong in ["", "юани", "KZT", "CNYY"] {
            assert!(set(wrong, 1, "2026-11-01").is_err(), "{wrong}");
        }
        assert!(set("USD", 0, "2026-11-01").is_err());
    }

    #[test]
    fn an_impossible_share_is_refused() {
        let new = NewRate {
            kind: RateKind::Tax,
            subject: String::new(),
            value: 9_001,
            from: Day::parse("2026-01-01").unwrap(),
            source: String::new(),
            note: String::new(),
        };
        let told = new.checked(Id::new(&SystemClock, &SystemIds), "Aru", Timestamp::default());
        assert!(matches!(told, Err(MoneyError::Value { value: 9_001, .. })));
    }
}
