//! Reads the texts of an Excel 97 stream, also those cut by a continuation record; refuses declared counts.

use super::records::Bytes;
use crate::table::{TableError, TableLimits, error::Countable, rows::too_many};

/// A text that lies in one record: a count of letters of the given width, a flag byte, letters.
pub(super) fn plain(bytes: &mut Bytes<'_>, count: usize) -> Result<String, TableError> {
    let wide = bytes.u8()? & 1 != 0;
    let mut text = String::new();
    push_letters(
        &mut text,
        bytes.take(count.saturating_mul(if wide { 2 } else { 1 }))?,
        wide,
    );
    Ok(text)
}

fn push_letters(text: &mut String, bytes: &[u8], wide: bool) {
    if wide {
        let units = bytes.chunks_exact(2).map(|two| {
            two.iter()
                .rev()
                .fold(0_u16, |unit, byte| (unit << 8) | u16::from(*byte))
        });
        text.extend(char::decode_utf16(units).map(|letter| letter.unwrap_or(char::REPLACEMENT_CHARACTER)));
    } else {
        // One byte a letter means the first 256 letters of Unicode, whatever the code page.
        text.extend(bytes.iter().map(|byte| char::from(*byte)));
    }
}

/// The shared texts: a record and its continuations.
pub(super) fn shared(parts: Vec<&[u8]>, limits: &TableLimits) -> Result<Vec<String>, TableError> {
    let mut source = Parts {
        parts: parts.into_iter(),
        bytes: Bytes::of(&[]),
    };
    source.advance();
    source.bytes.take(8)?;
    let mut texts = Vec::new();
    let mut length = 0_usize;
    while !source.at_end() {
        let text = source.text()?;
        length = length.saturating_add(text.len());
        if texts.len() >= limits.cells {
            return Err(too_many(Countable::Cells, texts.len(), limits.cells));
        }
        if length > limits.text_bytes {
            return Err(too_many(Countable::Texts, length, limits.text_bytes));
        }
        texts.push(text);
    }
    Ok(texts)
}

struct Parts<'s> {
    parts: std::vec::IntoIter<&'s [u8]>,
    bytes: Bytes<'s>,
}

impl Parts<'_> {
    fn advance(&mut self) -> bool {
        match self.parts.next() {
            Some(part) => {
                self.bytes = Bytes::of(part);
                true
            }
            None => false,
        }
    }

    fn at_end(&mut self) -> bool {
        while self.bytes.rest.is_empty() {
            if !self.advance() {
                return true;
            }
        }
        false
    }

    fn text(&mut self) -> Result<String, TableError> {
        let mut left = usize::from(self.bytes.u16()?);
        let flags = self.bytes.u8()?;
        let runs = if flags & 8 != 0 {
            usize::from(self.bytes.u16()?)
        } else {
            0
        };
        let phonetic = if flags & 4 != 0 { self.bytes.u32()? } else { 0 };
        let mut wide = flags & 1 != 0;
        let mut text = String::new();
        while left > 0 {
            if self.bytes.rest.is_empty() {
                if !self.advance() {
                    return Err(TableError::broken("a shared text is cut short"));
                }
                // Letters that go on in the next record begin with a flag byte of their own.
                wide = self.bytes.u8()? & 1 != 0;
            }
            let width = if wide { 2 } else { 1 };
            let here = left.min(self.bytes.rest.len() / width);
            if here == 0 {
                return Err(TableError::broken("a letter is cut in two"));
            }
            push_letters(&mut text, self.bytes.take(here.saturating_mul(width))?, wide);
            left -= here;
        }
        let phonetic = usize::try_from(phonetic).map_err(TableError::broken)?;
        self.skip(runs.saturating_mul(4).saturating_add(phonetic))?;
        Ok(text)
    }

    fn skip(&mut self, count: usize) -> Result<(), TableError> {
        let mut left = count;
        while left > 0 {
            let here = left.min(self.bytes.rest.len());
            self.bytes.take(here)?;
            left -= here;
            if left > 0 && !self.advance() {
                return Err(TableError::broken("a shared text is cut short"));
            }
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_text_cut_by_a_record_changes_width_in_the_middle() {
        let first: &[u8] = &[1, 0, 0, 0, 1, 0, 0, 0, 4, 0, 0, b'A', b'B'];
        let second: &[u8] = &[1, 0x10, 0x04, 0x11, 0x04];
        let texts = shared(vec![first, second], &TableLimits::default()).unwrap();
        assert_eq!(texts, ["ABАБ"]);
        assert!(shared(vec![first], &TableLimits::default()).is_err());
    }
}
