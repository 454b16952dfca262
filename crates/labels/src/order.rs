//! In which order goods are taken and labels printed: shelf, model, size, colour, order. Refuses to lose or repeat a line:
//! it only sorts, and the labels come in the order of the list.

use crate::{
    model::{Label, Line, Order, Share},
    natural::{self, Natural},
    size::SizeKey,
};

/// Lines of one shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Shelf<'a> {
    /// None when nobody told where these goods lie.
    pub name: Option<&'a str>,
    pub models: Vec<Model<'a>>,
}

/// Lines of one model on a shelf.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Model<'a> {
    pub name: &'a str,
    pub sizes: Vec<Size<'a>>,
}

/// Lines of one size of a model.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Size<'a> {
    pub name: Option<&'a str>,
    pub lines: Vec<Line<'a>>,
}

/// What a line is sorted by. Two spellings of one shelf, model or size are the same place.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
struct Key {
    shelf: (bool, Natural),
    model: Natural,
    size: SizeKey,
    colour: Natural,
    code: Natural,
    /// Where the line stood; the last word, so that no two are equal.
    place: (usize, usize),
}

fn filled(text: Option<&String>) -> Option<&str> {
    text.map(|text| text.trim()).filter(|text| !text.is_empty())
}

fn key(line: &Line<'_>, place: (usize, usize)) -> Key {
    let shelf = filled(line.good.shelf.as_ref());
    Key {
        shelf: (shelf.is_none(), natural::short(shelf.unwrap_or_default())),
        model: natural::text(&line.good.model),
        size: SizeKey::of(filled(line.good.size.as_ref())),
        colour: natural::text(filled(line.good.colour.as_ref()).unwrap_or_default()),
        code: natural::text(&line.order.code),
        place,
    }
}

/// A counter that cannot be told any more stays at the largest number.
fn share(index: usize, of: usize) -> Share {
    let counted = |number: usize| u16::try_from(number).unwrap_or(u16::MAX);
    Share {
        number: counted(index.saturating_add(1)),
        of: counted(of),
    }
}

fn sorted(orders: &[Order]) -> Vec<(Key, Line<'_>)> {
    let mut lines = Vec::new();
    for (nth, order) in orders.iter().enumerate() {
        for (index, good) in order.goods.iter().enumerate() {
            let line = Line {
                order,
                good,
                share: share(index, order.goods.len()),
            };
            lines.push((key(&line, (nth, index)), line));
        }
    }
    lines.sort_by(|a, b| a.0.cmp(&b.0));
    lines
}

/// Every good of every order, in the order of taking.
pub fn lines(orders: &[Order]) -> Vec<Line<'_>> {
    sorted(orders).into_iter().map(|(_, line)| line).collect()
}

/// The same, in groups.
pub fn shelves(orders: &[Order]) -> Vec<Shelf<'_>> {
    let mut shelves: Vec<Shelf<'_>> = Vec::new();
    let mut last: Option<Key> = None;
    for (key, line) in sorted(orders) {
        let same_shelf = last.as_ref().is_some_and(|last| last.shelf == key.shelf);
        let same_model = same_shelf && last.as_ref().is_some_and(|last| last.model == key.model);
        let same_size = same_model && last.as_ref().is_some_and(|last| last.size == key.size);
        if !same_shelf {
            shelves.push(Shelf {
                name: filled(line.good.shelf.as_ref()),
                models: Vec::new(),
            });
        }
        let Some(shelf) = shelves.last_mut() else { continue };
        if !same_model {
            shelf.models.push(Model {
                name: line.good.model.trim(),
                sizes: Vec::new(),
            });
        }
        let Some(model) = shelf.models.last_mut() else {
            continue;
        };
        if !same_size {
            model.sizes.push(Size {
                name: filled(line.good.size.as_ref()),
                lines: Vec::new(),
            });
        }
        if let Some(size) = model.sizes.last_mut() {
            size.lines.push(line);
        }
        last = Some(key);
    }
    shelves
}

/// One label for each line; for an order with one good in several parcels, one for each parcel.
pub fn labels(orders: &[Order]) -> Vec<Label<'_>> {
    lines(orders).into_iter().flat_map(labels_of).collect()
}

fn labels_of(line: Line<'_>) -> Vec<Label<'_>> {
    let of = line.order.parcels.unwrap_or(1).max(1);
    let in_parcel = |number| Label {
        line,
        parcel: (of > 1).then_some(Share { number, of }),
    };
    match line.good.parcel {
        Some(number) => vec![in_parcel(number)],
        None if of > 1 && line.order.goods.len() == 1 => (1..=of).map(in_parcel).collect(),
        None => vec![Label { line, parcel: None }],
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::model::Good;
    use proptest::prelude::*;

    fn good(shelf: Option<&str>, model: &str, size: Option<&str>) -> Good {
        Good {
            shelf: shelf.map(str::to_owned),
            model: model.to_owned(),
            size: size.map(str::to_owned),
            quantity: 1,
            ..Good::default()
        }
    }

    fn order(code: &str, goods: Vec<Good>) -> Order {
        Order {
            code: code.to_owned(),
            goods,
            ..Order::default()
        }
    }

    #[test]
    fn shelf_comes_before_model_before_size_and_no_shelf_is_last() {
        let orders = [
            order("1", vec![good(None, "A", Some("S"))]),
            order("2", vec![good(Some("A-10"), "A", Some("S"))]),
            order("3", vec![good(Some("A-2"), "B", Some("S"))]),
            order("4", vec![good(Some("a-2"), "A", Some("XL"))]),
            order("5", vec![good(Some("A-2"), "A", Some("M"))]),
        ];
        let codes: Vec<&str> = lines(&orders)
            .iter()
            .map(|line| line.order.code.as_str())
            .collect();
        assert_eq!(codes, ["5", "4", "3", "2", "1"]);
        let groups: Vec<(Option<&str>, usize)> = shelves(&orders)
            .iter()
            .map(|shelf| (shelf.name, shelf.models.len()))
            .collect();
        assert_eq!(groups, [(Some("A-2"), 2), (Some("A-10"), 1), (None, 1)]);
    }

    #[test]
    fn one_good_in_three_parcels_has_three_labels_and_two_goods_have_one_each() {
        let mut three = order("1", vec![good(None, "A", None)]);
        three.parcels = Some(3);
        let mut two = order("2", vec![good(None, "B", None), good(None, "C", None)]);
        two.parcels = Some(2);
        two.goods[1].parcel = Some(2);
        let orders = [three, two];
        let told: Vec<_> = labels(&orders)
            .iter()
            .map(|label| {
                (
                    label.line.good.model.clone(),
                    label.parcel.map(|share| (share.number, share.of)),
                )
            })
            .collect();
        let wanted = [
            ("A", Some((1, 3))),
            ("A", Some((2, 3))),
            ("A", Some((3, 3))),
            ("B", None),
            ("C", Some((2, 2))),
        ];
        assert_eq!(told, wanted.map(|(model, share)| (model.to_owned(), share)));
    }

    fn some_order() -> impl Strategy<Value = Order> {
        let goods = prop::collection::vec(
            (
                prop::option::of("[aA][-]?[0-9]{0,2}"),
                "[AB] ?[0-9]{0,3}",
                prop::option::of("(XS|S|m|L|2XL|XXL|[34][0-9](-4[0-9])?|)"),
                1_u32..4,
            ),
            1..4,
        );
        ("[0-9]{1,4}", goods, prop::option::of(1_u16..4)).prop_map(|(code, goods, parcels)| Order {
            code,
            parcels,
            goods: goods
                .into_iter()
                .map(|(shelf, model, size, quantity)| Good {
                    shelf,
                    model,
                    size,
                    quantity,
                    ..Good::default()
                })
                .collect(),
            ..Order::default()
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(128))]

        #[test]
        fn groups_lines_and_labels_come_in_one_order_and_lose_nothing(
            orders in prop::collection::vec(some_order(), 0..12),
        ) {
            let at = |line: &Line<'_>| (std::ptr::from_ref(line.order).addr(), std::ptr::from_ref(line.good).addr());
            let list: Vec<_> = lines(&orders).iter().map(at).collect();
            let grouped: Vec<_> = shelves(&orders)
                .iter()
                .flat_map(|shelf| shelf.models.iter().flat_map(|model| model.sizes.iter().flat_map(|size| &size.lines)))
                .map(at)
                .collect();
            prop_assert_eq!(&list, &grouped);
            let mut labelled: Vec<_> = labels(&orders).iter().map(|label| at(&label.line)).collect();
            labelled.dedup();
            prop_assert_eq!(&list, &labelled);
            let mut all: Vec<_> = orders
                .iter()
                .flat_map(|order| order.goods.iter().map(|good| (std::ptr::from_ref(order).addr(), std::ptr::from_ref(good).addr())))
                .collect();
            let mut seen = list;
            all.sort_unstable();
            seen.sort_unstable();
            prop_assert_eq!(seen, all);
        }

        #[test]
        fn the_order_does_not_depend_on_how_orders_came(
            orders in prop::collection::vec(some_order(), 0..8),
        ) {
            let turned: Vec<Order> = orders.iter().rev().cloned().collect();
            let told = |orders: &[Order]| -> Vec<(Option<String>, String)> {
                lines(orders)
                    .iter()
                    .map(|line| (line.good.shelf.clone().map(|s| s.to_lowercase()), natural::fold(&line.good.model)))
                    .collect()
            };
            prop_assert_eq!(told(&orders), told(&turned));
        }

        #[test]
        fn a_shelf_stands_in_one_place(orders in prop::collection::vec(some_order(), 0..12)) {
            let mut names: Vec<String> = shelves(&orders)
                .iter()
                .map(|shelf| shelf.name.map(str::to_lowercase).unwrap_or_default())
                .collect();
            let count = names.len();
            names.sort();
            names.dedup();
            prop_assert_eq!(names.len(), count);
        }
    }
}
