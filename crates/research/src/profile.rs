//! How a category or a query lives over the week and over the year, from own snapshots and files. Refuses to draw what too few days tell.

use crate::{
    Research, ResearchError, TrendView,
    model::Snapshot,
    store::{rows, sources},
};
use sauda_accounts::Scope;
use sauda_kernel::{Span, Timestamp};
use std::collections::BTreeMap;

/// Days before a week is drawn.
const WEEK_NEEDS: i64 = 14;
/// Months that must be known before a year is drawn.
const YEAR_NEEDS: usize = 12;
/// Snapshots looked at: a year at three a day, and some more.
const MOST: i64 = 1_300;

/// One month of a source.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct MonthSum {
    /// Its first moment in Almaty.
    pub from: Timestamp,
    /// Days with a snapshot.
    pub days: i64,
    /// New reviews a day, thousandths.
    pub grown_milli: i64,
    /// Mean of the middle prices, whole tenge.
    pub middle: Option<i64>,
}

/// A source over time.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Profile {
    pub source: String,
    pub title: String,
    /// Days with a snapshot that could be compared.
    pub days: i64,
    /// First and last of them.
    pub span: Option<(Timestamp, Timestamp)>,
    /// Days of the week, Monday first: new reviews against the mean, basis points; nothing at all with too few days.
    pub week: Option<[Option<i64>; 7]>,
    /// When there may be enough days for a week; nothing when there are, or none yet.
    pub week_from: Option<Timestamp>,
    /// Months, oldest first.
    pub months: Vec<MonthSum>,
    /// January first: new reviews against the mean, basis points; nothing at all without a whole year.
    pub year: Option<[Option<i64>; 12]>,
}

impl Profile {
    /// Whole weeks it is drawn from.
    pub const fn weeks(&self) -> i64 {
        self.days / 7
    }
}

impl Research {
    /// Every source over the week and the year.
    ///
    /// # Errors
    /// When the database does not answer.
    pub async fn profiles(&self, scope: &Scope) -> Result<Vec<Profile>, ResearchError> {
        let mut told = Vec::new();
        for source in sources::list(&self.db, scope).await? {
            let snapshots = rows::snapshots(&self.db, scope, &source.id, MOST).await?;
            let mut one = profile(&snapshots);
            one.title = source.title().to_owned();
            one.source = source.id;
            told.push(one);
        }
        Ok(told)
    }
}

/// One day: new reviews, sum and number of middle prices.
#[derive(Default)]
struct Day {
    grown: i64,
    middle: (i64, i64),
}

/// Several snapshots of a day are one day.
pub fn profile(snapshots: &[Snapshot]) -> Profile {
    let mut days: BTreeMap<Timestamp, Day> = BTreeMap::new();
    for one in snapshots {
        let Some(grown) = one.grown else { continue };
        let day = days.entry(one.at.local_midnight()).or_default();
        day.grown += grown;
        if let Some(middle) = one.middle {
            day.middle = (day.middle.0 + middle.0, day.middle.1 + 1);
        }
    }
    let count = i64::try_from(days.len()).unwrap_or(0);
    let span = days
        .first_key_value()
        .zip(days.last_key_value())
        .map(|((first, _), (last, _))| (*first, *last));
    let points: Vec<(u32, i64)> = days
        .iter()
        .map(|(day, one)| (day.local().weekday, one.grown))
        .collect();
    let week = (count >= WEEK_NEEDS)
        .then(|| against_mean::<7>(&points))
        .flatten();
    let months = months(&days);
    let values: Vec<(u32, i64)> = months
        .iter()
        .map(|month| (month.from.local().month, month.grown_milli))
        .collect();
    Profile {
        source: String::new(),
        title: String::new(),
        days: count,
        span,
        week,
        week_from: span
            .filter(|_| count < WEEK_NEEDS)
            .map(|(first, last)| last.max(first).plus(Span::from_days(WEEK_NEEDS - count))),
        year: year(&values),
        months,
    }
}

fn months(days: &BTreeMap<Timestamp, Day>) -> Vec<MonthSum> {
    let mut months: Vec<(MonthSum, i64, (i64, i64))> = Vec::new();
    for (day, one) in days {
        let local = day.local();
        let Some(from) = Timestamp::from_almaty(local.year, local.month, 1, 0, 0, 0) else {
            continue;
        };
        if months.last().is_none_or(|(month, ..)| month.from != from) {
            let month = MonthSum {
                from,
                days: 0,
                grown_milli: 0,
                middle: None,
            };
            months.push((month, 0, (0, 0)));
        }
        if let Some((month, grown, middle)) = months.last_mut() {
            month.days += 1;
            *grown += one.grown;
            *middle = (middle.0 + one.middle.0, middle.1 + one.middle.1);
        }
    }
    months
        .into_iter()
        .map(|(month, grown, middle)| MonthSum {
            grown_milli: grown.saturating_mul(1_000) / month.days.max(1),
            middle: (middle.1 > 0).then(|| middle.0 / middle.1),
            ..month
        })
        .collect()
}

/// Months of the year of a series of months or weeks; nothing before every month was seen.
pub fn year(values: &[(u32, i64)]) -> Option<[Option<i64>; 12]> {
    let told = against_mean::<12>(values)?;
    (told.iter().flatten().count() >= YEAR_NEEDS).then_some(told)
}

/// Months of the year of a search, from points of Google Trends.
pub fn year_of(trend: &TrendView) -> Option<[Option<i64>; 12]> {
    let values: Vec<(u32, i64)> = trend
        .points
        .iter()
        .map(|point| (point.day.local().month, point.value))
        .collect();
    year(&values)
}

/// The mean of each place, from 1, against the mean of all places, basis points; nothing when all is nought.
fn against_mean<const N: usize>(values: &[(u32, i64)]) -> Option<[Option<i64>; N]> {
    let mut sums = [(0_i64, 0_i64); N];
    for (place, value) in values {
        let at = usize::try_from(place.saturating_sub(1)).unwrap_or(0);
        if let Some((sum, count)) = sums.get_mut(at) {
            *sum += value;
            *count += 1;
        }
    }
    let (sum, count) = sums
        .iter()
        .fold((0_i64, 0_i64), |(sum, count), one| (sum + one.0, count + one.1));
    (sum > 0)
        .then(|| sums.map(|(own, days)| (days > 0).then(|| own.saturating_mul(10_000) * count / days / sum)))
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Tenge;

    /// Three snapshots a day from the second of November 2026, a Monday; Saturdays twice as lively.
    fn snapshots(days: i64) -> Vec<Snapshot> {
        let first = Timestamp::from_almaty(2026, 11, 2, 8, 0, 0).unwrap();
        (0..days * 3)
            .map(|at| {
                let at = first
                    .plus(Span::from_days(at / 3))
                    .plus(Span::from_hours(6 * (at % 3)));
                Snapshot {
                    at,
                    cards: 60,
                    total: None,
                    is_whole: true,
                    low: None,
                    middle: Some(Tenge(10_000)),
                    high: None,
                    fresh: None,
                    gone: None,
                    grown: Some(if at.local().weekday == 6 { 8 } else { 4 }),
                    sellers: None,
                }
            })
            .collect()
    }

    #[test]
    fn a_week_is_drawn_from_fourteen_days_and_not_from_fourteen_snapshots() {
        let early = profile(&snapshots(5));
        assert_eq!((early.days, early.week, early.weeks()), (5, None, 0));
        assert_eq!(
            early.week_from,
            Timestamp::from_almaty(2026, 11, 15, 0, 0, 0),
            "five days are known, nine more are needed after the sixth"
        );
        let told = profile(&snapshots(28));
        assert_eq!((told.days, told.weeks(), told.week_from), (28, 4, None));
        assert_eq!(
            told.week.unwrap(),
            [8_750, 8_750, 8_750, 8_750, 8_750, 17_500, 8_750].map(Some)
        );
        assert_eq!(told.year, None, "one month is no year");
    }

    #[test]
    fn months_are_summed_by_the_day_and_a_year_needs_twelve() {
        let told = profile(&snapshots(40));
        let shown: Vec<_> = told
            .months
            .iter()
            .map(|month| (month.from.local().month, month.days, month.middle))
            .collect();
        assert_eq!(shown, [(11, 29, Some(10_000)), (12, 11, Some(10_000))]);
        let eleven: Vec<(u32, i64)> = (1..=11).map(|month| (month, 10)).collect();
        assert_eq!(year(&eleven), None);
        let twelve: Vec<(u32, i64)> = (1..=12)
            .map(|month| (month, if month == 12 { 21 } else { 9 }))
            .collect();
        assert_eq!(year(&twelve).unwrap()[11], Some(21_000));
    }
}
