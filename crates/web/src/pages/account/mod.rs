//! Pages around signing in: first owner, sign-in, second factor, invitation, new password, language and theme.

mod choices;
mod join;
mod sign_in;
mod sign_up;

use crate::door::Desk;
use axum::{
    Router,
    http::{HeaderValue, header},
    response::{IntoResponse, Redirect, Response},
    routing::{get, post},
};
use sauda_accounts::SignedIn;
use sauda_edge::session_cookie;

pub(crate) fn routes() -> Router<Desk> {
    Router::new()
        .route("/signup", get(sign_up::form).post(sign_up::make))
        .route("/login", get(sign_in::form).post(sign_in::enter))
        .route("/login/code", get(sign_in::code_form).post(sign_in::enter_code))
        .route("/logout", post(sign_in::leave))
        .route("/join/{token}", get(join::form).post(join::accept))
        .route("/reset/{token}", get(join::reset_form).post(join::reset))
        .route("/language", post(choices::language))
        .route("/theme", post(choices::theme))
}

/// The same answer with one more cookie.
pub(crate) fn with_cookie(mut response: Response, cookie: HeaderValue) -> Response {
    response.headers_mut().append(header::SET_COOKIE, cookie);
    response
}

impl Desk {
    /// The same answer with the cookie of a new session.
    pub(crate) fn with_session(&self, response: Response, signed_in: &SignedIn) -> Response {
        with_cookie(
            response,
            session_cookie(self.edge.settings(), signed_in, self.now()),
        )
    }

    /// Goes to a page of ours with a new session.
    fn open(&self, signed_in: &SignedIn, to: &str) -> Response {
        self.with_session(Redirect::to(to).into_response(), signed_in)
    }
}

/// Where to go after signing in: pages of ours only.
fn next_page(asked: &str) -> &str {
    let known =
        crate::carried::is_own(asked) && !asked.starts_with("/login") && !asked.starts_with("/signup");
    if known { asked } else { "/" }
}
