//! Codes are read back from the page by a decoder of others. Refuses to believe our own modules.

use crate::samples::{faces, orders, words};
use rxing::BarcodeFormat;
use sauda_labels::{Area, MM, Mark, Page, Paper, PerSheet, label_pages, labels};

const PAPERS: [Paper; 5] = [
    Paper::Label75x120,
    Paper::Label58x40,
    Paper::Label100x150,
    Paper::A4(PerSheet::Eight),
    Paper::A4(PerSheet::Four),
];

/// The page as a thermal printer of 203 dpi prints it: every dark rectangle, letters left out.
fn printed(page: &Page) -> (Vec<u8>, u32, u32) {
    let dots = |points: f32| (points / MM * 8.0).round() as u32;
    let (width, height) = (dots(page.width), dots(page.height));
    let mut luma = vec![255_u8; (width * height) as usize];
    for mark in &page.marks {
        for area in mark.dark() {
            for y in dots(area.y)..dots(area.bottom()).min(height) {
                for x in dots(area.x)..dots(area.right()).min(width) {
                    luma[(y * width + x) as usize] = 0;
                }
            }
        }
    }
    (luma, width, height)
}

/// The part of the page with one mark and nothing else near, with light around it.
fn part(page: &Page, area: Area) -> Page {
    let around = Area::new(
        area.x - 3.0 * MM,
        area.y - 1.0 * MM,
        area.width + 6.0 * MM,
        area.height + 2.0 * MM,
    );
    let mut part = Page::new(around.width, around.height);
    part.marks = page
        .marks
        .iter()
        .filter_map(|mark| mark.moved(-around.x, -around.y))
        .collect();
    part
}

#[test]
fn both_codes_of_every_label_on_every_paper_read_back_the_order() {
    let orders = orders(12);
    let labels = labels(&orders);
    for paper in PAPERS {
        let pages = label_pages(faces(), &words(), &labels, paper, &mut Vec::new()).unwrap();
        let mut read = (Vec::new(), Vec::new());
        for page in &pages {
            for mark in &page.marks {
                let (area, format, list) = match mark {
                    Mark::Bars(area, _) => (*area, BarcodeFormat::CODE_128, &mut read.0),
                    Mark::Square(area, _) => (*area, BarcodeFormat::QR_CODE, &mut read.1),
                    _ => continue,
                };
                let (luma, width, height) = printed(&part(page, area));
                let found = rxing::helpers::detect_in_luma(luma, width, height, Some(format)).unwrap();
                list.push(found.getText().to_owned());
            }
        }
        let codes: Vec<&str> = labels
            .iter()
            .map(|label| label.line.order.code.as_str())
            .collect();
        assert_eq!(read.0, codes, "{paper:?}: bars");
        assert_eq!(read.1, codes, "{paper:?}: squares");
    }
}

#[test]
fn the_square_is_25_millimetres_and_bars_are_whole_dots() {
    let orders = orders(6);
    for paper in PAPERS {
        let pages = label_pages(faces(), &words(), &labels(&orders), paper, &mut Vec::new()).unwrap();
        for mark in pages.iter().flat_map(|page| &page.marks) {
            match mark {
                Mark::Square(area, _) => assert!(area.width >= 25.0 * MM, "{paper:?}: {}", area.width / MM),
                Mark::Bars(area, bars) => {
                    let dots = area.width / bars.modules.len() as f32 / MM * 8.0;
                    assert!(
                        (dots - dots.round()).abs() < 0.001 && dots >= 2.0,
                        "{paper:?}: {dots} dots"
                    );
                    assert!(area.height >= 7.0 * MM);
                }
                _ => {}
            }
        }
    }
}
