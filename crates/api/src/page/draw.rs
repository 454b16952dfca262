//! The frame of the documentation page: how to begin, contents, operations by heading, types. Refuses unescaped text.

use super::{operation, types};
use sauda_edge::{Language, Words};
use serde_json::Value;

/// Texts of one language.
pub(super) struct Told<'a> {
    words: &'a Words,
    language: Language,
}

impl Told<'_> {
    pub(super) fn text(&self, key: &str) -> String {
        escape(&self.words.text(self.language, key, &[]))
    }
    /// The name of a right, or its word.
    pub(super) fn right(&self, word: &str) -> String {
        let key = format!("right-{word}");
        if self.words.has(self.language, &key) {
            self.text(&key)
        } else {
            escape(word)
        }
    }
}

/// For text and attributes.
pub(super) fn escape(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for letter in text.chars() {
        match letter {
            '&' => safe.push_str("&amp;"),
            '<' => safe.push_str("&lt;"),
            '>' => safe.push_str("&gt;"),
            '"' => safe.push_str("&quot;"),
            '\'' => safe.push_str("&#39;"),
            other => safe.push(other),
        }
    }
    safe
}

/// Escaped text with `code` in backticks.
pub(super) fn rich(text: &str) -> String {
    let mut safe = String::with_capacity(text.len());
    for (place, part) in text.split('`').enumerate() {
        let part = escape(part);
        if place % 2 == 1 {
            safe.push_str(&format!("<code>{part}</code>"))
        } else {
            safe.push_str(&part)
        }
    }
    safe
}

/// One operation with where it is.
pub(super) struct Place<'a> {
    pub path: &'a str,
    pub method: &'a str,
    pub operation: &'a Value,
}

/// The whole page.
pub(super) fn page(document: &Value, words: &Words, language: Language, public_url: &str) -> String {
    let told = Told { words, language };
    let base = public_url.trim_end_matches('/');
    let places = places(document);
    let mut html = String::with_capacity(256 * 1024);
    html.push_str(&format!(
        "<!doctype html><html lang=\"{}\"><head><meta charset=\"utf-8\"><meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\
         <title>{}</title><link rel=\"stylesheet\" href=\"/api/docs/style.css\"></head><body><header><h1>{}</h1><p>{}</p>\
         <p><a href=\"/api/v1/openapi.json\">{}</a></p></header>",
        language.word(),
        told.text("api-title"),
        told.text("api-title"),
        told.text("api-lead"),
        told.text("api-file"),
    ));
    contents(&mut html, document, &places, &told);
    html.push_str("<main>");
    beginning(&mut html, base, &told);
    for tag in tags(document) {
        let (name, about) = (text_at(tag, "name"), text_at(tag, "description"));
        html.push_str(&format!(
            "<section id=\"tag-{0}\"><h2>{0}</h2><p lang=\"en\">{1}</p>",
            escape(name),
            escape(about)
        ));
        for place in places.iter().filter(|place| tag_of(place) == name) {
            operation::draw(&mut html, document, place, base, &told);
        }
        html.push_str("</section>");
    }
    types::draw(&mut html, document, &told);
    html.push_str("</main></body></html>");
    html
}

fn beginning(html: &mut String, base: &str, told: &Told<'_>) {
    html.push_str(&format!(
        "<section id=\"begin\"><h2>{}</h2><ul>",
        told.text("api-begin")
    ));
    for key in [
        "api-begin-key",
        "api-begin-pages",
        "api-begin-lost",
        "api-begin-twice",
        "api-begin-problems",
        "api-begin-limits",
    ] {
        html.push_str(&format!("<li>{}</li>", told.text(key)));
    }
    html.push_str(&format!(
        "</ul><pre>curl {}/api/v1/me -H \"Authorization: Bearer $KEY\"</pre></section>",
        escape(base)
    ));
}

fn contents(html: &mut String, document: &Value, places: &[Place<'_>], told: &Told<'_>) {
    let title = told.text("api-contents");
    html.push_str(&format!(
        "<nav aria-label=\"{title}\"><h2>{title}</h2><ul><li><a href=\"#begin\">{}</a></li>",
        told.text("api-begin")
    ));
    for tag in tags(document) {
        let name = text_at(tag, "name");
        html.push_str(&format!("<li><a href=\"#tag-{0}\">{0}</a><ul>", escape(name)));
        for place in places.iter().filter(|place| tag_of(place) == name) {
            let (id, summary) = (
                text_at(place.operation, "operationId"),
                text_at(place.operation, "summary"),
            );
            html.push_str(&format!(
                "<li lang=\"en\"><a href=\"#{}\">{}</a></li>",
                escape(id),
                escape(summary)
            ));
        }
        html.push_str("</ul></li>");
    }
    html.push_str(&format!(
        "<li><a href=\"#types\">{}</a></li></ul></nav>",
        told.text("api-types")
    ));
}

fn places(document: &Value) -> Vec<Place<'_>> {
    let mut places = Vec::new();
    for (path, methods) in document
        .get("paths")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        for method in ["get", "post", "put", "patch", "delete"] {
            if let Some(operation) = methods.get(method) {
                places.push(Place {
                    path,
                    method,
                    operation,
                });
            }
        }
    }
    places
}

fn tags(document: &Value) -> impl Iterator<Item = &Value> {
    document
        .get("tags")
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn tag_of<'a>(place: &Place<'a>) -> &'a str {
    place
        .operation
        .pointer("/tags/0")
        .and_then(Value::as_str)
        .unwrap_or_default()
}

pub(super) fn text_at<'a>(value: &'a Value, name: &str) -> &'a str {
    value.get(name).and_then(Value::as_str).unwrap_or_default()
}

/// What a local reference points to, or the value itself.
pub(super) fn followed<'a>(document: &'a Value, value: &'a Value) -> &'a Value {
    let target = value
        .get("$ref")
        .and_then(Value::as_str)
        .and_then(|reference| document.pointer(reference.strip_prefix('#')?));
    target.unwrap_or(value)
}
