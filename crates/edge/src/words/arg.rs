//! A value that is put into a text. Numbers choose the plural form and are shown in groups; texts are shown as they are.

use fluent_bundle::FluentValue;
use sauda_kernel::{Money, Tenge};

#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Arg {
    Text(String),
    Number(i64),
}

impl Arg {
    pub(super) fn fluent(&self) -> FluentValue<'_> {
        match self {
            Self::Text(text) => FluentValue::from(text.as_str()),
            Self::Number(number) => FluentValue::from(*number),
        }
    }
}

impl From<&str> for Arg {
    fn from(text: &str) -> Self {
        Self::Text(text.to_owned())
    }
}
impl From<String> for Arg {
    fn from(text: String) -> Self {
        Self::Text(text)
    }
}
impl From<i64> for Arg {
    fn from(number: i64) -> Self {
        Self::Number(number)
    }
}
impl From<i32> for Arg {
    fn from(number: i32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<u32> for Arg {
    fn from(number: u32) -> Self {
        Self::Number(i64::from(number))
    }
}
impl From<u64> for Arg {
    fn from(number: u64) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
impl From<usize> for Arg {
    fn from(number: usize) -> Self {
        Self::Number(i64::try_from(number).unwrap_or(i64::MAX))
    }
}
/// `38 740 ₸`.
impl From<Tenge> for Arg {
    fn from(price: Tenge) -> Self {
        Self::Text(crate::format::tenge(price))
    }
}
/// `38 740,50 ₸`.
impl From<Money> for Arg {
    fn from(sum: Money) -> Self {
        Self::Text(crate::format::money(sum))
    }
}
