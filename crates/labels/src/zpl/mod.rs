//! Labels for thermal printers in ZPL II: UTF-8, the printer's own codes, letters of the printer or drawn by us. Refuses
//! sheets: a thermal printer has one label after the other.

pub(crate) mod bitmap;

use crate::draw::{
    Area, Mark, Page,
    face::{Faces, Weight},
};
use bitmap::Bitmap;

/// Dots on an inch.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Dpi {
    #[default]
    Dpi203,
    Dpi300,
}

/// Whose letters are printed.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum ZplText {
    /// The printer's Swiss 721 (`E:TT0003M_.FNT`), which has Cyrillic on printers of the last years. Small files.
    #[default]
    Printer,
    /// Pictures of our own letters: every printer, every letter; files ten times as large.
    Drawn,
}

/// How ZPL is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Zpl {
    pub dpi: Dpi,
    pub text: ZplText,
}

/// The printer's letters under a short name.
const HEAD: &str = "^XA^CWU,E:TT0003M_.FNT^XZ\n";
/// Larger modules are not understood by older printers.
const MOST_MAGNIFICATION: u32 = 10;

impl Dpi {
    /// Dots of a millimetre are 8 and 11.8: of a point, these.
    const fn per_point(self) -> f32 {
        match self {
            Self::Dpi203 => 8.0 * 25.4 / 72.0,
            Self::Dpi300 => 300.0 / 72.0,
        }
    }
}

/// One job for all labels.
pub fn labels(faces: &Faces, pages: &[Page], zpl: Zpl) -> String {
    let mut out = match zpl.text {
        ZplText::Printer => HEAD.to_owned(),
        ZplText::Drawn => String::new(),
    };
    let printer = Printer { faces, zpl };
    for page in pages {
        printer.label(page, &mut out);
    }
    out
}

struct Printer<'a> {
    faces: &'a Faces,
    zpl: Zpl,
}

/// Dots as a whole number; nothing is left of the paper.
#[expect(
    clippy::as_conversions,
    clippy::cast_possible_truncation,
    clippy::cast_sign_loss,
    reason = "clamped to four metres of dots before"
)]
pub(crate) fn whole(dots: f32) -> u32 {
    dots.round().clamp(0.0, 32_000.0) as u32
}

impl Printer<'_> {
    fn dots(&self, points: f32) -> u32 {
        whole(points * self.zpl.dpi.per_point())
    }

    fn label(&self, page: &Page, out: &mut String) {
        let (width, height) = (self.dots(page.width), self.dots(page.height));
        out.push_str(&format!("^XA^CI28^PW{width}^LL{height}^LH0,0\n"));
        for mark in &page.marks {
            self.mark(mark, out);
            out.push('\n');
        }
        out.push_str("^PQ1^XZ\n");
    }

    fn mark(&self, mark: &Mark, out: &mut String) {
        match mark {
            Mark::Text {
                x,
                baseline,
                size,
                weight,
                inverse,
                text,
            } => self.text((*x, *baseline), *size, *weight, *inverse, text, out),
            Mark::Fill(area) | Mark::Tint(area, _) => {
                let (width, height) = (self.dots(area.width).max(1), self.dots(area.height).max(1));
                let thick = width.min(height);
                out.push_str(&format!("{}^GB{width},{height},{thick}^FS", self.origin(*area)));
            }
            Mark::Frame(area, line) => {
                let thick = self.dots(*line).max(1);
                let (width, height) = (self.dots(area.width), self.dots(area.height));
                out.push_str(&format!("{}^GB{width},{height},{thick}^FS", self.origin(*area)));
            }
            Mark::Bars(area, bars) => {
                let module = whole(area.width / bars.width() * self.zpl.dpi.per_point()).max(1);
                let height = self.dots(area.height);
                // `>` begins the sign of a character set in this code.
                let text = escaped(&bars.text.replace('>', ">0"));
                out.push_str(&format!(
                    "{}^BY{module}^BCN,{height},N,N,N,A^FH^FD{text}^FS",
                    self.origin(*area)
                ));
            }
            Mark::Square(area, square) => {
                let module = whole(area.width / square.width() * self.zpl.dpi.per_point()).max(1);
                if module <= MOST_MAGNIFICATION {
                    let text = escaped(&square.text);
                    out.push_str(&format!(
                        "{}^BQN,2,{module}^FH^FDMA,{text}^FS",
                        self.origin(*area)
                    ));
                } else {
                    let picture = Bitmap::square(square, module);
                    out.push_str(&format!("{}{}^FS", self.origin(*area), picture.graphic()));
                }
            }
        }
    }

    fn origin(&self, area: Area) -> String {
        format!("^FO{},{}", self.dots(area.x), self.dots(area.y))
    }

    fn text(&self, at: (f32, f32), size: f32, weight: Weight, inverse: bool, text: &str, out: &mut String) {
        let reverse = if inverse { "^FR" } else { "" };
        if self.zpl.text == ZplText::Drawn {
            let scale = size * self.zpl.dpi.per_point();
            let picture = Bitmap::letters(self.faces.face(weight), text, scale);
            let top = self.dots(at.1).saturating_sub(picture.above);
            out.push_str(&format!(
                "^FO{},{top}{reverse}{}^FS",
                self.dots(at.0),
                picture.graphic()
            ));
            return;
        }
        let (x, y) = (self.dots(at.0), self.dots(at.1));
        let height = self.dots(size);
        let text = escaped(text);
        out.push_str(&format!("^FT{x},{y}{reverse}^AUN,{height},0^FH^FD{text}^FS"));
        if weight == Weight::Bold && !inverse {
            // The printer has no thick letters: a second print one dot to the right.
            out.push_str(&format!("^FT{},{y}^AUN,{height},0^FH^FD{text}^FS", x + 1));
        }
    }
}

/// A text as data of a field: signs that would be commands come as their numbers.
fn escaped(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for sign in text.chars() {
        match sign {
            '^' | '~' | '_' | '\\' => out.push_str(&format!("_{:02X}", u32::from(sign))),
            sign if sign.is_control() => out.push(' '),
            sign => out.push(sign),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn commands_in_a_text_stay_text() {
        assert_eq!(escaped("a^XZ~JA_b\\c\n"), "a_5EXZ_7EJA_5Fb_5Cc ");
    }
}
