//! One word for what sellers spell in many ways: sizes, genders, seasons; refuses to guess where a spelling is unknown.

use crate::fold;

/// `male`, `female`, `unisex`, `boys`, `girls`, `kids`; `None` for anything else.
pub fn gender_word(text: &str) -> Option<&'static str> {
    let word = fold(&[text]);
    let word = word.trim_end_matches('.');
    Some(match word {
        "м"
        | "муж"
        | "мужской"
        | "мужская"
        | "мужское"
        | "мужские"
        | "мужчина"
        | "мужчины"
        | "для мужчин"
        | "male"
        | "men"
        | "man"
        | "mens"
        | "men's"
        | "m"
        | "ер"
        | "ерлер"
        | "ер адам"
        | "ерлерге"
        | "ер адамдарға" => "male",
        "ж"
        | "жен"
        | "женский"
        | "женская"
        | "женское"
        | "женские"
        | "женщина"
        | "женщины"
        | "для женщин"
        | "female"
        | "women"
        | "woman"
        | "womens"
        | "women's"
        | "w"
        | "f"
        | "әйел"
        | "әйелдер"
        | "әйелдерге" => "female",
        "унисекс" | "unisex" | "мужской, женский" | "для всех" | "у" | "u" | "барлығына" => {
            "unisex"
        }
        "мальчик"
        | "мальчики"
        | "для мальчиков"
        | "мальчиковый"
        | "boy"
        | "boys"
        | "ұл"
        | "ұлдар"
        | "ұлдарға"
        | "ұл балалар" => "boys",
        "девочка"
        | "девочки"
        | "для девочек"
        | "girl"
        | "girls"
        | "қыз"
        | "қыздар"
        | "қыздарға"
        | "қыз балалар" => "girls",
        "дети" | "детский" | "детская" | "детское" | "детские" | "для детей" | "kids" | "kid"
        | "children" | "child" | "балалар" | "балаларға" => "kids",
        _ => return None,
    })
}

/// `winter`, `summer`, `spring_autumn`, `all`; `None` for anything else.
pub fn season_word(text: &str) -> Option<&'static str> {
    let word = fold(&[text]).replace(['-', '/', ','], " ");
    let word = word.split_whitespace().collect::<Vec<_>>().join(" ");
    Some(match word.as_str() {
        "зима" | "зимний" | "зимняя" | "зимнее" | "зимние" | "winter" | "қыс" | "қысқы" => {
            "winter"
        }
        "лето" | "летний" | "летняя" | "летнее" | "летние" | "summer" | "жаз" | "жазғы" => {
            "summer"
        }
        "деми"
        | "демисезон"
        | "демисезонный"
        | "демисезонная"
        | "демисезонное"
        | "демисезонные"
        | "весна осень"
        | "осень весна"
        | "весна"
        | "осень"
        | "spring"
        | "autumn"
        | "fall"
        | "spring autumn"
        | "demi"
        | "demi season"
        | "көктем"
        | "күз"
        | "көктем күз" => "spring_autumn",
        "всесезон"
        | "всесезонный"
        | "всесезонная"
        | "всесезонное"
        | "всесезонные"
        | "круглый год"
        | "all season"
        | "all seasons"
        | "all"
        | "all year"
        | "жыл бойы"
        | "барлық маусым" => "all",
        _ => return None,
    })
}

/// A size as all sheets may share it: `XL` for `хл`, `3XL` for `XXXL`, `48-50` for `48/50`, `ONE` for one size. A size that is
/// known in no such way is given back in capitals without spaces around signs.
pub fn size_word(text: &str) -> String {
    let word = fold(&[text]);
    let word = ["размер", "р-р", "р.", "size", "өлшемі", "өлшем"]
        .iter()
        .find_map(|start| word.strip_prefix(start))
        .unwrap_or(&word)
        .trim();
    if [
        "one size",
        "onesize",
        "os",
        "единый",
        "единый размер",
        "универсальный",
        "универсал",
        "б/р",
        "без размера",
        "free size",
        "бір өлшем",
        "one",
    ]
    .contains(&word)
    {
        return "ONE".to_owned();
    }
    if let Some(letters) = letter_size(word) {
        return letters;
    }
    let mut out = String::with_capacity(word.len());
    for letter in word.chars().filter(|letter| !letter.is_whitespace()) {
        match letter {
            '/' | '–' | '—' | '−' => out.push('-'),
            ',' => out.push('.'),
            other => out.extend(other.to_uppercase()),
        }
    }
    out
}

/// `xxl`, `2xl`, `ххл`, `large` as `2XL`, `L`.
fn letter_size(word: &str) -> Option<String> {
    match word {
        "small" => return Some("S".to_owned()),
        "medium" => return Some("M".to_owned()),
        "large" => return Some("L".to_owned()),
        _ => {}
    }
    let latin: String = word
        .chars()
        .filter(|letter| !letter.is_whitespace() && *letter != '-')
        .map(|letter| match letter {
            'х' => 'x',
            'л' => 'l',
            'м' => 'm',
            'с' => 's',
            other => other,
        })
        .collect();
    let (times, rest) = match latin.chars().next()? {
        digit @ '2'..='9' => (digit.to_digit(10)?, latin.get(1..)?),
        _ => (0, latin.as_str()),
    };
    let crosses = rest.bytes().take_while(|byte| *byte == b'x').count();
    let last = rest.get(crosses..)?;
    if !matches!(last, "s" | "m" | "l")
        || crosses > 8
        || (times > 0 && crosses != 1)
        || (last == "m" && crosses > 0)
    {
        return None;
    }
    let count = if times > 0 {
        usize::try_from(times).ok()?
    } else {
        crosses
    };
    let last = last.to_uppercase();
    Some(match count {
        0 => last,
        1 => format!("X{last}"),
        many => format!("{many}X{last}"),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_size_has_one_spelling() {
        for (text, wanted) in [
            ("xl", "XL"),
            ("ХЛ", "XL"),
            ("XXL", "2XL"),
            ("2хл", "2XL"),
            ("3 XL", "3XL"),
            ("хс", "XS"),
            ("М", "M"),
            ("Large", "L"),
            ("48/50", "48-50"),
            ("48 – 50", "48-50"),
            ("р. 48", "48"),
            ("Размер 42,5", "42.5"),
            ("one size", "ONE"),
            ("единый", "ONE"),
            ("42 eu", "42EU"),
            ("110-116", "110-116"),
        ] {
            assert_eq!(size_word(text), wanted, "{text}");
        }
    }

    #[test]
    fn spelling_a_size_twice_changes_nothing() {
        for text in ["xxl", "48/50", "one size", "М", "р. 48"] {
            let once = size_word(text);
            assert_eq!(size_word(&once), once, "{text}");
        }
    }

    #[test]
    fn genders_and_seasons_of_three_languages_are_known() {
        for (text, wanted) in [
            ("Муж.", "male"),
            ("Женский", "female"),
            ("Әйелдер", "female"),
            ("UNISEX", "unisex"),
            ("для мальчиков", "boys"),
            ("қыздар", "girls"),
            ("Kids", "kids"),
        ] {
            assert_eq!(gender_word(text), Some(wanted), "{text}");
        }
        assert_eq!(gender_word("кошки"), None);
        for (text, wanted) in [
            ("Зима", "winter"),
            ("весна-осень", "spring_autumn"),
            ("Демисезон", "spring_autumn"),
            ("All season", "all"),
            ("жазғы", "summer"),
        ] {
            assert_eq!(season_word(text), Some(wanted), "{text}");
        }
    }
}
