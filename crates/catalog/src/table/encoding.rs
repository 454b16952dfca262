//! Turns the bytes of a text file into text: UTF-8, UTF-16, Windows-1251; refuses to guess beyond these.

use super::TableError;
use encoding_rs::{UTF_16BE, UTF_16LE, WINDOWS_1251};
use std::borrow::Cow;

/// A text and the encoding it was in.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Decoded<'b> {
    pub text: Cow<'b, str>,
    /// `UTF-8`, `UTF-16LE`, `UTF-16BE` or `windows-1251`.
    pub encoding: &'static str,
}

/// Finds out the encoding of a text and decodes it; the byte order mark is dropped.
///
/// # Errors
/// When the bytes are in none of the encodings; the line of the first such byte is named.
pub fn decode(bytes: &[u8]) -> Result<Decoded<'_>, TableError> {
    if let Some(rest) = bytes.strip_prefix(b"\xef\xbb\xbf") {
        return match std::str::from_utf8(rest) {
            Ok(text) => Ok(Decoded {
                text: Cow::Borrowed(text),
                encoding: "UTF-8",
            }),
            Err(error) => Err(refused(rest, error.valid_up_to())),
        };
    }
    if let Some(rest) = bytes.strip_prefix(b"\xff\xfe") {
        return utf16(rest, UTF_16LE);
    }
    if let Some(rest) = bytes.strip_prefix(b"\xfe\xff") {
        return utf16(rest, UTF_16BE);
    }
    if let Some(order) = unmarked_utf16(bytes) {
        return utf16(bytes, order);
    }
    if let Some(at) = bytes.iter().position(|byte| *byte == 0) {
        return Err(refused(bytes, at));
    }
    match std::str::from_utf8(bytes) {
        Ok(text) => Ok(Decoded {
            text: Cow::Borrowed(text),
            encoding: "UTF-8",
        }),
        Err(error) => windows_1251(bytes, error.valid_up_to()),
    }
}

fn utf16<'b>(bytes: &'b [u8], order: &'static encoding_rs::Encoding) -> Result<Decoded<'b>, TableError> {
    match order.decode_without_bom_handling_and_without_replacement(bytes) {
        Some(text) => Ok(Decoded {
            text,
            encoding: order.name(),
        }),
        None => Err(TableError::Encoding { line: 1 }),
    }
}

/// UTF-16 without a mark shows by zero bytes that are all at even, or all at odd places.
fn unmarked_utf16(bytes: &[u8]) -> Option<&'static encoding_rs::Encoding> {
    let start = bytes.get(..2000).unwrap_or(bytes);
    let mut zeros = [0_usize; 2];
    for (place, byte) in start.iter().enumerate() {
        if *byte == 0 {
            match place % 2 {
                0 => zeros[0] += 1,
                _ => zeros[1] += 1,
            }
        }
    }
    let many = (start.len() / 10).max(1);
    match zeros {
        [0, odd] if odd > many => Some(UTF_16LE),
        [even, 0] if even > many => Some(UTF_16BE),
        _ => None,
    }
}

/// Any bytes "are" Windows-1251, so the letters are looked at: Russian text has its letters at 0xC0–0xFF, while
/// the same text in the DOS encoding 866 has most of them elsewhere.
fn windows_1251(bytes: &[u8], first_high: usize) -> Result<Decoded<'_>, TableError> {
    let (mut letters, mut strange) = (0_usize, 0_usize);
    for byte in bytes {
        match byte {
            0xc0..=0xff => letters += 1,
            // ASCII; Ё ё № « » – — … ’ “ ” nbsp ° and the і of Kazakh, which tell nothing
            0x00..=0x7f
            | 0xa8
            | 0xb8
            | 0xb9
            | 0xab
            | 0xbb
            | 0x96
            | 0x97
            | 0x85
            | 0x92..=0x94
            | 0xa0
            | 0xb0
            | 0xb2
            | 0xb3 => {}
            0x98 => return Err(refused(bytes, first_high)),
            _ => strange += 1,
        }
    }
    if letters < strange.saturating_mul(3) {
        return Err(refused(bytes, first_high));
    }
    let (text, _) = WINDOWS_1251.decode_without_bom_handling(bytes);
    Ok(Decoded {
        text,
        encoding: "windows-1251",
    })
}

fn refused(bytes: &[u8], at: usize) -> TableError {
    let before = bytes.get(..at).unwrap_or(bytes);
    let lines = before.iter().filter(|byte| **byte == b'\n').count();
    TableError::Encoding {
        line: u64::try_from(lines).unwrap_or(u64::MAX).saturating_add(1),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn encoding_of(bytes: &[u8]) -> Option<&'static str> {
        decode(bytes).ok().map(|decoded| decoded.encoding)
    }

    #[test]
    fn four_encodings_give_the_same_text() {
        let text = "артикул;минимум\nА-1;38 740\n";
        let (windows, _, _) = WINDOWS_1251.encode(text);
        let wide_le: Vec<u8> = text.encode_utf16().flat_map(u16::to_le_bytes).collect();
        let wide_be: Vec<u8> = text.encode_utf16().flat_map(u16::to_be_bytes).collect();
        let with = |mark: &[u8], rest: &[u8]| [mark, rest].concat();
        for (bytes, name) in [
            (text.as_bytes().to_vec(), "UTF-8"),
            (with(b"\xef\xbb\xbf", text.as_bytes()), "UTF-8"),
            (windows.into_owned(), "windows-1251"),
            (with(b"\xff\xfe", &wide_le), "UTF-16LE"),
            (with(b"\xfe\xff", &wide_be), "UTF-16BE"),
        ] {
            let decoded = decode(&bytes).unwrap();
            assert_eq!((decoded.text.as_ref(), decoded.encoding), (text, name));
        }
    }

    #[test]
    fn latin_utf16_without_a_mark_is_known_by_its_zeros() {
        let bytes: Vec<u8> = "sku,min\nA-1,100\n"
            .encode_utf16()
            .flat_map(u16::to_le_bytes)
            .collect();
        assert_eq!(encoding_of(&bytes), Some("UTF-16LE"));
    }

    #[test]
    fn other_bytes_are_refused_with_the_line() {
        // «Кофеварка, чёрная» in the DOS encoding 866
        let dos = b"sku;name\nA-1;\x8a\xae\xe4\xa5\xa2\xa0\xe0\xaa\xa0, \xe7\xf1\xe0\xad\xa0\xef\n";
        assert!(matches!(decode(dos), Err(TableError::Encoding { line: 2 })));
        assert!(matches!(
            decode(b"\xef\xbb\xbfa\nb\xff"),
            Err(TableError::Encoding { line: 2 })
        ));
        assert!(matches!(
            decode(b"a;b\n\x00\x01"),
            Err(TableError::Encoding { line: 2 })
        ));
    }
}
