//! Reads what people type into a form of settings and collects what cannot be read. Refuses to judge values: the room does.

use crate::views::parts::{Form, Told};
use sauda_edge::format::{read_share, read_tenge};
use sauda_kernel::{BasisPoints, Tenge};
use sauda_pricing::model::{Amount, ClockTime};
use std::collections::BTreeMap;

/// What the form sent, by the names of its fields.
pub(super) type Typed = BTreeMap<String, String>;

/// A form that is being read; what cannot be read stands in `form` afterwards, next to what was typed.
pub(super) struct Reader {
    pub form: Form,
}

impl Reader {
    pub fn new(typed: Typed) -> Self {
        Self {
            form: Form {
                values: typed,
                ..Form::default()
            },
        }
    }

    /// What was typed, without spaces around it; empty when the field is not there.
    pub fn text(&self, name: &str) -> String {
        self.form
            .values
            .get(name)
            .map(|text| text.trim().to_owned())
            .unwrap_or_default()
    }

    /// Whether a box is ticked.
    pub fn ticked(&self, name: &str) -> bool {
        self.form.values.get(name).is_some_and(|text| text == "on")
    }

    fn refuse(&mut self, name: &str, said: Told) {
        self.form = std::mem::take(&mut self.form).refuse(name, said);
    }

    /// Reads a field; an empty one is `None`, one that cannot be read is refused.
    fn read<T>(&mut self, name: &str, code: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name);
        if text.is_empty() {
            return None;
        }
        let read = parse(&text);
        if read.is_none() {
            self.refuse(name, Told::new(code).arg("value", text));
        }
        read
    }

    /// A value that must be there.
    pub fn need<T>(&mut self, name: &str, read: impl FnOnce(&mut Self, &str) -> Option<T>) -> Option<T> {
        if self.text(name).is_empty() {
            self.refuse(name, Told::new("web-number-empty"));
            return None;
        }
        read(self, name)
    }

    pub fn whole<T: TryFrom<i64>>(&mut self, name: &str) -> Option<T> {
        self.read(name, "web-number-form", |text| {
            let digits: String = text.chars().filter(|letter| !letter.is_whitespace()).collect();
            digits
                .parse::<i64>()
                .ok()
                .and_then(|number| T::try_from(number).ok())
        })
    }

    pub fn tenge(&mut self, name: &str) -> Option<Tenge> {
        self.read(name, "web-number-form", read_tenge)
    }

    /// A share in percent.
    pub fn share(&mut self, name: &str) -> Option<BasisPoints> {
        self.read(name, "web-decimal-form", read_share)
    }

    /// A rating such as `4,5`, in thousandths.
    pub fn rating(&mut self, name: &str) -> Option<i32> {
        self.read(name, "web-decimal-form", |text| {
            read_share(text)?.0.checked_mul(10)
        })
    }

    /// Tenge or a share, by the unit chosen beside the field.
    pub fn amount(&mut self, name: &str) -> Option<Amount> {
        if self.text(&format!("{name}_unit")) == "tenge" {
            return self.tenge(name).map(|tenge| Amount::Tenge(tenge.get()));
        }
        self.share(name).map(|share| Amount::Bp(share.0))
    }

    /// A time of day such as `8:30`.
    pub fn clock(&mut self, name: &str) -> Option<ClockTime> {
        self.read(name, "web-clock-form", |text| {
            let (hour, minute) = text.split_once(':').unwrap_or((text, "0"));
            let (hour, minute): (u16, u16) = (hour.parse().ok()?, minute.parse().ok()?);
            (hour < 24 && minute < 60)
                .then(|| ClockTime::from_minute(hour * 60 + minute))
                .flatten()
        })
    }

    /// One of the words of a choice.
    pub fn word<T>(&mut self, name: &str, parse: impl FnOnce(&str) -> Option<T>) -> Option<T> {
        let text = self.text(name);
        let read = parse(&text);
        if read.is_none() {
            self.refuse(name, Told::new("invalid-value").arg("value", text));
        }
        read
    }

    /// Adds a refusal of our own.
    pub fn wrong(&mut self, name: &str, code: &str, value: &str) {
        self.refuse(name, Told::new(code).arg("value", value));
    }

    pub fn is_good(&self) -> bool {
        self.form.refusals.is_empty()
    }
}

/// A share as a field shows it: `15`, `15,5`, `0,25`.
pub(super) fn share_text(share: i32) -> String {
    decimal(i64::from(share), 100)
}

/// A rating as a field shows it: `4,5`.
pub(super) fn rating_text(milli: i32) -> String {
    decimal(i64::from(milli) / 10, 100)
}

/// A whole number of hundredths (or of another part) with as many digits as it needs.
pub(super) fn decimal(value: i64, parts: i64) -> String {
    let (whole, rest) = (value / parts, (value % parts).abs());
    if rest == 0 {
        return whole.to_string();
    }
    let width = parts.to_string().len().saturating_sub(1);
    format!("{whole},{rest:0width$}").trim_end_matches('0').to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn reader(pairs: &[(&str, &str)]) -> Reader {
        Reader::new(
            pairs
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect(),
        )
    }

    #[test]
    fn shares_and_ratings_are_shown_as_they_are_read() {
        for (share, text) in [(1_500, "15"), (1_550, "15,5"), (25, "0,25"), (100, "1")] {
            assert_eq!(share_text(share), text);
            assert_eq!(reader(&[("x", text)]).share("x"), Some(BasisPoints(share)));
        }
        assert_eq!(rating_text(4_500), "4,5");
        assert_eq!(reader(&[("x", "4,5")]).rating("x"), Some(4_500));
    }

    #[test]
    fn what_cannot_be_read_is_refused_at_its_field() {
        let mut form = reader(&[("step", "десять"), ("from", "25:00"), ("max", "")]);
        assert_eq!(form.tenge("step"), None);
        assert_eq!(form.clock("from"), None);
        assert_eq!(form.tenge("max"), None);
        assert_eq!(form.need("max", Reader::tenge), None);
        let fields: Vec<&str> = form
            .form
            .refusals
            .iter()
            .map(|refusal| refusal.field.as_str())
            .collect();
        assert_eq!(fields, ["step", "from", "max"]);
        assert!(!form.is_good());
    }

    #[test]
    fn amounts_follow_their_unit() {
        assert_eq!(
            reader(&[("x", "5"), ("x_unit", "tenge")]).amount("x"),
            Some(Amount::Tenge(5))
        );
        assert_eq!(
            reader(&[("x", "5"), ("x_unit", "percent")]).amount("x"),
            Some(Amount::Bp(500))
        );
    }
}
