//! Connecting a shop: way and login, code, the first reading. Four steps that live in the address.

use crate::{
    door::{Desk, language},
    shell::Shell,
    views::{
        View,
        connect::{ConnectCheck, ConnectCode, ConnectWay, FoundShop, SyncStep},
        parts::{Form, Told},
    },
};
use axum::{
    Router,
    extract::State,
    http::StatusCode,
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use sauda_accounts::{Scope, Session};
use sauda_catalog::{Access, AccessState, Connected, LoginKind, SYNC_JOB, Shop};
use sauda_edge::{FormBody, Language, PathParams, Person, Refusal, need};
use sauda_jobs::{JobFilter, JobState};
use sauda_kernel::{AccessId, Failure, Kind, Span};
use serde::Deserialize;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/connect", get(way).post(sign_in))
        .route("/connect/{access}/code", get(code).post(enter_code))
        .route("/connect/{access}/resend", post(resend))
        .route("/connect/{access}/check", get(check).post(read_again))
}

/// A new code may be asked for after this.
const RESEND_AFTER: Span = Span::from_secs(60);

fn bare(desk: &Desk, session: &Session, to: Language, path: &str) -> Shell {
    let mut shell = Shell::bare(language(to), desk.now(), path);
    shell.theme = crate::around::theme(session);
    shell
}

async fn way(State(desk): State<Desk>, who: Person<need::ManageShops>) -> Result<Response, Refusal> {
    let view = ConnectWay {
        form: Form::of(&[("way", "phone")]),
        blocked_until: None,
        renew: None,
    };
    desk.draw(&bare(&desk, &who.session, who.language, "/connect"), &view)
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct WayForm {
    way: String,
    #[serde(default)]
    phone: String,
    #[serde(default)]
    mail: String,
    #[serde(default)]
    mail_password: String,
}

async fn sign_in(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    FormBody(typed): FormBody<WayForm>,
) -> Result<Response, Refusal> {
    let by_mail = typed.way == "mail";
    let (kind, login, password) = if by_mail {
        (
            LoginKind::Mail,
            typed.mail.as_str(),
            Some(typed.mail_password.as_str()),
        )
    } else {
        (LoginKind::Phone, typed.phone.as_str(), None)
    };
    match desk.catalog.connect(who.scope(), kind, login, password).await {
        Ok(connected) => Ok(next_step(&connected).into_response()),
        Err(error) => {
            let blocked = match error.kind() {
                Kind::Throttled(wait) => Some(desk.now().plus(wait)),
                Kind::Invalid | Kind::Conflict | Kind::Unavailable => None,
                _ => return Err(error.into()),
            };
            let form = Form::of(&[
                ("way", typed.way.as_str()),
                ("phone", &typed.phone),
                ("mail", &typed.mail),
            ]);
            let form = refuse(
                form,
                &error,
                if by_mail { "mail" } else { "phone" },
                if by_mail { "mail_password" } else { "phone" },
            );
            let view = ConnectWay {
                form,
                blocked_until: blocked,
                renew: None,
            };
            again(&desk, &bare(&desk, &who.session, who.language, "/connect"), &view)
        }
    }
}

/// The field `login` of the services is one of two fields of the form; a wrong password is the password's.
fn refuse(mut form: Form, error: &sauda_catalog::CatalogError, login: &str, secret: &str) -> Form {
    for refusal in error.public() {
        let field = match (refusal.field.as_deref(), refusal.code) {
            (_, "market-wrong-credentials") => secret,
            (Some("login"), _) => login,
            (Some("code"), _) => "code",
            _ => "",
        };
        form = form.refuse(field, Told::from(&refusal));
    }
    form
}

/// The form again, with what is wrong.
fn again<V: View>(desk: &Desk, shell: &Shell, view: &V) -> Result<Response, Refusal> {
    let mut page = desk.draw(shell, view)?;
    *page.status_mut() = StatusCode::UNPROCESSABLE_ENTITY;
    Ok(page)
}

fn next_step(connected: &Connected) -> Redirect {
    let step = if connected.access.state == AccessState::Connected {
        "check"
    } else {
        "code"
    };
    Redirect::to(&format!("/connect/{}/{step}", connected.access.id))
}

fn code_view(desk: &Desk, access: &Access, form: Form) -> ConnectCode {
    let resend = access.state_since.plus(RESEND_AFTER);
    ConnectCode {
        form,
        access: access.id.to_string(),
        way: access.login_kind.word().to_owned(),
        sent_to: access.code_sent_to().unwrap_or(&access.login_masked).to_owned(),
        digits: access.code_digits().map(i64::from),
        attempts_left: None,
        resend_at: (resend > desk.now()).then_some(resend),
        blocked_until: access
            .state_until
            .filter(|until| access.state == AccessState::Blocked && *until > desk.now()),
    }
}

async fn code(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Response, Refusal> {
    let access = desk.catalog.access(who.scope(), &id).await?;
    if access.state == AccessState::Connected {
        return Ok(Redirect::to(&format!("/connect/{id}/check")).into_response());
    }
    let view = code_view(&desk, &access, Form::default());
    desk.draw(
        &bare(&desk, &who.session, who.language, &format!("/connect/{id}/code")),
        &view,
    )
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct CodeForm {
    code: String,
}

async fn enter_code(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<AccessId>,
    FormBody(typed): FormBody<CodeForm>,
) -> Result<Response, Refusal> {
    match desk.catalog.enter_code(who.scope(), &id, &typed.code).await {
        Ok(connected) => Ok(next_step(&connected).into_response()),
        Err(error)
            if matches!(
                error.kind(),
                Kind::Invalid | Kind::Conflict | Kind::Unavailable | Kind::Throttled(_)
            ) =>
        {
            let access = desk.catalog.access(who.scope(), &id).await?;
            let form = refuse(Form::of(&[("code", typed.code.as_str())]), &error, "code", "code");
            let view = code_view(&desk, &access, form);
            again(
                &desk,
                &bare(&desk, &who.session, who.language, &format!("/connect/{id}/code")),
                &view,
            )
        }
        Err(error) => Err(error.into()),
    }
}

async fn resend(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Response, Refusal> {
    match desk.catalog.renew(who.scope(), &id).await {
        Ok(connected) => Ok(next_step(&connected).into_response()),
        Err(error)
            if matches!(
                error.kind(),
                Kind::Invalid | Kind::Conflict | Kind::Unavailable | Kind::Throttled(_)
            ) =>
        {
            let access = desk.catalog.access(who.scope(), &id).await?;
            let view = code_view(&desk, &access, refuse(Form::default(), &error, "", ""));
            again(
                &desk,
                &bare(&desk, &who.session, who.language, &format!("/connect/{id}/code")),
                &view,
            )
        }
        Err(error) => Err(error.into()),
    }
}

async fn read_again(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Redirect, Refusal> {
    for shop in shops_of(&desk, who.scope(), &id).await? {
        desk.catalog.request_sync(who.scope(), &shop.id).await?;
    }
    Ok(Redirect::to(&format!("/connect/{id}/check")))
}

async fn shops_of(desk: &Desk, scope: &Scope, access: &AccessId) -> Result<Vec<Shop>, Refusal> {
    let shops = desk.catalog.shops(scope).await?;
    Ok(shops
        .into_iter()
        .filter(|shop| shop.access.as_ref() == Some(access))
        .collect())
}

async fn check(
    State(desk): State<Desk>,
    who: Person<need::ManageShops>,
    PathParams(id): PathParams<AccessId>,
) -> Result<Response, Refusal> {
    let scope = who.scope();
    let access = desk.catalog.access(scope, &id).await?;
    if access.state != AccessState::Connected {
        return Ok(Redirect::to(&format!("/connect/{id}/code")).into_response());
    }
    let shops = shops_of(&desk, scope, &id).await?;
    let mut found = Vec::with_capacity(shops.len());
    for shop in &shops {
        let cities = desk.catalog.cities(scope, &shop.id).await?;
        found.push(FoundShop {
            name: shop.name.clone(),
            uid: shop.uid.clone(),
            slug: shop.slug.clone(),
            offers: match shop.synced_at {
                Some(_) => Some(desk.catalog.offer_count(&shop.id).await?),
                None => None,
            },
            cities: cities.into_iter().map(|city| city.name).collect(),
        });
    }
    let read = shops.iter().filter(|shop| shop.synced_at.is_some()).count();
    let failed = shops
        .iter()
        .find(|shop| shop.synced_at.is_none())
        .and_then(|shop| shop.sync_error.clone());
    let (done, total) = reading(&desk, scope).await?;
    let (mut settled, mut selling, mut seen) = (0, 0, 0);
    for (shop, found) in shops.iter().zip(&found) {
        let look = desk.pricing.first_look(scope, &shop.id).await?;
        // The board of a shop has rows a moment after its offers were read.
        settled += usize::from(look.places > 0 || found.offers == Some(0));
        selling += look.selling;
        seen += look.seen;
    }
    let is_done = !shops.is_empty() && read == shops.len() && settled == shops.len();
    let is_looking = is_done && seen < selling;
    let offers = SyncStep {
        word: "offers",
        state: state(is_done, failed.is_some()),
        done: (!is_done).then_some(done).flatten(),
        total: (!is_done).then_some(total).flatten(),
    };
    let steps = vec![
        SyncStep {
            word: "session",
            state: "done",
            done: None,
            total: None,
        },
        SyncStep {
            word: "shops",
            state: if shops.is_empty() { "fail" } else { "done" },
            done: None,
            total: None,
        },
        offers,
        SyncStep {
            word: "rivals",
            state: match (is_done, is_looking) {
                (true, true) => "now",
                (true, false) => "done",
                _ => "todo",
            },
            done: is_looking.then_some(seen),
            total: is_looking.then_some(selling),
        },
    ];
    let view = ConnectCheck {
        access: id.to_string(),
        since: access.state_since,
        steps,
        shops: found,
        is_done,
        is_looking,
        failed: failed.map(Told::new),
    };
    desk.draw(
        &bare(&desk, &who.session, who.language, &format!("/connect/{id}/check")),
        &view,
    )
}

const fn state(done: bool, failed: bool) -> &'static str {
    match (done, failed) {
        (true, _) => "done",
        (_, true) => "fail",
        _ => "now",
    }
}

/// How far the reading that runs now is.
async fn reading(desk: &Desk, scope: &Scope) -> Result<(Option<i64>, Option<i64>), Refusal> {
    let filter = JobFilter {
        state: Some(JobState::Running),
        merchant: Some(scope.merchant().clone()),
        name: Some(SYNC_JOB.to_owned()),
        limit: 1,
        ..JobFilter::default()
    };
    let Some(run) = desk
        .jobs
        .list(&filter)
        .await?
        .into_iter()
        .next()
        .and_then(|job| job.run)
    else {
        return Ok((None, None));
    };
    let progress = desk.jobs.run(&run).await?.and_then(|run| run.progress);
    Ok((
        progress.and_then(|(done, _)| i64::try_from(done).ok()),
        progress.and_then(|(_, total)| i64::try_from(total).ok()),
    ))
}
