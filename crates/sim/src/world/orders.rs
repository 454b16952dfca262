//! Orders of own shops: what buyers bought there, and how each order lives on by itself. Refuses to know how it is asked for.

use crate::{
    locks::{lock, read},
    random::Stream,
    sim::Sim,
    world::{
        buyers::{FIRST, LAST},
        cities::CityIx,
        engine::{Wake, What},
        past::Behind,
        refunds::{self, Refund},
    },
};
use sauda_kernel::{Span, Timestamp};
use std::collections::HashMap;

/// How goods reach the buyer.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Way {
    /// The buyer comes to the seller's point.
    Pickup,
    /// The seller brings it.
    Own,
    /// Kaspi brings it to the door, or within hours.
    Kaspi { express: bool },
    /// Kaspi brings it to a locker.
    Postomat,
}

/// What has become of an order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub enum Status {
    Approved,
    Accepted,
    Completed,
    Cancelled,
    /// On its way back.
    Cancelling,
    Returned,
}

/// A parcel made ready.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Assembled {
    pub parcels: u32,
    pub waybill: u32,
    /// From when on the waybill can be read.
    pub waybill_at: Timestamp,
}

/// Goods of an order.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Line {
    pub sku: String,
    pub card: u32,
    /// Of one piece.
    pub price: u32,
    /// 0 once it was taken out of the order.
    pub quantity: u32,
    /// Grams, for goods by weight: the price is that of a kilogram then.
    #[serde(default)]
    pub grams: Option<u32>,
    /// The seller has to tell the numbers of the devices.
    #[serde(default)]
    pub imei: bool,
}

impl Line {
    /// What it costs.
    pub fn total(&self) -> u32 {
        match self.grams {
            Some(grams) => self.price * grams / 1_000,
            None => self.price * self.quantity,
        }
    }
}

/// One order. Its first line stands by itself, as old memories have it.
#[derive(Debug, Clone, serde::Serialize, serde::Deserialize)]
pub struct Order {
    pub code: String,
    pub shop: u16,
    pub sku: String,
    pub card: u32,
    pub city: CityIx,
    pub price: u32,
    pub quantity: u32,
    /// Grams of the first line, and whether it is a device.
    #[serde(default)]
    pub grams: Option<u32>,
    #[serde(default)]
    pub imei: bool,
    /// Numbers of devices that were told, by line.
    #[serde(default)]
    pub devices: Vec<(usize, Vec<Vec<String>>)>,
    /// Lines after the first.
    #[serde(default)]
    pub more: Vec<Line>,
    pub way: Way,
    /// Short code of the seller's point.
    pub point: String,
    pub buyer: Person,
    pub created_at: Timestamp,
    pub status: Status,
    pub cancel_reason: Option<String>,
    pub assembled: Option<Assembled>,
    /// How often it was assembled: each time makes a waybill.
    pub assemblies: u32,
    pub handover_at: Option<Timestamp>,
    pub handed_over_at: Option<Timestamp>,
    /// The code that the buyer was sent.
    pub secret: Option<String>,
    /// The buyer sends it back.
    #[serde(default)]
    pub refund: Option<Refund>,
    /// When it was to be with the buyer; told of the past year only.
    #[serde(default)]
    pub planned_at: Option<Timestamp>,
}

impl Order {
    /// Lines with their numbers, those that were taken out left out.
    pub fn lines(&self) -> impl Iterator<Item = (usize, Line)> {
        let first = Line {
            sku: self.sku.clone(),
            card: self.card,
            price: self.price,
            quantity: self.quantity,
            grams: self.grams,
            imei: self.imei,
        };
        std::iter::once(first)
            .chain(self.more.iter().cloned())
            .enumerate()
            .filter(|(_, line)| line.quantity > 0)
    }

    /// What all pieces cost.
    pub fn total(&self) -> u32 {
        self.lines().map(|(_, line)| line.total()).sum()
    }

    fn quantity_of(&mut self, number: usize) -> Option<&mut u32> {
        match number {
            0 => Some(&mut self.quantity),
            more => self.more.get_mut(more - 1).map(|line| &mut line.quantity),
        }
    }
}

/// Who bought. Invented.
#[derive(Debug, Clone, PartialEq, Eq, serde::Serialize, serde::Deserialize)]
pub struct Person {
    pub first: String,
    pub last: String,
    /// Ten digits.
    pub phone: String,
}

/// What an order does by itself.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Step {
    /// Nobody accepted it in time.
    Expires,
    /// A courier comes for the parcel.
    Leaves,
    /// The parcel is there.
    Arrives,
    /// The buyer did not come for it.
    Lingers,
    /// The buyer wants to send it back.
    Returns,
    /// What was sent back is taken.
    IsBack,
}

/// Why an act is refused, as the marketplace says it.
pub type No = &'static str;

/// Every order of the world.
pub struct Orders {
    luck: Stream,
    pub all: Vec<Order>,
    pub(super) by_code: HashMap<String, usize>,
    /// The first of them are the past: how many, up to which moment, and what came in meanwhile.
    pub past: Option<Behind>,
}

/// Working hours in which an order must be accepted.
const ACCEPT_IN: i64 = 3;
/// Hours of a working day, Almaty.
const WORK: std::ops::Range<u32> = 9..19;

impl Orders {
    pub fn new(seed: u64) -> Self {
        Self {
            luck: Stream::new(seed, 50, 0),
            all: Vec::new(),
            by_code: HashMap::new(),
            past: None,
        }
    }

    pub fn find(&self, code: &str) -> Option<(usize, &Order)> {
        let at = *self.by_code.get(code)?;
        self.all.get(at).map(|order| (at, order))
    }
}

/// What was bought, for an order to be made of it.
pub struct Bought<'a> {
    pub shop: u16,
    pub sku: &'a str,
    pub card: u32,
    pub city: CityIx,
    pub price: u32,
    pub point: &'a str,
    pub is_near: bool,
    /// As the buyer chooses, when it is not said.
    pub way: Option<Way>,
    pub quantity: u32,
    /// Grams of the first line; what is sold by the piece has none.
    pub grams: Option<u32>,
    /// The first line is a device.
    pub imei: bool,
    /// What else goes into the order.
    pub more: Vec<Line>,
}

/// What buyers put into their order beside the thing they came for: some take two of it, some another thing of the shop.
pub fn basket(sim: &Sim, shop: u16, sku: &str) -> (u32, Vec<Line>) {
    let (many, other) = {
        let luck = &mut lock(&sim.orders).luck;
        let many = match luck.below(100) {
            0..=11 => 2,
            12..=14 => 3,
            _ => 1,
        };
        (many, luck.chance(0.12).then(|| luck.below(1_000)))
    };
    let Some(shop) = sim.world.shops.get(usize::from(shop)) else {
        return (many, Vec::new());
    };
    let state = read(&shop.state);
    let others: Vec<Line> = state
        .offers
        .iter()
        .filter(|offer| offer.on_sale && offer.sku != sku)
        .filter_map(|offer| {
            let price = offer
                .everywhere
                .or_else(|| offer.city_prices.values().next().copied())?;
            Some(Line {
                sku: offer.sku.clone(),
                card: offer.card,
                price,
                quantity: 1,
                grams: None,
                imei: false,
            })
        })
        .take(1_000)
        .collect();
    let more = other
        .and_then(|at| others.get(usize::try_from(at).unwrap_or(0) % others.len().max(1)))
        .cloned();
    (many, more.into_iter().collect())
}

/// Makes an order of a purchase.
pub fn place(sim: &Sim, bought: &Bought<'_>, now: Timestamp) -> Vec<Wake> {
    let mut orders = lock(&sim.orders);
    let at = orders.all.len();
    let luck = &mut orders.luck;
    let chosen = match (luck.below(100), bought.is_near) {
        (0..=11, true) => Way::Pickup,
        (12..=15, true) => Way::Own,
        (16..=21, true) => Way::Kaspi { express: true },
        (22..=44, _) => Way::Postomat,
        _ => Way::Kaspi { express: false },
    };
    let way = bought.way.unwrap_or(chosen);
    let person = Person {
        first: luck.pick(&FIRST).copied().unwrap_or("Айгерим").to_owned(),
        last: luck.pick(&LAST).copied().unwrap_or("Примерова").to_owned(),
        phone: format!("70{:08}", luck.below(100_000_000)),
    };
    let code = (700_000_000 + u64::try_from(at).unwrap_or(0) * 7 + luck.below(7)).to_string();
    let order = Order {
        code: code.clone(),
        shop: bought.shop,
        sku: bought.sku.to_owned(),
        card: bought.card,
        city: bought.city,
        price: bought.price,
        quantity: bought.quantity,
        grams: bought.grams,
        imei: bought.imei,
        devices: Vec::new(),
        more: bought.more.clone(),
        way,
        point: bought.point.to_owned(),
        buyer: person,
        created_at: now,
        status: Status::Approved,
        cancel_reason: None,
        assembled: None,
        assemblies: 0,
        handover_at: None,
        handed_over_at: None,
        secret: None,
        refund: None,
        planned_at: None,
    };
    orders.all.push(order);
    orders.by_code.insert(code, at);
    vec![wake(expires(way, now), at, Step::Expires)]
}

/// Until when an order must be accepted.
fn expires(way: Way, created: Timestamp) -> Timestamp {
    match way {
        Way::Kaspi { express: true } => created.plus(Span::from_mins(60)),
        _ => working_hours_after(created, ACCEPT_IN),
    }
}

/// Takes orders back from a memory; each goes on with what it would do next.
pub fn remember(sim: &Sim, kept: Vec<Order>, now: Timestamp) -> Vec<Wake> {
    let next = |(at, order): (usize, &Order)| {
        let (when, step) = match (order.status, &order.assembled, order.handed_over_at) {
            (Status::Approved, _, _) => (expires(order.way, order.created_at), Step::Expires),
            (Status::Accepted, Some(_), None) => (order.handover_at.unwrap_or(now), Step::Leaves),
            (Status::Accepted, _, Some(left)) => (left.plus(Span::from_hours(20)), Step::Arrives),
            (Status::Completed, _, _) => match &order.refund {
                Some(refund) => (refund.opened_at.plus(refunds::LONGEST), Step::IsBack),
                None => return None,
            },
            _ => return None,
        };
        Some(wake(when.max(now), at, step))
    };
    let mut orders = lock(&sim.orders);
    let first = orders.all.len();
    let wakes = kept
        .iter()
        .enumerate()
        .filter_map(|(at, order)| next((first + at, order)))
        .collect();
    orders.all.extend(kept);
    orders.index();
    wakes
}

pub const fn wake(at: Timestamp, order: usize, step: Step) -> Wake {
    Wake {
        at,
        what: What::OrderMoves { order, step },
    }
}

/// The moment after so many hours of work, Almaty.
fn working_hours_after(from: Timestamp, hours: i64) -> Timestamp {
    let (mut at, mut left) = (from, hours * 60);
    while left > 0 {
        at = at.plus(Span::from_mins(1));
        if WORK.contains(&at.local().hour) {
            left -= 1;
        }
    }
    at
}

/// An order does by itself what was planned, if that still makes sense.
pub fn moves(sim: &Sim, at: usize, step: Step, now: Timestamp) -> Vec<Wake> {
    let mut orders = lock(&sim.orders);
    let Orders { luck, all, .. } = &mut *orders;
    let Some(order) = all.get_mut(at) else {
        return Vec::new();
    };
    match step {
        Step::Expires if order.status == Status::Approved => {
            order.status = Status::Cancelled;
            order.cancel_reason = Some("MERCHANT_OUT_OF_STOCK".to_owned());
        }
        Step::Leaves if order.status == Status::Accepted && order.handed_over_at.is_none() => {
            order.handed_over_at = Some(now);
            let hours = match order.way {
                Way::Kaspi { express: true } => luck.between(1, 3),
                _ => luck.between(14, 90),
            };
            let then = now.plus(Span::from_hours(i64::from(hours)));
            let step = if luck.chance(0.05) {
                Step::Lingers
            } else {
                Step::Arrives
            };
            return vec![wake(then, at, step)];
        }
        Step::Arrives if order.status == Status::Accepted => {
            order.status = Status::Completed;
            if refunds::is_sent_back(at) {
                return vec![wake(now.plus(refunds::AFTER), at, Step::Returns)];
            }
        }
        Step::Returns if order.status == Status::Completed && order.refund.is_none() => {
            order.refund = Some(Refund::new(at, now, None));
            return vec![wake(now.plus(refunds::LONGEST), at, Step::IsBack)];
        }
        Step::IsBack if order.status == Status::Completed => order.status = Status::Returned,
        Step::Lingers if order.status == Status::Accepted => {
            order.status = Status::Cancelling;
            order.cancel_reason = Some("TIMEOUT_BUYER_PICKUP".to_owned());
        }
        Step::Expires | Step::Leaves | Step::Arrives | Step::Lingers | Step::Returns | Step::IsBack => {}
    }
    Vec::new()
}

/// The seller accepts.
pub fn accept(order: &mut Order, now: Timestamp) -> Result<(), No> {
    if order.status != Status::Approved {
        return Err("Order can't be accepted in its current status");
    }
    order.status = Status::Accepted;
    order.handover_at = match order.way {
        Way::Kaspi { express: true } => Some(now.plus(Span::from_mins(60))),
        Way::Kaspi { express: false } | Way::Postomat => Some(evening_of(now)),
        Way::Pickup | Way::Own => None,
    };
    Ok(())
}

/// Six in the evening, of tomorrow for what comes after noon.
fn evening_of(now: Timestamp) -> Timestamp {
    let local = now.local();
    let hours = i64::from(local.hour);
    let until = if hours < 12 { 18 - hours } else { 42 - hours };
    now.plus(Span::from_hours(until))
        .minus(Span::from_mins(i64::from(local.minute)))
}

/// The seller's parcel is ready. A second time makes a second waybill.
pub fn assemble(
    luck: &mut Stream,
    at: usize,
    order: &mut Order,
    parcels: u32,
    now: Timestamp,
) -> Result<Vec<Wake>, No> {
    let is_kaspi = matches!(order.way, Way::Kaspi { .. } | Way::Postomat);
    if order.status != Status::Accepted || !is_kaspi || order.handed_over_at.is_some() {
        return Err("Order can't be assembled in its current status");
    }
    // Two of three waybills are there within fifteen seconds, the last after three minutes.
    let seconds = if luck.chance(0.69) {
        luck.between(3, 15)
    } else {
        luck.between(16, 180)
    };
    order.assemblies += 1;
    order.assembled = Some(Assembled {
        parcels,
        waybill: luck.between(101_000_000, 199_999_999),
        waybill_at: now.plus(Span::from_secs(i64::from(seconds))),
    });
    if order.assemblies > 1 {
        return Ok(Vec::new());
    }
    let leaves = order
        .handover_at
        .unwrap_or(now)
        .max(now.plus(Span::from_mins(15)));
    Ok(vec![wake(leaves, at, Step::Leaves)])
}

/// The seller gives up.
pub fn cancel(order: &mut Order, reason: &str) -> Result<(), No> {
    if !matches!(order.status, Status::Approved | Status::Accepted) || order.handed_over_at.is_some() {
        return Err("Order can't be cancelled in its current status");
    }
    order.status = Status::Cancelled;
    order.cancel_reason = Some(reason.to_owned());
    Ok(())
}

/// The seller takes pieces out of a line; without any left the whole order is given up.
pub fn take_out(order: &mut Order, number: usize, left: u32, reason: &str) -> Result<(), No> {
    if !matches!(order.status, Status::Approved | Status::Accepted) || order.handed_over_at.is_some() {
        return Err("Order can't be cancelled in its current status");
    }
    match order.quantity_of(number) {
        Some(quantity) if left < *quantity => *quantity = left,
        _ => return Err("remainedQuantity or reason is wrong"),
    }
    if order.lines().next().is_none() {
        return cancel(order, reason);
    }
    Ok(())
}

/// The seller weighed less than was ordered; a line without weight is gone.
pub fn weigh(order: &mut Order, number: usize, left_g: u32, left: u32, reason: &str) -> Result<(), No> {
    if !matches!(order.status, Status::Approved | Status::Accepted) || order.handed_over_at.is_some() {
        return Err("Order can't be cancelled in its current status");
    }
    let grams = match number {
        0 => &mut order.grams,
        more => match order.more.get_mut(more - 1) {
            Some(line) => &mut line.grams,
            None => return Err("entry is wrong"),
        },
    };
    match grams {
        Some(known) if left_g < *known => *known = left_g,
        _ => return Err("remainedWeight is wrong"),
    }
    if let Some(quantity) = order.quantity_of(number) {
        *quantity = if left_g == 0 { 0 } else { left.min(*quantity) };
    }
    if order.lines().next().is_none() {
        return cancel(order, reason);
    }
    Ok(())
}

/// The seller tells the numbers of the devices of a line, one or two of a piece.
pub fn tell_devices(order: &mut Order, number: usize, devices: Vec<Vec<String>>) -> Result<(), No> {
    let pieces = order.lines().find(|(known, line)| *known == number && line.imei);
    let pieces = pieces.map_or(0, |(_, line)| line.quantity);
    let fits = usize::try_from(pieces).is_ok_and(|pieces| pieces > 0 && pieces == devices.len())
        && devices.iter().all(|numbers| (1..=2).contains(&numbers.len()));
    if !fits || !matches!(order.status, Status::Accepted) {
        return Err("IMEI is not accepted");
    }
    order.devices.retain(|(known, _)| *known != number);
    order.devices.push((number, devices));
    Ok(())
}

/// The buyer has the goods: the first call sends them a code, the second brings it.
pub fn complete(luck: &mut Stream, order: &mut Order, code: &str) -> Result<(), No> {
    match order.status {
        Status::Cancelled => return Err("Order is cancelled, so it can't be completed."),
        Status::Completed => return Err("Order already has been completed, so it can't be completed again."),
        Status::Accepted if matches!(order.way, Way::Pickup | Way::Own) => {}
        _ => return Err("Order is not may complete allowed"),
    }
    let wrong = Err("Security code is not valid. And the order cannot be completed without it");
    match &order.secret {
        None => {
            order.secret = Some(format!("{:04}", luck.below(10_000)));
            wrong
        }
        Some(secret) if secret == code => {
            order.status = Status::Completed;
            Ok(())
        }
        Some(_) => wrong,
    }
}

/// A parcel that came back is taken.
pub fn take_back(order: &mut Order) -> Result<(), No> {
    if order.status != Status::Cancelling {
        return Err("Order is not on its way back");
    }
    order.status = Status::Returned;
    Ok(())
}

/// Does an act on an order of a shop, with the luck of the world.
pub fn act<R>(
    sim: &Sim,
    shop: u16,
    code: &str,
    act: impl FnOnce(&mut Stream, usize, &mut Order) -> Result<R, No>,
) -> Option<Result<R, No>> {
    let mut orders = lock(&sim.orders);
    let at = *orders.by_code.get(code)?;
    let Orders { luck, all, .. } = &mut *orders;
    let order = all.get_mut(at).filter(|order| order.shop == shop)?;
    Some(act(luck, at, order))
}
