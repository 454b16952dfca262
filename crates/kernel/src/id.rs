//! Typed ids: text with a prefix and a time-sortable body, `off_01j…`. Parsed once, at the edge.

use crate::{Clock, Timestamp};
use std::{
    fmt,
    marker::PhantomData,
    sync::atomic::{AtomicU64, Ordering},
};

/// What an id names. The prefix is the part before `_`.
pub trait IdKind {
    const PREFIX: &'static str;
}

/// The kinds of things that have ids.
pub mod kinds {
    use super::IdKind;

    pub struct Merchant;
    impl IdKind for Merchant {
        const PREFIX: &'static str = "mer";
    }
    pub struct Shop;
    impl IdKind for Shop {
        const PREFIX: &'static str = "shp";
    }
    pub struct Offer;
    impl IdKind for Offer {
        const PREFIX: &'static str = "off";
    }
    pub struct User;
    impl IdKind for User {
        const PREFIX: &'static str = "usr";
    }
    pub struct Session;
    impl IdKind for Session {
        const PREFIX: &'static str = "ses";
    }
    pub struct ApiKey;
    impl IdKind for ApiKey {
        const PREFIX: &'static str = "key";
    }
    pub struct Invite;
    impl IdKind for Invite {
        const PREFIX: &'static str = "inv";
    }
    pub struct Rule;
    impl IdKind for Rule {
        const PREFIX: &'static str = "rul";
    }
    pub struct Watch;
    impl IdKind for Watch {
        const PREFIX: &'static str = "wat";
    }
    pub struct Observation;
    impl IdKind for Observation {
        const PREFIX: &'static str = "obs";
    }
    pub struct Decision;
    impl IdKind for Decision {
        const PREFIX: &'static str = "dec";
    }
    pub struct Change;
    impl IdKind for Change {
        const PREFIX: &'static str = "chg";
    }
    pub struct Job;
    impl IdKind for Job {
        const PREFIX: &'static str = "job";
    }
    pub struct Run;
    impl IdKind for Run {
        const PREFIX: &'static str = "run";
    }
    pub struct Import;
    impl IdKind for Import {
        const PREFIX: &'static str = "imp";
    }
    pub struct Audit;
    impl IdKind for Audit {
        const PREFIX: &'static str = "aud";
    }
    pub struct Proxy;
    impl IdKind for Proxy {
        const PREFIX: &'static str = "prx";
    }
    pub struct Access;
    impl IdKind for Access {
        const PREFIX: &'static str = "acs";
    }
    pub struct Call;
    impl IdKind for Call {
        const PREFIX: &'static str = "cal";
    }
    pub struct Bulk;
    impl IdKind for Bulk {
        const PREFIX: &'static str = "blk";
    }
    pub struct Order;
    impl IdKind for Order {
        const PREFIX: &'static str = "ord";
    }
    pub struct OrderEvent;
    impl IdKind for OrderEvent {
        const PREFIX: &'static str = "oev";
    }
    pub struct OrderCommand;
    impl IdKind for OrderCommand {
        const PREFIX: &'static str = "ocm";
    }
    pub struct DayRun;
    impl IdKind for DayRun {
        const PREFIX: &'static str = "day";
    }
    pub struct Return;
    impl IdKind for Return {
        const PREFIX: &'static str = "rtn";
    }
    pub struct Calculation;
    impl IdKind for Calculation {
        const PREFIX: &'static str = "clc";
    }
    pub struct OwnRate;
    impl IdKind for OwnRate {
        const PREFIX: &'static str = "rat";
    }
    pub struct FitTables;
    impl IdKind for FitTables {
        const PREFIX: &'static str = "fit";
    }
    pub struct FitAdvice;
    impl IdKind for FitAdvice {
        const PREFIX: &'static str = "adv";
    }
    pub struct FitCorrection;
    impl IdKind for FitCorrection {
        const PREFIX: &'static str = "fco";
    }
    pub struct MessageLine;
    impl IdKind for MessageLine {
        const PREFIX: &'static str = "lin";
    }
    pub struct Talk;
    impl IdKind for Talk {
        const PREFIX: &'static str = "tlk";
    }
    pub struct Message;
    impl IdKind for Message {
        const PREFIX: &'static str = "msg";
    }
    pub struct Product;
    impl IdKind for Product {
        const PREFIX: &'static str = "prd";
    }
    pub struct Notice;
    impl IdKind for Notice {
        const PREFIX: &'static str = "ntc";
    }
    pub struct FeedFetch;
    impl IdKind for FeedFetch {
        const PREFIX: &'static str = "fet";
    }
    pub struct Warehouse;
    impl IdKind for Warehouse {
        const PREFIX: &'static str = "whs";
    }
    pub struct Movement;
    impl IdKind for Movement {
        const PREFIX: &'static str = "mov";
    }
    pub struct Supplier;
    impl IdKind for Supplier {
        const PREFIX: &'static str = "sup";
    }
    pub struct Purchase;
    impl IdKind for Purchase {
        const PREFIX: &'static str = "pur";
    }
    pub struct Counting;
    impl IdKind for Counting {
        const PREFIX: &'static str = "cnt";
    }
    pub struct CardUpload;
    impl IdKind for CardUpload {
        const PREFIX: &'static str = "cup";
    }
}

/// An id of one kind. Ordered by time of making.
pub struct Id<K> {
    text: Box<str>,
    kind: PhantomData<fn() -> K>,
}

/// Text that is not an id of the wanted kind.
#[derive(Debug, thiserror::Error, PartialEq, Eq)]
#[error("{value:?} is not an id like {prefix}_…: copy it whole from where it was shown")]
pub struct InvalidId {
    pub value: String,
    pub prefix: &'static str,
}

const ALPHABET: &[u8; 32] = b"0123456789abcdefghjkmnpqrstvwxyz";
const BODY_CHARS: usize = 26;

/// Whether it is a letter of `ALPHABET`: ids are read by the ten thousand.
const fn is_letter(byte: u8) -> bool {
    matches!(byte, b'0'..=b'9' | b'a'..=b'h' | b'j' | b'k' | b'm' | b'n' | b'p'..=b't' | b'v'..=b'z')
}

impl<K: IdKind> Id<K> {
    /// Makes a new id from the clock and 80 random bits.
    pub fn new(clock: &dyn Clock, ids: &dyn Ids) -> Self {
        Self::from_parts(clock.now(), ids.next())
    }

    /// Makes an id from a time (millisecond precision) and 80 bits.
    pub fn from_parts(at: Timestamp, tail: [u8; 10]) -> Self {
        let millis = u64::try_from(at.as_micros() / 1000).unwrap_or(0) & 0xFFFF_FFFF_FFFF;
        let mut bits = u128::from(millis) << 80;
        for (place, byte) in tail.iter().rev().enumerate() {
            bits |= u128::from(*byte) << (8 * place);
        }
        let mut text = String::with_capacity(K::PREFIX.len() + 1 + BODY_CHARS);
        text.push_str(K::PREFIX);
        text.push('_');
        for place in (0..BODY_CHARS).rev() {
            let five = usize::try_from((bits >> (5 * place)) & 31).unwrap_or(0);
            text.push(ALPHABET.get(five).map_or('0', |byte| char::from(*byte)));
        }
        Self {
            text: text.into(),
            kind: PhantomData,
        }
    }

    /// Reads an id that came from outside.
    ///
    /// # Errors
    /// When the prefix, the length or a letter is wrong.
    pub fn parse(value: &str) -> Result<Self, InvalidId> {
        let body = value
            .strip_prefix(K::PREFIX)
            .and_then(|rest| rest.strip_prefix('_'));
        match body {
            Some(body) if body.len() == BODY_CHARS && body.bytes().all(is_letter) => Ok(Self {
                text: value.into(),
                kind: PhantomData,
            }),
            _ => Err(InvalidId {
                value: value.chars().take(80).collect(),
                prefix: K::PREFIX,
            }),
        }
    }
}

impl<K> Id<K> {
    /// The id as it is stored and shown.
    pub fn as_str(&self) -> &str {
        &self.text
    }
}

impl<K> Clone for Id<K> {
    fn clone(&self) -> Self {
        Self {
            text: self.text.clone(),
            kind: PhantomData,
        }
    }
}
impl<K> PartialEq for Id<K> {
    fn eq(&self, other: &Self) -> bool {
        self.text == other.text
    }
}
impl<K> Eq for Id<K> {}
impl<K> PartialOrd for Id<K> {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl<K> Ord for Id<K> {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}
impl<K> std::hash::Hash for Id<K> {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.text.hash(state);
    }
}
impl<K> fmt::Debug for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<K> fmt::Display for Id<K> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl<K: IdKind> std::str::FromStr for Id<K> {
    type Err = InvalidId;
    fn from_str(value: &str) -> Result<Self, Self::Err> {
        Self::parse(value)
    }
}
/// Ids travel in versioned job payloads and in edge views.
impl<K> serde::Serialize for Id<K> {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}
impl<'de, K: IdKind> serde::Deserialize<'de> for Id<K> {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::parse(&text).map_err(serde::de::Error::custom)
    }
}

/// Where the random part of ids comes from.
pub trait Ids: Send + Sync {
    /// Eighty bits that nobody got before.
    fn next(&self) -> [u8; 10];
}

/// Random bits of the operating system.
#[derive(Debug, Default, Clone, Copy)]
pub struct SystemIds;

impl Ids for SystemIds {
    fn next(&self) -> [u8; 10] {
        let mut bits = [0_u8; 10];
        if getrandom::fill(&mut bits).is_err() {
            // The system has no randomness: fall back to a counter mixed with the address space, still unique here.
            static SPARE: AtomicU64 = AtomicU64::new(0);
            let spare = SPARE.fetch_add(1, Ordering::Relaxed).to_be_bytes();
            for (to, from) in bits.iter_mut().zip(spare) {
                *to = from;
            }
        }
        bits
    }
}

/// Counted ids for tests: 1, 2, 3, …
#[derive(Debug, Default)]
pub struct CountedIds(AtomicU64);

impl Ids for CountedIds {
    fn next(&self) -> [u8; 10] {
        let count = self.0.fetch_add(1, Ordering::Relaxed).wrapping_add(1);
        let mut bits = [0_u8; 10];
        for (to, from) in bits.iter_mut().skip(2).zip(count.to_be_bytes()) {
            *to = from;
        }
        bits
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{OfferId, ShopId};

    #[test]
    fn letters_of_ids_are_those_of_the_alphabet() {
        for byte in 0..=u8::MAX {
            assert_eq!(is_letter(byte), ALPHABET.contains(&byte), "{byte}");
        }
    }

    #[test]
    fn ids_sort_by_time_and_survive_a_round_trip() {
        let early = OfferId::from_parts(Timestamp::from_micros(1_000_000), [9; 10]);
        let late = OfferId::from_parts(Timestamp::from_micros(2_000_000), [0; 10]);
        assert!(early < late);
        assert_eq!(OfferId::parse(early.as_str()), Ok(early));
    }

    #[test]
    fn an_id_of_another_kind_is_refused_by_name() {
        let shop = ShopId::from_parts(Timestamp::from_micros(0), [0; 10]);
        let refusal = OfferId::parse(shop.as_str()).unwrap_err();
        assert_eq!(
            refusal.to_string(),
            format!(
                "{:?} is not an id like off_…: copy it whole from where it was shown",
                shop.as_str()
            )
        );
    }
}
