//! Password, two-step sign-in, sessions of the person who looks.

use super::shown_once;
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::{Form, Told},
        settings::{Enrolment, Security, SessionLine},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{AccountsError, RecoveryCodes, device_name};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::SessionId;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

const PATH: &str = "/settings/security";

type Me = Person<need::SignedIn>;

#[derive(Deserialize)]
pub(super) struct PasswordForm {
    #[serde(default)]
    old: String,
    #[serde(default)]
    new: String,
}

#[derive(Deserialize)]
pub(super) struct ProofForm {
    #[serde(default)]
    current_password: String,
}

#[derive(Deserialize)]
pub(super) struct CodeForm {
    #[serde(default)]
    code: String,
}

/// What may be wrong with the three forms of the page.
#[derive(Default)]
struct Forms {
    password: Form,
    second: Form,
    code: Form,
}

async fn view(desk: &Desk, who: &Me, forms: Forms) -> Result<Security, Refusal> {
    let session = &who.session;
    let factor = desk.accounts.second_factor(session).await?;
    let enrolment = match desk.accounts.pending_second_factor(session).await {
        Ok(pending) => Some(Enrolment {
            picture: pending.picture.expose_secret().to_owned(),
            secret: in_fours(pending.secret.expose_secret()),
            form: forms.code,
        }),
        Err(AccountsError::SecondFactorOff) => None,
        Err(error) => return Err(error.into()),
    };
    let sessions = desk
        .accounts
        .sessions(session)
        .await?
        .into_iter()
        .map(|row| SessionLine {
            id: row.id.to_string(),
            device: device_name(&row.device),
            address: row.address,
            seen_at: row.seen_at,
            is_this: row.current,
        });
    Ok(Security {
        sessions: sessions.collect(),
        has_second_factor: factor.since.is_some(),
        recovery_left: i64::from(factor.codes_left),
        password: forms.password,
        second: forms.second,
        enrolment,
        recovery_codes: Vec::new(),
    })
}

/// Groups of four are easier to type.
fn in_fours(secret: &str) -> String {
    let mut out = String::with_capacity(secret.len() + secret.len() / 4);
    for (place, letter) in secret.chars().enumerate() {
        if place > 0 && place % 4 == 0 {
            out.push(' ');
        }
        out.push(letter);
    }
    out
}

pub(super) async fn page(State(desk): State<Desk>, who: Me) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    Ok(shown_once(
        desk.draw(&shell, &view(&desk, &who, Forms::default()).await?)?,
    ))
}

async fn again(desk: &Desk, who: &Me, forms: Forms) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    Ok(shown_once(desk.again(&shell, &view(desk, who, forms).await?)?))
}

async fn with_codes(desk: &Desk, who: &Me, codes: &RecoveryCodes) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    let mut security = view(desk, who, Forms::default()).await?;
    security.recovery_codes = codes
        .0
        .iter()
        .map(|code| code.expose_secret().to_owned())
        .collect();
    Ok(shown_once(desk.draw(&shell, &security)?))
}

/// Fields of the service under the names of the form; wrong guesses that closed the door belong to the form as a whole.
fn blame(error: &AccountsError, names: &[(&str, &str)]) -> Option<Form> {
    let refusals = match error {
        AccountsError::Locked { .. } => sauda_kernel::Failure::public(error),
        _ => form_refusals(error)?,
    };
    let mut form = Form::default();
    for refusal in &refusals {
        let field = refusal.field.as_deref().unwrap_or_default();
        let field = names
            .iter()
            .find(|(theirs, _)| *theirs == field)
            .map_or(field, |(_, ours)| ours);
        form = form.refuse(field, Told::from(refusal));
    }
    Some(form)
}

pub(super) async fn change_password(
    State(desk): State<Desk>,
    who: Me,
    FormBody(typed): FormBody<PasswordForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .change_password(&who.session, typed.old.into(), typed.new.into())
        .await
    {
        Ok(signed_in) => Ok(desk.with_session(Did::new("did-password-changed").at(PATH), &signed_in)),
        Err(error) => match blame(&error, &[("current_password", "old"), ("password", "new")]) {
            Some(password) => {
                again(
                    &desk,
                    &who,
                    Forms {
                        password,
                        ..Forms::default()
                    },
                )
                .await
            }
            None => Err(error.into()),
        },
    }
}

async fn second_refused(desk: &Desk, who: &Me, error: AccountsError) -> Result<Response, Refusal> {
    match blame(&error, &[]) {
        Some(second) => {
            again(
                desk,
                who,
                Forms {
                    second,
                    ..Forms::default()
                },
            )
            .await
        }
        None => Err(error.into()),
    }
}

pub(super) async fn begin_second(
    State(desk): State<Desk>,
    who: Me,
    FormBody(typed): FormBody<ProofForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .begin_second_factor(&who.session, typed.current_password.into())
        .await
    {
        // The secret is shown again by the page itself until the first code confirms it.
        Ok(_) => Ok(axum::response::IntoResponse::into_response(
            axum::response::Redirect::to(PATH),
        )),
        Err(error) => second_refused(&desk, &who, error).await,
    }
}

pub(super) async fn confirm_second(
    State(desk): State<Desk>,
    who: Me,
    FormBody(typed): FormBody<CodeForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .confirm_second_factor(&who.session, &typed.code)
        .await
    {
        Ok((codes, signed_in)) => Ok(desk.with_session(with_codes(&desk, &who, &codes).await?, &signed_in)),
        Err(error) => match blame(&error, &[]) {
            Some(form) => {
                let code = Form {
                    values: Form::of(&[("code", &typed.code)]).values,
                    ..form
                };
                again(
                    &desk,
                    &who,
                    Forms {
                        code,
                        ..Forms::default()
                    },
                )
                .await
            }
            None => Err(error.into()),
        },
    }
}

pub(super) async fn renew_codes(
    State(desk): State<Desk>,
    who: Me,
    FormBody(typed): FormBody<ProofForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .renew_recovery_codes(&who.session, typed.current_password.into())
        .await
    {
        Ok(codes) => with_codes(&desk, &who, &codes).await,
        Err(error) => second_refused(&desk, &who, error).await,
    }
}

pub(super) async fn end_second(
    State(desk): State<Desk>,
    who: Me,
    FormBody(typed): FormBody<ProofForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .end_second_factor(&who.session, typed.current_password.into())
        .await
    {
        Ok(signed_in) => Ok(desk.with_session(Did::new("did-second-off").at(PATH), &signed_in)),
        Err(error) => second_refused(&desk, &who, error).await,
    }
}

pub(super) async fn end_session(
    State(desk): State<Desk>,
    who: Me,
    PathParams(id): PathParams<SessionId>,
) -> Result<Response, Refusal> {
    desk.accounts.end_session(&who.session, &id).await?;
    Ok(Did::new("did-session-ended").at(PATH))
}

pub(super) async fn end_others(State(desk): State<Desk>, who: Me) -> Result<Response, Refusal> {
    let ended = desk.accounts.end_other_sessions(&who.session).await?;
    Ok(Did::new("did-sessions-ended").arg("n", ended).at(PATH))
}
