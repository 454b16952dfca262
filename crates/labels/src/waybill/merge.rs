//! Waybills on the paper that was asked for: alone and cropped, beside their label, two on a sheet, or each after its label.
//! Refuses to print a page twice: it is given each one once and tells where it went.

use super::{
    compose::{Composer, Fit, Form},
    matrix::Extent,
    read::{Broken, Limits, StrangeFile, StrangePage},
};
use crate::{
    LabelsError,
    draw::{MM, Page, face::Faces},
    paper::{A4, Paper},
    pdf,
};
use lopdf::Document;

/// How waybills and labels come together.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Layout {
    /// Waybills alone, cropped to the paper of labels; two on a sheet where that is too small.
    #[default]
    Label,
    /// A4 lying: the label on the left, its waybill on the right.
    SideBySide,
    /// A4 with two waybills.
    TwoUp,
    /// Each waybill after the label of its order.
    After,
}

impl Layout {
    /// The layout of a name such as `side-by-side`.
    pub fn named(name: &str) -> Option<Self> {
        match name.trim().to_lowercase().replace([' ', '_'], "-").as_str() {
            "label" => Some(Self::Label),
            "side-by-side" => Some(Self::SideBySide),
            "two-up" => Some(Self::TwoUp),
            "after" => Some(Self::After),
            _ => None,
        }
    }

    /// The name it is given by.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Label => "label",
            Self::SideBySide => "side-by-side",
            Self::TwoUp => "two-up",
            Self::After => "after",
        }
    }

    /// Whether labels come into the file of waybills.
    pub const fn has_labels(self) -> bool {
        match self {
            Self::SideBySide | Self::After => true,
            Self::Label | Self::TwoUp => false,
        }
    }
}

/// Which part of a waybill's page is printed.
#[derive(Debug, Clone, Copy, PartialEq, Default)]
pub enum Crop {
    /// What is drawn, with a hair of margin.
    #[default]
    Content,
    /// The whole page.
    Page,
    /// A part, in millimetres from the upper left corner: left, top, width, height.
    Part([f32; 4]),
}

impl Crop {
    /// `content`, `page`, or left, top, width and height in millimetres with commas between.
    pub fn named(text: &str) -> Option<Self> {
        match text.trim().to_lowercase().as_str() {
            "content" => Some(Self::Content),
            "page" => Some(Self::Page),
            numbers => {
                let numbers: Result<Vec<f32>, _> =
                    numbers.split(',').map(|number| number.trim().parse()).collect();
                let [left, top, width, height] = numbers.ok()?.try_into().ok()?;
                let fine = [left, top, width, height]
                    .iter()
                    .all(|number: &f32| number.is_finite() && *number >= 0.0);
                (fine && width > 0.0 && height > 0.0).then_some(Self::Part([left, top, width, height]))
            }
        }
    }

    pub(super) fn of(self, page: &StrangePage) -> Extent {
        let shown = page.shown;
        match self {
            Self::Page => shown,
            Self::Content => {
                let drawn = page.drawn.map(|drawn| drawn.wider(2.0 * MM));
                let drawn = drawn.and_then(|drawn| drawn.within(shown));
                // A page that is nearly full is taken whole, and so is one with next to nothing on it.
                let part = |drawn: &Extent| drawn.width() > 10.0 * MM && drawn.height() > 10.0 * MM;
                drawn.filter(part).unwrap_or(shown)
            }
            Self::Part([left, top, width, height]) => {
                let part = Extent {
                    left: shown.left + left * MM,
                    top: shown.top - top * MM,
                    right: shown.left + (left + width) * MM,
                    bottom: shown.top - (top + height) * MM,
                };
                part.within(shown)
                    .filter(|part| part.width() > MM && part.height() > MM)
                    .unwrap_or(shown)
            }
        }
    }
}

/// One order in the order of its first label.
#[derive(Debug, Clone, Default)]
pub struct Row {
    /// Its labels, drawn on pages of their own.
    pub labels: Vec<Page>,
    /// Pages of its waybills: file and page within the list of files.
    pub waybills: Vec<(usize, usize)>,
}

/// The file, and on which of its pages each page of a waybill went, in the order of the rows.
#[derive(Debug, Clone, Default)]
pub struct Merged {
    pub bytes: Vec<u8>,
    pub pages: usize,
    /// File, page, page of the output from one.
    pub places: Vec<(usize, usize, usize)>,
    /// Pages that turned out to be broken while they were taken over.
    pub broken: Vec<(usize, usize, Broken)>,
}

/// Edge of a label paper that is left free: at least 74 of 75 millimetres are asked for.
const EDGE: f32 = 0.5 * MM;
/// Edge of a sheet.
const SHEET_EDGE: f32 = 6.0 * MM;

struct Press<'a> {
    composer: Composer,
    files: &'a [StrangeFile],
    limits: &'a Limits,
    crop: Crop,
    merged: Merged,
    /// The labels, opened as a file with a number no other has.
    labels: Option<StrangeFile>,
    next_label: usize,
}

/// Puts everything on paper.
///
/// # Errors
/// When a page cannot be written at all; a broken page is told in the answer.
pub fn merge(
    faces: &Faces,
    files: &[StrangeFile],
    rows: &[Row],
    options: (Layout, Paper, Crop),
    limits: &Limits,
) -> Result<Merged, LabelsError> {
    let (layout, paper, crop) = options;
    let mut press = Press {
        composer: Composer::new(),
        files,
        limits,
        crop,
        merged: Merged::default(),
        labels: if layout.has_labels() {
            labels(faces, rows)?
        } else {
            None
        },
        next_label: 0,
    };
    match (layout, paper.holds_waybill()) {
        (Layout::Label, true) => press.alone(rows, paper.label(), EDGE),
        (Layout::Label, false) | (Layout::TwoUp, _) => press.two_up(rows),
        (Layout::SideBySide, _) => press.side_by_side(rows),
        (Layout::After, true) => press.after(rows, paper.label(), EDGE),
        (Layout::After, false) => press.after(rows, A4, SHEET_EDGE),
    }
    let mut merged = press.merged;
    merged.pages = press.composer.count();
    merged.bytes = press.composer.finish("Waybills")?;
    Ok(merged)
}

fn labels(faces: &Faces, rows: &[Row]) -> Result<Option<StrangeFile>, LabelsError> {
    let pages: Vec<Page> = rows.iter().flat_map(|row| row.labels.iter().cloned()).collect();
    if pages.is_empty() {
        return Ok(None);
    }
    let bytes = pdf::file(faces, "Labels", &pages)?;
    let document = Document::load_mem(&bytes).map_err(|error| LabelsError::Pdf(error.to_string()))?;
    Ok(Some(StrangeFile::own(document)))
}

const fn slot(left: f32, bottom: f32, width: f32, height: f32, edge: f32) -> Extent {
    Extent {
        left: left + edge,
        bottom: bottom + edge,
        right: left + width - edge,
        top: bottom + height - edge,
    }
}

const LARGER: Fit = Fit {
    may_turn: true,
    most_scale: 1.6,
};

impl Press<'_> {
    fn waybill(&mut self, (file, page): (usize, usize)) -> Option<Form> {
        let source = self.files.get(file)?;
        let strange = source.pages.get(page)?.as_ref().ok()?;
        match self
            .composer
            .form(file, source, strange, self.crop.of(strange), self.limits)
        {
            Ok(form) => Some(form),
            Err(broken) => {
                self.merged.broken.push((file, page, broken));
                None
            }
        }
    }

    fn label(&mut self) -> Option<Form> {
        let source = self.labels.as_ref()?;
        let page = source.pages.get(self.next_label)?.as_ref().ok()?;
        self.next_label += 1;
        self.composer
            .form(usize::MAX, source, page, page.shown, self.limits)
            .ok()
    }

    fn place(&mut self, size: (f32, f32), placed: &[(Form, Extent, Fit)], waybills: &[(usize, usize)]) {
        self.composer.page(size, placed);
        let number = self.composer.count();
        for (file, page) in waybills {
            self.merged.places.push((*file, *page, number));
        }
    }

    fn alone(&mut self, rows: &[Row], size: (f32, f32), edge: f32) {
        for at in rows.iter().flat_map(|row| &row.waybills) {
            if let Some(form) = self.waybill(*at) {
                self.place(
                    size,
                    &[(form, slot(0.0, 0.0, size.0, size.1, edge), LARGER)],
                    &[*at],
                );
            }
        }
    }

    fn after(&mut self, rows: &[Row], size: (f32, f32), edge: f32) {
        for row in rows {
            for _ in &row.labels {
                if let Some(form) = self.label() {
                    let whole = slot(0.0, 0.0, size.0, size.1, 0.0);
                    self.place(
                        size,
                        &[(
                            form,
                            whole,
                            Fit {
                                may_turn: false,
                                most_scale: 1.6,
                            },
                        )],
                        &[],
                    );
                }
            }
            self.alone(std::slice::from_ref(row), size, edge);
        }
    }

    /// Standing pages on a lying sheet, lying ones on a standing sheet, as most are.
    fn two_up(&mut self, rows: &[Row]) {
        let mut forms = Vec::new();
        for at in rows.iter().flat_map(|row| &row.waybills) {
            if let Some(form) = self.waybill(*at) {
                forms.push((form, *at));
            }
        }
        let standing = forms
            .iter()
            .filter(|(form, _)| form.size().1 >= form.size().0)
            .count();
        let (size, slots) = if standing * 2 >= forms.len() {
            let half = A4.1 / 2.0;
            (
                (A4.1, A4.0),
                [
                    slot(0.0, 0.0, half, A4.0, SHEET_EDGE),
                    slot(half, 0.0, half, A4.0, SHEET_EDGE),
                ],
            )
        } else {
            let half = A4.1 / 2.0;
            (
                A4,
                [
                    slot(0.0, half, A4.0, half, SHEET_EDGE),
                    slot(0.0, 0.0, A4.0, half, SHEET_EDGE),
                ],
            )
        };
        for pair in forms.chunks(2) {
            let placed: Vec<_> = pair
                .iter()
                .zip(slots)
                .map(|((form, _), slot)| (*form, slot, LARGER))
                .collect();
            let waybills: Vec<_> = pair.iter().map(|(_, at)| *at).collect();
            self.place(size, &placed, &waybills);
        }
    }

    fn side_by_side(&mut self, rows: &[Row]) {
        let half = A4.1 / 2.0;
        let (left, right) = (
            slot(0.0, 0.0, half, A4.0, SHEET_EDGE),
            slot(half, 0.0, half, A4.0, SHEET_EDGE),
        );
        for row in rows {
            for nth in 0..row.labels.len().max(row.waybills.len()) {
                let mut placed = Vec::new();
                if nth < row.labels.len()
                    && let Some(form) = self.label()
                {
                    placed.push((
                        form,
                        left,
                        Fit {
                            may_turn: false,
                            most_scale: 1.6,
                        },
                    ));
                }
                let at = row.waybills.get(nth).copied();
                let form = at.and_then(|at| self.waybill(at));
                placed.extend(form.map(|form| (form, right, LARGER)));
                let waybills: Vec<_> = at.filter(|_| form.is_some()).into_iter().collect();
                if !placed.is_empty() {
                    self.place((A4.1, A4.0), &placed, &waybills);
                }
            }
        }
    }
}
