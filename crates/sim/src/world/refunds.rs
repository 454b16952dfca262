//! What buyers send back: where it is follows from when it was asked for. Refuses to know how it is asked for.

use crate::{
    locks::lock,
    sim::Sim,
    world::{
        engine::Wake,
        orders::{self, Order, Status, Step},
    },
};
use sauda_kernel::{Span, Timestamp};

/// How long after the goods came the buyer sends them back.
pub const AFTER: Span = Span::from_hours(40);
/// From the wish to the end.
pub const LONGEST: Span = Span::from_days(6);
/// Until the parcel is handed over, until it is with the seller, until it is decided.
const STAGES: [(&str, &str, Span); 3] = [
    ("NEW", "Возврат оформлен", Span::from_hours(6)),
    ("ON_DELIVERY", "Возврат доставляется продавцу", Span::from_days(3)),
    ("WAITING_DECISION", "Ожидает решения продавца", LONGEST),
];
const REASONS: [&str; 4] = [
    "Не подошёл размер",
    "Не соответствует описанию",
    "Брак или повреждение",
    "Передумал",
];

/// A return of an order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Refund {
    /// Seven digits; the marketplace's own id and the number that people see are both made of it.
    pub number: usize,
    pub opened_at: Timestamp,
    pub reason: String,
}

impl Refund {
    pub fn new(order: usize, now: Timestamp, reason: Option<&str>) -> Self {
        let usual = REASONS.get(order % REASONS.len()).copied().unwrap_or(REASONS[0]);
        Self {
            number: 4_000_000 + order * 3,
            opened_at: now,
            reason: reason.unwrap_or(usual).to_owned(),
        }
    }

    /// The tab it stands in, its words, and until when.
    pub fn stage(&self, now: Timestamp) -> (&'static str, &'static str, Option<Timestamp>) {
        let known = STAGES
            .iter()
            .find(|(_, _, until)| now < self.opened_at.plus(*until));
        known.map_or(
            ("CLOSED", "Возврат завершён", None),
            |(tab, words, until)| (tab, words, Some(self.opened_at.plus(*until))),
        )
    }
}

/// Six of a hundred.
pub const fn is_sent_back(order: usize) -> bool {
    order * 37 % 100 < 6
}

/// A buyer sends an order back now; nothing when there is no such order.
pub fn open(sim: &Sim, code: &str, reason: Option<&str>, now: Timestamp) -> Option<Vec<Wake>> {
    let mut orders = lock(&sim.orders);
    let at = orders.find(code)?.0;
    let order = orders.all.get_mut(at)?;
    order.status = Status::Completed;
    order.refund = Some(Refund::new(at, now, reason));
    Some(vec![orders::wake(now.plus(LONGEST), at, Step::IsBack)])
}

/// Returns of a shop, the newest first.
pub fn of_shop(sim: &Sim, shop: u16) -> Vec<(Order, Refund)> {
    let orders = lock(&sim.orders);
    let mut found: Vec<(Order, Refund)> = orders
        .all
        .iter()
        .filter(|order| order.shop == shop)
        .filter_map(|order| Some((order.clone(), order.refund.clone()?)))
        .collect();
    found.sort_by_key(|(_, refund)| std::cmp::Reverse((refund.opened_at, refund.number)));
    found
}
