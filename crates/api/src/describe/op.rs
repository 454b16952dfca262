//! The description of one operation: who may, what it takes, what it answers. Refuses to be written twice: names, forms and
//! examples come from the types that the handler uses.

use sauda_edge::Need;
use serde::de::DeserializeOwned;
use serde_json::{Map, Value, json};
use std::collections::BTreeMap;
use utoipa::{IntoParams, ToSchema, openapi::path::ParameterIn};

/// A body shows itself by an example that is true to its type (a test reads it).
pub(crate) trait Example {
    fn example() -> Value;
}

/// Reads the example of an operation as its body.
pub(crate) type ExampleCheck = fn() -> Result<(), String>;

/// One operation.
pub(crate) struct Op {
    pub(super) id: &'static str,
    pub(super) summary: &'static str,
    pub(super) about: Vec<&'static str>,
    /// Needed right; nothing when being signed in is enough.
    pub(super) right: Option<&'static str>,
    pub(super) is_open: bool,
    pub(super) is_personal: bool,
    pub(super) parameters: Vec<Value>,
    pub(super) body: Option<Value>,
    pub(super) success: (&'static str, Value),
    pub(super) is_versioned: bool,
    pub(super) may_conflict: bool,
    pub(super) schemas: BTreeMap<String, Value>,
    pub(super) check: Option<ExampleCheck>,
}

/// An operation for callers who have the right `R`.
pub(crate) fn op<R: Need>(id: &'static str, summary: &'static str) -> Op {
    Op {
        id,
        summary,
        about: Vec::new(),
        right: R::RIGHT.map(sauda_accounts::Right::word),
        is_open: false,
        is_personal: false,
        parameters: Vec::new(),
        body: None,
        success: ("204", json!({"description": "Done."})),
        is_versioned: false,
        may_conflict: false,
        schemas: BTreeMap::new(),
        check: None,
    }
}

/// An operation for everybody.
pub(crate) fn open(id: &'static str, summary: &'static str) -> Op {
    Op {
        is_open: true,
        ..op::<sauda_edge::need::SignedIn>(id, summary)
    }
}

impl Op {
    /// A further sentence.
    pub(crate) fn about(mut self, sentence: &'static str) -> Self {
        self.about.push(sentence);
        self
    }
    /// Keys are refused.
    pub(crate) const fn personal(mut self) -> Self {
        self.is_personal = true;
        self
    }
    /// Takes `If-Match`.
    pub(crate) fn versioned(mut self) -> Self {
        self.is_versioned = true;
        self.may_conflict = true;
        self.parameters.push(json!({
            "name": "If-Match", "in": "header", "required": true,
            "description": "The version that was seen: the ETag of the answer before.",
            "schema": {"type": "string"}, "example": "\"3\"",
        }));
        self
    }
    /// Refuses when the state is another one meanwhile.
    pub(crate) const fn conflicts(mut self) -> Self {
        self.may_conflict = true;
        self
    }
    /// Query parameters.
    pub(crate) fn query<P: IntoParams>(mut self) -> Self {
        for parameter in P::into_params(|| Some(ParameterIn::Query)) {
            self.parameters.push(value_of(&parameter));
        }
        self
    }
    /// A JSON body.
    pub(crate) fn body<B: ToSchema + Example + DeserializeOwned>(mut self) -> Self {
        let schema = self.refer::<B>();
        self.body = Some(json!({
            "required": true,
            "content": {"application/json": {"schema": schema, "example": B::example()}},
        }));
        self.check = Some(|| {
            serde_json::from_value::<B>(B::example())
                .map(drop)
                .map_err(|error| error.to_string())
        });
        self
    }
    /// A file as the body.
    pub(crate) fn file_body(mut self, description: &'static str) -> Self {
        self.body = Some(json!({
            "required": true, "description": description,
            "content": {"application/octet-stream": {"schema": {}}},
        }));
        self
    }
    /// 200 with a body.
    pub(crate) fn shows<T: ToSchema>(self) -> Self {
        self.answers::<T>("200", "What was asked for.")
    }
    /// 201 with what was made.
    pub(crate) fn makes<T: ToSchema>(self) -> Self {
        self.answers::<T>("201", "It was made.")
    }
    fn answers<T: ToSchema>(mut self, status: &'static str, description: &'static str) -> Self {
        let schema = self.refer::<T>();
        self.success = (
            status,
            json!({"description": description, "content": {"application/json": {"schema": schema}}}),
        );
        self
    }
    /// 200 with a page of these.
    pub(crate) fn lists<T: ToSchema>(mut self) -> Self {
        let item = self.refer::<T>();
        let schema = json!({
            "type": "object",
            "required": ["items", "next"],
            "properties": {
                "items": {"type": "array", "items": item},
                "next": {"type": ["string", "null"], "description": "Give it as `after` for the next page; null on the last."},
            },
        });
        self.success = (
            "200",
            json!({"description": "One page.", "content": {"application/json": {"schema": schema}}}),
        );
        self
    }
    /// 202: it will be done soon.
    pub(crate) fn accepts(mut self) -> Self {
        self.success = ("202", json!({"description": "Asked for; it is done soon."}));
        self
    }
    /// 200 with a file of one of these types.
    pub(crate) fn gives_file(mut self, types: &[&str]) -> Self {
        let content: Map<String, Value> = types.iter().map(|kind| ((*kind).to_owned(), json!({}))).collect();
        self.success = ("200", json!({"description": "The file.", "content": content}));
        self
    }

    /// Keeps the schema of a type with all that it is made of; answers the reference to it.
    fn refer<T: ToSchema>(&mut self) -> Value {
        let mut found = Vec::new();
        T::schemas(&mut found);
        found.push((T::name().into_owned(), T::schema()));
        for (name, schema) in found {
            self.schemas.insert(name, value_of(&schema));
        }
        json!({"$ref": format!("#/components/schemas/{}", T::name())})
    }
}

fn value_of<T: serde::Serialize>(part: &T) -> Value {
    serde_json::to_value(part).unwrap_or_default()
}
