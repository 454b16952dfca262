//! Links: joining a team, setting a new password.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::account::with_cookie,
    views::{
        account::{Join, NewPassword},
        parts::Form,
    },
};
use axum::{extract::State, http::StatusCode, response::Response};
use sauda_accounts::{AccountsError, InviteFacts, NewPerson};
use sauda_edge::{FormBody, PathParams, Refusal, Visit, sign_out_cookie};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct JoinForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    login: String,
    #[serde(default)]
    password: String,
}

#[derive(Deserialize)]
pub(super) struct ResetForm {
    #[serde(default)]
    password: String,
}

fn join_page(visit: &Visit, token: &str, facts: Option<InviteFacts>, form: Form) -> Join {
    let is_dead = facts.is_none();
    let (merchant, invited_by, role) = facts.map_or_else(Default::default, |facts| {
        (facts.merchant_name, facts.made_by, facts.role.word().to_owned())
    });
    let me = visit.person.as_ref().map(|person| person.name.clone());
    Join {
        form,
        merchant,
        invited_by,
        role,
        token: token.to_owned(),
        me,
        is_dead,
    }
}

async fn facts(desk: &Desk, token: &str) -> Result<Option<InviteFacts>, Refusal> {
    match desk.accounts.invite_facts(token).await {
        Ok(facts) => Ok(Some(facts)),
        Err(AccountsError::LinkDead) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn form(
    State(desk): State<Desk>,
    visit: Visit,
    PathParams(token): PathParams<String>,
) -> Result<Response, Refusal> {
    let view = join_page(&visit, &token, facts(&desk, &token).await?, Form::default());
    Ok(dead(
        desk.draw(&desk.bare(visit.language, &format!("/join/{token}")), &view)?,
        view.is_dead,
    ))
}

/// A link that does not work is not a page that exists.
fn dead(mut page: Response, is_dead: bool) -> Response {
    if is_dead {
        *page.status_mut() = StatusCode::NOT_FOUND;
    }
    page
}

pub(super) async fn accept(
    State(desk): State<Desk>,
    visit: Visit,
    PathParams(token): PathParams<String>,
    FormBody(typed): FormBody<JoinForm>,
) -> Result<Response, Refusal> {
    let Some(invite) = facts(&desk, &token).await? else {
        let view = join_page(&visit, &token, None, Form::default());
        return Ok(dead(desk.draw(&desk.bare(visit.language, "/"), &view)?, true));
    };
    let accepted = if let Some(session) = &visit.person {
        desk.accounts.accept_invite(session, &token).await
    } else {
        let new = NewPerson {
            name: typed.name.clone(),
            login: typed.login.clone(),
            password: typed.password.into(),
            language: Some(visit.language),
        };
        desk.accounts.accept_invite_new(&token, new, &visit.visitor).await
    };
    match accepted {
        Ok(signed_in) => Ok(desk.with_session(
            Did::new("did-joined")
                .arg("merchant", invite.merchant_name)
                .at("/"),
            &signed_in,
        )),
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[("name", &typed.name), ("login", &typed.login)]).refused(&refusals);
            desk.again(
                &desk.bare(visit.language, &format!("/join/{token}")),
                &join_page(&visit, &token, Some(invite), form),
            )
        }
    }
}

async fn whose(desk: &Desk, token: &str) -> Result<Option<String>, Refusal> {
    match desk.accounts.reset_facts(token).await {
        Ok(login) => Ok(Some(login)),
        Err(AccountsError::LinkDead) => Ok(None),
        Err(error) => Err(error.into()),
    }
}

pub(super) async fn reset_form(
    State(desk): State<Desk>,
    visit: Visit,
    PathParams(token): PathParams<String>,
) -> Result<Response, Refusal> {
    let login = whose(&desk, &token).await?;
    let is_dead = login.is_none();
    let path = format!("/reset/{token}");
    let view = NewPassword {
        form: Form::default(),
        login: login.unwrap_or_default(),
        token,
        is_dead,
    };
    Ok(dead(
        desk.draw(&desk.bare(visit.language, &path), &view)?,
        is_dead,
    ))
}

pub(super) async fn reset(
    State(desk): State<Desk>,
    visit: Visit,
    PathParams(token): PathParams<String>,
    FormBody(typed): FormBody<ResetForm>,
) -> Result<Response, Refusal> {
    let login = whose(&desk, &token).await?;
    match desk
        .accounts
        .reset_password(&token, typed.password.into(), &visit.visitor.address)
        .await
    {
        // Every session of the person ended, also the one of this browser.
        Ok(()) => Ok(with_cookie(
            Did::new("did-password-set").at("/login"),
            sign_out_cookie(desk.edge.settings()),
        )),
        Err(AccountsError::LinkDead) => {
            let view = NewPassword {
                form: Form::default(),
                login: String::new(),
                token,
                is_dead: true,
            };
            Ok(dead(desk.draw(&desk.bare(visit.language, "/"), &view)?, true))
        }
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let path = format!("/reset/{token}");
            let view = NewPassword {
                form: Form::default().refused(&refusals),
                login: login.unwrap_or_default(),
                token,
                is_dead: false,
            };
            desk.again(&desk.bare(visit.language, &path), &view)
        }
    }
}
