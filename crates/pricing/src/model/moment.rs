//! Moments as RFC 3339 text in stored and exchanged JSON. Refuses any other form.

use sauda_kernel::Timestamp;
use serde::{Deserialize, Deserializer, Serializer, de::Error};

/// For `#[serde(with = "…")]` on a `Timestamp`.
pub(crate) mod rfc3339 {
    use super::{Deserialize, Deserializer, Error, Serializer, Timestamp};

    pub(crate) fn serialize<S: Serializer>(moment: &Timestamp, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(&moment.rfc3339())
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Timestamp, D::Error> {
        let text = String::deserialize(from)?;
        Timestamp::parse(&text).map_err(D::Error::custom)
    }
}

/// For `#[serde(with = "…")]` on an `Option<Timestamp>`; give `default` as well.
pub(crate) mod rfc3339_option {
    use super::{Deserialize, Deserializer, Error, Serializer, Timestamp};

    pub(crate) fn serialize<S: Serializer>(moment: &Option<Timestamp>, to: S) -> Result<S::Ok, S::Error> {
        match moment {
            Some(moment) => to.serialize_str(&moment.rfc3339()),
            None => to.serialize_none(),
        }
    }

    pub(crate) fn deserialize<'de, D: Deserializer<'de>>(from: D) -> Result<Option<Timestamp>, D::Error> {
        let Some(text) = Option::<String>::deserialize(from)? else {
            return Ok(None);
        };
        Timestamp::parse(&text).map(Some).map_err(D::Error::custom)
    }
}

/// Member that may be absent (inherit), `null` (explicitly none) or a value: for `Option<Option<T>>` with `default`.
pub(crate) fn present<'de, T, D>(from: D) -> Result<Option<Option<T>>, D::Error>
where
    T: Deserialize<'de>,
    D: Deserializer<'de>,
{
    Option::<T>::deserialize(from).map(Some)
}
