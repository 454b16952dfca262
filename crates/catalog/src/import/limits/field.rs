//! What a column of price limits may be, and under which names people keep it; refuses names that mean two things.

use crate::import::columns::{ColumnField, bare_name};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Field {
    Sku,
    /// The lowest price the bot may set.
    Min,
    /// The highest price the bot may set.
    Max,
    /// What one piece was bought for.
    Cost,
    Strategy,
    Step,
}

const SKU: &[&str] = &[
    "sku",
    "ску",
    "артикул",
    "арт",
    "артикул товара",
    "артикул продавца",
    "артикул kaspi",
    "артикул каспи",
    "код",
    "код товара",
    "код товара продавца",
    "vendor code",
    "merchant sku",
    "kaspi sku",
    "seller sku",
    "item code",
    "product code",
    "offer id",
    "тауар коды",
    "тауар артикулы",
    "тауардың артикулы",
    "тауардың коды",
    "коды",
    "сатушы артикулы",
    "артикулы",
];
const MIN: &[&str] = &[
    "min",
    "min price",
    "minprice",
    "price min",
    "minimum",
    "minimum price",
    "minimal price",
    "lowest price",
    "floor",
    "floor price",
    "мин",
    "минимум",
    "мин цена",
    "цена мин",
    "минимальная цена",
    "минимальная",
    "цена минимум",
    "цена минимальная",
    "нижняя граница",
    "нижний предел",
    "не ниже",
    "ең төменгі баға",
    "ең төмен баға",
    "төменгі баға",
    "төменгі шек",
    "мин баға",
    "минималды баға",
    "баға мин",
    "ең төменгі",
];
const MAX: &[&str] = &[
    "max",
    "max price",
    "maxprice",
    "price max",
    "maximum",
    "maximum price",
    "maximal price",
    "highest price",
    "ceiling",
    "ceiling price",
    "макс",
    "максимум",
    "макс цена",
    "цена макс",
    "максимальная цена",
    "максимальная",
    "цена максимум",
    "цена максимальная",
    "верхняя граница",
    "верхний предел",
    "не выше",
    "ең жоғарғы баға",
    "ең жоғары баға",
    "жоғарғы баға",
    "жоғарғы шек",
    "макс баға",
    "максималды баға",
    "баға макс",
    "ең жоғарғы",
];
const COST: &[&str] = &[
    "cost",
    "cost price",
    "costprice",
    "unit cost",
    "purchase price",
    "buy price",
    "buying price",
    "prime cost",
    "себестоимость",
    "себес",
    "с с",
    "закуп",
    "закупка",
    "закупочная",
    "закупочная цена",
    "цена закупа",
    "цена закупки",
    "цена закупочная",
    "входная цена",
    "өзіндік құн",
    "өзіндік құны",
    "сатып алу бағасы",
    "сатып алу",
    "сатып алынған баға",
    "закуп бағасы",
];
const STRATEGY: &[&str] = &[
    "strategy",
    "price strategy",
    "pricing strategy",
    "mode",
    "стратегия",
    "стратегия цены",
    "режим",
    "режим бота",
    "стратегиясы",
    "баға стратегиясы",
];
const STEP: &[&str] = &[
    "step",
    "price step",
    "undercut",
    "undercut by",
    "шаг",
    "шаг цены",
    "шаг снижения",
    "на сколько ниже",
    "қадам",
    "қадамы",
    "баға қадамы",
];

/// Starts of words that tell what a longer name is about: «Мин. цена для Kaspi, ₸».
const STARTS: [(Field, &[&str]); 6] = [
    (Field::Sku, &["sku", "артик"]),
    (Field::Min, &["мин", "min", "төмен"]),
    (Field::Max, &["макс", "max", "жоғар"]),
    (Field::Cost, &["себест", "закуп", "cost", "өзіндік"]),
    (Field::Strategy, &["страт", "strat"]),
    (Field::Step, &["шаг", "step", "қадам"]),
];

impl Field {
    pub const ALL: [Self; 6] = [
        Self::Sku,
        Self::Min,
        Self::Max,
        Self::Cost,
        Self::Strategy,
        Self::Step,
    ];

    /// The word in stored mappings and in the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sku => "sku",
            Self::Min => "min",
            Self::Max => "max",
            Self::Cost => "cost",
            Self::Strategy => "strategy",
            Self::Step => "step",
        }
    }

    pub fn parse(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|field| field.word() == word)
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sku => SKU,
            Self::Min => MIN,
            Self::Max => MAX,
            Self::Cost => COST,
            Self::Strategy => STRATEGY,
            Self::Step => STEP,
        }
    }
}

impl ColumnField for Field {
    const KEY: Self = Self::Sku;

    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.word()
    }

    /// The field that a column name means exactly.
    fn named(header: &str) -> Option<Self> {
        let name = bare_name(header);
        Self::ALL
            .into_iter()
            .find(|field| field.names().contains(&name.as_str()))
    }

    /// The one field that the words of a column name hint at.
    fn hinted(header: &str) -> Option<Self> {
        let name = bare_name(header);
        let mut hinted = None;
        for (field, starts) in STARTS {
            let hit = name
                .split(' ')
                .any(|word| starts.iter().any(|start| word.starts_with(start)));
            if hit && hinted.is_some() {
                return None;
            }
            if hit {
                hinted = Some(field);
            }
        }
        hinted
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_three_languages_are_known() {
        for (header, field) in [
            ("SKU", Field::Sku),
            ("Артикул", Field::Sku),
            ("Тауар коды", Field::Sku),
            ("Мин. цена, ₸", Field::Min),
            ("МИНИМУМ (тг)", Field::Min),
            ("Ең төменгі баға", Field::Min),
            ("max_price", Field::Max),
            ("Верхняя  граница", Field::Max),
            ("Себестоимость", Field::Cost),
            ("Өзіндік құны", Field::Cost),
            ("Strategy", Field::Strategy),
            ("Қадам", Field::Step),
        ] {
            assert_eq!(Field::named(header), Some(field), "{header}");
        }
    }

    #[test]
    fn no_name_means_two_fields() {
        let mut all: Vec<&str> = Field::ALL
            .into_iter()
            .flat_map(|field| field.names().iter().copied())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
        for name in all {
            assert_eq!(bare_name(name), name, "a known name must be written bare");
        }
    }

    #[test]
    fn longer_names_hint_at_one_field_or_none() {
        assert_eq!(Field::hinted("Минимальная цена на Kaspi"), Some(Field::Min));
        assert_eq!(Field::hinted("Закупочная цена без НДС"), Some(Field::Cost));
        assert_eq!(Field::hinted("Мин. и макс. цена"), None);
        assert_eq!(Field::hinted("Название"), None);
    }
}
