//! Goods of a shop as a garment of a question: whose, of which kind, in which system, by the words a seller wrote. Refuses to
//! guess from words that it does not know.

use crate::advise::{Garment, guess};
use crate::learned::Piece;
use crate::size::{Gender, System, spot};
use crate::words::{in_title, meaning};

/// What a shop's catalogue says of a piece.
#[derive(Debug, Clone, Copy, Default)]
pub struct Goods<'a> {
    pub brand: Option<&'a str>,
    pub category: Option<&'a str>,
    pub title: Option<&'a str>,
    pub gender: Option<&'a str>,
    pub size: &'a str,
}

impl Goods<'_> {
    /// For whom: as the seller wrote, else by words of the category, else of the title.
    #[must_use]
    pub fn gender(&self) -> Option<Gender> {
        [self.gender, self.category, self.title]
            .into_iter()
            .flatten()
            .find_map(|text| by_words(text, "gender").and_then(Gender::parse))
    }

    /// How its sizes are written: by its kind, else by the look of the size; none when nothing shows it.
    #[must_use]
    pub fn system(&self) -> Option<System> {
        let kind = [self.category, self.title]
            .into_iter()
            .flatten()
            .find_map(|text| by_words(text, "kind"));
        let gender = self.gender();
        match kind.and_then(crate::advise::kind_of) {
            Some(System::Kids) | None => guess(self.size, gender),
            Some(System::Jeans) => match guess(self.size, gender) {
                Some(System::Int) => Some(System::Int),
                _ => Some(System::Jeans),
            },
            Some(kind) => Some(kind),
        }
    }

    /// Whether this is a size at all: one that can be placed.
    #[must_use]
    pub fn is_sized(&self) -> bool {
        let gender = self.gender();
        self.system().is_some_and(|system| {
            crate::size::dress(system, self.size).is_some()
                || spot(system, system.scale(gender), gender, self.size).is_some()
        })
    }

    /// The garment of a question about this size.
    #[must_use]
    pub fn garment(&self, item: &str, others: &[String]) -> Garment {
        let (gender, system) = (self.gender(), self.system());
        let place = |label: &str| {
            let system = system?;
            spot(system, system.scale(gender), gender, label)
        };
        // One label that cannot be placed would refuse the whole question.
        let all = others.iter().map(String::as_str).chain([self.size]);
        let mut placed: Vec<(f64, &str)> = all.filter_map(|one| Some((place(one)?.place, one))).collect();
        placed.sort_by(|one, other| one.0.total_cmp(&other.0));
        let mut sizes: Vec<String> = placed.into_iter().map(|(_, one)| one.to_owned()).collect();
        sizes.dedup();
        if sizes.len() < 2 {
            sizes.clear();
        }
        let owned = |text: Option<&str>| text.map(str::to_owned);
        Garment {
            item: Some(item.to_owned()),
            brand: owned(self.brand),
            category: owned(self.category),
            // Only words that say how a piece runs; a whole title would be searched for each order.
            title: owned(self.title.filter(|title| in_title(title).next().is_some())),
            gender,
            system,
            size: Some(self.size.to_owned()),
            sizes,
            piece: Piece::of(self.category, None),
            ..Garment::default()
        }
    }
}

/// What the whole text means, else its first word that means something.
fn by_words(text: &str, kind: &str) -> Option<&'static str> {
    meaning(kind, text).or_else(|| {
        text.split(|sign: char| !sign.is_alphanumeric())
            // A letter alone is rather a size than a word.
            .filter(|word| word.chars().nth(1).is_some())
            .find_map(|word| meaning(kind, word))
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn goods<'a>(category: &'a str, title: &'a str, size: &'a str) -> Goods<'a> {
        Goods {
            category: Some(category),
            title: Some(title),
            size,
            ..Goods::default()
        }
    }

    #[test]
    fn words_of_the_seller_say_whose_and_how_sizes_are_written() {
        let cases = [
            (
                goods("Женские платья", "Платье летнее", "46"),
                Some(Gender::Women),
                Some(System::Ru),
            ),
            (
                goods("Обувь", "Кроссовки мужские", "42"),
                Some(Gender::Men),
                Some(System::Shoes),
            ),
            (
                goods("Детская одежда", "Комбинезон", "98"),
                Some(Gender::Kids),
                Some(System::Kids),
            ),
            (
                goods("Джинсы", "Джинсы женские", "W28"),
                Some(Gender::Women),
                Some(System::Jeans),
            ),
            (goods("Куртки", "Куртка M зимняя", "M"), None, Some(System::Int)),
            (goods("Смартфоны", "Телефон 128 ГБ", "чёрный"), None, None),
        ];
        for (goods, gender, system) in cases {
            assert_eq!((goods.gender(), goods.system()), (gender, system), "{goods:?}");
        }
    }

    #[test]
    fn a_size_on_offer_that_cannot_be_placed_is_left_out() {
        let others = ["44", "46", "one size", "48"].map(str::to_owned);
        let garment = goods("Женские платья", "Платье", "46").garment("a", &others);
        assert_eq!(garment.sizes, ["44", "46", "48"]);
        assert_eq!(garment.size.as_deref(), Some("46"));
    }

    #[test]
    fn what_has_no_size_is_not_sized() {
        assert!(goods("Платья", "Платье", "46").is_sized());
        assert!(!goods("Смартфоны", "Телефон", "128 ГБ").is_sized());
        assert!(!goods("Чехлы", "Чехол", "универсальный").is_sized());
    }
}
