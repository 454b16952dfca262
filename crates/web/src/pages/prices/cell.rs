//! One limit typed in its cell: saved at once, refused with the reason, and never over somebody else's newer value.

use crate::{
    carried::Did,
    door::{Desk, language},
    format::{self, Moment},
    pages::prices::show::{say, sentence},
};
use axum::{
    Json,
    extract::State,
    http::{HeaderMap, StatusCode, header},
    response::{IntoResponse, Response},
};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_kernel::{Failure, Kind, OfferId, Public, Tenge};
use sauda_pricing::{
    PricingError,
    service::{OfferPatch, OfferRule},
};
use serde::{Deserialize, Serialize};

#[derive(Deserialize)]
pub(super) struct CellForm {
    /// `min`, `max` or `step`.
    field: String,
    #[serde(default)]
    value: String,
    #[serde(default)]
    version: String,
}

/// What the script of the cell is told.
#[derive(Serialize)]
struct Answer {
    value: Option<i64>,
    text: String,
    version: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    said: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    message: Option<String>,
}

/// An answer for the script of a cell.
pub(crate) fn answered(status: StatusCode, answer: &impl Serialize) -> Response {
    (status, Json(answer)).into_response()
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::ManagePrices>,
    PathParams((slug, offer)): PathParams<(String, OfferId)>,
    headers: HeaderMap,
    FormBody(form): FormBody<CellForm>,
) -> Result<Response, Refusal> {
    let wants_json = headers
        .get(header::ACCEPT)
        .and_then(|kind| kind.to_str().ok())
        .is_some_and(|kind| kind.contains("application/json"));
    let saved = match patch(&form) {
        Ok(patch) => {
            let expected = match form.version.parse() {
                Ok(version) => version,
                Err(_) => desk.pricing.offer_rule(who.scope(), &offer).await?.version,
            };
            desk.pricing
                .change_offer(who.scope(), &offer, &patch, expected)
                .await
        }
        Err(error) => Err(error),
    };
    if !wants_json {
        saved?;
        return Ok(Did::new("did-saved").at(&format!("/s/{slug}/prices/{offer}")));
    }
    match saved {
        Ok(rule) => {
            let mut answer = answer(&desk, who.language, &form.field, &rule);
            let key = if answer.value.is_some() {
                "did-cell"
            } else {
                "did-cell-cleared"
            };
            let field = say(&desk, language(who.language), &field_key(&form.field), &[]);
            answer.said = Some(say(
                &desk,
                language(who.language),
                key,
                &[("field", field.into()), ("value", answer.text.as_str().into())],
            ));
            Ok(Json(answer).into_response())
        }
        Err(PricingError::ChangedMeanwhile { .. }) => {
            let now = desk.pricing.offer_rule(who.scope(), &offer).await?;
            Ok((
                StatusCode::CONFLICT,
                Json(conflict(&desk, who.language, &form.field, &now)),
            )
                .into_response())
        }
        Err(error) if error.kind() == Kind::Invalid => {
            let said = serde_json::json!({ "message": sentence(&desk, who.language, &error) });
            Ok((StatusCode::UNPROCESSABLE_ENTITY, Json(said)).into_response())
        }
        Err(error) => Err(error.into()),
    }
}

fn patch(form: &CellForm) -> Result<OfferPatch, PricingError> {
    let typed = form.value.trim();
    let invalid = |field, code| PricingError::Invalid {
        field,
        value: typed.chars().take(40).collect(),
        code,
    };
    let value = match typed {
        "" => None,
        typed => {
            Some(sauda_edge::format::read_tenge(typed).ok_or_else(|| invalid("value", "web-number-form"))?)
        }
    };
    match form.field.as_str() {
        "min" => Ok(OfferPatch {
            min: Some(value),
            ..OfferPatch::default()
        }),
        "max" => Ok(OfferPatch {
            max: Some(value),
            ..OfferPatch::default()
        }),
        "step" => Ok(OfferPatch {
            step: Some(value),
            ..OfferPatch::default()
        }),
        _ => Err(invalid("field", "invalid-value")),
    }
}

fn field_key(field: &str) -> String {
    match field {
        "max" => "maximum",
        "step" => "step",
        _ => "minimum",
    }
    .to_owned()
}

fn value_of(field: &str, rule: &OfferRule) -> Option<Tenge> {
    match field {
        "max" => rule.max,
        "step" => rule.step,
        _ => rule.min,
    }
}

fn answer(desk: &Desk, to: Language, field: &str, rule: &OfferRule) -> Answer {
    let value = value_of(field, rule).map(Tenge::get);
    let text = value.map_or_else(|| say(desk, language(to), "set-it", &[]), format::group);
    Answer {
        value,
        text,
        version: rule.version,
        said: None,
        message: None,
    }
}

/// Who changed it to what and when; the person chooses.
fn conflict(desk: &Desk, to: Language, field: &str, now: &OfferRule) -> Answer {
    let mut told = answer(desk, to, field, now);
    let moment = Moment {
        words: desk.pages.words(),
        language: language(to),
        now: desk.now(),
    };
    let public = Public::new("web-cell-changed")
        .arg("by", &now.updated_by)
        .arg("value", &told.text)
        .arg("ago", moment.past(now.updated_at));
    told.message = Some(desk.edge.words().refusal(to, &public, desk.now()));
    told
}
