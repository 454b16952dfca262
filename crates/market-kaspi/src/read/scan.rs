//! Reads the usual form of an offers answer in one pass over its bytes. Refuses everything unusual (escapes in words, exponents, unknown
//! types, doubled members, broken JSON) by `None`: then the patient reader decides, and the two never disagree.
//!
//! An installation reads this document thousands of times a minute; this halves the time of the patient reader.

use crate::wire::{
    number::Number,
    storefront::OfferRow,
    text::{Flag, Text},
};
use std::borrow::Cow;

/// Deeper than this is unusual.
const MOST_LEVELS: u32 = 12;

/// The parts of an offers answer that mean something.
pub struct Scanned<T> {
    pub rows: T,
    pub total: Number,
    pub offers_count: Number,
}

/// Walks an answer and hands each row to `take`, in order. Rows are handed over before the end is known to be sound: throw `rows` away
/// when the outcome is `None`.
pub fn offers<T>(text: &str, mut rows: T, mut take: impl FnMut(&mut T, &OfferRow<'_>)) -> Option<Scanned<T>> {
    let mut scan = Scan { text, at: 0 };
    let (mut total, mut offers_count, mut is_listed) = (None, None, false);
    scan.open(b'{')?;
    let mut more = !scan.close(b'}');
    while more {
        match scan.key()? {
            "offers" if !is_listed => {
                is_listed = true;
                scan.open(b'[')?;
                let mut more = !scan.close(b']');
                while more {
                    take(&mut rows, &scan.row()?);
                    more = scan.next(b']')?;
                }
            }
            "total" => once(&mut total, scan.number()?)?,
            "offersCount" => once(&mut offers_count, scan.number()?)?,
            "offers" => return None,
            _ => scan.skip(0)?,
        }
        more = scan.next(b'}')?;
    }
    scan.space();
    if !is_listed || scan.at != text.len() {
        return None;
    }
    Some(Scanned {
        rows,
        total: total.unwrap_or_default(),
        offers_count: offers_count.unwrap_or_default(),
    })
}

/// Fills a place that must still be empty.
fn once<T>(place: &mut Option<T>, value: T) -> Option<()> {
    place.replace(value).is_none().then_some(())
}

struct Scan<'a> {
    text: &'a str,
    at: usize,
}

impl<'a> Scan<'a> {
    fn rest(&self) -> &'a [u8] {
        self.text.as_bytes().get(self.at..).unwrap_or_default()
    }

    fn byte(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn space(&mut self) {
        while let Some(b' ' | b'\n' | b'\r' | b'\t') = self.byte() {
            self.at += 1;
        }
    }

    fn open(&mut self, wanted: u8) -> Option<()> {
        self.space();
        self.close_here(wanted).then_some(())
    }

    fn close(&mut self, wanted: u8) -> bool {
        self.space();
        self.close_here(wanted)
    }

    fn close_here(&mut self, wanted: u8) -> bool {
        let is_here = self.byte() == Some(wanted);
        self.at += usize::from(is_here);
        is_here
    }

    /// After an element: true before another one, false at the end.
    fn next(&mut self, end: u8) -> Option<bool> {
        self.space();
        let found = self.byte()?;
        self.at += 1;
        if found == b',' {
            Some(true)
        } else if found == end {
            Some(false)
        } else {
            None
        }
    }

    fn key(&mut self) -> Option<&'a str> {
        self.space();
        let key = self.string()?;
        self.open(b':')?;
        self.space();
        Some(key)
    }

    /// Text without escapes.
    fn string(&mut self) -> Option<&'a str> {
        if self.byte() != Some(b'"') {
            return None;
        }
        let start = self.at + 1;
        let tail = self.text.as_bytes().get(start..)?;
        let length = first_stop(tail)?;
        self.at = start + length + 1;
        if tail.get(length) != Some(&b'"') {
            return None;
        }
        self.text.get(start..start + length)
    }

    fn word(&mut self, word: &str) -> Option<()> {
        self.rest()
            .starts_with(word.as_bytes())
            .then(|| self.at += word.len())
    }

    fn words(&mut self) -> Option<Text<'a>> {
        if self.byte() == Some(b'n') {
            self.word("null")?;
            return Some(Text(None));
        }
        self.string().map(|text| Text(Some(Cow::Borrowed(text))))
    }

    fn flag(&mut self) -> Option<Flag> {
        match self.byte()? {
            b't' => self.word("true").map(|()| Flag(Some(true))),
            b'f' => self.word("false").map(|()| Flag(Some(false))),
            b'n' => self.word("null").map(|()| Flag(None)),
            _ => None,
        }
    }

    /// Up to fifteen digits and up to three places, no exponent.
    fn number(&mut self) -> Option<Number> {
        if self.byte() == Some(b'n') {
            return self.word("null").map(|()| Number::Absent);
        }
        let is_negative = self.close_here(b'-');
        let (whole, digits) = self.digits(15)?;
        if digits > 1 && whole < power_of_ten(digits - 1) {
            // A leading zero is not JSON.
            return None;
        }
        let mut milli = 0;
        if self.close_here(b'.') {
            let (places, digits) = self.digits(3)?;
            milli = places * power_of_ten(3 - digits);
        }
        if matches!(self.byte(), Some(b'e' | b'E')) || (milli != 0 && whole > 9_000_000_000) {
            return None;
        }
        let sign = if is_negative { -1 } else { 1 };
        Some(if milli == 0 {
            Number::Whole(sign * whole)
        } else {
            Number::Milli(sign * (whole * 1000 + milli))
        })
    }

    /// One to `most` digits: their value and how many they are.
    fn digits(&mut self, most: u32) -> Option<(i64, u32)> {
        let (mut value, mut count) = (0_i64, 0);
        while let Some(digit @ b'0'..=b'9') = self.byte() {
            value = value * 10 + i64::from(digit - b'0');
            count += 1;
            self.at += 1;
            if count > most {
                return None;
            }
        }
        (count > 0).then_some((value, count))
    }

    /// Any value, unread.
    fn skip(&mut self, level: u32) -> Option<()> {
        match self.byte()? {
            b'"' => self.skip_string(),
            b't' => self.word("true"),
            b'f' => self.word("false"),
            b'n' => self.word("null"),
            b'{' if level < MOST_LEVELS => {
                self.at += 1;
                let mut more = !self.close(b'}');
                while more {
                    self.key()?;
                    self.skip(level + 1)?;
                    more = self.next(b'}')?;
                }
                Some(())
            }
            b'[' if level < MOST_LEVELS => {
                self.at += 1;
                let mut more = !self.close(b']');
                while more {
                    self.space();
                    self.skip(level + 1)?;
                    more = self.next(b']')?;
                }
                Some(())
            }
            b'-' | b'0'..=b'9' => self.number().map(|_| ()),
            _ => None,
        }
    }

    fn skip_string(&mut self) -> Option<()> {
        self.at += 1;
        loop {
            let length = first_stop(self.rest())?;
            self.at += length;
            match self.byte()? {
                b'"' => {
                    self.at += 1;
                    return Some(());
                }
                b'\\' => {
                    self.at += 1;
                    // Numbered letters are left to the patient reader, which checks them.
                    if !matches!(
                        self.byte()?,
                        b'"' | b'\\' | b'/' | b'b' | b'f' | b'n' | b'r' | b't'
                    ) {
                        return None;
                    }
                    self.at += 1;
                }
                _ => return None,
            }
        }
    }

    fn row(&mut self) -> Option<OfferRow<'a>> {
        let mut row = OfferRow::default();
        let mut seen = 0_u32;
        self.open(b'{')?;
        let mut more = !self.close(b'}');
        while more {
            let place = match self.key()? {
                "merchantId" => put(&mut row.merchant_id, self.words()?, 0),
                "merchantName" => put(&mut row.merchant_name, self.words()?, 1),
                "merchantSku" => put(&mut row.merchant_sku, self.words()?, 2),
                "merchantRating" => put(&mut row.merchant_rating, self.number()?, 3),
                "merchantReviewsQuantity" => put(&mut row.merchant_reviews_quantity, self.number()?, 4),
                "price" => put(&mut row.price, self.number()?, 5),
                "delivery" => put(&mut row.delivery, self.words()?, 6),
                "pickup" => put(&mut row.pickup, self.words()?, 7),
                "kaspiDelivery" => put(&mut row.kaspi_delivery, self.flag()?, 8),
                "preorder" => put(&mut row.preorder, self.number()?, 9),
                "locatedInPoint" => put(&mut row.located_in_point, self.words()?, 10),
                "deliveryType" => put(&mut row.delivery_type, self.words()?, 11),
                "deliveryDuration" => put(&mut row.delivery_duration, self.words()?, 12),
                "deliveryOptions" => {
                    self.word("null")?;
                    1 << 13
                }
                _ => {
                    self.skip(0)?;
                    0
                }
            };
            if seen & place != 0 {
                return None;
            }
            seen |= place;
            more = self.next(b'}')?;
        }
        Some(row)
    }
}

/// Puts a value in its place and answers with the place's mark.
fn put<T>(place: &mut T, value: T, mark: u32) -> u32 {
    *place = value;
    1 << mark
}

/// Where the first quote, backslash or control byte is. Eight bytes at a time: a byte below a bound borrows from its highest bit, and the
/// lowest such bit is always a true one.
fn first_stop(bytes: &[u8]) -> Option<usize> {
    const ONES: u64 = 0x0101_0101_0101_0101;
    const HIGHS: u64 = 0x8080_8080_8080_8080;
    let below = |word: u64, bound: u64| word.wrapping_sub(ONES * bound) & !word;
    let (words, tail) = bytes.as_chunks::<8>();
    for (place, word) in words.iter().enumerate() {
        let word = u64::from_le_bytes(*word);
        let quote = below(word ^ (ONES * 0x22), 1);
        let backslash = below(word ^ (ONES * 0x5c), 1);
        let stops = (quote | backslash | below(word, 0x20)) & HIGHS;
        if stops != 0 {
            let inside = usize::try_from(stops.trailing_zeros() / 8).unwrap_or(0);
            return Some(place * 8 + inside);
        }
    }
    let inside = tail
        .iter()
        .position(|byte| matches!(byte, b'"' | b'\\' | 0..=0x1f))?;
    Some(words.len() * 8 + inside)
}

const fn power_of_ten(exponent: u32) -> i64 {
    10_i64.pow(exponent)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_stop_is_found_wherever_it_is() {
        for length in 0..40 {
            for stop in [0x00, 0x1f, b'"', b'\\'] {
                for other in [0x20, b'!', b'#', b'[', b']', 0x7f, 0x80, 0xa2, 0xdc, 0xff] {
                    for place in 0..length {
                        let mut bytes = vec![other; length];
                        bytes[place] = stop;
                        // A second one above must not be taken for the first.
                        if let Some(last) = bytes.last_mut() {
                            *last = stop;
                        }
                        assert_eq!(first_stop(&bytes), Some(place), "{bytes:?}");
                    }
                    assert_eq!(first_stop(&vec![other; length]), None);
                }
            }
        }
    }
}
