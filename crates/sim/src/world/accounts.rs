//! People who can sign in, and which shops each may touch. Refuses to keep sessions.

/// A login. Both ways in lead to the same shops.
#[derive(Debug, Clone)]
pub struct Account {
    /// As the login page's mask shows it: `+7 (700) 100-00-01`.
    pub phone: String,
    pub mail: String,
    pub password: String,
    /// Positions of the shops.
    pub shops: Vec<u16>,
}

/// The account that owns this many-th set of shops.
pub fn draw(number: u32, shops: Vec<u16>) -> Account {
    Account {
        phone: format!(
            "+7 (700) 1{:02}-{:02}-{:02}",
            number / 10_000 % 100,
            number / 100 % 100,
            number % 100
        ),
        mail: format!("owner{number}@example.com"),
        password: format!("Sauda-{number:04}"),
        shops,
    }
}

/// The ten digits after +7, or none when the text has another number of digits.
pub fn digits(phone: &str) -> Option<String> {
    let digits: String = phone.chars().filter(char::is_ascii_digit).collect();
    let national = digits.strip_prefix('7').filter(|rest| rest.len() == 10)?;
    Some(national.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn phones_have_the_masks_shape() {
        let account = draw(1, vec![0, 1]);
        assert_eq!(account.phone, "+7 (700) 100-00-01");
        assert_eq!(digits(&account.phone).as_deref(), Some("7001000001"));
        assert_eq!(digits("+7 (700)"), None);
    }
}
