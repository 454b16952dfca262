//! A report on A4: headings, facts and tables that go on over pages. Refuses to know what it tells of.

use crate::{
    LabelsError,
    draw::{Area, MM, Mark, Page, Pen, Style, face::Faces},
    paper::A4,
    pdf,
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
const ROW: f32 = 16.0;
const FOOT: f32 = 14.0;
/// Lines that a text or a cell may take.
const MOST_LINES: usize = 6;

struct Flow<'a> {
    pen: Pen<'a>,
    pages: Vec<Page>,
    area: Area,
    y: f32,
}

/// The report as a PDF file.
///
/// # Errors
/// When the shipped fonts cannot be read or the writer of PDF refuses: our mistakes.
pub fn sheet_pdf(sheet: &Sheet) -> Result<Vec<u8>, LabelsError> {
    let faces = Faces::shipped()?;
    pdf::file(&faces, &sheet.title, &pages(&faces, sheet))
}

fn pages(faces: &Faces, sheet: &Sheet) -> Vec<Page> {
    let mut replaced = Vec::new();
    let area = Area::new(0.0, 0.0, A4.0, A4.1).inset(MARGIN);
    let mut flow = Flow {
        pen: Pen {
            faces,
            page: Page::new(A4.0, A4.1),
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
        }
    }
    flow.finish(&sheet.page)
}

impl Flow<'_> {
    /// Goes to the next page when so much does not fit; whether it did.
    fn room(&mut self, height: f32) -> bool {
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
                self.pen.ending_at(style, cell, x + width, self.y + 2.0, *width);
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
            let pages = pages(&faces, &sheet(rows));
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
}
