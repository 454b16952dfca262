//! API keys: made, shown once, revoked.

use super::shown_once;
use crate::{
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::Form,
        settings::{KeyLine, Keys},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{NewKey, Right};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::ApiKeyId;
use secrecy::ExposeSecret as _;
use serde::Deserialize;

const PATH: &str = "/settings/keys";

type Maker = Person<need::ManageKeys>;

#[derive(Deserialize)]
pub(super) struct KeyForm {
    #[serde(default)]
    name: String,
    #[serde(default)]
    right: Vec<String>,
}

async fn view(desk: &Desk, who: &Maker, form: Form, chosen: Vec<String>) -> Result<Keys, Refusal> {
    let keys = desk.accounts.keys(who.scope()).await?;
    let keys = keys
        .into_iter()
        .filter(|key| key.revoked_at.is_none())
        .map(|key| KeyLine {
            id: key.id.to_string(),
            name: key.name,
            start: key.hint,
            rights: key
                .rights
                .into_iter()
                .map(|right| right.word().to_owned())
                .collect(),
            by: key.made_by,
            made_at: key.created_at,
            used_at: key.used_at,
        });
    let rights = Right::ALL
        .into_iter()
        .filter(|right| who.scope().may(*right))
        .map(|right| right.word().to_owned());
    Ok(Keys {
        keys: keys.collect(),
        rights: rights.collect(),
        chosen,
        form,
        new_key: None,
    })
}

pub(super) async fn page(State(desk): State<Desk>, who: Maker) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    let chosen = vec![Right::ViewPrices.word().to_owned()];
    desk.draw(&shell, &view(&desk, &who, Form::default(), chosen).await?)
}

pub(super) async fn make(
    State(desk): State<Desk>,
    who: Maker,
    FormBody(typed): FormBody<KeyForm>,
) -> Result<Response, Refusal> {
    let rights = typed.right.iter().filter_map(|word| Right::parse(word)).collect();
    let made = desk
        .accounts
        .make_key(
            who.scope(),
            NewKey {
                name: typed.name.clone(),
                rights,
                expires_at: None,
            },
        )
        .await;
    match made {
        Ok(made) => {
            let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
            let mut keys = view(&desk, &who, Form::default(), Vec::new()).await?;
            keys.new_key = Some(made.key.expose_secret().to_owned());
            Ok(shown_once(desk.draw(&shell, &keys)?))
        }
        Err(error) => {
            let Some(refusals) = form_refusals(&error) else {
                return Err(error.into());
            };
            let form = Form::of(&[("name", &typed.name)]).refused(&refusals);
            let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
            desk.again(&shell, &view(&desk, &who, form, typed.right).await?)
        }
    }
}

pub(super) async fn revoke(
    State(desk): State<Desk>,
    who: Maker,
    PathParams(id): PathParams<ApiKeyId>,
) -> Result<Response, Refusal> {
    let keys = desk.accounts.keys(who.scope()).await?;
    let name = keys
        .into_iter()
        .find(|key| key.id == id)
        .map(|key| key.name)
        .unwrap_or_default();
    desk.accounts.revoke_key(who.scope(), &id).await?;
    Ok(Did::new("did-key-revoked").arg("name", name).at(PATH))
}
