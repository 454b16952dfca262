//! Texts of the board in memory: a search looks through all of them in a millisecond or two, where the database takes twenty. Refuses to be
//! the truth: whoever asks says which version it must be.

use memchr::memmem;
use sauda_kernel::{OfferId, ShopId};
use std::{
    collections::{HashMap, HashSet},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

/// Bytes of texts that one process keeps.
const MOST_BYTES: usize = 48 << 20;

/// Folded texts of a shop's places in one city, one after another.
#[derive(Debug, Default)]
pub(crate) struct Texts {
    offers: Vec<OfferId>,
    /// Where the text of each offer ends.
    ends: Vec<usize>,
    all: Vec<u8>,
}

impl Texts {
    pub fn add(&mut self, offer: OfferId, fold: &str) {
        self.all.extend_from_slice(fold.as_bytes());
        // No text in UTF-8 has this byte: a word never matches over the end of one.
        self.all.push(0xFF);
        self.ends.push(self.all.len());
        self.offers.push(offer);
    }

    /// Offers whose text has every word, in the order they were added.
    pub fn find<'w>(&self, words: impl Iterator<Item = &'w str>) -> Vec<&OfferId> {
        let mut words: Vec<&str> = words.collect();
        // The longest word is the rarest, as a rule.
        words.sort_by_key(|word| std::cmp::Reverse(word.len()));
        let Some((first, others)) = words.split_first() else {
            return Vec::new();
        };
        let first = memmem::Finder::new(first);
        let others: Vec<memmem::Finder<'_>> = others.iter().map(memmem::Finder::new).collect();
        let (mut found, mut from) = (Vec::new(), 0);
        while let Some(place) = self.all.get(from..).and_then(|rest| first.find(rest)) {
            let index = self.ends.partition_point(|end| *end <= from + place);
            let begin = index
                .checked_sub(1)
                .and_then(|before| self.ends.get(before))
                .copied()
                .unwrap_or(0);
            let (Some(end), Some(offer)) = (self.ends.get(index).copied(), self.offers.get(index)) else {
                break;
            };
            let text = self.all.get(begin..end).unwrap_or_default();
            if others.iter().all(|other| other.find(text).is_some()) {
                found.push(offer);
            }
            from = end;
        }
        found
    }

    fn bytes(&self) -> usize {
        self.all.len() + self.offers.len() * 64
    }
}

type Key = (ShopId, String);

/// The texts that this process keeps, and which of them are being read. Cheap to clone: all clones share.
#[derive(Debug, Clone, Default)]
pub(crate) struct TextShelf(Arc<Mutex<Kept>>);

#[derive(Debug, Default)]
struct Kept {
    texts: HashMap<Key, (i64, Arc<Texts>)>,
    reading: HashSet<Key>,
}

impl TextShelf {
    /// The texts of that version, when they are here.
    pub fn get(&self, shop: &ShopId, city: &str, version: i64) -> Option<Arc<Texts>> {
        let kept = self.kept();
        let (known, texts) = kept.texts.get(&(shop.clone(), city.to_owned()))?;
        (*known == version).then(|| texts.clone())
    }

    /// The right to read them, given to one at a time.
    pub fn begin(&self, shop: &ShopId, city: &str) -> Option<Reading<'_>> {
        let key = (shop.clone(), city.to_owned());
        let is_first = self.kept().reading.insert(key.clone());
        is_first.then_some(Reading { shelf: self, key })
    }

    fn kept(&self) -> MutexGuard<'_, Kept> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Texts being read; given up when dropped.
pub(crate) struct Reading<'a> {
    shelf: &'a TextShelf,
    key: Key,
}

impl Reading<'_> {
    /// Keeps what was read. When there is no room for it, all others go.
    pub fn keep(self, version: i64, texts: Texts) -> Arc<Texts> {
        let texts = Arc::new(texts);
        if texts.bytes() <= MOST_BYTES {
            let mut kept = self.shelf.kept();
            kept.texts.remove(&self.key);
            let bytes: usize = kept.texts.values().map(|(_, texts)| texts.bytes()).sum();
            if bytes + texts.bytes() > MOST_BYTES {
                kept.texts.clear();
            }
            kept.texts.insert(self.key.clone(), (version, texts.clone()));
        }
        texts
    }
}

impl Drop for Reading<'_> {
    fn drop(&mut self) {
        self.shelf.kept().reading.remove(&self.key);
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use sauda_kernel::Timestamp;

    fn offer(number: u8) -> OfferId {
        OfferId::from_parts(Timestamp::from_secs(1), [number; 10])
    }

    #[test]
    fn words_are_found_inside_one_text_only() {
        let mut texts = Texts::default();
        for (number, fold) in [
            (1, "пуховик синий s1"),
            (2, "шапка синяя s2"),
            (3, "пуховик белый s3"),
            (4, ""),
        ] {
            texts.add(offer(number), fold);
        }
        let found =
            |search: &str| -> Vec<OfferId> { texts.find(search.split(' ')).into_iter().cloned().collect() };
        assert_eq!(found("пуховик"), [offer(1), offer(3)]);
        assert_eq!(found("син пуховик"), [offer(1)]);
        assert_eq!(found("s"), [offer(1), offer(2), offer(3)]);
        assert_eq!(found("s1 шапка"), []);
        assert_eq!(found("%"), []);
        assert_eq!(found("s1\nшапка"), []);
    }

    #[test]
    fn texts_of_another_version_are_not_given() {
        let shelf = TextShelf::default();
        let shop = ShopId::from_parts(Timestamp::from_secs(1), [1; 10]);
        let reading = shelf.begin(&shop, "1").expect("nobody reads yet");
        assert!(shelf.begin(&shop, "1").is_none(), "one reads");
        reading.keep(3, Texts::default());
        assert!(
            shelf.begin(&shop, "1").is_some(),
            "whoever gave up holds nobody back"
        );
        assert!(shelf.begin(&shop, "1").is_some());
        assert!(shelf.get(&shop, "1", 3).is_some());
        assert!(shelf.get(&shop, "1", 4).is_none() && shelf.get(&shop, "2", 3).is_none());
    }
}
