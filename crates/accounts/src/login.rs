//! What people sign in with: a mail address or a phone number, in one spelling. Refuses to look anything up.

use crate::AccountsError;
use std::fmt;

/// How a login is spelled.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum LoginKind {
    Mail,
    Phone,
}

impl LoginKind {
    pub(crate) const fn word(self) -> &'static str {
        match self {
            Self::Mail => "mail",
            Self::Phone => "phone",
        }
    }
}

/// A login in its one stored spelling: mail in lower case, phone as `+77010001234`.
#[derive(Clone, PartialEq, Eq, Hash)]
pub struct Login {
    text: String,
}

impl fmt::Debug for Login {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Login(***)")
    }
}

const LONGEST_MAIL: usize = 254;

impl Login {
    /// Reads any spelling: `8 701 000 12 34`, `+7 (701) 000-12-34`, ` Aru@Mail.kz `. Numbers without a country are Kazakh.
    ///
    /// # Errors
    /// When it is neither.
    pub fn parse(typed: &str) -> Result<Self, AccountsError> {
        let typed = typed.trim();
        let found = if typed.contains('@') {
            mail(typed)
        } else {
            phone(typed)
        };
        found
            .map(|text| Self { text })
            .ok_or_else(|| AccountsError::BadLogin(typed.chars().take(80).collect()))
    }

    pub(crate) const fn stored(text: String) -> Self {
        Self { text }
    }

    pub fn as_str(&self) -> &str {
        &self.text
    }

    pub fn kind(&self) -> LoginKind {
        if self.text.contains('@') {
            LoginKind::Mail
        } else {
            LoginKind::Phone
        }
    }

    /// As shown to others: `a…@mail.kz`, `+7 701 ••• 12 34`.
    pub fn masked(&self) -> String {
        match self.text.split_once('@') {
            Some((name, host)) => format!("{}…@{host}", name.chars().take(1).collect::<String>()),
            None => mask_phone(&self.text),
        }
    }
}

fn mail(typed: &str) -> Option<String> {
    let folded = typed.to_lowercase();
    let (name, host) = folded.rsplit_once('@')?;
    let plain = |text: &str| {
        !text.is_empty()
            && !text.chars().any(|letter| {
                letter.is_whitespace() || letter.is_control() || "<>()[],;:\\\"@".contains(letter)
            })
    };
    let named_host =
        host.contains('.') && !host.starts_with('.') && !host.ends_with('.') && !host.contains("..");
    (plain(name) && plain(host) && named_host && folded.len() <= LONGEST_MAIL).then_some(folded)
}

fn phone(typed: &str) -> Option<String> {
    if typed.len() > 40 || typed.chars().any(char::is_alphabetic) {
        return None;
    }
    let digits: String = typed.chars().filter(char::is_ascii_digit).collect();
    // People write the same number with 8, with 7 and with neither; the parser takes the bare 7 of 701… for a country.
    let international = match (typed.starts_with('+'), digits.len(), digits.chars().next()) {
        (false, 10, Some('7')) => format!("+7{digits}"),
        (false, 11, Some('7')) => format!("+{digits}"),
        _ => typed.to_owned(),
    };
    let number = phonenumber::parse(Some(phonenumber::country::Id::KZ), international).ok()?;
    number
        .is_valid()
        .then(|| number.format().mode(phonenumber::Mode::E164).to_string())
}

/// `+77010001234` as `+7 701 ••• 12 34`; other lengths keep the first two and the last two digits.
pub fn mask_phone(phone: &str) -> String {
    let digits: Vec<char> = phone.chars().filter(char::is_ascii_digit).collect();
    match digits.as_slice() {
        [country, a, b, c, _, _, _, d, e, f, g] => {
            format!("+{country}\u{a0}{a}{b}{c}\u{a0}•••\u{a0}{d}{e}\u{a0}{f}{g}")
        }
        [a, b, .., y, z] if digits.len() > 5 => format!("+{a}{b}\u{a0}•••\u{a0}{y}{z}"),
        _ => "•••".to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_spelling_of_a_login_is_one_login() {
        for typed in [
            "+7 701 000 12 34",
            "8 701 000 12 34",
            "87010001234",
            "77010001234",
            "7010001234",
            "701 000-12-34",
            " +7(701)000-12-34 ",
            "+77010001234",
        ] {
            assert_eq!(
                Login::parse(typed)
                    .map(|login| login.as_str().to_owned())
                    .ok()
                    .as_deref(),
                Some("+77010001234"),
                "{typed}"
            );
        }
        assert_eq!(Login::parse(" Aru@Mail.KZ").unwrap().as_str(), "aru@mail.kz");
    }

    #[test]
    fn what_is_no_login_is_refused() {
        for typed in [
            "",
            "   ",
            "aru",
            "12",
            "a@b",
            "@mail.kz",
            "a b@mail.kz",
            "aru@mail..kz",
            "+7 701 000",
            "<a@b.kz>",
        ] {
            assert!(Login::parse(typed).is_err(), "{typed}");
        }
    }

    #[test]
    fn others_see_a_masked_login() {
        assert_eq!(
            Login::parse("+77010001234").unwrap().masked(),
            "+7\u{a0}701\u{a0}•••\u{a0}12\u{a0}34"
        );
        assert_eq!(Login::parse("aru@mail.kz").unwrap().masked(), "a…@mail.kz");
    }
}
