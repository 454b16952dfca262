//! Nothing covers anything, nothing leaves the paper, and what must be large is large. Refuses to judge taste.

use crate::samples::{faces, orders, words};
use sauda_labels::{
    Area, ListPaper, MODEL_SIZE, Mark, ORDER_SIZE, Page, Paper, PerSheet, Weight, label_pages, labels, lines,
    pick_list,
};
use std::collections::BTreeSet;

const PAPERS: [Paper; 5] = [
    Paper::Label75x120,
    Paper::Label58x40,
    Paper::Label100x150,
    Paper::A4(PerSheet::Eight),
    Paper::A4(PerSheet::Four),
];

/// Where the ink of a text is: capitals and descenders, a little less than the line.
fn ink(mark: &Mark) -> Area {
    match mark {
        Mark::Text {
            x,
            baseline,
            size,
            weight,
            text,
            ..
        } => Area::new(
            *x,
            baseline - size * 0.72,
            faces().width(*weight, *size, text),
            size * 0.72,
        ),
        Mark::Fill(area)
        | Mark::Tint(area, _)
        | Mark::Frame(area, _)
        | Mark::Bars(area, _)
        | Mark::Square(area, _) => *area,
    }
}

fn covers(one: Area, other: Area) -> bool {
    let hair = 0.3;
    one.x + hair < other.right()
        && other.x + hair < one.right()
        && one.y + hair < other.bottom()
        && other.y + hair < one.bottom()
}

#[track_caller]
fn clean(page: &Page, what: &str) {
    for (at, mark) in page.marks.iter().enumerate() {
        let area = ink(mark);
        let inside = area.x >= -0.1
            && area.y >= -0.1
            && area.right() <= page.width + 0.1
            && area.bottom() <= page.height + 0.1;
        assert!(
            inside,
            "{what}: {mark:?} leaves the paper of {} × {}",
            page.width, page.height
        );
        for other in &page.marks[at + 1..] {
            // White letters stand on their plate.
            let on_plate = matches!((mark, other), (Mark::Fill(_), Mark::Text { inverse: true, .. }));
            let rules = matches!((mark, other), (Mark::Fill(_), Mark::Fill(_)));
            assert!(
                on_plate || rules || !covers(area, ink(other)),
                "{what}: {mark:?} is covered by {other:?}"
            );
        }
    }
}

fn texts(page: &Page) -> Vec<(&str, f32, Weight)> {
    page.marks
        .iter()
        .filter_map(|mark| match mark {
            Mark::Text {
                text, size, weight, ..
            } => Some((text.as_str(), *size, *weight)),
            _ => None,
        })
        .collect()
}

#[test]
fn no_mark_of_a_label_covers_another_or_leaves_the_paper() {
    let orders = orders(36);
    for paper in PAPERS {
        let pages = label_pages(faces(), &words(), &labels(&orders), paper, &mut Vec::new()).unwrap();
        for (nth, page) in pages.iter().enumerate() {
            clean(page, &format!("{paper:?} {nth}"));
        }
    }
}

#[test]
fn no_mark_of_a_list_covers_another_or_leaves_the_paper() {
    let without = BTreeSet::from(["880000001".to_owned(), "880000297".to_owned()]);
    for paper in [ListPaper::A4, ListPaper::Roll80] {
        for (nth, page) in pick_list(faces(), &words(), &orders(60), paper, &without, &mut Vec::new())
            .iter()
            .enumerate()
        {
            clean(page, &format!("{paper:?} {nth}"));
        }
    }
}

#[test]
fn number_model_and_size_are_never_small() {
    let orders = orders(40);
    for paper in [Paper::Label75x120, Paper::Label58x40, Paper::Label100x150] {
        let labels = labels(&orders);
        let pages = label_pages(faces(), &words(), &labels, paper, &mut Vec::new()).unwrap();
        for (page, label) in pages.iter().zip(&labels) {
            let texts = texts(page);
            let size_of = |wanted: &dyn Fn(&str) -> bool| {
                texts
                    .iter()
                    .filter(|(text, _, _)| wanted(text))
                    .map(|(_, size, _)| *size)
                    .fold(0.0, f32::max)
            };
            let order = &label.line.order.code;
            assert!(
                size_of(&|text| text.contains(order.as_str())) >= ORDER_SIZE,
                "{paper:?} {order}"
            );
            let start: String = label.line.good.model.chars().take(4).collect();
            assert!(
                size_of(&|text| text.starts_with(&start)) >= MODEL_SIZE,
                "{paper:?} {start}"
            );
            if let Some(size) = &label.line.good.size {
                assert!(size_of(&|text| text == size) >= MODEL_SIZE, "{paper:?} {size}");
            }
        }
    }
}

#[test]
fn the_label_says_everything_that_was_asked_for() {
    let orders = orders(3);
    let labels = labels(&orders);
    let label = labels
        .iter()
        .find(|label| label.line.order.code == "880000038")
        .unwrap();
    let pages = label_pages(faces(), &words(), &[*label], Paper::Label75x120, &mut Vec::new()).unwrap();
    let all = texts(&pages[0])
        .iter()
        .map(|(text, ..)| *text)
        .collect::<Vec<_>>()
        .join(" ");
    for wanted in [
        "№ 880000038",
        "Полка А-1",
        "Костюм спортивный",
        "42-44",
        "ақ",
        "1 шт.",
        "Өскемен",
        "Сдать до 21.11 18:00",
        "Express",
        "Nomad · SKU-00001-0",
        "ул. Сәтбаев",
    ] {
        assert!(all.contains(wanted), "{wanted} is not in {all}");
    }
}

#[test]
fn another_size_than_was_bought_is_said_on_every_paper() {
    let orders = orders(40);
    let all = |pages: &[Page]| {
        let texts: Vec<&str> = pages.iter().flat_map(texts).map(|(text, ..)| text).collect();
        texts.join(" ")
    };
    let labels = labels(&orders);
    let changed: Vec<_> = labels
        .iter()
        .filter(|label| label.line.good.bought.is_some() && label.line.good.size.is_some())
        .collect();
    assert_eq!(changed.len(), 4);
    for label in changed {
        let size = label.line.good.size.as_deref().unwrap();
        for paper in PAPERS {
            let page = label_pages(faces(), &words(), &[*label], paper, &mut Vec::new()).unwrap();
            let all = all(&page);
            assert!(all.contains("(куплен XXL)"), "{paper:?}: {all}");
            assert!(all.contains(size), "{paper:?}: {size} is not in {all}");
        }
    }
    for paper in [ListPaper::A4, ListPaper::Roll80] {
        let pages = pick_list(
            faces(),
            &words(),
            &orders,
            paper,
            &BTreeSet::new(),
            &mut Vec::new(),
        );
        let told = all(&pages).matches("(куплен XXL)").count();
        let wanted = lines(&orders)
            .iter()
            .filter(|line| line.good.bought.is_some())
            .count();
        assert_eq!(told, wanted, "{paper:?}");
    }
}

#[test]
fn the_list_has_every_line_once_in_the_order_of_the_labels() {
    let orders = orders(120);
    let codes: Vec<&str> = lines(&orders)
        .iter()
        .map(|line| line.order.code.as_str())
        .collect();
    for paper in [ListPaper::A4, ListPaper::Roll80] {
        let pages = pick_list(
            faces(),
            &words(),
            &orders,
            paper,
            &BTreeSet::new(),
            &mut Vec::new(),
        );
        let listed: Vec<&str> = pages
            .iter()
            .flat_map(texts)
            .map(|(text, ..)| text)
            .filter(|text| text.starts_with("8800") && text.len() == 9)
            .collect();
        assert_eq!(listed, codes, "{paper:?}");
        let boxes = pages
            .iter()
            .flat_map(|page| &page.marks)
            .filter(|mark| matches!(mark, Mark::Frame(..)))
            .count();
        assert_eq!(boxes, codes.len());
    }
}

#[test]
fn every_label_says_colour_city_deadline_and_how_many_goods_on_every_paper() {
    let orders = orders(40);
    let labels = labels(&orders);
    for paper in PAPERS {
        for label in &labels {
            let pages = label_pages(faces(), &words(), &[*label], paper, &mut Vec::new()).unwrap();
            let page = &pages[0];
            let all = texts(page)
                .iter()
                .map(|(text, ..)| *text)
                .collect::<Vec<_>>()
                .join(" ");
            let order = label.line.order;
            let begin = |text: &String| text.chars().take(5).collect::<String>();
            let mut wanted = vec![
                order.city.as_ref().map(begin),
                label.line.good.colour.as_ref().map(begin),
            ];
            wanted.push(order.deadline.clone());
            wanted.push(Some(format!("{}", label.line.good.quantity)));
            wanted.push(label.line.good.shelf.clone());
            if label.line.share.of > 1 {
                let (number, of) = (label.line.share.number, label.line.share.of);
                let told = [format!("{number}/{of}"), format!("товар {number} из {of}")];
                assert!(
                    told.iter().any(|told| all.contains(told)),
                    "{paper:?}: {told:?} is not in {all}"
                );
            }
            for wanted in wanted.into_iter().flatten() {
                assert!(all.contains(&wanted), "{paper:?}: {wanted} is not in {all}");
            }
        }
    }
}
