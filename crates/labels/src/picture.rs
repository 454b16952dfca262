//! A page as a picture: dark marks and the colours of charts on white, PNG. Refuses other colours, and to decide where anything stands.

use crate::{
    draw::{Area, Ink, Mark, Page, face::Faces},
    zpl::{bitmap::Bitmap, whole},
};

/// Dots of a point: 360 points are as wide as a telephone's 1080 dots.
const DOTS: f32 = 3.0;
/// Each dot is looked at in so many rows and columns, for its shade.
const FINE: usize = 3;
const FINE_F: f32 = 3.0;

/// Places that are not white: black, then the inks of charts.
const BLACK: u8 = 1;

fn place_of(ink: Ink) -> u8 {
    let nth = Ink::ALL.iter().position(|one| *one == ink).unwrap_or(0);
    u8::try_from(nth + 2).unwrap_or(BLACK)
}

fn colour(place: u8) -> [u8; 3] {
    match place {
        0 => [255; 3],
        BLACK => [0; 3],
        other => Ink::ALL
            .get(usize::from(other) - 2)
            .map_or([0; 3], |ink| ink.rgb()),
    }
}

/// Coloured places, one byte each, finer than the picture.
struct Canvas {
    width: usize,
    rows: Vec<Vec<u8>>,
}

fn place(value: f32) -> usize {
    usize::try_from(whole(value.max(0.0))).unwrap_or(0)
}

impl Canvas {
    fn new(page: &Page) -> Self {
        let fine = DOTS * FINE_F;
        let width = place((page.width * fine).round());
        Self {
            width,
            rows: vec![vec![0; width]; place((page.height * fine).round())],
        }
    }

    fn dark(&mut self, row: usize, from: usize, to: usize, shade: u8) {
        if let Some(places) = self.rows.get_mut(row)
            && let Some(places) = places.get_mut(from.min(self.width)..to.min(self.width))
        {
            places.fill(shade);
        }
    }

    fn fill(&mut self, area: Area, shade: u8) {
        let fine = DOTS * FINE_F;
        let (top, bottom) = (
            place((area.y * fine).round()),
            place((area.bottom() * fine).round()),
        );
        let (left, right) = (
            place((area.x * fine).round()),
            place((area.right() * fine).round()),
        );
        for row in top..bottom.max(top + 1) {
            self.dark(row, left, right.max(left + 1), shade);
        }
    }

    /// Letters from a left edge over a line.
    fn letters(&mut self, letters: &Bitmap, x: f32, baseline: f32, shade: u8) {
        let fine = DOTS * FINE_F;
        let left = place((x * fine).round());
        let base = place((baseline * fine).round());
        let top = base.saturating_sub(usize::try_from(letters.above).unwrap_or(0));
        for (nth, row) in letters.rows.iter().enumerate() {
            for (byte, bits) in row.iter().enumerate().filter(|(_, bits)| **bits != 0) {
                for bit in (0..8).filter(|bit| bits & (0x80 >> bit) != 0) {
                    let at = left + byte * 8 + bit;
                    self.dark(top + nth, at, at + 1, shade);
                }
            }
        }
    }

    /// Rows of dots, three bytes each, the empty foot cut off but for a margin.
    fn dots(&self, margin: f32) -> Vec<Vec<u8>> {
        let used = |row: &Vec<u8>| row.iter().any(|place| *place != 0);
        let last = self.rows.iter().rposition(used).unwrap_or(0);
        let high = (last / FINE + place(margin * DOTS)).min(self.rows.len() / FINE);
        self.rows
            .chunks_exact(FINE)
            .take(high)
            .map(|rows| (0..self.width / FINE).flat_map(|at| dot(rows, at)).collect())
            .collect()
    }
}

/// The mean colour of the places of a dot.
fn dot(rows: &[Vec<u8>], at: usize) -> [u8; 3] {
    let places = || rows.iter().flat_map(|row| row.iter().skip(at * FINE).take(FINE));
    if places().all(|place| *place == 0) {
        return [255; 3];
    }
    let mut sums = [0_usize; 3];
    for place in places() {
        for (sum, part) in sums.iter_mut().zip(colour(*place)) {
            *sum += usize::from(part);
        }
    }
    sums.map(|sum| u8::try_from(sum / (FINE * FINE)).unwrap_or(u8::MAX))
}

/// The page as PNG, so high as it is used and a margin more.
pub(crate) fn png(faces: &Faces, page: &Page, margin: f32) -> Vec<u8> {
    let mut canvas = Canvas::new(page);
    // White letters stand on dark plates: they come last.
    for mark in &page.marks {
        let shade = match mark {
            Mark::Tint(_, ink) => place_of(*ink),
            _ => BLACK,
        };
        for area in mark.dark() {
            canvas.fill(area, shade);
        }
    }
    for mark in &page.marks {
        if let Mark::Text {
            x,
            baseline,
            size,
            weight,
            inverse,
            text,
        } = mark
        {
            let letters = Bitmap::letters(faces.face(*weight), text, size * DOTS * FINE_F);
            canvas.letters(&letters, *x, *baseline, u8::from(!inverse));
        }
    }
    encoded(&canvas.dots(margin))
}

fn encoded(rows: &[Vec<u8>]) -> Vec<u8> {
    let side = |many: usize| u32::try_from(many).unwrap_or(0).to_be_bytes();
    let mut head = Vec::with_capacity(13);
    head.extend(side(rows.first().map_or(0, |row| row.len() / 3)));
    head.extend(side(rows.len()));
    // Eight bits, red, green and blue, and the only ways of packing, filtering and order there are.
    head.extend([8, 2, 0, 0, 0]);
    let mut plain = Vec::with_capacity(rows.iter().map(|row| row.len() + 1).sum());
    for row in rows {
        plain.push(0);
        plain.extend_from_slice(row);
    }
    let packed = miniz_oxide::deflate::compress_to_vec_zlib(&plain, 6);
    let mut out = b"\x89PNG\r\n\x1a\n".to_vec();
    for (name, body) in [(b"IHDR", head), (b"IDAT", packed), (b"IEND", Vec::new())] {
        chunk(&mut out, name, &body);
    }
    out
}

fn chunk(out: &mut Vec<u8>, name: &[u8; 4], body: &[u8]) {
    out.extend(u32::try_from(body.len()).unwrap_or(0).to_be_bytes());
    out.extend_from_slice(name);
    out.extend_from_slice(body);
    out.extend(checksum(name.iter().chain(body)).to_be_bytes());
}

/// CRC-32 as PNG counts it.
fn checksum<'a>(bytes: impl Iterator<Item = &'a u8>) -> u32 {
    !bytes.fold(u32::MAX, |sum, byte| {
        (0..8).fold(sum ^ u32::from(*byte), |sum, _| {
            let odd = sum & 1 == 1;
            (sum >> 1) ^ if odd { 0xEDB8_8320 } else { 0 }
        })
    })
}
