//! The marketplace's published delivery fees as price steps for one weight. Refuses to invent a fee that is not published.

use crate::FloorError;
use crate::rates::{Confidence, Day};
use sauda_kernel::{Money, Tenge, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::LazyLock;

/// From this price on the fee is `fee`, until the next step.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct DeliveryStep {
    pub from: Tenge,
    /// With tax.
    pub fee: Money,
}

/// Which delivery.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum DeliveryService {
    City,
    /// Between cities.
    Kazakhstan,
    Express,
}

impl DeliveryService {
    pub const ALL: [Self; 3] = [Self::City, Self::Kazakhstan, Self::Express];

    pub const fn word(self) -> &'static str {
        match self {
            Self::City => "city",
            Self::Kazakhstan => "kazakhstan",
            Self::Express => "express",
        }
    }
}

/// The published table, with its sources, as kept in `facts/`.
const TABLE: &str = include_str!("../../../facts/kaspi_delivery_tariffs.csv");

/// One line of the table.
#[derive(Debug, Deserialize)]
struct Line {
    service: String,
    valid_from: String,
    valid_to: String,
    order_amount_from_kzt: Option<i64>,
    order_amount_to_kzt: Option<i64>,
    weight_from_kg: Option<i64>,
    weight_to_kg: Option<i64>,
    fee_kzt: i64,
    vat_basis: String,
    payer: String,
    source: String,
    confidence: Confidence,
}

/// The table, read once: or the line that cannot be read, and why.
static LINES: LazyLock<Result<Vec<Line>, (usize, String)>> = LazyLock::new(|| {
    let mut reader = csv::Reader::from_reader(TABLE.as_bytes());
    let lines = reader.deserialize::<Line>().enumerate();
    lines
        .map(|(index, line)| line.map_err(|error| (index + 2, error.to_string())))
        .collect()
});

/// The fees for one parcel of `grams` on the local day of `at`, with value added tax, as price steps from 0 up.
///
/// # Errors
/// When nothing is published for that service, day and weight, or the published bands leave a hole.
pub fn delivery_steps(
    service: DeliveryService,
    grams: i64,
    at: Timestamp,
) -> Result<Vec<DeliveryStep>, FloorError> {
    if grams < 1 {
        return Err(FloorError::NoWeight { grams });
    }
    let day = Day::of(at).to_string();
    let missing = || FloorError::NoTariff {
        service: service.word(),
        day: day.clone(),
        grams,
    };
    let mut bands = Vec::new();
    let lines = LINES.as_ref().map_err(|(line, what)| FloorError::Table {
        line: *line,
        what: what.clone(),
    })?;
    for (index, line) in lines.iter().enumerate() {
        if line.covers(service, &day, grams)
            && let Some(from) = line.order_amount_from_kzt
        {
            bands.push((from, line.order_amount_to_kzt, line.fee(index + 2)?));
        }
    }
    bands.sort_by_key(|(from, _, _)| *from);
    let mut steps = Vec::with_capacity(bands.len());
    let mut reached = Some(0);
    for (from, to, fee) in bands {
        if reached != Some(from) {
            return Err(missing());
        }
        reached = to;
        steps.push(DeliveryStep {
            from: Tenge(from),
            fee,
        });
    }
    // The last band has no end, so nothing is left to reach.
    if steps.is_empty() || reached.is_some() {
        Err(missing())
    } else {
        Ok(steps)
    }
}

/// The fee at one price, with tax, where the rest of the tariff may not be published, and how sure it is.
///
/// # Errors
/// When nothing is published for that service, day, weight and price.
pub fn fee_at(
    service: DeliveryService,
    grams: i64,
    price: Tenge,
    at: Timestamp,
) -> Result<(Money, Confidence), FloorError> {
    let (index, line) = line_at(service, grams, price, at)?;
    Ok((line.fee(index + 2)?, line.confidence))
}

/// First day, last day, source and confidence of the fee at one price; none when there is no such fee.
pub fn tariff_origin(
    service: DeliveryService,
    grams: i64,
    price: Tenge,
    at: Timestamp,
) -> Option<(String, Option<String>, String, Confidence)> {
    let (_, line) = line_at(service, grams, price, at).ok()?;
    let to = (!line.valid_to.is_empty()).then(|| line.valid_to.clone());
    Some((line.valid_from.clone(), to, line.source.clone(), line.confidence))
}

/// One band of the published tariff.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct TariffBand {
    /// `city`, `kazakhstan`, `express`.
    pub service: String,
    /// Whole tenge of the order, the first included and the last not; none for no end.
    pub from: i64,
    pub to: Option<i64>,
    /// Kilograms, the first not included and the last included; none for any.
    pub above_kg: Option<i64>,
    pub up_to_kg: Option<i64>,
    /// With tax.
    pub fee: Money,
    /// `seller` or `buyer`.
    pub payer: String,
    pub valid_from: String,
    pub valid_to: Option<String>,
    pub source: String,
    pub confidence: Confidence,
}

/// The whole published tariff of a day, in the order of the table; empty for a day on which nothing is published.
pub fn tariff_on(day: Day) -> Vec<TariffBand> {
    let on = day.to_string();
    let lines = LINES.as_deref().unwrap_or_default();
    let valid = |line: &&Line| {
        line.valid_from.as_str() <= on.as_str()
            && (line.valid_to.is_empty() || on.as_str() <= line.valid_to.as_str())
    };
    let band = |line: &Line| {
        Some(TariffBand {
            service: line.service.clone(),
            from: line.order_amount_from_kzt?,
            to: line.order_amount_to_kzt,
            above_kg: line.weight_from_kg,
            up_to_kg: line.weight_to_kg,
            fee: line.fee(0).ok()?,
            payer: line.payer.clone(),
            valid_from: line.valid_from.clone(),
            valid_to: (!line.valid_to.is_empty()).then(|| line.valid_to.clone()),
            source: line.source.clone(),
            confidence: line.confidence,
        })
    };
    lines.iter().filter(valid).filter_map(band).collect()
}

fn line_at(
    service: DeliveryService,
    grams: i64,
    price: Tenge,
    at: Timestamp,
) -> Result<(usize, &'static Line), FloorError> {
    let day = Day::of(at).to_string();
    let lines = LINES.as_ref().map_err(|(line, what)| FloorError::Table {
        line: *line,
        what: what.clone(),
    })?;
    let wanted = |line: &Line| {
        line.covers(service, &day, grams)
            && line.order_amount_from_kzt.is_some_and(|from| from <= price.get())
            && line.order_amount_to_kzt.is_none_or(|to| price.get() < to)
    };
    lines
        .iter()
        .enumerate()
        .find(|(_, line)| wanted(line))
        .ok_or_else(|| FloorError::NoTariff {
            service: service.word(),
            day: day.clone(),
            grams,
        })
}

impl Line {
    /// Amount `from` is included and `to` is not; weight `from` is not and `to` is. Dates as text compare as dates.
    fn covers(&self, service: DeliveryService, day: &str, grams: i64) -> bool {
        self.service == service.word()
            && self.valid_from.as_str() <= day
            && (self.valid_to.is_empty() || day <= self.valid_to.as_str())
            && self.weight_from_kg.is_none_or(|from| grams > from * 1_000)
            && self.weight_to_kg.is_none_or(|to| grams <= to * 1_000)
    }

    fn fee(&self, line: usize) -> Result<Money, FloorError> {
        let percent = match self.vat_basis.as_str() {
            "excl VAT 16%" => 116,
            "excl VAT 12%" => 112,
            other => {
                return Err(FloorError::Table {
                    line,
                    what: format!("tax basis {other:?} is not known"),
                });
            }
        };
        Ok(Money::from_tiyn(self.fee_kzt.saturating_mul(percent)))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Timestamp {
        Timestamp::parse(text).unwrap()
    }

    #[test]
    fn city_delivery_of_a_light_parcel_has_the_published_steps_with_tax() {
        let steps = delivery_steps(DeliveryService::City, 1_200, day("2026-11-20T12:00:00+05:00")).unwrap();
        let told: Vec<_> = steps
            .iter()
            .map(|step| (step.from.get(), step.fee.tiyn()))
            .collect();
        assert_eq!(
            told,
            [
                (0, 5_684),
                (1_000, 17_284),
                (3_000, 23_084),
                (5_000, 81_084),
                (10_000, 127_484)
            ]
        );
    }

    #[test]
    fn weight_bands_include_their_upper_end() {
        let at = day("2026-11-20T12:00:00+05:00");
        let last = |grams| {
            delivery_steps(DeliveryService::Kazakhstan, grams, at)
                .unwrap()
                .last()
                .unwrap()
                .fee
        };
        assert_eq!(last(5_000), Money::from_tiyn(1_299 * 116));
        assert_eq!(last(5_001), Money::from_tiyn(1_699 * 116));
        assert_eq!(last(250_000), Money::from_tiyn(11_999 * 116));
    }

    #[test]
    fn the_tariff_of_a_day_is_told_whole_and_a_day_before_it_has_none() {
        let told = |text| tariff_on(Day::parse(text).unwrap());
        let now = told("2026-11-20");
        let city: Vec<i64> = now
            .iter()
            .filter(|band| band.service == "city")
            .map(|band| band.fee.tiyn() / 116)
            .collect();
        assert_eq!(city.get(..4), Some([49, 149, 199, 699].as_slice()));
        assert_eq!(now.len(), 30);
        assert!(
            told("2025-06-01")
                .iter()
                .all(|band| band.valid_to.as_deref() == Some("2025-12-31"))
        );
        assert!(told("2024-12-31").is_empty());
    }

    #[test]
    fn what_is_not_published_is_refused() {
        let old = delivery_steps(DeliveryService::City, 1_000, day("2025-06-01T12:00:00+05:00")).unwrap_err();
        assert_eq!(
            old.to_string(),
            "no published tariff for city on 2025-06-01 at 1000 g: give the fee as a fixed sum"
        );
        let express =
            delivery_steps(DeliveryService::Express, 1_000, day("2025-06-01T12:00:00+05:00")).unwrap();
        assert_eq!(express.first().unwrap().fee, Money::ZERO);
    }
}
