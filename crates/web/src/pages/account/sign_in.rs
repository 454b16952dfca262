//! Signing in with a password, the second step, signing out.

use super::{next_page, with_cookie};
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::system::urlencode,
    views::{
        account::{SecondFactor, SignIn},
        parts::{Form, Told},
    },
};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::AccountsError;
use sauda_edge::{FormBody, QueryParams, Refusal, Visit, sign_out_cookie};
use sauda_kernel::{Failure, Timestamp};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct Next {
    #[serde(default)]
    next: String,
    #[serde(default)]
    recovery: String,
}

#[derive(Deserialize)]
pub(super) struct SignInForm {
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
    #[serde(default)]
    next: String,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
    #[serde(default)]
    next: String,
    #[serde(default)]
    recovery: String,
}

pub(super) async fn form(
    State(desk): State<Desk>,
    visit: Visit,
    QueryParams(query): QueryParams<Next>,
) -> Result<Response, Refusal> {
    let next = next_page(&query.next).to_owned();
    if visit.person.is_some() {
        return Ok(Redirect::to(&next).into_response());
    }
    if desk.accounts.needs_owner().await? {
        return Ok(Redirect::to("/signup").into_response());
    }
    // The language switch leads back here and must not lose where to go on.
    let path = if next == "/" {
        "/login".to_owned()
    } else {
        format!("/login?next={}", urlencode(&next))
    };
    desk.draw(
        &desk.bare(visit.language, &path),
        &SignIn {
            form: Form::default(),
            locked_until: None,
            next,
        },
    )
}

pub(super) async fn enter(
    State(desk): State<Desk>,
    visit: Visit,
    FormBody(typed): FormBody<SignInForm>,
) -> Result<Response, Refusal> {
    let next = next_page(&typed.next).to_owned();
    let error = match desk
        .accounts
        .sign_in(&typed.login, typed.password.into(), &visit.visitor)
        .await
    {
        Ok(signed_in) if signed_in.needs_code => {
            return Ok(desk.open(&signed_in, &format!("/login/code?next={}", urlencode(&next))));
        }
        Ok(signed_in) => return Ok(desk.open(&signed_in, &next)),
        Err(error) => error,
    };
    let form = Form::of(&[("login", &typed.login)]);
    let shell = desk.bare(visit.language, "/login");
    if let Some(until) = locked(&error) {
        let mut page = desk.draw(
            &shell,
            &SignIn {
                form,
                locked_until: Some(until),
                next,
            },
        )?;
        *page.status_mut() = StatusCode::TOO_MANY_REQUESTS;
        return Ok(page);
    }
    // Nothing tells which of the two was wrong: no field is blamed.
    let form = match form_refusals(&error) {
        Some(_) if matches!(error, AccountsError::WrongPair | AccountsError::BadLogin(_)) => {
            form.refuse("", Told::new("web-wrong-pair"))
        }
        Some(refusals) => form.refused(&refusals),
        None => return Err(error.into()),
    };
    desk.again(
        &shell,
        &SignIn {
            form,
            locked_until: None,
            next,
        },
    )
}

const fn locked(error: &AccountsError) -> Option<Timestamp> {
    match error {
        AccountsError::Locked { until, .. } => Some(*until),
        _ => None,
    }
}

pub(super) async fn code_form(
    State(desk): State<Desk>,
    visit: Visit,
    QueryParams(query): QueryParams<Next>,
) -> Result<Response, Refusal> {
    if visit.person.is_some() {
        return Ok(Redirect::to(next_page(&query.next)).into_response());
    }
    if visit.awaiting.is_none() {
        return Ok(Redirect::to("/login").into_response());
    }
    let view = SecondFactor {
        form: Form::default(),
        recovery: !query.recovery.is_empty(),
        next: next_page(&query.next).to_owned(),
    };
    desk.draw(&desk.bare(visit.language, "/login/code"), &view)
}

pub(super) async fn enter_code(
    State(desk): State<Desk>,
    visit: Visit,
    FormBody(typed): FormBody<CodeForm>,
) -> Result<Response, Refusal> {
    let (Some(_), Some(cookie)) = (&visit.awaiting, &visit.cookie) else {
        return Ok(Did::new("did-sign-in-again").at("/login"));
    };
    let error = match desk
        .accounts
        .enter_code(cookie, &typed.code, &visit.visitor)
        .await
    {
        Ok(signed_in) => return Ok(desk.open(&signed_in, next_page(&typed.next))),
        Err(AccountsError::NoCodeAwaited) => return Ok(Did::new("did-sign-in-again").at("/login")),
        Err(error) => error,
    };
    let recovery = !typed.recovery.is_empty();
    let mut form = Form::default();
    match error {
        AccountsError::WrongCode => form = form.refuse("code", Told::new("wrong-code")),
        AccountsError::Locked { .. } => form = form.refused(&error.public()),
        other => return Err(other.into()),
    }
    let view = SecondFactor {
        form,
        recovery,
        next: next_page(&typed.next).to_owned(),
    };
    desk.again(&desk.bare(visit.language, "/login/code"), &view)
}

pub(super) async fn leave(State(desk): State<Desk>, visit: Visit) -> Result<Response, Refusal> {
    if let Some(cookie) = &visit.cookie {
        desk.accounts.sign_out(cookie).await?;
    }
    Ok(with_cookie(
        Redirect::to("/login").into_response(),
        sign_out_cookie(desk.edge.settings()),
    ))
}
