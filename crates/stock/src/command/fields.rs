//! Members of a question, read by name and forgiving in form: numbers as text, decimal commas, per cent. Refuses members
//! that nobody knows, and one thing said twice in two ways.

use super::refusal::Refusal;
use sauda_economics::command::two_readings;
use sauda_kernel::Money;
use serde_json::{Map, Value};

/// An object of the question and where it stands.
pub(super) struct Members<'a> {
    path: String,
    all: &'a Map<String, Value>,
}

impl<'a> Members<'a> {
    /// The members of an object, all of whose names are known.
    pub(super) fn read(path: &str, value: &'a Value, known: &[&[&str]]) -> Result<Self, Refusal> {
        let Value::Object(all) = value else {
            return Err(Refusal::wrong(path, value, "an object"));
        };
        let members = Self {
            path: path.to_owned(),
            all,
        };
        for name in all.keys() {
            if !known.iter().any(|names| names.contains(&name.as_str())) {
                let names: Vec<&str> = known.iter().filter_map(|names| names.first().copied()).collect();
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

    /// The one of these names that is given and not null.
    pub(super) fn get(&self, names: &[&str]) -> Result<Option<(String, &'a Value)>, Refusal> {
        let mut found: Option<(String, &'a Value)> = None;
        for name in names {
            let Some(value) = self.all.get(*name).filter(|value| !is_empty(value)) else {
                continue;
            };
            match &found {
                Some((first, other)) if *other != value => return Err(Refusal::both(first, &self.at(name))),
                Some(_) => {}
                None => found = Some((self.at(name), value)),
            }
        }
        Ok(found)
    }

    /// A number that is not negative.
    pub(super) fn number(&self, names: &[&str]) -> Result<Option<f64>, Refusal> {
        self.get(names)?
            .map(|(path, value)| not_negative(&path, value))
            .transpose()
    }

    pub(super) fn whole(&self, names: &[&str]) -> Result<Option<i64>, Refusal> {
        self.get(names)?
            .map(|(path, value)| pieces(&path, value))
            .transpose()
    }

    /// A share: 0.95, 95, "95%".
    pub(super) fn share(&self, names: &[&str]) -> Result<Option<f64>, Refusal> {
        self.get(names)?
            .map(|(path, value)| share(&path, value))
            .transpose()
    }

    pub(super) fn money(&self, names: &[&str]) -> Result<Option<Money>, Refusal> {
        self.get(names)?
            .map(|(path, value)| money(&path, value))
            .transpose()
    }

    pub(super) fn word(&self, names: &[&str]) -> Result<Option<(String, String)>, Refusal> {
        self.get(names)?
            .map(|(path, value)| match value {
                Value::String(text) => Ok((path, text.trim().to_lowercase().replace(['-', ' '], "_"))),
                _ => Err(Refusal::wrong(&path, value, "a word")),
            })
            .transpose()
    }

    pub(super) fn flag(&self, names: &[&str]) -> Result<Option<bool>, Refusal> {
        self.get(names)?
            .map(|(path, value)| {
                let word = match value {
                    Value::Bool(flag) => return Ok(*flag),
                    Value::String(text) => text.trim().to_lowercase(),
                    other => other.to_string(),
                };
                match word.as_str() {
                    "true" | "yes" | "1" => Ok(true),
                    "false" | "no" | "0" => Ok(false),
                    _ => Err(Refusal::wrong(&path, value, "true or false")),
                }
            })
            .transpose()
    }
}

fn is_empty(value: &Value) -> bool {
    value.is_null() || value.as_str().is_some_and(|text| text.trim().is_empty())
}

/// A number as people write it: blanks between thousands, a decimal comma.
fn written(text: &str) -> Option<f64> {
    decimal(text)?
        .parse()
        .ok()
        .filter(|number: &f64| number.is_finite())
}

/// Digits with at most one point; none when the text is no plain number, or reads two ways.
fn decimal(text: &str) -> Option<String> {
    let text: String = text
        .chars()
        .filter(|one| !one.is_whitespace() && *one != '\u{2019}')
        .collect();
    let is_plain = text
        .chars()
        .all(|one| one.is_ascii_digit() || ",.-+eE".contains(one));
    let marks = text.chars().filter(|one| matches!(one, ',' | '.')).count();
    (is_plain && marks <= 1 && text.chars().any(|one| one.is_ascii_digit())).then(|| text.replace(',', "."))
}

pub(super) fn number(path: &str, value: &Value) -> Result<f64, Refusal> {
    let read = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => written(text),
        _ => None,
    };
    match read {
        Some(number) if number.is_finite() && number.abs() <= LARGEST => Ok(number),
        Some(_) => Err(Refusal::wrong(path, value, "a number up to a billion")),
        None => Err(Refusal::wrong(path, value, "a number")),
    }
}

/// No number of a question is beyond this.
const LARGEST: f64 = 1e9;

pub(super) fn not_negative(path: &str, value: &Value) -> Result<f64, Refusal> {
    let read = number(path, value)?;
    if read < 0.0 {
        return Err(Refusal::wrong(path, value, "zero or more"));
    }
    Ok(read)
}

pub(super) fn pieces(path: &str, value: &Value) -> Result<i64, Refusal> {
    let read = not_negative(path, value)?;
    if (read - read.round()).abs() > 1e-9 {
        return Err(Refusal::wrong(path, value, "a whole number of pieces"));
    }
    Ok(crate::reorder::whole(read))
}

pub(super) fn share(path: &str, value: &Value) -> Result<f64, Refusal> {
    let wanted = "a share between 0 and 1 or per cent between 1 and 100, such as 0.95, 95 or \"95%\"";
    let (number, is_percent) = match value {
        Value::String(text) => match text.trim().strip_suffix('%') {
            Some(percent) => (written(percent), true),
            None => (written(text), false),
        },
        Value::Number(number) => (number.as_f64(), false),
        _ => (None, false),
    };
    let read = number.map(|number| {
        if is_percent || number > 1.0 {
            number / 100.0
        } else {
            number
        }
    });
    read.filter(|share| *share >= 0.0 && *share <= 1.0 && share.is_finite())
        .ok_or_else(|| Refusal::wrong(path, value, wanted))
}

/// A bare number above 1 and under this is rather a slip than a promise in per cent.
const LEAST_PER_CENT: f64 = 50.0;

/// A promise: more than nothing, less than always.
pub(super) fn promise(path: &str, value: &Value) -> Result<f64, Refusal> {
    let read = share(path, value)?;
    let bare = match value {
        Value::Number(number) => number.as_f64(),
        Value::String(text) => written(text),
        _ => None,
    };
    if bare.is_some_and(|number| number > 1.0 && number < LEAST_PER_CENT) {
        return Err(Refusal::new(
            "unclear-promise",
            Some(path),
            format!(
                "{path} is {value}: more than a share can be, and less than anybody promises in per cent"
            ),
            "give a share such as 0.95, or per cent such as 95; \"30%\" when so little is meant",
        ));
    }
    if read <= 0.0 || read >= 0.999_999 {
        return Err(Refusal::new(
            "impossible-promise",
            Some(path),
            format!("{path} is {value}: no stock keeps such a promise for certain"),
            "give a share above 0 and below 1, such as 0.95, 95 or \"95%\"",
        ));
    }
    Ok(read)
}

/// Tenge with at most two decimals.
pub(super) fn money(path: &str, value: &Value) -> Result<Money, Refusal> {
    let wanted = "a sum in tenge, zero or more, with at most two decimals";
    let text = match value {
        Value::Number(number) => number.to_string(),
        Value::String(text) => text.trim_end_matches(['₸', ' ', '\u{a0}']).to_owned(),
        _ => return Err(Refusal::wrong(path, value, wanted)),
    };
    if let Some((whole, cut)) = two_readings(&text) {
        return Err(Refusal::ambiguous(path, &text, &whole, &cut));
    }
    let read = decimal(&text).and_then(|text| {
        let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
        let part = part.trim_end_matches('0');
        let whole: i64 = whole.parse().ok()?;
        let tiyn: i64 = match part.len() {
            0 => 0,
            1 => part.parse::<i64>().ok()? * 10,
            2 => part.parse().ok()?,
            _ => return None,
        };
        (0..=1_000_000_000)
            .contains(&whole)
            .then(|| Money::from_tiyn(whole * 100 + tiyn))
    });
    read.ok_or_else(|| Refusal::wrong(path, value, wanted))
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::json;

    #[test]
    fn numbers_are_read_as_people_write_them_and_never_guessed() {
        assert_eq!(number("x", &json!("1 200,5")).unwrap(), 1_200.5);
        assert_eq!(number("x", &json!(3)).unwrap(), 3.0);
        for bad in [
            json!("1,200.5"),
            json!("many"),
            json!(true),
            json!("1e400"),
            json!(""),
        ] {
            assert!(number("x", &bad).is_err(), "{bad}");
        }
        assert!(pieces("x", &json!(2.5)).is_err());
        assert!(pieces("x", &json!(-1)).is_err());
    }

    #[test]
    fn shares_are_fractions_or_per_cent() {
        for same in [
            json!(0.95),
            json!(95),
            json!("95%"),
            json!("0,95"),
            json!("95 %"),
            json!("95"),
        ] {
            assert!((share("x", &same).unwrap() - 0.95).abs() < 1e-12, "{same}");
        }
        for told in [json!(0.3), json!("30%"), json!("1.5%"), json!(50), json!("50")] {
            assert!(promise("x", &told).is_ok(), "{told}");
        }
        for bad in [
            json!(1.5),
            json!("1,5"),
            json!(49.9),
            json!("30"),
            json!(0),
            json!(1),
            json!(100),
            json!("100%"),
            json!(-5),
            json!(130),
        ] {
            assert!(promise("x", &bad).is_err(), "{bad}");
        }
    }

    #[test]
    fn tenge_become_tiyn_exactly_or_are_refused() {
        assert_eq!(money("x", &json!(1_250.5)).unwrap(), Money::from_tiyn(125_050));
        assert_eq!(
            money("x", &json!("1 250,05 ₸")).unwrap(),
            Money::from_tiyn(125_005)
        );
        assert_eq!(money("x", &json!(0.29)).unwrap(), Money::from_tiyn(29));
        assert!(money("x", &json!("0,500")).is_ok());
        for bad in [
            json!(1.234),
            json!(-1),
            json!("12 kg"),
            json!(1e12),
            json!("6,500"),
        ] {
            assert!(money("x", &bad).is_err(), "{bad}");
        }
    }
}
