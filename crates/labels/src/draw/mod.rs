//! A page as a list of marks with places in points, the origin in the upper left corner. Refuses to be a file: PDF and ZPL
//! are made of it elsewhere, and tests look at it.

pub mod code;
pub mod face;
pub mod fit;

use code::{Bars, Square, runs};
use face::{Faces, Weight};
use fit::{Fitted, fit};

/// Points of a millimetre.
pub const MM: f32 = 72.0 / 25.4;

/// A place on the page.
#[derive(Debug, Clone, Copy, PartialEq)]
pub struct Area {
    pub x: f32,
    pub y: f32,
    pub width: f32,
    pub height: f32,
}

impl Area {
    pub const fn new(x: f32, y: f32, width: f32, height: f32) -> Self {
        Self { x, y, width, height }
    }

    pub const fn right(self) -> f32 {
        self.x + self.width
    }

    pub const fn bottom(self) -> f32 {
        self.y + self.height
    }

    /// The same, smaller on each side.
    pub const fn inset(self, by: f32) -> Self {
        Self::new(
            self.x + by,
            self.y + by,
            self.width - 2.0 * by,
            self.height - 2.0 * by,
        )
    }
}

/// Colours of charts, those of the pages; printers of labels have none of them and print black.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Ink {
    /// What is spoken of.
    Accent,
    /// The same before.
    Before,
    Loss,
    /// Where something lies most likely, over what is spoken of.
    Range,
    /// Lines that a chart is read by.
    Grid,
}

impl Ink {
    pub const ALL: [Self; 5] = [Self::Accent, Self::Before, Self::Loss, Self::Range, Self::Grid];

    /// Red, green, blue.
    pub const fn rgb(self) -> [u8; 3] {
        match self {
            Self::Accent => [0x0A, 0x6A, 0x80],
            Self::Before => [0xC9, 0xC5, 0xBD],
            Self::Loss => [0xCB, 0x3A, 0x2E],
            Self::Range => [0x11, 0x1C, 0x22],
            Self::Grid => [0xE8, 0xE5, 0xDF],
        }
    }
}

/// One mark.
#[derive(Debug, Clone, PartialEq)]
pub enum Mark {
    Text {
        x: f32,
        /// Where the letters stand.
        baseline: f32,
        size: f32,
        weight: Weight,
        /// White letters on black.
        inverse: bool,
        text: String,
    },
    /// Black.
    Fill(Area),
    /// A part of a chart.
    Tint(Area, Ink),
    /// A frame of this thickness.
    Frame(Area, f32),
    Bars(Area, Bars),
    Square(Area, Square),
}

/// One page.
#[derive(Debug, Clone, PartialEq)]
pub struct Page {
    pub width: f32,
    pub height: f32,
    pub marks: Vec<Mark>,
}

impl Page {
    pub const fn new(width: f32, height: f32) -> Self {
        Self {
            width,
            height,
            marks: Vec::new(),
        }
    }
}

/// Share of the size of letters that stands over the line.
const ASCENT: f32 = 0.76;
/// Distance of lines.
const LEADING: f32 = 1.16;

/// Draws on one page, and remembers what had no shape.
pub struct Pen<'a> {
    pub faces: &'a Faces,
    pub page: Page,
    pub replaced: &'a mut Vec<char>,
}

/// How a block of text looks.
#[derive(Debug, Clone, Copy)]
pub struct Style {
    pub weight: Weight,
    /// Least and most size of letters.
    pub sizes: (f32, f32),
    pub most_lines: usize,
}

impl Style {
    pub const fn regular(size: f32) -> Self {
        Self {
            weight: Weight::Regular,
            sizes: (size, size),
            most_lines: 1,
        }
    }

    pub const fn bold(size: f32) -> Self {
        Self {
            weight: Weight::Bold,
            sizes: (size, size),
            most_lines: 1,
        }
    }

    pub const fn between(self, least: f32, most: f32) -> Self {
        Self {
            sizes: (least, most),
            ..self
        }
    }

    pub const fn lines(self, most_lines: usize) -> Self {
        Self { most_lines, ..self }
    }
}

impl Pen<'_> {
    /// How a text would look in a width.
    pub fn fit(&mut self, style: Style, text: &str, width: f32) -> Fitted {
        let text = self.faces.drawable(text, self.replaced);
        fit(
            self.faces,
            style.weight,
            &text,
            style.sizes,
            width,
            style.most_lines,
        )
    }

    /// A block from the top of a place; answers how high it is. Nothing for an empty text.
    pub fn block(&mut self, style: Style, text: &str, x: f32, y: f32, width: f32) -> f32 {
        let fitted = self.fit(style, text, width);
        self.fitted(style.weight, &fitted, x, y)
    }

    /// Lines that were fitted before.
    pub fn fitted(&mut self, weight: Weight, fitted: &Fitted, x: f32, y: f32) -> f32 {
        let mut top = y;
        for line in &fitted.lines {
            self.page.marks.push(Mark::Text {
                x,
                baseline: top + fitted.size * ASCENT,
                size: fitted.size,
                weight,
                inverse: false,
                text: line.clone(),
            });
            top += fitted.size * LEADING;
        }
        top - y
    }

    /// One line that ends at the right edge; answers how wide it is.
    pub fn ending_at(&mut self, style: Style, text: &str, right: f32, y: f32, width: f32) -> f32 {
        let fitted = self.fit(style.lines(1), text, width);
        let wide = fitted
            .lines
            .first()
            .map_or(0.0, |line| self.faces.width(style.weight, fitted.size, line));
        self.fitted(style.weight, &fitted, right - wide, y);
        wide
    }

    /// White letters on a black plate that ends at the right edge; answers how wide it is.
    pub fn plate(&mut self, size: f32, text: &str, right: f32, y: f32, width: f32) -> f32 {
        let pad = size * 0.35;
        let fitted = self.fit(Style::bold(size), text, width - 2.0 * pad);
        let Some(line) = fitted.lines.first().cloned() else {
            return 0.0;
        };
        let wide = self.faces.width(Weight::Bold, size, &line) + 2.0 * pad;
        self.page
            .marks
            .push(Mark::Fill(Area::new(right - wide, y, wide, size * LEADING)));
        self.page.marks.push(Mark::Text {
            x: right - wide + pad,
            baseline: y + size * (ASCENT + 0.12),
            size,
            weight: Weight::Bold,
            inverse: true,
            text: line,
        });
        wide
    }

    /// A line that a chart is read by.
    pub fn grid(&mut self, x: f32, y: f32, width: f32) {
        self.page
            .marks
            .push(Mark::Tint(Area::new(x, y, width, 0.7), Ink::Grid));
    }

    /// A thin line from left to right.
    pub fn rule(&mut self, x: f32, y: f32, width: f32) {
        self.page.marks.push(Mark::Fill(Area::new(x, y, width, 0.5)));
    }

    /// How high so many lines are.
    pub const fn height(size: f32) -> f32 {
        size * LEADING
    }
}

impl Mark {
    /// Every dark rectangle of it; none for letters.
    pub fn dark(&self) -> Vec<Area> {
        match self {
            Self::Text { .. } => Vec::new(),
            Self::Fill(area) | Self::Tint(area, _) => vec![*area],
            Self::Frame(area, width) => frame(*area, *width).to_vec(),
            Self::Bars(area, bars) => bar_areas(*area, bars),
            Self::Square(area, square) => square_areas(*area, square),
        }
    }

    /// The same somewhere else; none for letters, which are not moved by anybody.
    pub fn moved(&self, x: f32, y: f32) -> Option<Self> {
        let there = |area: &Area| Area::new(area.x + x, area.y + y, area.width, area.height);
        match self {
            Self::Text { .. } => None,
            Self::Fill(area) => Some(Self::Fill(there(area))),
            Self::Tint(area, ink) => Some(Self::Tint(there(area), *ink)),
            Self::Frame(area, width) => Some(Self::Frame(there(area), *width)),
            Self::Bars(area, bars) => Some(Self::Bars(there(area), bars.clone())),
            Self::Square(area, square) => Some(Self::Square(there(area), square.clone())),
        }
    }
}

/// The four sides of a frame.
fn frame(area: Area, width: f32) -> [Area; 4] {
    [
        Area::new(area.x, area.y, area.width, width),
        Area::new(area.x, area.bottom() - width, area.width, width),
        Area::new(area.x, area.y + width, width, area.height - 2.0 * width),
        Area::new(
            area.right() - width,
            area.y + width,
            width,
            area.height - 2.0 * width,
        ),
    ]
}

fn count(number: usize) -> f32 {
    u16::try_from(number).map_or(f32::MAX, f32::from)
}

/// Where the bars are dark.
fn bar_areas(area: Area, bars: &Bars) -> Vec<Area> {
    let module = area.width / bars.width();
    runs(&bars.modules)
        .into_iter()
        .map(|(start, length)| {
            Area::new(
                area.x + count(start) * module,
                area.y,
                count(length) * module,
                area.height,
            )
        })
        .collect()
}

/// Where the square is dark, in horizontal runs.
fn square_areas(area: Area, square: &Square) -> Vec<Area> {
    let module = area.width / square.width();
    let mut areas = Vec::new();
    for (row, modules) in square.modules.chunks(square.side.max(1)).enumerate() {
        let y = area.y + count(row) * module;
        for (start, length) in runs(modules) {
            areas.push(Area::new(
                area.x + count(start) * module,
                y,
                count(length) * module,
                module,
            ));
        }
    }
    areas
}
