//! The types of the documentation page: each schema with its members. Refuses to draw a type inside another: it links.

use super::draw::{Told, escape, rich, text_at};
use serde_json::Value;

/// A short name of a schema, as a link when it has a place of its own.
pub(super) fn name_of(schema: &Value) -> String {
    if let Some(name) = schema
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| reference.rsplit('/').next())
    {
        let name = escape(name);
        return format!("<a href=\"#type-{name}\">{name}</a>");
    }
    if let Some(words) = schema.get("enum").and_then(Value::as_array) {
        let words: Vec<String> = words
            .iter()
            .map(|word| format!("<code>{}</code>", escape(&plain(word))))
            .collect();
        return words.join(" ");
    }
    if let Some(constant) = schema.get("const") {
        return format!("<code>{}</code>", escape(&plain(constant)));
    }
    if let Some(items) = schema.get("items") {
        return format!("[ {} ]", name_of(items));
    }
    for choice in ["oneOf", "anyOf", "allOf"] {
        if let Some(parts) = schema.get(choice).and_then(Value::as_array) {
            let names: Vec<String> = parts.iter().map(name_of).collect();
            return names.join(" | ");
        }
    }
    if let Some(members) = schema.get("properties").and_then(Value::as_object) {
        let names: Vec<String> = members
            .iter()
            .map(|(name, member)| format!("{}: {}", escape(name), name_of(member)))
            .collect();
        return format!("{{ {} }}", names.join(", "));
    }
    let kind = match schema.get("type") {
        Some(Value::Array(kinds)) => kinds.iter().map(plain).collect::<Vec<_>>().join(" | "),
        Some(kind) => plain(kind),
        None => "…".to_owned(),
    };
    match schema.get("format").and_then(Value::as_str) {
        Some(format) => format!("{} <small>{}</small>", escape(&kind), escape(format)),
        None => escape(&kind),
    }
}

fn plain(value: &Value) -> String {
    value.as_str().map_or_else(|| value.to_string(), str::to_owned)
}

pub(super) fn draw(html: &mut String, document: &Value, told: &Told<'_>) {
    html.push_str(&format!(
        "<section id=\"types\"><h2>{}</h2>",
        told.text("api-types")
    ));
    for (name, schema) in document
        .pointer("/components/schemas")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let safe = escape(name);
        html.push_str(&format!(
            "<article id=\"type-{safe}\"><h3><code>{safe}</code></h3><p lang=\"en\">{}</p>",
            rich(text_at(schema, "description"))
        ));
        match schema.get("properties").and_then(Value::as_object) {
            Some(members) => {
                let required: Vec<&str> = schema
                    .get("required")
                    .and_then(Value::as_array)
                    .into_iter()
                    .flatten()
                    .filter_map(Value::as_str)
                    .collect();
                html.push_str("<table><tbody>");
                for (member, form) in members {
                    let must = if required.contains(&member.as_str()) {
                        told.text("api-required")
                    } else {
                        String::new()
                    };
                    html.push_str(&format!(
                        "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{must}</td><td lang=\"en\">{}</td></tr>",
                        escape(member),
                        name_of(form),
                        rich(text_at(form, "description")),
                    ));
                }
                html.push_str("</tbody></table>");
            }
            None => html.push_str(&format!("<p>{}</p>", name_of(schema))),
        }
        html.push_str("</article>");
    }
    html.push_str("</section>");
}
