//! The list as it is written: row by row, packed as it grows, hashed, each article once. Refuses to end as a document when a row is not in order.

use super::{
    facts::{FeedFacts, FeedGoods, RowReason},
    hold::Held,
    judge::{Points, judge},
};
use crate::import::price_list::{push_head, push_offer, push_tail};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
    hash::{DefaultHasher, Hash as _, Hasher as _},
    io::{Cursor, Read as _, Write as _},
};

/// Level of packing: the list is kept packed while it leaves, so that fifty thousand offers take two megabytes.
const PACKING: i32 = 1;
/// Bytes handed over at once.
pub const PIECE_BYTES: usize = 64 * 1024;

/// Writes a list.
pub struct Writer {
    packed: zstd::stream::write::Encoder<'static, Vec<u8>>,
    hash: Sha256,
    text: String,
    bytes: u64,
    /// Fingerprints of the articles that were written.
    skus: HashSet<u64>,
    counts: Counts,
    trouble: Option<(RowReason, String)>,
}

/// How many rows came to what.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Counts {
    pub rows: i64,
    /// By reason: left out, or holding the list.
    pub reasons: BTreeMap<RowReason, i64>,
}

impl Counts {
    pub fn left_out(&self) -> i64 {
        self.sum(true)
    }
    pub fn in_trouble(&self) -> i64 {
        self.sum(false)
    }
    fn sum(&self, leaves_out: bool) -> i64 {
        let of = |(reason, _): &(&RowReason, &i64)| reason.leaves_out() == leaves_out;
        self.reasons.iter().filter(of).map(|(_, count)| *count).sum()
    }
}

/// A list that is in order, without the date.
pub struct Document {
    packed: Vec<u8>,
    /// SHA-256 of everything but the date.
    pub etag: String,
    /// Bytes after the head.
    pub body_bytes: u64,
    pub company: String,
    pub uid: String,
}

impl Writer {
    /// # Errors
    /// When packing cannot begin.
    pub fn begin(company: &str, uid: &str) -> std::io::Result<Self> {
        let mut hash = Sha256::new();
        hash.update(company.as_bytes());
        hash.update([0]);
        hash.update(uid.as_bytes());
        hash.update([0]);
        Ok(Self {
            packed: zstd::stream::write::Encoder::new(Vec::new(), PACKING)?,
            hash,
            text: String::with_capacity(2 * PIECE_BYTES),
            bytes: 0,
            skus: HashSet::new(),
            counts: Counts::default(),
            trouble: None,
        })
    }

    /// Judges an offer and writes it when it belongs in the list; says whether it was written.
    ///
    /// # Errors
    /// When packing fails.
    pub fn offer(&mut self, facts: &FeedFacts, points: &Points) -> std::io::Result<Result<(), RowReason>> {
        let verdict = judge(facts, points).and_then(|offer| {
            if self.skus.insert(fingerprint(&offer.sku)) {
                Ok(offer)
            } else {
                Err(match facts.goods {
                    FeedGoods::Offer(_) => RowReason::SkuRepeats,
                    FeedGoods::Product(_) => RowReason::ProductUnfit,
                })
            }
        });
        match verdict {
            Ok(offer) => {
                self.counts.rows = self.counts.rows.saturating_add(1);
                push_offer(&mut self.text, &offer);
                if self.text.len() >= PIECE_BYTES {
                    self.flush()?;
                }
                Ok(Ok(()))
            }
            Err(reason) => {
                let count = self.counts.reasons.entry(reason).or_default();
                *count = count.saturating_add(1);
                if !reason.leaves_out() && self.trouble.is_none() {
                    self.trouble = Some((reason, facts.sku.clone()));
                }
                Ok(Err(reason))
            }
        }
    }

    /// The list, when every row that belongs in it is in order.
    ///
    /// # Errors
    /// When packing fails.
    pub fn end(mut self, company: &str, uid: &str) -> std::io::Result<(Counts, Result<Document, Held>)> {
        if let Some((reason, sku)) = self.trouble {
            let count = self.counts.in_trouble();
            return Ok((self.counts, Err(Held::Rows { count, reason, sku })));
        }
        push_tail(&mut self.text);
        self.flush()?;
        let document = Document {
            etag: hex(&self.hash.finalize()),
            packed: self.packed.finish()?,
            body_bytes: self.bytes,
            company: company.to_owned(),
            uid: uid.to_owned(),
        };
        Ok((self.counts, Ok(document)))
    }

    fn flush(&mut self) -> std::io::Result<()> {
        self.hash.update(self.text.as_bytes());
        self.bytes = self
            .bytes
            .saturating_add(u64::try_from(self.text.len()).unwrap_or(u64::MAX));
        self.packed.write_all(self.text.as_bytes())?;
        self.text.clear();
        Ok(())
    }
}

impl Document {
    /// Everything before the first offer, with its date.
    pub fn head(&self, date: &str) -> String {
        let mut head = String::new();
        push_head(&mut head, date, &self.company, &self.uid);
        head
    }

    /// The rest, piece by piece.
    ///
    /// # Errors
    /// When unpacking cannot begin.
    pub fn pieces(self) -> std::io::Result<Pieces> {
        Ok(Pieces(zstd::stream::read::Decoder::new(Cursor::new(
            self.packed,
        ))?))
    }
}

/// What is left of a document to hand over.
pub struct Pieces(zstd::stream::read::Decoder<'static, std::io::BufReader<Cursor<Vec<u8>>>>);

impl Pieces {
    /// The next piece; nothing at the end.
    ///
    /// # Errors
    /// When unpacking fails.
    pub fn next(&mut self) -> std::io::Result<Option<Vec<u8>>> {
        let mut piece = vec![0_u8; PIECE_BYTES];
        let mut filled = 0;
        while let Some(free) = piece.get_mut(filled..).filter(|free| !free.is_empty()) {
            match self.0.read(free)? {
                0 => break,
                read => filled = filled.saturating_add(read),
            }
        }
        piece.truncate(filled);
        Ok((filled > 0).then_some(piece))
    }
}

/// 64 bits: two articles of one list meet in it less often than a disk errs.
fn fingerprint(sku: &str) -> u64 {
    let mut hasher = DefaultHasher::new();
    sku.hash(&mut hasher);
    hasher.finish()
}

/// Digits of a fingerprint.
pub(crate) fn hex(bytes: &[u8]) -> String {
    use std::fmt::Write as _;
    bytes
        .iter()
        .fold(String::with_capacity(bytes.len() * 2), |mut text, byte| {
            let _ = write!(text, "{byte:02x}");
            text
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        feed::facts::{PointFacts, PreorderNow},
        import::price_list::{self, ListedPrice},
        model::StoredAvailability,
        table::TableLimits,
    };
    use proptest::prelude::*;
    use sauda_kernel::{Id, OfferId, Tenge, Timestamp};

    fn points() -> Points {
        [
            ("S_PP1", "PP1", "750000000"),
            ("S_PP2", "PP2", "750000000"),
            ("S_PP3", "PP3", "710000000"),
        ]
        .into_iter()
        .map(|(id, code, city)| {
            let facts = PointFacts {
                code: code.to_owned(),
                city: Some(city.to_owned()),
                works: code != "PP2",
            };
            (id.to_owned(), facts)
        })
        .collect()
    }

    fn offer_id() -> OfferId {
        Id::new(&sauda_kernel::SystemClock, &sauda_kernel::SystemIds)
    }

    fn place() -> impl Strategy<Value = StoredAvailability> {
        (
            prop::sample::select(vec!["S_PP1", "S_PP2", "S_PP3", "S_GONE"]),
            any::<bool>(),
            prop::option::of(-1_i64..5),
            prop::option::weighted(0.1, 0_i64..40),
        )
            .prop_map(|(point, available, stock, days)| StoredAvailability {
                point_id: point.to_owned(),
                available,
                stock,
                preorder_days: days,
                stock_enabled: None,
            })
    }

    fn facts() -> impl Strategy<Value = FeedFacts> {
        (
            "[ -~а-я\\t]{0,12}",
            "[ -~а-яәқ<>&\"']{0,20}",
            prop::bool::weighted(0.8),
            prop::bool::weighted(0.1),
            prop::option::weighted(0.9, -1_i64..100_000),
            prop::option::weighted(0.2, 0_i64..100_000),
            prop::collection::vec(place(), 0..4),
            prop::option::weighted(0.1, 0_i64..33),
        )
            .prop_map(
                |(sku, title, on_sale, gone, everywhere, almaty, places, days)| FeedFacts {
                    goods: FeedGoods::Offer(offer_id()),
                    sku,
                    title,
                    brand: None,
                    on_sale,
                    gone_at: gone.then_some(Timestamp::from_secs(1)),
                    everywhere: everywhere.map(Tenge),
                    cities: almaty
                        .map(|price| ("750000000".to_owned(), Tenge(price)))
                        .into_iter()
                        .collect(),
                    places,
                    preorder: days.map(|days| PreorderNow { days, most: None }),
                    cost: None,
                    floor: None,
                },
            )
    }

    fn write(offers: &[FeedFacts]) -> (Counts, Result<String, Held>) {
        let mut writer = Writer::begin("Aru", "1").unwrap();
        for one in offers {
            let _ = writer.offer(one, &points()).unwrap();
        }
        let (counts, written) = writer.end("Aru", "1").unwrap();
        let whole = |document: Document| {
            let mut text = document.head("d");
            let mut pieces = document.pieces().unwrap();
            while let Some(piece) = pieces.next().unwrap() {
                text.push_str(&String::from_utf8(piece).unwrap());
            }
            text
        };
        (counts, written.map(whole))
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(400))]
        #[test]
        fn a_list_that_ends_as_a_document_lacks_nothing_that_is_sold(offers in prop::collection::vec(facts(), 0..6)) {
            let (counts, written) = write(&offers);
            let sold: Vec<&FeedFacts> = offers.iter().filter(|one| one.on_sale && one.gone_at.is_none()).collect();
            prop_assert_eq!(
                counts.rows + counts.left_out() + counts.in_trouble(),
                i64::try_from(offers.len()).unwrap()
            );
            match written {
                Err(Held::Rows { count, .. }) => prop_assert_eq!(count, counts.in_trouble()),
                Err(other) => prop_assert!(false, "{other:?}"),
                Ok(text) => {
                    prop_assert_eq!(counts.in_trouble(), 0);
                    let read = price_list::read(text.as_bytes(), &TableLimits::default()).unwrap();
                    prop_assert_eq!(&read.refused, &[]);
                    let written: Vec<&str> = read.offers.iter().map(|offer| offer.sku.as_str()).collect();
                    let wanted: Vec<&str> = sold.iter().map(|one| one.sku.trim()).collect();
                    prop_assert_eq!(written, wanted);
                    for offer in &read.offers {
                        let all_above_nothing = match &offer.price {
                            ListedPrice::Everywhere(price) => price.get() > 0,
                            ListedPrice::Cities(cities) => !cities.is_empty() && cities.values().all(|price| price.get() > 0),
                        };
                        prop_assert!(all_above_nothing);
                        prop_assert!(!offer.availabilities.is_empty());
                        prop_assert!(offer.availabilities.iter().all(|place| place.store != "PP2"));
                    }
                }
            }
        }
    }

    fn good(sku: &str) -> FeedFacts {
        FeedFacts {
            goods: FeedGoods::Offer(offer_id()),
            sku: sku.to_owned(),
            title: "Шапка".to_owned(),
            brand: None,
            on_sale: true,
            gone_at: None,
            everywhere: Some(Tenge(100)),
            cities: std::collections::BTreeMap::new(),
            places: vec![StoredAvailability {
                point_id: "S_PP1".to_owned(),
                available: true,
                stock: Some(1),
                preorder_days: None,
                stock_enabled: None,
            }],
            preorder: None,
            cost: None,
            floor: None,
        }
    }

    #[test]
    fn two_offers_that_would_be_written_under_one_article_hold_the_list() {
        let (_, written) = write(&[good("A"), good(" A ")]);
        let Err(Held::Rows { count, reason, sku }) = written else {
            panic!("it was written");
        };
        assert_eq!((count, reason, sku.as_str()), (1, RowReason::SkuRepeats, " A "));
        assert!(write(&[good("A"), good("B")]).1.is_ok());
    }

    #[test]
    fn the_fingerprint_is_of_the_content_alone() {
        let etag = |offers: &[FeedFacts]| {
            let mut writer = Writer::begin("Aru", "1").unwrap();
            for one in offers {
                writer.offer(one, &points()).unwrap().unwrap();
            }
            writer
                .end("Aru", "1")
                .unwrap()
                .1
                .map(|document| document.etag)
                .ok()
        };
        let (first, again) = (etag(&[good("A")]), etag(&[good("A")]));
        assert_eq!(first, again);
        let mut dearer = good("A");
        dearer.everywhere = Some(Tenge(101));
        assert_ne!(first, etag(&[dearer]));
    }

    #[test]
    fn days_of_preorder_that_differ_within_a_city_hold_the_list() {
        let works: Points = points()
            .into_iter()
            .map(|(id, mut point)| {
                point.works = true;
                (id, point)
            })
            .collect();
        let at = |point: &str, days| StoredAvailability {
            point_id: point.to_owned(),
            available: true,
            stock: Some(1),
            preorder_days: days,
            stock_enabled: None,
        };
        let judged = |places| judge(&FeedFacts { places, ..good("A") }, &works).map(|_| ());
        assert_eq!(
            judged(vec![at("S_PP1", Some(3)), at("S_PP2", Some(4))]),
            Err(RowReason::Preorder)
        );
        assert_eq!(judged(vec![at("S_PP1", Some(3)), at("S_PP3", Some(4))]), Ok(()));
        assert_eq!(judged(vec![at("S_PP1", Some(0)), at("S_PP2", None)]), Ok(()));
        assert_eq!(judged(vec![at("S_PP1", Some(31))]), Err(RowReason::Preorder));
    }
}
