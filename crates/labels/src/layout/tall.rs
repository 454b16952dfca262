//! A label that is higher than wide: 75 × 120, 100 × 150, a quarter of A4. Refuses to draw outside of its place.

use super::{MODEL_SIZE, Made, ORDER_SIZE, SQUARE_SIDE, codes};
use crate::{
    draw::{Area, MM, Pen, Style, face::Weight},
    model::Good,
    words::{Words, filled},
};

const MARGIN: f32 = 3.0 * MM;
const GAP: f32 = 4.0;
/// Letters of what was bought are never smaller.
const SMALLEST: f32 = 7.0;
const BARS_HEIGHT: f32 = 12.0 * MM;

pub(super) fn draw(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, area: Area) {
    let inner = area.inset(MARGIN);
    // Letters grow with the paper.
    let scale = (inner.width / (69.0 * MM)).clamp(1.0, 1.4);
    let top = head(pen, words, made, inner, scale);
    let foot = foot(pen, words, made, inner, scale);
    let bars = Area::new(
        inner.x - MARGIN / 2.0,
        foot - 2.5 * GAP - BARS_HEIGHT,
        inner.width + MARGIN,
        BARS_HEIGHT,
    );
    let bottom = if codes::bars(pen, &made.bars, bars) {
        bars.y
    } else {
        foot
    };
    let middle = Area::new(inner.x, top + GAP, inner.width, bottom - GAP - top - GAP);
    goods(pen, words, made, middle, scale);
}

/// Shelf, express, parcel, number of the order; answers where it ends.
fn head(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, inner: Area, scale: f32) -> f32 {
    let line = made.label.line;
    let size = 13.0 * scale;
    let mut right = inner.right();
    if line.order.express {
        right -= pen.plate(size, &words.express, right, inner.y, inner.width * 0.4) + GAP;
    }
    if let Some(share) = made.label.parcel {
        let text = filled(&words.parcel, share.number, share.of);
        let style = Style::bold(size).between(8.0, size);
        right -= pen.ending_at(style, &text, right, inner.y, inner.width * 0.4) + GAP;
    }
    if let Some(shelf) = &line.good.shelf {
        let text = format!("{} {shelf}", words.shelf);
        pen.block(
            Style::bold(size).between(8.0, size),
            &text,
            inner.x,
            inner.y,
            right - inner.x,
        );
    }
    let mut y = inner.y + Pen::height(size) + GAP;
    let number = format!("№ {}", line.order.code);
    let style = Style::bold(0.0).between(ORDER_SIZE, 22.0 * scale);
    y += pen.block(style, &number, inner.x, y, inner.width);
    pen.rule(inner.x, y, inner.width);
    y + 0.5
}

/// Square code with city, point and deadline beside it; answers where it begins.
fn foot(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, inner: Area, scale: f32) -> f32 {
    let order = made.label.line.order;
    let side = codes::side(&made.square, SQUARE_SIDE * scale.min(1.2), inner.width * 0.6);
    let top = inner.bottom() - side;
    codes::square(pen, &made.square, inner.x, top, side);
    let x = inner.x + side + 2.0 * GAP;
    let width = inner.right() - x;
    let mut y = top;
    if let Some(city) = &order.city {
        let style = Style::bold(0.0).between(10.0, 14.0 * scale).lines(2);
        y += pen.block(style, city, x, y, width) + 2.0;
    }
    let deadline = order.deadline.as_ref().map(|deadline| {
        let style = Style::bold(0.0).between(9.0, 12.0 * scale).lines(3);
        pen.fit(style, &format!("{} {deadline}", words.hand_over), width)
    });
    let wanted = deadline.as_ref().map_or(0.0, |fitted| {
        let lines = u16::try_from(fitted.lines.len()).map_or(0.0, f32::from);
        Pen::height(fitted.size) * lines
    });
    let room = inner.bottom() - wanted - y;
    if let (Some(point), true) = (&order.point, room > Pen::height(8.0)) {
        let style = Style::regular(0.0)
            .between(8.0, 9.0 * scale)
            .lines(lines_in(room, 9.0 * scale));
        pen.block(style, point, x, y, width);
    }
    if let Some(fitted) = deadline {
        pen.fitted(Weight::Bold, &fitted, x, inner.bottom() - wanted);
    }
    top
}

/// How many lines of letters find room, at least one.
pub(super) fn lines_in(room: f32, size: f32) -> usize {
    let mut lines: u8 = 1;
    while lines < 9 && Pen::height(size) * f32::from(lines + 1) <= room {
        lines += 1;
    }
    usize::from(lines)
}

/// Model, size, quantity, colour, article.
fn goods(pen: &mut Pen<'_>, words: &Words, made: &Made<'_>, area: Area, scale: f32) {
    let good = made.label.line.good;
    let size_row = Pen::height(26.0 * scale);
    let colour_row = good.colour.as_ref().map_or(0.0, |_| Pen::height(14.0 * scale));
    let share = made.label.line.share;
    let article_row = Pen::height(9.0 * scale);
    let room = area.height - size_row - colour_row - article_row;
    let style = Style::bold(0.0)
        .between(MODEL_SIZE, 24.0 * scale)
        .lines(lines_in(room, MODEL_SIZE));
    let model = pen.fit(style, &good.model, area.width);
    // Large letters may take more lines than there is room for: the smallest were counted.
    let lines = u16::try_from(model.lines.len()).map_or(0.0, f32::from);
    let model = if Pen::height(model.size) * lines > room {
        pen.fit(style.between(MODEL_SIZE, MODEL_SIZE), &good.model, area.width)
    } else {
        model
    };
    let mut y = area.y + pen.fitted(Weight::Bold, &model, area.x, area.y);
    let is_told = size_and_quantity(
        pen,
        words,
        good,
        Area::new(area.x, y, area.width, size_row),
        scale,
    );
    y += size_row;
    if let Some(colour) = &good.colour {
        let style = Style::bold(0.0).between(9.0, 14.0 * scale);
        y += pen.block(style, colour, area.x, y, area.width).min(colour_row);
    }
    let mut right = area.right();
    if share.of > 1 {
        let text = filled(&words.good, share.number, share.of);
        right -= pen.ending_at(Style::bold(9.0 * scale), &text, right, y, area.width * 0.5) + GAP;
    }
    let style = Style::regular(0.0).between(7.0, 9.0 * scale);
    let bought = words.bought(good).filter(|_| !is_told);
    let article = [bought.as_deref(), good.brand.as_deref(), good.sku.as_deref()];
    let article: Vec<&str> = article.into_iter().flatten().collect();
    pen.block(style, &article.join(" · "), area.x, y, right - area.x);
}

/// The size in large letters on the left, how many on the right. Answers whether nothing is left to be said of the size.
fn size_and_quantity(pen: &mut Pen<'_>, words: &Words, good: &Good, area: Area, scale: f32) -> bool {
    let quantity = if good.quantity > 1 {
        pen.plate(
            22.0 * scale,
            &format!("× {}", good.quantity),
            area.right(),
            area.y,
            area.width * 0.5,
        )
    } else {
        pen.ending_at(
            Style::bold(14.0 * scale),
            &format!("1 {}", words.pieces),
            area.right(),
            area.y + 8.0 * scale,
            area.width * 0.4,
        )
    };
    if let Some(size) = &good.size {
        let label = pen.fit(Style::regular(9.0 * scale), &words.size, area.width * 0.3);
        let wide = label
            .lines
            .first()
            .map_or(0.0, |line| pen.faces.width(Weight::Regular, label.size, line));
        pen.fitted(Weight::Regular, &label, area.x, area.y + 13.0 * scale);
        let x = area.x + wide + GAP;
        let style = Style::bold(0.0).between(MODEL_SIZE, 26.0 * scale);
        let end = area.right() - quantity - GAP;
        let fitted = pen.fit(style, size, end - x);
        pen.fitted(Weight::Bold, &fitted, x, area.y);
        let drawn = fitted.lines.first().map(String::as_str).unwrap_or_default();
        let from = x + pen.faces.width(Weight::Bold, fitted.size, drawn) + GAP;
        let Some(bought) = words.bought(good) else {
            return true;
        };
        if from + pen.faces.width(Weight::Bold, SMALLEST, &bought) > end {
            return false;
        }
        let style = Style::bold(0.0).between(SMALLEST, 12.0 * scale);
        let y = area.y + 8.0 * scale;
        pen.block(style, &bought, from, y, end - from);
    }
    true
}
