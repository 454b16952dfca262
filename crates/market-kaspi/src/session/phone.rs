//! Phones and mails as Kaspi wants to read them and as people may see them. Refuses numbers that are not Kazakhstan's mobiles.

use sauda_market::MarketError;

/// `+7 (7XX) XXX-XX-XX` from any spelling.
///
/// # Errors
/// `Invalid` when it is not a Kazakhstan mobile number; the number itself is not repeated.
pub fn formatted(phone: &str) -> Result<String, MarketError> {
    let wrong = || {
        MarketError::Invalid(
            "the phone must be a Kazakhstan mobile number of ten digits after +7, like +7 700 123-45-67"
                .to_owned(),
        )
    };
    let mut digits = String::with_capacity(11);
    for letter in phone.chars() {
        match letter {
            '0'..='9' => digits.push(letter),
            '+' | '(' | ')' | '-' | '.' | '–' | '—' => {}
            other if other.is_whitespace() => {}
            _ => return Err(wrong()),
        }
    }
    let ten = match digits.len() {
        10 => digits.as_str(),
        11 => digits
            .strip_prefix('7')
            .or_else(|| digits.strip_prefix('8'))
            .ok_or_else(wrong)?,
        _ => return Err(wrong()),
    };
    let parts = (ten.get(0..3), ten.get(3..6), ten.get(6..8), ten.get(8..10));
    let (Some(operator), Some(first), Some(second), Some(third)) = parts else {
        return Err(wrong());
    };
    if !operator.starts_with('7') {
        return Err(wrong());
    }
    Ok(format!("+7 ({operator}) {first}-{second}-{third}"))
}

/// `+7 (7••) •••-00-01` from a formatted number.
pub fn masked(formatted: &str) -> String {
    let count = formatted.chars().filter(char::is_ascii_digit).count();
    let mut place = 0;
    let mask = |letter: char| {
        if !letter.is_ascii_digit() {
            return letter;
        }
        place += 1;
        if place <= 2 || place + 4 > count {
            letter
        } else {
            '•'
        }
    };
    formatted.chars().map(mask).collect()
}

/// `o•••@example.com`.
pub fn masked_mail(mail: &str) -> String {
    let (name, host) = mail.split_once('@').unwrap_or((mail, ""));
    let first: String = name.chars().take(1).collect();
    if host.is_empty() {
        format!("{first}•••")
    } else {
        format!("{first}•••@{host}")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn any_spelling_becomes_the_mask_of_the_page() {
        for phone in [
            "+7 (700) 000-00-01",
            "87000000001",
            "77000000001",
            "7000000001",
            "+7 700 000 00 01",
            "8 (700) 000–00–01",
            "\u{a0}7.700.000.00.01",
        ] {
            assert_eq!(formatted(phone).as_deref(), Ok("+7 (700) 000-00-01"), "{phone}");
        }
        for wrong in [
            "",
            "700",
            "+1 700 000 00 01 22",
            "97000000001",
            "+7 900 000 00 01",
            "+7 700 000 00 0x",
            "owner@example.com",
        ] {
            let error = formatted(wrong).unwrap_err();
            assert_eq!(error.word(), "invalid", "{wrong}");
        }
    }

    #[test]
    fn what_people_see_hides_the_middle() {
        assert_eq!(masked("+7 (700) 000-00-01"), "+7 (7••) •••-00-01");
        assert_eq!(masked_mail("owner@example.com"), "o•••@example.com");
        assert_eq!(masked_mail("владелец"), "в•••");
    }
}
