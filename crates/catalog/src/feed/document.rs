//! The list as it is written: row by row, packed as it grows, hashed, each article once. Refuses to end as a document when a row is not in order.

use super::{
    facts::{FeedFacts, RowReason},
    hold::Held,
    judge::{Points, judge},
};
use crate::import::price_list::{push_head, push_offer, push_tail};
use sha2::{Digest as _, Sha256};
use std::{
    collections::{BTreeMap, HashSet},
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
                Err(RowReason::SkuRepeats)
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

/// The first 64 bits of SHA-256: two articles of one list meet in it less often than a disk errs.
fn fingerprint(sku: &str) -> u64 {
    let digest = Sha256::digest(sku.as_bytes());
    digest
        .iter()
        .take(8)
        .fold(0, |sum, byte| sum << 8 | u64::from(*byte))
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
