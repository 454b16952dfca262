//! Adds a route and its description together. Refuses one without the other.

use super::{Op, document, op::ExampleCheck};
use crate::ApiState;
use axum::{
    Router,
    handler::Handler,
    routing::{self, MethodRouter},
};
use serde_json::Value;
use std::collections::BTreeMap;

/// The table of routes while it is being written.
pub(crate) struct Routes {
    pub(crate) router: Router<ApiState>,
    pub(super) operations: BTreeMap<String, BTreeMap<&'static str, Value>>,
    pub(super) schemas: BTreeMap<String, Value>,
    pub(super) tags: Vec<(&'static str, &'static str)>,
    /// Id of the operation and the check of its example.
    pub(crate) checks: Vec<(&'static str, ExampleCheck)>,
}

impl Routes {
    pub(crate) fn new() -> Self {
        Self {
            router: Router::new(),
            operations: BTreeMap::new(),
            schemas: BTreeMap::new(),
            tags: Vec::new(),
            checks: Vec::new(),
        }
    }

    /// The heading of the routes that follow.
    pub(crate) fn tag(mut self, name: &'static str, about: &'static str) -> Self {
        self.tags.push((name, about));
        self
    }
    pub(crate) fn get<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        self.add("get", path, routing::get(handler), op)
    }
    pub(crate) fn post<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        self.add("post", path, routing::post(handler), op)
    }
    pub(crate) fn put<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        self.add("put", path, routing::put(handler), op)
    }
    pub(crate) fn patch<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        self.add("patch", path, routing::patch(handler), op)
    }
    pub(crate) fn delete<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        self.add("delete", path, routing::delete(handler), op)
    }
    /// A post that takes large files.
    pub(crate) fn upload<H: Handler<T, ApiState>, T: 'static>(self, path: &str, handler: H, op: Op) -> Self {
        let route = routing::post(handler).layer(axum::extract::DefaultBodyLimit::disable());
        self.add("post", path, route, op)
    }

    fn add(mut self, method: &'static str, path: &str, route: MethodRouter<ApiState>, mut op: Op) -> Self {
        let tag = self.tags.last().map_or("", |(name, _)| name);
        self.schemas.append(&mut op.schemas);
        self.checks.extend(op.check.map(|check| (op.id, check)));
        let described = document::operation(tag, method, path, op);
        self.operations
            .entry(format!("/api/v1{path}"))
            .or_default()
            .insert(method, described);
        self.router = self.router.route(path, route);
        self
    }

    /// The whole description.
    pub(crate) fn document(self) -> Value {
        document::document(self)
    }
}
