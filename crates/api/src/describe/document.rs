//! The OpenAPI 3.1 document from the table of routes. Refuses anything but what the routes say.

use super::{Op, Routes, parts};
use serde_json::{Map, Value, json};

/// What may go wrong, by status: name of the shared answer and its sentence.
const REFUSALS: [(&str, &str, &str); 9] = [
    (
        "401",
        "Unauthenticated",
        "Nobody is signed in, or the key does not work.",
    ),
    (
        "403",
        "Forbidden",
        "The caller lacks the right, or only a person may do this.",
    ),
    ("404", "NotFound", "There is no such thing of this merchant."),
    (
        "409",
        "Conflict",
        "Somebody changed it meanwhile, or its state does not allow this; `detail` says who and what.",
    ),
    ("422", "Invalid", "Values are wrong; `errors` names each field."),
    ("428", "VersionMissing", "`If-Match` is missing."),
    (
        "429",
        "Throttled",
        "Too many requests: wait `Retry-After` seconds.",
    ),
    (
        "500",
        "Bug",
        "A mistake of the program; tell the support the `request_id`.",
    ),
    (
        "503",
        "Unavailable",
        "The database or the marketplace does not answer: wait `Retry-After` seconds.",
    ),
];

/// One operation as the document has it.
pub(super) fn operation(tag: &str, method: &str, path: &str, op: Op) -> Value {
    let mut parameters: Vec<Value> = path_names(path).map(path_parameter).collect();
    let has_path = !parameters.is_empty();
    parameters.extend(op.parameters);
    if method == "post" && !op.is_open {
        parameters.push(json!({"$ref": "#/components/parameters/IdempotencyKey"}));
    }
    let mut description = op.about.join(" ");
    if let Some(right) = op.right {
        description.push_str(if description.is_empty() { "" } else { " " });
        description.push_str(&format!("Needs the right `{right}`."));
    }
    let mut described = json!({
        "tags": [tag],
        "operationId": op.id,
        "summary": op.summary,
        "responses": responses(&op.success, op.is_open, op.right.is_some() || op.is_personal, has_path, op.is_versioned, op.may_conflict),
        "security": if op.is_open { json!([]) } else if op.is_personal { json!([{"session": []}]) } else { json!([{"key": []}, {"session": []}]) },
    });
    if let Some(members) = described.as_object_mut() {
        let mut put = |name: &str, value: Value| drop(members.insert(name.to_owned(), value));
        if !description.is_empty() {
            put("description", description.into());
        }
        if !parameters.is_empty() {
            put("parameters", parameters.into());
        }
        if let Some(body) = op.body {
            put("requestBody", body);
        }
        put("x-right", op.right.map_or(Value::Null, Value::from));
        put("x-personal", op.is_personal.into());
    }
    described
}

fn responses(
    success: &(&'static str, Value),
    is_open: bool,
    may_forbid: bool,
    may_miss: bool,
    is_versioned: bool,
    may_conflict: bool,
) -> Value {
    let mut all = Map::new();
    all.insert(success.0.to_owned(), success.1.clone());
    for (status, name, _) in REFUSALS {
        let applies = match status {
            "401" => !is_open,
            "403" => may_forbid,
            "404" => may_miss,
            "409" => may_conflict,
            "428" => is_versioned,
            "422" | "500" | "503" => !is_open,
            _ => true,
        };
        if applies {
            all.insert(
                status.to_owned(),
                json!({"$ref": format!("#/components/responses/{name}")}),
            );
        }
    }
    all.into()
}

fn path_names(path: &str) -> impl Iterator<Item = &str> {
    path.split('/')
        .filter_map(|part| part.strip_prefix('{')?.strip_suffix('}'))
}

fn path_parameter(name: &str) -> Value {
    let (description, example) = match name {
        "shop" => ("Id of a shop.", "shp_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "offer" => ("Id of an offer.", "off_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "code" => ("Number of an order, as people know it.", "700000001"),
        "message" => ("Id of a message.", "msg_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "chat" => ("Id of a linked chat.", "tln_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "return" => ("Id of a return.", "rtn_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "day" => ("Id of a run of the day.", "day_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "point" => ("The marketplace's id of a point.", "30067228_PP1"),
        "upload" => ("Id of an upload of cards.", "cup_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "city" => ("The marketplace's id of a city.", "750000000"),
        "access" => (
            "Id of a login at the marketplace.",
            "acs_01kah2m5q8e6v9z4r7t0y3w1xc",
        ),
        "product" => ("Id of a product.", "prd_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "date" => ("A day in Almaty.", "2026-11-20"),
        "from" => ("The first day, in Almaty.", "2026-11-20"),
        "tables" => ("Id of a state of size tables.", "fit_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "import" => ("Id of an import.", "imp_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "rate" => ("Id of a rate of the merchant.", "rat_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "supplier" => ("Id of a supplier.", "sup_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "purchase" => ("Id of an order to a supplier.", "pur_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "count" => ("Id of a stock-taking.", "cnt_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "calculation" => (
            "Id of a calculation that was kept.",
            "clc_01kah2m5q8e6v9z4r7t0y3w1xc",
        ),
        "source" => ("Id of a category or query that is read.", "3b6f0c2a91d4e875"),
        "plan" => (
            "Id of a report that is made by itself.",
            "rpl_01kah2m5q8e6v9z4r7t0y3w1xc",
        ),
        "report" => ("Id of a report that was made.", "rep_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "kind" => ("`card` or `seller`.", "card"),
        "word" => ("The marketplace's number of the card or the seller.", "100298401"),
        "card" => ("The marketplace's number of a card.", "100298401"),
        "raw" => ("Id of a raw answer.", "64a5f1c2d3e40-9f3c5b7a1d2e4f60"),
        "rule" => ("Id of a rule.", "rul_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "bulk" => ("Id of a bulk change.", "blk_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "decision" => ("Id of a decision.", "dec_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "subject" => ("`everything`, or the id of a shop, rule or offer.", "everything"),
        "notice" => ("Id of a notice.", "ntc_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "proxy" => ("Id of a proxy.", "prx_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "job" => ("Id of a job.", "job_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "run" => ("Id of a run.", "run_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "schedule" => ("Id of a schedule.", "pricing.retention"),
        "user" => ("Id of a person.", "usr_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "invite" => ("Id of an invitation.", "inv_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "key" => ("Id of an API key.", "key_01kah2m5q8e6v9z4r7t0y3w1xc"),
        "session" => ("Id of a session.", "ses_01kah2m5q8e6v9z4r7t0y3w1xc"),
        _ => ("", ""),
    };
    json!({"name": name, "in": "path", "required": true, "description": description, "schema": {"type": "string"}, "example": example})
}

/// The whole document.
pub(super) fn document(routes: Routes) -> Value {
    let Routes {
        operations,
        mut schemas,
        tags,
        ..
    } = routes;
    parts::add_rule_parts(&mut schemas);
    schemas.insert("Problem".to_owned(), problem());
    let mut answers = Map::new();
    for (status, name, sentence) in REFUSALS {
        let mut answer = json!({
            "description": sentence,
            "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}},
        });
        if matches!(status, "429" | "503")
            && let Some(members) = answer.as_object_mut()
        {
            members.insert(
                "headers".to_owned(),
                json!({"Retry-After": {"description": "Seconds.", "schema": {"type": "integer"}}}),
            );
        }
        answers.insert(name.to_owned(), answer);
    }
    let paths: Map<String, Value> = operations
        .into_iter()
        .map(|(path, methods)| {
            (
                path,
                methods
                    .into_iter()
                    .map(|(method, op)| (method.to_owned(), op))
                    .collect(),
            )
        })
        .collect();
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Sauda",
            "version": "1",
            "description": "Prices of Kaspi.kz sellers, for programs. Bodies refuse members that they do not know. Times are RFC 3339 in UTC; \
                            money is `{amount_minor, currency}` in tiyn, prices are multiples of 100; shares are basis points (10.9 % is 1090).",
            "license": {"name": "AGPL-3.0-or-later", "identifier": "AGPL-3.0-or-later"},
        },
        "servers": [{"url": "/"}],
        "tags": tags.iter().map(|(name, about)| json!({"name": name, "description": about})).collect::<Vec<_>>(),
        "paths": paths,
        "components": {
            "schemas": schemas,
            "responses": answers,
            "parameters": {"IdempotencyKey": {
                "name": "Idempotency-Key", "in": "header", "required": false,
                "description": "Any text of up to 200 characters that names this request: sent twice, it is carried out once and answered alike for a day.",
                "schema": {"type": "string", "maxLength": 200},
            }},
            "securitySchemes": {
                "key": {"type": "http", "scheme": "bearer", "description": "An API key, made in Settings."},
                "session": {"type": "apiKey", "in": "cookie", "name": "sauda", "description": "The session of a signed-in person (`__Host-sauda` on https)."},
            },
        },
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "RFC 9457. `code` is for programs and does not change; `title` and `detail` are in the language of the request.",
        "required": ["type", "title", "status", "detail", "code", "request_id"],
        "properties": {
            "type": {"type": "string", "example": "urn:sauda:problem:min-below-cost"},
            "title": {"type": "string"},
            "status": {"type": "integer"},
            "detail": {"type": "string"},
            "code": {"type": "string", "example": "min-below-cost"},
            "request_id": {"type": "string"},
            "errors": {"type": "array", "items": {
                "type": "object",
                "required": ["code", "detail"],
                "properties": {
                    "code": {"type": "string"},
                    "field": {"type": "string", "example": "min"},
                    "pointer": {"type": "string", "example": "#/min", "description": "JSON pointer into the body."},
                    "detail": {"type": "string"},
                },
            }},
        },
    })
}
