//! Words of our own enums in bodies, queries and answers. Refuses words that are none, and names those that are.

use serde::{Deserialize, Deserializer, Serialize, Serializer, de::Error as _};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{ObjectBuilder, RefOr, Schema, Type},
};

/// An enum with stable words.
pub(crate) trait Worded: Sized + Copy + 'static {
    /// Name of its form in the description.
    const NAME: &'static str;
    fn all() -> Vec<Self>;
    fn word(self) -> &'static str;
}

/// A value that travels as its word.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub(crate) struct Word<T>(pub T);

impl<T: Worded> Serialize for Word<T> {
    fn serialize<S: Serializer>(&self, to: S) -> Result<S::Ok, S::Error> {
        to.serialize_str(self.0.word())
    }
}

impl<'de, T: Worded> Deserialize<'de> for Word<T> {
    fn deserialize<D: Deserializer<'de>>(from: D) -> Result<Self, D::Error> {
        let text = String::deserialize(from)?;
        let all = T::all();
        match all.iter().find(|one| one.word() == text) {
            Some(one) => Ok(Self(*one)),
            None => {
                // The form of serde's own message: the extractor names the words that are allowed.
                let words: Vec<String> = all.iter().map(|one| format!("`{}`", one.word())).collect();
                Err(D::Error::custom(format!(
                    "unknown variant `{text}`, expected one of {}",
                    words.join(", ")
                )))
            }
        }
    }
}

impl<T: Worded> PartialSchema for Word<T> {
    fn schema() -> RefOr<Schema> {
        worded_schema(T::all().into_iter().map(Worded::word))
    }
}
impl<T: Worded> ToSchema for Word<T> {
    fn name() -> std::borrow::Cow<'static, str> {
        T::NAME.into()
    }
}

/// A text that is one of these words.
pub(crate) fn worded_schema(words: impl IntoIterator<Item = &'static str>) -> RefOr<Schema> {
    ObjectBuilder::new()
        .schema_type(Type::String)
        .enum_values(Some(words))
        .into()
}
