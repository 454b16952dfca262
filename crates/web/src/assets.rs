//! Files of the bundle (`web/dist`): addresses with hashes and answers that are cached for a year. Refuses to build them.

use axum::{
    body::Body,
    http::{HeaderValue, Response, StatusCode, header},
};
use std::collections::BTreeMap;

#[derive(rust_embed::Embed)]
#[folder = "../../web/dist"]
struct Bundle;

/// Where the bundle is served.
pub const PREFIX: &str = "/assets";

/// From the plain name of a file to the name with its hash.
#[derive(Debug, Clone, Default)]
pub struct Manifest(BTreeMap<String, String>);

impl Manifest {
    /// Reads the bundle's manifest; empty when the bundle was never built.
    pub fn load() -> Self {
        let found = Bundle::get("manifest.json");
        Self(
            found
                .and_then(|file| serde_json::from_slice(&file.data).ok())
                .unwrap_or_default(),
        )
    }

    /// The address of a file.
    pub fn url(&self, name: &str) -> String {
        let hashed = self.0.get(name).map_or(name, String::as_str);
        format!("{PREFIX}/{hashed}")
    }

    /// Whether the bundle was built.
    pub fn is_built(&self) -> bool {
        !self.0.is_empty()
    }

    /// Names of icons in the sprite.
    pub fn icons(&self) -> Vec<String> {
        let Some(sprite) = self.0.get("icons.svg").and_then(|name| Bundle::get(name)) else {
            return Vec::new();
        };
        let text = String::from_utf8_lossy(&sprite.data).into_owned();
        text.split("id=\"i-")
            .skip(1)
            .filter_map(|rest| rest.split('"').next())
            .map(str::to_owned)
            .collect()
    }
}

/// Answers `/assets/{name}`.
pub fn serve(name: &str) -> Response<Body> {
    let Some(file) = Bundle::get(name).filter(|_| name != "manifest.json") else {
        let mut missing = Response::new(Body::from("no such file"));
        *missing.status_mut() = StatusCode::NOT_FOUND;
        return missing;
    };
    let kind = mime_guess::from_path(name).first_or_octet_stream();
    let mut answer = Response::new(Body::from(file.data.into_owned()));
    let headers = answer.headers_mut();
    if let Ok(kind) = HeaderValue::from_str(kind.as_ref()) {
        headers.insert(header::CONTENT_TYPE, kind);
    }
    headers.insert(
        header::CACHE_CONTROL,
        HeaderValue::from_static("public, max-age=31536000, immutable"),
    );
    headers.insert(
        header::X_CONTENT_TYPE_OPTIONS,
        HeaderValue::from_static("nosniff"),
    );
    answer
}
