//! Until when something is due, by the marketplace's published rules; their numbers and sources lie in `facts/kaspi_order_rules.csv`.

use crate::model::{Document, Stage};
use sauda_kernel::{Span, Timestamp};
use std::{collections::BTreeMap, sync::OnceLock};

const TABLE: &str = include_str!("../../../../facts/kaspi_order_rules.csv");

/// Numbers of the rules by their key, each with the day from which on it holds, oldest first.
type Numbers = BTreeMap<String, Vec<(String, i64)>>;

static NUMBERS: OnceLock<Numbers> = OnceLock::new();

/// The number of a rule that was in force on the day of a moment; 0 for a key that the table does not have, which a test rules out.
pub fn number(key: &str, on: Timestamp) -> i64 {
    in_force(NUMBERS.get_or_init(|| read(TABLE)), key, on)
}

/// What is asked of a time before the first number gets that one: nothing older is known.
fn in_force(numbers: &Numbers, key: &str, on: Timestamp) -> i64 {
    let local = on.local();
    let day = format!("{:04}-{:02}-{:02}", local.year, local.month, local.day);
    let Some(rows) = numbers.get(key) else {
        return 0;
    };
    let held = rows.iter().rev().find(|(from, _)| *from <= day);
    held.or_else(|| rows.first()).map_or(0, |(_, number)| *number)
}

fn read(table: &str) -> Numbers {
    let mut numbers = Numbers::new();
    for row in csv::Reader::from_reader(table.as_bytes()).records().flatten() {
        let number = row.get(1).and_then(|number| number.parse().ok());
        if let (Some(key), Some(number), Some(from)) = (row.get(0), number, row.get(3)) {
            numbers
                .entry(key.to_owned())
                .or_default()
                .push((from.to_owned(), number));
        }
    }
    for rows in numbers.values_mut() {
        rows.sort();
    }
    numbers
}

/// Until when the next act of an order is due; nothing when no act of the seller is.
pub fn due(stage: Stage, created: Timestamp, facts: &Document) -> Option<Timestamp> {
    match stage {
        Stage::New => {
            let from = facts.approved_at.unwrap_or(created);
            Some(if facts.express {
                from.plus(Span::from_mins(number("accept_express_within", from)))
            } else {
                after_working_hours(from, number("accept_within", from))
            })
        }
        Stage::Pack | Stage::HandOver => facts.handover_planned_at.map(|planned| {
            if facts.express {
                // A courier comes for it at that very moment.
                planned
            } else {
                hand_over(planned, created)
            }
        }),
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
    matches!(stage, Stage::ReturnAsked)
        .then(|| since.plus(Span::from_days(number("return_decide_within", since))))
}

/// The end of the hand-over on a day: orders of the morning are due earlier than those of the afternoon. An order is never due before
/// it was made: what came after the end of a day is handed over on the next.
fn hand_over(day: Timestamp, created: Timestamp) -> Timestamp {
    let is_early = i64::from(created.local().hour) < number("hand_over_split", created);
    let key = if is_early {
        "hand_over_early"
    } else {
        "hand_over_late"
    };
    let hour = Span::from_hours(number(key, created));
    let due = day.local_midnight().plus(hour);
    if due > created {
        return due;
    }
    created.local_midnight().plus(Span::from_days(1)).plus(hour)
}

/// The moment after so many hours of work, counted in the hours of a working day.
fn after_working_hours(from: Timestamp, hours: i64) -> Timestamp {
    let (opens, closes) = (number("work_from", from), number("work_until", from));
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
            assert!(number(key, at(22, 12, 0)) > 0, "{key}");
        }
    }

    #[test]
    fn a_rule_is_read_as_it_was_in_force_on_the_day() {
        let numbers = read(
            "key,value,unit,valid_from\nlate,10,percent,2026-11-21\nlate,15,percent,2026-08-01\nlate,x,percent,2026-11-01\n",
        );
        let on = |day, hour| in_force(&numbers, "late", at(day, hour, 59));
        assert_eq!([on(20, 23), on(21, 0), on(22, 12)], [15, 10, 10]);
        let earlier = Timestamp::from_almaty(2026, 1, 1, 12, 0, 0).unwrap();
        assert_eq!(in_force(&numbers, "late", earlier), 15, "nothing older is known");
        assert_eq!(in_force(&numbers, "gone", earlier), 0);
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
        assert_eq!(
            due(Stage::Pack, at(21, 21, 30), &planned),
            Some(at(22, 20, 0)),
            "it came after the end of that day"
        );
        assert_eq!(due(Stage::Pack, at(21, 20, 0), &planned), Some(at(22, 20, 0)));
        assert_eq!(due(Stage::Pack, at(21, 19, 59), &planned), Some(at(21, 20, 0)));
        let express = Document {
            express: true,
            handover_planned_at: Some(at(21, 22, 10)),
            ..Document::default()
        };
        assert_eq!(
            due(Stage::Pack, at(21, 20, 40), &express),
            Some(at(21, 22, 10)),
            "a courier comes at that moment"
        );
        assert_eq!(decide_by(Stage::ReturnAsked, at(20, 14, 0)), Some(at(23, 14, 0)));
        assert_eq!(decide_by(Stage::Done, at(20, 14, 0)), None);
    }
}
