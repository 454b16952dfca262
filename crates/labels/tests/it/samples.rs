//! Orders and words to print. Refuses names of real people and shops.

use sauda_labels::{Good, Order, Words};
use std::sync::OnceLock;

pub fn words() -> Words {
    Words {
        order: "Заказ".to_owned(),
        size: "Размер".to_owned(),
        bought: "куплен {n}".to_owned(),
        pieces: "шт.".to_owned(),
        parcel: "место {n} из {m}".to_owned(),
        good: "товар {n} из {m}".to_owned(),
        hand_over: "Сдать до".to_owned(),
        express: "Express".to_owned(),
        list: "Лист сборки".to_owned(),
        totals: "Заказов: {n} · вещей: {m}".to_owned(),
        shelf: "Полка".to_owned(),
        no_shelf: "Без полки".to_owned(),
        no_size: "—".to_owned(),
        page: "{n} из {m}".to_owned(),
        no_waybill: "нет накладной".to_owned(),
    }
}

pub fn faces() -> &'static sauda_labels::Faces {
    static FACES: OnceLock<sauda_labels::Faces> = OnceLock::new();
    FACES.get_or_init(|| sauda_labels::Faces::shipped().unwrap())
}

/// A day's orders: usual ones, and those with everything too long.
pub fn orders(count: usize) -> Vec<Order> {
    let models = [
        "Платье «Айгүл»",
        "Костюм спортивный Nomad с начёсом, чёрный, осень-зима 2026",
        "Кеде Ұшқыр",
        "T-100",
    ];
    let sizes = [Some("M"), Some("42-44"), None, Some("2XL"), Some("36,5")];
    let cities = ["Алматы", "Өскемен", "Шымкент", "Усть-Каменогорск, мкр. Самал, 17"];
    let colours = [
        Some("чёрный"),
        Some("ақ"),
        None,
        Some("тёмно-синий меланж с белой полосой"),
    ];
    (0..count)
        .map(|nth| Order {
            code: (880_000_001 + nth * 37).to_string(),
            city: Some(cities[nth % 4].to_owned()),
            point: (nth % 3 > 0).then(|| {
                format!(
                    "ул. Сәтбаев, {}, постамат № {nth}, вход со двора, код на двери 12",
                    nth % 90
                )
            }),
            deadline: (nth % 5 > 0).then(|| "21.11 18:00".to_owned()),
            express: nth % 4 == 1,
            parcels: (nth % 7 == 3).then_some(2),
            waybill_expected: true,
            scan: None,
            goods: (0..1 + nth % 9 / 8)
                .map(|index| Good {
                    shelf: (nth % 6 > 0).then(|| format!("А-{}", nth % 12)),
                    brand: (nth % 2 > 0).then(|| "Nomad".to_owned()),
                    model: models[(nth + index) % 4].to_owned(),
                    size: sizes[nth % 5].map(str::to_owned),
                    bought: (nth % 8 == 1).then(|| "XXL".to_owned()),
                    colour: colours[nth % 4].map(str::to_owned),
                    sku: Some(format!("SKU-{nth:05}-{index}")),
                    quantity: if nth % 10 == 9 { 3 } else { 1 },
                    parcel: None,
                })
                .collect(),
        })
        .collect()
}
