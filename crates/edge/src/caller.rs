//! Permission as an argument: who calls, with which right, for which merchant.

use crate::{Identity, Known, Language, Need, Refusal};
use axum::extract::FromRequestParts;
use http::request::Parts;
use sauda_accounts::{Awaiting, Scope, Session, Visitor};
use sauda_kernel::{Kind, Public};
use std::{marker::PhantomData, sync::Arc};

/// A person or a key that has the right `R`.
pub struct Caller<R> {
    pub scope: Scope,
    pub language: Language,
    pub visitor: Visitor,
    /// The person, when it is one.
    pub person: Option<Arc<Session>>,
    need: PhantomData<fn() -> R>,
}

/// A person at a page who has the right `R`. Keys are refused: what needs this belongs to people.
pub struct Person<R> {
    pub session: Arc<Session>,
    pub language: Language,
    pub visitor: Visitor,
    need: PhantomData<fn() -> R>,
}

impl<R> Person<R> {
    pub fn scope(&self) -> &Scope {
        &self.session.scope
    }
}

/// Whoever it is: for pages that are public on purpose.
#[derive(Debug, Clone)]
pub struct Visit {
    pub visitor: Visitor,
    pub language: Language,
    /// The person, when signed in.
    pub person: Option<Arc<Session>>,
    /// A sign-in that waits for its code.
    pub awaiting: Option<Awaiting>,
    /// The session's cookie, for sign-out and the second factor.
    pub cookie: Option<String>,
}

/// What `identify` found out. A route outside of it is a mistake of ours.
fn known(parts: &Parts) -> Result<&Arc<Known>, Refusal> {
    parts.extensions.get::<Arc<Known>>().ok_or_else(|| {
        tracing::error!(
            path = crate::furnish::logged(parts.uri.path()),
            "the route is not furnished: nobody found out who calls"
        );
        Refusal::new(Kind::Bug, Public::new("bug"))
    })
}

fn demand<R: Need>(scope: &Scope) -> Result<(), Refusal> {
    match R::RIGHT {
        Some(right) if !scope.may(right) => {
            tracing::debug!(
                right = right.word(),
                actor = scope.actor_name(),
                "the caller lacks a right"
            );
            Err(Refusal::new(
                Kind::Forbidden,
                Public::new("forbidden").arg("right", right.word()),
            ))
        }
        _ => Ok(()),
    }
}

fn nobody(identity: &Identity) -> Refusal {
    let code = match identity {
        Identity::BadKey => "bad-key",
        Identity::AwaitsCode(_) => "code-awaited",
        Identity::Nobody | Identity::Person(_) | Identity::Key(_) => "sign-in-first",
    };
    Refusal::new(Kind::Unauthenticated, Public::new(code))
}

impl<R: Need, S: Send + Sync> FromRequestParts<S> for Caller<R> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let known = known(parts)?;
        let (scope, person) = match &known.identity {
            Identity::Person(session) => (session.scope.clone(), Some(session.clone())),
            Identity::Key(caller) => (caller.scope.clone(), None),
            other => return Err(nobody(other)),
        };
        demand::<R>(&scope)?;
        Ok(Self {
            scope,
            language: known.language,
            visitor: known.visitor.clone(),
            person,
            need: PhantomData,
        })
    }
}

impl<R: Need, S: Send + Sync> FromRequestParts<S> for Person<R> {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let known = known(parts)?;
        let session = match &known.identity {
            Identity::Person(session) => session.clone(),
            Identity::Key(_) => return Err(Refusal::new(Kind::Forbidden, Public::new("person-only"))),
            other => return Err(nobody(other)),
        };
        demand::<R>(&session.scope)?;
        Ok(Self {
            session,
            language: known.language,
            visitor: known.visitor.clone(),
            need: PhantomData,
        })
    }
}

impl<S: Send + Sync> FromRequestParts<S> for Visit {
    type Rejection = Refusal;

    async fn from_request_parts(parts: &mut Parts, _state: &S) -> Result<Self, Refusal> {
        let known = known(parts)?;
        let (person, awaiting) = match &known.identity {
            Identity::Person(session) => (Some(session.clone()), None),
            Identity::AwaitsCode(awaiting) => (None, Some(awaiting.clone())),
            Identity::Nobody | Identity::Key(_) | Identity::BadKey => (None, None),
        };
        Ok(Self {
            visitor: known.visitor.clone(),
            language: known.language,
            person,
            awaiting,
            cookie: known.cookie.clone(),
        })
    }
}
