//! JSON of strangers, read so that a name told twice in one object is found out. Refuses to choose which of the two was meant.

use serde::de::{DeserializeSeed, Deserializer, Error, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};
use std::fmt;

/// A document, and what it says twice.
#[derive(Debug, Clone, PartialEq)]
pub struct ReadJson {
    /// Where a name came twice, what it was first.
    pub value: Value,
    /// Path of the first name that came twice in one object, such as `items[1].price`.
    pub repeated: Option<String>,
}

/// Reads one JSON document.
///
/// # Errors
/// When it is none.
pub fn read_json(bytes: &[u8]) -> Result<ReadJson, serde_json::Error> {
    let mut reader = serde_json::Deserializer::from_slice(bytes);
    let mut repeated = None;
    let value = Part(&mut repeated).deserialize(&mut reader)?;
    reader.end()?;
    Ok(ReadJson { value, repeated })
}

/// One value at any depth; the path of what came twice grows while the values around it end.
struct Part<'a>(&'a mut Option<String>);

impl Part<'_> {
    /// Reads a value inside of this one, by the deserializer of its member or place.
    fn inside<T>(&mut self, place: impl FnOnce() -> String, read: impl FnOnce(Part<'_>) -> T) -> T {
        let is_known = self.0.is_some();
        let read = read(Part(&mut *self.0));
        if !is_known && let Some(path) = self.0.take() {
            let dot = if path.starts_with('[') { "" } else { "." };
            *self.0 = Some(format!("{}{dot}{path}", place()));
        }
        read
    }
}

impl<'de> DeserializeSeed<'de> for Part<'_> {
    type Value = Value;

    fn deserialize<D: Deserializer<'de>>(self, from: D) -> Result<Value, D::Error> {
        from.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Part<'_> {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("any JSON value")
    }

    fn visit_unit<E: Error>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E: Error>(self, told: bool) -> Result<Value, E> {
        Ok(Value::Bool(told))
    }

    fn visit_i64<E: Error>(self, told: i64) -> Result<Value, E> {
        Ok(Value::from(told))
    }

    fn visit_u64<E: Error>(self, told: u64) -> Result<Value, E> {
        Ok(Value::from(told))
    }

    fn visit_f64<E: Error>(self, told: f64) -> Result<Value, E> {
        Ok(Number::from_f64(told).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E: Error>(self, told: &str) -> Result<Value, E> {
        Ok(Value::from(told))
    }

    fn visit_string<E: Error>(self, told: String) -> Result<Value, E> {
        Ok(Value::String(told))
    }

    fn visit_seq<A: SeqAccess<'de>>(mut self, mut from: A) -> Result<Value, A::Error> {
        let mut all = Vec::new();
        loop {
            let place = all.len();
            let one = self.inside(|| format!("[{place}]"), |part| from.next_element_seed(part))?;
            match one {
                Some(one) => all.push(one),
                None => return Ok(Value::Array(all)),
            }
        }
    }

    fn visit_map<A: MapAccess<'de>>(mut self, mut from: A) -> Result<Value, A::Error> {
        let mut all = Map::new();
        while let Some(name) = from.next_key::<String>()? {
            let told = self.inside(|| name.clone(), |part| from.next_value_seed(part))?;
            if all.contains_key(&name) {
                self.0.get_or_insert(name);
            } else {
                all.insert(name, told);
            }
        }
        Ok(Value::Object(all))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn repeated(text: &str) -> Option<String> {
        read_json(text.as_bytes()).unwrap().repeated
    }

    #[test]
    fn a_name_that_comes_twice_is_told_with_its_path_at_any_depth() {
        for (text, path) in [
            (r#"{"date":1,"price":2}"#, None),
            (r#"{"date":1,"date":1}"#, Some("date")),
            (r#"{"a":{"date":1},"b":{"date":1}}"#, None),
            (r#"{"a":[{"x":1},{"x":1,"y":{"z":1,"z":2}}]}"#, Some("a[1].y.z")),
            (r#"[[{"a":1,"a":2}]]"#, Some("[0][0].a")),
            (r#"{"a":{"b":1,"b":2},"a":3,"c":{"d":1,"d":1}}"#, Some("a.b")),
            ("{\"\\u0061\":1,\"a\":2}", Some("a")),
        ] {
            assert_eq!(repeated(text).as_deref(), path, "{text}");
        }
        let told = read_json(br#"{"id":7,"a":1,"a":2}"#).unwrap();
        assert_eq!(told.value, serde_json::json!({"id": 7, "a": 1}));
    }

    #[test]
    fn what_is_no_json_is_refused_as_ever() {
        for text in [
            "",
            "{",
            "{\"a\":1}}",
            "{\"a\":1} x",
            "nonsense",
            "[1,]",
            "\u{feff}1",
        ] {
            let ours = read_json(text.as_bytes()).unwrap_err().to_string();
            let plain = serde_json::from_str::<Value>(text).unwrap_err().to_string();
            assert_eq!(ours, plain, "{text}");
        }
        let deep = "[".repeat(200);
        assert!(
            read_json(deep.as_bytes())
                .unwrap_err()
                .to_string()
                .contains("recursion limit")
        );
        assert!(read_json(b"\"\xff\"").is_err());
    }

    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<u64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
        ];
        leaf.prop_recursive(4, 40, 6, |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..6).prop_map(Value::from),
                prop::collection::btree_map(".{0,4}", inner, 0..6)
                    .prop_map(|all| Value::Object(all.into_iter().collect())),
            ]
        })
    }

    proptest! {
        #[test]
        fn what_says_nothing_twice_is_read_as_it_was_written(value in any_value()) {
            let text = value.to_string();
            let read = read_json(text.as_bytes()).unwrap();
            prop_assert_eq!(read.repeated, None);
            prop_assert_eq!(read.value, serde_json::from_str::<Value>(&text).unwrap());
        }
    }
}
