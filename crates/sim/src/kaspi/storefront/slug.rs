//! Latin slugs of Russian titles, in the storefront's own transliteration. Refuses anything but letters, digits and dashes.

/// `Яйцо QARQUS куриное` → `jaitso-qarqus-kurinoe`.
pub fn slug(title: &str) -> String {
    let mut out = String::with_capacity(title.len());
    for letter in title.to_lowercase().chars() {
        let latin = match letter {
            'а' => "a",
            'б' => "b",
            'в' => "v",
            'г' => "g",
            'д' => "d",
            'е' | 'ё' | 'э' => "e",
            'ж' => "zh",
            'з' => "z",
            'и' | 'й' => "i",
            'к' => "k",
            'л' => "l",
            'м' => "m",
            'н' => "n",
            'о' => "o",
            'п' => "p",
            'р' => "r",
            'с' => "s",
            'т' => "t",
            'у' => "u",
            'ф' => "f",
            'х' => "h",
            'ц' => "ts",
            'ч' => "ch",
            'ш' => "sh",
            'щ' => "sch",
            'ы' => "y",
            'ю' => "ju",
            'я' => "ja",
            'ь' | 'ъ' => "",
            other if other.is_ascii_alphanumeric() => {
                out.push(other);
                continue;
            }
            _ => {
                if !out.ends_with('-') && !out.is_empty() {
                    out.push('-');
                }
                continue;
            }
        };
        out.push_str(latin);
    }
    out.trim_end_matches('-').to_owned()
}

#[cfg(test)]
mod tests {
    #[test]
    fn recorded_slugs_come_out() {
        assert_eq!(
            super::slug("Вилка 570619 1 шт, алюминий"),
            "vilka-570619-1-sht-aljuminii"
        );
        assert_eq!(
            super::slug("Apple iPhone 16 128Gb белый"),
            "apple-iphone-16-128gb-belyi"
        );
    }
}
