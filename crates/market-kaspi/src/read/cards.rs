//! Answers of the product-card service. Refuses to take a missing list for an empty one.

use super::document;
use sauda_market::{
    AttributeKind, AttributeValue, CardAttribute, CardCategory, CardResult, MarketError, UploadResult,
    UploadState, UploadStatus,
};
use serde::Deserialize;
use serde_json::Value;
use std::collections::BTreeMap;

#[derive(Deserialize)]
struct CategoryWire {
    code: String,
    title: String,
}

#[derive(Deserialize)]
#[serde(rename_all = "camelCase")]
struct AttributeWire {
    code: String,
    #[serde(rename = "type")]
    kind: String,
    multi_valued: bool,
    mandatory: bool,
}

#[derive(Deserialize)]
struct ValueWire {
    code: String,
    name: String,
}

#[derive(Deserialize)]
struct StatusWire {
    code: String,
    status: String,
    description: Option<String>,
}

#[derive(Deserialize)]
struct ResultWire {
    errors: i64,
    #[serde(default)]
    warnings: i64,
    #[serde(default)]
    skipped: i64,
    total: i64,
    result: BTreeMap<String, Value>,
}

/// # Errors
/// When the answer is no list of categories.
pub fn card_categories(body: &[u8]) -> Result<Vec<CardCategory>, MarketError> {
    let wire: Vec<CategoryWire> = document("categories", body)?;
    let of = |one: CategoryWire| CardCategory {
        code: one.code,
        title: one.title,
    };
    Ok(wire.into_iter().map(of).collect())
}

/// # Errors
/// When the answer is no list of attributes.
pub fn card_attributes(body: &[u8]) -> Result<Vec<CardAttribute>, MarketError> {
    let wire: Vec<AttributeWire> = document("attributes", body)?;
    let of = |one: AttributeWire| CardAttribute {
        code: one.code,
        kind: match one.kind.as_str() {
            "boolean" => AttributeKind::Flag,
            "enum" => AttributeKind::Choice,
            "string" => AttributeKind::Text,
            "number" => AttributeKind::Number,
            other => AttributeKind::Unknown(other.to_owned()),
        },
        many: one.multi_valued,
        mandatory: one.mandatory,
    };
    Ok(wire.into_iter().map(of).collect())
}

/// # Errors
/// When the answer is no list of values.
pub fn attribute_values(body: &[u8]) -> Result<Vec<AttributeValue>, MarketError> {
    let wire: Vec<ValueWire> = document("attribute values", body)?;
    let of = |one: ValueWire| AttributeValue {
        code: one.code,
        name: one.name,
    };
    Ok(wire.into_iter().map(of).collect())
}

/// # Errors
/// When the answer is no status of an upload.
pub fn upload_status(body: &[u8]) -> Result<UploadStatus, MarketError> {
    let wire: StatusWire = document("upload status", body)?;
    Ok(UploadStatus {
        state: match wire.status.as_str() {
            "UPLOADED" => UploadState::Uploaded,
            "FINISHED" => UploadState::Finished,
            _ => UploadState::Other(wire.status.chars().take(60).collect()),
        },
        code: wire.code,
        told: wire.description,
    })
}

/// # Errors
/// When the answer is no result of an upload.
pub fn upload_result(body: &[u8]) -> Result<UploadResult, MarketError> {
    let wire: ResultWire = document("upload result", body)?;
    let row = |value: Value| {
        let state = value.get("state").and_then(Value::as_str).unwrap_or("UNKNOWN");
        // Only the state is documented: whatever else is said is kept for people as it is.
        let rest: serde_json::Map<String, Value> = value
            .as_object()
            .into_iter()
            .flatten()
            .filter(|(name, _)| *name != "state")
            .map(|(name, value)| (name.clone(), value.clone()))
            .collect();
        CardResult {
            state: state.chars().take(60).collect(),
            told: (!rest.is_empty()).then(|| Value::from(rest).to_string().chars().take(1_000).collect()),
        }
    };
    Ok(UploadResult {
        errors: wire.errors,
        warnings: wire.warnings,
        skipped: wire.skipped,
        total: wire.total,
        rows: wire
            .result
            .into_iter()
            .map(|(sku, value)| (sku, row(value)))
            .collect(),
    })
}
