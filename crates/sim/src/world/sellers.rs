//! Rival sellers: who they are, not what they charge. Refuses to know cards.

use crate::{
    random::Stream,
    world::cities::{Cities, CityIx},
};
use std::collections::HashSet;

/// One rival seller.
#[derive(Debug, Clone)]
pub struct Seller {
    /// Digits, or a word for sellers of the first years.
    pub id: String,
    pub name: String,
    /// The name as a JSON text with quotes, ready for answers.
    pub name_json: String,
    /// Tenths of a star, 10..=50; none for sellers without reviews.
    pub rating: Option<u8>,
    pub reviews: u32,
    pub home: CityIx,
    /// `{id}_PP1`, or `{id}_2` for sellers of the first years.
    pub point: String,
    /// The marketplace's own couriers carry its parcels.
    pub kaspi_delivery: bool,
    /// Sells in its own city only.
    pub local: bool,
    /// Moves cut-off times and ties apart.
    pub salt: u32,
}

const FIRST: [&str; 40] = [
    "Tehno",
    "Mood",
    "Pro",
    "Gadget",
    "Mega",
    "Altyn",
    "Smart",
    "Digital",
    "Best",
    "Astana",
    "Nomad",
    "Sary-Arka",
    "Alem",
    "Qazaq",
    "Home",
    "Baby",
    "Auto",
    "Beauty",
    "Sport",
    "Royal",
    "Optima",
    "Fresh",
    "Techno",
    "Asia",
    "Steppe",
    "Kausar",
    "Samal",
    "Nur",
    "Dala",
    "Bereke",
    "Ideal",
    "Elite",
    "City",
    "Express",
    "Maxi",
    "Euro",
    "Global",
    "Prime",
    "Zhetisu",
    "Tulpar",
];
const SECOND: [&str; 24] = [
    "Trade", "Place", "Unit", "Store", "Shop", "Market", "Group", "KZ", "Center", "House", "Line", "Plus",
    "Sauda", "Mall", "Service", "Land", "Opt", "Company", "Style", "World", "Direct", "Point", "Lab",
    "Dukeni",
];

/// Draws this many sellers. Ids start at 1000000 so that they never meet the shops' 30000001….
pub fn draw(seed: u64, number: u32, cities: &Cities) -> Vec<Seller> {
    let mut stream = Stream::new(seed, 10, 0);
    let mut taken: HashSet<String> = HashSet::new();
    let mut sellers = Vec::new();
    for at in 0..number {
        let word = stream.pick(&FIRST).copied().unwrap_or("Tehno");
        let mut name = format!("{word} {}", stream.pick(&SECOND).copied().unwrap_or("Trade"));
        if stream.chance(0.15) {
            name = name.to_uppercase();
        }
        if !taken.insert(name.clone()) {
            name = format!("{name} {}", at + 1);
        }
        let legacy = stream.chance(0.03);
        let id = if legacy {
            format!("{word}{at}").replace('-', "")
        } else {
            (1_000_000 + u64::from(at) * 17 + stream.below(17)).to_string()
        };
        let new = stream.chance(0.14);
        let reviews = if new {
            0
        } else {
            crate::numbers::whole(stream.log_normal(120.0, 1.5)).clamp(1, 90_000)
        };
        let rating =
            u8::try_from(crate::numbers::whole(stream.normal(47.0, 2.5).clamp(31.0, 50.0))).unwrap_or(47);
        let main = stream.unit();
        sellers.push(Seller {
            point: if legacy {
                format!("{id}_2")
            } else {
                format!("{id}_PP{}", stream.between(1, 4))
            },
            name_json: serde_json::Value::from(name.as_str()).to_string(),
            name,
            id,
            rating: (!new).then_some(rating),
            reviews,
            home: cities.by_share(main),
            kaspi_delivery: stream.chance(0.8),
            local: stream.chance(0.22),
            salt: stream.between(0, u32::MAX - 1),
        });
    }
    sellers
}
