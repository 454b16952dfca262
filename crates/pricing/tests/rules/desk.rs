//! A desk to try one decision on: our shop, rivals, a rule. Refuses defaults that hide what a test is about.

use sauda_kernel::{Span, Tenge, Timestamp};
use sauda_pricing::decide::{Input, decide, explain};
use sauda_pricing::model::{
    Coverage, Decision, Floors, Observation, OfferFacts, Outcome, OwnMove, Reason, Receipt, Row, Rule,
    SellerUid, Sister,
};

pub const OURS: &str = "30067228";

pub fn uid(text: &str) -> SellerUid {
    SellerUid::new(text).unwrap()
}

pub fn row(seller: &str, price: i64) -> Row {
    Row {
        seller: uid(seller),
        name: seller.into(),
        price: Tenge(price),
        rating_milli: Some(4_800),
        reviews: Some(120),
        delivery_days: Some(1),
        preorder_days: 0,
        other_city: None,
    }
}

/// Friday noon in Almaty.
pub fn noon() -> Timestamp {
    Timestamp::parse("2026-11-20T12:00:00+05:00").unwrap()
}

#[derive(Debug, Clone)]
pub struct Desk {
    pub offer: OfferFacts,
    pub rule: Rule,
    pub floors: Floors,
    pub rows: Vec<Row>,
    pub coverage: Coverage,
    pub total: Option<i64>,
    pub seen_at: Timestamp,
    pub sisters: Vec<Sister>,
    pub moves: Vec<OwnMove>,
    pub last_contact: Option<Timestamp>,
    pub now: Timestamp,
}

impl Desk {
    /// We stand at 40 000 with limits 30 000…50 000, step 10; the rivals are as given.
    pub fn new(rivals: &[(&str, i64)]) -> Self {
        let mut rows: Vec<Row> = rivals.iter().map(|(seller, price)| row(seller, *price)).collect();
        rows.push(row(OURS, 40_000));
        let rule = Rule {
            min: Some(Tenge(30_000)),
            max: Some(Tenge(50_000)),
            step: Tenge(10),
            ..Rule::default()
        };
        Self {
            offer: OfferFacts::new(uid(OURS), Some(Tenge(40_000))),
            rule,
            floors: Floors::default(),
            rows,
            coverage: Coverage::Complete,
            total: None,
            seen_at: noon().minus(Span::from_secs(20)),
            sisters: Vec::new(),
            moves: Vec::new(),
            last_contact: Some(noon()),
            now: noon(),
        }
    }

    pub fn observation(&self) -> Observation {
        Observation::new(self.seen_at, self.coverage, self.total, self.rows.clone()).unwrap()
    }

    pub fn decide(&self) -> Decision {
        let seen = self.observation();
        decide(&self.input(&seen))
    }

    pub fn receipt(&self) -> Receipt {
        let seen = self.observation();
        let input = self.input(&seen);
        explain(&input, &decide(&input))
    }

    pub fn input<'a>(&'a self, seen: &'a Observation) -> Input<'a> {
        Input {
            offer: &self.offer,
            rule: &self.rule,
            floors: &self.floors,
            observation: Some(seen),
            sisters: &self.sisters,
            moves: &self.moves,
            last_contact: self.last_contact,
            curve: None,
            parts: None,
            now: self.now,
        }
    }

    /// Our price everywhere: in the cabinet and on the storefront.
    pub fn at(mut self, price: i64) -> Self {
        self.offer.price = Some(Tenge(price));
        for row in &mut self.rows {
            if row.seller == uid(OURS) {
                row.price = Tenge(price);
            }
        }
        self
    }

    /// The decision carried out and remembered, and the card read again a while later.
    pub fn after(&self, decision: &Decision, later: Span) -> Self {
        let seen = self.observation();
        let mut next = match decision.price() {
            Some(price) => self.clone().at(price.get()),
            None => self.clone(),
        };
        next.moves.extend(decision.as_move(self.now, Some(&seen)));
        next.now = self.now.plus(later);
        next.seen_at = next.now;
        next.last_contact = self.last_contact.map(|_| next.now);
        next
    }

    pub fn with(mut self, change: impl FnOnce(&mut Self)) -> Self {
        change(&mut self);
        self
    }
}

#[track_caller]
pub fn sets(desk: &Desk, price: i64, reason: Reason) {
    let decision = desk.decide();
    assert_eq!(
        (decision.outcome, decision.reason),
        (Outcome::Set(Tenge(price)), reason)
    );
}

#[track_caller]
pub fn holds(desk: &Desk, reason: Reason) {
    let decision = desk.decide();
    assert_eq!((decision.outcome, decision.reason), (Outcome::Hold, reason));
}

#[track_caller]
pub fn asks(desk: &Desk, price: Option<i64>, reason: Reason) {
    let decision = desk.decide();
    assert_eq!(
        (decision.outcome, decision.reason),
        (Outcome::Ask(price.map(Tenge)), reason)
    );
}
