//! The pick list: shelf, model, then a row with a box to tick for each order, on A4 or on a roll of 80 mm. Refuses to part a
//! heading from its first row.

use crate::{
    draw::{
        Area, MM, Mark, Page, Pen, Style,
        face::{Faces, Weight},
    },
    model::{Line, Order},
    order::{self, Shelf},
    paper::A4,
    words::{Words, filled},
};
use std::collections::BTreeSet;

/// What a list is printed on.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum ListPaper {
    A4,
    /// A roll of 80 mm, of which 72 are printed; one long page.
    Roll80,
}

/// A roll is cut after two metres: some printers refuse longer pages.
const LONGEST_ROLL: f32 = 2000.0 * MM;

struct Flow<'a, 'b> {
    pen: Pen<'b>,
    words: &'a Words,
    paper: ListPaper,
    without_waybill: &'a BTreeSet<String>,
    pages: Vec<Page>,
    area: Area,
    y: f32,
}

/// The pages of the list. `without_waybill` are the codes of orders whose waybill is not there.
pub fn pick_list(
    faces: &Faces,
    words: &Words,
    orders: &[Order],
    paper: ListPaper,
    without_waybill: &BTreeSet<String>,
    replaced: &mut Vec<char>,
) -> Vec<Page> {
    let (size, margin) = match paper {
        ListPaper::A4 => (A4, 12.0 * MM),
        ListPaper::Roll80 => ((80.0 * MM, LONGEST_ROLL), 4.0 * MM),
    };
    let area = Area::new(0.0, 0.0, size.0, size.1).inset(margin);
    let mut flow = Flow {
        pen: Pen {
            faces,
            page: Page::new(size.0, size.1),
            replaced,
        },
        words,
        paper,
        without_waybill,
        pages: Vec::new(),
        area,
        y: area.y,
    };
    flow.title(orders);
    for shelf in order::shelves(orders) {
        flow.shelf(&shelf);
    }
    flow.finish()
}

fn row_height(paper: ListPaper) -> f32 {
    match paper {
        ListPaper::A4 => 19.0,
        ListPaper::Roll80 => 30.0,
    }
}

impl Flow<'_, '_> {
    fn title(&mut self, orders: &[Order]) {
        let pieces: u64 = orders
            .iter()
            .flat_map(|order| &order.goods)
            .map(|good| u64::from(good.quantity))
            .sum();
        let (x, width) = (self.area.x, self.area.width);
        let y = self.y;
        let title = self.words.list.clone();
        self.y += self.pen.block(Style::bold(16.0), &title, x, y, width);
        let totals = filled(&self.words.totals, orders.len(), pieces);
        self.y += self.pen.block(Style::regular(10.0), &totals, x, self.y, width) + 4.0;
    }

    /// Goes to the next page when so much does not fit.
    fn room(&mut self, height: f32) -> bool {
        // The last line of A4 tells the page.
        let foot = if self.paper == ListPaper::A4 { 12.0 } else { 0.0 };
        if self.y + height <= self.area.bottom() - foot {
            return false;
        }
        let next = Page::new(self.pen.page.width, self.pen.page.height);
        self.pages.push(std::mem::replace(&mut self.pen.page, next));
        self.y = self.area.y;
        true
    }

    fn shelf(&mut self, shelf: &Shelf<'_>) {
        let name = match shelf.name {
            Some(name) => format!("{} {name}", self.words.shelf),
            None => self.words.no_shelf.clone(),
        };
        let mut first_model = true;
        for model in &shelf.models {
            let mut first_row = true;
            for size in &model.sizes {
                for line in &size.lines {
                    let headings =
                        f32::from(u8::from(first_model)) * 22.0 + f32::from(u8::from(first_row)) * 34.0;
                    let turned = self.room(headings + row_height(self.paper));
                    if first_model || turned {
                        self.shelf_heading(&name);
                    }
                    if first_row || turned {
                        self.model_heading(model.name);
                    }
                    self.row(size.name, line);
                    first_model = false;
                    first_row = false;
                }
            }
        }
    }

    fn shelf_heading(&mut self, name: &str) {
        let (x, width) = (self.area.x, self.area.width);
        self.pen
            .page
            .marks
            .push(Mark::Fill(Area::new(x, self.y, width, 1.0)));
        self.y += 3.0;
        self.y += self
            .pen
            .block(Style::bold(0.0).between(9.0, 14.0), name, x, self.y, width);
        self.y += 1.0;
    }

    fn model_heading(&mut self, name: &str) {
        let style = Style::bold(0.0).between(9.0, 11.0).lines(2);
        self.y += self
            .pen
            .block(style, name, self.area.x, self.y + 1.0, self.area.width)
            + 2.0;
    }

    fn row(&mut self, size: Option<&str>, line: &Line<'_>) {
        let height = row_height(self.paper);
        let (x, y) = (self.area.x, self.y);
        let box_side = 10.0;
        self.pen
            .page
            .marks
            .push(Mark::Frame(Area::new(x + 1.0, y + 3.0, box_side, box_side), 0.8));
        let size = size.unwrap_or(self.words.no_size.as_str()).to_owned();
        let texts = self.texts(line);
        match self.paper {
            ListPaper::A4 => self.row_a4(&size, line, &texts),
            ListPaper::Roll80 => self.row_roll(&size, line, &texts),
        }
        self.pen.rule(x, y + height - 1.0, self.area.width);
        self.y += height;
    }

    /// City with deadline, and what is special about the line.
    fn texts(&self, line: &Line<'_>) -> (String, String) {
        let order = line.order;
        let deadline = order
            .deadline
            .as_ref()
            .map(|deadline| format!("{} {deadline}", self.words.hand_over));
        let place = [order.city.clone(), deadline]
            .into_iter()
            .flatten()
            .collect::<Vec<_>>()
            .join(" · ");
        let mut notes: Vec<String> = self.words.bought(line.good).into_iter().collect();
        if order.express {
            notes.push(self.words.express.clone());
        }
        if line.share.of > 1 {
            notes.push(filled(&self.words.good, line.share.number, line.share.of));
        }
        if self.without_waybill.contains(&order.code) {
            notes.push(self.words.no_waybill.clone());
        }
        (place, notes.join(" · "))
    }

    /// Box, size, quantity, colour, number, city and deadline, notes.
    fn row_a4(&mut self, size: &str, line: &Line<'_>, texts: &(String, String)) {
        let (x, y) = (self.area.x, self.y);
        let quantity = format!("× {}", line.good.quantity);
        let bold = if line.good.quantity > 1 {
            Weight::Bold
        } else {
            Weight::Regular
        };
        let colour = line.good.colour.clone().unwrap_or_default();
        let columns: [(f32, f32, Style, &str); 6] = [
            (16.0, 66.0, Style::bold(0.0).between(7.0, 13.0), size),
            (
                86.0,
                30.0,
                Style {
                    weight: bold,
                    ..Style::bold(11.0)
                }
                .between(7.0, 11.0),
                &quantity,
            ),
            (
                120.0,
                82.0,
                Style::regular(0.0).between(7.0, 10.0).lines(2),
                &colour,
            ),
            (206.0, 86.0, Style::bold(0.0).between(6.5, 11.0), &line.order.code),
            (
                296.0,
                145.0,
                Style::regular(0.0).between(7.0, 9.0).lines(2),
                &texts.0,
            ),
            (
                445.0,
                self.area.width - 445.0,
                Style::bold(0.0).between(6.0, 8.0).lines(2),
                &texts.1,
            ),
        ];
        for (from, width, style, text) in columns {
            let fitted = self.pen.fit(style, text, width);
            let fitted = if fitted.lines.len() > 1 && fitted.size > 8.0 {
                self.pen.fit(style.between(style.sizes.0, 8.0), text, width)
            } else {
                fitted
            };
            let top = if fitted.lines.len() > 1 {
                y
            } else {
                y + 12.5 - fitted.size * 0.76
            };
            self.pen.fitted(style.weight, &fitted, x + from, top);
        }
    }

    /// Size, quantity and number above; colour, notes, city and deadline below.
    fn row_roll(&mut self, size: &str, line: &Line<'_>, texts: &(String, String)) {
        let (x, y, width) = (self.area.x, self.y, self.area.width);
        let quantity = format!("× {}", line.good.quantity);
        self.pen
            .block(Style::bold(0.0).between(7.0, 13.0), size, x + 16.0, y + 1.0, 64.0);
        let weight = if line.good.quantity > 1 {
            Style::bold(11.0)
        } else {
            Style::regular(11.0)
        };
        self.pen
            .block(weight.between(7.0, 11.0), &quantity, x + 84.0, y + 2.5, 30.0);
        self.pen.ending_at(
            Style::bold(0.0).between(7.0, 12.0),
            &line.order.code,
            x + width,
            y + 1.5,
            width - 118.0,
        );
        let parts = [
            line.good.colour.as_deref(),
            Some(texts.1.as_str()),
            Some(texts.0.as_str()),
        ];
        let below: Vec<&str> = parts
            .into_iter()
            .flatten()
            .filter(|text| !text.is_empty())
            .collect();
        let style = Style::regular(0.0).between(6.0, 8.5);
        self.pen
            .block(style, &below.join(" · "), x + 16.0, y + 17.5, width - 16.0);
    }

    fn finish(mut self) -> Vec<Page> {
        if self.paper == ListPaper::Roll80 {
            // The last page of a roll ends where its text does.
            self.pen.page.height = self.y + self.area.y;
        }
        self.pages.push(self.pen.page);
        if self.paper == ListPaper::Roll80 {
            return self.pages;
        }
        let count = self.pages.len();
        let (faces, replaced) = (self.pen.faces, self.pen.replaced);
        let mut pages = Vec::with_capacity(count);
        for (index, page) in self.pages.into_iter().enumerate() {
            let mut pen = Pen {
                faces,
                page,
                replaced: &mut *replaced,
            };
            let text = filled(&self.words.page, index + 1, count);
            let y = self.area.bottom() - 8.0;
            pen.ending_at(Style::regular(8.0), &text, self.area.right(), y, self.area.width);
            pages.push(pen.page);
        }
        pages
    }
}
