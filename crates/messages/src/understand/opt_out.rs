//! Whether somebody asks not to be written to. Refuses to take an order that shall be stopped for it, or a foot's length.

use super::glossary::Group;
use super::marks::marks;
use super::reading::Item;

/// Whether the message asks for no more messages.
pub fn opts_out(items: &[Item<'_>]) -> bool {
    let marks = marks();
    let has = |place: usize, group: Group| matches!(items.get(place), Some(Item::Word(_, groups)) if groups.has(group));
    let words = items.iter().filter(|item| matches!(item, Item::Word(..))).count();
    // A number may be the shop's or an order's: only the shop's is a list of people to write to.
    let about_order = (0..items.len()).any(|place| has(place, marks.order) && !has(place, marks.mailing));
    let numbers = items.iter().any(|item| matches!(item, Item::Number(_)));
    let anywhere = |group: Group| (0..items.len()).any(|place| has(place, group));
    let polite = (0..items.len())
        .filter(|place| has(*place, marks.filler) || has(*place, marks.thanks))
        .count();
    for place in 0..items.len() {
        // `стоп` says it alone or with what is to stop, not inside of another wish.
        let alone = words <= 1 + polite && !numbers;
        if has(place, marks.stop) && (alone || anywhere(marks.mailing)) {
            return true;
        }
        if has(place, marks.leave) && !anywhere(marks.order) {
            return true;
        }
        if has(place, marks.quit)
            && !about_order
            && !anywhere(marks.object)
            && (anywhere(marks.mailing) || anywhere(marks.bother))
        {
            return true;
        }
        if has(place, marks.quit) && alone && !anywhere(marks.order) {
            return true;
        }
        // `не пишите`; not `почему не пишите`, `вы не пишите размер`, `не пишите адрес на коробке`, `не звоните, пишите`.
        let asked = place > 0 && (0..place).any(|before| has(before, marks.why));
        let what = (place + 2..items.len()).any(|after| has(after, marks.object));
        let otherwise = has(place + 1, marks.call)
            && (0..items.len()).any(|other| {
                let is_wish = has(other, marks.bother) && !has(other, marks.call);
                is_wish && !(other > 0 && has(other - 1, marks.not))
            });
        if has(place, marks.not) && has(place + 1, marks.bother) && !asked && !what && !otherwise {
            return true;
        }
        let sends = has(place, marks.send)
            && (place > 0 && has(place - 1, marks.not) || is_kazakh_refusal(items, place));
        if sends && anywhere(marks.mailing) && !anywhere(marks.order) {
            return true;
        }
    }
    false
}

/// A Kazakh verb carries its own "not".
fn is_kazakh_refusal(items: &[Item<'_>], place: usize) -> bool {
    matches!(items.get(place), Some(Item::Word(token, _)) if token.kazakh)
}
