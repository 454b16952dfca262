//! The variables that templates know, by their names in three languages. Refuses to know values.

use std::sync::LazyLock;

const FILE: &str = include_str!("../../data/template-variables.txt");
const OFFERED: &str = include_str!("../../data/template-offered.txt");

/// A variable of a template.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Variable {
    CustomerName,
    OrderCode,
    OrderTotal,
    ItemsList,
    DeliveryAddress,
    StoreName,
    Size,
}

impl Variable {
    pub const ALL: [Self; 7] = [
        Self::CustomerName,
        Self::OrderCode,
        Self::OrderTotal,
        Self::ItemsList,
        Self::DeliveryAddress,
        Self::StoreName,
        Self::Size,
    ];

    /// The stable name.
    pub const fn word(self) -> &'static str {
        match self {
            Self::CustomerName => "customer_name",
            Self::OrderCode => "order_code",
            Self::OrderTotal => "order_total",
            Self::ItemsList => "items_list",
            Self::DeliveryAddress => "delivery_address",
            Self::StoreName => "store_name",
            Self::Size => "size",
        }
    }

    /// A text without it reads well: a greeting without a name.
    pub const fn may_be_empty(self) -> bool {
        matches!(self, Self::CustomerName)
    }

    /// The name that is offered in a language, `ru` or `kk`.
    pub fn name(self, language: &str) -> &'static str {
        let place = if language == "kk" { 2 } else { 1 };
        OFFERED
            .lines()
            .map(|line| line.split(' ').collect::<Vec<_>>())
            .find(|line| line.first() == Some(&self.word()))
            .and_then(|line| line.get(place).copied())
            .unwrap_or(self.word())
    }

    /// The variable of a name in any of the languages; spaces and hyphens are underscores.
    pub fn named(name: &str) -> Option<Self> {
        let name = plain(name);
        names()
            .iter()
            .find(|(known, _)| *known == name)
            .map(|(_, variable)| *variable)
    }

    /// The known name that is most like this one, when one is like it at all.
    pub fn nearest(name: &str) -> Option<&'static str> {
        let name = plain(name);
        let longest = name.chars().count();
        names()
            .iter()
            .map(|(known, _)| (distance(&name, known), *known))
            .filter(|(distance, known)| *distance * 2 <= longest.max(known.chars().count()))
            .min_by_key(|(distance, _)| *distance)
            .map(|(_, known)| known)
    }
}

fn names() -> &'static Vec<(&'static str, Variable)> {
    static NAMES: LazyLock<Vec<(&'static str, Variable)>> = LazyLock::new(|| {
        let lines = FILE.lines().filter_map(|line| line.split_once(':'));
        lines
            .flat_map(|(word, others)| {
                let variable = Variable::ALL.into_iter().find(|variable| variable.word() == word);
                std::iter::once(word)
                    .chain(others.split_whitespace())
                    .filter_map(move |name| Some((name, variable?)))
            })
            .collect()
    });
    &NAMES
}

fn plain(name: &str) -> String {
    name.trim().to_lowercase().replace([' ', '-'], "_")
}

/// Letters to change, add or leave out.
fn distance(one: &str, other: &str) -> usize {
    let other: Vec<char> = other.chars().collect();
    let mut row: Vec<usize> = (0..=other.len()).collect();
    for (place, letter) in one.chars().enumerate() {
        let mut next = Vec::with_capacity(row.len());
        next.push(place + 1);
        for ((left, up), known) in row.iter().zip(row.iter().skip(1)).zip(&other) {
            let change = left + usize::from(letter != *known);
            let insert = next.last().copied().unwrap_or(0) + 1;
            next.push(change.min(up + 1).min(insert));
        }
        row = next;
    }
    row.last().copied().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_variable_has_its_names_in_russian_and_kazakh() {
        for (name, variable) in [
            ("имя", Variable::CustomerName),
            ("Номер заказа", Variable::OrderCode),
            ("order-code", Variable::OrderCode),
            ("тапсырыс_нөмірі", Variable::OrderCode),
            ("сумма", Variable::OrderTotal),
            ("тауарлар", Variable::ItemsList),
            ("мекенжай", Variable::DeliveryAddress),
            ("дүкен", Variable::StoreName),
            ("өлшем", Variable::Size),
        ] {
            assert_eq!(Variable::named(name), Some(variable), "{name}");
        }
        for variable in Variable::ALL {
            assert_eq!(Variable::named(variable.word()), Some(variable));
        }
    }

    #[test]
    fn the_names_that_are_offered_are_known() {
        for variable in Variable::ALL {
            for language in ["ru", "kk"] {
                assert_eq!(Variable::named(variable.name(language)), Some(variable));
            }
            assert_ne!(variable.name("ru"), variable.name("kk"), "{variable:?}");
        }
    }

    #[test]
    fn a_name_stands_for_one_variable_only() {
        let mut all: Vec<&str> = names().iter().map(|(name, _)| *name).collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(
            (all.len(), FILE.lines().count()),
            (count, Variable::ALL.len() + 1)
        );
    }

    #[test]
    fn the_nearest_name_is_offered_and_nothing_far() {
        assert_eq!(Variable::nearest("custmer_name"), Some("customer_name"));
        assert_eq!(Variable::nearest("номр_заказа"), Some("номер_заказа"));
        assert_eq!(Variable::nearest("qwertyuiop"), None);
    }
}
