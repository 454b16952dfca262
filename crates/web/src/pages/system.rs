//! The first address, addresses without a shop, «more» on phones, how accesses are kept, refusals in words.

use crate::{
    around,
    door::{Desk, draw, language},
    render::Pages,
    shell::Shell,
    views::system::{AboutAccess, More, Refusal as RefusalView},
};
use axum::{
    Router,
    extract::State,
    http::{HeaderValue, StatusCode},
    response::{IntoResponse, Redirect, Response},
    routing::get,
};
use sauda_accounts::Session;
use sauda_edge::{PathParams, Person, Refusal, Told, Visit, Words, need};
use sauda_kernel::Kind;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/", get(first))
        .route(
            "/today",
            get(async |desk, who| first_shop(desk, who, "today").await),
        )
        .route(
            "/prices",
            get(async |desk, who| first_shop(desk, who, "prices").await),
        )
        .route(
            "/automation",
            get(async |desk, who| first_shop(desk, who, "automation").await),
        )
        .route("/more", get(more))
        .route(
            "/s/{shop}",
            get(async |PathParams(shop): PathParams<String>| {
                Redirect::to(&format!("/s/{}/today", urlencode(&shop)))
            }),
        )
        .route("/s/{shop}/more", get(more_at_shop))
        .route("/about/access", get(about_access))
}

/// Where a person begins: the first shop, connecting one, signing in, or making the owner's account.
async fn first(State(desk): State<Desk>, visit: Visit) -> Result<Redirect, Refusal> {
    match &visit.person {
        Some(session) => to_shop(&desk, session, "today").await,
        None if visit.awaiting.is_some() => Ok(Redirect::to("/login/code")),
        None => Ok(Redirect::to(if desk.accounts.needs_owner().await? {
            "/signup"
        } else {
            "/login"
        })),
    }
}

async fn to_shop(desk: &Desk, session: &Session, page: &str) -> Result<Redirect, Refusal> {
    let shops = desk.catalog.shops(&session.scope).await?;
    Ok(match shops.first() {
        Some(shop) => Redirect::to(&format!("/s/{}/{page}", shop.slug)),
        None if session.scope.may(sauda_accounts::Right::ManageShops) => Redirect::to("/connect"),
        None => Redirect::to("/settings/profile"),
    })
}

/// A page without a shop in its address leads to the same page of the first shop.
pub(crate) async fn first_shop(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    page: &str,
) -> Result<Redirect, Refusal> {
    to_shop(&desk, &who.session, page).await
}

async fn more(State(desk): State<Desk>, who: Person<need::SignedIn>) -> Result<Response, Refusal> {
    let shell = desk.shell(&who.session, who.language, "/more", "more").await?;
    desk.draw(&shell, &More {})
}

async fn more_at_shop(
    State(desk): State<Desk>,
    who: Person<need::SignedIn>,
    PathParams(shop): PathParams<String>,
) -> Result<Response, Refusal> {
    let at = desk
        .at_shop(
            &who.session,
            who.language,
            &format!("/s/{shop}/more"),
            "more",
            &shop,
            None,
        )
        .await?;
    desk.draw(&at.shell, &More {})
}

async fn about_access(State(desk): State<Desk>, visit: Visit) -> Result<Response, Refusal> {
    let mut shell = desk.bare(visit.language, "/about/access");
    if let Some(session) = &visit.person {
        shell.theme = around::theme(session);
    }
    desk.draw(&shell, &AboutAccess {})
}

/// A refusal as a page: nobody signed in goes to sign in, all others are told what happened and what to do.
pub(crate) fn refusal(pages: &Pages, refusal: &Refusal, told: &Told) -> Option<Response> {
    // Streams and searches of open pages read the short document: they cannot follow to a page.
    let path = told.address.split('?').next().unwrap_or_default();
    if path.ends_with("/live") || path.ends_with("/search") {
        return None;
    }
    let sign_in = match refusal.code() {
        "sign-in-first" | "bad-key" => {
            let back = if told.method == axum::http::Method::GET {
                told.address.as_str()
            } else {
                "/"
            };
            Some(format!("/login?next={}", urlencode(back)))
        }
        "code-awaited" => Some("/login/code".to_owned()),
        "sign-in-again" => Some("/login".to_owned()),
        _ => None,
    };
    match sign_in {
        Some(address) if told.is_fragment => return Some(whole_page(&address)),
        Some(address) => return Some(Redirect::to(&address).into_response()),
        None => {}
    }
    let mut shell = Shell::bare(language(told.language), told.now, &told.address);
    shell.theme.clone_from(&told.theme);
    if let Some(session) = &told.person {
        around::fill_session(&mut shell, session);
        shell.fill_menu(crate::shell::Counts::default());
    }
    draw(pages, "pages/refusal.html", &shell, &view(refusal, told)).ok()
}

/// For a part of a page: the browser leaves the page.
fn whole_page(address: &str) -> Response {
    let mut response = StatusCode::UNAUTHORIZED.into_response();
    if let Ok(address) = HeaderValue::from_str(address) {
        response.headers_mut().insert("hx-redirect", address);
    }
    response
}

fn view(refusal: &Refusal, told: &Told) -> RefusalView {
    let words = Words::shared();
    let said = match refusal.problems().first() {
        Some(problem) if refusal.code() != "no-page" => words.refusal(told.language, problem, told.now),
        _ => String::new(),
    };
    RefusalView {
        word: word(refusal.kind()),
        said,
        may_repeat: told.method == axum::http::Method::GET
            && matches!(
                refusal.kind(),
                Kind::Throttled(_) | Kind::Unavailable | Kind::Bug | Kind::Conflict
            ),
        request: told.request_id.clone(),
        retry_seconds: refusal.retry_after(),
        home: "/".to_owned(),
    }
}

/// Word of a kind; the title is `refusal-title-<word>`.
const fn word(kind: Kind) -> &'static str {
    match kind {
        Kind::Invalid => "invalid",
        Kind::Unauthenticated | Kind::Forbidden => "forbidden",
        Kind::NotFound => "not-found",
        Kind::Conflict => "conflict",
        Kind::Throttled(_) => "throttled",
        Kind::Unavailable => "unavailable",
        Kind::Bug => "bug",
    }
}

/// For one value in a query.
pub(crate) fn urlencode(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for byte in text.bytes() {
        if byte.is_ascii_alphanumeric() || matches!(byte, b'-' | b'_' | b'.' | b'/' | b'~') {
            out.push(char::from(byte));
        } else {
            out.push_str(&format!("%{byte:02X}"));
        }
    }
    out
}
