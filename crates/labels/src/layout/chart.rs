//! Bars of a report in the colours of the pages: under each other by name, or beside each other in time. Refuses scales of its
//! own: lengths come as shares.

use super::sheet::{Bar, Flow};
use crate::draw::{Area, Ink, Mark, Style};

const ROW: f32 = 15.0;
/// A row with what was before.
const TALL: f32 = 20.0;
/// Height of bars in time.
const HIGH: f32 = 84.0;
/// Dates under bars in time, at most.
const DATES: usize = 7;

fn whole(number: usize) -> f32 {
    f32::from(u16::try_from(number).unwrap_or(u16::MAX))
}

const fn ink(share: f32) -> Ink {
    if share < 0.0 { Ink::Loss } else { Ink::Accent }
}

impl Flow<'_> {
    /// Names at the left, bars in the middle, values at the right; a pale bar under it is the same before, a line with two
    /// ends is where it lies most likely.
    pub(super) fn bars(&mut self, bars: &[Bar]) {
        let (x, width) = (self.area.x, self.area.width);
        let (from, room) = (x + width * 0.38, width * 0.4);
        for bar in bars {
            let height = if bar.before.is_some() { TALL } else { ROW };
            self.room(height);
            let small = Style::regular(0.0).between(6.5, 9.0);
            self.pen.block(small, &bar.label, x, self.y, width * 0.36);
            let long = room * bar.share.abs().min(1.0);
            let area = Area::new(from, self.y + 1.0, long.max(0.5), 8.0);
            self.pen.page.marks.push(Mark::Tint(area, ink(bar.share)));
            if let Some(range) = bar.range {
                let [low, high] = range.map(|end| from + room * end.clamp(0.0, 1.0));
                let middle = self.y + 4.6;
                for line in [
                    Area::new(low, middle, (high - low).max(0.5), 0.8),
                    Area::new(low, middle - 1.6, 0.8, 4.0),
                    Area::new(high - 0.8, middle - 1.6, 0.8, 4.0),
                ] {
                    self.pen.page.marks.push(Mark::Tint(line, Ink::Range));
                }
            }
            if let Some(before) = bar.before {
                let long = room * before.abs().min(1.0);
                let area = Area::new(from, self.y + 11.0, long.max(0.5), 4.0);
                self.pen.page.marks.push(Mark::Tint(area, Ink::Before));
            }
            let bold = Style::bold(0.0).between(6.5, 9.0);
            self.pen
                .ending_at(bold, &bar.value, x + width, self.y, width * 0.2);
            self.y += height;
        }
        self.y += 6.0;
    }

    /// Bars on one line, some of them under it, with dates under the first, the last and some between.
    pub(super) fn bars_in_time(&mut self, bars: &[Bar]) {
        self.room(HIGH + 2.0 * ROW);
        let (x, width, top) = (self.area.x, self.area.width, self.y + 10.0);
        let most = |sign: f32| {
            bars.iter()
                .map(|bar| bar.share * sign)
                .fold(0.0_f32, f32::max)
                .min(1.0)
        };
        let (above, below) = (most(1.0), most(-1.0));
        let unit = HIGH / (above + below).max(0.01);
        let base = top + above * unit;
        let step = width / whole(bars.len().max(1));
        let every = bars.len().div_ceil(DATES).max(1);
        // As high as the highest, half of it, and as deep as the deepest.
        for share in [above, above / 2.0, -below] {
            self.pen.grid(x, base - share * unit, width);
        }
        for (at, bar) in bars.iter().enumerate() {
            let left = x + step * whole(at);
            let long = (bar.share.abs().min(1.0) * unit).max(0.6);
            let area = if bar.share < 0.0 {
                Area::new(left + step * 0.15, base, step * 0.7, long)
            } else {
                Area::new(left + step * 0.15, base - long, step * 0.7, long)
            };
            self.pen.page.marks.push(Mark::Tint(area, ink(bar.share)));
            if at % every == 0 {
                let style = Style::regular(7.0);
                self.pen.block(
                    style,
                    &bar.label,
                    left + step * 0.1,
                    top + HIGH + 3.0,
                    step * whole(every) - 2.0,
                );
            }
        }
        self.pen.rule(x, base, width);
        // The highest one says how high it is.
        let highest = bars.iter().max_by(|one, other| one.share.total_cmp(&other.share));
        if let Some(bar) = highest {
            let style = Style::regular(7.0);
            self.pen
                .ending_at(style, &bar.value, x + width, self.y, width * 0.5);
        }
        self.y = top + HIGH + 2.0 * ROW;
    }
}
