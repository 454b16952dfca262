//! The cities that Kaspi knows, with their names. Refuses to guess a name for an unknown id.

use crate::wire::page::CityRow;
use std::sync::LazyLock;

/// A city or settlement.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct City {
    /// `750000000`.
    pub id: String,
    /// Part of an address: `almaty`.
    pub slug: String,
    pub name_ru: String,
    pub name_kk: String,
    pub name_en: String,
}

impl City {
    pub(crate) fn from_row(row: &CityRow<'_>) -> Option<Self> {
        let (id, name) = (row.id.owned()?, row.name.owned()?);
        let named = |locale: &str| {
            let names = row.dictionary.or_none().iter().filter_map(|name| name.get());
            names
                .filter(|name| name.locale.get() == Some(locale))
                .find_map(|name| name.name.owned())
        };
        Some(Self {
            slug: row.code.owned().unwrap_or_else(|| id.clone()),
            name_kk: row
                .name_kz
                .owned()
                .or_else(|| named("kz"))
                .unwrap_or_else(|| name.clone()),
            name_en: row
                .name_en
                .owned()
                .or_else(|| named("en"))
                .unwrap_or_else(|| name.clone()),
            name_ru: name,
            id,
        })
    }
}

/// The table that the storefront carried in 2025: 270 rows in its own order.
pub fn city_table() -> &'static [City] {
    static TABLE: LazyLock<Vec<City>> = LazyLock::new(|| {
        let text = include_str!("../../../fixtures/kaspi/storefront_city-table_2025.json");
        let rows: Vec<CityRow<'_>> = serde_json::from_str(text).unwrap_or_default();
        rows.iter().filter_map(City::from_row).collect()
    });
    &TABLE
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole() {
        let table = city_table();
        assert_eq!(table.len(), 270);
        let almaty = table.iter().find(|city| city.id == "750000000").unwrap();
        assert_eq!(
            (
                almaty.slug.as_str(),
                almaty.name_ru.as_str(),
                almaty.name_en.as_str()
            ),
            ("almaty", "Алматы", "Almaty")
        );
        let shymkent = table.iter().find(|city| city.id == "511010000").unwrap();
        assert_eq!(
            (shymkent.name_ru.as_str(), shymkent.name_kk.as_str()),
            ("Шымкент", "Шымкент")
        );
    }
}
