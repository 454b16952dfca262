//! The person's own name, language, theme and shortcuts; which team is worked for.

use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    pages::account::with_cookie,
    views::{parts::Form, settings::Profile},
};
use axum::{extract::State, response::Response};
use sauda_accounts::{Language, Login, LoginKind, Preferences, Session, Theme};
use sauda_edge::{FormBody, Person, Refusal, language_cookie, need, theme_cookie};
use sauda_kernel::MerchantId;
use serde::Deserialize;

const PATH: &str = "/settings/profile";

#[derive(Deserialize)]
pub(super) struct ProfileForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    language: String,
    #[serde(default)]
    theme: String,
    #[serde(default)]
    single_keys: String,
}

#[derive(Deserialize)]
pub(super) struct MerchantForm {
    merchant: MerchantId,
}

/// A login as its owner may see it.
pub(super) fn login_text(stored: &str) -> String {
    match Login::parse(stored).map(|login| login.kind()) {
        Ok(LoginKind::Phone) => sauda_edge::format::phone(stored),
        Ok(LoginKind::Mail) | Err(_) => stored.to_owned(),
    }
}

async fn view(desk: &Desk, session: &Session, form: Form) -> Result<Profile, Refusal> {
    let memberships = desk.accounts.memberships(session).await?;
    let here = session.scope.merchant();
    Ok(Profile {
        form,
        login: login_text(&session.login),
        role: session.role.word().to_owned(),
        merchants: memberships
            .into_iter()
            .map(|home| {
                (
                    home.merchant.to_string(),
                    home.merchant_name,
                    home.merchant == *here,
                )
            })
            .collect(),
    })
}

pub(super) async fn page(State(desk): State<Desk>, who: Person<need::SignedIn>) -> Result<Response, Refusal> {
    let session = &who.session;
    let form = Form::of(&[
        ("name", &session.name),
        ("language", who.language.word()),
        ("theme", session.preferences.theme.word()),
        (
            "single_keys",
            if session.preferences.shortcuts { "on" } else { "" },
        ),
    ]);
    let shell = desk.shell(session, who.language, PATH, "settings").await?;
    desk.draw(&shell, &view(&desk, session, form).await?)
}

pub(super) async fn save(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    FormBody(typed): FormBody<ProfileForm>,
) -> Result<Response, Refusal> {
    let session = &who.session;
    if typed.name.trim() != session.name
        && let Err(error) = desk.accounts.set_name(session, &typed.name).await
    {
        let Some(refusals) = form_refusals(&error) else {
            return Err(error.into());
        };
        let form = Form::of(&[
            ("name", &typed.name),
            ("language", &typed.language),
            ("theme", &typed.theme),
            ("single_keys", &typed.single_keys),
        ]);
        let shell = desk.shell(session, who.language, PATH, "settings").await?;
        return desk.again(&shell, &view(&desk, session, form.refused(&refusals)).await?);
    }
    let language = Language::parse(&typed.language).unwrap_or(who.language);
    let theme = Theme::parse(&typed.theme).unwrap_or(session.preferences.theme);
    let wanted = Preferences {
        language: Some(language),
        theme,
        shortcuts: typed.single_keys == "on",
    };
    desk.accounts.set_preferences(session, wanted).await?;
    let saved = with_cookie(
        Did::new("did-saved").at(PATH),
        language_cookie(desk.edge.settings(), language),
    );
    Ok(with_cookie(saved, theme_cookie(desk.edge.settings(), theme)))
}

pub(super) async fn switch(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    FormBody(typed): FormBody<MerchantForm>,
) -> Result<Response, Refusal> {
    let signed_in = desk
        .accounts
        .switch_merchant(&who.session, &typed.merchant)
        .await?;
    Ok(desk.with_session(Did::new("did-switched").at("/"), &signed_in))
}
