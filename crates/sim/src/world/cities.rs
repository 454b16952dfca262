//! The storefront's table of places and who lives where. Refuses to know points or sellers.

use serde_json::{Value, json};
use std::collections::HashMap;

/// Position of a city in the table.
pub type CityIx = u16;

/// One row of the city table.
#[derive(Debug, Clone)]
pub struct City {
    pub id: String,
    pub slug: String,
    pub name: String,
    pub name_en: String,
    pub name_kk: String,
    pub latitude: f64,
    pub longitude: f64,
}

/// All 270 places of the storefront.
#[derive(Debug)]
pub struct Cities {
    rows: Vec<City>,
    by_id: HashMap<String, CityIx>,
    /// Cities where most buyers live, with their share in thousandths; drawn after population.
    main: Vec<(CityIx, u32)>,
}

const TABLE: &str = include_str!("../../data/cities.csv");

/// City id and share of buyers in thousandths.
const MAIN: [(&str, u32); 16] = [
    ("750000000", 330),
    ("710000000", 190),
    ("511010000", 110),
    ("351010000", 60),
    ("151010000", 50),
    ("311010000", 35),
    ("551010000", 35),
    ("631010000", 33),
    ("391010000", 27),
    ("231010000", 27),
    ("431010000", 25),
    ("271010000", 23),
    ("471010000", 20),
    ("591010000", 15),
    ("612010000", 10),
    ("111010000", 10),
];

impl Cities {
    /// Reads the embedded table.
    pub fn load() -> Self {
        let mut rows = Vec::new();
        for line in TABLE.lines().skip(1) {
            let cells: Vec<&str> = line.split(',').collect();
            let [id, slug, name, name_en, name_kk, latitude, longitude] = cells.as_slice() else {
                continue;
            };
            rows.push(City {
                id: (*id).to_owned(),
                slug: (*slug).to_owned(),
                name: (*name).to_owned(),
                name_en: (*name_en).to_owned(),
                name_kk: (*name_kk).to_owned(),
                latitude: latitude.parse().unwrap_or(0.0),
                longitude: longitude.parse().unwrap_or(0.0),
            });
        }
        let mut by_id = HashMap::with_capacity(rows.len());
        for (at, city) in rows.iter().enumerate() {
            by_id.insert(city.id.clone(), CityIx::try_from(at).unwrap_or(0));
        }
        let main = MAIN
            .iter()
            .filter_map(|(id, share)| by_id.get(*id).map(|ix| (*ix, *share)))
            .collect();
        Self { rows, by_id, main }
    }

    pub fn find(&self, id: &str) -> Option<CityIx> {
        self.by_id.get(id).copied()
    }

    pub fn get(&self, ix: CityIx) -> Option<&City> {
        self.rows.get(usize::from(ix))
    }

    /// The id, or an empty text for a position outside the table.
    pub fn id(&self, ix: CityIx) -> &str {
        self.get(ix).map_or("", |city| city.id.as_str())
    }

    pub fn name(&self, ix: CityIx) -> &str {
        self.get(ix).map_or("", |city| city.name.as_str())
    }

    pub fn all(&self) -> &[City] {
        &self.rows
    }

    pub fn main(&self) -> &[(CityIx, u32)] {
        &self.main
    }

    /// The main city of this rank, wrapping around; 0 is Almaty.
    pub fn main_at(&self, rank: usize) -> CityIx {
        self.main
            .get(rank % self.main.len().max(1))
            .map_or(0, |(ix, _)| *ix)
    }

    /// A main city by its share of buyers; `unit` in 0..1.
    pub fn by_share(&self, unit: f64) -> CityIx {
        let total: u32 = self.main.iter().map(|(_, share)| share).sum();
        let mut left = unit * f64::from(total);
        for (ix, share) in &self.main {
            left -= f64::from(*share);
            if left < 0.0 {
                return *ix;
            }
        }
        self.main_at(0)
    }

    /// Kilometres as the crow flies (flat approximation, good enough for delivery days).
    pub fn distance_km(&self, from: CityIx, to: CityIx) -> f64 {
        let (Some(a), Some(b)) = (self.get(from), self.get(to)) else {
            return 0.0;
        };
        let north = (a.latitude - b.latitude) * 111.0;
        let east = (a.longitude - b.longitude) * 111.0 * ((a.latitude + b.latitude) / 2.0).to_radians().cos();
        north.hypot(east)
    }

    /// The `citySelection` array of product pages: rows grouped by first letter.
    pub fn selection(&self) -> Value {
        let mut groups: Vec<(String, Vec<Value>)> = Vec::new();
        for city in &self.rows {
            let letter: String = city.name.chars().take(1).collect();
            let row = selection_row(city);
            match groups.iter_mut().find(|(of, _)| *of == letter) {
                Some((_, rows)) => rows.push(row),
                None => groups.push((letter, vec![row])),
            }
        }
        Value::Array(
            groups
                .into_iter()
                .map(|(letter, rows)| json!({"char": letter, "cityData": rows}))
                .collect(),
        )
    }
}

fn selection_row(city: &City) -> Value {
    let word = |locale: &str, name: &str, inside: Value| json!({"locale": locale, "name": name, "nameIn": inside, "nameTo": name, "nameFrom": name});
    let (south, north) = (city.latitude - 0.12, city.latitude + 0.12);
    let (west, east) = (city.longitude - 0.15, city.longitude + 0.15);
    json!({
        "id": city.id, "code": city.slug, "name": city.name, "link": format!("/shop/{}/", city.slug), "countryCode": "KZ",
        "dictionaryList": [
            word("ru", &city.name, json!(city.name)),
            word("en", &city.name_en, Value::Null),
            word("kz", &city.name_kk, json!(city.name_kk)),
        ],
        "minLatitude": south, "maxLatitude": north, "minLongitude": west, "maxLongitude": east,
        "centerLatitude": city.latitude, "centerLongitude": city.longitude, "radius": null,
        "points": [
            {"longitude": west, "latitude": south}, {"longitude": east, "latitude": south},
            {"longitude": east, "latitude": north}, {"longitude": west, "latitude": north},
        ],
        "hasGeoZones": false, "visible": true,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_table_is_whole_and_main_cities_are_in_it() {
        let cities = Cities::load();
        assert_eq!((cities.all().len(), cities.main().len()), (270, 16));
        assert_eq!(cities.name(cities.main_at(0)), "Алматы");
        let km = cities.distance_km(cities.main_at(0), cities.main_at(1));
        assert!((900.0..1_050.0).contains(&km), "{km}");
    }
}
