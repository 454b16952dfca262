//! Places of codes: modules are whole dots of a thermal printer of 203 dpi, with the light margin a scanner needs. Refuses
//! bars thinner than two dots.

use crate::draw::{
    Area, MM, Mark, Pen,
    code::{Bars, QUIET_MODULES, Square},
};

/// A dot of a printer of 203 dpi: eight on a millimetre.
const DOT: f32 = MM / 8.0;
const LEAST_DOTS: f32 = 2.0;
const MOST_DOTS: f32 = 4.0;

/// Bars in the middle of a place, light margins within it. Whether they found room.
pub(super) fn bars(pen: &mut Pen<'_>, bars: &Bars, area: Area) -> bool {
    let modules = bars.width() + 2.0 * QUIET_MODULES;
    // A hair of room, so that a place made for so many modules holds them.
    let dots = ((area.width + 0.01) / modules / DOT).floor().min(MOST_DOTS);
    if dots < LEAST_DOTS {
        return false;
    }
    let width = bars.width() * dots * DOT;
    let x = area.x + ((area.width - width) / 2.0 / DOT).floor() * DOT;
    let place = Area::new(x, area.y, width, area.height);
    pen.page.marks.push(Mark::Bars(place, bars.clone()));
    true
}

/// The side of a square code that is at least so long, or the longest under a limit.
pub(super) fn side(square: &Square, least: f32, most: f32) -> f32 {
    let dots = (least / square.width() / DOT).ceil();
    let side = square.width() * dots * DOT;
    if side <= most {
        return side;
    }
    square.width() * (most / square.width() / DOT).floor().max(1.0) * DOT
}

pub(super) fn square(pen: &mut Pen<'_>, square: &Square, x: f32, y: f32, side: f32) {
    pen.page
        .marks
        .push(Mark::Square(Area::new(x, y, side, side), square.clone()));
}
