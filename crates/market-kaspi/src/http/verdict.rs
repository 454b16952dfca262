//! What a status and a content type mean, by service. Refuses to read a body before its type is known.

use super::{Answer, Effect, Service};
use crate::{KaspiSettings, read, wire::storefront::RefusalAnswer};
use reqwest::header::{CONTENT_TYPE, HeaderMap, RETRY_AFTER};
use sauda_kernel::Span;
use sauda_market::MarketError;

/// The kind of document that an answer says it is.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Form {
    Json,
    Html,
    Other,
}

fn form(answer: &Answer) -> Form {
    let told = answer
        .headers
        .get(CONTENT_TYPE)
        .and_then(|value| value.to_str().ok())
        .unwrap_or("")
        .to_ascii_lowercase();
    let told = told.split(';').next().unwrap_or("").trim();
    if told.contains("html") {
        Form::Html
    } else if told.ends_with("json") {
        Form::Json
    } else if told.is_empty() || told == "text/plain" {
        // Some services leave the type out; the first letter decides.
        match answer.body.iter().find(|byte| !byte.is_ascii_whitespace()) {
            Some(b'{' | b'[') => Form::Json,
            Some(b'<') => Form::Html,
            _ => Form::Other,
        }
    } else {
        Form::Other
    }
}

/// Passes a 2xx answer on and names every other.
///
/// # Errors
/// The failure that the status means for this service.
pub fn judge(
    answer: Answer,
    service: Service,
    effect: Effect,
    settings: &KaspiSettings,
) -> Result<Answer, MarketError> {
    if answer.is_success() {
        return Ok(answer);
    }
    let status = answer.status;
    let is_html = form(&answer) == Form::Html;
    let blocked = |what: &str| MarketError::Blocked {
        status,
        what: what.to_owned(),
    };
    Err(match (status, service) {
        (401, Service::Storefront) => blocked("a sign-in was asked for"),
        (401, Service::Official) => MarketError::BadToken,
        (403, Service::Official) if !is_html => MarketError::BadToken,
        (401, _) => MarketError::SessionEnded,
        (403, Service::Cabinet) if !is_html => MarketError::SessionEnded,
        (403, _) => blocked("forbidden"),
        (405, Service::Storefront) => blocked("method not allowed"),
        (429, Service::Storefront) if is_html && retry_after(&answer.headers).is_none() => {
            blocked("too many calls from this address")
        }
        (429, _) => MarketError::Throttled {
            wait: throttle_wait(&answer, service, effect, settings),
        },
        (300..=399, Service::Cabinet) => MarketError::SessionEnded,
        (300..=399, _) => MarketError::BadAnswer(format!("an unexpected redirect ({status})")),
        (404, Service::Storefront) => MarketError::NotFound("such page".to_owned()),
        (404, Service::Official) if effect == Effect::Read => MarketError::NotFound("such order".to_owned()),
        (408 | 500..=599, _) if effect == Effect::Write => {
            MarketError::Unclear(format!("the change was sent, the answer was {status}"))
        }
        (408, _) => MarketError::Timeout,
        (500..=599, _) => MarketError::Down { status },
        _ if is_html => blocked("a page instead of data"),
        (_, Service::Official) => official_refusal(&answer),
        _ => refusal(&answer),
    })
}

/// Passes JSON on; a page instead of it is a block.
///
/// # Errors
/// `Blocked`, `BadAnswer`, or `Unclear` for a call that changes something.
pub fn expect_json(answer: Answer, effect: Effect) -> Result<Answer, MarketError> {
    let form = form(&answer);
    if form == Form::Json {
        return Ok(answer);
    }
    if effect == Effect::Write {
        return Err(MarketError::Unclear(
            "the change was sent, the answer is not a document".to_owned(),
        ));
    }
    Err(if form == Form::Html {
        MarketError::Blocked {
            status: answer.status,
            what: "a page instead of data".to_owned(),
        }
    } else {
        MarketError::BadAnswer("the content type is not JSON".to_owned())
    })
}

/// Passes a page on.
///
/// # Errors
/// `BadAnswer`.
pub fn expect_html(answer: Answer) -> Result<Answer, MarketError> {
    if form(&answer) == Form::Html {
        return Ok(answer);
    }
    Err(MarketError::BadAnswer("the content type is not HTML".to_owned()))
}

/// `Retry-After` in seconds; the form with a date is not used by Kaspi and needs a clock.
pub fn retry_after(headers: &HeaderMap) -> Option<Span> {
    let seconds = headers
        .get(RETRY_AFTER)?
        .to_str()
        .ok()?
        .trim()
        .parse::<i64>()
        .ok()?;
    (0..=86_400).contains(&seconds).then(|| Span::from_secs(seconds))
}

fn throttle_wait(answer: &Answer, service: Service, effect: Effect, settings: &KaspiSettings) -> Span {
    retry_after(&answer.headers).unwrap_or_else(|| {
        let seconds = match (service, effect) {
            // Half an hour is what a price account is stopped for; orders have no such rule.
            (Service::Official, _) | (_, Effect::Read) => settings.read_ban_secs,
            (_, Effect::Write) => settings.change_ban_mins.saturating_mul(60),
        };
        Span::from_secs(i64::try_from(seconds).unwrap_or(i64::MAX))
    })
}

fn refusal(answer: &Answer) -> MarketError {
    let words: RefusalAnswer<'_> = read::document("refusal", &answer.body).unwrap_or_default();
    let code = words
        .error_code
        .owned()
        .unwrap_or_else(|| answer.status.to_string());
    let text = words
        .message
        .get()
        .or_else(|| words.error.get())
        .unwrap_or("no words");
    MarketError::Refused {
        code,
        text: text.chars().take(200).collect(),
    }
}

/// The official API says why in one line and nothing else; a wrong code of the buyer is known by its words.
fn official_refusal(answer: &Answer) -> MarketError {
    let text = read::refusal_title(&answer.body).unwrap_or_else(|| "no words".to_owned());
    if text
        .to_ascii_lowercase()
        .starts_with("security code is not valid")
    {
        return MarketError::WrongCode;
    }
    MarketError::Refused {
        code: answer.status.to_string(),
        text,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use reqwest::header::HeaderValue;

    fn answer(status: u16, form: &'static str, body: &str) -> Answer {
        let mut headers = HeaderMap::new();
        if !form.is_empty() {
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(form));
        }
        Answer {
            status,
            headers,
            body: body.as_bytes().to_vec(),
        }
    }

    fn word(status: u16, form: &'static str, service: Service, effect: Effect) -> &'static str {
        let settings = KaspiSettings::default();
        let judged = judge(answer(status, form, "{}"), service, effect, &settings)
            .and_then(|answer| expect_json(answer, effect));
        judged.map_or_else(|error| error.word(), |_| "ok")
    }

    #[test]
    fn every_status_has_one_meaning_by_service() {
        use Effect::{Read, Write};
        use Service::{Cabinet, Identity, Official, Storefront};
        let (json, html) = ("application/json;charset=UTF-8", "text/html; charset=utf-8");
        for (status, form, service, effect, wanted) in [
            (200, json, Storefront, Read, "ok"),
            (200, "", Storefront, Read, "ok"),
            (200, "application/vnd.api+json", Storefront, Read, "ok"),
            (200, html, Storefront, Read, "blocked"),
            (200, html, Cabinet, Write, "unclear"),
            (200, "image/png", Storefront, Read, "bad_answer"),
            (401, json, Cabinet, Read, "session_ended"),
            (401, json, Cabinet, Write, "session_ended"),
            (401, json, Storefront, Read, "blocked"),
            (403, json, Cabinet, Read, "session_ended"),
            (403, html, Cabinet, Read, "blocked"),
            (403, json, Storefront, Read, "blocked"),
            (405, json, Storefront, Read, "blocked"),
            (429, html, Storefront, Read, "blocked"),
            (429, json, Storefront, Read, "throttled"),
            (429, html, Cabinet, Write, "throttled"),
            (302, html, Cabinet, Read, "session_ended"),
            (302, html, Storefront, Read, "bad_answer"),
            (400, json, Storefront, Read, "refused"),
            (400, html, Storefront, Read, "blocked"),
            (404, json, Cabinet, Read, "refused"),
            (500, json, Cabinet, Read, "down"),
            (526, html, Cabinet, Read, "down"),
            (503, html, Cabinet, Write, "unclear"),
            (503, html, Identity, Read, "down"),
            (200, "application/vnd.api+json", Official, Read, "ok"),
            (401, json, Official, Read, "bad_token"),
            (403, json, Official, Write, "bad_token"),
            (403, html, Official, Read, "blocked"),
            (404, json, Official, Read, "not_found"),
            (404, json, Official, Write, "refused"),
            (400, json, Official, Write, "refused"),
            (502, html, Official, Write, "unclear"),
        ] {
            assert_eq!(
                word(status, form, service, effect),
                wanted,
                "{status} {form} {service:?} {effect:?}"
            );
        }
    }

    #[test]
    fn a_change_refused_with_429_stops_for_half_an_hour_unless_told_otherwise() {
        let settings = KaspiSettings::default();
        let judged = judge(answer(429, "", ""), Service::Cabinet, Effect::Write, &settings).err();
        assert_eq!(
            judged,
            Some(MarketError::Throttled {
                wait: Span::from_mins(30)
            })
        );
        let mut told = answer(429, "", "");
        told.headers.insert(RETRY_AFTER, HeaderValue::from_static("77"));
        let judged = judge(told, Service::Cabinet, Effect::Write, &settings).err();
        assert_eq!(
            judged,
            Some(MarketError::Throttled {
                wait: Span::from_secs(77)
            })
        );
    }

    #[test]
    fn a_refusal_repeats_the_words_of_the_answer() {
        let body = r#"{"timestamp":"2025-06-26T07:52:34.682+00:00","status":400,"error":"Bad Request","path":"/offers/1"}"#;
        let judged = judge(
            answer(400, "application/json", body),
            Service::Storefront,
            Effect::Read,
            &KaspiSettings::default(),
        )
        .err();
        assert_eq!(
            judged,
            Some(MarketError::Refused {
                code: "400".to_owned(),
                text: "Bad Request".to_owned()
            })
        );
    }
}
