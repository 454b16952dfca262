//! Black and white pictures for printers that lack letters or large codes. Refuses shades.

use crate::draw::{
    code::{Square, runs},
    face::Face,
};
use skrifa::outline::OutlinePen;

/// A picture; one bit a dot, rows of whole bytes.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(crate) struct Bitmap {
    row_bytes: usize,
    pub(crate) rows: Vec<Vec<u8>>,
    /// Rows above the line letters stand on.
    pub(crate) above: u32,
}

impl Bitmap {
    fn new(width: usize, height: usize, above: u32) -> Self {
        let row_bytes = width.div_ceil(8).max(1);
        Self {
            row_bytes,
            rows: vec![vec![0; row_bytes]; height],
            above,
        }
    }

    fn dark(&mut self, row: usize, from: usize, to: usize) {
        let Some(row) = self.rows.get_mut(row) else { return };
        for at in from..to {
            if let Some(byte) = row.get_mut(at / 8) {
                *byte |= 0x80 >> (at % 8);
            }
        }
    }

    /// A square code with modules of so many dots.
    pub(super) fn square(square: &Square, module: u32) -> Self {
        let module = usize::try_from(module).unwrap_or(1);
        let side = square.side * module;
        let mut bitmap = Self::new(side, side, 0);
        for (row, modules) in square.modules.chunks(square.side.max(1)).enumerate() {
            for (start, length) in runs(modules) {
                for line in row * module..(row + 1) * module {
                    bitmap.dark(line, start * module, (start + length) * module);
                }
            }
        }
        bitmap
    }

    /// A line of text, letters of so many dots.
    pub(crate) fn letters(face: &Face, text: &str, scale: f32) -> Self {
        let mut outline = Outline::default();
        let mut x = 0.0;
        for letter in text.chars() {
            x += outline.letter(face, letter, x, scale);
        }
        let above = super::whole((scale * 1.0).ceil());
        let below = super::whole((scale * 0.3).ceil());
        let height = usize::try_from(above + below).unwrap_or(0);
        let mut bitmap = Self::new(
            usize::try_from(super::whole(x.ceil())).unwrap_or(0),
            height,
            above,
        );
        for (row, crossings) in outline.rows(height, above).into_iter().enumerate() {
            for (from, to) in inside(crossings) {
                let first = usize::try_from(super::whole(from)).unwrap_or(0);
                let last = usize::try_from(super::whole(to)).unwrap_or(0);
                bitmap.dark(row, first, last.max(first + 1));
            }
        }
        bitmap
    }

    /// The picture as a field, packed the way ZPL packs.
    pub(super) fn graphic(&self) -> String {
        let total = self.row_bytes * self.rows.len();
        let mut out = format!("^GFA,{total},{total},{},", self.row_bytes);
        let mut before: Option<&Vec<u8>> = None;
        for row in &self.rows {
            if before == Some(row) {
                out.push(':');
            } else {
                pack(row, &mut out);
            }
            before = Some(row);
        }
        out
    }
}

/// Hexadecimal digits with their repetitions; light to the end of the row is a comma.
fn pack(row: &[u8], out: &mut String) {
    let digit = |half: u8| {
        char::from_digit(u32::from(half), 16)
            .unwrap_or('0')
            .to_ascii_uppercase()
    };
    let hex: Vec<char> = row
        .iter()
        .flat_map(|byte| [digit(byte >> 4), digit(byte & 15)])
        .collect();
    let used = hex
        .iter()
        .rposition(|digit| *digit != '0')
        .map_or(0, |last| last + 1);
    let mut rest = hex.get(..used).unwrap_or_default();
    while let Some(digit) = rest.first() {
        let count = rest.iter().take_while(|other| *other == digit).count();
        repeat(count, out);
        out.push(*digit);
        rest = rest.get(count..).unwrap_or_default();
    }
    if used < hex.len() {
        out.push(',');
    }
}

/// `z` is 400, `g` to `y` are twenties, `G` to `Y` are ones.
fn repeat(mut count: usize, out: &mut String) {
    if count == 1 {
        return;
    }
    while count >= 400 {
        out.push('z');
        count -= 400;
    }
    let sign =
        |first: u8, steps: usize| u8::try_from(steps).map_or(' ', |steps| char::from(first + steps - 1));
    if count >= 20 {
        out.push(sign(b'g', count / 20));
        count %= 20;
    }
    if count > 0 {
        out.push(sign(b'G', count));
    }
}

/// Edges of letters in dots, up is up.
#[derive(Default)]
struct Outline {
    edges: Vec<[f32; 4]>,
}

struct Tracer<'a> {
    edges: &'a mut Vec<[f32; 4]>,
    x: f32,
    start: (f32, f32),
    at: (f32, f32),
}

impl Tracer<'_> {
    fn to(&mut self, x: f32, y: f32) {
        self.edges.push([self.at.0, self.at.1, x, y]);
        self.at = (x, y);
    }
}

const STEPS: [f32; 6] = [1.0 / 6.0, 2.0 / 6.0, 3.0 / 6.0, 4.0 / 6.0, 5.0 / 6.0, 1.0];

impl OutlinePen for Tracer<'_> {
    fn move_to(&mut self, x: f32, y: f32) {
        self.at = (x + self.x, y);
        self.start = self.at;
    }

    fn line_to(&mut self, x: f32, y: f32) {
        self.to(x + self.x, y);
    }

    fn quad_to(&mut self, cx: f32, cy: f32, x: f32, y: f32) {
        let (from, cx, x) = (self.at, cx + self.x, x + self.x);
        for t in STEPS {
            let u = 1.0 - t;
            self.to(
                u * u * from.0 + 2.0 * u * t * cx + t * t * x,
                u * u * from.1 + 2.0 * u * t * cy + t * t * y,
            );
        }
    }

    fn curve_to(&mut self, cx: f32, cy: f32, dx: f32, dy: f32, x: f32, y: f32) {
        let (from, cx, dx, x) = (self.at, cx + self.x, dx + self.x, x + self.x);
        for t in STEPS {
            let u = 1.0 - t;
            self.to(
                u * u * u * from.0 + 3.0 * u * u * t * cx + 3.0 * u * t * t * dx + t * t * t * x,
                u * u * u * from.1 + 3.0 * u * u * t * cy + 3.0 * u * t * t * dy + t * t * t * y,
            );
        }
    }

    fn close(&mut self) {
        let start = self.start;
        self.to(start.0, start.1);
    }
}

impl Outline {
    /// Adds a letter; answers how wide it is.
    fn letter(&mut self, face: &Face, letter: char, x: f32, scale: f32) -> f32 {
        let Some((id, width)) = face.glyph(letter) else {
            return 0.0;
        };
        let mut tracer = Tracer {
            edges: &mut self.edges,
            x,
            start: (x, 0.0),
            at: (x, 0.0),
        };
        face.trace(id, scale, &mut tracer);
        width * scale
    }

    /// Where edges cross the middle of each row, and whether they go up or down. Rows go down from so many above the line.
    fn rows(&self, height: usize, above: u32) -> Vec<Vec<(f32, i32)>> {
        let top = f32::from(u16::try_from(above).unwrap_or(u16::MAX)) - 0.5;
        let mut rows = vec![Vec::new(); height];
        for [x0, y0, x1, y1] in &self.edges {
            let (low, high, way) = if y0 < y1 { (*y0, *y1, 1) } else { (*y1, *y0, -1) };
            // One row more on each side: rounding decides nothing here, the comparison below does.
            let first = usize::try_from(super::whole(top - high))
                .unwrap_or(0)
                .saturating_sub(1);
            let last = usize::try_from(super::whole(top - low))
                .unwrap_or(0)
                .saturating_add(2);
            for (row, crossings) in rows.iter_mut().enumerate().take(last).skip(first) {
                let y = top - u16::try_from(row).map_or(0.0, f32::from);
                if low <= y && y < high {
                    crossings.push((x0 + (y - y0) / (y1 - y0) * (x1 - x0), way));
                }
            }
        }
        rows
    }
}

/// Where a row is dark: between edges that go up and those that go down.
fn inside(mut crossings: Vec<(f32, i32)>) -> Vec<(f32, f32)> {
    crossings.sort_by(|a, b| a.0.total_cmp(&b.0));
    let mut spans = Vec::new();
    let (mut winding, mut from) = (0, 0.0);
    for (x, way) in crossings {
        if winding == 0 {
            from = x;
        }
        winding += way;
        if winding == 0 {
            spans.push((from, x));
        }
    }
    spans
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn rows_are_packed_as_zpl_packs_them() {
        let mut out = String::new();
        pack(&[0xFF, 0xFF, 0x00, 0x12, 0x00], &mut out);
        assert_eq!(out, "JFH012,");
        let mut long = String::new();
        pack(&[0xFF; 225], &mut long);
        assert_eq!(long, "zhPF");
    }

    #[test]
    fn a_row_like_the_one_before_is_a_colon() {
        let mut bitmap = Bitmap::new(8, 3, 0);
        bitmap.dark(0, 0, 4);
        bitmap.dark(1, 0, 4);
        assert_eq!(bitmap.graphic(), "^GFA,3,3,1,F,:,");
    }
}
