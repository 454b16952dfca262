//! A phone number that a message can be sent to: digits with the country code. Refuses to know whether anybody answers there.

use crate::ChannelError;
use std::fmt;

/// 8 to 15 digits with the country code, without plus. A Kazakhstan number has eleven and begins with 7.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Phone(String);

impl Phone {
    /// Reads what people write: `8 701 123 45 67`, `+7 (701) 123-45-67`, `7011234567`, `87011234567`, `+998 90 123 45 67`.
    ///
    /// # Errors
    /// `Invalid` with the text and how a number is written.
    pub fn parse(text: &str) -> Result<Self, ChannelError> {
        let refuse = || {
            let shown: String = text.chars().take(40).collect();
            ChannelError::Invalid(format!(
                "phone {shown:?}: write it with the code of the country, like +7 701 123 45 67"
            ))
        };
        let trimmed = text.trim();
        let international = trimmed.starts_with('+') || trimmed.starts_with("00");
        let mut digits = String::with_capacity(15);
        for sign in trimmed.chars() {
            match sign {
                '0'..='9' => digits.push(sign),
                '+' | ' ' | '\u{a0}' | '\u{202f}' | '(' | ')' | '-' | '–' | '‑' | '.' | '\t' => {}
                _ => return Err(refuse()),
            }
        }
        if trimmed.chars().filter(|sign| *sign == '+').count() > usize::from(trimmed.starts_with('+')) {
            return Err(refuse());
        }
        if !trimmed.starts_with('+')
            && let Some(rest) = digits.strip_prefix("00")
        {
            digits = rest.to_owned();
        }
        if !international {
            if digits.len() == 11
                && let Some(rest) = digits.strip_prefix('8')
            {
                digits = format!("7{rest}");
            } else if digits.len() == 10 && digits.starts_with('7') {
                digits.insert(0, '7');
            }
        }
        let length_fits = match digits.as_bytes().first() {
            Some(b'7') => digits.len() == 11,
            Some(b'1'..=b'9') => (8..=15).contains(&digits.len()),
            _ => false,
        };
        if length_fits {
            Ok(Self(digits))
        } else {
            Err(refuse())
        }
    }

    /// `77011234567`
    pub fn digits(&self) -> &str {
        &self.0
    }

    /// `+77011234567`
    pub fn e164(&self) -> String {
        format!("+{}", self.0)
    }

    /// `+7701•••4567`: for logs and lists.
    pub fn masked(&self) -> String {
        let head: String = self.0.chars().take(4).collect();
        let tail: String = self.0.chars().skip(self.0.len().saturating_sub(4)).collect();
        format!("+{head}•••{tail}")
    }
}

impl fmt::Debug for Phone {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Phone({})", self.masked())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn a_number_is_read_in_every_spelling_people_use() {
        for text in [
            "+7 (701) 123-45-67",
            "8 701 123 45 67",
            "87011234567",
            "7011234567",
            "77011234567",
            " 8-701-123-45-67 ",
            "007 701 123 45 67",
            "+7\u{a0}701 123‑45‑67",
        ] {
            assert_eq!(Phone::parse(text).unwrap().digits(), "77011234567", "{text}");
        }
        assert_eq!(
            Phone::parse("+998 90 123 45 67").unwrap().digits(),
            "998901234567"
        );
        assert_eq!(
            Phone::parse("+86 138 0013 8000").unwrap().digits(),
            "8613800138000"
        );
    }

    #[test]
    fn what_is_no_number_is_refused_with_its_text() {
        for text in [
            "",
            "701",
            "+7 701 123 45",
            "770112345678",
            "+0123456789",
            "Асель",
            "8701+1234567",
            "1234567890123456",
        ] {
            let error = Phone::parse(text).unwrap_err();
            assert_eq!(error.word(), "invalid", "{text}");
            assert!(error.to_string().contains(text), "{error}");
        }
    }

    #[test]
    fn a_number_is_not_shown_whole_in_logs() {
        assert_eq!(
            format!("{:?}", Phone::parse("87011234567").unwrap()),
            "Phone(+7701•••4567)"
        );
    }

    proptest! {
        #[test]
        fn reading_a_read_number_changes_nothing(tail in 0_u64..10_000_000_000) {
            let text = format!("+7{tail:010}");
            let phone = Phone::parse(&text).unwrap();
            prop_assert_eq!(&phone.e164(), &text);
            prop_assert_eq!(Phone::parse(phone.digits()).unwrap(), phone);
        }
    }
}
