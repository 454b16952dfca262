//! A label that is wider than high: 58 × 40, an eighth of A4. Refuses to draw outside of its place.

use super::{MODEL_SIZE, Made, ORDER_SIZE, SQUARE_SIDE, codes, tall::lines_in};
use crate::{
    draw::{Area, MM, Pen, Style, face::Weight},
    words::Words,
};

const GAP: f32 = 2.0;

pub(super) fn draw(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, area: Area) {
    let small = area.width < 80.0 * MM;
    let inner = area.inset(if small { MM } else { 2.5 * MM });
    let scale = if small { 1.0 } else { 1.3 };
    let foot = foot(pen, words, made, inner, scale);
    let side = codes::side(&made.square, SQUARE_SIDE, foot - inner.y - MODEL_SIZE);
    let top = foot - GAP - side;
    let room = top - inner.y;
    let style = Style::bold(0.0)
        .between(MODEL_SIZE, MODEL_SIZE * scale)
        .lines(lines_in(room, MODEL_SIZE * 1.02));
    let model = pen.fit(style, &made.label.line.good.model, inner.width);
    let lines = u16::try_from(model.lines.len()).map_or(0.0, f32::from);
    let model = if Pen::height(model.size) * lines > room {
        pen.fit(
            style.between(MODEL_SIZE, MODEL_SIZE),
            &made.label.line.good.model,
            inner.width,
        )
    } else {
        model
    };
    let under = inner.y + pen.fitted(Weight::Bold, &model, inner.x, inner.y);
    codes::square(pen, &made.square, inner.x, top, side);
    let x = inner.x + side + 2.0 * GAP;
    // What stands beside the square may begin higher than it, where a model has few lines.
    let from = under.min(top);
    let area_beside = Area::new(x, from, inner.right() - x, top + side - from);
    beside(pen, words, made, area_beside, area.right(), scale);
}

/// Number of the order on the left; shelf, parcel and express on the right. Answers where it begins.
fn foot(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, inner: Area, scale: f32) -> f32 {
    let line = made.label.line;
    let size = ORDER_SIZE * scale;
    // Digits have nothing under their line, so the square keeps some light below it.
    let top = inner.bottom() - size * 0.78;
    let number = pen.fit(
        Style::bold(0.0).between(ORDER_SIZE, size),
        &line.order.code,
        inner.width,
    );
    let wide = number
        .lines
        .first()
        .map_or(0.0, |text| pen.faces.width(Weight::Bold, number.size, text));
    pen.fitted(Weight::Bold, &number, inner.x, top);
    let mut right = inner.right();
    let left = inner.x + wide + 2.0 * GAP;
    let small = 8.0 * scale;
    let y = top + size * 0.76 - small * 0.76;
    if line.order.express && right - left > 20.0 {
        right -= pen.plate(small, &words.express, right, y - 1.0, right - left) + GAP;
    }
    if let (Some(share), true) = (made.label.parcel, right - left > 12.0) {
        let text = format!("{}/{}", share.number, share.of);
        right -= pen.ending_at(Style::bold(small), &text, right, y, right - left) + 2.0 * GAP;
    }
    if let (Some(shelf), true) = (&line.good.shelf, right - left > 12.0) {
        pen.ending_at(
            Style::bold(small).between(6.0, small),
            shelf,
            right,
            y,
            right - left,
        );
    }
    top
}

/// Size, quantity, colour, city, deadline, bars.
fn beside(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, area: Area, edge: f32, scale: f32) {
    let line = made.label.line;
    let bars_height = 7.5 * MM * scale;
    // The light margins reach from the square to the edge of the paper.
    let from = area.x - 2.0 * GAP;
    let bars = Area::new(from, area.bottom() - bars_height, edge - from, bars_height);
    let bottom = if codes::bars(pen, &made.bars, bars) {
        bars.y - GAP
    } else {
        area.bottom()
    };
    let y = area.y;
    let size_row = Pen::height(MODEL_SIZE);
    let quantity = if line.good.quantity > 1 {
        pen.plate(
            12.0 * scale,
            &format!("×{}", line.good.quantity),
            area.right(),
            y + 2.0,
            area.width * 0.5,
        ) + GAP
    } else {
        let one = format!("1 {}", words.pieces);
        pen.ending_at(
            Style::regular(7.0 * scale),
            &one,
            area.right(),
            y + 9.0,
            area.width * 0.4,
        ) + GAP
    };
    if let Some(size) = &line.good.size {
        let style = Style::bold(0.0).between(MODEL_SIZE, MODEL_SIZE);
        pen.block(style, size, area.x, y, area.width - quantity);
    }
    rows(
        pen,
        words,
        made,
        Area::new(area.x, y + size_row, area.width, bottom - y - size_row),
        scale,
    );
}

/// Colour, city, deadline and what else finds room.
fn rows(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, area: Area, scale: f32) {
    let line = made.label.line;
    let share = (line.share.of > 1).then(|| format!("{}/{}", line.share.number, line.share.of));
    let colour: Vec<&str> = [share.as_deref(), line.good.colour.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let deadline = line
        .order
        .deadline
        .as_ref()
        .map(|deadline| format!("{} {deadline}", words.hand_over));
    // A row of its own would cost another one.
    let bought = words.bought(line.good);
    let place: Vec<&str> = [bought.as_deref(), line.order.city.as_deref()]
        .into_iter()
        .flatten()
        .collect();
    let (bold, small) = (Style::bold(0.0), Style::regular(0.0).between(6.0, 7.0 * scale));
    let rows = [
        (
            Some(colour.join(" · ")).filter(|text| !text.is_empty()),
            bold.between(6.5, 8.0 * scale),
        ),
        (
            Some(place.join(" · ")).filter(|text| !text.is_empty()),
            bold.between(6.0, 8.0 * scale),
        ),
        (deadline, bold.between(6.0, 7.0 * scale)),
        (line.good.sku.clone(), small),
        (line.order.point.clone(), small),
    ];
    let mut y = area.y;
    for (text, style) in rows {
        let Some(text) = text else { continue };
        if y + Pen::height(style.sizes.1) <= area.bottom() {
            y += pen.block(style, &text, area.x, y, area.width);
        }
    }
}
