//! How members of an order are called in files of people: our names, other programs' names, Russian headings. Refuses to guess
//! by likeness.

/// What a member means.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum Member {
    Code,
    Shelf,
    Brand,
    Model,
    Size,
    Colour,
    Sku,
    Quantity,
    City,
    Point,
    Deadline,
    Express,
    Parcels,
    Parcel,
    Waybill,
    Scan,
    Goods,
}

use Member::{
    Brand, City, Code, Colour, Deadline, Express, Goods, Model, Parcel, Parcels, Point, Quantity, Scan,
    Shelf, Size, Sku, Waybill,
};

/// Our name first; others as they come, without spaces, signs and capitals.
const NAMES: [(Member, &[&str]); 17] = [
    (
        Code,
        &[
            "code",
            "order",
            "ordercode",
            "ordernumber",
            "orderid",
            "number",
            "id",
            "заказ",
            "номер",
            "номерзаказа",
            "кодзаказа",
        ],
    ),
    (
        Shelf,
        &[
            "shelf",
            "place",
            "cell",
            "bin",
            "location",
            "rack",
            "полка",
            "ячейка",
            "место",
            "местохранения",
        ],
    ),
    (Brand, &["brand", "vendor", "бренд", "марка"]),
    (
        Model,
        &[
            "model",
            "name",
            "title",
            "product",
            "productname",
            "goodsname",
            "модель",
            "товар",
            "наименование",
            "название",
            "названиетовара",
        ],
    ),
    (Size, &["size", "razmer", "размер"]),
    (Colour, &["colour", "color", "tsvet", "цвет"]),
    (
        Sku,
        &[
            "sku",
            "article",
            "offer",
            "offercode",
            "merchantsku",
            "артикул",
            "артикулпродавца",
        ],
    ),
    (
        Quantity,
        &[
            "quantity",
            "qty",
            "count",
            "amount",
            "pieces",
            "количество",
            "колво",
            "шт",
        ],
    ),
    (City, &["city", "town", "город"]),
    (
        Point,
        &[
            "point",
            "address",
            "pickuppoint",
            "deliverypoint",
            "пункт",
            "адрес",
            "пунктвыдачи",
            "адресдоставки",
        ],
    ),
    (
        Deadline,
        &[
            "deadline",
            "due",
            "dueat",
            "handoverby",
            "shipby",
            "срок",
            "сдатьдо",
            "передатьдо",
        ],
    ),
    (Express, &["express", "isexpress", "экспресс"]),
    (
        Parcels,
        &[
            "parcels",
            "parcelcount",
            "spaces",
            "numberofspace",
            "boxes",
            "мест",
            "количествомест",
            "посылок",
        ],
    ),
    (
        Parcel,
        &["parcel", "parcelnumber", "box", "посылка", "номерместа"],
    ),
    (
        Waybill,
        &[
            "waybill",
            "waybillexpected",
            "needswaybill",
            "haswaybill",
            "накладная",
            "нужнанакладная",
        ],
    ),
    (Scan, &["scan", "qr", "qrtext", "link"]),
    (
        Goods,
        &["goods", "items", "lines", "entries", "products", "товары"],
    ),
];

/// Members of an order that are not of its goods.
pub(super) const OF_ORDER: [Member; 10] = [
    Code, City, Point, Deadline, Express, Parcels, Waybill, Scan, Goods, Quantity,
];

impl Member {
    /// The member of a name, however it is written.
    pub(super) fn named(name: &str) -> Option<Self> {
        let folded: String = name
            .to_lowercase()
            .chars()
            .filter(|sign| sign.is_alphanumeric())
            .collect();
        NAMES
            .iter()
            .find(|(_, names)| names.contains(&folded.as_str()))
            .map(|(member, _)| *member)
    }

    /// Our name for it.
    pub(super) fn name(self) -> &'static str {
        NAMES
            .iter()
            .find(|(member, _)| *member == self)
            .and_then(|(_, names)| names.first())
            .copied()
            .unwrap_or("")
    }

    /// Whether it may stand within `goods`.
    pub(super) fn is_of_goods(self) -> bool {
        self == Quantity || !OF_ORDER.contains(&self)
    }
}

/// Our names, for a refusal.
pub(super) fn all() -> String {
    NAMES
        .iter()
        .map(|(member, _)| member.name())
        .collect::<Vec<_>>()
        .join(", ")
}

/// Words for yes and no.
pub(super) fn yes_or_no(text: &str) -> Option<bool> {
    match text.trim().to_lowercase().as_str() {
        "true" | "yes" | "y" | "1" | "+" | "да" | "иә" | "express" | "экспресс" => Some(true),
        "false" | "no" | "n" | "0" | "-" | "нет" | "жоқ" => Some(false),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_found_in_any_dress_and_belong_to_one_member() {
        assert_eq!(Member::named("Order Code"), Some(Code));
        assert_eq!(Member::named("Кол-во"), Some(Quantity));
        assert_eq!(Member::named("hand_over_by"), Some(Deadline));
        assert_eq!(Member::named("price"), None);
        let mut all: Vec<&str> = NAMES
            .iter()
            .flat_map(|(_, names)| names.iter().copied())
            .collect();
        let count = all.len();
        all.sort_unstable();
        all.dedup();
        assert_eq!(all.len(), count);
    }
}
