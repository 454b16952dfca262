//! One operation of the documentation page: parameters, body, answers and a command to try. Refuses to guess: all of it is in
//! the description.

use super::{
    draw::{Place, Told, escape, followed, rich, text_at},
    types,
};
use serde_json::Value;

pub(super) fn draw(html: &mut String, document: &Value, place: &Place<'_>, base: &str, told: &Told<'_>) {
    let operation = place.operation;
    let id = escape(text_at(operation, "operationId"));
    // The right stands on a line of its own, in the language of the page.
    let about = text_at(operation, "description")
        .split("Needs the right")
        .next()
        .unwrap_or_default();
    html.push_str(&format!(
        "<article id=\"{id}\"><h3><span class=\"method {0}\">{0}</span> <code>{1}</code></h3><p lang=\"en\">{2}. {3}</p><p class=\"right\">{4}</p>",
        place.method,
        escape(place.path),
        escape(text_at(operation, "summary")),
        rich(about),
        who(operation, told),
    ));
    parameters(html, document, operation, told);
    if let Some(body) = operation.get("requestBody") {
        html.push_str(&format!("<h4>{}</h4>", told.text("api-body")));
        let about = text_at(body, "description");
        if !about.is_empty() {
            html.push_str(&format!("<p lang=\"en\">{}</p>", rich(about)));
        }
        if let Some(schema) = body.pointer("/content/application~1json/schema") {
            html.push_str(&format!("<p>{}</p>", types::name_of(schema)));
        }
    }
    answers(html, document, operation, told);
    html.push_str(&format!(
        "<h4>{}</h4><pre>{}</pre></article>",
        told.text("api-example"),
        escape(&command(document, place, base))
    ));
}

fn who(operation: &Value, told: &Told<'_>) -> String {
    let is_open = operation
        .get("security")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty);
    if is_open {
        return told.text("api-public");
    }
    let mut text = match operation.get("x-right").and_then(Value::as_str) {
        Some(right) => format!(
            "{}: {} <code>{}</code>",
            told.text("api-needs"),
            told.right(right),
            escape(right)
        ),
        None => told.text("api-needs-nothing"),
    };
    if operation.get("x-personal").and_then(Value::as_bool) == Some(true) {
        text.push_str(". ");
        text.push_str(&told.text("api-needs-person"));
    }
    text
}

fn list<'a>(operation: &'a Value, name: &str) -> impl Iterator<Item = &'a Value> {
    operation
        .get(name)
        .and_then(Value::as_array)
        .into_iter()
        .flatten()
}

fn parameters(html: &mut String, document: &Value, operation: &Value, told: &Told<'_>) {
    if operation.get("parameters").is_none() {
        return;
    }
    html.push_str(&format!("<h4>{}</h4><table><tbody>", told.text("api-parameters")));
    for parameter in list(operation, "parameters") {
        let parameter = followed(document, parameter);
        let required = if parameter.get("required").and_then(Value::as_bool) == Some(true) {
            told.text("api-required")
        } else {
            String::new()
        };
        let schema = parameter.get("schema").map(types::name_of).unwrap_or_default();
        html.push_str(&format!(
            "<tr><th scope=\"row\"><code>{}</code></th><td>{}</td><td>{schema}</td><td>{required}</td><td lang=\"en\">{}</td></tr>",
            escape(text_at(parameter, "name")),
            escape(text_at(parameter, "in")),
            rich(text_at(parameter, "description")),
        ));
    }
    html.push_str("</tbody></table>");
}

fn answers(html: &mut String, document: &Value, operation: &Value, told: &Told<'_>) {
    html.push_str(&format!("<h4>{}</h4><table><tbody>", told.text("api-answers")));
    for (status, answer) in operation
        .get("responses")
        .and_then(Value::as_object)
        .into_iter()
        .flatten()
    {
        let answer = followed(document, answer);
        let mut forms = Vec::new();
        for (media, content) in answer
            .get("content")
            .and_then(Value::as_object)
            .into_iter()
            .flatten()
        {
            forms.push(match content.get("schema") {
                Some(schema) => types::name_of(schema),
                None => format!("<code>{}</code>", escape(media)),
            });
        }
        let form = if forms.is_empty() {
            told.text("api-empty")
        } else {
            forms.join(", ")
        };
        let sentence = rich(text_at(answer, "description"));
        html.push_str(&format!(
            "<tr><th scope=\"row\">{}</th><td>{form}</td><td lang=\"en\">{sentence}</td></tr>",
            escape(status)
        ));
    }
    html.push_str("</tbody></table>");
}

/// A command that would work with a key and real ids.
fn command(document: &Value, place: &Place<'_>, base: &str) -> String {
    let mut path = place.path.to_owned();
    let (mut headers, mut query) = (String::new(), Vec::new());
    for parameter in list(place.operation, "parameters") {
        let parameter = followed(document, parameter);
        let (name, example) = (text_at(parameter, "name"), text_at(parameter, "example"));
        let is_required = parameter.get("required").and_then(Value::as_bool) == Some(true);
        match text_at(parameter, "in") {
            "path" => path = path.replace(&format!("{{{name}}}"), example),
            "header" if is_required => headers.push_str(&format!(" \\\n  -H '{name}: {example}'")),
            "query" if is_required => {
                let word = parameter
                    .pointer("/schema/enum/0")
                    .and_then(Value::as_str)
                    .unwrap_or("…");
                query.push(format!("{name}={word}"));
            }
            _ => {}
        }
    }
    let search = if query.is_empty() {
        String::new()
    } else {
        format!("?{}", query.join("&"))
    };
    let method = place.method.to_uppercase();
    let mut text = if method == "GET" {
        "curl".to_owned()
    } else {
        format!("curl -X {method}")
    };
    text.push_str(&format!(" '{base}{path}{search}'"));
    let is_open = place
        .operation
        .get("security")
        .and_then(Value::as_array)
        .is_some_and(Vec::is_empty);
    if !is_open {
        text.push_str(" \\\n  -H \"Authorization: Bearer $KEY\"");
    }
    text.push_str(&headers);
    if let Some(example) = place
        .operation
        .pointer("/requestBody/content/application~1json/example")
    {
        text.push_str(" \\\n  -H 'Content-Type: application/json' \\\n  -d '");
        text.push_str(&serde_json::to_string_pretty(example).unwrap_or_default());
        text.push('\'');
    } else if place.operation.get("requestBody").is_some() {
        text.push_str(" \\\n  -H 'Content-Type: application/octet-stream' --data-binary @limits.xlsx");
    }
    text
}
