//! What numbers of a message measure: heights, weights, ages, feet, girths, counts, money. Refuses numbers that nothing names,
//! except two that can only be a height and a weight.

use super::glossary::{Group, Groups};
use super::marks::{Marks, marks};
use super::reading::{Item, Number};

/// What a message tells in numbers. Centimetres and kilograms are whole, feet are millimetres.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub struct Measures {
    pub height_cm: Option<i64>,
    pub weight_kg: Option<i64>,
    pub age_years: Option<i64>,
    pub age_months: Option<i64>,
    pub foot_mm: Option<i64>,
    pub chest_cm: Option<i64>,
    pub waist_cm: Option<i64>,
    pub hips_cm: Option<i64>,
    pub quantity: Option<i64>,
    pub price_tenge: Option<i64>,
    /// The price is the most that the buyer wants to spend.
    pub is_budget: bool,
    /// Places of items whose number is spoken for.
    pub used: Vec<usize>,
}

impl Measures {
    /// Whether something about the body was told.
    pub const fn has_body(&self) -> bool {
        self.height_cm.is_some()
            || self.weight_kg.is_some()
            || self.foot_mm.is_some()
            || self.chest_cm.is_some()
    }

    fn take(&mut self, place: usize) {
        self.used.push(place);
    }
}

/// A body that weighs less is a child's, whose height or age is told too; otherwise a parcel is meant.
const LIGHTEST_ALONE_KG: i64 = 25;

/// Reads the measures of a message. The number of the size that was `offered` is no weight unless it is called one.
pub fn measures(items: &[Item<'_>], offered: Option<&str>) -> Measures {
    let mut found = Measures::default();
    let look = Look {
        items,
        marks: marks(),
        offered: offered.and_then(|size| size.parse().ok()),
    };
    for (place, item) in items.iter().enumerate() {
        if let Item::Number(number) = item {
            look.by_unit(place, *number, &mut found);
        }
    }
    for (place, item) in items.iter().enumerate() {
        if let Item::Number(number) = item
            && !found.used.contains(&place)
        {
            look.by_name(place, *number, &mut found);
        }
    }
    look.pair(&mut found);
    look.alone(&mut found);
    look.three(&mut found);
    let is_child = [found.height_cm, found.age_years, found.age_months]
        .iter()
        .any(Option::is_some);
    if !is_child {
        found.weight_kg = found.weight_kg.filter(|weight| *weight >= LIGHTEST_ALONE_KG);
    }
    found
}

struct Look<'a> {
    items: &'a [Item<'a>],
    marks: &'static Marks,
    /// The size that was offered, when it is a number.
    offered: Option<i64>,
}

impl Look<'_> {
    /// What the word right after the number marks.
    fn after(&self, place: usize) -> Groups {
        match self.items.get(place + 1) {
            Some(Item::Word(_, groups)) => *groups,
            // 5-летний, 46-й: a sign between them.
            Some(Item::Sign(sign)) if sign.text == "-" => match self.items.get(place + 2) {
                Some(Item::Word(_, groups)) => *groups,
                _ => Groups::default(),
            },
            _ => Groups::default(),
        }
    }

    /// The nearest mark before the number, looking back over words and signs to the number before it.
    fn before(&self, place: usize, groups: &[Group]) -> Option<Group> {
        let before = self.items.get(..place)?;
        for item in before.iter().rev().take(4) {
            match item {
                Item::Word(_, marks) => {
                    if let Some(group) = groups.iter().find(|group| marks.has(**group)) {
                        return Some(*group);
                    }
                }
                Item::Number(_) => return None,
                Item::Sign(_) => {}
            }
        }
        None
    }

    fn by_unit(&self, place: usize, number: Number, found: &mut Measures) {
        let marks = self.marks;
        let unit = self.after(place);
        let Some(whole) = number.whole() else {
            return;
        };
        if unit.has(marks.tenge) || self.is_sign(place + 1, "₸") {
            found.price_tenge = Some(whole);
            found.is_budget |= self.before(place, &[marks.budget, marks.upto]).is_some();
        } else if unit.has(marks.kg) {
            if !(2..=250).contains(&whole) {
                return;
            }
            found.weight_kg = found.weight_kg.or(Some(whole));
        } else if unit.has(marks.years) && (0..=110).contains(&whole) {
            found.age_years = found.age_years.or(Some(whole));
        } else if unit.has(marks.months)
            && !self.anywhere(marks.not_age)
            && (0..=48).contains(&whole)
            && self.before(place, &[marks.size]).is_none()
        {
            found.age_months = found.age_months.or(Some(whole));
        } else if unit.has(marks.piece) {
            found.quantity = found.quantity.or(Some(whole));
        } else {
            return;
        }
        found.take(place);
    }

    fn anywhere(&self, group: Group) -> bool {
        self.items
            .iter()
            .any(|item| matches!(item, Item::Word(_, groups) if groups.has(group)))
    }

    /// `160 рост 55 вес`: names follow their numbers. In `размер 50 рост 178 вес 80` they do not: a number follows the last name.
    fn numbers_come_first(&self) -> bool {
        let marks = self.marks;
        let is_name = |item: &Item<'_>| matches!(item, Item::Word(_, groups) if groups.has(marks.height) || groups.has(marks.weight));
        let number = self.items.iter().position(|item| matches!(item, Item::Number(_)));
        let (first, last) = (
            self.items.iter().position(is_name),
            self.items.iter().rposition(is_name),
        );
        let (Some(number), Some(first), Some(last)) = (number, first, last) else {
            return false;
        };
        let followed = self
            .items
            .iter()
            .skip(last + 1)
            .take_while(|item| !matches!(item, Item::Word(_, groups) if groups.has(marks.size)))
            .any(|item| matches!(item, Item::Number(_)));
        number < first && !followed
    }

    fn is_sign(&self, place: usize, sign: &str) -> bool {
        matches!(self.items.get(place), Some(Item::Sign(token)) if token.text == sign)
    }

    fn by_name(&self, place: usize, number: Number, found: &mut Measures) {
        let marks = self.marks;
        let names = [
            marks.foot,
            marks.chest,
            marks.waist,
            marks.hips,
            marks.height,
            marks.weight,
            marks.size,
            marks.order,
            marks.budget,
        ];
        let unit = self.after(place);
        let named = self.before(place, &names);
        let follows = [marks.height, marks.weight]
            .into_iter()
            .find(|group| unit.has(*group));
        let name = if self.numbers_come_first() {
            follows.or(named)
        } else {
            named.or(follows)
        };
        let Some(name) = name else {
            self.by_size_alone(place, number, unit, found);
            return;
        };
        let metres = number.hundredths;
        let slot = match name {
            group if group == marks.height => {
                let centimetres = if self.is_metres(place, number) {
                    metres + self.rest_of_metres(place, found)
                } else if place.checked_sub(1).is_some_and(|before| self.is_metre(before)) && metres < 10_000
                {
                    // `метр семьдесят`.
                    100 + metres / 100
                } else {
                    metres / 100
                };
                if !(40..=230).contains(&centimetres) {
                    return;
                }
                (&mut found.height_cm, centimetres)
            }
            group if group == marks.weight && (200..=25_000).contains(&number.hundredths) => {
                (&mut found.weight_kg, number.hundredths / 100)
            }
            group if group == marks.foot && (800..=3_300).contains(&number.hundredths) => {
                (&mut found.foot_mm, number.hundredths / 10)
            }
            group if group == marks.foot && (80..=330).contains(&(number.hundredths / 100)) => {
                (&mut found.foot_mm, number.hundredths / 100)
            }
            group if group == marks.chest && is_girth(number) => {
                (&mut found.chest_cm, number.hundredths / 100)
            }
            group if group == marks.waist && is_girth(number) => {
                (&mut found.waist_cm, number.hundredths / 100)
            }
            group if group == marks.hips && is_girth(number) => (&mut found.hips_cm, number.hundredths / 100),
            group if group == marks.budget && number.hundredths >= 50_000 => {
                found.is_budget = true;
                (&mut found.price_tenge, number.hundredths / 100)
            }
            _ => return,
        };
        if slot.0.is_none() {
            *slot.0 = Some(slot.1);
            found.take(place);
        }
    }

    /// `1.75`, `1,75 м`, `1м75`.
    fn is_metres(&self, place: usize, number: Number) -> bool {
        (100..=220).contains(&number.hundredths) && (number.has_part || self.is_metre(place + 1))
    }

    fn is_metre(&self, place: usize) -> bool {
        matches!(self.items.get(place), Some(Item::Word(_, groups)) if groups.has(self.marks.metre))
    }

    /// The centimetres of `1 м 75`.
    fn rest_of_metres(&self, place: usize, found: &mut Measures) -> i64 {
        match self.items.get(place + 2) {
            Some(Item::Number(rest))
                if self.is_metre(place + 1) && (100..10_000).contains(&rest.hundredths) =>
            {
                found.take(place + 2);
                rest.hundredths / 100
            }
            _ => 0,
        }
    }

    /// A number that no word names: metres are a height, centimetres from 130 too; thousands are money.
    fn by_size_alone(&self, place: usize, number: Number, unit: Groups, found: &mut Measures) {
        let centimetres = number.hundredths / 100;
        let (height, weight) = (number.hundredths / 100, number.hundredths % 100);
        if let Some(height) = self.metre_and_more(place, number, found)
            && found.height_cm.is_none()
        {
            found.height_cm = Some(height);
        } else if number.has_part
            && (140..=205).contains(&height)
            && (40..=99).contains(&weight)
            && found.height_cm.is_none()
        {
            // `164,58` is two numbers.
            found.height_cm = Some(height);
            found.weight_kg = Some(weight);
        } else if number.has_part && (140..=215).contains(&number.hundredths) && found.height_cm.is_none() {
            found.height_cm = Some(number.hundredths);
        } else if unit.has(self.marks.cm) && (130..=215).contains(&centimetres) && found.height_cm.is_none() {
            found.height_cm = Some(centimetres);
        } else if unit.has(self.marks.cm)
            && (1_000..=3_200).contains(&number.hundredths)
            && found.foot_mm.is_none()
        {
            found.foot_mm = Some(number.hundredths / 10);
        } else if (100_000..100_000_000).contains(&number.hundredths)
            && number.hundredths % 1_000 == 0
            && found.price_tenge.is_none()
            && (number.digits == 0 || number.digits <= 6)
        {
            found.price_tenge = Some(centimetres);
            found.is_budget |= self.before(place, &[self.marks.upto]).is_some();
        } else {
            return;
        }
        found.take(place);
    }

    /// `1 м 65` and `метр шестьдесят пять`; a price for a metre is none.
    fn metre_and_more(&self, place: usize, number: Number, found: &mut Measures) -> Option<i64> {
        let is_metres = number.hundredths == 100 && self.is_metre(place + 1);
        if is_metres {
            let rest = self.rest_of_metres(place, found);
            return (rest > 0).then_some(100 + rest);
        }
        let before = place.checked_sub(2).and_then(|place| self.items.get(place));
        let is_priced = match before {
            Some(Item::Word(_, groups)) => groups.has(self.marks.per),
            Some(Item::Number(_)) => true,
            Some(Item::Sign(_)) | None => false,
        };
        let is_metre = place.checked_sub(1).is_some_and(|before| self.is_metre(before)) && !is_priced;
        let rest = number.whole().filter(|rest| (30..=99).contains(rest))?;
        is_metre.then_some(100 + rest)
    }

    /// `165/60`, `165 60`, `176-75`, and a weight beside a height that was named alone.
    fn pair(&self, found: &mut Measures) {
        if found.height_cm.is_some() && found.weight_kg.is_some() {
            return;
        }
        let free: Vec<(usize, i64)> = self
            .items
            .iter()
            .enumerate()
            .filter(|(place, _)| !found.used.contains(place))
            .filter_map(|(place, item)| match item {
                Item::Number(number) => Some((place, number.whole()?)),
                Item::Word(..) | Item::Sign(_) => None,
            })
            .collect();
        let is_height = |value: i64| (140..=210).contains(&value);
        let is_weight = |value: i64| (35..=160).contains(&value);
        if found.height_cm.is_none() && found.weight_kg.is_none() {
            for (one, other) in free.iter().zip(free.iter().skip(1)) {
                let near = other.0 - one.0 <= 3;
                let (height, weight) = if is_height(one.1) && is_weight(other.1) {
                    (one, other)
                } else {
                    (other, one)
                };
                if near && is_height(height.1) && is_weight(weight.1) && height.1 - weight.1 >= 40 {
                    found.height_cm = Some(height.1);
                    found.take(height.0);
                    if self.offered != Some(weight.1) {
                        found.weight_kg = Some(weight.1);
                        found.take(weight.0);
                    }
                    return;
                }
            }
        } else if let [(place, value)] = free.as_slice() {
            let lone = self.after(*place).is_empty() && self.before(*place, &[self.marks.size]).is_none();
            let beside = found.used.iter().any(|used| used.abs_diff(*place) <= 4);
            if found.height_cm.is_some_and(is_height)
                && is_weight(*value)
                && lone
                && beside
                && !self.is_change(*place)
                && !self.is_rather_a_size(*place, *value)
            {
                found.weight_kg = Some(*value);
                found.take(*place);
            } else if found.weight_kg.is_some() && is_height(*value) && beside {
                found.height_cm = Some(*value);
                found.take(*place);
            }
        }
    }

    /// A number from 150 to 205 that is the whole message is a height, unless sizes of children are called by it.
    fn alone(&self, found: &mut Measures) {
        if let [Item::Number(number)] = self.items
            && let Some(value @ 150..=205) = number.whole()
            && !matches!(value, 152 | 158 | 164)
            && found.used.is_empty()
        {
            found.height_cm = Some(value);
            found.take(0);
        }
    }

    /// A word that asks for a size stands before the number: `лучше 46`.
    fn is_change(&self, place: usize) -> bool {
        self.before(
            place,
            &[self.marks.rather, self.marks.yes, self.marks.no, self.marks.can],
        )
        .is_some()
    }

    /// `46, рост 170`: a number before the name of a height, or the size that was asked about.
    fn is_rather_a_size(&self, place: usize, value: i64) -> bool {
        let names = |item: &Item<'_>| matches!(item, Item::Word(_, groups) if groups.has(self.marks.height));
        let height = self.items.iter().position(names);
        let is_first = height.is_some_and(|height| place < height) && !self.numbers_come_first();
        self.offered == Some(value) || is_first && value % 2 == 0 && (38..=62).contains(&value)
    }

    /// `90-60-90` is chest, waist and hips.
    fn three(&self, found: &mut Measures) {
        for (place, window) in self.items.windows(5).enumerate() {
            if let [
                Item::Number(chest),
                Item::Sign(one),
                Item::Number(waist),
                Item::Sign(other),
                Item::Number(hips),
            ] = window
                && one.text == other.text
                && matches!(one.text.as_str(), "-" | "/" | ",")
                && [*chest, *waist, *hips].into_iter().all(is_girth)
                && found.chest_cm.is_none()
            {
                found.chest_cm = chest.whole();
                found.waist_cm = waist.whole();
                found.hips_cm = hips.whole();
                found.used.extend([place, place + 2, place + 4]);
            }
        }
    }
}

fn is_girth(number: Number) -> bool {
    (4_500..=18_000).contains(&number.hundredths)
}
