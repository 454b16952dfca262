//! A cache of bytes that may forget anything at any time: bounded, least recently used goes first.

use sauda_kernel::Timestamp;
use std::{
    collections::{BTreeMap, HashMap},
    sync::Arc,
};

/// Bytes that the cache of one process holds at most, keys counted.
pub(crate) const MOST_BYTES: usize = 32 * 1024 * 1024;
/// A larger value is not kept.
pub(crate) const MOST_VALUE_BYTES: usize = 4 * 1024 * 1024;

#[derive(Debug, Default)]
pub(crate) struct Cache {
    values: HashMap<String, Kept>,
    /// Key by the number of its last use.
    uses: BTreeMap<u64, String>,
    last_use: u64,
    bytes: usize,
}

#[derive(Debug)]
struct Kept {
    bytes: Arc<[u8]>,
    until: Timestamp,
    used: u64,
}

impl Cache {
    pub fn get(&mut self, key: &str, now: Timestamp) -> Option<Arc<[u8]>> {
        let kept = self.values.get_mut(key)?;
        if kept.until <= now {
            self.forget(key);
            return None;
        }
        self.last_use += 1;
        if let Some(name) = self.uses.remove(&kept.used) {
            self.uses.insert(self.last_use, name);
        }
        kept.used = self.last_use;
        Some(kept.bytes.clone())
    }

    pub fn put(&mut self, key: &str, bytes: &[u8], until: Timestamp) {
        self.forget(key);
        self.last_use += 1;
        self.bytes += key.len() + bytes.len();
        self.uses.insert(self.last_use, key.to_owned());
        self.values.insert(
            key.to_owned(),
            Kept {
                bytes: bytes.into(),
                until,
                used: self.last_use,
            },
        );
        while self.bytes > MOST_BYTES {
            let Some((_, oldest)) = self.uses.first_key_value() else {
                break;
            };
            let oldest = oldest.clone();
            self.forget(&oldest);
        }
    }

    pub fn forget(&mut self, key: &str) {
        if let Some(kept) = self.values.remove(key) {
            self.uses.remove(&kept.used);
            self.bytes -= key.len() + kept.bytes.len();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_least_used_value_goes_first_and_the_bound_holds() {
        let mut cache = Cache::default();
        let (now, later) = (Timestamp::from_secs(0), Timestamp::from_secs(60));
        let value = vec![7_u8; 1024 * 1024];
        for number in 0..40 {
            cache.put(&format!("k{number}"), &value, later);
            assert!(cache.get("k0", now).is_some(), "k0 is used all the time");
        }
        assert!(cache.bytes <= MOST_BYTES);
        assert!(cache.get("k1", now).is_none());
        assert!(cache.get("k39", now).is_some());
        assert_eq!(cache.values.len(), cache.uses.len());
    }
}
