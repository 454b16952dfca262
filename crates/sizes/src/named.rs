//! The size and the wearer that the name of a piece says, such as the marketplace's own titles do. Refuses names that say two sizes
//! or none, and goods that are not worn.

use crate::size::{Gender, Scale, System, letter, number, plain, spot};
use crate::words::meaning;

/// The noun stands near the beginning: further on it says what the goods are for.
const NOUN_WITHIN: usize = 3;

/// What a name says.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub struct Named<'a> {
    /// As they are written there.
    pub size: Option<&'a str>,
    pub gender: Option<&'a str>,
}

/// Reads the name of a piece, such as `Пуховик Tumar W-201 48 чёрный`.
#[must_use]
pub fn named(name: &str) -> Named<'_> {
    let words: Vec<&str> = name
        .split_whitespace()
        .map(|word| word.trim_matches([',', ';', ':', '(', ')', '[', ']', '"', '«', '»', '.', '№']))
        .filter(|word| !word.is_empty())
        .collect();
    let noun = words
        .iter()
        .take(NOUN_WITHIN)
        .find_map(|word| meaning("worn", word));
    let Some(noun) = noun else {
        return Named::default();
    };
    let whose = |word: &str| meaning("gender", word).and_then(Gender::parse);
    // A letter alone is rather a size than a word.
    let mut told = words.iter().filter(|word| word.chars().nth(1).is_some());
    let told = told.find(|word| whose(word).is_some()).copied();
    let gender = told.and_then(whose);
    let is_size = |word: &&str| is_size(noun, gender, word);
    let marked = words
        .windows(2)
        .filter(|pair| pair.first().is_some_and(|mark| is_mark(mark)))
        .filter_map(|pair| pair.get(1).copied());
    let mut sizes: Vec<&str> = marked.filter(is_size).collect();
    if sizes.is_empty() {
        sizes = words.iter().copied().filter(is_size).collect();
    }
    sizes.dedup();
    Named {
        size: match sizes.as_slice() {
            [only] => Some(only),
            _ => None,
        },
        gender: told,
    }
}

fn is_mark(word: &str) -> bool {
    let bare: String = word.chars().filter(|letter| letter.is_alphabetic()).collect();
    meaning("mark", &bare).is_some()
}

/// Whether a word can be nothing but a size of such goods.
fn is_size(noun: &str, gender: Option<Gender>, word: &str) -> bool {
    // Cyrillic letters alone are prepositions as well.
    if !word.is_ascii() || word.bytes().any(|byte| byte.is_ascii_lowercase()) {
        return false;
    }
    let text = plain(word).1;
    let value = number(&text);
    let within = |from: f64, to: f64| value.is_some_and(|value| (from..=to).contains(&value));
    let is_even = value.is_some_and(|value| value % 2.0 == 0.0) || word.contains(['-', '/']);
    match noun {
        "bra" => spot(System::Bra, Scale::Bra, gender, word).is_some(),
        "shoes" if gender == Some(Gender::Kids) => within(15.0, 42.0),
        "shoes" => within(33.0, 50.0),
        _ if letter(&text).is_some() => true,
        _ if gender == Some(Gender::Kids) => is_even && (within(20.0, 44.0) || within(50.0, 176.0)),
        "jeans" => {
            within(24.0, 60.0)
                || word.starts_with('W') && spot(System::Jeans, Scale::Jeans, gender, word).is_some()
        }
        _ => is_even && within(38.0, 70.0),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_the_marketplace_say_sizes() {
        for (name, size) in [
            ("Пуховик Puma Essentials L31921 48 хаки", Some("48")),
            ("Пуховик W-201 M44690 48 черный", Some("48")),
            ("Кроссовки New Balance 574 R42763 42 черный", Some("42")),
            ("Платье H&M Basic 46 красный", Some("46")),
            ("Рашгард Nike Pro G8183 XL белый", Some("XL")),
            ("Женское платье, размер 48-50, хлопок 95", Some("48-50")),
            ("Комбинезон детский Saiga 104", Some("104")),
            ("Джинсы мужские W32", Some("W32")),
            ("Футболка S/M белая", Some("S/M")),
            ("Футболка, р-р: M, серия 2024", Some("M")),
            // Two sizes, or none, are no size.
            ("Платье 46 48 красный", None),
            ("Рубашка 48 (M)", None),
            ("Куртка с капюшоном", None),
            ("Пуховик 3в1 2024", None),
            // Not worn, or only for what is worn.
            ("Чехол для платья 48", None),
            ("Щётка для обуви 42", None),
            ("Набор губок для обуви кроссовки 42", None),
            ("Смартфон Saiga 50 черный", None),
            ("Сковорода Tumar 26 см", None),
            ("Конструктор Sembo Icons M35811 251 дет.", None),
            ("", None),
        ] {
            assert_eq!(named(name).size, size, "{name}");
        }
    }

    #[test]
    fn who_wears_it_is_said_by_a_word_and_never_by_a_letter() {
        let gender = |name| named(name).gender;
        assert_eq!(gender("Пуховик мужской Tumar 50"), Some("мужской"));
        assert_eq!(gender("Кеды женские 37"), Some("женские"));
        assert_eq!(gender("Куртка M зимняя"), None);
        assert_eq!(gender("Часы мужские"), None);
    }

    #[test]
    fn no_name_breaks_it() {
        for name in [
            "платье",
            "платье 99999999999999999999",
            "ПЛАТЬЕ NaN",
            "платье - / 48-",
            "👗 платье 48",
        ] {
            let _ = named(name);
        }
    }
}
