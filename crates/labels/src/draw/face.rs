//! The shipped font: which letters it has and how wide they are. Refuses to drop a letter: what it cannot draw becomes a sign
//! that everybody sees.

use crate::LabelsError;
use krilla::text::{Font, GlyphId, KrillaGlyph};
use skrifa::{
    FontRef, MetadataProvider as _,
    charmap::Charmap,
    instance::{LocationRef, Size},
    metrics::GlyphMetrics,
    outline::{DrawSettings, OutlineGlyphCollection, OutlinePen},
};

/// Thin or thick.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Weight {
    Regular,
    Bold,
}

/// Stands for a letter the font does not have.
pub const REPLACED: char = '\u{FFFD}';

/// Both weights of the font.
pub struct Faces {
    regular: Face,
    bold: Face,
}

pub(crate) struct Face {
    pub(crate) font: Font,
    outlines: OutlineGlyphCollection<'static>,
    charmap: Charmap<'static>,
    metrics: GlyphMetrics<'static>,
    /// Letters that are used all the time, from the first on: Latin and Cyrillic.
    usual: Vec<Option<(u32, f32)>>,
}

/// Letters from here on are looked up each time.
const UNUSUAL: u32 = 0x0530;

impl Face {
    fn read(bytes: &'static [u8]) -> Result<Self, LabelsError> {
        let read = FontRef::new(bytes).map_err(|error| LabelsError::Font(error.to_string()))?;
        let font =
            Font::new(bytes.to_vec().into(), 0).ok_or_else(|| LabelsError::Font("no outlines".to_owned()))?;
        let mut face = Self {
            font,
            outlines: read.outline_glyphs(),
            charmap: read.charmap(),
            metrics: read.glyph_metrics(Size::new(1.0), LocationRef::default()),
            usual: Vec::new(),
        };
        face.usual = (0..UNUSUAL)
            .map(|code| char::from_u32(code).and_then(|letter| face.looked_up(letter)))
            .collect();
        Ok(face)
    }

    /// Number of the glyph and its width in ems.
    pub(crate) fn glyph(&self, letter: char) -> Option<(u32, f32)> {
        let usual = usize::try_from(u32::from(letter))
            .ok()
            .and_then(|code| self.usual.get(code));
        usual.map_or_else(|| self.looked_up(letter), |found| *found)
    }

    fn looked_up(&self, letter: char) -> Option<(u32, f32)> {
        let id = self.charmap.map(letter)?;
        Some((id.to_u32(), self.metrics.advance_width(id).unwrap_or_default()))
    }
}

impl Face {
    /// The edges of a glyph in letters of so many dots.
    pub(crate) fn trace(&self, id: u32, scale: f32, pen: &mut impl OutlinePen) {
        if let Some(glyph) = self.outlines.get(skrifa::GlyphId::new(id)) {
            // A glyph that cannot be drawn leaves its place empty.
            let _ = glyph.draw(
                DrawSettings::unhinted(Size::new(scale), LocationRef::default()),
                pen,
            );
        }
    }
}

impl Faces {
    /// Reads the font that is part of the program.
    ///
    /// # Errors
    /// When the font is damaged, which a test would have seen.
    pub fn shipped() -> Result<Self, LabelsError> {
        Ok(Self {
            regular: Face::read(dejavu::sans_condensed::regular())?,
            bold: Face::read(dejavu::sans_condensed::bold())?,
        })
    }

    pub(crate) const fn face(&self, weight: Weight) -> &Face {
        match weight {
            Weight::Regular => &self.regular,
            Weight::Bold => &self.bold,
        }
    }

    /// Whether both weights have the letter.
    pub fn has(&self, letter: char) -> bool {
        self.regular.glyph(letter).is_some() && self.bold.glyph(letter).is_some()
    }

    /// The text as it can be drawn: one line, spaces as spaces, letters that are written in two signs as one, signs without
    /// a shape left out. What the font has no shape for is replaced and told.
    pub fn drawable(&self, text: &str, replaced: &mut Vec<char>) -> String {
        let mut line = String::with_capacity(text.len());
        for letter in text.chars() {
            if let Some(joined) = joined(line.chars().next_back(), letter) {
                line.pop();
                line.push(joined);
            } else if letter.is_whitespace() || letter.is_control() {
                line.push(' ');
            } else if is_shapeless(letter) {
            } else if self.has(letter) {
                line.push(letter);
            } else {
                replaced.push(letter);
                line.push(if self.has(REPLACED) { REPLACED } else { '?' });
            }
        }
        line.split(' ')
            .filter(|word| !word.is_empty())
            .collect::<Vec<_>>()
            .join(" ")
    }

    /// Width in points.
    pub fn width(&self, weight: Weight, size: f32, text: &str) -> f32 {
        let face = self.face(weight);
        let ems: f32 = text
            .chars()
            .filter_map(|letter| face.glyph(letter))
            .map(|(_, width)| width)
            .sum();
        ems * size
    }

    pub(crate) fn glyphs(&self, weight: Weight, text: &str) -> Vec<KrillaGlyph> {
        let face = self.face(weight);
        text.char_indices()
            .filter_map(|(at, letter)| {
                let (id, width) = face.glyph(letter)?;
                let range = at..at + letter.len_utf8();
                Some(KrillaGlyph::new(
                    GlyphId::new(id),
                    width,
                    0.0,
                    0.0,
                    0.0,
                    range,
                    None,
                ))
            })
            .collect()
    }
}

/// й and ё, when a file system or a phone wrote them as two signs.
const fn joined(before: Option<char>, mark: char) -> Option<char> {
    match (before, mark) {
        (Some('и'), '\u{306}') => Some('й'),
        (Some('И'), '\u{306}') => Some('Й'),
        (Some('е'), '\u{308}') => Some('ё'),
        (Some('Е'), '\u{308}') => Some('Ё'),
        _ => None,
    }
}

/// Joiners, direction marks, variation selectors, soft hyphens.
const fn is_shapeless(letter: char) -> bool {
    matches!(letter, '\u{AD}' | '\u{200B}'..='\u{200F}' | '\u{202A}'..='\u{202E}' | '\u{2060}'..='\u{2064}' | '\u{FE00}'..='\u{FE0F}' | '\u{FEFF}')
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_letter_of_three_alphabets_and_the_tenge_has_a_shape() {
        let faces = Faces::shipped().unwrap();
        let russian = "абвгдеёжзийклмнопрстуфхцчшщъыьэюя";
        let kazakh = "аәбвгғдеёжзийкқлмнңоөпрстуұүфхһцчшщъыіьэюя";
        let latin = "abcdefghijklmnopqrstuvwxyzáäǵıńóöşúüýğ";
        let signs = "0123456789 .,:;!?()[]{}<>/\\|+-−–—_=*×№%‰₸$€₽«»“”„'’\"#@&§°…•→✓";
        let all = format!(
            "{russian}{kazakh}{latin}{}{}{}{signs}{REPLACED}",
            russian.to_uppercase(),
            kazakh.to_uppercase(),
            latin.to_uppercase()
        );
        let without: String = all.chars().filter(|letter| !faces.has(*letter)).collect();
        assert_eq!(without, "");
    }

    #[test]
    fn what_has_no_shape_is_replaced_in_sight_and_told() {
        let faces = Faces::shipped().unwrap();
        let mut replaced = Vec::new();
        assert_eq!(
            faces.drawable("Кофта 裙 \u{1F9E5}\n\tкрасная", &mut replaced),
            "Кофта \u{FFFD} \u{FFFD} красная"
        );
        assert_eq!(replaced, ['裙', '\u{1F9E5}']);
    }

    #[test]
    fn letters_in_two_signs_become_one() {
        let faces = Faces::shipped().unwrap();
        let mut replaced = Vec::new();
        assert_eq!(
            faces.drawable("Зеле\u{308}ный чаи\u{306}\u{FE0F}", &mut replaced),
            "Зелёный чай"
        );
        assert_eq!(replaced, []);
    }
}
