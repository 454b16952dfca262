//! The steps of `POST /api/p/login` and the page people would see. Refuses to keep who is signed in; the desk does.

use crate::{
    control::{
        faults::{FaultKind, Service, Subject},
        settings::Spelling,
    },
    kaspi::{
        identity::desk::Refusal,
        wire::{cookie, html, json, set_cookie},
    },
    locks::read,
    sim::Sim,
};
use axum::body::Bytes;
use axum::{
    extract::State,
    http::{HeaderMap, StatusCode},
    response::Response,
};
use serde::Deserialize;
use serde_json::{Value, json};
use std::sync::Arc;

/// Every member any step sends.
#[derive(Debug, Default, Deserialize)]
struct Step {
    #[serde(rename = "_ph")]
    phone: Option<String>,
    #[serde(rename = "_c")]
    code: Option<String>,
    #[serde(rename = "_u")]
    mail: Option<String>,
    #[serde(rename = "_p")]
    password: Option<String>,
    #[serde(rename = "_m_c")]
    mail_code: Option<String>,
    #[serde(rename = "_r_d")]
    remember: Option<bool>,
}

/// `POST /api/p/login`
pub async fn step(State(sim): State<Arc<Sim>>, headers: HeaderMap, body: Bytes) -> Response {
    let Ok(step) = serde_json::from_slice::<Step>(&body) else {
        return refuse(Refusal {
            code: "FAILED",
            break_seconds: None,
        });
    };
    let Some(known) = cookie(&headers, "MS_AUTH_SSO") else {
        return refuse(Refusal {
            code: "FAILED",
            break_seconds: None,
        });
    };
    let (visit, _) = sim.identity.visit(Some(known));
    if visit != known {
        return refuse(Refusal {
            code: "FAILED",
            break_seconds: None,
        });
    }
    let outcome = take(&sim, &visit, &step);
    let mut response = match outcome {
        Ok(answer) => json(StatusCode::OK, &answer),
        Err(refusal) => refuse(refusal),
    };
    if let Some(rotated) = sim.identity.rotate(&visit) {
        set_cookie(
            &mut response,
            &format!("MS_AUTH_SSO={rotated}; Path=/; HttpOnly; SameSite=Lax"),
        );
    }
    response
}

fn take(sim: &Sim, visit: &str, step: &Step) -> Result<Value, Refusal> {
    let now = sim.clock.limit_now();
    let settings = *read(&sim.settings);
    let accounts = &sim.world.accounts;
    let done = |signed_in: bool| {
        if signed_in {
            json!({"redirectUrl": "/"})
        } else {
            json!({})
        }
    };
    let subject = Subject {
        service: Service::Identity,
        ..Subject::default()
    };
    if let Some(phone) = &step.phone {
        sim.identity.send_sms(visit, phone, accounts, now)?;
        return Ok(json!({"phone": phone}));
    }
    let spelling = settings.mail_code_spelling;
    if let (Some(_), Some(code)) = (&step.mail, &step.mail_code) {
        if spelling == Spelling::C || step.remember != Some(true) {
            return Err(Refusal {
                code: "FAILED",
                break_seconds: None,
            });
        }
        return sim.identity.enter(visit, code, true, None, now).map(done);
    }
    if let (Some(_), Some(_), Some(code)) = (&step.mail, &step.password, &step.code) {
        if spelling == Spelling::MC {
            return Err(Refusal {
                code: "FAILED",
                break_seconds: None,
            });
        }
        return sim.identity.enter(visit, code, true, None, now).map(done);
    }
    if let (Some(mail), Some(password)) = (&step.mail, &step.password) {
        let demanded = settings.mail_code || sim.fault(FaultKind::SecondFactor, &subject);
        return sim
            .identity
            .password(visit, mail, password, accounts, demanded, now)
            .map(done);
    }
    if let Some(code) = &step.code {
        let then_mail = sim
            .fault(FaultKind::SecondFactor, &subject)
            .then_some(accounts.as_slice());
        return sim.identity.enter(visit, code, false, then_mail, now).map(done);
    }
    Err(Refusal {
        code: "FAILED",
        break_seconds: None,
    })
}

fn refuse(refusal: Refusal) -> Response {
    let mut body = json!({"errorCode": refusal.code});
    if let (Some(seconds), Some(fields)) = (refusal.break_seconds, body.as_object_mut()) {
        fields.insert("errorData".to_owned(), json!({"breakTimeSeconds": seconds}));
    }
    json(StatusCode::UNAUTHORIZED, &body)
}

/// `GET /login`: the page with the selectors that browser-driven clients know.
pub async fn page() -> Response {
    html(
        StatusCode::OK,
        "<!doctype html><html lang=\"ru\"><head><title>Вход – Kaspi Продавец</title></head><body><a id=\"phone_tab\">Телефон</a>\
         <input id=\"user_phone_field\"><input id=\"user_email_field\"><input id=\"password_field\" type=\"password\">\
         <button class=\"button is-primary\">Продолжить</button></body></html>",
    )
}
