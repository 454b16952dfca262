//! Language and theme: kept with the person, and in a cookie for pages before sign-in.

use super::with_cookie;
use crate::{carried::is_own, door::Desk};
use axum::{
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
};
use sauda_accounts::{Preferences, Theme};
use sauda_edge::{FormBody, Language, Refusal, Visit, language_cookie, theme_cookie};
use serde::Deserialize;

#[derive(Deserialize)]
pub(super) struct LanguageForm {
    #[serde(default)]
    language: String,
    #[serde(default)]
    back: String,
}

#[derive(Deserialize)]
pub(super) struct ThemeForm {
    #[serde(default)]
    theme: String,
}

pub(super) async fn language(
    State(desk): State<Desk>,
    visit: Visit,
    FormBody(typed): FormBody<LanguageForm>,
) -> Result<Response, Refusal> {
    let back = Redirect::to(if is_own(&typed.back) { &typed.back } else { "/" }).into_response();
    let Some(language) = Language::parse(&typed.language) else {
        return Ok(back);
    };
    if let Some(session) = &visit.person {
        desk.accounts
            .set_preferences(
                session,
                Preferences {
                    language: Some(language),
                    ..session.preferences
                },
            )
            .await?;
    }
    Ok(with_cookie(back, language_cookie(desk.edge.settings(), language)))
}

/// Called by the theme button; the page shows the new theme already.
pub(super) async fn theme(
    State(desk): State<Desk>,
    visit: Visit,
    FormBody(typed): FormBody<ThemeForm>,
) -> Result<Response, Refusal> {
    let Some(theme) = Theme::parse(&typed.theme) else {
        return Ok(StatusCode::UNPROCESSABLE_ENTITY.into_response());
    };
    if let Some(session) = &visit.person {
        desk.accounts
            .set_preferences(
                session,
                Preferences {
                    theme,
                    ..session.preferences
                },
            )
            .await?;
    }
    Ok(with_cookie(
        StatusCode::NO_CONTENT.into_response(),
        theme_cookie(desk.edge.settings(), theme),
    ))
}
