//! Which message about an order is due, and when: facts and the time in, sends with a key that stands for once out. Refuses to
//! send twice, late, or to those who asked for silence.

use crate::hours::Hours;
use sauda_kernel::{Span, Timestamp};
use serde::Serialize;

/// What a buyer is written about.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Trigger {
    Approved,
    /// Asks whether the size is right, before the order is sent.
    SizeConfirmation,
    Shipped,
    /// It lies at the point and waits to be fetched.
    Delivered,
    PickupReminder,
    Completed,
    ReviewRequest,
}

impl Trigger {
    pub const ALL: [Self; 7] = [
        Self::Approved,
        Self::SizeConfirmation,
        Self::Shipped,
        Self::Delivered,
        Self::PickupReminder,
        Self::Completed,
        Self::ReviewRequest,
    ];

    /// The trigger of a stable word.
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|trigger| trigger.word() == word)
    }

    /// The stable word, part of the key.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Approved => "approved",
            Self::SizeConfirmation => "size_confirmation",
            Self::Shipped => "shipped",
            Self::Delivered => "delivered",
            Self::PickupReminder => "pickup_reminder",
            Self::Completed => "completed",
            Self::ReviewRequest => "review_request",
        }
    }

    /// After so long the news is old, and is not told any more: switching a trigger on must not flood old buyers.
    const fn stale_after(self) -> Span {
        match self {
            Self::Approved | Self::SizeConfirmation | Self::Shipped | Self::Completed => Span::from_days(1),
            Self::Delivered | Self::PickupReminder => Span::from_days(2),
            Self::ReviewRequest => Span::from_days(14),
        }
    }
}

/// A shop's setting of one trigger.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Setting {
    pub is_on: bool,
    /// From the event to the message.
    pub delay: Span,
    pub hours: Hours,
}

/// A shop's triggers.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Settings {
    each: [Setting; 7],
}

impl Default for Settings {
    /// Everything is off until a person switches it on; delays are what suits most.
    fn default() -> Self {
        let setting = |trigger: Trigger| Setting {
            is_on: false,
            delay: match trigger {
                Trigger::Approved | Trigger::SizeConfirmation | Trigger::Delivered => Span::ZERO,
                Trigger::Shipped => Span::from_mins(10),
                Trigger::PickupReminder => Span::from_days(2),
                Trigger::Completed => Span::from_mins(30),
                Trigger::ReviewRequest => Span::from_days(3),
            },
            hours: Hours::DAYTIME,
        };
        Self {
            each: Trigger::ALL.map(setting),
        }
    }
}

impl Settings {
    /// The setting of a trigger.
    pub fn of(&self, trigger: Trigger) -> Option<Setting> {
        Trigger::ALL
            .iter()
            .zip(self.each)
            .find(|(known, _)| **known == trigger)
            .map(|(_, setting)| setting)
    }

    /// The same with one trigger set anew; a negative delay is none.
    #[must_use]
    pub fn with(mut self, trigger: Trigger, setting: Setting) -> Self {
        for (known, place) in Trigger::ALL.iter().zip(&mut self.each) {
            if *known == trigger {
                *place = Setting {
                    delay: setting.delay.max(Span::ZERO),
                    ..setting
                };
            }
        }
        self
    }
}

/// What is known of an order.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct OrderFacts {
    /// The shop's own key of the order: two shops may have the same number.
    pub order: String,
    pub approved_at: Option<Timestamp>,
    pub shipped_at: Option<Timestamp>,
    /// From when on it waits at the point; may be a day that is still ahead.
    pub delivered_at: Option<Timestamp>,
    pub completed_at: Option<Timestamp>,
    pub is_cancelled: bool,
    /// The buyer fetches it from the shop: it stays with the shop until then.
    pub is_pickup: bool,
    /// Goods whose size decides, and the buyer has not said yet that it is right.
    pub needs_size: bool,
    pub has_review: bool,
    pub opted_out: bool,
}

impl OrderFacts {
    /// The goods have not left the shop: another size can still be given.
    pub fn is_with_shop(&self) -> bool {
        let has_left = self.shipped_at.is_some() || !self.is_pickup && self.delivered_at.is_some();
        !has_left && self.completed_at.is_none()
    }
}

/// A message to send.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Due {
    pub trigger: Trigger,
    /// Not before; may be in the future.
    pub at: Timestamp,
    /// When what it tells of happened.
    pub event: Timestamp,
    /// The same for the same order and trigger for ever: what has been sent under it is not sent again.
    pub key: String,
}

/// Messages that an order still wants, earliest first.
pub fn due(settings: &Settings, order: &OrderFacts, now: Timestamp) -> Vec<Due> {
    if order.opted_out || order.is_cancelled {
        return Vec::new();
    }
    let mut found: Vec<Due> = Trigger::ALL
        .into_iter()
        .filter_map(|trigger| {
            let setting = settings.of(trigger).filter(|setting| setting.is_on)?;
            let event = event(trigger, order, now)?;
            let at = setting.hours.earliest(event.plus(setting.delay));
            let is_fresh = now.since(at) <= trigger.stale_after();
            is_fresh.then(|| Due {
                trigger,
                at,
                event,
                key: format!("{}:{}", order.order, trigger.word()),
            })
        })
        .collect();
    found.sort_by_key(|due| (due.at, due.trigger));
    found
}

/// When the trigger's event happens; none when it does not, or when later news has outrun it.
fn event(trigger: Trigger, order: &OrderFacts, now: Timestamp) -> Option<Timestamp> {
    let waits_at_point = order.is_pickup && order.completed_at.is_none();
    let is_there = order
        .delivered_at
        .is_some_and(|at| at <= now && Some(at) > order.approved_at);
    match trigger {
        Trigger::Approved => order.approved_at.filter(|_| order.is_with_shop() && !is_there),
        Trigger::SizeConfirmation => order
            .approved_at
            .filter(|_| order.is_with_shop() && order.needs_size),
        Trigger::Shipped => order
            .shipped_at
            .filter(|_| order.delivered_at.is_none() && order.completed_at.is_none()),
        Trigger::Delivered => order.delivered_at.filter(|_| order.completed_at.is_none()),
        Trigger::PickupReminder => order.delivered_at.filter(|_| waits_at_point),
        Trigger::Completed => order.completed_at,
        Trigger::ReviewRequest => order.completed_at.filter(|_| !order.has_review),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn at(day: u32, hour: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, day, hour, 0, 0).unwrap()
    }

    fn all_on() -> Settings {
        Trigger::ALL
            .into_iter()
            .fold(Settings::default(), |settings, trigger| {
                let setting = settings.of(trigger).unwrap();
                settings.with(
                    trigger,
                    Setting {
                        is_on: true,
                        ..setting
                    },
                )
            })
    }

    fn told(order: &OrderFacts, now: Timestamp) -> Vec<(&'static str, Timestamp)> {
        due(&all_on(), order, now)
            .into_iter()
            .map(|due| (due.trigger.word(), due.at))
            .collect()
    }

    fn order() -> OrderFacts {
        OrderFacts {
            order: "ord_1".to_owned(),
            approved_at: Some(at(20, 10)),
            is_pickup: true,
            needs_size: true,
            ..OrderFacts::default()
        }
    }

    #[test]
    fn nothing_is_sent_until_a_person_switches_it_on() {
        assert_eq!(due(&Settings::default(), &order(), at(20, 11)), []);
    }

    #[test]
    fn an_order_is_told_step_by_step_and_old_steps_are_outrun() {
        let mut order = order();
        assert_eq!(
            told(&order, at(20, 10)),
            [("approved", at(20, 10)), ("size_confirmation", at(20, 10))]
        );
        order.shipped_at = Some(at(20, 23));
        assert_eq!(told(&order, at(21, 0)), [("shipped", at(21, 9))]);
        order.shipped_at = None;
        order.delivered_at = Some(at(22, 12));
        assert_eq!(
            told(&order, at(20, 10)),
            [
                ("approved", at(20, 10)),
                ("size_confirmation", at(20, 10)),
                ("delivered", at(22, 12)),
                ("pickup_reminder", at(24, 12))
            ],
            "a promised day ahead outruns nothing"
        );
        assert_eq!(
            told(&order, at(22, 12)),
            [("delivered", at(22, 12)), ("pickup_reminder", at(24, 12))]
        );
        order.completed_at = Some(at(23, 12));
        let review = at(26, 12);
        assert_eq!(
            told(&order, at(23, 12)),
            [
                ("completed", at(23, 12).plus(Span::from_mins(30))),
                ("review_request", review)
            ]
        );
        order.has_review = true;
        assert_eq!(told(&order, at(26, 12)), []);
    }

    #[test]
    fn old_news_cancelled_orders_and_those_who_asked_for_silence_are_left_alone() {
        assert_eq!(told(&order(), at(22, 10)), []);
        assert_eq!(
            told(
                &OrderFacts {
                    is_cancelled: true,
                    ..order()
                },
                at(20, 10)
            ),
            []
        );
        assert_eq!(
            told(
                &OrderFacts {
                    opted_out: true,
                    ..order()
                },
                at(20, 10)
            ),
            []
        );
    }

    proptest! {
        #[test]
        fn a_key_stands_for_one_order_and_trigger_and_no_send_is_outside_of_its_hours(
            from in 0_u32..1440, length in 1_u32..1440, delay in -100_i64..10_000, event in 0_i64..1_000_000, later in 0_i64..1_000_000,
        ) {
            let hours = Hours::new(from, (from + length) % 1440).unwrap();
            let setting = Setting { is_on: true, delay: Span::from_mins(delay), hours };
            let settings = Trigger::ALL.into_iter().fold(Settings::default(), |settings, trigger| settings.with(trigger, setting));
            let approved = Timestamp::from_secs(1_760_000_000 + event);
            let order = OrderFacts { approved_at: Some(approved), ..order() };
            let early = due(&settings, &order, approved);
            let late = due(&settings, &order, approved.plus(Span::from_secs(later)));
            for due in &early {
                prop_assert!(hours.contains(due.at) && due.at >= approved);
                prop_assert_eq!(&due.key, &format!("ord_1:{}", due.trigger.word()));
            }
            for due in &late {
                prop_assert!(early.contains(due), "the plan of an order does not move by waiting");
            }
        }
    }
}
