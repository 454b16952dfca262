//! The team: people and their roles, invitations by link, links for a lost password.

use super::{profile::login_text, shown_once};
use crate::{
    around::initials,
    carried::Did,
    door::{Desk, form_refusals},
    views::{
        parts::{Form, Told},
        settings::{InviteLine, Member, Team},
    },
};
use axum::{extract::State, response::Response};
use sauda_accounts::{AccountsError, InviteState, Link, Right, Role};
use sauda_edge::{FormBody, PathParams, Person, Refusal, need};
use sauda_kernel::{InviteId, UserId};
use secrecy::ExposeSecret as _;
use serde::Deserialize;

const PATH: &str = "/settings/team";

type Owner = Person<need::ManageTeam>;

#[derive(Deserialize)]
pub(super) struct RoleForm {
    #[serde(default)]
    role: String,
}

#[derive(Deserialize)]
pub(super) struct InviteForm {
    #[serde(default)]
    role: String,
    #[serde(default)]
    note: String,
}

#[derive(Deserialize)]
pub(super) struct NameForm {
    #[serde(default)]
    merchant_name: String,
}

async fn view(desk: &Desk, who: &Owner, form: Form) -> Result<Team, Refusal> {
    let scope = who.scope();
    let mut form = form;
    form.values
        .entry("merchant_name".to_owned())
        .or_insert_with(|| who.session.merchant_name.clone());
    form.values
        .entry("role".to_owned())
        .or_insert_with(|| Role::Manager.word().to_owned());
    let members = desk.accounts.team(scope).await?.into_iter().map(|member| Member {
        is_me: member.user == who.session.user,
        id: member.user.to_string(),
        short: initials(&member.name),
        name: member.name,
        login: login_text(&member.login),
        role: member.role.word().to_owned(),
        seen_at: member.seen_at,
        has_second_factor: member.second_factor,
    });
    let invites = desk
        .accounts
        .invites(scope)
        .await?
        .into_iter()
        .filter(|invite| invite.state == InviteState::Open);
    let rights = Right::ALL.into_iter().map(|right| {
        let who_may = Role::ALL
            .into_iter()
            .map(|role| (role.word().to_owned(), role.may(right)))
            .collect();
        (right.word().to_owned(), who_may)
    });
    Ok(Team {
        members: members.collect(),
        invites: invites
            .map(|invite| InviteLine {
                id: invite.id.to_string(),
                role: invite.role.word().to_owned(),
                note: invite.note,
                by: invite.made_by,
                until: invite.expires_at,
            })
            .collect(),
        roles: Role::ALL.into_iter().map(|role| role.word().to_owned()).collect(),
        rights: rights.collect(),
        form,
        new_link: None,
        recovery_link: None,
    })
}

pub(super) async fn page(State(desk): State<Desk>, who: Owner) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    desk.draw(&shell, &view(&desk, &who, Form::default()).await?)
}

/// The page again with what a service refused, or the refusal's own page.
async fn refused(desk: &Desk, who: &Owner, form: Form, error: AccountsError) -> Result<Response, Refusal> {
    let Some(refusals) = form_refusals(&error) else {
        return Err(error.into());
    };
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    desk.again(&shell, &view(desk, who, form.refused(&refusals)).await?)
}

async fn with_link(desk: &Desk, who: &Owner, put: impl FnOnce(&mut Team)) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
    let mut team = view(desk, who, Form::default()).await?;
    put(&mut team);
    Ok(shown_once(desk.draw(&shell, &team)?))
}

/// The whole address of a link, as people send it on.
fn address(desk: &Desk, folder: &str, link: &Link) -> String {
    format!(
        "{}/{folder}/{}",
        desk.edge.settings().public_url.trim_end_matches('/'),
        link.token.expose_secret()
    )
}

pub(super) async fn invite(
    State(desk): State<Desk>,
    who: Owner,
    FormBody(typed): FormBody<InviteForm>,
) -> Result<Response, Refusal> {
    let Some(role) = Role::parse(&typed.role) else {
        let form = Form::default().refuse("role", Told::new("invalid-value").arg("value", typed.role));
        let shell = desk.shell(&who.session, who.language, PATH, "settings").await?;
        return desk.again(&shell, &view(&desk, &who, form).await?);
    };
    match desk.accounts.invite(who.scope(), role, &typed.note).await {
        Ok(link) => {
            let address = address(&desk, "join", &link);
            with_link(&desk, &who, |team| team.new_link = Some(address)).await
        }
        Err(error) => {
            refused(
                &desk,
                &who,
                Form::of(&[("role", &typed.role), ("note", &typed.note)]),
                error,
            )
            .await
        }
    }
}

pub(super) async fn revoke(
    State(desk): State<Desk>,
    who: Owner,
    PathParams(id): PathParams<InviteId>,
) -> Result<Response, Refusal> {
    match desk.accounts.revoke_invite(who.scope(), &id).await {
        Ok(()) => Ok(Did::new("did-invite-revoked").at(PATH)),
        Err(error) => refused(&desk, &who, Form::default(), error).await,
    }
}

/// Name of a member, for messages about them.
async fn name_of(desk: &Desk, who: &Owner, user: &UserId) -> Result<String, Refusal> {
    let team = desk.accounts.team(who.scope()).await?;
    Ok(team
        .into_iter()
        .find(|member| member.user == *user)
        .map(|member| member.name)
        .unwrap_or_default())
}

pub(super) async fn change_role(
    State(desk): State<Desk>,
    who: Owner,
    PathParams(user): PathParams<UserId>,
    FormBody(typed): FormBody<RoleForm>,
) -> Result<Response, Refusal> {
    let Some(role) = Role::parse(&typed.role) else {
        return refused(
            &desk,
            &who,
            Form::default(),
            AccountsError::NotFound {
                what: "role",
                id: typed.role,
            },
        )
        .await;
    };
    let name = name_of(&desk, &who, &user).await?;
    match desk.accounts.set_role(who.scope(), &user, role).await {
        Ok(()) => Ok(Did::new("did-role").arg("name", name).at(PATH)),
        Err(error) => refused(&desk, &who, Form::default(), error).await,
    }
}

pub(super) async fn recovery(
    State(desk): State<Desk>,
    who: Owner,
    PathParams(user): PathParams<UserId>,
) -> Result<Response, Refusal> {
    match desk.accounts.reset_link(who.scope(), &user).await {
        Ok(link) => {
            let address = address(&desk, "reset", &link);
            with_link(&desk, &who, |team| team.recovery_link = Some(address)).await
        }
        Err(error) => refused(&desk, &who, Form::default(), error).await,
    }
}

pub(super) async fn remove(
    State(desk): State<Desk>,
    who: Owner,
    PathParams(user): PathParams<UserId>,
) -> Result<Response, Refusal> {
    let name = name_of(&desk, &who, &user).await?;
    match desk.accounts.remove_member(who.scope(), &user).await {
        Ok(()) => Ok(Did::new("did-member-removed").arg("name", name).at(PATH)),
        Err(error) => refused(&desk, &who, Form::default(), error).await,
    }
}

pub(super) async fn rename(
    State(desk): State<Desk>,
    who: Owner,
    FormBody(typed): FormBody<NameForm>,
) -> Result<Response, Refusal> {
    match desk
        .accounts
        .rename_merchant(who.scope(), &who.session.merchant_name, &typed.merchant_name)
        .await
    {
        Ok(()) => Ok(Did::new("did-saved").at(PATH)),
        Err(error) => {
            refused(
                &desk,
                &who,
                Form::of(&[("merchant_name", &typed.merchant_name)]),
                error,
            )
            .await
        }
    }
}
