//! Rendered offer lists, kept until their card changes or the hour ends. Refuses to grow without end.

use crate::locks::lock;
use axum::body::Bytes;
use sauda_kernel::Timestamp;
use std::{collections::HashMap, sync::Mutex};

const SHARDS: usize = 32;
/// A shard that holds more is emptied; all shards together stay under 128 MB.
const SHARD_BYTES: usize = 4 * 1024 * 1024;

/// What a rendered list answers to.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Key {
    pub card: u32,
    pub city: u16,
    pub page: u16,
    pub limit: u16,
}

struct Entry {
    version: u32,
    until: Timestamp,
    body: Bytes,
}

#[derive(Default)]
struct Shard {
    entries: HashMap<Key, Entry>,
    bytes: usize,
}

/// The cache, in shards so that readers of different cards do not wait for each other.
#[derive(Default)]
pub struct AnswerCache([Mutex<Shard>; SHARDS]);

impl AnswerCache {
    fn shard(&self, key: Key) -> Option<&Mutex<Shard>> {
        self.0.get(crate::numbers::place(key.card) % SHARDS)
    }

    /// A list of this version that still holds now.
    pub fn get(&self, key: Key, version: u32, now: Timestamp) -> Option<Bytes> {
        let shard = lock(self.shard(key)?);
        let entry = shard.entries.get(&key)?;
        (entry.version == version && now < entry.until).then(|| entry.body.clone())
    }

    pub fn put(&self, key: Key, version: u32, until: Timestamp, body: Bytes) {
        let Some(shard) = self.shard(key) else { return };
        let mut shard = lock(shard);
        if shard.bytes + body.len() > SHARD_BYTES {
            shard.entries.clear();
            shard.bytes = 0;
        }
        shard.bytes += body.len();
        if let Some(old) = shard.entries.insert(key, Entry { version, until, body }) {
            shard.bytes = shard.bytes.saturating_sub(old.body.len());
        }
    }
}
