//! Members of a question, read by name and forgiving in form: numbers as text, decimal commas, units. Refuses members that
//! nobody knows.

use super::refusal::Refusal;
use crate::buyer::Fit;
use crate::size::{Gender, System};
use crate::words::{meaning, meanings};
use serde_json::Value;

/// An object of the question and where it stands.
pub(super) struct Members<'a> {
    path: &'a str,
    /// A list, not a map: a dozen names are found sooner by their lengths.
    all: Vec<(&'a str, &'a Value)>,
}

impl<'a> Members<'a> {
    /// The members of an object, all of whose names are known; `known` holds `name` or `alias=name`.
    pub(super) fn read(path: &'a str, value: &'a Value, known: &[&str]) -> Result<Self, Refusal> {
        let Value::Object(all) = value else {
            return Err(Refusal::wrong(path, value, "an object"));
        };
        let all = all.iter().map(|(name, value)| (name.as_str(), value)).collect();
        let members = Self { path, all };
        for (name, _) in &members.all {
            if !known.iter().any(|one| is_called(one, name)) {
                let names: Vec<&str> = known.iter().copied().filter(|one| !one.contains('=')).collect();
                return Err(Refusal::unknown(&members.at(name), &names));
            }
        }
        Ok(members)
    }

    pub(super) fn at(&self, name: &str) -> String {
        if self.path.is_empty() {
            name.to_owned()
        } else {
            format!("{}.{name}", self.path)
        }
    }

    /// The first of these names that is given and not empty.
    pub(super) fn get(&self, names: &[&'static str]) -> Option<(&'static str, &'a Value)> {
        names.iter().find_map(|name| {
            let (_, value) = self
                .all
                .iter()
                .find(|(one, _)| one.len() == name.len() && one == name)?;
            let empty = value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty());
            (!empty).then_some((*name, *value))
        })
    }

    /// Two names of one thing may not both be given, unless they agree.
    fn single(&self, names: &[&'static str]) -> Result<Option<(&'static str, &'a Value)>, Refusal> {
        let Some((name, value)) = self.get(names) else {
            return Ok(None);
        };
        for other in names.iter().filter(|other| **other != name) {
            if let Some((_, second)) = self.get(&[other])
                && second != value
            {
                let message = format!("{} and {} say different things", self.at(name), self.at(other));
                return Err(Refusal::new(
                    "conflicting-fields",
                    Some(&self.at(other)),
                    message,
                    "give one of the two",
                ));
            }
        }
        Ok(Some((name, value)))
    }

    pub(super) fn number(&self, names: &[&'static str], unit: Unit) -> Result<Option<f64>, Refusal> {
        let Some((name, value)) = self.single(names)? else {
            return Ok(None);
        };
        let read = match value {
            Value::Number(number) => number.as_f64(),
            Value::String(text) => unit.read(text),
            _ => None,
        };
        match read.filter(|value| value.is_finite()) {
            Some(number) => Ok(Some(number)),
            None => Err(Refusal::wrong(&self.at(name), value, unit.wanted())),
        }
    }

    /// A text; whole numbers are texts too.
    pub(super) fn text(&self, names: &[&'static str]) -> Result<Option<String>, Refusal> {
        let Some((name, value)) = self.single(names)? else {
            return Ok(None);
        };
        text(value)
            .map(Some)
            .ok_or_else(|| Refusal::wrong(&self.at(name), value, "text or a number"))
    }

    pub(super) fn flag(&self, names: &[&'static str]) -> Result<Option<bool>, Refusal> {
        let Some((name, value)) = self.single(names)? else {
            return Ok(None);
        };
        let word = value.as_str().map(str::to_lowercase);
        match (value, word.as_deref()) {
            (Value::Bool(flag), _) => Ok(Some(*flag)),
            (_, Some("true" | "yes" | "1")) => Ok(Some(true)),
            (_, Some("false" | "no" | "0")) => Ok(Some(false)),
            _ => Err(Refusal::wrong(&self.at(name), value, "true or false")),
        }
    }

    fn word(&self, names: &[&'static str], kind: &str) -> Result<Option<&'static str>, Refusal> {
        let Some((name, value)) = self.single(names)? else {
            return Ok(None);
        };
        let found = value.as_str().and_then(|word| meaning(kind, word));
        found.map(Some).ok_or_else(|| {
            Refusal::wrong(
                &self.at(name),
                value,
                &format!("one of {}", meanings(kind).join(", ")),
            )
        })
    }

    pub(super) fn gender(&self) -> Result<Option<Gender>, Refusal> {
        Ok(self.word(&["gender", "sex"], "gender")?.map(|word| match word {
            "women" => Gender::Women,
            "men" => Gender::Men,
            "kids" => Gender::Kids,
            _ => Gender::Unisex,
        }))
    }

    pub(super) fn fit(&self) -> Result<Option<Fit>, Refusal> {
        Ok(self.word(&["fit", "outcome"], "fit")?.map(|word| match word {
            "small" => Fit::Small,
            "large" => Fit::Large,
            _ => Fit::Fit,
        }))
    }

    pub(super) fn kind(&self) -> Result<Option<&'static str>, Refusal> {
        self.word(&["kind"], "kind")
    }

    /// The system, and whether it is the Chinese kind of letters.
    pub(super) fn system(&self) -> Result<(Option<System>, bool), Refusal> {
        if let Some((_, Value::String(word))) = self.get(&["system", "size_system"])
            && matches!(word.trim().to_lowercase().as_str(), "shoes" | "shoes_eu")
        {
            return Ok((Some(System::Shoes), false));
        }
        let word = self.word(&["system", "size_system"], "system")?;
        Ok((word.and_then(system_of), word == Some("cn")))
    }

    pub(super) fn body_type(&self) -> Result<Option<usize>, Refusal> {
        let word = self.word(&["body_type"], "body")?;
        Ok(word.and_then(|word| {
            crate::learned::features::BODY_TYPES
                .iter()
                .position(|one| *one == word)
        }))
    }

    pub(super) fn list(&self, name: &'static str) -> Result<&'a [Value], Refusal> {
        match self.get(&[name]) {
            None => Ok(&[]),
            Some((_, Value::Array(list))) => Ok(list),
            Some((_, other)) => Err(Refusal::wrong(&self.at(name), other, "a list")),
        }
    }
}

/// The system a word means.
pub(super) fn system_of(word: &str) -> Option<System> {
    Some(match word {
        "dress" => System::Dress,
        "us" => System::Us,
        "eu" => System::Eu,
        "ru" => System::Ru,
        "int" | "cn" => System::Int,
        "kids" => System::Kids,
        "age" => System::Age,
        "jeans" => System::Jeans,
        "bra" => System::Bra,
        _ => return None,
    })
}

pub(super) fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(text.trim().to_owned()),
        // 46.0 is 46 for everybody.
        Value::Number(number) => {
            let text = number.to_string();
            Some(text.strip_suffix(".0").map_or(text.clone(), str::to_owned))
        }
        _ => None,
    }
}

/// Whether `name` or `alias=name` of the list begins with this name.
fn is_called(one: &str, name: &str) -> bool {
    // Most names differ in their first letter; looking at it is cheaper than comparing texts.
    one.as_bytes().first() == name.as_bytes().first()
        && one
            .strip_prefix(name)
            .is_some_and(|rest| rest.is_empty() || rest.starts_with('='))
}

/// What a number counts.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Unit {
    Centimetres,
    Kilograms,
    Plain,
}

impl Unit {
    fn wanted(self) -> &'static str {
        match self {
            Self::Centimetres => "a number of centimetres",
            Self::Kilograms => "a number of kilograms",
            Self::Plain => "a number",
        }
    }

    /// `170`, `170,5 cm`, `5' 6"`, `137 lbs`.
    fn read(self, text: &str) -> Option<f64> {
        let text = text.trim().to_lowercase().replace(',', ".");
        if self == Self::Centimetres
            && let Some((feet, inches)) = text.split_once('\'')
        {
            let inches = inches.trim().trim_end_matches('"').trim();
            let inches = if inches.is_empty() {
                0.0
            } else {
                inches.parse::<f64>().ok()?
            };
            return Some((feet.trim().parse::<f64>().ok()? * 12.0 + inches) * 2.54);
        }
        let cut = text.find(|sign: char| !(sign.is_ascii_digit() || sign == '.' || sign == '-'));
        let (digits, unit) = text.split_at(cut.unwrap_or(text.len()));
        let value = digits.trim().parse::<f64>().ok()?;
        match (self, unit.trim().trim_end_matches('.')) {
            (_, "") => Some(value),
            (Self::Centimetres, "cm" | "\u{441}\u{43c}") => Some(value),
            (Self::Centimetres, "m" | "\u{43c}") => Some(value * 100.0),
            (Self::Centimetres, "mm" | "\u{43c}\u{43c}") => Some(value / 10.0),
            (Self::Centimetres, "in" | "\"") => Some(value * 2.54),
            (Self::Kilograms, "kg" | "\u{43a}\u{433}") => Some(value),
            (Self::Kilograms, "lb" | "lbs") => Some(value * 0.453_592),
            _ => None,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_are_read_with_commas_and_units() {
        let cm = |text: &str| Unit::Centimetres.read(text);
        assert_eq!(cm("170"), Some(170.0));
        assert_eq!(cm("170,5 cm"), Some(170.5));
        assert_eq!(cm("170 \u{441}\u{43c}"), Some(170.0));
        assert_eq!(cm("1.7 m"), Some(170.0));
        assert!((cm("5' 6\"").unwrap() - 167.64).abs() < 1e-9);
        assert!((Unit::Kilograms.read("137lbs").unwrap() - 62.142_104).abs() < 1e-6);
        assert_eq!(cm("tall"), None);
        assert_eq!(cm("170 kg"), None);
    }
}
