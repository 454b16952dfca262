//! Geometry of charts: paths and positions in a box of 1000 × 100 that styles stretch. Refuses to write HTML or texts,
//! and needs no floats: positions are whole tenths.

use sauda_kernel::{Span, Tenge, Timestamp};
use serde::Serialize;

/// A price history at one moment. Both prices absent means: no data from here to the next point.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Serialize)]
pub struct PricePoint {
    pub at: Timestamp,
    pub own: Option<Tenge>,
    pub rival: Option<Tenge>,
}

/// A label on an axis; `position` is a share of the axis such as `12.5` (percent).
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Tick<T> {
    pub position: String,
    pub value: T,
}

/// A stretch without data.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Gap {
    pub left: String,
    pub width: String,
    pub from: Timestamp,
    pub to: Timestamp,
}

/// The history of own price and best rival, drawn as steps: a price holds until it changes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct PricePlot {
    pub own: String,
    pub area: String,
    pub rival: String,
    /// Height of the dashed floor, when it lies inside the picture.
    pub floor_y: Option<String>,
    pub floor: Option<Tenge>,
    pub y: Vec<Tick<Tenge>>,
    pub x: Vec<Tick<Timestamp>>,
    /// Labels of the time axis are times of day rather than days.
    pub by_hours: bool,
    pub gaps: Vec<Gap>,
    /// The newest own price: its place.
    pub mark: Option<(String, String)>,
    /// For the cursor: `[[place 0..1000, own, rival, seconds], …]`.
    pub cursor: String,
    pub rows: Vec<PricePoint>,
    pub own_now: Option<Tenge>,
    pub rival_now: Option<Tenge>,
    pub lowest: Option<Tenge>,
    pub highest: Option<Tenge>,
    pub days: i64,
    /// How many times the own price changed.
    pub changes: usize,
}

/// Rows of the table under a chart; older ones are in the export.
const TABLE_ROWS: usize = 40;

/// A history that has just begun is still drawn over this.
const SHORTEST: Span = Span::from_hours(1);

/// Draws a price history from `from`, or from where it begins, to `to`. Points must be in order of time; equal neighbours are
/// dropped.
pub fn price_plot(points: &[PricePoint], floor: Option<Tenge>, from: Timestamp, to: Timestamp) -> PricePlot {
    let begins = points
        .first()
        .map_or(from, |first| first.at.min(to.minus(SHORTEST)));
    let from = from.max(begins);
    let points = changed_only(points);
    let (bottom, top, y) = price_axis(&points, floor);
    let axis = Axis {
        from,
        to,
        bottom,
        top,
    };
    let own = axis.steps(&points, |point| point.own);
    let rival = axis.steps(&points, |point| point.rival);
    let own_prices: Vec<Tenge> = points.iter().filter_map(|point| point.own).collect();
    let own_now = points.iter().rev().find_map(|point| point.own);
    let days = to.since(from).as_secs() / 86_400;
    PricePlot {
        area: own.area,
        own: own.line,
        rival: rival.line,
        floor_y: floor
            .filter(|floor| floor.0 >= bottom && floor.0 <= top)
            .map(|floor| axis.y(floor)),
        floor,
        y: y.into_iter()
            .map(|value| Tick {
                position: axis.y(value),
                value,
            })
            .collect(),
        x: time_axis(from, to)
            .into_iter()
            .map(|value| Tick {
                position: axis.x_percent(value),
                value,
            })
            .collect(),
        by_hours: days <= 2,
        gaps: gaps(&points, &axis),
        mark: own_now.map(|price| ("100".to_owned(), axis.y(price))),
        cursor: cursor(&points, &axis),
        rows: points.iter().rev().take(TABLE_ROWS).copied().collect(),
        own_now,
        rival_now: points.last().and_then(|point| point.rival),
        lowest: own_prices.iter().min().copied(),
        highest: own_prices.iter().max().copied(),
        days,
        changes: own_prices
            .windows(2)
            .filter(|pair| pair.first() != pair.last())
            .count(),
    }
}

fn changed_only(points: &[PricePoint]) -> Vec<PricePoint> {
    let mut kept: Vec<PricePoint> = Vec::with_capacity(points.len());
    for point in points {
        if kept
            .last()
            .is_none_or(|last| (last.own, last.rival) != (point.own, point.rival))
        {
            kept.push(*point);
        }
    }
    kept
}

struct Axis {
    from: Timestamp,
    to: Timestamp,
    bottom: i64,
    top: i64,
}

struct Steps {
    line: String,
    area: String,
}

impl Axis {
    /// Tenths of the width, 0..10000.
    fn x_tenths(&self, at: Timestamp) -> i64 {
        let (whole, part) = (
            self.to.since(self.from).as_secs().max(1),
            at.since(self.from).as_secs(),
        );
        (part.saturating_mul(10_000) / whole).clamp(0, 10_000)
    }
    fn x(&self, at: Timestamp) -> String {
        tenths(self.x_tenths(at))
    }
    fn x_percent(&self, at: Timestamp) -> String {
        tenths(self.x_tenths(at) / 10)
    }
    /// From above, 0..100 with one decimal.
    fn y(&self, price: Tenge) -> String {
        let range = (self.top - self.bottom).max(1);
        tenths(1_000 - (price.0 - self.bottom).saturating_mul(1_000) / range)
    }

    fn steps(&self, points: &[PricePoint], of: impl Fn(&PricePoint) -> Option<Tenge>) -> Steps {
        let (mut line, mut area) = (String::new(), String::new());
        let mut open: Option<Tenge> = None;
        let mut piece = String::new();
        for point in points {
            let x = self.x(point.at);
            match (open, of(point)) {
                (None, Some(price)) => piece = format!("M{x} {}", self.y(price)),
                (Some(last), Some(price)) if last != price => {
                    piece.push_str(&format!("H{x}V{}", self.y(price)))
                }
                (Some(_), None) => close(&mut line, &mut area, &mut piece, &x),
                _ => {}
            }
            open = of(point);
        }
        if open.is_some() {
            close(&mut line, &mut area, &mut piece, "1000");
        }
        Steps { line, area }
    }
}

/// Ends a piece of a line at `x` and lays the area under it.
fn close(line: &mut String, area: &mut String, piece: &mut String, x: &str) {
    piece.push_str(&format!("H{x}"));
    line.push_str(piece);
    let start = piece
        .trim_start_matches('M')
        .split(' ')
        .next()
        .unwrap_or("0")
        .to_owned();
    area.push_str(&format!("{piece}V100H{start}Z"));
    piece.clear();
}

pub(crate) fn tenths(value: i64) -> String {
    match value % 10 {
        0 => (value / 10).to_string(),
        rest => format!(
            "{}{}.{}",
            if value < 0 && value > -10 { "-" } else { "" },
            value / 10,
            rest.abs()
        ),
    }
}

/// Bottom, top and round ticks of a price axis that need not begin at zero.
fn price_axis(points: &[PricePoint], floor: Option<Tenge>) -> (i64, i64, Vec<Tenge>) {
    let mut prices: Vec<i64> = points
        .iter()
        .flat_map(|point| [point.own, point.rival])
        .flatten()
        .map(Tenge::get)
        .collect();
    prices.extend(floor.map(Tenge::get));
    let (low, high) = (
        prices.iter().min().copied().unwrap_or(0),
        prices.iter().max().copied().unwrap_or(1_000),
    );
    let step = round_step((high - low).max(4));
    let bottom = (low.div_euclid(step) * step - if low % step == 0 { step / 2 } else { 0 }).max(0);
    let top = (high.div_euclid(step) + 1) * step;
    let first = if bottom % step == 0 {
        bottom
    } else {
        (bottom / step + 1) * step
    };
    let mut ticks = Vec::new();
    let mut value = first;
    while value <= top {
        ticks.push(Tenge(value));
        value += step;
    }
    (bottom, top, ticks)
}

/// 1, 2 or 5 times a power of ten, so that the range has three to five ticks.
pub(crate) fn round_step(range: i64) -> i64 {
    let mut power = 1_i64;
    while power.saturating_mul(50) < range {
        power = power.saturating_mul(10);
    }
    [1, 2, 5, 10, 20]
        .into_iter()
        .map(|times| power.saturating_mul(times))
        .find(|step| range / step <= 4)
        .unwrap_or(power)
}

/// Round moments between the ends, in Almaty; both ends are labelled too.
fn time_axis(from: Timestamp, to: Timestamp) -> Vec<Timestamp> {
    let hours = to.since(from).as_secs() / 3_600;
    let step = match hours {
        0..=1 => Span::from_mins(15),
        2..=7 => Span::from_hours(1),
        8..=15 => Span::from_hours(2),
        16..=71 => Span::from_hours(4),
        72..=263 => Span::from_days(1),
        264..=983 => Span::from_days(5),
        _ => Span::from_days(15),
    };
    let margin = Span::from_micros(to.since(from).as_micros() / 9);
    let mut ticks = vec![from];
    let mut at = from.local_midnight();
    while at < to.minus(margin) {
        if at > from.plus(margin) {
            ticks.push(at);
        }
        at = at.plus(step);
    }
    ticks.push(to);
    ticks
}

fn gaps(points: &[PricePoint], axis: &Axis) -> Vec<Gap> {
    let mut found = Vec::new();
    for (place, point) in points.iter().enumerate() {
        if point.own.is_some() || point.rival.is_some() {
            continue;
        }
        let to = points.get(place + 1).map_or(axis.to, |next| next.at);
        let (left, right) = (axis.x_tenths(point.at) / 10, axis.x_tenths(to) / 10);
        found.push(Gap {
            left: tenths(left),
            width: tenths(right - left),
            from: point.at,
            to,
        });
    }
    found
}

fn cursor(points: &[PricePoint], axis: &Axis) -> String {
    let rows: Vec<_> = points
        .iter()
        .map(|point| {
            (
                axis.x_tenths(point.at) / 10,
                point.own,
                point.rival,
                point.at.as_secs(),
            )
        })
        .collect();
    serde_json::to_string(&rows).unwrap_or_default()
}

/// A trend beside a number, without axes.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Spark {
    pub line: String,
    pub area: String,
}

/// Draws a trend. `None` for fewer than two values: one point is no trend.
pub fn spark(values: &[i64]) -> Option<Spark> {
    if values.len() < 2 {
        return None;
    }
    let (low, high) = (values.iter().min()?, values.iter().max()?);
    let range = (high - low).max(1);
    let last = i64::try_from(values.len() - 1).ok()?;
    let mut line = String::new();
    for (place, value) in values.iter().enumerate() {
        let place = i64::try_from(place).ok()?;
        let (x, y) = (
            place * 10_000 / last,
            950 - (value - low).saturating_mul(900) / range,
        );
        line.push_str(&format!(
            "{}{} {}",
            if place == 0 { "M" } else { "L" },
            tenths(x),
            tenths(y)
        ));
    }
    Some(Spark {
        area: format!("{line}V100H0Z"),
        line,
    })
}

/// One bar: facts are bars, and they begin at zero.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
pub struct Bar {
    pub x: String,
    pub width: String,
    pub y: String,
    pub height: String,
    pub value: i64,
    pub label: String,
    /// The one that is spoken of: the newest.
    pub is_now: bool,
}

/// Draws daily bars; the last one is marked.
pub fn bars(values: &[(String, i64)]) -> Vec<Bar> {
    let highest = values.iter().map(|(_, value)| *value).max().unwrap_or(0).max(1);
    let count = i64::try_from(values.len()).unwrap_or(1).max(1);
    let slot = 10_000 / count;
    let mut drawn = Vec::with_capacity(values.len());
    for (place, (label, value)) in values.iter().enumerate() {
        let at = i64::try_from(place).unwrap_or(0) * slot;
        let height = value.max(&0) * 1_000 / highest;
        drawn.push(Bar {
            x: tenths(at + slot * 16 / 100),
            width: tenths(slot * 68 / 100),
            y: tenths(1_000 - height),
            height: tenths(height),
            value: *value,
            label: label.clone(),
            is_now: place + 1 == values.len(),
        });
    }
    drawn
}

/// Where own price and best rival stand between minimum and maximum, in whole percent; `None` without both limits.
pub fn corridor(
    min: Option<Tenge>,
    max: Option<Tenge>,
    own: Option<Tenge>,
    rival: Option<Tenge>,
) -> Option<(i64, Option<i64>)> {
    let (min, max, own) = (min?.0, max?.0, own?.0);
    if max <= min {
        return None;
    }
    let place = |price: i64| ((price - min).saturating_mul(100) / (max - min)).clamp(0, 100);
    let shown = rival
        .map(|rival| rival.0)
        .filter(|rival| *rival >= min && *rival <= max);
    Some((place(own), shown.map(place)))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn at(hour: u32) -> Timestamp {
        Timestamp::from_almaty(2026, 11, 20, hour, 0, 0).unwrap()
    }
    fn point(hour: u32, own: i64, rival: i64) -> PricePoint {
        PricePoint {
            at: at(hour),
            own: Some(Tenge(own)),
            rival: Some(Tenge(rival)),
        }
    }

    #[test]
    fn a_history_that_has_just_begun_fills_the_chart() {
        let labels = |points: &[PricePoint]| -> Vec<Timestamp> {
            let plot = price_plot(points, None, at(0).minus(Span::from_days(1)), at(20));
            plot.x.into_iter().map(|tick| tick.value).collect()
        };
        assert_eq!(labels(&[point(14, 1_000, 1_100)])[..3], [at(14), at(15), at(16)]);
        let quarter = |number: i64| at(19).plus(Span::from_mins(15 * number));
        let minutes_ago = PricePoint {
            at: at(20).minus(Span::from_mins(9)),
            ..point(0, 1_000, 1_100)
        };
        assert_eq!(labels(&[minutes_ago]), [0, 1, 2, 3, 4].map(quarter));
    }

    #[test]
    fn prices_are_steps_and_gaps_stay_gaps() {
        let hole = PricePoint {
            at: at(10),
            own: None,
            rival: None,
        };
        let points = [
            point(0, 1_000, 1_100),
            point(5, 900, 1_100),
            point(6, 900, 1_100),
            hole,
            point(15, 950, 960),
        ];
        let plot = price_plot(&points, Some(Tenge(800)), at(0), at(20));
        assert_eq!(plot.own, "M0 44.5H250V66.7H500M750 55.6H1000");
        assert_eq!(plot.area, "M0 44.5H250V66.7H500V100H0ZM750 55.6H1000V100H750Z");
        assert_eq!(plot.rival, "M0 22.3H500M750 53.4H1000");
        assert_eq!(plot.gaps.len(), 1);
        assert_eq!(
            (plot.gaps[0].left.as_str(), plot.gaps[0].width.as_str()),
            ("50", "25")
        );
        assert_eq!(
            plot.y.iter().map(|tick| tick.value.0).collect::<Vec<_>>(),
            [800, 900, 1_000, 1_100, 1_200]
        );
        assert_eq!(
            (plot.lowest, plot.highest, plot.changes),
            (Some(Tenge(900)), Some(Tenge(1_000)), 2)
        );
    }

    #[test]
    fn a_trend_needs_two_values() {
        assert_eq!(spark(&[5]), None);
        assert_eq!(spark(&[0, 10]).unwrap().line, "M0 95L1000 5");
    }

    #[test]
    fn bars_begin_at_zero() {
        let drawn = bars(&[("1".to_owned(), 5), ("2".to_owned(), 10)]);
        assert_eq!(
            (drawn[0].y.as_str(), drawn[0].height.as_str(), drawn[0].is_now),
            ("50", "50", false)
        );
        assert_eq!(
            (drawn[1].y.as_str(), drawn[1].height.as_str(), drawn[1].is_now),
            ("0", "100", true)
        );
    }

    #[test]
    fn a_corridor_needs_both_limits() {
        let t = |value| Some(Tenge(value));
        assert_eq!(corridor(t(100), t(200), t(150), t(175)), Some((50, Some(75))));
        assert_eq!(corridor(t(100), t(200), t(150), t(90)), Some((50, None)));
        assert_eq!(corridor(None, t(200), t(150), None), None);
    }
}
