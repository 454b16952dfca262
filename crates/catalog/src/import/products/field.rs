//! What a column of a seller's sheet may be, and under which names people keep it; refuses names that mean two things.

use crate::import::columns::{ColumnField, bare_name};

/// What a column holds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum ProductField {
    Sku,
    Title,
    /// The marketplace's card.
    MasterCode,
    /// The product's code inside the shop at the marketplace.
    Code,
    Price,
    Stock,
    Weight,
    Brand,
    Model,
    Color,
    Size,
    Gender,
    Season,
    Category,
    Subcategory,
    Barcode,
    /// What one piece was bought for.
    Cost,
    /// Address of a picture.
    Photo,
    /// The seller's own word for a shop or warehouse.
    Store,
    Shelf,
}

const SKU: &[&str] = &[
    "sku",
    "sku id",
    "skuid",
    "ску",
    "артикул",
    "арт",
    "артикул товара",
    "артикул продавца",
    "код продавца",
    "код товара продавца",
    "vendor code",
    "merchant sku",
    "seller sku",
    "merchantproductid",
    "merchant product id",
    "offer id",
    "offer sku",
    "item code",
    "тауар артикулы",
    "тауардың артикулы",
    "сатушы артикулы",
    "артикулы",
    "тауар коды",
    "код товара",
    "код",
    "product code",
];
const TITLE: &[&str] = &[
    "kaspi name core",
    "kaspi name",
    "title",
    "name",
    "product name",
    "название",
    "название товара",
    "наименование",
    "наименование товара",
    "номенклатура",
    "товар",
    "имя",
    "атауы",
    "тауар атауы",
    "тауардың атауы",
    "аты",
    "тауар",
];
const MASTER: &[&str] = &[
    "kaspi art 1",
    "kaspi art",
    "kaspi code",
    "mastercode",
    "master code",
    "master sku",
    "mastersku",
    "код kaspi",
    "код каспи",
    "код товара kaspi",
    "код товара каспи",
    "код карточки",
    "карточка kaspi",
    "карточка",
    "каспи коды",
    "kaspi коды",
    "карта коды",
    "карточка коды",
];
const CODE: &[&str] = &[
    "sku id ksp",
    "sku ksp",
    "ksp id",
    "kaspi sku",
    "артикул kaspi",
    "артикул каспи",
    "артикул в kaspi",
];
const PRICE: &[&str] = &[
    "initial ksp price",
    "ksp price",
    "kaspi price",
    "price",
    "selling price",
    "sale price",
    "цена",
    "цена kaspi",
    "цена каспи",
    "цена продажи",
    "цена на kaspi",
    "розничная цена",
    "баға",
    "бағасы",
    "сату бағасы",
];
const STOCK: &[&str] = &[
    "stock entered",
    "stock",
    "quantity",
    "qty",
    "available",
    "availableamount",
    "available amount",
    "amount",
    "stock count",
    "остаток",
    "остатки",
    "количество",
    "кол во",
    "наличие",
    "в наличии",
    "қалдық",
    "қалдығы",
    "саны",
    "қоймада",
];
const WEIGHT: &[&str] = &[
    "weight kg",
    "weight",
    "weight g",
    "weight grams",
    "weight gr",
    "вес",
    "вес кг",
    "вес г",
    "вес гр",
    "вес грамм",
    "вес товара",
    "вес брутто",
    "масса",
    "масса кг",
    "масса г",
    "салмағы",
    "салмақ",
    "салмағы кг",
    "салмағы г",
    "салмақ кг",
    "салмақ г",
];
const BRAND: &[&str] = &[
    "brend",
    "brand",
    "бренд",
    "марка",
    "торговая марка",
    "производитель",
    "бренді",
    "маркасы",
];
const MODEL: &[&str] = &["model", "модель", "моделі", "үлгі", "үлгісі"];
const COLOR: &[&str] = &["color", "colour", "цвет", "түс", "түсі"];
const SIZE: &[&str] = &["our size", "size", "размер", "размеры", "өлшем", "өлшемі"];
const GENDER: &[&str] = &["gender", "sex", "пол", "жыныс", "жынысы"];
const SEASON: &[&str] = &["season", "сезон", "маусым", "маусымы", "мезгіл"];
const CATEGORY: &[&str] = &[
    "product type",
    "type",
    "category",
    "тип",
    "тип товара",
    "вид",
    "вид товара",
    "категория",
    "категория товара",
    "группа",
    "санат",
    "санаты",
    "тауар түрі",
    "түрі",
];
const SUBCATEGORY: &[&str] = &[
    "sub category",
    "subcategory",
    "подкатегория",
    "подгруппа",
    "под категория",
    "ішкі санат",
    "қосалқы санат",
];
const BARCODE: &[&str] = &[
    "barcode",
    "bar code",
    "ean",
    "ean13",
    "ean 13",
    "gtin",
    "штрихкод",
    "штрих код",
    "шк",
    "штрихкоды",
    "штрих коды",
];
const COST: &[&str] = &[
    "cost",
    "cost price",
    "unit cost",
    "purchase price",
    "buy price",
    "себестоимость",
    "себес",
    "закуп",
    "закупка",
    "закупочная цена",
    "цена закупа",
    "цена закупки",
    "входная цена",
    "өзіндік құн",
    "өзіндік құны",
    "сатып алу бағасы",
];
const PHOTO: &[&str] = &[
    "photo",
    "photo url",
    "image",
    "image url",
    "picture",
    "фото",
    "ссылка на фото",
    "картинка",
    "изображение",
    "сурет",
    "суреті",
];
const SHELF: &[&str] = &[
    "shelf",
    "cell",
    "rack",
    "bin",
    "полка",
    "ячейка",
    "стеллаж",
    "место хранения",
    "сөре",
    "ұяшық",
];
const STORE: &[&str] = &[
    "store name",
    "store",
    "shop",
    "shop name",
    "warehouse",
    "магазин",
    "название магазина",
    "склад",
    "дүкен",
    "дүкен атауы",
    "қойма",
];

/// Starts of words that tell what a longer name is about: «Цена на сайте, ₸».
const STARTS: [(ProductField, &[&str]); 14] = [
    (ProductField::Sku, &["sku", "артик"]),
    (ProductField::Title, &["назв", "наимен", "title", "атау"]),
    (ProductField::Price, &["цен", "price", "баға"]),
    (ProductField::Stock, &["остат", "stock", "қалды"]),
    (ProductField::Weight, &["вес", "weight", "салма"]),
    (ProductField::Brand, &["бренд", "brand"]),
    (ProductField::Model, &["модел", "model"]),
    (ProductField::Color, &["цвет", "color", "colour"]),
    (ProductField::Size, &["размер", "size", "өлшем"]),
    (ProductField::Season, &["сезон", "season", "маусым"]),
    (ProductField::Category, &["катег", "categ", "санат"]),
    (ProductField::Subcategory, &["подкат", "subcat"]),
    (ProductField::Barcode, &["штрих", "barcode"]),
    (ProductField::Cost, &["себест", "закуп", "cost", "өзінді"]),
];

/// Words beside which a price is another price.
const OTHER_PRICES: [&str; 10] = [
    "стар",
    "old",
    "опт",
    "скид",
    "мин",
    "макс",
    "min",
    "max",
    "конкур",
    "рассроч",
];

impl ProductField {
    pub const ALL: [Self; 20] = [
        Self::Sku,
        Self::Title,
        Self::MasterCode,
        Self::Code,
        Self::Price,
        Self::Stock,
        Self::Weight,
        Self::Brand,
        Self::Model,
        Self::Color,
        Self::Size,
        Self::Gender,
        Self::Season,
        Self::Category,
        Self::Subcategory,
        Self::Barcode,
        Self::Cost,
        Self::Photo,
        Self::Store,
        Self::Shelf,
    ];

    /// The word in reports, stored mappings and the API.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Sku => "merchantProductId",
            Self::Title => "title",
            Self::MasterCode => "masterCode",
            Self::Code => "code",
            Self::Price => "price",
            Self::Stock => "availableAmount",
            Self::Weight => "weight",
            Self::Brand => "brand",
            Self::Model => "model",
            Self::Color => "color",
            Self::Size => "size",
            Self::Gender => "gender",
            Self::Season => "season",
            Self::Category => "category",
            Self::Subcategory => "subcategory",
            Self::Barcode => "barcode",
            Self::Cost => "cost",
            Self::Photo => "photo",
            Self::Store => "store",
            Self::Shelf => "shelf",
        }
    }

    /// A field by its word in any case, with or without `_`, or by a column name that is known for it.
    pub fn parse(text: &str) -> Option<Self> {
        let plain = |text: &str| text.replace(['_', '-', ' '], "").to_lowercase();
        let wanted = plain(text);
        Self::ALL
            .into_iter()
            .find(|field| plain(field.word()) == wanted)
            .or_else(|| Self::named(text))
    }

    const fn names(self) -> &'static [&'static str] {
        match self {
            Self::Sku => SKU,
            Self::Title => TITLE,
            Self::MasterCode => MASTER,
            Self::Code => CODE,
            Self::Price => PRICE,
            Self::Stock => STOCK,
            Self::Weight => WEIGHT,
            Self::Brand => BRAND,
            Self::Model => MODEL,
            Self::Color => COLOR,
            Self::Size => SIZE,
            Self::Gender => GENDER,
            Self::Season => SEASON,
            Self::Category => CATEGORY,
            Self::Subcategory => SUBCATEGORY,
            Self::Barcode => BARCODE,
            Self::Cost => COST,
            Self::Photo => PHOTO,
            Self::Store => STORE,
            Self::Shelf => SHELF,
        }
    }
}

impl ColumnField for ProductField {
    const KEY: Self = Self::Sku;

    fn all() -> &'static [Self] {
        &Self::ALL
    }

    fn word(self) -> &'static str {
        self.word()
    }

    fn named(header: &str) -> Option<Self> {
        let name = bare_name(header);
        Self::ALL
            .into_iter()
            .find(|field| field.names().contains(&name.as_str()))
    }

    fn hinted(header: &str) -> Option<Self> {
        let name = bare_name(header);
        let begins = |starts: &[&str]| {
            name.split(' ')
                .any(|word| starts.iter().any(|start| word.starts_with(start)))
        };
        let hits: Vec<Self> = STARTS
            .into_iter()
            .filter(|(_, starts)| begins(starts))
            .map(|(field, _)| field)
            .collect();
        match hits.as_slice() {
            [Self::Price] if begins(&OTHER_PRICES) => None,
            [one] => Some(*one),
            [Self::Price, Self::Cost] => Some(Self::Cost),
            [Self::Title, Self::Brand] => Some(Self::Brand),
            [Self::Title, Self::Category] => Some(Self::Category),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_columns_of_sellers_sheets_are_known_without_mapping() {
        let columns = "SKU_ID, Kaspi_name_core, Kaspi_art_1, SKU_ID_KSP, Initial_KSP_Price, Stock_entered, Weight_kg, Brend, \
                       Model, Color, Our_Size, Gender, Season, Product_Type, Sub_Category, Store_name";
        let words: Vec<&str> = columns
            .split(", ")
            .map(|name| ProductField::named(name).map_or("?", ProductField::word))
            .collect();
        assert_eq!(
            words.join(", "),
            "merchantProductId, title, masterCode, code, price, availableAmount, weight, brand, model, color, size, gender, \
             season, category, subcategory, store"
        );
    }

    #[test]
    fn names_of_three_languages_are_known() {
        for (header, field) in [
            ("Артикул", ProductField::Sku),
            ("Тауар атауы", ProductField::Title),
            ("Цена, ₸", ProductField::Price),
            ("Бағасы (тг)", ProductField::Price),
            ("Вес, кг", ProductField::Weight),
            ("Салмағы, г", ProductField::Weight),
            ("Штрих-код", ProductField::Barcode),
            ("Түсі", ProductField::Color),
            ("Кол-во", ProductField::Stock),
            ("Себестоимость", ProductField::Cost),
            ("Пол", ProductField::Gender),
        ] {
            assert_eq!(ProductField::named(header), Some(field), "{header}");
        }
    }

    #[test]
    fn no_name_means_two_fields_and_each_is_written_bare() {
        let mut all: Vec<&str> = ProductField::ALL
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
        for (header, field) in [
            ("Цена на сайте", Some(ProductField::Price)),
            ("Закупочная цена без НДС", Some(ProductField::Cost)),
            ("Старая цена", None),
            ("Мин. цена", None),
            ("Название бренда", Some(ProductField::Brand)),
            ("Подкатегория 2", Some(ProductField::Subcategory)),
            ("Комментарий", None),
        ] {
            assert_eq!(ProductField::hinted(header), field, "{header}");
        }
    }

    #[test]
    fn a_field_is_named_by_its_word_in_any_spelling_or_by_a_column_name() {
        for text in ["merchantProductId", "merchant_product_id", "SKU", "артикул"] {
            assert_eq!(ProductField::parse(text), Some(ProductField::Sku), "{text}");
        }
        assert_eq!(ProductField::parse("available_amount"), Some(ProductField::Stock));
        assert_eq!(ProductField::parse("colour of it"), None);
    }
}
