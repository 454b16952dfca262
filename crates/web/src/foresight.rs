//! Geometry of a forecast beside its past: bars of what was sold, a band and a line ahead, special days and days without stock
//! marked. Refuses HTML and texts; positions are whole tenths of a box of 1000 × 100.

use crate::charts::{Tick, round_step, tenths};
use sauda_kernel::Timestamp;
use serde::Serialize;

/// A past day.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct PastDay {
    pub at: Timestamp,
    pub units: i64,
    /// Nothing was left to sell for a part of it.
    pub is_out: bool,
    /// Somebody said that it will not repeat.
    pub is_one_off: bool,
}

/// A day ahead.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct DayAhead {
    pub at: Timestamp,
    pub mean_milli: i64,
    /// In four of five cases the day lies between these.
    pub low: i64,
    pub high: i64,
}

/// A bar of the past.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PastBar {
    pub x: String,
    pub width: String,
    pub y: String,
    pub height: String,
    /// `out`, `one-off` or nothing.
    pub mark: &'static str,
}

/// A stretch of the time axis, in percent of its width.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Stretch {
    pub left: String,
    pub width: String,
    pub name: String,
}

/// The picture.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct ForesightPlot {
    pub bars: Vec<PastBar>,
    /// Days without stock that follow each other.
    pub out: Vec<Stretch>,
    /// Special days that follow each other, with the word of their name.
    pub special: Vec<Stretch>,
    pub band: String,
    pub line: String,
    /// Where the past ends, in the box and in percent.
    pub now_x: String,
    pub y: Vec<Tick<i64>>,
    pub x: Vec<Tick<Timestamp>>,
    pub ahead: Vec<DayAhead>,
    pub past_days: usize,
    pub out_days: usize,
    pub sold: i64,
    /// Pieces expected over the days ahead, thousandths.
    pub expected_milli: i64,
}

/// Draws days in order of time; `special` are runs of slots from the first past day with their names. Nothing to draw: none.
pub fn plot(
    past: &[PastDay],
    ahead: &[DayAhead],
    special: &[(usize, usize, String)],
) -> Option<ForesightPlot> {
    let slots = i64::try_from(past.len() + ahead.len())
        .ok()
        .filter(|slots| *slots > 0)?;
    let highest = past
        .iter()
        .map(|day| day.units)
        .chain(
            ahead
                .iter()
                .map(|day| day.high.max((day.mean_milli + 999) / 1_000)),
        )
        .max()
        .unwrap_or(0)
        .max(1);
    let scale = Scale {
        slots,
        top: highest + (highest / 10).max(1),
    };
    let out: Vec<bool> = past.iter().map(|day| day.is_out).collect();
    Some(ForesightPlot {
        bars: past
            .iter()
            .enumerate()
            .map(|(place, day)| scale.bar(place, day))
            .collect(),
        out: runs(&out)
            .into_iter()
            .map(|(from, length)| scale.stretch(from, length, ""))
            .collect(),
        special: special
            .iter()
            .map(|(from, length, name)| scale.stretch(*from, *length, name))
            .collect(),
        band: scale.band(past.len(), ahead),
        line: scale.line(past.len(), ahead),
        now_x: tenths(scale.edge(past.len()) / 10),
        y: scale.ticks(),
        x: times(past, ahead, &scale),
        past_days: past.len(),
        out_days: out.iter().filter(|out| **out).count(),
        sold: past.iter().map(|day| day.units).sum(),
        expected_milli: ahead.iter().map(|day| day.mean_milli).sum(),
        ahead: ahead.to_vec(),
    })
}

struct Scale {
    slots: i64,
    top: i64,
}

impl Scale {
    /// Where a slot begins, tenths of the box.
    fn edge(&self, place: usize) -> i64 {
        i64::try_from(place).unwrap_or(0) * 10_000 / self.slots
    }

    fn middle(&self, place: usize) -> i64 {
        i64::midpoint(self.edge(place), self.edge(place + 1))
    }

    /// Height of thousandths of a piece, from above, tenths of the box.
    fn y(&self, milli: i64) -> i64 {
        1_000 - (milli / self.top).clamp(0, 1_000)
    }

    fn bar(&self, place: usize, day: &PastDay) -> PastBar {
        let (from, to) = (self.edge(place), self.edge(place + 1));
        let y = self.y(day.units.max(0) * 1_000);
        PastBar {
            x: tenths(from + (to - from) * 16 / 100),
            width: tenths(((to - from) * 68 / 100).max(1)),
            y: tenths(y),
            height: tenths(1_000 - y),
            mark: match (day.is_one_off, day.is_out) {
                (true, _) => "one-off",
                (_, true) => "out",
                _ => "",
            },
        }
    }

    fn stretch(&self, from: usize, length: usize, name: &str) -> Stretch {
        let (left, right) = (self.edge(from) / 10, self.edge(from + length) / 10);
        Stretch {
            left: tenths(left),
            width: tenths((right - left).max(1)),
            name: name.to_owned(),
        }
    }

    fn line(&self, first: usize, ahead: &[DayAhead]) -> String {
        let points = ahead.iter().enumerate().map(|(place, day)| {
            let letter = if place == 0 { 'M' } else { 'L' };
            format!(
                "{letter}{} {}",
                tenths(self.middle(first + place)),
                tenths(self.y(day.mean_milli))
            )
        });
        points.collect()
    }

    fn band(&self, first: usize, ahead: &[DayAhead]) -> String {
        if ahead.is_empty() {
            return String::new();
        }
        let at = |place: usize, units: i64| {
            format!(
                "{} {}",
                tenths(self.middle(first + place)),
                tenths(self.y(units * 1_000))
            )
        };
        let mut points: Vec<String> = ahead
            .iter()
            .enumerate()
            .map(|(place, day)| at(place, day.high))
            .collect();
        let back = ahead.iter().enumerate().rev();
        points.extend(back.map(|(place, day)| at(place, day.low)));
        format!("M{}Z", points.join("L"))
    }

    fn ticks(&self) -> Vec<Tick<i64>> {
        let step = round_step(self.top.max(4)).max(1);
        let mut ticks = Vec::new();
        let mut value = 0;
        while value <= self.top {
            ticks.push(Tick {
                position: tenths(self.y(value * 1_000)),
                value,
            });
            value += step;
        }
        ticks
    }
}

/// Both ends and the day on which the past ends.
fn times(past: &[PastDay], ahead: &[DayAhead], scale: &Scale) -> Vec<Tick<Timestamp>> {
    let mut ticks = Vec::new();
    let mut add = |place: usize, at: Option<Timestamp>| {
        if let Some(value) = at {
            ticks.push(Tick {
                position: tenths(scale.edge(place) / 10),
                value,
            });
        }
    };
    add(0, past.first().map(|day| day.at));
    add(past.len(), ahead.first().map(|day| day.at));
    add(past.len() + ahead.len(), ahead.last().map(|day| day.at));
    ticks
}

/// Where something holds for days on end: from where, how many.
pub fn runs(days: &[bool]) -> Vec<(usize, usize)> {
    let mut found: Vec<(usize, usize)> = Vec::new();
    for (place, _) in days.iter().enumerate().filter(|(_, holds)| **holds) {
        match found.last_mut() {
            Some((from, length)) if *from + *length == place => *length += 1,
            _ => found.push((place, 1)),
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn days_lie_beside_each_other_and_the_band_holds_the_line() {
        let at = |day: i64| Timestamp::from_secs(1_795_000_000 + day * 86_400);
        let past: Vec<PastDay> = (0..6)
            .map(|day| PastDay {
                at: at(day),
                units: day,
                is_out: (2..4).contains(&day),
                is_one_off: day == 5,
            })
            .collect();
        let ahead: Vec<DayAhead> = (6..10)
            .map(|day| DayAhead {
                at: at(day),
                mean_milli: 4_000,
                low: 2,
                high: 9,
            })
            .collect();
        let drawn = plot(&past, &ahead, &[(7, 2, "nauryz".to_owned())]).unwrap();
        let marks: Vec<&str> = drawn.bars.iter().map(|bar| bar.mark).collect();
        assert_eq!(marks, ["", "", "out", "out", "", "one-off"]);
        assert_eq!(
            (drawn.out[0].left.as_str(), drawn.out[0].width.as_str()),
            ("20", "20")
        );
        assert_eq!(
            (drawn.special[0].left.as_str(), drawn.now_x.as_str()),
            ("70", "60")
        );
        // The top is 10 pieces: nine are at a tenth from above, four at six tenths.
        assert_eq!(drawn.line, "M650 60L750 60L850 60L950 60");
        assert_eq!(
            drawn.band,
            "M650 10L750 10L850 10L950 10L950 80L850 80L750 80L650 80Z"
        );
        assert_eq!(
            (drawn.sold, drawn.expected_milli, drawn.out_days),
            (15, 16_000, 2)
        );
        assert_eq!(plot(&[], &[], &[]), None);
    }
}
