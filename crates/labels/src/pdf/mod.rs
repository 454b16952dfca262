//! Pages as a PDF file with the shipped font inside, only the letters that are used. Refuses to decide where anything
//! stands.

use crate::{
    LabelsError,
    draw::{
        Area, Mark, Page,
        face::{Faces, Weight},
    },
};
use krilla::{
    Document,
    color::rgb,
    geom::{PathBuilder, Point, Rect},
    metadata::Metadata,
    num::NormalizedF32,
    page::PageSettings,
    paint::{Fill, FillRule},
    surface::Surface,
};

/// A file of these pages.
///
/// # Errors
/// When the writer of PDF refuses, which would be our mistake.
pub fn file(faces: &Faces, title: &str, pages: &[Page]) -> Result<Vec<u8>, LabelsError> {
    let mut document = Document::new();
    document.set_metadata(
        Metadata::new()
            .title(title.to_owned())
            .creator("Sauda".to_owned()),
    );
    for page in pages {
        let settings = PageSettings::from_wh(page.width, page.height)
            .ok_or_else(|| LabelsError::Pdf(format!("a page of {} × {} points", page.width, page.height)))?;
        let mut sheet = document.start_page_with(settings);
        let mut surface = sheet.surface();
        for mark in &page.marks {
            draw(&mut surface, faces, mark);
        }
        surface.finish();
        sheet.finish();
    }
    document
        .finish()
        .map_err(|error| LabelsError::Pdf(format!("{error:?}")))
}

const BLACK: [u8; 3] = [0; 3];
const WHITE: [u8; 3] = [255; 3];

fn ink([red, green, blue]: [u8; 3]) -> Fill {
    Fill {
        paint: rgb::Color::new(red, green, blue).into(),
        opacity: NormalizedF32::ONE,
        rule: FillRule::NonZero,
    }
}

fn draw(surface: &mut Surface<'_>, faces: &Faces, mark: &Mark) {
    match mark {
        Mark::Text {
            x,
            baseline,
            size,
            weight,
            inverse,
            text,
        } => {
            surface.set_fill(Some(ink(if *inverse { WHITE } else { BLACK })));
            letters(surface, faces, (*x, *baseline), *size, *weight, text);
        }
        Mark::Tint(_, tint) => fill(surface, mark.dark(), tint.rgb()),
        Mark::Fill(_) | Mark::Frame(..) | Mark::Bars(..) | Mark::Square(..) => {
            fill(surface, mark.dark(), BLACK);
        }
    }
}

fn letters(surface: &mut Surface<'_>, faces: &Faces, at: (f32, f32), size: f32, weight: Weight, text: &str) {
    let glyphs = faces.glyphs(weight, text);
    let font = faces.face(weight).font.clone();
    surface.draw_glyphs(Point::from_xy(at.0, at.1), &glyphs, font, text, size, false);
}

/// Rectangles of one colour as one shape.
fn fill(surface: &mut Surface<'_>, areas: impl IntoIterator<Item = Area>, colour: [u8; 3]) {
    let mut path = PathBuilder::new();
    for area in areas {
        if let Some(rect) = Rect::from_xywh(area.x, area.y, area.width, area.height) {
            path.push_rect(rect);
        }
    }
    if let Some(path) = path.finish() {
        surface.set_fill(Some(ink(colour)));
        surface.draw_path(&path);
    }
}
