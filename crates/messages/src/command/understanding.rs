//! The answer of `sauda understand`. Refuses to leave out that an intent is unsure.

use super::{question::Question, refusal::Refusal};
use crate::understand::{Intent, Language, Measures, ReplyKind, Understanding, Values, understand};
use serde::Serialize;
use serde_json::{Map, Value};

#[derive(Serialize)]
struct Line<'a> {
    line: u64,
    #[serde(skip_serializing_if = "Option::is_none")]
    id: Option<&'a Value>,
    language: Language,
    intent: Intent,
    confidence: f64,
    /// A person should look: the intent is a guess.
    unclear: bool,
    alternatives: Vec<Alternative>,
    values: Map<String, Value>,
    reply: Reply,
    opt_out: bool,
}

#[derive(Serialize)]
struct Alternative {
    intent: Intent,
    confidence: f64,
}

#[derive(Serialize)]
struct Reply {
    kind: ReplyKind,
    #[serde(skip_serializing_if = "Option::is_none")]
    size: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    steps: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    height_cm: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    weight_kg: Option<i64>,
}

fn thousandths(share: f64) -> f64 {
    (share * 1000.0).round() / 1000.0
}

pub(super) fn line(line: u64, question: &Question) -> Result<String, Refusal> {
    let meaning = understand(&question.text, question.offered.as_deref());
    let (intent, confidence) = meaning.intent();
    let others = meaning
        .ranking
        .iter()
        .skip(1)
        .take(2)
        .filter(|(_, share)| *share >= 0.01);
    let measured = meaning.reply.kind == ReplyKind::Measurements;
    let measures = &meaning.values.measures;
    let answer = Line {
        line,
        id: question.id.as_ref(),
        language: meaning.language,
        intent,
        confidence: thousandths(confidence),
        unclear: !meaning.is_sure(),
        alternatives: others
            .map(|(intent, share)| Alternative {
                intent: *intent,
                confidence: thousandths(*share),
            })
            .collect(),
        values: values(&meaning),
        reply: Reply {
            kind: meaning.reply.kind,
            size: meaning.reply.size.clone(),
            steps: meaning.reply.steps,
            height_cm: measures.height_cm.filter(|_| measured),
            weight_kg: measures.weight_kg.filter(|_| measured),
        },
        opt_out: meaning.opt_out,
    };
    serde_json::to_string(&answer).map_err(|error| Refusal::not_json(&error))
}

/// Only what was named is there.
fn values(meaning: &Understanding) -> Map<String, Value> {
    let Values {
        sizes,
        measures,
        colours,
        city,
        order_code,
        phones,
    } = &meaning.values;
    let mut told = Map::new();
    let mut put = |name: &str, value: Value| {
        told.insert(name.to_owned(), value);
    };
    if !sizes.is_empty() {
        put("sizes", sizes.clone().into());
    }
    numbers(measures, &mut put);
    if !colours.is_empty() {
        put("colours", colours.clone().into());
    }
    if let Some(city) = city {
        put("city", city.name.into());
        put("city_slug", city.slug.into());
    }
    if let Some(code) = order_code {
        put("order_code", code.clone().into());
    }
    if !phones.is_empty() {
        let numbers = phones
            .iter()
            .filter_map(|phone| phone.e164.clone().or_else(|| phone.masked.clone()));
        put("phones", numbers.collect::<Vec<_>>().into());
    }
    told
}

fn numbers(measures: &Measures, put: &mut impl FnMut(&str, Value)) {
    let price = if measures.is_budget {
        "budget_tenge"
    } else {
        "price_tenge"
    };
    let whole = [
        ("height_cm", measures.height_cm),
        ("weight_kg", measures.weight_kg),
        ("age_years", measures.age_years),
        ("age_months", measures.age_months),
        ("chest_cm", measures.chest_cm),
        ("waist_cm", measures.waist_cm),
        ("hips_cm", measures.hips_cm),
        ("quantity", measures.quantity),
        (price, measures.price_tenge),
    ];
    for (name, value) in whole {
        if let Some(value) = value {
            put(name, value.into());
        }
    }
    if let Some(foot) = measures.foot_mm {
        let centimetres = f64::from(i32::try_from(foot).unwrap_or(0)) / 10.0;
        put(
            "foot_cm",
            if foot % 10 == 0 {
                (foot / 10).into()
            } else {
                centimetres.into()
            },
        );
    }
}
