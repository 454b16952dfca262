//! Whose sizes they are, and of which system: what was told, else what the words and numbers show. Refuses to guess from
//! nothing.

use super::question::Question;
use crate::outcomes::Outcomes;
use crate::size::{Gender, System, bra, letter, number, plain};
use crate::words::meaning;

/// For whom the piece is: as told, else the buyer's, else by the words of its category.
pub(super) fn gender(question: &Question) -> Option<Gender> {
    let garment = &question.garment;
    let told = garment.gender.filter(|gender| *gender != Gender::Unisex);
    let buyer = question.buyer.gender.filter(|gender| *gender != Gender::Unisex);
    if let Some(gender) = told.or(buyer) {
        return Some(gender);
    }
    if matches!(garment.system.or(garment.kind), Some(System::Kids | System::Age)) {
        return Some(Gender::Kids);
    }
    let child = question.buyer.body.age.is_some_and(|age| age < 13.0)
        || question.buyer.body.height_cm.is_some_and(|height| height < 130.0);
    if child {
        return Some(Gender::Kids);
    }
    let womens = garment.piece.category.is_some() || question.buyer.body.bust_num.is_some() || question.flat;
    womens.then_some(Gender::Women)
}

/// The system of the piece's sizes; none when nothing shows it.
pub(super) fn system(question: &Question, gender: Option<Gender>, outcomes: &Outcomes) -> Option<System> {
    let garment = &question.garment;
    let kind = garment.kind.or_else(|| {
        garment
            .category
            .as_deref()
            .and_then(|word| kind_of(meaning("kind", word)?))
    });
    let labels = || garment.size.iter().chain(&garment.sizes).map(String::as_str);
    match (garment.system, kind) {
        (Some(System::Us), Some(System::Shoes)) => return Some(System::ShoesUs),
        (_, Some(System::Shoes)) => return Some(System::Shoes),
        (_, Some(System::Bra)) => return Some(System::Bra),
        (Some(system), _) => return Some(system),
        (None, Some(System::Kids)) => return Some(System::Kids),
        (None, Some(System::Jeans)) => {
            let waist = labels().all(guess_jeans);
            return if waist {
                Some(System::Jeans)
            } else {
                guess_all(labels(), gender)
            };
        }
        (None, _) => {}
    }
    if labels().next().is_none() {
        let dress = garment
            .item
            .as_deref()
            .is_some_and(|item| outcomes.item(item).is_some())
            || question.flat;
        return match gender {
            _ if dress => Some(System::Dress),
            Some(Gender::Kids) => Some(System::Kids),
            Some(_) => Some(System::Int),
            None => (!question.buyer.is_blank()).then_some(System::Int),
        };
    }
    let numeric = labels().all(|label| {
        label
            .trim()
            .parse::<usize>()
            .is_ok_and(|size| size < crate::learned::SIZES)
    });
    let womens = !matches!(gender, Some(Gender::Men | Gender::Kids));
    let known = garment
        .item
        .as_deref()
        .is_some_and(|item| outcomes.item(item).is_some());
    if numeric && womens && (question.flat || known || outcomes.mostly_dress()) {
        return Some(System::Dress);
    }
    guess_all(labels(), gender)
}

/// The kind of sizes a kind of goods has; none for clothes of grown-ups.
pub(crate) fn kind_of(word: &str) -> Option<System> {
    match word {
        "shoes" => Some(System::Shoes),
        "kids" => Some(System::Kids),
        "jeans" => Some(System::Jeans),
        "bra" => Some(System::Bra),
        _ => None,
    }
}

fn guess_jeans(label: &str) -> bool {
    let (_, text) = plain(label);
    let digits: String = text
        .trim_start_matches('W')
        .chars()
        .take_while(char::is_ascii_digit)
        .collect();
    letter(&text).is_none() && digits.parse::<u32>().is_ok_and(|size| size < 40)
}

/// The system of a list: that of its least number, so that 34 to 44 is European and 40 to 50 Russian.
fn guess_all<'a>(labels: impl Iterator<Item = &'a str> + Clone, gender: Option<Gender>) -> Option<System> {
    let least = labels
        .clone()
        .filter_map(|label| Some((number(&plain(label).1)?, label)))
        .min_by(|left, right| left.0.total_cmp(&right.0));
    // The middle of two sizes is odd by itself: `42-44` is no dress size.
    let odd = labels
        .clone()
        .filter_map(|label| label.trim().parse::<f64>().ok())
        .any(|value| value % 2.0 != 0.0 && value < 60.0);
    let system = match least {
        Some((_, label)) => guess(label, gender)?,
        None => labels.clone().find_map(|label| guess(label, gender))?,
    };
    let adult = matches!(system, System::Ru | System::Eu) && gender != Some(Gender::Men);
    Some(if adult && odd { System::Dress } else { system })
}

/// The system of one label, by its look.
#[must_use]
pub fn guess(label: &str, gender: Option<Gender>) -> Option<System> {
    let (named, text) = plain(label);
    if named.is_some() {
        return named;
    }
    if letter(&text).is_some() {
        return Some(System::Int);
    }
    if text.starts_with('W') {
        return Some(System::Jeans);
    }
    if bra(&text).is_some() {
        return Some(System::Bra);
    }
    let Some(value) = number(&text) else {
        return crate::tables::kids::place_of_age(&text).map(|_| System::Age);
    };
    match gender {
        Some(Gender::Kids) if value < 18.0 => Some(System::Age),
        Some(Gender::Kids) if value < 45.0 => Some(System::Ru),
        Some(Gender::Kids) => Some(System::Kids),
        Some(Gender::Men) => (40.0..=76.0).contains(&value).then_some(System::Ru),
        _ if value >= 80.0 => Some(System::Kids),
        _ if value >= 40.0 => Some(System::Ru),
        _ if value >= 34.0 => Some(System::Eu),
        _ if value >= 0.0 => Some(System::Dress),
        _ => None,
    }
}
