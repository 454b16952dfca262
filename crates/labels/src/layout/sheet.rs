//! A report on A4: headings, facts and tables that go on over pages. Refuses to know what it tells of.

use crate::{
    LabelsError,
    draw::{Area, MM, Mark, Page, Pen, Style, face::Faces},
    paper::A4,
    pdf, picture,
};

/// A column of a table.
#[derive(Debug, Clone, PartialEq)]
pub struct Column {
    pub title: String,
    /// How much of the width it has, beside the others.
    pub share: f32,
    /// Numbers end at the right.
    pub is_number: bool,
}

/// A bar: its length is a share of the longest one, below zero for a loss.
#[derive(Debug, Clone, PartialEq)]
pub struct Bar {
    pub label: String,
    pub value: String,
    pub share: f32,
    /// The same before.
    pub before: Option<f32>,
    /// Between which lengths it lies most likely.
    pub range: Option<[f32; 2]>,
}

/// A part of a report.
#[derive(Debug, Clone, PartialEq)]
pub enum Block {
    Heading(String),
    Text(String),
    /// Name and value.
    Facts(Vec<(String, String)>),
    Table {
        columns: Vec<Column>,
        rows: Vec<Vec<String>>,
    },
    /// Under each other by name.
    Bars(Vec<Bar>),
    /// Beside each other in time; the label of each is its day.
    BarsInTime(Vec<Bar>),
}

/// A report.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Sheet {
    pub title: String,
    pub subtitle: String,
    pub blocks: Vec<Block>,
    /// `{n}` and `{m}` stand for the page and their number.
    pub page: String,
}

const MARGIN: f32 = 16.0 * MM;
/// What a telephone shows of a report; what is longer is cut at the foot, the whole stands on paper.
const CARD: (f32, f32) = (360.0, 720.0);
const CARD_MARGIN: f32 = 18.0;
const ROW: f32 = 16.0;
const FOOT: f32 = 14.0;
/// Lines that a text or a cell may take.
const MOST_LINES: usize = 6;

pub(super) struct Flow<'a> {
    pub(super) pen: Pen<'a>,
    pages: Vec<Page>,
    pub(super) area: Area,
    pub(super) y: f32,
}

/// The report as a PDF file.
///
/// # Errors
/// When the shipped fonts cannot be read or the writer of PDF refuses: our mistakes.
pub fn sheet_pdf(sheet: &Sheet) -> Result<Vec<u8>, LabelsError> {
    let faces = Faces::shipped()?;
    pdf::file(&faces, &sheet.title, &pages(&faces, sheet, A4, MARGIN))
}

/// The report as one picture for a small screen, PNG.
///
/// # Errors
/// When the shipped fonts cannot be read: our mistake.
pub fn sheet_picture(sheet: &Sheet) -> Result<Vec<u8>, LabelsError> {
    let faces = Faces::shipped()?;
    // One picture has no number, and is cut off under its last mark.
    let sheet = Sheet {
        page: String::new(),
        ..sheet.clone()
    };
    let pages = pages(&faces, &sheet, CARD, CARD_MARGIN);
    Ok(pages
        .first()
        .map_or_else(Vec::new, |page| picture::png(&faces, page, CARD_MARGIN)))
}

fn pages(faces: &Faces, sheet: &Sheet, (width, height): (f32, f32), margin: f32) -> Vec<Page> {
    let mut replaced = Vec::new();
    let area = Area::new(0.0, 0.0, width, height).inset(margin);
    let mut flow = Flow {
        pen: Pen {
            faces,
            page: Page::new(width, height),
            replaced: &mut replaced,
        },
        pages: Vec::new(),
        area,
        y: area.y,
    };
    flow.text(Style::bold(18.0).lines(2), &sheet.title, 2.0);
    flow.text(Style::regular(10.0).lines(2), &sheet.subtitle, 10.0);
    for block in &sheet.blocks {
        match block {
            Block::Heading(text) => {
                flow.y += 8.0;
                // A heading never stands alone at the foot of a page.
                flow.room(20.0 + 2.0 * ROW);
                flow.text(Style::bold(12.0).lines(2), text, 4.0);
            }
            Block::Text(text) => flow.text(Style::regular(10.0).lines(MOST_LINES), text, 4.0),
            Block::Facts(facts) => flow.facts(facts),
            Block::Table { columns, rows } => flow.table(columns, rows),
            Block::Bars(bars) => flow.bars(bars),
            Block::BarsInTime(bars) => flow.bars_in_time(bars),
        }
    }
    flow.finish(&sheet.page)
}

impl Flow<'_> {
    /// Goes to the next page when so much does not fit; whether it did.
    pub(super) fn room(&mut self, height: f32) -> bool {
        if self.y + height <= self.area.bottom() - FOOT {
            return false;
        }
        let next = Page::new(self.pen.page.width, self.pen.page.height);
        self.pages.push(std::mem::replace(&mut self.pen.page, next));
        self.y = self.area.y;
        true
    }

    fn text(&mut self, style: Style, text: &str, after: f32) {
        if text.is_empty() {
            return;
        }
        let fitted = self.pen.fit(style, text, self.area.width);
        self.room(fitted.size * 1.2 * lines(fitted.lines.len()));
        self.y += self.pen.block(style, text, self.area.x, self.y, self.area.width) + after;
    }

    fn facts(&mut self, facts: &[(String, String)]) {
        for (name, value) in facts {
            self.room(ROW);
            let (x, width) = (self.area.x, self.area.width);
            self.pen.block(
                Style::regular(0.0).between(7.0, 10.0),
                name,
                x,
                self.y,
                width * 0.6,
            );
            self.pen.ending_at(
                Style::bold(0.0).between(7.0, 10.0),
                value,
                x + width,
                self.y,
                width * 0.38,
            );
            self.y += ROW;
        }
    }

    fn table(&mut self, columns: &[Column], rows: &[Vec<String>]) {
        let titles: Vec<String> = columns.iter().map(|column| column.title.clone()).collect();
        self.room(2.0 * ROW);
        self.row(columns, &titles, true);
        for row in rows {
            let height = self.height(columns, row);
            if self.room(height) {
                self.row(columns, &titles, true);
            }
            self.row(columns, row, false);
        }
        self.y += 6.0;
    }

    fn style(is_title: bool) -> Style {
        if is_title {
            Style::bold(0.0).between(6.5, 8.5).lines(2)
        } else {
            Style::regular(9.0).lines(MOST_LINES)
        }
    }

    fn widths<'c>(&self, columns: &'c [Column]) -> impl Iterator<Item = (f32, f32, &'c Column)> {
        let whole: f32 = columns.iter().map(|column| column.share).sum::<f32>().max(0.01);
        let (mut x, width) = (self.area.x, self.area.width);
        columns.iter().map(move |column| {
            let (from, share) = (x, width * column.share / whole);
            x += share;
            (from, share - 6.0, column)
        })
    }

    fn height(&mut self, columns: &[Column], row: &[String]) -> f32 {
        let places: Vec<(f32, f32, &Column)> = self.widths(columns).collect();
        let mut most = 1;
        for ((_, width, _), cell) in places.iter().zip(row) {
            most = most.max(self.pen.fit(Self::style(false), cell, *width).lines.len());
        }
        ROW.max(lines(most) * 9.0 * 1.16 + 6.0)
    }

    fn row(&mut self, columns: &[Column], row: &[String], is_title: bool) {
        let places: Vec<(f32, f32, &Column)> = self.widths(columns).collect();
        let height = if is_title {
            ROW + 4.0
        } else {
            self.height(columns, row)
        };
        let style = Self::style(is_title);
        for ((x, width, column), cell) in places.iter().zip(row) {
            if column.is_number {
                // A number is made smaller, never cut: half of it would be another one.
                let small = style.between(5.5, style.sizes.1);
                self.pen.ending_at(small, cell, x + width, self.y + 2.0, *width);
            } else {
                self.pen.block(style, cell, *x, self.y + 2.0, *width);
            }
        }
        if is_title {
            let under = Area::new(self.area.x, self.y + height - 2.0, self.area.width, 0.8);
            self.pen.page.marks.push(Mark::Fill(under));
        } else {
            self.pen.rule(self.area.x, self.y + height - 1.0, self.area.width);
        }
        self.y += height;
    }

    fn finish(mut self, page: &str) -> Vec<Page> {
        self.pages.push(self.pen.page);
        let count = self.pages.len();
        let (faces, replaced) = (self.pen.faces, self.pen.replaced);
        let mut pages = Vec::with_capacity(count);
        for (index, one) in self.pages.into_iter().enumerate() {
            let mut pen = Pen {
                faces,
                page: one,
                replaced: &mut *replaced,
            };
            let text = page
                .replace("{n}", &(index + 1).to_string())
                .replace("{m}", &count.to_string());
            let y = self.area.bottom() - 8.0;
            pen.ending_at(Style::regular(8.0), &text, self.area.right(), y, self.area.width);
            pages.push(pen.page);
        }
        pages
    }
}

fn lines(count: usize) -> f32 {
    f32::from(u16::try_from(count.max(1)).unwrap_or(u16::MAX))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::draw::Ink;

    fn sheet(rows: usize) -> Sheet {
        let column = |title: &str, share, is_number| Column {
            title: title.to_owned(),
            share,
            is_number,
        };
        Sheet {
            title: "День 21 ноября".to_owned(),
            subtitle: "Aru Home".to_owned(),
            blocks: vec![
                Block::Heading("Итог".to_owned()),
                Block::Facts(vec![("Принято".to_owned(), "42".to_owned())]),
                Block::Heading("Тапсырыстар".to_owned()),
                Block::Table {
                    columns: vec![
                        column("Заказ", 1.0, false),
                        column("Причина", 3.0, false),
                        column("₸", 1.0, true),
                    ],
                    rows: (0..rows)
                        .map(|row| {
                            let why = "Kaspi отказал: ".repeat(1 + row % 9);
                            vec![format!("41280{row:04}"), why, "38 740".to_owned()]
                        })
                        .collect(),
                },
            ],
            page: "{n} из {m}".to_owned(),
        }
    }

    fn texts(page: &Page) -> Vec<&str> {
        page.marks
            .iter()
            .filter_map(|mark| match mark {
                Mark::Text { text, .. } => Some(text.as_str()),
                _ => None,
            })
            .collect()
    }

    #[test]
    fn every_row_stands_once_inside_the_page_and_each_page_has_the_titles() {
        let faces = Faces::shipped().unwrap();
        for rows in [0, 1, 200] {
            let pages = pages(&faces, &sheet(rows), A4, MARGIN);
            let all: Vec<&str> = pages.iter().flat_map(texts).collect();
            for row in 0..rows {
                let code = format!("41280{row:04}");
                assert_eq!(all.iter().filter(|text| **text == code).count(), 1, "{code}");
            }
            for (at, page) in pages.iter().enumerate() {
                assert!(texts(page).contains(&"Заказ"), "page {at} has the titles");
                assert!(texts(page).contains(&format!("{} из {}", at + 1, pages.len()).as_str()));
                for mark in &page.marks {
                    if let Mark::Text { baseline, x, .. } = mark {
                        assert!(*baseline < page.height - 30.0 && *x >= MARGIN - 0.1);
                    }
                }
            }
        }
    }

    #[test]
    fn a_report_is_a_pdf() {
        let pdf = sheet_pdf(&sheet(80)).unwrap();
        assert!(pdf.starts_with(b"%PDF-"));
    }

    #[test]
    fn bars_are_as_long_as_their_shares_and_losses_stand_under_the_line() {
        let bar = |share, before| Bar {
            label: "Футболка".to_owned(),
            value: "12".to_owned(),
            share,
            before,
            range: before.map(|_| [0.25, 0.75]),
        };
        let faces = Faces::shipped().unwrap();
        let drawn = |block| {
            let sheet = Sheet {
                blocks: vec![block],
                ..Sheet::default()
            };
            pages(&faces, &sheet, CARD, CARD_MARGIN).remove(0).marks
        };
        let by_name = drawn(Block::Bars(vec![bar(1.0, Some(0.5)), bar(0.5, None)]));
        let long: Vec<f32> = by_name
            .iter()
            .filter_map(|mark| match mark {
                Mark::Tint(area, _) => Some(area.width),
                _ => None,
            })
            .collect();
        // The bar, its range as a line with two ends, what was before; the bar without either.
        assert_eq!(long.len(), 6);
        assert!((long[0] - 2.0 * long[4]).abs() < 0.01 && (long[4] - long[5]).abs() < 0.01);
        assert!((long[0] - 2.0 * long[1]).abs() < 0.01);
        let in_time = drawn(Block::BarsInTime(vec![
            bar(1.0, None),
            bar(-0.5, None),
            bar(0.0, None),
        ]));
        let inked: Vec<(Area, Ink)> = in_time
            .iter()
            .filter_map(|mark| match mark {
                Mark::Tint(area, ink) if *ink != Ink::Grid => Some((*area, *ink)),
                _ => None,
            })
            .collect();
        let inks: Vec<Ink> = inked.iter().map(|(_, ink)| *ink).collect();
        assert_eq!(inks, [Ink::Accent, Ink::Loss, Ink::Accent]);
        let fills: Vec<Area> = inked.iter().map(|(area, _)| *area).collect();
        let rule = in_time.iter().find_map(|mark| match mark {
            Mark::Fill(area) => Some(*area),
            _ => None,
        });
        let base = rule.unwrap().y;
        assert!((fills[0].bottom() - base).abs() < 0.01 && (fills[1].y - base).abs() < 0.01);
        assert!((fills[0].height - 2.0 * fills[1].height).abs() < 0.01);
    }

    #[test]
    fn a_picture_is_a_png_as_wide_as_a_telephone_and_as_high_as_what_it_shows() {
        let size = |png: &[u8]| {
            let side = |at: usize| u32::from_be_bytes([png[at], png[at + 1], png[at + 2], png[at + 3]]);
            (side(16), side(20))
        };
        let small = sheet_picture(&sheet(1)).unwrap();
        assert!(small.starts_with(b"\x89PNG\r\n\x1a\n") && small.ends_with(b"IEND\xaeB`\x82"));
        let (width, height) = size(&small);
        assert_eq!(width, 1_080);
        assert!(height < size(&sheet_picture(&sheet(9)).unwrap()).1);
        // What is longer than its page is cut there: the whole stands on paper.
        let long = size(&sheet_picture(&sheet(200)).unwrap());
        assert!(long.0 == 1_080 && (1_800..=2_160).contains(&long.1), "{long:?}");
    }
}
