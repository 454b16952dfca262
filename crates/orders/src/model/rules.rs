//! Until when something is due, by the marketplace's published rules; their numbers and sources lie in `facts/kaspi_order_rules.csv`.

use crate::model::{Document, Stage};
use sauda_kernel::{Span, Timestamp};
use std::{collections::BTreeMap, sync::OnceLock};

const TABLE: &str = include_str!("../../../../facts/kaspi_order_rules.csv");

/// Numbers of the rules by their key.
static NUMBERS: OnceLock<BTreeMap<String, i64>> = OnceLock::new();

/// A number of the rules; 0 for a key that the table does not have, which a test rules out.
pub fn number(key: &str) -> i64 {
    NUMBERS.get_or_init(read).get(key).copied().unwrap_or(0)
}

fn read() -> BTreeMap<String, i64> {
    csv::Reader::from_reader(TABLE.as_bytes())
        .records()
        .filter_map(|row| {
            let row = row.ok()?;
            Some((row.get(0)?.to_owned(), row.get(1)?.parse().ok()?))
        })
        .collect()
}

/// Until when the next act of an order is due; nothing when no act of the seller is.
pub fn due(stage: Stage, created: Timestamp, facts: &Document) -> Option<Timestamp> {
    match stage {
        Stage::New => {
            let from = facts.approved_at.unwrap_or(created);
            Some(if facts.express {
                from.plus(Span::from_mins(number("accept_express_within")))
            } else {
                after_working_hours(from, number("accept_within"))
            })
        }
        Stage::Pack | Stage::HandOver => facts.handover_planned_at.map(|day| hand_over(day, created)),
        Stage::Deliver => facts.planned_delivery_at,
        Stage::Preorder => facts.reserved_until.or(facts.planned_delivery_at),
        Stage::Sign
        | Stage::OnWay
        | Stage::Pickup
        | Stage::ComingBack
        | Stage::ReturnAsked
        | Stage::Done
        | Stage::Returned
        | Stage::Cancelled
        | Stage::Unknown => None,
    }
}

/// Until when a return that was asked for is to be decided; afterwards the marketplace accepts it.
pub fn decide_by(stage: Stage, since: Timestamp) -> Option<Timestamp> {
    matches!(stage, Stage::ReturnAsked).then(|| since.plus(Span::from_days(number("return_decide_within"))))
}

/// The end of the hand-over on a day: orders of the morning are due earlier than those of the afternoon.
fn hand_over(day: Timestamp, created: Timestamp) -> Timestamp {
    let is_early = i64::from(created.local().hour) < number("hand_over_split");
    let hour = number(if is_early {
        "hand_over_early"
    } else {
        "hand_over_late"
    });
    day.local_midnight().plus(Span::from_hours(hour))
}

/// The moment after so many hours of work, counted in the hours of a working day.
fn after_working_hours(from: Timestamp, hours: i64) -> Timestamp {
    let (opens, closes) = (number("work_from"), number("work_until"));
    let mut left = Span::from_hours(hours);
    let mut day = from.local_midnight();
    let mut at = from;
    // A table with a day without hours would never end.
    for _ in 0..14 {
        let begin = day.plus(Span::from_hours(opens));
        let end = day.plus(Span::from_hours(closes));
        at = at.max(begin);
        if at < end {
            let room = end.since(at);
            if room >= left {
                return at.plus(left);
            }
            left = Span::from_micros(left.as_micros() - room.as_micros());
        }
        day = day.plus(Span::from_days(1));
        at = day;
    }
    from.plus(Span::from_hours(hours))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(day: u32, hour: u32, minute: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, day, hour, minute, 0).unwrap()
    }

    #[test]
    fn every_number_is_in_the_table() {
        for key in [
            "accept_within",
            "accept_express_within",
            "hand_over_split",
            "hand_over_early",
            "hand_over_late",
            "return_decide_within",
            "work_from",
            "work_until",
            "cancel_share_max",
            "cancel_share_days",
            "late_share_max",
            "quality_return_share_max",
        ] {
            assert!(number(key) > 0, "{key}");
        }
    }

    #[test]
    fn an_order_is_accepted_within_three_hours_of_work() {
        let new = |created| due(Stage::New, created, &Document::default()).unwrap();
        assert_eq!(new(at(20, 10, 0)), at(20, 13, 0));
        assert_eq!(new(at(20, 18, 0)), at(21, 11, 0), "an hour today, two tomorrow");
        assert_eq!(new(at(20, 23, 0)), at(21, 12, 0));
        assert_eq!(new(at(20, 3, 30)), at(20, 12, 0));
        let express = Document {
            express: true,
            ..Document::default()
        };
        assert_eq!(due(Stage::New, at(20, 18, 30), &express), Some(at(20, 19, 30)));
    }

    #[test]
    fn the_morning_is_handed_over_before_the_afternoon() {
        let planned = Document {
            handover_planned_at: Some(at(21, 15, 0)),
            ..Document::default()
        };
        assert_eq!(due(Stage::Pack, at(21, 9, 0), &planned), Some(at(21, 16, 0)));
        assert_eq!(due(Stage::HandOver, at(20, 14, 0), &planned), Some(at(21, 20, 0)));
        assert_eq!(due(Stage::OnWay, at(20, 14, 0), &planned), None);
        assert_eq!(decide_by(Stage::ReturnAsked, at(20, 14, 0)), Some(at(23, 14, 0)));
        assert_eq!(decide_by(Stage::Done, at(20, 14, 0)), None);
    }
}
