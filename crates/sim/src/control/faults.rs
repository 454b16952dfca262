//! Bad days on order: what goes wrong, for whom, how often and how long. Refuses to carry them out; the doors do.

use crate::{
    locks::{lock, read, write},
    random::Stream,
};
use sauda_kernel::{Span, Timestamp};
use serde::{Deserialize, Serialize};
use std::sync::{
    Mutex, RwLock,
    atomic::{AtomicBool, AtomicU64, Ordering},
};

/// What goes wrong.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum FaultKind {
    /// 403 with an HTML page.
    Block403,
    /// 429 with an HTML page.
    Html429,
    /// An anti-bot page with status 200.
    Html200,
    /// No answer until the caller gives up.
    Hang,
    /// The same for callers that do not name themselves as a browser does: what Kaspi's own API of orders does to library agents.
    HangLibraries,
    /// The answer comes `delay_ms` late.
    Slow,
    /// `status` (default 503) with an HTML page.
    ServerError,
    /// The connection ends in the middle of the body.
    CutBody,
    /// The right body under `text/html`.
    WrongContentType,
    /// A JSON answer padded to `size` bytes.
    HugeBody,
    /// A price job is accepted and thrown away.
    LostJob,
    /// A price job takes `delay_ms` longer.
    LateJob,
    /// The cabinet session ends with this call: 401.
    SessionEnded,
    /// Sign-in asks for a mail code also after the SMS code.
    SecondFactor,
    /// The offer list of a card is empty.
    EmptyOffers,
    /// Half the rows are missing; `total` counts all.
    PartialPage,
    /// Rows come twice.
    DuplicateRows,
    /// `total` is wrong by `size` (default 7).
    TotalLies,
    /// The waybill of an order never comes; `path` is its number, or part of it.
    NoWaybill,
    /// A webhook comes twice.
    DuplicateWebhook,
    /// A webhook is signed with another key.
    ForgedWebhook,
    /// A webhook never comes.
    LostWebhook,
    /// A webhook comes `delay_ms` of world time late, after those that followed it.
    LateWebhook,
}

/// Which doors a fault stands at.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize, Deserialize, Default)]
#[serde(rename_all = "snake_case")]
pub enum Service {
    #[default]
    Any,
    /// Offers of a card.
    Offers,
    /// Every storefront answer, offers too.
    Storefront,
    /// Every cabinet answer, price changes too.
    Cabinet,
    /// Price changes only.
    Pricefeed,
    Identity,
    /// The official API of orders.
    Official,
    /// Calls of the WhatsApp server.
    Whatsapp,
    /// Webhooks of the WhatsApp server; `path` is the event.
    Webhooks,
    Telegram,
    /// Google Trends.
    Trends,
    /// The mail server; `path` is the step: `greeting ehlo mail rcpt data content`.
    Mail,
}

/// A fault on order.
#[derive(Debug, Clone, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Fault {
    /// Given by the registry.
    #[serde(default)]
    pub id: u64,
    pub kind: FaultKind,
    #[serde(default)]
    pub service: Service,
    /// Only this card.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub card: Option<String>,
    /// Only this merchant.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub merchant: Option<String>,
    /// Only this merchant sku.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub sku: Option<String>,
    /// Only this address (the reader's, or `X-Forwarded-For` when trusted).
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub address: Option<String>,
    /// Only paths that contain this.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub path: Option<String>,
    /// Share of matching calls that are struck, 0..=1.
    #[serde(default = "always")]
    pub probability: f64,
    /// Ends after so many strikes.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub count: Option<u64>,
    /// Ends after so long, on the clock of limits.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub duration_ms: Option<i64>,
    #[serde(default = "five_seconds")]
    pub delay_ms: u64,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub status: Option<u16>,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub size: Option<u64>,
    /// The call takes effect first; only its answer is lost.
    #[serde(default)]
    pub after_effect: bool,
    /// Times it struck.
    #[serde(default)]
    pub struck: u64,
    /// Set by the registry from `duration_ms`.
    #[serde(skip)]
    pub until: Option<Timestamp>,
}

const fn always() -> f64 {
    1.0
}

const fn five_seconds() -> u64 {
    5_000
}

/// What a call is about, as far as its door knows.
#[derive(Debug, Clone, Copy, Default)]
pub struct Subject<'a> {
    pub service: Service,
    pub card: &'a str,
    pub merchant: &'a str,
    pub sku: &'a str,
    pub address: &'a str,
    pub path: &'a str,
}

impl Fault {
    /// A fault of this kind at every matching door until it is taken away.
    pub fn new(kind: FaultKind, service: Service) -> Self {
        Self {
            id: 0,
            kind,
            service,
            card: None,
            merchant: None,
            sku: None,
            address: None,
            path: None,
            probability: 1.0,
            count: None,
            duration_ms: None,
            delay_ms: five_seconds(),
            status: None,
            size: None,
            after_effect: false,
            struck: 0,
            until: None,
        }
    }

    /// The same, ending after so many strikes.
    pub fn times(kind: FaultKind, service: Service, count: u64) -> Self {
        Self {
            count: Some(count),
            ..Self::new(kind, service)
        }
    }

    fn covers(&self, subject: &Subject<'_>) -> bool {
        let door = match self.service {
            Service::Any => true,
            Service::Storefront => matches!(subject.service, Service::Storefront | Service::Offers),
            Service::Cabinet => matches!(subject.service, Service::Cabinet | Service::Pricefeed),
            narrow => narrow == subject.service,
        };
        let is =
            |wanted: &Option<String>, found: &str| wanted.as_deref().is_none_or(|wanted| wanted == found);
        door && is(&self.card, subject.card)
            && is(&self.merchant, subject.merchant)
            && is(&self.sku, subject.sku)
            && is(&self.address, subject.address)
            && self
                .path
                .as_deref()
                .is_none_or(|part| subject.path.contains(part))
    }
}

/// The faults in force.
pub struct Faults {
    any: AtomicBool,
    next: AtomicU64,
    list: RwLock<Vec<Fault>>,
    luck: Mutex<Stream>,
}

impl Faults {
    pub fn new(seed: u64) -> Self {
        Self {
            any: AtomicBool::new(false),
            next: AtomicU64::new(1),
            list: RwLock::default(),
            luck: Mutex::new(Stream::new(seed, 50, 0)),
        }
    }

    /// False on good days; the hot path looks no further.
    pub fn any(&self) -> bool {
        self.any.load(Ordering::Acquire)
    }

    /// Puts a fault in force and returns its number.
    pub fn add(&self, mut fault: Fault, now: Timestamp) -> u64 {
        fault.id = self.next.fetch_add(1, Ordering::Relaxed);
        fault.until = fault.duration_ms.map(|ms| now.plus(Span::from_millis(ms)));
        fault.struck = 0;
        let id = fault.id;
        write(&self.list).push(fault);
        self.any.store(true, Ordering::Release);
        id
    }

    /// Takes one fault away; false when there is none of this number.
    pub fn remove(&self, id: u64) -> bool {
        let mut list = write(&self.list);
        let before = list.len();
        list.retain(|fault| fault.id != id);
        self.any.store(!list.is_empty(), Ordering::Release);
        list.len() < before
    }

    pub fn clear(&self) {
        write(&self.list).clear();
        self.any.store(false, Ordering::Release);
    }

    pub fn list(&self) -> Vec<Fault> {
        read(&self.list).clone()
    }

    /// The first fault of these kinds that strikes this subject; counted, and ended when used up.
    pub fn strike_any(&self, kinds: &[FaultKind], subject: &Subject<'_>, now: Timestamp) -> Option<Fault> {
        if !self.any() {
            return None;
        }
        let mut list = write(&self.list);
        list.retain(|fault| {
            fault.until.is_none_or(|until| now < until)
                && fault.count.is_none_or(|count| fault.struck < count)
        });
        self.any.store(!list.is_empty(), Ordering::Release);
        let mut luck = lock(&self.luck);
        for fault in list.iter_mut() {
            if kinds.contains(&fault.kind) && fault.covers(subject) && luck.chance(fault.probability) {
                fault.struck += 1;
                return Some(fault.clone());
            }
        }
        None
    }

    pub fn strike(&self, kind: FaultKind, subject: &Subject<'_>, now: Timestamp) -> Option<Fault> {
        self.strike_any(&[kind], subject, now)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn faults_end_by_count_and_by_time_and_keep_to_their_scope() {
        let faults = Faults::new(1);
        let now = Timestamp::from_secs(0);
        let offers = Subject {
            service: Service::Offers,
            card: "5",
            ..Subject::default()
        };
        faults.add(
            Fault {
                card: Some("5".into()),
                ..Fault::times(FaultKind::Block403, Service::Storefront, 1)
            },
            now,
        );
        faults.add(
            Fault {
                duration_ms: Some(1_000),
                ..Fault::new(FaultKind::Slow, Service::Any)
            },
            now,
        );
        assert!(
            faults
                .strike(FaultKind::Block403, &Subject { card: "6", ..offers }, now)
                .is_none()
        );
        assert!(faults.strike(FaultKind::Block403, &offers, now).is_some());
        assert!(faults.strike(FaultKind::Block403, &offers, now).is_none());
        assert!(faults.strike(FaultKind::Slow, &offers, now).is_some());
        assert!(
            faults
                .strike(FaultKind::Slow, &offers, Timestamp::from_secs(1))
                .is_none()
        );
        assert!(!faults.any());
    }
}
