//! Codes for scanners: Code 128 and QR as modules. Refuses texts a scanner could not give back.

use crate::LabelsError;
use barcoders::sym::code128::Code128;
use qrcode::{EcLevel, QrCode, types::Color};

/// Light modules on each side of Code 128, by its standard.
pub const QUIET_MODULES: f32 = 10.0;

/// Bars of Code 128.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Bars {
    pub text: String,
    /// Dark or light, each one module wide.
    pub modules: Vec<bool>,
}

/// Modules of a QR code.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Square {
    pub text: String,
    pub side: usize,
    /// Row by row.
    pub modules: Vec<bool>,
}

impl Bars {
    /// Code 128 of a text of printable ASCII; pairs of digits in half the width.
    ///
    /// # Errors
    /// When the text is empty, has other signs, or is longer than 48.
    pub fn of(text: &str) -> Result<Self, LabelsError> {
        let unfit = || LabelsError::Code(text.to_owned());
        let printable = text.bytes().all(|byte| (b' '..=b'~').contains(&byte));
        if text.is_empty() || text.len() > 48 || !printable {
            return Err(unfit());
        }
        let modules = Code128::new(charsets(text)).map_err(|_| unfit())?.encode();
        Ok(Self {
            text: text.to_owned(),
            modules: modules.into_iter().map(|module| module == 1).collect(),
        })
    }

    /// Modules from the first bar to the last.
    pub fn width(&self) -> f32 {
        u16::try_from(self.modules.len()).map_or(f32::MAX, f32::from)
    }
}

/// The text with the signs that choose a character set: C for digits alone, B for everything else.
fn charsets(text: &str) -> String {
    const B: char = '\u{181}';
    const C: char = '\u{106}';
    let digits = text.bytes().all(|byte| byte.is_ascii_digit());
    if !digits || text.len() < 4 {
        return format!("{B}{text}");
    }
    match text.split_at_checked(text.len() % 2) {
        Some((odd, pairs)) if !odd.is_empty() => format!("{B}{odd}{C}{pairs}"),
        _ => format!("{C}{text}"),
    }
}

impl Square {
    /// QR of any text up to 300 bytes, which bears a stain on a seventh of it.
    ///
    /// # Errors
    /// When the text is empty or longer.
    pub fn of(text: &str) -> Result<Self, LabelsError> {
        if text.is_empty() || text.len() > 300 {
            return Err(LabelsError::Code(text.to_owned()));
        }
        let code = QrCode::with_error_correction_level(text, EcLevel::M)
            .map_err(|_| LabelsError::Code(text.to_owned()))?;
        Ok(Self {
            text: text.to_owned(),
            side: code.width(),
            modules: code
                .to_colors()
                .into_iter()
                .map(|color| color == Color::Dark)
                .collect(),
        })
    }

    /// Modules of a side.
    pub fn width(&self) -> f32 {
        u16::try_from(self.side).map_or(f32::MAX, f32::from)
    }
}

/// Runs of dark modules: where each begins, and how long it is.
pub fn runs(modules: &[bool]) -> Vec<(usize, usize)> {
    let mut runs: Vec<(usize, usize)> = Vec::new();
    for (at, dark) in modules.iter().enumerate() {
        match runs.last_mut() {
            Some((start, length)) if *dark && *start + *length == at => *length += 1,
            _ if *dark => runs.push((at, 1)),
            _ => {}
        }
    }
    runs
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn digits_take_half_the_width() {
        // Start, five pairs, check, stop of thirteen.
        assert_eq!(
            Bars::of("1234567890").unwrap().modules.len(),
            11 + 5 * 11 + 11 + 13
        );
        // One digit in B, the change to C, four pairs.
        assert_eq!(
            Bars::of("123456789").unwrap().modules.len(),
            11 + 11 + 11 + 4 * 11 + 11 + 13
        );
    }

    #[test]
    fn what_a_scanner_could_not_give_back_is_refused() {
        for text in ["", "заказ", "1\n2"] {
            assert_eq!(Bars::of(text).unwrap_err(), LabelsError::Code(text.to_owned()));
        }
        assert!(Square::of("заказ").is_ok());
        assert!(Square::of("").is_err());
    }

    #[test]
    fn runs_join_dark_neighbours() {
        assert_eq!(runs(&[true, true, false, true]), [(0, 2), (3, 1)]);
        assert_eq!(runs(&[false, false]), []);
    }
}
