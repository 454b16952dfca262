//! Fonts of a strange page: what its letters say and how wide they are. Refuses exactness: a width that is not told is
//! taken rather too wide, so that nothing is cropped.

use lopdf::{Dictionary, Document, Encoding, Object};
use std::collections::HashMap;

/// Unpacked bytes that a map of letters may have.
const MOST_MAP_BYTES: usize = 4 * 1024 * 1024;

pub(super) struct StrangeFont<'a> {
    encoding: Option<Encoding<'a>>,
    /// Whether a letter is two bytes.
    pub(super) double: bool,
    widths: HashMap<u32, f32>,
    usual: f32,
}

fn follow<'a>(document: &'a Document, dictionary: &'a Dictionary, key: &[u8]) -> Option<&'a Object> {
    Some(document.dereference(dictionary.get(key).ok()?).ok()?.1)
}

impl<'a> StrangeFont<'a> {
    pub(super) fn read(document: &'a Document, font: &'a Dictionary) -> Self {
        let double =
            follow(document, font, b"Subtype").and_then(|kind| kind.as_name().ok()) == Some(b"Type0");
        let mut read = Self {
            encoding: font.get_font_encoding_with_limit(document, MOST_MAP_BYTES).ok(),
            double,
            widths: HashMap::new(),
            usual: if double { 1000.0 } else { 700.0 },
        };
        if double {
            read.composite(document, font);
        } else {
            read.simple(document, font);
        }
        read
    }

    fn simple(&mut self, document: &Document, font: &Dictionary) {
        let first = follow(document, font, b"FirstChar").and_then(|first| first.as_i64().ok());
        let widths = follow(document, font, b"Widths").and_then(|widths| widths.as_array().ok());
        let (Some(first), Some(widths)) = (first.and_then(|first| u32::try_from(first).ok()), widths) else {
            // One of the fonts that every program knows: capitals and digits of the bold one.
            for code in 0_u32..256 {
                let narrow = !matches!(code, 0x41..=0x5A | 0x40 | 0x6D | 0x77);
                self.widths.insert(code, if narrow { 612.0 } else { 945.0 });
            }
            return;
        };
        for (code, width) in (first..).zip(widths.iter().take(256)) {
            if let Some(width) = document
                .dereference(width)
                .ok()
                .and_then(|(_, width)| width.as_float().ok())
            {
                self.widths.insert(code, width);
            }
        }
    }

    fn composite(&mut self, document: &Document, font: &Dictionary) {
        let descendant = follow(document, font, b"DescendantFonts")
            .and_then(|list| list.as_array().ok())
            .and_then(|list| list.first())
            .and_then(|first| document.dereference(first).ok())
            .and_then(|(_, first)| first.as_dict().ok());
        let Some(descendant) = descendant else { return };
        if let Some(usual) = follow(document, descendant, b"DW").and_then(|usual| usual.as_float().ok()) {
            self.usual = usual;
        }
        let Some(list) = follow(document, descendant, b"W").and_then(|list| list.as_array().ok()) else {
            return;
        };
        let mut items = list
            .iter()
            .filter_map(|item| document.dereference(item).ok().map(|(_, item)| item));
        while let (Some(first), Some(second)) = (items.next(), items.next()) {
            let Some(first) = first.as_i64().ok().and_then(|first| u32::try_from(first).ok()) else {
                return;
            };
            if let Ok(widths) = second.as_array() {
                for (code, width) in (first..).zip(widths.iter().take(65_536)) {
                    self.widths.insert(code, width.as_float().unwrap_or(self.usual));
                }
                continue;
            }
            let last = second.as_i64().ok().and_then(|last| u32::try_from(last).ok());
            let width = items.next().and_then(|width| width.as_float().ok());
            let (Some(last), Some(width)) = (last, width) else {
                return;
            };
            for code in first..=last.min(first.saturating_add(65_535)) {
                self.widths.insert(code, width);
            }
        }
    }

    /// Codes of letters in a string.
    pub(super) fn codes(&self, bytes: &[u8]) -> Vec<u32> {
        if self.double {
            let pair = |two: &[u8]| two.iter().fold(0, |code, byte| code << 8 | u32::from(*byte));
            bytes.chunks(2).map(pair).collect()
        } else {
            bytes.iter().map(|byte| u32::from(*byte)).collect()
        }
    }

    /// Thousandths of the size of letters.
    pub(super) fn width(&self, code: u32) -> f32 {
        self.widths
            .get(&code)
            .copied()
            .filter(|width| width.is_finite())
            .unwrap_or(self.usual)
    }

    /// What a string says; bytes as they are when the font does not tell.
    pub(super) fn text(&self, bytes: &[u8]) -> String {
        self.encoding
            .as_ref()
            .and_then(|encoding| Document::decode_text(encoding, bytes).ok())
            .unwrap_or_else(|| bytes.iter().map(|byte| char::from(*byte)).collect())
    }
}
