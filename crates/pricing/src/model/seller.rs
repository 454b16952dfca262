//! A seller's id on the marketplace, made for fast comparison. Refuses to know what a seller is called.

use std::fmt;

/// The marketplace's id of a seller: digits, or an old word such as `Magnum`. Comparing looks at a 64-bit
/// fingerprint first and at the text only when the fingerprints are equal, so it is fast and still exact.
#[derive(Clone)]
pub struct SellerUid {
    fingerprint: u64,
    text: Box<str>,
}

/// A text that cannot be a seller's id.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
#[error("{0:?} is not a seller's id: give 1 to 64 characters, such as 30067228")]
pub struct InvalidSeller(pub String);

const LONGEST: usize = 64;

impl SellerUid {
    /// # Errors
    /// When the text is empty after trimming, or longer than 64 bytes.
    pub fn new(text: &str) -> Result<Self, InvalidSeller> {
        let text = text.trim();
        if text.is_empty() || text.len() > LONGEST {
            return Err(InvalidSeller(text.chars().take(80).collect()));
        }
        Ok(Self {
            fingerprint: fingerprint(text),
            text: text.into(),
        })
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }
}

/// FNV-1a (Fowler, Noll, Vo), 64 bits.
fn fingerprint(text: &str) -> u64 {
    let mut sum = 0xcbf2_9ce4_8422_2325_u64;
    for byte in text.bytes() {
        sum = (sum ^ u64::from(byte)).wrapping_mul(0x0000_0100_0000_01b3);
    }
    sum
}

impl PartialEq for SellerUid {
    fn eq(&self, other: &Self) -> bool {
        self.fingerprint == other.fingerprint && self.text == other.text
    }
}
impl Eq for SellerUid {}
impl PartialOrd for SellerUid {
    fn partial_cmp(&self, other: &Self) -> Option<std::cmp::Ordering> {
        Some(self.cmp(other))
    }
}
impl Ord for SellerUid {
    fn cmp(&self, other: &Self) -> std::cmp::Ordering {
        self.text.cmp(&other.text)
    }
}
impl std::hash::Hash for SellerUid {
    fn hash<H: std::hash::Hasher>(&self, state: &mut H) {
        self.fingerprint.hash(state);
    }
}
impl fmt::Debug for SellerUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl fmt::Display for SellerUid {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}
impl std::str::FromStr for SellerUid {
    type Err = InvalidSeller;
    fn from_str(text: &str) -> Result<Self, Self::Err> {
        Self::new(text)
    }
}
impl serde::Serialize for SellerUid {
    fn serialize<S: serde::Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&self.text)
    }
}
impl<'de> serde::Deserialize<'de> for SellerUid {
    fn deserialize<D: serde::Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        Self::new(&text).map_err(serde::de::Error::custom)
    }
}
