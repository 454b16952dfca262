//! Sizes as people write them, and where they lie on a scale. Refuses a label that it cannot place.

use crate::tables::{kids, shoes};

/// For whom a piece is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Gender {
    Women,
    Men,
    Kids,
    Unisex,
}

impl Gender {
    const ALL: [Self; 4] = [Self::Women, Self::Men, Self::Kids, Self::Unisex];

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Women => "women",
            Self::Men => "men",
            Self::Kids => "kids",
            Self::Unisex => "unisex",
        }
    }

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|gender| gender.word() == word)
    }
}

/// How a piece writes its sizes.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum System {
    /// Numbers 0 to 59, four to a US size.
    Dress,
    Us,
    Eu,
    Ru,
    /// XS, S, M …
    Int,
    /// Height of a child, cm.
    Kids,
    /// Age of a child.
    Age,
    /// Waist of jeans, inches.
    Jeans,
    /// European numbers of shoes.
    Shoes,
    ShoesUs,
    Bra,
}

/// What sizes are compared on.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scale {
    /// The learned scale of women's clothes.
    Dress,
    /// Russian sizes of women, 40 is 0, 42 is 1.
    Women,
    /// Russian sizes of men, 44 is 0, 46 is 1.
    Men,
    /// Steps of 6 cm of height, 50 is 0.
    Kids,
    /// European numbers.
    Shoes,
    /// Inches of waist.
    Jeans,
    /// Bands in fifths, cups in eight tenths.
    Bra,
    /// Lines of a table that came with the piece.
    Chart,
}

/// Where a size lies, and how far the next one is.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Spot {
    pub place: f64,
    pub step: f64,
}

impl System {
    const ALL: [Self; 11] = [
        Self::Dress,
        Self::Us,
        Self::Eu,
        Self::Ru,
        Self::Int,
        Self::Kids,
        Self::Age,
        Self::Jeans,
        Self::Shoes,
        Self::ShoesUs,
        Self::Bra,
    ];

    /// Reads the word back.
    #[must_use]
    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|system| system.word() == word)
    }

    #[must_use]
    pub fn word(self) -> &'static str {
        match self {
            Self::Dress => "dress",
            Self::Us => "us",
            Self::Eu => "eu",
            Self::Ru => "ru",
            Self::Int => "int",
            Self::Kids => "kids",
            Self::Age => "age",
            Self::Jeans => "jeans",
            Self::Shoes => "shoes",
            Self::ShoesUs => "shoes_us",
            Self::Bra => "bra",
        }
    }

    /// The scale of these sizes for this gender.
    #[must_use]
    pub fn scale(self, gender: Option<Gender>) -> Scale {
        match (self, gender) {
            (Self::Dress | Self::Us, _) => Scale::Dress,
            (Self::Kids | Self::Age, _) | (Self::Ru | Self::Eu | Self::Int, Some(Gender::Kids)) => {
                Scale::Kids
            }
            (Self::Ru | Self::Eu | Self::Int, Some(Gender::Men)) => Scale::Men,
            (Self::Ru | Self::Eu | Self::Int, _) => Scale::Women,
            (Self::Jeans, _) => Scale::Jeans,
            (Self::Shoes | Self::ShoesUs, _) => Scale::Shoes,
            (Self::Bra, _) => Scale::Bra,
        }
    }
}

/// A label without its system's name, in capitals: `RU 46` is `46` of [`System::Ru`].
#[must_use]
pub fn plain(label: &str) -> (Option<System>, String) {
    let mut text = latin(label);
    let named = [
        ("EUR", System::Eu),
        ("EU", System::Eu),
        ("RUS", System::Ru),
        ("RU", System::Ru),
        ("INT", System::Int),
        ("US", System::Us),
    ];
    for (name, system) in named {
        let bare = text
            .strip_prefix(name)
            .or_else(|| text.strip_suffix(name))
            .map(|rest| rest.trim_matches([' ', ':', '-']).to_owned());
        if let Some(rest) = bare.filter(|rest| !rest.is_empty()) {
            text = rest;
            return (Some(system), text);
        }
    }
    (None, text)
}

/// Capitals; Cyrillic letters that look or sound like a Latin size become it.
fn latin(label: &str) -> String {
    label
        .trim()
        .to_uppercase()
        .chars()
        .map(|sign| match sign {
            '\u{0421}' => 'S',
            '\u{041C}' => 'M',
            '\u{041B}' => 'L',
            '\u{0425}' => 'X',
            '\u{2013}' | '\u{2014}' => '-',
            ',' => '.',
            other => other,
        })
        .collect()
}

/// Letters as steps from XS: S is 1, XXS is −1, `S-M` lies between.
#[must_use]
pub fn letter(label: &str) -> Option<f64> {
    if let Some((left, right)) = label.split_once(['-', '/']) {
        return Some(f64::midpoint(letter(left.trim())?, letter(right.trim())?));
    }
    Some(match label {
        "3XS" | "XXXS" => -2.0,
        "2XS" | "XXS" => -1.0,
        "XS" => 0.0,
        "S" | "SMALL" => 1.0,
        "M" | "MEDIUM" => 2.0,
        "L" | "LARGE" => 3.0,
        "XL" => 4.0,
        "XXL" => 5.0,
        "XXXL" => 6.0,
        "XXXXL" => 7.0,
        other => {
            let count: f64 = other.strip_suffix("XL")?.parse().ok()?;
            return (2.0..=8.0).contains(&count).then_some(3.0 + count);
        }
    })
}

/// A number, or the middle of two: `46`, `44-46`, `44/46`.
#[must_use]
pub fn number(label: &str) -> Option<f64> {
    if let Ok(value) = label.parse::<f64>() {
        return value.is_finite().then_some(value);
    }
    let (left, right) = label.split_once(['-', '/'])?;
    let (left, right) = (
        left.trim().parse::<f64>().ok()?,
        right.trim().parse::<f64>().ok()?,
    );
    (left < right && right - left <= 12.0).then(|| f64::midpoint(left, right))
}

/// Waist in inches: `W32`, `W32 L34`, `32/34`, `32`.
fn inches(label: &str) -> Option<f64> {
    let rest = label.strip_prefix('W').unwrap_or(label).trim_start();
    let digits: String = rest.chars().take_while(char::is_ascii_digit).collect();
    let waist: f64 = digits.parse().ok()?;
    let tail = rest.get(digits.len()..).unwrap_or_default().trim();
    let length = tail.is_empty() || tail.starts_with(['L', '/', 'X']);
    (length && (20.0..=60.0).contains(&waist)).then_some(waist)
}

/// Band in centimetres and cup as steps from A: `75B`, `34C` by the American band.
#[must_use]
pub fn bra(label: &str) -> Option<(f64, f64)> {
    let digits: String = label.chars().take_while(char::is_ascii_digit).collect();
    let band: f64 = digits.parse().ok()?;
    let cup = match label.get(digits.len()..)?.trim() {
        "AA" => -1.0,
        "A" => 0.0,
        "B" => 1.0,
        "C" => 2.0,
        "D" => 3.0,
        "DD" | "E" => 4.0,
        "F" => 5.0,
        "G" => 6.0,
        _ => return None,
    };
    let band = if band < 50.0 { band_cm(band) } else { band };
    (60.0..=120.0).contains(&band).then_some((band, cup))
}

/// An American band in centimetres of the European one: 34 is 75.
#[must_use]
pub fn band_cm(inches: f64) -> f64 {
    (inches - 34.0) / 2.0 * 5.0 + 75.0
}

/// Where a bra lies: one band is one step, one cup nearly so.
#[must_use]
pub fn bra_place(band: f64, cup: f64) -> f64 {
    band / 5.0 + 0.8 * cup
}

/// Where a label of this system lies on the scale; none when it is no such size.
#[must_use]
pub fn spot(system: System, scale: Scale, gender: Option<Gender>, label: &str) -> Option<Spot> {
    let (named, text) = plain(label);
    let system = named.unwrap_or(system);
    let one = |place: f64| Some(Spot { place, step: 1.0 });
    match (scale, system) {
        (Scale::Women, System::Ru | System::Eu | System::Int) => {
            if let Some(step) = letter(&text) {
                return Some(Spot {
                    place: 0.25 + 1.5 * step,
                    step: 1.5,
                });
            }
            let first = if system == System::Eu { 34.0 } else { 40.0 };
            in_range(number(&text)?, first - 4.0, first + 36.0).map(|size| Spot {
                place: (size - first) / 2.0,
                step: 1.0,
            })
        }
        (Scale::Men, System::Ru | System::Eu | System::Int) => match letter(&text) {
            Some(step) => one(step),
            None => one((in_range(number(&text)?, 40.0, 76.0)? - 44.0) / 2.0),
        },
        (Scale::Kids, System::Age) => one(kids::place_of_age(&text)?),
        (Scale::Kids, System::Ru) if number(&text).is_some_and(|size| size < 45.0) => {
            one(kids::place_of_ru(number(&text)?)?)
        }
        (Scale::Kids, _) => match number(&text) {
            Some(height) => one((in_range(height, 40.0, 188.0)? - 50.0) / 6.0),
            None => one(kids::place_of_age(&text)?),
        },
        (Scale::Shoes, System::ShoesUs | System::Us) => one(shoes::eu_of_us(number(&text)?, gender)?),
        (Scale::Shoes, _) => one(in_range(number(&text)?, 15.0, 52.0)?),
        (Scale::Jeans, _) => one(inches(&text)?),
        (Scale::Bra, _) => bra(&text).and_then(|(band, cup)| one(bra_place(band, cup))),
        _ => None,
    }
}

fn in_range(value: f64, from: f64, to: f64) -> Option<f64> {
    (from..=to).contains(&value).then_some(value)
}

/// A label of the dress scale: 0 to 59, or a US size times two.
#[must_use]
pub fn dress(system: System, label: &str) -> Option<usize> {
    let (named, value) = match label.parse::<usize>() {
        Ok(value) => (None, value),
        Err(_) => {
            let (named, text) = plain(label);
            (named, text.parse().ok()?)
        }
    };
    match named.unwrap_or(system) {
        System::Us => {
            (value.is_multiple_of(2) && value <= 28).then_some(if value == 0 { 1 } else { value * 2 })
        }
        _ => (value < crate::learned::SIZES).then_some(value),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn labels_of_one_size_lie_at_one_place() {
        let women = |system, label| spot(system, Scale::Women, None, label).map(|spot| spot.place);
        assert_eq!(women(System::Ru, "46"), Some(3.0));
        assert_eq!(women(System::Eu, "40"), Some(3.0));
        assert_eq!(women(System::Int, "RU 46"), Some(3.0));
        assert_eq!(women(System::Int, "\u{041c}"), Some(3.25));
        assert_eq!(women(System::Int, "2XL"), women(System::Int, "XXL"));
        assert_eq!(women(System::Int, "S-M"), Some(2.5));
        assert_eq!(women(System::Ru, "44-46"), Some(2.5));
        assert_eq!(women(System::Ru, "blue"), None);
        let men = |label| spot(System::Int, Scale::Men, None, label).map(|spot| spot.place);
        assert_eq!(men("M"), men("48"));
    }

    #[test]
    fn jeans_bras_and_dresses_are_read() {
        assert_eq!(inches("W32 L34"), Some(32.0));
        assert_eq!(inches("32/34"), Some(32.0));
        assert_eq!(inches("320"), None);
        assert_eq!(bra("75B"), Some((75.0, 1.0)));
        assert_eq!(bra("34C"), Some((75.0, 2.0)));
        assert_eq!(dress(System::Us, "6"), Some(12));
        assert_eq!(dress(System::Dress, "58"), Some(58));
        assert_eq!(dress(System::Dress, "60"), None);
    }
}
