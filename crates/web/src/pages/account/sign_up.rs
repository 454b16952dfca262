//! The first owner of this installation, or of a new team where strangers may make one.

use crate::{
    door::{Desk, form_refusals},
    views::{account::SignUp, parts::Form},
};
use axum::{
    extract::State,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::NewOwner;
use sauda_edge::{FormBody, Refusal, Visit};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct SignUpForm {
    #[serde(default)]
    merchant_name: String,
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
}

pub(super) async fn form(State(desk): State<Desk>, visit: Visit) -> Result<Response, Refusal> {
    if visit.person.is_some() {
        return Ok(Redirect::to("/").into_response());
    }
    if !desk.accounts.needs_owner().await? && !desk.accounts.sign_up_open().await? {
        return Ok(Redirect::to("/login").into_response());
    }
    desk.draw(
        &desk.bare(visit.language, "/signup"),
        &SignUp {
            form: Form::default(),
        },
    )
}

pub(super) async fn make(
    State(desk): State<Desk>,
    visit: Visit,
    FormBody(typed): FormBody<SignUpForm>,
) -> Result<Response, Refusal> {
    let new = NewOwner {
        merchant_name: typed.merchant_name.clone(),
        name: typed.name.clone(),
        login: typed.login.clone(),
        password: typed.password.into(),
        language: Some(visit.language),
    };
    match desk.accounts.sign_up(new, &visit.visitor).await {
        Ok(signed_in) => Ok(desk.open(&signed_in, "/")),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[
                ("merchant_name", &typed.merchant_name),
                ("name", &typed.name),
                ("login", &typed.login),
            ]);
            desk.again(
                &desk.bare(visit.language, "/signup"),
                &SignUp {
                    form: form.refused(&refusals),
                },
            )
        }
    }
}
