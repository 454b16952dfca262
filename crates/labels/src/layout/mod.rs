//! Where everything stands on labels and lists. Refuses letters and codes smaller than people and scanners can read: what
//! does not fit is cut with an ellipsis, and nothing covers anything.

mod chart;
mod codes;
mod pick;
pub mod sheet;
mod tall;
mod wide;

pub use pick::{ListPaper, pick_list};

use crate::{
    LabelsError,
    draw::{
        Area, MM, Mark, Page, Pen,
        code::{Bars, Square},
        face::Faces,
    },
    model::Label,
    paper::{A4, Paper, PerSheet},
    words::Words,
};

/// Smallest letters of an order's number, in points.
pub const ORDER_SIZE: f32 = 14.0;
/// Smallest letters of model and size, in points.
pub const MODEL_SIZE: f32 = 18.0;
/// Smallest side of a square code, in points.
pub const SQUARE_SIDE: f32 = 25.0 * MM;

/// A label with its codes made.
pub(crate) struct Made<'a> {
    label: Label<'a>,
    bars: Bars,
    square: Square,
}

impl<'a> Made<'a> {
    fn of(label: Label<'a>) -> Result<Self, LabelsError> {
        let order = label.line.order;
        Ok(Self {
            label,
            bars: Bars::of(&order.code)?,
            square: Square::of(order.scan.as_deref().unwrap_or(&order.code))?,
        })
    }
}

/// Draws one label into a place, by the shape of the place.
pub(crate) fn draw(
    pen: &mut Pen<'_>,
    words: &Words,
    label: Label<'_>,
    area: Area,
) -> Result<(), LabelsError> {
    let made = Made::of(label)?;
    if area.height > area.width {
        tall::draw(pen, words, &made, area);
    } else {
        wide::draw(pen, words, &made, area);
    }
    Ok(())
}

/// One label on a page of its own size.
pub(crate) fn label_page(
    faces: &Faces,
    words: &Words,
    label: Label<'_>,
    size: (f32, f32),
    replaced: &mut Vec<char>,
) -> Result<Page, LabelsError> {
    let mut pen = Pen {
        faces,
        page: Page::new(size.0, size.1),
        replaced,
    };
    draw(&mut pen, words, label, Area::new(0.0, 0.0, size.0, size.1))?;
    Ok(pen.page)
}

/// Pages of labels, in the order of the labels; letters without a shape are added to the list.
///
/// # Errors
/// When a code cannot be made of an order's number.
pub fn label_pages(
    faces: &Faces,
    words: &Words,
    labels: &[Label<'_>],
    paper: Paper,
    replaced: &mut Vec<char>,
) -> Result<Vec<Page>, LabelsError> {
    let Paper::A4(per_sheet) = paper else {
        return labels
            .iter()
            .map(|label| label_page(faces, words, *label, paper.label(), replaced))
            .collect();
    };
    let (width, height) = paper.label();
    let rows: usize = match per_sheet {
        PerSheet::Four => 2,
        PerSheet::Eight => 4,
    };
    labels
        .chunks(rows * 2)
        .map(|sheet| {
            let mut pen = Pen {
                faces,
                page: Page::new(A4.0, A4.1),
                replaced,
            };
            let mut left = true;
            let mut y = 0.0;
            for label in sheet {
                let area = Area::new(if left { 0.0 } else { width }, y, width, height);
                draw(&mut pen, words, *label, area.inset(2.0 * MM))?;
                if !left {
                    y += height;
                }
                left = !left;
            }
            cutting_lines(&mut pen.page, (width, height), rows);
            Ok(pen.page)
        })
        .collect()
}

/// Hair lines along which a sheet is cut.
fn cutting_lines(page: &mut Page, label: (f32, f32), rows: usize) {
    page.marks.push(Mark::Fill(Area::new(label.0, 0.0, 0.25, A4.1)));
    let mut y = label.1;
    for _ in 1..rows {
        page.marks.push(Mark::Fill(Area::new(0.0, y, A4.0, 0.25)));
        y += label.1;
    }
}
