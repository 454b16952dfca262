//! Phone numbers for people.

use super::SPACE;

/// `+7 701 000 12 34`; other lengths stay as they are.
pub fn phone(stored: &str) -> String {
    let digits: Vec<char> = stored.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        [country, a, b, c, d, e, f, g, h, i, j] => {
            format!("+{country}{SPACE}{a}{b}{c}{SPACE}{d}{e}{f}{SPACE}{g}{h}{SPACE}{i}{j}")
        }
        _ => stored.to_owned(),
    }
}

/// `+7 701 ••• 12 34`, for those without the right to see it.
pub fn phone_masked(stored: &str) -> String {
    sauda_accounts::mask_phone(stored)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_are_spaced_and_masked() {
        assert_eq!(phone("+77010001234"), "+7\u{a0}701\u{a0}000\u{a0}12\u{a0}34");
        assert_eq!(
            phone_masked("+77010001234"),
            "+7\u{a0}701\u{a0}•••\u{a0}12\u{a0}34"
        );
        assert_eq!(phone("102"), "102");
    }
}
