//! Lists and objects that may be missing, null or of another type, so that one broken member never hides the rest. Refuses to call
//! a missing list empty.

use serde::de::value::MapAccessDeserializer;
use serde::de::{Deserialize, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};
use std::{fmt, marker::PhantomData};

/// One element that should be an object.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum Thing<T> {
    Is(T),
    /// Missing or null.
    #[default]
    Absent,
    /// Of another type.
    Odd,
}

impl<T> Thing<T> {
    pub const fn get(&self) -> Option<&T> {
        match self {
            Self::Is(thing) => Some(thing),
            Self::Absent | Self::Odd => None,
        }
    }
}

/// A member that should be a list.
#[derive(Debug, Clone, PartialEq, Eq, Default)]
pub enum List<T> {
    Is(Vec<T>),
    /// Missing or null.
    #[default]
    Absent,
    /// Of another type.
    Odd,
}

impl<T> List<T> {
    /// The elements; none when the list is missing. Only for members whose absence means nothing.
    pub fn or_none(&self) -> &[T] {
        match self {
            Self::Is(rows) => rows,
            Self::Absent | Self::Odd => &[],
        }
    }
    /// The elements of a list that must be there.
    pub fn required(self, what: &str) -> Result<Vec<T>, sauda_market::MarketError> {
        match self {
            Self::Is(rows) => Ok(rows),
            Self::Absent => Err(sauda_market::MarketError::BadAnswer(format!("{what} is missing"))),
            Self::Odd => Err(sauda_market::MarketError::BadAnswer(format!(
                "{what} is not a list"
            ))),
        }
    }
}

/// A member that should be an object used as a table, in the order of the answer.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Table<K, T>(pub Option<Vec<(K, T)>>);

impl<K, T> Default for Table<K, T> {
    fn default() -> Self {
        Self(None)
    }
}

impl<K, T> Table<K, T> {
    pub fn or_none(&self) -> &[(K, T)] {
        self.0.as_deref().unwrap_or_default()
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for Thing<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ThingVisitor(PhantomData))
    }
}

impl<'de, T: Deserialize<'de>> Deserialize<'de> for List<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(ListVisitor(PhantomData))
    }
}

impl<'de, K: Deserialize<'de>, T: Deserialize<'de>> Deserialize<'de> for Table<K, T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        from.deserialize_any(TableVisitor(PhantomData))
    }
}

struct ThingVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ThingVisitor<T> {
    type Value = Thing<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, members: A) -> Result<Self::Value, A::Error> {
        T::deserialize(MapAccessDeserializer::new(members)).map(Thing::Is)
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Thing::Absent)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Thing::Odd)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Thing::Odd)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Thing::Odd)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Thing::Odd)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Thing::Odd)
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rest: A) -> Result<Self::Value, A::Error> {
        while rest.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Thing::Odd)
    }
}

struct ListVisitor<T>(PhantomData<T>);

impl<'de, T: Deserialize<'de>> Visitor<'de> for ListVisitor<T> {
    type Value = List<T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a list")
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut elements: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::with_capacity(64);
        while let Some(row) = elements.next_element()? {
            rows.push(row);
        }
        Ok(List::Is(rows))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(List::Absent)
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(List::Odd)
    }
    fn visit_map<A: MapAccess<'de>>(self, mut rest: A) -> Result<Self::Value, A::Error> {
        while rest.next_entry::<IgnoredAny, IgnoredAny>()?.is_some() {}
        Ok(List::Odd)
    }
}

struct TableVisitor<K, T>(PhantomData<(K, T)>);

impl<'de, K: Deserialize<'de>, T: Deserialize<'de>> Visitor<'de> for TableVisitor<K, T> {
    type Value = Table<K, T>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("an object")
    }
    fn visit_map<A: MapAccess<'de>>(self, mut members: A) -> Result<Self::Value, A::Error> {
        let mut rows = Vec::new();
        while let Some(row) = members.next_entry()? {
            rows.push(row);
        }
        Ok(Table(Some(rows)))
    }
    fn visit_unit<E>(self) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_bool<E>(self, _: bool) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_i64<E>(self, _: i64) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_u64<E>(self, _: u64) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_f64<E>(self, _: f64) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_str<E>(self, _: &str) -> Result<Self::Value, E> {
        Ok(Table(None))
    }
    fn visit_seq<A: SeqAccess<'de>>(self, mut rest: A) -> Result<Self::Value, A::Error> {
        while rest.next_element::<IgnoredAny>()?.is_some() {}
        Ok(Table(None))
    }
}
