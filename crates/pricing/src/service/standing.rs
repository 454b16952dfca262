//! When offers stood first in their cards, day by day, from what was kept of every change: forecasts of demand go by it. Refuses to
//! guess on days when nobody looked.

use crate::store::records;
use async_trait::async_trait;
use sauda_kernel::{OfferId, Span, Timestamp};
use sauda_stock::{Standing, day_of};
use sauda_store::{Db, StoreError};
use std::collections::BTreeMap;

/// A day of which less is known says nothing.
const LEAST: Span = Span::from_hours(6);
/// A place that nobody saw change for so long is not believed to stand still.
const LONGEST: Span = Span::from_days(30);
/// Offers of one question.
const PART: usize = 500;

/// Cheap to clone.
#[derive(Clone)]
pub struct Standings(pub Db);

/// How long an offer was seen on each day, and how long of that it was first, microseconds.
#[derive(Debug, Clone, Default)]
struct Time {
    seen: Vec<i64>,
    first: Vec<i64>,
}

/// The first moment of a day counted from 1970 in Almaty.
fn begin(day: i64) -> Timestamp {
    Timestamp::from_secs(day.saturating_mul(86_400).saturating_add(12 * 3_600)).local_midnight()
}

impl Time {
    fn of(days: usize) -> Self {
        Self {
            seen: vec![0; days],
            first: vec![0; days],
        }
    }

    /// From one moment until another it stood at a place; none: it was not seen.
    fn add(&mut self, from_day: i64, (from, until): (Timestamp, Timestamp), place: Option<i64>) {
        let Some(place) = place else { return };
        let mut at = from;
        while at < until {
            let day = day_of(at);
            let end = begin(day + 1).min(until);
            let took = end.since(at).as_micros();
            if let Ok(slot) = usize::try_from(day - from_day)
                && let (Some(seen), Some(first)) = (self.seen.get_mut(slot), self.first.get_mut(slot))
            {
                *seen += took;
                *first += if place == 1 { took } else { 0 };
            }
            at = end;
        }
    }

    /// Thousandths of each day.
    fn shares(&self) -> Vec<Option<i64>> {
        let days = self.seen.iter().zip(&self.first);
        days.map(|(seen, first)| (*seen >= LEAST.as_micros()).then(|| first * 1_000 / seen))
            .collect()
    }
}

#[async_trait]
impl Standing for Standings {
    async fn first(
        &self,
        offers: &[OfferId],
        from: i64,
        until: i64,
    ) -> Result<BTreeMap<OfferId, Vec<Option<i64>>>, StoreError> {
        let (begins, ends) = (begin(from), begin(until));
        let days = usize::try_from(until - from).unwrap_or(0);
        let mut times: BTreeMap<OfferId, Time> = BTreeMap::new();
        for part in offers.chunks(PART) {
            let points = records::stood(&self.0, part, begins.minus(LONGEST)).await?;
            for of_one in points.chunk_by(|one, other| (&one.offer, &one.city) == (&other.offer, &other.city))
            {
                for (place, point) in of_one.iter().enumerate() {
                    let next = of_one.get(place + 1).map_or(ends, |next| next.at);
                    let span = (point.at.max(begins), next.min(ends).min(point.at.plus(LONGEST)));
                    let time = times.entry(point.offer.clone()).or_insert_with(|| Time::of(days));
                    time.add(from, span, point.place);
                }
            }
        }
        Ok(times
            .into_iter()
            .map(|(offer, time)| (offer, time.shares()))
            .collect())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_day_is_shared_by_the_time_that_was_spent_at_each_place() {
        let at = |text| Timestamp::parse(text).unwrap();
        let day = day_of(at("2026-11-20T12:00:00+05:00"));
        assert_eq!(begin(day), at("2026-11-20T00:00:00+05:00"));
        let mut time = Time::of(4);
        // First from six in the evening until noon of the next day, then second; nobody looks from the evening on.
        let noon = at("2026-11-21T12:00:00+05:00");
        time.add(day, (at("2026-11-20T18:00:00+05:00"), noon), Some(1));
        time.add(day, (noon, at("2026-11-21T18:00:00+05:00")), Some(2));
        time.add(
            day,
            (at("2026-11-21T18:00:00+05:00"), at("2026-11-22T12:00:00+05:00")),
            None,
        );
        time.add(
            day,
            (at("2026-11-22T12:00:00+05:00"), at("2026-11-22T15:00:00+05:00")),
            Some(1),
        );
        // What lies outside of the days is passed over.
        time.add(
            day,
            (at("2026-11-19T00:00:00+05:00"), at("2026-11-20T00:00:00+05:00")),
            Some(1),
        );
        time.add(
            day,
            (at("2026-11-23T23:00:00+05:00"), at("2026-11-25T00:00:00+05:00")),
            Some(1),
        );
        assert_eq!(time.shares(), [Some(1_000), Some(666), None, None]);
    }
}
